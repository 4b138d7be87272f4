"""A team set up and lived with inside Slack, where Slack refuses what it must: limits, triggers, scopes, rates."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from bot.demo.slack_forms import Given, buttons
from bot.demo.workspace import Json, User, Workspace
from tests.e2e.moved import MODULE, Levers
from tests.e2e.newcomers import ADA, ANNA, BEN, FIRST, MARIA, SECOND, SET_UP, WORKSPACE, on, told, when, who, words
from tests.support.process import Product, environment, until
from tests.support.strict import StrictSlack
from tests.support.strict.records import Asked

PATIENCE = 60.0
"""Seconds for a message: a large morning takes its time."""


class Floor:
    """A strict Slack with people at work in it, and the product."""

    def __init__(self, slack: StrictSlack, product: Product, levers: Levers) -> None:
        self.slack, self.people, self.product, self.levers = slack, slack.people, product, levers

    def said(self, user: User | str) -> list[Json]:
        """What stands in the app's conversation with somebody, or in a channel; oldest first."""
        return self.slack.messages(user if isinstance(user, str) else user.id)

    async def hears(self, user: User | str, *expected: str) -> Json:
        """Wait for a message that says all of this."""
        return await self._found(lambda: self._saying(user, expected))

    def _saying(self, user: User | str, expected: tuple[str, ...]) -> Json | None:
        bot = self.slack.workspace.bot_user_id
        fit = [m for m in self.said(user) if m["user"] == bot and all(one in m["text"] for one in expected)]
        return fit[-1] if fit else None

    async def press(self, user: User, label: str) -> None:
        """Press the button in the newest message that has it."""
        message = next(m for m in reversed(self.said(user)) if label in [one.label for one in buttons(m)])
        assert await self.people.press(user.id, message["ts"], label), f"no answer in time to {label!r}"

    async def form(self, user: User, name: str) -> Json:
        """Wait for this form."""

        def open_now() -> Json | None:
            view = self.people.form(user.id)
            return view if view and view["callback_id"] == name else None

        return await self._found(open_now)

    async def home(self, user: User, *expected: str) -> Json:
        """Open the Home and wait until it says all of this."""
        await self.people.open_home(user.id)
        return await self.shows(user, *expected)

    async def shows(self, user: User, *expected: str) -> Json:
        """Wait until somebody's Home says all of this."""

        def as_told() -> Json | None:
            view = self.slack.state.homes.get(user.id)
            return view if view and all(one in words(view) for one in expected) else None

        return await self._found(as_told)

    async def described(self, by: User, first: Mapping[str, Given]) -> None:
        """The form for a new team, both steps filled in and sent."""
        await self.press(by, "Create a team")
        await self.form(by, "team_who")
        assert await self.people.submit_view(by.id, first) == {}
        await self.form(by, "team_when")
        assert await self.people.submit_view(by.id, when()) == {}

    async def _found(self, look: Callable[[], Json | None]) -> Json:
        async def there() -> bool:
            return look() is not None

        await until(there, PATIENCE)
        found = look()
        assert found is not None
        return found

    def refused(self) -> list[Asked]:
        """What Slack refused, but for calls that came too soon: those are made again."""
        return [one for one in self.slack.records.rejected if one.outcome != "ratelimited"]


@contextlib.asynccontextmanager
async def floor(folder: Path, workspace: Workspace) -> AsyncIterator[Floor]:
    """The app has been installed by Ada, and runs."""
    async with StrictSlack(workspace) as slack:
        keys = environment(folder, slack.api_url, workspace.bot_token, workspace.app_token)
        async with Product(folder, keys | {"HUDDLE_ADMIN": ADA.id}, MODULE) as product:
            levers = Levers(folder)
            levers.set(on(SET_UP, "10:00"))
            await product.start()
            await slack.sockets.wait_connected(seconds=30)
            yield Floor(slack, product, levers)


