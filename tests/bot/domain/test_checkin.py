"""The funnel as a machine: what holds for any conversation, and what each answer leads to."""

from __future__ import annotations

import itertools
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.checkin import (
    MOST_POSTS,
    MOST_PROBES,
    MOST_TRIES,
    Checkin,
    Preface,
    Say,
    Stage,
    Step,
    advance,
    change,
    expire,
    in_place,
    open_checkin,
    skip,
)
from bot.domain.effects import MakeCommitment, MoveCommitment, Outcome, RecordOutcome, StopMessages
from bot.domain.reading import Asked, Certainty, DueTime, Intent, Reading

AT = datetime(2026, 11, 23, 8, 45, tzinfo=UTC)
DIAGRAM = Path(__file__).parents[3] / "docs" / "funnel.md"


def blank() -> Checkin:
    return Checkin(
        id="c1",
        workspace="T1",
        person_id="p1",
        team_id="t1",
        local_date=date(2026, 11, 23),
        number=1,
        opened_at=AT,
        expires_at=AT + timedelta(hours=9),
    )


def due(hours: float) -> DueTime:
    return DueTime(0, 1, AT + timedelta(hours=hours), Certainty.EXACT)


def walked(*readings: Reading, reviewing: str | None = None) -> list[Step]:
    steps = [open_checkin(blank(), reviewing)]
    for n, reading in enumerate(readings, 1):
        steps.append(advance(steps[-1].checkin, reading, AT + timedelta(minutes=n)))
    return steps


def says(*readings: Reading, reviewing: str | None = None) -> list[Say]:
    return [s.say for s in walked(*readings, reviewing=reviewing)]


def does(action: str | None = "call Anna", hours: float | None = None) -> Reading:
    return Reading(Intent.COMMITMENT, action=action, due=due(hours) if hours is not None else None)


YES = Reading(Intent.AFFIRM)
VAGUE = Reading(Intent.VAGUE)
OTHER = Reading(Intent.OTHER)

readings = st.builds(
    Reading,
    intent=st.sampled_from(Intent),
    action=st.none() | st.just("call Anna"),
    other_actions=st.sampled_from([(), ("mail Ben",)]),
    due=st.none() | st.sampled_from([due(-1), due(0), due(2), due(30)]),
    obstacle=st.none() | st.just("pricing"),
    if_then=st.none() | st.just("if she is out, mail her"),
    help_wanted=st.booleans(),
    thin=st.booleans(),
)
conversations = st.lists(readings, max_size=25)
starts = st.sampled_from([None, "earlier"])


@given(starts, conversations)
def test_a_check_in_never_posts_more_than_its_budget_whatever_is_said(
    reviewing: str | None, said: list[Reading]
) -> None:
    steps = walked(*said, reviewing=reviewing)
    posted = 1 + sum(s.post for s in steps[1:])
    assert posted <= MOST_POSTS
    assert steps[-1].checkin.posts == posted


@given(starts, conversations)
def test_it_narrows_at_most_twice_and_sharpens_at_most_twice(reviewing: str | None, said: list[Reading]) -> None:
    last = walked(*said, reviewing=reviewing)[-1].checkin
    assert last.probes <= MOST_PROBES
    assert last.tries <= MOST_TRIES


@given(starts, conversations, readings)
def test_ends_absorb(reviewing: str | None, said: list[Reading], more: Reading) -> None:
    last = walked(*said, reviewing=reviewing)[-1].checkin
    if last.ended:
        after = advance(last, more, AT + timedelta(hours=1))
        assert (after.checkin, after.effects, after.post) == (last, (), False)
        assert skip(last, AT).checkin == last
        assert change(last, "x", AT, None, AT).checkin == last
        assert expire(last) == last


@given(starts, conversations)
def test_a_commitment_takes_a_yes_to_a_shown_action_and_a_future_time(
    reviewing: str | None, said: list[Reading]
) -> None:
    steps = walked(*said, reviewing=reviewing)
    for n, (before, after) in enumerate(itertools.pairwise(steps)):
        for made in (e for e in after.effects if isinstance(e, MakeCommitment)):
            shown = before.checkin
            assert before.say is Say.CONFIRM or shown.asked is Asked.CONFIRM
            assert said[n].intent is Intent.AFFIRM
            assert (made.action, made.due_at) == (shown.action, shown.due_at)
            assert made.due_at > AT + timedelta(minutes=n + 1)


@given(starts, conversations)
def test_the_same_inputs_give_the_same_steps(reviewing: str | None, said: list[Reading]) -> None:
    assert walked(*said, reviewing=reviewing) == walked(*said, reviewing=reviewing)


@given(starts, conversations)
def test_every_step_but_silence_says_something(reviewing: str | None, said: list[Reading]) -> None:
    for before, after in itertools.pairwise(walked(*said, reviewing=reviewing)):
        assert (after.say is Say.NOTHING) == before.checkin.ended


@given(starts, conversations)
def test_an_open_check_in_always_waits_for_an_answer(reviewing: str | None, said: list[Reading]) -> None:
    for step in walked(*said, reviewing=reviewing):
        assert (step.checkin.asked is Asked.NOTHING) == step.checkin.ended


