"""The team file: what may be left out, and one sentence with the line for everything that is wrong."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.team_file import MOST_QUESTIONS, HolidaysEntry, PersonEntry, TeamFile, parse
from bot.domain.calendar import WorkingHours
from bot.domain.people import Times
from bot.domain.question_bank import Kind
from bot.domain.team_rules import LONGEST_CARE, MOST_BEHAVIOURS
from bot.errors import TeamFileError

DOCS = Path(__file__).parents[3] / "docs" / "team-file.md"

SMALL = """\
team: North
zone: Europe/Berlin
channel: C0123ABCD
managers:
  - U0MARIA
reps:
  - U0ANA
"""

WHOLE = """\
team: Northwind sales
zone: Europe/Berlin
channel: G0123ABCD
managers:
  - slack: W0MARIA
    name: Maria Kern
    zone: Europe/Vienna
  - U0JAN
reps:
  - slack: U0ANA
    focus: set first meetings
  - slack: U0BEN
    name: Ben Krug
    zone: Europe/Lisbon
behaviours:
  - words: set first meetings
    kind: prospecting
  - words: write account plans
  - ask for referrals
care:
  - Petra Lang (extension 210)
questions:
  - How will you   make one customer's day easier?
  - text: "{name}, how will you open your first call today?"
    kind: prospecting
times:
  check_in: "08:00"
  summary: 9:15
  nudge: "11:00"
  nudge_until: "11:45"
  wins_day: thursday
  wins: "16:30"
  day_starts: "07:30"
  day_ends: "18:00"
  working_days: [sun, Monday, tues, wed, thu]
  check_after_minutes: 15
