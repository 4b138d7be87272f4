"""The turns of phrase that ask about a result: targets, forecasts, the state of a deal.

Each entry is a regular expression, tried on one sentence of text made plain by `form`. A question about how a result
came about (`achieved`) is none of these, for it asks about what somebody did.
"""

from __future__ import annotations

from bot.domain.asking.result_words import DEAL, LONG, RESULT, RESULT_ITSELF, WHOSE, WORK
from bot.domain.asking.words import HOW_IS

_NOT_THEIRS = r"(?<!their )(?<!his )(?<!her )(?<!its )(?<!customer's )(?<!client's )(?<!buyer's )(?<!company's )"
_SCORES = (
    "quotas?|attainment|commission|revenue|turnover|bookings|(?:win|hit|run|close|conversion|closing) rate"
    "|kpis?|arr|mrr|leader ?board|league table|ranking|scorecard|sales figures|order intake|order book|market share"
)
_WIN = (
    "close|closing|closes|closed|win|winning|won|land|landing|sign|signing|sell|selling|sold|bring in|book"
    "|booking|bill|invoice"
)
# Booked or sold, and yet something that is done, not a result: "booking five meetings this week".
_APPOINTMENT = (
    "(?:(?:first )?meetings?|calls?|appointments?|demos?|visits?|conversations?|slots?|talks?|hours?|time|workshops?"
    "|chats?|coffees|trainings?|rooms?|sessions?|seats?|pilots?|trials?)"
)
_PERIOD = (
    r"(?:(?:for |in )?(?:this|next|last|the)|by (?:the )?(?:end of(?: the| this)?)|before (?:the )?end of(?: the"
    r"| this)?)"
    r" (?:week|month|quarter|year)"
)
_HIT = (
    "(?:hit|beat)(?:ting|ing)?|(?:reach|meet|miss|land|attain)(?:ing)?|make|making|exceed|achieve|deliver"
    "|get to|get back to|smash|crush"
)
_TELL_ABOUT = (
    r"(?:(?:tell|talk to) (?:me|us) (?:\w+ )?about|(?:walk|talk|take|run) (?:me|us) through|update me on"
    r"|fill me in on|give me|show me"
    r"|describe|share|let me see|talk about|how do you (?:feel|think) about|what do you think (?:of|about)"
    r"|where are you (?:with|on))"
)
_AGAINST = "on|against|versus|vs|behind|ahead of|below|above|off|towards?|relative to|compared (?:to|with)"
_WILL = (
    r"(?:is|are you|will you be|do you have|will you|can you|will|else is|else are you|do you expect to"
    r"|do you think (?:will|you will)|could)"
)
_GET = (
    "pull|pull in|push|bring|close|closing|win|land|secure|seal|clinch|bag|get|sign|nail|save|rescue"
    "|finali[sz]e|push through|speed up|accelerate|bring home"
)

# What a rep works on and may be asked about with "how is it going": all else is a deal, a customer or a result.
_ACTIVITY = (
    r"preparations?|prep|plans?|planning|day|days|morning|afternoon|week|weeks|list|research|training|learning"
    r"|practice|prospecting"
    r"|follow-?ups?|work|writing|calls|calling|conversations|onboarding|first hour|routine|approach|it|you|this"
    r"|that|energy|diary|calendar"
    r"|schedule|role-?play|homework|studies|course|outreach|thinking|questions|talk|meeting|call|conversation"
    r"|your \w+ing"
)
_DOING = (
    r"(?:doing|looking|going|coming along|progressing|shaping up|developing|moving(?: along)?|evolving"
    r"|tracking|trending|performing)"
)
_SOON = r"(?: (?:this|last|next|by|yesterday|today|tomorrow|soon|before|in|so far|already|first|then|on).*)?"

