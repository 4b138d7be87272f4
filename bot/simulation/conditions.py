"""What may go wrong in a world, and how often: drawn from its seed, or nothing at all."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Conditions:
    """Chances for each single occasion, and mean hours between what strikes out of nothing (0: never)."""

    # a process
    dies_at_point: float = 0.0
    freezes_at_point: float = 0.0
    freeze_seconds: tuple[float, ...] = (4, 12, 18, 28, 45, 90, 600, 2400)
    hours_between_deaths: float = 0.0
    hours_between_freezes: float = 0.0
    hours_between_blackouts: float = 0.0  # every process is down
    clock_goes_back: bool = False  # of one process, by an hour
    slow_database: float = 0.0
    # Slack's answers
    lost_request: float = 0.0
    lost_answer: float = 0.0
    late_request: float = 0.0
    late_answer: float = 0.0
    internal_error: float = 0.0
    hours_between_outages: float = 0.0
    tight_workspace: bool = False  # far fewer calls a minute than usual
    # Slack's events
    echo_lost: float = 0.0
    echo_twice: float = 0.0
    event_twice: float = 0.0
    event_late: float = 0.0
    event_very_late: float = 0.0
    # people and who looks after them
    leaves: float = 0.0  # deactivated in the course of the world
    moves: float = 0.0  # to another zone, told by the team file


CALM = Conditions()


def drawn(random: Random) -> Conditions:
    """The weather of one world: mild or rough, each kind of trouble on its own."""
    rough = 5.0 if random.random() < 0.3 else 1.0

    def some(most: float, chance: float = 0.7) -> float:
        return random.uniform(0, most) * rough if random.random() < chance else 0.0

    def every(least: float, most: float, chance: float = 0.6) -> float:
        return random.uniform(least, most) if random.random() < chance else 0.0

    return Conditions(
        dies_at_point=some(0.002),
        freezes_at_point=some(0.001),
        hours_between_deaths=every(2, 30),
        hours_between_freezes=every(2, 30),
        hours_between_blackouts=every(12, 60, 0.4),
        clock_goes_back=random.random() < 0.1,
        slow_database=some(0.02, 0.4),
        lost_request=some(0.05),
        lost_answer=some(0.05),
        late_request=some(0.05),
        late_answer=some(0.05),
        internal_error=some(0.05),
        hours_between_outages=every(6, 48),
        tight_workspace=random.random() < 0.3,
        echo_lost=random.choice((0.0, 0.1, 0.5, 1.0)),
        echo_twice=some(0.3),
        event_twice=some(0.1),
        event_late=some(0.1),
        event_very_late=some(0.01, 0.4),
        leaves=some(0.2, 0.3),
        moves=some(0.3, 0.3),
    )
