"""The turns of phrase that betray a blaming, lagging, advising or leading question.

Each entry is a regular expression, tried on one sentence of text made plain by `form`. To refuse a
new turn of phrase, add a line here and two questions to the tests: the one to refuse, and the nearest one to
keep.
"""

from __future__ import annotations

from bot.domain.asking.words import AUX

# Words in -ing that are nouns or prepositions more often than something to do.
_NO_GERUND = (
    "everything|something|anything|nothing|thing|morning|evening|during|meeting|pricing|training|briefing"
    "|spring|string|bring|marketing|onboarding|existing|following|upcoming|being|coming"
)
_DOING = rf"(?!(?:{_NO_GERUND})\b)[a-z]{{2,}}ing\b"

_AUXILIARIES = "|".join(sorted(AUX))
# Customers may be asked why; the rep never is.
_THEM = r"(?:they|he|she|it|customers|clients|buyers|people|the (?:customer|client|buyer)|anyone|someone|now)"
_DONE = r"(?:\w+ed|done|made|said|sent|written|known|been|gone|taken|got|given|seen|told|set|put|won|kept)"

BLAME = (
    rf"\bwhy\b(?!-| {_THEM}\b)",
    r"(?:^|, |: |\b(?:and|but|so) )why\b",
    r"\b(?:tell|show) (?:me|us) why\b|\bi wonder why\b|\bme understand why\b",
    r"\bon earth\b|\bthe (?:hell|heck)\b|\bhow (?:this|that|it) (?:could )?happen(?:ed)?\b|\bhow (?:we|you) lost\b",
    r"\bhow come\b|\bhow dare\b|\bhow is it (?:possible )?that you\b",
    r"\bwent wrong\b|\bis wrong with\b|\bwrong with you\b",
    r"\bwhat were you (?:thinking|doing)\b|\bwhat was going on with you\b",
    r"\bwhat (?:has )?happened (?:to|with) (?:your|the|those|that|all)\b",
    r"\b(?:your|the|any) excuses?\b|\bexplain yourself\b|\bjustify\b|\bhow do you explain\b",
    r"\bwhat (?:is|was) (?:the|your) (?:reason|explanation|problem)\b|\bfor what reason\b",
    r"\bwhat reasons? (?:do|did|have|had) you\b|\bwhat do you have to say\b",
    r"\bwhat made you (?:not|skip|miss|drop|forget|fail|wait|leave|decide not|give up|think)\b",
    r"\bwhat (?:kept|stopped|prevented|held|hindered) you\b|\bwhat is (?:really )?stopping you\b(?! from)",
    r"\bhow (?:could|can) you (?:not|have|forget|miss|possibly|still|let|lose|fail|drop)\b",
    rf"\b(?:should|could|might) you (?:not )?have {_DONE}\b",
    r"\bwould you have (?:done|handled|said) (?:it |that |this )?(?:differently|better|instead)\b",
    r"\bcould have been (?:\w+ )?(?:better|differently)\b",
    r"\byou should(?:n't| not)? have\b|\bought to have\b|\bsupposed to\b",
    r"\b(?:did|have|had) you only\b|\byou only (?:made|did|set|got|sent|booked|managed|called|have)\b",
    r"\bstill (?:have not|haven't|has not|hasn't|did not|didn't|not|no)\b|\bnot even\b|\byet again\b",
    r"\b(?:miss|missed|drop|dropped|late|forgot|behind|slipped) (?:it |this |that )?again\b",
    r"\b(?:fail|failed|fails|failing|failure)\b|\b(?:blame|blamed)\b",
    r"\byou (?:forgot|forget|neglect|ignored?|missed|skipped|avoided)\b",
    r"\byour (?:own )?(?:fault|mistakes?|laziness|attitude)\b",
    r"\b(?:lazy|slacking|careless|sloppy|hopeless|useless|unacceptable|pathetic)\b",
    r"\b(?:disappoint|underperform)\w*",
    r"\b(?:mess|screw)(?:ed|ing)? (?:it |this |that |things )?up\b|\blet (?:us|me|the team|everyone) down\b",
    r"\b(?:like|than|as|unlike|while) (?:everyone|everybody|the others|the rest|others|your colleagues)\b",
    r"\b(?:everyone|everybody) else\b|\bcompared (?:to|with)\b",
    r"\bbut you (?:did not|didn't|have not|haven't|never)\b|(?:^|, |\bbecause )you (?:never|always)\b",
    r"\b(?:what|who|how|which|where|when)\b.*\b(?:(?:did|could|were|had|can|ca)n't you|did you not)\b",
    r"\bwhat took you\b|\bhow hard (?:can|is) it\b|\bwhere were you\b",
)

