"""Which of the times in a message cannot be what is promised: reports, refusals, habits, absences, others' times.

"I met them on Friday", "can't do today", "I usually ring at 9", "I'm away tomorrow", "she's back on Monday". The last
cue before a time decides; a cue reaches to the end of its sentence at most, and a time after "by" is never a report
("3 proposals sent by noon").
"""

from __future__ import annotations

from typing import NamedTuple

from bot.domain.duetimes.clauses import (
    ACTIONS,
    begins_fact,
    begins_question,
    is_request,
    questions,
    quoted,
)
from bot.domain.duetimes.people import begins_speech_of_other, speaks_of_other
from bot.domain.duetimes.text import Text
from bot.domain.duetimes.words import word_set

_MEANT = word_set("planned promised meant intended hoped supposed wanted aimed to")
_WEARY = word_set("knackered shattered exhausted tired swamped slammed stuffed wiped fried busy rammed packed")
_NO_ANSWER = word_set("answer reply luck joy show response pickup pick")
_NOTED = word_set("time reminder note task alarm block slot alert")
_SHORTEST_DOING = 4  # letters
PAST = word_set("met spoke rang had was were did saw went sat wrote gave came ran happened yesterday ago took dragged")
# ... and those that are just as well half of a promise ("get it signed", "3 calls made"), past only with a
# subject before; with one, so is every word that ends like "called".
PAST_WITH_SUBJECT = word_set(
    "sent left heard made held won lost told said caught got put read began kept found brought built fell felt paid"
    " rung spoken met done seen written given gone run come taken drove flew stood thought forgot hit cut set rung"
    " been bought sold hung stuck understood"
)
NOT_PAST = word_set("need proceed feed succeed exceed speed indeed scheduled supposed")
PLEDGED = word_set("planned promised agreed committed decided offered")
SUBJECTS = word_set("i we he she they who just already also finally only i've we've they've he's she's have has")
AHEAD = word_set(
    "will gonna gotta must should shall can could let's lets let need needs plan planning want going aim aiming hope"
    " hoping intend promise i'd we'd i'm i'll ill"
)
REFUSING = word_set("skip nothing not never cannot cant wont dont unable rather instead couldnt didnt doesnt")
NOT_REFUSING = word_set("forget sure later only yet bad a too worry wait")  # "don't forget", "not sure"
HABITS = word_set(
    "usually normally typically always generally mostly often tend tends rarely sometimes whenever"
    " mornings afternoons evenings mondays tuesdays wednesdays thursdays fridays saturdays sundays weekends"
)
_KIN = word_set("kids children family dentist doctor school")
_HAVING = word_set("have has having there's i've we've i'm we're got")
EVENTS = word_set(
    "call meeting demo workshop webinar training appointment session interview lunch standup review flight train"
    " dentist doctor dinner event conference catchup sync kickoff qbr coffee"
)
_REPEATED = word_set("day days week weeks month morning other weekday quarter evening afternoon")
IF = word_set("if unless otherwise")
_JOINERS = frozenset({"and", "&", "then", "plus", ";"})
_BREAKS = frozenset({",", "-", "–", "—", "and", "&", "but", "so", "then", "because"})


class Mood(NamedTuple):
    """What the words before a place say of what is said there."""

    sentence: int = 0
    clause: int = 0
    action: int = 0  # how many actions were told before: "call Anna at 3 | and send the quote by 5"
    past: bool = False
    refused: bool = False
    habit: bool = False
    fact: bool = False  # what is so anyway: "the shop shuts | at 6"
    other: bool = False  # somebody else's clause
    iffy: bool = False
    asked: bool = False  # inside of what somebody is asked: "ask if she can meet | on Friday"
    question: bool = False  # in a sentence that only asks
    quoted: bool = False
    opened: int = 0  # where the clause begins
    engaged: bool = False  # after "I have a call": by the way, and alone no promise

    @property
    def told(self) -> bool:
        """Whether what is said is of no promise of the rep."""
        return self.refused or self.habit or self.other or self.question or self.quoted


def moods(text: Text) -> list[Mood]:
    """The mood in which each word of `text` stands."""
    asked, cited = questions(text), quoted(text)
    mood, found = _opening(text, 0, Mood(), asked=bool(asked and asked[0])), []
    for i in range(len(text)):
        other = speaks_of_other(text, i, opens=False)
        if other is not None and not (other and text.word(i - 1) in {"when", "once", "if", "until", "after", "before"}):
            mood = mood._replace(other=other, fact=mood.fact and other)
        found.append(mood._replace(quoted=True) if cited[i] else mood)
        mood = _after(text, i, mood, asked=i + 1 < len(text) and asked[i + 1])
    return found


def _opening(text: Text, i: int, mood: Mood, *, asked: bool = False) -> Mood:
    """The mood in which the clause that begins at `i` is said."""
    mood = mood._replace(opened=i, question=mood.question or (asked and begins_question(text, i)))
    if is_request(text, i):
        return mood._replace(other=True)
    other = begins_speech_of_other(text, i)
    if begins_fact(text, i):
        return mood._replace(other=mood.other if other is None else other, fact=True)
    if other is None and (text.word(i) in ACTIONS or _does(text, i)):
        other = False
    return mood if other is None else mood._replace(other=other, fact=mood.fact and other)


def _does(text: Text, i: int) -> bool:
    """Whether a clause opens with what the rep is doing: "calling the CFO"."""
    return len(text.word(i)) > _SHORTEST_DOING and text.word(i).endswith("ing")


