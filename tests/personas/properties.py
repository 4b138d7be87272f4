"""What must hold in every walk, whoever walks and whatever coach listens. Each property tells what breaks it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import prompts
from bot.domain.calendar import is_working_time, local_date
from bot.domain.checkin import MOST_POSTS
from bot.domain.commitment import Commitment
from bot.domain.question_bank import Moment
from bot.domain.questions import faults
from bot.domain.reading import Asked
from prompts.questions import load_bank
from tests.personas.reps import DAYS, Persona
from tests.personas.walk import Event, Walk, day_of

OUTSIDE_THE_FUNNEL = frozenset({Asked.NOTHING, Asked.LEARN})
RUN = 4
"""So many words in a row, one of them longer than this, are somebody's sentence, not a coincidence."""
LONG_ENOUGH = 5
_WORD = re.compile(r"\w+")
_COUNTS = re.compile(r"(\d+) of (\d+) committed, (\d+) answered")


def words(text: str) -> list[str]:
    """The words of a text, small."""
    return _WORD.findall(text.casefold().replace("’", "'"))


def at_most_five_messages(walk: Walk) -> Iterator[str]:
    """A check-in is at most five messages, the opening among them."""
    posted: Counter[str] = Counter()
    for turn in walk.turns:
        if turn.checkin and turn.asked not in OUTSIDE_THE_FUNNEL:
            posted[turn.checkin] += turn.posted
    for persona in walk.group.personas:
        for checkin in walk.lived[persona.id].checkins:
            if (many := posted[checkin.id] + 1) > MOST_POSTS:
                yield f"{persona.id}, {checkin.local_date}: {many} messages"


def no_opening_comes_back(walk: Walk) -> Iterator[str]:
    """Nobody hears the same opening twice in ten working days."""
    openings = {question.id for question in load_bank() if question.moment is Moment.OPENING}
    for persona in walk.group.personas:
        for question, many in Counter(seen.question_id for seen in walk.lived[persona.id].seen).items():
            if question in openings and many > 1:
                yield f"{persona.id}: {question} {many} times"


def every_question_passes_the_guard(walk: Walk) -> Iterator[str]:
    """What was asked openly may be asked."""
    for persona, at, question in walk.questions:
        if found := faults(question):
            yield f"{persona.id}, {at:%d %b}: {question} ({', '.join(found)})"


def commitments_come_where_they_are_wanted(walk: Walk) -> Iterator[str]:
    """A commitment on the days that want one and give something to go on, and on no other."""
    for persona in walk.group.personas:
        made = Counter(_made_on(walk, persona, each) for each in walk.lived[persona.id].commitments)
        for number, day in enumerate(DAYS):
            expected, found = persona.day(number).reaches, made[day]
            if found != expected:
                yield f"{persona.id}, {day:%a %d %b}: {found} commitments, {int(expected)} wanted"


def actions_are_the_reps_words(walk: Walk) -> Iterator[str]:
    """A commitment is made of words that the rep said in that check-in."""
    for persona in walk.group.personas:
        for made in walk.lived[persona.id].commitments:
            said = {w for turn in walk.turns if turn.checkin == made.checkin_id for w in words(turn.line)}
            plan = words(made.if_then or "")
            if strange := [word for word in [*words(made.action), *plan] if word not in said]:
                yield f"{persona.id}: {made.action!r} has {', '.join(strange)}"


def nothing_comes_outside_working_hours(walk: Walk) -> Iterator[str]:
    """What we start ourselves comes in the working hours of whoever gets it."""
    zones = {f"D{persona.slack[1:]}": persona.zone for persona in walk.group.personas}
    hours = walk.group.plan.times.hours
    for event in walk.events:
        started = event.key and not event.in_place and not event.key.startswith("reply:")
        zone = ZoneInfo(zones.get(event.channel, walk.group.plan.zone))
        if started and not is_working_time(event.at, zone, hours) and not _asked_for(walk, event):
            yield f"{event.key} at {event.at.astimezone(zone):%a %H:%M}"


def _asked_for(walk: Walk, event: Event) -> bool:
    """Whether it is the answer to a tap of the same moment."""
    return any(e.tapped and e.channel == event.channel and e.at == event.at for e in walk.events)


def others_see_confirmed_actions_only(walk: Walk) -> Iterator[str]:
    """The manager and the channel see no words of a rep but those of confirmed actions."""
    told = [event for event in walk.events if event.channel in _others(walk)]
    confirmed = [made.action for lived in walk.lived.values() for made in lived.commitments]
    allowed = _our_words() | {w for text in [*_plan_words(walk), *confirmed] for w in words(text)}
    for event in told:
        rest = " ".join(words(event.text))
        for action in sorted(confirmed, key=len, reverse=True):
            rest = rest.replace(" ".join(words(action)), "|")
        for word in sorted({w for w in words(event.text) if not w.isdigit()} - allowed):
            yield f"{event.key}: {word!r} was never confirmed"
        for run in _runs_said(walk):
            if f" {run} " in f" {rest} ":
                yield f"{event.key}: {run!r} was said in confidence"


