"""Which workspace a payload is about: everywhere Slack may put it, on Enterprise Grid too."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from handlers.edge import enterprise_of, is_org_wide, workspace_of
from handlers.lifecycle import place_of
from handlers.middleware import echo_of, incoming_of

AT = datetime(2026, 11, 23, 8, 45, tzinfo=UTC)
ALONE = {"enterprise_id": None, "team_id": "T1", "user_id": "U0BOT", "is_bot": True, "is_enterprise_install": False}
IN_GRID = ALONE | {"enterprise_id": "E1"}
ORG = {"enterprise_id": "E1", "team_id": None, "user_id": "W0BOT", "is_bot": True, "is_enterprise_install": True}
GRID = {"id": "E1", "name": "Grid Inc"}

PAYLOADS: dict[str, tuple[dict[str, Any], str, str | None, bool]] = {
    "an event": ({"team_id": "T1", "authorizations": [ALONE]}, "T1", None, False),
    "an event without authorizations": ({"team_id": "T1"}, "T1", None, False),
    "an event of another workspace's shared channel": ({"team_id": "T2", "authorizations": [ALONE]}, "T1", None, False),
    "an event in a workspace of a grid": (
        {"team_id": "T1", "enterprise_id": "E1", "authorizations": [IN_GRID]}, "T1", "E1", False,
    ),
    "an event for an organisation": (
        {"team_id": "T1", "enterprise_id": "E1", "is_enterprise_install": False, "authorizations": [ORG]},
        "T1", "E1", True,
    ),
    "an event that names only the organisation": (
        {"team_id": "E1", "enterprise_id": "E1", "authorizations": [ORG], "event": {"user_team": "T1", "team": "E1"}},
        "T1", "E1", True,
    ),
    "an opened Home that names its workspace in the view": (
        {"team_id": "E1", "authorizations": [ORG], "event": {"type": "app_home_opened", "view": {"team_id": "T1"}}},
        "T1", "E1", True,
    ),
    "an event of nobody's": ({"team_id": "E1", "authorizations": [ORG], "event": {}}, "E1", "E1", True),
    "a tap": (
        {"type": "block_actions", "team": {"id": "T1"}, "user": {"id": "U1", "team_id": "T1"}}, "T1", None, False,
    ),
    "a tap in a workspace of a grid": (
        {"team": {"id": "T1", "enterprise_id": "E1"}, "enterprise": GRID, "is_enterprise_install": False},
        "T1", "E1", False,
    ),
    "a tap for an organisation": (
        {"team": None, "enterprise": GRID, "is_enterprise_install": True, "user": {"id": "W1", "team_id": "T1"}},
        "T1", "E1", True,
    ),
    "a form": (
        {
            "type": "view_submission", "team": None, "enterprise": GRID, "is_enterprise_install": True,
            "user": {"id": "W1", "team_id": "T1"}, "view": {"app_installed_team_id": "E1", "team_id": "T1"},
        },
        "T1", "E1", True,
    ),
    "a form that somebody opened from another workspace": (
        {
            "team": {"id": "T2"}, "user": {"id": "U1", "team_id": "T2"},
            "view": {"app_installed_team_id": "T1", "team_id": "T2"},
        },
        "T1", None, False,
    ),
    "a command": ({"command": "/coach", "team_id": "T1", "user_id": "U1"}, "T1", None, False),
    "a command for an organisation": (
        {"command": "/coach", "team_id": "T1", "enterprise_id": "E1", "is_enterprise_install": "true"},
        "T1", "E1", True,
    ),
    "a command in a workspace of a grid": (
        {"command": "/coach", "team_id": "T1", "enterprise_id": "E1", "is_enterprise_install": "false"},
        "T1", "E1", False,
    ),
    "nothing": ({}, "", None, False),
    "nonsense": ({"team": "T1", "user": None, "view": 7, "event": [], "authorizations": ["T1"]}, "", None, False),
}  # fmt: skip


@pytest.mark.parametrize(("body", "workspace", "enterprise", "org_wide"), PAYLOADS.values(), ids=PAYLOADS.keys())
def test_the_workspace_and_the_organisation(
    body: dict[str, Any], workspace: str, enterprise: str | None, org_wide: bool
) -> None:
    assert (workspace_of(body), enterprise_of(body), is_org_wide(body)) == (workspace, enterprise, org_wide)
    assert place_of(body) == (enterprise if org_wide else workspace)


def event(body: dict[str, Any], **more: str) -> dict[str, Any]:
    said = {"type": "message", "channel_type": "im", "channel": "D1", "user": "W1", "text": "hello", "ts": "7.7"}
    return {"type": "event_callback", **body, "event": said | more}


FOR_ALL = {"team_id": "T1", "enterprise_id": "E1", "authorizations": [ORG]}


@pytest.mark.parametrize(
    "from_where", [{}, {"team": "T1"}, {"team": "E1", "user_team": "E1"}, {"source_team": "T1", "user_team": "E1"}]
)
def test_a_message_of_the_organisations_people_is_kept_with_their_workspace(from_where: dict[str, str]) -> None:
    kept = incoming_of(event(FOR_ALL, **from_where), AT)
    assert kept is not None
    assert (kept.workspace, kept.slack_user, kept.key) == ("T1", "W1", "T1:D1:7.7")


@pytest.mark.parametrize("from_where", [{"team": "T9"}, {"user_team": "E9"}, {"source_team": "T9", "team": "E1"}])
def test_a_message_of_somebody_from_outside_is_not_kept(from_where: dict[str, str]) -> None:
    assert incoming_of(event(FOR_ALL, **from_where), AT) is None


def test_a_message_of_ours_is_known_in_its_workspace() -> None:
    told = event(FOR_ALL, bot_id="B1")
    told["event"]["metadata"] = {"event_payload": {"delivery_id": "d1"}}
    assert echo_of(told) == ("T1", "d1", "D1", "7.7")