_RESULT = r"(?:pipeline|forecast|funnel|numbers|figures|targets?|sales|deals|month|quarter|year|quotas?)"
# "Target accounts" and "sales calls" are work, not results; "the numbers they care about" are the customer's.
_WORK = (
    "accounts?|customers?|company|companies|list|people|groups?|calls?|conversations?|meetings?|story|pitch"
    "|plan|talks?|skills|work|team|review|notes|hygiene|they|he|she|you (?:want|hope|could|will)|to call"
)
_RESULT_ITSELF = rf"{_RESULT}\b(?! (?:{_WORK})\b)"
_WHOSE = r"(?:(?:the|your|this|last|our|that|next) )?(?:\w+ )?"
_NOT_THEIRS = r"(?<!their )(?<!his )(?<!her )(?<!its )(?<!customer's )(?<!client's )(?<!buyer's )"
_SCORES = (
    "quotas?|attainment|commission|revenue|turnover|bookings|(?:win|hit|run|closing|close|conversion) rate"
    "|kpis?|arr|mrr|leader ?board|league table|ranking|scorecard|sales figures"
)
_WIN = "close|closing|closes|closed|win|winning|won|land|landing|sign|signing|sell|selling|sold|bring in"
_PERIOD = (
    r"(?:this|next|last|by (?:the )?end of(?: the| this)?|before (?:the )?end of(?: the| this)?)"
    r" (?:week|month|quarter|year)"
)
_HIT = "(?:hit|beat)(?:ting|ing)?|(?:reach|meet|miss|land)(?:ing)?|make|making|exceed|achieve|deliver"
_TELL_ABOUT = r"(?:tell me about|(?:walk|talk|take|run) me through|update me on|fill me in on|give me)"
_AGAINST = "on|against|versus|vs|behind|ahead of|below|above|off"
_WILL = r"(?:is|are you|will you be|do you have|will you|can you|will|else is|else are you)"

LAGGING = (
    rf"{_NOT_THEIRS}\b(?:{_SCORES})\b(?! (?:they|he|she)\b)",
    r"\byour (?!phone|mobile|direct)(?:\w+ )?(?:numbers?(?! one\b)|figures|stats|results)\b",
    r"\byour sales(?= (?:this|last|today|so|look|going|doing|are)\b|$)",
    rf"\bhow (?:is|are|was|were|does|do|did|has|have) {_WHOSE}(?:business\b|results\b|{_RESULT_ITSELF})",
    r"\bhow (?:do|will|would) you (?:see|expect) (?:the|this|your) (?:month|quarter|year)\b",
    rf"\bwhat (?:is|are|was|were|do|does|did) (?:in |on |up with |with )?{_WHOSE}{_RESULT_ITSELF}",
    r"\bwhat (?:have you|do you have|you have) (?:got )?in (?:your|the) (?:pipeline|forecast|funnel)\b",
    rf"\b(?:{_HIT}) {_WHOSE}(?:targets?|numbers?|forecast|month|quarter|sales goals?)\b(?! (?:{_WORK})\b)",
    rf"\bwhere (?:are|do|is) (?:you|we|it|things) (?:\w+ )?(?:in|for|with|{_AGAINST}) {_WHOSE}{_RESULT}\b",
    rf"\b(?:{_AGAINST}) (?:the |your )?(?:target|forecast|quota)\b(?! (?:{_WORK})\b)",
    r"\b(?:behind|ahead of) (?:the |your )?(?:plan|budget|goal)\b",
    rf"\b(?:{_WIN}) (?:\w+ ){{0,3}}?{_PERIOD}\b",
    rf"\bwhat {_WILL} (?:going to )?clos(?:e|ing)\b(?! (?:the|your|each|a|every) (?:call|meeting|talk|day))",
    r"\bclos(?:e|ing) (?:\w+ ){0,2}?deals?\b|\bdeals? (?:\w+ ){0,3}?clos(?:e|ing|es|ed)\b",
    r"\b(?:what|which) deals? (?:will|can|do|are) you (?:going to )?(?:win|sign|bring|land)\b",
    r"\b(?:what|who|which \w+) (?:did|have) you (?:sell|sold|close|closed|win|won)\b",
    rf"\b{_TELL_ABOUT} (?:the|your|this) (?:\w+ )?{_RESULT_ITSELF}",
    # A status is about the deal; what the rep will do about it is not asked.
    r"\bwhat is (?:the|your) (?:current |latest )?(?:status|update|latest|news|probability|likelihood)\b",
    r"\bwhere does .+ stand\b|\bhow (?:is it|are things) looking (?:with|on|for)\b",
    r"\bwhere is (?:the|this|that|your) (?:\w+ )?(?:deal|offer|opportunity|account) at\b|\byour commit\b",
    r"\bover the line\b|\bgap to\b|\bclos(?:e|ing) the gap\b|\bhow (?:are|is) (?:you|we|it|things) tracking\b",
    r"\bget (?:\w+ )?\w+ signed\b|\bspeed up (?:the|this|that) deal\b",
    r"\bwhen (?:is|are|will|does|do) .+ (?:sign|signing|close|closing|order|buy)\b",
    r"\bhow (?:many|much)\b.*\b(?:pipeline|forecast|deals|sales|closing|closed?|sold)\b",
)

# Where a clause begins: "have you tried …" advises, "what have you tried" asks.
_START = r"(?:^|[,;:] |\b(?:and|but|so|or|then|well|ok|yet) )"
_TELLING = "tell|walk|talk|describe|share|say|show"
_STOPS = "stops?|is stopping|keeps?|is keeping|prevents?|is preventing|holds?|is holding|would stop|could stop"

