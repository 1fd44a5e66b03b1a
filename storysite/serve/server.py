"""The preview's server: a thread of its own beside the one that builds, on an address that only this computer sees."""

import errno
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

import uvicorn
from starlette.types import ASGIApp

from storysite.errors import UsageError
from storysite.problems import Problem

LOOPBACK = ["127.0.0.1", "localhost", "::1", "[::1]"]
"""The names by which this computer calls itself; a page of somebody else's that calls us by another gets nothing."""
TRIES = 20
"""Ports that are tried, one after the other."""


def listen(host: str, port: int) -> socket.socket:
    """Return a socket on `port`, or on the next one that is free. Raises UsageError if none is."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for number in range(port, min(port + TRIES, 65536)):
        made = socket.socket(family, socket.SOCK_STREAM)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind((host, number))
            made.listen(128)
        except PermissionError:
            made.close()
            raise UsageError(
                _no_port(host, port, "this computer does not allow it", "use port 1024 or higher")
            ) from None
        except OSError as error:
            made.close()
            if error.errno != errno.EADDRINUSE:
                why = "this computer has no such address"
                raise UsageError(_no_port(host, port, why, "leave --host out")) from None
        else:
            return made
    raise UsageError(
        _no_port(
            host, port, "that port and the next ones are already in use", "choose another one: storysite serve -p 9000"
        )
    )


@contextmanager
def serving(app: ASGIApp, listener: socket.socket) -> Iterator[None]:
    """Serve `app` on `listener` for the length of the block."""
    config = uvicorn.Config(
        app, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=1, server_header=False
    )
    server = uvicorn.Server(config)
    with closing(listener):
        thread = threading.Thread(target=server.run, args=([listener],), name="preview", daemon=True)
        thread.start()
        try:
            yield
        finally:
            server.should_exit = True
            thread.join(5)


def _no_port(host: str, port: int, why: str, hint: str) -> Problem:
    return Problem.of("serve-port", f"the preview cannot be shown on {host}:{port}: {why}", hint)
