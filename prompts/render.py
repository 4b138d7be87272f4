"""Words for people: Jinja2 templates to mrkdwn and Block Kit.

A template is one message. Its paragraphs become blocks: a blank line starts the next section, a line starting with
`# ` is a heading, one starting with `-# ` is small print. The top-level text holds all of it, without the marks,
because screen readers and notifications read nothing else. Every value is escaped, so that nobody's words can
mention a person, make a link or ring a channel.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from babel.core import UnknownLocaleError
from babel.dates import format_date, format_skeleton
from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from bot.domain.calendar import WEEKDAYS
from bot.domain.preview import Named
from bot.ports.messages import Block, Button, Message, Rendered
from prompts.blocks import actions, message_blocks
from prompts.views import VIEWS

NOON = 12  # o'clock
MARK = re.compile(r"^(\s*-?#)(?: |\Z)")
"""What would make a heading or small print of the paragraph that somebody's words begin, spaces before it or not. A
name may be nothing but the mark, and a template's space come after it.
"""


SLACK_ID = re.compile(r"[UW][A-Z0-9]+")


def escape_mrkdwn(value: Any) -> Any:
    """Somebody's words made harmless: on one line, without the three characters that Slack's markup is made of, and
    without our own marks at the start. Anything but text passes as it is.
    """
    if not isinstance(value, str):
        return value
    words = MARK.sub(lambda mark: f"{mark[1]}\u00a0", " ".join(value.splitlines()))
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def one_line(value: str) -> str:
    """Somebody's words on one line, so that they stay inside their quote."""
    return " ".join(value.split())


@pass_context
def greeting(context: Context, at: datetime) -> str:
    """How somebody is greeted at this time of their day."""
    return "Morning" if at.astimezone(context["zone"]).hour < NOON else "Hello"


def plan(value: str) -> str:
    """An if-then plan in the rep's words, with an "if" where they left it to the question."""
    known = (
        value.casefold().startswith(("if ", "when ", "should ", "in case ", "unless ")) or " if " in value.casefold()
    )
    return value if known else f"If something gets in the way: {value}"


@pass_context
def day(context: Context, value: date) -> str:
    """A day as a reader says it: "Fri 27 Nov", in their own language where they chose one."""
    return show_day(value, str(context.get("locale") or ""))


@pass_context
def long_day(context: Context, value: date) -> str:
    """A day in full, as a heading has it: "Friday 27 November", in the reader's language where they chose one."""
    if (locale := str(context.get("locale") or "")) and not locale.startswith("en"):
        try:
            return format_skeleton("MMMMEEEEd", datetime.combine(value, time(), tzinfo=UTC), locale=locale)
        except (UnknownLocaleError, ValueError, KeyError):
            pass
    return f"{value:%A} {value.day} {value:%B}"


def full_stop(words: str) -> str:
    """The end of a sentence: some languages' days, as "28. Dez.", bring the stop along, and one is enough."""
    return words if words.endswith(".") else f"{words}."


def show_day(value: date, locale: str = "") -> str:
    """A day as it is said in the language of `locale`; in English where that is empty or unknown."""
    if locale and not locale.startswith("en"):
        try:
            return format_skeleton("MMMEd", datetime.combine(value, time(), tzinfo=UTC), locale=locale)
        except (UnknownLocaleError, ValueError, KeyError):
            pass
    return f"{value.strftime('%a')} {value.day} {value.strftime('%b')}"


@pass_context
def clock(context: Context, moment: datetime) -> str:
    """A moment in the reader's zone, always with its day: "Tue 14:00", or "Tue 1 Dec 14:00" a week away."""
    return show_clock(moment, context["zone"], context["at"], str(context.get("locale") or ""))


def show_clock(moment: datetime, zone: ZoneInfo, at: datetime, locale: str = "") -> str:
    """`moment` as a reader in `zone` would say it at `at`, its day in the language of `locale`."""
    local, now = moment.astimezone(zone), at.astimezone(zone)
    if abs((local.date() - now.date()).days) >= 7:
        return f"{show_day(local.date(), locale)} {local:%H:%M}"
    return f"{show_weekday(local.date(), locale)} {local:%H:%M}"


def show_weekday(value: date, locale: str = "") -> str:
    """A weekday's short name in the language of `locale`."""
    if locale and not locale.startswith("en"):
        try:
            return format_date(value, "EEE", locale=locale)
        except (UnknownLocaleError, ValueError):
            pass
    return f"{value:%a}"


def typable(moment: datetime, zone: ZoneInfo, at: datetime) -> str:
    """`moment` as somebody would type it into a form, so that it reads back as the same moment."""
    local, now = moment.astimezone(zone), at.astimezone(zone)
    clock = f"{local:%H:%M}"
    if clock == "00:00":  # typed so, it is the night that ends the day
        clock, local = "midnight", local - timedelta(days=1)
    days = (local.date() - now.date()).days
    if days == 0:
        return clock
    if days == 1:
        return f"tomorrow {clock}"
    return f"{local:%A} {clock}" if 1 < days < 7 else f"{local.day} {local:%b} {clock}"


