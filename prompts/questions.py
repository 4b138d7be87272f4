"""Reads the question bank: `questions/*.yaml`, checked entry by entry, so that a bad question never starts up.

A file is a mapping of `moment` (unless each entry names its own) and `questions`. An entry has an `id`, a `text`,
and if it is not for every behaviour and every day, `for` (kinds of behaviour) and `when` (situations).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

import yaml

from bot.domain.question_bank import SLOTS, Kind, Moment, Question, Situation, fill, slots
from bot.domain.questions import faults
from bot.errors import HuddleError

LONGEST_TEXT = 140  # characters, slots not yet filled
SAMPLE = {"focus": "set first meetings", "name": "Kim"}

_FILE_KEYS = {"moment", "questions"}
_ENTRY_KEYS = {"id", "text", "moment", "for", "when"}
_Member = TypeVar("_Member", bound=StrEnum)


class BankError(HuddleError):
    """The question bank cannot be used; the text names the file, the entry and the mend."""


@cache
def load_bank() -> tuple[Question, ...]:
    """Every question that ships, in the order of the files. Raises BankError when an entry breaks a rule."""
    folder = files("prompts") / "questions"
    found = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".yaml")), key=lambda e: e.name)
    return read_bank({entry.name: entry.read_text("utf-8") for entry in found})


def read_bank(texts: Mapping[str, str]) -> tuple[Question, ...]:
    """The questions in `texts`, which maps file names to YAML. Raises BankError as `load_bank` does."""
    bank: list[Question] = []
    file_of: dict[str, str] = {}
    for file, text in texts.items():
        for question in _questions(file, text):
            if question.id in file_of:
                raise BankError(f"{file}: {question.id} is already used in {file_of[question.id]}; pick another id")
            file_of[question.id] = file
            bank.append(question)
    return tuple(bank)


class _StrictLoader(yaml.SafeLoader):
    """YAML without the quiet loss of an earlier value when a key is written twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        twice = [key for key, count in Counter(str(key.value) for key, _ in node.value).items() if count > 1]
        if twice:
            raise yaml.constructor.ConstructorError(
                problem=f"the key {twice[0]!r} is written twice", problem_mark=node.start_mark
            )
        return super().construct_mapping(node, deep=deep)


def _questions(file: str, text: str) -> Iterator[Question]:
    try:
        content = yaml.load(text, Loader=_StrictLoader)  # noqa: S506  a SafeLoader
    except yaml.YAMLError as error:
        raise BankError(f"{file}: this is not YAML we can read: {error}") from error
    if not isinstance(content, dict) or not isinstance(content.get("questions"), list):
        raise BankError(f"{file}: needs a list under the key 'questions'")
    _refuse_unknown(file, content, _FILE_KEYS)
    for place, entry in enumerate(content["questions"], start=1):
        if not isinstance(entry, dict) or not isinstance(entry.get("id"), str) or not entry["id"].strip():
            raise BankError(f"{file}: entry {place} needs an id")
        yield _question(f"{file}: {entry['id']}", entry, content.get("moment"))


def _question(where: str, entry: Mapping[str, Any], moment: Any) -> Question:
    _refuse_unknown(where, entry, _ENTRY_KEYS)
    if moment is not None and "moment" in entry:
        raise BankError(f"{where} names a moment although its file does; keep one of the two")
    question = Question(
        id=entry["id"],
        text=_checked_text(where, entry.get("text")),
        moment=_one(where, "moment", Moment, entry.get("moment", moment)),
        situations=_several(where, "when", Situation, entry.get("when")),
        kinds=_several(where, "for", Kind, entry.get("for")),
    )
    if "name" in slots(question.text) and question.moment is not Moment.MANAGER:
        raise BankError(f"{where} has the slot {{name}}; only questions for a manager may name the rep")
    if found := faults(fill(question, **SAMPLE)):
        raise BankError(f"{where} breaks the question rules ({', '.join(found)}): {question.text}")
    return question


def _refuse_unknown(where: str, mapping: Mapping[Any, Any], known: set[str]) -> None:
    if unknown := [str(key) for key in mapping if key not in known]:
        raise BankError(f"{where} has the unknown key {unknown[0]!r}; known are {', '.join(sorted(known))}")


def _checked_text(where: str, text: Any) -> str:
    if not isinstance(text, str) or not text.strip():
        raise BankError(f"{where} needs a text")
    if text != " ".join(text.split()):
        raise BankError(f"{where} has stray white space in its text")
    if len(text) > LONGEST_TEXT:
        raise BankError(f"{where} is {len(text)} characters long; at most {LONGEST_TEXT}")
    unknown = slots(text) - SLOTS
    if unknown or text.count("{") != text.count("}") or text.count("{") != _slot_count(text):
        known = ", ".join(f"{{{slot}}}" for slot in sorted(SLOTS))
        raise BankError(f"{where} has an unknown slot or a stray brace; known slots are {known}")
    return text


def _slot_count(text: str) -> int:
    return sum(text.count(f"{{{slot}}}") for slot in slots(text))


def _one(where: str, key: str, members: type[_Member], value: Any) -> _Member:
    try:
        return members(value)
    except ValueError:
        known = ", ".join(members)
        raise BankError(f"{where} has {value!r} for {key!r}; known are {known}") from None


def _several(where: str, key: str, members: type[_Member], value: Any) -> frozenset[_Member]:
    """The members listed in `value`; ANY when there is no list, because then the question suits all."""
    if value is None:
        return frozenset({members("any")})
    if not isinstance(value, list) or not value:
        raise BankError(f"{where} needs a list for {key!r}, or no such key at all")
    listed = frozenset(_one(where, key, members, each) for each in value)
    if len(listed) < len(value) or (len(listed) > 1 and members("any") in listed):
        raise BankError(f"{where} lists something twice for {key!r}, or 'any' beside something else")
    return listed