ADVICE = (
    r"\bhow about\b",
    rf"\bwhat about (?:just |simply |maybe )?{_DOING}|^(?:and |so |but )?what about(?: \w+){{1,3}}$",
    rf"{_START}have you (?:ever |already |maybe |perhaps )?(?:thought|considered|tried|looked (?:at|into))\b",
    rf"{_START}did you (?:ever |already )?(?:think of|think about|consider|try)\b",
    r"\b(?:don't|wouldn't) (?:you|it) (?:think|be|help|make sense|agree|say|like|rather|want)\b",
    r"\b(?:shouldn't|couldn't|can't) (?:you|we)\b|\b(?:isn't it|is it not) (?:time|better|best|easier)\b",
    r"\bwhy don't (?:you|we)\b|\bwhy not\b",
    r"\bwhat if (?:you|we|i)\b|\bwhat (?:would|could|might) happen if you\b(?! did nothing)",
    rf"\bwhat (?:{_STOPS}) you(?: back)? from\b|\bwhat speaks against {_DOING}",
    rf"\bwhat (?:do|would) you (?:think|say) (?:about|of|to) (?:just |simply )?{_DOING}",
    rf"\bhow (?:do|would) you feel about (?:just |simply )?{_DOING}|\bhow would it be (?:to|if you)\b",
    r"\bif i were you\b|\bmy (?:advice|suggestion|tip)\b|\bi (?:would )?(?:suggest|recommend|advise)\b",
    r"\bi (?:want|need|expect|would like|would) you to\b|\bi would (?!love|like|be)\w+",
    r"^(?:please )?(?:remember|be sure|make sure|do not forget|don't forget) (?:to|that|you)\b",
    r"\byou had better\b|\byou (?:might|may) want to\b|\byou could always\b|\bbest practice\b",
    r"(?:^|, |; |: |\band |\bbut |\bso |\bi think )you (?:should|must|need to|have to|ought to)\b(?! you)",
    rf"\b(?:could|can|would|will) you (?:not )?(?:just|simply|maybe|perhaps) (?!(?:{_TELLING}) )",
    r"\bit (?:would|might|could) be (?:good|better|best|wise|smart|worth)\b",
)

_BAD = "weak|poor|bad|lousy|terrible|slow|low|shaky|messy|disorgani[sz]ed|outdated"

LEADING = (
    r"\b(?:don't|wouldn't) you (?:think|agree|say)\b|\b(?:do )?you agree (?:that|with)\b",
    r"\b(?:isn't|wouldn't|aren't|won't) (?:it|that|you|this|they)\b",
    r"\b(?:surely|obviously|finally|at last|of course|after all|evidently|as we all know|as you know)\b",
    rf"\b(?:your|such a|so) (?:{_BAD})\b|\b(?:fix|fixing|overcome) your\b",
    r"\byour (?:lack of|weakness|weaknesses|problems? with|trouble with|inability)\b",
    rf"\b(?:{_AUXILIARIES}) you (?:going to )?(?:stop|quit|avoid) (?:being |always |constantly |{_DOING})",
    rf"\bhow (?:will|would|could|can|might) you\b.*\bby {_DOING}",
    rf"\b(?:how|what) (?:will|would|could|can|might) {_DOING}",
    rf"\b(?:such as|for example|for instance|e\.g\.|maybe|perhaps) (?:by )?{_DOING}",
    r", (?:maybe|perhaps|for example|for instance|such as|say|like|e\.g\.),? [^,]+$",
    r"\bhow (?:does|would|do) .+ (?:sound|suit you|work for you)$|\bhow (?:does|would) (?:that|this) sound\b",
    r"\btell me (?:that )?you (?:will|have|did|are|called|made|sent)\b",
    r"\bhow (?:great|good|nice|bad|sad) (?:would|is|was|will)\b",
    r"\bwhat are you (?:avoiding|pretending|hiding|afraid of)\b",
    r"\bwhat makes you so\b|\bi assume\b|\bi am sure\b|\beveryone knows\b|\bthe (?:obvious|right answer)\b",
)

NUMBER = (
    r"\bwhat (?:number|percentage|percent|amount|figure|share|proportion|score|count|total|volume|grade)\b",
    r"\bwhat is (?:the|your) (?:\w+ )?(?:number(?! one\b)|amount|percentage|count|total|volume|score)\b",
    r"\bon a scale\b|\bout of (?:10|ten|100|a hundred)\b|\bfrom (?:1|one|0|zero) to (?:10|ten|100)\b",
    r"\b(?:to|by) what (?:extent|degree)\b|\bwhen (?:did|was|were)\b",
    r"\brate (?:your|how)\b|\bgive me a number\b",
)

FIRST_PERSON = (
    rf"\b(?:{_AUXILIARIES}) (?:i|we)\b(?! ask\b)",
    r"\bi (?:think|believe|feel|guess|know|want|need|expect|suggest|recommend|advise)\b|\blet's\b",
    r"\bif i were you\b",
)
