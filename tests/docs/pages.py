"""Every command that the documentation tells somebody to type, found where it stands.

A command is each line of a block marked `console`, `sh` or `bash` (only those after `$ ` where a block has such), each
line after `$ ` of any other block, each piece of inline code that begins with a program, and each indented line of a
comment that begins with one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "docs/*.md")
COMMENTED = ("compose.yaml", "deploy/*", ".env.example", "manifest*.yaml")
PROGRAMS = (
    "huddle", "make", "docker", "systemctl", "systemd-analyze", "journalctl", "timedatectl", "sudo", "python",
    "python3", "pip", "npm", "uv", "cp", "mv", "rm", "mkdir", "chmod", "chown", "install", "curl", "git", "sh", "cd",
    "env", "openssl",
)  # fmt: skip
BEGINS = re.compile(rf"(?:(?:\S*/)?\.venv/bin/\S+|(?:{'|'.join(PROGRAMS)})) \S")
SHELLS = ("console", "sh", "bash")
FENCE = re.compile(r"^ *```(.*)$")
INLINE = re.compile(r"(?<!`)`([^`]+)`(?!`)")
SLASH = re.compile(r"/coach(?: [^`]*)?")


@dataclass(frozen=True)
class Command:
    """What is to be typed, on one line; where it stands first; and what is shown below it."""

    text: str
    where: str
    output: str = ""

    def __str__(self) -> str:
        return f"{self.text} ({self.where})"


def documented(root: Path = ROOT) -> list[Command]:
    """Every command, each once."""
    found: dict[tuple[str, str], Command] = {}
    for pattern in PAGES:
        for path in sorted(root.glob(pattern)):
            for one in commands(path.read_text("utf-8"), str(path.relative_to(root))):
                found.setdefault((one.text, one.output), one)
    for pattern in COMMENTED:
        for path in sorted(root.glob(pattern)):
            for one in commented(path.read_text("utf-8"), str(path.relative_to(root))):
                found.setdefault((one.text, one.output), one)
    return list(found.values())


def commands(page: str, name: str) -> Iterator[Command]:
    """The commands of a page in Markdown."""
    prose: list[str] = []
    for begin, language, block in _parts(page, prose):
        yield from _of_block(block, language, name, begin)
    text = "\n".join(prose)
    for match in INLINE.finditer(text):
        said = re.sub(r"\s+", " ", match[1]).strip()
        if BEGINS.match(said):
            yield Command(said, f"{name}:{text.count(chr(10), 0, match.start()) + 1}")


def commented(text: str, name: str) -> Iterator[Command]:
    """The commands in the comments of a file."""
    for number, line in enumerate(text.splitlines(), 1):
        if found := re.match(r"^# {2,}(\S.*)$", line):
            said = found[1].strip()
            if BEGINS.match(said):
                yield Command(said, f"{name}:{number}")
        elif line.startswith("#"):
            for match in INLINE.finditer(line):
                if BEGINS.match(match[1]):
                    yield Command(match[1], f"{name}:{number}")


def slash_commands(root: Path = ROOT) -> list[Command]:
    """Every `/coach …` in inline code, each once."""
    found: dict[str, Command] = {}
    for pattern in PAGES:
        for path in sorted(root.glob(pattern)):
            prose: list[str] = []
            for _ in _parts(path.read_text("utf-8"), prose):
                pass
            for match in INLINE.finditer("\n".join(prose)):
                said = re.sub(r"\s+", " ", match[1]).strip()
                if SLASH.fullmatch(said):
                    found.setdefault(said, Command(said, str(path.relative_to(root))))
    return list(found.values())


def _parts(page: str, prose: list[str]) -> Iterator[tuple[int, str, list[str]]]:
    """The blocks of a page, with their first line's number; what is outside of them goes to `prose`, line for line."""
    block: list[str] | None = None
    begin, language = 0, ""
    for number, line in enumerate(page.splitlines(), 1):
        prose.append("")
        if fence := FENCE.match(line):
            if block is None:
                block, begin, language = [], number + 1, fence[1].strip()
            else:
                yield begin, language, block
                block = None
        elif block is not None:
            block.append(line.strip())
        else:
            prose[-1] = line


def _of_block(block: list[str], language: str, name: str, begin: int) -> Iterator[Command]:
    prompted = any(line.startswith("$ ") for line in block)
    if not prompted and language not in SHELLS:
        return
    shown: list[str] = []
    typed: tuple[str, int] | None = None
    for number, line in _joined(block, begin):
        if prompted and not line.startswith("$ "):
            shown.append(line)
            continue
        if typed:
            yield Command(typed[0], f"{name}:{typed[1]}", "\n".join(shown))
        shown, typed = [], None
        said = re.sub(r"\s+#\s.*$", "", line.removeprefix("$ ")).strip()
        if said and not said.startswith("#"):
            typed = (said, number)
    if typed:
        yield Command(typed[0], f"{name}:{typed[1]}", "\n".join(shown))


def _joined(block: Iterable[str], begin: int) -> Iterator[tuple[int, str]]:
    """The lines with their numbers; one that ends in a backslash goes on in the next."""
    before, first = "", begin
    for number, line in enumerate(block, begin):
        if line.endswith("\\"):
            before, first = f"{before}{line[:-1].strip()} ", first if before else number
            continue
        yield (first if before else number), before + line
        before = ""
