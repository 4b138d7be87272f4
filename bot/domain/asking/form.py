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

from bot.domain.asking import frames, words
from bot.domain.asking.spelling import mended
from bot.domain.language.verbs import BASES


class Head(Enum):
    """How one clause asks."""

    OPEN = auto()  # "how will you …"
    DEGREE = auto()  # "how many …", "how confident …"
    INVITATION = auto()  # "walk me through …"
    TIME = auto()  # "when will you …", "on which day …"
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


_QUOTES = str.maketrans("‘’“”„«»", '\'\'"""""')
_WH = "|".join(sorted(words.WH))
_AUX = "|".join(sorted(words.AUX, key=len, reverse=True))
_PREPOSITION = "|".join(sorted(words.PREPOSITIONS))
_PRONOUN = "|".join(sorted(words.PRONOUNS))
_SUBJECT = "|".join(sorted(words.SUBJECTS))
_OPEN_HEAD = re.compile(rf"(?:(?:{_PREPOSITION}) )?({_WH})\b(?: (\S+))?")
_INVERSION = re.compile(rf"\b(?:{_WH})(?: [\w'-]+){{0,4}}? (?:{_AUX}) (?:{_PRONOUN})\b")
_CLOSED_START = re.compile(rf"(?:{_AUX}) (?:you|they|we|he|she|it) \w+|any(?:thing|one|body)? \w+")
_DEGREE = re.compile(r"\bhow (?:many|much|often|long|soon|far|likely|confident|sure)\b")
# "How frustrated are they": any word between "how" and its auxiliary asks for a degree, but for a few.
_HOW_ADJECTIVE = re.compile(rf"how ([\w-]+)(?: [\w-]+)? (?:{_AUX})\b")
# "Tell me how invoices are approved" asks for the way, "tell me how frustrated they are" for a degree.
_HOW_THING = re.compile(rf"how (?!(?:{'|'.join(sorted(words.DEGREES))})\b)[\w-]+(?: [\w-]+)? (?:{_AUX}) \w")
_HOW_ONE_IS = re.compile(
    r"how [\w-]+(?:ed|ful|y|ous|ing|able|ive) (?:you|they|he|she|it) (?:are|is|feel|feels|were|was)\b"
)
_OCCASION = re.compile(
    r"\b(?:example|instance|times?|moments?|situations?|cases?|story|day|occasions?)(?: of| about)? when\b"
)
_TIME_HEAD = re.compile(
    rf"(?:by|until|till|from|since|to) when\b|(?:(?:{_PREPOSITION}|before|after|around|since|as of) )?"
    rf"(?:when (?:{_AUX}|exactly|else|precisely|today|tomorrow|this|in|on)\b"
    r"|(?:what|which)(?: exact| other)? (?:times?|dates?|days?|weekdays?|hours?|months?|weeks?|years?|slots?"
    r"|time slots?)"
    rf"\b(?!-)(?! (?:management|zone|sheet))|when$)"
)
_AFTER_FRAME = r" ?(?:(?:me|us|about|of|on|through|to hear|to know|roughly|exactly|precisely|a bit|more|,) )*"
_CLAUSE_BREAK = re.compile(
    rf"[,;:] | (?:-+|–|—) |—|[()]| (?=(?:and|or|but|then|plus|&) (?:also |then )*(?:(?:{_PREPOSITION}) )?(?:{_WH})\b)"
    rf"| (?=(?:and|or|but|then|plus) (?:{_AUX}) (?:you|they|we|it|he|she)\b)"
    r"| (?=(?:and|then|plus) (?:also |then |please )*(?:tell|walk|talk|describe|show|explain|share) )"
)
_FRONTED = re.compile(
    rf"(?:{_PREPOSITION}|after|before|during|out|given|if|when|once|imagine|suppose|looking|thinking) "
    rf"(?:.*? )?(?:{_WH})\b"
)
_INDIRECT = re.compile(rf"{_AFTER_FRAME}((?:(?:{_PREPOSITION}) )?(?:if|whether|{_WH})\b.*)")
_YOU_ASKED = re.compile(rf"(?:{_WH}) (?:\w+ )?you (?:will|plan|intend|want|would|can|could|are|have)\b")
_YOU_DO = re.compile(r"(?:how|what|which|who|where) (?:\w+ )?you \w")
_CASE = re.compile(r"(?:if|suppose|in case|let's say) (?!not\b)(?:\S+ ){2}")
_PAIRED = frozenset({"when", "where", "who", "what", "which"})


