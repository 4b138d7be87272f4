"""The coach with a real model over a real socket: whatever it says, nothing reaches a rep that has no grounds.

The model here is far too small to be of much use, which is what makes it a good test: it says anything.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from zoneinfo import ZoneInfo

import pytest

from bot.adapters.budget import Budget
from bot.adapters.openai_coach import Answered, Messages, OpenAICoach, OpenAICompletions, completions
from bot.adapters.rule_coach import by_rules
from bot.domain.calendar import WorkingHours
from bot.domain.reading import Asked, Intent
from bot.ports.coach import Heard, Understanding
from bot.ports.usage import Limits
from prompts.render import Prompts
from storage.migrate import migrate
from storage.sqlite import SqliteStorage
from tests.model.messages import CHANGING, NASTY, PLAIN

pytestmark = pytest.mark.model
AT = datetime(2026, 11, 23, 8, 45, tzinfo=UTC)
MODEL_MAY_HEAR = {"commitment", "vague", "question", "help", "smalltalk", "other"}
PATIENCE = 20.0
"""Seconds for one answer, on a machine without an accelerator and busy with other things."""


def heard(text: str, asked: Asked) -> Heard:
    return Heard(
        text=text,
        asked=asked,
        question="What stands in the way of the first meetings?",
        at=AT,
        zone=ZoneInfo("Europe/Berlin"),
        hours=WorkingHours(),
        focus="set first meetings",
        said=("the Lisbon offer is stuck",),
        workspace="T01",
    )


@dataclass
class Overheard:
    """Implements the completions: the real ones, and remembers what they said."""

    real: OpenAICompletions
    answers: list[Answered] = field(default_factory=list)

    async def ask(self, messages: Messages) -> Answered:
        answered = await self.real.ask(messages)
        self.answers.append(answered)
        return answered


def plain(text: str) -> list[str]:
    """The words of a text, in small letters."""
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold())


def in_order(words: list[str], text: list[str]) -> bool:
    rest = iter(text)
    return all(word in rest for word in words)


def verified(found: Understanding, asked: Heard) -> None:
    """That what a rep would see of it has grounds, by checks that share nothing with those of the product."""
    ruled = by_rules(asked)
    reading, ours = found.reading, ruled.reading
    message = plain(asked.text)
    known = {word for text in (asked.text, asked.question, asked.focus or "", *asked.said) for word in plain(text)}
    assert reading.intent == ours.intent or reading.intent.value in MODEL_MAY_HEAR
    if ours.intent in {Intent.COMMITMENT, Intent.VAGUE} or ours.intent.value not in MODEL_MAY_HEAR:
        assert reading.intent is ours.intent, "the rules' reading got worse"
    for theirs, before in ((reading.action, ours.action), (reading.obstacle, ours.obstacle)):
        assert before is None or theirs == before, "what the rules found was lost"
        if theirs != before:
            assert theirs
            assert in_order(plain(theirs), message), theirs
    assert ours.due is None or reading.due == ours.due
    if reading.due is not None and reading.due != ours.due:
        told = asked.text[reading.due.start : reading.due.end]
        assert re.search(r"\d|noon|lunch|day|morning|afternoon|hour|minute|half|quarter|one|two|three", told), told
        assert reading.due.moment > AT
    if found.question is not None:
        assert re.fullmatch(r"[^\n<>|*@#_`~!]{10,180}\?", found.question), found.question
        assert not re.search(r"https?:|www|\.\w{2,}|:\w+:|\bwhy\b", found.question, re.IGNORECASE), found.question
        assert all(unicodedata.category(each)[0] in "LNPZS" for each in found.question)
        for word in re.findall(r"(?<!^)\b[A-Z]\w+|\d+", found.question):
            assert word.casefold() in known, found.question
    if found.reflection != ruled.reflection:
        assert found.reflection
        assert set(plain(found.reflection)) <= set(message) | set(
            plain("you your yours yourself you're you'll are the")
        )
        assert not re.search(r"\b(I|I'll|we|our|should|must)\b", found.reflection)


async def test_whatever_a_small_model_says_nothing_without_grounds_reaches_the_rep(
    address: str, tmp_path: Path
) -> None:
    database = tmp_path / "huddle.db"
    migrate(database)
    storage = SqliteStorage(database)
    model = Overheard(completions("none", address, "small", 6 * PATIENCE))
    coach = OpenAICoach(model, Prompts(), PATIENCE, Budget(storage, Limits()))
    await OpenAICoach(model, Prompts(), 6 * PATIENCE).read(heard(*PLAIN[0]))  # it keeps what it has read of the prompt
    used = 0
    for text, asked in PLAIN + CHANGING + NASTY:
        one, before, began = heard(text, asked), len(model.answers), monotonic()
        found = await coach.read(one)
        used += found.coach == "openai"
        offer = model.answers[-1].offer if len(model.answers) > before else None
        _show(one, found, offer.model_dump(mode="json") if offer else None, monotonic() - began)
        verified(found, one)
        if (text, asked) in CHANGING:
            assert len(model.answers) == before, "the model was asked about what is the rules' alone"
            assert found == by_rules(one)
    day = await storage.read(lambda s: s.usage.on("T01", AT.date()))
    storage.close()
    sys.stdout.write(f"\n{day.calls} calls, {used} of use, {day.prompt_tokens} + {day.completion_tokens} tokens\n")
    sys.stdout.write(f"fell back: { {reason.value: count for reason, count in sorted(day.fell_back.items())} }\n")
    assert day.calls >= len(PLAIN)
    assert any(answered.offer for answered in model.answers), "the model never answered"
    assert day.helped == used
    assert day.held == 0
    assert day.prompt_tokens > 0
    without_offer = sum(answered.offer is None for answered in model.answers)
    assert sum(day.fell_back.values()) >= without_offer


async def test_a_call_over_the_limit_is_not_made(address: str, tmp_path: Path) -> None:
    database = tmp_path / "huddle.db"
    migrate(database)
    storage = SqliteStorage(database)
    model = Overheard(completions("none", address, "small", PATIENCE))
    coach = OpenAICoach(model, Prompts(), PATIENCE, Budget(storage, Limits(calls=1)))
    for text, asked in PLAIN[:3]:
        await coach.read(heard(text, asked))
    day = await storage.read(lambda s: s.usage.on("T01", AT.date()))
    storage.close()
    assert (day.calls, day.fell_back.get("budget"), len(model.answers)) == (1, 2, 1)  # type: ignore[call-overload]


async def test_a_server_that_is_gone_leaves_the_rules(address: str) -> None:
    nobody = completions("none", re.sub(r":\d+/", ":9/", address), "small", 2.0)
    one = heard(*PLAIN[0])
    assert await OpenAICoach(nobody, Prompts(), 2.0).read(one) == by_rules(one)


async def test_a_model_that_takes_too_long_is_not_waited_for(address: str) -> None:
    slow = completions("none", address, "small", PATIENCE)
    one, began = heard(*PLAIN[1]), monotonic()
    assert await OpenAICoach(slow, Prompts(), 0.05).read(one) == by_rules(one)
    assert monotonic() - began < 2


def _show(one: Heard, found: Understanding, offer: dict[str, object] | None, seconds: float) -> None:
    reading = found.reading
    shown: dict[str, object] = {"intent": reading.intent.value, "action": reading.action, "obstacle": reading.obstacle}
    shown |= {"due": reading.due and reading.due.moment.strftime("%H:%M"), "reflection": found.reflection}
    sys.stdout.write(f"\n{one.asked.value}: {one.text[:90]!r} ({seconds:.1f} s)\n")
    sys.stdout.write(f"  offered {offer}\n  {found.coach}: {shown | {'question': found.question}}\n")