@pass_context
def weekday_of(context: Context, value: date) -> str:
    """A weekday's short name: "Fri", in the reader's own language where they chose one."""
    return show_weekday(value, str(context.get("locale") or ""))


class People:
    """Persons in words, escaped already: a template shows it as it is."""

    def __init__(self, words: str) -> None:
        self._words = words

    def __str__(self) -> str:
        return self._words


def people(persons: Sequence[Mapping[str, str]]) -> People:
    """Persons by name; where we know none, by Slack id, of which Slack makes the name. Only for a Home or a form,
    where nobody is rung by that.
    """
    return People(and_list([escape_mrkdwn(one["name"]) or _mention(one["id"]) for one in persons]))


def _mention(slack_id: str) -> str:
    return f"<@{slack_id}>" if SLACK_ID.fullmatch(slack_id) else "somebody"


def weekday(number: int) -> str:
    """A weekday by its number, of which Monday is 0: "Fri"."""
    return WEEKDAYS[number][:3].capitalize()


def weekdays(runs: Sequence[tuple[int, int]]) -> str:
    """Runs of weekdays, first and last included: "Mon–Fri", "Mon, Wed and Fri", "every day"."""
    if list(runs) == [(0, 6)]:
        return "Every day"
    words: list[str] = []
    for first, last in runs:
        near = (last - first) % 7 == 1
        ends = [weekday(first)] if first == last else [weekday(first), weekday(last)]
        words += ends if near else ["–".join(ends)]
    return and_list(words)


def and_list(words: Sequence[str]) -> str:
    """ "Ana", "Ana and Ben", "Ana, Ben and Cy"."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def some(people: Named) -> str:
    """ "Ana, Ben, Cy and 4 more"."""
    return ", ".join(people.names) + (f" and {people.more} more" if people.more else "")


def or_list(words: Sequence[str]) -> str:
    """ "Ana", "Ana or Ben", "Ana, Ben or Cy"."""
    return " or ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


class Prompts:
    """Implements `bot.ports.messages.Wording` with the templates of this package."""

    def __init__(self) -> None:
        self._slack = self._environment(escape_mrkdwn)
        self._plain = self._environment(lambda value: value)

    @staticmethod
    def _environment(finalize: Any) -> Environment:
        environment = Environment(
            loader=PackageLoader("prompts", "."),
            undefined=StrictUndefined,
            finalize=finalize,
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=False,  # noqa: S701  mrkdwn is not HTML; `finalize` escapes what Slack reads
        )
        environment.filters |= {
            "clock": clock,
            "day": day,
            "weekday_of": weekday_of,
            "people": people,
            "long_day": long_day,
            "full_stop": full_stop,
            "line": one_line,
            "plan": plan,
            "greeting": greeting,
            "and_list": and_list,
            "or_list": or_list,
            "some": some,
            "weekday": weekday,
            "weekdays": weekdays,
        }
        return environment

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """The words on buttons and in forms."""
        loaded: dict[str, str] = yaml.safe_load((files("prompts") / "labels.yaml").read_text("utf-8"))
        return loaded

    def label(self, key: str) -> str:
        """The words of a label; raises KeyError for an unknown one."""
        return self.labels[key]

    def text(self, template: str, values: Mapping[str, Any]) -> str:
        """A template's words for Slack."""
        return self._slack.get_template(f"{template}.slack.j2").render(values).strip()

    def for_model(self, template: str, values: Mapping[str, Any]) -> str:
        """A template's words for a language model, where nothing needs escaping."""
        return self._plain.get_template(f"{template}.system.j2").render(values).strip()

    def render(self, message: Message) -> Rendered:
        """The message in words and blocks."""
        text, blocks = message_blocks(self.text(message.template, message.values))
        if message.beside is not None:
            section = next(block for block in blocks if block["type"] == "section")
            section["accessory"] = self._button(message.beside, message.values)
        if message.buttons:
            blocks.append(actions([self._button(b, message.values) for b in message.buttons]))
        return Rendered(text, blocks)

    def _button(self, button: Button, values: Mapping[str, Any]) -> Block:
        if button.moment is not None:
            words = show_clock(button.moment, values["zone"], values["at"], str(values.get("locale") or ""))
        elif button.words is not None:
            words = one_line(button.words) or "…"  # Slack refuses the whole message for a button without words
        else:
            words = self.label(button.label)
        element: Block = {
            "type": "button",
            "action_id": button.action,
            "value": button.value,
            "text": {"type": "plain_text", "text": words},
        }
        return element | ({"style": button.style} if button.style else {})

    def clock(self, moment: datetime, zone: ZoneInfo, at: datetime, locale: str = "") -> str:
        """A moment as a reader in `zone` would say it, in the language of `locale`."""
        return show_clock(moment, zone, at, locale)

    def typable(self, moment: datetime, zone: ZoneInfo, at: datetime) -> str:
        """A moment as somebody would type it."""
        return typable(moment, zone, at)

    def view(self, name: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """A modal by its name in `prompts.views`."""
        return VIEWS[name](self.label, values)
