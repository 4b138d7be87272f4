"""The week's wins, to the team's channel: once a week, or not at all when there is nothing true to say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.domain.calendar import WorkingHours, instant, local_date, next_occurrence
from bot.domain.people import Team
from bot.domain.wins import Kept, Wins, gather, iso_week, week_start
from bot.ports.messages import Delivery, Lane, Message
from bot.ports.storage import Alarm, AlarmKind, Store
from bot.services.changes import TROUBLES
from bot.services.sending import Sending
from bot.services.telling import As, Telling

NOTHING_LEFT = "nothing of the week is left to tell"


def next_wins(team: Team, after: datetime) -> datetime:
    """The next time this team's wins are due, strictly after `after`."""
    only_that_day = WorkingHours(days=frozenset({team.times.wins_day}))
    return next_occurrence(after, team.times.wins, team.tz, only_that_day)


def _of_week(store: Store, team: Team, day: date, until: datetime) -> Wins | None:
    """What was kept in the week of `day`; a win is told with its name only while its rep shares wins at all."""
    kept = []
    for one in store.commitments.kept(team.id, week_start(day, team.tz), until):
        person = store.people.get(one.person_id)
        shared = one.shared and bool(one.action) and person.preferences.wins
        kept.append(Kept(one.person_id, person.name, one.action, one.behaviour_id, shared))
    return gather(team, kept)


def _message(team: Team, wins: Wins) -> Message:
    return Message("wins/week", {"team": team.name, "wins": wins})


@dataclass(frozen=True)
class WeeklyWins:
    """Tells a team its week."""

    sending: Sending
    telling: Telling

    def look(self, store: Store, team_id: str, due: datetime, at: datetime) -> None:
        """Post the wins of the week in which they were due, if that is still today; keep why when nothing is said."""
        team = store.people.team(team_id)
        store.alarms.set(Alarm(AlarmKind.WINS, team_id, next_wins(team, at)))
        day = local_date(due, team.tz)
        week = iso_week(day)
        if store.coachings.week_told(team_id, week):
            return
        if local_date(at, team.tz) != day:
            store.coachings.tell_week(team_id, week, at, "not told: the day had passed")
            return
        if not store.people.reps(team_id):
            store.coachings.tell_week(team_id, week, at, "not told: nobody is on the team")
            return
        wins = _of_week(store, team, day, at)
        if wins is None:
            store.coachings.tell_week(team_id, week, at, "not told: nothing was kept this week")
            return
        store.coachings.tell_week(team_id, week, at, "told")
        midnight = instant(day + timedelta(days=1), time(), team.tz)
        self.sending.post(
            store,
            _message(team, wins),
            key=f"wins:{team_id}:{week}",
            workspace=team.workspace,
            channel=team.channel,
            lane=Lane.WINS,
            at=at,
            expires_at=midnight,
        )

    def once_more(self, store: Store, delivery: Delivery, team_id: str, at: datetime) -> Delivery | None:
        """The week as it is true now, just before it goes: meanwhile somebody may have taken back what they shared, or
        be known here no more. None when nothing is left to say.
        """
        team = store.people.find_team(team_id)
        wins = _of_week(store, team, local_date(delivery.created_at, team.tz), delivery.created_at) if team else None
        if team is None or wins is None:
            store.outbox.skip(delivery, NOTHING_LEFT, at)
            return None
        rendered = self.sending.wording.render(_message(team, wins))
        if (rendered.text, rendered.blocks) == (delivery.text, delivery.blocks):
            return delivery
        return store.outbox.reword(delivery, rendered)

    def refused(self, store: Store, delivery: Delivery, reason: str, at: datetime) -> None:
        """Slack did not take a message: when it was a week's wins, its managers hear what to do about it, unless they
        have been told of this trouble with the channel.
        """
        kind, _, rest = delivery.key.partition(":")
        if kind != "wins":
            return
        team = store.people.team(rest.partition(":")[0])
        if reason == team.channel_trouble:
            return
        if reason in TROUBLES:
            store.people.save_team(replace(team, channel_trouble=reason))
        for manager in store.people.managers(team.id):
            self.telling.tell(store, "wins/refused", {"reason": reason}, team, manager.slack_id, As.MANAGER, at)
