"""What a question to the coach is about, so that its answer fits."""

from __future__ import annotations

from bot.domain.language.phrases import Phrases
from bot.domain.language.said import keys_of
from bot.domain.reading import Topic

_WHO_SEES = Phrases(
    """
    who sees | who can see | who reads | who will see | who gets | can my manager | can my boss | does my manager
    | does my boss | will my manager | will my boss | see this | read this | reads this | sees this | is this private
    | is it private | confidential | shared with | share this | stored | save this | saved | do you tell | record this
    | recorded | keep this | gdpr | my data
    """
)
_WHO_ARE_YOU = Phrases(
    """
    are you a | are you real | real person | a human | are you human | are you an | who are you | what are you | a bot
    | a robot | an ai | chatgpt | is this automated | is this a bot | who is this | who wrote this
    """
)
_MEANING = Phrases(
    """
    what do you mean | what does that mean | what does this mean | you mean | i do not understand | do not get it
    | do not get the question | not sure what you | meaning what | in what sense | for example | an example
    | such as what | like what | can you explain | what exactly do you | rephrase | what is the question
    """
)
_NEXT = Phrases(
    """
    what happens | what happens if | what if i tap | what do i do | what should i do | what now | how does this work
    | how do i | how does it work | where do i | what is this button | can i change | can i edit | can i do it
    | can i undo | can i move
    """
)
_PURPOSE = Phrases(
    """
    what is this for | what is the point | what is the use | why are you asking | why do you ask | why do you want
    | why should i | why this | what for | do i have to | is this mandatory | must i | what do i get | how long
    """
)
_TABLES = (
    (Topic.WHO_ARE_YOU, _WHO_ARE_YOU),
    (Topic.WHO_SEES, _WHO_SEES),
    (Topic.MEANING, _MEANING),
    (Topic.PURPOSE, _PURPOSE),
    (Topic.NEXT, _NEXT),
)


def topic_of(text: str) -> Topic:
    """The first topic that the words name; OTHER where they name none."""
    keys = keys_of(text)
    return next((topic for topic, table in _TABLES if table.within(keys)), Topic.OTHER)
