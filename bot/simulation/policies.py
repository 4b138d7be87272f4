"""How the product is put together in a world: as it is, or broken on purpose to see that the audit notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.app import Huddle
from bot.ports.slack import Messenger
from storage.sqlite import SqliteStorage

if TYPE_CHECKING:
    from bot.simulation.workers import Worker


class Policy:
    """The product as it is. A subclass may put something of its own in the place of a part."""

    name = "as it is"

    def storage(self, storage: SqliteStorage, _worker: Worker) -> SqliteStorage:
        """The way to the database."""
        return storage

    def messenger(self, messenger: Messenger, _worker: Worker) -> Messenger:
        """The way to Slack."""
        return messenger

    def huddle(self, huddle: Huddle, _worker: Worker) -> Huddle:
        """The product, put together."""
        return huddle
