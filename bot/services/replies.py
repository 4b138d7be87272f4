"""What a rep writes in the DM: gather, read, decide, apply; nothing written is left without an answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.absence_said import heard
from bot.domain.calendar import local_date
from bot.domain.checkin import REPORTS, advance
from bot.domain.commitment import Commitment, move
from bot.domain.people import Person
from bot.domain.reading import Asked, Intent, Reading
from bot.errors import Changed
from bot.ports import NewId
from bot.ports.coach import Coach, Understanding
from bot.ports.messages import Button, Lane, Message
from bot.ports.queues import Claimed
from bot.ports.slack import Directory
from bot.ports.storage import Storage, Store, Turn
from bot.services.absences import Absences
from bot.services.access import actor
from bot.services.checkin import Checkins, set_check
from bot.services.commands import help_message
from bot.services.commitment import Commitments
from bot.services.hearing import Rep, rep_of, understood, words_of
from bot.services.phrasing import care_message
from bot.services.sending import Sending, seen_by
from bot.services.summary import ask_for_summaries

LONGEST_LEARNING = 1000
NOT_LEARNED = frozenset({Intent.QUESTION, Intent.HELP, Intent.RESCHEDULE, Intent.STOP, Intent.COMMITMENT})
"""What is no answer to the question how it went."""


@dataclass(frozen=True)
class Replies:
    """Turns one incoming message into what follows from it."""

    storage: Storage
    coach: Coach
    directory: Directory
    sending: Sending
    checkins: Checkins
    commitments: Commitments
    absences: Absences
    new_id: NewId
    command: str

    async def message(self, claimed: Claimed, at: datetime) -> None:
        """A new message. Its effect, the answer and the mark that it is done are one transaction."""
        incoming = claimed.incoming
        rep, text, gone = await self.storage.read(
            lambda s: (
                rep_of(s, incoming.workspace, incoming.slack_user, at),
                words_of(s, claimed),
                s.inbox.knows(f"{incoming.key}:deleted"),
            )
        )
        if gone or incoming.payload.get("erased"):
            await self.storage.write(lambda s: s.inbox.done(claimed))
        elif rep is None:
            await self._stranger(claimed, at)
        elif not text:
            await self._short_answer(claimed, rep, "file" if incoming.payload.get("files") else "empty", at)
        elif rep.person.stopped_at is not None:
            await self._short_answer(claimed, rep, "stopped", at)
        elif text.strip(" ?.!/").casefold() == "help":
            await self._short_answer(claimed, rep, "help", at)
        elif await self._about_days(claimed, rep.person, text, at):
            return
        else:
            await self._words(claimed, rep, text, at)

    async def _about_days(self, claimed: Claimed, person: Person, text: str, at: datetime) -> bool:
        """Whether the words were about nothing but the writer's own days, which are answered then, in any talk."""

        def apply(store: Store) -> bool:
            answer = self.absences.heard(store, store.people.get(person.id), text, at)
            if answer is not None:
                self._post(store, claimed, answer, _key(claimed), at)
                store.inbox.done(claimed)
            return answer is not None

        days = heard(text, local_date(at, person.tz)) is not None
        return days and await self.storage.write(apply)

    async def _words(self, claimed: Claimed, rep: Rep, text: str, at: datetime) -> None:
        """Words of a rep: an answer to what was asked last, a report on a commitment, or something else."""
        heard = await understood(self.coach, rep, text, rep.asked, at)
        if heard.reading.intent is Intent.CONCERN:
            await self.storage.write(lambda s: self._care(s, claimed, rep, heard, at))
            return
        meant = rep.meant(at)
        of_a_check = rep.checkin is None or rep.asked is not Asked.OUTCOME
        report = heard.reading.intent in REPORTS and rep.asked is not Asked.LEARN and of_a_check
        learned = rep.asked is Asked.LEARN and heard.reading.intent not in NOT_LEARNED
        if learned or (report and meant and (meant.due_at <= at or rep.checkin is None)):
            await self.storage.write(
                lambda s: self._about_it(s, claimed, rep, None if learned else meant, heard, text, at)
            )
        elif rep.checkin is None:
            await self.storage.write(lambda s: self._outside(s, claimed, rep, heard.reading, at))
        else:
            if rep.asked is not rep.checkin.asked:
                heard = await understood(self.coach, rep, text, rep.checkin.asked, at)
            await self.storage.write(lambda s: self._funnel(s, claimed, rep, heard, text, at))

    def _funnel(
        self, store: Store, claimed: Claimed, rep: Rep, heard: Understanding, text: str | None, at: datetime
    ) -> None:
        """An answer in an open check-in; of its `text` nothing is kept when there is None."""
        before = rep.checkin
        assert before is not None
        if store.checkins.get(before.id).version != before.version:
            raise Changed("the check-in moved on while the message was read")
        store.checkins.add_turn(
            Turn(
                id=self.new_id(),
                checkin_id=before.id,
                person_id=rep.person.id,
                at=at,
                text=text,
                slack_ts=claimed.incoming.payload.get("ts"),
                before=before,
                reading=replace(heard.reading, concern=None),
            )
        )
        step = advance(before, heard.reading, at)
        key = _key(claimed)
        self.checkins.carry_out(store, before, step, rep.person, rep.team, at, key=key, understanding=heard)
        store.inbox.done(claimed)

    def _care(self, store: Store, claimed: Claimed, rep: Rep, heard: Understanding, at: datetime) -> None:
        """Something that is not for coaching: it is answered with care, and none of its words are kept."""
        if rep.checkin is not None:
            self._funnel(store, claimed, rep, heard, None, at)
            return
        self.checkins.keep_quiet(store, rep.person, at)
        self._post(store, claimed, care_message(rep.team, heard.reading.concern), _key(claimed), at)
        store.inbox.done(claimed)

    def _about_it(
        self,
        store: Store,
        claimed: Claimed,
        rep: Rep,
        reported: Commitment | None,
        heard: Understanding,
        text: str,
        at: datetime,
    ) -> None:
        """How a commitment went: its outcome, or what the rep says about it."""
        if reported is not None:
            outcome = REPORTS[heard.reading.intent]
            self._show(store, claimed, rep, self.commitments.keep_outcome(store, reported, outcome, at, asks=True), at)
        elif rep.learning is not None:
            self._learned(store, claimed, rep.learning, text)
            self._answer(store, claimed, rep, "learned", at)
        store.inbox.done(claimed)

    def _outside(self, store: Store, claimed: Claimed, rep: Rep, reading: Reading, at: datetime) -> None:
        """Words when no check-in is open."""
        meant = rep.meant(at)
        moved = reading.intent is Intent.RESCHEDULE and reading.due is not None and reading.due.moment > at
        if reading.intent is Intent.STOP:
            store.people.save(replace(store.people.get(rep.person.id), stopped_at=at))
            ask_for_summaries(store, rep.team, at)
            self._answer(store, claimed, rep, "told_to_stop", at)
        elif meant and moved:
            self._show(store, claimed, rep, self._move(store, rep, meant, reading), at)
        else:
            self._answer(store, claimed, rep, "closed" if rep.closed else "nothing_open", at)
        store.inbox.done(claimed)

    def _learned(self, store: Store, claimed: Claimed, commitment: Commitment, text: str) -> None:
        fresh = store.commitments.get(commitment.id)
        if fresh is not None:
            learned = replace(
                fresh,
                learning=text[:LONGEST_LEARNING],
                learning_ts=claimed.incoming.payload.get("ts"),
                learning_due=None,
                version=fresh.version + 1,
            )
            store.commitments.save(learned, fresh.version)

    def _move(self, store: Store, rep: Rep, commitment: Commitment, reading: Reading) -> Commitment:
        assert reading.due is not None
        moved = move(commitment, reading.due.moment)
        store.commitments.save(moved, commitment.version)
        set_check(store, moved, rep.person, rep.team)
        return moved

    def _show(self, store: Store, claimed: Claimed, rep: Rep, commitment: Commitment, at: datetime) -> None:
        ask_for_summaries(store, rep.team, at)
        message = self.commitments.message(store, commitment, rep.person, rep.team, at)
        self._post(store, claimed, message, _key(claimed), at)

    async def _short_answer(self, claimed: Claimed, rep: Rep, how: str, at: datetime) -> None:
        def apply(store: Store) -> None:
            store.inbox.done(claimed)
            self._answer(store, claimed, rep, how, at)

        await self.storage.write(apply)

    def _answer(self, store: Store, claimed: Claimed, rep: Rep, how: str, at: datetime) -> None:
        values: dict[str, object] = {
            "how": how,
            "name": rep.person.first_name,
            "command": self.command,
            "commitments": [{"action": c.action, "due_at": c.due_at} for c in rep.open_commitments],
        } | seen_by(rep.person, at)
        fresh = (Button("start", "fresh", "start_fresh"),) if how in {"closed", "nothing_open"} else ()
        message = Message("replies/answer", values, fresh)
        if how == "help":
            message = help_message(store, actor(store, rep.person, at), self.command)
        self._post(store, claimed, message, _key(claimed), at)

    def _post(self, store: Store, claimed: Claimed, message: Message, key: str, at: datetime) -> None:
        self.sending.post(
            store,
            message,
            key=key,
            workspace=claimed.incoming.workspace,
            channel=claimed.incoming.slack_user,
            lane=Lane.REPLY,
            at=at,
        )

    async def _stranger(self, claimed: Claimed, at: datetime) -> None:
        """Somebody who is not a rep: a manager gets a pointer, a member one sentence a day, anyone else nothing."""
        workspace, user = claimed.incoming.workspace, claimed.incoming.slack_user
        person = await self.storage.read(lambda s: s.people.by_slack(workspace, user))
        text = await self.storage.read(lambda s: words_of(s, claimed))
        if person is not None and text and await self._about_days(claimed, person, text, at):
            return
        profile = None if person else await self.directory.profile(workspace, user)
        told = person is not None or (profile is not None and profile.is_member)
        known = person.id if person else ""
        how = "manager" if await self.storage.read(lambda s: s.people.managed_by(known)) else "not_enrolled"
        message = Message("replies/answer", {"how": how, "command": self.command, "name": "", "commitments": []})

        def apply(store: Store) -> None:
            store.inbox.done(claimed)
            if told:
                self._post(store, claimed, message, f"{how}:{workspace}:{user}:{at.date()}", at)

        await self.storage.write(apply)


def _key(claimed: Claimed) -> str:
    return f"reply:{claimed.incoming.key}:0"
