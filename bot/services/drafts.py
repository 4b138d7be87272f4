"""What becomes of a draft: its people looked up and shown, tried by one person, started once, changed or discarded.

A tap writes down what is wanted; what takes calls to Slack is done by a row of the inbox, as often as it takes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.access import Action
from bot.domain.calendar import instant, local_date
from bot.domain.draft import TeamDraft
from bot.domain.people import Person, Team
from bot.ports import NewId
from bot.ports.messages import Button, Lane, Message
from bot.ports.queues import Claimed
from bot.ports.slack import Profile
from bot.ports.storage import Storage, Store
from bot.services.access import Actor, actor_by_slack, may
from bot.services.comparing import changes, standing
from bot.services.drafting import ask_for, is_taken, may_change, may_start, preview_key, settle
from bot.services.dry_run import DryRun
from bot.services.holidays import Calendars
from bot.services.looking_up import Found, LookingUp
from bot.services.people import Teams
from bot.services.preview import Resolved, channel_of, meaning, reader_in, resolved
from bot.services.sending import Sending, seen_by
from bot.services.telling import As, working_moment

PREVIEW_LASTS = timedelta(days=7)
"""How long a preview that could not be sent is still worth sending."""


@dataclass(frozen=True)
class Drafts:
    """Works on drafts. Taps come inside the caller's transaction; `work` is the inbox's."""

    storage: Storage
    sending: Sending
    looking_up: LookingUp
    calendars: Calendars
    teams: Teams
    dry_run: DryRun
    new_id: NewId

    # -- taps: a value says which draft and which preview of it, and only the newest counts

    def start(self, store: Store, who: Actor, value: str, at: datetime) -> None:
        """The team is to begin, or its changes to take effect: once, whoever taps and however often."""
        draft = self._meant(store, value)
        if draft is None or not may_start(store, who, draft):
            return
        started = replace(draft, started_at=at)
        store.drafts.save(started)
        settle(self.sending, store, draft, "started", at, who.person.name if who.person else "")
        ask_for(store, started, "start", who.slack_id, at)

    def try_out(self, store: Store, who: Actor, value: str, at: datetime) -> None:
        """Show whoever taps what people will get, and do nothing else."""
        draft = self._meant(store, value)
        if draft is not None and may_change(store, who, draft):
            ask_for(store, draft, "try", who.slack_id, at)

    def discard(self, store: Store, who: Actor, value: str, at: datetime) -> None:
        """Nothing comes of it."""
        draft = self._meant(store, value)
        if draft is not None and may_change(store, who, draft):
            settle(self.sending, store, draft, "discarded", at, who.person.name if who.person else "")
            store.drafts.forget(draft.id)

    def _meant(self, store: Store, value: str) -> TeamDraft | None:
        """The draft of a button, as long as it is the newest that was shown and nothing has come of it."""
        draft_id, _, number = value.partition("|")
        draft = store.drafts.get(draft_id)
        waits = draft is not None and draft.started_at is None and draft.number > 0 and str(draft.number) == number
        return draft if waits else None

    # -- the inbox

    async def work(self, claimed: Claimed, at: datetime) -> None:
        """What was asked for, with Slack's help; its effect and the mark that it is done are one transaction."""
        payload, incoming = claimed.incoming.payload, claimed.incoming
        draft = await self.storage.read(lambda s: self._wanted(s, claimed))
        if draft is None:
            await self.storage.write(lambda s: s.inbox.done(claimed))
            return
        people = (*draft.managers, *draft.reps, *draft.maker, incoming.slack_user)
        if payload["do"] == "try":
            people = (*draft.managers, incoming.slack_user)
        found = await self.looking_up.found(incoming.key, draft.workspace, people, draft.channel)
        if payload["do"] == "start":
            found = replace(found, place=await self.looking_up.join(draft.workspace, found.place))
        do = {"preview": self._show, "start": self._begin, "try": self._try}[str(payload["do"])]

        def apply(store: Store) -> None:
            still = self._wanted(store, claimed)
            if still is not None:
                it = resolved(store, still, found, self.calendars, at)
                do(store, it, found, incoming.slack_user, at)
            store.inbox.done(claimed)

        await self.storage.write(apply)

    def _wanted(self, store: Store, claimed: Claimed) -> TeamDraft | None:
        """The draft, if what was asked for is still to be done."""
        payload = claimed.incoming.payload
        draft = store.drafts.get(str(payload.get("draft")))
        if draft is None or draft.workspace != claimed.incoming.workspace or draft.number != payload.get("number"):
            return None
        return draft if (draft.started_at is not None) == (payload.get("do") == "start") else None

    def _show(self, store: Store, it: Resolved, found: Found, by: str, at: datetime) -> None:
        """The preview, for its maker and its managers; for changes, only for whoever makes them."""
        others = {*it.draft.maker, *(one.slack_id for one in it.managers)} if it.draft.team_id is None else set[str]()
        what, told = changes(store, it), []
        for slack_id in (by, *sorted(others - {by})):
            reader = reader_in(store, it, slack_id, found.people.get(slack_id))
            who = actor_by_slack(store, it.draft.workspace, slack_id, at)
            if slack_id != by and (reader.stopped_at is not None or not may_change(store, who, it.draft)):
                continue
            told.append(slack_id)
            due = at if slack_id == by else working_moment(reader, it.team, at)
            values = meaning(store, it, reader, self.calendars, due)
            starts = may_start(store, who, it.draft)
            values |= {"changes": what, "starts": starts, "ready": bool(it.reps and it.managers)}
            template = "setup/preview" if it.draft.team_id is None else "setup/changes"
            self.sending.post(
                store,
                Message(template, values, self._buttons(it, what=bool(what), starts=starts)),
                key=preview_key(it.draft, slack_id),
                workspace=it.draft.workspace,
                channel=slack_id,
                lane=Lane.REPLY if slack_id == by else Lane.WINS,
                at=at,
                expires_at=at + PREVIEW_LASTS if slack_id == by else _lasts(store, it.team, reader, due),
                due_at=due,
            )
        store.drafts.save(replace(it.draft, told=tuple(told), shown=standing(store, it.draft, at)))

    def _buttons(self, it: Resolved, *, what: bool, starts: bool) -> tuple[Button, ...]:
        value = f"{it.draft.id}|{it.draft.number}"
        change = Button("draft_change", value, "draft_change")
        discard = Button("draft_discard", value, "draft_discard")
        ready = bool(it.reps and it.managers) and starts
        if it.draft.team_id is not None:
            apply = (Button("draft_start", value, "draft_apply", style="primary"),) if ready and what else ()
            return (*apply, change, discard)
        start = (Button("draft_start", value, "draft_start", style="primary"),) if ready else ()
        return (Button("draft_try", value, "draft_try"), *start, change, discard)

    def _try(self, store: Store, it: Resolved, found: Found, by: str, at: datetime) -> None:
        """The dry run. Nothing of it is kept but the rows of its messages."""
        reader = reader_in(store, it, by, found.people.get(by))
        first_names = [one.first_name for one in it.managers]
        run = self.new_id()
        for n, message in enumerate(self.dry_run.messages(store, it.team, first_names, reader, at)):
            self.sending.post(
                store,
                message,
                key=f"dry:{it.draft.id}:{run}:{n}",
                workspace=it.draft.workspace,
                channel=by,
                lane=Lane.REPLY,
                at=at,
            )

    def _begin(self, store: Store, it: Resolved, found: Found, by: str, at: datetime) -> None:
        """The team as planned, by the same way as from a file; or why it cannot be, and the preview again."""
        draft = it.draft
        if why := self._hindered(store, it, found.people.get(by), by, at):
            again = replace(draft, started_at=None, number=draft.number + 1)
            store.drafts.save(again)
            message = Message(
                "setup/not_started", {"team": draft.name, "why": why, "changes": draft.team_id is not None}
            )
            self._answer(store, it, message, f"not_started:{draft.id}:{draft.number}:{by}", by, at)
            ask_for(store, again, "preview", by, at)
            return
        what, starter = changes(store, it), found.people.get(by)
        applied = self.teams.apply_in(store, it.plan, at)
        it = replace(it, team=applied.team)
        store.drafts.forget(draft.id)
        for slack_id in dict.fromkeys((by, *draft.maker, *(one.slack_id for one in it.managers))):
            reader = reader_in(store, it, slack_id, found.people.get(slack_id))
            values = meaning(store, it, reader, self.calendars, at)
            leads = any(one.slack_id == slack_id for one in it.managers)
            values |= {"leads": leads, "channel": _after_joining(channel_of(it)), "changes": what}
            values["by"] = starter.name if starter and slack_id != by else ""
            template = "setup/started" if draft.team_id is None else "setup/applied"
            key = f"started:{draft.id}:{draft.number}:{slack_id}"
            if slack_id == by:
                self._answer(store, it, Message(template, values), key, slack_id, at)
            else:
                self._tell(store, it, Message(template, values), key, reader, at)

    def _hindered(self, store: Store, it: Resolved, starter: Profile | None, by: str, at: datetime) -> str | None:
        """Why it cannot be, as things are now."""
        who = actor_by_slack(store, it.draft.workspace, by, at)
        if starter is None or not starter.is_member or not may_start(store, who, it.draft):
            return "not_you"
        if is_taken(store, it.draft.workspace, it.draft.name, it.draft.team_id):
            return "name_taken"
        if not it.reps or not it.managers:
            return "nobody"
        return "changed" if standing(store, it.draft, at) != it.draft.shown else None

    def _answer(self, store: Store, it: Resolved, message: Message, key: str, slack_id: str, at: datetime) -> None:
        """A message to whoever started it, at once."""
        self.sending.post(
            store,
            message,
            key=key,
            workspace=it.draft.workspace,
            channel=slack_id,
            lane=Lane.REPLY,
            at=at,
            expires_at=at + PREVIEW_LASTS,
        )

    def _tell(self, store: Store, it: Resolved, message: Message, key: str, reader: Person, at: datetime) -> None:
        """A message to somebody who did nothing themselves, once they are at work, if the team is theirs to know."""
        role = _role(store, it.team, reader, at)
        if role is None:
            return
        due, first = working_moment(reader, it.team, at), message.values["first"]
        values = {**message.values, "first": first if first and first.at > due else None} | seen_by(reader, due)
        if _is_known(store, reader):
            self.teams.telling.tell(store, message.template, values, it.team, reader.slack_id, role, at)
            return
        self.sending.post(
            store,
            replace(message, values=values),
            key=key,
            workspace=it.draft.workspace,
            channel=reader.slack_id,
            lane=Lane.WINS,
            at=at,
            expires_at=_lasts(store, it.team, reader, due),
            due_at=due,
        )


def _role(store: Store, team: Team, reader: Person, at: datetime) -> As | None:
    """As what somebody hears of a team that has begun or changed; None when it is not theirs to know."""
    if may(actor_by_slack(store, team.workspace, reader.slack_id, at), Action.SEE_TEAM, team):
        return As.MANAGER
    return As.ADMIN if reader.slack_id in store.workspaces.get(team.workspace).admins else None


def _is_known(store: Store, reader: Person) -> bool:
    """Whether they are enrolled, so that their own days and wishes are known when the message goes."""
    return store.people.by_slack(reader.workspace, reader.slack_id) is not None


def _lasts(store: Store, team: Team, reader: Person, due: datetime) -> datetime:
    """How long a message that somebody did not ask for may still be sent. Of somebody not enrolled only the zone is
    known, and that only now: it has to reach them before that day's work ends.
    """
    if _is_known(store, reader):
        return due + PREVIEW_LASTS
    return instant(local_date(due, reader.tz), team.times.hours.end, reader.tz)


def _after_joining(channel: dict[str, str]) -> dict[str, str]:
    """A channel that could not be joined has to invite the app, public or not."""
    return channel | {"state": "invite"} if channel["state"] == "joins" else channel
