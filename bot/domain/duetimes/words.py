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

    FIRST_THING = auto()
    MORNING = auto()
    MID_MORNING = auto()
    LATE_MORNING = auto()
    LUNCH = auto()
    EARLY_AFTERNOON = auto()
    MID_AFTERNOON = auto()
    AFTERNOON = auto()
    LATE_AFTERNOON = auto()
    EVENING = auto()
    NIGHT = auto()
    END_OF_DAY = auto()
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
    EITHER_WAY = auto()  # "11/12": day and month in unknown order


LINKS: Mapping[Link, str] = {
    Link.BY: "by | until | untill | till | til | due | due by | latest | latest by | no later than | not later than",
    Link.BEFORE: "before | b 4 | ahead of | prior to | pre",
    Link.AT: "at | @",
    Link.ON: "on",
    Link.DURING: "over | during",
    Link.AROUND: "around | about | approx | approximately | circa | ca | roughly | towards | toward | ~",
    Link.AFTER: "after | post | right after | straight after | just after | shortly after | following",
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
ROUGHLY = "around | about | approx | approximately | circa | ca | roughly | maybe | probably | ~"
SOMETIME = "sometime | some time | any time | anytime | later | later on"

# Words of the past that need no link, and words that may follow a time; True makes it a rough one.
GONE = (
    "yesterday | yesterday's | yday | yest | day before yesterday | earlier today | earlier this morning |"
    "earlier this afternoon | earlier this week | last night | last week | last month"
)
TAILS: Mapping[bool, str] = {
    False: "at the latest | at latest | latest | sharp | on the dot",
    True: "or so | ish | or thereabouts",
}
ZONES = (  # named after a clock time, where they leave a doubt
    "gmt | bst | cet | cest | utc | est | edt | et | cst | cdt | ct | mst | pst | pdt | pt | ist | aest | aedt |"
    "nzst | nzdt | brt | uk time | us time | your time | their time"
)

DETERMINERS = word_set("the my our your his her their that a an")
OWN = frozenset({"my", "our"})

# Parts of the day that promise something wherever they stand.
PARTS: Mapping[Part, str] = {
    Part.FIRST_THING: (
        "first thing | first thing in the morning | early morning | early this morning | start of day |"
        "start of the day | the start of the day | start of business | start of play | beginning of the day"
    ),
    Part.MORNING: "in the morning | this morning | this am",
    Part.MID_MORNING: "mid morning | midmorning",
    Part.LATE_MORNING: "late morning | late this morning | late in the morning",
    Part.LUNCH: "lunchtime | lunch time",
    Part.EARLY_AFTERNOON: "early afternoon | early this afternoon | early in the afternoon",
    Part.MID_AFTERNOON: "mid afternoon | midafternoon",
    Part.AFTERNOON: (
        "in the afternoon | this afternoon | this aft | this arvo | this avo | this pm | this afternon |"
        "this aftrnoon | s'arvo | the afternoon"
    ),
    Part.LATE_AFTERNOON: "late afternoon | late this afternoon | late in the afternoon",
    Part.EVENING: "in the evening | this evening | this eve | the evening | early evening",
    Part.NIGHT: "tonight | tonite | 2 nite | at night",
    Part.END_OF_DAY: (
        "eod | e . o . d . | e . o . d | cob | c . o . b . | c . o . b | eob | day's end | last thing |"
        "end of day | end of the day | the end of the day | end of my day | end of business |"
        "end of the business day | end of play | end of work | end of the working day |"
        "close of day | close of the day | close of play | close of business"
    ),
}
# ... and those that do so only next to a day ("Thursday arvo") or after a preposition ("after lunch").
PARTS_OF_A_DAY: Mapping[Part, str] = {
    **PARTS,
    Part.MORNING: PARTS[Part.MORNING] + "| morning | am | mornings",
    Part.LUNCH: PARTS[Part.LUNCH] + "| lunch | my lunch",
    Part.AFTERNOON: PARTS[Part.AFTERNOON] + "| afternoon | afternon | aftrnoon | aft | arvo | avo | pm",
    Part.EVENING: PARTS[Part.EVENING] + "| evening | eve",
    Part.NIGHT: PARTS[Part.NIGHT] + "| night",
}
# ... and what may stand before a day: "early Friday", "end of Thursday".
EDGES: Mapping[Part, str] = {
    Part.FIRST_THING: "early | early on | start of | the start of | beginning of | the beginning of",
    Part.END_OF_DAY: "late | late on | end of | the end of | close of",
}
SAY_TODAY = word_set("this tonight tonite nite night s'arvo")  # ... unless another day is said

DAYS: Mapping[tuple[DayKind, int], str] = {
    (DayKind.TODAY, 0): "today | tday | tdy | this day | within the day",
    (DayKind.LATER, 1): (
        "tomorrow | tomorow | tommorow | tommorrow | tomorro | tomoro | tomorrw | tmrw | tmr | tmw | tmrow | tomoz |"
        "2 moro | 2 morrow | 2 mrw | 2 morro"
    ),
    (DayKind.LATER, 2): "day after tomorrow | the day after tomorrow | day after tmrw",
    (DayKind.THIS_WEEK, 0): (
        "end of week | end of the week | the end of the week | end of this week | the end of this week | eow |"
        "week's end | this week | late this week | later this week | the weekend | within the week"
    ),
    (DayKind.NEXT_WEEK, 0): "next week | end of next week | the end of next week | late next week",
    (DayKind.WEEKDAY, 2): "midweek | mid week",
    (DayKind.NEXT_WEEKDAY, 2): "mid next week | the middle of next week",
    (DayKind.NEXT_WEEK_START, 0): (
        "early next week | start of next week | the start of next week | beginning of next week |"
        "the beginning of next week"
    ),
}
WEEKDAYS: Mapping[int, str] = {
    0: "monday | munday | moday | mon",
    1: "tuesday | tuseday | teusday | tues | tue",
    2: "wednesday | wensday | wendesday | wednesay | weds | wed",
    3: "thursday | thursady | thrusday | thurday | thurs | thur | thu",
    4: "friday | firday | fridya | fri",
    5: "saturday | saterday | sat",
    6: "sunday | sun",
}
SHORT_DAYS = word_set("mon tue wed thu fri sat sun")  # also words, names or pieces of them
WORDLIKE_DAYS = frozenset({"sat", "sun"})
NAMED_DAYS = frozenset({"black", "good", "cyber", "ruby"})  # "Black Friday" is a name
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
OCLOCK = "o'clock | oclock | o clock | o ' clock"
FRACTIONS: Mapping[str, int] = {"half": 30, "quarter": 15}  # of an hour, in minutes
MINUTES_PAST_OR_TO = frozenset({5, 10, 15, 20, 25})
PAST_OR_TO: Mapping[int, str] = {1: "past | after", -1: "to | till | til | before"}

WAIT_LEADS = "in | within | inside | in another | give me | gimme | in the next | within the next | over the next"
WAIT_TAILS = "from now | ' time | time"
A_WHILE = "a bit | a few | a few minutes | a few mins | a minute | a moment | a mo | a sec | a second | a little while"
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
    **dict.fromkeys(word_set("d day days"), 24 * 60),
    **dict.fromkeys(word_set("w week weeks"), 7 * 24 * 60),
    "fortnight": 14 * 24 * 60,
}

