"""What is said around a question: invitations that ask without a question mark, and politeness that asks nothing.

Everything here matches text made plain by `form.plain`.
"""

from __future__ import annotations

import re

_ME = r"(?:me|us)"
_HEARING = r"(?:hear|know|understand|learn|see|find out|listen to)"
_TELL = "|".join(
    (
        rf"tell {_ME}\b",
        rf"(?:walk|talk|take|run|bring|guide|lead) {_ME} (?:through|along)\b",
        rf"talk to {_ME} about\b",
        rf"let {_ME} (?:know|hear|see) (?:how|what|which|where|who|about|a bit)\b",
        rf"show {_ME} (?:how|what|where|your)\b",
        rf"(?:teach|remind|explain to|describe to) {_ME}\b",
        (
            rf"give {_ME} (?:an? (?:\w+ )?(?:picture|sense|feel|feeling|flavou?r|taste|glimpse|idea|example|instance"
            rf"|overview)"
            r"|some (?:examples|colou?r|background|context)|your (?:take|view|thoughts|thinking))\b"
        ),
        rf"(?:paint|draw) (?:{_ME} )?(?:a|the) (?:\w+ )?picture\b",
        rf"help {_ME} (?:to )?(?:understand|see|picture|imagine|follow|learn)\b",
        r"(?:say|share|tell) (?:an? (?:bit|little|few) )?(?:more|words)\b",
        r"(?:elaborate|expand)\b|(?:outline|sketch|spell out|unpack) (?:how|what|which|your|the)\b",
        r"describe\b",
        (
            rf"share (?:with {_ME}|what|how|which|where|who|one|an? (?!case|deck|link|file|doc)|your (?:plan|thoughts"
            rf"|thinking"
            r"|view|take|idea|ideas|approach|experience|learnings?))\b"
        ),
        rf"explain {_ME} (?:how|what|which|your|where|who|about)\b",
        r"explain (?:how|what|which|your|where|who)\b",
        r"name (?:one|a|the one|the)\b",
        r"(?:think aloud|think out loud)\b|(?:go on|keep going|carry on)$",
        rf"let (?:{_ME} |us )?hear\b|let'?s hear\b",
    )
)
_ASK = r"(?:ask|know|hear|learn)"
_MAY_I = (
    rf"(?:(?:can|could|may|might) i (?:please |just |perhaps )?{_ASK}|(?:do |would )?(?:you )?mind if i {_ASK}(?:ed)?"
    rf"|is it (?:ok|okay|fine|all right) if i {_ASK}|i (?:just )?(?:want|wanted) to ask)"
    r"\b(?! (?:you )?(?:something|a question))"
)
_CURIOUS = (
    r"i wonder\b|(?:i am |i was |just |very |really )*(?:curious|wondering|interested|keen|eager|happy|excited"
    r"|glad)\b"
    rf"(?: to {_HEARING}\b)?|(?:i )?(?:would |will |do )?(?:really )?(?:love|like|want) to {_HEARING}\b(?! you\b)"
    rf"|(?:i am )?looking forward to {_HEARING.replace('hear', 'hearing', 1)}\b|let me ask\b"
)
# An open question in the shape of an order or a wish: "Walk me through …", "Curious how …".
INVITATION = re.compile(rf"(?:please |just |kindly |do |so |and )*(?:{_TELL}|{_MAY_I}|{_CURIOUS})")

_TELLING = "tell|walk|talk|take|run|shar|describ|explain|say|show|elaborat|expand|giv|help|paint|outlin"
_SOFTLY = r"(?:please |perhaps |maybe |just |kindly |briefly |quickly )*"
# Closed in form and open to everyone who hears it: "Could you walk me through …?"
POLITE = re.compile(
    rf"(?:could|can|would|will) you {_SOFTLY}(?:{_TELL})"
    rf"|(?:would|do|could|can|are|will)? ?(?:you )?{_SOFTLY}"
    rf"(?:like to|mind|care to|want to|wish to|fancy|be (?:willing|able|happy|open|so kind as) to|(?:able|willing"
    rf"|happy) to)"
    rf" {_SOFTLY}(?:{_TELL}|(?:tell|walk|talk|tak|runn?|show|giv|help)ing {_ME}|(?:shar|describ|explain|elaborat)ing)"
    rf"|(?:any chance|(?:is|would) it (?:be )?(?:possible|ok|okay)(?: that| if)?) you (?:(?:could|can|would) )?"
    rf"{_SOFTLY}(?:{_TELL})"
    rf"|(?:is|would) it (?:be )?possible (?:for you )?to {_SOFTLY}(?:{_TELL})"
)
# Said before the question, asking nothing themselves: "Tell me, how …", "I'm curious. How …"
BARE_INVITATION = re.compile(
    rf"(?:please |so |and |just |do )*(?:tell me|tell us|go on|keep going|i wonder|(?:i am )?(?:curious|wondering"
    rf"|interested)"
    rf"|let me ask(?: you)?(?: this)?|help {_ME} (?:to )?understand|(?:can|could|may) i ask(?: you)?"
    r"|(?:can|could) you tell me|(?:can|could|may) i ask(?: you)? (?:something|a question|one thing)"
    r"|i would (?:love|like) to"
    r" (?:know|hear|understand))"
)
# An invitation whose words are for someone else is an order: "Describe the benefits to her", "Share it with them".
FOR_ANOTHER = re.compile(
    r"(?:to|with|for) (?:him|her|them|(?:the|your|this|that) (?:\w+ )?(?:customers?|clients?|buyers?|team|board|owner"
    r"|prospects?|manager|director|colleagues?|cfo|ceo|cto|cio|everyone))(?: (?:today|now|first|before \w+))?(?=,|$)"
)
# Small openings that ask for more.
PROBE = re.compile(
    r"(?:and |so |ok )?(?:and then|then|after that|such as|like (?:what|who|which)|meaning|for example|for instance"
    r"|in what way|go on|keep going|carry on|about what|from whom|with whom|and)"
)
