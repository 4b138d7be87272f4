"""The product as the container and the unit run it: not root, without any right, and with one folder to write in.

A mount namespace of Linux makes everything else read-only, /tmp included, which is more than either of them does.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.demo.slack_person import SlackControl
from bot.demo.small_slack import SmallSlack
from tests.e2e.office import ANNA, TEAM, WORKSPACE, says
from tests.support.asking import OPEN
from tests.support.process import REPOSITORY, Product, environment

pytestmark = pytest.mark.stand_in

USER = "10001"
"""The one in the Dockerfile."""
READ_ONLY = r"""
set -e
mount --make-rprivate /
mount --bind "$0" "$0"
for place in $(findmnt --raw --noheadings --output TARGET); do
    case "$place" in
        "$0" | /proc* | /dev*) ;;
        *) mount --options remount,bind,ro "$place" 2>/dev/null || ! test -d "$place" ;;
    esac
done
cd "$0"
exec unshare --user --map-user=USER --map-group=USER -- setpriv --no-new-privs -- "$@"
""".replace("USER", USER)
"""For `sh -c`, with the one folder and then the command."""


def narrowed(folder: Path) -> tuple[str, ...]:
    """The command that runs another where only the folder can be written; skips the test where there is none."""
    if any(shutil.which(one) is None for one in ("unshare", "setpriv", "findmnt", "mount")):
        pytest.skip("a read-only machine is made by Linux's namespaces, and its commands are not here")
    as_root = () if os.geteuid() == 0 else ("--user", "--map-root-user")
    within = ("unshare", *as_root, "--mount", "sh", "-c", READ_ONLY, str(folder))
    tried = subprocess.run([*within, "true"], capture_output=True, text=True, check=False)
    if tried.returncode:
        pytest.skip(f"no namespaces may be made here ({tried.stderr.strip()[:200]})")
    return within


@pytest.fixture
async def slack() -> AsyncIterator[SmallSlack]:
    async with SmallSlack(WORKSPACE) as small:
        yield small


def test_the_narrow_place_is_one(tmp_path: Path) -> None:
    """What the next test takes for granted: nobody special, without rights, and only here can be written."""
    others = [REPOSITORY, Path("/tmp"), Path("/var/tmp"), Path("/etc"), Path("/run"), Path.home()]
    script = "id -u; grep -E 'CapEff|CapPrm|NoNewPrivs' /proc/self/status; touch inside; "
    script += "; ".join(f"touch {place}/huddle-was-here 2>/dev/null && echo wrote {place}" for place in others)
    done = subprocess.run(
        [*narrowed(tmp_path), "sh", "-c", f"{script}; true"], capture_output=True, text=True, check=True
    )
    told = done.stdout.split()
    assert told == [USER, "CapPrm:", "0" * 16, "CapEff:", "0" * 16, "NoNewPrivs:", "1"]
    assert [path.name for path in tmp_path.iterdir()] == ["inside"]


async def test_it_works_where_only_its_own_folder_can_be_written(slack: SmallSlack, tmp_path: Path) -> None:
    keys = environment(tmp_path, slack.api_url, WORKSPACE.bot_token, WORKSPACE.app_token)
    keys |= {"HOME": "/nonexistent", "PYTHONDONTWRITEBYTECODE": "1"}
    (tmp_path / "team.yaml").write_text(TEAM)
    product = Product(tmp_path, keys, within=narrowed(tmp_path))
    async with product, SlackControl(slack.url) as people:
        code, said = await product.run("bot", "team", "apply", "team.yaml")
        assert code == 0, said
        await product.start()
        await people.wait_connected(15)
        await people.command(ANNA.id, ANNA.dm, "/coach", "")
        await people.wait_for(ANNA.dm, says(OPEN), 30)
        assert (await product.run("bot", "backup", "kept"))[0] == 0
        assert (await product.run("bot", "doctor"))[0] == 0, product.output
        await people.say(ANNA.id, ANNA.dm, "call Bea Lang at 3pm")
        await people.wait_for(ANNA.dm, says("> call Bea Lang"), 30)
        assert await product.terminate() == 0
        assert "Traceback" not in product.output
    written = set(os.listdir(tmp_path)) - {"team.yaml", "output"}
    assert {"huddle.db", "kept"} <= written
    assert all(name == "kept" or name.startswith("huddle.db") for name in written), written
