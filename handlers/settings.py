"""Settings and days away at Slack's edge: the forms, and the buttons of what is offered. What is wrong is said at the
field. An id in a form or a button is only a hint, which the services look up and ask about.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.access import Action
from bot.domain.people import Person
from bot.domain.preferences import Leave
from bot.ports.messages import Form
from bot.ports.slack import Directory, TryLater
from bot.ports.storage import Store
from bot.services import access
from bot.services.absences import Absences, days_of
from bot.services.own_settings import AS_TEAM, Chosen, OwnSettings, StandIn
from handlers.edge import Body, Edge, actor_of, person_of, tapped_message, workspace_of
from handlers.home import HomeTab
from handlers.values import Filled

ENGLISH = "en"


@dataclass(frozen=True)
class SettingsForms:
    """What people settle for themselves, and their days away."""

    edge: Edge
    own: OwnSettings
    absences: Absences
    directory: Directory
    home: HomeTab

    def register(self, app: AsyncApp) -> None:
        app.action("settings")(self.open_settings)
        app.action("away")(self.open_away)
        app.action("away_whose")(self.open_whose)
        app.action("away_for")(self.open_away)
        app.action("away_yes")(self.accept)
        app.action("away_no")(self.decline)
        app.action("away_cancel")(self.cancel)
        app.view("settings")(self.settle)
        app.view("away")(self.set_away)

    async def open_settings(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """The settings of whoever tapped."""
        at = self.edge.clock()
        form = await self.edge.storage.read(lambda s: self.own.form(s, actor_of(s, body, at)))
        await ack()
        await self._show(body, client, form)

    async def open_whose(self, ack: AsyncAck, body: Body, action: dict[str, Any], client: AsyncWebClient) -> None:
        """Which rep of a team that they lead is away."""
        at, team_id = self.edge.clock(), str(action.get("value") or "")
        form = await self.edge.storage.read(lambda s: self.absences.whose(s, actor_of(s, body, at), team_id))
        await ack()
        await self._show(body, client, form)

    async def open_away(self, ack: AsyncAck, body: Body, action: dict[str, Any], client: AsyncWebClient) -> None:
        """Days away: one's own, or those of a rep who was picked."""
        picked = (action.get("selected_option") or {}).get("value")
        at, value = self.edge.clock(), str(action.get("value") or picked or "")
        for_other = action.get("action_id") == "away_for"

        def gather(store: Store) -> Form | None:
            reader = person_of(store, body)
            person = store.people.find(value) if for_other else reader
            if reader is None or person is None or not self._may(store, body, person):
                return None
            first = None if for_other else _day(value.partition("|")[0])
            asked = days_of(value) if first else None
            return self.absences.form(person, reader, Leave.AWAY, at, asked or ((first, None) if first else None))

        form = await self.edge.storage.read(gather)
        await ack()
        await self._show(body, client, form)

    def _may(self, store: Store, body: Body, person: Person) -> bool:
        return access.may(actor_of(store, body, self.edge.clock()), Action.SET_ABSENCE, person)

    async def _show(self, body: Body, client: AsyncWebClient, form: Form | None) -> None:
        """Open the form, on top of the one whose button was tapped; in its place where somebody was only picked."""
        if form is None:
            return
        view, shown = self.edge.wording.view(form.name, form.values), body.get("view") or {}
        if shown.get("callback_id") == "away_whose":
            await client.views_update(view_id=shown["id"], view=view)
        elif shown.get("type") == "modal":
            await client.views_push(trigger_id=body["trigger_id"], view=view)
        else:
            await client.views_open(trigger_id=body["trigger_id"], view=view)

    async def settle(self, ack: AsyncAck, body: Body, view: dict[str, Any], client: AsyncWebClient) -> None:
        """Keep what was chosen. A stand-in whom we do not know is looked up in Slack first."""
        at, filled = self.edge.clock(), Filled(view["state"]["values"])
        chosen = _chosen(filled)
        stand_in: StandIn | None = None
        try:
            stand_in = await self._stand_in(body, chosen.stand_in)
        except TryLater:
            await ack(response_action="errors", errors=self._labelled({"own_stand_in": "error_own_stand_in_later"}))
            return
        errors = await self.edge.write(lambda s: self.own.keep(s, actor_of(s, body, at), chosen, stand_in, at))
        if errors:
            await ack(response_action="errors", errors=self._labelled(dict(errors)))
            return
        await ack()
        await self.home.publish(body, client)

    async def _stand_in(self, body: Body, slack_id: str | None) -> StandIn | None:
        """Somebody who is not enrolled, where they are a full member of the workspace. Raises `TryLater`."""
        if slack_id is None:
            return None
        workspace = workspace_of(body)
        manager, known = await self.edge.storage.read(
            lambda s: (person_of(s, body), s.people.by_slack(workspace, slack_id))
        )
        if known is not None or manager is None:
            return None
        found = await self.directory.profile(workspace, slack_id)
        member = found is not None and found.is_member
        return StandIn(slack_id, found.name, found.zone or manager.zone) if found and member else None

    async def set_away(self, ack: AsyncAck, body: Body, view: dict[str, Any], client: AsyncWebClient) -> None:
        """Note the days, and cancel those that are ticked."""
        at, filled = self.edge.clock(), Filled(view["state"]["values"])
        first, last = filled.date("away_first"), filled.date("away_last")
        cancelled = [days for one in sorted(filled.ticks("away_cancelled")) if (days := days_of(one))]
        kind = Leave.PAUSED if filled.choice("away_kind") == Leave.PAUSED.value else Leave.AWAY
        person_id = str(view.get("private_metadata") or "")
        if first is None and (last is not None or not cancelled):
            await ack(response_action="errors", errors=self._labelled({"away_first": "error_away_first"}))
            return
        days = (first, last or first) if first else None

        def work(store: Store) -> str | None:
            person = store.people.find(person_id)
            if person is None:
                return None
            trouble = self.absences.change(store, actor_of(store, body, at), person, days, cancelled, kind, at)
            return trouble.value if trouble else None

        trouble = await self.edge.write(work)
        if trouble:
            field = "away_last" if trouble == "reversed" else "away_first"
            await ack(response_action="errors", errors=self._labelled({field: f"error_away_{trouble}"}))
            return
        await ack()
        await self.home.publish(body, client)

    async def accept(self, ack: AsyncAck, body: Body, action: dict[str, Any]) -> None:
        """Yes: they are away on the days offered."""
        at, value = self.edge.clock(), str(action.get("value") or "")

        def work(store: Store) -> None:
            person = person_of(store, body)
            if person is not None:
                self.absences.accept(store, person, value, tapped_message(store, body), at)

        await self.edge.write(work)
        await ack()

    async def decline(self, ack: AsyncAck, body: Body) -> None:
        """No: nothing changes."""
        at = self.edge.clock()

        def work(store: Store) -> None:
            person = person_of(store, body)
            if person is not None:
                self.absences.decline(store, person, tapped_message(store, body), at)

        await self.edge.write(work)
        await ack()

    async def cancel(self, ack: AsyncAck, body: Body, action: dict[str, Any]) -> None:
        """Take back what was just noted."""
        at, value = self.edge.clock(), str(action.get("value") or "")

        def work(store: Store) -> None:
            person = person_of(store, body)
            if person is not None:
                self.absences.take_back(store, person, value, tapped_message(store, body), at)

        await self.edge.write(work)
        await ack()

    def _labelled(self, errors: dict[str, str]) -> dict[str, str]:
        return {field: self.edge.wording.label(key) for field, key in errors.items()}


def _chosen(filled: Filled) -> Chosen:
    locale = filled.choice("own_locale") or ENGLISH
    return Chosen(
        check_in=filled.time("own_time"),
        evening=filled.choice("own_when") == "evening",
        days=frozenset(int(one) for one in filled.ticks("own_days") if one.isdigit()),
        locale="" if locale == ENGLISH else locale,
        country=filled.choice("own_country") or AS_TEAM,
        shared=filled.ticks("own_shared"),
        stand_in=filled.person("own_stand_in"),
        messages="messages" in filled.ticks("own_messages"),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
