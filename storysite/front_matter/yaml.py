"""Front matter as plain values: text stays as it was written, and nothing is ever built because a file asks for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any, Self, TypeAlias

from msgspec import Struct

from storysite.problems import Problem

Typed: TypeAlias = bool | int | float | date | None
Value: TypeAlias = "str | list[Value] | dict[str, Value]"

MOST_NODES = 10_000
DEEPEST = 50
"""What a header may hold, with all repetitions counted, so that ten lines cannot stand for a million values."""

LARGEST_NUMBER = 4096
"""Binary digits of a whole number: one of more is text, for Python writes none of far more."""

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udc7f\udd00-\udfff\ufffe\uffff]")
"""Characters of a file that no page and no feed can hold; what stands for a stray byte is none of them."""
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""The same in a value, where nothing stands for bytes; and those that programs keep for themselves."""
_CORE = "tag:yaml.org,2002:"
_KNOWN_TAGS = {"!", *(_CORE + name for name in ("str", "int", "float", "bool", "null", "timestamp", "seq", "map"))}


def without_controls(text: str) -> str:
    """Return `text` without the characters that no page and no feed can hold."""
    return _UNSEEN.sub("", text)


def visible(value: Any) -> Any:
    """Return a value without the characters that no page can show: YAML and JSON can write them with a backslash."""
    if isinstance(value, dict):
        return {without_controls(name): visible(part) for name, part in value.items()}
    if isinstance(value, list):
        return [visible(part) for part in value]
    return without_controls(value) if type(value) is str else value


class Plain(str):
    """Text that YAML reads as something else; `value` is that: None, a bool, a number or a date."""

    value: Typed

    def __new__(cls, text: str, value: Typed = None) -> Self:
        plain = super().__new__(cls, text)
        plain.value = value
        return plain


class Reading(Struct):
    """The values of a header, the line of each name (from 1, within the header), and what is odd about them."""

    values: dict[str, Value]
    lines: dict[str, int]
    problems: list[Problem]
    repeated: list[tuple[str, Value]] = []
    """The values of names that occur again further down."""


class FrontMatterError(Exception):
    """A header cannot be read from `line` on (from 1, within the header); `limit` tells that it is too large."""

    def __init__(self, line: int, *, limit: str = "", alias: str = "") -> None:
        super().__init__(line, limit, alias)
        self.line, self.limit, self.alias = line, limit, alias


def read_yaml(source: str) -> Reading | None:
    """Return what the YAML `source` says, or None if it is no list of names and values. Raises HeaderError."""
    value, reader = _parsed(source)
    if isinstance(value, Plain) and not value:
        value = {}
    return Reading(value, reader.lines, reader.problems, reader.repeated) if isinstance(value, dict) else None


def read_any(source: str) -> Value:
    """Return the value, of whatever kind, that the YAML `source` holds. Raises HeaderError."""
    return _parsed(source)[0]


def _parsed(source: str) -> tuple[Value, _Reader]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    source = source.encode("utf-8", "replace").decode()
    try:
        reader = _Reader(iter(yaml.parse(source, Loader=loader)))
        return reader.document(), reader
    except yaml.MarkedYAMLError as error:
        inside = error.context_mark if re.search("flow|quoted", error.context or "") else None
        mark = inside or error.problem_mark or error.context_mark
        deep = "deep" if "nesting depth" in (error.problem or "") else ""  # libyaml gives up at 1,000 levels
        raise FrontMatterError(mark.line + 1 if mark else 1, limit=deep) from None
    except yaml.YAMLError:
        raise FrontMatterError(1) from None


def scalar(text: str) -> str:
    """Return `text`, as Plain if YAML 1.1 reads it as a number, a truth value, a date or nothing.

    "12:30" stays text, although YAML 1.1 takes it for the number 750.
    """
    import yaml

    for tag, form in yaml.SafeLoader.yaml_implicit_resolvers.get(text[:1], ()):
        if form.match(text):
            return _typed(text, tag)
    return text


def _typed(text: str, tag: str) -> str:
    """Return `text` with the value that YAML's `tag` gives it, or alone if that is no value one can mean."""
    if tag[len(_CORE) :] not in ("int", "float", "bool", "null", "timestamp"):
        return text
    if ":" in text and not tag.endswith("timestamp"):
        return text
    from yaml import ScalarNode

    try:
        value = _constructor().construct_object(ScalarNode(tag, text))
        return text if type(value) is int and value.bit_length() > LARGEST_NUMBER else Plain(text, value)
    except (ValueError, LookupError, OverflowError, AttributeError, TypeError):  # whatever does not fit a tag
        return text


@cache
def _constructor() -> Any:
    from yaml.constructor import SafeConstructor

    return SafeConstructor()


