"""`storysite build`: make the site in the current folder."""

from pathlib import Path

import click

from storysite.build import outcome
from storysite.commands.screen import Bar, show_problems, show_work, times, told_plainly
from storysite.explain import explained
from storysite.order import Order
from storysite.outcome import Outcome
from storysite.search import index, is_due
from storysite.stopwatch import Stopwatch
from storysite.verify import differences


@click.command()
@click.option("-D", "--drafts", is_flag=True, help="Show drafts too.")
@click.option("-F", "--future", is_flag=True, help="Show posts of days to come too.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the site to this folder instead of _site.")
@click.option("-s", "--strict", is_flag=True, help="Take warnings for errors.")
@click.option("--base-url", metavar="URL", help="The site's address, instead of the one in storysite.yml.")
@click.option(
    "-j", "--jobs", type=click.IntRange(0, 256), default=0, metavar="N", help="Processes to use; all cores by default."
)
@click.option("--clean", is_flag=True, help="Forget what is remembered, and make everything anew.")
@click.option("-n", "--dry-run", is_flag=True, help="Only say what would be done.")
@click.option("--explain", metavar="ROUTE", help="Say what a page is made of and whether it would be made again.")
@click.option("--verify", is_flag=True, help="Afterwards make the whole site a second time elsewhere, and compare.")
@click.option("--timings", is_flag=True, help="Say how long each stage took.")
@click.option("-v", "--verbose", is_flag=True, help="Name every page with the reason it was made, and every warning.")
def build(  # noqa: PLR0913 -- one parameter for each option
    *,
    drafts: bool,
    future: bool,
    output: Path | None,
    strict: bool,
    base_url: str | None,
    jobs: int,
    clean: bool,
    dry_run: bool,
    explain: str | None,
    verify: bool,
    timings: bool,
    verbose: bool,
) -> None:
    """Make the site: posts from content/posts become pages and feeds in _site."""
    folder = Path.cwd()
    order = Order(
        folder,
        output,
        base_url=base_url,
        drafts=drafts,
        future=future,
        strict=strict,
        clean=clean,
        dry_run=dry_run,
        jobs=jobs,
    )
    bar = Bar()
    with told_plainly(folder, strict=strict, verbose=verbose):
        if explain is not None:
            click.echo(explained(order, explain))
            return
        built = outcome(
            order, progress=bar, waiting=lambda: click.echo("Another build is running here; waiting for it …", err=True)
        )
        bar.clear()
        target = order.target.resolve()
        problems = built.problems
        if not dry_run and is_due(target, built):
            watch = Stopwatch()
            problems = [*problems, *index(target)]
            watch.lap("search")
            built.seconds.update(watch.laps)
        show_problems(problems, folder, verbose=verbose)
        for post in built.unseen:
            click.echo(f"{post.source} is not shown: it {post.sentence}")
        if verbose or dry_run:
            show_work(built)
        click.secho(_summary(built, target, dry_run=dry_run), bold=True)
        if timings:
            for name, seconds in built.seconds.items():
                click.echo(f"{name:>10} {seconds:8.3f} s")
        if verify:
            different = differences(order)
            for route in different:
                click.secho(f"/{route} is not what a build from nothing makes", fg="red", err=True)
            click.echo(
                "Verified: a build from nothing gives the same files, byte for byte."
                if not different
                else "Not the same."
            )
            if different:
                raise SystemExit(1)


def _summary(built: Outcome, output: Path, *, dry_run: bool) -> str:
    shown = f"{times(built.posts, 'post')} on {times(built.pages, 'page')}"
    made = times(len(built.made), "page")
    if dry_run:
        return f"{shown}: {made} would be made, {times(len(built.gone), 'file')} deleted. Nothing was done."
    files = f"{built.written:,} written, {len(built.gone):,} deleted"
    return f"{shown} in {output}: {made} made, {files} ({sum(built.seconds.values()):.1f} s)."
