"""The audit says nothing of a good record, and finds each thing that is spoiled in it. No process runs here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.kill.audit import CHECKS, LEFT_OUT, NEVER_POSTED, STARTED, SUPERSEDED, audit
from tests.kill.deeds import Command, Deeds, Event, Tap, event_of
from tests.kill.evidence import Evidence, Row
from tests.kill.team import CUSTOMER, MANAGER, REPS, STRANGER
from tests.support.strict import Asked, Seen

BELA, CORA = REPS[1], REPS[2]  # the first of all is restless
TEAM_ID = "T0STANDIN"
ACTION = f"call {CUSTOMER[BELA.id]}1"
COMMIT = [{"type": "actions", "elements": [{"type": "button", "action_id": "commit", "value": "C1|1"}]}]


def posted(number: int, at: float, text: str, **more: Any) -> Seen:
    """The app's post with this number in Bela's conversation."""
    seen = Seen("post", at, BELA.dm, BELA.id, "U0HUDDLE", text, f"{100 + number}.0", [], f"id-{number}", number)
    return replace(seen, **more)


def said(ts: str, text: str, tried: float, acked: float | None, kind: str = "message") -> Event:
    """Something that Bela wrote."""
    suffix = "" if kind == "message" else f":{kind}"
    return Event(f"{TEAM_ID}:{BELA.dm}:{ts}{suffix}", kind, BELA.id, BELA.dm, ts, text, tried, acked)


def out(number: int, key: str, **more: Any) -> Row:
    """The row of a message that was sent."""
    row = {"id": number, "key": key, "op": "post", "channel": BELA.id, "target": None, "delivery_id": f"id-{number}"}
    place = {"slack_channel": BELA.dm, "slack_ts": f"{100 + number}.0"}
    return row | place | {"state": "sent", "reason": None, "attempts": 1} | more


def good() -> Evidence:
    """Bela begins, promises, taps and says that it is done; every promise of ours is kept."""
    first, second = said("50.0", f"{ACTION} tomorrow at 11:00", 2.0, 2.1), said("60.0", "done", 6.0, 6.1)
    told = replace(posted(9, 0.5, STARTED), how="ephemeral", delivery_id=None, request=None)
    committed = f"Committed:\n\n> {ACTION}\n> by *Tue 11:00*\n"
    return Evidence(
        seen=[
            told,
            posted(1, 1.0, "What will you do?"),
            posted(2, 3.0, f"Shall this be your commitment?\n\n> {ACTION}\n> by *Tue 11:00*\n"),
            replace(posted(2, 5.0, committed), how="update"),
            posted(4, 7.0, f"Done:\n\n> {ACTION}\n"),
        ],
        asked=[Asked(n, 1.0, "chat.postMessage", _metadata(n), "ok", done=True) for n in (1, 2, 4)],
        rejected=[Asked(8, 1.0, "chat.postMessage", {}, "ratelimited")],
        deeds=Deeds(
            {event.key: event for event in (first, second)},
            [Tap(BELA.id, "commit", "C1|1", 4.0, acked=True)],
            [Command(BELA.id, "", 0.4, acked=True)],
        ),
        standing={BELA.id: [{"ts": "102.0", "blocks": []}]},
        inbox=[{"id": n, "key": e.key, "state": "done", "reason": None} for n, e in enumerate((first, second), 1)],
        outbox=[
            out(1, "checkin:T:p:2026-11-23"),
            out(2, f"reply:{first.key}:0"),
            out(3, "u1", op="update", target=f"reply:{first.key}:0", slack_ts=None, delivery_id="id-3"),
            out(4, f"reply:{second.key}:0"),
        ],
        checkins=[
            {
                "id": "C1",
                "slack_id": BELA.id,
                "version": 2,
                "stage": "committed",
                "doc": {"last_key": f"reply:{first.key}:0"},
            }
        ],
        turns=[
            {"checkin_id": "C1", "slack_ts": "50.0", "before": {"version": 0}},
            {"checkin_id": "C1", "slack_ts": None, "before": {"version": 1}},
        ],
        commitments=[{"slack_id": BELA.id, "checkin_id": "C1", "action": ACTION}],
        exit_codes=[0],
    )


def _metadata(number: int) -> dict[str, Any]:
    return {"metadata": {"event_type": "delivery", "event_payload": {"delivery_id": f"id-{number}"}}}


def _row(e: Evidence, number: int, **more: Any) -> Evidence:
    return replace(e, outbox=[row | more if row["id"] == number else row for row in e.outbox])


def _seen(e: Evidence, place: int, **more: Any) -> Evidence:
    return replace(e, seen=[replace(one, **more) if n == place else one for n, one in enumerate(e.seen)])


def _without(e: Evidence, how: str, place: int) -> Evidence:
    less: dict[str, Any] = {how: [one for n, one in enumerate(getattr(e, how)) if n != place]}
    return replace(e, **less)


def _with_event(e: Evidence, event: Event) -> Evidence:
    e.deeds.events[event.key] = event
    return e


def _out_of_order(e: Evidence) -> Evidence:
    return replace(e, seen=[*e.seen[:2], replace(e.seen[4], at=2.9), *e.seen[2:4], posted(5, 8.0, "Thank you")])


SPOILED: dict[str, tuple[str, Callable[[Evidence], Evidence]]] = {
    "a delivery stands twice": ("nothing_twice", lambda e: replace(e, seen=[*e.seen, posted(4, 9.0, "Done:")])),
    "a post without a row": ("nothing_twice", lambda e: replace(e, seen=[*e.seen, posted(7, 9.0, "Hello")])),
    "an answer under a second key": (
        "nothing_twice",
        lambda e: replace(e, outbox=[*e.outbox, out(5, "reply:T0STANDIN:D:51.0:0", delivery_id="id-1")]),
    ),
    "an acknowledged message is not kept": ("nothing_lost", lambda e: _without(e, "inbox", 1)),
    "a message is set aside": (
        "nothing_lost",
        lambda e: replace(e, inbox=[e.inbox[0], e.inbox[1] | {"state": "aside", "reason": "KeyError"}]),
    ),
    "a message is done without an effect": ("nothing_lost", lambda e: _without(e, "outbox", 3)),
    "nothing comes after a message": (
        "nothing_lost",
        lambda e: _with_event(e, replace(said("60.0", "done", 7.5, 7.6))),
    ),
    "an event that Slack neither brought nor gave up": (
        "nothing_lost",
        lambda e: _with_event(e, said("70.0", "hello", 8.0, None)),
    ),
    "a row that nobody wrote": (
        "nothing_lost",
        lambda e: replace(e, inbox=[*e.inbox, {"id": 3, "key": "x", "state": "done", "reason": None}]),
    ),
    "an edit that was acknowledged and not kept": (
        "nothing_lost",
        lambda e: _with_event(e, said("60.0", "half", 8.0, 8.1, "edited")),
    ),
    "answers change places": ("in_order", _out_of_order),
    "a customer of somebody else": ("right_person", lambda e: _seen(e, 1, text=f"call {CUSTOMER[CORA.id]}4?")),
    "what a rep said, told to a stranger": (
        "right_person",
        lambda e: replace(e, seen=[*e.seen, posted(1, 9.0, ACTION, reader=STRANGER.id, how="ephemeral")]),
    ),
    "a name of somebody else in a button": (
        "right_person",
        lambda e: _seen(e, 1, blocks=[{"text": {"text": f"Ask {CORA.real_name}"}}]),
    ),
    "a post in another conversation": ("right_person", lambda e: _seen(e, 4, channel=CORA.dm, reader=CORA.id)),
    "Slack refuses": (
        "nothing_invalid",
        lambda e: replace(e, rejected=[Asked(9, 1.0, "chat.update", {}, "invalid_blocks")]),
    ),
    "a tap without its commitment": ("commitments", lambda e: replace(e, commitments=[])),
    "a commitment that nobody agreed to": ("commitments", lambda e: replace(e, deeds=replace(e.deeds, taps=[]))),
    "two commitments of one check-in": (
        "commitments",
        lambda e: replace(e, commitments=[*e.commitments, *e.commitments]),
    ),
    "a commitment that was never shown": (
        "commitments",
        lambda e: _seen(_seen(e, 3, text="Shall this be it?"), 4, text="?"),
    ),
    "a commitment that is shown and not there": (
        "commitments",
        lambda e: _seen(e, 3, text=f"Committed:\n\n> {ACTION}2\n> by *Tue 11:00*\n"),
    ),
    "a tap after which nothing was seen": (
        "commitments",
        lambda e: replace(e, deeds=replace(e.deeds, taps=[replace(e.deeds.taps[0], at=9.0)])),
    ),
    "a question stands where the yes was given": (
        "newest_words",
        lambda e: replace(e, standing={BELA.id: [{"ts": "102.0", "blocks": COMMIT}]}),
    ),
    "a start that came to nothing": ("commands", lambda e: replace(e, seen=[*e.seen, e.seen[0]])),
    "a start that came to two": ("commands", lambda e: replace(e, checkins=[*e.checkins, *e.checkins])),
    "a tap on nothing": ("commitments", lambda e: replace(e, checkins=[])),
    "a command that failed": ("commands", lambda e: _seen(e, 0, text="Something went wrong on my side, sorry")),
    "sent, they say": ("ends_well", lambda e: _without(e, "seen", 1)),
    "a change that never came": ("ends_well", lambda e: _without(e, "seen", 3)),
    "a row that is still open": ("ends_well", lambda e: _without(_row(e, 1, state="waiting"), "seen", 1)),
    "skipped, and it stands in Slack": ("ends_well", lambda e: _row(e, 1, state="skipped", reason=LEFT_OUT)),
    "an answer is left out": (
        "ends_well",
        lambda e: _without(_row(e, 4, state="skipped", reason=LEFT_OUT), "seen", 4),
    ),
    "superseded by nothing": ("ends_well", lambda e: _row(e, 3, state="skipped", reason=SUPERSEDED)),
    "never posted, and it was": ("ends_well", lambda e: _row(e, 3, state="skipped", reason=NEVER_POSTED)),
    "a place that is not where it stands": ("ends_well", lambda e: _row(e, 1, slack_ts="1.0")),
    "it does not end as it should": ("ends_well", lambda e: replace(e, exit_codes=[1])),
    "it complains": ("ends_well", lambda e: replace(e, complaints=["handler failed"])),
}


def test_a_good_record_is_good() -> None:
    assert audit(good()) == []


@pytest.mark.parametrize("name", SPOILED)
def test_what_is_spoiled_is_found(name: str) -> None:
    check, spoil = SPOILED[name]
    assert check in [wrong.partition(":")[0] for wrong in audit(spoil(good()))]


def test_every_check_is_put_to_the_test() -> None:
    assert {check for check, _ in SPOILED.values()} == {check.__name__ for check in CHECKS}


def test_what_slack_gave_up_is_not_held_against_us() -> None:
    never = said("70.0", "hello", 8.0, None)
    assert audit(replace(_with_event(good(), never), lost=frozenset({never.key}))) == []


def test_words_that_came_before_the_tap_excuse_it() -> None:
    evidence = replace(good(), commitments=[], checkins=[good().checkins[0] | {"version": 3, "stage": "skipped"}])
    talked = [{"checkin_id": "C1", "slack_ts": "55.0", "before": {"version": 1}}]
    wrong = audit(replace(evidence, turns=[*evidence.turns[:1], *talked]))
    assert not [one for one in wrong if "there is no commitment" in one]


def test_a_double_that_was_avoided_is_counted() -> None:
    evidence = _row(good(), 1, attempts=2)
    assert evidence.reconciled == 1
    assert replace(evidence, asked=[replace(one, outcome="drop_after") for one in evidence.asked]).reconciled == 3


def test_a_managers_summary_names_reps() -> None:
    summary = replace(posted(6, 9.0, f"North this morning: {BELA.real_name}"), reader=MANAGER.id, channel=MANAGER.dm)
    row = out(6, "summary:T:t:m:2026-11-23", channel=MANAGER.id, slack_channel=MANAGER.dm)
    evidence = good()
    assert audit(replace(evidence, seen=[*evidence.seen, summary], outbox=[*evidence.outbox, row])) == []


def test_an_event_is_named_as_slack_names_it() -> None:
    message = {"user": BELA.id, "ts": "5.1", "text": "hi", "edited": {"ts": "5.2"}}
    base = {"type": "message", "channel": BELA.dm}
    for event, key in (
        (base | message, "T:D11BELA:5.1"),
        (base | {"subtype": "message_changed", "message": message}, "T:D11BELA:5.1:edited:5.2"),
        (base | {"subtype": "message_deleted", "previous_message": message}, "T:D11BELA:5.1:deleted"),
    ):
        found = event_of({"team_id": "T", "event": event}, 1.0)
        assert found is not None
        assert (found.key, found.user) == (key, BELA.id)
    assert event_of({"team_id": "T", "event": base | message | {"bot_id": "B0"}}, 1.0) is None
