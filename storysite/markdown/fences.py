"""Fences around code: where they end, and how Python-Markdown must find them written.

A fence that is not closed is code to the end of what it stands in (https://spec.commonmark.org/0.31.2/#fenced-code-blocks).
"""

import re
from collections.abc import Iterator, Sequence

_OPENS = re.compile(r"(?P<quotes>(?: {0,3}>)*)(?P<indent>[ ]{0,3})(?P<sign>`{3,}(?=[^`]*$)|~{3,})").match
_ITEM = re.compile(r" {0,3}(?:[-+*]|\d{1,9}[.)])\s").match
_QUOTES = re.compile(r" {0,3}>").match


def settle_fences(lines: list[str]) -> list[str]:
    """Return Markdown lines in which each fence outside of lists is closed, by a line like the one that opens it.

    Where nothing looks like a fence, that is the very list that was given. Time grows with the number of lines.
    """
    if not any("```" in line or "~~~" in line for line in lines):
        return lines
    written: list[str] = []
    place = 0
    while place < len(lines):
        found = _OPENS(lines[place])
        if found is None:
            written.append(lines[place])
            place += 1
            continue
        quotes, sign = found["quotes"], found["sign"]
        indent = max(0, len(found["indent"]) - bool(quotes))  # one blank belongs to the sign of a quotation
        margin = quotes + " " if quotes else ""
        if written and written[-1].strip(" >"):
            written.append(quotes)
        written.append(margin + lines[place][found.end("indent") :])
        place += 1
        depth = quotes.count(">")
        inside, place, closed = _inside(lines, place, depth, indent, sign)
        written += [margin + line if line or not quotes else quotes for line in inside]
        written.append(margin + sign)
        place += closed
        if place < len(lines) and lines[place].strip(" >"):
            written.append(quotes if lines[place].startswith(quotes) else "")
    return written


def _inside(lines: Sequence[str], start: int, depth: int, indent: int, sign: str) -> tuple[list[str], int, bool]:
    """Return the code in a fence, the place of the line below it, and whether that line closes the fence."""
    ends = re.compile(rf" {{0,3}}{re.escape(sign)}{sign[0]}*[ \t]*$").match
    code: list[str] = []
    for place in range(start, len(lines)):
        line = lines[place]
        for _ in range(depth):
            quote = _QUOTES(line)
            if quote is None:
                return code, place, False
            line = line[quote.end() :]
        if depth:
            line = line.removeprefix(" ")
        if ends(line):
            return code, place, True
        code.append(line[min(indent, len(line) - len(line.lstrip(" "))) :])
    return code, len(lines), False


def outside_code(lines: Sequence[str]) -> Iterator[int]:
    """Yield the places of the lines that stand in no fence and, as far as can be seen at once, in no indented code."""
    place = 0
    listed = apart = False
    while place < len(lines):
        line = lines[place]
        if found := _OPENS(line.lstrip()):
            ends = re.compile(rf"[ \t>]*{re.escape(found['sign'])}{found['sign'][0]}*[ \t]*$").match
            place = next((after for after in range(place + 1, len(lines)) if ends(lines[after])), len(lines))
        elif line.startswith(("    ", "\t")):
            if listed or not apart:
                yield place
        else:
            listed = _ITEM(line) is not None or (listed and not (line and apart))
            yield place
        apart = not line.strip() or (apart and line.startswith(("    ", "\t")))
        place += 1
