"""`huddle team apply`: people completed by Slack, checked, and a team made; or one sentence and nothing made."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from pydantic import SecretStr

from bot import app as root
from bot import team_setup
from bot.adapters.team_file import parse
from bot.domain.people import Behaviour, Times, team_question
from bot.domain.question_bank import Kind
from bot.errors import HuddleError, SlackError, StorageError, TeamFileError
from bot.ports.slack import Profile, TryLater
from bot.ports.storage import AlarmKind, Store
from bot.services.people import Member
from bot.settings import Settings
from bot.team_setup import Completing, apply_file
from storage.sqlite import SqliteStorage
from tests.bot.test_doctor import answer, refused
from tests.support.world import RecordingSlack

FILE = """\
team: North
zone: Europe/Berlin
channel: C0123ABCD
managers:
  - U0MARIA
reps:
  - slack: U0ANA
    focus: set first meetings
  - slack: U0BEN
    name: Benno
    zone: Europe/Lisbon
behaviours:
  - words: set first meetings
    kind: prospecting
"""
NAMED = FILE.replace("  - U0MARIA", "  - slack: U0MARIA\n    name: Maria Kern").replace(
    "  - slack: U0ANA\n", "  - slack: U0ANA\n    name: Ana Sousa\n"
)
SAYS_TIMES = (
    "Reps are asked at 08:45, each in their own zone; managers get the summary by 09:30 and a nudge at 11:15, "
    "in theirs."
)


@dataclass
class FakeDirectory(RecordingSlack):
    """Implements the directory."""

    people: dict[str, Profile] = field(
        default_factory=lambda: {
            "U0MARIA": Profile("U0MARIA", "Maria Kern", "Europe/Vienna"),
            "U0ANA": Profile("U0ANA", "Ana Sousa", "Europe/Lisbon"),
            "U0BEN": Profile("U0BEN", "Ben Krug", "Europe/Berlin"),
        }
    )
    trouble: Exception | None = None
    asked: list[tuple[str, str]] = field(default_factory=list)

    async def profile(self, workspace: str, slack_id: str) -> Profile | None:
        self.asked.append((workspace, slack_id))
        if self.trouble:
            raise self.trouble
        return self.people.get(slack_id)


async def completed(directory: FakeDirectory | None, text: str = FILE) -> dict[str, Member]:
    plan = await Completing("north.yaml", "T1", directory).plan(parse(text))
    assert plan.workspace == "T1"
    return {member.slack_id: member for member in (*plan.managers, *plan.reps)}


# -- completing


async def test_names_and_zones_come_from_slack_and_what_the_file_says_wins() -> None:
    directory = FakeDirectory()
    assert await completed(directory) == {
        "U0MARIA": Member("U0MARIA", "Maria Kern", "Europe/Vienna", guest=False),
        "U0ANA": Member("U0ANA", "Ana Sousa", "Europe/Lisbon", "set first meetings", guest=False),
        "U0BEN": Member("U0BEN", "Benno", "Europe/Lisbon", guest=False),
    }
    assert directory.asked == [("T1", "U0MARIA"), ("T1", "U0ANA"), ("T1", "U0BEN")]


async def test_a_zone_that_slack_does_not_know_is_the_teams() -> None:
    directory = FakeDirectory()
    directory.people["U0ANA"] = Profile("U0ANA", "Ana Sousa", None)
    assert (await completed(directory))["U0ANA"].zone == "Europe/Berlin"


async def test_a_guest_may_be_coached_and_not_lead() -> None:
    directory = FakeDirectory()
    directory.people["U0ANA"] = Profile("U0ANA", "Ana Sousa", None, is_guest=True)
    assert (await completed(directory))["U0ANA"].guest
    directory.people["U0MARIA"] = Profile("U0MARIA", "Maria Kern", None, is_guest=True)
    with pytest.raises(
        TeamFileError, match=r"U0MARIA \(Maria Kern\) is a guest here, and a guest cannot manage a team"
    ):
        await completed(directory)


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ("XX", "no public holidays are known for `XX`; write a country's code of two letters, such as DE."),
        (
            "{country: GB, region: BY}",
            "`BY` is no region of GB with holidays of its own; these are: ENG, NIR, SCT, WLS.",
        ),
    ],
)
async def test_holidays_that_nobody_knows_are_told_with_their_line(written: str, complaint: str) -> None:
    text = FILE.rstrip() + f"\nholidays: {written}\n"
    with pytest.raises(TeamFileError) as told:
        await completed(FakeDirectory(), text)
    assert str(told.value) == f"north.yaml, line {text.count(chr(10))}: {complaint}"


async def test_holidays_of_the_file_are_looked_up_ahead() -> None:
    text = FILE.rstrip() + "\nholidays: {country: DE, region: BY}\n"
    plan = await Completing("north.yaml", "T1", FakeDirectory()).plan(parse(text))
    assert plan.holidays is not None
    assert (plan.holidays.country, plan.holidays.region) == ("DE", "BY")
    assert len({day.year for day in plan.holidays.dates}) == 3


async def test_everything_else_of_the_file_goes_into_the_plan() -> None:
    plan = await Completing("north.yaml", "T1", FakeDirectory()).plan(parse(FILE))
    assert (plan.name, plan.zone, plan.channel) == ("North", "Europe/Berlin", "C0123ABCD")
    assert plan.behaviours == (("set first meetings", Kind.PROSPECTING),)
    assert plan.times == Times()


@pytest.mark.parametrize(
    ("profile", "says"),
    [
        (None, "U0ANA is not a member of this workspace."),
        (Profile("U0ANA", "Ana Sousa", None, deleted=True), "U0ANA (Ana Sousa) has been deactivated."),
        (Profile("U0ANA", "Ana Bot", None, is_bot=True), "U0ANA (Ana Bot) is a bot."),
        (Profile("U0ANA", "Ana Else", None, is_stranger=True), "U0ANA (Ana Else) belongs to another workspace."),
    ],
)
async def test_somebody_who_cannot_take_part_is_named_with_the_line(profile: Profile | None, says: str) -> None:
    directory = FakeDirectory()
    directory.people.pop("U0ANA")
    if profile:
        directory.people["U0ANA"] = profile
    with pytest.raises(TeamFileError, match=rf"^north\.yaml, line 7: {says.replace('(', '.').replace(')', '.')}$"):
        await completed(directory)


async def test_a_guest_may_take_part() -> None:
    directory = FakeDirectory()
    directory.people["U0ANA"] = Profile("U0ANA", "Ana Sousa", "Europe/Lisbon", is_guest=True)
    assert "U0ANA" in await completed(directory)


async def test_when_slack_does_not_answer_that_is_said() -> None:
    with pytest.raises(
        TeamFileError, match=r"^Slack did not answer \(ratelimited\); nothing was changed, try again\.$"
    ):
        await completed(FakeDirectory(trouble=TryLater("ratelimited", 30)))


async def test_without_slack_everybody_needs_a_name() -> None:
    with pytest.raises(TeamFileError, match=r"^north\.yaml, line 5: U0MARIA needs a `name`, since there is no SLACK_"):
        await completed(None)
    members = await completed(None, NAMED)
    assert members["U0MARIA"] == Member("U0MARIA", "Maria Kern", "Europe/Berlin")


# -- applying


def settings(database: Path, token: str | None = None) -> Settings:
    return Settings(
        _env_file=None,
        huddle_database=database,
        slack_bot_token=SecretStr(token) if token else None,
        slack_app_token=None,
        openai_api_key=None,
    )


@pytest.fixture
def north(tmp_path: Path) -> Path:
    path = tmp_path / "north.yaml"
    path.write_text(NAMED, "utf-8")
    return path


def rewrite(file: Path, text: str) -> None:
    file.write_text(text, "utf-8")


async def stored(database: Path) -> dict[str, Any]:
    def work(store: Store) -> dict[str, Any]:
        (team,) = store.people.teams()
        reps = store.people.reps(team.id)
        return {
            "team": team,
            "reps": [(p.name, p.zone, (team.behaviour(p.focus) or Behaviour("", "")).words) for p in reps],
            "managers": [p.name for p in store.people.managers(team.id)],
            "asked": [store.alarms.get(AlarmKind.CHECKIN, p.id) is not None for p in reps],
        }

    storage = SqliteStorage(database)
    try:
        return await storage.read(work)
    finally:
        storage.close()


async def test_questions_of_the_teams_own_are_kept_with_it_and_told(north: Path, tmp_path: Path) -> None:
    rewrite(north, f"{NAMED}questions:\n  - How will you begin?\n")
    assert "1 question of your own will come up among the others." in await apply_file(
        settings(tmp_path / "huddle.db"), north, "T1"
    )
    found = await stored(tmp_path / "huddle.db")
    assert found["team"].questions == (team_question("How will you begin?"),)


async def test_a_question_that_breaks_the_rules_changes_nothing(north: Path, tmp_path: Path) -> None:
    rewrite(north, f"{NAMED}questions:\n  - Did you prepare the demo?\n")
    with pytest.raises(TeamFileError, match=r'Try "How did you prepare the demo\?" instead\.$'):
        await apply_file(settings(tmp_path / "huddle.db"), north, "T1")
    assert not (tmp_path / "huddle.db").exists()


async def test_a_file_makes_a_team_and_says_what_will_happen(north: Path, tmp_path: Path) -> None:
    lines = await apply_file(settings(tmp_path / "huddle.db"), north, "T1")
    assert lines == [
        "North: created.",
        "Joined: Ana Sousa, Benno.",
        SAYS_TIMES,
        "Zones of the reps: Europe/Berlin, Europe/Lisbon. The first check-in comes on the next working morning.",
    ]
    found = await stored(tmp_path / "huddle.db")
    assert found["team"].questions == ()
    assert found["reps"] == [("Ana Sousa", "Europe/Berlin", "set first meetings"), ("Benno", "Europe/Lisbon", "")]
    assert found["managers"] == ["Maria Kern"]
    assert found["asked"] == [True, True]
    assert found["team"].workspace == "T1"


async def test_applying_it_again_changes_nothing(north: Path, tmp_path: Path) -> None:
    await apply_file(settings(tmp_path / "huddle.db"), north, "T1")
    before = await stored(tmp_path / "huddle.db")
    lines = await apply_file(settings(tmp_path / "huddle.db"), north, "T1")
    assert lines[0] == "North: up to date."
    assert not any(line.startswith(("Joined", "Left", "Changed")) for line in lines)
    assert await stored(tmp_path / "huddle.db") == before


async def test_a_changed_file_says_what_it_changed(north: Path, tmp_path: Path) -> None:
    await apply_file(settings(tmp_path / "huddle.db"), north, "T1")
    text = NAMED.replace("name: Benno\n    zone: Europe/Lisbon", "name: Benno\n    zone: Europe/Rome")
    text = text.replace(
        "  - slack: U0ANA\n    name: Ana Sousa\n    focus: set first meetings\n", "  - slack: U0CY\n    name: Cy\n"
    )
    rewrite(north, text + 'times: {check_in: "9:00"}\n')
    lines = await apply_file(settings(tmp_path / "huddle.db"), north, "T1")
    assert lines[:4] == ["North: up to date.", "Joined: Cy.", "Left: Ana Sousa.", "Changed: Benno."]
    assert "Reps are asked at 09:00" in lines[4]
    assert (await stored(tmp_path / "huddle.db"))["team"].times.check_in == time(9)


@dataclass
class FakeClient:
    """Stands in for Slack's client: it only says which workspace it belongs to."""

    auth: Any = field(default_factory=lambda: answer({"ok": True, "team_id": "T9"}))

    async def auth_test(self) -> Any:
        if isinstance(self.auth, Exception):
            raise self.auth
        return self.auth


