"""How people change: each change as the Web API then tells of it, and as the app hears of it."""

from __future__ import annotations

from bot.demo.workspace import User
from tests.support.strict.delivery import Delivery
from tests.support.strict.reading import profile
from tests.support.strict.state import State


class Lives:
    """What becomes of people, named by their ids. Every change is one user_change event.

    https://docs.slack.dev/reference/events/user_change
    """

    def __init__(self, state: State, delivery: Delivery) -> None:
        self._state, self._delivery = state, delivery

    def deactivate(self, user: str) -> None:
        """Their account is closed."""
        self._change(user, deleted=True)

    def reactivate(self, user: str) -> None:
        """Their account is opened again."""
        self._change(user, deleted=False)

    def moves(self, user: str, tz: str) -> None:
        """They travel: their zone is another one. (Summer time sends no event, and is not such a change.)"""
        self._change(user, tz=tz)

    def renames(self, user: str, real_name: str) -> None:
        """They are called otherwise."""
        self._change(user, real_name=real_name)

    def sets_status(self, user: str, text: str = "", emoji: str = "", until: int = 0) -> None:
        """A status, `until` a Unix time (0: until it is changed). Nothing given clears it."""
        status = {"status_text": text, "status_emoji": emoji, "status_expiration": until}
        self._change(user, status=status if text or emoji else {})

    def stands(self, user: str, **flags: bool) -> None:
        """Their standing: is_admin, is_owner, is_restricted, is_ultra_restricted, is_stranger."""
        self._change(user, **flags)

    def joins(self, user: User) -> None:
        """Somebody new comes to the workspace."""
        self._state.add_user(user)
        told = profile(self._state.user(user.id), self._state)
        event = {"type": "team_join", "user": told, "cache_ts": int(self._state.wall())}
        self._delivery.event("team_join", event | {"event_ts": self._state.new_ts()})

    def _change(self, user: str, **facts: object) -> None:
        found = self._state.user(user)
        found |= facts | {"updated": int(self._state.wall())}
        event = {"type": "user_change", "user": profile(found, self._state), "cache_ts": int(self._state.wall())}
        self._delivery.event("user_change", event | {"event_ts": self._state.new_ts()})
