"""Whether a transaction changed anything: a look that found nothing is not worth waking anybody for."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, event

CHANGES = ("INSERT", "UPDATE", "DELETE")
KEY = "huddle_wrote"


def notice_writes(engine: Engine) -> None:
    """Note on each connection of the engine when a statement changes something."""

    @event.listens_for(engine, "before_cursor_execute")
    def note(connection: Connection, _cursor: Any, statement: str, _values: Any, _context: Any, _many: bool) -> None:
        if statement.startswith(CHANGES):
            connection.info[KEY] = True


def wrote(connection: Connection) -> bool:
    """Whether something was changed on the connection since this was last asked."""
    return bool(connection.info.pop(KEY, False))