def _after(text: Text, i: int, mood: Mood, *, asked: bool) -> Mood:
    """The mood after the `i`th word, which stood in `mood`."""
    word, following = text.word(i), text.word(i + 1)
    if word in {"!", "?", ";", "\n", "…"} or (word == "." and not text.glued(i + 1)):
        fresh = Mood(sentence=mood.sentence + 1, clause=mood.clause + 1, action=mood.action)
        return _opening(text, i + 1, fresh, asked=asked)
    inside = word in {"-", "–"} and text.glued(i) and text.glued(i + 1)  # "9-10"
    if (word in _BREAKS and not inside) or (word == ":" and not text.glued(i + 1)):
        return _opening(text, i + 1, _next_clause(mood, word, following))
    if word in REFUSING or word.endswith("n't"):
        return mood._replace(refused=mood.refused or following not in NOT_REFUSING)
    if word == "no" and following in _NO_ANSWER:
        return mood._replace(past=True)
    if (word == "arrive" and text.word(i - 2) not in {"i", "we"}) or (
        word == "delivered" and text.word(i - 2) == "should"
    ):
        return mood._replace(other=True)
    if word == "no" and following in {"time", "chance", "way"}:
        return mood._replace(refused=True)
    if word in {"every", "each", "most"} and following in _REPEATED and (word, following) != ("each", "other"):
        return mood._replace(habit=True)
    if word in _HAVING and _has_event(text, i):
        return mood._replace(engaged=True)
    if word in HABITS and text.word(i - 1) != "as":
        return mood._replace(habit=True)
    if word in _MEANT and text.word(i - 1) in {"had", "was", "were", "used"}:
        return mood._replace(refused=True)  # "I had planned to call at 3"
    if word in {"have", "'ve"} and text.word(i - 1) in {"should", "would", "could", "might"} and is_past(following):
        return mood._replace(past=True)  # "I should have called this morning"
    if word == "after" and following.endswith("ing") and text.word(i - 1).endswith(("'m", "'s", "'re")):
        return mood._replace(past=True)  # Irish: "I'm after sending it at two"
    if word == "to" and text.word(i - 1) in _NOTED and following in ACTIONS:
        return mood._replace(past=False)  # "I put a reminder to ring you on the 1st"
    if word in AHEAD or word.endswith("'ll"):
        before = text.word(i - 1)
        meant_once = before in {"was", "were"}  # "I was going to call at 3"
        if before == "not" or before.endswith("n't"):
            return mood  # "I'm not going to call at 3"
        return mood if meant_once else mood._replace(past=False, refused=False, habit=mood.habit and word == "can")
    if word in {"got", "gets"} and is_past(following):
        return mood._replace(past=True)  # "the demo got moved to Friday"
    wanted = i == mood.opened or text.word(i - 1) in {"please", "pls"}  # "expect my call at 3"
    if word in {"waiting", "expect", "expecting", "awaiting"} and following != "to" and not wanted:
        return mood._replace(other=True)
    pledged = word in PLEDGED and following in {"to", "that", "i", "we", "i'd", "by"}  # "I agreed to call at 3"
    if word in _WEARY and text.word(i - 1) in {"i'm", "im", "am"}:
        return mood._replace(engaged=True)
    acknowledged = word == "got" and following in {"it", "this", "that"}
    if acknowledged:
        return mood
    if word in PAST or (is_past(word, text.word(i - 1)) and not pledged and _has_subject(text, i)):
        return mood._replace(past=True)
    if word in {"if", "whether"} and any(text.word(k) in {"ask", "check", "see", "asking"} for k in range(i - 5, i)):
        return mood._replace(asked=True)
    return mood._replace(iffy=True) if word in IF else mood


def _next_clause(mood: Mood, joint: str, following: str) -> Mood:
    """The mood after "and", a comma or the like."""
    acts = following in ACTIONS
    gone = joint not in {"and", "&"} or acts
    return mood._replace(
        clause=mood.clause + 1,
        action=mood.action + (joint in _JOINERS and acts),
        past=mood.past and not acts and not (len(following) > 4 and following.endswith("ing")),
        asked=False,
        engaged=False,
        refused=mood.refused and not gone,
        habit=mood.habit and joint not in {"but", "so"},
    )


def _has_event(text: Text, i: int) -> bool:
    """Whether one has an event then: "I have a call with her at 2", but not "I'll have a call"."""
    before = text.word(i - 1)
    if before in {"will", "to", "should", "must", "let's"} or before.endswith("'ll"):
        return False
    following = [text.word(k) for k in range(i + 1, i + 5)]
    if not _KIN.isdisjoint(following[:2]):
        return True
    return following[0] in {"a", "an", "another", "my", "our", "got"} and not EVENTS.isdisjoint(following)


def is_past(word: str, before: str = "") -> bool:
    regular = len(word) > 3 and word.endswith("ed")
    if word in {"come", "run"} and before in {"i", "we", "they"}:
        return False  # "I come back to you on Thursday"
    return (regular or word in PAST_WITH_SUBJECT) and word not in NOT_PAST


def _has_subject(text: Text, i: int) -> bool:
    """Whether a verb has a subject that did it: "I sent", or the beginning of a note: "Sent the deck at 9"."""
    before = text.word(i - 1)
    if before in {"have", "has"} and (text.word(i - 2) in {"will", "to"} or text.word(i - 2).endswith("'ll")):
        return False  # "I'll have sent it"
    if before == "it":
        return i == 1 or text.word(i - 2) in _BREAKS or text.stops(i - 2)  # "it dragged on", but "get it signed"
    return i == 0 or before in SUBJECTS or before in {".", "!", "\n", "-", "•"}
