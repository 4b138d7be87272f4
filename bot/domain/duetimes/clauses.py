"""What kind of clause it is, as far as its kind rules a promise out: a fact of the world, a request, a question.

"The shop shuts at 6", "Prices go up on Monday", "Please send it by Friday", "Are you free at 3?", "Dentist at 3" tell,
ask or note; nobody promises anything in them. What the rep sends may be told like a fact and is a promise all the same:
"the offer goes out at 3".
"""

from __future__ import annotations

from itertools import pairwise

from bot.domain.duetimes.people import given
from bot.domain.duetimes.text import Text
from bot.domain.duetimes.words import DAYS, WEEKDAYS, DayKind, word_set

_FIRST = word_set("i i'll i'm im ill i've i'd ima imma we we'll we're we've we'd let's lets gonna gotta shall lemme")
ACTIONS = word_set(
    "call ring phone email mail send ping text message book follow set prep prepare write draft finish review chase try"
    " do get make ask visit see speak talk meet run go reach schedule share update check complete start work plan"
    " research push close contact connect nail crack i i'll we i'd we'll will then pitch present present demo dial grab"
    " catch confirm agree sort fix build submit tell let give bring drop nudge arrange invite sign"
)
# Verbs as they stand after somebody or something else; few of them are plurals as well.
_FINITE = word_set(
    "is are was were has had does isn't aren't wasn't weren't says said wants wanted goes went gets comes came takes"
    " took costs lasts starts begins began ends opens closes shuts expires leaves lands departs arrives flies ships"
    " retires reads finishes falls decides thinks prefers picks signs runs sits stops kicks applies asks sends airs"
    " sleeps happens became gave gives knocks rang rings reopens resumes told likes hates won't doesn't"
)
_SAID = word_set("that this it's that's what here who which whoever plan goal aim target step idea")
_PLURAL = word_set("go come start open close end begin expire arrive leave land ship rise drop answer run")
_DELIVERABLES = word_set(
    "quote offer deck mail email proposal contract report summary notes estimate draft slides numbers recap pricing"
    " order list sample samples document documents presentation forecast it all everything calls emails follow-up up"
    " letter brochure memo message text tender bid paper doc docs parcel response"
    " business case file files agenda recording spreadsheet minutes call update visit one ones another"
)
_DELIVERED = word_set(
    "done ready sent out over off to finished complete completed signed booked with on yours going getting being"
    " written scheduled set planned live in now mine for"
)
_OURS = word_set(
    "plan goal aim step idea commitment action target todo next promise intention list priority focus mission me"
    " earliest soonest latest answer"
)
_SENDING = word_set("goes leaves ships follows lands arrives")
_RECEIVING = word_set("has gets receives hears sees")
_ARTICLES = frozenset({"a", "an", "her", "his", "their"})
ACTIVITIES = word_set("calls calling prospecting block blitz outreach dialling dialing follow-ups focus power")
_BEGINNING = word_set("starts begins runs kicks is are ends")
_PARTS_OF_MANY = word_set("most some none few many both")
_JOINTS = frozenset({"and", "but", "so", "then", "because", "&"})
_NAMED_TIMES = frozenset(
    word for names in (*WEEKDAYS.values(), DAYS[DayKind.TODAY, 0], DAYS[DayKind.LATER, 1]) for word in names.split()
) | word_set("time morning afternoon evening noon lunch eod am pm o'clock ish week")
_TIME_LEADS = word_set("at by around about maybe say for or")
_DETERMINERS = word_set("the a an their his her this my our some")
_REACH = 12  # words

_SHORTEST_PAST = 4  # letters
_AFTER_VERB = word_set("at on in to for this last yesterday today again with from over down up back out off")
_ASKING = word_set(
    "anyone anybody any everyone who'd are is was were do does did have has had"
    " who who's why which where what what's how when"
)
_ABOUT = frozenset({"about", "if"})
_POLITE = word_set("please pls plz kindly")
_GRANTED = word_set("expect allow give note find see let bear wait excuse accept count consider be")
_ORDERS = word_set(
    "send call ring ping text email mail tell give remind wake show forward drop update buzz message phone book get"
    " bring buy let write"
)
_FINISHING = word_set("send finish have do make deliver complete get submit prepare")
_FINISHED = word_set("finish finalise finalize complete deliver ready done finished")
_ARRANGED = word_set(
    "slot meeting call demo invite appointment session time seat table room visit date booking reminder plan agenda"
)
_QUOTES = frozenset('"“”„')

