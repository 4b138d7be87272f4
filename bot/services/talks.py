"""A conversation that a manager had without being nudged to it: told by a tap, kept once a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.access import Action
from bot.domain.calendar import local_date
from bot.domain.nudge import Answer
from bot.domain.people import Person
from bot.ports import NewId
from bot.ports.storage import Coaching, NudgeRecord, Store
from bot.services import access
from bot.services.coverage import LOOK_BACK
from bot.services.nudge import Nudges
from bot.services.readers import stands_in_for


@dataclass(frozen=True)
class Talks:
    """Keeps conversations, inside the caller's transaction."""

    nudges: Nudges
    new_id: NewId

    def talked_to(self, store: Store, who: Person, rep_id: str, at: datetime) -> bool:
        """They have talked to this rep of theirs today; a nudge of today about the same rep is done with it.

        A second tap on the same day changes nothing. False when the rep is none of theirs.
        """
        rep = store.people.find(rep_id)
        team = store.people.find_team(rep.rep_of or "") if rep else None
        if rep is None or team is None or rep.id == who.id:
            return False
        if not access.may(access.actor(store, who, at), Action.ANSWER_NUDGE, team):
            return False
        if (nudge := self._nudge(store, who, rep, at)) is not None:
            return self.nudges.answered(store, who, nudge.id, Answer.DONE, at)
        today = local_date(at, who.tz)
        told = store.coachings.since([rep.id], at - LOOK_BACK)
        if all(one.manager_id != who.id or local_date(one.at, who.tz) != today for one in told):
            store.coachings.add_coaching(Coaching(self.new_id(), who.id, rep.id, at, None))
        return True

    def _nudge(self, store: Store, who: Person, rep: Person, at: datetime) -> NudgeRecord | None:
        """Today's nudge about this rep that waits for their answer, their own or one they read for somebody away."""
        today = local_date(at, who.tz)
        found = [
            one
            for manager in (who, *stands_in_for(store, who, at))
            for one in store.coachings.nudges_on(manager.id, today)
            if one.rep_id == rep.id and one.answer is not Answer.DONE
        ]
        return found[-1] if found else None
