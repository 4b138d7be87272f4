"""Who is in the pictures, and what came of their mornings. Nobody in here is real."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.domain.effects import Outcome
from bot.domain.question_bank import Kind
from bot.ports.slack import Place, Profile

NOT_TODAY = "Not today"
DONE, PARTLY, DROPPED = Outcome.DONE, Outcome.PARTLY, Outcome.DROPPED

BERLIN, LISBON = "Europe/Berlin", "Europe/Lisbon"
MARIA, NINA, PAUL = "UMARIA", "UNINA", "UPAUL"
ANA, BEN, CHLOE, DEV, EMMA, JONAS, LENA = "UANA", "UBEN", "UCHLOE", "UDEV", "UEMMA", "UJONAS", "ULENA"
OTTO, PIA, RUI, SARA, TARA, UWE = "UOTTO", "UPIA", "URUI", "USARA", "UTARA", "UUWE"
WINS, SOUTH_WINS = "C01WINS", "C02SOUTH"

ZONES: Final[Mapping[str, tuple[str, str]]] = {
    MARIA: ("Maria Kern", BERLIN),
    NINA: ("Nina Berg", BERLIN),
    PAUL: ("Paul Weiss", "Europe/Vienna"),
    ANA: ("Ana Sousa", LISBON),
    BEN: ("Ben Krug", BERLIN),
    CHLOE: ("Chloe Martin", "Europe/Paris"),
    DEV: ("Dev Rao", "Asia/Kolkata"),
    EMMA: ("Emma Wilson", "America/New_York"),
    JONAS: ("Jonas Weber", BERLIN),
    LENA: ("Lena Hoffmann", BERLIN),
    OTTO: ("Otto Lind", "Europe/Stockholm"),
    PIA: ("Pia Novak", "Europe/Vienna"),
    RUI: ("Rui Costa", LISBON),
    SARA: ("Sara Bianchi", "Europe/Rome"),
    TARA: ("Tara Ek", "Europe/Stockholm"),
    UWE: ("Uwe Hart", BERLIN),
}
"""Maria leads North, Paul leads South, Nina looks after the app."""

NORTH = (ANA, BEN, CHLOE, DEV, EMMA, JONAS, LENA)
SOUTH = (OTTO, PIA, RUI, SARA)
FOCUS: Final[Mapping[str, tuple[str, Kind]]] = {
    ANA: ("follow up on open offers", Kind.FOLLOW_UP),
    BEN: ("set first meetings", Kind.PROSPECTING),
    CHLOE: ("ask about the problem first", Kind.DISCOVERY),
    DEV: ("write account plans", Kind.PLANNING),
    EMMA: ("set first meetings", Kind.PROSPECTING),
    JONAS: ("follow up on open offers", Kind.FOLLOW_UP),
    LENA: ("ask about the problem first", Kind.DISCOVERY),
}
BEHAVIOURS = tuple(dict.fromkeys(FOCUS.values()))
CARE = ("Petra Lang from the people team (extension 210)",)
NAMES: Final[Mapping[str, str]] = {one: name for one, (name, _) in ZONES.items()} | {WINS: "wins", SOUTH_WINS: "south"}
PROFILES = {one: Profile(one, name, zone, is_admin=one == NINA) for one, (name, zone) in ZONES.items()}
PLACES = {one: Place(one, NAMES[one]) for one in (WINS, SOUTH_WINS)}


@dataclass(frozen=True)
class Morning:
    """What a rep says on a day, and how it goes: None for no word on it. `first` is said before, and ends in a tap on
    the button that asks the manager for a hand.
    """

    day: date
    says: str
    how: Outcome | None = None
    first: str = ""


def _days(month: int, *entries: tuple[int, str, Outcome | None]) -> tuple[Morning, ...]:
    return tuple(Morning(date(2026, month, day), says, how) for day, says, how in entries)


STARTED, TODAY = date(2026, 11, 9), date(2026, 11, 26)
"""The Monday of the first question, and the Thursday on which the pictures are taken."""

DIARY: Final[Mapping[str, Sequence[Morning]]] = {
    ANA: _days(
        11,
        (9, "Call Halden about the demo by 10:30", DONE),
        (10, "Send Osprey the two price options by 15:00", DONE),
        (11, "Ask Juniper what would make the offer easy to sign by 11:00", PARTLY),
        (12, "Call Tamarind's workshop manager by 16:00", DONE),
        (13, NOT_TODAY, None),
        (16, "Send Juniper the shorter offer by 12:00", DONE),
        (17, "Ask Osprey who else reads the offer by 10:00", DROPPED),
        (18, "Walk through Halden's questions with their IT lead by 14:00", DONE),
        (19, "Call Osprey about delivery dates by 11:30", DONE),
        (20, "Send Nordlicht the revised offer by 16:00", DONE),
        (23, "Ask Jonas at Halden what their new buyer needs by 11:00", DONE),
        (24, "Send Halden's buyer a one-page summary by 11:30", DONE),
        (25, "Ask Nordlicht which of the two options fits by 14:00", PARTLY),
        (26, "Call Nordlicht's plant manager about the delivery date by 14:00", None),
    ),
    BEN: _days(
        11,
        (20, "Call four people from the trade fair by 11:00", PARTLY),
        (23, "Ask Linden's plant manager for ten minutes by 10:30", DONE),
        (24, "Call back the two visitors from Tampere by 15:00", DONE),
        (25, "Set a first meeting with Petra Oy by 14:00", DONE),
        (26, "Call three people who missed the webinar by 10:00", DONE),
    ),
    CHLOE: (
        *_days(
            11,
            (20, "Write down three questions for the Marlow call by 09:30", DONE),
            (23, "Ask Marlow how they do it today by 11:00", DONE),
            (24, "Open the Brisco call with a question by 10:00", DONE),
            (25, "Send Ferrant a summary of what they told me by 12:00", DONE),
        ),
        Morning(
            TODAY,
            "Ask Ferrant's planner what a bad week looks like by 15:00",
            first="I could use a hand, Ferrant wants a demo before they tell me anything.",
        ),
    ),
    DEV: _days(
        11,
        (20, "Sketch the Kestrel account plan by 16:00", DONE),
        (23, "List who decides at Kestrel by 12:00", DONE),
        (24, "Ask support what Kestrel calls about by 15:00", DONE),
        (25, "Write the first page of Saffron's account plan by 16:00", None),
        (26, "Call Saffron's head of operations by 17:00", None),
    ),
    EMMA: _days(
        11,
        (20, "Call Rowan's new office manager by 11:00", DONE),
        (23, "Ask Birch for the name of their buyer by 12:00", DONE),
        (24, "Write to two people who opened our invitation by 15:00", PARTLY),
        (25, "Call Rowan about a first meeting by 10:30", DONE),
    ),
    JONAS: _days(
        11,
        (20, "Send Alder the delivery dates by 12:00", DONE),
        (23, "Call Alder about the open points by 14:00", DONE),
    ),
    LENA: _days(
        11,
        (20, "Ask Fjord what changed since spring by 14:00", DONE),
        (23, "Write down what I want to learn from Fjord by 10:00", DONE),
        (24, "Call Fjord's service lead by 11:00", DONE),
        (25, "Ask Fjord's buyer who else is affected by 15:00", DONE),
    ),
}
"""On days that are not here somebody says nothing."""
