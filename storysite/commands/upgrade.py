"""`storysite upgrade`: renew the program and the workflows that a site carries, and ask before a change is lost."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from storysite import __version__
from storysite.build.load import require_site
from storysite.commands.console import report_errors
from storysite.commands.questions import can_ask
from storysite.commands.terminal import say
from storysite.problems import escaped, times
from storysite.starter.difference import in_a_line, lines_that_differ
from storysite.starter.renew import Carried, State, refuse_older, renew, what_differs


@click.command()
@click.option("-y", "--yes", is_flag=True, help="Replace what nobody changed, without asking.")
def upgrade(*, yes: bool) -> None:
    """Renew the program and the workflows that this site carries.

    What would change is shown first. A file that somebody changed is only replaced if you say so.
    """
    folder = Path.cwd()
    with report_errors(folder):
        require_site(folder)
        refuse_older(folder)
        found = what_differs(folder, today=date.today())
        offered = [each for each in found if each.is_offered]
        if not offered:
            say(f"All that this site carries is up to date, for storysite {__version__}.", bold=True)
            renew(folder, found, [])
            _tell_of_changes(found)
            return
        _show(offered)
        if not yes and not can_ask():
            say("Nothing was written. To replace what nobody changed, run storysite upgrade --yes.")
            return
        chosen = [each for each in offered if yes and not each.is_theirs] if yes else _asked(offered)
        if chosen:
            renew(folder, found, chosen)
            say(f"{times(len(chosen), 'file is', 'files are')} up to date now. Next:", bold=True)
            say(
                "  storysite build      builds the site with it, so that you can look at it",
                "  storysite publish    sends it, so that GitHub builds with it, too",
            )
        for each in offered:
            if each not in chosen:
                say(f"{each.path} was left as it is.")


def _show(offered: Sequence[Carried]) -> None:
    """Print which files would change, then how, line by line."""
    say(f"storysite {__version__} has something newer for {times(len(offered), 'file')} of this site:", bold=True)
    say(*(f"  {in_a_line(each)}" for each in offered))
    differences = [line for each in offered for line in lines_that_differ(each)]
    if differences:
        say("", "A line with - goes, and a line with + comes:")
        for line in differences:
            say(line, color={"-": "red", "+": "green"}.get(line[:1]))
    say("")


def _asked(offered: Sequence[Carried]) -> list[Carried]:
    """Return what she wants renewed: all that nobody changed at once, and each of the others by itself."""
    untouched = [each for each in offered if not each.is_theirs]
    chosen = []
    if untouched and click.confirm(f"Bring what nobody changed up to date ({times(len(untouched), 'file')})?"):
        chosen += untouched
    for each in offered:
        if each.is_theirs and click.confirm(escaped(_question(each))):
            chosen.append(each)
    return chosen


def _question(each: Carried) -> str:
    if each.new is None:
        return f"Delete {each.path}?"
    if each.old is None:
        return f"Write {each.path} again?"
    return f"Replace {each.path}? What was changed in it by hand is lost."


def _tell_of_changes(found: Sequence[Carried]) -> None:
    for each in found:
        if each.state is State.CHANGED:
            say(f"{each.path} was changed by hand, and is left so.")
