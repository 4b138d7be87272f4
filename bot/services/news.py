"""What people are told when others change: collected while the changes are made, then one message for each reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.domain.people import Person, Team
from bot.ports.storage import Store
from bot.services.readers import reader_of
from bot.services.telling import As, Telling

STILL_OPEN = timedelta(days=7)
"""How long after its time a commitment without an outcome is still handed over."""
STILL_WISHED = timedelta(days=4)
"""How long a wish for a hand is handed over: over a weekend."""
MOST_ITEMS = 8
"""Changes in one message: with their commitments they stay within what one message can hold."""
MOST_COMMITMENTS = 5

Item = Mapping[str, Any]


@dataclass
class News:
    """Who is to hear what of which team."""

    telling: Telling
    items: dict[tuple[As, str, str], list[Item]] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)

    def to_managers(self, store: Store, team: Team, item: Item, at: datetime, *, but: Team | None = None) -> None:
        """Every manager of the team, and who stands in for one who is away, who reads it too when they are back; none
        who manages the team `but` as well.
        """
        self.teams[team.id] = team
        know = {one.id for one in store.people.managers(but.id)} if but else set[str]()
        for manager in store.people.managers(team.id):
            if manager.left_at is not None or manager.id in know:
                continue
            self._add(As.MANAGER, manager.slack_id, team, item)
            reader = reader_of(store, manager, team, at)
            if reader is not None and reader.id != manager.id:
                self._add(As.MANAGER, reader.slack_id, team, item)

    def to_admins(self, store: Store, team: Team, item: Item) -> None:
        """Everybody who looks after the app."""
        self.teams[team.id] = team
        for admin in store.workspaces.get(team.workspace).admins:
            self._add(As.ADMIN, admin, team, item)

    def _add(self, role: As, slack_id: str, team: Team, item: Item) -> None:
        told = self.items.setdefault((role, slack_id, team.id), [])
        if item not in told:
            told.append(item)

    def post(self, store: Store, at: datetime) -> None:
        """Write what was collected."""
        for (role, slack_id, team_id), items in self.items.items():
            for start in range(0, len(items), MOST_ITEMS):
                values = {"items": items[start : start + MOST_ITEMS]}
                self.telling.tell(store, "changes/news", values, self.teams[team_id], slack_id, role, at)


def hand_over(store: Store, rep: Person, at: datetime) -> Item:
    """What a manager takes over from a rep who left: what they had confirmed and not ended, and a wish they had shared.

    To be asked before they leave.
    """
    open_ones = [c for c in store.commitments.open_of(rep.id) if c.due_at > at - STILL_OPEN]
    latest = store.checkins.latest(rep.id)
    wished = latest is not None and latest.help_shared and latest.opened_at > at - STILL_WISHED
    talked = store.coachings.last_coaching(rep.id)
    return {
        "what": "left",
        "name": rep.name,
        "commitments": [{"action": c.action, "due_at": c.due_at} for c in open_ones[:MOST_COMMITMENTS]],
        "more": max(0, len(open_ones) - MOST_COMMITMENTS),
        "help": bool(wished and latest and not (talked and talked.at > latest.opened_at)),
    }
