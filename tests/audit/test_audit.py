"""The audit of what we depend on: it sees what it is to see, and says so when it cannot."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from packaging.version import Version

from tests.audit import __main__ as command
from tests.audit import advisories, licences
from tests.audit.lock import Pin, pins, unmet
from tests.audit.service import AuditError, Told, ask, understood

HASH = "--hash=sha256:" + "ab" * 32
SNAPSHOT = """
read: 2026-01-02
advisories:
  - {id: CVE-1, package: A_Package, introduced: "1.0", fixed: "2.10"}
"""


# -- the lock


def test_a_pinned_and_hashed_package_is_read_with_its_marker_and_comment() -> None:
    found, faults = pins(f"# a comment\nA_package==1.0 ; python_version < '3.12' \\\n    {HASH}\n    # via us\n")
    assert (found, faults) == ([Pin("a-package", Version("1.0"))], [])


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("a==1.0", "a has no SHA-256 hash"),
        ("a==1.0 --hash=md5:abc", "a has no SHA-256 hash"),
        (f"a==1.0 {HASH} --hash=sha256:1", "or one that is none"),
        (f"a>=1.0 {HASH}", "a is not pinned to one version"),
        (f"a==1.* {HASH}", "a is not pinned to one version"),
        (f"a==1.0,!=1.1 {HASH}", "a is not pinned to one version"),
        (f"a {HASH}", "a is not pinned to one version"),
        (f"a @ https://example.org/a.whl {HASH}", "a place to download from is named"),
        ("--index-url https://example.org/simple", "a place to download from is named: --index-url"),
        ("--extra-index-url=x", "a place to download from is named"),
        ("-f wheels", "a place to download from is named"),
        ("-e .", "a place to download from is named"),
        ("git+ssh://x/y", "a place to download from is named"),
        ("a b c", "not a requirement: a b c"),
    ],
)
def test_what_is_not_pinned_not_hashed_or_from_elsewhere_is_a_fault(line: str, says: str) -> None:
    _, faults = pins(f"good==1 {HASH}\n{line}\n")
    assert len(faults) == 1
    assert says in faults[0]


def test_a_lock_that_does_not_hold_what_the_project_asks_for_is_a_fault() -> None:
    pinned = [Pin("a", Version("2.0")), Pin("b", Version("1.5"))]
    assert unmet(pinned, ["A>=2", "b[extra]>=1,<2"]) == []
    assert unmet(pinned, ["a>=3", "c"]) == [
        "a>=3 is asked for, and the lock has 2.0",
        "c is asked for, and the lock has none",
    ]


# -- what is known without asking


@pytest.mark.parametrize(
    ("version", "hit"), [("0.9", False), ("1.0", True), ("2.9", True), ("2.10rc1", True), ("2.10", False), ("3", False)]
)
def test_a_version_between_the_one_that_brought_a_fault_and_the_one_that_mended_it_has_it(
    version: str, hit: bool
) -> None:
    faults = advisories.load(SNAPSHOT).faults([Pin("a-package", Version(version)), Pin("other", Version("1.5"))])
    assert faults == ([f"a-package {version} has CVE-1; 2.10 is mended"] if hit else [])


def test_the_committed_snapshot_is_whole_and_names_only_what_the_locks_name() -> None:
    snapshot = advisories.load(advisories.SNAPSHOT.read_text("utf-8"))
    locked = {pin.name for lock in command.ROOT.glob("requirements*.lock") for pin in pins(lock.read_text("utf-8"))[0]}
    assert len(snapshot.advisories) > 50
    assert len({one.id for one in snapshot.advisories}) == len(snapshot.advisories)
    for one in snapshot.advisories:
        assert one.introduced < one.fixed, one.id
        assert one.package in locked, one.id


@pytest.mark.parametrize(
    ("expression", "classifiers", "trouble"),
    [
        ("MIT", [], None),
        ("Apache-2.0 OR (MIT AND BSD-3-Clause)", [], None),
        ("LGPL-3.0-only", [], None),
        (None, ["Development Status :: 3 - Alpha", "License :: OSI Approved :: BSD License"], None),
        ("AGPL-3.0-only", [], "the licence AGPL-3.0-only is not"),
        ("MIT AND LicenseRef-Ours", [], "the licence LicenseRef-Ours is not"),
        (None, ["License :: Other/Proprietary License"], "the licence License :: Other/Proprietary License is not"),
        (None, ["Topic :: Internet"], "it says nothing of its licence"),
    ],
)
def test_a_licence_that_is_not_among_the_accepted_ones_is_refused(
    expression: str | None, classifiers: list[str], trouble: str | None
) -> None:
    told = licences.refused(expression, classifiers)
    assert told is trouble is None or (told is not None and trouble is not None and told.startswith(trouble))


def test_what_is_not_installed_is_said_to_be_unknown() -> None:
    assert licences.faults([Pin("no-such-package", Version("1"))]) == ([], ["no-such-package"])


# -- what the service says


def told(*dependencies: Mapping[str, object]) -> str:
    return json.dumps({"dependencies": dependencies, "fixes": []})


def test_what_the_service_knows_is_a_fault_with_the_version_that_mends_it() -> None:
    vulnerable = {"name": "a", "version": "1", "vulns": [{"id": "CVE-1", "fix_versions": ["2", "1.1"]}]}
    hopeless = {"name": "b", "version": "1", "vulns": [{"id": "CVE-2", "fix_versions": []}]}
    answer = understood(told(vulnerable, hopeless, {"name": "c", "version": "1", "vulns": []}), "")
    assert answer == Told(3, ("a 1 has CVE-1; 2, 1.1 is mended", "b 1 has CVE-2; no version yet is mended"))


def test_a_package_that_was_skipped_is_a_fault_since_nothing_is_known_of_it() -> None:
    answer = understood(told({"name": "a", "skip_reason": "not found"}), "")
    assert answer == Told(1, ("a was not looked at: not found",))


@pytest.mark.parametrize(
    "err",
    [
        "Traceback …\nrequests.exceptions.ConnectionError: HTTPSConnectionPool: Max retries exceeded",
        "ERROR:pip_audit._cli:Could not connect to the vulnerability feed",
        "requests.exceptions.ReadTimeout: read timed out",
        "requests.exceptions.HTTPError: 503 Server Error",
    ],
)
def test_a_service_that_does_not_answer_is_no_answer(err: str) -> None:
    assert understood("", err) is None


@pytest.mark.parametrize("err", ["error: invalid requirements input", "exceptions.HTTPError: 400 Client Error", ""])
def test_any_other_trouble_of_pip_audit_is_not_taken_for_silence(err: str) -> None:
    with pytest.raises(AuditError):
        understood("", err)


def test_a_pip_audit_that_is_not_there_is_not_taken_for_silence(tmp_path: Path) -> None:
    with pytest.raises(AuditError, match="cannot be run"):
        ask(tmp_path / "nowhere", tmp_path / "lock")


# -- the command


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """What the audit looks at, to be spoilt."""
    for name in ("pyproject.toml", "requirements.lock", "requirements-audit.lock"):
        shutil.copy(command.ROOT / name, tmp_path)
    return tmp_path


def test_our_own_locks_pass(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--root", str(project)]) == 0, capsys.readouterr().out


@pytest.mark.parametrize(
    ("lock", "pattern", "instead", "says"),
    [
        ("requirements.lock", r"(?m)^jinja2==\S+", "jinja2==3.1.5", "jinja2 3.1.5 has CVE-2025-27516"),
        ("requirements.lock", r"(?m)^aiohttp==\S+", "aiohttp", "aiohttp is not pinned"),
        ("requirements.lock", r"(?m)^holidays==\S+", "holidays==0.1", "holidays>=0.109,<1 is asked for"),
        ("requirements-audit.lock", r"(?m)^urllib3==\S+", "urllib3==2.6.3", "urllib3 2.6.3 has CVE-2026-44431"),
        ("requirements-audit.lock", r"\A", "--index-url https://x/simple\n", "a place to download from is named"),
    ],
)
def test_a_spoilt_lock_ends_it_with_1_and_the_fault(
    project: Path, capsys: pytest.CaptureFixture[str], lock: str, pattern: str, instead: str, says: str
) -> None:
    path = project / lock
    path.write_text(re.sub(pattern, instead, path.read_text("utf-8"), count=1), "utf-8")
    assert command.main(["--root", str(project)]) == 1
    assert f"{lock}: {says}" in capsys.readouterr().out


def test_a_silent_service_is_told_and_the_rest_still_holds(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    silent = tmp_path / "pip-audit"
    silent.write_text("#!/bin/sh\necho 'requests.exceptions.ConnectionError: no route' >&2\nexit 1\n")
    silent.chmod(0o755)
    assert command.main(["--root", str(project), "--service", str(silent)]) == 0
    assert capsys.readouterr().out.count("did not answer") == 2


def test_what_the_service_finds_ends_it_with_1(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    knowing = tmp_path / "pip-audit"
    answer = told({"name": "a", "version": "1", "vulns": [{"id": "CVE-9", "fix_versions": ["2"]}]})
    knowing.write_text(f"#!/bin/sh\necho '{answer}'\nexit 1\n")
    knowing.chmod(0o755)
    assert command.main(["--root", str(project), "--service", str(knowing)]) == 1
    assert "requirements.lock: a 1 has CVE-9; 2 is mended" in capsys.readouterr().out
