"""One world, from a seed to what the audit says of it."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass

from bot.simulation.auditor import audit
from bot.simulation.chance import chance
from bot.simulation.conditions import Conditions
from bot.simulation.evidence import Evidence, Finding
from bot.simulation.plan import planned
from bot.simulation.policies import Policy
from bot.simulation.world import World


@dataclass(frozen=True)
class Report:
    """What a world came to. `excerpts` are the lines of the trace about each finding."""

    seed: int
    days: int
    reps: int
    workers: int
    hash: str
    checked: Counter[str]
    findings: tuple[Finding, ...]
    excerpts: tuple[tuple[str, ...], ...]
    numbers: Counter[str]
    seconds: float  # of the processor

    @property
    def rep_days(self) -> int:
        """How much was lived."""
        return self.days * self.reps


def simulate(
    seed: int,
    days: int = 3,
    reps: int = 5,
    workers: int = 1,
    policy: Policy | None = None,
    conditions: Conditions | None = None,
) -> Report:
    """Play a world and audit it: the same arguments give the same trace and the same report, but for `seconds`."""
    began = time.process_time()
    world = World(seed, planned(seed, days, reps, workers, conditions), policy or Policy())
    try:
        world.run()
        evidence = Evidence(world)
        audit(evidence)
        findings = tuple(evidence.findings)
        excerpts = tuple(tuple(world.trace.about(_who(f), f.at)) for f in findings[:20])
        numbers = Counter(
            acts=len(world.slack.record.acts),
            messages=len(world.slack.record.changes),
            lives=sum(worker.lives for worker in world.workers),
            commitments=len(evidence.commitments),
            steps=world.loop.steps,
            for_nothing=world.database.for_nothing,
        )
        seconds = time.process_time() - began
        return Report(
            seed, days, reps, workers, world.trace.hash, evidence.checked, findings, excerpts, numbers, seconds
        )
    finally:
        world.close()


def _who(finding: Finding) -> str:
    """What a trace line about somebody holds: their id without its first letter stands for their conversation too."""
    return finding.who[1:] if finding.who[:1] in "UD" else finding.who


def shape(seed: int) -> tuple[int, int, int]:
    """Days, reps and workers of a seed, where nothing else is asked for."""
    random = chance(seed, "shape")
    return random.randint(2, 5), random.randint(3, 12), random.randint(1, 3)


def in_its_shape(seed: int) -> Report:
    """The world of a seed in the shape that the seed has."""
    return simulate(seed, *shape(seed))
