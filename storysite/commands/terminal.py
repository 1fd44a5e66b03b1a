"""What a terminal can show: letters and colors differ from one computer to the next, and none may stop a command."""

import codecs
import sys
import unicodedata
from collections.abc import Mapping
from io import TextIOWrapper

import click

from storysite.problems import escaped

_NEAREST = "storysite-nearest"
_SPELLED = {
    **dict.fromkeys("“”„«»″", '"'),
    **dict.fromkeys("‘’‚‹›′", "'"),
    **dict.fromkeys("–—−‐‑", "-"),
    **dict(zip("đĐłŁıøØ", "dDlLioO", strict=True)),
    **{"→": "->", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ß": "ss", "•": "*"},
}
"""Signs and letters that Unicode does not take apart."""


def settle_streams() -> None:
    """Let whatever is printed from now on be printed: in letters that come nearest to those a terminal does not have.

    Where output goes to a file or a pipe, Windows writes in the alphabets of one region alone.
    """
    codecs.register_error(_NEAREST, _nearest)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=_NEAREST)


def say(*lines: str, bold: bool | None = None, color: str | None = None, error: bool = False) -> None:
    """Print lines, to standard error if they tell of an `error`. Whatever a command says goes through here.

    Names of files and texts of others may be in them, so nothing in a line is a command to the terminal.
    """
    for line in lines:
        click.secho(escaped(line), bold=bold if line else None, fg=color, err=error)


def wants_colors(environment: Mapping[str, str]) -> bool:
    """Return whether a terminal may be sent colors: https://no-color.org, and terminals that say they know none."""
    return not environment.get("NO_COLOR") and not is_dumb(environment)


def is_dumb(environment: Mapping[str, str]) -> bool:
    """Return whether a terminal says that it only adds one line below another."""
    return environment.get("TERM") in ("dumb", "emacs")


def _nearest(error: UnicodeError) -> tuple[str, int]:
    """Return what stands for letters that an encoding does not have: `Bức thư` is `Buc thu`, and others are `?`."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    letters = error.object[error.start : error.end]
    return "".join(_spelled(letter, error.encoding) for letter in letters), error.end


def _spelled(letter: str, encoding: str) -> str:
    parts = (_SPELLED.get(part, part) for part in unicodedata.normalize("NFKD", letter))
    near = "".join(part.encode(encoding, "ignore").decode(encoding) for part in parts)
    return near or ("" if unicodedata.category(letter) in ("Mn", "Me", "Cf") else "?")
