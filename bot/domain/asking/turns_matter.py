"""Shapes that ask for yes or no about a thing, a customer or anything at all; `turns` says how an entry is read.

An entry for a special case stands before the general one it is taken from.
"""

from __future__ import annotations

_TALKS = r"(?:meeting|call|demo|appointment|visit|conversation|chat|presentation|review|session|workshop|hour|slot)"
_TROUBLE = (
    r"(?:blockers?|obstacles?|problems?|issues?|challenges?|hurdles?|roadblocks?|impediments?"
    r"|difficult(?:y|ies)|trouble|red flags|showstoppers?|bottlenecks?)"
)
_DET = r"(?:the|your|their|his|her|our|this|that|my)"
_DONE = (
    r"(?:all )?(?:ready|done|finished|sent(?: out)?|updated|up to date|in place|booked|complete"
    r"|completed|prepared|out|written|set up|fixed)"
)
_WHO = (
    rf"(?P<x>(?-i:[A-Z][\w&.-]*(?: [A-Z][\w&.-]*)*)|{_DET} (?:[\w&-]+ )??(?:customer|client|buyer"
    rf"|prospect|lead|board|decision maker|champion|account|company|team|contact|gatekeeper))"
)

ABOUT_IT = (
    (
        (
            r"^(?:is there )?(?:anything|something|anybody|anyone|somebody|what) (?:that is |that |else )?(?:in "
            r"your way|block\w*|stop\w*|hold\w*|keep\w*|prevent\w*|hinder\w*|slow\w*|standing|stands"
            r"|bother\w*)\b.*$"
        ),
        "What stands in your way?",
    ),
    (
        (
            r"^(?:is there )?(?:anything|something) (?:else )?(?:that )?(?:i|we|you need|you would need"
            r"|you want from)\b.*$"
        ),
        "What would help you most right now?",
    ),
    (
        (
            r"^(?:is there )?(?:anything|something) (?:else )?(?:you (?:would like|want|need) to|worth) (?:talk\w*"
            r"|discuss\w*|shar\w*|rais\w*)\b.*$"
        ),
        "What would you like to talk about?",
    ),
    (r"^(?:is there |are there )?(?:anything|something) else\b.*$", "What else?"),
    (
        (
            r"^(?:is there )?(?:anybody|anyone|somebody|someone) (?:else )?(?:who|that) (?:can|could"
            r"|might|will) (?P<rest>.+)$"
        ),
        "Who could <rest>?",
    ),
    (
        (
            r"^(?:are|is) there (?:any|an|a|some|other) (?P<n>[\w-]+(?: [\w-]+)?) (?:who |that )?you (?:could"
            r"|can|might|would like to|want to|should) (?P<vp>.+)$"
        ),
        "Which <n> could you <vp|base>?",
    ),
    (
        (
            rf"^(?:were|was) there (?:any |a |an |some )?{_TROUBLE} (?:with|in|at|on|during) (?P<x>(?:the"
            rf"|your|that|this) .+)$"
        ),
        "How did <x> go?",
    ),
    (rf"^{_TROUBLE}(?: today)?$", "What stands in your way?"),
    (
        (
            rf"^(?:has|have) (?P<x>{_DET} (?:[\w&-]+ ){{0,3}}?[\w&-]+) (?:already |all "
            rf"|now )?been (?P<done>{_DONE})(?P<rest>.*)$"
        ),
        "How will you get <x> <done><rest>?",
    ),
    (
        r"^is there (?:a|any|another|some)(?: \w+)? way (?:for you )?(?:to|you (?:can|could)) (?P<vp>.+)$",
        "How could you <vp|go>?",
    ),
    (
        (
            r"^(?:any|what) (?:news|updates?|progress|movement|word|feedback|response|reply|answer)(?: (?:on"
            r"|from|with|about|at|for) (?P<x>.+))$"
        ),
        "What is your next step with <x|timeless|named>?",
    ),
    (r"^(?:any|what) (?:news|updates?|progress|movement|luck)$", "What is your next step?"),
    (r"^any luck (?:with |reaching |getting )(?P<x>.+)$", "How did you get on with <x|timeless>?"),
    (r"^any wins(?P<rest>(?: (?:today|yesterday|this week|last week))?)$", "What went well<rest>?"),
    (r"^any (?P<x>meetings|calls|demos|visits|appointments)(?P<rest>(?: .*)?)$", "How will you use your <x><rest>?"),
    (
        r"^(?:any )?(?P<x>priorities|next steps|plans)(?P<rest>(?: (?:for|today|this|with).*)?)$",
        "What are your <x|lower><rest>?",
    ),
    (
        r"^(?:main |top )?(?P<x>priority|next step|plan|goal|focus)(?P<rest>(?: (?:for|today|this|with).*)?)$",
        "What is your <x|lower><rest>?",
    ),
    (
        (
            r"^(?P<x>(?:your|today's|this week's) (?:\w+ ){0,2}?(?:plans|priorities|next steps|goals"
            r"|ideas|thoughts)\b.*)$"
        ),
        "What are <x|lower>?",
    ),
    (
        (
            r"^(?P<x>(?:your|today's|this week's) (?:\w+ ){0,2}?(?:plan|priority|next step|goal|focus"
            r"|aim|idea|approach|agenda)\b.*)$"
        ),
        "What is <x|lower>?",
    ),
    (
        (
            rf"^(?:is|are|was|were|will) (?P<x>{_DET} (?:[\w&-]+ ){{0,3}}?[\w&-]+) (?:be |all |now |already "
            rf"|still )*(?P<done>{_DONE})(?P<rest>(?: (?:for|by|to|before|today|tomorrow|this|yet|in|with)\b.*)?)$"
        ),
        "How will you get <x> <done><rest>?",
    ),
    (
        rf"^(?:is|was) {_WHO} (?:the )?(?:right person|decision maker|champion)\b.*$",
        "How will you find out who decides?",
    ),
    (
        rf"^(?:has|have|did|does|do|is|are|was|were|will|would|can|could) {_WHO} .+$",
        "What is your next step with <x|named>?",
    ),
    (
        (
            rf"^(?:did|was|is|has) (?P<x>{_DET} (?:[\w&-]+ ){{0,2}}?{_TALKS}(?: with (?-i:[A-Z])[\w-]+)?) (?:go"
            rf"|gone|been|going)(?: (?:well|ok|okay|as planned|good))?(?P<rest>.*)$"
        ),
        "How did <x> go<rest>?",
    ),
    (
        (
            rf"^(?:was|were) (?P<x>{_DET} (?:[\w&-]+ ){{0,2}}?{_TALKS}(?: with (?-i:[A-Z])[\w-]+)?) (?:good"
            rf"|useful|helpful|successful|ok|productive)\b.*$"
        ),
        "How did <x> go?",
    ),
    (r"^did (?:it|that|everything|things) (?:go|work|work out)\b.*$", "How did it go?"),
)
