"""What a build comes to. It is remembered with all that the build looked at, so that nothing is planned for nothing."""

import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from pathlib import Path

from msgspec import DecodeError, Struct
from msgspec.json import Decoder, encode
from msgspec.structs import replace

from storysite.config import FILE
from storysite.digest import digest, digest_bytes
from storysite.engine import engine_digest
from storysite.errors import Problem
from storysite.memo import Memo
from storysite.model.shown import Unseen
from storysite.read.scan import RACY, Scan, scan
from storysite.render.theme import BUILT_IN, shipped_themes
from storysite.write.output import Output


class Outcome(Struct, frozen=True):
    """What a build came to, in plain values; `since` and `until` are the moments between which it stays true."""

    posts: int
    pages: int
    problems: list[Problem]
    unseen: list[Unseen]
    since: datetime
    until: datetime
    made: list[tuple[str, str]] = []
    """The address of each page that was made, and the reason."""
    gone: list[str] = []
    """The files that were deleted."""
    written: int = 0
    seconds: dict[str, float] = {}


class Sight(Struct, frozen=True):
    """All that a build looks at: the files, and one digest of these and of everything else.

    It is `settled` if no file was changed just before it was seen.
    """

    found: Scan
    digest: bytes
    settled: bool


_outcomes = Decoder(Outcome)


def see(folder: Path, options: object, before: Sight | None = None, told: Iterable[str] = ()) -> Sight:
    """Return what there is to look at for a build: files, themes, settings, options and storysite itself.

    With an earlier Sight, only what lies where something of `told` lies is looked at again (scan() explains).
    """
    found = scan(folder, before.found if before else None, told)
    themes = list(_files_of_themes(folder))
    times = chain((file.mtime for file in chain(found.posts, found.files, found.data)), (time for _, time, _ in themes))
    seals = {here: listing.seal for here, listing in found.listings.items()}
    seen = [seals, found.problems, themes, options]
    settled = max(times, default=0) < found.began - RACY
    return Sight(found, digest_bytes(engine_digest(), digest(seen), _settings(folder)), settled)


def recall(memo: Memo, sight: Sight, output: Output, now: datetime) -> Outcome | None:
    """Return what the last build of `output` came to if it saw the same and its files are as it left them."""
    row = memo.outcome(str(output.folder))
    if row is None or row[0] != sight.digest:
        return None
    try:
        outcome = _outcomes.decode(row[1])
    except DecodeError:
        return None
    pages = memo.pages(str(output.folder))
    whole = len(pages) == outcome.pages and output.owned == pages.keys() and len(output.intact(pages)) == len(pages)
    return outcome if whole and outcome.since <= now < outcome.until else None


def remember(memo: Memo, sight: Sight, output: Output, outcome: Outcome) -> None:
    """Remember an outcome, without what was done for it; one of files that may still change is not remembered."""
    if sight.settled:
        bare = replace(outcome, made=[], gone=[], written=0, seconds={})
        memo.remember_outcome(str(output.folder), sight.digest, encode(bare))


def _settings(folder: Path) -> bytes:
    try:
        return (folder / FILE).read_bytes()
    except OSError:
        return b""


def _files_of_themes(folder: Path) -> Iterator[tuple[str, int, int]]:
    """Yield path, time and size of whatever a theme may be made of; a folder that links lead to twice is seen once."""
    known: set[str] = set()
    for home in (folder / "templates", folder / "themes", shipped_themes(), BUILT_IN):
        for here, folders, names in os.walk(home, followlinks=True):
            if (real := os.path.realpath(here)) in known:
                folders.clear()
                continue
            known.add(real)
            folders.sort()
            for name in sorted(names):
                path = f"{here}/{name}"
                try:
                    stat = os.stat(path)
                except OSError:
                    continue
                yield path, stat.st_mtime_ns, stat.st_size
