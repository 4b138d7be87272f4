"""What the command, the shortcut and the button "in 30 minutes" say, with every variant."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from bot.domain.access import Who
from bot.domain.calendar import WorkingHours
from bot.domain.summary import compose
from bot.ports.messages import Button
from bot.services.later import PutOff
from bot.services.words import work_for
from prompts.render import Prompts
from tests.prompts.variants import AT, BERLIN, COMMAND, MARK, SOON, Case, each, summary_rows

ADMINS = ("U0ADMIN", "U0OTHER", "U0THIRD")
"""Whom the answer to somebody on no team names, so that they know whom to ask."""
ROLES = ((Who.REP,), (Who.MANAGER,), (Who.ADMIN,), (Who.REP, Who.MANAGER, Who.ADMIN), (Who.MEMBER,))
HOWS = (
    "stranger",
    "refused",
    "silent",
    "open",
    "open_again",
    "started",
    "skip",
    "stop",
    "resumed",
    "promise",
    "unknown",
)


def cases(words: str) -> list[Case]:
    """All of them; `words` stands wherever somebody's words or a name can."""
    zoned = {"zone": BERLIN, "at": AT}
    roles = [
        {"words": work_for(who), "coached": Who.REP in who, "leading": Who.MANAGER in who, "command": COMMAND}
        for who in ROLES
    ]
    full, nobody = compose(summary_rows(words)), compose([])
    mornings = [{"team": words, "summary": full}, {"team": words, "summary": nobody}]
    own = {"team": words, "managers": [words, words], "reps": [words, words], "wins_at": SOON}
    alone = own | {"managers": [], "reps": []}
    return [
        *each(
            "commands/answer",
            {"typed": words},
            roles,
            how=HOWS,
            whose=("coached", "setup", "leading", "enrolled"),
            near=("skip", None),
            question=(words, ""),
        ),
        *each("commands/help", {}, roles),
        *each("commands/nobody", {"command": COMMAND}, admins=((), ADMINS[:1], ADMINS[:2], ADMINS)),
        *each(
            "commands/later",
            zoned | {"hours": WorkingHours(), "command": COMMAND},
            how=[how.value for how in PutOff],
            moment=(SOON,),
            instead=(AT + timedelta(hours=1), None),
        ),
        *each("commands/commit", {}),
        *each("commands/done", {"command": COMMAND, "action": words}, how=("done", "none")),
        *each("commands/done", {"command": COMMAND, "action": ""}, how=("several", "none")),
        *each(
            "commands/team",
            zoned | {"today": AT.date()},
            mornings=(mornings[:1], mornings),
            own=(None, own),
        ),
        *each("commands/team", zoned | {"today": AT.date()}, mornings=([],), own=(own, alone)),
        *each("commands/not_opened", {"command": COMMAND}, typed=(words, "")),
        *each(
            "commitment/which",
            zoned | {"commitments": [{"action": words, "due_at": SOON}, {"action": words, "due_at": AT}]},
        ),
        *each("commitment/seen", {}, managers=([], [words], [words, words])),
        *each("commitment/not_here", {"command": COMMAND}, why=("stopped", "manager", "nobody")),
        *each("checkin/put_off", zoned | {"question": words}, moment=(SOON, None)),
    ]


def rows(words: str) -> dict[str, list[tuple[Button, ...]]]:
    """The rows of buttons under them."""
    return {
        "checkin/opening": [(Button("later", MARK, "later"),)],
        "commitment/which": [tuple(Button("done", f"{MARK}|{n}", words=words) for n in range(10))],
    }


def forms(prompts: Prompts, words: str) -> dict[str, dict[str, Any]]:
    """What the forms are filled with."""
    filled = {"action": words, "when": "tomorrow midnight"}
    seen = prompts.text("commitment/seen", {"managers": [words]})
    known = {"key": "k" * 32, "home": False}
    return {
        "commitment": filled | {"if_then": words, "seen": seen, "metadata": json.dumps(known | filled)},
        "no_commitment": {"text": prompts.text("commitment/not_here", {"why": "manager", "command": COMMAND})},
    }
