"""What is not for coaching is told from the hard words of everyday sales talk."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.answers import answer
from bot.domain.calendar import WorkingHours
from bot.domain.reading import Asked, Concern, Intent, Reading

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def said(text: str, asked: Asked = Asked.OPEN) -> Reading:
    return answer(text, asked, AT, ZoneInfo("Europe/Berlin"), WorkingHours())


@pytest.mark.parametrize("asked", list(Asked))
@pytest.mark.parametrize(
    ("text", "concern"),
    [
        ("I want to kill myself", Concern.DANGER),
        ("honestly I don't want to live anymore", Concern.DANGER),
        ("my husband hits me at home", Concern.DANGER),
        ("my manager keeps shouting at me in front of everyone", Concern.HARM),
        ("Tom touched me at the offsite and I don't know who to tell", Concern.HARM),
        ("I'm being bullied by two people on the team", Concern.HARM),
        ("I want to file a complaint about the way I'm treated", Concern.HARM),
        ("she made racist comments, I'm going to hr", Concern.HARM),
        ("I can't cope any more, I've been crying all morning", Concern.HEALTH),
        ("had a panic attack on the way in", Concern.HEALTH),
        ("I was diagnosed with cancer on Friday", Concern.HEALTH),
        ("my mother passed away", Concern.HEALTH),
        ("I'm completely burnt out", Concern.HEALTH),
        ("thinking of quitting tbh", Concern.LEAVING),
        ("I'm going to hand in my notice on Friday", Concern.LEAVING),
        ("I'm scared of losing my job", Concern.LEAVING),
        ("I'll call Anna at 3. Also, I can't go on like this, I feel worthless", Concern.HEALTH),
    ],
)
def test_it_is_heard_whatever_was_asked_and_none_of_the_words_are_kept(
    text: str, concern: Concern, asked: Asked
) -> None:
    assert said(text, asked) == Reading(Intent.CONCERN, concern=concern)


@pytest.mark.parametrize(
    "text",
    [
        "this deal is killing me",
        "I'd kill for a coffee",
        "the leads are dead and the pipeline is on life support",
        "the client's champion passed away, so we start over with procurement",
        "the CFO is leaving the company, so I'll call the new one at 3",
        "their buyer was diagnosed with something, the deal slips",
        "the customer keeps shouting at their own supplier",
        "call the hospital in Leeds at 3",
        "pricing is the pain point",
        "send the harassment training offer to Kessler",
        "I'm going to quit chasing dead leads",
        "send the notice period clause to procurement",
        "beat the competition to death on price",
        "I'm sick today",
        "the demo was a disaster",
        "I hate cold calling",
        "I died of embarrassment in that meeting",
        "quit calling before 9, they don't pick up",
        "talk to the HR director at Acme at 2",
    ],
)
def test_everyday_sales_talk_is_coached_on(text: str) -> None:
    assert said(text).intent is not Intent.CONCERN
