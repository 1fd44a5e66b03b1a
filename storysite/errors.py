"""Problems: what is wrong, where, and how to mend it, as values until a command prints them.

StorysiteError              anything storysite stops for, carrying Problems
├── UsageError              the command line or the folder cannot be used (exit code 2)
└── ProblemsFound           the archive has errors; the last good site stays (exit code 1)

BadValue                    one value cannot be used; whoever knows where it stands makes a Problem of it
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import IntEnum

from msgspec import Struct


class Severity(IntEnum):
    """How much a Problem matters: an error stops the build, a warning does not, a note is only said."""

    NOTE = 0
    WARNING = 1
    ERROR = 2


class Problem(Struct, frozen=True, order=True):
    """One thing that is wrong, in words for the person who wrote the file.

    `path` is relative to the site's folder, in POSIX form; `line` counts from 1, 0 when no line is
    to blame; `excerpt` is that line as it stands in the file; `code` is explained in the guide.
    """

    path: str
    line: int
    code: str
    what: str
    hint: str = ""
    excerpt: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """The problem as it is printed: place, sentence and code, then the line, then the hint."""
        place = self.path + (f":{self.line}" if self.line else "")
        label = "" if self.severity is Severity.ERROR else f"{self.severity.name.lower()}: "
        lines = [f"{place}: {label}{self.what}  [{self.code}]" if place else f"{label}{self.what}  [{self.code}]"]
        if self.excerpt.strip():
            lines.append(f"{self.line:>5} | {_printable(self.excerpt)}")
        if self.hint:
            lines.append(f"    hint: {self.hint}")
        return "\n".join(lines)


class StorysiteError(Exception):
    """Anything storysite stops for."""

    exit_code = 1

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class UsageError(StorysiteError):
    """The command line or the folder it names cannot be used."""

    exit_code = 2


class ProblemsFound(StorysiteError):
    """The archive has errors that must be mended before a site can be made of it."""


class BadValue(Exception):
    """A value cannot be used: `what` is wrong with it, and the `hint` is how to mend it; either may end a sentence."""

    def __init__(self, what: str, hint: str = "") -> None:
        self.what, self.hint = what, hint
        super().__init__(what)


def errors_in(problems: Iterable[Problem], *, strict: bool = False) -> Sequence[Problem]:
    """Return the problems that stop a build: errors, and warnings too when `strict`."""
    bound = Severity.WARNING if strict else Severity.ERROR
    return [problem for problem in problems if problem.severity >= bound]


@contextmanager
def including_problems(problems: Iterable[Problem]) -> Iterator[None]:
    """Add `problems` to those that stop the block, so that all are known after one run."""
    try:
        yield
    except ProblemsFound as error:
        raise ProblemsFound(sorted([*problems, *error.problems])) from None


def raise_if_errors(problems: Sequence[Problem], *, strict: bool = False) -> None:
    """Raise ProblemsFound with all `problems` if any of them stops a build."""
    if errors_in(problems, strict=strict):
        raise ProblemsFound(sorted(problems))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return the one of `known` that `word` was probably meant to be, or "" when none is near."""
    from difflib import get_close_matches  # only wanted when something is wrong

    return next(iter(get_close_matches(word.lower(), known, n=1, cutoff=0.75)), "")


def _printable(line: str, width: int = 120) -> str:
    """Return `line` safe for a terminal: no control characters, no longer than `width`."""
    text = "".join(character if character.isprintable() else " " for character in line.rstrip("\r\n"))
    return text if len(text) <= width else text[: width - 1] + "…"
