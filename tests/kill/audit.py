"""The promises, held against the evidence of a run. Each check returns what it found wrong, in sentences."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from tests.kill.deeds import Event
from tests.kill.evidence import Evidence, Row
from tests.kill.people import YES, buttons
from tests.kill.team import CUSTOMER, MANAGER, REPS, RESTLESS
from tests.support.strict import Seen

SUPERSEDED = "a newer version of the message took its place"
NEVER_POSTED = "the message it would have changed was never posted"
LEFT_OUT = "the day was left out meanwhile"
STARTED = "Your question is waiting in our conversation."
TROUBLE = "Something went wrong on my side"
CONFIRMED = re.compile(r"(?:Committed|You're committed to this):\n+> (.+)\n> by ")
MADE = ("Committed:", "You're committed to this:", "Done:", "You're committed to these:")


def audit(evidence: Evidence) -> list[str]:
    """Everything that is wrong."""
    return [f"{check.__name__}: {wrong}" for check in CHECKS for wrong in check(evidence)]


def nothing_twice(e: Evidence) -> Iterator[str]:
    """No delivery is posted twice, no message answered under two keys, and nothing is posted that no row tells of."""
    for delivery_id, posts in e.posts_of.items():
        row = e.row_of.get(delivery_id)
        if len(posts) > 1:
            tries = [(a.number, round(a.at, 2), a.outcome) for a in e.tries_of.get(delivery_id, [])]
            yield f"{_named(row)} stands {len(posts)} times in {posts[0].channel}, requests {tries}: {posts[0].text!r}"
        if row is None:
            yield f"{delivery_id} was posted and is in no row: {posts[0].text!r}"
    known = {f"reply:{key}:0" for key, event in e.deeds.events.items() if event.kind == "message"}
    for row in e.outbox:
        if row["key"].startswith("reply:") and row["op"] == "post" and row["key"] not in known:
            yield f"{_named(row)} answers nothing that was said"


def nothing_lost(e: Evidence) -> Iterator[str]:
    """Each event that Slack saw acknowledged is in the inbox, once and done, and what was said is answered."""
    rows = {row["key"]: row for row in e.inbox}
    outbox = {row["key"]: row for row in e.outbox}
    turned = {turn["slack_ts"] for turn in e.turns}
    for row in e.inbox:
        if row["state"] != "done":
            yield f"inbox {row['id']} {row['key']} is {row['state']}: {row['reason']}"
        if row["key"] not in e.deeds.events:
            yield f"inbox {row['id']} {row['key']} was never said"
    for key, event in e.deeds.events.items():
        if event.acked_at is None:
            if key not in e.lost:
                yield f"{key} was neither acknowledged nor given up"
        elif key not in rows:
            yield f"{key} was acknowledged and is not in the inbox: {event.text!r}"
        elif event.kind == "message" and f"{key}:deleted" not in e.deeds.events:
            reply = outbox.get(f"reply:{key}:0")
            if event.user in CUSTOMER and reply is None and event.ts not in turned:
                yield f"{key} is done and has no effect: {event.text!r}"
            if not any(_answers(seen, event) for seen in e.seen):
                yield f"{key} was acknowledged and nothing came after it: {event.text!r}"


def in_order(e: Evidence) -> Iterator[str]:
    """A message that we had before the next one came is answered before it."""
    said = {f"reply:{key}:0": event for key, event in e.deeds.events.items()}
    answered: dict[str, list[Event]] = defaultdict(list)
    for seen in e.seen:
        row = e.row_of.get(seen.delivery_id or "")
        if seen.how == "post" and row is not None and (event := said.get(row["key"])):
            answered[seen.channel].append(event)
    for channel, events in answered.items():
        for place, first in enumerate(events):
            for second in events[place + 1 :]:
                had = second.acked_at is not None and second.acked_at < first.first_tried_at
                if had and float(second.ts) < float(first.ts):
                    yield f"in {channel}, {first.ts} {first.text!r} was answered before {second.ts} {second.text!r}"


def right_person(e: Evidence) -> Iterator[str]:
    """Nobody but their manager sees a rep's words or name, and an answer stands where the message stood."""
    names = {user.id: (user.real_name.split()[0], CUSTOMER[user.id]) for user in REPS}
    for seen in e.seen:
        shown = seen.text + json.dumps(seen.blocks, ensure_ascii=False)
        for user, words in names.items():
            if seen.reader not in {user, MANAGER.id} and any(word in shown for word in words):
                yield f"{seen.reader} saw something about {user}: {seen.text!r}"
        row = e.row_of.get(seen.delivery_id or "")
        if seen.how == "post" and row is not None and row["channel"] != seen.reader:
            yield f"{_named(row)} for {row['channel']} was posted to {seen.reader}"
        if row is not None and row["key"].startswith("reply:") and row["key"].split(":")[2] != seen.channel:
            yield f"{_named(row)} was posted in {seen.channel}"


