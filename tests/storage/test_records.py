"""What is kept of a person, on either database: handed out whole, erased whole, and gone when it is old."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.reading import Intent, Reading
from bot.domain.workspace import Workspace
from bot.ports.storage import SeenQuestion, Store, SummaryRecord, Turn
from bot.services.retention import Retention
from storage.open import AnyStorage
from tests.storage.rows import ANA, AT, DAY, MARIA, NORTH, WORKSPACE, a_checkin, a_commitment, add_people

SECRET = "Zacharias"
READING = Reading(Intent.COMMITMENT, f"call {SECRET}")


def live(store: Store) -> None:
    """A morning of Ana's with her words in every place that keeps some."""
    add_people(store)
    checkin = replace(a_checkin("c1", ANA, DAY), action=f"call {SECRET}", obstacle=SECRET, question=f"How, {SECRET}?")
    store.checkins.add(checkin)
    store.checkins.add_turn(Turn("t1", "c1", ANA.id, AT, f"call {SECRET}", "1.1", checkin, READING))
    store.checkins.add_seen(SeenQuestion(ANA.id, "q1", AT, "because", "c1"))
    store.commitments.add(replace(a_commitment("k1", ANA), action=f"call {SECRET}", if_then=SECRET, learning=SECRET))
    store.coachings.save_summary(SummaryRecord(NORTH.id, MARIA.id, DAY, "summary:1", "f", 1, AT))
    store.workspaces.save(Workspace(WORKSPACE, name="Acme"))


async def kept(storage: AnyStorage) -> str:
    """All that is kept of Ana."""
    return str(await storage.read(lambda s: s.records.of(s.people.get(ANA.id))))


async def test_all_of_it_is_handed_out_and_who_saw_it_is_known(storage: AnyStorage) -> None:
    await storage.write(live)
    assert (await kept(storage)).count(SECRET) >= 7
    seen = await storage.read(lambda s: s.records.seen(ANA))
    assert [(one.manager_id, one.mornings, one.last) for one in seen] == [(MARIA.id, 1, DAY)]


async def test_erasing_leaves_neither_words_nor_name_nor_id(storage: AnyStorage) -> None:
    await storage.write(live)
    counts = await storage.write(lambda s: s.records.erase(ANA, AT))
    assert counts == {"messages": 1, "questions_asked": 1, "check_ins": 1, "commitments": 1}
    left = await kept(storage)
    assert not any(one in left for one in (SECRET, ANA.name, ANA.slack_id))
    assert await storage.read(lambda s: s.people.by_slack(WORKSPACE, ANA.slack_id)) is None


@pytest.mark.parametrize(("days", "words"), [(89, True), (91, False)])
async def test_words_go_in_their_time_and_the_search_for_them_ends(storage: AnyStorage, days: int, words: bool) -> None:
    await storage.write(live)
    await Retention(storage).run(WORKSPACE, AT + timedelta(days=days))
    left = await kept(storage)
    assert (f"How, {SECRET}?" in left) == words
    assert f"'action': 'call {SECRET}'" in left, "the commitment itself has its own time"
    await Retention(storage).run(WORKSPACE, AT + timedelta(days=401))
    assert SECRET not in await kept(storage)


async def test_what_can_be_found_and_not_removed_does_not_keep_the_night_busy(
    storage: AnyStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await storage.write(live)
    monkeypatch.setattr("storage.cleaning.Cleaning.clean", lambda *_: {})
    await Retention(storage).run(WORKSPACE, AT + timedelta(days=91))
    assert SECRET in await kept(storage)
