"""What a build comes to. It is remembered with all that the build looked at, so that nothing is planned for nothing."""

import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from pathlib import Path

from msgspec import DecodeError, Struct
from msgspec.json import Decoder, encode
from msgspec.structs import replace

from storysite.cache.database import Cache
from storysite.cache.engine import engine_digest
from storysite.digest import digest, digest_bytes
from storysite.errors import Problem
from storysite.model.visibility import HiddenPost
from storysite.output.folder import Output
from storysite.source.scan import RACY, Scan, scan
from storysite.source.settings import FILE
from storysite.theme.find import BUILT_IN, shipped_themes


class BuildResult(Struct, frozen=True):
    """What a build came to, in plain values; `since` and `until` are the moments between which it stays true."""

    posts: int
    pages: int
    problems: list[Problem]
    hidden: list[HiddenPost]
    since: datetime
    until: datetime
    made: list[tuple[str, str]] = []
    """The address of each page that was made, and the reason."""
    gone: list[str] = []
    """The files that were deleted."""
    written: int = 0
    seconds: dict[str, float] = {}


class Inputs(Struct, frozen=True):
    """All that a build looks at: the files, and one digest of these and of everything else.

    It is `settled` if no file was changed just before it was seen.
    """

    found: Scan
    digest: bytes
    settled: bool


_results = Decoder(BuildResult)


def snapshot_inputs(
    folder: Path, options: object, before: Inputs | None = None, changed_paths: Iterable[str] = ()
) -> Inputs:
    """Return what there is to look at for a build: files, themes, settings, options and storysite itself.

    With an earlier Sight, only what lies where something of `told` lies is looked at again (scan() explains).
    """
    found = scan(folder, before.found if before else None, changed_paths)
    themes = list(_files_of_themes(folder))
    times = chain((file.mtime for file in chain(found.posts, found.files, found.data)), (time for _, time, _ in themes))
    seals = {here: entries.digest for here, entries in found.folders_seen.items()}
    seen = [seals, found.problems, themes, options]
    settled = max(times, default=0) < found.began - RACY
    return Inputs(found, digest_bytes(engine_digest(), digest(seen), _settings(folder)), settled)


def load_last_result(cache: Cache, inputs: Inputs, output: Output, now: datetime) -> BuildResult | None:
    """Return what the last build of `output` came to if it saw the same and its files are as it left them."""
    row = cache.result(str(output.folder))
    if row is None or row[0] != inputs.digest:
        return None
    try:
        result = _results.decode(row[1])
    except DecodeError:
        return None
    pages = cache.pages(str(output.folder))
    whole = len(pages) == result.pages and output.owned == pages.keys() and len(output.intact(pages)) == len(pages)
    return result if whole and result.since <= now < result.until else None


def save_result(cache: Cache, inputs: Inputs, output: Output, result: BuildResult) -> None:
    """Remember an outcome, without what was done for it.

    One of files that may still change is not remembered, nor one of a text that may be read in time the next time.
    """
    if inputs.settled and not any(problem.code == "text-too-slow" for problem in result.problems):
        bare = replace(result, made=[], gone=[], written=0, seconds={})
        cache.remember_result(str(output.folder), inputs.digest, encode(bare))


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
