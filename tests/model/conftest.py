"""A real model on this machine for the whole run, and nothing between it and us."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".venv-model" / "bin" / "python"
PROXIES = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy")


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of an OpenAI-compatible server that runs a real, small model."""
    if not PYTHON.exists():
        pytest.skip("`make test-model` installs the model first")
    command = [str(PYTHON), str(Path(__file__).with_name("serve.py"))]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stdout is not None
        assert server.stdin is not None
        said = server.stdout.readline().strip()
        assert said.startswith("http://127.0.0.1:"), "the model's server did not start"
        yield f"{said}/v1"
        server.stdin.close()
        server.terminate()


@pytest.fixture(autouse=True)
def without_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loopback is reached directly."""
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
