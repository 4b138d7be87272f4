"""`huddle demo`: the sample team on the stand-in's own page, where a newcomer acts as Ana and as Maria."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from datetime import timedelta

import aiohttp
from rich.console import Console
from slack_sdk.errors import SlackApiError

from bot.clock import system_clock
from bot.demo.cast import Cast, Unanswered
from bot.demo.control import ClockControl
from bot.demo.fast_clock import advance_to
from bot.demo.local_slack import LocalSlack, StandInError, StandInMissing
from bot.demo.running import running
from bot.demo.sample import (
    ANA,
    BEN,
    CHLOE,
    CLOCK,
    DEV,
    MARIA,
    TEAM_ZONE,
    TIMES,
    WINS,
    WORKSPACE,
    next_monday,
    team_time,
)

PACE = 1.0
"""Seconds between looks of the reps whom nobody plays."""
INSTEAD = "huddle demo --script"


async def open_up(out: Console, port: int) -> int:
    """Open the demo on `port` until SIGINT or SIGTERM, then end all that it started; the exit code.

    What keeps it from opening is said in a sentence, and 1.
    """
    showing = asyncio.create_task(_show(out, port))
    ending: list[int] = []

    def end(number: int) -> None:
        if not ending:  # a second ctrl-C must not break off the clean ending
            ending.append(number)
            showing.cancel()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, end, number)
    try:
        return await showing
    except asyncio.CancelledError:
        out.print("The demo has ended; nothing of it is left.")
        return 0
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)


async def _show(out: Console, port: int) -> int:
    """Show it until cancelled. Returns only where it cannot be shown."""
    if port and _taken(port):
        out.print(f"Port {port} is taken by another program; choose another one with --port.", style="red")
        return 1
    monday = next_monday(system_clock().astimezone(TEAM_ZONE).date())
    control = ClockControl()
    try:
        async with LocalSlack(WORKSPACE, port) as slack, running(slack, monday, control.register) as at_work:
            cast = Cast(at_work, (BEN, CHLOE, DEV))
            first = team_time(monday, TIMES.check_in)
            await advance_to(at_work.huddle, at_work.clock, first - timedelta(minutes=1), cast.react)
            await advance_to(at_work.huddle, at_work.clock, first)
            await control.begin(at_work, cast)
            _welcome(out, slack.url)
            await _play_along(cast, control)
    except StandInMissing as missing:
        out.print(str(missing), style="red", markup=False)
        out.print(f"Without it, this works: {INSTEAD}")
    except StandInError as error:
        out.print(str(error), style="red", markup=False)
    except TimeoutError:
        out.print("The app got no connection to the Slack stand-in.", style="red")
    return 1


async def _play_along(cast: Cast, control: ClockControl) -> None:
    """The others answer a moment after they are asked, and the control message keeps the time; until cancelled."""
    while True:
        await asyncio.sleep(PACE)
        # what went wrong in one round (a message that was deleted, an answer that took long) is looked at in the next
        with contextlib.suppress(Unanswered, SlackApiError, TimeoutError, aiohttp.ClientError):
            await cast.react()
            await control.keep_true()


def _welcome(out: Console, url: str) -> None:
    out.print(f"The demo is open at {url}", style="bold")
    out.print(f"1. Act as {ANA.real_name} (top right), open {ANA.real_name} under Direct messages, answer the coach.")
    out.print(f"2. In #{CLOCK.name} move the clock to the summary and the nudge; read them as {MARIA.real_name}.")
    out.print(f"3. In #{CLOCK.name} move it to Friday, and look at #{WINS.name}.")
    out.print("Ctrl-C ends it. Nothing leaves this machine.", style="dim")


def _taken(port: int) -> bool:
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False
