"""Conversations as transcripts: what a rep writes or taps, and what the bot says to it."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest

from bot.ports.slack import Profile
from tests.support.asking import OPEN
from tests.support.talk import talk
from tests.support.team import ANA, BEN, BERLIN, LISBON, MARIA
from tests.support.world import World, local


async def test_a_rep_who_thinks_aloud_is_led_to_one_action_with_a_time(monday: World) -> None:
    await talk(
        monday,
        ANA,
        ("rep", "I have three CFO calls this week, pricing is where they stall"),
        ("bot", OPEN),
        ("rep", "they push back on price and I go quiet"),
        ("bot", OPEN),
        ("rep", "I'd walk in calmer"),
        ("bot", "by when"),
        ("rep", "call Anna Weber about the pricing sheet"),
        ("bot", "By when will you have done it?"),
        ("tap", "Mon 15:00"),
        ("now", "Shall this be your commitment?"),
        ("tap", "Commit"),
        ("now", "Committed:\n> call Anna Weber about the pricing sheet\n> by *Mon 15:00*"),
    )


async def test_an_action_with_a_time_is_confirmed_at_once_and_a_typed_yes_will_do(monday: World) -> None:
    await talk(
        monday,
        BEN,
        ("rep", "I'll send the Kessler offer by 2pm"),
        ("bot", "> send the Kessler offer\n> by *Mon 14:00*"),
        ("rep", "yes"),
        ("now", "Committed:"),
    )


async def test_the_confirmation_shows_exactly_what_the_manager_will_see(monday: World) -> None:
    await monday.say(BEN, "I'll send the Kessler offer by 2pm")
    confirmation = monday.last(BEN)
    assert "Maria will see exactly this." in confirmation.text
    assert list(confirmation.buttons) == ["Commit", "Change", "Not today"]
    await monday.press(BEN, "Commit")
    assert "> send the Kessler offer, by Mon 14:00" in monday.last(MARIA).text


async def test_a_change_of_the_time_is_shown_for_confirmation_again(monday: World) -> None:
    await talk(
        monday,
        BEN,
        ("rep", "I'll send the Kessler offer by 2pm"),
        ("bot", "by *Mon 14:00*"),
        ("rep", "make it 4"),
        ("bot", "by *Mon 16:00*"),
        ("tap", "Commit"),
        ("now", "by *Mon 16:00*"),
    )


async def test_vague_intentions_are_sharpened_and_then_left_without_blame(monday: World) -> None:
    await talk(
        monday,
        BEN,
        ("rep", "I'll try to prospect more"),
        ("bot", OPEN),
        ("rep", "hard to say"),
        ("bot", OPEN),
        ("rep", "maybe do some calls"),
        ("bot", OPEN),
        ("rep", "dunno"),
        ("bot", "Let's leave it there for today"),
    )


async def test_not_today_is_a_fine_answer(monday: World) -> None:
    await talk(monday, BEN, ("rep", "not today"), ("bot", "Not today, then."))


async def test_a_question_of_theirs_gets_an_answer_and_keeps_the_thread(monday: World) -> None:
    question = monday.last(BEN).text.splitlines()[-1]
    answer = "Maria will see what you confirm, and how it went."
    await talk(monday, BEN, ("rep", "who sees what I write here?"), ("bot", answer))
    assert monday.last(BEN).text.splitlines()[-1] == question


async def test_asking_for_a_hand_tells_the_manager_only_with_a_tap_and_none_of_the_words(monday: World) -> None:
    await monday.say(BEN, "I'm stuck with the Kessler people and need help")
    assert "would like a hand" not in monday.last(MARIA).text
    await monday.press(BEN, "Tell my manager I'd like a hand")
    summary = monday.last(MARIA).text
    assert "*Ben Krug* · would like a hand" in summary
    assert "Kessler" not in summary


async def test_two_quick_messages_are_both_read_in_order(monday: World) -> None:
    await monday.say(BEN, "call Anna Weber", settle=False)
    await monday.say(BEN, "at 3pm", settle=False)
    await monday.settle()
    assert "> call Anna Weber\n> by *Mon 15:00*" in monday.last(BEN).text


async def test_an_edit_before_the_confirmation_is_read_again(monday: World) -> None:
    ts = await monday.say(BEN, "call Anna Weber at 3pm")
    count = len(monday.dm(BEN))
    await monday.edit(BEN, ts, "call Bea Lang at 4pm", before="call Anna Weber at 3pm")
    assert len(monday.dm(BEN)) == count
    assert "> call Bea Lang\n> by *Mon 16:00*" in monday.last(BEN).text
    await monday.press(BEN, "Commit")
    assert "call Bea Lang, by Mon 16:00" in monday.last(MARIA).text


async def test_an_edit_of_an_earlier_message_is_carried_through_what_followed(monday: World) -> None:
    ts = await monday.say(BEN, "call Anna Weber")
    await monday.say(BEN, "3pm")
    await monday.edit(BEN, ts, "call Bea Lang", before="call Anna Weber")
    assert "> call Bea Lang\n> by *Mon 15:00*" in monday.last(BEN).text


async def test_an_edit_after_the_confirmation_changes_nothing_agreed(monday: World) -> None:
    ts = await monday.say(BEN, "call Anna Weber at 3pm")
    await monday.press(BEN, "Commit")
    await monday.edit(BEN, ts, "call Bea Lang at 4pm", before="call Anna Weber at 3pm")
    assert "> call Anna Weber\n> by *Mon 15:00*" in monday.last(BEN).text


async def test_a_deleted_message_is_forgotten_and_no_longer_counts(monday: World) -> None:
    ts = await monday.say(BEN, "call Zacharias Quint at 3pm")
    await monday.delete(BEN, ts)
    assert "Zacharias" not in monday.last(BEN).text
    assert "Commit" not in monday.last(BEN).buttons
    assert not await _on_disk(monday, b"Zacharias")


async def test_mentions_links_and_ampersands_come_back_as_plain_words_and_ring_nobody(monday: World) -> None:
    await monday.say(BEN, "call <@UANA> about R&amp;D and <https://acme.example|the offer> by 3pm")
    assert "> call Ana Sousa about R&amp;D and the offer\n> by *Mon 15:00*" in monday.last(BEN).text
    assert "<@" not in str(monday.last(BEN).blocks)


async def test_a_tapped_time_still_counts_when_the_action_is_edited(monday: World) -> None:
    ts = await monday.say(BEN, "call Anna Weber")
    await monday.press(BEN, "Mon 15:00" if "Mon 15:00" in monday.last(BEN).buttons else "Mon 14:00")
    shown = monday.last(BEN).text.splitlines()[2]
    await monday.edit(BEN, ts, "call Bea Lang", before="call Anna Weber")
    assert f"> call Bea Lang\n{shown}" in monday.last(BEN).text


async def test_a_draft_made_of_a_deleted_message_is_erased_even_when_the_check_in_is_over(monday: World) -> None:
    ts = await monday.say(BEN, "call Zacharias Quint at 3pm")
    await monday.press(BEN, "Not today")
    await monday.delete(BEN, ts)
    assert not await _on_disk(monday, b"Zacharias")


async def test_what_was_learned_can_be_edited_and_deleted(monday: World) -> None:
    await monday.say(BEN, "send the Kessler offer by 2pm")
    await monday.press(BEN, "Commit")
    await monday.say(BEN, "done")
    ts = await monday.say(BEN, "Frobisher helped me")
    await monday.edit(BEN, ts, "Quintus helped me", before="Frobisher helped me")
    assert not await _on_disk(monday, b"Frobisher")
    assert await _on_disk(monday, b"Quintus")
    await monday.delete(BEN, ts)
    assert not await _on_disk(monday, b"Quintus")


async def _on_disk(world: World, words: bytes) -> bool:
    """Whether the words stand in any row of any table."""
    with sqlite3.connect(world.database) as connection:
        return any(words in line.encode() for line in connection.iterdump())


async def test_an_event_delivered_twice_is_answered_once(monday: World) -> None:
    event = {"type": "message", "user": BEN, "text": "call Anna", "ts": "77.7", "channel": "DBEN", "channel_type": "im"}
    await monday.event(event, event_id="Ev1")
    count = len(monday.dm(BEN))
    await monday.event(event, event_id="Ev2")
    assert len(monday.dm(BEN)) == count


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ({"text": "", "subtype": "file_share", "files": [{"id": "F1"}]}, "I can't open files"),
        ({"text": "   "}, "I only understand words"),
    ],
)
async def test_what_cannot_be_read_gets_a_sensible_answer(monday: World, event: dict[str, object], words: str) -> None:
    await monday.event({"type": "message", "user": BEN, "ts": "7.7", "channel": "DBEN", "channel_type": "im"} | event)
    assert words in monday.last(BEN).text


@pytest.mark.parametrize(
    "more",
    [
        {"bot_id": "B1"},
        {"app_id": "A2"},
        {"user_team": "T99OTHER"},
        {"source_team": "T99OTHER"},
        {"channel_type": "channel"},
        {"subtype": "bot_message"},
        {"subtype": "channel_join"},
    ],
)
async def test_bots_other_apps_strangers_and_channels_are_ignored(monday: World, more: dict[str, str]) -> None:
    count = len(monday.slack.messages)
    event = {"type": "message", "user": BEN, "text": "call Anna at 3", "ts": "7.7", "channel": "DBEN"}
    await monday.event(event | {"channel_type": "im"} | more)
    assert len(monday.slack.messages) == count


async def test_after_the_working_day_the_check_in_has_closed_and_a_fresh_one_is_offered(monday: World) -> None:
    await monday.go(local(BERLIN, "2026-11-23 19:00"))
    await monday.say(BEN, "call Anna at 8pm")
    assert "closed with the working day" in monday.last(BEN).text
    await monday.press(BEN, "Start a fresh one")
    await talk(
        monday, BEN, ("rep", "call Anna at 8pm"), ("bot", "by *Mon 20:00*"), ("tap", "Commit"), ("now", "Committed")
    )


async def test_a_message_when_nothing_is_open_gets_a_useful_answer(monday: World) -> None:
    await monday.say(BEN, "send the Kessler offer by 2pm")
    await monday.press(BEN, "Commit")
    await talk(
        monday, BEN, ("rep", "hm, interesting day"), ("bot", "You're committed to this:\n> send the Kessler offer")
    )


async def test_done_can_be_told_in_words(monday: World) -> None:
    await monday.say(BEN, "send the Kessler offer by 2pm")
    await monday.press(BEN, "Commit")
    await talk(monday, BEN, ("rep", "done"), ("bot", "Done:\n> send the Kessler offer"))
    assert "send the Kessler offer, by Mon 14:00 · done" in monday.last(MARIA).text


async def test_done_is_understood_while_another_check_in_is_open(monday: World) -> None:
    await monday.say(BEN, "send the Kessler offer tomorrow at 9am")
    await monday.press(BEN, "Commit")
    await monday.go(local(BERLIN, "2026-11-24 09:05"))
    assert "How did this go?" in monday.last(BEN).text
    await talk(
        monday,
        BEN,
        ("rep", "done"),
        ("bot", "Done:\n> send the Kessler offer"),
        ("rep", "I wrote it before opening my mail"),
        ("bot", "Thank you, kept."),
        ("rep", "call Anna Weber at 3pm"),
        ("bot", "Shall this be your commitment?"),
    )


async def test_the_earlier_commitment_is_asked_for_first_next_morning(monday: World) -> None:
    await monday.say(BEN, "send the Kessler offer by 2pm")
    await monday.press(BEN, "Commit")
    await monday.go(local(BERLIN, "2026-11-24 08:45"))
    assert "First, what you set out to do by Mon 14:00:\n> send the Kessler offer" in monday.last(BEN).text
    await talk(monday, BEN, ("tap", "Dropped it"), ("now", "Dropped:\n> send the Kessler offer"))
    await monday.go(local(BERLIN, "2026-11-24 09:30"))
    assert "Before: send the Kessler offer · dropped" in monday.last(MARIA).text


async def test_people_who_are_not_enrolled_get_one_friendly_sentence(monday: World) -> None:
    from bot.ports.slack import Profile

    monday.slack.profiles["UZOE"] = Profile("UZOE", "Zoe", "Europe/Paris")
    await monday.say("UZOE", "hello?")
    await monday.say("UZOE", "anybody?")
    assert [m.text for m in monday.dm("UZOE")] == [
        "I coach sales teams here, and you're not on one of them yet. Whoever looks after this app can add you."
    ]


@pytest.mark.parametrize("what", ["is_guest", "is_stranger", "is_bot", "deleted"])
async def test_guests_and_strangers_who_are_not_enrolled_get_nothing(monday: World, what: str) -> None:
    monday.slack.profiles["UZOE"] = replace(Profile("UZOE", "Zoe", None), **{what: True})  # type: ignore[arg-type]
    await monday.say("UZOE", "hello?")
    assert monday.dm("UZOE") == []


async def test_stop_ends_all_messages_until_they_start_again(monday: World) -> None:
    await talk(monday, BEN, ("rep", "stop messaging me"), ("bot", "I won't message you any more"))
    count = len(monday.dm(BEN))
    await monday.go(local(BERLIN, "2026-11-25 12:00"))
    assert len(monday.dm(BEN)) == count
    assert "Has asked for no messages" in monday.last(MARIA).text or any(
        "Has asked for no messages" in m.text for m in monday.dm(MARIA)
    )
    await monday.command(BEN)
    assert len(monday.dm(BEN)) == count + 1


async def test_a_deleted_text_is_gone_from_the_inbox_too_when_it_was_never_worked_on(monday: World) -> None:
    ts = await monday.say(ANA, "Quintessenz at 3", settle=False)
    await monday.delete(ANA, ts)
    assert all("Quintessenz" not in m.text for m in monday.dm(ANA))


def test_zones_of_the_sample_team_differ() -> None:
    assert LISBON != BERLIN
