"""The turns of phrase that blame: every "why" put to the rep, and what asks for a justification without it.

Each entry is a regular expression, tried on one sentence of text made plain by `form`.
"""

from __future__ import annotations

_DONE = r"(?:\w+ed|done|made|said|sent|written|known|been|gone|taken|got|given|seen|told|set|put|won|kept)"
_FAIL = (
    r"(?:not|skip|miss|drop|forget|fail|neglect|ignore|overlook|lose|let|give up|leave (?:it|them|him|her)"
    r"|decide not|only"
    r"|break|waste|blow|ruin|annoy|upset|delay|postpone|put off|hold back|wait|sit on|cancel|quit|hide|avoid"
    r"|refuse)\b"
)
# The why of a customer, or one the rep tells them, may be spoken of: "when they ask why", "show them why it matters".
THEIR_WHY = (
    r"\b(?!i\b)\w+ (?:asks?|asked|wonders?|wants? to know|asking)(?: you)? why\b[^,]*",
    r"\b(?:ask|asks|asking|tell|telling|show|showing|remind)(?: (?!me\b|us\b|you\b)[\w']+){1,3} why\b(?! you\b)[^,]*",
    (
        r"(?<!me )(?<!us )(?<!to )\b(?:find out|finding out|learn|understand|hear|see|explain|show|discover|work out"
        r"|figure out|know"
        r"|understands|knows|sees)(?: to (?:them|him|her|the \w+))? why\b(?! (?:you|your)\b)[^,]*"
    ),
)

_OTHERS = (
    r"(?:the others|others|the rest|(?:your|other) colleagues|your peers|the (?:rest of the )?team|the best"
    r"|last (?:week|month|quarter"
    r"|year)|everyone(?: else)?|everybody(?: else)?|other reps|top performers|him|her|me)"
)
_MISHAP = (
    r"(?:delays?|drop|gap|low|poor|weak|bad|missing|lack|silence|shortfall|loss|lost|few|number of|results?|numbers"
    r"|mess|decline"
    r"|fact that)"
)
_WORK = (
    r"(?:calls?|visits?|meetings?|mails?|emails?|demos?|appointments?|offers?|contacts?|conversations?|quotes?"
    r"|leads?|opps)"
)

