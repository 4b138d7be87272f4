"""Are all messages answered, once, and in the order in which they were said?"""

from __future__ import annotations

import itertools
from collections import defaultdict

from bot.simulation.evidence import Evidence, utc
from bot.simulation.record import Act
from bot.simulation.slack import WORKSPACE

ANSWER_WITHIN = 900.0
"""Seconds in which everything was well until an answer is overdue."""


def no_reply_lost(evidence: Evidence) -> None:
    """Each message that a person wrote is done, and something new appeared to them soon afterwards."""
    name = "no reply lost"
    for act in evidence.acts("say", "edit", "delete"):
        evidence.checked[name] += 1
        if act.acked_at is None:
            evidence.found(name, act.at, act.user, f"{act.kind} {act.ts} was never acknowledged")
    for key, row in evidence.inbox.items():
        evidence.checked[name] += 1
        if row["state"] != "done":
            evidence.found(name, evidence.end, key, f"inbox row {row['id']} is {row['state']}: {row['reason']}")
    for act in evidence.acts("say"):
        if act.acked_at is None or act.gone_at is not None or act.user in evidence.record.gone:
            continue
        key = f"{WORKSPACE}:D{act.user[1:]}:{act.ts}"
        if key not in evidence.inbox:
            evidence.found(name, act.at, act.user, f"{key} was acknowledged and is not in the inbox")
        elif act.user in evidence.reps:
            _answered(evidence, act)


def _answered(evidence: Evidence, act: Act) -> None:
    changes = evidence.record.of(f"D{act.user[1:]}")
    assert act.first_tried_at is not None
    assert act.acked_at is not None
    after = next((c for c in changes if c.at >= act.first_tried_at), None)
    if after is None:
        evidence.found("no reply lost", act.at, act.user, f"nothing came after {act.ts} {act.detail!r:.60}")
    elif evidence.good_seconds(act.acked_at, after.at) > ANSWER_WITHIN:
        late = f"the answer to {act.ts}, acknowledged {utc(act.acked_at)}, came at {utc(after.at)}"
        evidence.found("no reply lost", act.at, act.user, late)


def nothing_twice(evidence: Evidence) -> None:
    """No delivery and no key is posted twice, and no morning asked twice on a day."""
    name = "nothing twice"
    keys: dict[str, list[str]] = defaultdict(list)
    for delivery_id, changes in evidence.changes_of.items():
        posts = [change for change in changes if change.kind == "post"]
        row = evidence.by_delivery.get(delivery_id)
        evidence.checked[name] += bool(posts)
        if posts and row is not None:
            keys[row.key].append(delivery_id)
        if len(posts) > 1:
            told = ", ".join(f"{utc(p.at)} (asked {utc(p.asked_at)}, attempt {p.attempt})" for p in posts)
            key = row.key if row else delivery_id
            evidence.found(name, posts[1].at, posts[1].channel, f"row {row.id if row else '?'} {key} stands at {told}")
    for key, ids in keys.items():
        if len(ids) > 1:
            evidence.found(name, evidence.end, key, f"posted as {len(ids)} deliveries")
    mornings: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in evidence.rows:
        if row.lane == 1 and row.kind == "checkin" and evidence.changes_of.get(row.delivery_id):
            mornings[row.channel, row.key.split(":")[3]].add(row.key)
    for (user, day), asked in mornings.items():
        if len(asked) > 1:
            evidence.found(name, evidence.end, user, f"was asked {len(asked)} times on {day}: {sorted(asked)}")


def in_order(evidence: Evidence) -> None:
    """Answers come in the order of what they answer, and no older words take the place of newer ones."""
    name = "in order"
    said = {(f"D{act.user[1:]}", act.ts): act for act in evidence.acts("say")}
    answers: dict[str, list[Act]] = defaultdict(list)
    places: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for change in evidence.record.changes:
        row = evidence.by_delivery.get(change.delivery_id)
        if row is None:
            continue
        parts = row.key.split(":")
        if row.kind == "reply" and change.kind == "post" and (act := said.get((parts[2], parts[3]))):
            answers[change.channel].append(act)
        if change.kind == "update":
            places[change.channel, change.ts].append((row.id, utc(change.at)))
    for channel, acts in answers.items():
        for first, second in itertools.pairwise(acts):
            evidence.checked[name] += 1
            known = first.first_tried_at is not None and second.acked_at is not None
            if second.at < first.at and known and second.acked_at < first.first_tried_at:  # type: ignore[operator]
                told = f"{first.ts} was answered before {second.ts}, which was known when it came"
                evidence.found(name, first.at, channel, told)
    for (channel, ts), updates in places.items():
        newest = 0
        for row_id, at in updates:
            evidence.checked[name] += 1
            if row_id < newest:
                told = f"{ts}: update {row_id} came at {at}, after update {newest}"
                evidence.found(name, evidence.end, channel, told)
            newest = max(newest, row_id)


def nothing_surprising(evidence: Evidence) -> None:
    """The product logs no error of its own, and comes to rest when it is left alone."""
    name = "no surprises"
    evidence.checked[name] += 1
    for line in evidence.world.surprises.errors:
        evidence.found(name, evidence.end, "log", line)
    if not evidence.world.rested:
        open_rows = [f"{row.id} {row.key} {row.state} {row.reason}" for row in evidence.rows if row.state in OPEN]
        evidence.found(name, evidence.end, "world", f"it does not come to rest: {open_rows[:5]}")


OPEN = ("waiting", "sending")
