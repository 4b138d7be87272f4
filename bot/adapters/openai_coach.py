"""A coach on any OpenAI-compatible server: it reads and offers words, inside the limits that the rules set.

At most one call a message, and none where its answer could not be used: when the rules hear something that changes
the state (a yes, an outcome, a stop), when nothing is open, when the words are meant for a program, or when somebody
is hurting. Whatever comes back is grounded before it is used (`grounding`, `wording`), so no instruction hidden in a
message can reach the state. Any trouble, from a spent budget to a wrong shape, leaves the rules' reading, is counted
by its reason, and the rep notices nothing but plainer words.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import openai
import structlog
from openai import AsyncOpenAI, OpenAIError
from openai.types.chat import ChatCompletionMessageParam
from openai.types.completion_usage import CompletionUsage
from pydantic import ValidationError

from bot.adapters.budget import Budget, at_most
from bot.adapters.grounding import FREE, Grounded, Offer, grounded
from bot.adapters.rule_coach import by_rules
from bot.adapters.wording import tender
from bot.domain.language.orders import orders_a_program
from bot.domain.language.said import LONGEST
from bot.domain.reading import Asked
from bot.ports.coach import Heard, Understanding
from bot.ports.usage import FellBack
from prompts.render import Prompts

MOST_TOKENS = 400
"""Of an answer; the six short fields need about 120."""
SHAPE_TOKENS = 400
"""What the description of the answer's shape may add to a prompt."""
MOST_SAID, LONGEST_SAID = 6, 300
"""Earlier messages that are told, and the characters of each."""
NOT_ASKED_ABOUT = frozenset({Asked.NOTHING, Asked.LEARN, Asked.CHOOSE, Asked.IF_THEN})
"""Here the rules have all that is needed, and no question of a model's would be asked."""

log = structlog.get_logger()

Messages = list[ChatCompletionMessageParam]


@dataclass(frozen=True)
class Answered:
    """What came back: an offer, or why there is none; and what it cost, where the server told."""

    offer: Offer | None
    fell_back: FellBack | None = None
    spent: tuple[int, int] | None = None


class Completions(Protocol):
    """Asks the model; the seam for tests and other providers. May raise whatever its client raises."""

    async def ask(self, messages: Messages) -> Answered: ...


@dataclass(frozen=True)
class OpenAICompletions:
    """Implements `Completions` with the openai package."""

    client: AsyncOpenAI
    model: str

    async def ask(self, messages: Messages) -> Answered:
        """One structured answer, from one request."""
        try:
            completion = await self.client.chat.completions.parse(
                model=self.model, messages=messages, response_format=Offer, max_completion_tokens=MOST_TOKENS
            )
        except openai.LengthFinishReasonError as error:
            return Answered(None, FellBack.TRUNCATED, _spent(error.completion.usage))
        spent = _spent(completion.usage)
        if not completion.choices:
            return Answered(None, FellBack.EMPTY, spent)
        message = completion.choices[0].message
        if message.parsed is None:
            return Answered(None, FellBack.REFUSAL if message.refusal else FellBack.EMPTY, spent)
        return Answered(message.parsed, None, spent)

    async def answers(self) -> str | None:
        """None when the model answers, else the name of what went wrong."""
        say_ok: Messages = [{"role": "user", "content": "Say ok."}]
        try:
            await self.client.chat.completions.create(model=self.model, messages=say_ok, max_completion_tokens=16)
        except OpenAIError as error:
            return type(error).__name__
        return None


def _spent(usage: CompletionUsage | None) -> tuple[int, int] | None:
    return (max(usage.prompt_tokens, 0), max(usage.completion_tokens, 0)) if usage else None


_REASONS: tuple[tuple[tuple[type[Exception], ...], FellBack], ...] = (
    ((openai.APITimeoutError, TimeoutError), FellBack.TIMEOUT),
    ((openai.APIConnectionError, OSError), FellBack.CONNECTION),
    ((openai.RateLimitError,), FellBack.RATE_LIMITED),
    ((openai.InternalServerError,), FellBack.SERVER_ERROR),
    ((openai.AuthenticationError, openai.PermissionDeniedError), FellBack.NOT_ALLOWED),
    ((openai.APIResponseValidationError, ValidationError), FellBack.WRONG_SHAPE),
    ((openai.APIStatusError,), FellBack.BAD_REQUEST),
    ((openai.ContentFilterFinishReasonError,), FellBack.REFUSAL),
)


