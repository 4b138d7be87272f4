"""The two steps in which a team is set up or changed: who is in it, and when things happen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.calendar import WEEKDAYS
from bot.domain.people import Times
from bot.domain.team_rules import LONGEST_BEHAVIOUR, LONGEST_CARE, LONGEST_NAME, MOST_BEHAVIOURS, MOST_CARE
from bot.ports.messages import Block
from prompts.fields import (
    Labels,
    Option,
    View,
    channel_input,
    form,
    people_input,
    plain,
    select_input,
    small,
    text_input,
    ticks_input,
    time_input,
)

MOST_NAME = LONGEST_NAME + 40
"""Characters that fit: a little more than are taken, so that what is too long is told and not cut."""
MOST_MANAGERS = 20
DAYS: Sequence[Option] = tuple((str(n), day.capitalize()) for n, day in enumerate(WEEKDAYS))


def team_who(labels: Labels, values: Mapping[str, Any]) -> View:
    """Name, people, channel, zone, and what they work on."""
    blocks = [
        text_input(labels, "team_name", values["name"], most=MOST_NAME),
        people_input(labels, "team_managers", values["managers"], most=MOST_MANAGERS),
        people_input(labels, "team_reps", values["reps"], most=values["most_reps"]),
        channel_input(labels, "team_channel", values["channel"]),
        select_input(labels, "team_zone", values["zones"], values["zone"]),
        text_input(
            labels,
            "team_behaviours",
            values["behaviours"],
            optional=True,
            most=2 * MOST_BEHAVIOURS * LONGEST_BEHAVIOUR,
            lines=True,
        ),
        text_input(labels, "team_care", values["care"], optional=True, most=2 * MOST_CARE * LONGEST_CARE, lines=True),
    ]
    if not values["changes"]:
        blocks.insert(0, small(labels("team_who_begins")))
    return form(labels, "team_who", values["metadata"], blocks, submit="team_next")


def team_when(labels: Labels, values: Mapping[str, Any]) -> View:
    """Working days, times and public holidays; the regions once a country that has some is chosen."""
    times: Times = values["times"]
    nowhere: tuple[Option, ...] = ((values["nowhere"], labels("team_no_holidays")),)
    blocks: list[Block] = [
        ticks_input(labels, "team_working_days", DAYS, map(str, sorted(times.hours.days)), optional=False),
        time_input(labels, "team_day_starts", times.hours.start),
        time_input(labels, "team_day_ends", times.hours.end),
        time_input(labels, "team_check_in", times.check_in),
        time_input(labels, "team_check_in_until", times.check_in_until),
        time_input(labels, "team_summary", times.summary),
        time_input(labels, "team_nudge", times.nudge),
        select_input(labels, "team_wins_day", DAYS, str(times.wins_day)),
        time_input(labels, "team_wins", times.wins),
        select_input(
            labels,
            "team_country",
            {labels("team_nowhere"): nowhere} | dict(values["countries"]),
            values["country"],
            changes=True,
        ),
    ]
    if values["regions"]:
        whole = ((f"{values['country']}/", labels("team_whole_country")),)
        regions = {labels("team_everywhere"): whole} | dict(values["regions"])
        blocks.append(select_input(labels, "team_region", regions, values["region"]))
    back: Block = {
        "type": "actions",
        "block_id": "team_back",
        "elements": [{"type": "button", "action_id": "team_back", "text": plain(labels("team_back"))}],
    }
    return form(labels, "team_when", values["metadata"], [*blocks, back], submit="team_preview")
