"""An office in which nobody has set anything up: who is there, and how they fill in what is shown to them."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import holidays
import pytest

from bot.demo.slack_forms import Given, values
from bot.demo.slack_person import SlackControl
from bot.demo.small_slack import SmallSlack
from bot.demo.workspace import Channel, Json, User, Workspace
from tests.e2e.moved import MODULE, Levers
from tests.e2e.office import TOMORROW, ZONE, Office
from tests.support.process import Product, environment


def _hours_east(of: str, hours: int) -> str:
    """The zone so many hours ahead of another; these names count the other way round."""
    ahead = round((datetime.now(ZoneInfo(of)).utcoffset() or timedelta(0)).total_seconds() / 3600) + hours
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


EAST: Final = _hours_east(ZONE, 2)
ADA = User("U05ADA", "ada", "Ada Admin", ZONE, is_admin=True)
ANNA = User("U01ANNA", "anna", "Anna Weber", ZONE)
BEN = User("U02BEN", "ben", "Ben Sato", EAST)
MARIA = User("U03MARIA", "maria", "Maria Kern", ZONE)
OLEG = User("U06OLEG", "oleg", "Oleg Past", ZONE, deleted=True)
GIL = User("U07GIL", "gil", "Gil Guest", ZONE, is_restricted=True)
WINS: Final = "C01WINS"
WORKSPACE: Final = Workspace(
    users=(ADA, ANNA, BEN, MARIA, OLEG, GIL),
    channels=(Channel(WINS, "north-wins", (ANNA.id, BEN.id, MARIA.id)),),
    name="Northwind",
)
SET_UP: Final = TOMORROW
"""The day on which the team is set up."""
FIRST, SECOND, THIRD = (SET_UP + timedelta(days=n) for n in (1, 2, 3))
"""The first days on which its reps are asked."""
WEEK: Final = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
WHO: Final[Mapping[str, Given]] = {
    "team_name": "North",
    "team_managers": [MARIA.id],
    "team_reps": [ANNA.id, BEN.id],
    "team_channel": WINS,
    "team_behaviours": "set first meetings\nwrite account plans",
}


def _country_at_work() -> str:
    """A country without a public holiday on the days of these tests, whenever they run."""
    days = [SET_UP + timedelta(days=n) for n in range(-1, 12)]
    countries = {"DE": "Germany", "BR": "Brazil", "NZ": "New Zealand"}
    return next(name for code, name in countries.items() if not set(days) & set(_free(code, days)))


def _free(code: str, days: list[date]) -> list[date]:
    known = holidays.country_holidays(code)
    return [day for day in days if day in known]


COUNTRY: Final = _country_at_work()
WHEN: Final[Mapping[str, Given]] = {
    "team_country": COUNTRY,
    "team_working_days": WEEK,
    "team_wins_day": f"{FIRST:%A}",
    "team_summary": "09:40",
}


def who(**more: Given) -> dict[str, Given]:
    """What is entered in the first step, but for what is given."""
    return {**WHO, **more}


def when(**more: Given) -> dict[str, Given]:
    """What is entered in the second step, but for what is given."""
    return {**WHEN, **more}


def on(day: date, clock: str, zone: str = ZONE) -> datetime:
    """The instant of a wall time."""
    return datetime.combine(day, time.fromisoformat(clock), ZoneInfo(zone))


def told(day: date, clock: str) -> str:
    """A time as the bot writes it, "Mon 15:00"."""
    return f"{day:%a} {clock}"


@contextlib.asynccontextmanager
async def newcomers(folder: Path, slack: SmallSlack, **environ: str) -> AsyncIterator[Office]:
    """An office with an empty database and no team file, whose product has the two levers; not started yet."""
    keys = environment(folder, slack.api_url, WORKSPACE.bot_token, WORKSPACE.app_token) | environ
    async with SlackControl(slack.url) as people, Product(folder, keys, MODULE) as product:
        yield Office(people, product, Levers(folder))


async def filled(office: Office, user: User, given: Mapping[str, Given]) -> None:
    """Enter all of this in the form that is open."""
    for name, one in given.items():
        await office.people.fill(user.id, name, one)


async def sent(office: Office, user: User) -> Mapping[str, str]:
    """Send the form that is open; what is said at its fields."""
    return await office.people.submit(user.id) or {}


async def described(office: Office, by: User) -> None:
    """Both steps of the form, begun by the button of the newest message that has it and sent."""
    await office.people.press(by.id, by.dm, "Create a team")
    await office.people.wait_for_modal("team_who")
    await filled(office, by, WHO)
    assert await sent(office, by) == {}
    await office.people.wait_for_modal("team_when")
    await filled(office, by, WHEN)
    assert await sent(office, by) == {}


def entered(view: Json) -> dict[str, Any]:
    """What stands in the fields of a form as the app has filled it."""
    found = {}
    for block, elements in values(view["blocks"]).items():
        ((_, value),) = elements.items()
        given = next(one for name, one in value.items() if name != "type")
        found[block] = _plain(given)
    return found


def _plain(given: Any) -> Any:
    if isinstance(given, list):
        return [_plain(one) for one in given]
    return given["text"]["text"] if isinstance(given, dict) else given


def words(view: Json) -> str:
    """All that a Home or a form says, in the order in which it stands there; buttons in square brackets."""
    return "\n".join(line for block in view["blocks"] for line in _lines(block))


def _lines(block: Json) -> list[str]:
    said = [block[part]["text"] for part in ("label", "hint", "text") if isinstance(block.get(part), dict)]
    for element in [*block.get("elements", []), *([block["accessory"]] if "accessory" in block else [])]:
        if element["type"] == "button":
            said.append(f"[{element['text']['text']}]")
        elif isinstance(element.get("text"), str):
            said.append(element["text"])
    return said


async def home(office: Office, user: User, *expected: str) -> Json:
    """Open the Home tab, and wait until it says all of this."""
    await office.people.open_home(user.id)
    return await office.people.wait_for_home(user.id, lambda view: all(one in words(view) for one in expected), 15)


@pytest.fixture
async def small() -> AsyncIterator[SmallSlack]:
    """A small Slack in which the app has just been installed."""
    async with SmallSlack(WORKSPACE) as slack:
        yield slack
