"""An admin's Home: the teams, whether all is well, who will not be reached, what the model costs, what is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.draft import TeamDraft
from bot.domain.people import Person, Team
from bot.domain.workspace import Workspace
from bot.ports.messages import Button, Message
from bot.ports.storage import Store
from bot.ports.usage import Limits
from bot.services.look import Look, Page
from bot.services.reach import unreached

TEAMS_A_PAGE = 6
MISSED_A_PAGE = 15
MOST_DRAFTS = 5
SWEPT_WITHIN = timedelta(hours=50)
"""Two nights: a nightly job that is older than that has not run."""


@dataclass(frozen=True)
class WorkspaceHome:
    """Reads what an admin sees, within the caller's transaction. `limits` are the model's, None where there is none.

    Names, numbers and times only: nobody's commitments, and nothing that anybody wrote.
    """

    limits: Limits | None

    def messages(
        self, store: Store, workspace: Workspace, zone: ZoneInfo, locale: str, look: Look, at: datetime
    ) -> list[Message]:
        """The parts of it."""
        values = {"zone": zone, "at": at, "locale": locale}
        teams = store.people.teams(workspace.id)
        sizes, managers = store.people.sizes(workspace.id), store.people.managers_in(workspace.id)
        page = Page.of(look.teams, len(teams), TEAMS_A_PAGE)
        admins = [somebody(store, workspace, one) for one in workspace.admins]
        lines = [
            Message(
                "home/admin_team",
                _in_short(one, managers.get(one.id, ()), sizes.get(one.id, 0)),
                beside=Button("team_settings", one.id, "team_settings"),
            )
            for one in page.cut(teams)
        ]
        return [
            Message("home/admin", {"workspace": workspace.name, "teams": len(teams)}),
            *lines,
            *page.turn("teams", "teams"),
            *drafts(store, workspace, lambda _: True),
            Message("home/create", {}, (_create(not teams),)),
            Message("home/health", {**self._health(store, workspace, at), **values}),
            *_missed(store, workspace, look, values, at),
            Message(
                "home/keeping",
                {"retention": workspace.retention, "admins": admins},
                (Button("retention", "home", "retention"), Button("admins", "home", "admins")),
            ),
        ]

    def _health(self, store: Store, workspace: Workspace, at: datetime) -> dict[str, Any]:
        """Where deliveries stand in this workspace, the nightly jobs, and the model's use on this UTC day."""
        standing = store.standings.at(at, workspace.id)
        queues = [standing.inbox, *standing.lanes.values()]
        swept, cleaned = workspace.swept_at, workspace.cleaned_at
        return {
            "waiting": sum(queue.waiting for queue in queues),
            "minutes": int(max(queue.oldest for queue in queues) // 60),
            "sent": standing.sent,
            "failed": standing.failed,
            "aside": standing.aside,
            "swept_at": swept,
            "cleaned_at": cleaned,
            "removed": sum(count for _, count in workspace.cleaned),
            "late": any(one is not None and at - one > SWEPT_WITHIN for one in (swept, cleaned)),
            "model": standing.model if self.limits is not None else None,
            "limits": self.limits,
        }


def _in_short(team: Team, managers: Sequence[Person], reps: int) -> dict[str, Any]:
    return {"team": team.name, "managers": [one.name for one in managers], "reps": reps}


def _create(first: bool) -> Button:
    return Button("create_team", "new", "create_team", style="primary" if first else None)


def drafts(store: Store, workspace: Workspace, theirs: Callable[[TeamDraft], bool]) -> list[Message]:
    """The teams that wait to be started, of those that are theirs to change."""
    waiting = [one for one in store.drafts.of_workspace(workspace.id) if one.number and one.started_at is None]
    shown = sorted(filter(theirs, waiting), key=lambda draft: draft.made_at)
    return [
        Message(
            "home/draft",
            {
                "name": one.name,
                "managers": [somebody(store, workspace, slack_id) for slack_id in one.managers],
                "more": len(shown) - MOST_DRAFTS if number == MOST_DRAFTS else 0,
            },
            beside=Button("draft_change", f"{one.id}|{one.number}", "draft_change"),
        )
        for number, one in enumerate(shown[:MOST_DRAFTS], 1)
    ]


def _missed(store: Store, workspace: Workspace, look: Look, values: dict[str, Any], at: datetime) -> Sequence[Message]:
    found = unreached(store, at, workspace.id)
    missed = [one for one in found if not one.free]
    page = Page.of(look.missed, len(missed), MISSED_A_PAGE)
    told = {"missed": page.cut(missed), "total": len(missed), "free": len(found) - len(missed)}
    return [Message("home/missed", {**values, **told}), *page.turn("missed", "people")]


def somebody(store: Store, workspace: Workspace, slack_id: str) -> dict[str, str]:
    """A person by their name, or by their id where they are on no team: Slack then shows the name."""
    person: Person | None = store.people.by_slack(workspace.id, slack_id)
    return {"id": slack_id, "name": person.name if person else ""}
