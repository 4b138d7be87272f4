"""The forms: filled, opened, validated, applied. What is wrong is said at the field, and nothing typed is lost."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.commitment import LONGEST_ACTION, TimeTrouble, suggested_times
from bot.domain.people import Person, hours_of
from bot.ports.storage import Store
from bot.services.commitment import Commitments, read_time
from bot.services.taps import Draft, Taps
from handlers.edge import Body, Edge, person_of, tapped_message
from handlers.home import HomeTab, on_home


@dataclass(frozen=True)
class Modals:
    """The "change" and the "moved to" forms."""

    edge: Edge
    taps: Taps
    commitments: Commitments
    home: HomeTab

    def register(self, app: AsyncApp) -> None:
        app.view("change")(self.changed)
        app.view("move")(self.moved)

    async def open_change(self, ack: AsyncAck, body: Body, mark: str, client: AsyncWebClient) -> None:
        """Open the form with the draft; when there is nothing left to change, show what is true."""
        at = self.edge.clock()

        def gather(store: Store) -> tuple[Person, Draft, str | None] | None:
            person = person_of(store, body)
            draft = self.taps.draft(store, person, mark, at) if person else None
            return (person, draft, tapped_message(store, body)) if person and draft else None

        found = await self.edge.storage.read(gather)
        await ack()
        if found is None:
            await self.edge.write(lambda s: self._truth(s, body, mark, at))
            await self.home.after(body, client)
            return
        person, draft, target = found
        filled = {
            "action": draft.action,
            "when": self.edge.wording.typable(draft.due_at, person.tz, at) if draft.due_at else "",
        }
        metadata = json.dumps({"checkin": draft.checkin_id, "target": target, "home": on_home(body)} | filled)
        values = filled | {"metadata": metadata, "if_then": draft.if_then}
        await client.views_open(trigger_id=body["trigger_id"], view=self.edge.wording.view("change", values))

    def _truth(self, store: Store, body: Body, mark: str, at: datetime) -> None:
        person = person_of(store, body)
        if person is not None:
            self.taps.not_any_more(store, person, mark, tapped_message(store, body), at)

    async def changed(self, ack: AsyncAck, body: Body, view: dict[str, Any], client: AsyncWebClient) -> None:
        """The draft, rewritten."""
        at = self.edge.clock()
        values = view["state"]["values"]
        known = json.loads(view.get("private_metadata") or "{}")
        action = " ".join((_text(values, "action", known.get("action")) or "").split())[:LONGEST_ACTION]
        when = _text(values, "when", known.get("when")) or ""
        if_then = " ".join((_text(values, "if_then") or "").split())
        errors: dict[str, str] = {}
        if not any(ch.isalnum() for ch in action):
            errors["action"] = self.edge.wording.label("error_action")

        def apply(store: Store) -> dict[str, str]:
            person = person_of(store, body)
            if person is None or person.rep_of is None:
                return {}
            drafted = self.taps.drafted(store, person, str(known.get("checkin", "")))
            due = read_time(when, person, store.people.team(person.rep_of), at, drafted)
            if isinstance(due, TimeTrouble):
                return errors | {"when": self.edge.wording.label(f"error_when_{due.value}")}
            if not errors:
                checkin, target = str(known.get("checkin", "")), known.get("target")
                self.taps.changed(store, person, checkin, action, due, if_then or None, target, at)
            return errors

        await self._finish(ack, await self.edge.write(apply), known, body, client)

    async def open_move(self, ack: AsyncAck, body: Body, value: str, client: AsyncWebClient) -> None:
        """Open the form for a new time; a commitment that has its outcome is shown as it is instead."""
        at = self.edge.clock()
        commitment_id = value.partition("|")[0]

        def gather(store: Store) -> tuple[Person, tuple[datetime, ...], str | None] | None:
            person = person_of(store, body)
            own = self.commitments.own(store, person, commitment_id) if person else None
            if person is None or own is None or own.outcome is not None:
                return None
            times = suggested_times(at, person.tz, hours_of(person, store.people.team(own.team_id)))
            return person, times, tapped_message(store, body)

        found = await self.edge.storage.read(gather)
        await ack()
        if found is None:
            await self.edge.write(lambda s: self._show(s, body, commitment_id, at))
            await self.home.after(body, client)
            return
        person, times, target = found
        view = {
            "metadata": json.dumps({"commitment": commitment_id, "target": target, "home": on_home(body)}),
            "times": [(moment.isoformat(), self._shown(moment, person, at)) for moment in times],
        }
        await client.views_open(trigger_id=body["trigger_id"], view=self.edge.wording.view("move", view))

    def _shown(self, moment: datetime, person: Person, at: datetime) -> str:
        return self.edge.wording.clock(moment, person.tz, at, person.preferences.locale)

    def _show(self, store: Store, body: Body, commitment_id: str, at: datetime) -> None:
        person, target = person_of(store, body), tapped_message(store, body)
        own = self.commitments.own(store, person, commitment_id) if person else None
        if person is not None and own is not None and target is not None:
            self.commitments.show(store, own, person, store.people.team(own.team_id), target, at)

    async def moved(self, ack: AsyncAck, body: Body, view: dict[str, Any], client: AsyncWebClient) -> None:
        """A new time, picked or typed; typed words win."""
        at = self.edge.clock()
        values = view["state"]["values"]
        typed, picked = _text(values, "when") or "", _picked(values, "pick")
        known = json.loads(view.get("private_metadata") or "{}")
        label = self.edge.wording.label

        def apply(store: Store) -> dict[str, str]:
            person = person_of(store, body)
            if person is None or person.rep_of is None:
                return {}
            if not typed.strip() and picked is None:
                return {"when": label("error_pick_or_type")}
            if typed.strip():
                due = read_time(typed, person, store.people.team(person.rep_of), at)
            else:
                due = picked if picked and picked > at else TimeTrouble.PAST
            if isinstance(due, TimeTrouble):
                return {"when" if typed.strip() else "pick": label(f"error_when_{due.value}")}
            commitment_id = str(known.get("commitment", ""))
            self.commitments.moved(store, person, commitment_id, due, known.get("target"), at)
            return {}

        await self._finish(ack, await self.edge.write(apply), known, body, client)

    async def _finish(
        self, ack: AsyncAck, errors: dict[str, str], known: dict[str, Any], body: Body, client: AsyncWebClient
    ) -> None:
        """Say what is wrong, or close the form; a Home that it was opened from is drawn again."""
        if errors:
            await ack(response_action="errors", errors=errors)
            return
        await ack()
        if known.get("home"):
            await self.home.publish(body, client)


def _text(values: dict[str, Any], name: str, untouched: str | None = None) -> str | None:
    """What stands in a field. Some clients leave out a field that was not touched: it holds what it was filled with."""
    value = ((values.get(name) or {}).get(name) or {}).get("value")
    return untouched if value is None else str(value)


def _picked(values: dict[str, Any], name: str) -> datetime | None:
    option = ((values.get(name) or {}).get(name) or {}).get("selected_option")
    return datetime.fromisoformat(option["value"]) if option else None
