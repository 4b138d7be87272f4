"""Zones that people name after a clock time: "3pm CET", "9am PT", "10:00 London time", "14:00 UTC+2".

Letters that mean one zone are read as the place whose clocks they name, so that "9am PST", said in summer, is nine
o'clock on the clocks of California. Letters that mean several ("IST", "AST"), and "your time", leave the time as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.domain.duetimes.beside import CONNECTORS
from bot.domain.duetimes.text import Phrases, Text

_PLACES: Mapping[str, str] = {
    "Etc/UTC": "utc | gmt | zulu time",
    "Europe/London": "bst | uk time | british time | london time | uk",
    "Europe/Dublin": "irish time | dublin time",
    "Europe/Lisbon": "wet | west | lisbon time | portuguese time",
    "Europe/Paris": (
        "cet | cest | mez | mesz | central european time | european time | german time | french time | spanish time |"
        "italian time | dutch time | berlin time | munich time | paris time | madrid time | amsterdam time |"
        "milan time | stockholm time | zurich time | vienna time | oslo time | copenhagen time | barcelona time |"
        "hamburg time | frankfurt time | swiss time | rome time | brussels time"
    ),
    "Europe/Athens": "eet | eest | athens time | helsinki time | finnish time",
    "America/New_York": (
        "et | est | edt | eastern | eastern time | new york time | ny time | nyc time | boston time |"
        "atlanta time | miami time | toronto time | east coast time | dc time | washington time"
    ),
    "America/Chicago": (
        "ct | cdt | central | central time | chicago time | dallas time | texas time | houston time | austin time"
    ),
    "America/Denver": "mt | mst | mdt | mountain | mountain time | denver time",
    "America/Los_Angeles": (
        "pt | pst | pdt | pacific | pacific time | la time | sf time | west coast time | california time |"
        "san francisco time | seattle time"
    ),
    "America/Sao_Paulo": "brt | brst | brasilia time | brazil time | sao paulo time | são paulo time",
    "Asia/Dubai": "dubai time | gst",
    "Asia/Kolkata": "india time | indian time | mumbai time | delhi time | bangalore time | chennai time",
    "Asia/Singapore": "sgt | singapore time",
    "Asia/Hong_Kong": "hkt | hong kong time",
    "Asia/Tokyo": "jst | tokyo time | japan time",
    "Asia/Seoul": "kst | seoul time",
    "Africa/Johannesburg": "sast",
    "Australia/Perth": "awst | perth time",
    "Australia/Brisbane": "brisbane time",
    "Australia/Sydney": "aest | aedt | aet | sydney time | melbourne time",
    "Pacific/Auckland": "nzst | nzdt | nzt | auckland time | nz time",
}
_DOUBTFUL = "ist | cst | ast | us time | your time | their time | his time | her time | our time | my time | local time"
_places = Phrases({**_PLACES, "": _DOUBTFUL})
_FARTHEST = 12  # hours from Greenwich


class Zone(NamedTuple):
    """A zone as it was `said`, and the key of its clocks; no key where the letters leave it open."""

    said: str
    key: str


def zone_at(text: Text, i: int) -> tuple[Zone, int] | None:
    """The zone named at `i`, in brackets or not, and the index of the word after it."""
    bracket = text.word(i) == "("
    named = _places.at(text, i + bracket)
    if named is None or (bracket and text.word(named[1]) != ")"):
        return None
    key, end = named
    if end == i + 1 and not (text.shouted(i) or text.stops(end) or text.word(end) in CONNECTORS):
        return None  # "at 3 uk leads"
    said = text.word(i + bracket)
    if said in {"utc", "gmt"} and text.word(end) in {"+", "-"} and (hours := text.number(end + 1)) is not None:
        if hours > _FARTHEST:
            return None
        turned = "-" if text.word(end) == "+" else "+"  # the signs in the names of these zones are the other way round
        said, key, end = "", f"Etc/GMT{turned}{hours}" if hours else "Etc/UTC", end + 2
    return Zone(said if end == i + bracket + 1 else "", key), end + bracket


def shouted_at(text: Text, i: int) -> bool:
    """Whether letters in capitals name a zone at `i`, which makes an hour of the number before: "10 PST"."""
    return text.shouted(i) and (named := _places.at(text, i)) is not None and named[1] == i + 1 and text.word(i) != "mt"


def clocks_of(zone: Zone, at: datetime, here: ZoneInfo) -> ZoneInfo:
    """The clocks that a named zone goes by; those around the speaker where it is theirs or left open."""
    year = at.year
    own = {datetime(year, month, 15, tzinfo=UTC).astimezone(here).tzname() for month in (1, 7)}
    if zone.said.upper() in own:
        return here
    region = (here.key or "").partition("/")[0]
    if zone.said == "cst" and region == "America":
        return ZoneInfo("America/Chicago")
    if not zone.key or (zone.said == "est" and region == "Australia"):
        return here
    return ZoneInfo(zone.key)
