"""Setting a team up inside Slack: two steps of a form, kept as they are filled in, until they make a draft.

What is filled in is a sheet: a draft that nobody sees but whoever fills it in. With the second step it becomes a draft
with a number, and looking up the people in it is left to `bot.services.drafts` by a row of the inbox.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time

from bot.domain.access import Action
from bot.domain.draft import TeamDraft
from bot.domain.people import NOON
from bot.domain.team_rules import (
    LONGEST_BEHAVIOUR,
    LONGEST_CARE,
    LONGEST_NAME,
    MOST_BEHAVIOURS,
    MOST_CARE,
    MOST_REPS,
    broken,
    twice,
)
from bot.domain.zones import in_groups, known, with_zone
from bot.ports import NewId
from bot.ports.messages import Form, Lane, Message
from bot.ports.storage import Store
from bot.services.access import Actor, may
from bot.services.drafting import as_draft, ask_for, is_taken, may_change, settle
from bot.services.holidays import Calendars
from bot.services.sending import Sending

NOWHERE = "none"
"""The choice of no public holidays, and of no region: Slack cannot take a choice back."""

Errors = Mapping[str, str]
"""What is wrong, by the field that it is said at; none when all is well."""


@dataclass(frozen=True)
class Who:
    """The first step as it was filled in; people and the channel by their Slack ids."""

    name: str
    zone: str | None
    channel: str | None
    managers: tuple[str, ...]
    reps: tuple[str, ...]
    behaviours: tuple[str, ...]
    care: tuple[str, ...]


@dataclass(frozen=True)
class When:
    """The second step as it was filled in; a time that was left out stays as it was."""

    clocks: Mapping[str, time]
    wins_day: int | None
    days: frozenset[int]
    country: str | None
    region: str | None


@dataclass(frozen=True)
class SettingUp:
    """Fills in teams to be, inside the caller's transaction. None: they may not, or it is not there any more."""

    sending: Sending
    calendars: Calendars
    new_id: NewId

    def form(self, store: Store, who: Actor, which: str | None, at: datetime, zone: str | None = None) -> Form | None:
        """The first step, filled with what is known of `which`: a draft, a team, or None for a new team.

        What somebody began and did not finish is there again. `zone` is where they seem to be.
        """
        draft, team = store.drafts.get(which or ""), store.people.find_team(which or "")
        if which is not None and draft is None and team is None:
            return None
        if draft is not None and draft.number == 0:
            return None
        of = draft.id if draft else None
        if not self._allowed(store, who, team.id if team else None, of):
            return None
        if draft is not None:
            sheet = replace(draft, instead_of=draft.id)
        elif team is not None:
            sheet = as_draft(store, team, who.slack_id, at)
        else:
            own = who.person.zone if who.person else zone
            begun = [one for one in self._sheets(store, who) if one.team_id is None and one.instead_of is None]
            blank = TeamDraft("", who.workspace, who.slack_id, at, "", own or "UTC", None, (), ())
            sheet = begun[0] if begun else blank
        return self._first(replace(sheet, id=sheet.id if sheet.number == 0 else ""))

    def _sheets(self, store: Store, who: Actor) -> list[TeamDraft]:
        """What they are filling in, the newest first."""
        mine = [d for d in store.drafts.of_workspace(who.workspace) if d.made_by == who.slack_id and d.number == 0]
        return sorted(mine, key=lambda draft: draft.made_at, reverse=True)

    def _allowed(self, store: Store, who: Actor, team_id: str | None, of: str | None) -> bool:
        """Whether they may set up what this is about, as the database has it."""
        if of is not None:
            draft = store.drafts.get(of)
            if draft is None or draft.started_at is not None:
                return False
            return may_change(store, who, draft)
        if team_id is not None:
            team = store.people.find_team(team_id)
            return team is not None and may(who, Action.CHANGE_TEAM, team)
        return may(who, Action.CREATE_TEAM, store.workspaces.get(who.workspace))

    def _sheet(self, store: Store, who: Actor, sheet_id: str) -> TeamDraft | None:
        """What they are filling in, while they may."""
        sheet = store.drafts.get(sheet_id)
        if sheet is None or sheet.number or (sheet.workspace, sheet.made_by) != (who.workspace, who.slack_id):
            return None
        return sheet if self._allowed(store, who, sheet.team_id, sheet.instead_of) else None

    def who(self, store: Store, who: Actor, marks: Mapping[str, str], given: Who, at: datetime) -> Form | Errors | None:
        """Keep the first step and go on to the second; or what is wrong with it. `marks` came with the form."""
        sheet = self._marked(store, who, marks, at)
        if sheet is None:
            return None
        if wrong := self._wrong_who(store, given, sheet):
            return {field: self.sending.wording.label(f"error_{key}") for field, key in wrong.items()}
        sheet = replace(
            sheet,
            made_at=at,
            name=given.name,
            zone=given.zone or sheet.zone,
            channel=given.channel,
            managers=given.managers,
            reps=given.reps,
            behaviours=given.behaviours,
            care=given.care,
        )
        store.drafts.save(sheet)
        return self._second(sheet)

    def _marked(self, store: Store, who: Actor, marks: Mapping[str, str], at: datetime) -> TeamDraft | None:
        """The sheet that the form is about; a new one when it is sent for the first time."""
        if sheet_id := marks.get("sheet"):
            return self._sheet(store, who, sheet_id)
        team_id, of = marks.get("team") or None, marks.get("of") or None
        if not self._allowed(store, who, team_id, of):
            return None
        about = [one for one in self._sheets(store, who) if (one.team_id, one.instead_of) == (team_id, of)]
        for stale in about:
            store.drafts.forget(stale.id)
        fresh = about[0].id if about else self.new_id()
        draft, team = store.drafts.get(of or ""), store.people.find_team(team_id or "")
        base = draft or (as_draft(store, team, who.slack_id, at) if team else None)
        base = base or TeamDraft(fresh, who.workspace, who.slack_id, at, "", "UTC", None, (), ())
        return replace(base, id=fresh, made_by=who.slack_id, number=0, instead_of=of, told=())

    def _wrong_who(self, store: Store, given: Who, sheet: TeamDraft) -> dict[str, str]:
        """What is wrong in the first step: the label's key by the field."""
        name, behaviours, care = given.name, given.behaviours, given.care
        checks = (
            ("team_name", "team_name_missing", not name),
            ("team_name", "team_name_long", len(name) > LONGEST_NAME),
            ("team_name", "team_name_taken", is_taken(store, sheet.workspace, name, sheet.team_id)),
            ("team_managers", "team_managers", not given.managers),
            ("team_reps", "team_reps", not given.reps),
            ("team_reps", "team_reps_many", len(given.reps) > MOST_REPS),
            ("team_channel", "team_channel", given.channel is None),
            ("team_zone", "team_zone", not known(given.zone or sheet.zone)),
            ("team_behaviours", "team_behaviours_many", len(behaviours) > MOST_BEHAVIOURS),
            ("team_behaviours", "team_behaviours_long", any(len(one) > LONGEST_BEHAVIOUR for one in behaviours)),
            ("team_behaviours", "team_twice", twice(behaviours) is not None),
            ("team_care", "team_care_many", len(care) > MOST_CARE),
            ("team_care", "team_care_long", any(len(one) > LONGEST_CARE for one in care)),
        )
        wrong: dict[str, str] = {}
        for field, key, is_so in checks:
            if is_so:
                wrong.setdefault(field, key)
        return wrong

    def back(self, store: Store, who: Actor, sheet_id: str, given: When) -> Form | None:
        """The first step again; the second is kept as it is."""
        sheet = self._sheet(store, who, sheet_id)
        if sheet is None:
            return None
        sheet = self._with(sheet, given)
        store.drafts.save(sheet)
        return self._first(sheet)

    def country(self, store: Store, who: Actor, sheet_id: str, given: When) -> Form | None:
        """The second step again, with the regions of the country that was just chosen."""
        sheet = self._sheet(store, who, sheet_id)
        return self._second(self._with(sheet, given)) if sheet else None

    def when(self, store: Store, who: Actor, sheet_id: str, given: When, at: datetime) -> Errors | None:
        """The draft, complete: its people are looked up next. Or what is wrong, and then the form stays open."""
        sheet = self._sheet(store, who, sheet_id)
        if sheet is None:
            return None
        sheet = self._with(sheet, given)
        if wrong := {f"team_{one.field}": f"error_times_{one.rule}" for one in reversed(list(broken(sheet.times)))}:
            return {field: self.sending.wording.label(key) for field, key in wrong.items()}
        if is_taken(store, sheet.workspace, sheet.name, sheet.team_id):
            return {"team_check_in": self.sending.wording.label("error_team_name_taken")}
        before = store.drafts.get(sheet.instead_of or "")
        draft = replace(sheet, id=before.id if before else sheet.id, made_at=at, instead_of=None)
        draft = replace(draft, number=(before.number if before else 0) + 1, filled_by=who.slack_id)
        if before is not None:
            draft = replace(draft, made_by=before.made_by)
            settle(self.sending, store, before, "changed", at)
        store.drafts.forget(sheet.id)
        store.drafts.save(draft)
        self._hand_over(store, draft, who, at)
        return {}

    def _hand_over(self, store: Store, draft: TeamDraft, who: Actor, at: datetime) -> None:
        """Have the draft's people looked up, which takes a while, and say so."""
        ask_for(store, draft, "preview", who.slack_id, at)
        self.sending.post(
            store,
            Message("setup/looking", {"team": draft.name, "people": len({*draft.managers, *draft.reps})}),
            key=f"looking:{draft.id}:{draft.number}",
            workspace=draft.workspace,
            channel=who.slack_id,
            lane=Lane.REPLY,
            at=at,
        )

    def _with(self, sheet: TeamDraft, given: When) -> TeamDraft:
        """The sheet with the second step as it was filled in."""
        clocks = dict(given.clocks)
        hours = replace(
            sheet.times.hours,
            start=clocks.pop("day_starts", sheet.times.hours.start),
            end=clocks.pop("day_ends", sheet.times.hours.end),
            days=given.days,
        )
        if clocks.get("nudge", sheet.times.nudge) >= sheet.times.nudge_until:
            clocks["nudge_until"] = NOON  # an earlier end is set in a file only, and nobody sees it here
        wins_day = sheet.times.wins_day if given.wins_day is None else given.wins_day
        country = None if given.country == NOWHERE else given.country
        own, _, region = (given.region or "").partition("/")
        return replace(
            sheet,
            times=replace(sheet.times, hours=hours, wins_day=wins_day, **clocks),  # type: ignore[arg-type]
            country=country,
            region=region if country and own == country and region else None,
        )

    def _first(self, sheet: TeamDraft) -> Form:
        marks = {"sheet": sheet.id} if sheet.id else {"team": sheet.team_id or "", "of": sheet.instead_of or ""}
        return Form(
            "team_who",
            {
                "metadata": json.dumps(marks),
                "changes": sheet.team_id is not None,
                "name": sheet.name,
                "managers": sheet.managers,
                "reps": sheet.reps,
                "most_reps": MOST_REPS,
                "channel": sheet.channel,
                "zones": with_zone(sheet.zone),
                "zone": sheet.zone,
                "behaviours": "\n".join(sheet.behaviours),
                "care": "\n".join(sheet.care),
            },
        )

    def _second(self, sheet: TeamDraft) -> Form:
        holidays, country = self.calendars.holidays, sheet.country
        names = {code: name for some in holidays.countries().values() for code, name in some}
        regions = [(f"{country}/{code}", name) for code, name in (holidays.regions(country) if country else ())]
        return Form(
            "team_when",
            {
                "metadata": json.dumps({"sheet": sheet.id}),
                "times": sheet.times,
                "countries": holidays.countries(),
                "country": country or NOWHERE,
                "regions": in_groups(names.get(country or "", ""), regions),
                "region": f"{country}/{sheet.region}" if sheet.region else f"{country}/",
                "nowhere": NOWHERE,
            },
        )
