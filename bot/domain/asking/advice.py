"""The turns of phrase that tell the rep what to do, and those that are about the asker.

Each entry is a regular expression, tried on one sentence of text made plain by `form`.
"""

from __future__ import annotations

from bot.domain.asking.words import AUX

# Words in -ing that are nouns or prepositions: some always, some unless an object or a particle follows.
_NO_GERUND = (
    "everything|something|anything|nothing|thing|morning|evening|during|spring|string|bring|existing|upcoming|being"
    "|coming|king|ring|sibling|ceiling|wing|according|regarding|concerning|interesting|exciting|boring|amazing|wedding"
)
_SELDOM_GERUND = (
    "meeting|pricing|training|briefing|marketing|onboarding|following|building|opening|purchasing|engineering"
    "|manufacturing|accounting|controlling|banking|housing|clothing|catering|printing|shipping|staffing|hearing"
    "|setting|ending|beginning|feeling"
)
_OBJECT = "up|out|them|him|her|the|an?|your|their|his"
DOING = rf"(?!(?:{_NO_GERUND})\b)(?!(?:{_SELDOM_GERUND})\b(?! (?:{_OBJECT})\b))[a-z]{{2,}}ing\b"
# What one says to have done, after "if you": an idea of the asker's.
_IDEA = (
    r"(?:just |simply |first |instead )*(?:called|rang|phoned|emailed|mailed|wrote|sent|asked|offered|visited"
    r"|invited|tried|used|went|gave"
    r"|showed|brought|let|started|stopped|booked|dropped|took|met|texted|messaged|proposed|suggested|involved|added"
    r"|moved|skipped|shared"
    r"|call|ring|phone|email|mail|write|send|ask|offer|visit|invite|try|use|go|give|show|bring|start|stop|book|drop"
    r"|take|meet|involve)"
)
_WHICH_IDEA = r"(?:the idea|my idea|the thought|the option|the possibility|a|an|the suggestion)"
_MEANS = (
    r"(?:samples?|invitation|linkedin|whatsapp|brochure|checklist|template|newsletter|event|crm|script|call|visit"
    r"|e-?mail|mail|meeting|demo|workshop|reference|referral|discount|pilot|trial|site visit|lunch|coffee|letter"
    r"|note|message"
    r"|text|video|chat|role-?play|run-?through|rehearsal|walk|session|webinar|case study|proposal|reminder|gift)"
)

# Where a clause begins: "have you tried …" advises, "what have you tried" asks.
_START = r"(?:^|[,;:] |\b(?:and|but|so|or|then|well|ok|yet) )"
_TELLING = "tell|walk|talk|describe|share|say|show|explain|give|help|take"
_STOPS = (
    "stops?|is stopping|keeps?|is keeping|prevents?|is preventing|holds?|is holding|hinders?|is hindering"
    "|would (?:stop|keep|prevent|hold)"
)

