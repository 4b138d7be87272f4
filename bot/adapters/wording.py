"""Whether words that a model offers may be put to a rep: a question, and a line that says back what was said.

Capital letters, digits and links give made-up facts away and are refused; a made-up common noun in a question can
pass, which is why a question is only ever one of many that lead to a tap.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from bot.domain.asking.words import IMPERATIVES
from bot.domain.language.said import word_set
from bot.domain.language.verbs import NOUNISH, is_verb
from bot.domain.questions import QUESTION_LIMIT, faults
from bot.domain.reflection import FOREIGN
from bot.ports.coach import Heard
from bot.ports.usage import FellBack

LONGEST_REFLECTION = 120
FEWEST_WORDS, MOST_WORDS = 3, 17
TURNING = word_set(
    "a an and are as at but by for from in is it it's of on so that the there this to was were with"
    " you you'd you'll you're you've your yours yourself"
)
"""Words that a reflection may add to those that were said: they hold a sentence together and turn it to "you"."""
TURNED = word_set("i i'm i'll i've i'd im ive me my mine myself we we're we'll we've us our ours am")
"""Words of the rep that a reflection turns to "you". Said by the bot, they would be about the bot: a promise even."""
PRESSING = word_set(
    "should must shall ought need needs have has got gotta supposed let let's please don't never always"
)
"""Words that make an order of a sentence about "you"."""
DANGLING = word_set("a an and as at because but by for from if my of or so than that the their to when which with your")
"""Words that no line ends in."""
DENYING = word_set("not no never nobody nothing none without cannot hardly")
TENDER = word_set(
    """
    abuse abused abusive anxiety burnout burned-out burnt-out crying depressed depression die died divorce dying
    funeral grieving harass harassed harassing harassment hopeless miscarriage overdose panic panicking rape raped
    self-harm sobbing suicidal suicide therapist therapy threatened worthless
    """
)
"""Where these are said, somebody may be hurting: that is for people, and not for a model."""
UNKIND = TENDER | word_set(
    """
    arse arsehole ass asshole bastard bitch bloody bollocks bullshit crap cunt damn dick dumb fail failed failing
    failure fired fraud fuck fucked fucking hell idiot idiots incompetent kill killed lazy loser moron piss pissed
    procrastinated racist redundancy rubbish sexist shit shitty slut stupid suck sucks terrible twat ugly useless weak
    whore wtf
    """
)
"""Never in words of a model's making, whoever wrote them first."""
GENERAL = word_set(
    """
    about again also around away before best being better call could does doing done easier easily every first from
    going have help here into just know like make making many maybe mean more most move much need next only other
    over really right say same should some sooner start still sure take tell than that their them then there this thing
    things
    think time today tomorrow until very want way well were what when where which while will with work would year you
    your
    """
)
"""Words that say nothing about what a question is about."""
_PLAIN_MARKS = frozenset(" .,?'’-–—:;()\"“”„%€$£&/+")
_ADDRESS = re.compile(r"\w\.[^\W\d_]{2,}|://|\bwww\b|:[a-z0-9_+-]+:|@|#", re.IGNORECASE)
_ADDRESS_IS_FINE = re.compile(r"\b(?:e\.g|i\.e|a\.m|p\.m)\b", re.IGNORECASE)


def tender(text: str) -> bool:
    """Whether words are said that people, and not a model, should answer."""
    return not TENDER.isdisjoint(words(text))


def unkind(text: str) -> bool:
    """Whether a line holds a word that would hurt or offend."""
    return not UNKIND.isdisjoint(words(text))


def marked_up(text: str) -> bool:
    """Whether a text holds more than plain words: a mention, a link, markup, an emoji, a character nobody sees."""
    plain = all(
        unicodedata.category(each)[0] == "L" or unicodedata.category(each) in ("Nd", "Mn") or each in _PLAIN_MARKS
        for each in text
    )
    return not plain or bool(_ADDRESS.search(_ADDRESS_IS_FINE.sub("", text)))


def question_fault(question: str, heard: Heard) -> FellBack | None:
    """What forbids putting the question to the rep now.

    It must take up a word of the message or of the rep's focus: the bank has better general questions, and small
    models repeat the examples that they were shown.
    """
    if marked_up(question):
        return FellBack.MARKUP
    known = [heard.text, heard.question, heard.focus or "", *heard.said]
    if len(question) > QUESTION_LIMIT or not question.endswith("?") or unkind(question) or faults(question, known):
        return FellBack.BAD_QUESTION
    if any(_same_question(question, asked) for asked in (heard.question, *heard.earlier)):
        return FellBack.REPEATED_QUESTION
    taken_up = _things(question) & (_things(heard.text) | _things(heard.focus or ""))
    return None if taken_up else FellBack.BAD_QUESTION


def _things(text: str) -> set[str]:
    """The words that a text is about, one and many alike."""
    about = (word for word in words(text) if len(word) > 3 and word not in GENERAL and not word.endswith("ly"))
    return {word.removesuffix("'s").removesuffix("s") for word in about}


def _same_question(one: str, other: str) -> bool:
    said, before = set(words(one)) - TURNING, set(words(other)) - TURNING
    return bool(said) and (said <= before or (len(said) > 3 and len(said - before) <= 1 and len(before - said) <= 1))


def reflection_fault(reflection: str, heard: Heard) -> FellBack | None:
    """What forbids saying the line back to the rep.

    It must be words of the message, in their order, turned to "you" and nothing more: no question, no order, no
    promise, nothing denied that was not and nothing left standing that was denied, and not the whole message again.
    """
    if marked_up(reflection):
        return FellBack.MARKUP
    line = words(reflection)
    fits = FEWEST_WORDS <= len(line) <= MOST_WORDS and len(reflection) <= LONGEST_REFLECTION and "?" not in reflection
    if (
        not fits
        or line[-1] in DANGLING
        or not FOREIGN.isdisjoint(line)
        or _orders(line)
        or not TURNED.isdisjoint(line)
        or unkind(reflection)
    ):
        return FellBack.BAD_REFLECTION
    if line == words(heard.text) or not _tells_of(line, words(heard.text)):
        return FellBack.BAD_REFLECTION
    return None


def _orders(line: Sequence[str]) -> bool:
    first = line[0]
    imperative = first in IMPERATIVES or (is_verb(first) and first not in NOUNISH)
    return imperative or not PRESSING.isdisjoint(line)


def _tells_of(line: Sequence[str], said: Sequence[str]) -> bool:
    """Whether the line is made of what was said, in that order."""
    rest = iter(said)
    carried = [word for word in line if word not in TURNING]
    if not carried or not all(word in rest for word in carried):
        return False
    return _denied(line) == _denied(said)


def _denied(line: Sequence[str]) -> int:
    return sum(word in DENYING or word.endswith("n't") for word in line)


def words(text: str) -> list[str]:
    """The words of a text, for comparing: in small letters, without the marks around them."""
    plain = text.casefold().replace("’", "'")
    return [word for each in plain.split() if (word := each.strip(".,;:?!'\"()-–—“”„"))]
