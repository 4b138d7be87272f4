"""The action in a clause: cut out in the rep's own words, and whether there is something to grasp in it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.language.lead_in import LEADS
from bot.domain.language.phrases import Phrases
from bot.domain.language.said import Said, Word, word_set
from bot.domain.language.verbs import ACTIVITIES, is_gerund, is_verb
from bot.domain.language.word_classes import (
    ADVERBS,
    DETERMINERS,
    DOUBTS,
    NUMBER_WORDS,
    PREPOSITIONS,
    TIME_ALONE,
    TIME_LEADERS,
    TIME_NOUNS,
)

LONGEST_ACTION = 200  # characters


_PARTICLES = word_set("in on off over through around across up under before after")  # "check in" may end so
_LOOSE_ENDS = (PREPOSITIONS - _PARTICLES) | word_set(
    "and or but so then because the a an that which is if when as maybe i & + plus @"
)
_AT_A_CUT = word_set(
    """
    at by before around about till until for from latest @ ~ no later than between on in is say maybe , - – —
    ( =
    """
)
_AFTERTHOUGHTS = Phrases(
    """
    itself | easy | easy peasy | tbh | sir | uhr | hrs | please | thanks | thank you | lol | haha | i guess
    | i think | i suppose | i hope | for sure | definitely | as well | too | instead | latest
    | at the latest | hopefully | maybe | probably | possibly | perhaps | then | promise | i promise | ish
    | first | or so | sharp | ok | okay | for today | for now | yeah | mate | coach | cheers
    | no matter what | for certain | i reckon | afterwards | also | again today | yes | straight away
    | straightaway | right away | as usual | as discussed | as planned | if you want | ok with you
    | and so on | etc | etc . | at least | rather | today | tonight | tomorrow | now | right now | asap
    | later | later today | later on | soon | eod | cob | first thing | by then | one way or another
    | this morning | this afternoon | this evening | in the morning | in the afternoon | in the evening
    | in the meantime | before lunch | after lunch | at some point | sometime | some time | during the day
    | today itself | only | cross my heart | come hell or high water | right after this | straight after this
    | after this | usual place | anyway
    """
)


def action_text(said: Said, words: Sequence[Word], times: Sequence[tuple[int, int]]) -> str | None:
    """The words as an action: times cut out, loose ends gone, a leading verb in lower case; None when none are left."""
    kept = _without_loose_ends(_without_times(list(words), times))
    if not kept:
        return None
    return _capped(_in_own_words(said.plain, kept))


def _without_times(words: list[Word], times: Sequence[tuple[int, int]]) -> list[Word]:
    kept: list[Word] = []
    cut = False
    for word in words:
        if any(start < word.end and word.start < end for start, end in times):
            while not cut and kept and kept[-1].key in _AT_A_CUT:
                kept.pop()
            cut = True
            continue
        if cut and word.key in (",", ")", "-", "–", "—", "latest", "ish", "sharp", "or", "so", "uhr", "hrs"):
            continue
        cut = False
        kept.append(word)
    return _without_loose_days(kept)


def _without_loose_days(words: list[Word]) -> list[Word]:
    """Without a "today" in the middle, unless it belongs to a thing ("the notes from today")."""
    kept: list[Word] = []
    for place, word in enumerate(words):
        before = words[place - 1].key if place else ""
        if word.key in ("today", "tonight", "now") and before not in (
            "for",
            "about",
            "of",
            "from",
            "until",
            "till",
            "and",
            "by",
            "right",
        ):
            continue
        kept.append(word)
    return kept


def _without_loose_ends(words: list[Word]) -> list[Word]:
    keys = [word.key for word in words]
    start, end = 0, len(words)
    while start < end:
        length = LEADS.at(keys, start) if not is_verb(keys[start]) else 0
        if length:
            start += length
        elif (
            keys[start] in ("to", ")", "be", "of", "for", "on", "with", "at")
            or keys[start] in DOUBTS
            or (keys[start] in ADVERBS and not is_verb(keys[start]))
            or (not keys[start][0].isalnum() and not keys[start].startswith("<@") and keys[start] != "#")
        ):
            start += 1
        else:
            break
    while (shorter := _shorter(keys, start, end)) < end:
        end = shorter
    return words[start:end]


def _shorter(keys: Sequence[str], start: int, end: int) -> int:
    """Where the words end without their last loose end; `end` when they have none."""
    if end <= start:
        return end
    last = keys[end - 1]
    if (
        not last[-1].isalnum()
        and last not in (")", "%", "<")
        and not last.startswith("<@")
        and not last.endswith(("+", "€", "$", "£"))
    ):
        return end - 1
    if last == ")" and "(" not in keys[start:end]:
        return end - 1
    tail = keys[max(start + 1, end - 5) : end]
    for skipped in range(len(tail)):
        length = len(tail) - skipped
        kept = keys[end - length - 1] in ("for", "about", "of", "from", "until") and last in TIME_ALONE
        if _AFTERTHOUGHTS.at(tail, skipped) == length and not kept:
            return end - length
    if last in _LOOSE_ENDS and end - start > 1:
        return end - 1
    if last == "minutes" and end - start > 2 and keys[end - 2] == "the":
        return end  # of a meeting: "take the minutes"
    if last in TIME_NOUNS and end - start > 2 and keys[end - 2] in TIME_LEADERS - {"of", "on"}:
        step = end - 1
        while step > start + 1 and keys[step - 1] in TIME_LEADERS - {"of", "on"}:
            step -= 1
        return step
    return end


def _in_own_words(plain: str, words: Sequence[Word]) -> str:
    pieces: list[tuple[int, int]] = []
    for word in words:
        if pieces and not plain[pieces[-1][1] : word.start].strip(" \t_~*"):
            pieces[-1] = (pieces[-1][0], max(word.end, pieces[-1][1]))
        else:
            pieces.append((word.start, word.end))
    text = " ".join(" ".join(plain[start:end].split()) for start, end in pieces)
    text = text.replace(" ,", ",").replace(" )", ")").replace("( ", "(").strip(" _~")
    if text.count("(") != text.count(")"):
        text = text.replace("(", "").replace(")", "").strip()
    first = words[0].key
    written = text.split(" ", 1)[0]
    known = is_verb(first) or is_gerund(first) or first in ACTIVITIES or first in NUMBER_WORDS or first in DETERMINERS
    if known and written[:1].isupper() and (written[1:].islower() or len(written) == 1):
        text = text[:1].lower() + text[1:]
    return text


def _capped(text: str) -> str | None:
    if len(text) > LONGEST_ACTION:
        text = text[: LONGEST_ACTION + 1].rsplit(" ", 1)[0][:LONGEST_ACTION].rstrip(" ,;:-")
    return text or None
