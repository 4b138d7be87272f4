"""The audit notices what it is there to notice: four products broken on purpose are each caught within a few seeds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.simulation.conditions import CALM, Conditions
from bot.simulation.policies import Policy
from bot.simulation.run import simulate
from tests.simulation.broken import AcksFirst, AtMostOnce, NoLease, RetriesBlindly

WINDY = replace(
    CALM, dies_at_point=0.003, lost_answer=0.15, late_request=0.2, lost_request=0.1, internal_error=0.15, echo_lost=1.0
)
DEADLY = replace(CALM, hours_between_deaths=0.3, dies_at_point=0.01)
FEW = 4


@pytest.mark.parametrize(
    ("policy", "check", "conditions"),
    [
        (RetriesBlindly(), "nothing twice", WINDY),
        (AtMostOnce(), "ends well", WINDY),
        (NoLease(), "nothing twice", WINDY),
        (AcksFirst(), "no reply lost", DEADLY),
    ],
    ids=lambda one: one.name.replace(" ", "-") if isinstance(one, Policy) else "",
)
def test_a_broken_product_is_caught(policy: Policy, check: str, conditions: Conditions) -> None:
    for seed in range(FEW):
        report = simulate(seed, 1, 3, 2, policy=policy, conditions=conditions)
        if any(finding.check == check for finding in report.findings):
            return
    pytest.fail(f"{FEW} seeds and nothing found")


def test_the_product_as_it_is_stands_the_same_wind() -> None:
    report = simulate(0, 1, 3, 2, conditions=WINDY)
    assert report.findings == ()
    assert all(report.checked[name] for name in ("no reply lost", "nothing twice", "in order", "ends well"))
