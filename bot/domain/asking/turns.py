"""How a line such as managers write becomes an open question: a table of shapes and what each turns into.

A shape is a regular expression on one tidied sentence (case kept, contractions written out). In what it turns
into, `<vp|base>` stands for what the group `vp` caught, passed through the named forms; a form that is not
certain gives None, and then the next shape is tried. The first shape that gives a question the guard lets pass wins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from bot.domain.asking import verb_forms
from bot.domain.asking.turns_advice import ADVICE, LEADING
from bot.domain.asking.turns_blame import BLAME, FIRST_PERSON
from bot.domain.asking.turns_deed import DOING, DONE, ORDERS
from bot.domain.asking.turns_matter import ABOUT_IT
from bot.domain.asking.turns_result import LAGGING, NUMBER
from bot.domain.asking.turns_state import BEING, HAVING, KNOWING, TIME
from bot.domain.asking.words import IMPERATIVES
from bot.domain.language.said import word_set

_SLOT = re.compile(r"<(\w+)((?:\|\w+)*)>")
_WHEN = (
    r"(?:today|tomorrow|yesterday|tonight|again|yet|so far|in time|on time|earlier|before|straight away"
    r"|right away"
    r"|(?:this|last|next) (?:morning|afternoon|week|month|time|night|quarter|\w+day)|(?:on |by )?\w{3,6}day"
    r"|(?:by|before|at|after) (?:noon|lunch|\d{1,2}(?::\d\d)?(?: ?[ap]m)?)|as (?:agreed|promised"
    r"|planned|we agreed))"
)
_LAST_WHEN = re.compile(rf"(?:,? {_WHEN})+$", re.IGNORECASE)
_PAST_WHEN = re.compile(r"\b(?:yesterday|last \w+|this morning|ago)\b", re.IGNORECASE)

# What one does in a way, so that "How will you …" needs no "go about".
_IN_A_WAY = word_set(
    """
    prepare handle approach open follow plan make spend use find get reach keep convince win start begin
    introduce present structure organise organize deal respond learn position decide choose prioritise
    prioritize improve increase close build react win qualify help protect persuade address tackle manage
    overcome run lead show explain balance bring turn involve measure differentiate change create develop grow
    answer pick deal work add set pitch demonstrate negotiate discover uncover conduct think
    """
)
_NO_ORDERS = word_set("don't never always consider be stop close push offer use check plan review do")
_CONTACT = re.compile(
    r"^(?:call|ring|phone|dial|email|e-mail|mail|message|text|contact|ping|reach out to|write to"
    r"|get in touch with"
    r"|follow up with|check in with|chase|talk to|speak to|speak with|talk with|reconnect with)"
    r" (?:up |back )?(?P<who>[A-Z][\w.&-]*(?: [A-Z][\w.&-]*)*(?: (?:at|from) [A-Z][\w&-]*)?"
    r"|(?:the|your|that|this|his|her) (?:[\w-]+ ){0,2}?"
    r"(?:customer|client|buyer|prospect|lead|contact|team|manager|maker|\w*person|owner|board"
    r"|champion|CFO|CEO|CTO)s?"
    r"|him|her|them)\b",
)
_HOW_IT_WENT = re.compile(r"How did (.+) go(?: .*)?\?")
_THING = re.compile(
    r"(?:the|your|this|that|his|her|their|our) (?:[\w&-]+ ){0,3}?[\w&-]+"
    r"(?=$| (?:to|with|for|at|by|before|after|today|tomorrow|this|next|on|from|in|and|as|instead"
    r"|first|right|now)\b)",
    re.IGNORECASE,
)


def turned(sentence: str, *, order: bool = False) -> Iterator[str]:
    """Every question the table makes of the sentence, the closest first; `order` for one that asks nothing."""
    for shape, made in ORDER_SHAPES if order else SHAPES:
        match = shape.search(sentence)
        if match is None:
            continue
        filled = _filled(made, match)
        if filled is not None:
            yield filled
            if went := _HOW_IT_WENT.fullmatch(filled):
                yield f"What did you learn from {went[1]}?"


def _filled(made: str, match: re.Match[str]) -> str | None:
    pieces: list[str] = []
    place = 0
    for slot in _SLOT.finditer(made):
        words: str | None = (match.groupdict().get(slot[1]) or "").strip(" ,")
        for form in slot[2].split("|")[1:]:
            words = FORMS[form](words) if words else words
        if words is None:
            return None
        before = made[place : slot.start()]
        so_far = "".join([*pieces, before])
        pieces = [so_far, " " if words and so_far[-1:].isalpha() else "", words]
        place = slot.end()
    question = re.sub(r"\s+", " ", "".join(pieces) + made[place:]).strip().replace(" ?", "?")
    return question[:1].upper() + question[1:]


def _go(phrase: str) -> str | None:
    """After "How will you": "prepare the demo", but "go about calling Anna"."""
    plain = verb_forms.base(phrase)
    if plain is None:
        return None
    if plain.startswith("{") or plain.split()[0] in _IN_A_WAY:
        return plain
    doing = verb_forms.gerund(plain)
    return f"go about {doing}" if doing else None


def _in_a_way(phrase: str) -> str | None:
    plain = verb_forms.base(phrase)
    return (
        plain
        if plain and plain.split()[0] in {"prepare", "approach", "handle", "open", "structure", "use", "start"}
        else None
    )


def _reach(phrase: str) -> str | None:
    """Whom to reach, and when: "call Anna today" is "Anna today"."""
    match = _CONTACT.match(phrase)
    if match is None:
        return None
    when = _LAST_WHEN.search(phrase)
    return match["who"] + (when[0].lstrip(",") if when and when.start() >= match.end("who") else "")


def _thing(phrase: str) -> str | None:
    """The first thing a phrase names with a determiner: "send the new offer today" is "the new offer"."""
    match = _THING.search(phrase)
    return match[0] if match else None


def _timeless(phrase: str) -> str:
    return _LAST_WHEN.sub("", phrase) or phrase


def _ahead(phrase: str) -> str | None:
    """A phrase that is not about the past."""
    return None if _PAST_WHEN.search(phrase) else phrase


def _short(phrase: str) -> str | None:
    return phrase if 0 < len(phrase.split()) <= 8 else None


def _named(phrase: str) -> str | None:
    """Somebody or something that can be called by these words alone."""
    words = phrase.split()
    if not 0 < len(words) <= 5 or words[0].lower() in {"it", "that", "this", "there", "everything", "things", "you"}:
        return None
    return phrase


def _plural(word: str) -> str:
    if word.endswith("s"):
        return word
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"


def _object(word: str) -> str:
    return {"they": "them", "he": "him", "she": "her"}.get(word.lower(), word)


def _order(phrase: str) -> str | None:
    """A phrase that opens with a verb people give orders with: "Call Anna first"."""
    return phrase if phrase.split()[0].lower() in IMPERATIVES - _NO_ORDERS else None


def _lower(phrase: str) -> str:
    return phrase[:1].lower() + phrase[1:] if not phrase[1:2].isupper() else phrase


FORMS: dict[str, Callable[[str], str | None]] = {
    "base": verb_forms.base,
    "doing": verb_forms.gerund,
    "from_ing": verb_forms.from_gerund,
    "from_past": verb_forms.from_past,
    "go": _go,
    "in_a_way": _in_a_way,
    "reach": _reach,
    "thing": _thing,
    "timeless": _timeless,
    "ahead": _ahead,
    "short": _short,
    "named": _named,
    "plural": _plural,
    "lower": _lower,
    "object": _object,
    "order": _order,
}


def _compiled(table: Iterable[tuple[str, str]]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(shape, re.IGNORECASE), made) for shape, made in table)


_ASKED_BADLY = (*BLAME, *FIRST_PERSON, *ADVICE, *LEADING, *NUMBER, *LAGGING)
_CLOSED = (*TIME, *HAVING, *KNOWING, *BEING, *ABOUT_IT, *DONE, *DOING)
SHAPES = _compiled((*_ASKED_BADLY, *_CLOSED))
ORDER_SHAPES = _compiled((*_ASKED_BADLY, *ORDERS))
