"""The bytes of a file as clean text, so that every later stage meets only letters, tabs and line feeds."""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE

from storysite.front_matter.yaml import CONTROL, without_controls
from storysite.problems import Problem

_STRAY = re.compile("[\udc80-\udcff]")
"""What "surrogateescape" makes of a byte that is not UTF-8: U+DC00 and the byte."""

_WINDOWS_1252 = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}

_TOO_MANY = 0.3
"""The share of characters that no text has at which a file is taken for a photo: noise has more than half."""
_FEW = 8
"""So many of them are never too many, or a file that says only "été" would be none."""


def read_text(data: bytes, path: str) -> tuple[str, list[Problem]]:
    """Return the text of the file `path` and what was wrong with it.

    Lines end in a line feed alone. No control character but tab survives, above all not U+0001 and U+0002, which mark
    places in a text for other stages. A file that is no text at all is an error, and reads as "".
    """
    wide = data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    text = data.decode("utf-16", "replace") if wide else data.decode("utf-8", "surrogateescape")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii():
        text = text.lstrip("\ufeff").replace("\u2028", " ").replace("\u2029", " ")
    problems = [_encoding(text, 1, path, "UTF-16")] if wide else []
    strays, controls = _STRAY.findall(text), CONTROL.findall(text)
    if len(strays) + len(controls) > max(_FEW, _TOO_MANY * len(text)):
        return "", [_not_text(path)]
    if strays:
        line = _line(text, strays[0])
        text = text.translate(_WINDOWS_1252)
        problems.append(_encoding(text, line, path, "Windows-1252"))
    if controls:
        line = _line(text, controls[0])
        text = without_controls(text)
        problems.append(_removed(text, line, path))
    return text, problems


def _line(text: str, character: str) -> int:
    """Return the number, from 1, of the first line that holds `character`."""
    return text.count("\n", 0, text.index(character)) + 1


def _encoding(text: str, line: int, path: str, name: str) -> Problem:
    return Problem.of(
        "file-encoding",
        f"this file is not saved as UTF-8, and was read as {name}",
        "check that its accents and quotation marks are right, then save it again as UTF-8",
        path=path,
        line=line,
        excerpt=_excerpt(text, line),
    )


def _removed(text: str, line: int, path: str) -> Problem:
    return Problem.of(
        "file-control-characters",
        "this line has invisible characters that no page can show; they were removed",
        "delete the line and type it again: such characters come along when text is copied from other programs",
        path=path,
        line=line,
        excerpt=_excerpt(text, line),
    )


def _not_text(path: str) -> Problem:
    return Problem.of(
        "file-not-text",
        "this file is not text: it may be a photo or a document that was renamed",
        "change the ending of its name back, for example to .jpg or .docx, or save it as plain text (UTF-8)",
        path=path,
    )


def _excerpt(text: str, line: int) -> str:
    return text.split("\n", line)[line - 1]
