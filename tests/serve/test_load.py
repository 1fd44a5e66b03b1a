"""A crowd at the preview, and who says nothing or rubbish: the writer's pages are shown and made as ever, in silence."""

import logging
import os
import random
import re
import resource
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from starlette.responses import PlainTextResponse

from storysite.serve import connections
from storysite.serve.server import listen, serving
from tests.running import until
from tests.serve.test_serve import Site, free_port, serve

pytestmark = [pytest.mark.process, pytest.mark.skipif(os.name == "nt", reason="limits of POSIX")]
CROWD = 1100
ASK = b"GET /2026/01/story/ HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """Return a site with a story, served by a process that may open as many files as most may; no cards follow its pages."""
    folder = Site(tmp_path / "site")
    folder.write("storysite.yml", "title: Ours\nshare_cards: none\n")
    folder.post("2026-01-02-story", "Text 0.", title="Story")
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(1024, before[1]), before[1]))
    with serve(folder):
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(8192, before[1]), before[1]))
        yield folder
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


def save_and_wait(site: Site, number: int) -> float:
    """Save a text, wait until its page is made, and return the seconds that took."""
    began = time.monotonic()
    site.post("2026-01-02-story", f"Text {number}.", title="Story")
    file = site.path / ".storysite/preview/site/2026/01/story/index.html"
    until(lambda: f"Text {number}." in file.read_text("utf-8"), "a page")
    return time.monotonic() - began


def crowd(site: Site, sent: bytes, stack: ExitStack, count: int = CROWD) -> list[socket.socket]:
    """Connect many times, and say the same each time."""
    made = []
    for _ in range(count):
        try:
            each = stack.enter_context(socket.create_connection(("127.0.0.1", site.port), 5))
            each.sendall(sent)
        except OSError:
            continue
        made.append(each)
    return made


@pytest.mark.parametrize(
    "sent", [b"", b"GET / HTTP/1.1\r\nHost: local", ASK], ids=["nothing", "half a request", "a request"]
)
def test_a_crowd_holds_nobody_up(site: Site, sent: bytes) -> None:
    """More connections than a process may have files: others are answered, pages are made, nothing is printed."""
    usual = max(save_and_wait(site, number) for number in range(1, 4))
    said = len(site.running.said)
    with ExitStack() as stack:
        assert len(crowd(site, sent, stack)) > CROWD * 0.9
        assert save_and_wait(site, 4) < usual + 2
        assert b"Text 4." in site.get("/2026/01/story/")[2]
        told = stack.enter_context(socket.create_connection(("127.0.0.1", site.port), 5))
        told.sendall(b"GET /__storysite__/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert b"200 OK" in told.recv(200)
    assert b"Text 4." in site.get("/2026/01/story/")[2]
    assert all(re.search("saved|checked:|pictures:", line) for line in site.running.said[said:]), "".join(
        site.running.said[said:]
    )[:2000]


def test_rubbish_is_answered_and_not_told(site: Site) -> None:
    """What strangers and scanners send is no news for the writer."""
    chance = random.Random(1)
    site.running.line("first build")
    said = len(site.running.said)
    upgrade = (
        b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nConnection: close\r\n\r\n"
    )
    sent = [
        b"\x16\x03\x01\x02\x00\x01",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /%00 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"GET http://[ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"x" * 100_000,
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        upgrade,
        upgrade.replace(b"websocket", b"h2c"),
        *(chance.randbytes(200) + b"\r\n\r\n" for _ in range(30)),
    ]
    for each in sent:
        with ExitStack() as stack:
            (one,) = crowd(site, each, stack, 1)
            one.shutdown(socket.SHUT_WR)
            one.settimeout(0.2)
            try:
                one.recv(1000)
            except OSError:
                continue
    assert site.get("/")[0] == 200
    assert site.running.said[said:] == []


@contextmanager
def small_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Serve a word, patient for a moment only and for few; return the port."""
    monkeypatch.setattr(connections, "PATIENCE", 0.6)
    monkeypatch.setattr(connections, "MOST", 5)
    monkeypatch.setattr(connections, "most_connections", lambda: 5)
    listeners = listen("127.0.0.1", free_port())
    levels = [(logging.getLogger(name), logging.getLogger(name).level) for name in ("asyncio", "uvicorn.error")]
    with serving(PlainTextResponse("hello"), listeners):
        yield listeners[0].getsockname()[1]
    for logger, level in levels:
        logger.setLevel(level)


def is_closed(connection: socket.socket) -> bool:
    """Return whether the other side closed a connection within some seconds."""
    connection.settimeout(5)
    try:
        while connection.recv(1000):
            pass
    except TimeoutError:
        return False
    except OSError:
        pass
    return True


def test_who_tells_a_request_letter_by_letter_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the first one nor a later one; https://en.wikipedia.org/wiki/Slowloris_(cyber_attack)."""
    for first in (b"", b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"):
        with small_server(monkeypatch) as port, socket.create_connection(("127.0.0.1", port), 5) as slow:
            slow.sendall(first)
            began = time.monotonic()
            try:
                for letter in b"GET / HTTP/1.1\r\nX: " + b"x" * 400:
                    slow.sendall(bytes([letter]))
                    time.sleep(0.02)
            except OSError:
                pass
            assert is_closed(slow)
            assert 0.5 < time.monotonic() - began < 4


def test_the_one_who_waits_longest_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """And the next one is answered."""
    monkeypatch.setattr(connections, "PATIENCE", 60)
    with small_server(monkeypatch) as port, ExitStack() as stack:
        monkeypatch.setattr(connections, "PATIENCE", 60)
        waiting = []
        for _ in range(6):
            waiting.append(stack.enter_context(socket.create_connection(("127.0.0.1", port), 5)))
            time.sleep(0.02)
        assert is_closed(waiting[0])
        waiting[5].sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        with waiting[5].makefile("rb") as answer:
            assert answer.readline() == b"HTTP/1.1 200 OK\r\n"
