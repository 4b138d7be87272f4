"""What is known when somebody writes, and what their words say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.calendar import local_date
from bot.domain.checkin import Checkin, Stage
from bot.domain.commitment import Commitment, check_at
from bot.domain.mornings import counted_from
from bot.domain.people import Person, Team, hours_of
from bot.domain.reading import Asked
from bot.ports.coach import Coach, Heard, Understanding
from bot.ports.queues import Claimed
from bot.ports.storage import Store
from bot.services.checkin import open_now

STILL_OPEN = timedelta(days=7)
"""How long after its time a commitment without an outcome is still talked about."""


@dataclass(frozen=True)
class Rep:
    """A rep who wrote, with what bears on what they mean."""

    person: Person
    team: Team
    checkin: Checkin | None
    closed: bool  # today's check-in ran out before it was finished
    learning: Commitment | None  # the one they were just asked about
    checked: bool  # the check of a commitment stands unanswered since today
    open_commitments: tuple[Commitment, ...]
    said: tuple[str, ...]
    earlier: tuple[str, ...]  # what was asked in the open check-in before the question that stands
    spoke_at: datetime | None  # when the open check-in last moved

    @property
    def asked(self) -> Asked:
        """What they were asked last: how it went, something in the open check-in, or nothing."""
        learning_at = self.learning.outcome_at if self.learning else None
        if learning_at and (self.spoke_at is None or learning_at > self.spoke_at):
            return Asked.LEARN
        if self.checkin is None and self.checked:
            return Asked.OUTCOME
        return self.checkin.asked if self.checkin else Asked.NOTHING

    def meant(self, at: datetime) -> Commitment | None:
        """The commitment that "done" is about: the last whose time has come, else the only one there is."""
        come = [c for c in self.open_commitments if c.due_at <= at]
        if come:
            return come[-1]
        return self.open_commitments[0] if len(self.open_commitments) == 1 else None


def rep_of(store: Store, workspace: str, slack_user: str, at: datetime) -> Rep | None:
    """Who wrote and how things stand with them; None for somebody who is not a rep."""
    person = store.people.by_slack(workspace, slack_user)
    if person is None or person.rep_of is None:
        return None
    checkin = open_now(store, person, at)
    team = store.people.team(person.rep_of)
    commitments = tuple(c for c in store.commitments.open_of(person.id) if c.due_at > at - STILL_OPEN)
    latest = store.checkins.latest(person.id)
    turns = store.checkins.turns(checkin.id) if checkin else ()
    return Rep(
        person,
        team,
        checkin,
        closed=checkin is None and latest is not None and _ran_out(latest, person, at),
        learning=store.commitments.learning_of(person.id, at),
        checked=any(_was_checked(c, person, team, at) for c in commitments),
        open_commitments=commitments,
        said=tuple(t.text for t in turns if t.text),
        earlier=tuple(t.before.question for t in turns if t.before.question),
        spoke_at=max([checkin.opened_at, *(t.at for t in turns)]) if checkin else None,
    )


def _was_checked(commitment: Commitment, person: Person, team: Team, at: datetime) -> bool:
    moment = check_at(commitment, person, team)
    return moment is not None and moment <= at and local_date(moment, person.tz) == local_date(at, person.tz)


def _ran_out(latest: Checkin, person: Person, at: datetime) -> bool:
    today = latest.local_date == at.astimezone(person.tz).date()
    return today and (latest.stage is Stage.EXPIRED or (not latest.ended and at >= latest.expires_at))


async def understood(coach: Coach, rep: Rep, text: str, asked: Asked, at: datetime) -> Understanding:
    """What the words say, in the context in which they were written.

    Where the day was asked about the evening before, a bare time is one of that day.
    """
    focus = rep.team.behaviour(rep.person.focus)
    return await coach.read(
        Heard(
            text=text,
            asked=asked,
            question=rep.checkin.question if rep.checkin else "",
            at=heard_at(rep.checkin, rep.person, rep.team, text, at),
            zone=rep.person.tz,
            hours=hours_of(rep.person, rep.team),
            focus=focus.words if focus else None,
            said=rep.said,
            earlier=rep.earlier,
            options=rep.checkin.others if rep.checkin else (),
            workspace=rep.person.workspace,
        )
    )


def heard_at(checkin: Checkin | None, person: Person, team: Team, words: str, at: datetime) -> datetime:
    """The moment from which the times in somebody's words are counted, in the middle of a check-in or of none."""
    return at if checkin is None else counted_from(words, checkin.local_date, person, team, at)


MENTION = re.compile(r"<@([UW][A-Z0-9]+)>")


def words_of(store: Store, claimed: Claimed) -> str:
    """What was written, with people by their names: showing a mention again would ring whoever is mentioned."""
    incoming = claimed.incoming

    def name(match: re.Match[str]) -> str:
        person = store.people.by_slack(incoming.workspace, match.group(1))
        return person.name if person else "a colleague"

    return MENTION.sub(name, str(incoming.payload.get("text") or "")).strip()
