"""Shapes that ask for a justification, or are about what the asker does; `turns` says how an entry is read."""

from __future__ import annotations

_WHY = r"(?:why|how come|for what reason|tell me why|explain why|help me understand why|i wonder why)"

BLAME = (
    (
        r"^(?:is|was) there (?:a|any) reason (?:why )?(?:that )?you (?:did|do|could) not (?P<vp>.+)$",
        "What would help you <vp|base|timeless> next time?",
    ),
    (
        r"^(?:is|was) there (?:a|any) reason (?:why )?(?:that )?you (?:have|had) not (?P<vp>.+)$",
        "What would help you <vp|from_past|timeless>?",
    ),
    (r"^you (?:failed|forgot|neglected) to (?P<vp>.+)$", "What would help you <vp|base|timeless> next time?"),
    (
        rf"^{_WHY} (?:did|would|will|could|can|do(?= you)) (?:not you|you not|you forget to|you fail to) (?P<vp>.+)$",
        "What would help you <vp|base|timeless> next time?",
    ),
    (rf"^{_WHY} you (?:did|do|could|would) not (?P<vp>.+)$", "What would help you <vp|base|timeless> next time?"),
    (
        rf"^{_WHY} (?:have|had) (?:not you|you not|you still not) (?P<vp>.+)$",
        "What would help you <vp|from_past|timeless>?",
    ),
    (rf"^{_WHY} you (?:have|had) (?:still )?not (?P<vp>.+)$", "What would help you <vp|from_past|timeless>?"),
    (
        rf"^{_WHY} (?:are|were) (?:not you|you not|you still not) (?P<vp>\w+ing\b.*)$",
        "What would help you <vp|from_ing|timeless>?",
    ),
    (
        r"^how (?:could|can) you (?:not|forget to|fail to|possibly not) (?P<vp>.+)$",
        "What would help you <vp|base|timeless> next time?",
    ),
    (
        r"^how (?:could|can) you (?:possibly )?(?:forget|miss|lose|drop) (?P<x>.+)$",
        "What would help you with <x|timeless|named> next time?",
    ),
    (
        rf"^{_WHY} (?:did you|you) (?:miss|skip|forget|drop|lose|avoid|delay|postpone)(?:ed|t|ped|ped)? (?P<x>.+)$",
        "What would help you with <x|timeless|named> next time?",
    ),
    (
        (
            rf"^{_WHY} (?:is|are|was|were) (?P<x>(?:the|your|our|this|that) .+?|[A-Z][\w-]+) "
            r"(?:so )?important(?: to you)?$"
        ),
        "What makes <x|named> important to you?",
    ),
    (
        (
            rf"^{_WHY} (?:is|are|was|were) (?P<x>(?:the|your|our|this|that|those) (?:[\w-]+ )??[\w-]+) "
            r"(?:still |not |so |taking |running )*(?:late|ready|delayed|done|finished|slow|long|overdue"
            r"|sent|incomplete|empty|low|thin|bad|weak)\b.*$"
        ),
        "What would help you with <x|named>?",
    ),
    (
        (
            rf"^{_WHY} (?:should|would) (?P<x>(?-i:[A-Z])[\w-]+|(?:the|a|your) [\w-]+|anyone|they|customers"
            rf"|people) (?P<vp>.+)$"
        ),
        "What would make <x|object> <vp|base>?",
    ),
    (
        (
            rf"^{_WHY} (?:did|do|does|has|have|is|are|was|were|will) (?P<x>(?-i:[A-Z])[\w-]+|the (?:customer"
            rf"|client|buyer|prospect|deal|board)) .+$"
        ),
        "What is your next step with <x|named>?",
    ),
    (
        rf"^{_WHY} (?:did|do|would) you (?P<vp>(?!always|never|think|need|want|feel|only|even|keep)\w+ .+)$",
        "How would you like to go about it next time?",
    ),
    (r"^what went wrong (?:with|on|in|at) (?P<x>.+)$", "What would you like to try next time with <x|timeless|named>?"),
    (
        r"^what (?:kept|stopped|prevented|hindered|held) you (?:back )?(?:from )?(?P<vp>\w+ing\b.*)$",
        "What would help you <vp|from_ing|timeless> next time?",
    ),
    (
        r"^what (?:made|let) you (?:skip|miss|drop|forget|avoid) (?P<x>.+)$",
        "What would help you with <x|timeless|named> next time?",
    ),
    (
        r"^what (?:is|was) (?:the|your) (?:reason|excuse|explanation) (?:for )?(?:not )(?P<vp>\w+ing\b.*)$",
        "What would help you <vp|from_ing|timeless> next time?",
    ),
    (
        r"^what (?:is|was) (?:the|your) (?:reason|excuse|explanation) you (?:did|have) not (?P<vp>.+)$",
        "What would help you <vp|base|timeless> next time?",
    ),
    (
        r"^(?:what )?happened (?:to|with) (?P<x>(?:the|your|that|this|those) .+)$",
        "What is your next step with <x|timeless|named>?",
    ),
    (
        r"^what happened (?:to|with) (?P<x>(?:the|your|that|this|those) .+)$",
        "What is your next step with <x|timeless|named>?",
    ),
    (r"^what took you so long to (?P<vp>.+)$", "What would help you <vp|base|timeless> sooner?"),
    (r"^you (?:still )?(?:have not|had not) (?P<vp>.+)$", "What would help you <vp|from_past|timeless>?"),
    (r"^(?:have|had) you (?:still )not (?P<vp>.+)$", "What would help you <vp|from_past|timeless>?"),
    (r"^(?:have|had) not you (?P<vp>.+)$", "How are you getting on with <vp|from_past|timeless|doing>?"),
    (
        r"^(?:did you forget to|you forgot to|you did not|did you not|did not you) (?P<vp>.+)$",
        "What would help you <vp|base|timeless> next time?",
    ),
)

