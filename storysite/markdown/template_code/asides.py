"""Notes and folds as Markdown programs write them → marks around their text: `!!! note`, `> [!NOTE]`, `::: tip`."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from storysite.markdown.template_code.marks import Mark, Marks
from storysite.markdown.template_code.pieces import Piece, Setting
from storysite.markdown.template_code.texts import NOTE_NAMES, aside, fold

_SIGNS = ("!!!", "???", "[!", ":::")
"""One of these is in every text that has a note in it."""
_FENCE = re.compile(r"[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*(?P<ticks>`{3,}|~{3,})[^`\n]*$").match
_ADMONITION = re.compile(
    r"""(?P<indent>[ \t]*)(?P<sign>!!!|\?\?\?\+?)(?:[ ]?(?P<kind>[A-Za-z][\w-]*)|(?<=[?+])(?=[ ]["'“]))
    (?P<more>(?:[ ]+[\w-]+)*?)
    (?:[ ]+(?P<quote>["'“])(?P<title>[^\n]*?)["'”])?[ \t]*$""",
    re.VERBOSE,
).match
_ALERT = re.compile(
    r"(?P<indent>[ \t]*)>[ \t]*\[!(?P<kind>[A-Za-z][\w-]*)(?:\|[^\]]*)?\](?P<fold>[+-]?)[ \t]*(?P<title>[^\n]*)$"
).match
_COLONS = re.compile(
    r"(?P<indent>[ ]{0,3})(?P<sign>:{3,})[ \t]*(?:\{[ ]*)?(?:\.?callout-)?\.?"
    r"(?P<kind>[A-Za-z][\w-]*)(?P<attributes>[^}\n]*\})?[ \t]*"
    r"(?:\[(?P<boxed>[^\]\n]*)\]|(?P<title>[^\n{}]*))$"
).match
_LISTED = re.compile(r"[ \t]*(?:[-+*]|\d{1,9}[.)])[ \t]").match
_FARTHEST = 200
"""Lines above a line in which the item that it belongs to is looked for."""
_DEEPEST = 10
"""Notes in notes that are followed."""


class _Aside(NamedTuple):
    """A note that was read: what makes its piece, how far it is indented, its text, and the line behind it."""

    make: Callable[[Setting], Piece]
    indent: str
    body: list[str]
    end: int


def mark_asides(source: str, setting: Setting, marks: Marks) -> str:
    """Return Markdown with a mark where each note or fold begins and ends, and its text between these as it is."""
    if not any(sign in source for sign in _SIGNS):
        return source
    return "\n".join(_marked(source.split("\n"), setting, marks, 0))


def _marked(lines: Sequence[str], setting: Setting, marks: Marks, depth: int) -> list[str]:
    written: list[str] = []
    endless: set[int] = set()
    place = 0
    while place < len(lines):
        line = lines[place]
        if fence := _FENCE(line):
            end = _fence_end(lines, place, fence["ticks"])
            written += lines[place:end]
            place = end
            continue
        read = None
        if depth < _DEEPEST:
            read = _admonition(lines, place) or _alert(lines, place) or _container(lines, place, endless)
        if read is None:
            written.append(line)
            place += 1
            continue
        piece, indent, body, end = read.make(setting), *read[1:]
        source = line.strip()
        opening = marks.add(Mark(source, piece.html, block=True))
        closing = marks.add(Mark("", piece.closing, block=True))
        inside = _marked(body, setting, marks, depth + 1)
        text = [indent + each if each.strip() else "" for each in inside]
        written += ["", indent + opening, "", *text, "", indent + closing, ""]
        place = end
    return written


def _fence_end(lines: Sequence[str], place: int, ticks: str) -> int:
    ends = re.compile(rf"[ \t>]*{ticks[0]}{{{len(ticks)},}}[ \t]*$")
    return next((number + 1 for number in range(place + 1, len(lines)) if ends.match(lines[number])), len(lines))


def _admonition(lines: Sequence[str], place: int) -> _Aside | None:
    """Read `!!! note "Title"` with the text that is indented below it; a sentence after `!!!` is a sentence."""
    found = _ADMONITION(lines[place]) if "!!!" in lines[place] or "???" in lines[place] else None
    if found is None or (found["more"] and not found["quote"]):
        return None
    indent = found["indent"].expandtabs(4)
    if len(indent) >= 4 and not in_item(lines, place, len(indent)):
        return None
    body, end = _indented(lines, place + 1, len(indent) + 4)
    if not body:
        return None
    kind, title = found["kind"] or "", found["title"]
    if found["sign"].startswith("?"):
        opened = found["sign"].endswith("+")
        return _Aside(
            lambda setting: fold(title or "", setting, kind.lower(), opened=opened), found["indent"], body, end
        )
    return _Aside(lambda setting: aside(kind, title, setting), found["indent"], body, end)


def in_item(lines: Sequence[str], place: int, indent: int) -> bool:
    """Return whether a line that is indented by four or more belongs to an item of a list."""
    for number in range(place - 1, max(-1, place - _FARTHEST), -1):
        line = lines[number].expandtabs(4)
        if line.strip() and (before := len(line) - len(line.lstrip())) < indent:
            if _LISTED(line):
                return True
            if not before:
                return False
            indent = before
    return False


def _indented(lines: Sequence[str], place: int, columns: int) -> tuple[list[str], int]:
    """Return the lines from `place` on that are indented so far, without that, and where they end."""
    body: list[str] = []
    end = place
    for number in range(place, len(lines)):
        line = lines[number].expandtabs(4)
        if line.strip():
            if not line.startswith(" " * columns):
                break
            end = number + 1
        body.append(line[columns:] if line.strip() else "")
    return body[: end - place], end


def _alert(lines: Sequence[str], place: int) -> _Aside | None:
    """Read a quotation that begins with `[!NOTE]`: GitHub's alerts, Obsidian's callouts."""
    found = _ALERT(lines[place]) if "[!" in lines[place] else None
    if found is None or (place and lines[place - 1].lstrip().startswith(">")):
        return None
    indent = found["indent"].expandtabs(4)
    if len(indent) >= 4 and not in_item(lines, place, len(indent)):
        return None
    end = place + 1
    while end < len(lines) and lines[end].lstrip().startswith(">"):
        end += 1
    body = [re.sub(r"^[ \t]*>[ ]?", "", line) for line in lines[place + 1 : end]]
    kind, title, folded = found["kind"], found["title"].strip(), found["fold"]
    if folded:
        opened = folded == "+"
        return _Aside(lambda setting: fold(title, setting, kind.lower(), opened=opened), found["indent"], body, end)
    return _Aside(lambda setting: aside(kind, title or None, setting), found["indent"], body, end)


def _container(lines: Sequence[str], place: int, endless: set[int]) -> _Aside | None:
    """Read `::: tip` up to `:::`, where the word is one for notes; signs of which no end comes are `endless`."""
    found = _COLONS(lines[place]) if ":::" in lines[place] else None
    if found is None or found["kind"].lower() not in (*NOTE_NAMES, "details") or len(found["sign"]) in endless:
        return None
    ends = re.compile(rf"[ ]{{0,3}}{found['sign'][0]}{{3,{len(found['sign'])}}}[ \t]*$")
    end = next((number for number in range(place + 1, len(lines)) if ends.match(lines[number])), None)
    if end is None:
        endless.add(len(found["sign"]))
        return None
    given = re.search(r"title=[\"“]([^\"”]*)", found["attributes"] or "")
    kind, title = found["kind"], (found["boxed"] or found["title"] or "").strip().strip("\"'")
    title = title or (given[1] if given else "")
    body = list(lines[place + 1 : end])
    if kind.lower() == "details":
        return _Aside(lambda setting: fold(title, setting), found["indent"], body, end + 1)
    return _Aside(lambda setting: aside(kind, title or None, setting), found["indent"], body, end + 1)
