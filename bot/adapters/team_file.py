"""A team as a small YAML file: read strictly, with the line in every complaint."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import time, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml

from bot.domain.asking.own import judge
from bot.domain.calendar import WEEKDAYS, WorkingHours
from bot.domain.people import Times
from bot.domain.question_bank import SLOTS, Kind, slots
from bot.domain.team_rules import (
    LONGEST_BEHAVIOUR,
    LONGEST_CARE,
    LONGEST_NAME,
    MOST_BEHAVIOURS,
    MOST_CARE,
    MOST_REPS,
    Broken,
    Rule,
    broken,
    twice,
    usual_until,
)
from bot.errors import TeamFileError
from prompts.render import Prompts

LONGEST_SHOWN = 120
"""Characters of a question that a complaint repeats."""

MOST_QUESTIONS = 100
"""Enough for every working morning between two visits to the file."""

T = TypeVar("T")


@dataclass(frozen=True)
class PersonEntry:
    """A person in the file; what is None is asked of Slack."""

    slack_id: str
    line: int
    name: str | None = None
    zone: str | None = None
    focus: str | None = None


@dataclass(frozen=True)
class HolidaysEntry:
    """Whose public holidays the team has: a country, and a region where it names one."""

    country: str
    region: str | None
    line: int


@dataclass(frozen=True)
class TeamFile:
    """A whole file, checked in itself; whether the people exist only Slack knows."""

    name: str
    zone: str
    channel: str
    managers: tuple[PersonEntry, ...]
    reps: tuple[PersonEntry, ...]
    behaviours: tuple[tuple[str, Kind], ...]
    questions: tuple[tuple[str, Kind], ...]
    care: tuple[str, ...]
    times: Times
    holidays: HolidaysEntry | None = None


def parse(text: str, name: str = "team.yaml") -> TeamFile:
    """The team in the file. Raises `TeamFileError` with the file's name, the line and the mend."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = (error.problem_mark.line + 1) if error.problem_mark else 1
        raise TeamFileError(f"{name}, line {line}: this is not YAML ({error.problem}).") from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise TeamFileError(f"{name}, line {line}: there is a character that YAML does not allow.") from None
    except RecursionError:
        raise TeamFileError(f"{name}: the lists in this file lie too deep in each other.") from None
    if node is None:
        raise TeamFileError(f"{name}: the file is empty.")
    return _team(_Reader(name), node)


@dataclass(frozen=True)
class _Reader:
    """Reads YAML nodes, and complains with their lines."""

    name: str

    def wrong(self, node: yaml.Node, what: str) -> TeamFileError:
        return TeamFileError(f"{self.name}, line {node.start_mark.line + 1}: {what}")

    def mapping(self, node: yaml.Node, keys: set[str], needed: set[str]) -> dict[str, yaml.Node]:
        if not isinstance(node, yaml.MappingNode):
            raise self.wrong(node, "here a list of `name: value` lines is expected.")
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            word = self.text(key)
            if word not in keys:
                raise self.wrong(key, f"`{word}` is not known here; these are: {', '.join(sorted(keys))}.")
            if word in found:
                raise self.wrong(key, f"`{word}` stands here twice.")
            found[word] = value
        for missing in sorted(needed - set(found)):
            raise self.wrong(node, f"`{missing}` is missing.")
        return found

    def text(self, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode) or not str(node.value).strip():
            raise self.wrong(node, "here some text is expected.")
        return str(node.value).strip()

    def items(self, node: yaml.Node) -> list[yaml.Node]:
        if not isinstance(node, yaml.SequenceNode):
            raise self.wrong(node, "here a list with `- ` lines is expected.")
        return list(node.value)

    def each(self, node: yaml.Node | None, read: Callable[[yaml.Node], T]) -> tuple[T, ...]:
        return tuple(read(item) for item in self.items(node)) if node is not None else ()

    def zone(self, node: yaml.Node) -> str:
        try:
            return ZoneInfo(self.text(node)).key
        except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: "Europe" is a folder of zones
            raise self.wrong(node, f"`{node.value}` is not a time zone; write one such as Europe/Berlin.") from None

    def clock(self, node: yaml.Node) -> time:
        words = self.text(node)
        if not re.fullmatch(r"([01]?[0-9]|2[0-3]):[0-5][0-9]", words):
            raise self.wrong(node, f'`{words}` is not a time; write one such as "08:45", in quotes.')
        hours, _, minutes = words.partition(":")
        return time(int(hours), int(minutes))

    def weekday(self, node: yaml.Node) -> int:
        word = self.text(node).casefold()
        found = [n for n, day in enumerate(WEEKDAYS) if len(word) >= 3 and day.startswith(word)]
        if not found:
            raise self.wrong(node, f"`{word}` is not a day of the week.")
        return found[0]

    def slack_id(self, node: yaml.Node, first: str, what: str) -> str:
        word = self.text(node)
        if word[:1] not in first or not word.isalnum() or word != word.upper() or len(word) < 3:
            raise self.wrong(node, f"`{word}` is not a Slack {what} id; it looks like {first[0]}0123ABCD.")
        return word


