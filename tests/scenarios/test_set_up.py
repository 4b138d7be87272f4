"""A team comes about inside Slack: from an empty database to the first morning, without a file or a terminal."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.domain.draft import ERASED
from bot.domain.preferences import Absence, Preferences
from bot.ports.slack import Place, Profile, TryLater
from bot.ports.storage import Store
from bot.services.people import Member, TeamPlan
from tests.support.filling import filled, send, the_form, use
from tests.support.home import home
from tests.support.home import words as read_out
from tests.support.strict import check_message
from tests.support.team import ANA, BEN, BERLIN, CHANNEL, LISBON, MARIA, PLAN
from tests.support.world import WORKSPACE, Shown, World, local

ADA, TOM, KYOTO = "UADA", "UTOM", "Asia/Tokyo"
MONDAY = local(BERLIN, "2026-11-23 08:31")
NORTH: dict[str, Any] = {
    "team_name": "North",
    "team_managers": [MARIA],
    "team_reps": [ANA, BEN],
    "team_channel": CHANNEL,
}


@pytest_asyncio.fixture
async def empty(tmp_path: Path) -> AsyncIterator[World]:
    """Nothing in the database but that Ada installed the app; a Monday morning at half past eight in Berlin."""
    world = World(tmp_path / "huddle.db", MONDAY)
    people = ((ADA, "Ada Admin", BERLIN), (MARIA, "Maria Kern", BERLIN), (ANA, "Ana Sousa", LISBON))
    for slack_id, name, zone in (*people, (BEN, "Ben Krug", KYOTO), (TOM, "Tom Member", BERLIN)):
        world.slack.profiles[slack_id] = Profile(slack_id, name, zone, is_admin=slack_id == ADA)
    world.slack.places[CHANNEL] = Place(CHANNEL, "wins")
    await world.huddle.storage.write(
        lambda s: world.huddle.workspaces.installed(s, WORKSPACE, "Northwind", ADA, world.now)
    )
    await world.settle()
    yield world
    world.close()


async def drafted(world: World, by: str = ADA, **more: Any) -> Shown:
    """The form filled in and sent; the preview that whoever filled it in gets."""
    await world.press(by, "Create a team")
    assert await send(world, by, **(NORTH | more)) == {}
    assert await send(world, by) == {}
    return world.last(by)


async def started(world: World) -> None:
    await drafted(world)
    await world.press(MARIA, "Start")


async def test_whoever_installs_it_gets_one_message_with_one_button(empty: World) -> None:
    (welcome,) = empty.dm(ADA)
    assert "Northwind" in welcome.text
    assert list(welcome.buttons) == ["Create a team"]


async def test_the_form_begins_with_the_zone_of_whoever_opens_it(empty: World) -> None:
    empty.slack.profiles[ADA] = replace(empty.slack.profiles[ADA], zone=LISBON)
    await empty.press(ADA, "Create a team")
    zones = next(b["element"] for b in the_form(empty)["blocks"] if b.get("block_id") == "team_zone")
    assert zones["initial_option"]["value"] == LISBON


async def test_the_preview_says_in_words_what_will_happen_and_when_for_whom(empty: World) -> None:
    preview = await drafted(empty)
    check_message({"text": preview.text, "blocks": preview.blocks})
    for words in (
        "2 reps: Ana Sousa, Ben Krug. Led by Maria Kern",
        "Mon–Fri 08:45 in each rep's own zone",
        "Ben Krug at 00:45 your time",
        "Ana Sousa at 09:45 your time",
        "Fri 15:00 (Berlin)",
        "#wins; I join it when the team starts",
        "Maria Kern can start it",
    ):
        assert words in preview.text, preview.text
    assert list(preview.buttons) == ["Try it on myself", "Change", "Discard"], "only a manager starts a team"
    assert list(empty.last(MARIA).buttons) == ["Try it on myself", "Start", "Change", "Discard"]
    assert not empty.dm(ANA)
    assert not empty.dm(BEN)
    assert not empty.channel(CHANNEL)
    assert not empty.slack.places[CHANNEL].is_member, "the channel would hear of it"


async def test_a_manager_who_did_nothing_hears_of_it_at_work(empty: World) -> None:
    empty.slack.profiles[MARIA] = replace(empty.slack.profiles[MARIA], zone="America/New_York")
    await drafted(empty)
    assert not empty.dm(MARIA)
    await empty.go(local("America/New_York", "2026-11-23 08:30"))
    assert "North: what will happen" in empty.last(MARIA).text


async def test_a_dry_run_shows_everything_to_one_person_and_touches_nothing(empty: World) -> None:
    await drafted(empty)
    preview = empty.last(MARIA)
    before = len(empty.dm(MARIA)), len(empty.slack.messages)
    await empty.press(MARIA, "Try it on myself")
    shown = list(empty.dm(MARIA))[before[0] :]
    assert len(empty.slack.messages) - before[1] == len(shown) == 6
    for message in shown:
        check_message({"text": message.text, "blocks": message.blocks})
        assert "dry run" in message.text.casefold()
        assert not message.buttons
    for one, words in zip(
        shown[1:],
        ("Morning, Maria", "Shall this be your commitment", "How did this go", "committed", "A word with"),
        strict=True,
    ):
        assert words in one.text
    await empty.press(MARIA, "Try it on myself", preview)
    await empty.wait(seconds=20)
    assert len(empty.dm(MARIA)) == before[0] + 12, "twice is fine"
    people, teams = await empty.huddle.storage.read(lambda s: (s.people.of_workspace(WORKSPACE), s.people.teams()))
    assert not people
    assert not teams


async def test_the_first_morning_of_two_reps_in_two_zones(empty: World) -> None:
    await started(empty)
    told = empty.last(MARIA).text
    assert "North has started" in told
    assert "The first question comes Mon 09:45 your time, to Ana Sousa" in told
    assert "North has started" in empty.last(ADA).text
    assert empty.slack.places[CHANNEL].is_member
    await empty.go(local(LISBON, "2026-11-23 08:44"))
    assert not empty.dm(ANA)
    await empty.go(local(LISBON, "2026-11-23 08:46"))
    (first,) = empty.dm(ANA)
    for words in ("Morning, Ana", "Maria sees your commitments", "/coach stop", "Home tab", "/coach help"):
        assert words in first.text
    assert not empty.dm(BEN), "it is evening in Tokyo"
    await empty.say(ANA, "Call Jonas about the offer by 11:00")
    await empty.press(ANA, "Commit")
    await empty.go(local(BERLIN, "2026-11-23 10:00"))
    summary = empty.last(MARIA)
    assert "1 of 1 committed" in summary.text
    assert "call Jonas about the offer" in summary.text
    await empty.go(local(KYOTO, "2026-11-24 08:46"))
    assert "Morning, Ben" in empty.last(BEN).text


async def test_on_a_day_too_late_for_anybody_the_manager_gets_no_empty_summary(empty: World) -> None:
    await empty.go(local(BERLIN, "2026-11-23 12:00"))
    await started(empty)
    assert "North has started" in empty.last(MARIA).text
    await empty.go(local(BERLIN, "2026-11-23 18:00"))
    assert "North has started" in empty.last(MARIA).text, "nobody was asked, so there is nothing to sum up"
    await empty.go(local(BERLIN, "2026-11-24 09:31"))
    assert "0 of 1 committed" in empty.last(MARIA).text


async def test_the_home_of_a_manager_to_be_shows_the_team_that_waits_for_them(empty: World) -> None:
    assert "Not on a team yet" in read_out(await home(empty, MARIA))
    await drafted(empty)
    shown = read_out(await home(empty, MARIA))
    assert "*North* waits to be started" in shown
    assert "Not on a team yet" not in shown
    assert "North" not in read_out(await home(empty, ANA))


async def test_who_started_it_is_told_to_whoever_did_not(empty: World) -> None:
    await started(empty)
    assert "North has started, at Maria Kern's word" in empty.last(ADA).text
    assert "word" not in empty.last(MARIA).text.partition("\n")[0]


async def test_it_starts_once_however_often_and_by_whomever_it_is_pressed(empty: World) -> None:
    await empty.press(ADA, "Create a team")
    await send(empty, ADA, **(NORTH | {"team_managers": [MARIA, ADA]}))
    await send(empty, ADA)
    hers, mine = empty.last(MARIA), empty.last(ADA)
    start, other = hers.buttons["Start"], mine.buttons["Start"]
    await empty.tap(MARIA, start, hers)
    await empty.tap(MARIA, start, hers)
    await empty.tap(ADA, other, mine)
    for who in (MARIA, ADA):
        assert sum("North has started" in message.text for message in empty.dm(who)) == 1
    assert not hers.buttons, "an old preview says what became of it"
    assert "North is starting" in mine.text
    (team,) = await empty.huddle.storage.read(lambda s: s.people.teams())
    assert not await empty.huddle.storage.read(lambda s: s.drafts.of_workspace(WORKSPACE))
    assert team.name == "North"


async def test_a_discarded_draft_cannot_be_started(empty: World) -> None:
    await drafted(empty)
    preview = empty.last(MARIA)
    start = preview.buttons["Start"]
    await empty.press(ADA, "Discard")
    assert "discarded" in preview.text
    assert not preview.buttons
    await empty.tap(MARIA, start, preview)
    assert not await empty.huddle.storage.read(lambda s: s.people.teams())


@pytest.mark.parametrize(
    ("step", "wrong", "field", "said"),
    [
        (1, {"team_name": "x" * 61}, "team_name", "60 characters"),
        (1, {"team_name": "   "}, "team_name", "a name"),
        (1, {"team_behaviours": "\n".join(f"do thing {n}" for n in range(13))}, "team_behaviours", "twelve"),
        (1, {"team_behaviours": "call\nCALL"}, "team_behaviours", "twice"),
        (1, {"team_behaviours": "x" * 121}, "team_behaviours", "120"),
        (1, {"team_care": "\n".join(f"Petra {n}" for n in range(6))}, "team_care", "five"),
        (1, {"team_care": "x" * 121}, "team_care", "120"),
        (1, {"team_managers": None}, "team_managers", "at least one manager"),
        (1, {"team_reps": None}, "team_reps", "at least one rep"),
        (1, {"team_channel": None}, "team_channel", "channel"),
        (2, {"team_nudge": "12:00"}, "team_nudge", "before noon"),
        (2, {"team_summary": "08:45"}, "team_summary", "after the question"),
        (2, {"team_day_ends": "08:30"}, "team_day_ends", "after it starts"),
        (2, {"team_check_in": "08:00"}, "team_check_in", "between the start and the end"),
        (2, {"team_check_in_until": "08:30"}, "team_check_in_until", "not be earlier"),
        (2, {"team_working_days": []}, "team_working_days", "at least one day"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
async def test_what_is_wrong_is_said_at_its_field(
    empty: World, step: int, wrong: dict[str, Any], field: str, said: str
) -> None:
    await empty.press(ADA, "Create a team")
    if step == 2:
        assert await send(empty, ADA, **NORTH) == {}
    given = (NORTH if step == 1 else {}) | wrong
    errors = await send(empty, ADA, **given)
    assert list(errors) == [field], errors
    assert said in errors[field]
    assert len(empty.dm(ADA)) == 1, "nothing follows from it"


async def test_a_name_that_is_taken_is_refused_whatever_its_capitals(empty: World) -> None:
    await started(empty)
    await empty.press(ADA, "Create a team", empty.dm(ADA)[0])
    errors = await send(empty, ADA, **(NORTH | {"team_name": "NORTH"}))
    assert "Another team here has this name" in errors["team_name"]


async def test_nothing_typed_is_lost_on_the_way_back_and_forth(empty: World) -> None:
    await empty.press(ADA, "Create a team")
    await send(empty, ADA, **(NORTH | {"team_behaviours": "set first meetings\nwrite account plans"}))
    await use(empty, ADA, "team_back", team_check_in="09:10", team_working_days=["0", "1", "2"], team_country="PT")
    first = the_form(empty)
    assert first["callback_id"] == "team_who"
    assert await send(empty, ADA, team_name="South") == {}
    second = {b["block_id"]: b.get("element", {}) for b in the_form(empty)["blocks"]}
    assert second["team_check_in"]["initial_time"] == "09:10"
    assert [one["value"] for one in second["team_working_days"]["initial_options"]] == ["0", "1", "2"]
    assert second["team_country"]["initial_option"]["value"] == "PT"
    await send(empty, ADA)
    assert "South: what will happen" in empty.last(ADA).text
    assert "Mon–Wed 09:10" in empty.last(ADA).text


async def test_a_form_that_was_closed_half_way_is_there_again(empty: World) -> None:
    await empty.press(ADA, "Create a team")
    await send(empty, ADA, **NORTH)
    await empty.press(ADA, "Create a team")
    first = {b["block_id"]: b["element"] for b in the_form(empty)["blocks"] if b["type"] == "input"}
    assert first["team_name"]["initial_value"] == "North"
    assert first["team_reps"]["initial_users"] == [ANA, BEN]


async def test_regions_follow_from_the_country_and_holidays_are_free(empty: World) -> None:
    await empty.press(ADA, "Create a team")
    await send(empty, ADA, **NORTH)
    await use(empty, ADA, "team_country", team_country="DE", team_check_in="08:50")
    second = {b["block_id"]: b.get("element", {}) for b in the_form(empty)["blocks"]}
    assert second["team_check_in"]["initial_time"] == "08:50", "what was filled in stays"
    assert second["team_region"]["initial_option"]["value"] == "DE/"
    await send(empty, ADA, team_region="DE/BY")
    assert "Bayern, Germany" in empty.last(ADA).text
    assert "Fri 25 Dec, Christmas Day" in empty.last(ADA).text
    await empty.press(MARIA, "Start")
    (team,) = await empty.huddle.storage.read(lambda s: s.people.teams())
    assert team.holidays is not None
    assert {day.year for day in team.holidays.dates} == {2026, 2027, 2028}


async def test_who_cannot_be_reached_is_named_with_the_reason_and_left_out(empty: World) -> None:
    gone = replace(empty.slack.profiles[BEN], deleted=True)
    guest = Profile("UGUEST", "Gus Guest", BERLIN, is_guest=True)
    bot, outside = Profile("UBOT", "Some App", None, is_bot=True), Profile("UOUT", "Olga Out", BERLIN, is_stranger=True)
    for one in (gone, guest, bot, outside):
        empty.slack.profiles[one.slack_id] = one
    reps = [ANA, BEN, "UGUEST", "UBOT", "UOUT", "UNOBODY"]
    preview = await drafted(empty, team_managers=[MARIA, "UGUEST"], team_reps=reps)
    for words in (
        "Deactivated in Slack, so left out: Ben Krug",
        "An app and not a person, so left out: Some App",
        "From another workspace, so left out: Olga Out",
        "guests cannot manage a team: Gus Guest",
        "Not a member of this workspace, so left out: UNOBODY",
        "2 reps: Ana Sousa, Gus Guest",
    ):
        assert words in preview.text, preview.text
    assert not empty.dm("UGUEST"), "a guest who cannot manage is told nothing"
    await empty.press(MARIA, "Start")
    (team,) = await empty.huddle.storage.read(lambda s: s.people.teams())
    reps_now = await empty.huddle.storage.read(lambda s: {p.slack_id: p.guest for p in s.people.reps(team.id)})
    assert reps_now == {ANA: False, "UGUEST": True}


async def test_sixty_reps_fit(empty: World) -> None:
    reps = [f"UREP{n:02}" for n in range(60)]
    for n, one in enumerate(reps):
        empty.slack.profiles[one] = Profile(one, f"Rep Number{n:02}", KYOTO if n % 2 else LISBON)
    preview = await drafted(empty, team_reps=reps)
    check_message({"text": preview.text, "blocks": preview.blocks})
    assert "60 reps" in preview.text
    assert "and 48 more" in preview.text
    assert "30 people at 00:45 your time" in preview.text
    assert "No rep has heard of this yet" in preview.text
    await empty.press(MARIA, "Start")
    assert "North has started" in empty.last(MARIA).text


async def test_a_rep_of_another_team_is_told_of_and_moves(empty: World) -> None:
    await started(empty)
    await empty.press(ADA, "Create a team", empty.dm(ADA)[0])
    await send(empty, ADA, **(NORTH | {"team_name": "South", "team_reps": [ANA]}))
    await send(empty, ADA, team_check_in="09:15")
    assert "On North until now, and moves to this one: Ana Sousa" in empty.last(ADA).text
    await empty.press(MARIA, "Start")
    await empty.go(local(LISBON, "2026-11-23 09:14"))
    assert not any("Morning, Ana" in one.text for one in empty.dm(ANA))
    await empty.go(local(LISBON, "2026-11-23 12:00"))
    assert sum("Morning, Ana" in one.text for one in empty.dm(ANA)) == 1


async def test_a_morning_that_takes_minutes_is_told(empty: World) -> None:
    crowd = [Member(f"UCROWD{n:03}", f"Crowd {n}", BERLIN) for n in range(400)]
    maria = (Member(MARIA, "Maria Kern", BERLIN),)
    await empty.apply(TeamPlan(WORKSPACE, "Crowd", BERLIN, CHANNEL, maria, tuple(crowd)))
    empty.slack.profiles[BEN] = replace(empty.slack.profiles[BEN], zone=BERLIN)
    preview = await drafted(empty)
    assert "401 people are asked at one moment" in preview.text
    assert "later" in preview.text


async def test_a_private_channel_says_how_to_invite_the_app(empty: World) -> None:
    empty.slack.places[CHANNEL] = Place(CHANNEL, "secret-wins", is_private=True)
    assert "type `/invite @Huddle Coach` in #secret-wins" in (await drafted(empty)).text
    del empty.slack.places[CHANNEL]
    await empty.press(MARIA, "Start")
    assert "type `/invite @Huddle Coach` in it" in empty.last(MARIA).text


async def test_a_crash_between_the_form_and_the_preview_loses_nothing(empty: World) -> None:
    asked: list[str] = []
    real = empty.slack.profile

    async def down(workspace: str, slack_id: str) -> Profile | None:
        asked.append(slack_id)
        if len(asked) > 2:
            raise TryLater("no connection to Slack", 30)
        return await real(workspace, slack_id)

    await empty.press(ADA, "Create a team")
    empty.slack.profile = down  # type: ignore[method-assign]
    await send(empty, ADA, **NORTH)
    await send(empty, ADA)
    assert "looking up the 3 people of North" in empty.last(ADA).text
    empty.restart()
    empty.slack.profile = real  # type: ignore[method-assign]
    await empty.wait(minutes=1)
    assert "North: what will happen" in empty.last(ADA).text
    assert sum("North: what will happen" in one.text for one in empty.dm(MARIA)) == 1


async def test_a_crash_between_start_and_the_team_loses_nothing(empty: World) -> None:
    await drafted(empty)
    real = empty.slack.profile

    async def down(workspace: str, slack_id: str) -> Profile | None:
        raise TryLater("no connection to Slack", 30)

    empty.slack.profile = down  # type: ignore[method-assign]
    await empty.press(MARIA, "Start")
    assert not await empty.huddle.storage.read(lambda s: s.people.teams())
    empty.restart()
    empty.slack.profile = real  # type: ignore[method-assign]
    await empty.wait(minutes=1)
    assert "North has started" in empty.last(MARIA).text


async def test_a_changed_draft_makes_the_old_preview_say_so(empty: World) -> None:
    old = await drafted(empty)
    await empty.press(MARIA, "Change")
    assert await send(empty, MARIA, team_name="North-East") == {}
    assert await send(empty, MARIA, team_check_in="09:00") == {}
    assert "was filled in anew" in old.text
    assert not old.buttons
    for who in (ADA, MARIA):
        assert "North-East: what will happen" in empty.last(who).text
        assert "Mon–Fri 09:00" in empty.last(who).text


async def test_a_start_that_has_become_impossible_says_why_and_can_be_mended(empty: World) -> None:
    await drafted(empty)
    for one in (ANA, BEN):
        empty.slack.profiles[one] = replace(empty.slack.profiles[one], deleted=True)
    await empty.press(MARIA, "Start")
    said = [one.text for one in empty.dm(MARIA)]
    assert any("North has not started: nobody is left to be asked" in one for one in said)
    assert "Start" not in empty.last(MARIA).buttons
    assert "Change" in empty.last(MARIA).buttons
    assert not await empty.huddle.storage.read(lambda s: s.people.teams())


# -- who may


async def test_only_a_manager_of_the_draft_starts_it(empty: World) -> None:
    await drafted(empty)
    preview = empty.last(MARIA)
    start = preview.buttons["Start"]
    for who in (ADA, ANA, TOM):
        await empty.tap(who, start, preview)
    assert not await empty.huddle.storage.read(lambda s: s.people.teams())
    assert preview.buttons, "nothing is told either"


async def test_a_manager_who_is_a_guest_by_then_does_not_start_it(empty: World) -> None:
    await drafted(empty, team_managers=[MARIA, ADA])
    empty.slack.profiles[MARIA] = replace(empty.slack.profiles[MARIA], is_guest=True)
    await empty.press(MARIA, "Start")
    assert not await empty.huddle.storage.read(lambda s: s.people.teams())
    assert any("only somebody who manages it" in one.text for one in empty.dm(MARIA))


@pytest.mark.parametrize("button", ["Try it on myself", "Start", "Change", "Discard"])
async def test_a_forged_draft_does_nothing_and_tells_nothing(empty: World, button: str) -> None:
    await drafted(empty)
    preview = empty.last(MARIA)
    known = len(empty.slack.messages), len(empty.client.opened)
    real = preview.buttons[button]
    old = () if button == "Change" else (real["value"].replace("|1", "|2"), real["value"].replace("|1", "|0"))
    for forged in ("nothing|1", "", "|", "x" * 2000, *old):
        await empty.tap(MARIA, real | {"value": forged}, preview)
    await empty.tap(TOM, real, preview)
    assert (len(empty.slack.messages), len(empty.client.opened)) == known
    assert preview.buttons


async def test_a_draft_of_another_workspace_is_not_there(empty: World) -> None:
    await drafted(empty)
    (draft,) = await empty.huddle.storage.read(lambda s: s.drafts.of_workspace(WORKSPACE))
    await empty.huddle.storage.write(lambda s: s.drafts.save(replace(draft, workspace="T02OTHER")))
    preview, known = empty.last(MARIA), len(empty.slack.messages)
    for button in list(preview.buttons.values()):
        await empty.tap(MARIA, button, preview)
    assert len(empty.slack.messages) == known
    assert await empty.huddle.storage.read(lambda s: s.drafts.get(draft.id)) is not None


async def test_somebody_elses_half_filled_form_cannot_be_sent(empty: World) -> None:
    await empty.press(ADA, "Create a team")
    await send(empty, ADA, **NORTH)
    view = filled(empty)
    for who in (TOM, MARIA):
        await send(empty, who, view)
    assert len(empty.dm(ADA)) == 1
    assert not empty.dm(TOM)
    for metadata in ("", "{", "[]", '{"sheet": "x"}', '{"team": "x", "of": ""}'):
        assert await send(empty, ADA, view | {"private_metadata": metadata}) == {}
    assert len(empty.dm(ADA)) == 1


async def test_a_member_gets_no_form(empty: World) -> None:
    welcome = empty.dm(ADA)[0]
    await empty.tap(TOM, welcome.buttons["Create a team"], welcome)
    assert not empty.client.opened


# -- a team that is there


async def test_changes_are_shown_before_they_take_effect(empty: World) -> None:
    await started(empty)
    (team,) = await empty.huddle.storage.read(lambda s: s.people.teams())
    empty.client.opened.clear()
    await empty.tap_view(MARIA, "team_settings", team.id)
    assert await send(empty, MARIA, team_reps=[ANA, TOM], team_behaviours="set first meetings") == {}
    assert await send(empty, MARIA, team_check_in="09:05") == {}
    preview = empty.last(MARIA)
    for words in ("New on the team", "Tom Member", "Off the team", "Ben Krug", "The question: 09:05 (was 08:45)"):
        assert words in preview.text, preview.text
    (before,) = await empty.huddle.storage.read(lambda s: s.people.teams())
    assert before == team
    await empty.press(MARIA, "Apply")
    assert "North has changed" in empty.last(MARIA).text
    (after,) = await empty.huddle.storage.read(lambda s: s.people.teams())
    assert (after.id, f"{after.times.check_in:%H:%M}") == (team.id, "09:05")
    reps = await empty.huddle.storage.read(lambda s: {p.slack_id for p in s.people.reps(team.id)})
    assert reps == {ANA, TOM}
    await empty.go(local(BERLIN, "2026-11-23 09:06"))
    assert "Morning, Tom" in empty.last(TOM).text
    await empty.go(local(LISBON, "2026-11-23 09:04"))
    assert not empty.dm(ANA)
    await empty.go(local(LISBON, "2026-11-23 09:06"))
    assert "Morning, Ana" in empty.last(ANA).text
    await empty.go(local(KYOTO, "2026-11-24 09:06"))
    assert not empty.dm(BEN)


async def test_an_admin_may_change_a_team_and_its_managers_hear_of_it(empty: World) -> None:
    await started(empty)
    (team,) = await empty.huddle.storage.read(lambda s: s.people.teams())
    empty.client.opened.clear()
    await empty.tap_view(ADA, "team_settings", team.id)
    await send(empty, ADA, team_name="Nordic")
    await send(empty, ADA)
    assert not any("what would change" in one.text for one in empty.dm(MARIA))
    await empty.press(ADA, "Apply")
    assert "Nordic has changed" in empty.last(MARIA).text
    (after,) = await empty.huddle.storage.read(lambda s: s.people.teams())
    assert (after.id, after.name) == (team.id, "Nordic")


async def test_what_the_form_does_not_show_stays_as_the_file_has_it(empty: World) -> None:
    plan = replace(PLAN, times=replace(PLAN.times, nudge=time(11, 0), nudge_until=time(11, 30)))
    team = (await empty.apply(plan)).team
    focus = {p.slack_id: p.focus for p in await empty.huddle.storage.read(lambda s: s.people.reps(team.id))}
    await empty.tap_view(MARIA, "team_settings", team.id)
    await send(empty, MARIA, team_care="Petra Lang (extension 210)")
    await send(empty, MARIA)
    await empty.press(MARIA, "Apply")
    (after,) = await empty.huddle.storage.read(lambda s: s.people.teams())
    assert after == replace(team, care=("Petra Lang (extension 210)",))
    assert focus == {p.slack_id: p.focus for p in await empty.huddle.storage.read(lambda s: s.people.reps(team.id))}


async def test_nothing_changed_needs_no_button(empty: World) -> None:
    await started(empty)
    (team,) = await empty.huddle.storage.read(lambda s: s.people.teams())
    empty.client.opened.clear()
    await empty.tap_view(MARIA, "team_settings", team.id)
    await send(empty, MARIA)
    await send(empty, MARIA)
    assert "Nothing: the team is as you filled it in" in empty.last(MARIA).text
    assert "Apply" not in empty.last(MARIA).buttons


@pytest.mark.parametrize("who", [ANA, TOM])
async def test_whoever_does_not_lead_it_cannot_change_a_team(empty: World, who: str) -> None:
    await started(empty)
    (team,) = await empty.huddle.storage.read(lambda s: s.people.teams())
    empty.client.opened.clear()
    await empty.tap_view(who, "team_settings", team.id)
    assert not empty.client.opened


# -- whose reps they are, and what has changed meanwhile

TEAM = TeamPlan(WORKSPACE, "", BERLIN, CHANNEL, (), ())


async def two_teams(world: World) -> None:
    """North of Maria's with Ana and Ben, South of Tom's with Pia."""
    world.slack.profiles["UPIA"] = Profile("UPIA", "Pia Roth", BERLIN)
    maria, tom = Member(MARIA, "Maria Kern", BERLIN), Member(TOM, "Tom Member", BERLIN)
    ours = (Member(ANA, "Ana Sousa", LISBON), Member(BEN, "Ben Krug", BERLIN))
    await world.apply(replace(TEAM, name="North", managers=(maria,), reps=ours))
    await world.apply(replace(TEAM, name="South", managers=(tom,), reps=(Member("UPIA", "Pia Roth", BERLIN),)))


async def settings_of(world: World, who: str, name: str, **given: Any) -> Shown:
    """The team's settings filled in; the preview of what would change."""
    team = await world.huddle.storage.read(lambda s: s.people.team_named(WORKSPACE, name))
    assert team is not None
    world.client.opened.clear()
    await world.tap_view(who, "team_settings", team.id)
    assert await send(world, who, **given) == {}
    assert await send(world, who) == {}
    return world.last(who)


