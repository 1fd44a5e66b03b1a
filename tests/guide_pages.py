"""The pages of the guide taken apart, and the problems that the sources of the program name, to be compared."""

import re
from collections.abc import Iterable
from datetime import time
from pathlib import Path

import storysite
from storysite.source.entry import ReadSettings

PACKAGE = Path(storysite.__file__).parent
GUIDE = PACKAGE.parent / "content" / "pages" / "guide"
RULES = ReadSettings("UTC", time(6), "en", "", "/{year}/{month}/{slug}/")
_FENCED = re.compile(r"^(```|~~~).*?^\1$", re.DOTALL | re.MULTILINE)
_BETWEEN_CELLS = re.compile(r"\|(?=(?:[^`]*`[^`]*`)*[^`]*$)")
"""The bars of a table row that stand outside of code."""


def page(name: str) -> str:
    """Return the text of a page of the guide."""
    return (GUIDE / f"{name}.md").read_text("utf-8")


def sections(text: str, level: int) -> dict[str, str]:
    """Return what stands below each heading of a level, by the heading's words; code fences hide no heading."""
    found: dict[str, list[str]] = {}
    here: list[str] = []
    fenced = False
    for line in text.split("\n"):
        fenced ^= line.startswith(("```", "~~~"))
        heading = re.match(r"(#+) (.*)", line)
        if heading and not fenced and len(heading[1]) <= level:
            here = found.setdefault(heading[2].replace("`", "").strip(), []) if len(heading[1]) == level else []
        else:
            here.append(line)
    return {name: "\n".join(lines) for name, lines in found.items()}


def rows(text: str) -> list[list[str]]:
    """Return the cells of every table row in a text, but those of the heading rows."""
    lines = [line for line in _FENCED.sub("", text).split("\n") if line.startswith("|")]
    marks = {number for number, line in enumerate(lines) if re.fullmatch(r"[|:\- ]+", line)}
    kept = [line for number, line in enumerate(lines) if number not in marks and number + 1 not in marks]
    return [[cell.strip() for cell in _BETWEEN_CELLS.split(line.strip()[1:-1])] for line in kept]


def add_rows(name: str, heading: str, added: Iterable[str]) -> None:
    """Write rows at the end of the table that stands below a heading of a page."""
    lines = page(name).split("\n")
    place = lines.index(heading)
    place += next(number for number, line in enumerate(lines[place:]) if line.startswith("|"))
    while lines[place].startswith("|"):
        place += 1
    lines[place:place] = added
    (GUIDE / f"{name}.md").write_text("\n".join(lines), "utf-8")


def code_in(text: str) -> list[str]:
    """Return what a text shows as code."""
    return re.findall(r"`([^`]+)`", text)


def fences(text: str, language: str) -> list[str]:
    """Return the code examples of a language in a text."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
