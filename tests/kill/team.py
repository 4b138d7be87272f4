"""The team that is coached while its process is killed: every rep has a customer whom nobody else ever names."""

from __future__ import annotations

from typing import Final

from bot.demo.workspace import Channel, User, Workspace
from tests.e2e.office import ZONE

_NAMES: Final = (
    ("Anna", "Annaberg"), ("Bela", "Benfeld"), ("Cora", "Cormons"), ("Dina", "Dornbach"), ("Emil", "Emmering"),
    ("Fritz", "Falkau"), ("Gesa", "Garding"), ("Hugo", "Hohwacht"), ("Ines", "Ilmenau"), ("Jonas", "Jagstal"),
    ("Kira", "Kaltenhof"), ("Lorenz", "Lautern"),
)  # fmt: skip


def _user(number: int, name: str) -> User:
    return User(f"U{number:02d}{name.upper()}", name.lower(), f"{name} {name[::-1].capitalize()}", ZONE)


REPS: Final = tuple(_user(number, name) for number, (name, _) in enumerate(_NAMES, 10))
CUSTOMER: Final = {user.id: customer for user, (_, customer) in zip(REPS, _NAMES, strict=True)}
"""The beginning of the name of every customer of a rep; a number follows."""
MANAGER: Final = _user(90, "Maria")
STRANGER: Final = _user(91, "Zoe")
"""In the workspace, and on no team."""
RESTLESS: Final = frozenset(user.id for user in REPS[::3])
"""Reps who also edit, delete, skip, and tap what is past."""
WINS: Final = "C01WINS"
_MEMBERS: Final = (*(user.id for user in REPS), MANAGER.id, Workspace(users=()).bot_user_id)
WORKSPACE: Final = Workspace(users=(*REPS, MANAGER, STRANGER), channels=(Channel(WINS, "north-wins", _MEMBERS),))

TEAM: Final = "\n".join(
    [
        "team: North",
        f"zone: {ZONE}",
        f"channel: {WINS}",
        "managers:",
        f"  - slack: {MANAGER.id}",
        "reps:",
        *(f"  - slack: {user.id}\n    focus: set first meetings" for user in REPS),
        "behaviours:",
        "  - words: set first meetings",
        "    kind: prospecting",
        "times:",
        "  working_days: [monday, tuesday, wednesday, thursday, friday, saturday, sunday]",
        "",
    ]
)
