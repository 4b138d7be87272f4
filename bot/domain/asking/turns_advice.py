"""Shapes that advise, or carry their own answer; `turns` says how an entry is read."""

from __future__ import annotations

_SUGGESTED = (
    r"^(?:how about|what about|have you (?:ever )?(?:thought (?:of|about)|considered|tried|looked at"
    r"|looked into)"
    r"|did you (?:think (?:of|about)|consider|try)|what (?:do|would) you (?:think|say) (?:of|about|to)"
    r"|how (?:do|would) you feel about|would you consider|are you open to|would you be open to|is it worth"
    r"|might it be worth|what stops you from|what is stopping you from|what speaks against)"
)
_SHOULD = (
    r"^(?:(?:is|would|might|could|will) (?:it not|not it|it) (?:(?!help)\w+ ){0,4}?(?:to|if you)"
    r"|(?:do you not think|do you think|do not you think|would not you say) (?:that )?(?:you"
    r"|we) (?:should|could|need to|ought to)"
    r"|(?:should|could|can) not (?:you|we)|(?:should|could) you not|why (?:do|would) not (?:you"
    r"|we)|why not|what if (?:you|we)"
    r"|(?:is|would) (?:it not|not it) (?:be )?(?:\w+ )?(?:idea |time )?(?:to|if you)"
    r"|(?:is not it|would not it be|is it|would it be|would it help|would it make sense|do you think "
    r"it is|it would be"
    r"|do not you think it is|it might be|it is)"
    r"(?: not)? ?(?:a )?(?:better|best|good|time|wise|smart|great|useful|helpful|worthwhile|an option)? "
    r"?(?:idea )?(?:to|if you)"
    r"|how would it be (?:to|if you)|you (?:should|must|need to|have to|ought to|had better|could always"
    r"|could|can|might want to|may want to)"
    r"|should you|would not you (?:rather|want to|like to)|maybe you (?:should|could)|how would it be to)"
)

ADVICE = (
    (
        (
            r"^have you (?:ever |already )?(?:thought|been thinking) (?:about|of) (?P<x>(?:the|your|what"
            r"|how|this|that) .+)$"
        ),
        "What are your thoughts on <x>?",
    ),
    (r"^did you try (?P<x>(?:the|your|that|this|our|a) .+)$", "How did you get on with <x|timeless>?"),
    (r"^have you (?:ever )?tried (?P<x>(?:the|your|that|this|our) .+)$", "How are you getting on with <x|timeless>?"),
    (r"^have you (?:ever )?tried (?P<x>(?!\w+ing\b).+)$", "What else could you try?"),
    (rf"{_SUGGESTED} (?P<vp>\w+ing\b.*)$", "How could you reach <vp|from_ing|reach>?"),
    (rf"{_SUGGESTED} (?P<vp>\w+ing\b.*)$", "What would you like to do about <vp|from_ing|thing>?"),
    (rf"{_SUGGESTED} (?P<x>(?:a|an|the|some|your|another) .+)$", "What options do you see?"),
    (rf"{_SHOULD} (?P<vp>.+)$", "How could you reach <vp|base|reach>?"),
    (
        rf"{_SHOULD} (?P<vp>\w+ed .+|sent .+|made .+|wrote .+|met .+|spoke .+)$",
        "How could you reach <vp|from_past|reach>?",
    ),
    (
        rf"{_SHOULD} (?P<vp>\w+ed .+|sent .+|made .+|wrote .+|met .+|spoke .+)$",
        "What would you like to do about <vp|from_past|thing>?",
    ),
    (rf"{_SHOULD} (?P<vp>.+)$", "What would you like to do about <vp|base|thing>?"),
    (rf"{_SUGGESTED} \w+|{_SHOULD} \w+", "What options do you see?"),
    (r"^(?:remember|be sure|make sure|do not forget|try) (?:to|that you|you) (?P<vp>.+)$", "How will you <vp|go>?"),
)

LEADING = (
    (
        r"^(?P<q>how (?:will|would|could|can|might|do) you (?:\S+ )+?\S+),? (?:by|maybe by|perhaps by) \w+ing\b.*$",
        "<q>?",
    ),
    (
        (
            r"^(?P<q>(?:how|what|who|which|where) .+?),? (?:for example|for instance|such as|e\.g\.|maybe"
            r"|perhaps|like|say)\b.*$"
        ),
        "<q>?",
    ),
    (
        (
            r"^how (?:will|do|can|could) you (?:fix|overcome|improve|work on|tackle) your (?:weak|poor"
            r"|bad|lousy|terrible|slow|low|shaky|messy|outdated|lack of|problems? with|trouble with) (?P<x>.+)$"
        ),
        "How would you like to improve your <x|timeless>?",
    ),
    (r"^(?P<q>(?:what|which|who|how) .+), .+ or .+$", "<q>?"),
    (r"^(?P<q>(?:what|which|who|how) .+) (?:-|–|—) .+ or .+$", "<q>?"),
    (r"^(?P<q>(?:what|which|who|how) .+): .+ or .+$", "<q>?"),
    (r"^what are you (?:avoiding|afraid of|hiding)\b", "What feels hardest right now?"),
)
