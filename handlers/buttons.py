"""Taps: one transaction, then the acknowledgement; the sender changes the message. No model on this path."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.effects import Outcome
from bot.domain.nudge import Answer
from bot.domain.people import Person
from bot.ports.storage import Store
from bot.services.commitment import Commitments
from bot.services.nudge import Nudges
from bot.services.taps import Taps
from handlers.edge import Body, Edge, person_of, tapped_message
from handlers.home import HomeTab
from handlers.modals import Modals

OUTCOMES = {
    "done": Outcome.DONE,  # one of several that are open
    "outcome_done": Outcome.DONE,
    "outcome_partly": Outcome.PARTLY,
    "outcome_dropped": Outcome.DROPPED,
}
ANSWERS = {
    "nudge_done": Answer.DONE,
    "nudge_later": Answer.LATER,
    "nudge_not_today": Answer.NOT_TODAY,
}


@dataclass(frozen=True)
class Buttons:
    """Every button of every message."""

    edge: Edge
    taps: Taps
    commitments: Commitments
    nudges: Nudges
    modals: Modals
    home: HomeTab

    def register(self, app: AsyncApp) -> None:
        for action in ("commit", "not_today", "ask_help", "keep_help", "share_win", *OUTCOMES, *ANSWERS):
            app.action(action)(self.tap)
        app.action(re.compile(r"^time_pick\.\d+$"))(self.tap)
        app.action(re.compile(r"^choose\.\d+$"))(self.tap)
        app.action(re.compile(r"^done\.\d+$"))(self.tap)
        app.action("start")(self.start)
        app.action("change")(self.change)
        app.action("outcome_moved")(self.move)

    async def tap(self, ack: AsyncAck, body: Body, action: dict[str, Any], client: AsyncWebClient) -> None:
        """A tap that changes something and needs no form; a Home that it was on is drawn again."""
        at = self.edge.clock()
        name, value = str(action["action_id"]).partition(".")[0], str(action.get("value") or "")

        def work(store: Store) -> None:
            person = person_of(store, body)
            if person is not None:
                self._do(store, person, name, value, tapped_message(store, body), at)

        await self.edge.write(work)
        await ack()
        await self.home.after(body, client)

    def _do(self, store: Store, person: Person, name: str, value: str, target: str | None, at: datetime) -> None:
        if name in OUTCOMES:
            commitment_id, _, moves = value.partition("|")
            count = int(moves) if moves.isdigit() else -1
            self.commitments.outcome(store, person, commitment_id, count, OUTCOMES[name], target, at)
        elif name in ANSWERS:
            self.nudges.answered(store, person, value, ANSWERS[name], at)
        elif name == "share_win":
            self.commitments.share(store, person, value, target, at)
        elif name == "time_pick":
            mark, _, moment = value.rpartition("|")
            if when := _moment(moment):
                self.taps.pick_time(store, person, mark, when, target, at)
        elif name == "choose":
            mark, _, place = value.rpartition("|")
            self.taps.choose(store, person, mark, int(place) if place.isdigit() else -1, target, at)
        elif name == "commit":
            self.taps.commit(store, person, value, target, at)
        elif name == "not_today":
            self.taps.not_today(store, person, value, target, at)
        elif name in {"ask_help", "keep_help"}:
            self.taps.ask_help(store, person, value, target, at, wanted=name == "ask_help")

    async def start(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """A fresh check-in, from a message or from the Home tab (which then shows it)."""
        at = self.edge.clock()

        def work(store: Store) -> None:
            person = person_of(store, body)
            if person is not None:
                self.taps.start(store, person, at)

        await self.edge.write(work)
        await ack()
        await self.home.after(body, client)

    async def change(self, ack: AsyncAck, body: Body, action: dict[str, Any], client: AsyncWebClient) -> None:
        """The form with the draft; an old button shows what is true instead."""
        await self.modals.open_change(ack, body, str(action.get("value") or ""), client)

    async def move(self, ack: AsyncAck, body: Body, action: dict[str, Any], client: AsyncWebClient) -> None:
        """The form for a new time."""
        await self.modals.open_move(ack, body, str(action.get("value") or ""), client)


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