async def reps_of(world: World, name: str) -> set[str]:
    def look(store: Store) -> set[str]:
        team = store.people.team_named(WORKSPACE, name)
        return {rep.slack_id for rep in store.people.reps(team.id)} if team else set()

    return await world.huddle.storage.read(look)


async def test_a_rep_of_a_team_that_somebody_does_not_lead_is_left_out_with_the_reason(empty: World) -> None:
    await two_teams(empty)
    told = len(empty.dm(MARIA))
    preview = await settings_of(empty, TOM, "South", team_reps=["UPIA", BEN])
    assert "On North, so left out: Ben Krug. A manager of North, or somebody who looks after me" in preview.text
    assert "Nothing: the team stays as it is." in preview.text
    assert "Apply" not in preview.buttons, "nothing else was changed"
    assert await reps_of(empty, "North") == {ANA, BEN}
    assert len(empty.dm(MARIA)) == told


async def test_a_new_team_takes_no_rep_of_a_team_that_its_maker_does_not_lead(empty: World) -> None:
    await two_teams(empty)
    await empty.tap_view(TOM, "create_team", "new")
    west = NORTH | {"team_name": "West", "team_managers": [TOM], "team_reps": ["UPIA", BEN]}
    await send(empty, TOM, **west)
    await send(empty, TOM)
    assert "On North, so left out: Ben Krug" in empty.last(TOM).text
    assert "On South until now, and moves to this one: Pia Roth" in empty.last(TOM).text
    await empty.press(TOM, "Start")
    assert (await reps_of(empty, "North"), await reps_of(empty, "West")) == ({ANA, BEN}, {"UPIA"})


