"""What a draft is to others: who may do what to it, what is asked for it, and what became of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.access import Action
from bot.domain.draft import TeamDraft
from bot.domain.people import Team, Times
from bot.ports.messages import Delivery, Lane, Message
from bot.ports.queues import Incoming
from bot.ports.storage import Store
from bot.services.access import Actor, may, may_draft
from bot.services.sending import Sending
from bot.services.telling import NO_MESSAGES, NOT_NOW, working_moment

KIND = "draft"
"""What the inbox calls a draft that is to be worked on, and what the keys of its previews begin with."""
SETTLED = "the team was started, changed or discarded meanwhile"


def may_change(store: Store, who: Actor, draft: TeamDraft) -> bool:
    """Whether they may change, discard or try a draft: as they may the team that it changes, where there is one."""
    if draft.team_id is None:
        return may_draft(who, Action.CHANGE_TEAM, draft)
    team = store.people.find_team(draft.team_id)
    return team is not None and draft.workspace == who.workspace and may(who, Action.CHANGE_TEAM, team)


def may_start(store: Store, who: Actor, draft: TeamDraft) -> bool:
    """Whether they may start a new team, or have the changes to one take effect."""
    return may_draft(who, Action.START_TEAM, draft) if draft.team_id is None else may_change(store, who, draft)


def is_taken(store: Store, workspace: str, name: str, team_id: str | None) -> bool:
    """Whether another team of the workspace has this name, capital letters or not."""
    return any(t.name.casefold() == name.casefold() and t.id != team_id for t in store.people.teams(workspace))


def as_draft(store: Store, team: Team, maker: str, at: datetime) -> TeamDraft:
    """A team as it stands, to be changed."""
    holidays = team.holidays
    return TeamDraft(
        id="",
        workspace=team.workspace,
        made_by=maker,
        made_at=at,
        name=team.name,
        zone=team.zone,
        channel=team.channel,
        managers=tuple(p.slack_id for p in store.people.managers(team.id)),
        reps=tuple(p.slack_id for p in store.people.reps(team.id)),
        times=_up_to_date(team.times),
        country=holidays.country if holidays else None,
        region=holidays.region if holidays else None,
        behaviours=tuple(b.words for b in team.behaviours),
        care=team.care,
        team_id=team.id,
    )


def _up_to_date(times: Times) -> Times:
    """Times that were kept before there was a latest one for reps may have it before their own: then it is the same."""
    return replace(times, check_in_until=max(times.check_in_until, times.check_in))


def ask_for(store: Store, draft: TeamDraft, what: str, by: str, at: datetime) -> None:
    """Have something done for a draft that takes calls to Slack: a row, so that nothing is lost by a crash."""
    payload = {"kind": KIND, "do": what, "draft": draft.id, "number": draft.number}
    key = f"draft:{draft.id}:{draft.number}:{what}:{at.timestamp()}"
    store.inbox.add([Incoming(key, draft.workspace, by, payload, at, at.timestamp())])


def preview_key(draft: TeamDraft, slack_id: str) -> str:
    """The key of the preview that somebody gets."""
    return f"{KIND}:{draft.id}:{draft.number}:{slack_id}"


def look_again(store: Store, delivery: Delivery, at: datetime) -> Delivery | None:
    """The preview if it may go now; None when it waits for another working day, or is not wanted any more."""
    _, draft_id, number, slack_id = delivery.key.split(":")
    draft = store.drafts.get(draft_id)
    if draft is None or draft.started_at is not None or str(draft.number) != number:
        store.outbox.skip(delivery, SETTLED, at)
        return None
    reader = store.people.by_slack(draft.workspace, slack_id)
    if delivery.lane is Lane.REPLY or reader is None:  # they asked for it, or their zone is in the row's own time
        return delivery
    if reader.stopped_at is not None:
        store.outbox.skip(delivery, NO_MESSAGES, at)
        return None
    moment = working_moment(reader, Team("", draft.workspace, draft.name, draft.zone, "", draft.times), at)
    if moment > at:
        store.outbox.retry(delivery, moment, NOT_NOW)
        return None
    return delivery


def settle(sending: Sending, store: Store, draft: TeamDraft, how: str, at: datetime, by: str = "") -> None:
    """In the place of every preview of the draft: what became of it, without buttons."""
    values = {"how": how, "team": draft.name, "by": by, "changes": draft.team_id is not None}
    message = Message("setup/settled", values)
    for slack_id in draft.told:
        sending.replace(
            store,
            message,
            target=preview_key(draft, slack_id),
            workspace=draft.workspace,
            channel=slack_id,
            lane=Lane.REPLY,
            at=at,
        )
