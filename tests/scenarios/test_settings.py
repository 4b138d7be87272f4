"""The settings form: what people choose takes effect at once, is said back, and is theirs alone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.domain.people import Person
from bot.domain.preferences import Preferences
from bot.ports.slack import Profile
from tests.support.team import ANA, BEN, BERLIN, LISBON, MARIA
from tests.support.world import WORKSPACE, World, local


async def person(world: World, user: str) -> Person:
    found = await world.huddle.storage.read(lambda s: s.people.by_slack(WORKSPACE, user))
    assert found is not None
    return found


async def settled(world: World, user: str) -> Preferences:
    return (await person(world, user)).preferences


async def save(world: World, user: str, **fields: Any) -> Any:
    """Open the form, change some of it, and send it."""
    await world.tap_view(user, "settings", "home")
    return await world.submit(user, **fields)


def at(clock: str) -> dict[str, str]:
    return {"type": "timepicker", "selected_time": clock}


def one(value: str) -> dict[str, Any]:
    return {"type": "static_select", "selected_option": {"value": value}}


def some(*values: str) -> dict[str, Any]:
    return {"type": "checkboxes", "selected_options": [{"value": value} for value in values]}


def somebody(user: str | None) -> dict[str, Any]:
    return {"type": "users_select", "selected_user": user}


async def asked(world: World, user: str) -> list[tuple[str, str]]:
    """For which days somebody was asked, and when, by their own clock."""
    who = await person(world, user)

    def work(store: Any) -> list[tuple[str, str]]:
        found = store.checkins.recent(who.id, date.max, 20)
        return [(f"{c.local_date:%a}", f"{c.opened_at.astimezone(who.tz):%a %H:%M}") for c in reversed(found)]

    return await world.huddle.storage.read(work)


async def test_a_form_that_is_saved_as_it_was_changes_and_says_nothing(monday: World) -> None:
    before = len(monday.dm(BEN))
    await save(monday, BEN)
    assert await settled(monday, BEN) == Preferences()
    assert len(monday.dm(BEN)) == before


async def test_an_own_time_counts_from_the_next_question_on(monday: World) -> None:
    await save(monday, BEN, own_time=at("10:15"))
    assert "I ask you at 10:15." in monday.last(BEN).text
    assert "Your next question comes Tue 10:15." in monday.last(BEN).text
    await monday.go(local(BERLIN, "2026-11-24 12:00"))
    assert await asked(monday, BEN) == [("Mon", "Mon 08:45"), ("Tue", "Tue 10:15")]


@pytest.mark.parametrize("clock", ["07:00", "11:01", "18:00"])
async def test_a_time_outside_the_teams_window_is_refused_at_the_field(monday: World, clock: str) -> None:
    answer = await save(monday, BEN, own_time=at(clock))
    assert "own_time" in answer.body
    assert await settled(monday, BEN) == Preferences()


async def test_somebody_works_at_least_one_day(monday: World) -> None:
    assert "own_days" in (await save(monday, BEN, own_days=some())).body


async def test_own_days_are_the_days_that_count(monday: World) -> None:
    await save(monday, BEN, own_days=some("0", "2"))
    await monday.go(local(BERLIN, "2026-11-25 12:00"))
    assert [day for day, _ in await asked(monday, BEN)] == ["Mon", "Wed"]
    tuesday = next(shown for shown in monday.dm(MARIA) if "North, Tuesday" in shown.text)
    assert "Not a working day" in tuesday.text


async def test_the_evening_before_is_about_the_next_working_day_and_the_morning_is_quiet(monday: World) -> None:
    await save(monday, BEN, own_when=one("evening"))
    assert "the evening before" in monday.last(BEN).text
    await monday.go(local(BERLIN, "2026-11-23 16:46"))
    assert "tomorrow" in monday.last(BEN).text.casefold() or "Tuesday" in monday.last(BEN).text
    await monday.say(BEN, "I'll call Jonas about the offer at 14:00")
    assert "by *Tue 14:00*" in monday.last(BEN).text
    await monday.press(BEN, "Commit")
    before = len(monday.dm(BEN))
    await monday.go(local(BERLIN, "2026-11-24 13:00"))
    assert len(monday.dm(BEN)) == before
    summary = next(shown for shown in monday.dm(MARIA) if "North, Tuesday" in shown.text)
    assert "call Jonas about the offer" in summary.text
    await monday.go(local(BERLIN, "2026-11-24 14:30"))
    assert "How did this go?" in monday.last(BEN).text


async def test_in_the_evening_the_change_form_takes_times_of_the_day_that_is_talked_about(monday: World) -> None:
    await save(monday, BEN, own_when=one("evening"))
    await monday.go(local(BERLIN, "2026-11-23 16:46"))
    await monday.say(BEN, "I'll call Jonas about the offer at 14:00")
    await monday.press(BEN, "Change")
    await monday.submit(BEN, when="11:00")
    assert "by *Tue 11:00*" in monday.last(BEN).text


async def test_on_friday_evening_it_is_about_monday(monday: World) -> None:
    await save(monday, BEN, own_when=one("evening"))
    await monday.go(local(BERLIN, "2026-11-27 16:46"))
    assert "Monday" in monday.last(BEN).text
    await monday.go(local(BERLIN, "2026-11-30 12:00"))
    assert await asked(monday, BEN) == [
        ("Mon", "Mon 08:45"),
        ("Tue", "Mon 16:45"),
        ("Wed", "Tue 16:45"),
        ("Thu", "Wed 16:45"),
        ("Fri", "Thu 16:45"),
        ("Mon", "Fri 16:45"),
    ]


async def test_dates_are_in_the_language_that_was_chosen(monday: World) -> None:
    await save(monday, BEN, own_locale=one("de"))
    assert "Your next question comes Di" in monday.last(BEN).text
    await monday.say(BEN, "I'll call Jonas about the offer tomorrow at 14:00")
    assert "Di. 14:00" in monday.last(BEN).text or "Di 14:00" in monday.last(BEN).text


async def test_own_public_holidays_replace_the_teams(monday: World) -> None:
    await save(monday, ANA, own_country=one("PT"))
    assert "public holidays" in monday.last(ANA).text
    await monday.go(local(LISBON, "2026-12-01 12:00"))  # a holiday in Portugal
    assert "Tue" not in [day for day, when in (await asked(monday, ANA)) if when.startswith("Tue")][1:]
    assert any("Public holiday" in shown.text for shown in monday.dm(MARIA) if "North, Tuesday" in shown.text)
    assert "own_country" in (await save(monday, ANA, own_country=one("XX"))).body


async def test_wins_switched_off_are_not_offered_and_those_shared_are_withdrawn(monday: World) -> None:
    await monday.say(BEN, "I'll call Jonas about the offer at 11:00")
    await monday.press(BEN, "Commit")
    await monday.go(local(BERLIN, "2026-11-23 11:10"))
    await monday.press(BEN, "Done")
    await monday.press(BEN, "Share as a win on the team channel")
    await save(monday, BEN, own_shared=some("help"))
    assert "stays between us" in monday.last(BEN).text
    ben = await person(monday, BEN)
    assert not any(c.shared for c in await monday.huddle.storage.read(lambda s: s.commitments.of(ben.id, 5)))


async def test_the_form_shows_what_stands(monday: World) -> None:
    await save(monday, BEN, own_time=at("10:15"), own_locale=one("fr"), own_shared=some("wins"))
    await monday.tap_view(BEN, "settings", "home")
    fields = {b["block_id"]: b["element"] for b in monday.client.opened[-1]["blocks"] if b["type"] == "input"}
    assert fields["own_time"]["initial_time"] == "10:15"
    assert fields["own_locale"]["initial_option"]["value"] == "fr"
    assert [o["value"] for o in fields["own_shared"]["initial_options"]] == ["wins"]


# -- managers


async def test_a_manager_names_a_colleague_who_is_not_enrolled_and_they_are(monday: World) -> None:
    monday.slack.profiles["UDORA"] = Profile("UDORA", "Dora Lind", LISBON)
    await save(monday, MARIA, own_stand_in=somebody("UDORA"))
    dora = await person(monday, "UDORA")
    assert (dora.rep_of, dora.zone) == (None, LISBON)
    assert (await settled(monday, MARIA)).stand_in == dora.id
    assert "Dora Lind gets your summaries and nudges" in monday.last(MARIA).text


@pytest.mark.parametrize(
    "profile",
    [
        None,
        Profile("UX", "Guest", BERLIN, is_guest=True),
        Profile("UX", "Bot", BERLIN, is_bot=True),
        Profile("UX", "Other", BERLIN, is_stranger=True),
        Profile("UX", "Gone", BERLIN, deleted=True),
    ],
)
async def test_only_a_full_member_may_stand_in(monday: World, profile: Profile | None) -> None:
    if profile:
        monday.slack.profiles["UX"] = profile
    assert "full member" in (await save(monday, MARIA, own_stand_in=somebody("UX"))).body
    assert (await settled(monday, MARIA)).stand_in is None


async def test_nobody_stands_in_for_themselves(monday: World) -> None:
    assert "own_stand_in" in (await save(monday, MARIA, own_stand_in=somebody(MARIA))).body


async def test_a_manager_switches_their_messages_off_and_on(monday: World) -> None:
    before = len(monday.dm(MARIA))
    await save(monday, MARIA, own_messages=some())
    assert "won't message you any more" in monday.last(MARIA).text
    await monday.go(local(BERLIN, "2026-11-24 13:00"))
    assert len(monday.dm(MARIA)) == before + 1
    await save(monday, MARIA, own_messages=some("messages"))
    await monday.go(local(BERLIN, "2026-11-25 13:00"))
    assert any("North, Wednesday" in shown.text for shown in monday.dm(MARIA))


async def test_somebody_on_no_team_has_no_settings(monday: World) -> None:
    await monday.tap_view("UNOBODY", "settings", "home")
    assert monday.client.opened == []
