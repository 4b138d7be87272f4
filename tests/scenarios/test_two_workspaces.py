"""Two workspaces with the same ids for everything: what is said, promised and won in one is never in the other."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest_asyncio

from tests.support.asking import asks_openly
from tests.support.team import ANA, BEN, BERLIN, CHANNEL, MARIA
from tests.support.two import HERE, THERE, Side, Two
from tests.support.world import local


@pytest_asyncio.fixture
async def two(tmp_path: Path) -> AsyncIterator[Two]:
    """Both on Monday, just after both Bens and both Anas were asked."""
    made = Two(tmp_path / "huddle.db")
    await made.set_up()
    await made.go(local(BERLIN, "2026-11-23 09:46"))
    yield made
    made.close()


def others(side: Side) -> str:
    """What the names of the other workspace's people end in."""
    return " Yonder" if side.workspace == HERE else " Hither"


async def test_both_are_asked_and_greeted_by_their_own(two: Two) -> None:
    for side in (two.here, two.there):
        assert [len(side.dm(user)) for user in (ANA, BEN)] == [1, 1]
        assert asks_openly(side.last(BEN).text)
        assert others(side) not in side.everything()
    assert "Maria" in two.here.dm(BEN)[0].text


async def test_a_talk_in_one_does_not_move_the_other(two: Two) -> None:
    before = two.there.everything()
    await two.here.say(BEN, "call Kessler by 2pm")
    assert "> call Kessler" in two.here.last(BEN).text
    assert two.there.everything() == before
    await two.there.say(BEN, "visit Okoye at 4pm")
    assert "> visit Okoye" in two.there.last(BEN).text
    assert "Okoye" not in two.here.everything()
    await two.here.press(BEN, "Commit")
    assert "Commit" in two.there.last(BEN).buttons, "the other draft still waits"
    assert "Kessler" not in two.there.everything()


async def test_the_same_message_id_in_both_is_two_messages(two: Two) -> None:
    stamp = "1764000000.000100"
    for side, words in ((two.here, "call Kessler by 2pm"), (two.there, "visit Okoye at 4pm")):
        event = {"type": "message", "user": BEN, "text": words, "ts": stamp, "channel": f"D{BEN[1:]}"}
        await side.event(event | {"channel_type": "im", "event_ts": stamp}, event_id="Ev-the-same")
    assert "> call Kessler" in two.here.last(BEN).text
    assert "> visit Okoye" in two.there.last(BEN).text


async def test_an_edit_and_a_deletion_reach_only_their_own(two: Two) -> None:
    heres = await two.here.say(BEN, "call Kessler by 2pm")
    theres = await two.there.say(BEN, "visit Okoye at 4pm")
    assert heres == theres
    await two.here.edit(BEN, heres, "call Kessler by 3pm", before="call Kessler by 2pm")
    assert "15:00" in two.here.last(BEN).text
    assert "16:00" in two.there.last(BEN).text
    await two.there.delete(BEN, theres)
    with closing(sqlite3.connect(two.database)) as connection:
        texts = [text for (text,) in connection.execute("SELECT text FROM turn WHERE text IS NOT NULL")]
    assert any("Kessler" in text for text in texts)
    assert not any("Okoye" in text for text in texts)


async def test_a_button_of_one_pressed_in_the_other_does_nothing(two: Two) -> None:
    await two.here.say(BEN, "call Kessler by 2pm")
    await two.there.say(BEN, "visit Okoye at 4pm")
    found = two.here.last(BEN)
    assert (found.channel, found.ts) == (two.there.last(BEN).channel, two.there.last(BEN).ts), "the same place"
    await two.there.tap(BEN, found.buttons["Commit"], found)
    for side in (two.here, two.there):
        assert "Commit" in side.last(BEN).buttons
    with closing(sqlite3.connect(two.database)) as connection:
        assert connection.execute("SELECT count(*) FROM commitment").fetchone() == (0,)


async def committed(side: Side, words: str) -> None:
    await side.say(BEN, words)
    await side.press(BEN, "Commit")


async def test_commands_and_homes_show_their_own(two: Two) -> None:
    await committed(two.here, "call Kessler by 2pm")
    await committed(two.there, "visit Okoye at 4pm")
    for side, own, other in ((two.here, "Kessler", "Okoye"), (two.there, "Okoye", "Kessler")):
        told = await side.command(BEN, "commitments")
        assert own in told
        assert other not in told
        for user in (BEN, MARIA, ANA):
            home = str(await side.open_home(user))
            assert other not in home
            assert others(side) not in home


async def test_an_outcome_a_summary_a_nudge_and_a_win_stay_where_they_are(two: Two) -> None:
    await committed(two.here, "call Kessler by 2pm")
    await two.go(local(BERLIN, "2026-11-23 14:06"))
    await two.here.press(BEN, "Done")
    await two.here.press(BEN, "Share as a win on the team channel")
    await two.go(local(BERLIN, "2026-11-27 18:00"))
    assert "Kessler" in str([m.text for m in two.here.channel(CHANNEL)])
    for side in (two.here, two.there):
        assert others(side) not in side.everything()
        assert len(side.dm(MARIA)) >= 5, "a summary a day, at the least"
    assert "Kessler" not in two.there.everything()


async def test_stopping_in_one_is_stopping_in_one(two: Two) -> None:
    await two.here.command(BEN, "stop")
    count = {side.workspace: len(side.dm(BEN)) for side in (two.here, two.there)}
    await two.go(local(BERLIN, "2026-11-24 09:00"))
    assert len(two.here.dm(BEN)) == count[HERE]
    assert len(two.there.dm(BEN)) > count[THERE]


async def test_an_echo_of_one_settles_no_message_of_the_other(two: Two) -> None:
    """A delivery's id is random; were it told in another workspace, it would still be nothing there."""
    await two.here.say(BEN, "call Kessler by 2pm", settle=False)
    await two.here.huddle.intake.settle()
    with closing(sqlite3.connect(two.database)) as connection:
        ((delivery_id,),) = connection.execute("SELECT delivery_id FROM outbox WHERE state = 'waiting'").fetchall()
    echo = {"type": "message", "bot_id": "B0BOT", "channel": f"D{BEN[1:]}", "channel_type": "im", "ts": "99.1"}
    payload = {"metadata": {"event_type": "delivery", "event_payload": {"delivery_id": delivery_id}}}
    before = len(two.here.dm(BEN))
    await two.there.event(echo | payload)
    two.here.now += timedelta(seconds=1)
    await two.here.settle()
    assert len(two.here.dm(BEN)) == before + 1, "it was still to be sent, and was"


async def test_what_is_erased_in_one_is_kept_in_the_other(two: Two) -> None:
    await committed(two.here, "call Kessler by 2pm")
    await committed(two.there, "visit Okoye at 4pm")
    await two.here.huddle.storage.write(lambda s: s.leaving.erase(HERE))
    with closing(sqlite3.connect(two.database)) as connection:
        everything = "\n".join(connection.iterdump())
    assert "Kessler" not in everything
    assert HERE not in everything
    assert "Okoye" in everything
    assert "Okoye" in await two.there.command(BEN, "commitments")