async def test_whoever_changes_an_admins_draft_takes_no_more_than_they_may(empty: World) -> None:
    await two_teams(empty)
    await drafted(empty, team_name="West", team_managers=[TOM], team_reps=["UPIA", BEN])
    assert "On North until now, and moves to this one: Ben Krug" in empty.last(TOM).text
    await empty.press(TOM, "Change", empty.last(TOM))
    await send(empty, TOM)
    await send(empty, TOM)
    assert "On North, so left out: Ben Krug" in empty.last(TOM).text


async def test_the_managers_of_the_team_that_somebody_leaves_hear_of_it(empty: World) -> None:
    await two_teams(empty)
    await settings_of(empty, ADA, "South", team_reps=["UPIA", BEN])
    assert await reps_of(empty, "North") == {ANA, BEN}
    await empty.press(ADA, "Apply")
    assert await reps_of(empty, "South") == {"UPIA", BEN}
    assert "Ben Krug is on South now, and no longer on North" in empty.last(MARIA).text
    assert "South has changed, at Ada Admin's word" in empty.last(TOM).text
    await settings_of(empty, ADA, "South", team_reps=["UPIA", BEN, ANA])
    await empty.press(ADA, "Apply")
    assert "That was the last rep of North" in empty.last(MARIA).text


async def test_whoever_looked_after_the_app_and_does_not_any_more_moves_nobody(empty: World) -> None:
    await two_teams(empty)
    empty.slack.profiles["UCEM"] = Profile("UCEM", "Cem Ay", BERLIN)
    await drafted(empty, team_name="West", team_managers=[TOM], team_reps=["UCEM", BEN])
    named = await empty.huddle.storage.read(lambda s: s.workspaces.get(WORKSPACE))
    await empty.huddle.storage.write(lambda s: s.workspaces.save(replace(named, admins=())))
    await empty.press(TOM, "Start")
    assert any("who can be on it has changed since you looked" in one.text for one in empty.dm(TOM))
    assert "On North, so left out: Ben Krug" in empty.last(TOM).text
    assert await reps_of(empty, "North") == {ANA, BEN}


