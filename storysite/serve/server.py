"""The preview's server: a thread of its own beside the one that builds, on an address that only this computer sees."""

import errno
import os
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from logging import CRITICAL, getLogger

import uvicorn
from starlette.types import ASGIApp

from storysite.errors import UsageError
from storysite.problems import Problem
from storysite.serve.connections import PatientProtocol

LOOPBACK = ["127.0.0.1", "localhost", "::1", "[::1]"]
"""The names by which this computer calls itself; a page of somebody else's that calls us by another gets nothing."""
LOCALHOST = ("127.0.0.1", "::1")
"""The addresses of localhost; browsers try the second one first."""
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 -- only for who asks for it
BACKLOG = 64
"""Connections that are taken in one go, before any can be refused."""
TRIES = 20
"""Ports that are tried, one after the other."""
_ANSWER = 0.2
"""Seconds in which a program on this computer answers."""


def listen(host: str, port: int) -> list[socket.socket]:
    """Return sockets on `port`, or on the next one that is free, at all addresses that `host` stands for.

    On a port that is not free for all addresses of localhost, a browser might show another program. Raises UsageError
    if no port is free.
    """
    for number in range(port, min(port + TRIES, 65536)):
        if host in (*LOOPBACK, *EVERYWHERE) and any(_answers(name, number) for name in LOCALHOST):
            continue
        try:
            return _bound(LOCALHOST if host in ("localhost", "127.0.0.1") else (host,), number)
        except PermissionError:
            raise UsageError(
                _no_port(host, port, "this computer does not allow it", "use port 1024 or higher")
            ) from None
        except (OSError, UnicodeError, TypeError) as error:  # the others are of a name that no computer can have
            if not isinstance(error, OSError) or error.errno != errno.EADDRINUSE:
                why = "this computer has no such address"
                raise UsageError(_no_port(host, port, why, "leave --host out")) from None
    raise UsageError(
        _no_port(
            host, port, "that port and the next ones are already in use", "choose another one: storysite serve -p 9000"
        )
    )


def address_of(host: str, port: int, base: str) -> str:
    """Return the address at which a browser on this computer finds what listens on `host`."""
    name = "localhost" if host in ("127.0.0.1", *EVERYWHERE) else f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}{base}"


def network_address(host: str, port: int, base: str) -> str:
    """Return the address for other devices on the network, "" if `host` is not for all or there is no network."""
    if host not in EVERYWHERE:
        return ""
    family, far = (socket.AF_INET6, "2001:db8::1") if ":" in host else (socket.AF_INET, "192.0.2.1")
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as asking:
            asking.connect((far, 9))  # which sends nothing: it only chooses the way to there
            name: str = asking.getsockname()[0]
    except OSError:
        return ""
    return "" if name in (*LOCALHOST, *EVERYWHERE) else address_of(name, port, base)


def _answers(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), _ANSWER).close()
    except OSError:
        return False
    return True


def _bound(hosts: Sequence[str], port: int) -> list[socket.socket]:
    """Return a socket on each of `hosts`, without those after the first that this computer does not have."""
    made: list[socket.socket] = []
    try:
        for host in hosts:
            try:
                made.append(_socket(host, port))
            except OSError as error:
                if not made or error.errno == errno.EADDRINUSE:
                    raise
    except OSError:
        for each in made:
            each.close()
        raise
    return made


def _socket(host: str, port: int) -> socket.socket:
    made = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    try:
        if os.name == "posix":  # on Windows this would let two programs have the same port
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
        made.listen(128)
    except (OSError, UnicodeError, TypeError):
        made.close()
        raise
    return made


def own_names() -> list[str]:
    """Return the names by which other devices may call this computer; by its addresses they may as well."""
    name = socket.gethostname().lower()
    short = name.partition(".")[0]
    return sorted({name, short, f"{short}.local"} - {"", ".local"})


@contextmanager
def serving(app: ASGIApp, listeners: list[socket.socket]) -> Iterator[None]:
    """Serve `app` on `listeners` for the length of the block."""
    getLogger("asyncio").setLevel(CRITICAL)  # what strangers send, and break off, is not the writer's
    config = uvicorn.Config(
        app,
        http=PatientProtocol,
        ws="none",
        log_config=None,
        log_level="error",
        access_log=False,
        lifespan="off",
        timeout_graceful_shutdown=1,
        server_header=False,
        backlog=BACKLOG,
    )
    server = uvicorn.Server(config)
    with ExitStack() as open_sockets:
        for listener in listeners:
            open_sockets.enter_context(closing(listener))
        thread = threading.Thread(target=server.run, args=(listeners,), name="preview", daemon=True)
        thread.start()
        try:
            yield
        finally:
            server.should_exit = True
            thread.join(5)


def _no_port(host: str, port: int, why: str, hint: str) -> Problem:
    return Problem.of("serve-port", f"the preview cannot be shown on {host}:{port}: {why}", hint)
