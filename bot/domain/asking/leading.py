"""The turns of phrase that carry their own answer, and those that ask for a number or for one word.

Each entry is a regular expression, tried on one sentence of text made plain by `form`.
"""

from __future__ import annotations

from bot.domain.asking.advice import DOING
from bot.domain.asking.words import AUX, HOW_IS

_AUXILIARIES = "|".join(sorted(AUX))
_START = r"(?:^|[,;:] |\b(?:and|but|so|or|then|well|ok|yet) )"
_BAD = (
    "weak|poor|bad|lousy|terrible|slow|low|shaky|messy|disorgani[sz]ed|outdated|awful|lazy|low-quality|sloppy"
    "|boring|half-hearted|chaotic"
    "|inefficient|expensive|unreliable|clumsy|missing|failed|failing"
)
_GRAND = (
    "perfect|ideal|right|best|better|obvious|only|greatest|great|special|good|superior|unique|easy|attractive"
    "|strong|promising|brilliant"
    "|clear|natural|logical|ready|sure|important"
)
_VERDICT = (
    r"(?:waste|useless|pointless|hopeless|disaster|flop|mess|terrible|awful|dead end|going nowhere|no good"
    r"|does not work|doesn't work|never works?"
    r"|clearly|obviously|not interested|always|the (?:best|only|right) (?:way|option|choice|time)|a no-brainer"
    r"|bound to|works? best|no chance"
    r"|boring|failed|a failure|only (?:care|want|look|buy)s?"
    rf"|how (?:good|bad|great|easy|{_BAD})|the (?:main|real|only"
    r"|biggest) (?:problem|issue|reason|obstacle)|too (?:slow|weak|passive|late|pushy|lazy)"
    rf"|such an? (?:{_GRAND}|{_BAD}|fantastic|amazing|excellent|wonderful)|so (?:good|bad"
    r"|poor|weak|well|badly))"
)
_GUESS = (
    r"(?:perhaps|maybe|i guess|i suppose|i assume|i think|i bet|i reckon|i would say|i take it|i presume"
    r"|as usual|probably|for example|for instance|or something|no doubt|presumably|i imagine|i hope)"
)
_FLAW = (
    r"(?:lack of|attitude|weakness|weaknesses|problems? with|trouble with|inability|fear|reluctance|hesitation"
    r"|resistance"
    r"|unwillingness|shyness|bad habits?"
    r"|negativity|negative|shortcomings?|deficits?|blind spots?|procrastination|laziness|comfort zone)"
)

