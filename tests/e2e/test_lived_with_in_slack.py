"""A team that was set up in Slack is lived with in Slack: days, settings, absences, privacy, and people who change."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.demo.small_slack import SmallSlack
from bot.demo.workspace import User
from tests.e2e.conftest import copy_database
from tests.e2e.newcomers import (
    ADA,
    ANNA,
    BEN,
    FIRST,
    MARIA,
    SECOND,
    SET_UP,
    THIRD,
    WINS,
    WORKSPACE,
    described,
    home,
    newcomers,
    on,
    small,
    told,
    words,
)
from tests.e2e.office import Office, says

__all__ = ["small"]
pytestmark = pytest.mark.stand_in


@pytest.fixture
async def office(tmp_path: Path, set_up: Path, small: SmallSlack) -> AsyncIterator[Office]:
    """The team has been set up and started in Slack, which is done once; the process does not run."""
    ready, folder = set_up / "in Slack", set_up / "on the way"
    if not ready.exists():
        folder.mkdir()
        async with SmallSlack(WORKSPACE) as before, newcomers(folder, before, HUDDLE_ADMIN=ADA.id) as first:
            first.levers.set(on(SET_UP, "10:00"))
            await first.start()
            await first.hears(ADA, "You look after me")
            await described(first, ADA)
            await first.hears(MARIA, 'when you tap "Start"')
            await first.people.press(MARIA.id, MARIA.dm, "Start")
            for reader in (MARIA, ADA):
                await first.hears(reader, "North has started")
            await first.stop("SIGTERM")
        folder.rename(ready)
    copy_database(ready, tmp_path)
    async with newcomers(tmp_path, small, HUDDLE_ADMIN=ADA.id) as found:
        await found.people.invite_bot(WINS, by=MARIA.id)
        yield found


async def commits(office: Office, user: User, text: str) -> None:
    """Say it in the check-in, and confirm it."""
    await office.says(user, text, "Shall this be your commitment?")
    await office.people.press(user.id, user.dm, "Commit")
    await office.hears(user, "Committed:")


async def test_the_first_day_of_two_reps_and_their_manager(office: Office) -> None:
    people = office.people
    office.levers.set(on(FIRST, "08:46"))
    await office.start()
    await office.hears(ANNA, "Morning, Anna")
    await office.hears(BEN, "Morning, Ben")
    await home(office, ANNA, "Your check-in is open", "[Not today]")
    await commits(office, ANNA, "call Bea Lang by 10am")
    await commits(office, BEN, "write the Kessler plan by 5pm")
    summary = await office.hears(
        MARIA, "2 of 2 committed", f"> call Bea Lang, by {told(FIRST, '10:00')}", "> write the Kessler plan"
    )
    await home(office, MARIA, "2 of 2 committed", "[I've talked to them]")

    await office.levers.move(on(FIRST, "11:16"))
    check = await office.hears(ANNA, f"It's past {told(FIRST, '10:00')}. How did this go?")
    nudge = await office.hears(MARIA, "A word with Anna Weber would help most this morning")
    await people.press(MARIA.id, MARIA.dm, "I've talked to them")
    assert (await office.hears(MARIA, "you talked to Anna Weber today"))["ts"] == nudge["ts"]
    await people.press(ANNA.id, ANNA.dm, "Done")
    assert (await office.hears(ANNA, "Done:"))["ts"] == check["ts"]
    assert (await office.hears(MARIA, "call Bea Lang", "· done"))["ts"] == summary["ts"]
    await people.press(ANNA.id, ANNA.dm, "Share as a win on the team channel")
    await office.hears(ANNA, "It will be in the team's wins this week")
    await office.levers.move(on(FIRST, "15:00"))
    await people.wait_for(WINS, says("North: this week's wins", "*Anna Weber* kept this one"), 15)
    await home(office, ANNA, "call Bea Lang", "1 of 1 kept")


async def test_settings_and_days_away_change_what_comes_and_when(office: Office) -> None:
    people = office.people
    office.levers.set(on(FIRST, "08:46"))
    await office.start()
    await office.hears(ANNA, "Morning, Anna")
    await home(office, ANNA, "[Settings]")
    await people.press_home(ANNA.id, "Settings")
    await people.wait_for_modal("settings")
    await people.fill(ANNA.id, "own_time", "05:00")
    assert set(await people.submit(ANNA.id) or {}) == {"own_time"}
    await people.fill(ANNA.id, "own_time", "09:15")
    assert not await people.submit(ANNA.id)
    await office.hears(ANNA, "Saved. I ask you at 09:15", f"Your next question comes {told(SECOND, '09:15')}")
    await people.wait_for_home(ANNA.id, lambda view: told(SECOND, "09:15") in words(view))

    assert "you're away on" in await office.commands(BEN, f"away {SECOND.day} {SECOND:%b}")
    await office.says(ANNA, f"off on {THIRD.day} {THIRD:%b}", "Shall I leave you in peace on")
    await people.press(ANNA.id, ANNA.dm, "Yes, do")
    await office.hears(ANNA, "Noted: you're away on")
    await office.levers.move(on(SECOND, "09:14"))
    known = len(await office.posted(ANNA.dm))
    await office.levers.move(on(SECOND, "09:41"))
    assert len(await office.posted(ANNA.dm)) == known + 1, "her own time"
    await office.hears(MARIA, "0 of 1 committed", "Away today")

    await home(office, MARIA, "[Somebody is away…]")
    await people.press_home(MARIA.id, "Somebody is away…")
    await people.wait_for_modal("away_whose")
    await people.fill(MARIA.id, "away_for", "Anna Weber")
    assert "leave Anna in peace" in words(await people.wait_for_modal("away"))
    await people.fill(MARIA.id, "away_first", f"{THIRD + timedelta(days=1)}")
    assert not await people.submit(MARIA.id)
    await office.hears(ANNA, "Maria has noted that you're away on")
    await people.press_home(ANNA.id, "Settings")
    await people.wait_for_modal("settings")
    await people.fill(ANNA.id, "own_when", "The evening before")
    assert not await people.submit(ANNA.id)
    await office.hears(ANNA, "the evening before")
    await office.levers.move(on(THIRD, "09:41"))
    await office.hears(BEN, "Morning, Ben. Good to have you back; we start gently.")
    assert not [text for text in await office.posted(BEN.dm) if "First, what you set out" in text]
    await office.hears(MARIA, "0 of 1 committed")


async def test_a_commitment_at_any_time_by_word_and_from_a_message(office: Office) -> None:
    people = office.people
    office.levers.set(on(FIRST, "08:46"))
    await office.start()
    await office.hears(ANNA, "Morning, Anna")
    assert "I'll bring your question back" in await office.commands(ANNA, "later 20m")
    assert 'a tap on "Commit" there makes it yours' in await office.commands(ANNA, "commit send Tom the offer by 16:00")
    await office.hears(ANNA, "Shall this be your commitment?", "send Tom the offer")
    await people.press(ANNA.id, ANNA.dm, "Commit")
    await office.hears(ANNA, "Committed:", "send Tom the offer", told(FIRST, "16:00"))
    ts = await people.say(MARIA.id, WINS, "ring Kim about Friday")
    await people.shortcut(ANNA.id, WINS, ts, "make_commitment")
    await people.wait_for_modal("commitment")
    await people.fill(ANNA.id, "when", "yesterday")
    assert set(await people.submit(ANNA.id) or {}) == {"when"}
    await people.fill(ANNA.id, "when", "17:00")
    assert not await people.submit(ANNA.id)
    await office.hears(ANNA, "Committed:", "ring Kim about Friday")
    assert "Tap the one that's done" in await office.commands(ANNA, "done")
    await office.hears(ANNA, "Which one is done?")
    await people.press(ANNA.id, ANNA.dm, "ring Kim about Friday")
    await office.hears(ANNA, "Done:", "ring Kim about Friday")
    listed = await office.commands(ANNA, "commitments")
    assert "ring Kim about Friday" in listed
    assert ": done" in listed
    await home(office, ANNA, "*send Tom the offer*")
    await people.press_home(ANNA.id, "Dropped it")
    await people.wait_for_home(ANNA.id, lambda view: "send Tom the offer" in words(view) and "dropped" in words(view))
    await home(office, MARIA, "· dropped")


async def test_what_is_kept_is_shown_handed_out_and_erased(office: Office, tmp_path: Path) -> None:
    people = office.people
    office.levers.set(on(FIRST, "08:46"))
    await office.start()
    await office.hears(BEN, "Morning, Ben")
    await commits(office, BEN, "call Zacharias by 5pm")
    await office.levers.move(on(FIRST, "09:41"))
    await office.hears(MARIA, "1 of 2 committed", "call Zacharias")

    await people.command(BEN.id, BEN.dm, "/coach", "privacy")
    overview = words(await people.wait_for_modal("privacy"))
    assert "Your 1 commitment and how it went" in overview
    assert "Maria Kern: your commitments and how they went, in 1 morning summary" in overview
    await people.press_modal(BEN.id, "Send me all of it")
    sent = await people.wait_for(BEN.dm, lambda message: len(message.get("files", [])) == 3, 15)
    files = {one["name"].partition("-")[0]: (await people.download(one)).decode() for one in sent["files"]}
    whole = json.loads(files["everything"])
    assert whole["you"][0]["name"] == "Ben Sato"
    assert [one["action"] for one in whole["commitments"]] == ["call Zacharias"]
    assert "call Zacharias" in files["commitments"]
    assert "call Zacharias by 5pm" in files["messages"]
    assert not [text for text in files.values() if ANNA.id in text or "Anna Weber" in text]

    await people.close_modal(BEN.id)
    await people.command(BEN.id, BEN.dm, "/coach", "privacy")
    await people.wait_for_modal("privacy")
    await people.press_modal(BEN.id, "Erase everything…")
    assert "now and for good" in words(await people.wait_for_modal("erase"))
    assert kept(tmp_path, b"Zacharias")
    assert not await people.submit(BEN.id)
    await office.hears(BEN, "Everything I kept about you is erased")
    await office.hears(MARIA, "One of the reps of North has stopped.")
    assert await people.modal() is None
    await office.levers.noted()
    for words_of_his in (b"Zacharias", b"Ben Sato"):
        assert not kept(tmp_path, words_of_his), "not in the file, nor in its log"
    with sqlite3.connect(tmp_path / "huddle.db") as database:
        assert "Ben Sato" not in "".join(database.iterdump())
    await office.levers.move(on(SECOND, "09:41"))
    assert "erased" in (await office.posted(BEN.dm))[-1]
    assert "Zacharias" not in office.product.output


def kept(folder: Path, secret: bytes) -> list[str]:
    """The files of the database, in which the words can be found as they are."""
    return [file.name for file in folder.glob("huddle.db*") if secret in file.read_bytes()]


async def test_stopping_and_coming_back_and_people_who_leave(office: Office) -> None:
    people = office.people
    office.levers.set(on(FIRST, "08:46"))
    await office.start()
    await office.hears(ANNA, "Morning, Anna")
    await commits(office, ANNA, "call Bea Lang by 5pm")
    assert "I won't message you any more" in await office.commands(BEN, "stop")
    known = len(await office.posted(BEN.dm))
    await office.levers.move(on(SECOND, "08:46"))
    assert len(await office.posted(BEN.dm)) == known
    await office.hears(ANNA, "First, what you set out to do", "call Bea Lang")
    await office.commands(BEN, "start")
    await people.wait_for(BEN.dm, says("?"), 15)

    await people.archive(WINS)
    await office.hears(MARIA, "The wins of North can't be posted at the moment", "archived")
    await people.deactivate(ANNA.id)
    await office.hears(MARIA, "Anna Weber has left the workspace", "> call Bea Lang")
    gone = len(await office.posted(ANNA.dm))
    hers = len(await office.posted(MARIA.dm))
    await people.deactivate(MARIA.id)
    await office.hears(ADA, "Maria Kern managed North", "Nobody manages the team any more")
    await home(office, ADA, "No manager · 1 rep")
    await office.levers.move(on(THIRD, "09:41"))
    assert len(await office.posted(ANNA.dm)) == gone
    assert len(await office.posted(MARIA.dm)) == hers, "nothing goes to somebody who has left"
