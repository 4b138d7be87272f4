"""Who may do what: one table of actions, by who somebody is and whose the thing is that they want to touch.

Services ask it with facts of the database. What a button, a form or a command says about itself is not a fact.
docs/access.md shows the same table to people, and a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from itertools import product
from typing import Final


class Who(StrEnum):
    """What somebody is in a workspace. One person may be several of the first four."""

    REP = "rep"
    MANAGER = "manager"
    STAND_IN = "stand_in"  # for a manager who is away now
    ADMIN = "admin"
    MEMBER = "member"  # of the workspace, and on no team
    GUEST = "guest"  # a guest of the workspace, and on no team
    STRANGER = "stranger"  # from another workspace, by Slack Connect
    BOT = "bot"


class Whose(StrEnum):
    """Whose a thing is, seen from who wants to touch it."""

    SELF = "self"
    OWN_REP = "own_rep"  # of a rep in a team that they manage
    OWN_TEAM = "own_team"  # of a team that they manage
    OTHER_TEAM = "other_team"  # anybody and anything else in the workspace
    WORKSPACE = "workspace"  # of the workspace as a whole
    OTHER_WORKSPACE = "other_workspace"


class Action(StrEnum):
    """What can be done."""

    CHECK_IN = "check_in"  # start, answer, skip, put off
    COMMIT = "commit"  # change, move, say how it went
    SHARE_WIN = "share_win"
    ASK_FOR_A_HAND = "ask_for_a_hand"  # and keep it from the manager
    SEE_COMMITMENTS = "see_commitments"  # those confirmed, and how they went
    SEE_WORDS = "see_words"  # what a rep wrote on the way
    SETTLE = "settle"  # own times, days, language, what is shared
    SET_ABSENCE = "set_absence"
    STOP = "stop"
    EXPORT = "export"
    ERASE = "erase"
    SEE_TEAM = "see_team"  # the morning, coverage, whom to coach
    ANSWER_NUDGE = "answer_nudge"
    TRY_QUESTION = "try_question"
    CREATE_TEAM = "create_team"
    CHANGE_TEAM = "change_team"
    START_TEAM = "start_team"  # and the dry run before
    SEE_WORKSPACE = "see_workspace"  # teams, health, who is not reached, use of the model
    CHANGE_WORKSPACE = "change_workspace"  # retention, who else looks after the app


MINE: Final = frozenset({(Who.REP, Whose.SELF)})
MADE_BY_ME: Final = frozenset((who, Whose.SELF) for who in (Who.REP, Who.MANAGER, Who.STAND_IN, Who.ADMIN, Who.MEMBER))
"""A commitment stays its maker's when they have left their team."""
ANYBODY_ENROLLED: Final = frozenset((who, Whose.SELF) for who in (Who.REP, Who.MANAGER, Who.STAND_IN))
LEADS: Final = frozenset(product((Who.MANAGER, Who.STAND_IN), (Whose.OWN_TEAM,)))

ALLOWED: Final[Mapping[Action, frozenset[tuple[Who, Whose]]]] = {
    Action.CHECK_IN: MINE,
    Action.COMMIT: MADE_BY_ME,
    Action.SHARE_WIN: MADE_BY_ME,
    Action.ASK_FOR_A_HAND: MINE,
    Action.SEE_COMMITMENTS: MINE | {(Who.MANAGER, Whose.OWN_REP), (Who.STAND_IN, Whose.OWN_REP)},
    Action.SEE_WORDS: MINE,
    Action.SETTLE: ANYBODY_ENROLLED,
    Action.SET_ABSENCE: ANYBODY_ENROLLED | {(Who.MANAGER, Whose.OWN_REP), (Who.STAND_IN, Whose.OWN_REP)},
    Action.STOP: ANYBODY_ENROLLED,
    Action.EXPORT: ANYBODY_ENROLLED | {(Who.ADMIN, Whose.SELF), (Who.MEMBER, Whose.SELF), (Who.GUEST, Whose.SELF)},
    Action.ERASE: ANYBODY_ENROLLED | {(Who.ADMIN, Whose.SELF), (Who.MEMBER, Whose.SELF), (Who.GUEST, Whose.SELF)},
    Action.SEE_TEAM: LEADS,
    Action.ANSWER_NUDGE: LEADS,
    Action.TRY_QUESTION: LEADS,
    Action.CREATE_TEAM: frozenset({(Who.ADMIN, Whose.WORKSPACE), (Who.MANAGER, Whose.WORKSPACE)}),
    Action.CHANGE_TEAM: frozenset(
        {(Who.MANAGER, Whose.OWN_TEAM), (Who.ADMIN, Whose.OWN_TEAM), (Who.ADMIN, Whose.OTHER_TEAM)}
    ),
    Action.START_TEAM: frozenset({(Who.MANAGER, Whose.OWN_TEAM)}),
    Action.SEE_WORKSPACE: frozenset({(Who.ADMIN, Whose.WORKSPACE)}),
    Action.CHANGE_WORKSPACE: frozenset({(Who.ADMIN, Whose.WORKSPACE)}),
}
"""What is allowed; everything else is not. An admin who neither leads nor takes part sees nobody's commitments."""


def may(action: Action, who: Iterable[Who], whose: Whose) -> bool:
    """Whether somebody who is all of `who` may do it to a thing that stands to them as `whose`."""
    return any((one, whose) in ALLOWED[action] for one in who)
