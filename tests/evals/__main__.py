"""`python -m tests.evals [split] [--wrong]`: the figures of the labelled sets, in plain text.

`--wrong` also lists what is wrong, and never for the split that is only reported.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from rich.console import Console

from tests.evals import score
from tests.evals.score import Judged


def main(arguments: Sequence[str]) -> None:
    """Print everything."""
    out = Console(highlight=False, soft_wrap=True, markup=False)
    for split in [one for one in score.SPLITS if one in arguments] or score.SPLITS:
        wrong = "--wrong" in arguments and split != "report"
        _questions(out, split, wrong=wrong)
        _messages(out, split, wrong=wrong)
        _due(out, split, wrong=wrong)


def _questions(out: Console, split: str, *, wrong: bool) -> None:
    judged = score.questions(split)
    _labels(out, f"questions, {split}", judged)
    _groups(out, "recall by fault", score.recall_by(judged, lambda q: q["faults"]))
    _wrong(out, judged, wrong=wrong)


def _messages(out: Console, split: str, *, wrong: bool) -> None:
    judged = score.messages(split)
    _labels(out, f"messages, {split}", judged)
    _groups(out, "right by source", score.recall_by(judged, lambda m: [m["source"]]))
    _groups(out, "right by intent", score.recall_by(judged, lambda m: [m["intent"]]))
    _wrong(out, judged, wrong=wrong)


def _due(out: Console, split: str, *, wrong: bool) -> None:
    judged = score.due_times(split)
    timed, timeless = score.timed(judged), score.timeless(judged)
    out.print(f"\n== due times, {split} ({len(judged)})")
    out.print(f"exact {score.accuracy(timed):.3f} of {len(timed)}, hard {score.accuracy(score.hard(timed)):.3f}")
    out.print(f"left alone {score.accuracy(timeless):.3f} of {len(timeless)}")
    _groups(out, "right by zone", score.recall_by(judged, lambda phrase: [phrase["tz"]]))
    _wrong(out, judged, wrong=wrong)


def _labels(out: Console, title: str, judged: Sequence[Judged]) -> None:
    out.print(f"\n== {title} ({len(judged)})")
    out.print(f"macro-F1 {score.macro_f1(judged):.3f}, hard slice {score.macro_f1(score.hard(judged)):.3f}")
    for name, one in score.per_label(judged).items():
        out.print(f"  {name:<12} P {one.precision:.3f}  R {one.recall:.3f}  F1 {one.f1:.3f}  n {one.wanted}")
    for (wanted, got), count in score.confusion(judged).most_common(8):
        out.print(f"  {count:>4} × {wanted} taken for {got}")


def _groups(out: Console, title: str, groups: dict[str, tuple[float, int]]) -> None:
    out.print(f"  {title}: " + ", ".join(f"{name} {share:.2f} ({size})" for name, (share, size) in groups.items()))


def _wrong(out: Console, judged: Sequence[Judged], *, wrong: bool) -> None:
    for one in judged if wrong else ():
        if not one.right:
            asked = (one.line.get("context") or {}).get("asked") or ""
            out.print(f"  {one.line['id']} {one.wanted} -> {one.got} [{asked}] {one.line['text']}")


if __name__ == "__main__":
    main(sys.argv[1:])