def nothing_invalid(e: Evidence) -> Iterator[str]:
    """Slack refused nothing, but for going too fast."""
    for asked in e.rejected:
        if asked.outcome != "ratelimited":
            yield f"{asked.method} was refused: {asked.outcome} {asked.details}"


def commitments(e: Evidence) -> Iterator[str]:
    """What is kept was agreed to and shown; what was agreed to, and what was shown as agreed, is kept."""
    yield from _kept(e)
    versions: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for turn in e.turns:
        versions[turn["checkin_id"], turn["before"]["version"]].append(turn)
    kept = {one["checkin_id"] for one in e.commitments}
    checkins = {row["id"]: row for row in e.checkins}
    for tap in e.deeds.taps:
        if not tap.acked or tap.action != "commit":
            continue
        checkin_id, _, version = tap.value.partition("|")
        checkin = checkins.get(checkin_id)
        if checkin is None or checkin["slack_id"] != tap.user:
            yield f"{tap.user} tapped {tap.value}, which is not theirs: {checkin}"
            continue
        words_first = any(turn["slack_ts"] for turn in versions[checkin_id, int(version)])
        if checkin_id not in kept and not words_first and tap.user not in RESTLESS:
            yield f"{tap.user} tapped {tap.value}, Slack heard that it was done, and there is no commitment"
        if checkin["version"] <= int(version) and checkin["stage"] not in {"committed", "skipped", "expired"}:
            yield f"{tap.user} tapped {tap.value}, Slack heard that it was done, and nothing followed"
        if not any(seen.reader == tap.user and seen.at >= tap.at for seen in e.seen):
            yield f"{tap.user} tapped {tap.value} and saw nothing afterwards"


def _kept(e: Evidence) -> Iterator[str]:
    agreed = {tap.value.partition("|")[0] for tap in e.deeds.taps if tap.action == "commit"}
    said_yes = {event.user for event in e.deeds.events.values() if event.text == YES}
    for checkin_id, count in Counter(one["checkin_id"] for one in e.commitments).items():
        if count > 1:
            yield f"check-in {checkin_id} has {count} commitments"
    actions = {(one["slack_id"], one["action"]) for one in e.commitments}
    for one in e.commitments:
        user, action = one["slack_id"], one["action"]
        if CUSTOMER[user] not in action:
            yield f"{user} has a commitment that is not theirs: {action!r}"
        if one["checkin_id"] not in agreed and user not in said_yes:
            yield f"{user} never agreed to {action!r}"
        if not any(s.reader == user and action in s.text and any(w in s.text for w in MADE) for s in e.seen):
            yield f"{user} was never shown that {action!r} is kept"
    for seen in e.seen:
        shown = CONFIRMED.search(seen.text)
        if shown and (seen.reader, shown[1]) not in actions:
            yield f"{seen.reader} was shown {shown[1]!r} as committed, and it is not kept"


