"""What storysite stops for: exceptions that carry Problems, for a command to print.

StorysiteError              anything storysite stops for, carrying Problems
├── UsageError              the command line or the folder cannot be used (exit code 2)
└── ProblemsFound           the archive has errors; the last good site stays (exit code 1)

BadValue                    one value cannot be used; whoever knows where it stands makes a Problem of it
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from storysite.problems import Problem, errors_in

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class StorysiteError(Exception):
    """Anything storysite stops for."""

    exit_code = 1

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type["StorysiteError"], tuple[object]]:
        """Return what makes the same exception in the process that this one helps."""
        return type(self), (self.problems,)


class UsageError(StorysiteError):
    """The command line or the folder it names cannot be used."""

    exit_code = 2


class ProblemsFound(StorysiteError):
    """The archive has errors that must be fixed before a site can be made of it."""


class BadValue(Exception):
    """A value cannot be used: `what` is wrong with it, and the `hint` is how to fix it; either may end a sentence.

    `where` is a word of the line that is meant, if the value has several.
    """

    def __init__(self, what: str, hint: str = "", *, where: str = "") -> None:
        self.what, self.hint, self.where = what, hint, where
        super().__init__(what)


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


def one_line(text: str) -> str:
    """Return a text of others as it may be printed: on one line, and without control characters."""
    return " ".join(_CONTROLS.sub(" ", text).split())


def refused(error: OSError) -> Problem:
    """Return the problem that the system refused something."""
    return Problem.of("system", f"{error.filename or 'a file'} cannot be read or written: {error.strerror or error}")


def words_of(error: BaseException) -> str:
    """Return in one line what a stranger's code raised, whatever it is. A Ctrl-C, which is none, is raised again."""
    if isinstance(error, KeyboardInterrupt):
        raise error
    try:
        words = one_line(str(error))[:300]
    except Exception:  # its own words fail
        words = ""
    return f"{type(error).__name__}: {words}" if words else type(error).__name__


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return the one of `known` that `word` was probably meant to be, or "" when none is near."""
    from difflib import get_close_matches  # only wanted when something is wrong

    return next(iter(get_close_matches(word.lower(), known, n=1, cutoff=0.75)), "")