def plain(text: str) -> str:
    """`text` as the word tables expect it; what stands in quotes, being someone's words, becomes "that"."""
    text = unicodedata.normalize("NFKC", text).translate(_QUOTES).strip()
    if len(text) > 1 and text[0] == text[-1] == '"' and '"' not in text[1:-1]:
        text = text[1:-1]  # models like to hand a whole question over in quotes
    text = re.sub(r"[*_~`]+", "", text).lower()
    text = re.sub(r"\"[^\"]*\"|(?<![\w'])'[^']+'(?!\w)", "that", text)
    text = re.sub(r"\s*\n\s*", ". ", text)
    return re.sub(r"\s+", " ", mended(text))


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of `text`, made plain, in order."""
    pending = ""
    for piece in re.split(r"(?<=[?!])\s*|(?<=\.)\s+", re.sub(r"[?!]*\?[?!]*", "?", plain(text))):
        pending = f"{pending} {piece}".strip()
        if pending.split(" ")[-1] in words.ABBREVIATIONS:
            continue
        if bare := pending.rstrip("?!. "):
            yield Sentence(bare, asks=pending.endswith("?") or _asks_without_mark(bare, ended="." in pending[-2:]))
        pending = ""
    if bare := pending.rstrip("?!. "):
        yield Sentence(bare, asks=_asks_without_mark(bare, ended=False))


def asking_clauses(sentence: str) -> list[Clause]:
    """The clauses of an asking sentence that put a question, in order; two of them are two questions.

    Empty when none does, as in "Any blockers?" or "You will call them today?".
    """
    clauses = [without_lead_in(part.strip()) for part in _CLAUSE_BREAK.split(sentence) if part.strip()]
    asking: list[Clause] = []
    in_relative = False  # "Anna, who runs procurement, is back: …" tells, up to the colon
    in_case = False  # "If the morning is gone, when will you do it?" plans for a case
    for position, clause in enumerate(clauses):
        is_last = position == len(clauses) - 1
        head = head_of(clause)
        if head is None and asking and _asks_along(asking[-1], clause):
            head = Head.OPEN
        if head is None or frames.BARE_INVITATION.fullmatch(clause) or (in_relative and head is Head.CLOSED):
            in_case = in_case or bool(_CASE.match(clause))
            continue
        in_relative = position > 0 and not is_last and clause.split()[0] in ("who", "which")
        if in_relative:
            continue
        if asking and _continues(asking[-1], Clause(head, clause)):
            before = asking[-1]
            asking[-1] = Clause(Head.OPEN if before.head is Head.TIME else before.head, f"{before.text} {clause}")
        elif _is_condition(clause, head, is_last=is_last):
            in_case = True
        else:
            asking.append(Clause(Head.OPEN if head is Head.TIME and in_case else head, clause))
    if asking:
        return asking
    for clause in clauses:
        if re.match(rf"(?:{_WH})\b", clause) or _FRONTED.match(clause) or _INVERSION.search(clause):
            head = Head.TIME if re.match(r"(?:by |at )?(?:when|what time)\b", clause) else Head.OPEN
            alike = [other for other in clauses if _YOU_DO.match(other)]
            if len(alike) > 1:  # "How you prepare the visit and how you follow up?"
                return [Clause(Head.OPEN, other) for other in alike]
            return [Clause(Head.DEGREE if asks_degree(clause) else head, clause)]
    if frames.PROBE.fullmatch(clauses[-1] if clauses else ""):
        return [Clause(Head.OPEN, sentence)]
    return []


def head_of(clause: str) -> Head | None:
    """How `clause` asks, or None for a statement or a side clause ("when you call them")."""
    if frames.INVITATION.match(clause) or frames.POLITE.match(clause):
        return None if _is_for_another(clause) else Head.INVITATION
    if _TIME_HEAD.match(clause):
        return Head.TIME
    first, _, rest = clause.partition(" ")
    if first in words.AUX:
        return Head.CLOSED if rest else None
    match = _OPEN_HEAD.match(clause)
    if match is None:
        return None
    asked, following = match[1], match[2] or ""
    if asked == "how" and _is_degree(clause, following):
        return Head.DEGREE
    if following in words.SUBJECTS:
        return None
    if asked in ("when", "where") and match.start(1) == 0 and following and following not in words.AUX:
        return Head.OPEN if following in ("exactly", "else", "today", "in", "on") else None
    return Head.OPEN


def indirect_question(invitation: str) -> str:
    """What is asked inside an invitation, from its question word or "if" on; empty when it names a thing instead."""
    opened = frames.POLITE.match(invitation) or frames.INVITATION.match(invitation)
    match = _INDIRECT.match(invitation, opened.end()) if opened else None
    if match is None and opened:  # the frame took the question word along: "let me know how …"
        match = re.search(rf"(?:if|whether|{_WH})$", opened.group())
        return invitation[match.start() :] if match else ""
    return match[1] if match else ""


def head_inside(invitation: str) -> Head | None:
    """How the question inside an invitation asks: "tell me whether …" for a yes or no."""
    indirect = indirect_question(invitation)
    if indirect.startswith(("if ", "whether ")):
        return Head.CLOSED
    if indirect.startswith(("when ", "by when ")):
        return Head.OPEN if _OCCASION.search(invitation) else Head.TIME
    if _HOW_THING.match(indirect):
        return Head.OPEN
    if asks_degree(" ".join(indirect.split()[:3])) or _HOW_ONE_IS.match(indirect):
        return Head.DEGREE
    return head_of(indirect) if indirect else None


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


def carries_answer(sentence: str) -> bool:
    """Whether an answer is hung on the question: "What will you do next, call Meyer?", "Who decides, the CFO?"."""
    *before, last = re.split(r", | (?:-|–|—) |: ", sentence)
    if not before or " or " in last or len(last.split()) > 7 or head_of(last):
        return False
    asked = without_lead_in(before[-1])
    if head_of(asked) not in (Head.OPEN, Head.DEGREE) or " " not in asked or words.WHEN.search(last):
        return False
    first, _, rest = last.partition(" ")
    if first in ("a", "an", "the", "some", "another", "his", "her", "your"):
        return not asked.startswith(("how ", "where ")) and bool(rest)
    if first in ("by", "via", "with", "using", "through"):
        return asked.startswith(("how ", "what ", "where ")) and not last.endswith((" in mind", "ing", " behind you"))
    return first in BASES and bool(rest) and first not in ("given", "please", "thanks", "look")


def without_lead_in(clause: str) -> str:
    """The clause without a greeting, "and", "so", "today" or the like before it."""
    match = words.LEAD_IN.match(clause)
    return clause[match.end() :] if match else clause


def _asks_without_mark(sentence: str, *, ended: bool) -> bool:
    """Whether a sentence asks although it has no question mark: "Walk me through …", "how will you start".

    One that was `ended` with a full stop has to look more like a question than one left without any mark.
    """
    start = without_lead_in(sentence)
    if frames.INVITATION.match(start) or frames.POLITE.match(start):
        return not _is_for_another(start)
    if _INVERSION.match(start) or _CLOSED_START.match(start):
        return True
    parts = [without_lead_in(part.strip()) for part in _CLAUSE_BREAK.split(sentence) if part.strip()]
    if _FRONTED.match(start) or len(parts) > 1:
        return bool(_INVERSION.search(start)) and not start.startswith(("i ", "we ", "he ", "she ", "they ", "you "))
    if not ended and _YOU_ASKED.match(start):  # "how you will reach the cfo", as many speak English
        return True
    return not ended and head_of(start) in (Head.OPEN, Head.DEGREE, Head.TIME) and " " in start


def _is_for_another(invitation: str) -> bool:
    opened = frames.POLITE.match(invitation) or frames.INVITATION.match(invitation)
    if opened is None or re.search(r"\b(?:me|us|i|hear)\b", opened.group()) or indirect_question(invitation):
        return False
    return bool(frames.FOR_ANOTHER.search(invitation)) or bool(re.search(r", not \w", invitation))


def _is_degree(clause: str, following: str) -> bool:
    if following in words.DEGREES:
        return True
    if following in words.MANNERS or following in words.AUX or following in words.SUBJECTS:
        return False
    return following.endswith("ly") or bool(_HOW_ADJECTIVE.match(clause))


def _asks_along(before: Clause, clause: str) -> bool:
    """Whether a side clause is a second thing to tell: "Tell me how it went and what you plan"."""
    if before.head is not Head.INVITATION or not re.match(rf"(?:{_WH}) (?:{_SUBJECT})\b .", clause):
        return False
    return _is_whole(before)


def _is_whole(invitation: Clause) -> bool:
    """Whether an invitation already asks one thing in full: "tell me how it went", not "tell me how"."""
    indirect = indirect_question(invitation.text)
    return " " in indirect and len(re.findall(rf"\b(?:{_WH})\b", indirect)) == 1


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
    if clause.head is Head.INVITATION:
        return before.head is not Head.INVITATION
    if clause.head is not Head.OPEN:
        return False
    first = clause.text.split()[0]
    if before.text in _PAIRED and first in _PAIRED:
        return True
    if before.head is Head.INVITATION and _is_whole(before):
        return False
    is_indirect = before.head is Head.INVITATION or len(re.findall(rf"\b(?:{_WH})\b", before.text)) > 1
    return is_indirect and not _INVERSION.match(clause.text) and " " in clause.text
