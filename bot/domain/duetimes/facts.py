"""Times that only tell a fact or an absence, as the words next to them show: "the demo is on Friday", "away Friday".

`mood` knows what the words before a time make of it; this is what stands right before and right after it.
"""

from __future__ import annotations

from bot.domain.duetimes.clauses import ACTIONS, ACTIVITIES, is_diary
from bot.domain.duetimes.mood import EVENTS, HABITS, PAST, Mood, is_past
from bot.domain.duetimes.text import Text
from bot.domain.duetimes.words import word_set

AWAY = word_set(
    "busy away unavailable slammed swamped holiday holidays vacation pto travelling traveling blocked ooo booked sick"
    " offline wfh full rammed packed knackered"
)
AWAY_PAIRS = frozenset(
    pair
    for subject in ("i'm", "im", "am", "be", "is", "are", "we're", "day", "she's", "he's", "i'll")
    for pair in ((subject, "off"), (subject, "out"), (subject, "back"))
) | {
    ("on", "leave"),
    ("tied", "up"),
    ("all", "day"),
    ("to", "back"),
    ("-", "back"),
    ("in", "meetings"),
    ("in", "training"),
    ("in", "workshops"),
    ("day", "off"),
    ("half", "day"),
    ("meetings", "all"),
    ("out", "of"),
    ("off", "work"),
    ("from", "home"),
    ("annual", "leave"),
    ("sick", "leave"),
    ("parental", "leave"),
}


def is_away(text: Text, first: int, end: int) -> bool:
    """Whether the words next to the time from `first` up to `end` say that the rep is not there then."""
    reach = range(first - 1, max(-1, first - 5), -1)
    for k in reach:
        if text.stops(k) and k != first - 1:
            break
        if text.word(k) in AWAY or (text.word(k - 1), text.word(k)) in AWAY_PAIRS:
            return text.word(k - 2) not in {"when", "once", "until", "after", "as"}  # "when he's back on Monday"
        if text.word(k) == "off" and (k == 0 or text.stops(k - 1)):
            return True
        if text.word(k) not in _BETWEEN:
            break
    told_after = text.word(end) in {"i'm", "im", "i", "we're", "is", "am"}  # "Friday I'm away"
    i_am = next((k for k in range(first - 2, max(-1, first - 7), -1) if text.word(k) in {"i'm", "im", "we're"}), -1)
    if i_am >= 0 and text.word(i_am + 1) in _PLACES and text.word(i_am + 2) not in _ON_IT:
        return not any(text.stops(k) or text.word(k) in ACTIONS for k in range(i_am + 1, first))  # "I'm in Berlin"
    return told_after and any(
        text.word(k) in AWAY or (text.word(k - 1), text.word(k)) in AWAY_PAIRS for k in (end + 1, end + 2)
    )


_BETWEEN = word_set("from on of the office all day and - again in")
_ON_IT = word_set("it this that")
_PLACES = word_set("flying in on at free available around with travelling out")
_JUDGED = word_set("great awful rough tough terrible nice decent productive bad fantastic horrible lovely solid slow")
_SHORT_PRAISE = 4  # words
_LASTING = word_set("break slept stayed asleep waited there here driving session lesson training travel")
_PARTING = frozenset({("see", "you"), ("see", "ya"), ("catch", "up")})
_TELLERS = word_set("i we he she they")
_BEING = word_set(
    "is are was were it's that's starts start ends end begins opens closes expires leaves lands departs arrives falls"
)
_EVENTS_BEGIN = frozenset({("runs", "out"), ("kicks", "off"), ("goes", "live"), ("comes", "up")})
_OURS = word_set("plan goal aim step idea commitment action target do promise i'll i")
_KEEPS = word_set(
    "fine good ok okay best better great perfect when doable realistic it what enough easier works possible my"
)
_NAMES = word_set("plan goal target aim deadline slot latest day time")


