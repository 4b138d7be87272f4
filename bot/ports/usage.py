"""What a model was used for on a day, per workspace: calls, tokens, and each time the rules answered instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol


class FellBack(StrEnum):
    """Why the rules' answer, or a part of it, was used in place of the model's. Never seen by a rep."""

    # the whole answer
    BUDGET = "budget"  # the day's calls or tokens are spent; nothing was asked
    NOT_COUNTED = "not_counted"  # the database could not note the call, so it was not made
    TIMEOUT = "timeout"
    CONNECTION = "connection"
    RATE_LIMITED = "rate_limited"
    SERVER_ERROR = "server_error"
    NOT_ALLOWED = "not_allowed"  # the key was not accepted
    BAD_REQUEST = "bad_request"  # the server could do nothing with it: no such model, no structured answers
    REFUSAL = "refusal"  # the model declined, or a filter did
    TRUNCATED = "truncated"
    EMPTY = "empty"
    WRONG_SHAPE = "wrong_shape"
    # a part of it
    INTENT_NOT_FREE = "intent_not_free"  # something that only the rules may hear, such as a yes
    INTENT_KEPT = "intent_kept"  # the rules' own reading is the safer one here
    NO_PROMISE = "no_promise"  # said, but not as something the rep will do
    UNGROUNDED_ACTION = "ungrounded_action"
    UNGROUNDED_TIME = "ungrounded_time"
    UNGROUNDED_OBSTACLE = "ungrounded_obstacle"
    BAD_QUESTION = "bad_question"
    BAD_REFLECTION = "bad_reflection"
    REPEATED_QUESTION = "repeated_question"
    MARKUP = "markup"  # a mention, a link, markup, an emoji or a character that nobody sees


@dataclass(frozen=True)
class Limits:
    """What a workspace may spend on a UTC day; 0 is no limit."""

    calls: int = 0
    tokens: int = 0


@dataclass(frozen=True)
class DayUse:
    """A workspace's use on a UTC day. `held` is what calls under way may still cost, `helped` counts the answers of
    which something was used.
    """

    workspace: str
    day: date
    calls: int = 0
    helped: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    held: int = 0
    fell_back: Mapping[FellBack, int] = field(default_factory=dict)

    @property
    def tokens(self) -> int:
        """Everything spent or set aside."""
        return self.prompt_tokens + self.completion_tokens + self.held

    def has_room(self, tokens: int, limits: Limits) -> bool:
        """Whether one more call that may cost `tokens` stays within the limits."""
        calls_left = not limits.calls or self.calls < limits.calls
        return calls_left and (not limits.tokens or self.tokens + tokens <= limits.tokens)


class Usage(Protocol):
    """The counts, within a transaction."""

    def on(self, workspace: str, day: date) -> DayUse: ...
    def reserve(self, workspace: str, day: date, tokens: int, limits: Limits) -> bool:
        """Count a call and hold what it may cost; False, with nothing held, when that would pass a limit."""
        ...

    def settle(self, workspace: str, day: date, held: int, prompt: int, completion: int, *, helped: bool) -> None:
        """Put what a call did cost in the place of what was held for it."""
        ...

    def fell_back(self, workspace: str, day: date, reasons: Sequence[FellBack]) -> None: ...
    def of_day(self, day: date) -> Sequence[DayUse]:
        """Every workspace that has used a model on that day."""
        ...
