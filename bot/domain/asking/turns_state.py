"""Shapes that ask for yes or no about what somebody has, knows or is; `turns` says how an entry is read.

An entry for a special case stands before the general one it is taken from.
"""

from __future__ import annotations

_GOING = (
    r"(?:going|planning|intending|hoping|aiming|expecting|willing|happy|able|about|supposed|looking"
    r"|determined|due"
    r"|prepared|free|in a position|on track|likely|sure|set|ready|confident you are going) to"
)
_THINGS = (
    r"(?:plan|goal|aim|strategy|agenda|priority|next step|idea|approach|objective|focus|preference"
    r"|target list|script|opening line|question)"
)
_TALKS = r"(?:meeting|call|demo|appointment|visit|conversation|chat|presentation|review|session|workshop|hour|slot)"
_TROUBLE = (
    r"(?:blockers?|obstacles?|problems?|issues?|challenges?|hurdles?|roadblocks?|impediments?"
    r"|difficult(?:y|ies)|trouble|red flags|showstoppers?|bottlenecks?)"
)
_HELP = r"(?:any |some |more |my |a |our )?(?:help|support|hand|assistance|backup|guidance|coaching)"
_ADV = r"(?:already |ever |still |even |really |just |now |currently |also |both )?"

TIME = (
    (r"^have you got (?:the |some |any |enough )?time to (?P<vp>.+)$", "How will you make time to <vp|base>?"),
    (
        (
            r"^(?:do|will|would) you (?:have|get|find|make) (?:the |some |any |enough )?time (?:today "
            r"|this week |tomorrow )?to (?P<vp>.+)$"
        ),
        "How will you make time to <vp|base>?",
    ),
    (
        r"^(?:do|will|would) you (?:have|get|find|make) (?:the |some |any |enough )?time for (?P<x>.+)$",
        "How will you make time for <x>?",
    ),
    (
        (
            r"^(?:did|have) you (?:get|got|had|have|find|found|make|made) (?:the |some |any |a |an |enough )?(?:time"
            r"|chance|opportunity|moment|minute) to (?P<vp>.+)$"
        ),
        "How did you get on with <vp|base|doing>?",
    ),
    (
        r"^did you (?:manage|get round|get around|get|remember|try|decide) to (?P<vp>.+)$",
        "How did you get on with <vp|base|doing>?",
    ),
    (
        r"^(?:were you able|have you been able|have you managed|did you end up) (?:to )?(?P<vp>.+)$",
        "How did you get on with <vp|base|doing>?",
    ),
)

HAVING = (
    (
        (
            rf"^(?:do you have|have you got|is there|did you make|have you made|have you|you have|got) (?:already "
            rf")?(?:got )?(?:a |an |any |the |your )?(?P<adj>clear |good |solid |detailed |)(?P<n>{_THINGS})"
            rf"(?P<rest>(?:,? (?:for|to|with|about|on|in|of|at|today|this|how)\b.*)?)$"
        ),
        "What is your <n><rest>?",
    ),
    (
        (
            rf"^(?:do you have|have you got|is there|are there|did you make|have you made|have you|you have"
            rf"|got) (?:already )?(?:got )?(?:any |some |the |your |more )?(?P<n>(?:{_THINGS}|priorit"
            rf"|strateg)(?:s|ies))(?P<rest>(?: (?:for|to|with|about|on|in|of|at|today|this)\b.*)?)$"
        ),
        "What <n> do you have<rest>?",
    ),
    (
        (
            r"^(?:do you have|have you got|any|got) (?:any |some )?(?P<n>ideas?|thoughts?|questions?"
            r"|plans?|options?|concerns?|worries|doubts?|wishes)(?P<rest>(?: (?:for|to|with|about|on"
            r"|in|of|at|today|this|how)\b.*)?)$"
        ),
        "What <n|plural> do you have<rest>?",
    ),
    (
        (
            rf"^(?:do you have|have you got|are there|is there|do you see|any|got|are you (?:having|facing"
            rf"|seeing)|having|facing) (?:any |some |a |an )?(?:big |other |real )?{_TROUBLE} (?:with"
            rf"|on|at|in|around) (?P<x>.+)$"
        ),
        "What stands in your way with <x>?",
    ),
    (
        (
            rf"^(?:do you have|have you got|are there|is there|do you see|any|got|are you (?:having|facing"
            rf"|seeing)|having|facing) (?:any |some |a |an )?(?:big |other |real )?{_TROUBLE}\b.*$"
        ),
        "What stands in your way?",
    ),
    (
        (
            rf"^(?:do you have|have you got|is there|you have|got|any) (?:a |an |any |the |your |another )?"
            rf"(?P<x>(?:[\w-]+ ){{0,2}}?{_TALKS}s?\b"
            r"(?: (?:with|at|about|on|today|tomorrow|this|next|booked|planned|scheduled)\b.*)?)$"
        ),
        "How will you use your <x>?",
    ),
    (r"^do you have (?:a|any) (?:good|bad|gut) feeling (?:about|with|on) (?P<x>.+)$", "How do you feel about <x>?"),
    (
        (
            r"^(?:do you have|have you got|did you get) (?:everything|all|what) (?:that )?you need(?P<rest>(?: "
            r"(?:for|to)\b.*)?)$"
        ),
        "What else do you need<rest>?",
    ),
    (
        (
            r"^(?:do you see|are there|is there) (?:any |an |a |other |some )*(?P<n>chances?|opportunit(?:y"
            r"|ies)|risks?|options?|openings?)(?P<rest>(?: (?:for|to|with|in|on|at)\b.*)?)$"
        ),
        "What <n|plural> do you see<rest>?",
    ),
    (
        (
            rf"^(?:do|did|will|would|are) you (?:need|want|like|like to have|looking for) {_HELP} (?:with"
            rf"|on|for|in) (?P<x>.+)$"
        ),
        "What would help you with <x>?",
    ),
    (rf"^(?:need|want) {_HELP} (?:with|on|for|in) (?P<x>.+)$", "What would help you with <x>?"),
    (
        rf"^(?:do|did|will|would) you (?:need|want|like) {_HELP} (?:to )?(?P<vp>\w+ .+)$",
        "What would help you <vp|base>?",
    ),
    (
        rf"^(?:(?:do|did|will|would) you )?(?:need|want|like) (?:{_HELP}|anything|something)\b.*$",
        "What would help you most right now?",
    ),
)

