"""What holds for every test."""

from __future__ import annotations

import structlog
from hypothesis import settings

# Several workers share the machine, so how long one example takes says nothing about the code.
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")

# As the product does: an error's lines without the values of its variables, which take seconds to write down.
structlog.configure(
    processors=[
        structlog.processors.add_log_level,
        structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
    ]
)
