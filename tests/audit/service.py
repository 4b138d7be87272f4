"""The advisory service, asked by pip-audit; what it says, or that it does not answer."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WITHIN = 300
"""Seconds for a whole lock; each question has ten."""
NO_ANSWER = re.compile(r"ConnectionError|ConnectTimeout|ReadTimeout|Could not connect|HTTPError: (429|5\d\d)")


class AuditError(Exception):
    """pip-audit could not do its work, and not for want of the service."""


@dataclass(frozen=True)
class Told:
    """What the service says: how many packages it looked at, and what is wrong with which."""

    packages: int
    faults: tuple[str, ...]


def ask(pip_audit: Path, lock: Path) -> Told | None:
    """What the service says of every package of the lock; None when it does not answer.

    The service that is asked is OSV, not the package index's own: a mirror of an index that knows nothing of advisories
    answers as if there were none. Raises `AuditError`.
    """
    command = [str(pip_audit), "-s", "osv", "--disable-pip", "--require-hashes", "--progress-spinner", "off"]
    try:
        done = subprocess.run(
            [*command, "--timeout", "10", "-f", "json", "-r", str(lock)],
            capture_output=True, text=True, timeout=WITHIN, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return None
    except OSError as error:
        raise AuditError(f"{pip_audit} cannot be run ({error.strerror})") from None
    return understood(done.stdout, done.stderr)


def understood(out: str, err: str) -> Told | None:
    """What pip-audit's output says. A package that was skipped is a fault: nothing is known of it."""
    if not out.strip():
        if NO_ANSWER.search(err):
            return None
        raise AuditError((err.strip().splitlines() or ["pip-audit said nothing"])[-1])
    told: dict[str, Any] = json.loads(out)
    faults = []
    for one in told["dependencies"]:
        if "skip_reason" in one:
            faults.append(f"{one['name']} was not looked at: {one['skip_reason']}")
        for fault in one.get("vulns", ()):
            mended = ", ".join(fault.get("fix_versions", ())) or "no version yet"
            faults.append(f"{one['name']} {one['version']} has {fault['id']}; {mended} is mended")
    return Told(len(told["dependencies"]), tuple(faults))