ADVICE = (
    r"\bhow about\b",
    (
        rf"\bwhat about (?:just |simply |maybe )?{DOING}|^(?:and |so |but |or |then )*what about (?!.*\b(?:is|are|was"
        rf"|were|do|does|did|has|have|will"
        r"|would|could|can|might|makes?|feels?|\w+(?:s|ed) (?:you|them|him|her|most|me|the customer))\b).+$"
    ),
    (
        rf"{_START}have you (?:ever |already |maybe |perhaps |not )*(?:thought|considered|tried|looked (?:at|into))\b"
        rf"|^(?:ever )?(?:tried|considered|thought of)\b"
    ),
    rf"{_START}(?:did|do|would|could|can|will) you (?:ever |already |not )*(?:think of|think about|consider|try)\b",
    rf"{_START}(?:don't|wouldn't) (?:you|it) (?:think|be|help|make sense|agree|say|like|rather|want)\b",
    rf"{_START}(?:shouldn't|couldn't|can't) (?:you|we)\b|\b(?:isn't it|is it not) (?:time|better|best|easier)\b",
    r"\bwhy don't (?:you|we)\b|\bwhy not\b",
    r"\bwhat if (?:you|we|i|instead)\b",
    (
        rf"\bwhat (?:else )?(?:would|could|might|will) .*\bif you {_IDEA}\b(?! nothing)"
        r"|\b(?:would|could|might) happen if you\b(?! (?:did|do|change|changed) nothing| (?:did not|didn't|do not"
        r"|don't|left|leave|kept|keep|stayed|stay"
        r"|carried|carry|continued|continue|waited|wait|lost|lose|missed|miss|ran out|fell|failed|could|never|no longer"
        r"|had (?:no|to|an? (?:outage|breakdown|audit|recall|fire|leak)))\b)"
    ),
    (
        rf"\bwhat (?:else )?(?:{_STOPS}) you(?: back)? from\b|\bwhat speaks against {DOING}|\b(?:harm|downside|risk"
        rf"|problem|catch) (?:in|of|with) (?:{DOING}|an? (?:\w+ )?{_MEANS}\b)"
    ),
    rf"\bwhat (?:would|do) you say to (?:just |simply )?(?:{DOING}|an? (?:\w+ )?{_MEANS})",
    (
        r"(?:^|\b(?:and|so) )what you (?:think|say) (?:about|of)\b|\bwhat (?:do|did|would) you (?:think|say)"
        r" (?:about|of)\b(?! (?:first|when|as|before|while|in the|at the"
        r"|during|the way|how)\b)"
        r"(?! (?:their|his|her)\b)|\bwhat do you say (?:we|to|if)\b"
    ),
    (
        rf"\bwhat (?:is|are) your (?:opinion|view|thoughts?|take) (?:on|about|of) (?:just |{_WHICH_IDEA} "
        rf"|maybe )?(?:of )?{DOING}"
    ),
    (
        rf"\bhow (?:do|would) you (?:feel about|like|fancy) (?:just |simply |{_WHICH_IDEA} (?:of )?)?{DOING}"
        rf"|\bhow would it be (?:to|if you)\b"
        rf"|\bhow (?:do|would) you (?:feel about|like) {_WHICH_IDEA} (?:{_MEANS}|of)\b"
        rf"|\bhow would you feel if you {_IDEA}\b"
    ),
    (
        rf"\bhow (?:would|could|might) (?:a|an|another) (?:\w+ )?{_MEANS} .*\b(?:help|work|move|improve|suit|fit"
        rf"|sound|look to you|look like to you|change)\b"
    ),
    (
        rf"\bhow (?:would|could|might|can) (?:(?:a|an|another|the"
        rf"|some) )?(?:\w+ )?{_MEANS}\b.{{0,40}}\b(?:help(?: (?:you|here)|$)|work (?:here|for you)|get you|make (?:it"
        rf"|this) easier)"
    ),
    (
        rf"\bwhat (?:could|would|might|can) (?:a|an|the|some|another) (?:\w+ )?{_MEANS} (?:do|bring|change|give|add)\b"
        rf"|\bwhat (?:role|part) (?:could|would|might) (?:a|an|the) (?:\w+ )?{_MEANS}\b"
    ),
    (
        rf"\b(?:benefits?|advantages?|upsides?|points?|value|merits?|use) (?:of|in|to) (?:just |simply )?{DOING}"
        rf"|\bhow (?:does|did) {DOING} .*\b(?:help|change|sound|feel|fit)\b"
    ),
    (
        rf"\b(?:thoughts?|opinion|view|take) on (?:just |maybe )?(?:{DOING}|an? (?:\w+ )?{_MEANS}\b)|\b(?:like"
        rf"|about|of"
        rf"|to|find|see) the (?:idea|option|possibility|thought) of\b"
    ),
    (
        r"\b(?:just|simply) (?:call(?:ing)?|ask(?:ing)?|pick(?:ing)? up|send(?:ing)?|ring(?:ing)?|go(?:ing)? (?:and|to"
        r"|there)|writ(?:e|ing)|visit(?:ing)?|do(?:ing)? it|tell(?:ing)?)\b"
    ),
    r"\b(?:works|worked) for me\b|\bin my experience\b|\bwhat i (?:do|did|found|would (?!see|hear|notice))\b",
    rf"\bhow (?:could|might|would) you use (?:an? |some )?(?:[\w-]+ )?{_MEANS}\b(?! (?:time|you|that))",
    rf"\bhow (?:would|might|does) it (?:be|feel|look|work|help) (?:to|if you) {_IDEA}\b",
    r"\b(?:i have|here is) (?:an?|one|another|my) (?:\w+ )?(?:idea|tip|thought|suggestion)\b|\bjust a thought\b",
    rf"^(?:instead of|rather than) (?:another|more|{DOING})",
    (
        r"\bwrong with (?:an?|just|simply)\b|\bwhat about if\b|\bwhat if (?:someone|somebody|one of us|a colleague"
        r"|your manager)\b|\blet me (?:suggest|propose|recommend|give you)\b"
    ),
    (
        r"^(?:just |simply |first )?(?:call|send|try|ask|visit|e-?mail|mail|write|book|ring|offer|invite) (?:an?|the"
        r"|them|him|her|it) [^,:]*[,:]"
    ),
    (
        rf"\bwhat (?:would|could|might|will|do|does) (?:you )?(?:lose|gain|risk|cost|win|learn|achieve|save|hear"
        rf"|find out|change|have to lose|stand to gain)(?: \w+)? (?:by|from|through) (?:{DOING}|being\b)"
        rf"|\bgot to lose\b|\b(?:to|you|we) (?:lose|gain|risk|win) by {DOING}"
    ),
    (
        r"\bif i were you\b|\bin your (?:shoes|place|position) i\b|\b(?:my|one|a small|a quick|a) (?:advice|suggestion"
        r"|tip|hint|recommendation|two cents)\b"
        r"(?<!one idea)|\bjust an idea\b|\bi (?:would )?(?:suggest|recommend|advise|propose|urge)\b"
    ),
    (
        r"\bi (?:want|need|expect|would like|would prefer|would) you to\b|\bi would (?!love|like|be|see|hear|notice"
        r"|find|want to (?:hear|know|understand))\w+|\bwhat would i do\b"
    ),
    r"^(?:please )?(?:remember|be sure|make sure|do not forget|don't forget|try not) (?:to|that|you)\b",
    (
        r"\byou (?:had|would) better\b|\byou (?:might|may|probably|could) want to\b|\byou could always\b"
        r"|\bbest practice\b|\byou are better off\b"
    ),
    (
        r"(?:^|, |; |: |\band |\bbut |\bso |\bi think |\bmaybe |\bperhaps |\bwhat )you (?:really |probably "
        r"|definitely "
        r"|just |simply )?(?:should|must|need to"
        r"|have to|ought to)\b(?! (?:do|you|know|find|have|hear|see|get past|understand|learn|prepare|change|happen"
        r"|feel)\b)"
    ),
    rf"\b(?:could|can|would|will) you (?:not )?(?:just|simply|maybe|perhaps) (?!(?:{_TELLING}) )",
    (
        r"\bit (?:would|might|could|may) be (?:good|better|best|wise|smart|worth|an idea|a good idea|time)\b"
        rf"|(?:^|, |\b(?:think|maybe|perhaps) )it is (?:time to|best to|better to|worth {DOING})"
    ),
    r"\b(?:maybe|perhaps) you (?:should|could|can|might)\b|\bhave you got time to\b|\bmight it (?:help|be)\b",
)

