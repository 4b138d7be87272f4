"""The errors of the product: one root, and what a person may read is written for a person."""

from __future__ import annotations


class HuddleError(Exception):
    """Root of our errors; its text is one sentence that the person who caused it can act on."""


class SettingsError(HuddleError):
    """A setting is missing or malformed; the text names it."""


class TeamFileError(HuddleError):
    """A team file cannot be applied; the text names the line and the mend."""


class Changed(HuddleError):
    """Something else changed the row since it was read; the caller reads again and decides anew."""


class StorageError(HuddleError):
    """The database cannot be used as asked; the text says how to mend it."""


class SlackError(HuddleError):
    """Slack cannot be used as configured; the text says what to look at."""


class KeysError(HuddleError):
    """Tokens cannot be sealed or opened with the keys that were given; the text says what to do and shows no key."""