LAGGING = (
    rf"{_NOT_THEIRS}\b(?:{_SCORES})\b(?! (?:they|he|she|notes|goals)\b)",
    r"\byour (?!phone|mobile|direct)(?:\w+ )?(?:numbers?(?! one\b)|figures|stats|results|performance)\b",
    r"\byour sales(?= (?:this|last|today|so|look|going|doing|are|figures|numbers|up|down)\b|$)",
    (
        rf"\bhow (?:is|are|was|were|does|do|did|will|has|have) {WHOSE}(?:business\b(?! cards?)|results\b"
        rf"|{RESULT_ITSELF})"
    ),
    (
        r"\bhow (?:do|will|would|did) you (?:see|expect|finish|end|close|close out|do|perform) (?:in |this |the |for "
        r"|out )*(?:the |this |your |last )?"
        rf"{LONG}\b"
    ),
    (
        rf"\bwhat (?:is|are|was|were|do|does|did|will) (?:in |on |up with |with |still in |left (?:in|for|to do for) "
        rf"|next (?:in|for) )?{WHOSE}{RESULT_ITSELF}"
    ),
    (
        r"\bwhat (?:have you|do you have|you have|do you see|have we) (?:got )?in (?:your|the) (?:pipeline|forecast"
        r"|funnel|hopper|bag)\b"
        r"|\bin (?:the hopper|the bag|commit|best case)\b"
    ),
    (
        rf"\b(?:{_HIT}) {WHOSE}(?:targets?|numbers?|forecast|budget|{LONG}|sales goals?"
        rf"|goal for the (?:month|quarter"
        rf"|year))"
        r"(?= (?:this|by|for|in|before|again|next|at|and|or|without|on|if|when|with|last|even|despite|from|so|anyway"
        r"|now|after)\b|,|$)"
    ),
    (
        rf"\bwhere (?:are|do|is|did|will) (?:you|we|it|things) (?:\w+ ){{0,2}}?(?:in|for|with"
        rf"|{_AGAINST}) (?!(?:an?|one|two|three|five|ten|\d+) ){WHOSE}{RESULT}\b"
        rf"|\bin terms of {WHOSE}{RESULT_ITSELF}"
    ),
    rf"\b(?:{_AGAINST}) (?:the |your |our |monthly )?(?:targets?|forecast|quota)\b(?! (?:{WORK})\b)",
    (
        r"\b(?:behind|ahead of|back (?:on|to)|against) (?:the |your )?(?:plan|budget|goal|track for the (?:month"
        r"|quarter|year))\b(?! (?:today|now|after|when|once))"
    ),
    rf"\b(?:{_WIN}) (?!(?:\w+ ){{0,4}}?{_APPOINTMENT}\b)(?:\w+ ){{0,3}}?{_PERIOD}\b",
    (
        rf"\bwhat {_WILL} (?:\w+ )?(?:going to )?(?:clos(?:e|ing)|land(?:ing)?|slip(?:ping)?|com(?:e"
        rf"|ing) in)\b(?! (?:the|your|each|a|every) (?:call|meeting|talk|day))"
    ),
    (
        rf"^what (?:will|are|do|can|did|have|could|would) (?:you|we) (?:going to |expect to |plan to |want to "
        rf"|think you will |hope to )?(?:{_WIN}|bring home|deliver"
        rf"|turn over){_SOON}$"
    ),
    (
        r"\bturn(?:ed)? over (?:last|this|in)\b|\bwhat did (?:your|the|our|we) ?\w* (?:turn over|sell|close|win|book"
        r"|bring in)\b"
    ),
    (
        rf"\bcommit(?:ted|ting)? (?:to )?(?:for|this|by the end of|next|in) (?:the |this )?(?:{LONG}|week)\b"
        rf"|\byour (?:commit|best case|outlook|call number)\b"
    ),
    (
        r"\bclos(?:e|ing) (?:\w+ ){0,2}?deals?\b|\bdeals? (?:\w+ ){0,3}?(?:clos(?:e|ing|es|ed)|slip\w*|at risk|stuck"
        r"|sign\w*|stall\w*)\b"
    ),
    (
        r"\b(?:what|which) (?:renewals?|opportunities|offers|quotes|proposals|tenders?|bids) (?:will|could|can|might"
        r"|are|is)"
        r" (?:\w+ )?(?:close|land|sign|slip|come in|drop|at risk|likely|stuck|safe|renew|closing|slipping)\b"
        r"|\b(?:what|which) (?:deals?|orders|contracts?|opps) (?:will|can|do|did|are|have|could|came|come|is|has|were"
        r"|got|get)\b"
    ),
    (
        r"\b(?:what|who|which \w+) (?:did|have) you (?:\w+ )?(?:sell|sold|close|closed|win|won|sign|signed|book|booked"
        r"|land|landed)(?! (?:a|the|in|over|up|their)\b)"
    ),
    (
        rf"^(?:who|which (?:\w+ ){{0,2}}?\w+) (?:(?:is|are|will|has|have|might|could|do you (?:think"
        rf"|expect) will) )?(?:going to |about to |ready to |likely to |close to"
        rf" )?(?:sign|signed|signing|close|closed|closing|order|ordered|buy|bought|renew|renewed|purchase"
        rf"|purchased){_SOON}$"
    ),
    rf"\b{_TELL_ABOUT} (?:the|your|this|our|last) (?:[\w'-]+ ){{0,2}}?{RESULT_ITSELF}",
    (
        r"\b(?:(?:tell|talk to) (?:me|us) about|(?:walk|talk|take|run) (?:me|us) through) (?:the|your|this|that|our)"
        r" (?:[\w'&-]+ ){0,3}?(?:(?:deal|order|contract|opp|renewal|upsell)s?|opportunit(?:y|ies))(?: (?:with"
        r"|at) [\w'&. -]+)?$"
    ),
    (
        r"\bwhat (?:else )?(?:can|could|will|do|are) you (?:\w+ ){0,3}?(?:pull(?:ing)? (?:in|forward|ahead)"
        r"|bring forward)\b"
    ),
    rf"^where is (?:the|that|your|our) (?:[\w'&-]+ ){{0,3}}?{DEAL}$",
    (
        r"\bwhat (?:are|were) your (?:\w+ ){0,3}?(?:deals|wins|orders)\b|\b(?:compensate for|offset) (?:the|your"
        r"|that) (?:lost|loss|gap|missing)\b"
    ),
    (
        rf"\b{_TELL_ABOUT} (?:the |your |an? )?(?:\w+ )?(?:status|update|state of play|latest|standing)\b|\b(?:walk"
        rf"|talk|tell|take) me (?:through |about )?where (?:.+ (?:stands?|is at)\b|(?:things|we|it|they) (?:are|is)\b)"
        r"|^(?:please )?(?:update me|bring me up to (?:speed|date)|fill me in)\b(?! (?:on )?(?:how|what) you)"
    ),
    (
        r"\bwhat (?:is |has |have )?(?:changed|moved|new|different|happened|happening) (?:in|with|on|about)"
        rf" {WHOSE}{RESULT_ITSELF}"
    ),
    # What a deal is worth, how it went, what has become of it.
    r"^what (?:is|are|was) (?!(?:it|this|that) )(?:[\w'&.-]+ ){1,5}?worth(?: in .+| to us| a year)?$",
    (
        rf"^how (?:did|has|have) (?:the|your|that|this) (?:[\w'&.-]+ ){{0,3}}?{DEAL}(?: (?:with|at|for) .+)?"
        r" (?:go|gone|been going|turn out|end|come out|develop|progress)\b"
    ),
    # The report of a day or a week that is over: "What did you do yesterday?"
    (
        r"^what (?:did|have) you (?:do|done|get done|got done|getting done|work(?:ed)? on|complete[d]?|finish(?:ed)?"
        r"|manage(?:d)? to (?:do|finish)|been (?:doing|working on|up to)|get up to)"
        rf" (?:yesterday|last (?:week|{LONG}|\w+day)|this (?:week|{LONG}|morning)|today|so far|since|on \w+day"
        r"|over the)\b(?! to\b).*$"
    ),
    # A status is about the deal; what the rep will do about it is not asked.
    (
        r"\bwhat is (?:the|your) (?:current |latest |exact )?(?:status|state|update|latest|news|probability|likelihood"
        r"|state of play"
        r"|outlook|situation|story)"
        r"(?: (?:of|on|with|at|from|in|for|about)\b(?! mind\b)(?! the (?:customer|client|buyer)|(?: the)? \w+'s)|$)"
    ),
    (
        r"\bwhere (?:does|do) .+ stand\b|\bhow (?:is it|are things|do things|does it|(?:stands|looks|goes|runs) it)"
        r" (?:going |look(?:ing)? |stand(?:ing)? |with )*(?:with|on|for|at|in)"
        rf" (?!(?:\w+ ){{0,2}}?(?:{_ACTIVITY})\b)"
    ),
    (
        rf"^how (?:is|are) (?!(?:[\w'-]+ ){{0,4}}?(?:{_ACTIVITY})\b)(?:[\w'&.-]+ ){{1,5}}?{_DOING}(?: (?:so far|today"
        rf"|now|right now|at the moment|these days))?$"
    ),
    rf"^(?!how (?:is|are) (?:[\w'-]+ ){{0,4}}?(?:{_ACTIVITY}|things|everything|life)\b){HOW_IS}$",
    (
        r"^what is (?:happening|going on|up|new|cooking|the (?:news|latest|word)) (?:with|on"
        r"|from) (?:[\w'&.-]+ ?){1,4}$|^what is (?:happening|going on|new) at [\w'&.-]+$"
    ),
    r"\b(?:what|which) (?:sales )?stage (?:is|are|of the (?:pipeline|funnel)|does)\b",
    r"^where (?:are|is|do) (?:you|we|things) (?:at |now |currently )*(?:with|on|at with|at on|stand with)\b",
    (
        r"\bwhere is (?:the|this|that|your) (?:\w+ )?(?:deal|offer|opportunity|account|order|contract|renewal"
        r"|tender) at\b|\byour commit\b"
    ),
    (
        r"\b(?:over|across) the line\b|\bgap to\b|\bgap between .*\b(?:targets?|quota|goal|budget|numbers?|plan"
        r"|forecast)\b|\bclos(?:e|ing) the gap\b|\bhow (?:are|is) (?:you|we|it"
        r"|things) tracking\b"
    ),
    r"\bget(?:ting)? (?:[\w'-]+ ){0,4}?(?:signed|countersigned|closed)\b|\bspeed up (?:the|this|that) deal\b",
    (
        rf"\b(?:{_GET}) (?:the|this|that|your|our|more|those|these|a|an|any"
        rf"|bigger|another|one|two|three|four|five|\d+) (?:[\w-]+ ){{0,2}}?(?:{DEAL})(?: (?:by|this|before|today|in"
        r"|next|at|from|with|of|done)\b|$)"
    ),
    (
        r"\b(?:need|take|plan|going|help you) to (?:close|land|sign) (?!(?:the|your|each|every|a|this|that) (?:call"
        r"|meeting|conversation|talk|visit|loop|day)"
        r"|with|off|up|on|in\b)\w+"
    ),
    r"\bwhen (?:is|are|will|does|do) .+ (?:sign|signing|close|closing|order|buy)\b",
    (
        rf"\b(?:finish|end|save|rescue|close out|close|turn around|get through|make it through|finish off|end up"
        rf"|land) (?:the|this|your|out the) (?:{LONG})\b"
        r"|\b(?:strong|big|good|record|great|best|biggest|better) (?:finish|end|close"
        rf"|{LONG})\b(?<!your last good month)"
    ),
    (
        rf"\b(?:{LONG})(?:'s)? (?:end|look|numbers?|targets?|outlook|result|close)\b(?! like for them)"
        rf"|\bhow .* (?:the"
        rf"|this|your|last) {LONG} (?:end|finish|turn)"
    ),
    (
        rf"\bgoals? (?:for|this|by the end of|in) (?:the |this |next )?{LONG}\b|\b(?:monthly|quarterly|yearly|annual"
        rf"|sales) (?:goals?|targets?|numbers?|figures)\b"
    ),
    (
        r"\b(?:increase|grow|boost|lift|raise|improve|push|drive|double|maximi[sz]e|generate|bring in) (?:more |your "
        r"|the |our |up )*(?:\w+ )?(?:sales|revenue|turnover"
        r"|numbers|figures|results|conversion|volume|market share|margins?|bookings|profit|close rate|order value"
        r"|deal size)\b(?! (?:skills|calls?|pitch|process|talk))"
    ),
    r"\bhow (?:many|much)\b.*\b(?:pipeline|forecast|deals|sales|closing|closed?|sold)\b",
    (
        r"\b(?:100|hundred) (?:percent|%)|\bwhat will (?:you|we) (?:land|end|finish) (?:at|on|with)\b"
        r"|\bwhere will you (?:land|end up|finish)\b"
    ),
    (
        rf"\bare you forecasting\b|\bhow (?:the|your|this|our|last) (?:\w+ )?{RESULT_ITSELF} (?:looks?|is|are|goes"
        rf"|went|stands?|turned|ended)\b"
    ),
    rf"^how (?:does|do) (?:the|your|our|this|that) (?:[\w'-]+ ){{0,3}}?{DEAL} look\b(?! (?:to|like|for|from|in))",
    (
        r"\bshortfall\b|\bgap in (?:your|the) (?:pipeline|funnel|forecast|numbers)\b|\b(?:percent|%) of (?:your "
        r"|the )?(?:plan|target|quota|goal|budget)\b"
    ),
    (
        r"\bwhat (?:is|was) your (?:\w+ )?(?:conversion|hit rate|average order|turnover)\b"
        r"|\bin the (?:ranking|rankings"
        r"|leaderboard)\b|\byou rank\b|\brank (?:in|among)\b"
    ),
    (
        r"\bwhat (?:results?|success(?:es)?|wins|closings|sales|orders|contracts|revenue) (?:did|have) you\b"
        r"(?! (?:hope|want|expect|look|need|agree|have in))|\bwhat (?:have|did) you (?:achieved?"
        r"|accomplish(?:ed)?|deliver(?:ed)?) (?:so far )?(?:this|last|in|for)\b"
    ),
    (
        rf"\bwhat (?:came|became|has become|has come) (?:out )?of (?:the|your|that|this)\b|\b(?:your|the) (?:biggest"
        rf"|best|next|largest|top|hottest) (?:\w+ )?(?:deals?|orders?|contract|opportunity|sale|win"
        rf"|closing)\b(?! (?:{WORK})\b)"
        r"|\b(?:value|size|worth|likelihood|probability) of (?:the|this|that|your) (?:[\w'&-]+ )?(?:deal|order"
        r"|opportunity|contract|tender|renewal)s?\b|\b(?:value|size|worth) of (?:your|the|all) (?:[\w'&-]+ )?(?:offers"
        r"|quotes|proposals)$|\bin (?:the|your) pipe\b|\bdue to (?:close|sign|renew|land)\b"
        r"|\b(?:your|our|the) chances? (?:at|with|of (?:winning|closing|getting))\b"
        r"|\bget (?:[\w'-]+ ){1,4}to (?:sign|buy|order|close|renew)(?:$| (?:this|by|before|today|now|in))"
    ),
    (
        r"\b(?:which|what|who|how many) .*\b(?:deals|opportunities|offers|opps|quotes|proposals|customers?|prospects?"
        r"|accounts?)\b.* (?:is|are|looks?|seems?) (?:\w+ )?(?:real|closest to|hottest|likely"
        r"|safe|certain|dead|at risk|ripe|ready to|about to|close to|committed|still open|still alive|won|lost"
        r"|slipping)\b"
    ),
    (
        rf"\b(?:turn|get|bring) (?:the|your) {RESULT} (?:green|around|up|back|on track)\b|\binto (?:an )?(?:orders?"
        rf"|sales|revenue|deals|contracts|signatures|closed|wins)\b(?! (?:talk|call|meeting|conversation))"
    ),
    (
        r"\bhow (?:did|is|are|was|will|has|have) (?:your|the|our) (?:\w+ )?(?:region|team|territory|area|district"
        r"|branch|store"
        r"|shop|patch|business unit|segment) (?:performed|done|developed|been doing|do|doing|perform|performing|go"
        r"|going|close|end|finish|look|looking"
        r"|sell)\b"
    ),
    (
        r"\bare you (?:at|on) (?:for|so far)\b|\b(?:hit|hitting|beat|beating|exceed|reach|reaching|meet) (?:the "
        r"|your )?(?:plan|budget|goal)\b(?! (?:of|for the (?:day|call)))"
    ),
    (
        r"\bclosest to (?:signing|closing|a decision|a deal|buying|an order|ordering|a yes)\b|\bmake up (?:the"
        r"|your) (?:gap|difference|lost)\b|\bcatch up (?:on|with) (?:the|your) (?:target|numbers?|quota"
        r"|forecast|plan)\b"
    ),
    (
        rf"\bhow did you (?:do|perform|finish|end|end up|come out)(?: (?:last|this|in|against|on|for|so far).*)?$"
        rf"|\bwhat did (?:the|this|last|your) {LONG} (?:bring|look|end)\b|\bto hit plan\b"
    ),
    r"\b(?:came|coming|come|comes) in (?:yesterday|today|last|this|over|since|so far)\b",
)
