"""The rule-based understanding of one message of a rep.

`read` is what stands in for a language model when there is none, and what every model is measured against. A message
is cut into clauses (`clauses`), each clause is judged (`stance`), and then the rules for what was asked last are
tried in order: the first one that answers names the intent. Text is data: nothing a rep writes can do more than end
up in a `Reading`.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.calendar import WorkingHours
from bot.domain.language import agreement
from bot.domain.language.actions import LONGEST_ACTION
from bot.domain.language.drafted import taken as actions_taken
from bot.domain.language.heard import ABOUT_DRAFT, Action, Heard
from bot.domain.language.intents import intent_of
from bot.domain.language.lead_in import after_leads
from bot.domain.language.told import moving, promised_next
from bot.domain.reading import Asked, Intent, Reading

MOST_OTHERS = 9
_TIMED = frozenset({Intent.COMMITMENT, Intent.VAGUE, Intent.RESCHEDULE})
_TOLD = frozenset({Intent.DONE, Intent.PARTLY, Intent.NOT_DONE, Intent.RESCHEDULE})  # may be told with a new promise


def read(text: str, asked: Asked, at: datetime, zone: ZoneInfo, hours: WorkingHours) -> Reading:
    """What `text`, said at `at` (aware UTC) after `asked`, says.

    Total over any string, in time linear in its length. `action`, `other_actions`, `obstacle` and `if_then` consist of
    words of the message; `due` points into `text` as it was given. A VAGUE reading carries the words that were too
    vague as `action`, for a sharpening question. A report or a move of something promised carries as `action` and `due`
    what is firmly promised beside it, with a time; a due time is given only with what promises something.
    """
    heard = Heard(text, asked, at, zone, hours)
    if not heard.words or heard.to_the_machine:
        return _wordless(heard)
    return _reading(heard, intent_of(heard))


def _wordless(heard: Heard) -> Reading:
    """The reading of nothing but marks, or of words that are not meant for us."""
    if heard.words:
        return Reading(Intent.OTHER)
    if "?" in heard.keys:
        return Reading(Intent.QUESTION)
    return Reading(Intent.SMALLTALK if ")" in heard.keys else Intent.OTHER, thin=True)


def _reading(heard: Heard, intent: Intent) -> Reading:
    """The fields that go with the intent."""
    taken: Action | None = None
    others: tuple[str, ...] = ()
    if intent is Intent.COMMITMENT:
        actions = actions_taken(heard)
        taken = next(iter(actions or heard.back_references), None)
        others = tuple(dict.fromkeys(action.text for action in actions[1:] if taken and action.text != taken.text))[
            :MOST_OTHERS
        ]
    elif intent is Intent.VAGUE:
        taken = next(iter(heard.hedged or heard.actions), None)
    elif intent in _TOLD and heard.asked in (Asked.OUTCOME, Asked.NOTHING):
        taken = promised_next(heard)
    plan = heard.plan
    return Reading(
        intent,
        action=taken.text if taken else None,
        other_actions=others,
        due=heard.due(taken, moving(heard, intent)) if taken or intent in _TIMED else None,
        obstacle=heard.obstacle if intent not in (Intent.STOP, Intent.SMALLTALK, Intent.AFFIRM) else None,
        if_then=_plan_text(heard) if plan and intent not in (Intent.STOP, Intent.QUESTION, Intent.REFUSAL) else None,
        help_wanted=heard.help_wanted and intent is not Intent.STOP,
        thin=_thin(heard, intent),
        tentative=intent is Intent.VAGUE and taken is not None and taken.graspable,
    )


def _plan_text(heard: Heard) -> str | None:
    if heard.plan is None:
        return None
    words = list(heard.plan.words)
    while words and not words[-1].key[-1].isalnum() and words[-1].key not in (")", "%") and words[-1].key[0] != "<":
        words.pop()
    if not words:
        return None
    return " ".join(heard.said.plain[words[0].start : words[-1].end].split())[:LONGEST_ACTION].rstrip()


def _thin(heard: Heard, intent: Intent) -> bool:
    """Whether there is a word or two, and nothing to build on."""
    answered = intent is Intent.AFFIRM and heard.asked in ABOUT_DRAFT
    if answered or intent not in (Intent.OTHER, Intent.VAGUE, Intent.AFFIRM, Intent.SMALLTALK):
        return False
    rest = heard.words[after_leads(heard.words) :]
    if heard.obstacle is not None and " " in heard.obstacle:
        return False
    if agreement.clueless(heard.words) or agreement.says_no(heard.words) or len(rest) < 2:
        return True
    return len(rest) == 2
