"""The form of what a person settles for themselves: how it is filled, what may stand in it, and what is told after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any, Final

from bot.domain.access import Action
from bot.domain.calendar import local_date
from bot.domain.mornings import check_in_time, evening_time, window
from bot.domain.people import Person, Team
from bot.domain.preferences import LOCALES, Preferences
from bot.ports import NewId
from bot.ports.messages import Form, Message
from bot.ports.storage import AlarmKind, Store
from bot.services import access
from bot.services.access import Actor
from bot.services.holidays import Calendars
from bot.services.sending import Sending, seen_by
from bot.services.settling import Settling

AS_TEAM: Final = "team"
"""Stands for the public holidays of the team."""
HELP, WINS = "help", "wins"
EVERY_DAY: Final = frozenset(range(7))


@dataclass(frozen=True)
class Chosen:
    """What stood in the form. Of the fields that it did not have, nothing is kept."""

    check_in: time | None = None
    evening: bool = False
    days: frozenset[int] = frozenset()
    locale: str = ""
    country: str = AS_TEAM
    shared: frozenset[str] = frozenset()
    stand_in: str | None = None  # a Slack id
    messages: bool = True


@dataclass(frozen=True)
class StandIn:
    """A member of the workspace who may stand in, as Slack tells them."""

    slack_id: str
    name: str
    zone: str


@dataclass(frozen=True)
class OwnSettings:
    """Fills the form and keeps what was chosen, inside the caller's transaction."""

    sending: Sending
    settling: Settling
    calendars: Calendars
    new_id: NewId
    command: str

    def form(self, store: Store, who: Actor) -> Form | None:
        """The form for somebody enrolled; None for anybody else."""
        person = who.person
        if person is None or not access.may(who, Action.SETTLE, person):
            return None
        team, leads = _team(store, person), bool(store.people.managed_by(person.id))
        own, text = person.preferences, self.sending.wording.text
        values: dict[str, Any] = {"coached": team is not None, "leads": leads, "locale": own.locale}
        if team is not None:
            first, last = window(team)
            shown = {
                "check_in": team.times.check_in,
                "first": first,
                "last": last,
                "evening": evening_time(team),
                "command": self.command,
            }
            values |= {
                "text": text("settings/form", shown),
                "check_in": check_in_time(person, team) if own.check_in else None,
                "evening": own.evening,
                "days": own.days or team.times.hours.days,
                "countries": self.calendars.holidays.countries(),
                "country": own.holidays.country if own.holidays else AS_TEAM,
                "shared": frozenset({*([HELP] if own.help_offered else []), *([WINS] if own.wins else [])}),
            }
        stand_in = store.people.find(own.stand_in or "")
        values |= {
            "stand_in": stand_in.slack_id if stand_in else None,
            "messages": person.stopped_at is None,
            "rest": text("settings/form_end", {"command": self.command}),
        }
        return Form("settings", values)

    def keep(
        self, store: Store, who: Actor, chosen: Chosen, stand_in: StandIn | None, at: datetime
    ) -> Mapping[str, str]:
        """Keep what was chosen and tell them what changes; or, by field, the label of what is wrong. `stand_in` is
        who was named, where they are not enrolled yet.
        """
        person = who.person
        if person is None or not access.may(who, Action.SETTLE, person):
            return {}
        team, leads = _team(store, person), bool(store.people.managed_by(person.id))
        wanted, errors = person.preferences, dict[str, str]()
        wanted = replace(wanted, locale=chosen.locale if chosen.locale in LOCALES else "")
        if team is not None:
            wanted, errors = self._coached(wanted, chosen, team, local_date(at, person.tz))
        if leads and chosen.stand_in:
            named = store.people.by_slack(person.workspace, chosen.stand_in)
            if named is None and stand_in is None:
                errors["own_stand_in"] = "error_own_stand_in"
            elif chosen.stand_in == person.slack_id:
                errors["own_stand_in"] = "error_own_stand_in_self"
            elif named is not None and (named.guest or named.left_at is not None):
                errors["own_stand_in"] = "error_own_stand_in"
        if errors:
            return errors
        if leads:
            wanted = replace(wanted, stand_in=self._stand_in(store, person, chosen.stand_in, stand_in, at))
        self._settle(store, who, person, team, wanted, chosen if leads else None, at)
        return {}

    def _coached(
        self, wanted: Preferences, chosen: Chosen, team: Team, today: date
    ) -> tuple[Preferences, dict[str, str]]:
        """What a rep may choose, and what is wrong with it."""
        errors: dict[str, str] = {}
        first, last = window(team)
        if chosen.check_in is not None and not first <= chosen.check_in <= last:
            errors["own_time"] = "error_own_time"
        days = chosen.days & EVERY_DAY
        if not days:
            errors["own_days"] = "error_own_days"
        holidays = wanted.holidays
        if chosen.country == AS_TEAM:
            holidays = None
        elif holidays is None or holidays.country != chosen.country:
            holidays = self.calendars.of(chosen.country, None, today)
            if holidays is None:
                errors["own_country"] = "error_own_country"
        same_time = chosen.check_in is None or chosen.check_in == team.times.check_in
        return (
            replace(
                wanted,
                locale=chosen.locale if chosen.locale in LOCALES else "",
                check_in=None if same_time else chosen.check_in,
                evening=chosen.evening,
                days=None if days == team.times.hours.days else days,
                holidays=holidays,
                help_offered=HELP in chosen.shared,
                wins=WINS in chosen.shared,
            ),
            errors,
        )

    def _stand_in(
        self, store: Store, manager: Person, slack_id: str | None, found: StandIn | None, at: datetime
    ) -> str | None:
        """The id of who stands in; somebody new is enrolled, and on no team."""
        if slack_id is None:
            return None
        known = store.people.by_slack(manager.workspace, slack_id)
        if known is not None:
            return known.id
        assert found is not None
        person = Person(self.new_id(), manager.workspace, slack_id, found.name, found.zone)
        store.people.add(person, local_date(at, person.tz))
        return person.id

    def _settle(
        self,
        store: Store,
        who: Actor,
        person: Person,
        team: Team | None,
        wanted: Preferences,
        led: Chosen | None,
        at: datetime,
    ) -> None:
        """Keep it, and confirm in the DM what is different now; nothing is said where nothing is."""
        before = person
        self.settling.settle(store, who, person, wanted, at)
        if led is not None:
            self.settling.listen(store, who, person, at, wanted=led.messages)
        after = store.people.get(person.id)
        changes = _changes(before, after)
        if not changes:
            return
        alarm = store.alarms.get(AlarmKind.CHECKIN, after.id) if team and after.stopped_at is None else None
        stand_in = store.people.find(after.preferences.stand_in or "")
        values: dict[str, Any] = {
            "changes": changes,
            "check_in": check_in_time(after, team) if team else None,
            "evening": evening_time(team) if team and after.preferences.evening else None,
            "days": sorted(after.preferences.days or team.times.hours.days) if team else (),
            "help": after.preferences.help_offered,
            "wins": after.preferences.wins,
            "stand_in": stand_in.name if stand_in else None,
            "stopped": after.stopped_at is not None,
            "next_at": alarm.at if alarm else None,
            "command": self.command,
        }
        self.sending.reply(
            store,
            after,
            Message("settings/saved", values | seen_by(after, at)),
            f"settings:{after.id}:{self.new_id()}",
            at,
        )


def _changes(before: Person, after: Person) -> tuple[str, ...]:
    """What is different now, in the order in which it is told."""
    was, own = before.preferences, after.preferences
    differs = {
        "time": (was.check_in, was.evening) != (own.check_in, own.evening),
        "days": was.days != own.days,
        "holidays": was.holidays != own.holidays,
        "locale": was.locale != own.locale,
        "help": was.help_offered != own.help_offered,
        "wins": was.wins != own.wins,
        "stand_in": was.stand_in != own.stand_in,
        "messages": (before.stopped_at is None) != (after.stopped_at is None),
    }
    return tuple(name for name, different in differs.items() if different)


def _team(store: Store, person: Person) -> Team | None:
    return store.people.find_team(person.rep_of) if person.rep_of else None
