"""The digest law: equal values have equal digests, and a change of any field changes the digest."""

import json
import os
import subprocess
import sys
from base64 import b64encode
from contextlib import suppress
from copy import deepcopy
from datetime import date, datetime, time

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as some
from msgspec import Struct
from msgspec.structs import fields, replace

from storysite.digest import SIZE, digest, digest_bytes
from storysite.model import post
from storysite.model.taxonomy import Taxonomy
from storysite.model.theme import Color, Design, ThemeListing, ThemePage
from storysite.plan import context as facts
from tests.values import example_of, structs_in, values_of

LEAVES = (
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(some.characters()) | some.binary()
    | some.dates() | some.times() | some.datetimes() | some.datetimes(timezones=some.timezones())
)  # fmt: skip
VALUES = some.recursive(
    LEAVES,
    lambda values: some.lists(values) | some.dictionaries(some.text(), values) | some.lists(values).map(tuple),
    max_leaves=12,
)


def as_told(value: object) -> object:
    """Return all that a template can tell of a value, in a form in which only equal things are equal."""
    if isinstance(value, dict):
        return [(key, as_told(part)) for key, part in value.items()]
    if isinstance(value, list | tuple):
        return type(value).__name__, [as_told(part) for part in value]
    zone = str(value.tzinfo) if isinstance(value, datetime) else ""
    return type(value).__name__, value.hex() if isinstance(value, float) else value, zone


def lookalikes(value: object) -> list[object]:
    """Return values that are written, kept or compared like another."""
    found: list[object] = [str(value), [value], (value,), {"a": value}, None]
    with suppress(TypeError, ValueError):
        found += [json.loads(json.dumps(value)), json.dumps(value)]
    if isinstance(value, dict):
        found += [dict(reversed(value.items())), list(value), list(value.items()), list(value.values())]
    elif isinstance(value, list | tuple):
        found += [tuple(value), list(value), value[::-1]]
    elif isinstance(value, int | float) and abs(value) < 2**53:
        found += [float(value), int(value), bool(value), -value]
    elif isinstance(value, date | time):
        found += [value.isoformat()]
    elif isinstance(value, bytes):
        found += [b64encode(value).decode(), value.decode("latin-1")]
    return found


@given(VALUES, VALUES)
def test_values_have_one_digest_if_and_only_if_no_template_can_tell_them_apart(first: object, second: object) -> None:
    """Order, type and what is no number count; also of values that are the same text, or the same when compared."""
    for other in (second, deepcopy(first), *lookalikes(first)):
        assert (digest(first) == digest(other)) == (as_told(first) == as_told(other))
    assert len(digest(first)) == SIZE


def test_the_order_of_a_mapping_makes_a_difference() -> None:
    """A template may show it."""
    assert digest({"a": 1, "b": 2}) != digest({"b": 2, "a": 1})


def test_parts_are_told_apart() -> None:
    """No two splits of the same bytes are alike."""
    assert digest_bytes(b"ab", b"c") != digest_bytes(b"a", b"bc")


def test_a_digest_is_the_same_in_every_process() -> None:
    """Neither the hash seed nor the process shows in a digest."""
    code = "from storysite.digest import digest; print(digest({'b': {'x': 'y'}, 'a': [1, 2.5, None]}).hex())"
    made = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(made) == 1


KINDS: list[type[Struct]] = [*structs_in(post), *structs_in(facts), Color, ThemeListing, ThemePage, Design, Taxonomy]
"""All types of value that enter a key."""


def test_a_type_without_an_example_is_named() -> None:
    """A field of a type that nobody thought of is no silent gap in the test below."""
    with pytest.raises(AssertionError, match=r"no example of the type <class 'complex'>"):
        values_of(complex)


@pytest.mark.parametrize(
    ("kind", "name"),
    [(kind, name) for kind in KINDS for name in kind.__struct_fields__],
    ids=lambda part: part if isinstance(part, str) else part.__name__,
)
def test_a_change_of_any_field_changes_the_digest(kind: type[Struct], name: str) -> None:
    """No field of a value that enters a key is left out of its digest, nor any part of what the field holds."""
    field = next(field for field in fields(kind) if field.name == name)
    values = [replace(example_of(kind), **{name: value}) for value in values_of(field.type)]
    assert len(values) > 1
    assert len({digest(value) for value in values}) == len(values)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_copy_of_a_value_has_its_digest(kind: type[Struct]) -> None:
    """Equal values have equal digests, whether they were made here or read back from the cache."""
    for value in values_of(kind):
        copy = msgspec.json.decode(msgspec.json.encode(value), type=kind)
        assert (copy, digest(copy)) == (value, digest(value))
