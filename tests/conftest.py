"""What holds for every test."""

from __future__ import annotations

from hypothesis import settings

# Several workers share the machine, so how long one example takes says nothing about the code.
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")
