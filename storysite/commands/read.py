"""`storysite read`: how hard stories are to read, and their hardest sentences."""

from pathlib import Path

import click

from storysite.build.open_site import open_site
from storysite.build.options import BuildOptions
from storysite.commands.console import ProgressBar, report_errors
from storysite.commands.terminal import say
from storysite.starter.add_photos import find_post


@click.command()
@click.argument("post", nargs=-1)
def read(post: tuple[str, ...]) -> None:
    """Say how hard POST is to read, and which sentences are hardest.

    Without POST, say it of each story of the last 90 days and each draft.
    """
    from storysite.tell.reading import of_one, overview

    folder = Path.cwd()
    bar = ProgressBar()
    with report_errors(folder), open_site(BuildOptions(folder), progress=bar) as found:
        bar.clear()
        if not post:
            say(*overview(found))
            return
        known = {each.source: each for each in found.everything}
        for number, name in enumerate(post):
            source = find_post(folder, name)
            say(*[""] * bool(number))
            if source in known:
                say(*of_one(found, folder, known[source]))
            else:
                say(f"{source} cannot be read: run storysite status to see why")
