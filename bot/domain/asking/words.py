"""The small words of English by which `form` sees how a sentence asks.

Everything here matches text made plain first: lower case, straight apostrophes, contractions written out
("what's" is "what is"), quoted words removed.
"""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


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
# What sharpens a "how" without asking for a degree: "how exactly will you", "how else could you".
MANNERS = _words(
    """exactly specifically precisely concretely actually practically differently really only else best so about come
    to then now today tomorrow instead in on at with from after before otherwise ever not also again typically usually
    normally currently personally generally ideally just"""
)

# "How is Acme", "how are the numbers": nothing is asked but how it is.
HOW_IS = (
    r"how (?:is|are) (?!.*\b\w{3,}ing\b)(?!you (?!all$|today$|doing$)|they \w|it \w|we \w|i \w|that \w"
    r"|this \w+ing)(?:[\w&.-]+ ){0,3}?"
    r"(?!\w{2,}(?:ing|ed)$|so$|made$|done$|run$|set$|sold$|paid$|built$|kept$|possible$|different$|found$|chosen$"
    r"|better$)[\w&.-]+"
)

# What may stand before a question word without changing the question.
_GREETED = r"(?:hi|hey|hello|(?:good )?morning) \w+ (?=(?:how|what|who|which|where|when|why|will|can|do|did|are)\b)"
_FILLERS = (
    r"and|but|or|so|then|now|ok|okay|well|right|great|good|nice|thanks|alright|please|also|plus|yes|no|hm+|oh"
    r"|ah|actually|honestly|today|tomorrow|yesterday|this (?:morning|afternoon|week)|morning|hi|hey|hello|next"
    r"|finally|exactly|if so|in that case|roughly|first|just|quick question|one question|question|quickly|basically"
    r"|going forward|in your view|in your opinion|from your (?:side|point of view)|for you|out of curiosity|mate|bro"
    r"|dear|sir|madam|team|guys|fine|cool|perfect|lovely|brilliant|super|sure|i see|got it|fair enough|makes sense"
)
LEAD_IN = re.compile(rf"(?:(?:{_GREETED})|(?:{_FILLERS}) )+")

# Completes one commitment and is no second question: "What one action will you take today, and by when?"
COMPLETION = re.compile(
    r"(?<=\w)(?:,? and | [-–—]+ (?:and )?|, )"
    r"(?:(?:by|at|until) (?:when|what time)|when(?: today)?|(?:with|about|from|for|to) (?:whom|what|who)"
    r"|who with|where)$"
)
PARENTHESIS = re.compile(r",? (?:do|would) you (?:think|reckon|say|believe|suppose|guess)(?=,|$)")
# Said after a comma at the end: "…, isn't it?", "…, right?"
TAG = re.compile(
    r", (?:(?:is|are|do|does|did|have|has|had|was|were|will|would|could|should|can|wo|ca)(?:n't)?"
    r" (?:it|you|they|he|she|that|we|there)|right|yes|yeah|no|na|ok|okay|eh|or"
    r"|correct|agreed|deal|true|huh|innit|or what|you know|is it)$"
)

# A time, which may be hung on a question without answering it.
WHEN = re.compile(
    r"\b(?:today|tomorrow|tonight|now|morning|afternoon|evening|noon|lunch|day|week|month|hour|minutes?|moment|time"
    r"|once"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|\d+|end|first|next|last|one|when|while|after|before|if)\b"
)

# A sentence that opens with one of these and is no question is an order.
IMPERATIVES = _words(
    """call ring phone email mail send write ask visit book set try start stop use focus make get go do
    consider don't never always keep follow schedule prepare offer push close begin reach contact
    talk speak be spend block plan review update check tell show describe explain remind introduce present propose
    give bring take invite dial message text arrange confirm finish complete chase pitch drop skip avoid"""
)

# An order stays one behind these: "maybe just call them".
SOFTENERS = _words("please just so then now first maybe perhaps ok okay and but well simply")

# After these words a full stop ends no sentence.
ABBREVIATIONS = _words("e.g. i.e. dr. mr. mrs. ms. st. vs. a.m. p.m. inc. ltd. co.")
