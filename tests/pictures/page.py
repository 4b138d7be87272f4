"""A whole page of HTML round one message, Home or form."""

from __future__ import annotations

from pathlib import Path

LOOK = Path(__file__).with_name("look.css")


def page(card: str) -> str:
    """The page that shows `card` and nothing else."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<style>{LOOK.read_text("utf-8")}</style></head><body><div class="card">{card}</div></body></html>'
    )
