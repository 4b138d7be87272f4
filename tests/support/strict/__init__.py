"""A strict Slack for tests: what it takes, Slack takes; what Slack refuses, throttles or loses, it does too."""

from tests.support.strict.chaos import Chaos, Failure, Trouble
from tests.support.strict.forms import ClientRefusal
from tests.support.strict.limits import check_message, check_metadata, check_view
from tests.support.strict.mentions import Mention, mentioned, mentions
from tests.support.strict.rates import UNLIMITED, Rate, Rates
from tests.support.strict.records import Asked, Records, Seen
from tests.support.strict.refusal import Refusal
from tests.support.strict.slack import StrictSlack

__all__ = [
    "UNLIMITED",
    "Asked",
    "Chaos",
    "ClientRefusal",
    "Failure",
    "Mention",
    "Rate",
    "Rates",
    "Records",
    "Refusal",
    "Seen",
    "StrictSlack",
    "Trouble",
    "check_message",
    "check_metadata",
    "check_view",
    "mentioned",
    "mentions",
]
