"""What is older than it is kept goes, every night, a little at a time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.domain.workspace import Workspace
from bot.ports.storage import Storage, Store
from bot.services.installing import erase_if_due

AT_ONCE = 200
"""Rows of a kind in one transaction, so that nobody waits for it."""

log = structlog.get_logger()


@dataclass(frozen=True)
class Retention:
    """Removes what is too old in a workspace."""

    storage: Storage

    async def run(self, workspace: str, at: datetime) -> None:
        """Remove all of it, and keep how much of what that was, for whoever looks after the app.

        Of a workspace that has left, everything goes when its time has come.
        """
        known = await self.storage.read(lambda s: s.workspaces.get(workspace))
        if known.erase_at is not None and known.erase_at <= at:
            erased = await self.storage.write(lambda s: erase_if_due(s, workspace, at))
            if erased is not None:
                log.info("a workspace that had left was erased", workspace=workspace, rows=sum(erased.values()))
                return
        texts = at - timedelta(days=known.retention.texts)
        commitments = at - timedelta(days=known.retention.commitments)
        removed: Counter[str] = Counter()
        while stale := await self.storage.read(lambda s: s.records.stale(workspace, texts, commitments, AT_ONCE)):
            gone = Counter(dict(await self.storage.write(lambda s, stale=stale: s.records.clean(stale, at))))  # type: ignore[misc]
            if not gone.total():  # found and not removed: tonight it would be found for ever
                log.error("what was too old could not be removed", workspace=workspace, kinds=sorted(stale.rows))
                break
            removed += gone
        counts = tuple(sorted(removed.items()))
        await self.storage.write(lambda s: _told(s, workspace, at, counts))
        log.info("what was too old was removed", workspace=workspace, **dict(counts))


def _told(store: Store, workspace: str, at: datetime, counts: tuple[tuple[str, int], ...]) -> Workspace:
    told = replace(store.workspaces.get(workspace), cleaned_at=at, cleaned=counts)
    store.workspaces.save(told)
    return told
