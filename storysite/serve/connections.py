"""Connections to the preview: so many at a time, and each says soon what it wants, or makes room for another."""

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

MOST = 256
"""Connections at a time: a class of forty with a few tabs each. Fewer where a process may open few files."""
PATIENCE = 10.0
"""Seconds in which a request has to be told in full, from the moment that one is waited for."""


def most_connections() -> int:
    """Return how many connections there may be, so that files can be opened as well."""
    try:
        import resource
    except ImportError:  # Windows, where a process may open as many as it likes
        return MOST
    return max(16, min(MOST, resource.getrlimit(resource.RLIMIT_NOFILE)[0] // 4))


class PatientProtocol(H11Protocol):
    """One connection. What asks for nothing is closed after a while, and at once if there are too many."""

    _since = 0.0
    """When this connection began to wait for a request."""
    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._look()
        most = most_connections()
        if len(self.connections) > most:
            here = [each for each in self.connections if isinstance(each, PatientProtocol) and each.is_open]
            if len(here) > most:
                waiting = [each for each in here if each is not self and not each.is_busy]
                min(waiting, key=lambda each: each._since, default=self).transport.abort()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._look()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._look()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._forget_timer()

    @property
    def is_open(self) -> bool:
        """Whether it was not told to close."""
        return not self.transport.is_closing()

    @property
    def is_busy(self) -> bool:
        """Whether something was asked for and is being answered."""
        return self.cycle is not None and not self.cycle.response_complete

    def _look(self) -> None:
        """Wait for the next request for a while, or wait no more where it is being answered."""
        if self.is_busy:
            self._forget_timer()
        elif self._timer is None:
            self._since = self.loop.time()
            self._timer = self.loop.call_later(PATIENCE, self.transport.abort)

    def _forget_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
