"""content/plan.yml → ideas: a list of what could be told, each a line of words or with a date, a kind and a note."""

import re
from collections.abc import Iterator
from datetime import UTC, date, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from storysite.errors import BadValue, did_you_mean
from storysite.front_matter.dates import read_moment
from storysite.front_matter.fields import is_empty, plain_text
from storysite.front_matter.yaml import FrontMatterError, read_any, visible
from storysite.model.ideas import PlannedIdea
from storysite.model.post import KINDS
from storysite.problems import Problem
from storysite.source.encoding import read_text
from storysite.source.scan import PLANS

KEYS = ("idea", "date", "kind", "note")
_ALSO = {
    "title": "idea",
    "what": "idea",
    "name": "idea",
    "story": "idea",
    "day": "date",
    "when": "date",
    "notes": "note",
}
_HINT = "each idea is a line that begins with a dash and a space, for example - Ten books for the break"
_LARGEST = 1_000_000
"""Bytes of a plan: ten thousand ideas."""
_LONGEST = 500
"""Characters of an idea or its note that are shown."""
_NOON = time(12)


def read_plan(folder: Path) -> tuple[list[PlannedIdea], list[Problem]]:
    """Return the ideas of a site's plan, in its order, and what of it cannot be read; none if there is no plan."""
    for path in PLANS:
        try:
            with open(folder / path, "rb") as opened:
                data = opened.read(_LARGEST + 1)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            what = f"the plan cannot be read: {error.strerror}"
            return [], [Problem.of("plan-unread", what, "check that you have permission to read it", path=path)]
        if len(data) > _LARGEST:
            return [], [Problem.of("plan-unread", "the plan is larger than 1 MB", "keep only ideas in it", path=path)]
        return _read(path, data)
    return [], []


def _read(path: str, data: bytes) -> tuple[list[PlannedIdea], list[Problem]]:
    text, problems = read_text(data, path)
    try:
        value = visible(read_any(text))
    except FrontMatterError as error:
        what = "the plan cannot be read from here on, so none of its ideas is shown"
        return [], [*problems, _problem(path, what, _HINT, text, error.line)]
    if isinstance(value, dict) and len(value) == 1 and not value.keys() & {*KEYS, *_ALSO}:
        value = next(iter(value.values()))  # a list below a name, such as ideas:
    if is_empty(value):
        return [], problems
    if not isinstance(value, list):
        return [], [*problems, _problem(path, "the plan is not a list of ideas", _HINT, text, 1)]
    lines = list(_lines_of_items(text))
    ideas = []
    for number, item in enumerate(value):
        line = lines[number] if len(lines) == len(value) else 0
        idea, wrong = _idea(item, line)
        problems += [_problem(path, error.what, error.hint, text, _line_of(error.where, text, line)) for error in wrong]
        if idea:
            ideas.append(idea)
    return ideas, problems


def _idea(item: object, line: int) -> tuple[PlannedIdea | None, list[BadValue]]:
    """Return an idea as far as it can be read, None if it has no words, and what is wrong with it."""
    if is_empty(item):
        return None, []
    if isinstance(item, list):
        return None, [BadValue("an idea is one line of words, and this is a list", _HINT)]
    if not isinstance(item, dict):
        return PlannedIdea(_short(item), line=line), []
    if len(item) == 1 and not {*KEYS, *_ALSO} & {name.strip().lower() for name in item}:
        return PlannedIdea(_short(": ".join(map(plain_text, *item.items()))), line=line), []  # words with a colon
    wrong: list[BadValue] = []
    given: dict[str, Any] = {}
    for name, value in item.items():
        key = _ALSO.get(name.strip().lower(), name.strip().lower())
        if key in KEYS:
            given.setdefault(key, value)
        else:
            near = did_you_mean(key, (*KEYS, *_ALSO))
            hint = f"did you mean {near}?" if near else f"an idea has {', '.join(KEYS[:-1])} and {KEYS[-1]}"
            wrong.append(BadValue(f'an idea has no "{name[:60]}"', hint, where=name))
    title = _short(given.get("idea", ""))
    if not title:
        return None, [*wrong, BadValue("this idea has no words", "write what could be told after idea:")]
    day, kind = None, _short(given.get("kind", "")).lower()
    if not is_empty(given.get("date")):
        try:
            day = _day(plain_text(given["date"]))
        except BadValue as error:
            wrong.append(BadValue(error.what, error.hint, where=_written(item, "date")))
    if kind and kind not in KINDS:
        near = did_you_mean(kind, KINDS)
        hint = f"did you mean {near}?" if near else f"the kinds are {', '.join(KINDS)}"
        wrong.append(BadValue(f'there is no kind "{kind[:60]}"', hint, where=_written(item, "kind")))
        kind = ""
    return PlannedIdea(title, day, kind, _short(given.get("note", "")), line), wrong


def _written(item: dict[str, Any], key: str) -> str:
    """Return a key as an item has it."""
    return next(name for name in item if name.strip().lower() in (key, *(also for also in _ALSO if _ALSO[also] == key)))


def _day(text: str) -> date:
    return read_moment(text, zone=ZoneInfo("UTC"), clock=_NOON).at.astimezone(UTC).date()


def _short(value: object) -> str:
    text = " ".join(plain_text(value).split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _problem(path: str, what: str, hint: str, text: str, line: int) -> Problem:
    lines = text.split("\n")
    excerpt = lines[line - 1] if 0 < line <= len(lines) else ""
    return Problem.of("plan-unread", what, hint, path=path, line=line, excerpt=excerpt)


def _lines_of_items(text: str) -> Iterator[int]:
    """Yield the number of each line that begins an item of the outermost list."""
    found = [(len(match[1]), number) for number, line in enumerate(text.split("\n"), 1) if (match := _ITEM(line))]
    outermost = min((indent for indent, _ in found), default=0)
    yield from (number for indent, number in found if indent == outermost)


_ITEM = re.compile(r"( *)-(?=\s|$)").match


def _line_of(key: str, text: str, line: int) -> int:
    """Return the number of the line of an item, which begins at `line`, on which it has `key`; else `line`."""
    if not key or not line:
        return line
    for number, each in enumerate(text.split("\n")[line - 1 :], line):
        if number > line and not each[:1].isspace() and each.strip():
            break
        if re.match(rf"[\s-]*[{{\"']?{re.escape(key)}[\"']?\s*:", each):
            return number
    return line
