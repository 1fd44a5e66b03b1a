"""The front matter of a post, in any form that site generators know, apart from its text."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from storysite.front_matter.delimiters import LARGEST, Block, blocks_in, has_known_key
from storysite.front_matter.fields import folded
from storysite.front_matter.other_formats import read_json, read_meta, read_toml
from storysite.front_matter.repair import (
    join_at_colons,
    prose_follows,
    repair,
    repair_silently_truncated,
    unquote_curly,
)
from storysite.front_matter.yaml import FrontMatterError, Plain, Reading, Value, read_yaml, visible
from storysite.problems import Problem

_BOXES = {"taxonomies", "params", "extra"}
"""Where Zola and Hugo keep tags and what their themes read."""

__all__ = ["FrontMatter", "Plain", "Value", "split_front_matter"]


class FrontMatter(Struct):
    """What front matter says, on which lines of the file (from 1), and the text that follows it.

    `values` has the names as written, in their order; values are text (Plain where YAML would read something
    else), lists and dicts of them.
    """

    values: dict[str, Value]
    lines: dict[str, int]
    body: str
    body_line: int
    problems: list[Problem]
    repeated: list[tuple[str, Value]] = []
    """The values of names that others take the place of: they occur again, or stand outside of a box as well."""


def split_front_matter(text: str, path: str) -> FrontMatter:
    """Return front matter and body of the file `path`; without front matter, all of `text` is the body.

    What can be fixed is read with a warning. No line is lost: it is in a value, in the body, or in a problem.
    """
    for block in blocks_in(text):
        try:
            front_matter = _read(block)
        except FrontMatterError as fault:
            front_matter = _refused(block, fault)
        if front_matter is not None:
            if front_matter.problems:
                front_matter.problems = _placed(front_matter.problems, text, path)
            return front_matter
    return FrontMatter({}, {}, text, 1, [])


def _read(block: Block) -> FrontMatter | None:
    """Return the header in `block`, or None if it is none after all; problems are yet without path and excerpt."""
    if len(block.source.encode("utf-8", "replace")) > LARGEST:
        if block.form == "yaml" and not has_known_key(block.source):
            return None
        raise FrontMatterError(1, limit="long")
    reading = _READERS[block.form](block)
    if reading is None:
        return None
    front_matter = _header(block, reading)
    if not block.closed:
        front_matter.problems.insert(0, _not_closed(block))
    return front_matter


def _header(block: Block, reading: Reading) -> FrontMatter:
    """Return the header of `reading`, its lines counted in the file."""
    before = block.line - 1
    lines = {name: line + before for name, line in reading.lines.items()}
    problems = [replace(problem, line=problem.line + before) for problem in reading.problems]
    values = reading.values
    if "\\" in block.source:
        written = _with_blanks(reading.values)
        values = visible(written)
        if values != written:
            first = next(name for name in written if values.get(name) != written[name])
            problems.append(_removed(lines.get(first, block.line)))
    hidden = list(reading.repeated)
    for name in [name for name in values if folded(name) in _BOXES]:
        values, lines, covered = _unpacked(values, lines, name)
        hidden += covered
    problems += _twice(lines)
    return FrontMatter(values, lines, block.body, block.body_line, problems, hidden)


def _unpacked(
    values: dict[str, Value], lines: dict[str, int], box: str
) -> tuple[dict[str, Value], dict[str, int], list[tuple[str, Value]]]:
    """Return names and values with those in the `box`, which another program keeps apart, among them.

    Where a name stands outside of the box as well, that is the one that counts; the other comes last.
    """
    inside = values[box]
    if not isinstance(inside, dict):
        return values, lines, []
    known = {folded(name) for name in values}
    taken = {name: value for name, value in inside.items() if folded(name) not in known}
    kept = {name: value for name, value in values.items() if name != box}
    covered = [(name, value) for name, value in inside.items() if name not in taken]
    return {**kept, **taken}, {**lines, **dict.fromkeys(taken, lines.get(box, 0))}, covered


def _twice(lines: dict[str, int]) -> list[Problem]:
    """Return a warning for each name that differs from an earlier one only in capitals, or in what parts its words."""
    first: dict[str, str] = {}
    return [
        Problem.of(
            "header-duplicate-key",
            f'"{name}" and "{first[folded(name)]}" are the same setting; only the last one is used',
            "delete one of the two lines",
            line=line,
        )
        for name, line in lines.items()
        if first.setdefault(folded(name), name) != name
    ]


def _with_blanks(value: Any) -> Any:
    """Return `value` with a blank for each line end of Windows that was written with backslashes."""
    if isinstance(value, dict):
        return {name: _with_blanks(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_with_blanks(part) for part in value]
    return value.replace("\r\n", " ").replace("\r", " ") if type(value) is str and "\r" in value else value


def _yaml(block: Block) -> Reading | None:
    """Return what YAML says, fixed where it cannot be read; None if the lines are prose between two rules."""
    source, fixed = repair_silently_truncated(block.source)
    try:
        reading = read_yaml("---\n" + source)
        if reading is None and has_known_key(source):
            raise FrontMatterError(1)
    except FrontMatterError as fault:
        if fault.limit:
            raise FrontMatterError(fault.line - 1, limit=fault.limit) from None
        if not has_known_key(source) or (block.closed and prose_follows(source)):
            return None
        source, more = repair(source)
        fixed += more
        reading = read_yaml("---\n" + source)
    if reading is None:
        return None
    reading.lines = {name: line - 1 for name, line in reading.lines.items()}
    found = [replace(problem, line=problem.line - 1) for problem in reading.problems]
    reading.problems = fixed + found + unquote_curly(reading.values, reading.lines, block.source)
    reading.problems += join_at_colons(reading.values, reading.lines, block.source)
    return reading


_READERS: dict[str, Callable[[Block], Reading | None]] = {
    "yaml": _yaml,
    "toml": lambda block: read_toml(block.source),
    "json": lambda block: read_json(block.source),
    "meta": lambda block: read_meta(block.source),
}


def _refused(block: Block, fault: FrontMatterError) -> FrontMatter:
    """Return an empty header with the error that it is too large."""
    what = {
        "long": "the front matter is longer than 64 KiB",
        "deep": "the front matter has lists within lists, nested too deep to read",
        "many": "the front matter expands to more than 10,000 values",
        "endless": "the front matter has a value that contains itself",
    }[fault.limit]
    problem = Problem.of(
        "header-too-large",
        what,
        "move the text below the closing ---, or delete what is not needed",
        line=block.line + fault.line - 1,
    )
    return FrontMatter({}, {}, block.body, block.body_line, [problem])


def _removed(line: int) -> Problem:
    return Problem.of(
        "file-control-characters",
        "this line has invisible characters that no page can show; they were removed",
        "delete everything from the backslash to the next word",
        line=line,
    )


def _not_closed(block: Block) -> Problem:
    return Problem.of(
        "header-not-closed",
        "the front matter begins here but is not closed; the text starts at the first line that is not a setting",
        f"put a line with only {'+++' if block.form == 'toml' else '---'} between the settings and the text",
        line=block.line - 1,
    )


def _placed(problems: list[Problem], text: str, path: str) -> list[Problem]:
    """Return `problems` with the path and the lines they are about."""
    lines = text.split("\n", max(problem.line for problem in problems))
    return [
        replace(problem, path=path, excerpt=lines[problem.line - 1] if 0 < problem.line <= len(lines) else "")
        for problem in problems
    ]