def newest_words(e: Evidence) -> Iterator[str]:
    """Where a check-in has ended, its last message asks for no yes any more."""
    places = {row["key"]: row for row in e.outbox}
    for checkin in e.checkins:
        row = places.get(checkin["doc"].get("last_key") or "")
        if row is None or checkin["stage"] not in {"committed", "skipped"}:
            continue
        for message in e.standing.get(checkin["slack_id"], ()):
            if message["ts"] == row["slack_ts"] and "commit" in buttons(message):
                yield f"{_named(row)} still asks, and check-in {checkin['id']} is {checkin['stage']}"


def commands(e: Evidence) -> Iterator[str]:
    """Each start that Slack heard of opened one check-in, and nothing else did; no command failed."""
    started = Counter(seen.reader for seen in e.seen if seen.how == "ephemeral" and seen.text.strip() == STARTED)
    unheard = Counter(one.user for one in e.deeds.commands if one.text == "" and not one.acked)
    opened = Counter(row["slack_id"] for row in e.checkins)
    for user in CUSTOMER.keys() - RESTLESS:
        if not started[user] <= opened[user] <= started[user] + unheard[user]:
            told = f"was told of {started[user]}, and {unheard[user]} starts were not acknowledged"
            yield f"{user} has {opened[user]} check-ins, {told}"
    for seen in e.seen:
        if TROUBLE in seen.text:
            yield f"{seen.reader} was told that something went wrong"


def ends_well(e: Evidence) -> Iterator[str]:
    """Each message was sent, and then it stands in Slack, or was left for a reason that is true; the process ended."""
    rows = {row["key"]: row for row in e.outbox}
    updated = {(seen.channel, seen.ts) for seen in e.seen if seen.how == "update"}
    for row in e.outbox:
        posted = e.posts_of.get(row["delivery_id"])
        if row["state"] == "sent":
            target = rows.get(row["target"] or "")
            if row["op"] == "post" and not posted:
                yield f"{_named(row)} is sent and is not in Slack"
            elif row["op"] == "post" and posted and posted[0].ts != row["slack_ts"]:
                yield f"{_named(row)} is kept as {row['slack_ts']} and stands at {posted[0].ts}"
            elif row["op"] == "update" and (not target or (target["slack_channel"], target["slack_ts"]) not in updated):
                yield f"{_named(row)} is sent and nothing was changed in Slack"
        elif posted:
            yield f"{_named(row)} is {row['state']} ({row['reason']}) and stands in Slack"
        elif row["state"] != "skipped" or not _good_reason(row, rows, e.outbox):
            yield f"{_named(row)} is {row['state']}: {row['reason']}"
    for code in e.exit_codes:
        if code != 0:
            yield f"a process that was told to end ended with {code}"
    yield from e.complaints


def _good_reason(row: Row, rows: dict[str, Row], outbox: Sequence[Row]) -> bool:
    if row["reason"] == SUPERSEDED:
        return any(other["target"] == row["target"] and other["id"] > row["id"] for other in outbox)
    if row["reason"] == NEVER_POSTED:
        return bool(rows[row["target"]]["state"] == "skipped")
    return bool(row["reason"] == LEFT_OUT and row["key"].startswith("checkin:"))


def _answers(seen: Seen, event: Event) -> bool:
    """Whoever is not coached hears the one thing that there is to tell them once a day."""
    in_time = seen.at >= event.first_tried_at or event.user not in CUSTOMER
    return seen.how in {"post", "update"} and seen.channel == event.channel and in_time


def _named(row: Row | None) -> str:
    return f"outbox {row['id']} {row['key']} ({row['op']}, {row['attempts']} attempts)" if row else "an unknown row"


CHECKS: tuple[Callable[[Evidence], Iterator[str]], ...] = (
    nothing_twice,
    nothing_lost,
    in_order,
    right_person,
    nothing_invalid,
    commitments,
    newest_words,
    commands,
    ends_well,
)
