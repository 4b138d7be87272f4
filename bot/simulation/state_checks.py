"""Is every commitment one that was confirmed, and did every message end as the database says?"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from bot.simulation.evidence import Evidence, Row, utc
from bot.simulation.phrases import YES
from bot.simulation.slack import GONE

TIME_ENOUGH = 900.0
"""Seconds in which everything was well; what was skipped as late after that was forgotten."""
LATE = ("it could not be sent in time",)
SUPERSEDED = "a newer version of the message took its place"
NEVER_POSTED = "the message it would have changed was never posted"
SAID_SO = ("the day was left out meanwhile", "no more messages are wanted", "how it went is known meanwhile")
FROZEN = timedelta(hours=2)
"""What was tapped in a process that stood still may count so much later."""
ASKED_ANEW = "its moment has passed, so it is asked anew"
UNKNOWN = "whether Slack had it could not be found out"


def commitments(evidence: Evidence) -> None:
    """A commitment is there exactly when its rep confirmed it, and was told so."""
    name = "commitments"
    made = Counter((c["slack_id"], shown(c["action"])) for c in evidence.commitments)
    for one in evidence.commitments:
        evidence.checked[name] += 1
        user, action = one["slack_id"], shown(one["action"])
        if not _confirmed(evidence, user, str(one["checkin_id"])):
            evidence.found(name, evidence.end, user, f"commitment {one['id']} {action!r} was never confirmed")
        if user not in evidence.record.gone and not _told(evidence, user, action):
            evidence.found(name, evidence.end, user, f"commitment {one['id']} {action!r} was never shown as made")
    for change in evidence.record.changes:
        if change.text.startswith("Committed:"):
            evidence.checked[name] += 1
            action = change.text.split("\n> ")[1].split("\n")[0].strip() if "\n> " in change.text else change.text
            if not any(user == f"U{change.channel[1:]}" and act in change.text for user, act in made):
                evidence.found(name, change.at, change.channel, f"{action!r} was shown as made and is not there")
    twice = Counter((c["slack_id"], c["checkin_id"], c["action"], c["made_at"]) for c in evidence.commitments)
    for (user, checkin, action, _), count in twice.items():
        if count > 1:
            evidence.found(name, evidence.end, user, f"{action!r} of check-in {checkin} is there {count} times")
    for act in evidence.acts("tap"):
        if act.detail.startswith("commit ") and act.acked_at and act.user not in evidence.record.gone:
            evidence.checked[name] += 1
            later = [c for c in evidence.record.of(f"D{act.user[1:]}") if c.at >= act.at]
            if not later:
                evidence.found(name, act.at, act.user, f"the tap {act.detail} had no effect that was seen")


def _confirmed(evidence: Evidence, user: str, checkin_id: str) -> bool:
    for act in evidence.acts("tap", "say", "edit"):
        if act.user != user:
            continue
        if act.kind == "tap" and act.detail.startswith(f"commit {checkin_id}|"):
            return True
        if act.kind != "tap" and act.detail in YES:
            return True
    return False


def _told(evidence: Evidence, user: str, action: str) -> bool:
    heads = ("Committed:", "You're committed", "Done:", "Partly done:", "Dropped:", "Moved to", "It's past")
    return any(
        action in change.text and any(head in change.text for head in heads)
        for change in evidence.record.of(f"D{user[1:]}")
    )


def shown(action: str) -> str:
    """An action as it stands in a message."""
    return " ".join(action.split())


def ends_well(evidence: Evidence) -> None:
    """Each row is sent, and then it stands in Slack, or was given up for a reason that is true."""
    name = "ends well"
    for row in evidence.rows:
        evidence.checked[name] += 1
        wrong = _wrong_end(evidence, row)
        if wrong:
            told = f"row {row.id} {row.key} due {utc(row.due_at)}: {row.state} ({row.reason}), but {wrong}"
            evidence.found(name, row.due_at, row.channel, told)


def _wrong_end(evidence: Evidence, row: Row) -> str:
    stands = bool(evidence.changes_of.get(row.delivery_id))
    gone = row.channel in evidence.record.gone
    if row.state == "sent":
        return "" if stands or row.op == "update" else "it is not in Slack"
    if row.state in {"waiting", "sending"}:
        return "" if row.due_at > evidence.end or not evidence.world.rested or gone else _still_open(evidence, row)
    if stands and row.op == "post":
        return "it stands in Slack"
    if row.state == "failed":
        return "" if gone and row.reason == GONE else "nobody refused it"
    return _wrong_skip(evidence, row)


def _still_open(evidence: Evidence, row: Row) -> str:
    return "it is still open" if (evidence.end - row.due_at).total_seconds() > 600 else ""


def _wrong_skip(evidence: Evidence, row: Row) -> str:
    if row.reason == SUPERSEDED:
        newer = [other for other in evidence.rows if other.target == row.target and other.id > row.id]
        return "" if newer else "there is no newer version"
    if row.reason == NEVER_POSTED:
        target = evidence.by_key.get(row.target or "")
        posted = target is not None and evidence.changes_of.get(target.delivery_id)
        return "the message was posted" if posted else ""
    if row.reason in LATE:
        in_time = row.ended_at is not None and row.ended_at < row.expires_at
        if in_time and not evidence.clock_was_wrong(row.ended_at or row.due_at):
            return f"it was in time until {utc(row.expires_at)}"
        if evidence.good_seconds(row.due_at, row.expires_at) > TIME_ENOUGH:
            return f"there was time enough until {utc(row.expires_at)}"
        return ""
    if row.reason == UNKNOWN:
        return "Slack would have told"
    if row.reason == ASKED_ANEW:
        return _wrong_postponement(evidence, row)
    if row.reason in SAID_SO:
        until = row.ended_at or evidence.end
        said = any(act.user == row.channel and row.due_at - FROZEN <= act.at <= until for act in evidence.record.acts)
        return "" if said else "the rep did nothing"
    return "" if row.kind in {"nudge", "summary"} else "that is no reason"


def _wrong_postponement(evidence: Evidence, row: Row) -> str:
    """A question is put back only outside the hours of its reader, in a zone in which they may have been."""
    hours, at = evidence.world.plan.team.times.hours, row.ended_at or row.due_at
    outside = any(not hours.start <= local.time() <= hours.end for local in evidence.local(row.channel, at))
    return "" if outside or evidence.clock_was_wrong(at) else "it was within their hours"