def _team(read: _Reader, node: yaml.Node) -> TeamFile:
    keys = {"team", "zone", "channel", "managers", "reps", "behaviours", "questions", "care", "times", "holidays"}
    top = read.mapping(node, keys, {"team", "zone", "channel", "managers", "reps"})
    behaviours = _behaviours(read, top.get("behaviours"))
    known = {words for words, _ in behaviours}
    managers = read.each(top["managers"], lambda n: _person(read, n, None))
    reps = read.each(top["reps"], lambda n: _person(read, n, known))
    for key, people in (("managers", managers), ("reps", reps)):
        if not people:
            raise read.wrong(top[key], f"at least one of the {key} is needed.")
        doubled = [p for n, p in enumerate(people) if p.slack_id in {q.slack_id for q in people[:n]}]
        if doubled:
            raise TeamFileError(
                f"{read.name}, line {doubled[0].line}: {doubled[0].slack_id} stands twice under `{key}`."
            )
    if len(reps) > MOST_REPS:
        raise read.wrong(top["reps"], f"{len(reps)} reps are more than one team holds; {MOST_REPS} do.")
    name = read.text(top["team"])
    if len(name) > LONGEST_NAME:
        raise read.wrong(top["team"], f"keep the team's name to {LONGEST_NAME} characters.")
    return TeamFile(
        name=name,
        zone=read.zone(top["zone"]),
        channel=read.slack_id(top["channel"], "CG", "channel"),
        managers=managers,
        reps=reps,
        behaviours=behaviours,
        questions=_questions(read, top.get("questions")),
        care=_care(read, top.get("care")),
        times=_times(read, top["times"]) if "times" in top else Times(),
        holidays=_holidays(read, top["holidays"]) if "holidays" in top else None,
    )


def _holidays(read: _Reader, node: yaml.Node) -> HolidaysEntry:
    """A country's code alone, or with that of a region."""
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return HolidaysEntry(read.text(node).upper(), None, line)
    entry = read.mapping(node, {"country", "region"}, {"country"})
    region = read.text(entry["region"]) if "region" in entry else None
    return HolidaysEntry(read.text(entry["country"]).upper(), region, line)


def _person(read: _Reader, node: yaml.Node, behaviours: set[str] | None) -> PersonEntry:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return PersonEntry(read.slack_id(node, "UW", "member"), line)
    keys = {"slack", "name", "zone"} | ({"focus"} if behaviours is not None else set())
    entry = read.mapping(node, keys, {"slack"})
    focus = read.text(entry["focus"]) if "focus" in entry else None
    if focus is not None and focus not in (behaviours or set()):
        raise read.wrong(entry["focus"], f"`{focus}` is not one of the behaviours of this team.")
    return PersonEntry(
        slack_id=read.slack_id(entry["slack"], "UW", "member"),
        line=line,
        name=read.text(entry["name"]) if "name" in entry else None,
        zone=read.zone(entry["zone"]) if "zone" in entry else None,
        focus=focus,
    )


def _behaviours(read: _Reader, node: yaml.Node | None) -> tuple[tuple[str, Kind], ...]:
    found = read.each(node, lambda item: _with_kind(read, item, "words"))
    if node is not None and len(found) > MOST_BEHAVIOURS:
        raise read.wrong(
            node, f"{len(found)} behaviours are too many to work by; keep the {MOST_BEHAVIOURS} that matter."
        )
    if node is not None and twice([words for words, _ in found]):
        raise read.wrong(node, "one of the behaviours stands here twice.")
    for item, (words, _) in zip(read.items(node) if node is not None else (), found, strict=True):
        if len(words) > LONGEST_BEHAVIOUR:
            raise read.wrong(item, f"keep a behaviour to {LONGEST_BEHAVIOUR} characters.")
    return found


def _with_kind(read: _Reader, node: yaml.Node, key: str) -> tuple[str, Kind]:
    """Words alone, or words under `key` with the kind of work they are for."""
    if isinstance(node, yaml.ScalarNode):
        return read.text(node), Kind.ANY
    entry = read.mapping(node, {key, "kind"}, {key})
    if "kind" not in entry:
        return read.text(entry[key]), Kind.ANY
    word = read.text(entry["kind"])
    if word not in set(Kind):
        raise read.wrong(entry["kind"], f"`{word}` is not a kind; these are: {', '.join(Kind)}.")
    return read.text(entry[key]), Kind(word)