async def test_changes_to_a_team_that_has_changed_meanwhile_are_shown_again_first(empty: World) -> None:
    await started(empty)
    mine = await settings_of(empty, MARIA, "North", team_care="Petra Lang")
    await settings_of(empty, ADA, "North", team_reps=[ANA, BEN, TOM])
    await empty.press(ADA, "Apply")
    await empty.press(MARIA, "Apply", mine)
    assert any("The changes to North have not taken effect" in one.text for one in empty.dm(MARIA))
    assert await reps_of(empty, "North") == {ANA, BEN, TOM}
    preview = empty.last(MARIA)
    assert "Off the team, and asked no more: Tom Member" in preview.text, "now they see what they would undo"
    await empty.press(MARIA, "Apply", preview)
    assert await reps_of(empty, "North") == {ANA, BEN}


# -- whom it reaches when


async def enrolled(world: World, slack_id: str, **changed: Any) -> None:
    """Somebody manages another team, and lives as this says."""
    one = Member(slack_id, world.slack.profiles[slack_id].name, BERLIN)
    await world.apply(replace(TEAM, name="Other", managers=(one,), reps=(Member("UPIA", "Pia Roth", BERLIN),)))

    def change(store: Store) -> None:
        person = store.people.by_slack(WORKSPACE, slack_id)
        assert person is not None
        store.people.save(replace(person, **changed))

    await world.huddle.storage.write(change)


