"""`storysite new`: start a site that builds at once."""

import os
from contextlib import suppress
from datetime import date
from logging import CRITICAL, getLogger
from pathlib import Path
from warnings import catch_warnings
from zoneinfo import ZoneInfo

import click
from tzlocal import get_localzone_name

from storysite.commands.console import report_errors
from storysite.commands.terminal import say
from storysite.starter.hooks import use_hooks
from storysite.starter.start import start_site


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def new(folder: Path) -> None:
    """Start a new site in FOLDER. It comes with three sample stories and a workflow for GitHub Pages."""
    with report_errors(Path.cwd()):
        start_site(folder, today=date.today(), zone=local_zone())
    hooked = use_hooks(folder)
    here = folder.resolve() == Path.cwd()
    say(f"Your site is in {'this folder' if here else folder}. Next:", bold=True)
    if not here:
        say(f"  cd {folder}")
    say(
        "  storysite build                      builds the site; then open _site/index.html",
        '  storysite post "Our first story"     starts a new post',
        "You can change the site's name and address in storysite.yml.",
    )
    if hooked:
        say("Before each commit, git will look whether a photo tells where it was taken, or whose it is.")


def local_zone() -> str:
    """Return the name of the time zone in `TZ`, else that of this computer; UTC if neither is one that is known."""
    getLogger("tzlocal").setLevel(CRITICAL)  # what is odd about this computer is not her business
    with catch_warnings(action="ignore"), suppress(LookupError, ValueError, OSError):
        for name in (os.environ.get("TZ", "").removeprefix(":"), get_localzone_name()):
            if name and _is_zone(name):
                return "UTC" if name in ("Etc/UTC", "Etc/UCT", "GMT", "Etc/GMT") else name
    return "UTC"


def _is_zone(name: str) -> bool:
    try:
        return bool(ZoneInfo(name))
    except (LookupError, ValueError, OSError):
        return False