class _Reader:
    """Reads the events of one YAML document; counts as it goes, so that no bomb is ever unfolded."""

    def __init__(self, events: Iterator[Any]) -> None:
        from yaml import AliasEvent, MappingEndEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

        self._events = events
        self._alias: type[Any] = AliasEvent
        self._scalar: type[Any] = ScalarEvent
        self._list: type[Any] = SequenceStartEvent
        self._list_end: type[Any] = SequenceEndEvent
        self._mapping_end: type[Any] = MappingEndEvent
        self._anchors: dict[str, tuple[Value, int] | None] = {}
        self._nodes = 0
        self.lines: dict[str, int] = {}
        self.problems: list[Problem] = []
        self.repeated: list[tuple[str, Value]] = []

    def document(self) -> Value:
        """Return the whole document; an empty mapping if there is none."""
        from yaml import DocumentEndEvent, StreamEndEvent

        next(self._events)
        if isinstance(next(self._events), StreamEndEvent):
            return {}
        value = self._value(next(self._events), 0)
        for event in self._events:
            if not isinstance(event, DocumentEndEvent | StreamEndEvent):
                raise FrontMatterError(event.start_mark.line + 1)
        return value

    def _value(self, event: Any, depth: int) -> Value:
        """Return the value that begins with `event`, `depth` levels down."""
        kind = type(event)
        if kind is self._alias:
            return self._repeated(event)
        self._count(event, 1, depth)
        before = self._nodes
        if event.anchor is not None:
            self._anchors[event.anchor] = None
        if event.tag is not None and event.tag not in _KNOWN_TAGS:
            self.problems.append(_tag(event))
        value: Value
        if kind is self._scalar:
            value = self._text(event)
        elif kind is self._list:
            value = self._items(depth)
        else:
            value = self._mapping(depth)
        if event.anchor is not None:
            self._anchors[event.anchor] = value, self._nodes - before + 1
        return value

    def _text(self, event: Any) -> str:
        """Return the text of a scalar, as Plain where YAML would not take it for text."""
        if event.implicit[0]:
            return scalar(event.value)
        return _typed(event.value, event.tag) if event.tag in _KNOWN_TAGS and len(event.tag) > 1 else event.value

    def _items(self, depth: int) -> list[Value]:
        items: list[Value] = []
        while type(event := next(self._events)) is not self._list_end:
            items.append(self._value(event, depth + 1))
        return items

    def _mapping(self, depth: int) -> dict[str, Value]:
        """Return names and values in order; of a name that occurs twice, the last value."""
        values: dict[str, Value] = {}
        inherited: dict[str, Value] = {}
        while type(event := next(self._events)) is not self._mapping_end:
            if type(event) is not self._scalar:
                raise FrontMatterError(event.start_mark.line + 1)
            self._count(event, 1, depth)
            name: str = event.value
            if event.anchor is not None:
                self._anchors[event.anchor] = name, 1
            value = self._value(next(self._events), depth + 1)
            if name == "<<" and (parents := _parents(value)):
                for parent in parents:
                    inherited = {**parent, **inherited}
                continue
            if name in values:
                self.problems.append(duplicate(name, event.start_mark.line + 1))
                self.repeated.append((name, values[name]))
            values[name] = value
            if depth == 0:
                self.lines[name] = event.start_mark.line + 1
        return {**inherited, **values} if inherited else values

    def _repeated(self, event: Any) -> Value:
        """Return the value that an alias stands for, counted as often as it is used."""
        if event.anchor not in self._anchors:
            raise FrontMatterError(event.start_mark.line + 1, alias=event.anchor)
        found = self._anchors[event.anchor]
        if found is None:
            raise FrontMatterError(event.start_mark.line + 1, limit="endless")
        value, nodes = found
        self._count(event, nodes, 0)
        return value

    def _count(self, event: Any, nodes: int, depth: int) -> None:
        self._nodes += nodes
        if self._nodes > MOST_NODES:
            raise FrontMatterError(event.start_mark.line + 1, limit="many")
        if depth > DEEPEST:
            raise FrontMatterError(event.start_mark.line + 1, limit="deep")


def _parents(value: Value) -> list[dict[str, Value]]:
    """Return the mappings that a merge key names, the strongest first; none if it is a name like any other."""
    parents = value if isinstance(value, list) else [value]
    mappings = [parent for parent in parents if isinstance(parent, dict)]
    return mappings if len(mappings) == len(parents) else []


def _tag(event: Any) -> Problem:
    name = event.tag.replace(_CORE, "!!")
    return Problem.of(
        "header-tag",
        f'"{name}" has no meaning here; only what follows it was read',
        f'delete "{name}", or put the whole value in quotation marks',
        line=event.start_mark.line + 1,
    )


def duplicate(name: str, line: int) -> Problem:
    """Return the warning that a name is set a second time."""
    return Problem.of(
        "header-duplicate-key",
        f'"{name}" appears twice; only the last one is used',
        "delete one of the two lines",
        line=line,
    )
