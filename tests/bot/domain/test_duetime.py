"""What a rep's words say about when, on the wall clock of the rep."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import WorkingHours
from bot.domain.duetime import find
from bot.domain.duetimes.moments import HORIZON_DAYS
from bot.domain.duetimes.text import Text
from bot.domain.reading import Certainty

LONDON, BERLIN, AUCKLAND = "Europe/London", "Europe/Berlin", "Pacific/Auckland"
LOS_ANGELES, KOLKATA, SAO_PAULO = "America/Los_Angeles", "Asia/Kolkata", "America/Sao_Paulo"

HOURS = WorkingHours()  # 8:30-17:30, Monday to Friday

EARLY = "2025-11-19 07:00"  # a Wednesday
WED = "2025-11-19 10:00"
WED_PM = "2025-11-19 14:00"
LATE = "2025-11-19 18:00"
THU = "2025-11-20 09:10"
FRI = "2025-11-21 11:00"
SUN = "2025-11-23 10:00"

Row = tuple[str, str, str, str | None, str]  # words, local time said, zone, local time meant, why


def _utc(local: str, zone: str, *, fold: int = 0) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


def _meant(words: str, at: str, zone: str = LONDON, hours: WorkingHours = HOURS) -> str | None:
    due = find(words, _utc(at, zone), ZoneInfo(zone), hours)
    return None if due is None else due.moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")


CLOCK_TIMES: list[Row] = [
    ("by 3", WED, LONDON, "2025-11-19 15:00", "3 is in working hours in the afternoon"),
    ("by 3", WED, AUCKLAND, "2025-11-19 15:00", "the rep's clock counts, wherever it is"),
    ("by 3", WED, LOS_ANGELES, "2025-11-19 15:00", "the rep's clock counts, wherever it is"),
    ("by three", WED, KOLKATA, "2025-11-19 15:00", "an hour may be spelt out"),
    ("at 15:30", WED, BERLIN, "2025-11-19 15:30", "a 24-hour clock"),
    ("at 15.30", WED, BERLIN, "2025-11-19 15:30", "the same with a dot"),
    ("3pm", WED, SAO_PAULO, "2025-11-19 15:00", "am or pm is enough to be a time"),
    ("3.30 pm", WED, LONDON, "2025-11-19 15:30", "a dot, a space"),
    ("3:30p", WED, LOS_ANGELES, "2025-11-19 15:30", "a short pm"),
    ("at 3 p.m. sharp", WED, LOS_ANGELES, "2025-11-19 15:00", "pm with dots"),
    ("14h30", WED, SAO_PAULO, "2025-11-19 14:30", "as it is written in French and Portuguese"),
    ("at 16h", WED, SAO_PAULO, "2025-11-19 16:00", "the same without minutes"),
    ("17h", WED, SAO_PAULO, "2025-11-19 17:00", "nobody promises in 17 hours"),
    ("at 1430", WED, LONDON, "2025-11-19 14:30", "the colon left out"),
    ("by 1600", WED, LONDON, "2025-11-19 16:00", "the colon left out"),
    ("half two", WED, LONDON, "2025-11-19 14:30", "British: half past two"),
    ("will ring them half nine tomorrow", WED, LONDON, "2025-11-20 09:30", "British, with a day"),
    ("half past 2", WED, LONDON, "2025-11-19 14:30", "half past"),
    ("half past three pm", WED, LONDON, "2025-11-19 15:30", "half past, and pm"),
    ("quarter to four", WED, LONDON, "2025-11-19 15:45", "a quarter before"),
    ("at a quarter past two", WED, LONDON, "2025-11-19 14:15", "a quarter after"),
    ("at ten to four", WED, LONDON, "2025-11-19 15:50", "minutes before"),
    ("by twenty past three", WED, LONDON, "2025-11-19 15:20", "minutes after"),
    ("at twenty-five past three", WED, LONDON, "2025-11-19 15:25", "minutes after, in two words"),
    ("by 3 o'clock", WED, LONDON, "2025-11-19 15:00", "o'clock"),
    ("by 3 o’clock", WED, LONDON, "2025-11-19 15:00", "o'clock with the quote that phones type"),
    ("noon", WED, LOS_ANGELES, "2025-11-19 12:00", "noon"),
    ("12 noon", WED, LOS_ANGELES, "2025-11-19 12:00", "noon"),
    ("midday", WED, AUCKLAND, "2025-11-19 12:00", "midday"),
    ("noonish", WED, AUCKLAND, "2025-11-19 12:00", "about noon"),
    ("by 12", WED, LONDON, "2025-11-19 12:00", "12 at work is noon"),
    ("by 12pm", WED, LONDON, "2025-11-19 12:00", "12pm is noon"),
    ("by 12am", WED, LONDON, "2025-11-20 00:00", "12am ends the day"),
    ("by midnight", WED, LONDON, "2025-11-20 00:00", "midnight ends the day"),
    ("done by 2ish", WED, LONDON, "2025-11-19 14:00", "about 2"),
    ("9-ish tomorrow", WED, LONDON, "2025-11-20 09:00", "about 9"),
    ("call @3pm", WED, LONDON, "2025-11-19 15:00", "@ is at"),
    ("Anna @ 2", WED, LONDON, "2025-11-19 14:00", "@ is at"),
    ("around 4", WED, KOLKATA, "2025-11-19 16:00", "roughly"),
    ("by about 4", WED, KOLKATA, "2025-11-19 16:00", "by, roughly"),
    ("no later than 3", WED, LONDON, "2025-11-19 15:00", "a deadline"),
    ("3pm at the latest", WED, LONDON, "2025-11-19 15:00", "a deadline"),
    ("until 3", WED, LONDON, "2025-11-19 15:00", "a deadline"),
    ("make it 4 instead", WED, LONDON, "2025-11-19 16:00", "settles on another time"),
    ("push it to Friday", WED, LONDON, "2025-11-21 17:30", "settles on another day"),
    ("3pm CET", WED, LONDON, "2025-11-19 14:00", "another zone is converted"),
]

BARE_HOURS: list[Row] = [
    ("at 9", FRI, LONDON, "2025-11-21 21:00", "9 is past: its other reading is before 22:00"),
    ("by 10", WED, LONDON, "2025-11-20 10:00", "this very minute is no promise"),
    ("at 14:30", "2025-11-19 15:00", LONDON, "2025-11-20 14:30", "past: the next working day"),
    ("at 9am", FRI, LONDON, "2025-11-24 09:00", "past: the next working day, here Monday"),
    ("by 8", WED, LONDON, "2025-11-19 20:00", "8 in the morning is past and before work: this evening"),
    ("by 8", EARLY, LONDON, "2025-11-19 08:00", "nearest to working hours, and still ahead"),
    ("by 6", WED, LONDON, "2025-11-19 18:00", "nearest to working hours"),
    ("by 8 tomorrow", WED, LONDON, "2025-11-20 08:00", "nearest to working hours"),
    ("at 7", LATE, LONDON, "2025-11-19 19:00", "after work, an evening is meant"),
    ("at 9", LATE, LONDON, "2025-11-19 21:00", "after work, this evening is meant"),
    ("by 11", "2025-11-19 22:30", LONDON, "2025-11-20 11:00", "nobody means 23:00 with 11"),
    ("by 3", SUN, LONDON, "2025-11-23 15:00", "with no day it is today, even on a Sunday"),
    ("at 9", SUN, LONDON, "2025-11-23 21:00", "past on a Sunday morning: that evening"),
    ("8 tonight", WED, LONDON, "2025-11-19 20:00", "the part of the day settles it"),
    ("at 8 in the evening", WED, LONDON, "2025-11-19 20:00", "the part of the day settles it"),
    ("tomorrow morning at 7", WED, LONDON, "2025-11-20 07:00", "the part of the day settles it"),
    ("3 in the afternoon tomorrow", WED, LONDON, "2025-11-20 15:00", "the part of the day settles it"),
    ("3am", WED, LONDON, "2025-11-20 03:00", "said is said"),
    ("12 tonight", WED, LONDON, "2025-11-20 00:00", "midnight"),
    ("3", WED, LONDON, "2025-11-19 15:00", "a message that is only a time needs no preposition"),
    ("maybe 4?", WED, LONDON, "2025-11-19 16:00", "only a time, and fillers"),
    ("ok, let's say 11 then", WED, LONDON, "2025-11-19 11:00", "only a time, and fillers"),
    ("2 works for me", WED, LONDON, "2025-11-19 14:00", "only a time, and fillers"),
    ("2.30", WED, LONDON, "2025-11-19 14:30", "only a time"),
]

RANGES: list[Row] = [
    ("between 2 and 4", WED, LONDON, "2025-11-19 16:00", "a range promises by its end"),
    ("2-3pm", WED, LOS_ANGELES, "2025-11-19 15:00", "a range promises by its end"),
    ("prospecting block 2–4pm", WED, LOS_ANGELES, "2025-11-19 16:00", "a dash as Slack types it"),
    ("from 2 to 4", WED, LONDON, "2025-11-19 16:00", "a range promises by its end"),
    ("between 11 and 1", WED, LONDON, "2025-11-19 13:00", "over noon"),
    ("14:00-15:00", WED, BERLIN, "2025-11-19 15:00", "a range promises by its end"),
    ("2pm-3", WED, BERLIN, "2025-11-19 15:00", "the end is the next 3 after 2pm"),
    ("at 9 or 10 tomorrow", WED, BERLIN, "2025-11-20 10:00", "either: the later"),
    ("Call 10 leads between 10 and 12", WED, KOLKATA, "2025-11-19 12:00", "the leads are counted, the hours are not"),
]

PARTS_OF_THE_DAY: list[Row] = [
    ("before lunch", WED, LONDON, "2025-11-19 12:00", "lunch starts at 12"),
    ("by lunchtime", WED, LONDON, "2025-11-19 12:00", "lunch starts at 12"),
    ("pre-lunch", WED, LONDON, "2025-11-19 12:00", "lunch starts at 12"),
    ("over lunch", WED, LONDON, "2025-11-19 13:00", "lunch ends at 1"),
    ("after lunch", WED, LONDON, "2025-11-19 14:00", "an hour after it"),
    ("before lunch", WED_PM, LONDON, "2025-11-20 12:00", "past: the next working day"),
    ("this morning", WED, LONDON, "2025-11-19 12:00", "its end"),
    ("this morning", WED_PM, LONDON, None, "it is over, and today was said"),
    ("in the morning", WED_PM, LONDON, "2025-11-20 12:00", "the next one"),
    ("mid-morning", WED, LONDON, "2025-11-19 10:30", "half past ten"),
    ("late morning", WED, LONDON, "2025-11-19 11:30", "half past eleven"),
    ("this afternoon", WED, AUCKLAND, "2025-11-19 16:30", "late in it"),
    ("this aft", WED, AUCKLAND, "2025-11-19 16:30", "short"),
    ("this arvo", WED, AUCKLAND, "2025-11-19 16:30", "Australian"),
    ("this afternoon", "2025-11-19 16:45", AUCKLAND, "2025-11-19 18:00", "late in it is past, its end is not"),
    ("this afternoon", LATE, AUCKLAND, None, "it is over"),
    ("early afternoon", WED, LONDON, "2025-11-19 14:00", "its middle"),
    ("tonight", WED, LONDON, "2025-11-19 20:00", "eight"),
    ("this evening", WED, LONDON, "2025-11-19 19:00", "seven"),
    ("tonight", "2025-11-19 20:30", LONDON, "2025-11-19 23:00", "still tonight"),
    ("first thing tomorrow", WED, LONDON, "2025-11-20 09:00", "half an hour after work starts"),
    ("first thing", WED, LONDON, "2025-11-20 09:00", "past: the next working day"),
    ("first thing", FRI, LONDON, "2025-11-24 09:00", "past on a Friday: Monday"),
    ("first thing tomorrow morning", WED, LONDON, "2025-11-20 09:00", "the morning adds nothing"),
    ("eod", WED, KOLKATA, "2025-11-19 17:30", "the end of work"),
    ("EOD", LATE, KOLKATA, "2025-11-20 17:30", "work is over: the next working day"),
    ("eod", SUN, KOLKATA, "2025-11-24 17:30", "no work today: the next working day"),
    ("cob", WED, LOS_ANGELES, "2025-11-19 17:30", "close of business"),
    ("by c.o.b. Friday", WED, LOS_ANGELES, "2025-11-21 17:30", "with dots and a day"),
    ("end of day", WED, LONDON, "2025-11-19 17:30", "the end of work"),
    ("end-of-day", WED, LONDON, "2025-11-19 17:30", "hyphens"),
    ("by close of play", WED, LONDON, "2025-11-19 17:30", "British"),
    ("last thing today", WED, LONDON, "2025-11-19 17:30", "the end of work, though `last` often speaks of the past"),
    ("by tomorrow morning", WED, LONDON, "2025-11-20 12:00", "by a part is by when it is promised"),
    ("Thursday arvo", WED, AUCKLAND, "2025-11-20 16:30", "a day and a part"),
    ("monday morning", WED, LONDON, "2025-11-24 12:00", "a day and a part"),
    ("Friday pm", WED, LONDON, "2025-11-21 16:30", "a day and a part"),
    ("tomorrow after lunch", WED, LONDON, "2025-11-20 14:00", "a day and a part"),
    ("tmr am", WED, LONDON, "2025-11-20 12:00", "a day and a part"),
]

WAITS: list[Row] = [
    ("within the hour", WED, LONDON, "2025-11-19 11:00", "an hour from now"),
    ("in 20", WED, LONDON, "2025-11-19 10:20", "minutes"),
    ("back in 10, then Bob", WED, LONDON, "2025-11-19 10:10", "minutes"),
    ("in 20 mins", WED, LONDON, "2025-11-19 10:20", "minutes"),
    ("give me 20 mins", WED, LONDON, "2025-11-19 10:20", "minutes"),
    ("20 mins from now", WED, LONDON, "2025-11-19 10:20", "minutes"),
    ("20 mins", WED, LONDON, "2025-11-19 10:20", "only a time"),
    ("in half an hour", WED, LONDON, "2025-11-19 10:30", "half of one"),
    ("in an hour and a half", WED, LONDON, "2025-11-19 11:30", "one and a half"),
    ("in 1.5 hours", WED, LONDON, "2025-11-19 11:30", "one and a half"),
    ("in 1h30", WED, LONDON, "2025-11-19 11:30", "one and a half"),
    ("in a couple of hours", WED, LONDON, "2025-11-19 12:00", "two"),
    ("in two hours' time", WED, LONDON, "2025-11-19 12:00", "two"),
    ("in an hour or two", WED, LONDON, "2025-11-19 12:00", "the longer"),
    ("in the next hour", WED, LONDON, "2025-11-19 11:00", "one"),
    ("in a few minutes", WED, LONDON, "2025-11-19 10:15", "a quarter of an hour"),
    ("in 24 hours", WED, LONDON, "2025-11-20 10:00", "a day's worth of hours"),
    ("in two days", WED, LONDON, "2025-11-21 17:30", "by the end of that day"),
    ("in 3 days", WED, LONDON, "2025-11-24 17:30", "a Saturday moves on to Monday"),
    ("in 3 working days", FRI, LONDON, "2025-11-26 17:30", "the weekend does not count"),
    ("in a week", WED, LONDON, "2025-11-26 17:30", "seven days"),
    ("in a fortnight", WED, LONDON, "2025-12-03 17:30", "the horizon itself"),
    ("in 3 weeks", WED, LONDON, None, "beyond the horizon"),
]

DAYS: list[Row] = [
    ("today", WED, LONDON, "2025-11-19 17:30", "by the end of work"),
    ("later today", WED, LONDON, "2025-11-19 17:30", "by the end of work"),
    ("today", LATE, LONDON, "2025-11-19 22:00", "after work, the evening is left"),
    ("today", "2025-11-19 22:30", LONDON, None, "nothing is left of today"),
    ("tomorrow", WED, SAO_PAULO, "2025-11-20 17:30", "by the end of work"),
    ("tomorrow", FRI, SAO_PAULO, "2025-11-22 17:30", "a day that is named is kept, even a Saturday"),
    ("tomorow", WED, LONDON, "2025-11-20 17:30", "a slip"),
    ("tommorrow", WED, LONDON, "2025-11-20 17:30", "a slip"),
    ("tmrw", WED, LONDON, "2025-11-20 17:30", "short"),
    ("tmr", WED, LONDON, "2025-11-20 17:30", "short"),
    ("2moro", WED, LONDON, "2025-11-20 17:30", "short"),
    ("tomorrow at 9", WED, KOLKATA, "2025-11-20 09:00", "a day and a time"),
    ("at 9 tomorrow", WED, KOLKATA, "2025-11-20 09:00", "the other way round"),
    ("tomorrow, 9am", WED, KOLKATA, "2025-11-20 09:00", "with a comma"),
    ("call Anna 3pm tmrw", WED, KOLKATA, "2025-11-20 15:00", "at the end"),
    ("the day after tomorrow", WED, LONDON, "2025-11-21 17:30", "two days"),
    ("on Friday", WED, LONDON, "2025-11-21 17:30", "the coming one"),
    ("Fri 10am", WED, LONDON, "2025-11-21 10:00", "a day and a time"),
    ("Friday 9", WED, LONDON, "2025-11-21 09:00", "a day needs no at"),
    ("thurs", WED, LONDON, "2025-11-20 17:30", "short"),
    ("wed", WED, LONDON, "2025-11-19 17:30", "today's name is today while work lasts"),
    ("Wednesday at 9", WED, LONDON, "2025-11-26 09:00", "today's name, but 9 is past"),
    ("Wed 2pm", WED, LONDON, "2025-11-19 14:00", "today's name, and still ahead"),
    ("on sat", WED, LONDON, "2025-11-22 17:30", "a day after a preposition"),
    ("next Tuesday 9-ish", WED, LONDON, "2025-11-25 09:00", "of next week"),
    ("next Friday", WED, LONDON, "2025-11-28 17:30", "of next week"),
    ("this Friday", WED, LONDON, "2025-11-21 17:30", "of this week"),
    ("Friday next week", WED, LONDON, "2025-11-28 17:30", "of next week"),
    ("next week Friday", WED, LONDON, "2025-11-28 17:30", "of next week"),
    ("Tuesday week", WED, LONDON, "2025-12-02 17:30", "British: a week after Tuesday"),
    ("by end of Thursday", WED, LONDON, "2025-11-20 17:30", "by the end of work"),
    ("early Friday", WED, LONDON, "2025-11-21 09:00", "first thing"),
    ("before Friday", WED, LONDON, "2025-11-21 08:30", "by the start of it"),
    ("after Friday", WED, LONDON, "2025-11-24 17:30", "the working day after it"),
    ("end of week", WED, LONDON, "2025-11-21 17:30", "the last working day"),
    ("EOW", "2025-11-21 18:00", LONDON, "2025-11-28 17:30", "this week's work is over"),
    ("before the weekend", EARLY, LONDON, "2025-11-21 17:30", "the last working day"),
    ("next week", WED, LONDON, "2025-11-28 17:30", "its last working day"),
    ("early next week", WED, LONDON, "2025-11-24 17:30", "its first working day"),
    ("the 24th", WED, LONDON, "2025-11-24 17:30", "the next one"),
    ("on the 24th at 3", WED, LONDON, "2025-11-24 15:00", "a date and a time"),
    ("24 Nov", WED, LONDON, "2025-11-24 17:30", "day and month"),
    ("Nov 24th", WED, LOS_ANGELES, "2025-11-24 17:30", "month and day"),
    ("by 24th of November", WED, LONDON, "2025-11-24 17:30", "in full"),
    ("Monday, 24 Nov 3pm", WED, LONDON, "2025-11-24 15:00", "a weekday and its date"),
    ("2025-11-24", WED, LONDON, "2025-11-24 17:30", "ISO"),
    ("by 11/24", WED, LOS_ANGELES, "2025-11-24 17:30", "only American: there is no 24th month"),
    ("by 24/11", WED, LONDON, "2025-11-24 17:30", "only European"),
    ("by 1/12", WED, LONDON, "2025-12-01 17:30", "12 January is not near, 1 December is"),
    ("by 11/12", "2025-12-01 10:00", LONDON, "2025-12-11 17:30", "12 November is past"),
    ("by 11/12", "2025-06-01 10:00", LONDON, None, "neither is near"),
    ("24 December", WED, LONDON, None, "beyond the horizon"),
    ("by may 5", "2026-05-01 10:00", BERLIN, "2026-05-05 17:30", "a month after a preposition"),
    ("on 5 May", "2026-05-01 10:00", BERLIN, "2026-05-05 17:30", "a month after a preposition"),
    ("Friday 2 Jan", "2025-12-29 10:00", BERLIN, "2026-01-02 17:30", "over the turn of the year"),
]

AS_REPS_WRITE: list[Row] = [
    ("will ring Jürgen at Kessler before lunch", WED, BERLIN, "2025-11-19 12:00", "`at Kessler` is a place"),
    ("3 calls to CFOs by eod", WED, LOS_ANGELES, "2025-11-19 17:30", "3 is a count"),
    ("call 5 prospects by 5", WED, LONDON, "2025-11-19 17:00", "the first 5 is a count"),
    ("send 20 emails by 20:00", WED, LONDON, "2025-11-19 20:00", "20 is a count"),
    ("ring Sean after my 2 o'clock", WED, LONDON, "2025-11-19 15:00", "an event lasts an hour"),
    ("after my 10 o'clock", WED, LONDON, "2025-11-19 11:00", "it has begun, but it is not over"),
    ("after my 10 o'clock I'll call Anna by 11", WED, LONDON, "2025-11-19 11:00", "by is stronger than after"),
    ("call at 3 about Friday's meeting", WED, LONDON, "2025-11-19 15:00", "Friday is the topic"),
    ("prep the 2pm demo by noon", WED, LONDON, "2025-11-19 12:00", "2pm names the demo"),
    ("ask Anna at the 2pm demo", WED, LONDON, "2025-11-19 14:00", "nothing else is said"),
    ("deck ready before my 3pm", WED, LONDON, "2025-11-19 15:00", "nothing else is said"),
    ("before Friday's meeting", WED, LONDON, "2025-11-21 08:30", "its time is not known: the start of the day"),
    ("book Anna for Thursday by noon", WED, LONDON, "2025-11-19 12:00", "Thursday is what is booked"),
    ("book Anna for Thursday at 3", WED, LONDON, None, "when it will be booked is not said"),
    ("call with Anna set for 3pm", WED, LONDON, "2025-11-19 15:00", "today is taken to be its own promise"),
    ("plan for today: 3 calls", WED, LONDON, "2025-11-19 17:30", "for today is today"),
    ("Tomorrow I'll ring Anna at 3", WED, LONDON, "2025-11-20 15:00", "the day opens the sentence"),
    ("On Friday I visit Bob, will be there by 10", WED, LONDON, "2025-11-21 10:00", "the day opens the sentence"),
    ("ring Anna at 3 on pricing tomorrow", WED, LONDON, "2025-11-20 15:00", "the day ends the clause"),
    ("Tomorrow is full. Will ring Anna at 3", WED, LONDON, "2025-11-19 15:00", "a day reaches to its full stop"),
    ("I'll call Anna at 3 and email Bob at 4", WED, LONDON, "2025-11-19 15:00", "the first action counts"),
    ("2 calls by 11 and 3 by 2", WED, LONDON, "2025-11-19 11:00", "of equals the first"),
    ("demo at 3, notes by 5", WED, LONDON, "2025-11-19 17:00", "by is stronger than at"),
    ("Will do it today. By 3.", WED, LONDON, "2025-11-19 15:00", "a time is stronger than a day"),
    ("I'll call at 3; if she's out, I'll email by 4", WED, LONDON, "2025-11-19 15:00", "the if is the plan B"),
    ("proposal sent by 3pm", WED, LONDON, "2025-11-19 15:00", "by is never a report"),
    ("I promised to call Anna at 3", WED, LONDON, "2025-11-19 15:00", "what is promised is ahead"),
    ("We met Anna on Friday, will send the deck by 3", WED, LONDON, "2025-11-19 15:00", "a report, then a promise"),
    ("Anna was out, so call her at 3", WED, LONDON, "2025-11-19 15:00", "a report, then a promise"),
    ("can't do today, tomorrow at 10", WED, LONDON, "2025-11-20 10:00", "a refusal, then a promise"),
    ("not by 3, by 4", WED, LONDON, "2025-11-19 16:00", "a refusal, then a promise"),
    ("I'm away tomorrow, will call Anna at 3", WED, LONDON, "2025-11-19 15:00", "an absence is no promise"),
    ("busy until 3, then calling Anna at 4", WED, LONDON, "2025-11-19 16:00", "an absence is no promise"),
    ("reach out to Acme tomorrow", WED, LONDON, "2025-11-20 17:30", "`out` is no absence here"),
    ("don't forget to call Anna at 3", WED, LONDON, "2025-11-19 15:00", "`don't` refuses nothing here"),
    ("not sure, maybe at 3", WED, LONDON, "2025-11-19 15:00", "`not` refuses nothing here"),
    ("by 3 James will have it", WED, LONDON, "2025-11-19 15:00", "James is not the plural of jame"),
    ("by 3 w/ Anna", WED, LONDON, "2025-11-19 15:00", "w is not a week"),
    (
        "chase the 3 offers sent last week by Friday",
        WED,
        LONDON,
        "2025-11-21 17:30",
        "last week is when they were sent",
    ),
    ("Sun Chemical on Friday", WED, LONDON, "2025-11-21 17:30", "Sun is a name"),
    ("*3pm* <@U0123ABC> :alarm_clock:", WED, LONDON, "2025-11-19 15:00", "bold, a mention, an emoji"),
    ("by noon\n• 3 calls\n• 2 emails", WED, LONDON, "2025-11-19 12:00", "a list"),
    ("I'll have the QBR deck ready first thing Monday", WED, LONDON, "2025-11-24 09:00", "a day and a part"),
    ("gonna nail the Tesco plan by close of play Thurs", WED, LONDON, "2025-11-20 17:30", "a day and a part"),
    ("today by 3", WED, LONDON, "2025-11-19 15:00", "a day and a time"),
    ("at 9 today", FRI, LONDON, "2025-11-21 21:00", "this morning's 9 is past, this evening's is not"),
    ("at 9 this morning", WED_PM, LONDON, None, "this morning is past"),
    ("today before lunch", WED_PM, LONDON, None, "today's lunch is past"),
]

NO_TIMES = """
    may | may be | I may 5 | the top 5 may be | we march on | sun chemical | the sun is out | wed like to call you
    3 calls | 20% | Q4 | call 5 prospects | the 3 accounts | room 12 | level 3 | 24/7 | v2 | £3k | $3 | #3 | 3x
    second | half of the deals | top 10 | I sat down with Anna | 1,000 emails | 16:9 | 2/3 of the deals | 3/4 done
    +49 30 1234567 | call 0171 234 5678 | ring 555-1234 | at 020 7946 0958 | at 12 Main Street
    at 25:00 | at 3:75 | at 2:3 | by 2030 | by 3 calls | at 2 new accounts | between 2 and 4 calls | five to ten calls
    by 10% | by ten percent | grow pipeline by 3 | one by one | at one point | at 5 of 10 | half 10 people
    in Q4 | in 5 calls | in 2 meetings | in one go | in 2 hour blocks | in 30 min blocks | for 20 minutes
    took 2 hours | every 20 minutes | every Monday | on a Tuesday | on Fridays | since 9 | last Tuesday
    I met them on Friday | yesterday at 3 | we spoke yesterday at 3 | I called Anna at 9 | yesterday's 3pm call
    had a good chat this morning | called 3 people today | Anna was in on Friday | sent it earlier today
    not today | can't do Friday | no time today | I'm off tomorrow | on leave Friday | tied up til 2 | busy until 3
    the 2pm demo | my Friday call | tomorrow's calls | Friday's meeting | the Thursday session | a slot for Friday
    call her about Friday | lunch with Anna | think about 3 accounts | on the 2nd call | the 1st thing | Mon-Fri
    Black Friday promo | monday.com renewal | anna@friday.de | fridayish | mid-week-ish | see you Monday
    good morning | Morning! | good evening | have a great weekend | at the weekend | by the end of March
    asap | soon | later | some day | tomorrow's | o'clock | noon-ish-y | ½ | ٣pm