# Things in a diary that nobody sells by: "Dentist at 3".
_DIARY = word_set(
    "dentist doctor doctors gp vet hairdresser barber optician physio school nursery daycare flight train bus ferry"
    " gym yoga pilates football training swimming choir church birthday wedding funeral party anniversary graduation"
    " holiday holidays webinar standup stand-up allhands townhall offsite drill conference congress fair expo summit"
    " sunrise sunset rain snow storm eta etd sla maintenance downtime outage shedding strike appointment interview"
    " induction onboarding course exam class lesson kindergarten babysitter plumber electrician delivery parcel courier"
    " christmas easter thanksgiving diwali eid breakfast brunch barbecue bbq concert match game film movie mot haircut"
    " pub beers beer drinks release deployment golive hackathon retrospective retro huddle payday deadline"
)
_DIARY_PAIRS = frozenset(
    (what, event)
    for what in word_set("board team company staff office family sales department management all town budget parents")
    for event in word_set("meeting lunch dinner drinks hands hall day evening party outing call breakfast")
)


def begins_fact(text: Text, i: int) -> bool:
    """Whether the clause that begins at `i` has another subject than the rep, and what it says is no deliverable."""
    if text.word(i) in _PARTS_OF_MANY and text.word(i + 1) == "of":
        return True
    if text.word(i) == "it's" and (text.word(i + 1) in _NAMED_TIMES or text.word(i + 1) == "already"):
        return True  # "It's Tuesday today"
    if text.word(i) == "there's":
        return True
    if text.word(i) in ACTIONS and text.word(i + 1) not in _FINITE:
        return False
    for k in range(i, i + _REACH):
        word = text.word(k)
        if word in _FIRST or word.endswith("'ll") or (k > i and (_parted(text, k) or word in _JOINTS)):
            return False
        if k == i or text.word(k - 1) in _SAID or _is_time(text, i, k):
            continue
        if word == "will":
            return text.word(i) in _DETERMINERS and not _is_ours(text, i, k, always=True) and not given(text, k + 1)
        if word in _PLURAL and k == i + 1 and text.titled(i) and text.word(i).endswith("s"):
            return True
        if word in _FINITE or _happened(text, i, k):
            return not _is_ours(text, i, k) and not _comes_to_me(text, k)
    return False


def _parted(text: Text, k: int) -> bool:
    """Whether a sign at `k` parts two clauses, and not the figures of a number: "4.2"."""
    return text.stops(k) and not (text.word(k) == "." and text.word(k - 1).isdigit() and text.word(k + 1).isdigit())


def _happened(text: Text, i: int, k: int) -> bool:
    """Whether a verb at `k` tells what something did: "The renewal | lapsed on Friday"."""
    regular = len(text.word(k)) > _SHORTEST_PAST and text.word(k).endswith("ed")
    subject = text.word(i) in _DETERMINERS and k > i + 1
    return regular and subject and text.word(k + 1) in _AFTER_VERB and not _is_ours(text, i, k, always=True)


def _comes_to_me(text: Text, k: int) -> bool:
    """Whether the rep comes in after the verb at `k`: "Tonight after the kids | are in bed I'll write it"."""
    for j in range(k, k + _REACH):
        if text.word(j) in {"i'll", "i", "i'm", "we'll"}:
            return True
        if text.stops(j) or text.word(j) in _JOINTS:
            return False
    return False


def _is_time(text: Text, i: int, k: int) -> bool:
    """Whether what stands before `k` in the clause from `i` is a time: "Friday | is fine", "Thursday at 3 | works"."""
    before = text.word(k - 1)
    led = k - 1 == i or any(text.word(j) in _TIME_LEADS or text.word(j) in _NAMED_TIMES for j in range(k - 4, k - 1))
    return before in _NAMED_TIMES or (before.isdigit() and led)


def _is_ours(text: Text, i: int, verb: int, *, always: bool = False) -> bool:
    """Whether what stands before the verb is the rep's to deliver, or the rep's plan: "the offer | goes out"."""
    subject = [text.word(k) for k in range(i, verb)]
    if not _OURS.isdisjoint(subject):
        return True
    if _is_given(text, verb) or (not ACTIVITIES.isdisjoint(subject) and text.word(verb) in _BEGINNING):
        return True
    sent = always or text.word(verb) in _SENDING or text.word(verb + 1) in _DELIVERED
    return sent and not _DELIVERABLES.isdisjoint(subject)


