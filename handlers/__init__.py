"""Slack's edge: one file a surface. A handler turns Slack's payload into a service call, and nothing more."""
