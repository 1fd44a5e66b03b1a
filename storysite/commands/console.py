"""What the commands print: problems in the order of their files, progress on a terminal, and how they end."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import click

from storysite.build.result import BuildResult
from storysite.errors import StorysiteError
from storysite.problems import Problem, Severity, errors_in
from storysite.source.excerpt import with_excerpt

MAX_REPEATED_WARNINGS = 5
"""Warnings of one code that are printed in full before the rest is counted; `--verbose` prints them all."""
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}


def show_problems(problems: Iterable[Problem], folder: Path, *, verbose: bool = False) -> None:
    """Print problems to standard error: all errors, and of the warnings of each kind the first few."""
    counts: dict[str, int] = {}
    for problem in sorted(problems):
        counts[problem.code] = counts.get(problem.code, 0) + 1
        if problem.severity is Severity.ERROR or verbose or counts[problem.code] <= MAX_REPEATED_WARNINGS:
            place, _, rest = str(with_excerpt(problem, folder)).partition("\n")
            click.secho(place, fg=_COLOURS[problem.severity], err=True)
            if rest:
                click.echo(rest, err=True)
    codes = {problem.code for problem in problems if problem.severity is not Severity.ERROR}
    for code in sorted(code for code in codes if counts[code] > MAX_REPEATED_WARNINGS and not verbose):
        click.secho(
            f"… and {counts[code] - MAX_REPEATED_WARNINGS} more like this  [{code}]  (--verbose shows all)",
            fg="yellow",
            err=True,
        )


@contextmanager
def report_errors(folder: Path, *, strict: bool = False, verbose: bool = False) -> Iterator[None]:
    """Print what stops a command, and end with its exit code; nobody is shown a traceback for a fault of theirs."""
    try:
        yield
    except StorysiteError as error:
        show_problems(error.problems, folder, verbose=verbose)
        count = len(errors_in(error.problems, strict=strict))
        if error.exit_code == 1:
            wrong = "this problem" if count == 1 else f"these {count} problems"
            click.secho(f"The existing site was left unchanged. Fix {wrong} and build again.", bold=True, err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        raise
    except OSError as error:
        what = f"{error.filename or 'a file'} cannot be read or written: {error.strerror or error}"
        show_problems([Problem.of("system", what)], folder)
        sys.exit(1)


def show_work(result: BuildResult) -> None:
    """Print every page that was made, with the reason, and every file that was deleted."""
    for url, reason in result.made:
        click.echo(f"/{url}: {reason}")
    for route in result.gone:
        click.echo(f"/{route}: no longer part of the site")


class ProgressBar:
    """A progress line on a terminal, after a second of work; silent where output goes to a file or a CI log."""

    def __init__(self) -> None:
        self._began = monotonic()
        self._shown = False
        self._live = sys.stderr.isatty()

    def __call__(self, what: str, done: int, whole: int) -> None:
        if self._live and monotonic() - self._began > 1:
            self._shown = True
            click.echo(f"\r\x1b[2K{what} {done} of {whole} …", nl=False, err=True)

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            click.echo("\r\x1b[2K", nl=False, err=True)


def times(count: int, one: str, many: str = "") -> str:
    """Return a number with the word for it: "1 post", "12 posts"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
