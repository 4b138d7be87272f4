"""Tokens sealed with the operator's keys (Fernet): the first key seals, every key opens."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.errors import KeysError
from bot.ports.installations import Installation, Sealed

SECRET = ("bot_token", "refresh_token")
HOW = "docs/workspaces.md says how to make one"


class FernetKeys:
    """Implements `bot.ports.installations.Keys`."""

    def __init__(self, keys: Sequence[str]) -> None:
        """The newest key first. Raises `KeysError` with one sentence when one is no key, without showing it."""
        if not keys:
            raise KeysError(f"HUDDLE_KEYS has no key; {HOW}.")
        made = []
        for number, key in enumerate(keys, 1):
            try:
                made.append(Fernet(key))
            except ValueError:
                raise KeysError(f"HUDDLE_KEYS: key {number} is not a Fernet key; {HOW}.") from None
        self._keys = MultiFernet(made)

    def seal(self, installation: Installation) -> Sealed:
        """Implements `Keys`. The place is sealed in too, so that one row's text is of no use in another."""
        values = asdict(installation)
        secret = {"place": installation.id} | {name: values.pop(name) for name in SECRET}
        return Sealed(**values, sealed=self._keys.encrypt(json.dumps(secret).encode()).decode())

    def open(self, sealed: Sealed) -> Installation:
        """Implements `Keys`."""
        try:
            secret = json.loads(self._keys.decrypt(sealed.sealed.encode()))
        except InvalidToken:
            where = sealed.name or sealed.id
            raise KeysError(
                f"No key in HUDDLE_KEYS opens the tokens of {where}; add the one that sealed them, or install it again."
            ) from None
        if secret["place"] != sealed.id:
            raise KeysError(
                f"The tokens kept for {sealed.name or sealed.id} are another workspace's; install it again."
            )
        values = asdict(sealed)
        del values["sealed"]
        return Installation(**values, **{name: secret[name] for name in SECRET})
