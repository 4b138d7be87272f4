"""The slash command: every word for everybody, and what odd input, late answers and forged payloads come to."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.access import Who
from bot.domain.commitment import Commitment
from bot.domain.people import Person
from bot.domain.preferences import Absence
from bot.ports.storage import Store
from bot.services.people import Member
from bot.services.words import ROLES, WORDS, nearest, parted, work_for
from tests.support.team import ANA, BEN, BERLIN, CHANNEL, MARIA, PLAN, a_world
from tests.support.world import WORKSPACE, World, local

ADA, NOBODY = "UADA", "UZOE"
MAX, SOUTH = "UMAX", "South"
PAGE = Path(__file__).parents[2] / "docs" / "commands.md"
COLUMNS = {
    "rep": Who.REP,
    "manager": Who.MANAGER,
    "stand-in": Who.STAND_IN,
    "looks after the app": Who.ADMIN,
    "on no team": Who.MEMBER,
}


async def person_of(world: World, user: str) -> Person:
    found = await world.huddle.storage.read(lambda s: s.people.by_slack(WORKSPACE, user))
    assert found is not None
    return found


async def made_by(world: World, user: str) -> list[Commitment]:
    """Their commitments, the newest first."""
    who = (await person_of(world, user)).id
    return list(await world.huddle.storage.read(lambda s: s.commitments.of(who, 20)))


async def name_admin(world: World, *users: str) -> None:
    def work(store: Store) -> None:
        store.workspaces.save(replace(store.workspaces.get(WORKSPACE), admins=users))

    await world.huddle.storage.write(work)


async def committed(world: World, user: str, words: str) -> None:
    await world.say(user, words)
    await world.press(user, "Commit")


# -- words, and what was meant


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", ("start", "")),
        ("   ", ("start", "")),
        ("help me", ("help", "me")),
        ("HELP!", ("help", "")),
        ("?", ("help", "")),
        ("Later 20 min", ("later", "20 min")),
        ("  commit:   call Anna by 3 ", ("commit", "call Anna by 3")),
        ('"done".', ("done", "")),
        ("/coach skip", ("skip", "")),
        ("Not today.", ("skip", "")),
        ("not sure what to do", ("not", "sure what to do")),
        ("später", ("später", "")),
        ("...", ("...", "")),
    ],
)
def test_capitals_punctuation_and_spaces_do_not_matter(typed: str, read: tuple[str, str]) -> None:
    assert parted(typed, "/coach") == read


@pytest.mark.parametrize(
    ("typed", "meant"), [("comitments", "commitments"), ("privat", "privacy"), ("laer", "later"), ("xyz", None)]
)
def test_the_nearest_word_is_found_among_those_that_work(typed: str, meant: str | None) -> None:
    assert nearest(typed, WORDS) == meant
    assert nearest("setup", work_for([Who.REP])) != "setup"


def test_the_page_says_for_whom_each_word_works() -> None:
    header, _, *table = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("|")]
    names = [name.strip() for name in header.strip("|").split("|")][1:-1]
    told = {}
    for line in table:
        word, *cells = [cell.strip() for cell in line.strip("|").split("|")]
        told[word.strip("`")] = {COLUMNS[name] for name, cell in zip(names, cells, strict=False) if cell == "yes"}
    assert tuple(told) == WORDS
    assert {word: roles | ({Who.GUEST} if Who.MEMBER in roles else set()) for word, roles in told.items()} == {
        word: set(roles) for word, roles in ROLES.items()
    }


async def test_help_names_what_works_and_nothing_else(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    await name_admin(world, ADA)
    for user, who in ((BEN, Who.REP), (MARIA, Who.MANAGER), (ADA, Who.ADMIN)):
        lines = re.findall(r"^`/coach ?([^`]*)`", await world.command(user, "help"), re.MULTILINE)
        assert tuple((line.split() or ["start"])[0] for line in lines) == work_for([who])
        assert len(lines) <= 15, "one screen"
    world.close()


# -- every word for everybody


@pytest.mark.parametrize("word", WORDS)
async def test_every_word_answers_everybody_and_changes_nothing_for_whom_it_does_not_work(
    tmp_path: Path, word: str
) -> None:
    world = await a_world(tmp_path)
    await name_admin(world, ADA)
    for user, who in ((NOBODY, Who.MEMBER), (ADA, Who.ADMIN), (MARIA, Who.MANAGER), (BEN, Who.REP)):
        before, opened = len(world.slack.messages), len(world.client.opened)
        answer = await world.typed(user, word)
        assert answer.get("text") or len(world.client.opened) == opened + 1
        assert answer.get("response_type", "ephemeral") == "ephemeral"
        assert "wrong on my side" not in str(answer)
        if who not in ROLES[word]:
            assert len(world.slack.messages) == before
            assert len(world.client.opened) == opened
    world.close()


async def test_somebody_on_no_team_is_told_whom_to_ask(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    assert "Whoever looks after this app can add you" in await world.command(NOBODY)
    await name_admin(world, ADA, MARIA)
    for typed in ("", "skip", "setup", "help", "xyz"):
        assert "<@UADA> and <@UMARIA> can add you" in await world.command(NOBODY, typed)
    world.close()


async def test_people_are_told_for_whom_a_word_is(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    await name_admin(world, ADA)
    assert "aren't coached yourself" in await world.command(MARIA, "skip")
    assert "aren't coached here yourself" in await world.command(ADA, "skip")
    assert "Teams are set up by" in await world.command(BEN, "setup")
    assert "for those who lead a team" in await world.command(BEN, "question How?")
    assert "you aren't on one" in await world.command(ADA, "stop")
    world.close()


async def test_a_manager_who_is_coached_elsewhere_has_both(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    south = replace(
        PLAN, name=SOUTH, managers=(Member(MAX, "Max Ott", BERLIN),), reps=(Member(MARIA, "Maria K", BERLIN),)
    )
    await world.apply(south)
    told = await world.command(MARIA, "help")
    assert "`/coach skip`" in told
    assert "`/coach question`" in told
    team = await world.command(MARIA, "team")
    assert "North" in team
    assert "Led by Max Ott." in team
    assert "Today is left out" in await world.command(MARIA, "skip")
    world.close()


async def test_a_stand_in_has_the_words_of_the_manager_who_is_away(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    assert "for those who lead" in await world.command(BEN, "question How?")
    maria, ben = await person_of(world, MARIA), await person_of(world, BEN)
    away = Absence(date(2026, 11, 20), date(2026, 11, 27))
    settled = replace(maria.preferences, absences=(away,), stand_in=ben.id)
    await world.huddle.storage.write(lambda s: s.people.save(replace(maria, preferences=settled)))
    assert "Write your question" in await world.command(BEN, "question")
    assert "Nobody has been asked yet today." in await world.command(BEN, "team")
    world.close()


async def test_somebody_who_has_left_has_no_words(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    ben = await person_of(world, BEN)
    await world.huddle.storage.write(lambda s: s.people.save(replace(ben, left_at=world.now)))
    assert "not on one of them yet" in await world.command(BEN, "commit call Anna by 3pm")
    assert not world.dm(BEN)
    world.close()


async def test_a_bot_and_somebody_from_elsewhere_get_one_sentence(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    answer = await world.typed(BEN, "skip", bot_id="B1")
    assert answer["text"] == "I only work with people of the workspace that I'm installed in."
    assert not await made_by(world, BEN)
    world.close()


@pytest.mark.parametrize(
    "typed", ["<!channel>", "`" * 300, "# " * 400, "\x00", "a" * 3000, "<@UANA|ana>", "💥", "&lt;"]
)
async def test_odd_input_is_answered_and_rings_nobody(monday: World, typed: str) -> None:
    answer = await monday.typed(BEN, typed)
    assert "I don't know" in answer["text"]
    assert "<!" not in answer["text"]
    assert len(answer["text"]) < 1000


async def test_something_that_is_promised_without_the_word_is_led_to_it(monday: World) -> None:
    assert "`/coach commit call Jonas by 3pm`" in await monday.command(BEN, "call Jonas by 3pm")
    assert not await made_by(monday, BEN)


# -- stop, and back


async def test_a_manager_ends_the_messages_and_has_them_back(monday: World) -> None:
    count = len(monday.dm(MARIA))
    assert "no summaries and no nudges" in await monday.command(MARIA, "stop")
    stopped = (await person_of(monday, MARIA)).stopped_at
    await monday.wait(minutes=5)
    await monday.command(MARIA, "stop")
    assert (await person_of(monday, MARIA)).stopped_at == stopped, "the first time counts"
    await monday.go(local(BERLIN, "2026-11-24 12:00"))
    assert len(monday.dm(MARIA)) == count
    assert "Good to have you back" in await monday.command(MARIA, "resume")
    assert "aren't coached yourself" in await monday.command(MARIA, "resume")
    await monday.go(local(BERLIN, "2026-11-25 09:30"))
    assert len(monday.dm(MARIA)) == count + 1


async def test_a_rep_who_stopped_is_asked_nothing_until_they_start(monday: World) -> None:
    await monday.command(BEN, "stop")
    count = len(monday.dm(BEN))
    for typed in ("later 20m", "commit call Anna by 3pm"):
        assert "`/coach start` brings me back" in await monday.command(BEN, typed)
    await monday.wait(hours=1)
    assert len(monday.dm(BEN)) == count
    assert not await made_by(monday, BEN)
    await monday.command(BEN, "resume")
    assert (await person_of(monday, BEN)).stopped_at is None


# -- the team


async def test_the_team_in_words_is_what_the_home_shows(monday: World) -> None:
    await committed(monday, BEN, "send the Kessler offer by 2pm")
    told = await monday.command(MARIA, "team")
    assert "1 of 2 committed" in told
    assert "> send the Kessler offer, by Mon 14:00" in told
    assert "*Ana Sousa*" in told


async def test_several_teams_come_one_after_the_other(monday: World) -> None:
    south = replace(PLAN, name=SOUTH, reps=(Member(MAX, "Max Ott", BERLIN),))
    await monday.apply(south)
    told = await monday.command(MARIA, "team")
    assert told.index("North") < told.index("Ben Krug") < told.index(SOUTH) < told.index("Max Ott")


async def test_a_rep_sees_who_is_on_the_team_and_nothing_of_the_others(monday: World) -> None:
    await committed(monday, ANA, "ring Zumtobel by 2pm")
    told = await monday.command(BEN, "team")
    assert "Led by Maria Kern." in told
    assert "On it: Ana Sousa, Ben Krug." in told
    assert "Fri 15:00" in told
    assert "Zumtobel" not in told
    assert CHANNEL not in told


# -- done


async def test_done_takes_the_one_whose_time_has_come(monday: World) -> None:
    await committed(monday, BEN, "send the Kessler offer by 11am")
    await monday.command(BEN)
    await committed(monday, BEN, "call Jonas by 4pm")
    await monday.go(local(BERLIN, "2026-11-23 11:01"))
    told = await monday.command(BEN, "done")
    assert "Done:" in told
    assert "send the Kessler offer" in told
    assert [c.outcome for c in await made_by(monday, BEN)].count(None) == 1
    assert "Share as a win on the team channel" in monday.last(BEN).buttons
    await monday.go(local(BERLIN, "2026-11-23 11:30"))
    assert not any("How did this go" in shown.text for shown in monday.dm(BEN))


async def test_done_takes_the_only_one_before_its_time_and_a_second_time_changes_nothing(monday: World) -> None:
    await committed(monday, BEN, "send the Kessler offer by 4pm")
    await monday.command(BEN, "done")
    count, kept = len(monday.dm(BEN)), await made_by(monday, BEN)
    assert "down as done already" in await monday.command(BEN, "done")
    assert len(monday.dm(BEN)) == count
    assert await made_by(monday, BEN) == kept


async def test_done_asks_which_where_it_could_be_several(monday: World) -> None:
    await committed(monday, BEN, "send the Kessler offer by 3pm")
    await monday.command(BEN)
    await committed(monday, BEN, "call Jonas by 4pm")
    assert "More than one is open" in await monday.command(BEN, "done")
    asked = monday.last(BEN)
    assert list(asked.buttons) == ["send the Kessler offer", "call Jonas"]
    await monday.tap(ANA, asked.buttons["call Jonas"], asked)
    assert [c.outcome for c in await made_by(monday, BEN)] == [None, None], "somebody else's tap does nothing"
    await monday.press(BEN, "call Jonas")
    assert asked.text.startswith("Done:\n> call Jonas")
    assert sorted(str(c.outcome) for c in await made_by(monday, BEN)) == ["None", "done"]


async def test_done_answers_the_question_that_stands_in_the_conversation(monday: World) -> None:
    await committed(monday, BEN, "send the Kessler offer at 8pm")
    await monday.go(local(BERLIN, "2026-11-24 08:45"))
    assert "How did it go?" in monday.last(BEN).text
    await monday.command(BEN, "done")
    assert "Done:\n> send the Kessler offer" in monday.last(BEN).text
    assert "?" in monday.last(BEN).text, "and the day's question follows"


async def test_done_with_nothing_open_says_so(monday: World) -> None:
    assert "Nothing is open right now" in await monday.command(BEN, "done")


async def test_done_closes_nothing_that_is_long_past(monday: World) -> None:
    await committed(monday, BEN, "send the Kessler offer by 3pm")
    await monday.go(local(BERLIN, "2026-12-07 10:00"))
    assert "Nothing is open" in await monday.command(BEN, "done")


# -- what goes wrong


async def test_a_form_that_did_not_open_is_told_in_a_sentence(monday: World) -> None:
    monday.client.failures = [RuntimeError("expired_trigger_id")]
    assert await monday.command(BEN, "commit call  Jonas") == ""
    assert monday.last(BEN).text == "The form didn't open in time. Type `/coach commit call Jonas` once more."
    await monday.command(BEN, "commit call Jonas")
    assert monday.client.opened[-1]["callback_id"] == "commitment"


async def test_a_failure_of_ours_changes_nothing_and_names_a_reference(
    monday: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("bot.services.checkin.ask_for_summaries", broken)
    told = await monday.command(BEN, "skip")
    assert re.search(r"can find it as [0-9a-f]{8}", told)
    assert "Not today, then" not in monday.last(BEN).text


async def test_commitments_are_ones_own(monday: World) -> None:
    await committed(monday, ANA, "ring Zumtobel by 2pm")
    assert "Zumtobel" not in await monday.command(BEN, "commitments")
    assert "Zumtobel" in await monday.command(ANA, "Commitments, please")


async def test_a_pause_is_over_with_resume(monday: World) -> None:
    ben = await person_of(monday, BEN)
    today = monday.now.date()
    paused = replace(ben.preferences, absences=(Absence(today, today + timedelta(days=9)),))
    await monday.huddle.storage.write(lambda s: s.people.save(replace(ben, preferences=paused)))
    await monday.command(BEN, "resume")
    assert not (await person_of(monday, BEN)).preferences.absences
