"""State kept between builds of one site in one process: open cache, output folder, what was read and planned."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from storysite.build.archive import Archive
from storysite.build.options import BuildOptions
from storysite.build.remember import pages_there
from storysite.cache.connection import unwritable
from storysite.cache.database import Cache
from storysite.cache.lock import exclusive_lock
from storysite.digest import path_text
from storysite.model.site import Site
from storysite.output.folder import Output, refuse_foreign
from storysite.plan.diff import Job
from storysite.plan.plan import Plan
from storysite.pool import Workers
from storysite.problems import Problem

CACHE_FOLDER = ".storysite"
CACHE_FILE = "cache.sqlite"


class LastBuild(Struct, frozen=True):
    """The pages that lie in the output: their plan, the Site they show, and the keys they were made with."""

    plan: Plan
    site: Site
    keys: Mapping[str, bytes]
    left: Sequence[Job] = ()
    """The pictures that were not made yet."""


class BuildSession:
    """The folder, output and cache of a site, used by one build at a time, and what the last build found out.

    Any of it may be lost: then the next build is slower and does the same.
    """

    def __init__(self, options: BuildOptions) -> None:
        self.folder = options.folder.resolve()
        self.cache_folder = options.cache or self.folder / CACHE_FOLDER
        self.pictures = self.cache_folder / "pictures"
        """Where copies of pictures are kept."""
        self.target = options.target
        self.archive: Archive | None = None
        """What was read last."""
        self.last: LastBuild | None = None
        """What the last build made, as long as nobody else touches the output."""
        self.workers: Workers | None = None
        """Processes that are kept for the builds to come, None where each build has its own."""
        self._cache: Cache | None = None
        self._output: Output | None = None
        self._locked = True

    @property
    def cache(self) -> Cache:
        """What earlier builds found out about the site."""
        if self._cache is None:
            self._cache = Cache(self.cache_folder / CACHE_FILE)
        return self._cache

    @property
    def output(self) -> Output:
        """Where the site goes. Output and cache that lie in the site's folder stay true when all of it is moved."""
        if self._output is None:
            folder, cache = self.target.resolve(), Path(os.path.realpath(self.cache_folder))  # or a link in a circle
            moves_along = all(self.folder in each.parents for each in (folder, cache))
            self._output = Output(folder, path_text(folder.relative_to(self.folder)) if moves_along else "")
        return self._output

    @contextmanager
    def lock(self, waiting: Callable[[], None]) -> Iterator[None]:
        """Keep other builds away for the length of the block. Raises UsageError if the output is not ours to write."""
        refuse_foreign(self.target, self.folder, lambda: bool(self._written()))
        with exclusive_lock(self.cache_folder / "lock", waiting) as self._locked:
            if self._cache is not None and not self._cache.is_unchanged():  # another process may have built here
                self.close()
            if self.output.folder.is_dir() and not self.output.is_ours() and (written := self._written()):
                self.output.reclaim(written)
            try:
                yield
            finally:
                self.output.clear_staging()
                self.cache.commit()

    def problems(self) -> list[Problem]:
        """Return the warning that a build cannot be remembered, if it cannot."""
        return [] if self._locked and self.cache.lasts else [unwritable(self.cache_folder)]

    def forget_if_output_changed(self) -> bool:
        """Return whether somebody changed files in the output; if so, the next build looks at all of them."""
        remembered, intact = pages_there(self.cache, self.output)
        if not self.cache.is_whole:
            self.close()
            return True
        if touched := len(intact) < len(remembered) or not self.output.is_ours():
            self.last = None
        return touched

    def _written(self) -> set[str]:
        """Return the files in the output that are, as far as is remembered, what an earlier build wrote."""
        if not (self.cache_folder / CACHE_FILE).exists():
            return set()
        return self.output.intact(self.cache.pages(self.output.name).all())

    def forget(self) -> None:
        """Forget what earlier builds found out."""
        self.cache.clear()
        shutil.rmtree(self.pictures, ignore_errors=True)
        self.archive = self.last = None

    def close(self) -> None:
        """Close the files, and forget what is only true as long as nobody else changes them."""
        if self._cache is not None:
            self._cache.close()
        self._cache = self._output = self.last = None
