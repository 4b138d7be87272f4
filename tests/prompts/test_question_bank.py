"""The questions that ship: every one keeps the rules, there are enough of them, and a bad file is refused by name."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations

import pytest

from bot.domain.question_bank import Angle, Kind, Moment, Question, Situation, angle, choose, fill, slots
from bot.domain.questions import faults
from prompts.questions import LONGEST_TEXT, BankError, load_bank, read_bank

BANK = load_bank()
BEHAVIOURS = (
    "set first meetings",
    "write account plans",
    "ask customers why they buy",
    "hold a quarterly review with each key account",
    "follow up on every open proposal within two days",
    "find out who decides and how they decide",
    "update your forecast notes",
    "Prepare and confirm an agenda before each meeting.",
    "role-play one difficult call",
)
NAMES = ("Kim", "Anna-Lena", "D'Arcy", "Will", "May", "José")
REAL_KINDS = [kind for kind in Kind if kind is not Kind.ANY]
SUITS_ALL = frozenset({Situation.ANY})

LEAST = {
    Moment.OPENING: 160,
    Moment.OBSTACLE: 36,
    Moment.OPPORTUNITY: 36,
    Moment.DIFFERENCE: 36,
    Moment.ACTING: 24,
    Moment.IF_THEN: 24,
    Moment.SHARPEN_ACTION: 18,
    Moment.LEARN_DONE: 20,
    Moment.LEARN_PARTLY: 16,
    Moment.LEARN_DROPPED: 16,
    Moment.MANAGER: 70,
}
EXPLORING = (Moment.OBSTACLE, Moment.OPPORTUNITY, Moment.DIFFERENCE)
LEARNING = (Moment.LEARN_DONE, Moment.LEARN_PARTLY, Moment.LEARN_DROPPED)
MET_BY_A_MANAGER = (
    Situation.FIRST_DAY,
    Situation.KEPT_STREAK,
    Situation.DROPPED_YESTERDAY,
    Situation.HELP_ASKED,
    Situation.THIN,
    Situation.SILENT,
)
MOST_WORDS = 21  # in one sentence, for readers whose first language is another

JARGON = set(
    re.findall(
        r"\S+",
        """
        pipeline funnel leverage synergy kpi quota prospect prospects lead leads
        touchpoint cadence stakeholder stakeholders upsell deliverable bandwidth alignment actionable ideate learnings
        utilise deep-dive champion icp roi mql sql saas
        """,
    )
)
JARGON_PHRASES = (
    "touch base",
    "circle back",
    "low-hanging",
    "move the needle",
    "pain point",
    "value add",
    "reach out",
    "on your plate",
    "door open",
    "pair of eyes",
    "raise the bar",
    "pick up the thread",
    "head home",
    "put your name to",
)


def of(*moments: Moment) -> list[Question]:
    return [question for question in BANK if question.moment in moments]


def ids(question: Question) -> str:
    return question.id


def content_words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z{}']+", text.lower()))


@pytest.mark.parametrize("question", BANK, ids=ids)
def test_every_question_keeps_the_rules_whatever_fills_its_slots(question: Question) -> None:
    held = slots(question.text)
    for behaviour in BEHAVIOURS if "focus" in held else BEHAVIOURS[:1]:
        for name in NAMES if "name" in held else NAMES[:1]:
            asked = fill(question, focus=behaviour, name=name)
            assert faults(asked) == (), asked
            assert faults(asked, [question.text, behaviour, name]) == (), asked


@pytest.mark.parametrize("question", BANK, ids=ids)
def test_every_question_is_plain_and_short(question: Question) -> None:
    assert len(question.text) <= LONGEST_TEXT
    assert "!" not in question.text
    assert question.text[0].isupper() or question.text.startswith("{name}")
    assert question.text[-1] in "?."
    assert not content_words(question.text) & JARGON
    assert not any(phrase in question.text.lower() for phrase in JARGON_PHRASES)
    assert all(len(sentence.split()) <= MOST_WORDS for sentence in re.split(r"(?<=[.?]) ", question.text))


@pytest.mark.parametrize("question", [each for each in BANK if "focus" in slots(each.text)], ids=ids)
def test_a_focus_stands_where_a_verb_phrase_of_any_length_reads_well(question: Question) -> None:
    assert re.search(r"\b(?:to|you|they) \{focus\}[?,.]", question.text)


@pytest.mark.parametrize("question", of(*LEARNING), ids=ids)
def test_no_look_back_blames_or_asks_for_a_reason(question: Question) -> None:
    blaming = r"\b(?:why|wrong|fail\w*|mistakes?|reason|should|problem|only|missed|forgot\w*|not done|didn't|did not)\b"
    assert not re.search(blaming, question.text.lower())


@pytest.mark.parametrize("question", of(Moment.OPENING), ids=ids)
def test_every_opening_is_a_how_question(question: Question) -> None:
    assert re.search(r"\bhow\b|^in what way\b", question.text.lower())


@pytest.mark.parametrize("question", of(Moment.ACTING), ids=ids)
def test_every_acting_question_asks_for_the_action_and_the_time(question: Question) -> None:
    assert question.text.endswith(", and by when?")


@pytest.mark.parametrize("question", of(Moment.IF_THEN), ids=ids)
def test_every_if_then_question_names_a_case(question: Question) -> None:
    assert re.search(r"\b(?:if|suppose|should)\b", question.text.lower())


def test_only_a_manager_uses_the_reps_name() -> None:
    assert {question.moment for question in BANK if "name" in slots(question.text)} == {Moment.MANAGER}


def test_there_are_enough_questions() -> None:
    counts = Counter(question.moment for question in BANK)
    assert {moment: counts[moment] for moment in Moment if counts[moment] < LEAST[moment]} == {}


@pytest.mark.parametrize("kind", REAL_KINDS)
def test_every_kind_of_work_has_questions_of_its_own(kind: Kind) -> None:
    counts = Counter(question.moment for question in BANK if kind in question.kinds)
    assert counts[Moment.OPENING] >= 8
    assert min(counts[moment] for moment in EXPLORING) >= 3
    assert counts[Moment.ACTING] + counts[Moment.IF_THEN] >= 4
    assert counts[Moment.SHARPEN_ACTION] >= 1
    assert counts[Moment.MANAGER] >= 4


@pytest.mark.parametrize("situation", [each for each in Situation if each is not Situation.ANY])
def test_every_situation_has_openings_for_any_work(situation: Situation) -> None:
    fitting = [q for q in of(Moment.OPENING) if situation in q.situations and Kind.ANY in q.kinds]
    assert len(fitting) >= 6


@pytest.mark.parametrize("situation", MET_BY_A_MANAGER)
def test_a_manager_has_questions_for_every_situation_a_conversation_may_start_from(situation: Situation) -> None:
    assert len([question for question in of(Moment.MANAGER) if situation in question.situations]) >= 5


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("has_focus", [True, False])
def test_no_opening_has_to_come_back_within_ten_working_days(kind: Kind, has_focus: bool) -> None:
    bank = [question for question in BANK if has_focus or "focus" not in slots(question.text)]
    seen: list[str] = []
    for day in range(10):
        seen.append(choose(bank, Moment.OPENING, kind, SUITS_ALL, seen, f"U1:{day}").question.id)
    assert len(set(seen)) == 10


@pytest.mark.parametrize("moment", list(Moment))
def test_a_rep_without_a_focus_can_be_asked_too(moment: Moment) -> None:
    general = [q for q in of(moment) if Kind.ANY in q.kinds and Situation.ANY in q.situations]
    assert len([q for q in general if "focus" not in slots(q.text)]) >= 5


def test_openings_look_at_the_day_from_several_angles() -> None:
    angles = Counter(angle(question.text) for question in of(Moment.OPENING))
    assert set(angles) >= {Angle.PLAN, Angle.IMAGINE, Angle.LOOK_BACK, Angle.SIGNAL, Angle.INVITE}
    assert max(angles.values()) < 0.7 * angles.total()


@pytest.mark.parametrize("kind", REAL_KINDS)
def test_the_openings_for_a_kind_of_work_have_several_angles(kind: Kind) -> None:
    assert len({angle(question.text) for question in of(Moment.OPENING) if kind in question.kinds}) >= 4


@pytest.mark.parametrize("situation", [each for each in Situation if each is not Situation.ANY])
def test_the_openings_for_a_situation_have_several_angles(situation: Situation) -> None:
    assert len({angle(question.text) for question in of(Moment.OPENING) if situation in question.situations}) >= 3


@pytest.mark.parametrize("moment", list(Moment))
def test_the_questions_of_a_moment_do_not_all_begin_alike(moment: Moment) -> None:
    starts = Counter(" ".join(question.text.removeprefix("{name}, ").split()[:2]) for question in of(moment))
    assert max(starts.values()) <= max(3, 0.35 * starts.total())


def test_no_two_questions_have_the_same_words() -> None:
    wordings = Counter(re.sub(r"\W+", " ", question.text.lower()).strip() for question in BANK)
    assert [wording for wording, count in wordings.items() if count > 1] == []


@pytest.mark.parametrize("moment", list(Moment))
def test_no_two_questions_of_a_moment_are_nearly_the_same(moment: Moment) -> None:
    words = {question.id: content_words(question.text.removesuffix(", and by when?")) for question in of(moment)}
    close = [
        (one, other)
        for (one, a), (other, b) in combinations(words.items(), 2)
        if len(a & b) / len(a | b) > 0.7  # of the words of both, those they share
    ]
    assert close == []


GOOD_ENTRY = '{id: a-1, text: "How will you start?"}'


def bank_of(*entries: str, head: str = "moment: opening\n") -> tuple[Question, ...]:
    return read_bank({"opening.yaml": f"{head}questions:\n" + "".join(f"  - {entry}\n" for entry in entries)})


def test_an_entry_without_marks_suits_every_behaviour_and_every_day() -> None:
    assert bank_of(GOOD_ENTRY) == (
        Question("a-1", "How will you start?", Moment.OPENING, SUITS_ALL, frozenset({Kind.ANY})),
    )


def test_marks_are_read() -> None:
    (question,) = bank_of('{id: a-1, text: "How will you start?", for: [discovery, proposal], when: [monday]}')
    assert question.kinds == {Kind.DISCOVERY, Kind.PROPOSAL}
    assert question.situations == {Situation.MONDAY}


def test_an_entry_may_name_its_own_moment() -> None:
    (question,) = bank_of('{id: a-1, moment: obstacle, text: "What is in the way?"}', head="")
    assert question.moment is Moment.OBSTACLE


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ('{id: a-1, text: "How will you start?", kind: discovery}', "opening.yaml: a-1 has the unknown key 'kind'"),
        ('{id: a-1, text: "How will you {focsu}?"}', "opening.yaml: a-1 has an unknown slot"),
        ('{id: a-1, text: "How will you {focus?"}', "opening.yaml: a-1 has an unknown slot or a stray brace"),
        ('{id: a-1, text: "How will you {fo cus}?"}', "opening.yaml: a-1 has an unknown slot or a stray brace"),
        ('{id: a-1, text: "How will you start, {name}?"}', "opening.yaml: a-1 has the slot {name}"),
        ('{id: a-1, text: "How will you start?", for: [selling]}', "opening.yaml: a-1 has 'selling' for 'for'"),
        ('{id: a-1, text: "How will you start?", when: [sunday]}', "opening.yaml: a-1 has 'sunday' for 'when'"),
        ('{id: a-1, text: "How will you start?", for: discovery}', "opening.yaml: a-1 needs a list for 'for'"),
        ('{id: a-1, text: "How will you start?", for: []}', "opening.yaml: a-1 needs a list for 'for'"),
        ('{id: a-1, text: "How will you start?", for: [any, discovery]}', "'any' beside something else"),
        ('{id: a-1, text: "How will you start?", when: [monday, monday]}', "lists something twice"),
        ('{id: a-1, text: "How will you start?", moment: acting}', "a-1 names a moment although its file does"),
        ('{id: a-1, text: "Will you start?"}', "opening.yaml: a-1 breaks the question rules (closed)"),
        ('{id: a-1, text: " How will you start?"}', "opening.yaml: a-1 has stray white space"),
        ('{id: a-1, text: "How  will you start?"}', "opening.yaml: a-1 has stray white space"),
        ('{id: a-1, text: ""}', "opening.yaml: a-1 needs a text"),
        ("{id: a-1}", "opening.yaml: a-1 needs a text"),
        ('{id: a-1, text: "How?", text: "What?"}', "the key 'text' is written twice"),
        ('{text: "How will you start?"}', "opening.yaml: entry 1 needs an id"),
        ("just words", "opening.yaml: entry 1 needs an id"),
        ("{id: a-1, text", "opening.yaml: this is not YAML"),
        (f'{{id: a-1, text: "How {"very " * 30}well?"}}', "opening.yaml: a-1 is 159 characters long; at most 140"),
    ],
)
def test_a_bad_entry_is_refused_with_its_file_and_id(entry: str, complaint: str) -> None:
    with pytest.raises(BankError, match=re.escape(complaint)):
        bank_of(entry)


def test_an_id_used_twice_is_refused() -> None:
    with pytest.raises(BankError, match=r"opening\.yaml: a-1 is already used in opening\.yaml"):
        bank_of(GOOD_ENTRY, '{id: a-1, text: "How else could you start?"}')
    file = f"moment: opening\nquestions:\n  - {GOOD_ENTRY}\n"
    with pytest.raises(BankError, match=r"b\.yaml: a-1 is already used in a\.yaml"):
        read_bank({"a.yaml": file, "b.yaml": file})


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (f"questions:\n  - {GOOD_ENTRY}", "has None for 'moment'"),
        (f"moment: lunch\nquestions:\n  - {GOOD_ENTRY}", "has 'lunch' for 'moment'"),
        (f"moment: opening\nmood: good\nquestions:\n  - {GOOD_ENTRY}", "file.yaml has the unknown key 'mood'"),
        (f"- {GOOD_ENTRY}", "needs a list under the key 'questions'"),
        ("", "needs a list under the key 'questions'"),
    ],
)
def test_a_bad_file_is_refused(text: str, complaint: str) -> None:
    with pytest.raises(BankError, match=re.escape(complaint)):
        read_bank({"file.yaml": text})