def _questions(read: _Reader, node: yaml.Node | None) -> tuple[tuple[str, Kind], ...]:
    """The team's own opening questions, each judged as those of the bank are."""
    seen: set[str] = set()

    def one(item: yaml.Node) -> tuple[str, Kind]:
        written, kind = _with_kind(read, item, "text")
        words = " ".join(written.split())
        if unknown := sorted(slots(words) - SLOTS):
            known = " and ".join(f"{{{slot}}}" for slot in sorted(SLOTS))
            raise read.wrong(item, f"`{{{unknown[0]}}}` cannot be filled in; {known} can.")
        verdict = judge(words)
        if verdict.faults:
            prompts = Prompts()
            reasons = " ".join(prompts.label(f"fault_{fault}") for fault in verdict.faults)
            instead = f' Try "{verdict.rewrite}" instead.' if verdict.rewrite else ""
            raise read.wrong(item, f'"{_brief(words)}" is not ready to be asked. {reasons}{instead}')
        if words.casefold() in seen:
            raise read.wrong(item, f'"{_brief(words)}" stands here twice.')
        seen.add(words.casefold())
        return words, kind

    if node is not None and len(read.items(node)) > MOST_QUESTIONS:
        raise read.wrong(node, f"{len(node.value)} questions are more than come up; keep the best {MOST_QUESTIONS}.")
    return read.each(node, one)


def _care(read: _Reader, node: yaml.Node | None) -> tuple[str, ...]:
    """Whom to turn to with what is not for coaching."""
    found = read.each(node, lambda item: " ".join(read.text(item).split()))
    if node is not None and len(found) > MOST_CARE:
        raise read.wrong(node, f"name {MOST_CARE} at the most: a short list is easier to turn to.")
    for item, words in zip(read.items(node) if node is not None else (), found, strict=True):
        if len(words) > LONGEST_CARE:
            raise read.wrong(item, f"keep this to {LONGEST_CARE} characters: a name and how to reach them.")
    return found


def _brief(words: str) -> str:
    return words if len(words) <= LONGEST_SHOWN else f"{words[:LONGEST_SHOWN].rstrip()}…"


def _times(read: _Reader, node: yaml.Node) -> Times:
    clocks = {"check_in", "check_in_until", "summary", "nudge", "nudge_until", "wins", "day_starts", "day_ends"}
    top = read.mapping(node, clocks | {"wins_day", "working_days", "check_after_minutes"}, set())
    at: dict[str, time] = {key: read.clock(value) for key, value in top.items() if key in clocks}
    times = Times()
    hours = times.hours
    days = frozenset(read.each(top.get("working_days"), read.weekday)) or hours.days
    hours = WorkingHours(at.pop("day_starts", hours.start), at.pop("day_ends", hours.end), days)
    more: dict[str, Any] = dict(at)
    if "wins_day" in top:
        more["wins_day"] = read.weekday(top["wins_day"])
    if "check_after_minutes" in top:
        words = read.text(top["check_after_minutes"])
        if not re.fullmatch(r"[0-9]{1,3}", words) or not 1 <= int(words) <= 240:
            raise read.wrong(top["check_after_minutes"], f"`{words}` is not a number of minutes from 1 to 240.")
        more["check_after"] = timedelta(minutes=int(words))
    more.setdefault("check_in_until", usual_until(more.get("check_in", times.check_in), hours.end))
    times = replace(times, hours=hours, **more)
    for fault in broken(times):
        raise read.wrong(top.get(fault.field, node), _complaint(fault, times))
    return times


def _complaint(fault: Broken, times: Times) -> str:
    match fault.rule:
        case Rule.ENDS_TOO_EARLY:
            return "the day must end after it starts."
        case Rule.OUTSIDE_THE_DAY:
            hours = times.hours
            return f"`{fault.field}` must lie within the working day ({hours.start:%H:%M}–{hours.end:%H:%M})."
        case Rule.NUDGE_ENDS_TOO_LATE:
            return "`nudge_until` may not be later than 12:00."
        case Rule.NUDGE_TOO_LATE:
            return f"`nudge` must be before {times.nudge_until:%H:%M}."
        case Rule.SUMMARY_TOO_EARLY:
            return "`summary` must come after `check_in`."
        case Rule.UNTIL_TOO_EARLY:
            return "`check_in_until` may not be earlier than `check_in`."
        case Rule.NO_WORKING_DAY:
            return "at least one working day is needed."
