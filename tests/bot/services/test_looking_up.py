"""Looking many people up: a few at a time, and nobody twice when Slack asks for patience."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest

from bot.ports.slack import NotAllowed, Place, Profile, TryLater
from bot.services.looking_up import AT_ONCE, LookingUp
from tests.support.world import RecordingSlack

PEOPLE = [f"U{n:03}" for n in range(60)]


class Busy(RecordingSlack):
    """Counts who is asked about, and how many at a time; says "later" once it had enough."""

    def __init__(self, enough: int) -> None:
        super().__init__()
        self.enough, self.asked, self.now, self.most = enough, Counter[str](), 0, 0
        self.forbidden = False

    async def profile(self, workspace: str, slack_id: str) -> Profile | None:
        self.now += 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(0)
        self.now -= 1
        if sum(self.asked.values()) >= self.enough:
            raise TryLater("ratelimited", 30, throttled=True)
        self.asked[slack_id] += 1
        return Profile(slack_id, slack_id, None)

    async def place(self, workspace: str, channel: str) -> Place | None:
        if self.forbidden:
            raise NotAllowed("missing_scope", 60)
        return Place(channel, "wins")

    async def join(self, workspace: str, channel: str) -> bool:
        raise NotAllowed("missing_scope", 60)


async def test_a_few_are_asked_about_at_a_time() -> None:
    slack = Busy(1000)
    found = await LookingUp(slack).found("job", "T1", [*PEOPLE, PEOPLE[0]], "C1")
    assert list(found.people) == PEOPLE
    assert 1 < slack.most <= AT_ONCE
    assert set(slack.asked.values()) == {1}


async def test_an_attempt_that_was_put_off_goes_on_where_it_was() -> None:
    slack = Busy(40)
    looking = LookingUp(slack)
    with pytest.raises(TryLater):
        await looking.found("job", "T1", PEOPLE, None)
    slack.enough = 1000
    assert len((await looking.found("job", "T1", PEOPLE, None)).people) == 60
    assert set(slack.asked.values()) == {1}
    await looking.found("another job", "T1", PEOPLE[:1], None)
    assert slack.asked[PEOPLE[0]] == 2, "another job asks afresh"


async def test_an_app_that_may_not_see_channels_sees_none_and_joins_none() -> None:
    slack = Busy(1000)
    slack.forbidden = True
    looking = LookingUp(slack)
    assert (await looking.found("job", "T1", PEOPLE[:1], "C1")).place is None
    assert await looking.join("T1", None) is None
    place = await looking.join("T1", Place("C1", "wins"))
    assert place is not None
    assert not place.is_member
