"""Questions about many people at once answer as the questions about one of them do."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Engine

from bot.domain.nudge import Reason
from bot.ports.messages import Lane, Message, Outgoing, Rendered
from bot.ports.storage import Alarm, AlarmKind, Coaching, NudgeRecord
from storage.sqlite import SqlStore
from tests.storage.rows import ANA, AT, BEN, DAY, MARIA, NORTH, WORKSPACE, a_checkin, a_commitment, afresh, rolled_back

PEOPLE = [ANA.id, BEN.id, MARIA.id]


def test_check_ins_of_a_day_and_wishes_for_a_hand(engine: Engine) -> None:
    with rolled_back(engine) as store:
        for number, person in enumerate((ANA, ANA, BEN), 1):
            store.checkins.add(a_checkin(f"c{number}", person, number=number))
        yesterday = a_checkin("c9", BEN, DAY - timedelta(days=1))
        store.checkins.add(replace(yesterday, help_shared=True))
        afresh(store)
        found = store.checkins.on_day(PEOPLE, DAY)
        assert found == {one.id: store.checkins.on(one.id, DAY) for one in (ANA, BEN)}
        assert store.checkins.on_day([], DAY) == {}
        wishes = store.checkins.asked_for_a_hand(PEOPLE, DAY - timedelta(days=7))
        assert [one.id for one in wishes] == ["c9"]
        assert store.checkins.asked_for_a_hand(PEOPLE, DAY) == []
        assert store.checkins.asked_for_a_hand([ANA.id], DAY - timedelta(days=7)) == []


def test_the_latest_commitments_of_each(engine: Engine) -> None:
    with rolled_back(engine) as store:
        for n in range(9):
            store.commitments.add(a_commitment(f"a{n}", ANA, AT + timedelta(hours=n)))
        store.commitments.add(a_commitment("b0", BEN))
        afresh(store)
        for count in (1, 6, 20):
            found = store.commitments.latest_of(PEOPLE, count)
            assert found == {one.id: store.commitments.of(one.id, count) for one in (ANA, BEN)}


def test_a_page_of_commitments_without_those_shown_elsewhere(engine: Engine) -> None:
    with rolled_back(engine) as store:
        for n in range(6):
            store.commitments.add(a_commitment(f"a{n}", ANA, AT + timedelta(hours=n)))
        store.commitments.add(a_commitment("b0", BEN))
        afresh(store)
        assert [one.id for one in store.commitments.earlier(ANA.id, ["a5", "a2"], 0, 3)] == ["a4", "a3", "a1"]
        assert [one.id for one in store.commitments.earlier(ANA.id, ["a5", "a2"], 3, 3)] == ["a0"]
        assert store.commitments.count_of(ANA.id) == 6
        due = store.commitments.due_since(ANA.id, AT + timedelta(hours=6))
        assert [one.id for one in due] == ["a3", "a4", "a5"]


def test_alarms_of_several(engine: Engine) -> None:
    with rolled_back(engine) as store:
        for kind, subject in ((AlarmKind.CHECKIN, ANA.id), (AlarmKind.CHECKIN, "else"), (AlarmKind.NUDGE, BEN.id)):
            store.alarms.set(Alarm(kind, subject, AT))
        afresh(store)
        assert store.alarms.some(AlarmKind.CHECKIN, PEOPLE) == {ANA.id: Alarm(AlarmKind.CHECKIN, ANA.id, AT)}


def test_conversations_and_nudges_since_a_day(engine: Engine) -> None:
    with rolled_back(engine) as store:
        for n, rep in enumerate((ANA, BEN, MARIA)):
            store.coachings.add_coaching(Coaching(f"t{n}", MARIA.id, rep.id, AT + timedelta(days=n), None))
        for n in range(3):
            day = DAY + timedelta(days=n)
            nudge = NudgeRecord(f"n{n}", WORKSPACE, MARIA.id, day, 1, ANA.id, Reason.HELP, "", None, AT)
            store.coachings.add_nudge(nudge)
        afresh(store)
        assert [one.id for one in store.coachings.since([ANA.id, BEN.id], AT)] == ["t0", "t1"]
        assert [one.id for one in store.coachings.since([ANA.id, BEN.id], AT + timedelta(hours=1))] == ["t1"]
        assert [one.id for one in store.coachings.nudges_since(MARIA.id, DAY + timedelta(days=1))] == ["n1", "n2"]


def test_teams_in_short(engine: Engine) -> None:
    with rolled_back(engine) as store:
        assert store.people.sizes(WORKSPACE) == {NORTH.id: 2}
        assert store.people.managers_in(WORKSPACE) == {NORTH.id: [MARIA]}
        assert store.people.enrolled_in(NORTH.id) == {ANA.id: DAY, BEN.id: DAY}
        assert store.people.sizes("T02OTHER") == {}
        assert store.people.managers_in("T02OTHER") == {}


def sent_or_failed(store: SqlStore, key: str, channel: str, *, failed: bool, workspace: str = WORKSPACE) -> None:
    """A message that Slack took, or refused as the key says."""
    message = Message("commitment/check")
    outgoing = Outgoing(key, workspace, channel, Lane.REPLY, message, AT, AT + timedelta(days=1))
    store.outbox.add(outgoing, Rendered("x", []), key, AT)
    for delivery in store.outbox.claim(AT, AT + timedelta(seconds=30), 8):
        if failed:
            store.outbox.failed(delivery, key, AT)
        else:
            store.outbox.sent(delivery, f"D{channel}", key)


def test_whom_slack_refused_last_until_it_takes_something_again(engine: Engine) -> None:
    with rolled_back(engine) as store:
        sent_or_failed(store, "one", "UANA", failed=True)
        sent_or_failed(store, "two", "UBEN", failed=True)
        sent_or_failed(store, "other", "UANA", failed=True, workspace="T02OTHER")
        afresh(store)
        assert store.standings.refusals(WORKSPACE, AT - timedelta(days=1)) == {"UANA": "one", "UBEN": "two"}
        assert store.standings.refusals(WORKSPACE, AT + timedelta(days=1)) == {}
        assert store.standings.at(AT, WORKSPACE).failed == 2
        assert store.standings.at(AT).failed == 3
        assert store.outbox.has("one")
        assert not store.outbox.has("none")


def test_a_message_that_slack_took_after_a_refusal_counts(engine: Engine) -> None:
    with rolled_back(engine) as store:
        sent_or_failed(store, "one", "UANA", failed=True)
        outgoing = Outgoing("two", WORKSPACE, "UANA", Lane.REPLY, Message("x"), AT, AT + timedelta(days=1))
        store.outbox.add(outgoing, Rendered("x", []), "two", AT)
        later = AT + timedelta(seconds=5)
        for delivery in store.outbox.claim(later, later + timedelta(seconds=30), 8):
            store.outbox.sent(delivery, "DANA", "2")
        afresh(store)
        assert store.standings.refusals(WORKSPACE, AT - timedelta(days=1)) == {}
