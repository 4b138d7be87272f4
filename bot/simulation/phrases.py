"""What people write: a spread of texts, from the clear to the useless. Only `YES` agrees to anything."""

from __future__ import annotations

from random import Random

YES = ("yes", "yes please", "ok", "Yes, let's do it", "sure", "yep")
NO = ("no", "not today", "skip today please", "nope, not today")
LATER = ("later", "maybe later", "can we do this tomorrow", "ask me in an hour")
VAGUE = (
    "I'll try to do more prospecting",
    "hmm, not sure, the usual I guess",
    "pipeline is thin and people don't answer the phone",
    "the buyer goes quiet after every demo",
    "good news, Kessler wants a second meeting",
    "honestly I don't know where to begin",
)
PROMISE = (
    "I'll call Anna at {time}",
    "call three clinics by {time}",
    "send the offer to Weber by {time}",
    "I will write the agenda for the review until {time}",
    "ring Mr Roux at {time} about the price",
    "tomorrow at 10 I'll visit the Dassin site",
    "email Priya the two dates before {time}",
)
NO_TIME = ("call Anna back", "write to the purchasing lady", "I'll prepare the demo for Vela")
SEVERAL = (
    "call Anna, write to Ben and visit Kessler",
    "I'll send the offer by {time} and then call Marta and book the room",
)
TIMES = ("{time}", "at {time}", "by {time}", "before lunch", "end of day", "tomorrow 9:30", "in two hours")
HELP = ("I need help with this", "could somebody look over the offer with me", "help")
GIBBERISH = ("asdkjh qwe", "???", "!!!", "42", "🙂", "…", "<@U0R01> knows", "*bold* _it_ `code` <https://a.example|a>")
QUESTION = ("who sees this?", "why do you ask?", "what do you mean?")
OUTCOME = ("done", "partly", "didn't get to it", "done, she said yes", "moved to {time}", "half of it", "dropped it")
LEARNED = ("I had prepared the questions", "called before nine, that helped", "would ring earlier next time")
STOP = ("stop messaging me", "please stop")
CHANGE = ("make it {time}", "no, I'll call Ben at {time} instead", "change it to {time}")
LONG = ("The story is long. " * 110)[:2000]

ALL = (VAGUE, VAGUE, PROMISE, PROMISE, PROMISE, NO_TIME, SEVERAL, HELP, NO, LATER, GIBBERISH, QUESTION, OUTCOME, YES)


def any_text(random: Random) -> str:
    """Something, whatever was asked."""
    if random.random() < 0.02:
        return LONG
    return filled(random, random.choice(ALL))


def filled(random: Random, texts: tuple[str, ...]) -> str:
    """One of the texts, with a clock time in it."""
    hour, minute = random.choice((9, 10, 11, 12, 13, 14, 15, 16, 17, 18)), random.choice(("00", "00", "15", "30"))
    return random.choice(texts).format(time=f"{hour}:{minute}")


def fitting(random: Random, last: str) -> str:
    """An answer that more or less fits what was said last."""
    drawn = random.random()
    if drawn < 0.2:
        return any_text(random)
    if drawn < 0.215:
        return random.choice(STOP)
    if "Shall this be your commitment?" in last:
        return filled(random, random.choice((YES, YES, YES, CHANGE, NO)))
    if "By when will you have done it?" in last:
        return filled(random, TIMES)
    if "How did" in last and "go?" in last:
        return filled(random, OUTCOME)
    if "between us" in last:
        return random.choice(LEARNED)
    return filled(random, random.choice((PROMISE, PROMISE, VAGUE, NO_TIME, SEVERAL)))
