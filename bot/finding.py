"""What one of the doctor's checks found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """What one check found; `mend` says what to do when it is not well."""

    part: str
    well: bool
    says: str
    mend: str = ""
