"""Whether the program and the workflows that a site carries are the newest that this storysite has for it."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from msgspec import Struct

from storysite.errors import UsageError
from storysite.publish.finding import Finding, Level, fine, guide
from storysite.starter.contents import PUBLISH
from storysite.starter.program import NAME
from storysite.starter.record import TOOL, read_record
from storysite.starter.renew import Carried, refuse_older, what_differs


class Tools(Struct, frozen=True):
    """What a site carries for storysite, and whether a newer one than this wrote it."""

    files: tuple[Carried, ...] = ()
    is_newer: bool = False


def read_tools(folder: Path, today: date) -> Tools:
    """Return what a site carries; nothing for one that carries nothing, or where this storysite cannot tell."""
    is_carrying = any((folder / TOOL).glob(f"{NAME}-*.whl")) or (folder / PUBLISH).is_file()
    if not is_carrying and read_record(folder) is None:
        return Tools()
    try:
        refuse_older(folder)
    except UsageError:
        return Tools(is_newer=True)
    try:
        return Tools(tuple(what_differs(folder, today=today)))
    except (UsageError, OSError):
        return Tools()


def carried_findings(tools: Tools) -> Iterator[Finding]:
    """Yield what is to be said of the files that storysite upgrade renews."""
    if tools.is_newer:
        what = "A newer storysite than this one wrote the program and the workflows that the site carries."
        fix = "Install the newer one on this computer, too: it is in the folder tool."
        yield Finding(Level.KNOW, "Program", what, fix, guide("getting-started"))
        return
    offered = [each for each in tools.files if each.is_offered]
    if offered:
        what = f"This storysite has something newer for {len(offered):,} of the files that the site carries for it."
        fix = "Run storysite upgrade, which shows first what would change."
        seen = tuple(_in_short(offered))
        yield Finding(Level.KNOW, "Program", what, fix, guide("commands"), seen)
    elif tools.files:
        yield fine("Program", "The program and the workflows that the site carries are the newest.")


def _in_short(files: Iterable[Carried]) -> Iterator[str]:
    for each in files:
        yield f"{each.path} ({each.state.value})"
