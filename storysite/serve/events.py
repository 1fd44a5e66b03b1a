"""What open tabs are told: one stream of Server-Sent Events each, fed from the thread that builds."""

import asyncio
from collections.abc import AsyncIterator
from secrets import token_hex

from msgspec import Struct
from msgspec.json import encode
from msgspec.structs import replace

_HEARTBEAT = 15.0
"""Seconds after which a silent stream says that it is alive, so that dead ones are noticed."""


class ProblemView(Struct, frozen=True):
    """A problem as a tab shows it; `link` opens the line in the writer's editor, "" where that is not known."""

    path: str
    line: int
    code: str
    what: str
    hint: str
    excerpt: str
    link: str
    more: int = 0
    """How many more of the kind this entry stands for."""


class Update(Struct, frozen=True):
    """What a build changed, and what is wrong now; URLs are relative to the site's root."""

    changed: list[str] = []
    """Pages that were made anew."""
    copied: list[str] = []
    """Photos and other files that were copied anew, which pages that stay as they are may show."""
    moved: dict[str, str] = {}
    """Pages that are gone, and where what they showed is now ("" for nowhere): as told, since the preview began."""
    styles: dict[str, str] = {}
    """Style sheets that were replaced, if nothing else on any page changed."""
    problems: list[ProblemView] = []
    stopped: bool = False
    """Whether the build was stopped, so that all pages are as they were before."""


class _UpdateEvent(Struct):
    """News as a tab receives it: of the build with this number, or how things are `standing` since then."""

    session: str
    build: int
    standing: bool
    update: Update


class EventStream:
    """Hands News from the thread that builds to every open tab; a tab that comes late is told how things stand."""

    def __init__(self) -> None:
        self.session = token_hex(8)
        self.build = 0
        self._standing = Update()
        self._moved: dict[str, str] = {}
        self._tabs: set[asyncio.Queue[bytes | None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None

    def publish(self, update: Update) -> None:
        """Tell all tabs. May be called from any thread."""
        self.build += 1
        update = replace(update, moved=self._all_moved(update))
        self._standing = Update(moved=update.moved, problems=update.problems, stopped=update.stopped)
        self._hand_out(self._line(update, standing=False))

    def close(self) -> None:
        """End all streams. May be called from any thread."""
        self._hand_out(None)

    async def listen(self) -> AsyncIterator[bytes]:
        """Yield the stream of one tab: first how things stand, then all news."""
        self._loop = asyncio.get_running_loop()
        inbox: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._tabs.add(inbox)
        try:
            yield self._line(self._standing, standing=True)
            while True:
                try:
                    line = await asyncio.wait_for(inbox.get(), _HEARTBEAT)
                except TimeoutError:
                    line = b": alive\n\n"
                if line is None:
                    return
                yield line
        finally:
            self._tabs.discard(inbox)

    def _all_moved(self, update: Update) -> dict[str, str]:
        """Return what moved until now, and where it is now: a tab that was being loaded may have missed any of it."""
        made = {*update.changed, *update.copied}
        before = {url: update.moved.get(place, place) for url, place in self._moved.items() if url not in made}
        self._moved = before | update.moved
        return self._moved

    def _line(self, update: Update, *, standing: bool) -> bytes:
        return b"retry: 500\ndata: " + encode(_UpdateEvent(self.session, self.build, standing, update)) + b"\n\n"

    def _hand_out(self, line: bytes | None) -> None:
        def put() -> None:
            for tab in self._tabs:
                tab.put_nowait(line)

        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(put)
