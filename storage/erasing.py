"""Erasing somebody from what waits: what is for them, and what tells others of them."""

from __future__ import annotations

import re
from datetime import datetime

from sqlmodel import Session, and_, col, select

from bot.domain.draft import ERASED
from bot.domain.people import Person
from storage.tables import InboxRow, NudgeRow, OutboxRow

GONE = "what was known of them was erased"
ABOUT_THEM = "it told of somebody who was erased"
MADE_ANEW = frozenset({"summary", "wins"})
"""What gets its words afresh in the moment it goes."""


def erase_messages(session: Session, person: Person, at: datetime) -> None:
    """Take their words, and where in Slack they stood, out of everything that came from them or is for them, and out of
    what waits for others. What is on its way this moment ends by itself, and leaves nothing.
    """
    inbox = and_(col(InboxRow.workspace) == person.workspace, col(InboxRow.slack_user) == person.slack_id)
    for one in session.exec(select(InboxRow).where(inbox)).all():
        one.key, one.slack_user, one.payload, one.state = f"{ERASED}:in:{one.id}", ERASED, None, "done"
        session.add(one)
    outbox = and_(col(OutboxRow.workspace) == person.workspace, col(OutboxRow.channel) == person.slack_id)
    for row in session.exec(select(OutboxRow).where(outbox)).all():
        if row.state == "waiting":
            _skipped(row, GONE, at)
        row.key, row.channel, row.target = f"{ERASED}:out:{row.id}", ERASED, None
        row.slack_channel, row.text, row.blocks = None, "", []
        session.add(row)
    session.flush()
    _told_others(session, person, at)


def _told_others(session: Session, person: Person, at: datetime) -> None:
    """Messages for others that name them: made anew without them, or not sent."""
    if not person.name.strip():
        return
    kept = and_(
        col(OutboxRow.workspace) == person.workspace,
        col(OutboxRow.state).in_(("waiting", "failed")),
        OutboxRow.text != "",
    )
    named = re.compile(rf"(?<!\w){re.escape(person.name)}(?!\w)")
    nudges = _nudges_about(session, person)
    for row in session.exec(select(OutboxRow).where(kept)).all():
        if not named.search(row.text):
            continue
        kind = row.key.partition(":")[0]
        if row.state == "waiting" and kind in MADE_ANEW and row.op == "post":
            row.text, row.blocks = "", []
        elif row.state == "failed" or kind in {*MADE_ANEW, "news"} or row.key in nudges:
            _skipped(row, ABOUT_THEM, at)
        session.add(row)


def _nudges_about(session: Session, person: Person) -> set[str]:
    about = session.exec(select(NudgeRow).where(NudgeRow.rep_id == person.id)).all()
    return {f"nudge:{one.workspace}:{one.manager_id}:{one.local_date}:{one.number}" for one in about}


def _skipped(row: OutboxRow, reason: str, at: datetime) -> None:
    row.state, row.reason, row.ended_at, row.text, row.blocks = "skipped", reason, at, "", []
