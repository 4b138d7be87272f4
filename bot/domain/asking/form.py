"""How a text asks: its sentences, and the clauses in them that put a question.

English only, and by form: an auxiliary before its subject asks for yes or no ("will you"), a question word
before it asks openly ("how will you"), a question word before a subject asks nothing ("when you call").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from bot.domain.asking import words


class Head(Enum):
    """How one clause asks."""

    OPEN = auto()  # "how will you …"
    DEGREE = auto()  # "how many …", "how confident …"
    INVITATION = auto()  # "walk me through …"
    CLOSED = auto()  # "will you …"


@dataclass(frozen=True)
class Sentence:
    """One sentence in plain form, without the mark at its end."""

    text: str
    asks: bool


@dataclass(frozen=True)
class Clause:
    """A clause that asks, from its question word or auxiliary on."""

    head: Head
    text: str


_CONTRACTIONS = tuple((re.compile(pattern), full) for pattern, full in words.CONTRACTIONS)
_QUOTES = str.maketrans("‘’“”„«»", '\'\'"""""')
_WH = "|".join(sorted(words.WH))
_AUX = "|".join(sorted(words.AUX, key=len, reverse=True))
_PREPOSITION = "|".join(sorted(words.PREPOSITIONS))
_PRONOUN = "|".join(sorted(words.PRONOUNS))
_OPEN_HEAD = re.compile(rf"(?:(?:{_PREPOSITION}) )?({_WH})\b(?: (\S+))?")
_INVERSION = re.compile(rf"\b(?:{_WH})(?: [\w'-]+){{0,4}}? (?:{_AUX}) (?:{_PRONOUN})\b")
_CLOSED_INVERSION = re.compile(rf"(?:{_AUX}) (?:you|they|we|he|she|it) \w+")
_DEGREE = re.compile(r"\bhow (?:many|much|often|long|soon|far|likely|confident|sure)\b")
_CLAUSE_BREAK = re.compile(
    rf"[,;:] | (?:-+|–|—) |—|[()]| (?=(?:and|or|but|then|plus|&) (?:(?:{_PREPOSITION}) )?(?:{_WH})\b)"
    rf"| (?=(?:and|or|but|then|plus) (?:{_AUX}) (?:you|they|we|it|he|she)\b)"
)
_FRONTED = re.compile(
    rf"(?:{_PREPOSITION}|after|before|during|out|given|if|when|once|imagine|suppose|looking|thinking) "
    rf"(?:.*? )?(?:{_WH})\b"
)
_INDIRECT = re.compile(rf"\b(?:if|whether|{_WH})\b")
_PAIRED = frozenset({"when", "where", "who", "what", "which"})