# Advice when told, and fine when asked: "The best reps call before nine" and "What do the best reps do?"
TOLD = (
    (
        r"(?:^|, )(?:the |our |all |many |most |some )*(?:best|top|good|great|successful|experienced|smart|high)[ -]"
        r"(?:performing )?(?:reps?|performers?|sellers?|salespeople|sales people|colleagues)\b"
    ),
    (
        r"^(?:an?|one|another) [^,]* (?:might|could|would|may|can) (?:well |really )?(?:help|open|work|get|do|change"
        r"|make|bring|be (?:nice|good|great|worth|useful|fun|an idea|a (?:good |nice )?(?:start|idea)))\b"
        r"|^(?:others|other reps|some reps|many reps|colleagues) (?:have |had )+(?:good )?(?:success|luck|results)\b"
    ),
    r"^(?!you\b|your\b|that\b).*\bworks? (?:wonders|best|better|every time|like a charm|a treat)\b",
    (
        r"\bis (?:usually |often |always |much |far )*(?:better|more effective|faster|smarter|more personal"
        r"|the better) (?:than|contact|way|choice|idea|option)\b"
    ),
    (
        r"\bit (?:always |often |really )?(?:helps|pays) to\b|^(?:maybe|perhaps|possibly) .*\b(?:would|could|might"
        r"|is)\b|\bwould (?:really |surely )?help$"
    ),
    (
        rf"^(?:have|take) a look\b|^look (?:at|into)\b|^think about {DOING}|\bit is (?:always |definitely "
        rf"|really )?worth\b"
    ),
    (
        r"^(?:one|another|your best|the best|a good) (?:option|way|idea|possibility|move|approach) (?:is|would be)\b"
        r"|\bwhen i (?:was|sold|worked|started)\b"
        r"|\bi (?:always|usually|used to) \w+"
    ),
)

