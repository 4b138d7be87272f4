"""The slash command and the Home tab: what they do, and what they show."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.domain.asking.own import judge
from bot.domain.calendar import local_date
from bot.domain.people import Person
from bot.domain.summary import compose
from bot.ports.messages import Block, Button, Message
from bot.ports.storage import AlarmKind, Store
from bot.services.checkin import Checkins, open_now
from bot.services.sending import Sending
from bot.services.summary import ask_for_summaries, rows
from bot.services.taps import Taps

WORDS = ("start", "skip", "commitments", "stop", "help")
MANAGER_WORDS = ("question", "help")
MENTION = re.compile(r"<@(\w+)>")
LONGEST_ECHO = 200
"""Characters of a question that the answer repeats."""

SHOWN = 10
"""Commitments in a list: what fits one screen."""


@dataclass(frozen=True)
class Commands:
    """Answers the slash command, inside the caller's transaction; the answer goes back with the acknowledgement."""

    sending: Sending
    checkins: Checkins
    taps: Taps
    command: str

    def run(self, store: Store, workspace: str, slack_user: str, typed: str, at: datetime) -> str:
        """Do what was typed after the command, and the words to answer with."""
        person = store.people.by_slack(workspace, slack_user)
        if person is None:
            return self._say("not_enrolled")
        manages, coached = bool(store.people.managed_by(person.id)), person.rep_of is not None
        word = typed.strip().casefold() or "start"
        first = word.split()[0]
        if manages and first == "question":
            return self._question(store, workspace, typed.strip()[len(first) :])
        if word == "help":
            return self._say("help", person, manages=manages, coached=coached)
        if person.rep_of is None:
            near = difflib.get_close_matches(first, MANAGER_WORDS, 1, 0.6) if manages else []
            if not near:
                return self._say("manager", person)
            return self._unknown(person, near, typed, manages=manages)
        match word:
            case "start":
                return self._start(store, person, at)
            case "skip":
                self.checkins.skip(store, person, store.people.team(person.rep_of), at)
                return self._say("skip", person)
            case "stop":
                store.people.save(replace(person, stopped_at=at))
                ask_for_summaries(store, store.people.team(person.rep_of), at)
                return self._say("stop", person)
            case "commitments":
                return self._commitments(store, person, at)
        near = difflib.get_close_matches(word, WORDS, 1, 0.6)
        if manages and not near:
            near = difflib.get_close_matches(first, MANAGER_WORDS, 1, 0.6)
        return self._unknown(person, near, typed, manages=manages)

    def _unknown(self, person: Person, near: Sequence[str], typed: str, *, manages: bool) -> str:
        told = {"near": near[0] if near else None, "typed": typed.strip()[:40]}
        return self._say("unknown", person, manages=manages, coached=person.rep_of is not None, **told)

    def _question(self, store: Store, workspace: str, typed: str) -> str:
        """What the guard says to a manager's own question, and how else it could be asked."""

        def named(mention: re.Match[str]) -> str:
            person = store.people.by_slack(workspace, mention[1])
            return person.first_name if person else "them"

        verdict = judge(MENTION.sub(named, typed))
        shown = verdict.question
        values = {
            "command": self.command,
            "question": f"{shown[:LONGEST_ECHO].rstrip()}…" if len(shown) > LONGEST_ECHO else shown,
            "reasons": [self.sending.wording.label(f"fault_{fault}") for fault in verdict.faults],
            "instead": verdict.rewrite,
            "angle": verdict.angle.value,
        }
        return self.sending.wording.text("commands/question", values)

    def _say(self, how: str, person: Person | None = None, **more: Any) -> str:
        values = {
            "how": how,
            "command": self.command,
            "name": person.first_name if person else "",
            "near": None,
            "manages": False,
            "coached": True,
        }
        return self.sending.wording.text("commands/answer", values | {"typed": "", "question": ""} | more)

    def _start(self, store: Store, person: Person, at: datetime) -> str:
        current = open_now(store, person, at)
        how = self.taps.start(store, person, at)
        return self._say(how, person, question=current.question if current else "")

    def _commitments(self, store: Store, person: Person, at: datetime) -> str:
        values = {"commitments": shown(store, person), "zone": person.tz, "at": at, "command": self.command}
        return self.sending.wording.text("commands/commitments", values)


def shown(store: Store, person: Person) -> list[dict[str, Any]]:
    """A rep's last commitments as templates read them, newest first."""
    return [
        {
            "action": c.action,
            "due_at": c.due_at,
            "outcome": c.outcome.value if c.outcome else None,
            "moves": c.moves,
        }
        for c in store.commitments.of(person.id, SHOWN)
    ]


@dataclass(frozen=True)
class Home:
    """What a person sees when they open the app's Home tab; always read afresh."""

    sending: Sending
    command: str

    def view(self, store: Store, workspace: str, slack_user: str, at: datetime) -> dict[str, Any]:
        """The Home view for this person: as a rep, as a manager, as both, or as somebody not enrolled."""
        person = store.people.by_slack(workspace, slack_user)
        messages = []
        if person is not None and person.rep_of is not None:
            messages.append(self._rep(store, person, at))
        if person is not None:
            messages += [self._team(store, person, team.id, at) for team in store.people.managed_by(person.id)]
        if not messages:
            messages.append(Message("home/nobody", {"command": self.command}))
        blocks: list[Block] = []
        for message in messages:
            blocks += self.sending.wording.render(message).blocks
        return {"type": "home", "blocks": blocks[:100]}

    def _rep(self, store: Store, person: Person, at: datetime) -> Message:
        current = open_now(store, person, at)
        alarm = store.alarms.get(AlarmKind.CHECKIN, person.id)
        team = store.people.team(person.rep_of or "")
        focus = team.behaviour(person.focus)
        values = {
            "name": person.first_name,
            "question": current.question if current else "",
            "open": current is not None,
            "commitments": shown(store, person),
            "next_at": alarm.at if alarm and person.stopped_at is None else None,
            "stopped": person.stopped_at is not None,
            "focus": focus.words if focus else None,
            "managers": [m.first_name for m in store.people.managers(team.id)],
            "zone": person.tz,
            "at": at,
            "command": self.command,
        }
        buttons = () if current else (Button("start", "home", "start_now", style="primary"),)
        return Message("home/rep", values, buttons)

    def _team(self, store: Store, manager: Person, team_id: str, at: datetime) -> Message:
        team = store.people.team(team_id)
        today = local_date(at, manager.tz)
        values = {
            "team": team.name,
            "summary": compose(rows(store, team, today, at)),
            "zone": manager.tz,
            "at": at,
            "today": today,
        }
        return Message("home/manager", values)
