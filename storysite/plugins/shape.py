"""Whether a plugin is what it has to be, for a Struct that somebody else fills is not checked by anyone."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import convert, to_builtins
from msgspec.structs import replace

from storysite.errors import one_line
from storysite.model.theme import AddedPages
from storysite.plugins import Plugin, Step
from storysite.problems import CODES, Problem

_FOLDER = re.compile(r"(?!(con|prn|aux|nul|com\d|lpt\d)$)[a-z0-9][a-z0-9_-]{0,63}", re.IGNORECASE | re.ASCII).fullmatch
"""Names that a folder can have on every system."""


def faults_in(plugin: Plugin, home: Path | None) -> Iterator[str]:
    """Yield what is wrong with a plugin whose package lies in `home`, in words for the people who wrote it."""
    yield from _mapping("filters", plugin.filters, callable, "a function")
    yield from _mapping("keys", plugin.keys, callable, "a function")
    yield from _mapping("commands", plugin.commands, _is_place, "written as package.module:name")
    yield from _tuple("rules", plugin.rules, callable, "a function")
    yield from _tuple("pages", plugin.pages, _is_kind, "an AddedPages with words, a function, and names")
    yield from _tuple("steps", plugin.steps, _is_step, "a Step with words and functions")
    if plugin.templates is not None and not _is_inside(plugin.templates, home):
        yield "templates has to be a folder in its package"


def problems_of(found: Iterable[object] | None, *codes: str) -> list[Problem]:
    """Return the problems that a plugin returns, each on one line. Raises TypeError for what are none of `codes`."""
    problems = list(found or ())
    if not all(isinstance(each, Problem) and each.code in codes for each in problems):
        kinds = f"the code {codes[0]}" if len(codes) == 1 else "a code that there is"
        raise TypeError(f"it yields something other than problems of {kinds}")
    made = [convert(to_builtins(each), Problem) for each in problems]  # which looks at every field
    return [replace(each, what=one_line(each.what), hint=one_line(each.hint)) for each in made]


def _mapping(name: str, given: object, fits: Callable[[Any], bool], what: str) -> Iterator[str]:
    if not isinstance(given, Mapping) or not all(isinstance(key, str) and key.strip() for key in given):
        yield f"{name} has to be a mapping, with a name for each part"
    else:
        yield from (f"{name}: what {key} leads to has to be {what}" for key, value in given.items() if not fits(value))


def _tuple(name: str, given: object, fits: Callable[[Any], bool], what: str) -> Iterator[str]:
    if not isinstance(given, tuple):
        yield f"{name} has to be a tuple; one with a single part is written (part,)"
    elif not all(map(fits, given)):
        yield f"{name}: each has to be {what}"
    else:
        for step in (each for each in given if isinstance(each, Step)):
            if not _FOLDER(step.place):
                yield f'steps: "{step.place}" cannot be a folder; use letters of English, digits and hyphens'


def _is_place(value: object) -> bool:
    return (
        isinstance(value, str) and all(re.fullmatch(r"[\w.]+", part) for part in value.split(":", 1)) and ":" in value
    )


def _is_kind(value: object) -> bool:
    return (
        isinstance(value, AddedPages)
        and all(isinstance(text, str) and text for text in (value.name, value.template, value.what, value.url))
        and callable(value.make)
        and isinstance(value.names, tuple)
        and all(isinstance(name, str) and name.isidentifier() for name in value.names)
    )


def _is_step(value: object) -> bool:
    return (
        isinstance(value, Step)
        and all(isinstance(text, str) for text in (value.name, value.place, value.version))
        and callable(value.make)
        and callable(value.is_wanted)
        and value.code in CODES
    )


def _is_inside(folder: object, home: Path | None) -> bool:
    """Return whether a folder is one, and lies where an edit of it is seen."""
    if not isinstance(folder, Path) or home is None or not folder.is_dir():
        return False
    return folder.absolute().is_relative_to(home) or folder.resolve().is_relative_to(home.resolve())