_AUXILIARIES = "|".join(sorted(AUX))
_MINE = (
    r"(?:pitch|presentation|feedback|ideas?|offer|proposal|call|demo|e-?mail|mail|suggestion|advice"
    r"|performance|style|help|support|plan|role|coaching)"
)

FIRST_PERSON = (
    rf"\b(?:{_AUXILIARIES}) (?:i|we)\b(?! (?:please |just )?(?:ask|know|hear|asked)\b)",
    r"\bwhat (?:\w+ )?(?:feedback|advice|tips|suggestions?|criticism|ideas|wishes|thoughts) .*\bfor (?:me|us)\b",
    (
        r"\bi (?:think|believe|feel|guess|suggest|recommend|advise)\b|\blet's\b(?! (?:hear|say|imagine|assume|suppose"
        r"|picture|pretend)\b)|\bi (?:want|need|expect)\b(?! to (?:hear|know|understand|learn"
        r"|see|ask|listen)\b)"
    ),
    (
        r"\b(?:can|could|may|would|will|might) our (?:team|company|people|firm)"
        r" (?:help|assist|support|serve|do for) (?:you|your)\b"
    ),
    (
        r"\bif i were you\b|\b(?:feel about|like|mind|fancy) (?:me|us) \w+ing\b"
        r"|\b(?:use|using|apply|applying|try|follow|put|take) my \w+"
    ),
    # What a customer needs from us is not about the asker; what the rep needs from them is.
    (
        r"(?<!\bthey )(?<!\bhe )(?<!\bshe )(?<!\bbuyer )(?<!\bcustomer )(?<!\bclient )"
        r"(?<!\bcustomers )(?<!\bbuyers )(?<!\bclients )"
        r"\b(?:need|want|expect|require|looking for|hope for|wish for)(?:ed)?(?: \w+)? (?:from|of) (?:me|us)\b"
        r"|\b(?:want|like|need|expect|prefer|have|trust) (?:me|us) to\b"
    ),
    (
        rf"\b(?:of|about|was|is|did|find|like|was|are|were) my (?:\w+ )?{_MINE}\b|\bmy (?:help|support|job) (?:be|is"
        rf"|with|in|here)\b"
    ),
    (
        r"\b(?:can|could|should|would|may|will|must) (?:i|we) (?:help|support|do)\b|\bhelp (?:from )?me (?:with|close"
        r"|hit|reach)\b"
    ),
)
