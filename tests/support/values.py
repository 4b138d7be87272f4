"""Values for property tests: any domain value of a type, every field filled with anything its type allows."""

from __future__ import annotations

import dataclasses
import types
import typing
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import Enum
from typing import Any, TypeVar

from hypothesis import strategies as st

T = TypeVar("T")

moments = st.datetimes(
    min_value=datetime(1990, 1, 1),  # noqa: DTZ001 - the strategy takes bare bounds and adds the zone itself
    max_value=datetime(2090, 1, 1),  # noqa: DTZ001
    timezones=st.one_of(
        st.just(UTC),
        st.timezones(),
        st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
    ),
)
"""Aware moments in any zone, in the hour that a clock change repeats too."""

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
"""Anything that both databases can keep: PostgreSQL has no character zero."""

_PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: texts,
    int: st.integers(0, 2**31 - 1),
    float: st.floats(0, 2**33),
    bool: st.booleans(),
    date: st.dates(),
    datetime: moments,
    time: st.times(),
    timedelta: st.timedeltas(timedelta(0), timedelta(days=30)),
    type(None): st.none(),
}


def any_of(cls: type[T], **fixed: Any) -> st.SearchStrategy[T]:
    """Any value of the dataclass; the fields in `fixed` are what they are told to be."""
    hints = typing.get_type_hints(cls)
    free = [f.name for f in dataclasses.fields(cls) if f.name not in fixed]  # type: ignore[arg-type]
    given = {name: st.just(value) for name, value in fixed.items()}
    return st.builds(cls, **given | {name: _any(hints[name]) for name in free})


def _any(hint: Any) -> st.SearchStrategy[Any]:
    if hint in _PLAIN:
        return _PLAIN[hint]
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return st.one_of(*(_any(one) for one in reversed(inner)))
    if origin is tuple and inner[1:] == (...,):
        return st.lists(_any(inner[0]), max_size=3).map(tuple)
    if origin is tuple:
        return st.tuples(*map(_any, inner))
    if origin is frozenset:
        return st.frozensets(_any(inner[0]), max_size=7)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(hint)
    return any_of(hint)


def in_utc(value: Any) -> Any:
    """The value with every moment in it in UTC, which is how two of them are compared.

    Python calls a moment in a repeated hour unequal to itself in any other zone.
    """
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    if isinstance(value, tuple):
        return tuple(in_utc(one) for one in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.replace(value, **{f.name: in_utc(getattr(value, f.name)) for f in dataclasses.fields(value)})
    return value