KNOWING = (
    (r"^(?:do|did) you (?:already )?(?:know|understand|see|have an idea) how to (?P<vp>.+)$", "How will you <vp|go>?"),
    (
        r"^(?:do|did) you (?:already )?know (?P<q>(?:what|who|whom|which \w+|where|when) to (?P<vp>\w+.*))$",
        "How will you decide <q>?",
    ),
    (
        (
            r"^(?:do|did|are) you (?:already )?(?:know|understand|see|clear on|clear about|aware of|sure about"
            r"|have an idea) (?P<q>(?:who|what|which|where|when|why|how) .+)$"
        ),
        "How will you find out <q>?",
    ),
    (
        r"^(?:do|did|are) you (?:already )?(?:know|sure|aware|certain) (?:if|whether|that) (?P<q>.+)$",
        "How will you find out whether <q>?",
    ),
    (
        r"^(?:do|did) you (?:already )?know (?P<x>(?:the|your|their|any|a|our) .+|(?-i:[A-Z])[\w-]+.*)$",
        "How will you get to know <x>?",
    ),
    (
        (
            r"^(?:have|did) you (?:already )?(?:found out|find out|figured out|figure out|worked out"
            r"|work out|asked(?: them)?|ask(?: them)?) (?P<q>(?:who|what|which|where|when|why|how|if"
            r"|whether) .+)$"
        ),
        "How will you find out <q>?",
    ),
    (
        (
            r"^(?:have|did) you (?:already )?(?:decided|decide|chosen|choose|thought about|thought through"
            r"|think about|figured out) (?P<q>(?:who|what|which|where|when|how|whom) .+)$"
        ),
        "How will you decide <q>?",
    ),
)

