"""A question to the coach gets the answer that fits it."""

from __future__ import annotations

import pytest

from bot.domain.language.topics import topic_of
from bot.domain.reading import Topic


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Who can see this?", Topic.WHO_SEES),
        ("does my manager get to read what I write here?", Topic.WHO_SEES),
        ("Are you a real person?", Topic.WHO_ARE_YOU),
        ("is this a bot", Topic.WHO_ARE_YOU),
        ("What do you mean by that?", Topic.MEANING),
        ("sorry, I don't understand", Topic.MEANING),
        ("What happens if I tap that?", Topic.NEXT),
        ("how does this work", Topic.NEXT),
        ("What's the point of this?", Topic.PURPOSE),
        ("do I have to answer", Topic.PURPOSE),
        ("what's the weather like in Leeds?", Topic.OTHER),
        ("", Topic.OTHER),
    ],
)
def test_the_words_tell_what_it_is_about(text: str, topic: Topic) -> None:
    assert topic_of(text) is topic