"""


def with_times(lines: str) -> str:
    return SMALL + "times:\n" + "".join(f"  {line}\n" for line in lines.splitlines())


def changed(old: str, new: str, text: str = SMALL) -> str:
    assert old in text
    return text.replace(old, new)


def test_a_small_file_gets_every_default() -> None:
    assert parse(SMALL) == TeamFile(
        name="North",
        zone="Europe/Berlin",
        channel="C0123ABCD",
        managers=(PersonEntry("U0MARIA", 5),),
        reps=(PersonEntry("U0ANA", 7),),
        behaviours=(),
        questions=(),
        care=(),
        times=Times(),
    )


def test_a_whole_file_is_read_as_it_says() -> None:
    assert parse(WHOLE) == TeamFile(
        name="Northwind sales",
        zone="Europe/Berlin",
        channel="G0123ABCD",
        managers=(PersonEntry("W0MARIA", 5, "Maria Kern", "Europe/Vienna"), PersonEntry("U0JAN", 8)),
        reps=(
            PersonEntry("U0ANA", 10, focus="set first meetings"),
            PersonEntry("U0BEN", 12, "Ben Krug", "Europe/Lisbon"),
        ),
        behaviours=(
            ("set first meetings", Kind.PROSPECTING),
            ("write account plans", Kind.ANY),
            ("ask for referrals", Kind.ANY),
        ),
        care=("Petra Lang (extension 210)",),
        questions=(
            ("How will you make one customer's day easier?", Kind.ANY),
            ("{name}, how will you open your first call today?", Kind.PROSPECTING),
        ),
        times=Times(
            check_in=time(8, 0),
            summary=time(9, 15),
            nudge=time(11, 0),
            nudge_until=time(11, 45),
            wins=time(16, 30),
            wins_day=3,
            check_after=timedelta(minutes=15),
            hours=WorkingHours(time(7, 30), time(18, 0), frozenset({6, 0, 1, 2, 3})),
        ),
    )


def test_the_example_in_the_documentation_is_a_team_file_and_its_times_are_the_defaults() -> None:
    example = DOCS.read_text("utf-8").split("```yaml\n")[1].split("```")[0]
    found = parse(example)
    assert found.times == Times()
    assert [rep.focus for rep in found.reps] == ["set first meetings", None]
    assert set(yaml.safe_load(example)["times"]) >= {"check_in", "working_days", "check_after_minutes"}


def test_one_time_may_be_given_and_the_others_stay_as_they_are() -> None:
    assert parse(with_times('check_in: "9:00"')).times == Times(check_in=time(9))


ONE_LINE = {
    "an empty file": ("", "team.yaml: the file is empty."),
    "only comments": ("# soon\n", "team.yaml: the file is empty."),
    "a file that is a list": ("- a\n- b\n", "line 1: here a list of `name: value` lines is expected."),
    "a sentence": ("the team is North", "line 1: here a list of `name: value` lines is expected."),
    "broken YAML": (SMALL + "times: [1, 2\n", "line 9: this is not YAML ("),
    "a tab": ("team: North\nreps:\n\t- U0ANA\n", "line 3: this is not YAML (found character"),
    "two documents": (SMALL + "---\nteam: South\n", "line 8: this is not YAML ("),
    "an unknown alias": (changed("North", "*north"), "line 1: this is not YAML ("),
    "a character that YAML forbids": (changed("U0ANA", "U0\x00ANA"), "line 7: there is a character that YAML does not"),
    "lists in lists without end": ("[" * 5000, "team.yaml: the lists in this file lie too deep in each other."),
    "an unknown key": (
        SMALL + "colour: blue\n",
        "line 8: `colour` is not known here; these are: behaviours, care, channel, holidays, managers, questions, ",
    ),
    "a key that is a list": ("? [a, b]\n: c\n", "line 1: here some text is expected."),
    "a key twice": (SMALL + "zone: Europe/Rome\n", "line 8: `zone` stands here twice."),
    "no team": (changed("team: North\n", ""), "line 1: `team` is missing."),
    "no zone": (changed("zone: Europe/Berlin\n", ""), "line 1: `zone` is missing."),
    "no channel": (changed("channel: C0123ABCD\n", ""), "line 1: `channel` is missing."),
    "no managers": (changed("managers:\n  - U0MARIA\n", ""), "line 1: `managers` is missing."),
    "no reps": (changed("reps:\n  - U0ANA\n", ""), "line 1: `reps` is missing."),
    "a team without a name": (changed("North", ""), "line 1: here some text is expected."),
    "a team with two names": (changed("North", "[North, South]"), "line 1: here some text is expected."),
    "managers that are no list": (changed("\n  - U0MARIA", " U0MARIA"), "line 4: here a list with `- ` lines is"),
    "an empty list of managers": (changed("\n  - U0MARIA", " []"), "line 4: at least one of the managers is needed."),
    "an empty list of reps": (changed("\n  - U0ANA", " []"), "line 6: at least one of the reps is needed."),
    "the same rep twice": (SMALL + "  - slack: U0ANA\n", "line 8: U0ANA stands twice under `reps`."),
    "the same manager twice": (changed("reps:", "  - U0MARIA\nreps:"), "line 6: U0MARIA stands twice under `managers`"),
    "a zone that is none": (changed("Europe/Berlin", "Berlin"), "line 2: `Berlin` is not a time zone; write one"),
    "a folder of zones": (changed("Europe/Berlin", "Europe"), "line 2: `Europe` is not a time zone; write one"),
    "an offset": (changed("Europe/Berlin", "+01:00"), "line 2: `+01:00` is not a time zone; write one"),
    "a path": (changed("Europe/Berlin", "../../etc/passwd"), "line 2: `../../etc/passwd` is not a time zone"),
    "an endless zone": (changed("Europe/Berlin", "A" * 5000), "is not a time zone; write one such as Europe/Berlin."),
    "a rep in a zone that is none": (SMALL + "  - slack: U0BEN\n    zone: CET+1\n", "line 9: `CET+1` is not a time"),
    "a channel by its name": (changed("C0123ABCD", '"#wins"'), "line 3: `#wins` is not a Slack channel id; it looks"),
    "a person as a channel": (changed("C0123ABCD", "U0123ABCD"), "line 3: `U0123ABCD` is not a Slack channel id"),
    "a person by name": (
        changed("U0ANA", "ana.sousa"),
        "line 7: `ana.sousa` is not a Slack member id; it looks like U",
    ),
    "a person in small letters": (changed("U0ANA", "u0ana"), "line 7: `u0ana` is not a Slack member id"),
    "an id that is too short": (changed("U0ANA", "U"), "line 7: `U` is not a Slack member id"),
    "a person without an id": (SMALL + "  - name: Ben\n", "line 8: `slack` is missing."),
    "an unknown key of a person": (
        SMALL + "  - slack: U0BEN\n    email: b@x\n",
        "line 9: `email` is not known here; these are: focus, name, slack, zone.",
    ),
    "a manager with a focus": (
        changed("  - U0MARIA", "  - slack: U0MARIA\n    focus: calls"),
        "line 6: `focus` is not known here; these are: name, slack, zone.",
    ),
    "a person without a name": (SMALL + "  - slack: U0BEN\n    name: ''\n", "line 9: here some text is expected."),
    "a focus that the team has not": (
        SMALL + "  - slack: U0BEN\n    focus: calls\n",
        "line 9: `calls` is not one of the behaviours of this team.",
    ),
    "an unknown kind": (
        SMALL + "behaviours:\n  - words: call\n    kind: cold\n",
        "line 10: `cold` is not a kind; these are: any, prospecting, discovery, proposal, ",
    ),
    "an unknown key of a behaviour": (
        SMALL + "behaviours:\n  - words: call\n    goal: 9\n",
        "line 10: `goal` is not known here; these are: kind, words.",
    ),
    "a behaviour without words": (SMALL + "behaviours:\n  - kind: planning\n", "line 9: `words` is missing."),
    "the same behaviour twice": (
        SMALL + "behaviours:\n  - call\n  - words: call\n",
        "line 9: one of the behaviours stands here twice.",
    ),
    "more behaviours than anybody works by": (
        SMALL + "behaviours:\n" + "".join(f"  - do {n}\n" for n in range(MOST_BEHAVIOURS + 1)),
        "line 9: 13 behaviours are too many to work by; keep the 12 that matter.",
    ),
    "a question that can be answered with yes": (
        SMALL + "questions:\n  - How will you begin?\n  - Will you call Anna today?\n",
        (
            'line 10: "Will you call Anna today?" is not ready to be asked. It can be answered with a '
            "yes, a no or one of "
            'the answers offered, and then the talk is over. Try "How will you go about calling Anna today?" instead.'
        ),
    ),
    "a question with two faults": (
        SMALL + "questions:\n  - How will you prepare and how many calls will you make?\n",
        "It asks for a number or a date, and those say little about the way there. It asks more than one thing,",
    ),
    "a question that means to ask nothing": (SMALL + "questions:\n  - asdf\n", "It asks nothing yet."),
    "an endless question": (SMALL + f"questions:\n  - {'how ' * 500}\n", 'how how…" is not ready to be asked.'),
    "a bad question with a focus": (
        SMALL + "questions:\n  - Will you {focus} today?\n",
        'Try "How will you {focus} today?" instead.',
    ),
    "a slot that nobody fills": (
        SMALL + "questions:\n  - How will you reach {customer}?\n",
        "line 9: `{customer}` cannot be filled in; {focus} and {name} can.",
    ),
    "the same question twice": (
        SMALL + "questions:\n  - How will you begin?\n  - text: how will you  begin?\n",
        'line 10: "how will you begin?" stands here twice.',
    ),
    "a question of an unknown kind": (
        SMALL + "questions:\n  - text: How will you begin?\n    kind: cold\n",
        "line 10: `cold` is not a kind; these are: any,",
    ),
    "an unknown key of a question": (
        SMALL + "questions:\n  - text: How will you begin?\n    when: monday\n",
        "line 10: `when` is not known here; these are: kind, text.",
    ),
    "more questions than come up": (
        SMALL + "questions:\n" + "".join(f"  - How will you begin day {n}?\n" for n in range(MOST_QUESTIONS + 1)),
        "line 9: 101 questions are more than come up; keep the best 100.",
    ),
    "an unknown time": (with_times('lunch: "12:00"'), "line 9: `lunch` is not known here; these are: check_after_"),
    "times that are a list": (SMALL + "times: []\n", "line 8: here a list of `name: value` lines is expected."),
    "a time in words": (with_times("check_in: nine"), "line 9: `nine` is not a time; write one such as"),
    "an hour that is none": (with_times('check_in: "24:00"'), "line 9: `24:00` is not a time"),
    "a minute that is none": (with_times('check_in: "8:60"'), "line 9: `8:60` is not a time"),
    "a time with seconds": (with_times('check_in: "8:45:00"'), "line 9: `8:45:00` is not a time"),
    "a time without minutes": (with_times("check_in: 8"), "line 9: `8` is not a time"),
    "a time in figures that only look like figures": (with_times('check_in: "²:00"'), "line 9: `²:00` is not a time"),
    "an endless time": (with_times(f'check_in: "{"9" * 5000}:00"'), "is not a time; write one such as"),
    "an unknown day": (with_times("wins_day: caturday"), "line 9: `caturday` is not a day of the week."),
    "half a day": (with_times("wins_day: th"), "line 9: `th` is not a day of the week."),
    "a working day by number": (with_times("working_days: [1]"), "line 9: `1` is not a day of the week."),
    "no minutes": (with_times("check_after_minutes: 0"), "line 9: `0` is not a number of minutes from 1 to 240."),
    "minutes before": (with_times("check_after_minutes: -5"), "line 9: `-5` is not a number of minutes"),
    "half minutes": (with_times("check_after_minutes: 2.5"), "line 9: `2.5` is not a number of minutes"),
    "too many minutes": (with_times("check_after_minutes: 241"), "line 9: `241` is not a number of minutes"),
    "figures that only look like figures": (with_times("check_after_minutes: ²"), "line 9: `²` is not a number of"),
    "a day that ends before it starts": (
        with_times('day_starts: "18:00"'),
        "line 9: the day must end after it starts.",
    ),
    "a day that ends as it starts": (
        with_times('day_starts: "9:00"\nday_ends: "9:00"'),
        "line 10: the day must end after it starts.",
    ),
    "a check-in before work": (
        with_times('check_in: "8:00"'),
        "line 9: `check_in` must lie within the working day (08:30–17:30).",
    ),
    "a check-in as work ends": (with_times('check_in: "17:30"'), "line 9: `check_in` must lie within the working day"),
    "a summary after work": (with_times('summary: "18:00"'), "line 9: `summary` must lie within the working day"),
    "a nudge before work": (with_times('nudge: "8:00"'), "line 9: `nudge` must lie within the working day"),
    "a day that starts after the check-in": (
        with_times('day_starts: "09:00"'),
        "line 9: `check_in` must lie within the working day (09:00–17:30).",
    ),
    "a latest time before the check-in": (
        with_times('check_in: "9:00"\ncheck_in_until: "8:45"\nsummary: "9:30"'),
        "line 10: `check_in_until` may not be earlier than `check_in`.",
    ),
    "a latest time after work": (
        with_times('check_in_until: "17:30"'),
        "line 9: `check_in_until` must lie within the working day (08:30–17:30).",
    ),
    "a name that is a story": (changed("team: North", f"team: {'N' * 61}"), "line 1: keep the team's name to 60 ch"),
    "more reps than a team holds": (
        SMALL + "".join(f"  - U0REP{n:03}\n" for n in range(100)),
        "line 7: 101 reps are more than one team holds; 100 do.",
    ),
    "a behaviour that is a story": (
        SMALL + f"behaviours:\n  - {'x' * 121}\n",
        "line 9: keep a behaviour to 120 characters.",
    ),
    "the same behaviour in capitals": (
        SMALL + "behaviours: [call, CALL]\n",
        "one of the behaviours stands here twice.",
    ),
    "holidays of nowhere": (SMALL + "holidays: {region: BY}\n", "line 8: `country` is missing."),
    "nudges after noon": (
        with_times('nudge_until: "12:01"'),
        "line 9: `nudge_until` may not be later than 12:00.",
    ),
    "a nudge at its own end": (
        with_times('nudge: "11:30"\nnudge_until: "11:30"'),
        "line 9: `nudge` must be before 11:30.",
    ),
    "a nudge at noon": (with_times('nudge: "12:00"'), "line 9: `nudge` must be before 12:00."),
    "a summary before the check-in": (
        with_times('check_in: "9:00"\nsummary: "8:45"'),
        "line 10: `summary` must come after `check_in`.",
    ),
    "a summary at the check-in": (
        with_times('summary: "8:45"'),
        "line 9: `summary` must come after `check_in`.",
    ),
}


@pytest.mark.parametrize("wrong", ONE_LINE)
def test_what_is_wrong_is_told_in_one_sentence_with_its_line(wrong: str) -> None:
    text, says = ONE_LINE[wrong]
    with pytest.raises(TeamFileError) as caught:
        parse(text)
    told = str(caught.value)
    assert says in told
    assert told.startswith("team.yaml")
    assert "\n" not in told
    assert told.endswith(".")


def test_holidays_are_a_country_or_a_country_with_a_region() -> None:
    assert parse(SMALL).holidays is None
    assert parse(SMALL + "holidays: de\n").holidays == HolidaysEntry("DE", None, 8)
    assert parse(SMALL + "holidays:\n  country: DE\n  region: BY\n").holidays == HolidaysEntry("DE", "BY", 9)


def test_the_latest_time_follows_a_late_check_in_where_the_file_does_not_say() -> None:
    late = with_times('check_in: "11:15"\nsummary: "11:30"\nnudge: "11:45"')
    assert parse(late).times.check_in_until == time(11, 15)
    assert parse(with_times('check_in_until: "10:00"')).times.check_in_until == time(10)


def test_the_file_is_called_by_its_name() -> None:
    with pytest.raises(TeamFileError, match=r"^south\.yml, line 1: "):
        parse("nothing", "south.yml")


def test_a_dozen_behaviours_are_not_too_many() -> None:
    lines = "".join(f"  - do {n}\n" for n in range(MOST_BEHAVIOURS))
    assert len(parse(SMALL + "behaviours:\n" + lines).behaviours) == MOST_BEHAVIOURS


def test_a_manager_may_be_coached_too() -> None:
    both = parse(SMALL + "  - U0MARIA\n")
    assert {p.slack_id for p in both.managers} <= {p.slack_id for p in both.reps}


def test_an_offset_that_a_zone_file_is_named_for_is_not_taken_for_a_time() -> None:
    """Unquoted, `8:45` is a number in old YAML; it is read as it stands in the file."""
    assert parse(with_times("check_in: 8:45")).times.check_in == time(8, 45)


def test_whom_to_turn_to_is_a_short_list_of_names() -> None:
    assert parse(SMALL + "care:\n  - Petra  Lang (extension 210)\n").care == ("Petra Lang (extension 210)",)
    with pytest.raises(TeamFileError, match="name 5 at the most"):
        parse(SMALL + "care: [a, b, c, d, e, f]\n")
    with pytest.raises(TeamFileError, match=f"keep this to {LONGEST_CARE} characters"):
        parse(SMALL + f"care: [{'x' * (LONGEST_CARE + 1)}]\n")


WORDS = st.sampled_from([*SMALL.splitlines(), *WHOLE.splitlines()])
LINES = st.lists(
    st.one_of(
        WORDS,
        st.builds("{}{}".format, WORDS, st.text(max_size=6)),
        st.sampled_from(["  - ", "? ", "- - -", "&a [*a]", "<<: *a", "!!set {a}", "times: {wins: ٠٨:٤٥}", "zone: Etc"]),
    ),
    max_size=25,
)


@settings(max_examples=150, deadline=None)
@given(text=st.one_of(st.text(), LINES.map("\n".join)))
def test_any_text_is_a_team_or_a_sentence(text: str) -> None:
    try:
        found = parse(text)
    except TeamFileError:
        return
    assert found.managers
    assert found.reps
