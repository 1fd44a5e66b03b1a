"""What the commands print: problems in the order of their files, progress on a terminal, and how they end."""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from operator import attrgetter
from pathlib import Path
from time import monotonic

import click

from storysite.build.result import BuildResult
from storysite.commands.terminal import is_dumb, say
from storysite.errors import StorysiteError, refused
from storysite.model.visibility import HiddenPost
from storysite.problems import MANY, Problem, Severity, errors_in, few_of_each, times
from storysite.source.excerpt import with_excerpt

_COUNTED = ("scheduled", "expired")
"""Why posts are not shown of which a long list tells nobody anything."""
_ENDING = "The existing site was left unchanged. Fix {wrong} and build again."
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}


def show_problems(problems: Iterable[Problem], folder: Path, *, verbose: bool = False) -> None:
    """Print problems to standard error: of each kind the first few, and how many more there are."""
    told, more = (sorted(problems), {}) if verbose else few_of_each(sorted(problems), _kind)
    for problem in told:
        place, *rest = str(with_excerpt(problem, folder)).split("\n")
        say(place, color=_COLOURS[problem.severity], error=True)
        say(*rest, error=True)
    for (severity, code), count in sorted(more.items(), reverse=True):
        text = f"… and {count:,} more like this  [{code}]  (--verbose shows all)"
        say(text, color=_COLOURS[severity], error=True)


def _kind(problem: Problem) -> tuple[Severity, str]:
    return problem.severity, problem.code


def show_hidden(posts: Sequence[HiddenPost], *, verbose: bool = False) -> None:
    """Print which posts are not shown and why: of each reason a few, of posts that wait or are over only how many."""
    told, more = (posts, {}) if verbose else few_of_each(posts, attrgetter("reason"))
    for post in told:
        if post.reason not in more or post.reason not in _COUNTED:
            say(f"{post.source} is not shown: it {post.sentence}")
    for reason, count in more.items():
        if reason in _COUNTED:
            days = sorted(post.appears for post in posts if post.reason == reason and post.appears)
            first = f", the first for {days[0]:%Y-%m-%d}" if days else ""
            what = f"{count + MANY:,} posts are not shown: they are {reason}{first}."
        else:
            what = f"… and {times(count, 'more file')} not shown for the same reason ({reason})."
        say(f"{what} To see their names, run storysite status.")


@contextmanager
def report_errors(
    folder: Path, *, strict: bool = False, verbose: bool = False, ending: str = _ENDING
) -> Iterator[None]:
    """Print what stops a command, and end with its exit code; nobody is shown a traceback for a fault of theirs."""
    try:
        yield
    except StorysiteError as error:
        show_problems(error.problems, folder, verbose=verbose)
        count = len(errors_in(error.problems, strict=strict))
        if error.exit_code == 1:
            wrong = "this problem" if count == 1 else f"these {count:,} problems"
            say(ending.format(wrong=wrong), bold=True, error=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        raise
    except OSError as error:
        show_problems([refused(error)], folder)
        sys.exit(1)


def show_work(result: BuildResult) -> None:
    """Print every page that was made, with the reason, and every file that was deleted."""
    for url, reason in result.made:
        say(f"/{url}: {reason}")
    for route in result.gone:
        say(f"/{route}: no longer part of the site")


class ProgressBar:
    """A progress line on a terminal, after a second of work; silent where output goes to a file or a CI log."""

    def __init__(self) -> None:
        self._began = monotonic()
        self._width = 0
        self._live = sys.stderr.isatty() and not is_dumb(os.environ)

    def __call__(self, what: str, done: int, whole: int) -> None:
        if self._live and monotonic() - self._began > 1:
            line = f"{what} {done} of {whole} …"
            click.echo("\r" + line.ljust(self._width), nl=False, err=True)  # blanks clear on every terminal
            self._width = len(line)

    def clear(self) -> None:
        """Take the line away."""
        if self._width:
            click.echo(f"\r{' ' * self._width}\r", nl=False, err=True)
            self._width = 0