LEADING = (
    r"\b(?:don't|wouldn't) you (?:think|agree|say)\b|\b(?:do |would )?you agree (?:that|with)\b",
    (
        rf"{_START}(?:isn't|wouldn't|aren't|won't|doesn't|don't|haven't|hasn't|didn't) (?:it|that|you|this|they|the|he"
        rf"|she|there)\b"
    ),
    (
        r"\b(?:surely|obviously|at last|of course|evidently|undoubtedly|no doubt|needless to say|as we all know"
        r"|as you know|as always)\b"
        r"|\bafter all\b(?! (?:the|these|those|of|that|your|this|their|our|is|was|has|my|\w+s)\b)|(?:^|, |\b(?:is|are"
        r"|was|that|it|has) )clearly\b"
    ),
    (
        r"\b(?:will|are|is|to|can|could|would|must|going to)(?: you)? (?:be )?finally\b|\bfinally (?:get|start|do|make"
        r"|call|send|fix|learn|win|close|understand|see|listen|accept|crack)\b"
        r"|\bwhat (?:else|other \w+) (?:but|than)\b|^what good (?:will|would|does|do|is|are|can|could)\b"
        r"|\bwho wouldn't\b"
        r"|\b(?:what|who) (?:could|can|would) (?:possibly )?be (?:more|better|worse|easier|nicer) (?:[\w-]+ )?than\b"
    ),
    (
        rf"\b(?:your|such an?|so) (?:\w+ly )?(?:{_BAD})\b(?! (?:months?|days?|moments?|seasons?|times?|weeks?|hours?"
        rf"|periods?|patch|margin))"
        r"|\b(?:fix|fixing|overcome) your\b"
    ),
    rf"\byour (?:\w+ )?{_FLAW}\b",
    (
        rf"\b(?:{_AUXILIARIES}) you (?:going to )?(?:stop|quit|avoid) (?:being |always |constantly |{DOING})"
        rf"|\bdo to (?:stop|quit) (?:being |{DOING})"
        r"|\bbe less (?!formal|busy)\w+|\bthis time (?:around )?(?:without|instead of|better)\b"
        r"|\bdo (?:it )?better this time\b"
    ),
    rf"\bhow (?:will|would|could|can|might) you\b.*\bby (?:just |simply |first )?{DOING}",
    (
        r"\b(?:how|what) (?:else )?(?:will|would|could|can|might) (?:just |simply )?"
        rf"(?!(?:solving|fixing|overcoming|resolving|addressing|removing) (?:this|that|it|these|the)\b){DOING}"
    ),
    rf"\b(?:such as|for example|for instance|e\.g\.|maybe|perhaps) (?:by )?{DOING}",
    (
        rf", (?:maybe|perhaps|for example|for instance|such as|say|like|e\.g\.|i\.e\.|namely|probably"
        rf"|presumably),? [^,]+$|,[^,]* {_GUESS}$"
    ),
    (
        r"\bhow (?:does|would|do) .+ (?:sound|suit you|work for you|grab you)$|\bhow (?:does|would|do) (?:that|this"
        r"|it) sound\b"
    ),
    (
        r"\btell (?:me|us) (?:that )?(?:you|it|this|they|he|she|we|the \w+|everything|all) (?:will|have|has|had|did|is"
        r"|are|was|were|can|called|made|sent|got|went|asked"
        r"|signed|confirmed|said|agreed|finished|booked|(?:ha|i)sn't)\b"
    ),
    (
        r"\bhow (?:great|good|nice|bad|sad|wonderful|amazing|awful|fantastic|cool|much better|much easier) (?:would|is"
        r"|was|will)\b"
    ),
    r"\bwhat are you (?:avoiding|pretending|hiding|afraid of|so afraid of)\b|\bhiding from\b",
    (
        r"\bwhat makes you so\b|\bi (?:assume|bet|take it|presume|suppose|trust)\b|\bi am (?:sure|certain|convinced"
        r"|confident)\b|\beveryone knows\b"
        r"|\bwe (?:all|both) know\b|\bthe (?:one |most )?(?:obvious|right answer)\b|\bas (?:we )?(?:discussed|agreed),"
    ),
    (
        rf"\bwhat (?:makes|made) (?!you\b)(?!(?:a|an|any|someone|somebody|people)\b)(?:[\w'&-]+ ){{1,5}}?(?:the"
        rf"|such an?|our|your|so(?: much| very)?|much|far) (?:{_GRAND})\b"
        rf"|\bwhat makes (?:us|our|this product|our \w+) (?:so |the |such |better|{_GRAND})"
    ),
    (
        rf"^(?:and |so |but )?(?:since|as|because|knowing|given|given that|now that|seeing that|seeing as|considering"
        rf"|with) [^,]*\b{_VERDICT}\b[^,]*,"
        rf"|\b{_VERDICT}\b[^,]*,? so (?:how|what|who|where|which|when)\b"
    ),
    (
        r"\bwhat .*\b(?:like|love|loves|likes|value|values|enjoy|excites|impresses|adore)\b.* about (?:how \w+ "
        r"|the way )?(?:our|us|my"
        r"|working with us)\b"
    ),
    (
        r"\b(?:that|how) (?:they|you|he|she) (?:really )?needs? (?:us|our)\b|\bour (?:[\w-]+ )?(?:product|platform"
        r"|solution|software|offer|service|tool|system|price|machines?) (?:is|are) (?:the best|the right"
        r"|better|superior"
        r"|cheaper|clearly|so much|unbeatable)|\bour (?:[\w-]+ )?(?:product|platform|solution|software|service|tool"
        r"|system) (?:saves?|gives?|brings?|earns?) (?:you|them|everyone|people|time|money)\b"
        r"|\b(?:most|many|all) (?:\w+ )?(?:people|customers|clients|buyers|users|companies) (?:find|think|love|like|say"
        r"|choose|prefer|agree)(?: that)? (?:our|us)\b"
        r"|\byou (?:will|would|could|can|might) (?:save|gain|earn|win|make|get) (?:with|by|through|from|using)"
        r" (?:us|our|my|this)\b|\ball the (?:money|time|hours|costs?|headaches?) you (?:will|would|could|can|are)\b"
    ),
    (
        r"\bbe more (?:disciplined|organi[sz]ed|professional|serious|motivated|ambitious|committed|careful|reliable"
        r"|punctual|proactive|assertive|honest)\b|\b(?:right|better|properly) this time\b"
        r"|\bdo (?:it|this|that|your \w+) properly\b|\b(?:another|yet another|the same|the next) (?:failure|disaster"
        r"|loss|mistake|flop|mess|debacle|rejection)\b|\b(?:disaster|flop|mess|failure|debacle"
        r"|waste of time) again\b|\bcould possibly\b"
        r"|\bwe are (?:simply |clearly |just |by far |obviously )+(?:the )?(?:best|better|cheap\w+|fast\w+|superior)\b"
        r"|\breasons? (?:other )?than\b|\b(?:an?|as an?) (?:real|true|serious|proper) (?:seller|rep|sales ?(?:man|woman"
        r"|person)|closer|pro|professional|hunter)\b"
    ),
    (
        r"\bwhat makes (?:you|your \w+|them) (?:so )?(?:unhappy|angry|dissatisfied|frustrated|annoyed"
        r"|disappointed) (?:with|about|at)\b|\bif not (?!everything|all|then|too|what|how)\w+"
    ),
    (
        r"\bour (?:\w+ )?(?:many|great|excellent|unique|superior|best|brilliant|fantastic|amazing|outstanding|leading"
        r"|market-leading|wonderful)\b(?! (?:customers?|clients?))"
    ),
    (
        r"\b(?:annoys|frustrates|irritates|bugs|dislike|hate)\b.* (?:about|with) (?:your|their|the) (?:current|old"
        r"|existing|present)\b|\b(?:convince|persuade|make|get) you to (?:buy|sign|switch|order|choose|go with us)\b"
    ),
    (
        r"\byou (?:will|would|have to|must|do) (?:agree|admit)\b|\beveryone (?:wants|likes|needs)\b|\bbest (?:thing"
        r"|part|feature) (?:about|of) (?:our|us|my)\b"
    ),
    (
        r"\bour (?:[\w-]+ ){1,3}(?:is|are) (?:the |so |much |clearly |far |simply |by far )*(?:\w{3,}est|best|better"
        r"|cheaper|faster|superior|unbeatable|unrivalled|unmatched|proven|unique)\b(?! (?:in|with|for|on) (?:their|her"
        r"|his) )"
    ),
    r"\bwhy (?:our|we are) .* better\b|\bhow .* (?:love|adore) (?:our|my)\b",
)

