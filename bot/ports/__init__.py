"""What the services need from the world, as types: no port knows who implements it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

Clock = Callable[[], datetime]
"""Returns now as aware UTC. Read once at an edge, then passed on as `at`."""

NewId = Callable[[], str]
"""Returns an id never returned before, at most 32 characters of [0-9a-z]."""
