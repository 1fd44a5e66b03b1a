"""The desk: what builds of one site work with, and what one build leaves there for the next in the same process."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from storysite.gather import Archive
from storysite.memo import Memo, only_one
from storysite.order import Order
from storysite.plan.plan import Plan
from storysite.write.output import Output, refuse_foreign

CACHE = ".storysite"
MEMO = "memo.sqlite"


class Desk:
    """A site's folder, its output and its memo, held by one build at a time, and what the last build found out.

    Whatever lies here may be lost: then the next build is slower and does the same.
    """

    def __init__(self, order: Order) -> None:
        self.folder = order.folder.resolve()
        self.cache = order.cache or self.folder / CACHE
        self.target = order.target
        self.archive: Archive | None = None
        """What was read last."""
        self.made: Plan | None = None
        """The pages that lie in the output, as long as nobody else touches it."""
        self._memo: Memo | None = None
        self._output: Output | None = None

    @property
    def memo(self) -> Memo:
        """What is remembered of the site."""
        if self._memo is None:
            self._memo = Memo(self.cache / MEMO)
        return self._memo

    @property
    def output(self) -> Output:
        """Where the site goes."""
        if self._output is None:
            self._output = Output(self.target.resolve())
        return self._output

    @contextmanager
    def held(self, waiting: Callable[[], None]) -> Iterator[None]:
        """Keep other builds away for the length of the block. Raises UsageError if the output is not ours to write."""
        refuse_foreign(self.target, self.folder)
        with only_one(self.cache / "lock", waiting):
            if self._memo is not None and not self._memo.is_as_left():  # another process may have built this site
                self.close()
            try:
                yield
            finally:
                self.output.clear_staging()
                self.memo.commit()

    def was_touched(self) -> bool:
        """Return whether somebody changed files in the output; if so, the next build looks at all of them."""
        remembered = self.memo.pages(str(self.output.folder))
        if touched := len(self.output.intact(remembered)) < len(remembered):
            self.made = None
        return touched

    def forget(self) -> None:
        """Forget what earlier builds found out."""
        self.memo.clear()
        self.archive = self.made = None

    def close(self) -> None:
        """Let go of the files, and of what is only true as long as nobody else changes them."""
        if self._memo is not None:
            self._memo.close()
        self._memo = self._output = self.made = None
