"""Commands are found wherever they stand in a page, and nothing else is taken for one."""

from __future__ import annotations

from pathlib import Path

from tests.docs.pages import ROOT, Command, commands, commented, documented, slash_commands

PAGE = """\
Type `make demo`, or `.venv/bin/huddle
run` with `HUDDLE_COMMAND`; see `huddle.db`, `make`, and ``a `b` c``.

```console
make test   # the tests
# nothing
docker compose \\
  up -d
```

```
huddle is quiet
```

1. In a list:

   ```sh
   cp a b
   ```

```
$ echo x | huddle coach read
{"x": 1}
$ make lint
```
"""


def test_a_page_is_searched_in_blocks_and_in_the_text_between_them() -> None:
    assert list(commands(PAGE, "p")) == [
        Command("make test", "p:5"),
        Command("docker compose up -d", "p:7"),
        Command("cp a b", "p:18"),
        Command("echo x | huddle coach read", "p:22", '{"x": 1}'),
        Command("make lint", "p:24"),
        Command("make demo", "p:1"),
        Command(".venv/bin/huddle run", "p:1"),
    ]


def test_comments_are_searched_for_indented_lines_and_for_code() -> None:
    text = "# Start it:\n#\n#   docker compose up -d\n#   PASSWORD  a word\nx: 1  # `make test`\n# or `make demo`\n"
    assert [one.text for one in commented(text, "c")] == ["docker compose up -d", "make demo"]


def test_commands_of_slack_are_found_in_the_text(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("Use `/coach` or `/coach stop`, not `/slack/events` or `/coaches`.\n")
    assert [one.text for one in slash_commands(tmp_path)] == ["/coach", "/coach stop"]


def test_our_own_pages_have_commands_of_every_kind() -> None:
    found = [one.text for one in documented(ROOT)]
    for beginning in ("make ", "huddle ", ".venv/bin/", "docker compose ", "sudo systemctl ", "python -m ", "echo "):
        assert any(text.startswith(beginning) for text in found), beginning
    assert {"/coach", "/coach question"} <= {one.text for one in slash_commands(ROOT)}
