"""Does everything come to the right person, within its hours, and does every morning come at all?"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.calendar import instant, is_working_day
from bot.simulation.evidence import SLACK, Evidence, Row, utc
from bot.simulation.phrases import STOP
from bot.simulation.record import Change
from bot.simulation.state_checks import SAID_SO

WELL_FOR = 1800.0
"""Seconds in which everything was well within its hours; a morning that did not come then was forgotten."""


def within_hours(evidence: Evidence) -> None:
    """What we start comes within working hours of its reader's own day, nudges before noon, wins on their day."""
    name = "within hours"
    for change in evidence.record.changes:
        row = evidence.by_delivery.get(change.delivery_id)
        if row is None or change.kind != "post" or evidence.clock_was_wrong(change.at):
            continue
        wrong = _out_of_hours(evidence, row, change)
        if wrong is not None:
            evidence.checked[name] += 1
        if wrong:
            told = f"row {row.id} {row.key} asked {utc(change.asked_at)}, stands since {utc(change.at)}: {wrong}"
            evidence.found(name, change.at, row.channel, told)


def _out_of_hours(evidence: Evidence, row: Row, change: Change) -> str | None:
    """What is wrong with its time, "" when nothing is; None when any time is right."""
    times = evidence.world.plan.team.times
    begin, end = times.hours.start, times.hours.end
    if row.kind == "wins":
        local = change.asked_at.astimezone(ZoneInfo(evidence.world.plan.team.zone))
        week = "{}-W{:02d}".format(*local.isocalendar())
        fits = local.weekday() == times.wins_day and local.time() >= times.wins and week in row.key
        return "" if fits or "refused" in row.key else f"local time {local}, week {week}"
    if row.kind == "nudge":
        end = times.nudge_until
    elif not (row.kind == "summary" or (row.lane == 1 and row.kind in {"checkin", "check"})):
        return None
    days = [part for part in row.key.split(":") if part[:2] == "20" and part.count("-") == 2]
    shown = []
    for local in evidence.local(row.channel, change.asked_at):
        right_day = not days or days[0] == str(local.date())
        if right_day and is_working_day(local.date(), times.hours) and begin <= local.time() < end:
            late = change.at - change.asked_at > SLACK
            return "it took too long" if late else ""
        shown.append(f"{local:%a %Y-%m-%d %H:%M:%S %Z}")
    return f"local time {' or '.join(shown)}"


def right_person(evidence: Evidence) -> None:
    """Each message stands in the conversation of whom it is about, and each update where its message was posted."""
    name = "right person"
    for change in evidence.record.changes:
        row = evidence.by_delivery.get(change.delivery_id)
        evidence.checked[name] += 1
        if row is None:
            evidence.found(name, change.at, change.channel, f"delivery {change.delivery_id} has no row")
            continue
        place = f"D{row.channel[1:]}" if row.channel.startswith("U") else row.channel
        owner = _owner(evidence, row)
        if change.channel != place or owner != row.channel:
            evidence.found(name, change.at, change.channel, f"row {row.id} {row.key} is for {owner}")
        target = evidence.by_key.get(row.target or "")
        if row.op == "update" and (target is None or target.slack_ts != change.ts):
            evidence.found(name, change.at, change.channel, f"row {row.id} {row.key} changed {change.ts}")


def _owner(evidence: Evidence, row: Row) -> str | None:
    """The person or channel that a row's key says it is for."""
    parts = row.key.partition("#")[0].split(":")
    match parts[0]:
        case "checkin" | "nudge":
            return evidence.slack_ids.get(parts[2])
        case "summary":
            return evidence.slack_ids.get(parts[3])
        case "check":
            return next((c["slack_id"] for c in evidence.commitments if c["id"] == parts[1]), None)
        case "reply":
            return f"U{parts[2][1:]}"
        case "wins" if "refused" not in parts:
            return evidence.world.plan.team.channel
    return row.channel


def every_morning(evidence: Evidence) -> None:
    """Each working morning each rep who wants it was asked, unless something was wrong for most of the day."""
    name = "every morning"
    times = evidence.world.plan.team.times
    asked = {
        (row.channel, row.key.split(":")[3])
        for row in evidence.rows
        if row.kind == "checkin" and row.op == "post"
        if evidence.changes_of.get(row.delivery_id) or row.reason in SAID_SO
    }
    for user in sorted(evidence.reps):
        if len(evidence.record.zones[user]) > 1 or user in evidence.record.gone:
            continue
        zone = ZoneInfo(evidence.record.zones[user][0][1])
        day = evidence.world.plan.start.astimezone(zone).date()
        while instant(day, times.hours.end, zone) <= evidence.end:
            begin, end = instant(day, times.check_in, zone), instant(day, times.hours.end, zone)
            wanted = is_working_day(day, times.hours) and begin > evidence.world.plan.start
            if wanted and evidence.good_seconds(begin, end) > WELL_FOR and not _left_out(evidence, user, day, end):
                evidence.checked[name] += 1
                if (user, str(day)) not in asked:
                    evidence.found(name, begin, user, f"was not asked on {day:%a %Y-%m-%d} ({zone})")
            day += timedelta(days=1)


def _left_out(evidence: Evidence, user: str, day: date, until: datetime) -> bool:
    """Whether the rep had stopped us, or left that day out, as far as they can have been heard."""
    stopped = False
    for act in evidence.record.acts:
        if act.user != user or act.at > until:
            continue
        own_day = any(local.date() == day for local in evidence.local(user, act.at))
        if (act.kind == "command" and act.detail == "stop") or (act.kind in {"say", "edit"} and act.detail in STOP):
            stopped = True
        elif (act.kind == "command" and act.detail in {"", "start"} and act.acked_at) or (
            act.kind == "tap" and act.detail.startswith("start ") and act.acked_at
        ):
            stopped = False
        if own_day and act.kind == "command" and act.detail == "skip":
            return True
    return stopped
