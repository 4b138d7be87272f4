"""A short line that says back what the rep said, in their words, before the next question.

"I have three CFO calls, pricing is where they stall" comes back as "Three CFO calls, and pricing is where they
stall." Whatever would come out clumsy, harsh or wrong comes out as nothing: no line is better than a bad one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from bot.domain.language.clauses import Clause, part
from bot.domain.language.helping_verbs import Stance
from bot.domain.language.lead_in import after_leads
from bot.domain.language.phrases import Phrases
from bot.domain.language.said import Said, Word, hear, word_set
from bot.domain.language.stance import Judged, judge
from bot.domain.language.verbs import NOUNISH, is_gerund, is_verb
from bot.domain.language.wishes import to_the_machine
from bot.domain.language.word_classes import DETERMINERS, ENDS, FIRST_PERSON, PREPOSITIONS, SUBORDINATORS
from bot.domain.reading import Intent, Reading

LONGEST_LINE = 90  # characters
FEWEST_WORDS, MOST_WORDS = 3, 17
LONGEST_ECHO = 12  # words of a whole message that may be said back with a "So" before it

_REFLECTED = frozenset({Intent.OTHER, Intent.HELP, Intent.COMMITMENT, Intent.DONE, Intent.PARTLY, Intent.NOT_DONE})
_NEEDS_SUBJECT = frozenset({Stance.FIRM, Stance.PAST, Stance.NEGATED, Stance.UNABLE, Stance.PRESENT})
_SPEAKING = _NEEDS_SUBJECT | {Stance.THIRD, Stance.STATE, Stance.FRAGMENT, Stance.GERUND}
_STATES = NOUNISH | {"close", "open", "set", "clear"}
_MAY_END = word_set("in on off over through around it that this after before")

_YOU = {
    ("i",): "you", ("we",): "you", ("me",): "you", ("us",): "you", ("my",): "your", ("our",): "your",
    ("mine",): "yours", ("ours",): "yours", ("myself",): "yourself", ("ourselves",): "yourselves",
    ("i", "am"): "you're", ("we", "are"): "you're", ("i", "will"): "you'll", ("we", "will"): "you'll",
    ("i", "have"): "you've", ("we", "have"): "you've", ("i", "would"): "you'd", ("we", "would"): "you'd",
}  # fmt: skip
_AFTER_YOU = {"am": "are", "was": "were"}
_SHORT_NOT = {"can": "can't", "will": "won't", "shall": "won't", "am": "aren't"}

# Said back to somebody, these would be an order, an insult or a poke in a sore place.
_HARSH = Phrases(
    """
    i should | i need to | i must | i have to | i have got to | i got to | i ought | i need | we need to
    | we should | we have to | we must | i am supposed | i am bad | i am terrible | i am useless | i am lazy
    | i am stupid | i am rubbish | i am hopeless | i am crap | i am not good | i am not very good
    | i am no good | i am weak | i suck | i fail | i failed | i forgot | i messed up | i screwed up | i blew
    | i lost | i hate my | i am a failure | i am a loser | i am a mess | i am a disaster | i am a fraud
    | i talk too | i am too | i do too | i always | i do not care | i do not know | i do not want | i refuse
    | i give up | i quit | i was lazy | i procrastinated | i am behind | i am failing | i am losing
    | my fault | i missed | i am useless at | i struggle | i am sick | i am ill | i am off | off sick
    | i was sick | i was ill | i might be too | might be too | i do not have much | do not have much | not have much
    | i do not like to | i am slow | i am not sure i can | i can not do | i guess i | i suppose i
    """
)
_SORE = word_set(
    """
    fuck fucking fucked shit shitty bullshit crap damn bastard bitch asshole arsehole arse ass wanker wankers twat
    bollocks bloody dick dickhead idiot idiots moron morons stupid dumb piss pissed suck sucks hell cunt slut whore
    wtf ffs stfu lmao died death funeral hospital cancer divorce divorced surgery pregnant miscarriage burnout
    depressed depression fired redundancy suicide kill rape racist sexist doctor sick ill
    """
)
_ADDRESSED = word_set("you your yours yourself yourselves bot coach")
FOREIGN = word_set(
    """
    ich und nicht habe heute mit für ist ein eine wir keine kein aber auch je suis pas avec et le les nous hai nahi
    mujhe kal mein kya haan nahin tum aap yo que para muy el los con il che non sono jag och är ik een niet
    es una y de la las del sus tus por pero está te ne vous elle dans des du au ist sind der das dem zu von auf det att
    """
)
_ODD = Phrases(
    """
    will to | must to | can to | could to | should to | would to | might to | am agree | am having
    | am knowing | more better | more easier | many information | informations | feedbacks | advices
    | peoples | equipments | he do | she do | it do | he have | she have | it have | he want | she want
    | he need | she need | he say | she say | he go | she go | it take | it need | it make | customer do
    | client do | i has | i is | i are | they is | they was | they has | they does | we is | we was
    | did not got | did not went | did not had | do not has | does not has | does not wants | to called
    | discuss about | a lots | much calls | many time | many problem | many customer | many call
    | many client | many deal | many lead | since two | since three | since 2 | since 3 | i no | me no
    | i not | we not | i very | me and | is come
    """
)
_EMPTY = Phrases(
    """
    difficult to say | hard to say | hard to tell | nothing in particular | nothing special | nothing much | no idea
    | have to think | would have to think | need to think | all good | is all good | the usual | as usual | same as
    | not much | who knows | you never know | a new week | a new day | that is it | i told you | just told you | i just
    | already said
    """
)
_AND_I = Phrases("and i | and we | and me | or i | than i | as i | i and | me and")
_GOT = Phrases(
    """
    i have got | i have | i got | we have got | we have | there is | there are | we got
    """
)
_BEING = Phrases("i will be | i am | we will be | we are | i shall be")
_PLACED = word_set("in on at out between back")
_COUNTED = re.compile(r"\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|no|only|another|several|some")
_CLOSERS = word_set("though tho tbh honestly lol haha anyway again really too actually unfortunately please mate")
_FIRST = Phrases("i | we")
_DAYS = word_set("today tomorrow yesterday")
_SUBJECTS = word_set("i we you they he she")
_CLASHES = frozenset(
    {("it", "are"), ("they", "is"), ("we", "is"), ("he", "have"), ("she", "have"), ("how", "always"), ("us", "not")}
    | {("know", "not"), ("become", "not"), ("he", "becomes"), ("um", "of"), ("price", "comma"), ("must", "it")}
)
_SMALL_TALK = word_set("so well honestly tbh morning hi hey hello um uh yeah yes ok okay and but")
_I = word_set("i i'm im i've ive i'd we we're we've there there's")
_LEADS_A_SENTENCE = word_set(
    """
    you you're you've you'll you'd your they they're they've he she it it's we the this that these those there their
    his her nobody everybody everyone no-one none nothing most half all some
    """
)
_QUOTES = re.compile('["“”„«»()\\[\\]{}<>|=_^~\\\\]')


def reflect(text: str, reading: Reading) -> str | None:
    """The line for `text`, up to `LONGEST_LINE` characters, with "I" and "my" turned round; None when none is good.

    Total and deterministic; nothing in it was not in `text`, but for small words and the final full stop.
    """
    if reading.thin or reading.intent not in _REFLECTED:
        return None
    said = hear(text)
    keys = [word.key for word in said.words]
    if _unfit(said, keys):
        return None
    if reading.intent is Intent.COMMITMENT and not _FIRST.within(keys):
        return None  # "Call Anna at 3" is an action already; saying it back would only be an echo
    lines = (_said_back(said, line) for words in _candidates(said, reading) if (line := _line(said, words)))
    return next((line for line in lines if line is not None), None)


def _said_back(said: Said, line: str) -> str | None:
    """The line, unless it is the whole message over again: then with "So" before a short sentence, or not at all."""
    message = [word for word in re.findall(r"[\w'’%-]+", said.plain) if word.casefold() not in _SMALL_TALK]
    words = re.findall(r"[\w'’%-]+", line)
    if len(words) < len(message) - 1:
        return line
    begins, opened = words[0].casefold(), message[0].casefold().replace("’", "'")
    if _COUNTED.fullmatch(begins) and ", " in line:
        return line  # "Three CFO calls, and pricing is where they stall."
    if opened in _I and not begins.startswith("you"):
        return line  # "In meetings till 4.", where the "I'm" was left out
    small = message[0][:1].islower() or begins in _LEADS_A_SENTENCE
    told = small and len(words) <= LONGEST_ECHO and begins not in PREPOSITIONS
    return f"So {line[:1].lower()}{line[1:]}" if told else None


def _unfit(said: Said, keys: Sequence[str]) -> bool:
    """Whether nothing of the message should be said back."""
    letters = [character for character in said.plain if character.isalpha()]
    shouted = sum(character.isupper() for character in letters) * 2 > len(letters) > 6
    foreign = sum(not character.isascii() for character in letters) * 4 > len(letters)
    return (
        not letters
        or shouted
        or foreign
        or "?" in keys
        or to_the_machine(said)
        or not FOREIGN.isdisjoint(keys)
        or not _SORE.isdisjoint(keys)
        or any(key.startswith(("<@", "http")) or "@" in key for key in keys)
    )


def _candidates(said: Said, reading: Reading) -> Iterator[Sequence[Clause]]:
    """What could be said back, best first: a whole short message, the sentence or clause of the obstacle, the first."""
    clauses = list(part(said).clauses)
    sentences = [list(group) for _, group in groupby(clauses, key=lambda clause: clause.sentence)]
    whole = len([key for key in said.words if key.key in ENDS]) <= 1
    if whole and len(sentences) == 1 and not part(said).plans:
        yield sentences[0]
    elif whole and not clauses:
        return
    told = reading.obstacle
    for sentence in sentences:
        if told and _has(said, sentence, told):
            yield sentence
    for clause in clauses:
        if told and _has(said, [clause], told):
            yield [clause]
    if told is None:
        yield from sentences[:1]
        yield from ([clause] for clause in clauses[:2])


def _has(said: Said, clauses: Sequence[Clause], words: str) -> bool:
    stretch = said.plain[clauses[0].words[0].start : clauses[-1].words[-1].end]
    return words in " ".join(stretch.split())


def _line(said: Said, clauses: Sequence[Clause]) -> str | None:
    """One or two clauses as a sentence about "you"."""
    if len(clauses) > 2:
        return None
    line = ""
    for place, judged in enumerate(judge(clauses)):
        words = _trimmed(judged.clause.words, first=place == 0)
        if not words or not _can_be_told(judged, words, alone=len(clauses) == 1):
            return None
        line += (_joiner(judged.clause.joined) if place else "") + " ".join(_turned(said, words))
    line = re.sub(r"\s+(?=[,.;:%])", "", " ".join(line.split()))
    fits = len(line) < LONGEST_LINE and FEWEST_WORDS <= len(line.split()) <= MOST_WORDS
    return f"{line[:1].upper()}{line[1:]}." if fits else None


def _joiner(joined: str) -> str:
    word = joined.replace(",", "").strip()
    if word in ("because", "and", "since", "as", "cause"):
        return f" {word} " if joined == word else f", {word} "
    return f", {word} " if word.isalpha() else ", and "


def _trimmed(words: Sequence[Word], *, first: bool) -> list[Word]:
    """The words without fillers around them, and without "I have" or "I'm" where the rest stands better alone."""
    keys = [word.key for word in words]
    start, end = after_leads(keys), len(keys)
    if start and keys[start - 1] in ("too", "no", "straight"):
        start -= 1
    while end > start and ((not keys[end - 1][-1].isalnum() and keys[end - 1][-1] != "%") or keys[end - 1] in _CLOSERS):
        end -= 1
    if first:
        got, being = _GOT.at(keys, start), _BEING.at(keys, start)
        if got and start + got < end and _COUNTED.fullmatch(keys[start + got]):
            start += got
        elif being and start + being < end - 1 and keys[start + being] in _PLACED:
            start += being
    return list(words[start:end])


def _can_be_told(judged: Judged, words: Sequence[Word], *, alone: bool) -> bool:
    """Whether the clause, turned round, is grammar and good manners."""
    stance = judged.stance
    if stance not in _SPEAKING or (stance in _NEEDS_SUBJECT and not judged.named):
        return False
    if stance in (Stance.FRAGMENT, Stance.GERUND) and (judged.named or not alone):
        return False
    keys = [word.key for word in words]
    if (
        any(table.within(judged.clause.keys) for table in (_HARSH, _ODD, _EMPTY, _AND_I))
        or _bent(keys)
        or not _ADDRESSED.isdisjoint(keys)
    ):
        return False
    if any(_QUOTES.search(key) for key in keys):
        return False
    pairs = list(pairwise(keys))
    doubled = any(one == two and one not in ("that", "had") for one, two in pairs)
    unhelped = any(one in FIRST_PERSON and is_gerund(two) for one, two in pairs)
    broken = any(one == "am" and is_verb(two) and two not in _STATES for one, two in pairs)
    dangling = keys[-1] in (SUBORDINATORS | DETERMINERS | PREPOSITIONS) - _MAY_END
    return not (doubled or unhelped or broken or dangling)


def _bent(keys: Sequence[str]) -> bool:
    """Whether the words stand in another language's order: "I make today telephone", "I know not"."""
    early = any(
        one in _DAYS and place in (2, 3) and keys[place - 2] in _SUBJECTS for place, one in enumerate(keys[:-1])
    )
    pairs = set(pairwise(keys))
    return early or not pairs.isdisjoint(_CLASHES) or any(one in _SUBJECTS and two == "not" for one, two in pairs)


def _turned(said: Said, words: Sequence[Word]) -> Iterator[str]:
    """The words as written, with the rep as "you"; contractions typed without their mark get it back."""
    before = ""
    for (start, end), group in groupby(words, key=lambda word: (word.start, word.end)):
        keys = tuple(word.key for word in group)
        written = said.plain[start:end]
        if (turned := _YOU.get(keys)) is not None:
            yield turned
        elif before in FIRST_PERSON and keys[0] in _AFTER_YOU:
            yield _AFTER_YOU[keys[0]] + ("n't" if keys[1:] == ("not",) else "")
        elif not before and keys[0] == "am":
            yield "you're"
        elif keys[-1] == "not" and len(keys) == 2:
            yield _SHORT_NOT.get(keys[0], keys[0] + "n't")
        elif len(keys) > 1 or (written.lower() != keys[0] and written[-1:].isalnum() and "’" not in written):
            yield written if "'" in written or "’" in written else " ".join(keys)
        else:
            yield written
        before = keys[-1]
