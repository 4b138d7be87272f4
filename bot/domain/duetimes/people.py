"""Whose clause it is: the speaker's, or that of somebody else, whose times and promises are not the rep's.

"She'll answer by Friday", "He's in until 3", "Anna is back on Monday", "They'll get back to us" tell of others. What
others are given is the rep's own promise: "they'll have it by Friday".
"""

from __future__ import annotations

from bot.domain.duetimes.text import Text
from bot.domain.duetimes.words import MONTHS, WEEKDAYS, word_set

_FIRST = word_set("i i'll i'm im ill i've i'd ima we we'll we're we've we'd let's lets")
_PRONOUNS = word_set("he she they")
_CONTRACTED = frozenset(f"{who}'{end}" for who in _PRONOUNS for end in ("ll", "s", "re", "ve", "d"))
_ROLES = word_set(
    "customer client buyer prospect boss cfo ceo cto coo cmo cio vp manager director head team legal procurement"
    " finance board guy lady woman man colleague champion partner supplier contact assistant pa admin lawyer lawyers"
    " purchasing accounts owner committee lead everyone everybody someone somebody nobody people folks guys rep"
    " buyers customers clients user users it's security marketing engineering ops hr council landlord"
)
_OWNERS = word_set("the their his her our my a that this your")
_AUXILIARIES = word_set(
    "will is are was were has have wants want needs would can could should said says told promised comes calls gets"
    " meets decides signs returns replies thinks starts goes leaves closes opens won't can't isn't aren't doesn't"
    " hasn't wanted asked might may must does wasn't decide decided meet close come leave go return reply call sign"
)
_BASE = word_set("meet close come leave go return reply call sign decide")
_STATES = word_set("back out away off in on at free busy only not closed flat around available due coming here there")
_BEFORE_SUBJECT = word_set(
    "and but so because cause cos that said says think thinks hope hoping guess sure since as told me him her them us"
    " though although apparently maybe well yeah then plus or unfortunately sadly btw basically"
)
_GIVEN = word_set("have get receive hear see know find")
_GIVEN_NOW = word_set("has gets receives hears sees knows getting receiving hearing")
_PERSONAL = word_set("call ring decide reply answer confirm sign tell check let come respond phone revert approve")
_NOT_GIVEN = word_set("back to together around started in up there off out home here going on")
_THINGS = word_set(
    "quote offer deck mail email proposal contract report summary notes estimate invoice draft slides numbers demo call"
    " meeting recap pricing order plan message answer list this that it there all everything which what done today"
    " tomorrow tonight prices follow text invite agenda who when where how if now then next so but and prep goal target"
    " aim step action commitment sample samples document documents presentation forecast crm pipeline review research"
) | {name for table in (MONTHS, WEEKDAYS) for names in table.values() for name in names.replace("|", " ").split()}
_NO_NAMES = word_set("will can could would should shall must may do does did have has is are was were am not")
_CALLS = word_set(
    "ok okay okey k kk yes yep yeah yup yess ya sure hey hi hiya hello thanks thx ty cheers cool right alright great"
    " fine perfect np noted roger lol haha hmm oh ah well just now later please pls probably hopefully maybe definitely"
    " defo def agreed done gotcha understood cheers mate boss sorry absolutely certainly course totally gladly happily"
)
"""What people say before they say what they will do: "ok will call her at 3" is no Mr. Ok."""
_LONG_ENOUGH = 7  # letters: "Prospecting", but not "Sterling"
_REACH = 12  # words


def begins_speech_of_other(text: Text, i: int) -> bool | None:
    """Whether the clause that begins at `i` is somebody else's; None when it names nobody."""
    for k in range(i, i + _REACH):
        if k > i and (text.stops(k) or text.word(k) in {"and", "but", "so", "then"}):
            return None
        if (other := speaks_of_other(text, k, opens=k == i)) is not None:
            return other
    return None


def speaks_of_other(text: Text, i: int, *, opens: bool) -> bool | None:
    """Whether somebody else is the subject at `i`; None where no subject stands."""
    word = text.word(i)
    if word in _FIRST:
        return False
    opens = opens or text.stops(i - 1) or text.word(i - 1) in _BEFORE_SUBJECT
    if not opens:
        return None
    if word in {"can", "could", "would", "will", "do", "did", "does"} and text.word(i + 1) in {"you", *_PRONOUNS}:
        return True
    if word in _CONTRACTED:
        return None if word.endswith(("'ll", "'d", "'s", "'re")) and given(text, i + 1) else True
    if word in _PRONOUNS:
        return None if given(text, i + 1) or given(text, i + 2) else True
    if word in {"you'll", "you"}:
        aided = word == "you'll" or text.word(i + 1) in {"can", "should", "could", "need"}
        return True if aided and not given(text, i + 1) and not given(text, i + 2) else None
    at = _noun(text, i)
    if at is None:
        return None
    if at == i and text.word(at + 1) == "calls" and text.word(at + 2) in {"to", "with", "by", "before"}:
        return None  # "CFO calls to ACME by 3"
    many = text.word(at) in _ROLES or text.word(at + 1) not in _BASE  # "buyers decide", but not "First call"
    does = many and text.word(at + 1) in _AUXILIARIES and not given(text, at + 1) and not given(text, at + 2)
    return True if does or _is_somewhere(text, at) else None


def _noun(text: Text, i: int) -> int | None:
    """Where the name or the role that stands at `i` ends: "Anna", "the new CFO", "legal"."""
    start = i + (text.word(i) in _OWNERS)
    for at in (start, start + 1) if start > i else (start,):
        word = text.word(at).removesuffix("'s").removesuffix("'ll")
        if word in _ROLES:
            return at
    if start == i and text.word(i + 1) == "will" and text.word(i + 2) in _PERSONAL and word not in _THINGS | _CALLS:
        return start if word.isalpha() else None
    return (
        start
        if start == i
        and text.titled(i)
        and not _is_no_name(text.word(i))
        and text.word(i).partition("'")[0] not in _THINGS
        else None
    )


def _is_no_name(word: str) -> bool:
    """Whether a word that opens a sentence is no name, though it is written like one."""
    return word in _NO_NAMES or word in _CALLS or (len(word) > _LONG_ENOUGH and word.endswith("ing"))


def _is_somewhere(text: Text, at: int) -> bool:
    """Whether "Anna's" and the like is followed by what she is or does: "back", "sending"."""
    word, following = text.word(at), text.word(at + 1)
    if word.endswith("'ll"):
        return not given(text, at + 1)
    return word.endswith("'s") and (following in _STATES or (following.endswith("ing") and not given(text, at + 1)))


def given(text: Text, i: int) -> bool:
    """Whether one does with the rep's work what the verb at `i` says: "have it", "hear from me", but not "get back"."""
    word, following = text.word(i), text.word(i + 1)
    if word == "be":
        return following in {"getting", "hearing", "receiving"}
    return word in _GIVEN_NOW | _GIVEN and following not in _NOT_GIVEN
