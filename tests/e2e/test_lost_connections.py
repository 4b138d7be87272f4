"""The connection to Slack breaks around an answer of a rep: it is answered all the same, and once.

In the small Slack, which sends again what was not acknowledged, as Slack does.
"""

from __future__ import annotations

import pytest

from tests.e2e.office import ANNA, BEN, Office, at, told
from tests.support.between import Between
from tests.support.process import until

pytestmark = pytest.mark.stand_in

ANSWER = "call Bea Lang at 3pm"


async def asked(office: Office) -> None:
    """It runs, the reps have their questions, and it has noted that they have."""
    office.levers.set(at("08:45"))
    await office.start()
    await office.hears(ANNA, "Maria sees your commitments")
    await office.hears(BEN, "Maria sees your commitments")
    await office.levers.noted()


async def answered_once(office: Office) -> None:
    """The answer gets its reply; another message, which is worked on after it, shows that there is no second one."""
    await office.hears(ANNA, "Shall this be your commitment?", "> call Bea Lang", told("15:00"), within=20)
    await office.says(ANNA, "make it 4", told("16:00"))
    assert len(await office.posted(ANNA.dm)) == 3, await office.people.transcript(ANNA.dm)


async def acknowledged(proxy: Between, times: int = 1) -> None:
    async def so_often() -> bool:
        return proxy.acknowledged.count(ANSWER) == times

    await until(so_often)


async def test_an_answer_on_its_way_to_a_process_that_dies_is_sent_again(small_office: Office) -> None:
    office = small_office
    await asked(office)
    office.product.freeze()
    await office.people.say(ANNA.id, ANNA.dm, ANSWER)
    await office.product.kill()
    await office.gone()
    assert len(await office.posted(ANNA.dm)) == 1
    await office.start()
    await answered_once(office)


async def test_an_answer_stored_by_a_process_that_dies_before_slack_hears_so_counts_once(
    small_office: Office, small_between: Between
) -> None:
    office = small_office
    await asked(office)
    office.levers.hush()
    small_between.lose_acknowledgement(ANSWER)
    await office.people.say(ANNA.id, ANNA.dm, ANSWER)
    await acknowledged(small_between)
    await office.product.kill()
    await office.gone()
    small_between.mend()
    office.levers.speak()
    await office.start()
    await acknowledged(small_between, times=2)
    await answered_once(office)


async def test_an_answer_acknowledged_and_not_worked_on_is_taken_up_by_the_next_process(
    small_office: Office, small_between: Between
) -> None:
    office = small_office
    await asked(office)
    office.levers.hush()
    await office.people.say(ANNA.id, ANNA.dm, ANSWER)
    await office.levers.asked()
    await acknowledged(small_between)
    await office.product.kill()
    await office.gone()
    office.levers.speak()
    await office.start()
    await answered_once(office)
    assert small_between.acknowledged.count(ANSWER) == 1, "Slack has not sent it again"


async def test_an_answer_that_slack_sends_twice_to_a_living_process_is_answered_once(
    small_office: Office, small_between: Between
) -> None:
    office = small_office
    await asked(office)
    small_between.lose_acknowledgement(ANSWER)
    await office.people.say(ANNA.id, ANNA.dm, ANSWER)
    await acknowledged(small_between, times=2)
    small_between.mend()
    await answered_once(office)


async def test_an_answer_given_while_nothing_runs_waits_for_the_next_process(small_office: Office) -> None:
    office = small_office
    await asked(office)
    await office.stop("SIGTERM")
    await office.people.say(ANNA.id, ANNA.dm, ANSWER)
    await office.start()
    await answered_once(office)


async def test_an_answer_given_while_the_connection_is_cut_is_heard_on_the_next(
    small_office: Office, small_between: Between
) -> None:
    office = small_office
    await asked(office)
    await small_between.cut()
    await office.people.say(ANNA.id, ANNA.dm, ANSWER)
    await answered_once(office)


async def test_a_reply_that_slack_took_without_a_word_is_found_there_and_not_said_again(
    small_office: Office, small_between: Between
) -> None:
    """Only Slack knows that the first try worked: its history is asked before anything is said again."""
    office = small_office
    await asked(office)
    small_between.leave_unanswered("chat.postMessage")
    await office.people.say(ANNA.id, ANNA.dm, ANSWER)
    await office.hears(ANNA, "> call Bea Lang")
    await office.product.kill()
    await office.gone()
    small_between.mend()
    office.levers.set(at("08:47"))
    await office.start()
    await office.says(ANNA, "make it 4", told("16:00"))
    assert len(await office.posted(ANNA.dm)) == 3
