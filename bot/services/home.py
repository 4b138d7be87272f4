"""The Home tab: what each person sees of what concerns them, always read afresh."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.access import Action, Who
from bot.domain.calendar import local_date
from bot.domain.people import Person
from bot.ports.messages import Block, Button, Message
from bot.ports.storage import Store
from bot.ports.usage import Limits
from bot.services import access
from bot.services.access import Actor
from bot.services.checkin import Checkins, open_now
from bot.services.home_rep import RepHome
from bot.services.home_team import TeamHome
from bot.services.home_workspace import WorkspaceHome, drafts, somebody
from bot.services.look import Look
from bot.services.readers import stands_in_for
from bot.services.sending import Sending

UTC_ZONE = ZoneInfo("UTC")
NOBODY_OF_OURS = frozenset({Who.GUEST, Who.STRANGER, Who.BOT})


@dataclass(frozen=True)
class Home:
    """Puts a Home together, inside the caller's transaction; `leave_out` is the one thing it does itself."""

    sending: Sending
    checkins: Checkins
    rep: RepHome
    team: TeamHome
    workspace: WorkspaceHome

    def view(self, store: Store, who: Actor, look: Look, at: datetime, zone: ZoneInfo | None = None) -> dict[str, Any]:
        """The Home view for `who`: their own day first, then whom they lead, then what they look after.

        `zone` is where somebody is who is not enrolled. What `look` wishes and they may not see is not there for them.
        """
        blocks: list[Block] = []
        for message in self._messages(store, who, look, at, zone):
            blocks += self.sending.wording.render(message).blocks
        for number, block in enumerate(blocks):
            if block["type"] == "actions":
                block["block_id"] = f"actions.{number}"  # Slack wants every one once in a view
        return {"type": "home", "private_metadata": str(look), "blocks": blocks}

    def _messages(self, store: Store, who: Actor, look: Look, at: datetime, zone: ZoneInfo | None) -> list[Message]:
        person, workspace = who.person, store.workspaces.get(who.workspace)
        parts: list[Message] = []
        if person is not None and person.rep_of is not None and person.left_at is None:
            parts += self.rep.messages(store, person, store.people.team(person.rep_of), look, at)
        led = _led(store, who, at)
        if person is not None and led:
            parts += self.team.messages(store, person, led, look, at)
        if access.may(who, Action.SEE_WORKSPACE, workspace):
            seen = person.tz if person else zone or UTC_ZONE
            locale = person.preferences.locale if person else ""
            parts += self.workspace.messages(store, workspace, seen, locale, look, at)
        elif access.may(who, Action.CREATE_TEAM, workspace):
            parts += drafts(store, workspace, lambda draft: access.may_draft(who, Action.CHANGE_TEAM, draft))
            parts.append(Message("home/create", {}, (Button("create_team", "new", "create_team"),)))
        elif not who.who & NOBODY_OF_OURS:  # a team that they are to start may be the first that they hear of all this
            parts += drafts(store, workspace, lambda draft: access.may_draft(who, Action.CHANGE_TEAM, draft))
        if person is not None and parts and person.rep_of is None:
            own = ("away", "settings", "privacy") if led else ("privacy",)
            parts.append(Message("home/own", {}, tuple(Button(one, "home", one) for one in own)))
        if not parts:
            known = not who.who & NOBODY_OF_OURS
            admins = [somebody(store, workspace, one) for one in workspace.admins]
            parts.append(Message("home/nobody", {"admins": admins if known else [], "known": known}))
        return parts

    def leave_out(self, store: Store, who: Actor, at: datetime) -> None:
        """The rep leaves today out before its question came; a second tap, or one that came late, changes nothing."""
        person = who.person
        if person is None or person.rep_of is None or not access.may(who, Action.CHECK_IN, person):
            return
        begun = store.checkins.on(person.id, local_date(at, person.tz))
        if not begun and open_now(store, person, at) is None:
            self.checkins.skip(store, person, store.people.team(person.rep_of), at)


def _led(store: Store, who: Actor, at: datetime) -> dict[str, list[Person]]:
    """The teams that they lead, each with those whose nudges about it they answer: their own first."""
    person = who.person
    if person is None:
        return {}
    led = {team_id: [person] for team_id in who.leads}
    if who.stands_in:
        for manager in stands_in_for(store, person, at):
            for team in store.people.managed_by(manager.id):
                if team.id in who.stands_in:
                    led.setdefault(team.id, []).append(manager)
    return led


def home_of(sending: Sending, checkins: Checkins, command: str, limits: Limits | None) -> Home:
    """The Home, with the parts that it has for each role. `limits` are the model's, None where none is used."""
    return Home(sending, checkins, RepHome(command), TeamHome(), WorkspaceHome(limits))
