"""The small words of English by what they do in a sentence, as far as reading a rep's message needs it."""

from __future__ import annotations

from bot.domain.language.said import word_set

FIRST_PERSON = frozenset({"i", "we"})
OTHER_SUBJECTS = word_set(
    """
    he she they it you there this that these those someone somebody nobody everyone everybody anyone anybody
    no-one nothing everything who
    """
)
DETERMINERS = word_set(
    """
    the a an my our his her their your this that these those some any no each every another
    """
)
OBJECT_PRONOUNS = word_set("him her them it me us you that this")
PREPOSITIONS = word_set(
    """
    at by before around about until till on in for from to with of into onto over under after during between
    via through towards toward without within regarding re concerning off across than per
    """
)
FINITES = word_set(
    """
    is are was were am has had does did can could should would might must will shall do not wants want needs
    said says told asked thinks think keeps goes gets takes take comes seems stalls stall means feels looks
    knows helps works makes happens happened stalled became becomes remains sounds kills blocks worries scares
    bothers annoys helped paid stresses takes hurts costs always never usually
    """
)
SUBORDINATORS = word_set(
    """
    who whom whose which that what where why how if whether because when once while until till unless so as
    since although though before after to and but or
    """
)
# These take a clause as their object: "check the offer is right" is an instruction, not a statement.
CLAUSE_TAKERS = word_set(
    """
    ensure make check see confirm tell ask show explain find verify remind convince identify understand prove
    """
)
ASKING = word_set(
    """
    ask asking asked check checking see seeing find finding know knows knowing wonder wondering confirm
    confirming clarify clarifying verify sure decide deciding tell even as what only whether understand
    """
)
BREAKS = word_set("- – — : -> => → | • ·")
ENDS = frozenset({".", "!", "?", "\n", ";", "…"})
JOINERS = frozenset({",", "and", "then", "or", "but", "plus", "also", "+", "so", "because", "(", "before that", "nor"})
TURNS = word_set("but because although though however whereas except")  # a clause begins for sure

NUMBER_WORDS = word_set(
    """
    one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty dozen
    both
    """
)
ADVERBS = word_set(
    """
    just hereby also definitely then now still really actually first firstly second secondly finally already only
    simply quickly certainly surely absolutely again personally honestly basically instead therefore next
    likewise either however at-least too please kindly quick asap ideally mainly mostly primarily literally
    obviously straight straightaway immediately directly defs lastly afterwards sure well
    """
)
DOUBTS = word_set("maybe perhaps possibly probably likely hopefully potentially presumably")
HABITS = word_set(
    """
    usually normally always often generally typically never sometimes mostly every tend used
    """
)

TIME_ALONE = word_set(
    """
    today tonight tomorrow now asap later soon eod cob eob monday tuesday wednesday thursday friday saturday
    sunday mon tue tues wed thu thur thurs fri o'clock oclock latest am pm noon midday lunchtime sharp
    """
)
TIME_NOUNS = word_set(
    """
    morning afternoon evening noon midday lunch lunchtime day week hour hours minute minutes mins min night
    end business close break o'clock month
    """
)
TIME_LEADERS = word_set(
    """
    at by before after around until till in on this the of from first next end late early
    """
)
