"""A team to be, and those who are named in it."""

from __future__ import annotations

from bot.domain.draft import ERASED, TeamDraft
from tests.support.world import local

AT = local("Europe/Berlin", "2026-11-23 09:00")
DRAFT = TeamDraft("d", "T1", "UADA", AT, "North", "UTC", None, ("UADA", "UBEN"), ("UADA", "UCEM"), filled_by="UADA")


def test_whoever_has_everything_erased_is_named_nowhere_in_it() -> None:
    after = TeamDraft(**{**vars(DRAFT), "told": ("UADA", "UBEN")}).without("UADA")
    assert "UADA" not in repr(after)
    assert (after.managers, after.reps, after.told) == (("UBEN",), ("UCEM",), ("UBEN",))
    assert after.made_by == after.filled_by == ERASED
    assert after.maker == ()


def test_nothing_changes_for_anybody_else() -> None:
    assert DRAFT.without("UPIA") == DRAFT
    assert DRAFT.maker == ("UADA",)
