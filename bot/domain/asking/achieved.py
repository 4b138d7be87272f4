"""The turns of phrase by which a question that names a result may be asked all the same.

Each entry is a regular expression, tried on one sentence of text made plain by `form`.
"""

from __future__ import annotations

from bot.domain.asking.result_words import LONG, RESULT_ITSELF, WHOSE

# How a result came about is about what somebody did, and may be asked; so may what a customer is measured by.
ACHIEVED = (
    rf"\b(?:(?:customer|buyer|client|prospect|company)'s|their|his|her) (?:\w+ )?{LONG}\b(?!.*\b(?:deal|order|sign))",
    (
        r"\b(?:do|does|did|is|are|has|have|will|must) (?:your|the|this|a|her|his|their) (?:\w+ )?(?:buyers?|customers?"
        r"|clients?|prospects?|boss|board|management|director|owner|c[a-z]o)\b (?:\w+ ){0,3}?(?:answer|report|explain"
        r"|measure|measured|track|watch|judged|judge|care|chase|define|worry|depend|present|look at)\b"
    ),
    (
        r"^(?:so |and )?(?:(?:.* )?(?:tell me|walk me through|talk me through|describe|share|hear|explain|know|curious"
        r"|mind if i ask) )?how (?:did|have|had)"
        r" (?:you|they|the team) (?!(?:do|perform|finish|end|go|come|track)\b)(?!close (?:the|last|this) (?:month"
        r"|quarter|year))"
    ),
    (
        r"\bhow you (?:\w+ )?(?:beat|hit|reached|won|closed|made|got|landed|sold|grew|turned|managed|built|kept"
        r"|achieved|doubled|exceeded)\b"
    ),
    (
        rf"\bwhat (?:exactly |else )?(?:did you do|have you done|helped|has helped|made the (?:biggest )?difference"
        rf"|worked|went well|was different|habits?|steps?|changed(?! in {WHOSE}{RESULT_ITSELF}))\b(?! {LONG})"
        r"(?! (?:yesterday|last week|this week|today|so far)$)"
    ),
    (
        r"\bwhat (?:did you|have you) (?:\w+ )?(?:learn|learned|learnt|change|changed|try|tried|discover|find out"
        r"|take)\b"
    ),
    (
        r"\bwhat (?:made|makes) (?:that|your|the|this) .*\b(?:possible|work|happen|successful)\b|\bcome about\b"
        r"|\bcame about\b"
    ),
    (
        r"\b(?:which|what) (?:of your )?(?:habits?|behaviou?rs?|actions?|steps?|conversations?"
        r"|questions?) .*\b(?:helped|led|brought|made|got|would|could|will|did)\b"
    ),
)
