"""Walks everybody anew, two groups at a time, and keeps what came of it."""

from __future__ import annotations

import asyncio
import logging
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import structlog

from tests.personas import snapshots
from tests.personas.properties import broken
from tests.personas.reps import groups
from tests.personas.walks import COACHES, walk

IN_MEMORY = Path("/dev/shm")


def one(place: int, coach: str) -> list[str]:
    """Walk a group, keep its transcripts, and tell what is broken."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    group = groups()[place]
    with tempfile.TemporaryDirectory(dir=IN_MEMORY if IN_MEMORY.is_dir() else None) as folder:
        done = asyncio.run(walk(group, coach, Path(folder)))
    snapshots.keep(done)
    return [f"{group.id} ({coach}): {each}" for each in broken(done)]


def write(wanted: Sequence[str]) -> None:
    """The transcripts of the wanted groups (all, when none is named) and the funnels; what is broken is printed."""
    places = [place for place, group in enumerate(groups()) if not wanted or group.id in wanted]
    jobs = [(place, coach) for coach in COACHES for place in places]
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        for faults in pool.map(one, *zip(*jobs, strict=True)):
            sys.stdout.writelines(f"{each}\n" for each in faults)
            sys.stdout.flush()
    snapshots.bind()
