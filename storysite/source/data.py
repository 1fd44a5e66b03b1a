"""The files under data/ that themes may name: YAML, JSON and CSV as plain values."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from storysite.front_matter.fields import typed
from storysite.front_matter.yaml import FrontMatterError, read_any, visible
from storysite.problems import Problem, errors_in
from storysite.source.encoding import read_text
from storysite.source.tables import read_table

TABLES = ("csv", "tsv")
ENDINGS = ("yml", "yaml", "json", *TABLES)
LARGEST = 5 * 1024 * 1024
"""Bytes in a data file."""


def read_data(folder: Path, paths: Iterable[str]) -> tuple[dict[str, Any], list[Problem]]:
    """Return the data files by name without ending (`data/hours.yml` is `data.hours`) and what is wrong with them."""
    found: dict[str, Any] = {}
    first: dict[str, str] = {}
    problems: list[Problem] = []
    for path in sorted(paths):
        name, _, ending = path.removeprefix("data/").rpartition(".")
        try:
            data = (folder / path).read_bytes()
        except FileNotFoundError:  # it went away since it was seen
            continue
        except OSError as error:
            problems.append(Problem.of("file-unreadable", f"this file cannot be read: {error.strerror}", path=path))
            continue
        if ending.lower() not in ENDINGS or len(data) > LARGEST:
            what = "this is not a data file that themes can use"
            problems.append(Problem.of("data-unknown", what, "use .yml, .json or .csv, up to 5 MB", path=path))
            continue
        if first.setdefault(name, path) != path:
            what = f'this file is not used, because {first[name]} has the same name: both would be data["{name}"]'
            problems.append(Problem.of("data-twice", what, "rename one of them, or delete it", path=path))
            continue
        text, found_problems = read_text(data, path)
        problems += found_problems
        try:
            if ending.lower() in TABLES:
                table, found_problems = read_table(text, path)
                shown = text.split("\n")  # for the file may be in another encoding than others read it in
                problems += [replace(problem, excerpt=shown[problem.line - 1]) for problem in found_problems]
                if not errors_in(found_problems):
                    found[name] = table
            elif ending.lower() == "json":
                found[name] = visible(json.loads(text))
            else:
                found[name] = typed(visible(read_any(text)))
        except (ValueError, RecursionError, FrontMatterError) as error:
            line = error.line if isinstance(error, FrontMatterError) else getattr(error, "lineno", 0)
            what, hint = "this data cannot be read from here on", "compare it with a data file that works"
            problems.append(Problem.of("data-broken", what, hint, path=path, line=line))
    return found, problems