def test_the_diagram_in_the_docs_is_the_machine() -> None:
    drawn = set(re.findall(r"^\s+(\w+) --> (\w+)$", DIAGRAM.read_text("utf-8"), re.MULTILINE))
    found: set[tuple[str, str]] = set()
    seen: set[tuple[object, ...]] = set()
    todo = [open_checkin(blank(), None).checkin, open_checkin(blank(), "earlier").checkin]
    choices = [
        Reading(intent, action=action, due=when, obstacle=obstacle)
        for intent in Intent
        for action in (None, "call Anna")
        for when in (None, due(2))
        for obstacle in (None, "pricing")
    ]
    while todo:
        state = todo.pop()
        for reading in choices:
            for at in (AT, AT + timedelta(hours=3)):
                after = advance(state, reading, at).checkin
                found.add((state.stage.value, after.stage.value))
                key = (after.stage, after.asked, after.posts, after.probes, after.tries, after.action, after.due_at)
                if key not in seen and not after.ended:
                    seen.add(key)
                    todo.append(after)
        found.add((state.stage.value, expire(state).stage.value))
    assert found == drawn


def test_a_rep_who_names_an_action_and_a_time_is_asked_to_confirm_at_once() -> None:
    assert says(does(hours=5), YES) == [Say.OPEN, Say.CONFIRM, Say.COMMITTED]


def test_an_action_without_a_time_is_only_asked_for_the_time() -> None:
    assert says(does(), does(None, 5), YES) == [Say.OPEN, Say.SHARPEN_TIME, Say.CONFIRM, Say.COMMITTED]


def test_thoughts_are_narrowed_and_then_asked_for_one_action() -> None:
    pricing = Reading(Intent.OTHER, obstacle="pricing")
    assert says(OTHER, pricing, OTHER, does(hours=5)) == [
        Say.OPEN,
        Say.OBSTACLE,
        Say.DIFFERENCE,
        Say.ACT,
        Say.CONFIRM,
    ]


def test_a_named_obstacle_is_not_asked_for_again() -> None:
    assert says(Reading(Intent.OTHER, obstacle="pricing"))[-1] is Say.DIFFERENCE


def test_vague_answers_are_sharpened_and_then_left_without_blame_while_a_message_is_left_to_say_so() -> None:
    steps = walked(OTHER, VAGUE, VAGUE, VAGUE)
    assert [s.say for s in steps] == [Say.OPEN, Say.OBSTACLE, Say.ACT, Say.SHARPEN_ACTION, Say.LEFT]
    assert steps[-1].checkin.stage is Stage.SKIPPED
    assert steps[-1].post


def test_not_today_ends_it() -> None:
    step = walked(Reading(Intent.REFUSAL))[-1]
    assert (step.say, step.checkin.stage, step.effects) == (Say.SKIPPED, Stage.SKIPPED, ())


def test_stop_ends_it_and_all_messages() -> None:
    step = walked(Reading(Intent.STOP))[-1]
    assert (step.say, step.effects) == (Say.STOPPED, (StopMessages(),))


def test_a_question_of_theirs_is_answered_and_the_standing_question_asked_again() -> None:
    step = walked(Reading(Intent.QUESTION))[-1]
    assert (step.say, step.preface, step.again) == (Say.OPEN, Preface.ANSWER, True)
    assert step.checkin.stage is Stage.OPENED


def test_asking_for_help_offers_to_tell_the_manager_and_shares_nothing_by_itself() -> None:
    step = walked(Reading(Intent.HELP))[-1]
    assert step.preface is Preface.HELP
    assert step.checkin.help_wanted
    assert not step.checkin.help_shared


@pytest.mark.parametrize(
    ("intent", "outcome"),
    [(Intent.DONE, Outcome.DONE), (Intent.PARTLY, Outcome.PARTLY), (Intent.NOT_DONE, Outcome.DROPPED)],
)
def test_an_earlier_commitment_gets_its_outcome_before_the_question(intent: Intent, outcome: Outcome) -> None:
    steps = walked(Reading(intent), reviewing="k1")
    assert [s.say for s in steps] == [Say.ASK_OUTCOME, Say.OPEN]
    assert steps[-1].effects == (RecordOutcome("k1", outcome),)


def test_moving_an_earlier_commitment_is_not_a_failure() -> None:
    step = walked(Reading(Intent.RESCHEDULE, due=due(3)), reviewing="k1")[-1]
    assert step.effects == (MoveCommitment("k1", AT + timedelta(hours=3)),)
    assert (step.say, step.preface) == (Say.OPEN, Preface.MOVED)


def test_who_names_todays_action_instead_of_an_outcome_is_taken_at_their_word() -> None:
    assert says(does(hours=5), reviewing="k1") == [Say.ASK_OUTCOME, Say.CONFIRM]


def test_a_time_that_passed_before_the_yes_is_asked_for_again() -> None:
    late = walked(does(hours=0.05))[-1].checkin
    step = advance(late, YES, AT + timedelta(hours=1))
    assert (step.say, step.preface, step.effects) == (Say.SHARPEN_TIME, Preface.TIME_PASSED, ())


def test_a_change_at_the_confirmation_is_shown_once_more() -> None:
    steps = walked(does(hours=5), does(None, 6))
    assert steps[-1].say is Say.CONFIRM
    assert steps[-1].checkin.due_at == AT + timedelta(hours=6)


def test_words_that_are_no_yes_never_commit() -> None:
    assert says(does(hours=5), OTHER)[-1] is Say.CONFIRM


def test_a_fact_with_a_time_in_it_is_not_taken_for_the_time_of_the_action() -> None:
    meetings = Reading(Intent.OTHER, due=due(2), obstacle="meetings till three")
    assert walked(meetings)[-1].checkin.due_at is None


def test_a_tap_turns_the_tapped_message_and_posts_nothing() -> None:
    before = walked(does(hours=5))[-1].checkin
    step = in_place(advance(before, YES, AT), before)
    assert not step.post
    assert step.checkin.posts == before.posts