BLAME = (
    # why, and its relatives
    r"\bwhy\b(?!-)",
    r"\byour why\b|\bwhat for$|\bhow come\b|\bhow dare\b|\bsince when\b",
    (
        r"\bhow (?:is it|does it|comes it|is it (?:coming|possible)|can it be|does it come)(?: to be)? that"
        r" (?:you|the|your|it|this|no|nobody|every|we|there|they|so)"
    ),
    r"\bon earth\b|\bthe (?:hell|heck)\b|\bhow (?:this|that|it) (?:could )?happen(?:ed)?\b",
    # something went wrong, and whose doing it was
    (
        r"\bwent wrong\b|(?<!could )(?<!might )(?<!can )(?<!would )\b(?:go|going|gone|goes) wrong\b(?! (?:for|with|if"
        r"|when|on) (?:them|the))"
    ),
    r"\bwrong with (?:you|your|this|that|the way)\b|\bis wrong (?:here|there|now)\b",
    r"\b(?:did|do|are|were|have) you (?:\w+ )?(?:do|doing|done|get|got|getting) wrong\b",
    (
        r"\bwhat mistakes? (?:did|have|do|are|were) (?:you|we)\b|\byour (?:own |biggest |worst |last )?(?:fault"
        r"|mistakes?|laziness"
        r"|attitude|failures?|errors?|excuses?)\b|\bwhose (?:fault|mistake|job was|responsibility was)\b"
        r"|\bwhose (?:\w+ )?idea (?:was|is) (?:that|this|it)\b"
    ),
    (
        r"\bwho (?:is|was) (?:to blame|responsible for (?:this|that|the (?:delay|mess|loss|lost|mistake|error)|losing"
        r"|not))\b"
        r"|^who (?:dropped|forgot|messed|screwed|lost|let|allowed|told you|said you could|failed|missed)\b"
        r"|\bdropped the ball\b"
    ),
    r"\bblam(?:e|ed|ing)\b(?<!they blame)(?<!customer blames)(?! you)",
    (
        r"\bwhat (?:has |is )?(?:happened|happening|going on) (?:to|with) (?:your|those|that|all) (?!customers?\b"
        r"|market\b|clients?\b)"
        r"|\bwhat (?:has )?happened (?:to|with) the\b"
    ),
    r"\bwhat (?:was|is) (?:going on|up|the matter|it) with you\b(?! (?:guys|on))",
    (
        r"\bhow (?:did|could) (?:we|you|they|it) (?:\w+ )?(?:lose|come to this|get this (?:bad|far behind))\b"
        r"|\bhow (?:we|you) lost\b"
        r"|\bwhat (?:has )?(?:lost|cost) (?:us|you)\b(?! (?:most|the most|time|money|to))"
    ),
    r"^(?:but |so )?you .*, (?:so |and |but )*what happened\b",
    # excuses and reasons
    r"\b(?:the|any|what|more|another|today's) excuses?\b|\bexcuse (?:this time|today|now)\b",
    (
        r"\bexplain yourself\b|\bdefend (?:yourself|your)\b|\baccount for (?:your|the|this|that)\b"
        r"|\bwhat (?:do you have|have you(?: got)?) to say (?:about|for)\b|\bwhat do you have to say\b"
        r"|\bwhat you (?:broke|ruined|messed)\b|\bhow did (?:the \w+|they|\w+) (?:beat|outsell|undercut|outdo) us\b"
    ),
    (
        r"\bjustify (?!(?:the|our|your|a|its|their|any) (?:higher |new |extra )?(?:prices?|costs?|investment|spend"
        r"|expense|fees?|premium"
        r"|budget|purchase|change|switch|value))"
    ),
    (
        rf"\bhow (?:do|would|can|will|could) you explain (?:(?:that|this|it)(?! to)\b(?: |$)(?!\w+ (?:to|so))|yourself"
        rf"|(?:the|your|such|these|those|having|not|only) ?{_MISHAP}?(?:$| {_MISHAP}\b(?! to (?:the|your|them|him"
        r"|her|their|an?)\b)))"
    ),
    (
        rf"\bhow (?:do|would|can) you explain (?:the|your|such a|these|those|this) {_MISHAP}\b"
        r"(?! to (?:the|your|them|him|her|their|an?)\b)"
    ),
    (
        r"\bwhat (?:is|was|are|were) (?:the|your) (?:reasons?|explanations?)\b(?! (?:they|he|she|people|customers"
        r"|behind their"
        r"|the (?:customer|client|buyer)|a (?:customer|client|buyer)))"
    ),
    (
        r"\bwhat (?:is|was) (?:the|your) problem(?: (?:here|now|today|this time|with you|then))?$"
        r"|\bwhat is your problem\b"
    ),
    r"\bfor what reason\b|\bwhat reasons? (?:do|did|have|had) you\b|\bgives you the right\b",
    (
        r"\bwhat is (?:the|this|your) (?:hold ?up|hold-up|delay)\b|\bwhat (?:took|is taking|takes) (?:you|it|so|this"
        r"|that)\b.*\blong\b"
        r"|\bwhat took you\b|\bwhat is keeping you\b"
    ),
    rf"\bwhat (?:is|was) behind (?:the|your|such a|this|these|only) ?(?:\w+ )?{_MISHAP}\b",
    # what made you fail
    rf"\bwhat (?:\w+ )?(?:made|makes|led|drove|caused|possessed|got) you (?:to )?{_FAIL}",
    (
        r"\bwhat (?:made|makes) you (?:ever |even |really )?(?:think|believe|assume)\b(?! (?:of"
        r"|about)\b)(?! (?:they|he"
        r"|she|customers"
        r"|someone|people|the (?:customer|client|buyer))\b)"
    ),
    (
        r"\bwhat (?:made|makes|keeps) you (?:always|never|keep|constantly|still|so|repeatedly|late|this|that)\b"
        r"|\bkeep (?:making the same"
        r"|missing|forgetting|losing|failing|falling|avoiding|postponing|putting (?:it|this|that|them) off)\b"
    ),
    (
        r"\bwhat (?:kept|stopped|prevented|held|hindered|blocked) you\b|\bwhat is (?:really )?stopping you\b(?! from)"
        r"|\bwhat got into you\b"
    ),
    (
        rf"\bhow (?:could|can|did) you (?:even |just |possibly |manage to |ever |only |again )*(?:{_FAIL}|have {_DONE}"
        rf"|possibly|still"
        r"|be so|not|think (?:that|it|this|you)|believe (?:that|it|this)|mess|screw|sleep)"
    ),
    # hindsight and reproach
    rf"\b(?:should|could|might) (?:you|we) (?:not )?have (?:\w+ly )?{_DONE}\b|\bhow (?:else )?could you have\b",
    rf"\bif you had (?:\w+ )?{_DONE}(?: \w+){{0,3}} (?:better|earlier|sooner|properly|more|harder|in time)\b",
    r"\bwould (?:an?|any|every) (?:\w+ ){1,2}have (?:done|said|handled|asked)\b",
    r"\bhow (?:is|am|are) (?:anyone|anybody|someone|i|we|the \w+|they) supposed\b|^where have you been$",
    (
        r"\bhow (?:could|can) (?:this|that|it|such a thing) (?:even |ever |possibly |still )?happen\b(?! (?:for|in"
        r"|with|faster))"
    ),
    r"\bwould you have (?:done|handled|said) (?:it |that |this )?(?:differently|better|instead)\b",
    r"\bcould have been (?:\w+ )?(?:better|differently)\b|\bshould have been\b|\bhave gone better if you\b",
    r"\byou (?:should(?:n't| not)?|could|ought to|must) have\b(?! (?:had )?(?:a|the|time|one)\b)",
    r"\b(?:you (?:are|were)|are you|were you|weren't you) (?:not )?supposed to\b",
    r"\byou (?:said|promised|told me|agreed|committed|assured)\b.*\b(?:but|yet|and (?:still|then))\b",
    r"\b(?:like|as) you (?:said|promised|agreed|told me) you would\b|\bthe \w+ (?:\w+ )?you promised (?:me|us)\b",
    (
        r"\b(?:did|have|had) you only\b|\byou (?:have |had )?only (?:made|did|set|got|sent|booked|managed|called|have"
        r"|had|visited|met"
        r"|spoke|spoken|reached|written|wrote|done|done|found|closed|logged"
        r"|entered)\b(?<!if you only have)(?<!if you only had)"
    ),
    (
        rf"^(?:just|only) (?:\w+ )(?:\w+ )?{_WORK}\b|\b(?:just|only) (?:one|two|three|four|five|six|a few"
        rf"|\d+) {_WORK} (?:yesterday|last"
        rf"|this|in a|all|so far)\b|\b{_WORK} only$"
    ),
    (
        r"\b(?:you|your (?:\w+ )?\w+|the (?:plan|offer|crm|report|notes?|list|proposal|quote)|it|this|that) (?:(?:is"
        r"|are|have|has) )?still"
        r" (?:have not|haven't|has not|hasn't|did not|didn't|not|no|missing|empty|open)\b|\bstill (?:haven't|have not"
        r"|didn't) you\b"
    ),
    (
        r"\bnot even\b|\byet again\b|\b(?:is the|ask|asking|told|tell|telling|missed|late|down)\b.* (?:second|third"
        r"|fourth|umpteenth|nth) time\b|\bonce again\b(?=.*\b(?:miss|late|no)\b)"
    ),
    (
        r"\b(?:miss|missed|drop|dropped|late|forgot|behind|slipped|skip|skipped|wrong|fail|failed|lost"
        r"|cancelled) (?:(?:it|this|that|them"
        r"|the \w+(?: \w+)?|your \w+(?: \w+)?) )?again\b"
    ),
    (
        r"\byou (?:\w+ )?fail(?:ed|ing)?\b|\byou (?:forgot|forget|neglect(?:ed)?|ignored?|missed|skipped"
        r"|avoided|wasted"
        r"|blew)\b"
        r"(?<!if you missed)(?<!if you forget)(?<!when you forget)(?<!if you ignored)(?<!if you forgot)(?<!what you"
        r" missed)"
    ),
    (
        r"\b(?:lazy|slacking|careless|sloppy|hopeless|unacceptable|pathetic|incompetent|clueless|embarrassing"
        r"|unprofessional)\b"
    ),
    (
        r"\b(?:disappoint|underperform)\w*(?<!they disappointed)|\blet (?:us|me|the team|everyone|yourself) down\b"
        r"|\byou (?:have )?let down\b"
    ),
    r"\b(?:mess|screw)(?:ed|ing)? (?:it |this |that |things )?up\b",
    # comparison with others
    r"\b(?:like|as|unlike|while) (?:everyone|everybody|the others|the rest|others|your colleagues|the other reps)\b",
    (
        rf"\b(?:worse|slower|less|fewer|lower|behind|further behind) (?:\w+ ){{0,2}}?than {_OTHERS}\b"
        rf"|\bbehind (?:everyone|the others|the team)\b"
    ),
    r"\b(?:everyone|everybody) else (?:is|has|does|can|could|made|makes|manages?d?|hit|hits|did|gets|got|seems)\b",
    (
        rf"(?<!\bwe )(?<!\bus )\bcompared? (?:to|with) {_OTHERS}\b|\bcompared to you\b|\bwhat (?:do|are|does"
        r"|is) (?:the )?(?:others|\w+"
        rf"|your colleagues) (?:do|doing|have"
        r"|know) that you (?:don't|do not|aren't|are not|haven't|can't)\b"
    ),
    r"\bbut you (?:did not|didn't|have not|haven't|never)\b|(?:^|, |\bbecause )you (?:never|always)\b",
    r"\b(?:what|who|how|which|where|when)\b.*\b(?:(?:did|could|were|had)n't you|(?:did|could|were|had) you not)\b",
    # questions that are none
    (
        r"\bwhat are you (?:still )?(?:waiting for|playing at|up to|doing all day|thinking)\b|\bhow hard (?:can|is"
        r"|could|would) (?:it|that|this)\b"
    ),
    (
        r"\bwhat were you (?:thinking|doing|up to|(?:hoping|trying|expecting) to (?:achieve|accomplish|gain|prove)"
        r" (?:by|with that))\b|\bwhat do you (?:actually |even |really )?do all (?:day|week"
        r"|morning)\b|\bwhere were you\b"
        r"|\bwhat (?:have|did) you (?:been )?(?:doing|do|done) all (?:day|week|morning|month|this time)\b"
        r"|\bthe whole (?:day|week|morning)$"
    ),
    (
        r"\bwhat (?:is|was|makes it|made it|do you find|did you find) (?:so|that|too) (?:\w+ )?(?:hard|difficult"
        r"|complicated|tricky|tough|scary"
        r"|terrible|impossible)\b|\bhow (?:hard|difficult)"
        r" (?:can|is|could) (?:it|that|this)\b"
    ),
    (
        r"\bwhat (?:part|bit|word)s? (?:of|about) .+ (?:do|did) you not (?:understand|get|hear)\b"
        r"|\bdon't you (?:understand|get)\b|\bdid i (?:tell|say)\b"
    ),
    (
        r"\bwhat did you (?:expect|think (?:would|was going to) happen)\b(?! (?:to|from|them|him|her))"
        r"|\bwhat do you expect (?:if|when) you\b"
    ),
    (
        r"\b(?:when|how long) will you (?:finally|ever|keep|learn|start to|understand)\b|\bdo i (?:have"
        r"|need) to (?:tell|remind|ask|say|explain)\b"
    ),
    (
        r"\bwho do you think you are\b|\bwhat is (?:the )?(?:point|use) (?:of|in) (?:you|your)\b|\btake (?:it|this"
        r"|your \w+) seriously\b"
    ),
    (
        r"\bwent (?:so |that |pretty )?(?:badly|poorly|terribly)\b|\bwhat are you so \w+ (?:about|of)\b"
        r"|\bhow is it that (?:nobody|no one|you|we|there|the|so)\b|\bmatter with (?:you|your)\b"
    ),
    (
        rf"\bwhat explains (?:the|your|this|that) (?:\w+ )?{_MISHAP}\b|\bwhat (?:was|is"
        rf"|were) (?:so much )?more important than\b|\bwhat did you do instead\b|\bwho (?:is|was|were) supposed\b"
    ),
    (
        r"\bwhat did you do with (?:your|the|all|that|those)\b.* (?:time|day|morning|week|hours?|afternoon)\b"
        r"|\bwhere did (?:the|your|all) .*\b(?:time|day|morning|week|hours?|afternoon) go\b"
    ),
    (
        r"\bhow did .* (?:get lost|slip|fall through|fall apart|get forgotten|go missing|go under|slip through)\b"
        r"|\b(?:this|the|that) mess\b|\bthat you (?:can't|never|don't) (?:get|manage|make|reach|close|sell)\b"
    ),
    (
        r"\btake (?:for you to (?:finally|start|actually|ever|begin|stop)|to get you to|to make you)\b"
        r"|\bhave to do (?:to get you to|so that you|for you to|before you)\b"
    ),
    (
        r"\bhow do you (?:ever )?expect to (?:succeed|hit|make|reach|sell|win|get|earn|be)\b"
        r"|\bhow can you (?:be (?:satisfied|happy|proud|ok)|call (?:that|this)|accept|live with|say that|sit)\b"
    ),
    (
        r"\bwhat (?:kind|sort) of (?:[\w-]+ ){1,2}(?:was|is) (?:that|this|it)\b|\bwhat (?:did|have) you (?:do|done|say"
        r"|said) to (?:upset|annoy|anger|lose|scare|drive|deserve|offend"
        r"|make (?:them|him|her) (?:so )?(?:angry|leave|mad|upset|quit|walk|hang))\b"
    ),
    r"\bmake up for (?:the|your|it|that|lost|yesterday|missing|last)\b|\bshow for (?:it|yourself)\b",
)
