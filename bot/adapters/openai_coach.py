"""A coach on any OpenAI-compatible server: it reads and offers words, inside the limits that the rules set.

One call a message. Whatever comes back is grounded before it is used: an action must stand in the message, a time
must be words of the message that our own grammar reads, a question must pass the guard and mention nothing that
nobody said. Intents that change something by themselves (a yes, an outcome, a stop) are the rules' alone, so no
instruction hidden in a message can reach the state. Any trouble, from a refused connection to a wrong shape, leaves
the rules' reading, and the rep notices nothing but plainer words.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, replace
from typing import Protocol

import structlog
from openai import AsyncOpenAI, OpenAIError
from openai.types.chat import ChatCompletionMessageParam
from pydantic import BaseModel, Field

from bot.adapters.rule_coach import by_rules
from bot.domain.commitment import LONGEST_ACTION
from bot.domain.duetime import find
from bot.domain.language.said import word_set
from bot.domain.questions import faults
from bot.domain.reading import DueTime, Intent, Reading
from bot.ports.coach import Heard, Understanding
from prompts.render import Prompts

MOST_TOKENS = 400
LONGEST_REFLECTION = 120
FREE = frozenset({Intent.COMMITMENT, Intent.VAGUE, Intent.QUESTION, Intent.HELP, Intent.SMALLTALK, Intent.OTHER})
"""Intents that a model may choose between; none of them changes anything without the rep's own tap."""
TURNING = word_set(
    "a an and are as at but by for from in is it it's of on so that the there this to was were with"
    " you you'd you'll you're you've your yours yourself"
)
"""Words that a reflection may add to those that were said: they hold a sentence together and turn it to "you"."""

log = structlog.get_logger()


class Offer(BaseModel):
    """What the model is asked to return."""

    intent: Intent
    action: str | None = Field(default=None, description="the promised action, in the rep's own words")
    when: str | None = Field(default=None, description="the words of the message that tell the time")
    obstacle: str | None = Field(default=None, description="what stands in the way, in the rep's own words")
    reflection: str | None = Field(default=None, description="one short line in the rep's words")
    question: str | None = Field(default=None, description="one open question that narrows")


class Completions(Protocol):
    """Asks the model; the seam for tests and other providers."""

    async def ask(self, messages: list[ChatCompletionMessageParam]) -> Offer | None: ...


@dataclass(frozen=True)
class OpenAICompletions:
    """Implements `Completions` with the openai package."""

    client: AsyncOpenAI
    model: str

    async def ask(self, messages: list[ChatCompletionMessageParam]) -> Offer | None:
        """One structured answer; None when the model refuses or says nothing."""
        completion = await self.client.chat.completions.parse(
            model=self.model, messages=messages, response_format=Offer, max_completion_tokens=MOST_TOKENS
        )
        return completion.choices[0].message.parsed if completion.choices else None

    async def answers(self) -> str | None:
        """None when the model answers, else the name of what went wrong."""
        say_ok: list[ChatCompletionMessageParam] = [{"role": "user", "content": "Say ok."}]
        try:
            await self.client.chat.completions.create(model=self.model, messages=say_ok, max_completion_tokens=16)
        except OpenAIError as error:
            return type(error).__name__
        return None


def completions(key: str, base_url: str | None, model: str, seconds: float, retries: int = 1) -> OpenAICompletions:
    """The openai package's client for OpenAI or any compatible server; `seconds` is its timeout per read."""
    return OpenAICompletions(AsyncOpenAI(api_key=key, base_url=base_url, timeout=seconds, max_retries=retries), model)


@dataclass(frozen=True)
class OpenAICoach:
    """Implements `bot.ports.coach.Coach`. `seconds` bounds the whole call; the openai timeout is per read only."""

    completions: Completions
    prompts: Prompts
    seconds: float = 8.0

    async def read(self, heard: Heard) -> Understanding:
        """What the message says: the rules' reading, bettered where the model's is grounded."""
        ruled = by_rules(heard)
        if ruled.reading.intent not in FREE:
            return ruled
        offer = await self._ask(heard)
        return ruled if offer is None else grounded(offer, heard, ruled)

    async def _ask(self, heard: Heard) -> Offer | None:
        system = self.prompts.for_model("checkin/read", {"heard": heard})
        messages: list[ChatCompletionMessageParam] = [
            {"role": "system", "content": system},
            {"role": "user", "content": heard.text},
        ]
        try:
            async with asyncio.timeout(self.seconds):
                return await self.completions.ask(messages)
        except Exception as error:  # "compatible" servers and proxies answer in shapes that the client trips over
            log.info("model not used", reason=type(error).__name__)
            return None


def grounded(offer: Offer, heard: Heard, ruled: Understanding) -> Understanding:
    """The rules' understanding with those parts of the offer that can be trusted."""
    reading = _reading(offer, heard, ruled.reading)
    known = [heard.text, heard.question, heard.focus or "", *heard.said]
    question = " ".join((offer.question or "").split())
    reflection = " ".join((offer.reflection or "").split())
    good_question = question if question and not _marked_up(question) and not faults(question, known) else None
    good_reflection = reflection if _faithful(reflection, known) else ruled.reflection
    return Understanding(reading, good_reflection, good_question, "openai")


def _reading(offer: Offer, heard: Heard, ruled: Reading) -> Reading:
    if offer.intent not in FREE:
        return ruled
    action = _within(offer.action, heard.text)
    due = _due(offer.when, heard) or ruled.due
    if offer.intent is Intent.COMMITMENT and not (action or ruled.action or due):
        return ruled
    return replace(
        ruled,
        intent=offer.intent,
        action=(action or ruled.action) if offer.intent is Intent.COMMITMENT else None,
        due=due if offer.intent is Intent.COMMITMENT else ruled.due,
        obstacle=_within(offer.obstacle, heard.text) or ruled.obstacle,
        help_wanted=ruled.help_wanted or offer.intent is Intent.HELP,
    )


def _within(words: str | None, text: str) -> str | None:
    """The words as they stand in the text, or None when they do not."""
    wanted, spaced = " ".join((words or "").split()), " ".join(text.split())
    found = re.search(re.escape(wanted), spaced, re.IGNORECASE) if wanted else None
    return found.group()[:LONGEST_ACTION] if found else None


def _due(when: str | None, heard: Heard) -> DueTime | None:
    words = _within(when, heard.text)
    return find(words, heard.at, heard.zone, heard.hours) if words else None


def _marked_up(text: str) -> bool:
    return any(sign in text for sign in ("<", ">", "http", "`", "*", "@", "|", "!", "\n"))


def _faithful(reflection: str, known: list[str]) -> bool:
    """Whether a reflection is short, plain, and made of words that were said and of those that turn them to "you"."""
    if not reflection or len(reflection) > LONGEST_REFLECTION or _marked_up(reflection) or "?" in reflection:
        return False
    said = {word for text in known for word in _words(text)}
    return all(word in said or word in TURNING for word in _words(reflection))


def _words(text: str) -> list[str]:
    plain = text.casefold().replace("’", "'")
    return [word for each in plain.split() if (word := each.strip(".,;:!?'\"()“”„"))]