def over_slack(monkeypatch: pytest.MonkeyPatch, client: FakeClient) -> FakeDirectory:
    directory = FakeDirectory()
    monkeypatch.setattr(root, "web_client", lambda _settings, _token: client)
    monkeypatch.setattr(team_setup, "SlackDirectory", lambda _client: directory)
    return directory


async def test_with_a_token_the_workspace_and_the_people_are_asked_of_slack(
    north: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = over_slack(monkeypatch, FakeClient())
    rewrite(north, FILE)
    await apply_file(settings(tmp_path / "huddle.db", "xoxb-test"), north, None)
    assert (await stored(tmp_path / "huddle.db"))["team"].workspace == "T9"
    assert {workspace for workspace, _ in directory.asked} == {"T9"}


async def test_a_workspace_that_is_given_is_not_asked_for(
    north: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    over_slack(monkeypatch, FakeClient(auth=AssertionError("asked")))
    await apply_file(settings(tmp_path / "huddle.db", "xoxb-test"), north, "T7")
    assert (await stored(tmp_path / "huddle.db"))["team"].workspace == "T7"


@pytest.mark.parametrize(
    ("trouble", "says"),
    [
        (refused("invalid_auth"), "Slack refuses the bot token (invalid_auth). `huddle doctor` says how to mend it."),
        (aiohttp.ClientConnectionError("x"), "Slack cannot be reached (ClientConnectionError); nothing was changed."),
        (TimeoutError(), "Slack cannot be reached (TimeoutError); nothing was changed."),
    ],
)
async def test_trouble_with_slack_is_one_sentence(
    north: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: Exception, says: str
) -> None:
    over_slack(monkeypatch, FakeClient(auth=trouble))
    with pytest.raises(SlackError) as caught:
        await apply_file(settings(tmp_path / "huddle.db", "xoxb-test"), north, None)
    assert str(caught.value) == says


async def test_without_a_token_the_workspace_must_be_given(north: Path, tmp_path: Path) -> None:
    with pytest.raises(TeamFileError, match="give it with --workspace T0123ABCD"):
        await apply_file(settings(tmp_path / "huddle.db"), north, None)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00bad", None])
async def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "north.yaml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(TeamFileError, match=r"north\.yaml cannot be read: "):
        await apply_file(settings(tmp_path / "huddle.db"), path, "T1")


@pytest.mark.parametrize("wrong", [FILE, NAMED.replace("Europe/Berlin", "Berlin"), NAMED + "colour: blue\n"])
async def test_where_anything_is_wrong_nothing_is_made(north: Path, tmp_path: Path, wrong: str) -> None:
    rewrite(north, wrong)
    with pytest.raises(HuddleError):
        await apply_file(settings(tmp_path / "huddle.db"), north, "T1")
    assert not (tmp_path / "huddle.db").exists()


async def test_a_database_that_cannot_be_used_is_told(north: Path, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="make it or set HUDDLE_DATABASE"):
        await apply_file(settings(tmp_path / "nowhere" / "huddle.db"), north, "T1")
