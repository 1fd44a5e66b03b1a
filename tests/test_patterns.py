"""No pattern trips over what Python before 3.11.5 gets wrong, as Debian 12 still has it."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from re import _constants, _parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

import pytest

import storysite

MODULES = sorted(
    found.name
    for found in pkgutil.walk_packages(storysite.__path__, "storysite.")
    if not found.name.endswith("__main__")
)


def patterns(module: ModuleType) -> Iterator[re.Pattern[Any]]:
    """Yield the patterns that a module keeps, also those of which it keeps only what searches with them."""
    for value in vars(module).values():
        found = getattr(value, "__self__", value)
        if isinstance(found, re.Pattern):
            yield found


def odd_repeats(parsed: Any) -> Iterator[Any]:
    """Yield what is repeated possessively (`*+`) and is more than one sign: it may match less than it should.

    See https://github.com/python/cpython/issues/106052; an atomic group, `(?>(?:…)*)`, says the same.
    """
    for operation, value in parsed:
        if operation is _constants.POSSESSIVE_REPEAT and (len(value[2]) > 1 or value[2][0][0] not in _SIMPLE):
            yield value
        for part in _parts(value):
            yield from odd_repeats(part)


_SIMPLE = (_constants.IN, _constants.LITERAL, _constants.NOT_LITERAL, _constants.ANY)


def _parts(value: Any) -> Iterator[Any]:
    if isinstance(value, _parser.SubPattern):
        yield value
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _parts(each)


@pytest.mark.parametrize("name", MODULES)
def test_only_single_signs_are_repeated_possessively(name: str) -> None:
    """All that a module keeps under a name."""
    for pattern in patterns(importlib.import_module(name)):
        assert list(odd_repeats(_parser.parse(pattern.pattern, pattern.flags))) == [], pattern.pattern


def test_what_is_looked_for_is_found() -> None:
    assert list(odd_repeats(_parser.parse(r"a(?:b|(?:cd?)*+)")))
    assert not list(odd_repeats(_parser.parse(r"a*+[bc]++\s?+(?>(?:cd?)*)")))
