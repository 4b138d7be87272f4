"""Whether we may use and pass on what the lock names, by what each installed package says of its licence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, metadata
from typing import Any

from tests.audit.lock import Pin

ACCEPTED = frozenset(
    {"MIT", "MIT-0", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "PSF-2.0", "0BSD", "Unlicense"}
    # Weak copyleft: used unchanged, as libraries, which these licences allow without any duty for our own code.
    | {"MPL-2.0", "LGPL-3.0-only"}
)
CLASSIFIERS = {
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: BSD License": "BSD-3-Clause",
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: ISC License (ISCL)": "ISC",
    "License :: OSI Approved :: Python Software Foundation License": "PSF-2.0",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}


def faults(pinned: Iterable[Pin]) -> tuple[list[str], list[str]]:
    """What may not be used, and what is not installed here (for another system), so that nothing is known of it."""
    bad, unknown = [], []
    for pin in pinned:
        try:
            told: dict[str, Any] = metadata(pin.name).json
        except PackageNotFoundError:
            unknown.append(pin.name)
            continue
        named = told.get("license_expression") or _short(told.get("license"))
        trouble = refused(named, told.get("classifier", ()))
        if trouble:
            bad.append(f"{pin}: {trouble}")
    return bad, unknown


def _short(text: str | None) -> str | None:
    """The older field, where it names a licence we know; often it holds the licence's whole text, or a nickname."""
    return text if text in ACCEPTED else None


def refused(expression: str | None, classifiers: Iterable[str]) -> str | None:
    """Why such a licence will not do; None when it will. Of a choice (OR) every part must do, which is stricter."""
    if expression:
        names = [one for one in re.split(r"\s+(?:AND|OR)\s+|[()]", expression) if one.strip()]
    else:
        said = [one for one in classifiers if one.startswith("License :: ")]
        names = [CLASSIFIERS.get(one, one) for one in said]
    if not names:
        return "it says nothing of its licence"
    others = sorted({one.strip() for one in names} - ACCEPTED)
    return f"the licence {', '.join(others)} is not among the accepted ones" if others else None