_AMOUNT = (
    r"(?:number(?! one\b)|percentage|percent|amount|figure|share|proportion|score|count|total|volume|grade|ratio"
    r"|quantity|fraction|odds|chances"
    r"|probability|likelihood|headcount|duration)"
)
NUMBER = (
    (
        rf"\bwhat (?:is )?(?:the )?(?:exact |rough |current |total )?{_AMOUNT} (?:of|do|does|did|will|would"
        rf"|are|is|have"
        rf"|has|can|could)\b"
    ),
    (
        r"\b(?:what|which) (?:number|percentage|percent|amount|figure|share|proportion|score|count|total|volume|grade"
        r"|portion|fraction)\b|\bwhat (?:\w+ )?(?:discount|price|rate|fee|margin|salary|budget) (?:do|does|did|will"
        r"|would"
        r"|are|is|have|has|can|could|was|were)\b"
    ),
    rf"\bwhat (?:is|are|was|were) (?:the|your|their|his|her|its|our) (?:\w+ ){{0,2}}{_AMOUNT}\b(?! one\b)",
    (
        r"\bwhat (?:is|are|was|were) (?:the|your|their|his|her|its|our) (?:\w+ )?(?:budget|deal size|deal value"
        r"|order value|size|discount|margin|rate|cost"
        r"(?! of (?:doing|not|waiting|inaction|delay|staying|leaving|getting|nothing))"
        r"|price|salary|deadline|due date|date|age|turnaround time|head count)(?: (?:for|of|on|this|next"
        r"|in) .{1,30})?$"
    ),
    (
        r"\bwhat (?:is|are) (?:the|your) (?:daily |weekly )?(?:targets?|goals?|aim|quota|number) (?:for"
        r"|of) (?:\w+ )?(?:calls|visits|meetings|emails|contacts|demos|appointments)\b"
    ),
    (
        r"\bon a scale\b|\bout of (?:10|ten|100|a hundred)\b|\b(?:from |between )?(?:1|one|0|zero) ?(?:to|and|-"
        r"|–) ?(?:10|ten|5|five|100)\b(?! (?:minutes|days|people))"
    ),
    # What is paid or charged: the answer is a sum, however the question begins.
    (
        r"\bwhat (?:do|does|did|are|is|will|would|have|has) (?:you|they|he|she|we|it|this|that"
        r"|(?:the|your|an?|one|each) (?:[\w-]+ ){0,4}?[\w-]+)(?: \w+ly)?"
        r" (?:pay|paying|paid|spend|spending|spent|charge|charging|cost|costing)\b"
        r"(?! (?:your|the|their|his|her|most of your|more) (?:time|day|week|energy|morning|hours?|attention)\b| time\b)"
        r"(?!.*\b(?:attention|to (?:do nothing|wait|stay|leave|not)|if you|most of|in (?:goodwill|trust|nerves"
        r"|morale))\b)"
    ),
    # A scale told in words: "zero being none and ten being complete".
    (
        r"\b(?:0|zero|1|one|10|ten|5|five|100|a hundred) (?:being|is|meaning|means|stands for|=)\b.*\b(?:0|zero|1|one"
        r"|10|ten|5|five|100|a hundred) (?:being|is|meaning|means|stands for|=)|\b(?:if|where|with) (?:1|0|10|ten|zero"
        r"|100) (?:is|means|being|stands for)\b|\b(?:what|which) (?:mark|grade|rating|score) would\b"
    ),
    r"\b(?:to|by) what (?:extent|degree)\b|\bwhen (?:did|was|were)\b",
    (
        r"\brate (?:your|how|the|yourself|this|it)\b|\bscore (?:yourself|your)\b|\bgive me (?:a|an|the"
        r"|your) (?:\w+ )?(?:number|figure|percentage|ballpark|estimate|score)\b"
    ),
)