def waits(world: World, who: str) -> bool:
    return not any("North: what will happen" in one.text for one in world.dm(who))


async def test_a_manager_who_is_away_sees_the_preview_when_they_are_back(empty: World) -> None:
    await enrolled(empty, MARIA, preferences=Preferences(absences=(Absence(date(2026, 11, 23), date(2026, 11, 24)),)))
    await drafted(empty)
    assert waits(empty, MARIA)
    await empty.go(local(BERLIN, "2026-11-24 17:00"))
    assert waits(empty, MARIA)
    await empty.go(local(BERLIN, "2026-11-25 08:31"))
    assert not waits(empty, MARIA)


async def test_a_manager_who_wants_no_messages_gets_no_preview_and_finds_the_team_in_their_home(empty: World) -> None:
    await enrolled(empty, MARIA, stopped_at=MONDAY)
    await drafted(empty)
    await empty.wait(days=3)
    assert waits(empty, MARIA)
    assert "North* waits to be started" in read_out(await home(empty, MARIA))


async def test_a_preview_that_was_held_up_does_not_come_in_the_night(empty: World) -> None:
    await enrolled(empty, MARIA)
    await empty.go(local(BERLIN, "2026-11-23 17:00"))
    await drafted(empty)
    assert not waits(empty, MARIA)
    await empty.go(local(BERLIN, "2026-11-23 23:00"))
    await drafted(empty, team_name="North-East")
    assert not any("North-East: what" in one.text for one in empty.dm(MARIA)), "it waits for the morning"
    empty.slack.failures = [TryLater("no connection to Slack", 12 * 3600)]
    await empty.go(local(BERLIN, "2026-11-24 08:35"))
    assert not empty.slack.failures
    await empty.go(local(BERLIN, "2026-11-24 23:30"))
    assert not any("North-East: what" in one.text for one in empty.dm(MARIA))
    await empty.go(local(BERLIN, "2026-11-25 08:35"))
    assert any("North-East: what" in one.text for one in empty.dm(MARIA))


