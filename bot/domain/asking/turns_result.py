"""Shapes that ask for a number or about a result; `turns` says how an entry is read."""

from __future__ import annotations

_MEET = "meetings?|appointments?|demos?|visits?"

NUMBER = (
    (
        (
            r"^how many (?:\w+ )?(?:new |first |more )?(?P<x>calls|emails|meetings|demos|visits|conversations"
            r"|appointments|proposals|offers)\b.*? (?:did|have) you .*?(?P<when>yesterday|last week|this week"
            r"|today|this morning)?$"
        ),
        "What did you learn from your <x> <when>?",
    ),
    (
        (
            r"^how many (?:\w+ )*?(?:calls|dials|cold calls|prospects|leads|customers|clients|accounts"
            r"|people|contacts|companies)\b.*?(?P<when>today|tomorrow|this week|next week|this morning)?$"
        ),
        "How will you choose whom to call <when>?",
    ),
    (
        (
            r"^how many (?:\w+ )*?(?:emails|mails|messages|linkedin messages)\b.*?(?P<when>today|tomorrow"
            r"|this week|next week|this morning)?$"
        ),
        "How will you choose whom to write to <when>?",
    ),
    (
        (
            rf"^how many (?:\w+ )*?(?:{_MEET})\b.* (?:set|book|get|arrange|schedule|land|make)\b.*?(?P<when>today"
            rf"|tomorrow|this week|next week)?$"
        ),
        "How will you get your next meeting <when>?",
    ),
    (
        rf"^how many (?:\w+ )*?(?P<x>{_MEET})\b.*?(?P<when>today|tomorrow|this week|next week)?$",
        "How will you use your <x> <when>?",
    ),
    (
        (
            r"^how many (?:\w+ )*?(?P<x>proposals|offers|quotes|follow-ups|renewals)\b.*?(?P<when>today"
            r"|tomorrow|this week|next week)?$"
        ),
        "How will you choose which <x> come first <when>?",
    ),
    (
        r"^how (?:confident|sure|certain|convinced|optimistic) are you (?:about|of|with|in) (?P<x>.+)$",
        "What would make you more confident about <x>?",
    ),
    (
        (
            r"^how (?:confident|sure|certain|convinced|optimistic) are you (?:that )?you (?:will|can"
            r"|are going to) (?P<vp>.+)$"
        ),
        "What would make you more confident that you will <vp|base>?",
    ),
    (
        (
            r"^how (?:confident|sure|certain|convinced|optimistic) are you(?: feeling)?(?: (?P<when>today"
            r"|right now))?$"
        ),
        "What would make you more confident <when>?",
    ),
    (r"^how (?:ready|prepared|well prepared|set) are you (?P<x>(?:for|to) .+)$", "How are you getting ready <x>?"),
    (r"^(?:on a scale .*?,? )?how (?:ready|prepared) are you\b", "How are you getting ready?"),
    (r"^how (?:happy|satisfied|pleased) are you with (?P<x>.+)$", "What would you like to change about <x>?"),
    (r"^how (?:motivated|committed|excited|keen) are you\b", "What would make today a good day for you?"),
    (r"^how busy (?:are|is) (?:you|your day|your week)\b", "How will you keep free the time you need?"),
    (r"^how often (?:do|will|can|should) you (?P<vp>.+)$", "How do you decide when to <vp|base>?"),
    (r"^how (?:soon|quickly|fast|early) (?:can|could|will|are) you (?:going to )?(?P<vp>.+)$", "How will you <vp|go>?"),
    (
        (
            r"^how much (?:time|effort) (?:will|can|do|could) you (?:spend|need|invest|plan|have|put)(?: in(?:to)?"
            r"| on| for)? (?P<x>.+)$"
        ),
        "How will you use your time for <x|lower|short>?",
    ),
    (r"^how well did (?P<x>.+) go(?P<rest> .*)?$", "How did <x> go<rest>?"),
    (r"^how well do you know (?P<x>.+)$", "How will you get to know <x> better?"),
    (r"^how (?:far|far along) (?:are you|did you get) (?:with|on|in) (?P<x>.+)$", "What is your next step with <x>?"),
    (r"^how (?:hard|difficult|tough) (?:is|was|will) (?P<x>.+?)(?: be)?(?: for you)?$", "What's the hardest part?"),
    (r"^how important (?:is|was) (?P<x>.+?)(?: (?:to|for) you)?$", "What makes <x|named> important to you?"),
    (
        r"^how (?:likely|probable) is it (?:that )?you (?:will|can|are going to)? ?(?P<vp>.+)$",
        "What would make it easier to <vp|base>?",
    ),
    (
        r"^how (?:likely|probable|sure|certain|confident) (?:is|are) .*?(?-i:\b(?P<x>[A-Z][\w-]{2,}))\b.*$",
        "What is your next step with <x>?",
    ),
    (
        r"^how (?:long|much time) (?:will|does|would|did) (?:it take (?:you )?)?(?:to )?(?P<vp>.+)$",
        "How will you <vp|go|ahead>?",
    ),
    (r"^when did you last (?P<vp>.+)$", "What is your next step with <vp|base|reach>?"),
    (r"^when did you (?P<vp>.+)$", "How did you get on with <vp|base|doing>?"),
    (r"^when (?:was|were) (?:your|the) last (?P<x>.+)$", "How will you use your next <x>?"),
    (r"^what number of (?:\w+ )*?(?:calls|dials|prospects|customers)\b", "How will you choose whom to call?"),
)

