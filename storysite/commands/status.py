"""`storysite status`: what is published, drafted, scheduled, expired, skipped and broken, each by name."""

from pathlib import Path

import click

from storysite.build.open_site import open_site
from storysite.build.options import BuildOptions
from storysite.build.weight import first_day, weight_in_words
from storysite.commands.console import ProgressBar, report_errors, show_problems
from storysite.commands.terminal import say
from storysite.model.goodwill import goodwill
from storysite.problems import Severity, errors_in, times, with_severities
from storysite.source.ideas import read_plan
from storysite.tell.calendar import write_private_calendar
from storysite.tell.ledger import advice_lines, ask_lines, ledger_lines, year_lines
from storysite.tell.ledger_page import ledger_page
from storysite.tell.listening import unanswered
from storysite.tell.own_file import write_own
from storysite.tell.page import mark_of
from storysite.tell.promise import promise_lines
from storysite.tell.reading import summary

HEADINGS = {
    "private": "Not for the public",
    "draft": "Drafts",
    "scheduled": "Scheduled",
    "expired": "Expired",
    "broken": "Broken",
    "skipped": "Skipped",
    "copy": "Copies",
}

NOT_BUILT = "To see what the site weighs, run storysite build first."


@click.command()
@click.option("-v", "--verbose", is_flag=True, help="Show warnings as well.")
@click.option("--html", "file", type=click.Path(path_type=Path), help="Write the goodwill ledger to this file, too.")
@click.option(
    "--calendar",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write your own calendar, with drafts, plans and the days on which a story is due, to a file elsewhere.",
)
def status(*, verbose: bool, file: Path | None, calendar: Path | None) -> None:
    """List what is published, drafted, scheduled and skipped, and why."""
    folder = Path.cwd()
    options = BuildOptions(folder)
    bar = ProgressBar()
    with report_errors(folder), open_site(options, progress=bar) as found:
        bar.clear()
        index = found.site.index
        newest = max((post for post in index.originals if post.moment), key=lambda post: str(post.moment), default=None)
        last = f", the newest on {newest.date:%Y-%m-%d}: {newest.title}" if newest and newest.date else ""
        say(f"{times(len(index.posts), 'post')} published{last}", bold=True)
        for reason, heading in HEADINGS.items():
            posts = [post for post in found.hidden if post.reason == reason]
            if posts:
                say("", f"{heading} ({len(posts)})", bold=True)
            for post in sorted(posts, key=lambda post: (str(post.appears or ""), post.source)):
                say(f"  {post.source}{f' “{post.title}”' if post.title else ''} {post.sentence}")
        unlisted = [*index.unlisted_posts, *index.unlisted_pages]
        if unlisted:
            say("", f"Unlisted ({len(unlisted)}): only people who have the address find these", bold=True)
        for each in unlisted:
            say(f"  {each.source} “{each.title}” is at /{each.url}")
        ledger = goodwill(found.site)
        for lines in (ledger_lines(ledger), advice_lines(ledger), ask_lines(found.site), year_lines(found.site)):
            _say_section([*lines])
        for section in (unanswered(found), summary(found, folder)):
            _say_section(section)
        if file:
            write_own(file, ledger_page(found.site), mark_of("status"), folder=folder, output=options.target)
            say("", f"Written to {file}, for you alone.")
        ideas, problems = read_plan(folder)
        of_plan = with_severities(problems, found.config.problems)
        _say_section([*promise_lines(found, ideas)])
        if calendar:
            write_private_calendar(calendar, folder, found, ideas)
            say("", f"Your own calendar is in {calendar}. It has drafts and plans in it, so keep it to yourself.")
        weight = found.weight
        first, today = first_day(index.originals), found.now.date()
        say("", weight_in_words(weight, first, today) if weight.total else NOT_BUILT)
        show_problems(of_plan, folder, verbose=verbose)
        errors = [problem for problem in found.problems if problem.severity is Severity.ERROR]
        if errors or verbose:
            say("")
            show_problems(found.problems if verbose else errors, folder, verbose=verbose)
        elif any(problem.severity is Severity.WARNING for problem in found.problems):
            count = sum(problem.severity is Severity.WARNING for problem in found.problems)
            say("", f"{times(count, 'warning')}. To see them, run storysite status --verbose.")
        if errors or errors_in(of_plan):
            raise SystemExit(1)


def _say_section(lines: list[str]) -> None:
    """Print lines with their heading, the first of them, if there are any."""
    if lines:
        say("", lines[0], bold=not lines[0].startswith(" "))
        say(*lines[1:])
