"""Whether words are an action that somebody could see happen, or only the wish for one."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.language.formulas import hazy
from bot.domain.language.said import Said, Word, word_set
from bot.domain.language.verbs import ACTIVITIES, GERUNDS, as_base, is_gerund, is_verb
from bot.domain.language.word_classes import ADVERBS, DETERMINERS, DOUBTS, NUMBER_WORDS, PREPOSITIONS, TIME_ALONE

# What can be said of nobody and nothing in particular: an action of these words alone is no action yet.
_GENERAL = word_set(
    """
    some more few couple several lots lot many any much little bit enough less fewer of better best harder
    hard faster smarter earlier new good great all again really most stuff things thing something anything
    everything call calls calling phone phones email emails mail mails message messages messaging cold-calls
    pipeline pipelines prospecting prospect prospects lead leads deal deals account accounts client clients
    customer customers company companies contact contacts people person buyers buyer sales selling outreach
    follow-up follow-ups followup followups progress number numbers target targets quota admin activity
    activities opportunity opportunities opps opp meeting meetings appointment appointments demo demos task
    tasks work business stage old existing potential question questions conversation conversations it results
    quotes offers proposals visits usual habits effort efforts cold warm outbound inbox relationship
    relationships market territory way ways job todo to-do up out in on off down back over with for to about
    at from into through and or the a an my our as well today tomorrow active productive proactive focused
    consistent organised organized push game network linkedin always same forward ahead possible skills
    technique them-all pace volume quality quantity deals-in time open pending outstanding current research
    """
)
_EMPTY_VERBS = word_set("stay remain become feel")
_GOING_ON = word_set("start keep continue stop begin do")
_ANYBODY = word_set("some someone somebody anyone anybody whoever few several various people whatever whichever any")
_MANY = word_set("some more few several lots many any everything stuff things anything something harder better")
_DEFINITE = word_set("you the your his her their this that these those our it")
_UNSEEN = word_set("work get go make do push be have take keep use hustle grind focus sell feel hear stay close move")
_WIDE_VERBS = word_set("focus improve increase boost strengthen optimise optimize")  # graspable with a name or a number


def graspable(words: Sequence[Word], said: Said, *, verbal: bool, timed: bool = False, known: bool = False) -> bool:
    """Whether somebody could see it happen: it names a person, a number or a thing, not "more calls".

    `verbal`: the first word is known to be a verb. `timed`: it is firmly promised for a time. `known`: it is said to
    people who know who "you" and "the list" are.
    """
    keys = [word.key for word in words]
    if not keys or keys[0] in _EMPTY_VERBS or keys[0] == "be":
        return verbal and keys[:1] == ["be"]  # "be at Wexford Dairy to measure the store"
    if hazy(as_base(keys, 0)) or (keys[0] == "being" and len(keys) > 1):
        return False
    if (timed and _visible(keys, verbal=verbal)) or (known and _known(keys)):
        return True
    if len(keys) == 1 and not keys[0].startswith("<@"):
        return False
    for place, word in enumerate(words):
        if word.key.startswith("<@") or "@" in word.key or word.key[:1].isdigit() or word.key in NUMBER_WORDS:
            return True
        if place > 0 and said.plain[word.start].isupper() and word.key not in ("i", "it"):
            return True
    start = 1 if verbal or is_verb(keys[0]) or is_gerund(keys[0]) else 0
    if keys[:2] == ["do", "what"]:
        return False
    if keys[1:2] == ["you"]:
        return any(_says_something(key) for key in keys[2:])
    if keys[0] in _GOING_ON and is_gerund(keys[1]):
        start = 2
    if keys[0] in _WIDE_VERBS or (keys[0] in ("get", "getting") and "better" in keys[1:3]):
        return False
    return any(_says_something(key) for key in keys[start:])


def _visible(keys: Sequence[str], *, verbal: bool) -> bool:
    """Whether a verb with a time can be seen to happen, however little is said beside: "call", "send the email"."""
    base = as_base(keys, 0)[0]
    if base == "go" and len(keys) > 2:
        return True  # "go in person", "go through it"
    return (verbal or is_verb(base)) and base not in _WIDE_VERBS | _GOING_ON | _UNSEEN and _MANY.isdisjoint(keys)


def _known(keys: Sequence[str]) -> bool:
    """Whether a definite person or thing is meant: "you", "the list", "your invoice"."""
    return len(keys) > 1 and as_base(keys, 0)[0] not in _UNSEEN | _WIDE_VERBS and not _DEFINITE.isdisjoint(keys[1:])


def bare_thing(words: Sequence[Word], said: Said) -> bool:
    """Whether words without a verb can pass for an action: an activity, a thing made or a name, and some more."""
    if len(words) < 2:
        return False
    for place, word in enumerate(words):
        named = place > 0 and said.plain[word.start].isupper()
        if named or word.key in ACTIVITIES or word.key in GERUNDS or word.key.startswith("<@"):
            return True
    return False


def indefinite(words: Sequence[Word], said: Said) -> bool:
    """Whether words name nobody in particular: "a few people from the list", "someone from purchasing"."""
    named = any(
        word.key[0].isdigit() or (place and said.plain[word.start].isupper()) for place, word in enumerate(words)
    )
    return not named and not _ANYBODY.isdisjoint([word.key for word in words[:5]])


def only_points_back(words: Sequence[Word]) -> bool:
    """Whether the action names nothing itself: "call her", "do the call", "send it"."""
    rest = [word.key for word in words[1:] if word.key not in ADVERBS and word.key not in PREPOSITIONS]
    if not words or not (is_verb(words[0].key) or is_gerund(words[0].key)):
        return False
    if (
        words[0].key in ("do", "make", "doing", "making")
        and len(rest) == 2
        and rest[0] in ("the", "that", "this", "my")
    ):
        return True
    return all(key in ("him", "her", "them", "it", "that", "this", "one", "both", "up", "out") for key in rest)


def says_something(words: Sequence[Word]) -> bool:
    """Whether one of the words is about somebody or something in particular."""
    return any(_says_something(word.key) for word in words)


def _says_something(key: str) -> bool:
    if key in ("him", "her", "them", "these", "those", "their", "his"):
        return True
    return key[:1].isalnum() and not (
        key in _GENERAL
        or key in DETERMINERS
        or key in ADVERBS
        or key in DOUBTS
        or key in PREPOSITIONS
        or key in TIME_ALONE
    )
