"""Known faults of packages, and which of them a lock has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.audit.lock import Pin

SNAPSHOT = Path(__file__).with_name("advisories.yaml")


@dataclass(frozen=True)
class Advisory:
    """A fault of a package, from the version that brought it to the one that mended it."""

    id: str
    package: str
    introduced: Version
    fixed: Version

    def hits(self, pin: Pin) -> bool:
        """Whether this version has the fault."""
        return self.package == pin.name and self.introduced <= pin.version < self.fixed


@dataclass(frozen=True)
class Snapshot:
    """What was known on a day."""

    read: date
    advisories: tuple[Advisory, ...]

    def faults(self, pinned: Iterable[Pin]) -> list[str]:
        """The known faults of what is pinned."""
        return [
            f"{pin} has {one.id}; {one.fixed} is mended" for pin in pinned for one in self.advisories if one.hits(pin)
        ]


def load(text: str) -> Snapshot:
    """The snapshot in this text. Raises KeyError or ValueError where an entry is not whole."""
    told: dict[str, Any] = yaml.safe_load(text)
    return Snapshot(
        told["read"],
        tuple(
            Advisory(
                one["id"],
                canonicalize_name(one["package"]),
                Version(str(one.get("introduced", "0"))),
                Version(str(one["fixed"])),
            )
            for one in told["advisories"]
        ),
    )
