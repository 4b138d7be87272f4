"""A rep's text is data: whatever instructions it holds, state, prompt and audience stay as they are.

Every message is played against the real app, once with the rules alone and once with a model that obeys it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import pytest_asyncio

from bot.adapters.openai_coach import OpenAICoach
from bot.adapters.rule_coach import RuleCoach
from prompts.render import Prompts
from tests.injections.harm import Aftermath, in_prompt, in_reply, rows
from tests.injections.hostile import AIMS, Hostile, Obedient, hostile_messages
from tests.injections.scenes import PLAIN, Scene, scenes, to_others
from tests.support.team import BEN
from tests.support.world import Shown, World

MESSAGES = hostile_messages()
PROMPTS = Prompts()

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def memory() -> Iterator[Path]:
    """A folder in memory where the machine has one: hundreds of small databases need not survive a power cut."""
    shared = Path("/dev/shm")
    with TemporaryDirectory(dir=shared if shared.is_dir() else None) as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def played(memory: Path) -> dict[str, Scene]:
    """Both moments, played once."""
    return scenes(memory)


@dataclass(frozen=True)
class Stage:
    """A world that is turned back to its scene for every message."""

    scene: Scene
    world: World
    model: Obedient

    def set_for(self, hostile: Hostile) -> None:
        self.scene.again(self.world)
        self.model.offer = hostile.obeyed
        self.model.asked.clear()


@pytest_asyncio.fixture(loop_scope="module", scope="module", params=["open", "waiting"])
async def stages(
    played: dict[str, Scene], memory: Path, request: pytest.FixtureRequest
) -> AsyncIterator[dict[bool, Stage]]:
    """The open question of the morning; or a draft to confirm while yesterday's commitment waits for its outcome.

    Each without a model (False) and with one (True).
    """
    scene, made = played[request.param], {}
    for model in (False, True):
        obedient = Obedient()
        coach = OpenAICoach(obedient, PROMPTS) if model else RuleCoach()
        made[model] = Stage(scene, scene.at_hand(memory / f"{scene.name}-stage-{model}", coach), obedient)
    yield made
    for stage in made.values():
        stage.world.close()


async def heard(world: World, text: str) -> list[Shown]:
    """Ben says it; what is new or changed in his DM."""
    before = {m.ts: m.edits for m in world.dm(BEN)}
    await world.say(BEN, text)
    return [m for m in world.dm(BEN) if before.get(m.ts) != m.edits]


async def after(world: World, scene: Scene, hostile: Hostile) -> Aftermath:
    """What the message has led to."""
    stored = rows(world.database)
    replies = await heard(world, hostile.text)
    return Aftermath(scene, hostile, stored, rows(world.database), replies, to_others(world))


async def the_day_goes_on(world: World) -> list[str]:
    """A plain commitment still leads to its confirmation."""
    replies = await heard(world, PLAIN)
    if replies and "Commit" not in replies[-1].buttons:
        replies = await heard(world, "no")  # a plan for when something gets in the way
    shown = replies[-1].text if replies else ""
    if "> call Anna Weber\n> by *Tue 15:00*" not in shown or "Commit" not in replies[-1].buttons:
        return [f"afterwards a plain commitment was answered with {shown!r}"]
    return []


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("model", [False, True], ids=["rules", "obedient model"])
@pytest.mark.parametrize("hostile", MESSAGES, ids=str)
async def test_a_message_is_data(hostile: Hostile, model: bool, stages: dict[bool, Stage]) -> None:
    stage = stages[model]
    stage.set_for(hostile)
    world, scene = stage.world, stage.scene
    aftermath = await after(world, scene, hostile)
    found = [*aftermath.harm()]
    shown = [reply.text for reply in aftermath.replies]
    asked_of_it = len(stage.model.asked)
    if not hostile.ends:
        found += await the_day_goes_on(world)
        found += in_reply(world.dm(BEN)[-1], hostile, scene, aftermath.said)
    asked = stage.model.asked
    if asked_of_it and asked[0][0].get("content") != scene.neutral_system:
        found.append("the instructions are not those for any other message")
    for number, each in enumerate(asked):
        found += in_prompt(each, [aftermath.said] if number < asked_of_it else [aftermath.said, PLAIN])
    if found:
        pytest.fail("\n".join([*found, f"text: {hostile.text[:200]!r}", f"replies: {shown}"]), pytrace=False)


def test_there_are_messages_for_every_aim() -> None:
    assert len(MESSAGES) >= 90
    assert {m.aim for m in MESSAGES} == AIMS
    assert len({m.id for m in MESSAGES}) == len(MESSAGES)
