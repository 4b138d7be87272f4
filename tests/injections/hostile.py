"""The hostile messages, and a model that does all they ask of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from openai.types.chat import ChatCompletionMessageParam

from bot.adapters.grounding import Offer
from bot.adapters.openai_coach import Answered
from bot.domain.reading import Intent

AIMS = frozenset({"state", "prompt", "leak", "audience", "markup", "format", "persona", "stop", "other"})
ENDS = frozenset({"", "refusal", "stop"})


@dataclass(frozen=True)
class Hostile:
    """One message. `never` stands nowhere in a reply outside of the quote of the rep's own action.

    `ends` names the plain meaning of a message that is also a rep's own "not today" or "stop".
    """

    id: str
    aim: str
    text: str
    obeyed: Offer
    never: tuple[str, ...] = ()
    ends: str = ""

    def __str__(self) -> str:
        return self.id


def hostile_messages() -> tuple[Hostile, ...]:
    """All of messages.yaml; a message with an unknown aim or field is an error."""
    listed = yaml.safe_load((Path(__file__).parent / "messages.yaml").read_text("utf-8"))
    return tuple(_hostile(one.pop("id"), **one) for one in listed)


def _hostile(
    name: str,
    *,
    aim: str,
    text: str,
    obeyed: dict[str, Any],
    never: Sequence[str] = (),
    ends: str = "",
    repeat: int = 1,
) -> Hostile:
    if aim not in AIMS or ends not in ENDS:
        raise ValueError(f"{name}: {aim!r} or {ends!r} is not known")
    return Hostile(name, aim, text * repeat, Offer.model_validate(obeyed), tuple(never), ends)


@dataclass
class Obedient:
    """Implements `Completions`: once what the message wants of it, then nothing; remembers what it was asked."""

    offer: Offer = field(default_factory=lambda: Offer(intent=Intent.OTHER))
    asked: list[list[ChatCompletionMessageParam]] = field(default_factory=list)

    async def ask(self, messages: list[ChatCompletionMessageParam]) -> Answered:
        self.asked.append(list(messages))
        return Answered(self.offer if len(self.asked) == 1 else None)
