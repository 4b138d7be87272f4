"""What every handler needs, and how it reads who did what where out of Slack's payloads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from bot.domain.access import Who
from bot.domain.people import Person
from bot.errors import Changed
from bot.ports import Clock
from bot.ports.messages import Wording
from bot.ports.storage import Storage, Store
from bot.services.access import Actor, actor_by_slack

T = TypeVar("T")
Body = dict[str, Any]


@dataclass(frozen=True)
class Edge:
    """The database, the clock and the words, as handlers use them."""

    storage: Storage
    clock: Clock
    wording: Wording

    async def write(self, work: Callable[[Store], T]) -> T:
        """One transaction; once more when something else changed the same row in between."""
        try:
            return await self.storage.write(work)
        except Changed:
            return await self.storage.write(work)


def workspace_of(body: Body) -> str:
    """The workspace the app is installed in, as far as this payload tells; "" when it does not.

    On Enterprise Grid the usual places are empty, or name the organisation: then it is the workspace of whoever did it,
    and where that is not told either, the organisation itself.
    """
    view, team, user, event = (_part(body, name) for name in ("view", "team", "user", "event"))
    told = (
        view.get("app_installed_team_id"),
        *(one.get("team_id") for one in _authorizations(body)),
        team.get("id"),
        body.get("team_id"),
        user.get("team_id"),
        event.get("user_team") or event.get("team") or _part(event, "view").get("team_id"),
        view.get("team_id"),
    )
    ids = [str(one) for one in told if one]
    return next((one for one in ids if not one.startswith("E")), ids[0] if ids else enterprise_of(body) or "")


def enterprise_of(body: Body) -> str | None:
    """The organisation that the workspace belongs to (Enterprise Grid); None for a workspace of its own."""
    told = (
        _part(body, "enterprise").get("id"),
        *(one.get("enterprise_id") for one in _authorizations(body)),
        body.get("enterprise_id"),
        _part(body, "team").get("enterprise_id"),
    )
    return next((str(one) for one in told if one), None)


def is_org_wide(body: Body) -> bool:
    """Whether the organisation's installation is meant; in a command's form the word stands for it."""
    told = next(iter(_authorizations(body)), body).get("is_enterprise_install")
    return str(told).lower() == "true"


def _authorizations(body: Body) -> list[Body]:
    """For which installation the event came. Slack names one; an event of a shared channel may come from elsewhere."""
    return [one for one in body.get("authorizations") or () if isinstance(one, dict)]


def _part(body: Body, name: str) -> Body:
    part = body.get(name)
    return part if isinstance(part, dict) else {}


def person_of(store: Store, body: Body) -> Person | None:
    """Who tapped or sent: by Slack's word on the user, never by anything in a value."""
    return None if stranger_of(body) else store.people.by_slack(workspace_of(body), user_of(body))


def actor_of(store: Store, body: Body, at: datetime) -> Actor:
    """Who it was and what they are, by Slack's word on the user and the facts of the database."""
    return actor_by_slack(store, workspace_of(body), user_of(body), at, stranger_of(body))


def user_of(body: Body) -> str:
    """The Slack id of whoever tapped, typed or sent."""
    return str(_part(body, "user").get("id") or body.get("user_id") or "")


def stranger_of(body: Body) -> Who | None:
    """What somebody is who does not belong to the workspace (Slack Connect), or is no person; None for its members."""
    user = _part(body, "user")
    home, workspace = user.get("team_id"), workspace_of(body)
    if user.get("is_bot") or body.get("bot_id"):
        return Who.BOT
    return Who.STRANGER if home and workspace and str(home) not in {workspace, enterprise_of(body)} else None


def tapped_message(store: Store, body: Body) -> str | None:
    """The key of the message whose button was tapped; None when it is not (yet) known."""
    container = body.get("container") or {}
    channel, ts = container.get("channel_id"), container.get("message_ts")
    return store.outbox.key_at(workspace_of(body), channel, ts) if channel and ts else None