FIRST_PERSON = (
    (
        r"^(?:where|how) (?:do|are) we (?:stand\w*|doing|looking|getting on)? ?(?:with|on) (?P<x>.+)$",
        "What is your next step with <x|timeless|named>?",
    ),
    (
        (
            r"^how (?:can|could|may|might|should|do|would) (?:i|we) (?:best )?(?:help|support|assist) you (?:with"
            r"|on|in) (?P<x>(?!anything|something).+)$"
        ),
        "What would help you with <x>?",
    ),
    (
        (
            r"^how (?:can|could|may|might|should|do|would) (?:i|we) (?:best )?(?:help|support|assist) you (?:to "
            r")?(?P<vp>(?!today|now|this|right|best|more|better)\w+.*)$"
        ),
        "What would help you <vp|base>?",
    ),
    (
        (
            r"^(?:how|what) (?:can|could|may|might|should|do|would|shall) (?:i|we) (?:do to )?(?:help"
            r"|support|assist)(?: you)?(?: (?P<when>today|this week|right now))?$"
        ),
        "What would help you most <when>?",
    ),
    (
        (
            r"^(?:can|could|may|shall|should) (?:i|we) (?:help|support|assist|give you a hand)(?: you)?(?: with"
            r"| on| in) (?P<x>(?!anything|something).+)$"
        ),
        "What would help you with <x>?",
    ),
    (
        (
            r"^(?:do you want|would you like|do you need) me to (?:help|support|assist)(?: you)? (?:with"
            r"|on|in) (?P<x>.+)$"
        ),
        "What would help you with <x>?",
    ),
    (r"^what can i do (?:for you|to help)(?: with (?P<x>.+))$", "What would help you with <x>?"),
    (
        (
            r"^(?:(?:can|could|may|shall|should) i|what can i do to) (?:help|support|assist) you (?:to )?(?P<vp>"
            r"(?!today|now|this|right|best|more|better|with|on|in|at)\w+ .+)$"
        ),
        "What would help you <vp|base>?",
    ),
    (
        (
            r"^(?:can|could|may|shall|should) (?:i|we) (?:help|support|assist|do anything|do something"
            r"|give you a hand)\b"
        ),
        "What would help you most right now?",
    ),
    (r"^what can (?:i|we) do for you\b", "What would help you most right now?"),
    (r"^(?:how|where|when|what) .*\bmy help\b", "What would help you most right now?"),
    (r"^(?:do you want|would you like|do you need) me to \w+", "What would help you most right now?"),
    (
        r"^what (?:should|shall|can|could|will|do|are) we (?:going to )?do (?:about|with) (?P<x>.+)$",
        "What could you do about <x>?",
    ),
    (r"^what (?:should|shall|will|do) we do (?P<rest>next|first|today|this week|now)$", "What will you do <rest>?"),
    (r"^how (?:can|could|do|should|might|shall) we (?:best )?(?P<vp>.+)$", "How could you <vp|go>?"),
    (r"^how (?:will|are) we (?:going to )?(?P<vp>.+)$", "How will you <vp|go>?"),
    (r"^what (?:should|shall|can|could|will) we (?P<vp>\w+ .+)$", "What could you <vp|base>?"),
    (
        (
            r"^(?:shall|should|can|could|let us|may|will)(?: we| i)? (?:have a (?:quick )?(?:talk|chat"
            r"|word|look) (?:about|at)|talk about|discuss|review|go through"
            r"|go over|look at|look into|talk through|walk through) (?P<x>.+)$"
        ),
        "What matters most to you about <x|timeless|named>?",
    ),
    (r"^(?:(?:shall|should|can|could) we|let us) (?P<vp>.+)$", "How could you reach <vp|base|reach>?"),
    (r"^(?:(?:shall|should|can|could) we|let us) (?P<vp>.+)$", "How could you <vp|go>?"),
    (
        (
            r"^(?:i think|i believe|i feel|i guess|i suggest|i would suggest|i recommend) (?:that )?"
            r"(?:you|we) (?:should|could|need to|must|ought to) (?P<vp>.+)$"
        ),
        "How could you <vp|go>?",
    ),
    (r"^i (?:want|need|expect|would like) you to (?P<vp>.+)$", "How will you <vp|go>?"),
)
