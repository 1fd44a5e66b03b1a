"""`storysite build`: build the site in the current folder."""

from collections.abc import Sequence
from pathlib import Path

import click

from storysite.build import build_if_needed
from storysite.build.explain import explain_page
from storysite.build.options import BuildOptions
from storysite.build.result import BuildResult
from storysite.build.timings import Timings
from storysite.build.verify import differences_from_clean
from storysite.build.weight import is_heavy, weight_in_words
from storysite.commands.console import ProgressBar, report_errors, show_hidden, show_problems, show_work
from storysite.commands.terminal import say
from storysite.output.search_index import SEARCH_INDEX
from storysite.output.stale_steps import drop_unwanted, stale_steps
from storysite.output.steps import clear_steps, due_steps, take_step
from storysite.plugins import Step
from storysite.plugins.load import load_plugins
from storysite.problems import Problem, errors_in, times, with_severities
from storysite.source.settings import read_config


@click.command()
@click.option("-D", "--drafts", is_flag=True, help="Include drafts.")
@click.option("-F", "--future", is_flag=True, help="Include future posts.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the site to this folder instead of _site.")
@click.option("-s", "--strict", is_flag=True, help="Treat warnings as errors.")
@click.option("--base-url", metavar="URL", help="Use this site address instead of the one in storysite.yml.")
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(0, 256),
    default=0,
    metavar="N",
    help="How many processes to use. By default, one per core.",
)
@click.option("--clean", is_flag=True, help="Ignore the cache and rebuild everything.")
@click.option("--allow-deletions", is_flag=True, help="Let most of the stories go, if you deleted them yourself.")
@click.option("-n", "--dry-run", is_flag=True, help="Show what would change without writing anything.")
@click.option("--explain", metavar="ROUTE", help="Show what goes into a page and whether it would be rebuilt.")
@click.option("--verify", is_flag=True, help="After building, rebuild from scratch in a temporary folder and compare.")
@click.option("--timings", is_flag=True, help="Print how long each stage took.")
@click.option("-v", "--verbose", is_flag=True, help="List every rebuilt page with the reason, and print every problem.")
def build(  # noqa: PLR0913 -- one parameter for each option
    *,
    drafts: bool,
    future: bool,
    output: Path | None,
    strict: bool,
    base_url: str | None,
    jobs: int,
    clean: bool,
    allow_deletions: bool,
    dry_run: bool,
    explain: str | None,
    verify: bool,
    timings: bool,
    verbose: bool,
) -> None:
    """Build the site. Posts in content/posts become pages and feeds in _site."""
    folder = Path.cwd()
    options = BuildOptions(
        folder,
        output,
        base_url=base_url,
        drafts=drafts,
        future=future,
        strict=strict,
        clean=clean,
        dry_run=dry_run,
        allow_deletions=allow_deletions,
        jobs=jobs,
    )
    with report_errors(folder, strict=strict, verbose=verbose):
        if explain is not None:
            say(*explain_page(options, explain))
            return
        target = options.target.resolve()
        result, faults = build_with_steps(options)
        problems = [*result.problems, *faults]
        show_problems(problems, folder, verbose=verbose)
        one_by_one = [post for post in result.hidden if verbose or post.reason != "copy"]  # one warning tells of copies
        show_hidden(one_by_one, verbose=verbose)
        if verbose or dry_run:
            show_work(result)
        say(_summary(result, target, dry_run=dry_run), bold=True)
        if result.goodwill and not dry_run:
            say(f"Goodwill: {result.goodwill}.")
        if is_heavy(result.weight):
            say(weight_in_words(result.weight, result.first, result.since.date()))
        if timings:
            for name, seconds in result.seconds.items():
                say(f"{name:>10} {seconds:8.3f} s")
        if verify:
            _verify(options, target, _steps(result))
        if errors_in(problems):
            raise SystemExit(1)


def _verify(options: BuildOptions, output: Path, steps: Sequence[Step]) -> None:
    """Say whether the output is what a clean build gives, and what steps made of it; exit with 1 if not."""
    different, stale = differences_from_clean(options), stale_steps(output, steps)
    for route in different:
        say(f"/{route} differs from a clean build", color="red", error=True)
    for place in stale:
        say(f"/{place}/ was made of other pages than these; run storysite build again", color="red", error=True)
    if different:
        say(f"{times(len(different), 'file')} differ from a clean build.")
    elif not stale:
        say("Verified: a clean build gives the same files, byte for byte.")
    if different or stale:
        raise SystemExit(1)


def _steps(result: BuildResult) -> list[Step]:
    return [SEARCH_INDEX, *(step for plugin in load_plugins(result.plugins).values() for step in plugin.steps)]


def build_with_steps(options: BuildOptions) -> tuple[BuildResult, list[Problem]]:
    """Build, and take the steps that follow, while somebody watches; return the result, and what went wrong in them."""
    bar, faults = ProgressBar(), list[Problem]()

    def afterwards(result: BuildResult) -> None:
        if not options.dry_run:
            faults.extend(_take_steps(options.target.resolve(), result, options.folder))

    result = build_if_needed(
        options,
        progress=bar,
        afterwards=afterwards,
        waiting=lambda: say("Another build of this site is running. Waiting for it to finish …", error=True),
    )
    bar.clear()
    return result, faults


def _take_steps(output: Path, result: BuildResult, folder: Path) -> list[Problem]:
    """Take the steps that are due, count their seconds, and return what went wrong, as grave as the site wants it.

    What an earlier build made is taken away where it is of other pages, for somebody may have withdrawn one.
    """
    steps = _steps(result)
    clear_steps(output, steps)
    drop_unwanted(output, steps)
    problems: list[Problem] = []
    for step in due_steps(output, result.edition, steps):
        watch = Timings()
        problems += take_step(step, output, result.edition)
        watch.lap(step.place)
        result.seconds.update(watch.laps)
    return with_severities(problems, read_config(folder)[0].problems) if problems else []


def _summary(result: BuildResult, output: Path, *, dry_run: bool) -> str:
    unlisted = f" ({result.unlisted:,} more unlisted)" if result.unlisted else ""
    shown = f"{times(result.posts, 'post')}{unlisted} on {times(result.pages, 'page')}"
    made = times(len(result.made), "page")
    if dry_run:
        return f"{shown}: {made} would be rebuilt, {times(len(result.gone), 'file')} deleted. Nothing was written."
    files = f"{result.written:,} written, {len(result.gone):,} deleted"
    return f"{shown} in {output}: {made} built, {files} ({sum(result.seconds.values()):.1f} s)."
