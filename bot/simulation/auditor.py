"""The audit of a world: every promise, how often it was put to the test, and where it was not kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.simulation.evidence import Evidence
from bot.simulation.state_checks import commitments, ends_well
from bot.simulation.talk_checks import in_order, no_reply_lost, nothing_surprising, nothing_twice
from bot.simulation.time_checks import every_morning, right_person, within_hours

CHECKS: Mapping[str, Callable[[Evidence], None]] = {
    "no reply lost": no_reply_lost,
    "nothing twice": nothing_twice,
    "within hours": within_hours,
    "right person": right_person,
    "in order": in_order,
    "commitments": commitments,
    "every morning": every_morning,
    "ends well": ends_well,
    "no surprises": nothing_surprising,
}


def audit(evidence: Evidence) -> None:
    """Put every promise to the test."""
    for name, check in CHECKS.items():
        evidence.checked[name] += 0
        check(evidence)
