"""The machine that figures were measured on, and how fast its disk keeps what it is told to keep."""

from __future__ import annotations

import os
import platform
import sqlite3
import tempfile
import time
from pathlib import Path

from benchmarks.figures import high, middle

SYNCS = 200
BLOCK = b"x" * 4096


def describe(folder: Path) -> dict[str, str | int | float]:
    """What stands beside the figures; `folder` is where the databases of the benchmarks are."""
    waits = sync_waits(folder)
    return {
        "cpu": _line("/proc/cpuinfo", "model name") or platform.processor() or "unknown",
        "cores": len(os.sched_getaffinity(0)),
        "ram_mib": int((_line("/proc/meminfo", "MemTotal") or "0").split()[0]) // 1024,
        "load_before": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "kernel": platform.release(),
        "filesystem": filesystem_of(folder),
        "fsync_ms_median": round(middle(waits) * 1000, 3),
        "fsync_ms_p95": round(high(waits) * 1000, 3),
    }


def sync_waits(folder: Path, count: int = SYNCS) -> list[float]:
    """Seconds that each of so many writes of 4 KiB took to be on the disk."""
    waits = []
    with tempfile.TemporaryFile(dir=folder) as file:
        for _ in range(count):
            start = time.perf_counter()
            os.write(file.fileno(), BLOCK)
            os.fdatasync(file.fileno())
            waits.append(time.perf_counter() - start)
    return waits


def filesystem_of(folder: Path) -> str:
    """The kind of file system that a folder is on; a tmpfs would make every figure of a database false."""
    best, kind = "", "unknown"
    for line in _text("/proc/mounts").splitlines():
        _, place, name, *_ = line.split()
        if str(folder.resolve()).startswith(place) and len(place) >= len(best):
            best, kind = place, name
    return kind


def memory(pid: int | str = "self", what: str = "VmRSS") -> float:
    """MiB of resident memory of a process; `VmHWM` is the most it ever was."""
    return int((_line(f"/proc/{pid}/status", what) or "0").split()[0]) / 1024


def _line(path: str, name: str) -> str | None:
    """The value of the first line "name: value" of a file of the kernel's."""
    lines = (line.partition(":") for line in _text(path).splitlines())
    return next((value.strip() for key, _, value in lines if key.strip() == name), None)


def _text(path: str) -> str:
    try:
        return Path(path).read_text("utf-8")
    except OSError:
        return ""
