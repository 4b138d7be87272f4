"""Shapes that ask for yes or no about what somebody did, does or will do; `turns` says how an entry is read.

An entry for a special case stands before the general one it is taken from.
"""

from __future__ import annotations

_PAST_VERB = r"(?!need\b|feed\b)(?:\w+ed|sent|wrote|made|met|spoke|did|gave|went|ran|held|built|found|saw|took|set|put)"
_TALKS = r"(?:meeting|call|demo|appointment|visit|conversation|chat|presentation|review|session|workshop|hour|slot)"
_DET = r"(?:the|your|their|his|her|our|this|that|my)"
_WHO = (
    rf"(?P<x>(?-i:[A-Z][\w&.-]*(?: [A-Z][\w&.-]*)*)|{_DET} (?:[\w&-]+ )??(?:customer|client|buyer"
    rf"|prospect|lead|board|decision maker|champion|account|company|team|contact|gatekeeper))"
)
_ADV = r"(?:already |ever |still |even |really |just |now |currently |also |both )?"

DONE = (
    (
        (
            r"^(?:did|have) you (?:already )?(?:win|won|close|closed|sell|sold|sign|signed|make it|made it"
            r"|get it|got it|succeed|succeeded"
            r"|(?:do|done|finish|finished|complete|completed)(?: it| that)?)$"
        ),
        "How did it go?",
    ),
    (
        (
            r"^(?:did|have) you (?:already )?(?:hear|heard|get|got|receive|received|had|have) (?:any "
            r"|an |a |some )?(?:back|(?:reply|answer|response|feedback|word|news)(?: back)?)? ?from (?P<x>.+)$"
        ),
        "What is your next step with <x|timeless|named>?",
    ),
    (
        (
            r"^(?:did|have) you (?:already )?(?:learn|learned|learnt|take|taken) (?:anything|something"
            r"|much)(?: new| useful)?(?P<rest>.*)$"
        ),
        "What did you learn<rest>?",
    ),
    (
        (
            r"^did you have (?:a |an )?(?:good|nice|productive|great|successful) (?P<x>(?:\w+ )?(?:call|meeting|demo"
            r"|talk|visit|conversation|chat|session|workshop|presentation)(?: with .+)?)$"
        ),
        "How did your <x> go?",
    ),
    (
        r"^did you have (?:a |an )?(?:good|nice|productive|great|successful) (?P<x>\w+(?: with .+)?)$",
        "What was the best part of your <x>?",
    ),
    (
        (
            r"^have you (?:already )?(?:thought|been thinking) (?:about|of) (?P<x>(?!\w+ing\b)(?:the"
            r"|your|what|how|this|that) .+)$"
        ),
        "What are your thoughts on <x>?",
    ),
    (
        r"^(?:have|had) you (?:already )?(?:made|make) (?:any |some |good )?progress (?:with|on|in) (?P<x>.+)$",
        "How are you getting on with <x|timeless>?",
    ),
    (r"^did you (?:make|see) (?:any |some |good )?progress (?:with|on|in) (?P<x>.+)$", "How did you get on with <x>?"),
    (rf"^(?:did you|did not you|did you not) {_ADV}(?P<vp>.+ or .+)$", "How did it go?"),
    (rf"^did you {_ADV}(?P<vp>.+)$", "How did you <vp|in_a_way>?"),
    (rf"^(?:did you|did not you|did you not) {_ADV}(?P<vp>.+)$", "How did you get on with <vp|base|doing>?"),
    (
        rf"^(?:have|had) (?:not you|you not|you) {_ADV}(?:finished|completed) (?P<x>(?:the|your|that|this) .+)$",
        "How are you getting on with <x|timeless>?",
    ),
    (
        rf"^(?:have|had) (?:not you|you not|you) {_ADV}(?P<vp>.+)$",
        "How are you getting on with <vp|from_past|timeless|doing>?",
    ),
    (
        rf"^(?P<vp>{_PAST_VERB} (?:the|your|a|an|any|(?-i:[A-Z])).*)$",
        "How are you getting on with <vp|from_past|timeless|doing>?",
    ),
)

_HOPES = r"(?:want|plan|intend|hope|expect|aim|mean|need|have|wish|like|prefer) to"

