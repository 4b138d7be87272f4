"""Second thoughts: a message that was edited is read again, one that was deleted is forgotten.

Until the confirmation the conversation is walked again from that message on, and its last line takes the place of
the last message. Afterwards an edit changes nothing that was agreed, and a deletion still erases the words.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.checkin import Checkin, advance, repeat
from bot.domain.effects import Effect
from bot.domain.reading import Intent, Reading
from bot.errors import Changed
from bot.ports.coach import Coach
from bot.ports.queues import Claimed
from bot.ports.slack import TryLater
from bot.ports.storage import Storage, Store, Turn
from bot.services.checkin import Checkins
from bot.services.hearing import Rep, rep_of, understood, words_of

OVERTAKEN = 600.0
"""Seconds after which Slack has delivered a message or will not: its last retry comes after five minutes."""
WAIT, MOST_WAITS = 5.0, 14
"""Seconds between looks for a message that was overtaken, and how many: until after Slack's second retry."""
UNSAID = Reading(Intent.OTHER, thin=True)


@dataclass(frozen=True)
class Rereading:
    """What follows when a rep edits or deletes a message of theirs."""

    storage: Storage
    coach: Coach
    checkins: Checkins

    async def edited(self, claimed: Claimed, at: datetime) -> None:
        """Read it again, and all that followed it."""
        rep, turn = await self._found(claimed, at)
        if turn is None:
            await self._wait_for_the_message(claimed)
        text = await self.storage.read(lambda s: words_of(s, claimed))
        if rep is None or turn is None or not text:
            await self.storage.write(lambda s: _learning(s, claimed, rep, text or None, keep=not text))
        elif not _open(rep, turn):
            await self.storage.write(lambda s: _keep(s, claimed, replace(turn, text=text)))
        else:
            reading = (await understood(self.coach, rep, text, turn.before.asked, at)).reading
            kept = None if reading.intent is Intent.CONCERN else text
            again = replace(turn, text=kept, reading=replace(reading, concern=None))
            await self.storage.write(lambda s: self._again(s, claimed, rep, again, [again], at))

    async def deleted(self, claimed: Claimed, at: datetime) -> None:
        """Erase its words, and before the confirmation go on as if they had never been said."""
        rep, turn = await self._found(claimed, at)
        if turn is None:
            await self._wait_for_the_message(claimed)
        if rep is None or turn is None:
            await self.storage.write(lambda s: _learning(s, claimed, rep, None, keep=False))
            return
        gone = replace(turn, text=None, reading=UNSAID)
        if _open(rep, turn):
            await self.storage.write(lambda s: self._again(s, claimed, rep, gone, [], at))
        else:
            await self.storage.write(lambda s: _forget(s, claimed, gone))

    async def _wait_for_the_message(self, claimed: Claimed) -> None:
        """Raise `TryLater` when Slack may yet deliver the message that this is about: events overtake one another."""
        incoming = claimed.incoming
        original = incoming.key.partition(f":{incoming.payload.get('kind')}")[0]
        written_now = incoming.said - _seconds(incoming.payload.get("ts")) < OVERTAKEN
        known, still_open = await self.storage.read(lambda s: (s.inbox.knows(original), s.inbox.is_open(original)))
        if written_now and (still_open or not known) and claimed.attempts <= MOST_WAITS:
            raise TryLater("the message that was changed comes first", 0 if still_open else WAIT)

    async def _found(self, claimed: Claimed, at: datetime) -> tuple[Rep | None, Turn | None]:
        incoming = claimed.incoming
        slack_ts = str(incoming.payload.get("ts"))

        def gather(store: Store) -> tuple[Rep | None, Turn | None]:
            store_rep = rep_of(store, incoming.workspace, incoming.slack_user, at)
            turn = store.checkins.turn_of(store_rep.person.id, slack_ts) if store_rep else None
            return store_rep, turn

        return await self.storage.read(gather)

    def _again(self, store: Store, claimed: Claimed, rep: Rep, turn: Turn, instead: list[Turn], at: datetime) -> None:
        """Walk on from where `turn` was said, with `instead` in its place, and keep what it comes to."""
        current = rep.checkin
        assert current is not None
        if store.checkins.get(current.id).version != current.version:
            raise Changed("the check-in moved on while the message was read")
        turns = store.checkins.turns(current.id)
        had = {effect for t in turns for effect in advance(t.before, t.reading, t.at).effects}
        store.checkins.save_turn(turn)
        state, step, effects = turn.before, repeat(turn.before), list[Effect]()
        for each in instead + [t for t in turns if (t.at, t.id) > (turn.at, turn.id)]:
            store.checkins.save_turn(replace(each, before=state))
            step = advance(state, each.reading, each.at)
            effects += [effect for effect in step.effects if effect not in had]
            state = step.checkin
        after = replace(
            step.checkin,
            posts=current.posts,
            version=current.version + 1,
            last_key=current.last_key,
            help_shared=current.help_shared,
        )
        again = replace(step, checkin=after, effects=tuple(effects), post=False)
        key = current.last_key or current.id
        self.checkins.carry_out(store, current, again, rep.person, rep.team, at, key=key)
        store.inbox.done(claimed)


def _seconds(ts: object) -> float:
    try:
        return float(str(ts))
    except ValueError:
        return 0.0


def _open(rep: Rep, turn: Turn) -> bool:
    return rep.checkin is not None and rep.checkin.id == turn.checkin_id


def _keep(store: Store, claimed: Claimed, turn: Turn) -> None:
    store.checkins.save_turn(turn)
    store.inbox.done(claimed)


def _forget(store: Store, claimed: Claimed, gone: Turn) -> None:
    """Erase a message of an ended check-in, and the drafts that were made of it. What was confirmed stands."""
    for turn in store.checkins.turns(gone.checkin_id):
        store.checkins.save_turn(replace(gone if turn.id == gone.id else turn, before=_undrafted(turn.before)))
    checkin = store.checkins.get(gone.checkin_id)
    store.checkins.save(replace(_undrafted(checkin), version=checkin.version + 1), checkin.version)
    store.inbox.done(claimed)


def _undrafted(checkin: Checkin) -> Checkin:
    return replace(checkin, action=None, if_then=None, obstacle=None)


def _learning(store: Store, claimed: Claimed, rep: Rep | None, text: str | None, *, keep: bool) -> None:
    """An answer on how it went, rewritten or erased; a message we have nothing of is done with."""
    if text is None:
        store.inbox.erase_text(claimed.incoming.workspace, str(claimed.incoming.payload.get("ts")))
    if rep is not None and not keep:
        told = store.commitments.learned_in(rep.person.id, str(claimed.incoming.payload.get("ts")))
        if told is not None:
            store.commitments.save(replace(told, learning=text, version=told.version + 1), told.version)
    store.inbox.done(claimed)
