"""The desk: what builds of one site work with, and what one build leaves there for the next in the same process."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from storysite.build.load import Archive
from storysite.build.options import BuildOptions
from storysite.cache.database import Cache, exclusive_lock
from storysite.output.folder import Output, refuse_foreign
from storysite.plan.plan import Plan

CACHE_FOLDER = ".storysite"
CACHE_FILE = "cache.sqlite"


class BuildSession:
    """A site's folder, its output and its memo, held by one build at a time, and what the last build found out.

    Whatever lies here may be lost: then the next build is slower and does the same.
    """

    def __init__(self, options: BuildOptions) -> None:
        self.folder = options.folder.resolve()
        self.cache_folder = options.cache or self.folder / CACHE_FOLDER
        self.target = options.target
        self.archive: Archive | None = None
        """What was read last."""
        self.last_plan: Plan | None = None
        """The pages that lie in the output, as long as nobody else touches it."""
        self._memo: Cache | None = None
        self._output: Output | None = None

    @property
    def cache(self) -> Cache:
        """What is remembered of the site."""
        if self._memo is None:
            self._memo = Cache(self.cache_folder / CACHE_FILE)
        return self._memo

    @property
    def output(self) -> Output:
        """Where the site goes."""
        if self._output is None:
            self._output = Output(self.target.resolve())
        return self._output

    @contextmanager
    def lock(self, waiting: Callable[[], None]) -> Iterator[None]:
        """Keep other builds away for the length of the block. Raises UsageError if the output is not ours to write."""
        refuse_foreign(self.target, self.folder)
        with exclusive_lock(self.cache_folder / "lock", waiting):
            if self._memo is not None and not self._memo.is_unchanged():  # another process may have built this site
                self.close()
            try:
                yield
            finally:
                self.output.clear_staging()
                self.cache.commit()

    def forget_if_output_changed(self) -> bool:
        """Return whether somebody changed files in the output; if so, the next build looks at all of them."""
        remembered = self.cache.pages(str(self.output.folder))
        if touched := len(self.output.intact(remembered)) < len(remembered):
            self.last_plan = None
        return touched

    def forget(self) -> None:
        """Forget what earlier builds found out."""
        self.cache.clear()
        self.archive = self.last_plan = None

    def close(self) -> None:
        """Let go of the files, and of what is only true as long as nobody else changes them."""
        if self._memo is not None:
            self._memo.close()
        self._memo = self._output = self.last_plan = None