DOING = (
    (
        (
            r"^(?:do|did) you (?:think|believe|feel|expect|reckon)(?: that)? you (?:will|can|could|would"
            r"|are going to|might|may|are able to|will be able to) (?P<vp>.+)$"
        ),
        "How will you <vp|go>?",
    ),
    (
        rf"^(?:do|did) you (?:think|believe|feel|expect|reckon)(?: that)? {_WHO} .+$",
        "What is your next step with <x|named>?",
    ),
    (r"^(?:do|did) you (?:think|believe|feel|reckon)\b.*$", "How do you see it?"),
    (r"^(?:do|would) you (?:prefer|rather have) (?P<a>\w+) or (?P<b>\w+)$", "How do you choose between <a> and <b>?"),
    (r"^would you (?:call|say|describe)\b.*$", "How do you see it?"),
    (r"^do you agree\b.*$", "How do you see it?"),
    (
        rf"^(?:do you|would you) (?:still |really )?{_HOPES} (?P<vp>.+ or .+)$",
        "How will you decide whether to <vp|base>?",
    ),
    (rf"^(?:do you|would you) (?:still |really )?{_HOPES} (?P<vp>.+)$", "How will you <vp|go>?"),
    (
        (
            r"^(?:will|would|can|could) you (?:like|love|want|be willing|be happy|be able|be ready|be free"
            r"|be prepared|manage|try|attempt|commit|make sure|remember|be sure) to (?P<vp>.+)$"
        ),
        "How will you <vp|go>?",
    ),
    (
        (
            r"^(?:will|would|can|could) you (?:commit to|consider|be open to|mind|think about"
            r"|be ok with) (?P<vp>\w+ing\b.*)$"
        ),
        "How will you <vp|from_ing|go>?",
    ),
    (
        (
            r"^(?:will|can|could) you (?:\w+ly )?have (?P<x>(?:the|your|that|this|a) .+?) (?P<done>ready"
            r"|done|finished|complete|sent)(?P<rest>(?: .*)?)$"
        ),
        "How will you get <x> <done><rest>?",
    ),
    (
        (
            rf"^will you (?:have|be in|be at|attend|join) (?:a |an |any |the |your )?(?P<x>(?:[\w-]+ "
            rf"){{0,2}}?{_TALKS}\b.*)$"
        ),
        "How will you use your <x>?",
    ),
    (r"^(?:will|can|could|would) you (?P<vp>(?:use|spend) .+)$", "How will you <vp|go>?"),
    (
        rf"^(?:will|would|can|could|should) (?:you|you not|not you) {_ADV}(?P<vp>.+ or .+)$",
        "How will you decide whether to <vp|base>?",
    ),
    (rf"^(?:will|can) (?:you|you not|not you) {_ADV}(?P<vp>.+)$", "How will you <vp|go>?"),
    (rf"^(?:would|could|should|might) (?:you|you not|not you) {_ADV}(?P<vp>.+)$", "How could you <vp|go>?"),
    (
        r"^you (?:will|are going to|can|should|need to|must|have to|could|might want to) (?P<vp>.+)$",
        "How will you <vp|go>?",
    ),
    (
        (
            r"^(?:tell me|let me know|can you tell me|could you tell me) (?:if|whether) you (?:will|can"
            r"|are going to) (?P<vp>.+)$"
        ),
        "How will you <vp|go>?",
    ),
    (
        (
            rf"^(?:(?:tell me|let me know|can you tell me|could you tell me) (?:if|whether) )?you {_ADV}(?P<vp>(?:have "
            rf")?{_PAST_VERB} .+)$"
        ),
        "How did you get on with <vp|from_past|doing>?",
    ),
    (
        (
            rf"^do you {_ADV}(?:usually|always|often|normally|regularly|typically|sometimes|ever )? ?(?P<vp>(?!have\b"
            rf"|need\b|know\b|like\b|see\b|feel\b|want\b|prefer\b|mind\b|care\b|understand\b|remember\b"
            rf"|get\b).+)$"
        ),
        "How do you <vp|go>?",
    ),
)

ORDERS = (
    (
        r"^(?:remember|be sure|make sure|do not forget|never forget|try) (?:to|that you|you) (?P<vp>.+)$",
        "How will you <vp|go>?",
    ),
    (
        (
            r"^you (?:should|must|need to|have to|ought to|could|can|had better|might want to|may want to"
            r"|will) (?P<vp>.+)$"
        ),
        "How could you <vp|go>?",
    ),
    (r"^(?P<vp>.+)$", "How will you <vp|order|go>?"),
)
