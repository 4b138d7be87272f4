"""`huddle demo --script`: a coaching week in less than twenty seconds, with the real app and no browser."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from rich.console import Console

from bot.demo.cast import Cast
from bot.demo.running import running
from bot.demo.sample import ANA, BEN, CHLOE, DEV, MARIA, NORA, REPS, WINS, WORKSPACE
from bot.demo.small_slack import SmallSlack
from bot.demo.stage import PATIENCE, Missing, Stage
from bot.demo.transcript import Transcript, weekday
from bot.domain.effects import Outcome
from bot.errors import HuddleError
from bot.ports.storage import Store

MONDAY = date(2026, 11, 23)
"""Always the same, so that the same questions come up."""


async def play(out: Console, patience: float = PATIENCE) -> int:
    """Play it and print it as it happens; the exit code. `patience` is how many seconds anything expected may take.

    What does not come ends the play with one sentence that names it, and 1.
    """
    try:
        async with SmallSlack(WORKSPACE) as slack, running(slack, MONDAY) as at_work:
            transcript = Transcript(out, at_work)
            await Week(Stage(at_work, transcript, patience), transcript).play(out)
    except HuddleError as missing:
        out.print(f"This should not happen: {missing}", style="red", markup=False)
        return 1
    return 0


@dataclass(frozen=True)
class Week:
    """The story, scene by scene."""

    stage: Stage
    transcript: Transcript

    async def play(self, out: Console) -> None:
        """All scenes, in order."""
        self.transcript.note(
            "The real app on a small Slack inside this process, with a sample team and a clock that is moved on."
            " Maria manages Ana, Ben, Chloe and Dev. Nothing leaves this machine, and no model is asked."
        )
        self.transcript.day(weekday(MONDAY))
        await self.one_message_is_enough()
        await self.the_funnel()
        await self.not_today()
        await self.the_summary()
        await self.checks_before_noon()
        await self.the_nudge()
        await self.a_late_answer()
        await self.the_afternoon()
        with out.status("Tuesday to Thursday pass …"):
            await self.tuesday_to_thursday()
        await self.friday()
        self.transcript.note(
            "That was a week. `huddle demo` opens the same team on a page where you act as Ana and as Maria."
        )

    async def one_message_is_enough(self) -> None:
        self.transcript.note("One message can be enough: an action and a time.")
        stage = self.stage
        await stage.until(MONDAY, "08:45", BEN)
        await stage.hears(DEV, "the question of the morning")
        await stage.hears(BEN, "the question of the morning")
        await stage.until(MONDAY, "08:49", BEN)
        await stage.says(BEN, "I'll call three people from the trade fair by 11")
        await stage.hears(BEN, "the question whether this is it", button="commit")
        await stage.taps(BEN, "commit")
        await stage.hears(BEN, "the commitment", words="call three people")

    async def the_funnel(self) -> None:
        self.transcript.note("Ana starts with a problem, and is led to one action that she chooses.")
        stage = self.stage
        await stage.until(MONDAY, "08:45", ANA)
        await stage.hears(ANA, "the question how Friday's commitment went", button="outcome_done")
        await stage.taps(ANA, "outcome_done")
        await stage.hears(ANA, "the question of the morning")
        await stage.until(MONDAY, "08:47", ANA)
        await stage.says(ANA, "Halden went quiet after the demo. I don't know what their new buyer cares about.")
        await stage.hears(ANA, "a narrowing question")
        await stage.says(ANA, "If she saw what it saves the plant, the pilot could start before Christmas.")
        await stage.hears(ANA, "the question for one action")
        await stage.until(MONDAY, "08:49", ANA)
        await stage.says(ANA, "Ask Jonas at Halden what their new buyer needs")
        await stage.hears(ANA, "times to choose from", button="time_pick.1")
        await stage.taps(ANA, "time_pick.1")
        await stage.hears(ANA, "the question whether this is it", button="commit")
        await stage.taps(ANA, "change")
        if not await stage.fills_in(ANA, "to change it", when="8:00"):
            raise Missing("Ana was not told that eight o'clock has gone by.")
        if await stage.fills_in(ANA, "to change it", when="11:00", if_then="If he's out, I'll write to him"):
            raise Missing("Ana's new time was not taken.")
        await stage.hears(ANA, "the changed commitment to confirm", button="commit", words="11:00")
        await stage.taps(ANA, "commit")
        await stage.hears(ANA, "the commitment", words="ask Jonas")

    async def not_today(self) -> None:
        await self.stage.until(MONDAY, "08:58", CHLOE)
        await self.stage.says(CHLOE, "Not today, I'm in a workshop until the evening")
        await self.stage.hears(CHLOE, "a word that this is fine", button="start")

    async def the_summary(self) -> None:
        self.transcript.note("What their manager gets at half past nine. It is kept true all day, in place.")
        await self.stage.until(MONDAY, "09:30", MARIA)
        await self.stage.hears(MARIA, "the summary", words="ask Jonas")

    async def checks_before_noon(self) -> None:
        self.transcript.note("Shortly after the promised time: how did it go?")
        stage = self.stage
        await stage.until(MONDAY, "11:05", BEN)
        await stage.hears(BEN, "the question how it went", button="outcome_moved")
        await stage.taps(BEN, "outcome_moved")
        if await stage.fills_in(BEN, "for a new time", when="14:30"):
            raise Missing("Ben's new time was not taken.")
        await stage.hears(BEN, "the new time", words="14:30")
        await stage.until(MONDAY, "11:05", ANA)
        await stage.hears(ANA, "the question how it went", button="outcome_done")
        await stage.taps(ANA, "outcome_done")
        await stage.hears(ANA, "the offer to share it", button="share_win")
        await stage.says(ANA, "I asked him what she is measured on, and he told me straight away.")
        await stage.hears(ANA, "an answer to what she learned")
        await stage.taps(ANA, "share_win")
        await stage.hears(ANA, "a word that it is shared", words="wins")
        await stage.until(MONDAY, "11:06", ANA)

    async def the_nudge(self) -> None:
        self.transcript.note(
            "Before noon: the one conversation that would help most, with the reason and a question to open it."
        )
        await self.stage.until(MONDAY, "11:15", MARIA)
        await self.stage.hears(MARIA, "the nudge", button="nudge_done", words="Dev")
        await self.stage.until(MONDAY, "11:24", MARIA)
        await self.stage.taps(MARIA, "nudge_done")
        await self.stage.hears(MARIA, "a note that she talked to Dev", words="Dev")

    async def a_late_answer(self) -> None:
        self.transcript.note("And it helps.")
        stage = self.stage
        await stage.until(MONDAY, "16:00", DEV)
        await stage.says(DEV, "Sorry, busy morning. I'll write the first page of Saffron's plan by 17:00")
        await stage.hears(DEV, "the question whether this is it", button="commit")
        await stage.taps(DEV, "commit")
        await stage.hears(DEV, "the commitment", words="first page")
        await stage.until(MONDAY, "16:01", DEV)
        await stage.hears(MARIA, "Dev's answer in her summary", words="first page")

    async def the_afternoon(self) -> None:
        stage = self.stage
        await stage.until(MONDAY, "17:10", DEV, Cast(stage.at_work, (DEV,)))
        await stage.until(MONDAY, "14:35", BEN)
        await stage.hears(BEN, "the question how it went, at the new time", button="outcome_dropped")
        await stage.taps(BEN, "outcome_dropped")
        await stage.hears(BEN, "the question what he would do differently", words="Dropped")
        await stage.says(NORA, "Hello, what do you do?")
        await stage.hears(NORA, "the one sentence for somebody who is not on a team")
        await stage.opens_home(ANA)

    async def tuesday_to_thursday(self) -> None:
        thursday = MONDAY + timedelta(days=3)
        cast = Cast(self.stage.at_work, REPS)
        await self.stage.until(thursday, "20:00", MARIA, cast)
        made, kept = await self.stage.at_work.huddle.storage.read(self._made_and_kept)
        self.transcript.day("Tuesday to Thursday pass in the same way")
        self.transcript.note(f"{made} commitments more, {kept} of them kept.")

    def _made_and_kept(self, store: Store) -> tuple[int, int]:
        team, after = self.stage.at_work.team, MONDAY + timedelta(days=1)
        made = [c for rep in store.people.reps(team.id) for c in store.commitments.of(rep.id, 20)]
        since = [c for c in made if c.made_at.date() >= after]
        return len(since), sum(c.outcome is Outcome.DONE for c in since)

    async def friday(self) -> None:
        stage, friday = self.stage, MONDAY + timedelta(days=4)
        self.transcript.day(weekday(friday))
        await stage.until(friday, "08:20", BEN, Cast(stage.at_work, ()))
        await stage.asks(BEN, "skip")
        await stage.until(friday, "14:59", MARIA, Cast(stage.at_work, REPS))
        await stage.asks(CHLOE, "help")
        await stage.asks(ANA, "commitments")
        await stage.until(friday, "15:00", MARIA)
        await stage.appears(WINS.id, "The channel did not get the week's wins", words="ask Jonas")
