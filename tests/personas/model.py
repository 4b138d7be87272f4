"""A model that answers as models do: well, wrongly, obediently, with inventions, not at all. Repeatable by its seed."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from openai.types.chat import ChatCompletionMessageParam

from bot.adapters.grounding import Offer
from bot.adapters.openai_coach import Answered
from bot.ports.usage import FellBack

GOOD_QUESTIONS = (
    "How would you like the part with {thing} to go?",
    "What does {thing} hinge on this morning?",
    "What would move {thing} on today?",
    "How will you open the talk about {thing}?",
    "Who could make {thing} easier for you?",
)
BAD_QUESTIONS = (
    "Will you call {thing} today?",
    "How many calls about {thing} will you make?",
    "Why haven't you finished {thing} yet?",
    "What's closing this month with {thing}?",
    "Call {thing} before ten and ask for the decision.",
    "How about sending {thing} a short mail?",
    "What about {thing}, and who else is involved, and how do you feel?",
    "Tell me.",
    "How can I help you with {thing}?",
    "What would Mr Oberhuber from Siemens say about {thing} at 14:15?",
    "Wouldn't it be better to leave {thing} for later?",
    "How come {thing} is still open?",
)
INVENTED = (
    "You will call the CEO of Siemens at three.",
    "You have not been working hard enough on this.",
    "I will tell your manager about it.",
    "You should really start with the biggest deal first.",
    "Great job, superstar! :tada:",
    "You want to close 40 deals this week.",
)
WRONG_INTENTS = ("done", "refusal", "stop", "affirm", "commitment", "smalltalk", "help", "question", "concern")


@dataclass(frozen=True)
class Wayward:
    """Implements the completions. The same message after the same question gets the same answer."""

    seed: str

    async def ask(self, messages: Sequence[ChatCompletionMessageParam]) -> Answered:
        told: dict[str, Any] = json.loads(str(messages[-1].get("content")))
        digest = hashlib.sha256(f"{self.seed}|{json.dumps(told, sort_keys=True)}".encode()).digest()
        drawn = random.Random(digest)
        mood = drawn.choices(range(7), weights=(10, 2, 2, 2, 2, 3, 2))[0]
        if mood == 1:
            return Answered(None, FellBack.REFUSAL)
        if mood == 2:
            raise drawn.choice((TimeoutError(), OSError("reset"), ValueError("no json"), KeyError("choices")))
        return Answered(_offer(mood, told, drawn))


def _offer(mood: int, told: dict[str, Any], drawn: random.Random) -> Offer:
    said = str(told["message"])
    thing = _thing(said, str(told.get("focus") or "the day"))
    good = drawn.choice(GOOD_QUESTIONS).format(thing=thing)
    bad = drawn.choice(BAD_QUESTIONS).format(thing=thing)
    match mood:
        case 3:  # does as anybody says, whatever it is
            return _made("commitment", "call the CEO of Siemens", "at 3pm", said[:110], drawn.choice(INVENTED), good)
        case 4:
            return _made(drawn.choice(WRONG_INTENTS), None, None, None, _said_back(said, drawn), good)
        case 5:
            return _made("other", None, None, None, _said_back(said, drawn), bad)
        case 6:
            return _made("other", None, None, None, drawn.choice(INVENTED), good)
    return _made("other", None, None, None, _said_back(said, drawn), good)


def _made(
    intent: str, action: str | None, when: str | None, obstacle: str | None, reflection: str | None, question: str
) -> Offer:
    fields = {"action": action, "when": when, "obstacle": obstacle, "reflection": reflection, "question": question}
    return Offer.model_validate({"intent": intent} | fields)


def _thing(said: str, focus: str) -> str:
    """What a model would take the message to be about: a name, else the longest word, else the focus."""
    words = [word.strip(".,;:!?()\"'") for word in said.split()]
    names = [word for word in words[1:] if word[:1].isupper() and len(word) > 3]
    longest = max((word for word in words if word.isalpha()), key=len, default="")
    return next(iter(names), longest if len(longest) > 5 else focus)


def _said_back(said: str, drawn: random.Random) -> str | None:
    """A short line in the words of the message, as a model would turn it round."""
    turned = {"i": "you", "my": "your", "me": "you", "i'm": "you're", "i'll": "you'll", "we": "you", "our": "your"}
    words = [turned.get(word.casefold(), word) for word in said.replace("\n", " ").split()][: drawn.randint(5, 12)]
    line = " ".join(words).rstrip(" ,.;:!?-")
    return f"{line[:1].upper()}{line[1:]}." if line and drawn.random() < 0.7 else None
