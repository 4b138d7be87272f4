"""What must be nowhere in what the process says: every secret that can be set, and a word that people write."""

from __future__ import annotations

from typing import Final

WORD: Final = "ultramarine"
"""Stands in everything that people write here."""
SECRETS: Final = {
    "SLACK_BOT_TOKEN": "xoxb-7301-heliotrope",
    "SLACK_APP_TOKEN": "xapp-7302-periwinkle",
    "SLACK_SIGNING_SECRET": "7303vermilion",
    "SLACK_CLIENT_SECRET": "7304chartreuse",
    "HUDDLE_KEYS": "Ny4wNS1jZWxhZG9uLWNlbGFkb24tY2VsYWRvbi1jZTE=",
    "HUDDLE_DATABASE": "postgresql://huddle:7306%40magenta@127.0.0.1:1/huddle",
    "OPENAI_API_KEY": "sk-proj-7307-aquamarine",
}
TRACES: Final = ("heliotrope", "periwinkle", "vermilion", "chartreuse", "Ny4wNS1jZW", "magenta", "aquamarine")
"""A part of each that must be nowhere; what comes before it may be left to say of which kind it was."""


def traces(text: str) -> list[str]:
    """Which secrets, and whether somebody's words, stand in a text."""
    return [one for one in (*TRACES, WORD) if one.casefold() in text.casefold()]