_ABOUT = (
    r"(?P<x>(?:(?:the|your|this|that|our) )?(?-i:[A-Z][\w&.-]*(?: [A-Z][\w&.-]*)*)(?: (?:deal"
    r"|account|offer|proposal|opportunity|renewal|project|quote|tender|contract))?|(?:the|this"
    r"|that|your) (?:[\w-]+ )?(?:deal|offer|proposal|opportunity|renewal|project|quote|tender"
    r"|contract|customer|client|account))"
)

LAGGING = (
    (
        (
            rf"^(?:(?:can|could|will) you )?(?:give me|what is|what are|any|give me (?:a|an|the)|send me"
            rf"|i need)? ?(?:a |an |the |your )?(?:current |latest |quick )?(?:status|update|news|latest"
            rf"|state|outlook|probability)(?: of| on| with| for| from| about) {_ABOUT}\b.*$"
        ),
        "What is your next step with <x>?",
    ),
    (
        rf"^(?:update me|fill me in|bring me up to speed) (?:on|about|with) {_ABOUT}\b.*$",
        "What is your next step with <x>?",
    ),
    (
        (
            rf"^(?:where|how) (?:does|do|is|are|did) (?:we |it |things |you )?(?:stand |looking |going "
            rf"|stand now |with |on |at )*{_ABOUT}(?: (?:stand|looking|look|at|coming along|doing|going))?\b.*$"
        ),
        "What is your next step with <x>?",
    ),
    (
        (
            rf"^(?:when )?(?:will|is|are|does|do|can|did|has) {_ABOUT} (?:going to |likely to |about to "
            rf"|ready to )?(?:sign|close|buy|order|closing|signing|decide|commit|signed|closed|come in"
            rf"|land)\b.*$"
        ),
        "What is your next step with <x>?",
    ),
    (
        (
            rf"^(?:when|how|will|can|are|do) (?:will |can |are |do )?you (?:going to |expect to |plan to "
            rf"|think you will )?(?:close|sign|win|land|get) {_ABOUT}\b(?! to\b).*$"
        ),
        "What is your next step with <x>?",
    ),
    (
        (
            r"^(?:what|which|how) .*\b(?:status|stand)\b.*\bof (?:the|your) (?P<x>account plan|plan|proposal"
            r"|offer|presentation)\b.*$"
        ),
        "What is your next step with <x>?",
    ),
)
