"""A lock file, read: what it pins, and what is wrong with how it does so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

HASH = re.compile(r"--hash=(\S+)")
SHA256 = re.compile(r"sha256:[0-9a-f]{64}")
ELSEWHERE = re.compile(
    r"(?i)\b[a-z][a-z0-9+.-]*://|^\s*(--?(index-url|extra-index-url|find-links|trusted-host|i|f|e)\b)"
)
"""What would have a package come from a place that the file names."""


@dataclass(frozen=True)
class Pin:
    """One package in one version."""

    name: str
    version: Version

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


def pins(text: str) -> tuple[list[Pin], list[str]]:
    """What the lock names, and its faults: a package without one version or without hashes, a place that is named."""
    found, faults = [], []
    for line in _lines(text):
        if ELSEWHERE.search(line):
            faults.append(f"a place to download from is named: {line.split()[0]}")
            continue
        wanted = HASH.sub("", line).strip()
        try:
            requirement = Requirement(wanted)
        except InvalidRequirement:
            faults.append(f"not a requirement: {wanted[:60]}")
            continue
        name = canonicalize_name(requirement.name)
        exact = [one.version for one in requirement.specifier if one.operator == "==" and "*" not in one.version]
        if len(exact) != 1 or len(requirement.specifier) != 1:
            faults.append(f"{name} is not pinned to one version")
            continue
        hashes = HASH.findall(line)
        if not hashes or not all(SHA256.fullmatch(one) for one in hashes):
            faults.append(f"{name} has no SHA-256 hash, or one that is none")
        found.append(Pin(name, Version(exact[0])))
    return found, faults


def unmet(pinned: Iterable[Pin], wanted: Iterable[str]) -> list[str]:
    """What the project asks for and the lock does not hold in a version that will do."""
    versions: dict[str, list[Version]] = {}
    for pin in pinned:
        versions.setdefault(pin.name, []).append(pin.version)
    faults = []
    for text in wanted:
        requirement = Requirement(text)
        there = versions.get(canonicalize_name(requirement.name), [])
        if not any(requirement.specifier.contains(version) for version in there):
            faults.append(f"{text} is asked for, and the lock has {', '.join(map(str, there)) or 'none'}")
    return faults


def _lines(text: str) -> Iterable[str]:
    """The requirements, each on one line, without comments."""
    for line in re.sub(r"\\\n", " ", text).splitlines():
        said = re.sub(r"(^|\s)#.*", "", line).strip()
        if said:
            yield said
