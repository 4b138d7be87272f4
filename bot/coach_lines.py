"""The coach on lines of JSON: what `huddle coach read` and `huddle coach review` do with each line.

A line that cannot be used gives a row with `error` in place of a result, and the rest goes on.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, StrictInt, StrictStr, ValidationError, field_validator

from bot.domain.calendar import WorkingHours
from bot.domain.questions import faults
from bot.domain.reading import Asked, Intent, Reading
from bot.ports.coach import Coach, Heard

Row = dict[str, Any]
L = TypeVar("L", bound=BaseModel)

LABELS: Final = {
    Intent.COMMITMENT: "commitment",
    Intent.VAGUE: "vague",
    Intent.REFUSAL: "refusal",
    Intent.STOP: "refusal",
    Intent.QUESTION: "question",
}
"""The five labels of `read`; every intent that is not named here is "other"."""


ALONG_WITH: Final = frozenset({Intent.DONE, Intent.PARTLY, Intent.NOT_DONE, Intent.RESCHEDULE})


class Question(BaseModel):
    """A line for `review`."""

    id: StrictStr | StrictInt
    text: StrictStr


class Said(BaseModel):
    """What came before a message: the bot's question, what kind of question it was, the rep's earlier messages."""

    model_config = ConfigDict(extra="ignore")

    question: str = ""
    asked: Asked | None = None
    said: tuple[str, ...] = ()
    focus: str | None = None


class Message(BaseModel):
    """A line for `read`. `context` may be the question that was asked, or an object like `Said`."""

    id: StrictStr | StrictInt
    text: StrictStr
    context: Said | None = None
    now: datetime | None = None
    tz: str = Field(default="UTC", min_length=1)

    @field_validator("context", mode="before")
    @classmethod
    def _question_alone(cls, value: object) -> object:
        if isinstance(value, str):
            return {"question": value}
        return {"said": value} if isinstance(value, list) else value

    @field_validator("tz")
    @classmethod
    def _known(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise ValueError(f"no time zone is named {value!r}; a name looks like Europe/Berlin") from None
        return value


def review(lines: Iterable[bytes]) -> Iterator[Row]:
    """For each question: `label` good or bad, and the faults that the guard finds."""
    for number, raw in _numbered(lines):
        line = _parsed(Question, raw, number)
        if isinstance(line, dict):
            yield line
            continue
        found = faults(line.text)
        yield {"id": line.id, "label": "bad" if found else "good", "faults": [fault.value for fault in found]}


async def read(lines: Iterable[bytes], coach: Coach, clock: Callable[[], datetime]) -> AsyncIterator[Row]:
    """For each message: its label, intent, action, and the due time in the writer's own zone.

    Without `now` a line is taken to be written at the moment it is read; a `now` without an offset is a wall clock
    in `tz`. Working hours are the defaults of a team.
    """
    for number, raw in _numbered(lines):
        line = _parsed(Message, raw, number)
        if isinstance(line, dict):
            yield line
            continue
        zone = ZoneInfo(line.tz)
        try:
            at = _aware(line.now, zone) if line.now else clock()
            understanding = await coach.read(_heard(line, at, zone))
            yield {"id": line.id} | _row(understanding.reading, zone)
        except OverflowError:
            yield _error(line.id, number, "`now` is too far from today to reckon with")


def _aware(now: datetime, zone: ZoneInfo) -> datetime:
    return (now if now.tzinfo else now.replace(tzinfo=zone)).astimezone(UTC)


def _heard(line: Message, at: datetime, zone: ZoneInfo) -> Heard:
    context = line.context or Said()
    asked = context.asked or (Asked.OPEN if context.question else Asked.NOTHING)
    return Heard(line.text, asked, context.question, at, zone, WorkingHours(), context.focus, context.said)


def label(reading: Reading) -> str:
    """One of five labels; a report or a change of time that promises something along with it is a promise."""
    if reading.intent in ALONG_WITH and reading.action and reading.due:
        return "commitment"
    return LABELS.get(reading.intent, "other")


def _row(reading: Reading, zone: ZoneInfo) -> Row:
    due = reading.due.moment.astimezone(zone).isoformat() if reading.due else None
    return {"label": label(reading), "intent": reading.intent.value, "action": reading.action, "due_at": due}


def _numbered(lines: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    return ((number, raw) for number, raw in enumerate(lines, 1) if raw.strip())


def _parsed(kind: type[L], raw: bytes, number: int) -> L | Row:
    try:
        value = json.loads(raw.decode("utf-8-sig" if number == 1 else "utf-8"))
    except UnicodeDecodeError:
        return _error(None, number, "this line is not UTF-8 text")
    except (ValueError, RecursionError) as error:
        return _error(None, number, f"this line is not JSON: {error}")
    if not isinstance(value, dict):
        return _error(None, number, 'a line must be an object such as {"id": 1, "text": "…"}')
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = first["loc"][0] if first["loc"] else "the line"
        return _error(value.get("id"), number, f"`{where}`: {first['msg']}")


def _error(identifier: object, number: int, sentence: str) -> Row:
    return {"id": identifier if isinstance(identifier, str | int) else None, "line": number, "error": sentence}