def _runs_said(walk: Walk) -> set[str]:
    said = [words(turn.line) for turn in walk.turns if not turn.line.startswith("[")]
    runs = (one[n : n + RUN] for one in said for n in range(len(one) - RUN + 1))
    return {" ".join(run) for run in runs if any(len(word) > LONG_ENOUGH for word in run)}


def _plan_words(walk: Walk) -> list[str]:
    plan = walk.group.plan
    names = [member.name for member in (*plan.reps, *plan.managers)]
    days = [f"{DAYS[0] + timedelta(days=n):%A %a %B %b}" for n in range(21)]
    return [plan.name, *names, *days, *(focus for focus, _ in plan.behaviours)]


@cache
def _our_words() -> frozenset[str]:
    """Every word that the bot brings along."""
    folder = Path(prompts.__file__).parent
    files = [path for kind in ("*.j2", "*.yaml") for path in folder.rglob(kind)]
    return frozenset(word for path in files for word in words(path.read_text("utf-8")))


def summaries_count_right(walk: Walk) -> Iterator[str]:
    """At the end of each day the manager's summary says how many were asked, answered and committed."""
    for day in DAYS:
        event = next((e for e in reversed(walk.events) if _is_summary_of(walk, e, day)), None)
        counts = event and _COUNTS.search(event.text)
        if not event or not counts:
            yield f"{day:%a %d %b}: no summary"
            continue
        committed, asked, answered = (int(number) for number in counts.groups())
        truth = _counted(walk, day, event)
        if truth != {"committed": committed, "asked": asked, "answered": answered}:
            yield f"{day:%a %d %b}: {counts.group()}, but {truth}"


def _counted(walk: Walk, day: date, event: Event) -> dict[str, int]:
    counts = {"committed": 0, "asked": 0, "answered": 0}
    for persona in walk.group.personas:
        todays = {c.id for c in walk.lived[persona.id].checkins if c.local_date == day and c.opened_at <= event.at}
        made = [c for c in walk.lived[persona.id].commitments if c.checkin_id in todays and c.made_at <= event.at]
        counts["asked"] += bool(todays)
        counts["committed"] += bool(made)
        heard = [c.answered_at for c in walk.lived[persona.id].checkins if c.id in todays and c.answered_at]
        counts["answered"] += any(answered_at <= event.at for answered_at in heard)
    return counts


def _is_summary_of(walk: Walk, event: Event, day: date) -> bool:
    local = local_date(event.at, ZoneInfo(walk.group.plan.zone))
    return local == day and event.channel in _others(walk) and bool(_COUNTS.search(event.text))


def _others(walk: Walk) -> frozenset[str]:
    plan = walk.group.plan
    return frozenset({plan.channel, *(f"D{manager.slack_id[1:]}" for manager in plan.managers)})


def distress_is_met_with_care_and_silence(walk: Walk) -> Iterator[str]:
    """Whoever says that they are hurting gets one caring line, and then nothing for the day."""
    for persona in walk.group.personas:
        for number, day in enumerate(DAYS):
            if not persona.day(number).distress:
                continue
            todays = [e for e in walk.of(persona) if day_of(e.at, persona) == day]
            place = next((n for n, e in enumerate(todays) if e.key and "leave you alone for today" in e.text), None)
            if place is None:
                yield f"{persona.id}, {day:%a %d %b}: no care"
            elif todays[place + 1 :]:
                yield f"{persona.id}, {day:%a %d %b}: {todays[place + 1].text[:60]!r} after the care"


def _made_on(walk: Walk, persona: Persona, made: Commitment) -> date:
    todays: Mapping[str, date] = {c.id: c.local_date for c in walk.lived[persona.id].checkins}
    return todays.get(made.checkin_id or "", day_of(made.made_at, persona))


PROPERTIES: tuple[Callable[[Walk], Iterator[str]], ...] = (
    at_most_five_messages,
    no_opening_comes_back,
    every_question_passes_the_guard,
    commitments_come_where_they_are_wanted,
    actions_are_the_reps_words,
    nothing_comes_outside_working_hours,
    others_see_confirmed_actions_only,
    summaries_count_right,
    distress_is_met_with_care_and_silence,
)


def broken(walk: Walk) -> list[str]:
    """Everything that does not hold."""
    return [f"{each.__name__}: {fault}" for each in PROPERTIES for fault in each(walk)]
