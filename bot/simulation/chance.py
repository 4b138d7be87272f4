"""All chance in a world: one stream of it for each thing that has any, so that they do not disturb one another."""

from __future__ import annotations

from random import Random


def chance(seed: int, what: str) -> Random:
    """The same numbers for the same seed and the same thing, on every machine."""
    return Random(f"{seed}:{what}")  # noqa: S311  nothing here is to be a secret
