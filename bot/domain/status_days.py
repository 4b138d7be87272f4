"""The days that a status names: "until Friday", "back on 3 Dec", "24-28 Dec", "bis 5.12.", "OOO tomorrow"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar jänner janvier janv enero ene janeiro gennaio",
            "feb february februar février févr fevrier febrero fevereiro febbraio",
            "mar march märz maerz mrz mars marzo março",
            "apr april avril avr abril abr aprile",
            "may mai mayo maio maggio",
            "jun june juni juin junio junho giugno",
            "jul july juli juillet juil julio julho luglio",
            "aug august août aout agosto ago",
            "sep sept september septembre septiembre setembro settembre",
            "oct october oktober okt octobre octubre outubro ottobre",
            "nov november novembre noviembre novembro",
            "dec december dezember dez décembre decembre déc diciembre dic dezembro dicembre",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "mon monday montag lundi lunes segunda lunedì",
            "tue tues tuesday dienstag mardi martes terça martedì",
            "wed weds wednesday mittwoch mercredi miércoles miercoles quarta mercoledì",
            "thu thur thurs thursday donnerstag jeudi jueves quinta giovedì",
            "fri friday freitag vendredi viernes sexta venerdì",
            "sat saturday samstag samedi sábado sabado sabato",
            "sun sunday sonntag dimanche domingo domenica",
        )
    )
    for name in names.split()
}
AHEAD = timedelta(days=300)
"""A day without a year that is further away than that was meant to be past."""


def _any(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


TH = r"(?:st|nd|rd|th|º|er)?"
THE = r"(?:(?:on|the|am|den|dem|zum|le|el|il|au|al|de|vom|du|del)\s+)*"
DAY = (
    rf"(?:(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})"
    rf"|(?P<d1>\d{{1,2}}){TH}\.?\s?(?:of\s|de\s)?(?P<m1>{_any(MONTHS)})\b\.?(?:\s(?P<y1>20\d\d))?"
    rf"|(?P<m2>{_any(MONTHS)})\.?\s(?P<d2>\d{{1,2}}){TH}\b(?:,?\s(?P<y2>20\d\d))?"
    rf"|(?P<d3>\d{{1,2}})\.(?P<m3>\d{{1,2}})\.(?P<y3>(?:20)?\d\d\b)?"
    rf"|(?P<d4>\d{{1,2}})/(?P<m4>\d{{1,2}})\b(?:/(?P<y4>(?:20)?\d\d)\b)?"
    rf"|(?P<next>next\s|nächsten\s|this\s|diesen\s)?(?P<weekday>{_any(WEEKDAYS)})\b\.?"
    rf"|(?P<near>today|tomorrow|heute|morgen|aujourd'hui|demain|hoy|mañana)\b"
    rf"|(?P<week>(?:next|this|all)\sweek|(?:nächste|diese)\sWoche))"
)


def _named(which: str) -> str:
    """The pattern of a day with its groups under names of their own."""
    return re.sub(r"\?P<(\w+)>", lambda m: f"?P<{which}_{m[1]}>", DAY)


TO = r"\s*(?:-|\u2013|\u2014|to|through|thru|bis|au|al|a|until|till|hasta)\s*"
UNTIL = (
    r"(?:until|til|till|through|thru|bis\s+(?:einschließlich|einschl\.?|inkl\.?)|bis|jusqu'(?:au|à)|hasta|até|fino\s+a"
    r"|t/m|tot)\s+"
)
BACK = (
    r"(?:(?:i'm|i'll\s+be|will\s+be|be)?\s*(?:back|returning|returns?|return)\s+(?:(?:to|in|at)\s+(?:the\s+)?(?:office|work)\s+)?"
    r"|(?:wieder\s+)?(?:da|zurück)\s+(?:ab\s+)?|de\s+retour\s+|retour\s+|vuelvo\s+|regreso\s+|de\s+volta\s+)"
)
SINCE = r"(?:from|starting|as\s+of|ab|à\s+partir\s+du|desde|vom)\s+"
RANGES = (
    re.compile(rf"\b(?P<from>\d{{1,2}}){TH}\.?{TO}{THE}{_named('b')}", re.IGNORECASE),
    re.compile(rf"\b(?P<month>{_any(MONTHS)})\.?\s(?P<from>\d{{1,2}}){TH}{TO}(?P<to>\d{{1,2}}){TH}\b", re.IGNORECASE),
)
BOTH = re.compile(rf"(?:\b{SINCE}{THE}|\b){_named('a')}{TO}{THE}{_named('b')}", re.IGNORECASE)
BY = {
    "until": re.compile(rf"\b{UNTIL}{THE}{_named('a')}", re.IGNORECASE),
    "back": re.compile(rf"\b{BACK}{THE}{_named('a')}", re.IGNORECASE),
    "since": re.compile(rf"\b{SINCE}{THE}{_named('a')}", re.IGNORECASE),
    "on": re.compile(rf"(?<![\w/.:-]){THE}{_named('a')}", re.IGNORECASE),
}


@dataclass(frozen=True)
class Days:
    """What is named: the first and the last day away, each where it is told; `back`: told by the day of the return."""

    first: date | None
    last: date | None
    back: bool = False


def days_in(text: str, today: date) -> tuple[Days | None, str]:
    """The days named in a status that is read on `today`, and the text without them; None where it names none."""
    said = text.replace("\u2019", "'")
    if found := BOTH.search(said):
        first, last = _day(found, "a", today), _day(found, "b", today)
        if first and last and first <= last:
            return Days(first, last), _without(said, found)
    for pattern in RANGES:
        if (found := pattern.search(said)) and (days := _range(found, today)):
            return days, _without(said, found)
    for how, pattern in BY.items():
        if (found := pattern.search(said)) and (day := _day(found, "a", today)):
            return _by(how, day, found), _without(said, found)
    return None, said


def _by(how: str, day: date, found: re.Match[str]) -> Days:
    if how == "until":
        return Days(None, day)
    if how == "back":
        return Days(None, day - timedelta(days=1), back=True)
    if how == "since":
        return Days(day, None)
    return Days(day, day + timedelta(days=max(0, 4 - day.weekday())) if found["a_week"] else day)


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"


def _range(found: re.Match[str], today: date) -> Days | None:
    """ "24-28 Dec" and "Dec 24-28": the month is said once."""
    groups = found.groupdict()
    if month := groups.get("month"):
        last = _date(int(groups["to"]), MONTHS[month.casefold()], None, today)
    else:
        last = _day(found, "b", today) if groups.get("b_d1") or groups.get("b_d3") or groups.get("b_d4") else None
    if last is None or int(groups["from"]) > last.day:
        return None
    return Days(last.replace(day=int(groups["from"])), last) if int(groups["from"]) else None


def _day(found: re.Match[str], which: str, today: date) -> date | None:
    """The day of a match; None where it cannot be one, or may be two (3/4 is in March or in April)."""

    def group(name: str) -> str | None:
        value: str | None = found[f"{which}_{name}"]
        return value.casefold() if value else None

    if iso := group("iso"):
        try:
            return date.fromisoformat(iso)
        except ValueError:
            return None
    for n in ("1", "2"):
        if (day := group(f"d{n}")) and (month := group(f"m{n}")):
            return _date(int(day), MONTHS[month], group(f"y{n}"), today)
    if (day := group("d3")) and (number := group("m3")):
        return _date(int(day), int(number), group("y3"), today)
    if (one := group("d4")) and (other := group("m4")):
        pair = (int(one), int(other))
        if pair[0] > 12 or pair[0] == pair[1]:
            return _date(pair[0], pair[1], group("y4"), today)
        return _date(pair[1], pair[0], group("y4"), today) if pair[1] > 12 else None
    if weekday := group("weekday"):
        return today + timedelta(days=(WEEKDAYS[weekday] - today.weekday()) % 7)
    if near := group("near"):
        return today + timedelta(days=near in {"tomorrow", "morgen", "demain", "mañana"})
    week = group("week")
    coming = week is not None and week.startswith(("next", "nächste"))
    return (today + timedelta(days=7 - today.weekday()) if coming else today) if week else None


def _date(day: int, month: int, year: str | None, today: date) -> date | None:
    """That day of this year, or of the next where it would be long past; None where the calendar has none."""
    try:
        if year is not None:
            return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
        found = date(today.year, month, day)
        if found < today - (timedelta(days=365) - AHEAD):
            return date(today.year + 1, month, day)
    except ValueError:
        return None
    return found