BEING = (
    (
        (
            r"^(?:will you|are you) (?:go|going(?= to the| to your)|attend|attending|join|joining|be at)(?: to)? "
            r"(?P<x>(?:the|your|that|this) .+)$"
        ),
        "How will you make the most of <x>?",
    ),
    (
        r"^(?:will you|are you) (?:meet|meeting|see|seeing|visit|visiting)(?: with)? (?P<x>(?!any).+)$",
        "How will you use your time with <x>?",
    ),
    (
        (
            r"^(?:are you|do you feel|you are|feeling|do you think you are) (?:all |fully |really |well "
            r"|already )?(?:ready|prepared|set|good to go) (?P<x>(?:for|to|with) .+)$"
        ),
        "How are you getting ready <x>?",
    ),
    (
        r"^will you be (?:all |fully |really |well )?(?:ready|prepared|set) (?P<x>(?:for|to|by|with) .+)$",
        "How will you get ready <x>?",
    ),
    (r"^(?:all |fully )?(?:ready|prepared|set) (?P<x>(?:for|to) .+)$", "How are you getting ready <x>?"),
    (r"^(?:are you |feeling )?(?:all )?(?:ready|prepared)(?P<when>(?: today)?)$", "How are you getting ready<when>?"),
    (
        (
            rf"^(?:are you|you are|were you|will you be|are you still|are you also) (?:really |still "
            rf"|also )?{_GOING} (?P<vp>.+ or .+)$"
        ),
        "How will you decide whether to <vp|base>?",
    ),
    (
        (
            rf"^(?:are you|you are|will you be|are you still|are you also) (?:really |still |also |now )?{_GOING} "
            rf"(?P<vp>.+)$"
        ),
        "How will you <vp|go>?",
    ),
    (r"^(?:going|planning|gonna|about|happy|able) to (?P<vp>.+)$", "How will you <vp|go>?"),
    (
        (
            rf"^(?:are you|you are) {_ADV}(?:struggling|stuck|having (?:\w+ )?(?:trouble|problems|difficult(?:y"
            rf"|ies)|issues)|overwhelmed|finding it hard|worried)(?: (?:with|on|about|by|in) (?P<x>.+))$"
        ),
        "What would help you with <x>?",
    ),
    (
        rf"^(?:are you|you are) {_ADV}(?:struggling|stuck|overwhelmed|worried|stressed|blocked)\b",
        "What would help you most right now?",
    ),
    (
        (
            rf"^(?:are you|you are) {_ADV}(?:making (?:\w+ )?progress|getting anywhere|on top|on track"
            rf"|done|finished|up to date|ahead|far along|through|late) (?:with|on|of|in) (?P<x>.+)$"
        ),
        "What is your next step with <x>?",
    ),
    (
        rf"^(?:are you|you are) {_ADV}waiting (?:for|on) (?P<x>(?-i:[A-Z])[\w-]+|(?:the|your) [\w-]+)\b.*$",
        "What is your next step with <x>?",
    ),
    (r"^are you aware of (?P<x>.+)$", "What do you know about <x>?"),
    (r"^were you (?:happy|satisfied|pleased|ok) with (?P<x>(?:the|your|that|this) .+)$", "How did <x> go?"),
    (rf"^(?:are you|you are) {_ADV}working on (?P<x>.+)$", "How are you getting on with <x>?"),
    (rf"^(?:are you|you are) {_ADV}looking forward to (?P<x>.+)$", "What are you looking forward to in <x|named>?"),
    (
        (
            rf"^(?:are you|you are) {_ADV}(?:happy|satisfied|pleased|comfortable|ok|okay|fine) (?:with"
            rf"|about) (?P<x>.+)$"
        ),
        "What would you like to change about <x|named>?",
    ),
    (
        (
            rf"^(?:are you|you are|do you feel|are you feeling) {_ADV}(?:confident|sure|certain|optimistic"
            rf"|good) (?:about|of|with|in|on) (?P<x>.+)$"
        ),
        "What would make you more confident about <x>?",
    ),
    (
        (
            rf"^(?:are you|you are|do you feel|are you feeling) {_ADV}(?:confident|sure|certain|optimistic)(?: "
            rf"that)? you (?:will|can|could|are going to) (?P<vp>.+)$"
        ),
        "How will you <vp|go>?",
    ),
    (
        rf"^(?:are you|you are|were you|will you be) {_ADV}(?P<vp>\w+ing\b.* or .+)$",
        "How will you decide whether to <vp|from_ing>?",
    ),
    (rf"^(?:are you|you are) {_ADV}(?P<vp>using .+)$", "How are you <vp>?"),
    (rf"^(?:are you|you are|will you be) {_ADV}(?P<vp>\w+ing\b.*)$", "How will you <vp|from_ing|go>?"),
    (r"^were you (?P<vp>\w+ing\b.*)$", "How did you get on with <vp|from_ing|doing>?"),
    (r"^(?P<vp>\w+ing (?:the|your|a|an|(?-i:[A-Z])).*)$", "How will you <vp|from_ing|go>?"),
    (r"^(?:(?:are you|you) )?(?:doing )?(?:ok|okay|well|fine|alright|good)(?: today)?$", "What is on your mind today?"),
    (
        (
            r"^(?:is )?(?:everything|all|it|things) (?:is |going )?(?:still )?(?:ok|okay|well|fine|alright"
            r"|good|on track|under control|going well|smoothly)\b.*$"
        ),
        "What is on your mind today?",
    ),
)
