"""Who walks with which coach."""

from __future__ import annotations

from pathlib import Path

from bot.adapters.openai_coach import OpenAICoach
from bot.adapters.rule_coach import RuleCoach
from bot.ports.coach import Coach
from prompts.render import Prompts
from tests.personas.model import Wayward
from tests.personas.reps import Group
from tests.personas.walk import Walk, walked

RULES, MODEL = "rules", "model"
COACHES = (RULES, MODEL)


def coach(name: str, group: Group) -> Coach:
    """The rules, or a model that is sometimes good."""
    return RuleCoach() if name == RULES else OpenAICoach(Wayward(group.id), Prompts())


async def walk(group: Group, name: str, folder: Path) -> Walk:
    """The ten days of a group with a coach."""
    return await walked(group, coach(name, group), name, folder)
