"""What counts as said in a DM: Slack names the channel's type with messages, and not always with what changes them.

And what is our own message, shown to us: it is known by the random id that we gave it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.ports.queues import Incoming
from handlers.middleware import echo_of, incoming_of

AT = datetime(2026, 11, 23, 8, 45, tzinfo=UTC)
MESSAGE = {"user": "UBEN", "text": "call Anna at 4", "ts": "7.7"}
SAID = {"type": "message", **MESSAGE}
EDITED = {
    "type": "message",
    "subtype": "message_changed",
    "message": MESSAGE | {"edited": {"user": "UBEN", "ts": "8.8"}},
    "previous_message": MESSAGE | {"text": "call Anna at 3"},
}
DELETED = {"type": "message", "subtype": "message_deleted", "deleted_ts": "7.7", "previous_message": MESSAGE}


def kept(event: dict[str, Any]) -> Incoming | None:
    """What is kept of an event."""
    return incoming_of({"type": "event_callback", "team_id": "T1", "event": event}, AT)


def heard(event: dict[str, Any]) -> str | None:
    """The kind of what is kept of an event, if anything is."""
    incoming = kept(event)
    return str(incoming.payload["kind"]) if incoming else None


@pytest.mark.parametrize(("event", "kind"), [(SAID, "message"), (EDITED, "edited"), (DELETED, "deleted")])
def test_a_dm_is_known_by_its_type_or_else_by_its_id(event: dict[str, Any], kind: str) -> None:
    assert heard(event | {"channel": "DBEN", "channel_type": "im"}) == kind
    assert heard(event | {"channel": "DBEN"}) == kind


@pytest.mark.parametrize("event", [SAID, EDITED, DELETED])
@pytest.mark.parametrize(
    "place",
    [{"channel": "C1", "channel_type": "channel"}, {"channel": "G1", "channel_type": "mpim"}, {"channel": "C1"}, {}],
)
def test_what_happens_elsewhere_is_not_ours_to_read(event: dict[str, Any], place: dict[str, str]) -> None:
    assert heard(event | place) is None


def test_what_is_kept_of_a_message_is_its_place_its_words_and_when_it_was_said() -> None:
    incoming = kept(SAID | {"channel": "DBEN", "ts": "1764000000.000100", "event_ts": "1764000000.000100"})
    payload = {
        "kind": "message",
        "text": "call Anna at 4",
        "ts": "1764000000.000100",
        "channel": "DBEN",
        "files": False,
    }
    assert incoming == Incoming("T1:DBEN:1764000000.000100", "T1", "UBEN", payload, AT, 1764000000.0001)


def test_a_message_was_said_when_it_was_written_and_an_edit_or_a_deletion_when_it_was_made() -> None:
    """So that what changes a message comes after it, in whatever order Slack delivers the two."""
    place = {"channel": "DBEN", "event_ts": "8.8"}
    said = [one.said for event in (SAID, EDITED, DELETED) if (one := kept(event | place))]
    assert said == [7.7, 8.8, 8.8]


def test_what_follows_quickly_is_told_apart_by_the_part_after_the_point() -> None:
    first, second = (kept(SAID | {"channel": "DBEN", "ts": ts}) for ts in ("1764000000.000100", "1764000000.000200"))
    assert first is not None
    assert second is not None
    assert first.said < second.said


@pytest.mark.parametrize("ts", [None, "", "soon"])
def test_an_edit_without_a_time_of_its_own_happened_when_it_arrived(ts: object) -> None:
    incoming = kept(EDITED | {"channel": "DBEN", "event_ts": ts})
    assert incoming is not None
    assert incoming.said == AT.timestamp()


def test_an_event_is_received_at_the_moment_it_is_taken_for() -> None:
    assert all(one.received_at == AT for event in (SAID, EDITED, DELETED) if (one := kept(event | {"channel": "DBEN"})))


def test_a_message_that_slack_delivers_under_two_event_ids_has_one_key() -> None:
    one = incoming_of({"team_id": "T1", "event_id": "Ev1", "event": SAID | {"channel": "DBEN"}}, AT)
    other = incoming_of({"team_id": "T1", "event_id": "Ev2", "event": SAID | {"channel": "DBEN"}}, AT)
    assert one is not None
    assert other is not None
    assert one.key == other.key


def test_a_message_and_what_changes_it_have_keys_of_their_own() -> None:
    keys = [one.key for event in (SAID, EDITED, DELETED) if (one := kept(event | {"channel": "DBEN"}))]
    assert keys == ["T1:DBEN:7.7", "T1:DBEN:7.7:edited:8.8", "T1:DBEN:7.7:deleted"]


# -- our own messages, as Slack shows them to us

ECHO: dict[str, Any] = {
    "type": "message",
    "bot_id": "B0BOT",
    "channel": "DBEN",
    "ts": "7.7",
    "text": "What will you do today?",
    "metadata": {"event_type": "delivery", "event_payload": {"delivery_id": "d0c0ffee"}},
}


def echo(event: dict[str, Any]) -> tuple[str, str, str, str] | None:
    return echo_of({"type": "event_callback", "team_id": "T1", "event": event})


@pytest.mark.parametrize("more", [{}, {"subtype": "bot_message"}, {"channel": "C01WINS", "channel_type": "channel"}])
def test_our_own_message_tells_where_it_stands(more: dict[str, Any]) -> None:
    event = ECHO | more
    assert echo(event) == ("T1", "d0c0ffee", event["channel"], "7.7")


@pytest.mark.parametrize(
    "change",
    [
        {"type": "app_mention"},
        {"bot_id": None},
        {"metadata": None},
        {"metadata": {}},
        {"metadata": {"event_payload": None}},
        {"metadata": {"event_payload": {"delivery_id": 7}}},
        {"metadata": {"event_payload": {"delivery_id": None}}},
        {"channel": None},
        {"ts": ""},
    ],
)
def test_anything_else_is_no_echo(change: dict[str, Any]) -> None:
    assert echo(ECHO | change) is None


@pytest.mark.parametrize("event", [SAID, EDITED, DELETED, {}])
def test_what_a_person_does_is_no_echo(event: dict[str, Any]) -> None:
    assert echo(event | {"channel": "DBEN"}) is None


def test_our_own_message_is_not_taken_for_what_somebody_said() -> None:
    assert heard(ECHO | {"channel_type": "im"}) is None
    assert heard(ECHO | {"channel_type": "im", "user": "U0BOT"}) is None
