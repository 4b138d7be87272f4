"""The fixtures for tests against a Slack stand-in."""

from __future__ import annotations

from tests.support.slack import local_slack, people, slack, small_slack, without_a_proxy

__all__ = ["local_slack", "people", "slack", "small_slack", "without_a_proxy"]
