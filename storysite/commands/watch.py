"""`storysite watch`: rebuild the site whenever something is saved."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import click

from storysite.build.file_events import watching
from storysite.build.load import require_site
from storysite.build.options import BuildOptions
from storysite.build.watch_loop import Rebuild, rebuilds
from storysite.commands.console import report_errors, show_problems, show_work
from storysite.commands.interrupt import interruptions_to, until_interrupted
from storysite.commands.terminal import say
from storysite.problems import times


@click.command()
@click.option("-D", "--drafts", is_flag=True, help="Include drafts.")
@click.option("-F", "--future", is_flag=True, help="Include future posts.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the site to this folder instead of _site.")
@click.option("--base-url", metavar="URL", help="Use this site address instead of the one in storysite.yml.")
@click.option("--allow-deletions", is_flag=True, help="Let most of the stories go, if you deleted them yourself.")
@click.option("--poll", is_flag=True, help="Check all files once a second. Use this on network drives.")
@click.option("-v", "--verbose", is_flag=True, help="List every rebuilt page with the reason, and print every problem.")
def watch(
    *,
    drafts: bool,
    future: bool,
    output: Path | None,
    base_url: str | None,
    allow_deletions: bool,
    poll: bool,
    verbose: bool,
) -> None:
    """Rebuild the site whenever you save a file. Press Ctrl-C to stop."""
    folder = Path.cwd()
    options = BuildOptions(
        folder, output, base_url=base_url, drafts=drafts, future=future, allow_deletions=allow_deletions
    )
    with report_errors(folder), until_interrupted():
        require_site(folder)
        follow(options, poll=poll, verbose=verbose)


def follow(
    options: BuildOptions, *, poll: bool, verbose: bool, notify: Callable[[Rebuild], None] = lambda _: None
) -> None:
    """Build now and after each change, tell of it in a line, and hand it to `notify`."""
    with watching(options.folder.resolve()) as watcher, interruptions_to(watcher.stop):
        for number, rebuild in enumerate(rebuilds(options, watcher, poll=poll)):
            notify(rebuild)
            show(rebuild, options.folder, first=number == 0, verbose=verbose)


def show(rebuild: Rebuild, folder: Path, *, first: bool, verbose: bool) -> None:
    """Print one line on a rebuild, below the problems if there are new ones.

    Of the portions in which pictures follow, all but the last are told only on demand.
    """
    if rebuild.built is None or first or verbose:
        show_problems(rebuild.problems, folder, verbose=verbose)
    if verbose and rebuild.built:
        show_work(rebuild.built.result)
    if rebuild.followed and rebuild.built and rebuild.built.left and not verbose:
        return
    say(f"{datetime.now():%H:%M:%S}  {_what(rebuild, first=first)}: {_came_to(rebuild)}")


def _what(rebuild: Rebuild, *, first: bool) -> str:
    if first:
        return "first build"
    if rebuild.followed:
        return "pictures"
    if not rebuild.saved:
        return "checked"
    return f"{rebuild.saved[0]} saved" if len(rebuild.saved) == 1 else f"{times(len(rebuild.saved), 'file')} saved"


def _came_to(rebuild: Rebuild) -> str:
    if rebuild.built is None:
        return "build failed, the site was not changed"
    if rebuild.followed:
        made = f"{times(rebuild.followed, 'picture')} made"
        return f"{made}, {rebuild.built.left:,} left" if rebuild.built.left else f"all there ({made})"
    work, milliseconds = rebuild.built.work, round(1000 * rebuild.seconds)
    gone = f", {times(len(work.delete), 'file')} deleted" if work.delete else ""
    left = rebuild.built.left
    following = f", {times(left, 'picture')} {'follows' if left == 1 else 'follow'}" if left else ""
    return f"{times(len(work.render), 'page')} built{gone} in {milliseconds:,} ms{following}"
