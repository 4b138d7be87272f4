"""What counts as a result: the words by which `lagging` and `achieved` know one."""

from __future__ import annotations

RESULT = (
    r"(?:pipeline|forecast|funnel|numbers?(?! one\b)|figures|targets?|sales|deals|month|quarter|year|quotas?"
    r"|performance|results"
    r"|orders|order book|order intake|revenues?|turnover|bookings|goals? for the (?:month|quarter|year)|q[1-4]"
    r"|h[12]|half[- ]year)"
)
# "Target accounts" and "sales calls" are work, not results; "the numbers they care about" are the customer's.
WORK = (
    "accounts?|customers?|company|companies|list|people|groups?|calls?|conversations?|meetings?|story|pitch"
    "|plan|talks?|skills|work|team|review|notes|hygiene|they|he|she|you (?:want|hope|could|will)|to call|of (?:the"
    "|a|your)"
    "|processes|process|routines?|system|cycle|materials?|in a row|clean|tidy|up to date|end|closing|audience"
    "|persona|market"
)
RESULT_ITSELF = rf"{RESULT}\b(?! (?:{WORK})\b)"
WHOSE = (
    r"(?!their|his|her|its)(?:(?:the rest of |rest of )?(?:the|your|this|last|our|that|next|these"
    r"|those) )?(?:[\w-]+ )?"
)
LONG = "(?:month|quarter|year|half|q[1-4]|h[12])"
DEAL = (
    r"(?:(?:deal|order|contract|tender|bid|renewal|po|purchase order|signature|sale|upsell|account)s?|business"
    r"|opportunit(?:y|ies))"
)
