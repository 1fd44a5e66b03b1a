"""Front matter in TOML, in JSON, and as the plain "Title: …" lines of Pelican, MultiMarkdown and Nikola."""

import re
from datetime import date, time
from typing import Any

from storysite.front_matter.yaml import (
    DEEPEST,
    LARGEST_NUMBER,
    MOST_NODES,
    FrontMatterError,
    Plain,
    Reading,
    Value,
    duplicate,
    scalar,
)
from storysite.problems import Problem

_META_LINE = re.compile(r"(?:\.\. )?([^\W\d][\w-]*(?: [\w-]+){0,3})[ \t]*:(?:[ \t]+(.*))?$")
_SET = re.compile(r"(?:^|[{,\[])[ \t]*+([\"']?)([^\"'=:.,\[\]{}]{1,80}?)\1[ \t]*+[=:.\]]")
"""A name as TOML and JSON set it: at the start of a line or behind a bracket or comma."""


def read_toml(source: str) -> Reading:
    """Return what TOML says; a date is its ISO text. Raises HeaderError if it is too large."""
    import tomllib

    try:
        values = tomllib.loads(source, parse_float=_float)
    except RecursionError:
        raise FrontMatterError(1, limit="deep") from None
    except ValueError as error:
        found = re.search(r"at line ([0-9]+)", str(error))
        return Reading({}, {}, [_unreadable(int(found[1]) if found else 1, "header-toml", "TOML")])
    return _reading(source, values)


def read_json(source: str) -> Reading | None:
    """Return what a JSON object says, its braces left out or not; None if it is no object."""
    import json

    bare = not source.lstrip().startswith("{")
    repeated: list[tuple[str, Any]] = []

    def one_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        values = dict(pairs)
        repeated.extend((name, value) for name, value in pairs if values[name] is not value)
        return values

    try:
        whole = "{" + source.rstrip().rstrip(",") + "}" if bare else source
        values = json.loads(whole, parse_int=_int, parse_float=_float, object_pairs_hook=one_each)
    except RecursionError:
        raise FrontMatterError(1, limit="deep") from None
    except ValueError as error:
        return Reading({}, {}, [_unreadable(getattr(error, "lineno", 1), "header-json", "JSON")])
    if not isinstance(values, dict):
        return None
    reading = _reading(source, values)
    reading.problems += [duplicate(name, reading.lines[name]) for name, _ in repeated if name in reading.lines]
    reading.repeated += [(name, _plain(value, 1, 0)[0]) for name, value in repeated]
    return reading


def read_meta(source: str) -> Reading:
    """Return what "Name: value" lines say; an indented line goes on with the value above it."""
    values: dict[str, Value] = {}
    lines: dict[str, int] = {}
    repeated: list[tuple[str, Value]] = []
    problems: list[Problem] = []
    name = ""
    for number, line in enumerate(source.split("\n"), start=1):
        found = _META_LINE.match(line.strip() if line.lstrip().startswith(".. ") else line)
        if found:
            name = found[1]
            if name in values:
                repeated.append((name, values[name]))
                problems.append(duplicate(name, number))
            values[name] = (found[2] or "").strip()
            lines[name] = number
        elif name and line.strip():
            values[name] = f"{values[name]} {line.strip()}".strip()
    return Reading({name: scalar(str(value)) for name, value in values.items()}, lines, problems, repeated)


def _reading(source: str, values: dict[str, Any]) -> Reading:
    """Return `values` as plain values, with the lines their names are on."""
    plain: dict[str, Value] = {}
    count = 0
    for name, value in values.items():
        plain[name], count = _plain(value, 1, count + 1)
    lines = _lines(source)
    return Reading(plain, {name: lines.get(name, 1) for name in plain}, [])


def _plain(value: object, depth: int, count: int) -> tuple[Value, int]:
    """Return `value`, as a JSON or TOML reader gives it, as plain values, and how many values were met so far."""
    count += 1
    if depth > DEEPEST or count > MOST_NODES:
        raise FrontMatterError(1, limit="deep" if depth > DEEPEST else "many")
    if isinstance(value, str):
        return value, count
    if isinstance(value, dict):
        values: dict[str, Value] = {}
        for name, item in value.items():
            values[name], count = _plain(item, depth + 1, count)
        return values, count
    if isinstance(value, list):
        items: list[Value] = []
        for item in value:
            plain, count = _plain(item, depth + 1, count)
            items.append(plain)
        return items, count
    return _text(value), count


def _text(value: object) -> str:
    """Return a scalar as text: a date in ISO form, what is no text as Plain."""
    if isinstance(value, date | time):
        return value.isoformat()
    if value is None or isinstance(value, bool):
        return Plain("null" if value is None else str(value).lower(), value)
    if isinstance(value, int) and value.bit_length() > LARGEST_NUMBER:
        return hex(value)
    return Plain(str(value), value) if isinstance(value, int | float) else str(value)


def _int(text: str) -> Plain:
    return Plain(text, int(text))


def _float(text: str) -> Plain:
    return Plain(text, float(text))


def _lines(source: str) -> dict[str, int]:
    """Return the first line of `source`, from 1, on which each name is set."""
    lines: dict[str, int] = {}
    for number, line in enumerate(source.split("\n"), start=1):
        for found in _SET.finditer(line):
            lines.setdefault(found[2], number)
    return lines


def _unreadable(line: int, code: str, name: str) -> Problem:
    return Problem.of(
        code,
        f"the front matter of this post is {name}, and cannot be read from this line on",
        "look for a missing quotation mark, comma or bracket on this line or the one above it",
        line=line,
    )