async def test_whoever_had_everything_erased_is_neither_looked_up_nor_written_to(empty: World) -> None:
    await drafted(empty)
    asked: list[str] = []
    real = empty.slack.profile

    async def seen(workspace: str, slack_id: str) -> Profile | None:
        asked.append(slack_id)
        return await real(workspace, slack_id)

    (draft,) = await empty.huddle.storage.read(lambda s: s.drafts.of_workspace(WORKSPACE))
    gone = replace(draft, made_by=ERASED, told=(MARIA,))
    await empty.huddle.storage.write(lambda s: s.drafts.save(gone))
    empty.slack.profile = seen  # type: ignore[method-assign]
    await empty.press(MARIA, "Start")
    assert "North has started" in empty.last(MARIA).text
    assert ERASED not in asked
    assert not empty.dm(ERASED)


# -- who looks after the app


async def test_the_first_admin_of_the_workspace_who_asks_looks_after_it(tmp_path: Path) -> None:
    world = World(tmp_path / "huddle.db", MONDAY)
    world.slack.profiles[TOM] = Profile(TOM, "Tom Member", BERLIN)
    world.slack.profiles[ADA] = Profile(ADA, "Ada Admin", LISBON, is_admin=True)
    assert await world.command(TOM, "setup")
    assert not world.client.opened
    assert not world.dm(TOM)
    assert await world.command(ADA, "setup") == ""
    zones = next(b["element"] for b in the_form(world)["blocks"] if b.get("block_id") == "team_zone")
    assert zones["initial_option"]["value"] == LISBON
    assert list(world.last(ADA).buttons) == ["Create a team"]
    world.slack.profiles[TOM] = replace(world.slack.profiles[TOM], is_admin=True)
    assert await world.command(TOM, "setup"), "somebody looks after it by now"
    assert not world.dm(TOM)
    world.close()