def plain(text: str) -> str:
    """`text` as the word tables expect it; what stands in quotes, being someone's words, becomes "that"."""
    text = unicodedata.normalize("NFKC", text).translate(_QUOTES).strip()
    if len(text) > 1 and text[0] == text[-1] == '"' and '"' not in text[1:-1]:
        text = text[1:-1]  # models like to hand a whole question over in quotes
    text = re.sub(r"[*_~`]+", "", text).lower()
    text = re.sub(r"\"[^\"]*\"|(?<![\w'])'[^']+'(?!\w)", "that", text)
    text = re.sub(r"\s*\n\s*", ". ", text)
    for pattern, full in _CONTRACTIONS:
        text = pattern.sub(full, text)
    return re.sub(r"\s+", " ", text)


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of `text`, made plain, in order."""
    pending = ""
    for piece in re.split(r"(?<=[?!])\s*|(?<=\.)\s+", re.sub(r"[?!]*\?[?!]*", "?", plain(text))):
        pending = f"{pending} {piece}".strip()
        if pending.split(" ")[-1] in words.ABBREVIATIONS:
            continue
        if bare := pending.rstrip("?!. "):
            yield Sentence(bare, asks=pending.endswith("?") or _asks_without_mark(bare))
        pending = ""
    if bare := pending.rstrip("?!. "):
        yield Sentence(bare, asks=_asks_without_mark(bare))


def asking_clauses(sentence: str) -> list[Clause]:
    """The clauses of an asking sentence that put a question, in order; two of them are two questions.

    Empty when none does, as in "Any blockers?" or "You will call them today?".
    """
    clauses = [_without_lead_in(part.strip()) for part in _CLAUSE_BREAK.split(sentence) if part.strip()]
    asking: list[Clause] = []
    in_relative = False  # "Anna, who runs procurement, is back: …" tells, up to the colon
    for position, clause in enumerate(clauses):
        is_last = position == len(clauses) - 1
        head = head_of(clause)
        if head is None or words.BARE_INVITATION.fullmatch(clause) or (in_relative and head is Head.CLOSED):
            continue
        in_relative = position > 0 and not is_last and clause.split()[0] in ("who", "which")
        if in_relative:
            continue
        if asking and _continues(asking[-1], Clause(head, clause)):
            asking[-1] = Clause(asking[-1].head, f"{asking[-1].text} {clause}")
        elif _is_condition(clause, head, is_last=is_last):
            continue
        else:
            asking.append(Clause(head, clause))
    if asking:
        return asking
    for clause in clauses:
        if re.match(rf"(?:{_WH})\b", clause) or _FRONTED.match(clause) or _INVERSION.search(clause):
            return [Clause(Head.DEGREE if asks_degree(clause) else Head.OPEN, clause)]
    return []


def head_of(clause: str) -> Head | None:
    """How `clause` asks, or None for a statement or a side clause ("when you call them")."""
    if words.INVITATION.match(clause) or words.POLITE.match(clause):
        return Head.INVITATION
    first, _, rest = clause.partition(" ")
    if first in words.AUX:
        return Head.CLOSED if rest else None
    match = _OPEN_HEAD.match(clause)
    if match is None:
        return None
    asked, following = match[1], match[2] or ""
    if asked == "how" and (following in words.DEGREES or _is_adverb_of_degree(following)):
        return Head.DEGREE
    if following in words.SUBJECTS:
        return None
    if asked in ("when", "where") and match.start(1) == 0 and following and following not in words.AUX:
        return Head.OPEN if following in ("exactly", "else", "today", "in", "on") else None
    return Head.OPEN


def indirect_question(invitation: str) -> str:
    """The first question word, or "if", inside an invitation, with what follows; empty when there is none."""
    opened = words.INVITATION.match(invitation) or words.POLITE.match(invitation)
    match = _INDIRECT.search(invitation, opened.end() if opened else 0)
    return invitation[match.start() :] if match else ""


def asks_degree(text: str) -> bool:
    """Whether "how many", "how soon" or the like occurs anywhere in `text`."""
    return bool(_DEGREE.search(text))


def offers_answers(sentence: str) -> bool:
    """Whether the question ends in answers to pick from: "…, the calls or the plan?", "… or not?"."""
    last = re.split(r"[,:;] | (?:-|–|—) ", sentence)[-1]
    if last.endswith((" or not", " or no")):
        return True
    if last == sentence or " or " not in last or " or if " in last or len(last.split()) > 9:
        return False
    if re.search(r"\b(?:one or two|two or three|a \w+ or two|or so)\b", last):
        return False
    return head_of(last) is None and not re.match(rf"(?:{_WH}|if|whatever)\b", last)


def _without_lead_in(clause: str) -> str:
    match = words.LEAD_IN.match(clause)
    return clause[match.end() :] if match else clause


def _asks_without_mark(sentence: str) -> bool:
    """Whether a sentence asks although it has no question mark: "Walk me through …", "how will you start"."""
    start = _without_lead_in(sentence)
    return bool(words.INVITATION.match(start) or _INVERSION.match(start) or _CLOSED_INVERSION.match(start))


def _is_adverb_of_degree(word: str) -> bool:
    return word.endswith("ly") and word not in words.MANNERS


def _is_condition(clause: str, head: Head, *, is_last: bool) -> bool:
    """Whether a clause in the form of a question means "if": "Should they say no, what will you do?"."""
    if head is not Head.CLOSED:
        return clause.startswith("what if ") and not is_last
    first, second = clause.split()[:2]
    if is_last:
        return first == "should" and second not in ("i", "you", "we")
    return first in ("should", "were", "had")


def _continues(before: Clause, clause: Clause) -> bool:
    """Whether `clause` belongs to the question `before` instead of asking a second one.

    It does when it ends a question cut by a parenthesis ("What, if anything, would help?"), joins bare
    question words ("when and where will you …"), or goes on inside an indirect question ("find out what they
    need, who decides and when they buy").
    """
    if before.head is Head.OPEN and clause.head is Head.CLOSED:
        return not any(word in words.AUX for word in before.text.split())
    if clause.head is not Head.OPEN:
        return False
    first = clause.text.split()[0]
    if before.text in _PAIRED and first in _PAIRED:
        return True
    is_indirect = before.head is Head.INVITATION or len(re.findall(rf"\b(?:{_WH})\b", before.text)) > 1
    return is_indirect and not _INVERSION.match(clause.text) and " " in clause.text
