"""The small words of English by which `form` sees how a sentence asks.

Everything here matches text made plain first: lower case, straight apostrophes, contractions written out
("what's" is "what is"), quoted words removed.
"""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Apostrophes get lost in a hurry, and "u" and "ur" are how people type to each other.
CONTRACTIONS = (
    (r"\b(what|how|who|where|when|that|there)'?s\b", r"\1 is"),
    (r"\b(it|he|she|here)'s\b", r"\1 is"),
    (r"\b(what|how|who|where|when)'d you\b", r"\1 did you"),
    (r"\b(\w+)'ll\b", r"\1 will"),
    (r"\b(you|they)ll\b", r"\1 will"),
    (r"\b(\w+)'re\b", r"\1 are"),
    (r"\b(\w+)'ve\b", r"\1 have"),
    (r"\b(i|you|we|they|he|she|it)'d\b", r"\1 would"),
    (r"\bi'm\b", "i am"),
    (r"\b(do|is|are|was|were|did|does|would|should|could|have|has|had)nt\b", r"\1n't"),
    (r"\b(ca|wo)nt\b", r"\1n't"),
    (r"\bcannot\b", "can't"),
    (r"\bu\b", "you"),
    (r"\bur\b", "your"),
    (r"\bpls\b", "please"),
    (r"\bgonna\b", "going to"),
)

_AUX = _words("am is are was were do does did have has had will would can could shall should may might must")
AUX = _AUX | {f"{word}n't" for word in _AUX} | {"can't", "won't", "shan't"}
WH = _words("how what who whom whose which where when why")
PREPOSITIONS = _words("with by at for in on to from about of through until till into under over")
PRONOUNS = _words("i you we they he she it there this that")
# What follows the question word when it opens a side clause instead: "when you call", "what they said".
SUBJECTS = _words("i you we they he she it this that these those there the a an your our my their his her its to")

# "How" + one of these asks for a number or a degree.
DEGREES = _words(
    """much many often long soon far big large small little likely probable confident sure certain ready happy
    satisfied comfortable hard difficult easy important urgent fast quick slow high low old late early close
    near good bad well strong weak clear committed motivated prepared realistic serious busy keen excited
    worried nervous great deep wide full tough heavy frequent regular successful useful helpful interested
    convinced optimistic pleased proud risky warm hot cold"""
)
# Adverbs that sharpen a "how" without asking for a degree.
MANNERS = _words("exactly specifically precisely concretely actually practically differently really only")

# What may stand before a question word without changing the question.
_GREETED = r"(?:hi|hey|hello|(?:good )?morning) \w+ (?=(?:how|what|who|which|where|when|why|will|can|do|did|are)\b)"
_FILLERS = (
    r"and|but|or|so|then|now|ok|okay|well|right|great|good|nice|thanks|alright|please|also|plus|yes|no|hm+|oh"
    r"|ah|actually|honestly|today|tomorrow|yesterday|this (?:morning|afternoon|week)|morning|hi|hey|hello|next"
    r"|finally|exactly|if so|in that case"
)
LEAD_IN = re.compile(rf"(?:(?:{_GREETED})|(?:{_FILLERS}) )+")

_TELL = "|".join(
    (
        r"tell (?:me|us)\b",
        r"(?:walk|talk|take|run) (?:me|us) through\b",
        r"talk to (?:me|us) about\b",
        r"let (?:me|us) know (?:how|what|which|where|who) you\b",
        r"show (?:me|us) (?:how|what|where)\b",
        r"give (?:me|us) (?:a (?:picture|sense|feel)|an (?:idea|example)|your (?:take|view))\b",
        r"help (?:me|us) (?:understand|see|picture)\b",
        r"say (?:a (?:bit|little) )?more\b",
        r"describe\b",
        r"share (?:with (?:me|us)|what|how|which|where|one|a|your)\b",
        r"explain (?:to me |to us )?(?:how|what|which|your)\b",
        r"name (?:one|a|the one)\b",
        r"think aloud\b",
    )
)
_MAY_I = r"(?:(?:can|could|may|might) i|(?:do you )?mind if i) ask\b(?! (?:you )?(?:something|a question))"
# An open question in the shape of an order: "Walk me through …", "I wonder how …".
INVITATION = re.compile(
    rf"(?:please |just )?(?:{_TELL}|{_MAY_I}|i wonder\b|i am (?:curious|wondering|interested)\b"
    r"|i would (?:love|like) to (?:hear|know|understand|learn)\b|let me ask\b)"
)
# Closed in form and open to everyone who hears it: "Could you walk me through …?"
POLITE = re.compile(
    rf"(?:could|can|would|will) you (?:please |perhaps |maybe |just )?(?:{_TELL})"
    r"|(?:would|do) you (?:like to|mind|care to) (?:tell|walk|shar|describ|explain|say)"
)
# Said before the question, asking nothing themselves: "Tell me, how …".
BARE_INVITATION = re.compile(
    r"(?:please )?(?:tell (?:me|us)|i wonder|i am (?:curious|wondering)|let me ask(?: you)?"
    r"|help me understand|(?:can|could|may) i ask|(?:can|could) you tell me)"
)
# Completes one commitment and is no second question: "What one action will you take today, and by when?"
COMPLETION = re.compile(
    r"(?<=\w)(?:,? and | [-–—]+ (?:and )?|, )"
    r"(?:(?:by|at|until) (?:when|what time)|when(?: today)?|with whom|who with|with who|where)$"
)
PARENTHESIS = re.compile(r",? (?:do|would) you (?:think|reckon|say|believe|suppose|guess)(?=,|$)")
# Said after a comma at the end: "…, isn't it?", "…, right?"
TAG = re.compile(
    r", (?:(?:is|are|do|does|did|have|has|had|was|were|will|would|could|should|can|wo|ca)(?:n't)?"
    r" (?:it|you|they|he|she|that|we|there)|right|yes|no|ok|okay|eh|correct|agreed|deal|true|huh)$"
)

# A sentence that opens with one of these and is no question is an order.
IMPERATIVES = _words(
    """call ring phone email mail send write ask visit book set try start stop use focus make get go do
    consider don't never always keep follow schedule prepare offer push close begin reach contact
    talk speak be spend block plan review update check"""
)

# An order stays one behind these: "maybe just call them".
SOFTENERS = _words("please just so then now first maybe perhaps ok okay and but well simply")

# After these words a full stop ends no sentence.
ABBREVIATIONS = _words("e.g. i.e. dr. mr. mrs. ms. st. vs. a.m. p.m. inc. ltd. co.")
