"""Every template with every variant of its values. `words` stands wherever somebody's words or a name can."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

from bot.domain.checkin import Preface, Say, Stage
from bot.domain.effects import Outcome
from bot.domain.nudge import Answer, Promised, Reason
from bot.domain.question_bank import Angle
from bot.domain.reading import Concern, Topic
from bot.domain.summary import compose
from bot.domain.wins import Story, Wins
from tests.prompts import cases_changes, cases_commands, cases_home, cases_privacy, cases_settings, cases_setup
from tests.prompts.variants import AT, BERLIN, COMMAND, GONE, NEXT_WEEK, OUTCOMES, SOON, Case, each, summary_rows


def cases(words: str) -> list[Case]:
    """All of them. A message that nobody has a variant of is a message that nobody has tested."""
    zoned = {"zone": BERLIN, "at": AT}
    people = {"managers": [words, words, words], "command": COMMAND}
    commitments = [
        {"action": words, "due_at": due, "outcome": outcome, "moves": moves}
        for due, outcome, moves in itertools.product((SOON, NEXT_WEEK), (*(o.value for o in Outcome), None), (0, 1))
    ]
    plain = [p for p in Preface if p not in {Preface.NOTED, Preface.MOVED}]
    noted = [{"action": words, "outcome": outcome.value, "due_at": None} for outcome in Outcome]
    moved = {"action": words, "outcome": None, "due_at": SOON}
    prefaces: list[dict[str, Any]] = [
        *({"preface": preface.value, "topic": None, "noted": None, "help_offered": True} for preface in plain),
        {"preface": Preface.HELP.value, "topic": None, "noted": None, "help_offered": False},
        *({"preface": Preface.ANSWER.value, "topic": topic.value, "noted": None} for topic in Topic),
        *({"preface": Preface.NOTED.value, "noted": one} for one in noted),
        {"preface": Preface.MOVED.value, "noted": moved},
    ]
    outcomes = [outcome.value if outcome else None for outcome in OUTCOMES]
    evidence = Promised(words, GONE)
    full, nobody = compose(summary_rows(words)), compose([])
    day = {"team": words, "today": date(2026, 11, 23)} | zoned
    named = {"name": words}
    earlier = {"earlier": words, "earlier_due": GONE}
    draft = {"action": words, "due_at": SOON}
    answers = ("file", "empty", "stopped", "told_to_stop", "learned", "closed", "manager", "not_enrolled", "else")
    said = [say.value for say in (Say.LEFT, Say.SKIPPED, Say.MOVED, Say.STOPPED, Say.NOTHING)]
    return [
        *each(
            "checkin/opening",
            people | zoned | named | {"question": words},
            first_time=(True, False),
            back=(True, False),
            day=(None, date(2026, 11, 24)),
        ),
        *each(
            "checkin/opening",
            {"command": COMMAND, "managers": [], "back": False, "day": None} | zoned | named,
            first_time=(True,),
            question=(words,),
        ),
        *each(
            "checkin/question",
            people | zoned | {"question": words},
            together=prefaces,
            reflection=(words, None),
            help_shared=(True, False),
        ),
        *each("checkin/sharpen_time", people | zoned, prefaces, action=(words, None), help_shared=(True, False)),
        *each(
            "checkin/confirm",
            people | draft | zoned,
            together=prefaces,
            if_then=(words, None),
            help_shared=(True, False),
        ),
        *each(
            "checkin/choose", people | zoned, prefaces, others=((words, words), (words,) * 5), help_shared=(True, False)
        ),
        *each(
            "checkin/care",
            {},
            concern=(None, *(concern.value for concern in Concern)),
            care=((), (words,), (words, words)),
        ),
        *each(
            "checkin/committed",
            {"command": COMMAND} | draft | zoned,
            if_then=(words, None),
            others=((), (words, words)),
        ),
        *each("checkin/ended", {"command": COMMAND}, how=said),
        *each("checkin/outcome", people | zoned | {"earlier": words}, prefaces, help_shared=(True, False)),
        *each("checkin/outcome_first", named | earlier | zoned),
        *each("checkin/truth", {"due_at": SOON} | zoned, stage=list(Stage), action=(words, None), outcome=outcomes),
        *each(
            "commands/question",
            {"command": COMMAND, "question": words},
            reasons=([], [words, words]),
            instead=(words, None),
            angle=[angle.value for angle in Angle],
        ),
        *each(
            "commands/question", {"command": COMMAND, "question": "", "reasons": [], "instead": None, "angle": "plan"}
        ),
        *each("commands/commitments", {"command": COMMAND} | zoned, commitments=(commitments, [])),
        *cases_commands.cases(words),
        *cases_changes.cases(words),
        *cases_settings.cases(words),
        *cases_setup.cases(words),
        *cases_privacy.cases(words),
        *each("commands/trouble", {"reference": "a1b2c3d4"}),
        *each("commitment/check", draft | zoned),
        *each("commitment/outcome", draft | zoned, outcome=outcomes, question=(words, ""), shared=(True, False)),
        *each(
            "demo/clock",
            zoned | {"rep": words, "manager": words, "others": [words, words], "wins": "wins"},
            target=(SOON, None),
        ),
        *cases_home.cases(words),
        *each("nudge/answered", {"rep": words}, answer=list(Answer), too_late=(True, False)),
        *each(
            "nudge/nudge",
            {"rep": words, "first_name": words, "evidence": evidence, "question": words, "days": 6} | zoned,
            reason=[reason.value for reason in Reason],
        ),
        *each(
            "replies/answer",
            named | {"command": COMMAND} | zoned,
            how=answers,
            commitments=([], commitments[:1], commitments),
        ),
        *each("summary/morning", day, summary=(full, nobody)),
        *each("wins/refused", {"team": words}, reason=("not_in_channel", "channel_not_found", "is_archived", "else")),
        *each(
            "wins/week",
            {"team": words},
            wins=(
                Wins(1, 1, (), ()),
                Wins(4, 1, ((words, 3),), ()),
                Wins(9, 3, ((words, 5), (words, 2)), (Story(words, (words,)), Story("Ben", (words, "x")))),
            ),
        ),
    ]


PLAIN = cases("call Jonas")
