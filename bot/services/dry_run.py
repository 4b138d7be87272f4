"""A dry run: what a rep gets on the first day and a manager on any, for one person to look at, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.calendar import local_date
from bot.domain.commitment import suggested_times
from bot.domain.effects import Outcome
from bot.domain.nudge import Reason
from bot.domain.people import Person, Team, hours_of
from bot.domain.question_bank import Moment, Situation
from bot.domain.summary import Promise, Row, Standing, compose
from bot.ports.messages import Message, Wording
from bot.ports.storage import Store
from bot.services.phrasing import OUTCOMES, Phrasing
from bot.services.sending import seen_by

FIRST = frozenset({Situation.ANY, Situation.FIRST_DAY})


@dataclass(frozen=True)
class DryRun:
    """Writes the messages. They are those of every day, within a frame that says so, and their buttons are words."""

    wording: Wording
    phrasing: Phrasing

    def messages(
        self, store: Store, team: Team, managers: Sequence[str], reader: Person, at: datetime
    ) -> list[Message]:
        """All of them, in the order of a day; `managers` are the first names of those who lead the team."""
        label = self.wording.label
        times = suggested_times(at, reader.tz, hours_of(reader, team))
        question = self.phrasing.question(store, reader, team, Moment.OPENING, at, FIRST).question.text
        action, rep = label("sample_action"), label("sample_rep")
        seen = seen_by(reader, at) | {"command": self.phrasing.command, "managers": list(managers)}
        opening = {"name": reader.first_name, "first_time": True, "back": False, "day": None, "question": question}
        confirm = {
            "preface": "none",
            "topic": None,
            "noted": None,
            "action": action,
            "due_at": times[0],
            "if_then": label("sample_if_then"),
            "help_shared": False,
            "help_offered": False,
        }
        nudge = {"rep": rep, "first_name": rep.split()[0], "reason": Reason.QUIET.value, "evidence": None, "days": 0}
        to_open = self.phrasing.question(
            store, reader, team, Moment.MANAGER, at, frozenset({Situation.SILENT}), name=rep.split()[0]
        )
        summary = {"team": team.name, "summary": self._summary(times[0]), "today": local_date(at, reader.tz)}
        parts: list[tuple[str, dict[str, Any], Sequence[str]]] = [
            ("checkin/opening", opening, ()),
            ("checkin/confirm", confirm, ("commit", "change", "not_today")),
            ("commitment/check", {"action": action, "due_at": times[0]}, [word for _, word in OUTCOMES]),
            ("summary/morning", summary, ()),
            ("nudge/nudge", nudge | {"question": to_open.question.text}, ("nudge_done", "nudge_later")),
        ]
        begin = Message("setup/dry_run", seen | {"part": None, "team": team.name, "buttons": [], "who": ""})
        shown = [
            Message(
                "setup/dry_run",
                seen | values | {"part": part, "buttons": [label(word) for word in words], "who": _who(part)},
            )
            for part, values, words in parts
        ]
        return [begin, *shown]

    def _summary(self, due: datetime) -> Any:
        """A morning of three people who are nobody."""
        label = self.wording.label
        made = (Promise(label("sample_action"), due, None, overdue=False, moves=0),)
        kept = (Promise(label("sample_action_kept"), due, Outcome.DONE, overdue=False, moves=0),)
        return compose(
            [
                Row("1", label("sample_rep_kept"), Standing.COMMITTED, promises=kept),
                Row("2", label("sample_rep_made"), Standing.COMMITTED, promises=made),
                Row("3", label("sample_rep"), Standing.SILENT),
            ]
        )


def _who(part: str) -> str:
    """Who gets it on the day."""
    return "manager" if part.startswith(("summary/", "nudge/")) else "rep"
