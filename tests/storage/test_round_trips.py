"""Whatever is kept comes back as it was: every field of every value, in any language, at any hour, in any zone."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError, StatementError

from bot.domain.checkin import Checkin
from bot.domain.commitment import Commitment, Outcome
from bot.domain.people import Person, Team
from bot.errors import StorageError
from bot.ports.queues import Incoming
from bot.ports.storage import Alarm, AlarmKind, Coaching, NudgeRecord, SeenQuestion, SummaryRecord, Turn
from storage.mapping import from_document, to_document
from tests.storage.rows import ANA, AT, BEN, DAY, NORTH, a_checkin, a_commitment, afresh, rolled_back
from tests.support.values import any_of, in_utc, moments, texts

few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
NAIVE = datetime(2026, 11, 23, 8, 45)  # noqa: DTZ001 - what must be refused


@few
@given(checkin=any_of(Checkin, person_id=ANA.id))
def test_a_check_in_comes_back_as_it_was_added(engine: Engine, checkin: Checkin) -> None:
    with rolled_back(engine) as store:
        store.checkins.add(checkin)
        assert in_utc(afresh(store).checkins.get(checkin.id)) == in_utc(checkin)


@few
@given(after=any_of(Checkin, id="c1", person_id=ANA.id))
def test_a_check_in_comes_back_as_it_was_saved(engine: Engine, after: Checkin) -> None:
    with rolled_back(engine) as store:
        store.checkins.add(a_checkin())
        store.checkins.save(after, 0)
        assert in_utc(afresh(store).checkins.get("c1")) == in_utc(after)


@few
@given(turn=any_of(Turn, checkin_id="c1", person_id=ANA.id))
def test_a_turn_comes_back_with_the_check_in_before_it_and_the_reading(engine: Engine, turn: Turn) -> None:
    with rolled_back(engine) as store:
        store.checkins.add(a_checkin())
        store.checkins.add_turn(turn)
        assert [in_utc(one) for one in afresh(store).checkins.turns("c1")] == [in_utc(turn)]
        if turn.slack_ts is not None:
            assert in_utc(store.checkins.turn_of(ANA.id, turn.slack_ts)) == in_utc(turn)


@few
@given(first=any_of(Turn, id="t1", checkin_id="c1", person_id=ANA.id), text=st.none() | texts)
def test_a_saved_turn_takes_the_place_of_the_one_before(engine: Engine, first: Turn, text: str | None) -> None:
    with rolled_back(engine) as store:
        store.checkins.add(a_checkin())
        store.checkins.add_turn(first)
        store.checkins.save_turn(replace(first, text=text))
        assert [one.text for one in afresh(store).checkins.turns("c1")] == [text]


@few
@given(seen=any_of(SeenQuestion, person_id=ANA.id))
def test_a_question_that_was_asked_comes_back(engine: Engine, seen: SeenQuestion) -> None:
    with rolled_back(engine) as store:
        store.checkins.add_seen(seen)
        assert [in_utc(one) for one in afresh(store).checkins.seen(ANA.id, 5)] == [in_utc(seen)]


@few
@given(commitment=any_of(Commitment, person_id=ANA.id))
def test_a_commitment_comes_back_as_it_was_added(engine: Engine, commitment: Commitment) -> None:
    with rolled_back(engine) as store:
        store.commitments.add(commitment)
        assert in_utc(afresh(store).commitments.get(commitment.id)) == in_utc(commitment)


@few
@given(after=any_of(Commitment, id="m1", person_id=ANA.id))
def test_a_commitment_comes_back_as_it_was_saved(engine: Engine, after: Commitment) -> None:
    with rolled_back(engine) as store:
        store.commitments.add(a_commitment())
        store.commitments.save(after, 0)
        assert in_utc(afresh(store).commitments.get("m1")) == in_utc(after)


@few
@given(team=any_of(Team))
def test_a_team_comes_back_with_its_times_and_behaviours(engine: Engine, team: Team) -> None:
    with rolled_back(engine) as store:
        store.people.save_team(team)
        assert afresh(store).people.team(team.id) == team
        assert store.people.team_named(team.workspace, team.name) == team


@few
@given(person=any_of(Person, rep_of=NORTH.id), enrolled_on=st.dates())
def test_a_person_comes_back_with_the_day_of_joining(engine: Engine, person: Person, enrolled_on: date) -> None:
    with rolled_back(engine) as store:
        store.people.add(person, enrolled_on)
        assert in_utc(afresh(store).people.get(person.id)) == in_utc(person)
        assert in_utc(store.people.by_slack(person.workspace, person.slack_id)) == in_utc(person)
        assert store.people.enrolled_on(person.id) == enrolled_on


@few
@given(after=any_of(Person, id=ANA.id, rep_of=None))
def test_a_saved_person_keeps_the_day_of_joining(engine: Engine, after: Person) -> None:
    with rolled_back(engine) as store:
        store.people.save(after)
        assert in_utc(afresh(store).people.get(ANA.id)) == in_utc(after)
        assert store.people.enrolled_on(ANA.id) == DAY


@few
@given(nudge=any_of(NudgeRecord))
def test_a_nudge_comes_back_with_the_answer_to_it(engine: Engine, nudge: NudgeRecord) -> None:
    unanswered = replace(nudge, answer=None, answered_at=None)
    with rolled_back(engine) as store:
        store.coachings.add_nudge(unanswered)
        assert in_utc(afresh(store).coachings.nudge(nudge.id)) == in_utc(unanswered)
        store.coachings.save_nudge(nudge)
        assert [in_utc(one) for one in afresh(store).coachings.nudges_on(nudge.manager_id, nudge.local_date)] == [
            in_utc(nudge)
        ]


@few
@given(coaching=any_of(Coaching))
def test_a_conversation_comes_back(engine: Engine, coaching: Coaching) -> None:
    with rolled_back(engine) as store:
        store.coachings.add_coaching(coaching)
        assert in_utc(afresh(store).coachings.last_coaching(coaching.rep_id)) == in_utc(coaching)


@few
@given(summary=any_of(SummaryRecord), again=texts)
def test_a_summary_comes_back_and_a_newer_one_takes_its_place(
    engine: Engine, summary: SummaryRecord, again: str
) -> None:
    with rolled_back(engine) as store:
        for one in (summary, replace(summary, fingerprint=again, number=summary.number + 1)):
            store.coachings.save_summary(one)
            found = afresh(store).coachings.summary(one.team_id, one.manager_id, one.local_date)
            assert in_utc(found) == in_utc(one)


@few
@given(alarm=any_of(Alarm))
def test_an_alarm_comes_back(engine: Engine, alarm: Alarm) -> None:
    with rolled_back(engine) as store:
        store.alarms.set(alarm)
        assert in_utc(afresh(store).alarms.get(alarm.kind, alarm.subject)) == in_utc(alarm)


@few
@given(
    blank=any_of(Incoming, said=0.0, payload={"kind": "message", "text": "„Grüß dich“ 🎯\n\x00 שלום", "n": [1, None]}),
    said=st.floats(0, 2**33),
)
def test_an_event_comes_back_with_its_payload(engine: Engine, blank: Incoming, said: float) -> None:
    incoming = replace(blank, said=said)
    with rolled_back(engine) as store:
        assert store.inbox.add([incoming]) == [True]
        (claimed,) = afresh(store).inbox.claim(AT, AT + timedelta(minutes=1), 1)
        assert in_utc(claimed.incoming) == in_utc(incoming)


@few
@given(checkin=any_of(Checkin))
def test_a_document_is_plain_json_that_reads_back(checkin: Checkin) -> None:
    document = json.loads(json.dumps(to_document(checkin)))
    assert set(document) == {f.name for f in fields(Checkin)}
    assert in_utc(from_document(Checkin, document)) == in_utc(checkin)


@few
@given(moment=moments)
def test_a_moment_is_kept_as_the_instant_that_it_is(engine: Engine, moment: datetime) -> None:
    with rolled_back(engine) as store:
        store.alarms.set(Alarm(AlarmKind.CHECK, "m1", moment))
        kept = afresh(store).alarms.get(AlarmKind.CHECK, "m1")
        assert kept is not None
        assert kept.at.tzinfo is UTC
        assert kept.at == moment.astimezone(UTC)
        assert store.alarms.take(Alarm(AlarmKind.CHECK, "m1", moment))


def test_a_moment_without_a_zone_is_refused(engine: Engine) -> None:
    with rolled_back(engine) as store, pytest.raises(StatementError, match="timezone"):
        store.alarms.set(Alarm(AlarmKind.CHECK, "m1", NAIVE))
    with rolled_back(engine) as store, pytest.raises(StatementError, match="timezone"):
        store.commitments.add(replace(a_commitment(), due_at=NAIVE))
    with rolled_back(engine) as store, pytest.raises(StatementError, match="timezone"):
        store.checkins.add(replace(a_checkin(), opened_at=NAIVE))
    with rolled_back(engine) as store, pytest.raises(StatementError, match="timezone"):
        store.inbox.claim(NAIVE, AT, 1)


# -- what the stores find


def test_people_are_found_by_team_and_managers_in_the_order_the_team_names_them(engine: Engine) -> None:
    with rolled_back(engine) as store:
        store.people.set_managers(NORTH.id, [BEN.id, "maria", ANA.id])
        afresh(store)
        assert [p.id for p in store.people.reps(NORTH.id)] == ["ana", "ben"]
        assert [p.id for p in store.people.managers(NORTH.id)] == ["ben", "maria", "ana"]
        store.people.set_managers(NORTH.id, ["maria"])
        assert [p.id for p in afresh(store).people.managers(NORTH.id)] == ["maria"]
        assert [t.id for t in store.people.managed_by("maria")] == [NORTH.id]
        assert store.people.managed_by(BEN.id) == []


def test_nobody_is_found_in_another_workspace(engine: Engine) -> None:
    with rolled_back(engine) as store:
        assert store.people.by_slack("T02OTHER", ANA.slack_id) is None
        assert store.people.team_named("T02OTHER", NORTH.name) is None


def test_the_latest_check_in_is_the_last_of_the_last_day(engine: Engine) -> None:
    with rolled_back(engine) as store:
        for n, (day, number) in enumerate([(DAY, 1), (DAY, 2), (DAY - timedelta(days=3), 1), (DAY, 3)]):
            store.checkins.add(a_checkin(f"c{n}", ANA, day, number))
        store.checkins.add(a_checkin("other", BEN, DAY + timedelta(days=1)))
        afresh(store)
        latest = store.checkins.latest(ANA.id)
        assert latest is not None
        assert latest.id == "c3"
        assert [c.id for c in store.checkins.on(ANA.id, DAY)] == ["c0", "c1", "c3"]
        assert [c.id for c in store.checkins.recent(ANA.id, DAY, 5)] == ["c2"]
        assert [c.id for c in store.checkins.recent(ANA.id, DAY + timedelta(days=1), 2)] == ["c3", "c1"]


def test_the_questions_seen_last_come_in_the_order_in_which_they_were_asked(engine: Engine) -> None:
    with rolled_back(engine) as store:
        for n in range(5):
            store.checkins.add_seen(SeenQuestion(ANA.id, f"q{n}", AT, "because", None))
        assert [s.question_id for s in afresh(store).checkins.seen(ANA.id, 3)] == ["q2", "q3", "q4"]


def test_commitments_are_found_by_how_they_stand(engine: Engine) -> None:
    def at(hours: int) -> datetime:
        return AT + timedelta(hours=hours)

    with rolled_back(engine) as store:
        done = replace(a_commitment("done", made_at=at(0)), outcome=Outcome.DONE, outcome_at=at(4))
        partly = replace(a_commitment("partly", made_at=at(1)), outcome=Outcome.PARTLY, outcome_at=at(4))
        later = replace(a_commitment("later", made_at=at(2)), due_at=at(9), checkin_id="c2")
        sooner = replace(a_commitment("sooner", made_at=at(3)), due_at=at(5), checkin_id="c2")
        learning = replace(a_commitment("asks", BEN, at(0)), learning_due=at(6))
        for one in (done, partly, later, sooner, learning):
            store.commitments.add(one)
        found = afresh(store).commitments
        assert [c.id for c in found.open_of(ANA.id)] == ["sooner", "later"]
        assert [c.id for c in found.of(ANA.id, 3)] == ["sooner", "later", "partly"]
        assert [c.id for c in found.in_checkins(["c2"])] == ["later", "sooner"]
        assert list(found.in_checkins([])) == []
        assert [c.id for c in found.kept(NORTH.id, at(0), at(5))] == ["done"]
        assert list(found.kept(NORTH.id, at(0), at(4))) == []
        assert [c.id for c in found.kept(NORTH.id, at(4), at(5))] == ["done"]
        assert found.learning_of(BEN.id, at(5)) == in_utc(learning)
        assert found.learning_of(BEN.id, at(6)) is None


def test_what_somebody_learned_is_found_by_the_message_that_told_it(engine: Engine) -> None:
    with rolled_back(engine) as store:
        store.commitments.add(replace(a_commitment("told"), learning="call earlier", learning_ts="7.1"))
        store.commitments.add(replace(a_commitment("other"), learning="x", learning_ts="7.2"))
        found = afresh(store).commitments
        told = found.learned_in(ANA.id, "7.1")
        assert told is not None
        assert (told.id, told.learning) == ("told", "call earlier")
        assert found.learned_in(BEN.id, "7.1") is None
        assert found.learned_in(ANA.id, "7.3") is None


def test_the_last_conversation_is_the_newest(engine: Engine) -> None:
    with rolled_back(engine) as store:
        for n, hours in enumerate((2, 5, 1)):
            store.coachings.add_coaching(Coaching(f"k{n}", "maria", ANA.id, AT + timedelta(hours=hours), None))
        last = afresh(store).coachings.last_coaching(ANA.id)
        assert last is not None
        assert last.id == "k1"
        assert store.coachings.last_coaching(BEN.id) is None


def test_a_week_is_told_once(engine: Engine) -> None:
    with rolled_back(engine) as store:
        assert not store.coachings.week_told(NORTH.id, "2026-W48")
        store.coachings.tell_week(NORTH.id, "2026-W48", AT, "told")
        assert afresh(store).coachings.week_told(NORTH.id, "2026-W48")
        assert not store.coachings.week_told(NORTH.id, "2026-W49")
        assert not store.coachings.week_told("south", "2026-W48")


def test_what_is_not_there_is_none_or_an_error_that_names_it(engine: Engine) -> None:
    with rolled_back(engine) as store:
        assert store.checkins.find("nothing") is None
        assert store.commitments.get("nothing") is None
        assert store.coachings.nudge("nothing") is None
        assert store.checkins.latest("nobody") is None
        for missing in (store.checkins.get, store.people.get, store.people.team, store.people.enrolled_on):
            with pytest.raises(StorageError, match="nobody"):
                missing("nobody")
        with pytest.raises(StorageError, match="nobody"):
            store.people.save(replace(ANA, id="nobody"))


def test_a_person_is_one_row_in_a_workspace(engine: Engine) -> None:
    with rolled_back(engine) as store, pytest.raises(IntegrityError):
        store.people.add(replace(ANA, id="ana-again"), DAY)
    with rolled_back(engine) as store:
        store.people.add(replace(ANA, id="ana-elsewhere", workspace="T02OTHER", rep_of=None), DAY)
        elsewhere = store.people.by_slack("T02OTHER", ANA.slack_id)
        assert elsewhere is not None
        assert elsewhere.id == "ana-elsewhere"