def _is_given(text: Text, verb: int) -> bool:
    """Whether somebody has from the rep what the verb says: "Anna gets a call", "he has the offer"."""
    what = {text.word(k) for k in range(verb + 1, verb + 4)}
    if text.word(verb) == "has" and not _ARTICLES.isdisjoint(what):
        return False
    return text.word(verb) in _RECEIVING and not what.isdisjoint(_DELIVERABLES | {"from", "me", "my"})


def is_finished_for(text: Text, opened: int, first: int, end: int) -> bool:
    """Whether "for" before a time says by when the rep is done: "have it ready | for tomorrow", "finish it | for 5".

    "A slot for Friday", "the plan for next week" and "prep for tomorrow's demo" only name things by a time.
    """
    if text.word(first) != "for" or text.word(end - 1).endswith("'s"):
        return False
    said = {text.word(k) for k in range(max(opened, first - _REACH), first)}
    if not _ARRANGED.isdisjoint(said):
        return False
    if text.word(end - 1) in {"day", "week", "month"} and "end" in (text.word(first + 1), text.word(first + 2)):
        return not _FINISHING.isdisjoint(said)  # "I make the follow-up for the end of the week"
    if first == opened:
        return text.word(end) in _FIRST and text.word(end + 1) in _FINISHING
    return not _FINISHED.isdisjoint(said) or (
        text.word(first - 1) in {"it", "this"} and not _FINISHING.isdisjoint(said)
    )


def is_request(text: Text, i: int) -> bool:
    """Whether the clause that begins at `i` asks somebody to act: "Please share it", "remind me", "let me know"."""
    polite = text.word(i) in _POLITE
    word, following = text.word(i + polite), text.word(i + polite + 1)
    if word == "let" and following in {"me", "us"}:
        return text.word(i + polite + 2) in {"know", "have"}
    if word in {"give", "allow"} and following in {"me", "us"}:
        return text.word(i + polite + 2) in {"feedback", "your", "the", "an"} and polite
    if polite:
        return word.isalpha() and word not in _GRANTED and word not in _FIRST and word not in _NAMED_TIMES
    return word in _ORDERS and following in {"me", "us"}


def begins_question(text: Text, i: int) -> bool:
    """Whether the sentence that begins at `i` asks something, should it end in a question mark."""
    word, following = text.word(i), text.word(i + 1)
    if word in {"can", "could", "shall", "should"} and following == "we":
        return text.word(i + 2) in {"meet", "talk", "speak", "chat", "catch"}
    if word not in _ASKING or following in _ABOUT:
        return False
    if word == "when" and following in {"i", "i'm", "we", "i've"}:
        return False
    named = following in _NAMED_TIMES or following.isdigit() or following in {"it", "that", "this"}
    return not (named and word in {"is", "are", "does", "do", "was"})


def questions(text: Text) -> list[bool]:
    """For every word, whether the next sign that ends a sentence is a question mark."""
    asked, found = False, []
    for i in range(len(text) - 1, -1, -1):
        word = text.word(i)
        if word in {"!", "?", "\n", "…"} or (word == "." and not text.glued(i + 1)):
            asked = word == "?"
        found.append(asked)
    return found[::-1]


def quoted(text: Text) -> list[bool]:
    """For every word, whether it is quoted in a longer sentence: he said "call me at 3"."""
    marks = [i for i in range(len(text)) if text.word(i) in _QUOTES]
    found = [False] * len(text)
    for start, end in zip(marks[::2], marks[1::2], strict=False):
        if start > 0:
            found[start:end] = [True] * (end - start)
    return found


def is_diary(text: Text, opened: int, first: int) -> bool:
    """Whether nothing but a thing in a diary stands from where its clause opened up to a time: "Team lunch | at 1"."""
    if not 0 < first - opened <= _REACH // 2:
        return False
    said = [text.word(k).removesuffix("'s") for k in range(opened, first)]
    if any(word in _FIRST or word in _FINITE or word.endswith("'ll") for word in said):
        return False
    if said[0] in {"to", "with", "for", "at", "in"}:
        return False
    return not _DIARY.isdisjoint(said[:3]) or any(pair in _DIARY_PAIRS for pair in pairwise(said[:4]))
