"""The product itself, as a process of its own, finds a whole Slack here and is refused nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.office import ANNA, MARIA, TEAM, WORKSPACE
from tests.support.process import Product, environment, until
from tests.support.strict import Seen, StrictSlack

pytestmark = pytest.mark.stand_in


async def seen_by(slack: StrictSlack, reader: str, how: str, count: int = 1) -> list[Seen]:
    """What this person saw in that way, once it is so many."""

    def found() -> list[Seen]:
        return [seen for seen in slack.records.seen if (seen.reader, seen.how) == (reader, how)]

    async def enough() -> bool:
        return len(found()) >= count

    await until(enough)
    return found()


async def test_a_morning_from_the_command_to_the_home_tab(tmp_path: Path) -> None:
    (tmp_path / "team.yaml").write_text(TEAM)
    async with StrictSlack(WORKSPACE) as slack:
        keys = environment(tmp_path, slack.api_url, WORKSPACE.bot_token, WORKSPACE.app_token)
        async with Product(tmp_path, keys) as product:
            code, said = await product.run("bot", "team", "apply", "team.yaml")
            assert code == 0, said
            await product.start()
            await slack.sockets.wait_connected(seconds=30)
            assert await slack.people.slash(ANNA.id)
            (question, *_) = await seen_by(slack, ANNA.id, "post")
            assert question.delivery_id
            assert question.mentions == []
            await slack.people.say(ANNA.id, "call Bea Lang <!channel> tomorrow at 11:00")
            await seen_by(slack, ANNA.id, "post", 2)
            for person in (ANNA, MARIA):
                await slack.people.open_home(person.id)
                (home, *_) = await seen_by(slack, person.id, "home")
                assert home.mentions == []
            assert await slack.people.slash(ANNA.id, "commitments")
            assert slack.records.rejected == []
            assert slack.records.twice() == []
            assert all(seen.mentions == [] for seen in slack.records.seen)
            assert await product.terminate() == 0
