"""The setting `problems`: how grave each kind of problem is here, so that a librarian decides what stops a build."""

from collections.abc import Mapping

from storysite.errors import BadValue, did_you_mean
from storysite.problems import CODES, Severity

WORDS: Mapping[str, Severity | None] = {
    "error": Severity.ERROR,
    "warning": Severity.WARNING,
    "note": Severity.NOTE,
    "ignore": None,
}
"""What a code may be set to; None is what is not told at all."""


def read_severities(value: object) -> dict[str, Severity | None]:
    """Return what a site chose for each code. Raises BadValue."""
    if not isinstance(value, dict):
        raise BadValue("this needs problem codes, indented below it", "for example link-missing: error")
    return {str(code): _severity(str(code), str(word).strip().lower()) for code, word in value.items()}


def _severity(code: str, word: str) -> Severity | None:
    """Return what a word makes of a code; an error is a warning at the least, a fixed one always an error."""
    if code not in CODES:
        near = did_you_mean(code, CODES)
        hint = f"did you mean {near}?" if near else "the guide lists every code: content/pages/guide/problems.md"
        raise BadValue(f'there is no problem "{code}"', hint)
    if word not in WORDS:
        raise BadValue(f'{code} cannot be "{word}"', "write error, warning, note or ignore")
    if CODES[code].severity is Severity.ERROR and word != "error":
        if CODES[code].fixed:
            what = f"{code} always stops a build, because a site built anyway could be wrong or unsafe"
            raise BadValue(what, "delete the line, and fix what the message says")
        if word != "warning":
            what = f"{code} has to be at least a warning, because nobody would notice what it is about"
            raise BadValue(what, "write error or warning")
    return WORDS[word]