# "by 3 calls", "at 2 new accounts": the number counts things and is not an hour.
COUNTED = word_set(
    "% of out per percent pct k m x bn grand million thousand hundred dozen people person more new key big hot warm"
    " cold other extra top good different qualified point degrees eur usd gbp euro dollar stage go"
    " time floor min mins minute minutes hr hrs hour hours day week"
)
STREETS = word_set("street st road rd avenue ave lane square")
NOT_PLURAL = word_set(
    "this thus always perhaps unless besides across yes thanks plus was has does towards afterwards sometimes"
    " whereas regards cheers tues weds thurs works suits"
)
GROWING = word_set("increase grow reduce lower boost exceed multiply increased grew up down")

# Words after which a bare day or hour stays one, and is no part of a name or of a count: "Wed at", "the 24th with".
CONNECTORS = word_set(
    "at by before and or i i'll i'm we we'll to with for so but if because then about after when as in on latest"
    " morning afternoon arvo aft evening night am pm noon lunchtime first please instead until between from the"
    " eod cob works should latest sharp is around early late next this or ok"
)
# What may stand around a time in an answer that is nothing but a time: "maybe 3?", "ok, let's say 4 then".
FILLERS = word_set(
    "ok okay yes yep yeah sure maybe probably perhaps hm hmm um er well so how about what let's lets say then please"
    " instead i'd i'll do it go with done thanks and , . ! ? … ; : ( ) * _ \" ' - – — ~ thx think i would"
)
FILLERS_AFTER = FILLERS | word_set("works for me us is good fine suits better best")
