"""Which question comes up: rotation, fit, variety, and the same answer for the same question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.question_bank import (
    Angle,
    Choice,
    Kind,
    Moment,
    Question,
    Situation,
    angle,
    choose,
    fill,
    slots,
)

NOTHING: frozenset[Situation] = frozenset()
SEEDS = [f"U1:day-{day}" for day in range(400)]


def question(
    identifier: str,
    text: str = "How will you start?",
    moment: Moment = Moment.OPENING,
    when: Iterable[Situation] = (Situation.ANY,),
    kinds: Iterable[Kind] = (Kind.ANY,),
) -> Question:
    return Question(identifier, text, moment, frozenset(when), frozenset(kinds))


GENERAL = tuple(question(f"general-{n}") for n in range(6))
PROSPECTING = tuple(question(f"prospecting-{n}", kinds=[Kind.PROSPECTING]) for n in range(3))
DISCOVERY = tuple(question(f"discovery-{n}", kinds=[Kind.DISCOVERY]) for n in range(3))
MONDAYS = tuple(question(f"monday-{n}", when=[Situation.MONDAY]) for n in range(2))
SMALL = tuple(question(f"small-{n}", "Who comes to mind?", when=[Situation.THIN]) for n in range(2))
OTHER_MOMENT = (question("acting-1", "What will you do first?", Moment.ACTING),)
BANK = (*GENERAL, *PROSPECTING, *DISCOVERY, *MONDAYS, *SMALL, *OTHER_MOMENT)


def pick(
    kind: Kind = Kind.PROSPECTING,
    situations: frozenset[Situation] = NOTHING,
    seen: tuple[str, ...] = (),
    seed: str = "U1:day-1",
    bank: tuple[Question, ...] = BANK,
) -> Choice:
    return choose(bank, Moment.OPENING, kind, situations, seen, seed)


def picks(kind: Kind = Kind.PROSPECTING, situations: frozenset[Situation] = NOTHING) -> Counter[str]:
    """How often each group of the bank comes up over many days without a history."""
    chosen = (pick(kind, situations, seed=seed).question.id for seed in SEEDS)
    return Counter(identifier.rpartition("-")[0] for identifier in chosen)


def test_a_bank_without_the_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="manager"):
        choose(BANK, Moment.MANAGER, Kind.ANY, NOTHING, (), "seed")


def test_only_questions_of_the_moment_come_up() -> None:
    assert "acting" not in picks()


def test_questions_for_other_work_do_not_come_up() -> None:
    assert "discovery" not in picks(Kind.PROSPECTING)
    assert set(picks(Kind.ANY)) == {"general"}


def test_questions_for_another_day_do_not_come_up() -> None:
    assert not {"monday", "small"} & set(picks())


def test_a_closer_fit_is_likelier_but_leaves_room_for_variety() -> None:
    found = picks()
    assert found["prospecting"] > found["general"] > 0
    found = picks(situations=frozenset({Situation.MONDAY}))
    assert found["monday"] > found["prospecting"] > found["general"] > 0


def test_any_in_a_reps_own_set_says_nothing() -> None:
    assert picks(situations=frozenset({Situation.ANY})) == picks()


def test_a_question_for_two_kinds_counts_as_made_for_each() -> None:
    both = question("both", kinds=[Kind.PROSPECTING, Kind.FOLLOW_UP])
    for kind in (Kind.PROSPECTING, Kind.FOLLOW_UP):
        assert "work on" in pick(kind, bank=(both,)).reason


def test_the_longest_ago_comes_back_when_all_were_seen() -> None:
    bank = (question("a"), question("b"), question("c"))
    assert pick(seen=("b", "c", "a"), bank=bank).question.id == "b"
    assert pick(seen=("b", "c", "a", "b"), bank=bank).question.id == "c"
    assert "longest ago" in pick(seen=("b", "c", "a"), bank=bank).reason


def test_without_a_fitting_day_the_kind_still_has_to_fit() -> None:
    bank = (
        question("monday", when=[Situation.MONDAY], kinds=[Kind.PROSPECTING]),
        question("other", kinds=[Kind.DISCOVERY]),
    )
    assert pick(bank=bank).question.id == "monday"


def test_without_a_fitting_kind_some_question_of_the_moment_comes_up() -> None:
    assert pick(Kind.LEARNING, bank=PROSPECTING).question in PROSPECTING


@pytest.mark.parametrize("dry", [Situation.THIN, Situation.SAME_WORDS])
def test_dry_answers_turn_the_angle(dry: Situation) -> None:
    bank = (
        *(question(f"plan-{n}", "How will you start?") for n in range(9)),
        question("imagine", "How would your customer start?"),
    )
    for seed in SEEDS[:50]:
        chosen = pick(situations=frozenset({dry}), seen=("plan-3",), seed=seed, bank=bank)
        assert chosen.question.id == "imagine"
        assert "another side" in chosen.reason
    assert any(pick(seen=("plan-3",), seed=seed, bank=bank).question.id != "imagine" for seed in SEEDS[:50])


def test_the_angle_turns_away_from_the_last_question_of_any_moment_too() -> None:
    bank = (
        question("plan", "How will you start?"),
        question("imagine", "How would your customer start?"),
        question("plan-again", "How will you go on?"),
        question("act", "How would you put it?", Moment.ACTING),
    )
    seen = ("imagine", "act")
    for seed in SEEDS[:20]:
        chosen = pick(situations=frozenset({Situation.THIN}), seen=seen, seed=seed, bank=bank)
        assert angle(chosen.question.text) is Angle.PLAN


def test_an_unseen_question_matters_more_than_a_new_angle() -> None:
    bank = (question("plan-1"), question("plan-2"), question("imagine", "How would you start?"))
    chosen = pick(situations=frozenset({Situation.THIN}), seen=("imagine", "plan-1"), bank=bank)
    assert chosen.question.id == "plan-2"
    assert "another side" not in chosen.reason


def test_the_reason_can_be_read() -> None:
    assert pick(bank=GENERAL).reason == "It suits any day. It has not come up in the last ten working days."
    made = question("x", when=[Situation.MONDAY], kinds=[Kind.ACCOUNT_GROWTH])
    assert pick(Kind.ACCOUNT_GROWTH, frozenset({Situation.MONDAY}), bank=(made,)).reason == (
        "It is made for a Monday and work on account growth. It has not come up in the last ten working days."
    )


@pytest.mark.parametrize("situation", list(Situation))
@pytest.mark.parametrize("kind", list(Kind))
def test_every_reason_is_a_sentence(kind: Kind, situation: Situation) -> None:
    made = question("x", when=[situation], kinds=[kind])
    reason = pick(kind, frozenset({situation}), bank=(made,)).reason
    assert reason[0].isupper()
    assert reason.endswith(".")
    assert "_" not in reason


identifiers = st.text("abcdef", min_size=1, max_size=3)
kinds = st.sampled_from(list(Kind))
situations = st.frozensets(st.sampled_from(list(Situation)), max_size=3)
questions = st.builds(
    question,
    identifiers,
    st.sampled_from(["How will you start?", "How would you start?", "What comes first?", "Who could help?"]),
    st.sampled_from([Moment.OPENING, Moment.ACTING]),
    st.frozensets(st.sampled_from(list(Situation)), min_size=1, max_size=2),
    st.frozensets(st.sampled_from(list(Kind)), min_size=1, max_size=2),
)
banks = st.lists(questions, min_size=1, max_size=12, unique_by=lambda each: each.id).filter(
    lambda bank: any(each.moment is Moment.OPENING for each in bank)
)
histories = st.lists(identifiers, max_size=12)


def fits(each: Question, kind: Kind, true: frozenset[Situation]) -> bool:
    return bool(each.kinds & {Kind.ANY, kind}) and bool(each.situations & (true | {Situation.ANY}))


@given(banks, kinds, situations, histories, st.text(max_size=8))
def test_the_choice_depends_on_nothing_but_its_arguments(
    bank: list[Question], kind: Kind, true: frozenset[Situation], seen: list[str], seed: str
) -> None:
    chosen = choose(bank, Moment.OPENING, kind, true, seen, seed)
    assert chosen == choose(list(reversed(bank)), Moment.OPENING, kind, true, tuple(seen), seed)
    assert chosen.question in bank
    assert chosen.question.moment is Moment.OPENING


@given(banks, kinds, situations, histories, st.text(max_size=8))
def test_nothing_is_repeated_while_something_fitting_is_unseen(
    bank: list[Question], kind: Kind, true: frozenset[Situation], seen: list[str], seed: str
) -> None:
    fitting = [each for each in bank if each.moment is Moment.OPENING and fits(each, kind, true)]
    chosen = choose(bank, Moment.OPENING, kind, true, seen, seed).question
    if fitting:
        assert chosen in fitting
    if any(each.id not in seen for each in fitting):
        assert chosen.id not in seen


@given(banks, kinds, situations, st.text(max_size=8))
def test_a_rep_goes_through_all_that_fits_before_anything_comes_back(
    bank: list[Question], kind: Kind, true: frozenset[Situation], seed: str
) -> None:
    fitting = [each for each in bank if each.moment is Moment.OPENING and fits(each, kind, true)]
    seen: list[str] = []
    for day in range(len(fitting) * 2):
        chosen = choose(bank, Moment.OPENING, kind, true, seen, f"{seed}:{day}").question
        if day >= len(fitting):
            assert chosen.id == seen[day - len(fitting)]
        seen.append(chosen.id)
    assert set(seen) == {each.id for each in fitting}


def test_a_question_added_to_a_group_takes_draws_over_without_moving_the_others_much() -> None:
    grown = (*BANK, question("general-new"))
    moved = [
        seed
        for seed in SEEDS
        if pick(seed=seed, bank=grown).question != pick(seed=seed).question
        and pick(seed=seed, bank=grown).question.id != "general-new"
    ]
    assert len(moved) < len(SEEDS) / 10


def test_slots_are_found() -> None:
    assert slots("{name}, how will you {focus}?") == {"name", "focus"}
    assert slots("How will you start?") == frozenset()


def test_filling_puts_the_behaviour_and_the_name_in() -> None:
    asked = question("x", "{name}, how will you {focus} today?")
    assert fill(asked, focus="set first meetings", name="Kim") == "Kim, how will you set first meetings today?"
    assert fill(question("y"), focus="set first meetings") == "How will you start?"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Set first meetings.", "set first meetings"),
        ("  write account plans ", "write account plans"),
        ("QBRs: hold one", "QBRs: hold one"),
        ("sort {things} out", "sort {things} out"),
    ],
)
def test_a_behaviour_is_fitted_into_the_sentence(written: str, read: str) -> None:
    assert fill(question("x", "How will you {focus} today?"), focus=written) == f"How will you {read} today?"


def test_a_missing_or_blank_value_is_an_error() -> None:
    asked = question("needy", "{name}, how will you {focus} today?")
    with pytest.raises(ValueError, match=r"needy.*focus, name"):
        fill(asked)
    with pytest.raises(ValueError, match="focus"):
        fill(asked, name="Kim", focus=" ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How will you start?", Angle.PLAN),
        ("How would you start?", Angle.IMAGINE),
        ("If they say no, what will you do?", Angle.IMAGINE),
        ("Picture your next call. How does it begin?", Angle.IMAGINE),
        ("How did you get there?", Angle.LOOK_BACK),
        ("How will you know that it worked?", Angle.SIGNAL),
        ("Walk me through your morning.", Angle.INVITE),
        ("Who could help?", Angle.NAME),
        ("Whose phone will ring first?", Angle.NAME),
        ("What comes first?", Angle.WHAT),
        ("{name}, what comes first?", Angle.WHAT),
    ],
)
def test_an_angle_is_told_by_the_words(text: str, expected: Angle) -> None:
    assert angle(text) is expected
