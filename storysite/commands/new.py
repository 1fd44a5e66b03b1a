"""`storysite new`: start a site that builds at once."""

import os
import shlex
import subprocess
from contextlib import suppress
from datetime import date
from logging import CRITICAL, getLogger
from pathlib import Path
from warnings import catch_warnings
from zoneinfo import ZoneInfo

import click
from tzlocal import get_localzone_name

from storysite.commands.console import report_errors
from storysite.commands.questions import ABOUT, can_ask, read_answers
from storysite.commands.terminal import say
from storysite.starter.answers import EDITORS
from storysite.starter.hooks import use_hooks
from storysite.starter.start import require_new, sayable, start_site
from storysite.starter.sveltia import PROGRAM, SOURCE


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--school", help="The name of your school or its library.")
@click.option("--address", help="The address of the site, or its repository on GitHub: maplewood/stories.")
@click.option("--language", help="The language of menus and dates, by its name or code.")
@click.option("--timezone", help="The time zone, or a city in it.")
@click.option("--promise", help="When readers can expect a story: a day of the week, weekly, or none.")
@click.option("--two-repositories", help="Keep this site's repository private, and send the site to this public one.")
@click.option(
    "--editor",
    type=click.Choice(EDITORS),
    default=EDITORS[0],
    show_default=True,
    help="The editor in the browser to write forms for.",
)
def new(
    folder: Path,
    school: str | None,
    address: str | None,
    language: str | None,
    timezone: str | None,
    promise: str | None,
    two_repositories: str | None,
    editor: str,
) -> None:
    """Start a new site in FOLDER. It comes with three sample stories and a workflow for GitHub Pages.

    On a terminal you are asked whatever no option tells.
    """
    given = {
        "school": school,
        "address": address,
        "language": language,
        "timezone": timezone,
        "promise": promise,
        "two-repositories": two_repositories,
    }
    told = {name: sayable(text) for name, text in given.items() if text is not None}
    with report_errors(Path.cwd()):
        require_new(folder)
        zone = local_zone()
        asking = can_ask() and len(told) < len(given)
        told["editor"] = editor
        answers = read_answers(told, zone)
        if asking:
            say(ABOUT)
            answers = read_answers(told, zone, asking=True)
        start_site(folder, today=date.today(), zone=zone, answers=answers)
    hooked = use_hooks(folder)
    here = folder.resolve() == Path.cwd()
    say(f"Your site is in {'this folder' if here else folder}. Next:", bold=True)
    if not here:
        say(f"  cd {_for_shell(folder)}")
    say(
        "  storysite build                      builds the site; then open _site/index.html",
        '  storysite post "Our first story"     starts a new post',
        "You can change the site's name and address in storysite.yml.",
    )
    if answers.public:
        say(f"HANDOVER.md says how to make the key with which the site is sent to {answers.public}.")
    if answers.editor == "sveltia":
        say(f"The editor at /admin/ needs one more file: save {SOURCE} as static/admin/{PROGRAM}.")
    if hooked:
        say("Before each commit, git will look whether a photo tells where it was taken, or whose it is.")


def _for_shell(folder: Path) -> str:
    """Return a folder as it is typed after `cd`."""
    name = f"./{folder}" if str(folder).startswith("-") else str(folder)
    return subprocess.list2cmdline([name]) if os.name == "nt" else shlex.quote(name)


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
