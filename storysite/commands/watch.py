"""`storysite watch`: make the site again whenever something is saved."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from signal import SIGTERM, signal

import click

from storysite.build import refuse_nothing
from storysite.commands.screen import show_problems, show_work, times, told_plainly
from storysite.order import Order
from storysite.rebuild import Rebuild, rebuilds
from storysite.watch import watching


@click.command()
@click.option("-D", "--drafts", is_flag=True, help="Show drafts too.")
@click.option("-F", "--future", is_flag=True, help="Show posts of days to come too.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the site to this folder instead of _site.")
@click.option("--base-url", metavar="URL", help="The site's address, instead of the one in storysite.yml.")
@click.option("--poll", is_flag=True, help="Look at all files once a second, as network drives need.")
@click.option("-v", "--verbose", is_flag=True, help="Name every page with the reason it was made, and every warning.")
def watch(*, drafts: bool, future: bool, output: Path | None, base_url: str | None, poll: bool, verbose: bool) -> None:
    """Make the site again whenever you save something, until you press Ctrl-C."""
    folder = Path.cwd()
    order = Order(folder, output, base_url=base_url, drafts=drafts, future=future)
    with told_plainly(folder), until_stopped():
        refuse_nothing(folder)
        follow(order, poll=poll, verbose=verbose)


def follow(order: Order, *, poll: bool, verbose: bool, tell: Callable[[Rebuild], None] = lambda _: None) -> None:
    """Build now and after each change, tell of it in a line, and hand it to `tell`."""
    with watching(order.folder.resolve()) as watcher:
        for number, rebuild in enumerate(rebuilds(order, watcher, poll=poll)):
            tell(rebuild)
            show(rebuild, order.folder, first=number == 0, verbose=verbose)


@contextmanager
def until_stopped() -> Iterator[None]:
    """End the block without a word at Ctrl-C, and likewise when the system asks the process to end."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal(SIGTERM, stop)
    try:
        yield
    except KeyboardInterrupt:
        click.echo("\nStopped.")
    finally:
        signal(SIGTERM, before)


def show(rebuild: Rebuild, folder: Path, *, first: bool, verbose: bool) -> None:
    """Print one line on a rebuild, below the problems if there are new ones."""
    if rebuild.report is None or first or verbose:
        show_problems(rebuild.problems, folder, verbose=verbose)
    if verbose and rebuild.report:
        show_work(rebuild.report.outcome)
    click.echo(f"{datetime.now():%H:%M:%S}  {_what(rebuild, first=first)}: {_came_to(rebuild)}")


def _what(rebuild: Rebuild, *, first: bool) -> str:
    if first:
        return "built"
    if not rebuild.saved:
        return "looked again"
    return f"{rebuild.saved[0]} saved" if len(rebuild.saved) == 1 else f"{times(len(rebuild.saved), 'file')} saved"


def _came_to(rebuild: Rebuild) -> str:
    if rebuild.report is None:
        return "the site stays as it was until what is named above is mended"
    work, milliseconds = rebuild.report.work, round(1000 * rebuild.seconds)
    gone = f", {times(len(work.delete), 'file')} deleted" if work.delete else ""
    return f"{times(len(work.render), 'page')} made{gone} in {milliseconds:,} ms"
