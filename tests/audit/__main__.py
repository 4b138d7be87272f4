"""`python -m tests.audit [--service PIP_AUDIT]`: exit code 1 and a line for each fault, 0 when none was found."""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from tests.audit import advisories, licences
from tests.audit.lock import Pin, pins, unmet
from tests.audit.service import AuditError, ask

ROOT = Path(__file__).parents[2]
out = Console(highlight=False, soft_wrap=True, markup=False)


def main(arguments: Sequence[str]) -> int:
    """Look at both locks; tell what was looked at and what was not."""
    parser = argparse.ArgumentParser(prog="python -m tests.audit", description=__doc__)
    parser.add_argument("--service", type=Path, help="pip-audit, to ask the advisory service with")
    parser.add_argument("--root", type=Path, default=ROOT, help="the project (default: this one)")
    given = parser.parse_args(arguments)
    project = tomllib.loads((given.root / "pyproject.toml").read_text("utf-8"))
    groups = project["dependency-groups"]
    locks = {
        "requirements.lock": [*project["project"]["dependencies"], *groups["dev"]],
        "requirements-audit.lock": groups["audit"],
    }
    faults = []
    for name, wanted in locks.items():
        pinned, wrong = pins((given.root / name).read_text("utf-8"))
        wrong += unmet(pinned, wanted)
        wrong += [*known(name, pinned), *service(given.service, given.root / name)]
        faults += [f"{name}: {fault}" for fault in wrong]
    for fault in faults:
        out.print(fault)
    out.print(f"{len(faults)} found." if faults else "Nothing found.")
    return 1 if faults else 0


def known(name: str, pinned: Sequence[Pin]) -> list[str]:
    """What can be seen without asking anybody: licences of what is installed, and the faults in the snapshot."""
    snapshot = advisories.load(advisories.SNAPSHOT.read_text("utf-8"))
    bad, unknown = licences.faults(pinned)
    unseen = f" ({len(unknown)} are not installed here, so their licences were not looked at)" if unknown else ""
    out.print(
        f"{name}: {len(pinned)} packages, compared with {len(snapshot.advisories)} advisories"
        f" that were known on {snapshot.read}{unseen}."
    )
    return snapshot.faults(pinned) + bad


def service(pip_audit: Path | None, lock: Path) -> tuple[str, ...]:
    """What the advisory service says, if it is to be asked and answers."""
    if pip_audit is None:
        return ()
    try:
        told = ask(pip_audit, lock)
    except AuditError as error:
        return (f"pip-audit failed: {error}",)
    if told is None:
        out.print(f"{lock.name}: the advisory service did not answer; nothing newer than the snapshot can be seen.")
        return ()
    out.print(f"{lock.name}: the advisory service knows {told.packages} of the packages.")
    return told.faults


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
