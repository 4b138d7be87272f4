"""The slash command: what each word does, for whoever typed it, and what they are told."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from bot.domain.access import Action, Who
from bot.domain.answers import answer
from bot.domain.asking.own import judge
from bot.domain.calendar import local_date
from bot.domain.people import Person, Team, hours_of, is_absent
from bot.domain.reading import Asked, Intent
from bot.domain.summary import compose
from bot.ports.messages import Form, Message
from bot.ports.storage import AlarmKind, Store
from bot.services.access import Actor, may
from bot.services.checkin import Checkins, open_now
from bot.services.committing import Committing
from bot.services.later import Later
from bot.services.reporting import Reporting
from bot.services.sending import Sending, seen_by
from bot.services.summary import ask_for_summaries, rows
from bot.services.taps import Taps
from bot.services.wins import next_wins
from bot.services.words import ROLES, WORDS, nearest, parted, work_for

MENTION = re.compile(r"<@(\w+)>")
LONGEST_ECHO = 200
"""Characters of a question that the answer repeats."""
LONGEST_TYPED = 60
"""Characters of what was typed that an answer repeats."""
SHOWN = 10
"""Commitments in a list: what fits one screen."""
MOST_ADMINS = 10
"""People named as those who look after the app."""

Answer = Message | Form
"""What somebody gets back: words that only they see, or a form."""
Elsewhere = Callable[[Store, Actor, str, datetime], Answer | None]
"""A word that another service answers, with what was typed after it; None when there is nothing for this person."""

COACHED: Final = frozenset({Who.REP})
LEADING: Final = frozenset({Who.MANAGER, Who.STAND_IN})


@dataclass(frozen=True)
class Commands:
    """Answers the slash command, inside the caller's transaction.

    A word that does not work for somebody changes nothing, and they are told what does work for them. `elsewhere` holds
    the words that other services answer.
    """

    sending: Sending
    checkins: Checkins
    taps: Taps
    reporting: Reporting
    committing: Committing
    later: Later
    command: str
    elsewhere: Mapping[str, Elsewhere]

    def run(self, store: Store, who: Actor, typed: str, at: datetime) -> Answer:
        """Do what was typed after the command; what to answer with."""
        word, rest = parted(typed, self.command)
        if who.who & {Who.STRANGER, Who.BOT}:
            return self._say("stranger", who)
        if word == "resume":
            word, rest = self._ended(who, at), "end"
        if word == "help":
            return help_message(store, who, self.command)
        words = work_for(who.who)
        if word in words:
            found = self._do(store, who, word, rest, at)
            return found or self._refused(store, who, word)
        if word in WORDS:
            return self._refused(store, who, word)
        return self._unknown(store, who, word, typed, at)

    def _do(self, store: Store, who: Actor, word: str, rest: str, at: datetime) -> Answer | None:
        """The answer to a word that works for somebody in this role; None when it does not for them after all."""
        if word in self.elsewhere:
            return self.elsewhere[word](store, who, rest, at)
        if word == "team":
            return self._team(store, who, at)
        person = who.person
        if person is None:
            return None
        if word == "question":
            return self._question(store, who, rest)
        if word == "stop":
            return self._stop(store, who, person, at)
        team = store.people.find_team(person.rep_of) if person.rep_of else None
        if team is None or not may(who, Action.CHECK_IN, person):
            return self._resume(store, who, person) if word == "start" else None
        return self._coached(store, who, person, team, word, rest, at)

    def _coached(
        self, store: Store, who: Actor, person: Person, team: Team, word: str, rest: str, at: datetime
    ) -> Answer | None:
        """The words of somebody who is coached."""
        if person.stopped_at is not None and word in {"later", "commit"}:
            return self._say("silent", who)
        match word:
            case "start":
                current = open_now(store, person, at)
                how = self.taps.start(store, person, at)
                how = "open_again" if how == "open" and person.stopped_at is not None else how
                return self._say(how, who, question=current.question if current else "")
            case "skip":
                self.checkins.skip(store, person, team, at)
                return self._say("skip", who)
            case "later":
                return self.later.by_words(store, person, team, rest, at)
            case "commit" if may(who, Action.COMMIT, person):
                return self.committing.by_words(store, person, team, rest, at)
            case "done" if may(who, Action.COMMIT, person):
                return self.reporting.done(store, person, at)
            case "commitments" if may(who, Action.SEE_COMMITMENTS, person):
                values = {"commitments": shown(store, person), "command": self.command} | seen_by(person, at)
                return Message("commands/commitments", values)
        return None

    def _resume(self, store: Store, who: Actor, person: Person) -> Message | None:
        """A manager's messages come again, if they had ended them."""
        if person.stopped_at is None:
            return None
        if not may(who, Action.STOP, person):
            return None
        store.people.save(replace(person, stopped_at=None))
        return self._say("resumed", who)

    def _ended(self, who: Actor, at: datetime) -> str:
        """What "resume" means to them: the end of days away or of a pause, or of the quiet that they asked for."""
        person = who.person
        away = person is not None and person.stopped_at is None and is_absent(person, local_date(at, person.tz))
        return "pause" if away and "pause" in self.elsewhere else "start"

    def _stop(self, store: Store, who: Actor, person: Person, at: datetime) -> Message | None:
        """No more messages of ours; a second time changes nothing."""
        if not may(who, Action.STOP, person):
            return None
        if person.stopped_at is None:
            store.people.save(replace(person, stopped_at=at))
        store.alarms.clear(AlarmKind.LATER, person.id)
        if team := store.people.find_team(person.rep_of or ""):
            ask_for_summaries(store, team, at)
        return self._say("stop", who)

    # -- the team

    def _team(self, store: Store, who: Actor, at: datetime) -> Message | None:
        """The morning of each team that they lead; of the team they are coached in, who is in it and when wins come."""
        person = who.person
        if person is None:
            return None
        led = [store.people.find_team(team_id) for team_id in sorted(who.leads | who.stands_in)]
        shown = [team for team in led if team is not None and may(who, Action.SEE_TEAM, team)]
        today = local_date(at, person.tz)
        own = store.people.find_team(person.rep_of or "")
        if own is not None and (own in shown or not may(who, Action.CHECK_IN, person)):
            own = None
        if not shown and own is None:
            return None
        values: dict[str, Any] = {
            "mornings": [
                {"team": team.name, "summary": compose(rows(store, team, today, at))}
                for team in sorted(shown, key=lambda team: team.name.casefold())
            ],
            "today": today,
            "own": _members(store, own, at) if own else None,
        }
        return Message("commands/team", values | seen_by(person, at))

    # -- what else is said

    def _question(self, store: Store, who: Actor, typed: str) -> Message | None:
        """What the guard says to a manager's own question, and how else it could be asked."""
        led = [store.people.find_team(team_id) for team_id in who.leads | who.stands_in]
        if not any(team is not None and may(who, Action.TRY_QUESTION, team) for team in led):
            return None

        def named(mention: re.Match[str]) -> str:
            person = store.people.by_slack(who.workspace, mention[1])
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
        return Message("commands/question", values)

    def _refused(self, store: Store, who: Actor, word: str) -> Message:
        """For whom a word is that does not work for them, and what does."""
        if not who.who & (COACHED | LEADING | {Who.ADMIN}):
            return nobody(store, who, self.command)
        roles = ROLES[word]
        whose = "setup" if Who.ADMIN in roles else "enrolled" if Who.REP in roles else "leading"
        return self._say("refused", who, whose="coached" if roles <= COACHED or word == "start" else whose)

    def _unknown(self, store: Store, who: Actor, word: str, typed: str, at: datetime) -> Message:
        words = work_for(who.who)
        near = nearest(word, words)
        person = who.person
        if near is None and person is not None and Who.REP in who.who and self._promises(store, person, typed, at):
            return self._say("promise", who, typed=" ".join(typed.split())[:LONGEST_TYPED])
        if near is None and not who.who & (COACHED | LEADING | {Who.ADMIN}):
            return nobody(store, who, self.command)
        return self._say("unknown", who, near=near, typed=" ".join(typed.split())[:LONGEST_TYPED])

    def _promises(self, store: Store, person: Person, typed: str, at: datetime) -> bool:
        team = store.people.find_team(person.rep_of or "")
        if team is None:
            return False
        reading = answer(typed, Asked.ACT, at, person.tz, hours_of(person, team))
        return reading.intent is Intent.COMMITMENT and reading.action is not None

    def _say(self, how: str, who: Actor, **more: Any) -> Message:
        values = {
            "how": how,
            "command": self.command,
            "words": work_for(who.who),
            "coached": Who.REP in who.who,
            "leading": bool(who.who & LEADING),
            "question": "",
            "near": None,
            "typed": "",
            "whose": "",
        }
        return Message("commands/answer", values | more)


def help_message(store: Store, who: Actor, command: str) -> Message:
    """Every word that works for somebody, with a line for each."""
    if not who.who & (COACHED | LEADING | {Who.ADMIN}):
        return nobody(store, who, command)
    values = {
        "command": command,
        "words": work_for(who.who),
        "coached": Who.REP in who.who,
        "leading": bool(who.who & LEADING),
    }
    return Message("commands/help", values)


def nobody(store: Store, who: Actor, command: str) -> Message:
    """For somebody on no team: what this is, and who could add them."""
    values = {"admins": store.workspaces.get(who.workspace).admins[:MOST_ADMINS], "command": command}
    return Message("commands/nobody", values)


def _members(store: Store, team: Team, at: datetime) -> dict[str, Any]:
    """A team as everybody in it may see it: names, and when its wins are told. Nothing of anybody's commitments."""
    return {
        "team": team.name,
        "managers": [m.name for m in store.people.managers(team.id)],
        "reps": sorted((r.name for r in store.people.reps(team.id)), key=str.casefold),
        "wins_at": next_wins(team, at),
    }


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
