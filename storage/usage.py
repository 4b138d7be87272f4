"""What a model was used for: one count a row, per workspace and UTC day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from sqlite3 import Connection

from sqlmodel import Session, col, select

from bot.ports.usage import DayUse, FellBack, Limits
from storage.tables import ModelUseRow

CALLS, HELPED, PROMPT, COMPLETION, HELD = "calls", "helped", "prompt_tokens", "completion_tokens", "held"
FELL_BACK = "fell_back:"


@dataclass(frozen=True)
class UsageStore:
    """Implements `bot.ports.usage.Usage`."""

    session: Session

    def on(self, workspace: str, day: date) -> DayUse:
        query = select(ModelUseRow).where(ModelUseRow.workspace == workspace, ModelUseRow.day == day)
        return _day_use(workspace, day, {row.what: row.count for row in self.session.exec(query)})

    def reserve(self, workspace: str, day: date, tokens: int, limits: Limits) -> bool:
        if not self.on(workspace, day).has_room(tokens, limits):
            return False
        self._add(workspace, day, CALLS, 1)
        self._add(workspace, day, HELD, tokens)
        return True

    def settle(self, workspace: str, day: date, held: int, prompt: int, completion: int, *, helped: bool) -> None:
        for what, count in ((HELD, -held), (PROMPT, prompt), (COMPLETION, completion), (HELPED, int(helped))):
            self._add(workspace, day, what, count)

    def fell_back(self, workspace: str, day: date, reasons: Sequence[FellBack]) -> None:
        for reason in reasons:
            self._add(workspace, day, f"{FELL_BACK}{reason.value}", 1)

    def of_day(self, day: date) -> Sequence[DayUse]:
        query = select(ModelUseRow.workspace).where(ModelUseRow.day == day).distinct()
        return [self.on(workspace, day) for workspace in self.session.exec(query.order_by(col(ModelUseRow.workspace)))]

    def _add(self, workspace: str, day: date, what: str, count: int) -> None:
        row = self.session.get(ModelUseRow, (workspace, day, what))
        if row is None:
            row = ModelUseRow(workspace=workspace, day=day, what=what, count=0)
        row.count += count
        self.session.add(row)
        self.session.flush()


def use_of_day(connection: Connection, day: date) -> list[DayUse]:
    """Every workspace's use on a day, over a plain connection that may only read."""
    counts: dict[str, dict[str, int]] = {}
    query = "SELECT workspace, what, count FROM model_use WHERE day = ? ORDER BY workspace"
    for workspace, what, count in connection.execute(query, (day.isoformat(),)):
        counts.setdefault(workspace, {})[what] = count
    return [_day_use(workspace, day, counted) for workspace, counted in counts.items()]


def _day_use(workspace: str, day: date, counts: dict[str, int]) -> DayUse:
    known = {reason.value for reason in FellBack}
    reasons = {what.removeprefix(FELL_BACK): count for what, count in counts.items() if what.startswith(FELL_BACK)}
    return DayUse(
        workspace,
        day,
        calls=counts.get(CALLS, 0),
        helped=counts.get(HELPED, 0),
        prompt_tokens=counts.get(PROMPT, 0),
        completion_tokens=counts.get(COMPLETION, 0),
        held=counts.get(HELD, 0),
        fell_back={FellBack(reason): count for reason, count in reasons.items() if reason in known},
    )
