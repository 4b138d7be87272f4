"""The words in which people say when: a vocabulary as readable tables.

Nothing here knows what time it is. `duetimes.grammar` puts the words together and `duetime` decides what they
promise. The lists are our own, collected from how British, American, Irish, Australian and continental sales
people write English in chat; a phrase is added by adding it to a table. A `|` parts two phrases, a space two
words, and a hyphen in the text may stand wherever a phrase has a space ("end-of-day").
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto


def word_set(words: str) -> frozenset[str]:
    """The words of a table of single words."""
    return frozenset(words.split())


NOON, MIDNIGHT, HALF_DAY = 12 * 60, 24 * 60, 12 * 60  # in minutes since midnight, and in minutes


class Link(Enum):
    """What the words before a time make of it."""

    NONE = auto()
    BY = auto()  # the end of the time in which it will be done
    BEFORE = auto()
    AT = auto()
    ON = auto()
    DURING = auto()  # only before a part of the day: "over lunch"
    AROUND = auto()
    AFTER = auto()
    LEAD = auto()  # settles on a time: "make it 4"
    FROM = auto()
    FOR = auto()  # says when a thing takes place that is being arranged: "a slot for Friday"
    TOPIC = auto()  # names a thing by its time: "re Friday"
    LAPSED = auto()  # past or habit: "since 9", "last Tuesday", "every Monday"


class Part(Enum):
    """A part of a day, or a whole one."""

    START_OF_DAY = auto()
    FIRST_THING = auto()
    MORNING = auto()
    MID_MORNING = auto()
    LATE_MORNING = auto()
    LUNCH = auto()
    EARLY_AFTERNOON = auto()
    MID_AFTERNOON = auto()
    AFTERNOON = auto()
    LATE_AFTERNOON = auto()
    DINNER = auto()
    EVENING = auto()
    NIGHT = auto()
    END_OF_DAY = auto()
    THIS_TIME = auto()  # the hour it is now, on another day
    TODAY = auto()
    DAY = auto()


class DayKind(Enum):
    """How a day was named; `Day.number` counts days, weekdays (Monday is 0) or the day of the month."""

    TODAY = auto()
    LATER = auto()  # so many calendar days from now
    LATER_AT_WORK = auto()  # the same, moved on to a working day
    WORKING_DAYS = auto()  # so many working days from now
    WEEKDAY = auto()  # the first one, today included
    WEEKDAY_WEEK = auto()  # a week after the first one: "Tuesday week"
    NEXT_WEEKDAY = auto()  # the one in the calendar week after this (weeks start on Monday)
    THIS_WEEK = auto()
    NEXT_WEEK = auto()
    NEXT_WEEK_START = auto()
    MONTH_DAY = auto()
    MONTH_END = auto()  # the last working day of a month (0: this one)
    QUARTER_END = auto()
    YEAR_END = auto()
    EITHER_WAY = auto()  # "11/12": day and month in unknown order


LINKS: Mapping[Link, str] = {
    Link.BY: (
        "by | until | untill | till | til | due | due by | latest | latest by | at the latest by | no later than |"
        "not later than | by no later than | bis | by or before | on or before"
    ),
    Link.BEFORE: "before | before of | b 4 | ahead of | prior to | pre",
    Link.AT: "at | @ | kl | kl . | klokken | klokka | klockan | um | à | às | as early as",
    Link.ON: "on | in the course of | over the course of | at some point during | some time during",
    Link.DURING: "over | during",
    Link.AROUND: (
        "around | about | abt | ard | arnd | approx | approximately | circa | ca | roughly | towards | toward | ~"
    ),
    Link.AFTER: "after | aft | post | right after | straight after | just after | shortly after | following",
    Link.LEAD: (
        "make it | let's say | lets say | say | move to | moved to | move it to | move that to | push to | push it to |"
        "push that to | change to | change it to | change that to | shift to | shift it to | postpone to"
    ),
    Link.FROM: "from",
    Link.FOR: "for",
    Link.TOPIC: "re | regarding | concerning | of | discuss | see you | see ya | see u",
    Link.LAPSED: "since | last | previous | past | this past | every | each",
}

# Words that may stand between a link and its time, or before the link, and make the time a rough one.
ROUGHLY = "around | about | abt | ard | arnd | approx | approximately | circa | ca | roughly | maybe | probably | ~"
SOMETIME = "sometime | some time | any time | anytime | later | later on"

# Words of the past that need no link, and words that may follow a time; True makes it a rough one.
GONE = (
    "yesterday | yesterday's | yday | yest | day before yesterday | earlier today | earlier this morning |"
    "earlier this afternoon | earlier this week | last night | last week | last month"
)
TAILS: Mapping[bool, str] = {
    False: "at the latest | at latest | latest | tops | max | sharp | on the dot",
    True: "or so | ish | or thereabouts",
}

DETERMINERS = word_set("the my our your his her their that a an")
OWN = frozenset({"my", "our"})

# Parts of the day that promise something wherever they stand.
PARTS: Mapping[Part, str] = {
    Part.START_OF_DAY: (
        "start of day | start of the day | the start of the day | start of business | start of play | start of work |"
        "beginning of the day | the beginning of the day | opening of business | open of business | sod | day start"
    ),
    Part.FIRST_THING: (
        "first thing | first thing in the morning | early morning | early this morning | early in the morning |"
        "first thing this morning | 1 st thing | 1 st thing in the morning | bright and early"
    ),
    Part.MORNING: "in the morning | this morning | this am | end of the morning | the end of the morning",
    Part.MID_MORNING: "mid morning | midmorning | smoko | elevenses",
    Part.LATE_MORNING: "late morning | late this morning | late in the morning",
    Part.LUNCH: "lunchtime | lunch time",
    Part.EARLY_AFTERNOON: (
        "early afternoon | early this afternoon | early in the afternoon | beginning of the afternoon |"
        "the beginning of the afternoon | start of the afternoon | the start of the afternoon"
    ),
    Part.MID_AFTERNOON: "mid afternoon | midafternoon",
    Part.AFTERNOON: (
        "in the afternoon | this afternoon | this aft | this arvo | this avo | this pm | this afternon |"
        "this aftrnoon | s'arvo | the afternoon"
    ),
    Part.LATE_AFTERNOON: "teatime | tea time | late afternoon | late this afternoon | late in the afternoon",
    Part.EVENING: "in the evening | this evening | this eve | the evening | early evening",
    Part.NIGHT: "tonight | tonite | at night",
    Part.END_OF_DAY: (
        "eod | e . o . d . | e . o . d | cob | c . o . b . | c . o . b | eob | day's end | last thing |"
        "end of day | end of the day | the end of the day | end of my day | end of business |"
        "end of the business day | end of play | end of work | end of the working day |"
        "close of day | close of the day | close of play | close of business | close of the business day |"
        "home time | knock off time | knock off | going home time | end of the afternoon | the end of the afternoon |"
        " end of today | close today"
    ),
}
# ... and those that do so only next to a day ("Thursday arvo") or after a preposition ("after lunch").
PARTS_OF_A_DAY: Mapping[Part, str] = {
    **PARTS,
    Part.MORNING: PARTS[Part.MORNING] + "| morning | morn | am | forenoon | the forenoon | first half | 1 st half",
    Part.LUNCH: PARTS[Part.LUNCH] + "| lunch | my lunch",
    Part.AFTERNOON: PARTS[Part.AFTERNOON] + "| afternoon | aft | arvo | avo | pm | second half | 2 nd half",
    Part.DINNER: "dinner | dinnertime | dinner time | supper | my dinner",
    Part.EVENING: PARTS[Part.EVENING] + "| evening | eve",
    Part.NIGHT: PARTS[Part.NIGHT] + "| night | nite",
    Part.FIRST_THING: PARTS[Part.FIRST_THING] + "| early doors | first hour | the first hour",
    Part.END_OF_DAY: PARTS[Part.END_OF_DAY] + "| eop | close | the close | last hour | the last hour",
}
# ... and what may stand before a day: "early Friday", "end of Thursday".
EDGES: Mapping[Part, str] = {
    Part.FIRST_THING: "early | early on | first hour of | the first hour of",
    Part.MORNING: "first half of | the first half of",
    Part.AFTERNOON: "second half of | the second half of",
    Part.START_OF_DAY: (
        "start of | the start of | beginning of | the beginning of | opening of | opening of business on"
    ),
    Part.THIS_TIME: "this time | same time | the same time | this time on | same time on | the same time on",
    Part.END_OF_DAY: (
        "late | late on | end of | the end of | close of | end of business on |"
        "end of play on | last hour of | the last hour of"
    ),
}
SAY_TODAY = word_set("this tonight tonite nite night s'arvo")  # ... unless another day is said

DAYS: Mapping[tuple[DayKind, int], str] = {
    (
        DayKind.TODAY,
        0,
    ): (
        "today | todays date | todya | tody | tday | tdy | this day | within the day |"
        " during the day | in the course of the day | through the day"
    ),
    (DayKind.LATER, 1): ("tomorrow | tomoro | tmrw | tmr | tmw | tmrow | tmro | tomo | tomoz | tomos | the morrow"),
    (DayKind.LATER, 2): "day after tomorrow | the day after tomorrow | day after tmrw | overmorrow",
    (DayKind.LATER, 7): (
        "a week today | a week from today | one week from today | 1 week from today | one week today |"
        "this day next week |  this day week | today week | a week from now"
    ),
    (DayKind.LATER, 8): "a week tomorrow | a week from tomorrow | tomorrow week",
    (DayKind.LATER, 14): "two weeks today | a fortnight today | 2 weeks today",
    (DayKind.MONTH_END, 0): (
        "eom | month end | months end | month's end | end of month | end of the month | the end of the month |"
        "end of this month | the end of this month | last day of the month | the last day of the month"
    ),
    (DayKind.QUARTER_END, 0): (
        "eoq | quarter end | end of quarter | end of the quarter | the end of the quarter | end of this quarter |"
        "the end of this quarter"
    ),
    (DayKind.YEAR_END, 0): (
        "eoy | year end | year's end | end of year | end of the year | the end of the year | end of this year |"
        "the end of this year"
    ),
    (DayKind.THIS_WEEK, 0): (
        "end of week | end of the week | the end of the week | end of this week | the end of this week | eow |"
        "week's end | this week | late this week | later this week | the weekend | within the week | within this week |"
        "close of the week | later in the week | end of the working week | the end of the working week"
    ),
    (DayKind.NEXT_WEEK, 0): "next week | end of next week | the end of next week | late next week",
    (DayKind.WEEKDAY, 2): "midweek | mid week",
    (DayKind.NEXT_WEEKDAY, 2): "mid next week | the middle of next week | middle of next week",
    (DayKind.NEXT_WEEK_START, 0): (
        "early next week | start of next week | the start of next week | beginning of next week |"
        "the beginning of next week"
    ),
}
WEEKDAYS: Mapping[int, str] = {
    0: "monday | mon",
    1: "tuesday | tues | tue",
    2: "wednesday | weds | wed",
    3: "thursday | thurs | thur | thu",
    4: "friday | fri",
    5: "saturday | sat",
    6: "sunday | sun",
}
SHORT_DAYS = word_set("mon tue wed thu fri sat sun")  # also words, names or pieces of them
WORDLIKE_DAYS = frozenset({"sat", "sun"})
NAMED_DAYS = frozenset({"black", "good", "cyber", "ruby", "happy", "manic"})  # "Black Friday" is a name
MONTHS: Mapping[int, str] = {
    1: "january | jan",
    2: "february | feb",
    3: "march | mar",
    4: "april | apr",
    5: "may",
    6: "june | jun",
    7: "july | jul",
    8: "august | aug",
    9: "september | sept | sep",
    10: "october | oct",
    11: "november | nov",
    12: "december | dec",
}
WORDLIKE_MONTHS = frozenset({"may", "march", "mar"})

ORDINALS = frozenset({"st", "nd", "rd", "th"})

NOONS: Mapping[int, str] = {  # minutes since midnight
    NOON: "noon | midday | mid day | 12 noon | 12 midday | noonish | middayish",
    MIDNIGHT: "midnight | 12 midnight",
}
HOURS: Mapping[str, int] = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
}
MERIDIEMS: Mapping[int, str] = {0: "am | a . m | a . m .", HALF_DAY: "pm | p . m | p . m ."}
OCLOCK = "o'clock | oclock | o clock | o ' clock | uhr | horas | heures | hs"
FRACTIONS: Mapping[str, int] = {"half": 30, "quarter": 15}  # of an hour, in minutes
MINUTES_PAST_OR_TO = frozenset({5, 10, 15, 20, 25})
MINUTES_AFTER: Mapping[int, str] = {  # an hour in words: "two thirty"
    5: "oh five | o five",
    10: "ten",
    14: "fourteen",
    15: "fifteen",
    18: "eighteen",
    20: "twenty",
    25: "twenty five",
    30: "thirty",
    35: "thirty five",
    40: "forty | fourty",
    45: "forty five | fourty five",
    50: "fifty",
    55: "fifty five",
}
QUARTERS = frozenset({15, 30, 45})
FACES: Mapping[int, str] = {  # where the long hand stands, whatever the hour: minutes
    0: (
        "top of the hour | the top of the hour | the hour | full hour | the full hour | the next full hour |"
        " the end of the hour"
    ),
    15: "quarter past | a quarter past",
    45: "quarter to | a quarter to",
    30: "half past | bottom of the hour | the bottom of the hour | the half hour",
}
PAST_OR_TO: Mapping[int, str] = {1: "past | after", -1: "to | till | til | before | of"}

WAIT_LEADS = (
    "in | within | inside | inside of | in another | give me | give me another | gimme | allow me |"
    "need another | in the next |"
    " within the next |"
    "over the next | in the coming | in under | in less than | in no more than | in max | in just | in like"
)
WAIT_TAILS = "from now | ' time | time"
A_WHILE = "a few | a few minutes | a few mins"
SOON = "a bit | a minute | a min | a moment | a mo | a sec | a second | a little while | a little bit"
AMOUNTS: Mapping[float, str] = {
    0.25: "a quarter of an | quarter of an",
    0.5: "half an | half a | a half | half",
    0.75: "three quarters of an",
    1: "a | an | one | another",
    1.5: "one and a half | 1 and a half",
    2: "two | a couple of | a couple | couple of | couple",
    2.5: "two and a half | 2 and a half",
    3: "three | a few | few",
    **{n: word for word, n in HOURS.items() if n > 3},
    15: "fifteen",
    20: "twenty",
    25: "twenty five",
    30: "thirty",
    40: "forty | fourty",
    45: "forty five | fourty five",
    50: "fifty",
    60: "sixty",
    90: "ninety",
}
UNITS: Mapping[str, int] = {  # in minutes
    **dict.fromkeys(word_set("m min mins minute minutes mintues minuets"), 1),
    **dict.fromkeys(word_set("h hr hrs hour hours hour's"), 60),
    **dict.fromkeys(word_set("d day days day's"), 24 * 60),
    **dict.fromkeys(word_set("w week weeks week's"), 7 * 24 * 60),
    "fortnight": 14 * 24 * 60,
}