# Talk about the day itself, which invites "fine": "How's your week going?", "How did your weekend go?"
_THE_DAY = (
    r"(?:your|the|this|last|everyone's) (?:\w+ )?(?:day|morning|afternoon|evening|night|week|weekend|holidays?|vacation"
    r"|trip home|(?:mon|tues|wednes|thurs|fri|satur|sun)day|life)"
)
# Answered by "well": a verdict, and no word on how anything was done. "How did the demo go?" asks for the story.
_AT_LAST = (
    r"(?: (?:so far|today|yesterday|then|now|overall|last \w+|this \w+|with .{1,30}|at .{1,30}|for you"
    r"|in the end|on \w+))*"
)
VERDICT = (
    rf"^how (?:has|have|had) (?!you\b|(?:it|that|this) )(?:[\w'&.-]+ ){{1,7}}?been{_AT_LAST}$",
    rf"^how (?:did|has|is|are|does) {_THE_DAY} (?:been )?(?:go|gone|going|treating you|start){_AT_LAST}$",
    rf"^how went {_THE_DAY}$",
    (
        r"^how (?:was|were) (?!you able)(?!.*\bpossible$)(?!(?:.* )?(?:able|made|decided|done|won|built|handled"
        r"|organi[sz]ed|found|chosen|\w{3,}ed)\b).+$"
    ),
    (
        rf"^{HOW_IS}$|^how (?:is|are) (?:it|things|everything|everybody|life|you|you all)(?: (?:going|doing"
        rf"|looking|feeling))?(?: so far| today| now| for you)*$"
    ),
)
