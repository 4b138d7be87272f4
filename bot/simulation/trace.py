"""Everything that anybody could see of a world, in order, and its hash."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog


@dataclass
class Trace:
    """One line an event: virtual time, who, what."""

    clock: Callable[[], datetime]
    lines: list[str] = field(default_factory=list)

    def add(self, who: str, what: str, detail: str = "") -> None:
        """Something happened now."""
        self.lines.append(f"{self.clock():%m-%d %H:%M:%S.%f} {who} {what} {detail}".rstrip())

    @property
    def hash(self) -> str:
        """The same for the same lines, on every machine."""
        return hashlib.sha256("\n".join(self.lines).encode()).hexdigest()

    def about(self, who: str, moment: datetime, count: int = 40) -> list[str]:
        """The last lines about somebody up to `moment`, and a few after it."""
        told = [line for line in self.lines if who in line]
        mark = f"{moment:%m-%d %H:%M:%S.%f}"
        after = next((i for i, line in enumerate(told) if line[:21] > mark), len(told))
        return told[max(0, after - count) : after + 5]


@dataclass
class Surprises:
    """Takes the place of structlog's output: what the product logged as an error is kept, the rest dropped."""

    trace: Trace
    errors: list[str] = field(default_factory=list)

    def __call__(self, _logger: Any, method: str, event: MutableMapping[str, Any]) -> Any:
        """Implements a structlog processor."""
        if method in {"error", "exception", "critical"}:
            told = " ".join(f"{k}={v}" for k, v in sorted(event.items()) if k not in {"exc_info", "reference"})
            error = event.get("exc_info")
            line = f"{told} {_named(error)}".strip()
            self.errors.append(f"{self.trace.clock():%m-%d %H:%M:%S} {line}")
            self.trace.add("log", method, line)
        raise structlog.DropEvent


def _named(error: Any) -> str:
    import sys

    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, tuple):
        error = error[1]
    return f"{type(error).__name__}: {error}"[:300] if isinstance(error, BaseException) else ""
