"""Examples of values of every type that enters a digest, made from the types of their fields alone."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from itertools import pairwise
from types import ModuleType, NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from msgspec import Struct
from msgspec.structs import fields, replace

PLAIN: dict[Any, list[Any]] = {
    str: ["", "a", "b"],
    int: [0, 1, -1],
    float: [0.0, 1.5],
    bool: [False, True],
    bytes: [b"", b"a", b"b"],
    date: [date(2026, 1, 2), date(2026, 1, 3)],
    datetime: [datetime(2026, 1, 2, 3, 4, tzinfo=UTC), datetime(2026, 1, 2, 3, 5, tzinfo=UTC)],
    time: [time(6, 0), time(7, 30)],
    NoneType: [None],
    Any: ["a", 1, None],
}
"""Different values of each plain type, a few of each."""


def structs_in(module: ModuleType) -> list[type[Struct]]:
    """Return the types of value that a module defines."""
    found = [kind for kind in vars(module).values() if isinstance(kind, type) and kind.__module__ == module.__name__]
    return [kind for kind in found if issubclass(kind, Struct)]


def values_of(kind: Any) -> list[Any]:
    """Return values of a type, all of them different: of a Struct, one example and another for each change of a field.

    Raises AssertionError, which names the type, if there is no way to make one.
    """
    if kind in PLAIN:
        return PLAIN[kind]
    if isinstance(kind, type) and issubclass(kind, Struct):
        first = example_of(kind)
        changed = {field.name: values_of(field.type) for field in fields(kind)}
        return [first, *(replace(first, **{name: other}) for name, others in changed.items() for other in others[1:])]
    home, inside = get_origin(kind), get_args(kind)
    if home in (Union, UnionType):
        return [None] * (NoneType in inside) + [
            value for part in inside if part is not NoneType for value in values_of(part)
        ]
    if home is tuple and inside[-1] is Ellipsis:
        members = values_of(inside[0])
        return [(), *((member,) for member in members), *pairwise(members), *pairwise(reversed(members))]
    if home is tuple:
        first = tuple(values_of(part)[0] for part in inside)
        others = [(place, other) for place, part in enumerate(inside) for other in values_of(part)[1:]]
        return [first, *((*first[:place], other, *first[place + 1 :]) for place, other in others)]
    if home in (dict, Mapping):
        members = values_of(inside[1])
        return [{}, *({"a": member} for member in members), {"b": members[0]}, {"a": members[0], "b": members[0]}]
    raise AssertionError(f"no example of the type {kind}: add some to PLAIN in tests/values.py")


def example_of(kind: type[Struct]) -> Any:
    """Return one value of a type of Struct, with the first example of each field's type."""
    return kind(**{field.name: values_of(field.type)[0] for field in fields(kind)})
