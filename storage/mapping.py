"""Rows to domain values and back, by field name."""

from __future__ import annotations

from dataclasses import fields
from enum import Enum
from typing import Any, TypeVar

from pydantic import TypeAdapter
from sqlmodel import SQLModel

D = TypeVar("D")
R = TypeVar("R", bound=SQLModel)


_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}


def _adapter(cls: type[Any]) -> TypeAdapter[Any]:
    if cls not in _ADAPTERS:
        _ADAPTERS[cls] = TypeAdapter(cls)
    return _ADAPTERS[cls]


def from_row(cls: type[D], row: SQLModel, **more: Any) -> D:
    """The domain value whose fields stand in the row's columns of the same names; `more` wins."""
    values = {f.name: getattr(row, f.name) for f in fields(cls) if f.name not in more}  # type: ignore[arg-type]
    value: D = _adapter(cls).validate_python(values | more)
    return value


def new_row(cls: type[R], value: Any, **more: Any) -> R:
    """A row of the value, and of `more` for columns that are not its fields."""
    return onto_row(cls(**more), value)


def onto_row(row: R, value: Any) -> R:
    """The row with every column it shares a name with set from the value; enums as their words."""
    for f in fields(value):
        if f.name in type(row).model_fields:
            plain = getattr(value, f.name)
            setattr(row, f.name, plain.value if isinstance(plain, Enum) else plain)
    return row


def to_document(value: Any) -> dict[str, Any]:
    """A domain value as a JSON document."""
    document: dict[str, Any] = _adapter(type(value)).dump_python(value, mode="json")
    return document


def from_document(cls: type[D], document: dict[str, Any]) -> D:
    """The domain value that `to_document` wrote."""
    value: D = _adapter(cls).validate_python(document)
    return value
