"""What `huddle doctor` can find to be wrong: every message in its source, what is filled in shown as …"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

FILLED_IN = "…"


@dataclass(frozen=True)
class Message:
    """A finding that is not well, as the doctor shows it: the part, what is wrong, and how to mend it."""

    part: str
    says: str
    mend: str

    def __str__(self) -> str:
        return f"bad  {self.part}: {self.says}\n     {self.mend}"


def messages(source: str) -> list[Message]:
    """Every `Finding(part, False, says, mend)` in the source, and every one that may be such a finding."""
    tree = ast.parse(source)
    found = []
    for function in [one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)]:
        known: dict[str, ast.expr] = {}
        for node in _in_order(function):
            if isinstance(node, ast.Assign):
                known |= _assigned(node)
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Finding":
                given = dict(enumerate(node.args)) | {
                    {"part": 0, "well": 1, "says": 2, "mend": 3}[one.arg or ""]: one.value for one in node.keywords
                }
                if isinstance(given[1], ast.Constant) and given[1].value is True:
                    continue
                part, says, mend = (_text(given[i], known) if i in given else "" for i in (0, 2, 3))
                found.append(Message(part, says, mend))
    return found


def _in_order(function: ast.AST) -> Iterator[ast.AST]:
    """What is below, in the order in which it is written, without functions of their own."""
    for child in ast.iter_child_nodes(function):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield child
            yield from _in_order(child)


def _assigned(node: ast.Assign) -> dict[str, ast.expr]:
    """Names and what they were last set to, `a = x` and `a, b = x, y`."""
    target = node.targets[0]
    if isinstance(target, ast.Name):
        return {target.id: node.value}
    if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
        return {t.id: v for t, v in zip(target.elts, node.value.elts, strict=False) if isinstance(t, ast.Name)}
    return {}


def _text(node: ast.expr, known: dict[str, ast.expr]) -> str:
    """The words of an expression, as far as they stand in the source."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(one, {}) for one in node.values)
    if isinstance(node, ast.Name) and node.id in known:
        return _text(known[node.id], {})
    return FILLED_IN
