"""Thirty reps, ten working days, both coaches: what must hold in every walk, and the transcripts as they are kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.personas import snapshots
from tests.personas.properties import PROPERTIES
from tests.personas.reps import DAYS, Group, everybody, groups
from tests.personas.walks import COACHES, walk

pytestmark = pytest.mark.long
ANEW = "python -m tests.personas"


@pytest.mark.parametrize("coach", COACHES)
@pytest.mark.parametrize("group", groups(), ids=lambda group: group.id)
async def test_ten_working_days(group: Group, coach: str, tmp_path: Path, subtests: pytest.Subtests) -> None:
    done = await walk(group, coach, tmp_path)
    for holds in PROPERTIES:
        with subtests.test(holds.__name__):
            assert list(holds(done)) == []
    for path, text in snapshots.written(done).items():
        with subtests.test(path.name):
            assert path.read_text("utf-8") == text, f"if the change is meant: {ANEW}"


def test_there_are_thirty_different_people() -> None:
    people = everybody()
    assert len(people) == 30
    assert len({person.id for person in people}) == len({person.name for person in people}) == 30
    assert all(len(person.days) == len(DAYS) or len(person.days) == 1 for person in people)


def test_every_transcript_belongs_to_somebody() -> None:
    files = {path.name for path in snapshots.FOLDER.glob("*.txt")}
    assert files == {f"{person.id}{end}" for person in everybody() for end in (".txt", ".model.txt")}


def test_the_funnels_in_the_docs_are_those_of_the_transcripts() -> None:
    assert snapshots.FUNNELS.read_text("utf-8") == snapshots.funnels(), f"if the change is meant: {ANEW}"
