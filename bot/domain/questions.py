"""The guard: whether a question may be put to a rep, or suggested to a manager.

It reads form, not intent, and errs on the side of refusing: a refused line is replaced by one from the bank,
which costs nothing, while a question that blames costs the next ten mornings.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from bot.domain.asking.facts import invented
from bot.domain.asking.form import (
    Head,
    asking_clauses,
    asks_degree,
    carries_answer,
    head_inside,
    offers_answers,
    plain,
    sentences,
    without_lead_in,
)
from bot.domain.asking.signs import Sign, signs
from bot.domain.asking.words import AUX, COMPLETION, IMPERATIVES, PARENTHESIS, SOFTENERS, TAG

QUESTION_LIMIT = 180  # characters of the sentence that asks, slots filled
PREAMBLE_LIMIT = 140  # characters of the reflection that may come before it
MOST_REFLECTIONS = 2  # sentences of it
READ_LIMIT = 360  # characters that are read for turns of phrase; a text with more is too long in any case
MESSAGE_LIMIT = 1000  # characters beyond which a text is refused unread
GREETING_WORDS = 3  # "Good morning Anna." is courtesy, not a second reflection


class Fault(StrEnum):
    """What is wrong with a question, as the question rules name it."""

    CLOSED = "closed"  # can be answered yes or no, or by picking one of the answers offered
    NUMBER = "number"  # asks for a number, a degree or a date in the past
    BLAME = "blame"  # asks for a justification: every "why", and what sounds like it
    LAGGING = "lagging"  # about a result, which nobody controls today
    ADVICE = "advice"  # tells what to do, with or without a question mark
    LEADING = "leading"  # carries its own answer
    STACKED = "stacked"  # asks more than one thing
    NOT_A_QUESTION = "not_a_question"  # asks nothing
    TOO_LONG = "too_long"  # more than a question and one short reflection
    FIRST_PERSON = "first_person"  # about what the asker does or thinks: "How can I help?", "What shall we do?"
    INVENTED = "invented"  # holds a name, number or time that nobody said


_FAULT_OF = {
    Sign.NUMBER: Fault.NUMBER,
    Sign.BLAME: Fault.BLAME,
    Sign.LAGGING: Fault.LAGGING,
    Sign.ADVICE: Fault.ADVICE,
    Sign.LEADING: Fault.LEADING,
    Sign.FIRST_PERSON: Fault.FIRST_PERSON,
    Sign.VERDICT: Fault.CLOSED,
}


def faults(question: str, known: Collection[str] | None = None) -> tuple[Fault, ...]:
    """What forbids `question`, in the order of `Fault`; empty when it is good.

    One short statement, such as a reflection, may accompany the question. "By when" and "with whom" at its
    end complete a commitment and are no second question. With `known`, the texts that were said or are in
    the playbook, every name, number and time must occur in one of them; and a statement that repeats a known
    text is an echo, so it is not taken for advice even when it reads like an order ("Call Anna first.").
    """
    if len(question) > MESSAGE_LIMIT:
        return (Fault.TOO_LONG,)
    parts = list(sentences(question))
    asking = [part.text for part in parts if part.asks]
    statements = [part.text for part in parts if not part.asks]
    found: set[Fault] = set()
    if not asking:
        found.add(Fault.NOT_A_QUESTION)
    if len(asking) > 1:
        found.add(Fault.STACKED)
    for text in asking:
        found |= _faults_of_form(text)
    left = READ_LIMIT
    for part in parts:
        found |= {_FAULT_OF[sign] for sign in signs(without_lead_in(part.text[:left]), asks=part.asks)}
        left -= len(part.text)
        if left <= 0:
            found.add(Fault.TOO_LONG)
            break
    orders = [text for text in statements if _is_order(text)]
    if orders:
        echoes = [plain(text) for text in known or ()]
        if not all(any(order in echo for echo in echoes) for order in orders):
            found.add(Fault.ADVICE)
    if _is_too_long(asking, statements):
        found.add(Fault.TOO_LONG)
    if known is not None and invented(question, known):
        found.add(Fault.INVENTED)
    return tuple(fault for fault in Fault if fault in found)


def _faults_of_form(text: str) -> set[Fault]:
    """The faults that lie in how a sentence is built."""
    found: set[Fault] = set()
    if TAG.search(text):
        found |= {Fault.CLOSED, Fault.LEADING}
        text = TAG.sub("", text)
    text = PARENTHESIS.sub("", COMPLETION.sub("", text))
    clauses = asking_clauses(text)
    if len(clauses) > 1:
        found.add(Fault.STACKED)
    if not clauses:
        found.add(Fault.CLOSED)
        if asks_degree(text):
            found.add(Fault.NUMBER)
    for clause in clauses:
        if clause.head in (Head.CLOSED, Head.TIME):
            found.add(Fault.CLOSED)
        elif clause.head is Head.DEGREE:
            found.add(Fault.NUMBER)
        elif clause.head is Head.INVITATION:
            inner = head_inside(clause.text)
            if inner in (Head.CLOSED, Head.TIME):
                found.add(Fault.CLOSED)
            elif inner is Head.DEGREE:
                found.add(Fault.NUMBER)
    if offers_answers(text):
        found.add(Fault.CLOSED)
    if carries_answer(text):
        found.add(Fault.LEADING)
    return found


def _is_order(statement: str) -> bool:
    """Whether a statement tells the rep what to do: "Call them first"."""
    told = [word for word in statement.replace(",", " ").split() if word not in SOFTENERS]
    if len(told) < 2:
        return False
    if told[0] == "you":
        return told[1] in ("could", "can")
    return told[0] in IMPERATIVES and told[1] not in AUX


def _is_too_long(asking: list[str], statements: list[str]) -> bool:
    reflections = [text for text in statements if len(text.split()) > GREETING_WORDS]
    return (
        len(reflections) > MOST_REFLECTIONS
        or sum(map(len, reflections)) > PREAMBLE_LIMIT
        or any(len(text) > QUESTION_LIMIT for text in asking)
    )
