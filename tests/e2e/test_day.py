"""A day of the product as a real process, by a clock that the test moves: what comes by itself, and when."""

from __future__ import annotations

import pytest

from bot.demo.slack_person import buttons
from tests.e2e.office import ANNA, BEN, MARIA, WINS, Office, at, says, told
from tests.support.asking import asks_openly

pytestmark = pytest.mark.stand_in


async def test_a_day_from_the_first_question_to_the_weeks_wins(moved_office: Office) -> None:
    office = moved_office
    office.levers.set(at("08:44"))
    await office.start()
    assert await office.posted(ANNA.dm) == []

    await office.levers.move(at("08:45"))
    await office.hears(ANNA, "Maria sees your commitments")
    await office.hears(BEN, "Maria sees your commitments")
    await office.says(ANNA, "call Bea Lang by 10am", "Shall this be your commitment?", f"by *{told('10:00')}*")
    await office.people.press(ANNA.id, ANNA.dm, "Commit")
    await office.hears(ANNA, "Committed:")
    assert await office.posted(MARIA.dm) == []

    await office.levers.move(at("09:30"))
    promise = f"> call Bea Lang, by {told('10:00')}"
    summary = await office.hears(MARIA, "1 of 2 committed", promise, "Asked, no answer yet")

    await office.levers.move(at("10:04"))
    assert "How did this go?" not in "".join(await office.posted(ANNA.dm))
    await office.levers.move(at("10:05"))
    check = await office.hears(ANNA, f"It's past {told('10:00')}. How did this go?", "> call Bea Lang")
    assert [b.label for b in buttons(check)] == ["Done", "Partly", "Moved to…", "Dropped it"]

    await office.levers.move(at("11:15"))
    nudge = await office.hears(MARIA, "no word yet on what Anna set out to do", promise)
    assert asks_openly(nudge["text"])
    assert [b.label for b in buttons(nudge)] == ["I've talked to them", "In 20 minutes", "Not today"]
    await office.people.press(MARIA.id, MARIA.dm, "I've talked to them")
    assert (await office.hears(MARIA, "Noted: you talked to Anna Weber today."))["ts"] == nudge["ts"]

    await office.people.press(ANNA.id, ANNA.dm, "Done")
    assert (await office.hears(ANNA, "Done:", "> call Bea Lang"))["ts"] == check["ts"]
    assert (await office.hears(MARIA, f"{promise} · done"))["ts"] == summary["ts"], "the summary is kept true in place"
    await office.people.press(ANNA.id, ANNA.dm, "Share as a win on the team channel")
    await office.hears(ANNA, "It will be in the team's wins this week, with your name.")

    await office.levers.move(at("14:59"))
    assert await office.posted(WINS) == []
    await office.levers.move(at("15:00"))
    wins = "North: this week's wins", "One commitment kept this week.", "*Anna Weber* kept this one:\n> call Bea Lang"
    await office.people.wait_for(WINS, says(*wins), 10.0)
    assert [len(await office.posted(place)) for place in (ANNA.dm, BEN.dm, MARIA.dm, WINS)] == [3, 1, 2, 1]
