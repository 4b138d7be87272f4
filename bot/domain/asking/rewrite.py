"""A good question in place of a manager's own that the guard refuses, as close to their words as it can be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from bot.domain.asking.turns import turned
from bot.domain.questions import MESSAGE_LIMIT, QUESTION_LIMIT, Fault, faults

_IN_MIND = "What do you have in mind for today?"
# When the line turns into nothing closer: one question for each kind of fault, the weightiest fault first.
_GENERAL = (
    (Fault.LAGGING, "What one thing will you do today to move a customer forward?"),
    (Fault.BLAME, "What would help you next time?"),
    (Fault.FIRST_PERSON, "What would help you most right now?"),
    (Fault.NUMBER, "How will you decide what comes first today?"),
    (Fault.ADVICE, "What options do you see?"),
    (Fault.LEADING, "How do you see it?"),
    (Fault.CLOSED, _IN_MIND),
    (Fault.STACKED, "What matters most to you today?"),
)
_NUMBERS = re.compile(
    r"\b(?:forecast|quota|targets?|quarter|numbers?|figures|month|year|revenue|commission|kpis?|plan|sales)\b",
    re.IGNORECASE,
)
_OWN_HANDS = "What one thing that is in your hands will you do today?"
_EITHER_OR = "How do you see it?"
_LOOKING_BACK = re.compile(r"^(?:did|have|had|has|was|were)\b", re.IGNORECASE)
_LEARNED = "What did you learn from it?"
_HOW_IT_WENT = "How did it go?"

_NAMED = "{name}, "
_MARKS = str.maketrans("‘’“”„«»", '\'\'"""""')
_CONTRACTIONS = tuple(
    (re.compile(shape, re.IGNORECASE), full)
    for shape, full in (
        (r"\b(wo)n'?t\b", "will not"),
        (r"\bcan'?t\b|\bcannot\b", "can not"),
        (r"\bshan't\b", "shall not"),
        (r"\b(do|is|are|was|were|did|does|would|should|could|have|has|had)n'?t\b", r"\1 not"),
        (r"\b(what|how|who|where|when|that|there|it|he|she|everything)'s\b", r"\1 is"),
        (r"\b(whats|hows|wheres)\b", lambda m: f"{m[1][:-1]} is"),
        (r"\b(what|how|who|where|when)'d you\b", r"\1 did you"),
        (r"\blet'?s\b(?= \w)", "let us"),
        (r"\b(\w+)'ll\b", r"\1 will"),
        (r"\b(\w+)'re\b", r"\1 are"),
        (r"\b(\w+)'ve\b", r"\1 have"),
        (r"\b(i|you|we|they|he|she)'d\b", r"\1 would"),
        (r"\bi'm\b", "I am"),
        (r"\bu\b", "you"),
        (r"\bur\b", "your"),
        (r"\bgonna\b", "going to"),
        (r"\bwanna\b", "want to"),
    )
)
_GREETING = r"(?:hi|hey|hello|(?:good )?morning|dear)(?: (?:all|team|everyone|there|[A-Z{][\w}]+))?"
_OPENING = re.compile(
    rf"^(?:(?i:{_GREETING})(?:,|\.| -)? |(?i:and|but|so|or|then|now|ok|okay|well|right|great|good"
    rf"|nice|thanks|alright"
    r"|please|pls|also|plus|yes|no|oh|ah|actually|honestly|quick question|just curious|i was wondering"
    r"|just checking"
    r"|one question|tell me|by the way|surely|obviously|of course|in your opinion|be honest)(?:,|:| -)? "
    r"|(?:[A-Z][\w-]+|\{name\}), (?=\w))"
)
_OPENING_NAME = re.compile(r"^(?:[A-Z][\w-]+|\{name\}),$")
_SOFTENED = re.compile(
    r"(?:,? )\b(?:please|simply|just|maybe|perhaps|finally|surely|obviously|of course|by any chance"
    r"|at least|at all"
    r"|actually|really|honestly|definitely|possibly|kindly|by the way)\b,?",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:,? (?:already|yet|please|or not|or no|then|though|or what|by the way|at all|pls|thanks"
    r"|mate|do you think|you think)"
    r"|, (?:(?:is|are|do|does|did|have|has|had|was|were|will|would|could|should|can)(?: not)? "
    r"(?:it|you|they|he|she|that|we|there)(?: not)?|right|yes|no|ok|okay|eh|correct|agreed|deal|true|huh)"
    r"|,? (?:and|-) (?:by |at |until )?(?:when|what time|with whom|who with|where|how)"
    r"|,? because [^,]+|, so (?:that )?[^,]+)$",
    re.IGNORECASE,
)
_SECOND = re.compile(
    r"(?:,? (?:and|but|or|then|plus|&)(?: then| also)? |; ?|, ?| (?:-|–|—) )"
    r"(?=(?:(?:with|by|at|for|in|on|to) )?(?:how|what|who|whom|which|where|when|why)\b"
    r"|(?:will|can|could|would|do|did|have|are|is|should|were) (?:you|they|we|it|he|she|the|your)\b)",
    re.IGNORECASE,
)
_SMALL_TALK = re.compile(
    r"^(?:how (?:are|were) (?:you|things|the kids)|how (?:is|was|are|were) (?:it|things|life"
    r"|your (?:weekend|evening|holiday|vacation|morning|night|day|week))"
    r"|what is (?:up|new|going on|happening)|what (?:do|would) you (?:think|say|reckon)|what happened)\b(?:.{0,12})$",
    re.IGNORECASE,
)
_SIDE = re.compile(
    r",? (?:because|since|so that|so|given|considering|although|while|in order to|especially|now that)\b|; ",
    re.IGNORECASE,
)
_DANGLING = re.compile(r"\b(?:it|that|them|him|this|those)\b", re.IGNORECASE)


def rewrite(question: str) -> str | None:
    """An open question near to what `question` meant, which the guard lets pass; None when there is no honest one.

    What is asked well already is kept: of several questions the first good one, of a long text the sentence that
    asks. A question that is good as it stands comes back as it is. Slots such as {focus} are kept.
    """
    words = _clean(question)
    if not words or len(question) > MESSAGE_LIMIT:
        return None
    found = faults(question)
    if not found:
        return " ".join(question.split())
    sentences = [each for each in _sentences(words) if each[0]]
    named = words.startswith(_NAMED)
    for candidate in _candidates(sentences):
        if named and not candidate.startswith(_NAMED):
            candidate = f"{_NAMED}{candidate[:1].lower()}{candidate[1:]}"
        if not faults(candidate):
            return candidate
    return None if set(found) <= {Fault.NOT_A_QUESTION, Fault.TOO_LONG, Fault.INVENTED} else _general(sentences, found)


def _candidates(sentences: list[tuple[str, bool]]) -> Iterator[str]:
    asking = [text for text, asks in sentences if asks]
    parts = [part for text in asking for part in _parts(text)]
    several = len(parts) > 1 or len(sentences) > 1
    kept = [part for part in parts if not _SMALL_TALK.match(part)]
    if several:
        yield from (_asked(part) for part in kept if not _DANGLING.search(part))
    for part in [*asking, *kept]:
        yield from turned(_tidy(part))
        yield from (_asked(cut) for cut in _shorter(part))
    if several:
        yield from (_asked(part) for part in kept)
    for text, asks in sentences:
        if not asks:
            yield from turned(_tidy(text), order=True)


def _general(sentences: list[tuple[str, bool]], found: tuple[Fault, ...]) -> str | None:
    if Fault.NOT_A_QUESTION in found and not {Fault.ADVICE, Fault.BLAME, Fault.LAGGING} & set(found):
        return None
    asking = " ".join(_tidy(text) for text, asks in sentences if asks)
    question = next((question for fault, question in _GENERAL if fault in found), None)
    if Fault.LAGGING in found and _NUMBERS.search(asking):
        question = _OWN_HANDS
    elif question == _IN_MIND and _LOOKING_BACK.match(asking):
        question = _HOW_IT_WENT
    elif question == _IN_MIND and " or " in asking:
        question = _EITHER_OR
    return next((good for good in (question, _LEARNED) if question and good and not faults(good)), None)


def _clean(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).translate(_MARKS)
    text = re.sub(r"[*_~`]+", "", text)
    return " ".join(text.split()).strip("\"' ")


def _sentences(text: str) -> list[tuple[str, bool]]:
    """The sentences without their marks, and whether each has a question mark."""
    pieces = re.split(r"(?<=[?!])[\s?!]*|(?<=\w\w\w\.)\s+|(?<=\w[)\"]\.)\s+", text)
    return [(piece.rstrip("?!. "), piece.rstrip().endswith("?") or _reads_as_asking(piece)) for piece in pieces]


def _reads_as_asking(piece: str) -> bool:
    return not faults(piece) or Fault.NOT_A_QUESTION not in faults(piece)


def _parts(sentence: str) -> list[str]:
    """A sentence cut where a second question begins."""
    return [part.strip(" ,") for part in _SECOND.split(sentence) if part.strip(" ,")]


def _shorter(sentence: str) -> Iterator[str]:
    """A sentence without its reasons and side clauses, when it is too long; nothing half cut."""
    if len(sentence) > QUESTION_LIMIT:
        for match in _SIDE.finditer(sentence):
            yield sentence[: match.start()].rstrip(" ,;-")


def _asked(part: str) -> str:
    part = part.strip()
    return f"{part[:1].upper()}{part[1:]}?"


def _tidy(sentence: str) -> str:
    """The sentence with contractions written out, without greetings, softeners and what is tagged on."""
    for shape, full in _CONTRACTIONS:
        sentence = shape.sub(full, sentence)
    for _ in range(4):
        shorter = _OPENING.sub("", sentence, count=1)
        shorter = _CLOSING.sub("", shorter, count=1)
        if shorter == sentence:
            break
        sentence = shorter
    return " ".join(_SOFTENED.sub("", sentence).split()).strip(" ,-")