@pytest.mark.stand_in
async def test_from_the_form_to_the_first_day_and_away_again(tmp_path: Path) -> None:
    async with floor(tmp_path, WORKSPACE) as office:
        people = office.people
        await office.hears(ADA, "You look after me in Northwind")
        await office.press(ADA, "Create a team")
        await office.form(ADA, "team_who")
        wrong = await people.submit_view(ADA.id, who(team_name="N" * 61))
        assert set(wrong or {}) == {"team_name"}
        assert await people.submit_view(ADA.id, {"team_name": "North"}) == {}
        await office.form(ADA, "team_when")
        assert set(await people.submit_view(ADA.id, when(team_day_ends="07:00")) or {}) == {"team_day_ends"}
        assert await people.submit_view(ADA.id, {"team_day_ends": "18:00"}) == {}
        await office.hears(MARIA, "North: what will happen", "Ben Sato at 06:45 your time")
        await office.press(MARIA, "Start")
        await office.hears(MARIA, "North has started")

        await office.levers.move(on(FIRST, "08:46"))
        await office.hears(BEN, "Morning, Ben", "Maria sees your commitments")
        await people.say(ANNA.id, "call Bea Lang by 10am")
        await office.hears(ANNA, "Shall this be your commitment?")
        await office.press(ANNA, "Commit")
        await office.hears(ANNA, "Committed:")
        await office.home(ANNA, "*call Bea Lang*", "[Done]")
        assert await people.press_home(ANNA.id, "Settings")
        await office.form(ANNA, "settings")
        assert set(await people.submit_view(ANNA.id, {"own_time": "05:00"}) or {}) == {"own_time"}
        assert await people.submit_view(ANNA.id, {"own_time": "09:15"}) == {}
        await office.shows(ANNA, told(SECOND, "09:15"))
        assert await people.press_home(ANNA.id, "Add a commitment")
        await office.form(ANNA, "commitment")
        assert await people.submit_view(ANNA.id, {"action": "send Tom the offer", "when": "16:00"}) == {}
        await office.shows(ANNA, "*send Tom the offer*")
        assert await people.slash(BEN.id, f"away {SECOND.day} {SECOND:%b}")
        assert await people.press_answer(BEN.id, "Cancel this")
        await office.levers.move(on(FIRST, "09:41"))
        await office.hears(MARIA, "1 of 2 committed", "> call Bea Lang")
        await office.home(MARIA, "1 of 2 committed", "[Team settings]")
        await office.home(ADA, "Maria Kern · 2 reps")

        assert await people.slash(ANNA.id, "privacy")
        await office.form(ANNA, "privacy")
        assert await people.press_view(ANNA.id, "Send me all of it")
        await office.hears(ANNA, "this is everything I keep about you")
        await people.close_view(ANNA.id)
        assert await people.slash(ANNA.id, "privacy")
        await office.form(ANNA, "privacy")
        assert await people.press_view(ANNA.id, "Erase everything…")
        await office.form(ANNA, "erase")
        assert await people.submit_view(ANNA.id) == {}
        await office.hears(ANNA, "Everything I kept about you is erased")
        people.deactivate(MARIA.id)
        await office.hears(ADA, "Maria Kern managed North", "Nobody manages the team any more")
        assert office.refused() == []
        assert office.slack.records.twice() == []


MANY = tuple(User(f"U1{n:03}", f"rep{n}", f"Rep Number{n:02}", ANNA.tz) for n in range(60))


@pytest.mark.long
async def test_sixty_reps_in_one_team(tmp_path: Path) -> None:
    workspace = replace(WORKSPACE, users=(*WORKSPACE.users, *MANY))
    async with floor(tmp_path, workspace) as office:
        people = office.people
        await office.hears(ADA, "You look after me in Northwind")
        await office.described(ADA, who(team_reps=[one.id for one in MANY]))
        await office.hears(MARIA, "60 reps:", "Led by Maria Kern")
        await office.press(MARIA, "Start")
        await office.hears(MARIA, "North has started")
        await office.levers.move(on(FIRST, "08:45"))
        for one in MANY:
            await office.hears(one, "Morning, Rep")
        for one in MANY[:5]:
            await people.say(one.id, "call Bea Lang by 5pm")
        for one in MANY[5:40]:
            await people.say(one.id, "not today")
        for one in MANY[:5]:
            await office.hears(one, "Shall this be your commitment?")
            await office.press(one, "Commit")
        for one in MANY[5:40]:
            await office.hears(one, "Not today, then")
        await office.levers.move(on(FIRST, "09:41"))
        summary = await office.hears(MARIA, "5 of 60 committed, 40 answered")
        shown = await pages(office, MARIA)
        for one in MANY:
            assert one.real_name in shown, "on one of the pages of the Home"
            assert one.real_name in summary["text"]
        assert office.refused() == []
        assert office.slack.records.twice() == []


async def pages(office: Floor, user: User) -> str:
    """Everything that a Home says on all its pages."""
    view = await office.home(user, "5 of 60 committed")
    said = words(view)
    while "[More]" in words(view):
        before = words(view)
        assert await office.people.press_home(user.id, "More")

        async def turned() -> bool:
            return words(office.slack.state.homes[user.id]) != before  # noqa: B023 - it is awaited in this round

        await until(turned)
        view = office.slack.state.homes[user.id]
        said += words(view)
    return said
