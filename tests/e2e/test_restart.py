"""The process ends in the middle of a day, told to or killed, and starts again: the day goes on.

What counts is what people see: nothing is lost and nothing appears twice. A message that was sent last is the
barrier in these tests: the product works on one person's messages in order and posts in order, so what would
appear twice stands before the answer to it.
"""

from __future__ import annotations

import pytest

from bot.delivery.sender import LEASE
from tests.e2e.office import ANNA, BEN, MARIA, Office, at, told
from tests.support.between import Between
from tests.support.process import until

pytestmark = [pytest.mark.stand_in, pytest.mark.parametrize("how", ["SIGTERM", "SIGKILL"])]


async def asked(office: Office) -> None:
    """Both reps have their question, and the process has noted that they have."""
    await office.hears(ANNA, "Maria sees your commitments")
    await office.hears(BEN, "Maria sees your commitments")
    await office.levers.noted()


async def test_a_check_in_goes_on_and_what_came_meanwhile_comes_once(moved_office: Office, how: str) -> None:
    office = moved_office
    office.levers.set(at("08:50"))  # the morning came while nothing ran
    await office.start()
    await asked(office)
    await office.stop(how)

    await office.start()
    await office.says(ANNA, "call Bea Lang at 3pm", "Shall this be your commitment?", "> call Bea Lang")
    await office.people.press(ANNA.id, ANNA.dm, "Commit")
    await office.hears(ANNA, "Committed:", told("15:00"))
    await office.levers.noted()
    await office.stop(how)

    office.levers.set(at("09:40"))  # and so did the time of the summary
    await office.start()
    await office.hears(MARIA, "1 of 2 committed", f"> call Bea Lang, by {told('15:00')}")
    await office.says(BEN, "write the Kessler plan", "By when")
    assert [len(await office.posted(who.dm)) for who in (ANNA, BEN, MARIA)] == [2, 2, 1]


async def test_an_answer_that_was_stored_and_not_read_is_answered_once(moved_office: Office, how: str) -> None:
    office = moved_office
    office.levers.set(at("08:50"))
    await office.start()
    await asked(office)
    office.levers.hush()
    await office.people.say(ANNA.id, ANNA.dm, "call Bea Lang at 3pm")
    await office.levers.asked()
    await office.stop(how)
    assert len(await office.posted(ANNA.dm)) == 1

    office.levers.speak()
    await office.start()
    await office.hears(ANNA, "Shall this be your commitment?", "> call Bea Lang", told("15:00"))
    await office.says(ANNA, "make it 4", told("16:00"))
    assert len(await office.posted(ANNA.dm)) == 3


async def test_a_reply_that_was_not_sent_is_sent_once(office_between: Office, between: Between, how: str) -> None:
    office = office_between
    office.levers.set(at("08:50"))
    await office.start()
    await asked(office)
    between.refuse("chat.postMessage")
    await office.people.say(ANNA.id, ANNA.dm, "call Bea Lang at 3pm")

    async def refused() -> bool:
        return bool(between.refused)

    await until(refused)
    await office.stop(how)
    assert len(await office.posted(ANNA.dm)) == 1

    await office.start()
    between.mend()
    # A process killed before it noted the refusal leaves the row claimed: the next one takes it when the lease ends.
    words = ("Shall this be your commitment?", "> call Bea Lang", told("15:00"))
    await office.hears(ANNA, *words, within=LEASE.total_seconds() + 15)
    await office.says(ANNA, "make it 4", told("16:00"))
    assert len(await office.posted(ANNA.dm)) == 3