def reason_of(error: Exception) -> FellBack:
    """Why there is no answer. "Compatible" servers and proxies answer in shapes that the client trips over anyhow."""
    return next((reason for kinds, reason in _REASONS if isinstance(error, kinds)), FellBack.WRONG_SHAPE)


def completions(key: str, base_url: str | None, model: str, seconds: float, retries: int = 0) -> OpenAICompletions:
    """The openai package's client for OpenAI or any compatible server; `seconds` is its timeout per read.

    It does not retry: the rules answer at once, sooner than a second try would, and a budget counts what was sent.
    """
    return OpenAICompletions(AsyncOpenAI(api_key=key, base_url=base_url, timeout=seconds, max_retries=retries), model)


@dataclass(frozen=True)
class OpenAICoach:
    """Implements `bot.ports.coach.Coach`. `seconds` bounds the whole call; the openai timeout is per read only.

    Without a budget nothing is limited or counted. `unasked` names the questions whose answers no model is asked about.
    """

    completions: Completions
    prompts: Prompts
    seconds: float = 8.0
    budget: Budget | None = None
    unasked: frozenset[Asked] = NOT_ASKED_ABOUT

    async def read(self, heard: Heard) -> Understanding:
        """What the message says: the rules' reading, bettered where the model's is grounded."""
        ruled = by_rules(heard)
        if ruled.reading.intent not in FREE or heard.asked in self.unasked or not worth_asking(heard):
            return ruled
        messages = self._messages(heard)
        held = sum(at_most(str(message.get("content"))) for message in messages) + SHAPE_TOKENS + MOST_TOKENS
        if not await self._reserved(heard, held):
            return ruled
        answered = await self._asked(messages)
        found = Grounded(ruled, (answered.fell_back,) if answered.fell_back else ())
        if answered.offer is not None:
            found = grounded(answered.offer, heard, ruled)
        await self._settled(heard, held, answered.spent, found)
        return found.understanding

    def _messages(self, heard: Heard) -> Messages:
        """What the model is told: the rules of its work, always the same, and apart from them what people said."""
        return [
            {"role": "system", "content": self._system},
            {"role": "user", "content": json.dumps(told(heard), ensure_ascii=False)},
        ]

    @cached_property
    def _system(self) -> str:
        return self.prompts.for_model("checkin/read", {})

    async def _asked(self, messages: Messages) -> Answered:
        try:
            async with asyncio.timeout(self.seconds):
                return await self.completions.ask(messages)
        except Exception as error:
            return Answered(None, reason_of(error))

    async def _reserved(self, heard: Heard, held: int) -> bool:
        """Whether the call may be made; a count that cannot be kept means no."""
        if self.budget is None:
            return True
        try:
            if await self.budget.reserve(heard, held):
                return True
            reason = FellBack.BUDGET
            await self.budget.refused(heard, reason)
        except Exception as error:
            reason = FellBack.NOT_COUNTED
            log.warning("model use cannot be counted", error=type(error).__name__)
        log.info("model not used", reasons=[reason.value])
        return False

    async def _settled(self, heard: Heard, held: int, spent: tuple[int, int] | None, found: Grounded) -> None:
        if found.fell_back:
            reasons: Sequence[str] = [reason.value for reason in found.fell_back]
            log.info("model used in part" if found.helped else "model not used", reasons=reasons)
        if self.budget is None:
            return
        try:
            await self.budget.settle(heard, held, spent, found.fell_back, helped=found.helped)
        except Exception as error:
            log.warning("model use cannot be counted", error=type(error).__name__)


def worth_asking(heard: Heard) -> bool:
    """Whether an answer could be used, and whether it is a model's place to give one."""
    wordless = not any(letter.isalpha() for letter in heard.text)
    return not wordless and not tender(heard.text) and not orders_a_program(heard.text)


def told(heard: Heard) -> dict[str, object]:
    """What the model gets to know of a message. All of it is data, none of it instruction."""
    return {
        "asked": _sendable(heard.question, LONGEST_SAID),
        "open": heard.asked.value,
        "focus": _sendable(heard.focus or "", LONGEST_SAID) or None,
        "said_before": [_sendable(one, LONGEST_SAID) for one in heard.said[-MOST_SAID:]],
        "message": _sendable(heard.text, LONGEST),
    }


def _sendable(text: str, longest: int) -> str:
    """As much of a text as is told, without what cannot be encoded."""
    return text[:longest].encode("utf-8", "replace").decode("utf-8")
