"""Fixtures: where a run finds its PostgreSQL."""

from __future__ import annotations

from tests.support.postgres import bare_postgres
from tests.support.slack import without_a_proxy

__all__ = ["bare_postgres", "without_a_proxy"]
