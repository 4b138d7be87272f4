"""The due time in a stretch of a message, where `duetime` finds one or a little help lets it find one."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain import duetime
from bot.domain.calendar import WorkingHours
from bot.domain.language.said import Said
from bot.domain.reading import DueTime

_LONG = 150  # characters at either edge of an endless clause
_RATHER = "rather "
_PURSUING = re.compile(r"\bgo(?:ing)?\s$", re.IGNORECASE)
_WHOSE = ("my", "our", "his", "her", "their")
_WHOM = ("him", "her", "them", "it", "me")


@dataclass(frozen=True)
class Times:
    """Finds times in `said`; `short` when the message is so short that a bare number in it can be a time."""

    said: Said
    at: datetime
    zone: ZoneInfo
    hours: WorkingHours
    short: bool
    known: dict[tuple[int, int, bool], DueTime | None] = field(default_factory=dict, compare=False, repr=False)

    def find(self, start: int, end: int, *, loosely: bool = False) -> DueTime | None:
        """The time promised from `start` to `end` of the plain text, with offsets into the plain text.

        `loosely`: a time is expected, so a bare number in a short message is one: "rather 4", "moved to 4".
        """
        place = (start, end, loosely)
        if place not in self.known:
            if end - start > 2 * _LONG:  # nobody speaks like that; its edges will do
                first = self._found(start, start + _LONG, loosely=loosely)
                self.known[place] = first or self._found(end - _LONG, end, loosely=loosely)
            else:
                self.known[place] = self._found(start, end, loosely=loosely)
        return self.known[place]

    def _found(self, start: int, end: int, *, loosely: bool) -> DueTime | None:
        stretch = self.said.plain[start:end]
        found = self._stated(start, stretch)
        if found is None and "," in stretch:  # "the quotes I sent on Monday, before 3"
            comma = stretch.rindex(",") + 1
            found = self._stated(start + comma, stretch[comma:])
        if found is None and loosely and _RATHER in stretch.lower():
            rather = stretch.lower().rindex(_RATHER) + len(_RATHER)
            found = self._stated(start + rather, stretch[rather:])
        if found is None and loosely and self.short:
            digit = next((place for place, character in enumerate(stretch) if character.isdigit()), len(stretch))
            found = self._expected(start + digit, stretch[digit:])
        if found is None or self._appointment(found):
            return None
        pursued = self.said.plain[found.start : found.end].startswith("after")
        if pursued and _PURSUING.search(self.said.plain[max(0, found.start - 6) : found.start]):
            return self.find(found.end, end)  # "going after three accounts today"
        return self._without_whom(found)

    def _appointment(self, due: DueTime) -> bool:
        """Whether the words name a meeting by its hour: "my 2pm just overran"."""
        words = self.said.words
        first = bisect_left(words, due.start, key=lambda word: word.start)
        return 0 < first < len(words) and words[first].key[0].isdigit() and words[first - 1].key in _WHOSE

    def _stated(self, start: int, words: str) -> DueTime | None:
        due = duetime.find(words, self.at, self.zone, self.hours)
        return replace(due, start=due.start + start, end=due.end + start) if due else None

    def _expected(self, start: int, words: str) -> DueTime | None:
        due = duetime.find("by " + words, self.at, self.zone, self.hours)
        shift = start - len("by ")
        return replace(due, start=max(start, due.start + shift), end=due.end + shift) if due else None

    def _without_whom(self, due: DueTime) -> DueTime:
        """The time without a "her" that is whom to call: "call her tomorrow at 10"."""
        words = self.said.words
        first = bisect_left(words, due.start, key=lambda word: word.start)
        inside = [word for word in words[first : first + 2] if word.start < due.end]
        return replace(due, start=inside[1].start) if len(inside) == 2 and inside[0].key in _WHOM else due
