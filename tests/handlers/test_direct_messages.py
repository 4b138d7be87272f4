"""What counts as said in a DM: Slack names the channel's type with messages, and not always with what changes them."""

from __future__ import annotations

from typing import Any

import pytest

from handlers.middleware import incoming_of

MESSAGE = {"user": "UBEN", "text": "call Anna at 4", "ts": "7.7"}
SAID = {"type": "message", **MESSAGE}
EDITED = {
    "type": "message",
    "subtype": "message_changed",
    "message": MESSAGE | {"edited": {"user": "UBEN", "ts": "8.8"}},
    "previous_message": MESSAGE | {"text": "call Anna at 3"},
}
DELETED = {"type": "message", "subtype": "message_deleted", "deleted_ts": "7.7", "previous_message": MESSAGE}


def heard(event: dict[str, Any]) -> str | None:
    """The kind of what is kept of an event, if anything is."""
    incoming = incoming_of({"type": "event_callback", "team_id": "T1", "event": event})
    return str(incoming[3]["kind"]) if incoming else None


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
