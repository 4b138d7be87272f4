"""People and channels that change in the small world: as Slack's directory shows them, and as its events tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.domain.people import Person, Team
from bot.ports.messages import Lane, Message, Outgoing
from bot.ports.slack import Place, Profile, Refused
from bot.ports.storage import Alarm, AlarmKind, Store
from bot.services.people import TeamPlan
from tests.support.world import WORKSPACE, World

DAY = timedelta(days=1)


def known_to_slack(world: World, *plans: TeamPlan) -> None:
    """Everybody of the plans is a member, and the app is in the plans' channels."""
    for plan in plans:
        for one in (*plan.managers, *plan.reps):
            world.slack.profiles[one.slack_id] = Profile(one.slack_id, one.name, one.zone)
        world.slack.places[plan.channel] = Place(plan.channel, "wins", is_member=True)


def becomes(world: World, slack_id: str, **changed: Any) -> Profile:
    """Somebody is different from now on; nobody tells the app."""
    world.slack.profiles[slack_id] = replace(world.slack.profiles[slack_id], **changed)
    return world.slack.profiles[slack_id]


async def tells(world: World, slack_id: str, **changed: Any) -> None:
    """Somebody is different from now on, and Slack says so."""
    one = becomes(world, slack_id, **changed)
    await world.event({"type": "user_change", "user": as_slack_writes(one), "event_ts": "1.1"})


def as_slack_writes(one: Profile) -> dict[str, Any]:
    """A member as Slack's API gives one; of who has left only little is told."""
    user: dict[str, Any] = {"id": one.slack_id, "team_id": WORKSPACE, "deleted": one.deleted, "name": one.name}
    if one.deleted:
        return user
    status = one.status
    shown = {
        "status_text": status.text if status else "",
        "status_emoji": status.emoji if status else "",
        "status_expiration": int(status.until.timestamp()) if status and status.until else 0,
    }
    return user | {"real_name": one.name, "tz": one.zone, "is_restricted": one.is_guest, "profile": shown}


async def channel_event(world: World, kind: str, channel: str, **more: Any) -> None:
    await world.event({"type": kind, "channel": channel, "event_ts": "1.1"} | more)


async def swept(world: World) -> None:
    """The night's comparison with Slack happens now."""
    alarm = Alarm(AlarmKind.SWEEP, WORKSPACE, world.now)
    await world.huddle.storage.write(lambda s: s.alarms.set(alarm))
    await world.settle()


async def person(world: World, slack_id: str) -> Person:
    found = await world.huddle.storage.read(lambda s: s.people.by_slack(WORKSPACE, slack_id))
    assert found is not None
    return found


async def team(world: World, name: str = "North") -> Team:
    found = await world.huddle.storage.read(lambda s: s.people.team_named(WORKSPACE, name))
    assert found is not None
    return found


async def alarms_of(world: World, subject: str) -> set[AlarmKind]:
    """What is set for a subject."""

    def look(store: Store) -> set[AlarmKind]:
        return {kind for kind in AlarmKind if store.alarms.get(kind, subject)}

    return await world.huddle.storage.read(look)


async def look_after(world: World, *slack_ids: str) -> None:
    """These look after the app; none of the nightly chores is set by it."""

    def name(store: Store) -> None:
        store.workspaces.save(replace(store.workspaces.get(WORKSPACE), admins=slack_ids))

    await world.huddle.storage.write(name)


async def refused_wins(world: World, key: str, reason: str) -> None:
    """A week's wins are written, and Slack does not take them."""
    message = Message("wins/refused", {"team": "North", "reason": reason})

    def write(store: Store) -> None:
        at, wording = world.now, world.huddle.edge.wording
        outgoing = Outgoing(key, WORKSPACE, "C01WINS", Lane.WINS, message, at, at + DAY)
        store.outbox.add(outgoing, wording.render(message), key, at)

    await world.huddle.storage.write(write)
    world.slack.failures.append(Refused(reason))
    await world.settle()
