"""`storysite status`: what is published, drafted, scheduled, expired, skipped and broken, each by name."""

from pathlib import Path

import click

from storysite.build.open_site import open_site
from storysite.build.options import BuildOptions
from storysite.build.weight import first_day, weight_in_words
from storysite.commands.console import ProgressBar, report_errors, show_problems
from storysite.commands.terminal import say
from storysite.problems import Severity, times

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
def status(*, verbose: bool) -> None:
    """List what is published, drafted, scheduled and skipped, and why."""
    folder = Path.cwd()
    bar = ProgressBar()
    with report_errors(folder), open_site(BuildOptions(folder), progress=bar) as found:
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
        weight = found.weight
        first, today = first_day(index.originals), found.now.date()
        say("", weight_in_words(weight, first, today) if weight.total else NOT_BUILT)
        errors = [problem for problem in found.problems if problem.severity is Severity.ERROR]
        if errors or verbose:
            say("")
            show_problems(found.problems if verbose else errors, folder, verbose=verbose)
        elif any(problem.severity is Severity.WARNING for problem in found.problems):
            count = sum(problem.severity is Severity.WARNING for problem in found.problems)
            say("", f"{times(count, 'warning')}. To see them, run storysite status --verbose.")
        if errors:
            raise SystemExit(1)