def _starts_report(text: Text, i: int) -> bool:
    """Whether what follows a time tells what was done then: "On Friday | we agreed", "This morning | I rang her"."""
    if text.word(i) not in _TELLERS and not (text.titled(i) and text.word(i) not in ACTIONS):
        return False
    i += 1 + (text.word(i + 1) in {"just", "already", "also", "only", "finally"})
    return text.word(i) in PAST or is_past(text.word(i))


def is_fact(text: Text, first: int, end: int, mood: Mood, *, firm: bool) -> bool:
    """Whether a time only tells when something is: "the demo is on Friday", "Tomorrow is full", "Friday won't work".

    `firm`: it is told with "by" or "before", and then is no fact because of what stands before it.
    """
    if (not firm or text.word(first).startswith(("unt", "til"))) and is_diary(text, mood.opened, first):
        return True
    starting = text.word(first - 1) in {"starts", "begins", "start", "begin"}
    if starting and not ACTIVITIES.isdisjoint(text.word(k) for k in range(mood.opened, first)):
        return False  # "Prospecting starts at 2"
    is_told = text.word(first - 1) in _BEING or (
        text.word(first - 1).endswith("'s") and text.word(first - 1) != "let's"
    )
    ours = any(text.word(k) in _OURS or text.word(k).partition("'")[0] in _OURS for k in range(first - 5, first))
    if is_told and not firm and not ours:
        return True
    if (text.word(first - 2), text.word(first - 1)) in _EVENTS_BEGIN and not firm:
        return True
    if text.word(end) in {"every", "each", "daily"} or (text.word(end) == "on" and text.word(end + 1) in HABITS):
        return True
    if text.word(end - 1) == "day" and text.word(first) == "at" and text.word(first + 1) == "the":
        idiom = text.word(end + (text.word(end) == ","))  # "at the end of the day it's about price"
        if (first == 0 or text.stops(first - 1)) and idiom in {"it's", "it", "that's", "they", "he", "she", "you"}:
            return True
    before = text.word(first - 2), text.word(first - 1)
    until = text.word(first).startswith(("unt", "til"))
    if before in _PARTING and (first <= 2 or text.stops(first - 3)):
        return True
    parting = (
        before[0] == "and" and text.word(mood.opened - 1) == "and" and text.word(0) in {"thanks", "thank", "cheers"}
    )
    if before[1] in {"talk", "speak", "chat"} and (first == 1 or text.stops(first - 2) or parting):
        return True  # "Talk tomorrow"
    if (before[1] in {"times", "twice", "once", "day"} and not until) or (
        text.word(first) == "late" and before[1] in {"too", "running"}
    ):
        return True
    if until and (before[1] in _LASTING or (before[1] in EVENTS and text.word(mood.opened) not in ACTIONS)):
        return True  # "In a meeting until 3"
    if until and before[1] in {"have", "got", "i've", "we've"}:
        return True  # "we have until Friday"
    if _starts_report(text, end + (text.word(end) == ",")):
        return True
    event = text.word(first - 1) in EVENTS and text.word(first - 2) in {"a", "an", "the", "another"}
    if event and not firm and text.word(first - 3) in {"for", "to"} and text.word(first) == "on":
        return True  # "ask her for a meeting on Friday"
    praised = text.word(mood.opened) in _JUDGED and mood.opened + 1 < first and text.word(first - 1) not in _OURS
    if praised and not firm and not text.stops(mood.opened + 1) and first - mood.opened <= _SHORT_PRAISE:
        return True  # "Great call today"
    being, what = text.word(end), text.word(end + 1)
    if being in {"isn't", "won't", "doesn't", "wasn't", "isnt", "doesnt"}:
        return True
    if being not in {"is", "was", "looks", "went", "'s", "has", "had", "feels", "felt", "seems"}:
        return False
    return what not in _KEEPS and not (what in {"the", "a"} and text.word(end + 2) in _NAMES - {"deadline", "time"})