""".replace("\n", "|").split("|")


def _in_words(row: Row) -> str:
    return f"{row[0]!r} said {row[1]} in {row[2].partition('/')[2]}: {row[4]}"


TABLES = [*CLOCK_TIMES, *BARE_HOURS, *RANGES, *PARTS_OF_THE_DAY, *WAITS, *DAYS, *AS_REPS_WRITE]


@pytest.mark.parametrize("row", TABLES, ids=map(_in_words, TABLES))
def test_words_mean_a_moment_on_the_clock_of_the_rep(row: Row) -> None:
    words, at, zone, expected, why = row
    assert _meant(words, at, zone) == expected, why


@pytest.mark.parametrize("words", [*filter(str.strip, NO_TIMES), "", "  ", "\n"])
@pytest.mark.parametrize("at", [WED, "2026-05-01 10:00"])
def test_words_without_a_due_time_have_none(words: str, at: str) -> None:
    assert _meant(words, at) is None


CHANGES_OF_THE_CLOCKS: list[Row] = [
    ("tomorrow at 2:30am", "2026-03-28 15:00", BERLIN, "2026-03-29 03:30", "skipped: as much later"),
    ("in 2 hours", "2026-03-29 01:30", BERLIN, "2026-03-29 04:30", "hours pass, whatever clocks show"),
    ("in 24 hours", "2026-03-28 10:00", LONDON, "2026-03-29 11:00", "hours pass, whatever clocks show"),
    ("in a day", "2026-03-27 10:00", LONDON, "2026-03-30 17:30", "days are days of the calendar"),
    ("Monday 9am", "2026-03-27 15:00", LONDON, "2026-03-30 09:00", "over the change in spring"),
    ("Monday 9am", "2025-10-31 15:00", LOS_ANGELES, "2025-11-03 09:00", "over the change in autumn"),
    ("by 3", "2026-03-08 10:00", LOS_ANGELES, "2026-03-08 15:00", "on the very day"),
    ("in 90 minutes", "2025-09-28 01:45", AUCKLAND, "2025-09-28 04:15", "hours pass, southern spring"),
    ("tomorrow noon", "2026-04-04 12:00", AUCKLAND, "2026-04-05 12:00", "25 hours later, southern autumn"),
    ("at 2:30am", "2025-10-26 01:00", BERLIN, "2025-10-26 02:30", "repeated: the first"),
    ("by midnight", "2018-11-03 10:00", SAO_PAULO, "2018-11-04 01:00", "a midnight that was skipped"),
    ("eod", "2018-02-16 10:00", SAO_PAULO, "2018-02-16 17:30", "the day before the clocks go back"),
]


@pytest.mark.parametrize("row", CHANGES_OF_THE_CLOCKS, ids=map(_in_words, CHANGES_OF_THE_CLOCKS))
def test_a_change_of_the_clocks_moves_only_the_instant(row: Row) -> None:
    words, at, zone, expected, why = row
    assert _meant(words, at, zone) == expected, why


def test_of_a_repeated_hour_the_second_is_meant_once_the_first_is_past() -> None:
    first_time_round = _utc("2025-10-26 02:45", BERLIN)
    due = find("at 2:30am", first_time_round, ZoneInfo(BERLIN), HOURS)
    assert due is not None
    assert due.moment == _utc("2025-10-26 02:30", BERLIN, fold=1)
    assert due.moment - first_time_round == timedelta(minutes=45)


@pytest.mark.parametrize(
    ("words", "hours", "expected"),
    [
        ("by 3", WorkingHours(time(14), time(22)), "2025-11-19 15:00"),
        ("by 9", WorkingHours(time(14), time(22)), "2025-11-19 21:00"),
        ("by 8", WorkingHours(time(7), time(21)), "2025-11-19 20:00"),
        ("tomorrow at 8", WorkingHours(time(7), time(21)), "2025-11-20 08:00"),
        ("eod", WorkingHours(time(8), time(16)), "2025-11-19 16:00"),
        ("this afternoon", WorkingHours(time(8), time(16)), "2025-11-19 16:00"),
        ("first thing tomorrow", WorkingHours(time(7), time(16)), "2025-11-20 07:30"),
        ("at 9am", WorkingHours(days=frozenset({0, 2})), "2025-11-24 09:00"),
        ("end of week", WorkingHours(days=frozenset({6, 0, 1, 2, 3})), "2025-11-23 17:30"),
        ("in 2 days", WorkingHours(days=frozenset({0, 2})), "2025-11-24 17:30"),
    ],
)
def test_the_working_hours_of_the_rep_decide(words: str, hours: WorkingHours, expected: str) -> None:
    assert _meant(words, WED, LONDON, hours) == expected


@pytest.mark.parametrize(
    ("words", "certainty"),
    [
        *[(words, Certainty.EXACT) for words in ("at 14:30", "3pm", "in 20 mins", "noon", "tomorrow at 10am")],
        *[(words, Certainty.EXACT) for words in ("Fri 14:00", "8 tonight", "within the hour", "at 3 this afternoon")],
        *[(words, Certainty.ASSUMED) for words in ("by 3", "at 9", "9am", "eod", "2-3pm", "tomorrow at 9", "half two")],
        *[(words, Certainty.ASSUMED) for words in ("3pm CET", "by end of Friday", "Friday by 5")],
        *[(words, Certainty.FUZZY) for words in ("this afternoon", "before lunch", "on Friday", "around 3", "3pm-ish")],
        *[(words, Certainty.FUZZY) for words in ("after 3", "in a couple of hours", "end of week", "first thing")],
    ],
)
def test_certainty_tells_how_much_was_filled_in(words: str, certainty: Certainty) -> None:
    due = find(words, _utc(WED, LONDON), ZoneInfo(LONDON), HOURS)
    assert due is not None
    assert due.certainty is certainty


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("will ring Jürgen at Kessler before lunch", "will ring Jürgen at Kessler "),
        ("3 calls to CFOs by eod", "3 calls to CFOs "),
        ("By 3pm: call Anna", ": call Anna"),
        ("call Anna (tomorrow, 9am) re pricing", "call Anna () re pricing"),
        ("send it by 3 on Thursday at the latest, ok?", "send it , ok?"),
        ("in an hour and a half I'll call", " I'll call"),
        ("I'll call sometime this afternoon", "I'll call "),
        ("call Anna no later than around 4 or so.", "call Anna ."),
        ("*by noon* deck", "** deck"),
        ("after my 10 o’clock ring Bob", " ring Bob"),
        ("İstanbul account @ 3pm", "İstanbul account "),
        ("next Tuesday 9-ish with Anna", " with Anna"),
    ],
)
def test_cutting_the_span_out_leaves_the_action(words: str, left: str) -> None:
    due = find(words, _utc(WED, LONDON), ZoneInfo(LONDON), HOURS)
    assert due is not None
    assert words[: due.start] + words[due.end :] == left


# --- whatever is said ---------------------------------------------------------------------------------------------

_zones = st.sampled_from([LONDON, BERLIN, AUCKLAND, LOS_ANGELES, KOLKATA, SAO_PAULO]).map(ZoneInfo)
_moments = st.datetimes(datetime(2015, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
_hours = st.builds(
    lambda start, length, days: WorkingHours(time(*divmod(start, 60)), time(*divmod(start + length, 60)), days),
    st.integers(0, 15 * 60),
    st.integers(60, 8 * 60),
    st.frozensets(st.integers(0, 6), min_size=1),
)
_PIECES = (
    "by at before in on after my the a 3 30 12 24 0 15 20 1430 2025 : . , - / ' am pm h mins hours and half past"
    " quarter to noon ish lunch today tomorrow friday sat next last week the 24th nov may eod first thing morning"
    " this tonight between from for about or two an 's not met will if I'm away CET latest é ‘ 🎯 \n"
)
_pieces = st.sampled_from(_PIECES.split(" "))
_speech = st.one_of(
    st.text(max_size=60),
    st.lists(_pieces, max_size=12).map(" ".join),
    st.lists(_pieces, max_size=12).map("".join),
)


@given(_speech, _moments, _zones, _hours)
def test_any_words_give_nothing_or_a_moment_soon_ahead(
    words: str, at: datetime, zone: ZoneInfo, hours: WorkingHours
) -> None:
    due = find(words, at, zone, hours)
    if due is None:
        return
    assert due.moment > at
    assert due.moment.tzinfo is UTC
    assert due.moment.astimezone(zone).date() - at.astimezone(zone).date() <= timedelta(days=HORIZON_DAYS)
    assert 0 <= due.start < due.end <= len(words)
    assert words[due.start : due.end] == words[due.start : due.end].strip()


@given(st.integers(1, 12), _moments, _zones, _hours)
def test_a_bare_hour_is_within_working_hours_when_they_hold_one(
    hour: int, at: datetime, zone: ZoneInfo, hours: WorkingHours
) -> None:
    due = find(f"call Anna by {hour}", at, zone, hours)
    assert due is not None
    at_work = [each for each in (hour % 12, hour % 12 + 12) if hours.start <= time(each) <= hours.end]
    meant = due.moment.astimezone(zone)
    past = (
        meant.date() == at.astimezone(zone).date() and meant.hour % 12 + 12 <= 21
    )  # ... so its other reading is meant
    assert past or not at_work or meant.hour in at_work or meant.utcoffset() != (meant - timedelta(days=1)).utcoffset()


@given(st.sampled_from([row[0] for row in CLOCK_TIMES]), _moments, _zones)
def test_what_is_promised_does_not_change_when(words: str, at: datetime, zone: ZoneInfo) -> None:
    alone = find(words, at, zone, HOURS)
    with_action = find(f"will ring Jürgen; {words}", at, zone, HOURS)
    if with_action is not None:  # "17h" and "14h30" alone may be more than in a sentence
        assert alone is not None
        assert with_action.moment == alone.moment


@pytest.mark.parametrize(
    "unit", ["by 3 ", "at 9 today ", "<", ":a", "24 Nov ", "today ", "in 20 ", "between 2 and ", "a'", "1.", "2-"]
)
def test_the_work_grows_no_faster_than_the_text(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looks, word = 0, Text.word

    def counted(self: Text, i: int) -> str:
        nonlocal looks
        looks += 1
        return word(self, i)

    def work(repeats: int) -> int:
        nonlocal looks
        looks = 0
        find(unit * repeats, _utc(WED, LONDON), ZoneInfo(LONDON), HOURS)
        return looks

    monkeypatch.setattr(Text, "word", counted)
    assert work(1200) <= 4.5 * work(300) + 100
