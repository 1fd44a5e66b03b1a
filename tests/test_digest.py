"""The digest law: equal values have equal digests, and a change of any field changes the digest."""

import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as some

from storysite.digest import SIZE, digest, digest_bytes
from storysite.model import post as model
from storysite.plan import context as facts

PLAIN = some.recursive(
    some.none()
    | some.booleans()
    | some.integers(-(2**62), 2**62)
    | some.floats(allow_nan=False, allow_infinity=False)
    | some.text(),
    lambda values: some.lists(values) | some.dictionaries(some.text(), values),
    max_leaves=12,
)
OTHER: dict[str, Any] = {
    "moment": datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
    "updated": datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
    "start": datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
    "end": datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
    "quote": model.Quote("Words"),
    "ask": model.Ask("help"),
    "event": model.Event(datetime(2026, 1, 2, 3, 4, tzinfo=UTC)),
    "feed": facts.FeedLink("Feed", "feed.xml"),
}


@given(PLAIN)
def test_equal_values_have_equal_digests(value: object) -> None:
    """A value and its copy through JSON have one digest, of one length."""
    assert digest(value) == digest(json.loads(json.dumps(value)))
    assert len(digest(value)) == SIZE


@given(PLAIN, PLAIN)
def test_different_values_have_different_digests(first: object, second: object) -> None:
    """Values whose plain form differs have different digests."""
    if msgspec.json.encode(first, order="deterministic") != msgspec.json.encode(second, order="deterministic"):
        assert digest(first) != digest(second)


def test_the_order_of_a_mapping_makes_no_difference() -> None:
    """A mapping is what it maps, not how it was written."""
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})


def test_parts_are_told_apart() -> None:
    """No two splits of the same bytes are alike."""
    assert digest_bytes(b"ab", b"c") != digest_bytes(b"a", b"bc")


def test_a_digest_is_the_same_in_every_process() -> None:
    """Neither the hash seed nor the process shows in a digest."""
    code = "from storysite.digest import digest; print(digest({'b': {'x', 'y', 'z'}, 'a': [1, 2.5, None]}).hex())"
    made = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(made) == 1


def examples() -> list[tuple[Any, str]]:
    """Return a value of every type that enters a key, with each of its fields."""
    values = [
        model.Post("content/posts/a.md", "id", "Title", "slug", "url/"),
        model.card_of(model.Post("content/posts/a.md", "id", "Title", "slug", "url/"), ""),
        model.Impact("visits", 1),
        model.Ask("help"),
        model.Heading(2, "a", "A"),
        model.Reference("a"),
        facts.PageContext("a/", "A"),
        facts.Paging(1, 1, None, None),
    ]
    return [(value, name) for value in values for name in value.__struct_fields__]


def changed(value: Any) -> Any:
    """Return some other value of the same type."""
    match value:
        case bool():
            return not value
        case int() | float():
            return value + 1
        case str():
            return value + "x"
        case bytes():
            return value + b"x"
        case tuple():
            return (*value, "x")
        case dict():
            return {**value, "x": 1}
        case None:
            return date(2026, 1, 2)
    raise AssertionError(type(value))


@pytest.mark.parametrize(
    ("value", "name"), examples(), ids=lambda part: part if isinstance(part, str) else type(part).__name__
)
def test_a_change_of_any_field_changes_the_digest(value: Any, name: str) -> None:
    """No field of a value that enters a key is left out of its digest."""
    other = msgspec.structs.replace(value, **{name: OTHER.get(name, changed(getattr(value, name)))})
    assert digest(value) != digest(other)
