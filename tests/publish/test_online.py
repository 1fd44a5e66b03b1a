"""What the network says of a site, asked of real servers on this computer, as they are and as filters are."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.error import URLError
from urllib.request import OpenerDirector

import pytest

from storysite.publish.finding import Finding, Level
from storysite.publish.online import Answer, fetch, online_findings
from storysite.starter.remote import Remote
from tests.folder import Folder
from tests.pages_stand_in import Pages, served

OURS = Remote("github.com", "lincoln", "stories")
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SITE = "https://lincoln.github.io/stories"
FEED = b"<?xml version='1.0'?><rss><guid>robots</guid></rss>"


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@contextmanager
def server(answer: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[str]:
    """Serve answers for the length of the block, and give the address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        def do_CONNECT(self) -> None:
            self.send_error(407)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the name it has in the library
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def told(answers: dict[str, Answer], *, id: str = "robots", age: float = 600, site: str = SITE) -> list[Finding]:  # noqa: A002
    """Return what is said where addresses, by their ends, answer so."""

    def ask(address: str) -> Answer:
        return next((answer for end, answer in answers.items() if address.endswith(end)), Answer(404))

    found = list(online_findings(site, OURS, id, NOON - timedelta(minutes=age), NOON, ask))
    assert all(each.level is Level.FINE or (each.fix and each.link and each.what.endswith(".")) for each in found)
    return found


ON = {"/repos/lincoln/stories": Answer(200, "application/json", b'{"has_pages": true}')}
THERE = {**ON, "/stories/": Answer(200), "/feed.xml": Answer(200, "application/xml", FEED)}


def test_a_site_that_is_there_is_fine() -> None:
    assert [each.level for each in told(THERE)] == [Level.FINE, Level.FINE]


@pytest.mark.parametrize(
    ("answer", "level", "words"),
    [
        (Answer(200, body=b'{"has_pages": false}'), Level.WRONG, "not turned on"),
        (Answer(200, body=b'{"archived": true}'), Level.WRONG, "archived"),
        (Answer(200, body=b"<html>Blocked"), Level.KNOW, "something else answered"),
        (Answer(200, body=b"[]"), Level.KNOW, "something else answered"),
        (Answer(404), Level.KNOW, "no such repository"),
        (Answer(403), Level.KNOW, "too many asked"),
        (Answer(500), Level.KNOW, "the answer was 500"),
        (Answer(trouble="slow"), Level.KNOW, "no answer within 10 seconds"),
        (Answer(trouble="proxy"), Level.KNOW, "the proxy"),
    ],
)
def test_what_github_says_of_a_repository(answer: Answer, level: Level, words: str) -> None:
    first = told({**THERE, "/repos/lincoln/stories": answer})[0]
    assert (first.level, words in first.what) == (level, True), first


@pytest.mark.parametrize(
    ("answers", "level", "words"),
    [
        ({"/stories/": Answer(404)}, Level.WRONG, "Nothing is published"),
        ({"/stories/": Answer(503)}, Level.KNOW, "the answer was 503"),
        ({"/stories/": Answer(trouble="certificate")}, Level.WRONG, "certificate"),
        ({"/stories/": Answer(trouble="name")}, Level.WRONG, "nobody knows this name"),
        ({"/stories/": Answer(trouble="refused")}, Level.KNOW, "refused"),
        ({"/feed.xml": Answer(404)}, Level.WRONG, "it has no feed"),
        ({"/feed.xml": Answer(200, body=b"<html>Sign in")}, Level.KNOW, "a filter of the network"),
        ({"/feed.xml": Answer(200, body=b"<rss></rss>")}, Level.WRONG, "newest story"),
    ],
)
def test_what_is_said_of_a_site(answers: dict[str, Answer], level: Level, words: str) -> None:
    last = told({**THERE, **answers})[-1]
    assert (last.level, words in last.what) == (level, True), last


def test_a_story_of_the_last_minutes_may_be_on_its_way() -> None:
    last = told({**THERE, "/feed.xml": Answer(200, body=b"<rss></rss>")}, age=5)[-1]
    assert last.level is Level.KNOW


def test_a_site_whose_address_nobody_knows_is_not_looked_for() -> None:
    assert "Nobody knows the address" in told(ON, site="")[-1].what


def test_a_published_site_is_found_as_it_is_served(tmp_path: Path) -> None:
    """The feed that a build writes has the id of the newest story in it."""
    folder = Folder(tmp_path / "site")
    folder.post("2026-11-20-robots", id="robots")
    folder.build()
    with served(Pages(folder.site)) as address:
        found = [*online_findings(address, None, "robots", NOON - timedelta(days=4), NOON)]
        missing = [*online_findings(address, None, "another", NOON - timedelta(days=4), NOON)]
    assert [each.level for each in found] == [Level.FINE]
    assert [each.level for each in missing] == [Level.WRONG]


def test_answers_of_servers_are_answers() -> None:
    """Also those that are cut off, that are none of HTTP, and that never end."""

    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(b"x" * 5_000_000)

    def cut(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b"short")

    def nonsense(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"220 mail.example ready\r\n")

    def circle(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(302)
        handler.send_header("Location", handler.path)
        handler.end_headers()

    with server(endless) as address:
        assert len(fetch(address).body) == 3_000_000
    with server(cut) as address:
        assert fetch(address) == Answer(200, "text/plain", b"short")
    with server(nonsense) as address:
        assert fetch(address).trouble == "refused"
    with server(circle) as address:
        assert fetch(address).status == 302


def test_what_does_not_answer_is_given_up() -> None:
    """A server that takes a connection and says nothing; a port at which nobody is; names that cannot be."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        assert fetch(f"http://127.0.0.1:{port}/", patience=0.2).trouble == "slow"
        assert fetch(f"https://127.0.0.1:{port}/", patience=0.2).trouble == "slow"
    assert fetch(f"http://127.0.0.1:{port}/", patience=0.2).trouble == "refused"
    for address in (
        "file:///etc/passwd",
        "http://",
        "http://a..b/",
        "http://\u0007/",
        "http://[::1",
        "http://a b/",
        "x",
    ):
        assert fetch(address, patience=0.2).status == 0, address


def test_the_proxy_of_the_network_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """And it is named where it refuses."""

    def filtered(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(f"<html>Blocked: {handler.path}".encode())

    with server(filtered) as address:
        monkeypatch.setenv("http_proxy", address)
        monkeypatch.setenv("https_proxy", address)
        assert fetch("http://lincoln.test/feed.xml").body == b"<html>Blocked: http://lincoln.test/feed.xml"
        assert fetch("https://lincoln.test/").trouble == "proxy"


def test_troubles_have_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """By what the library raises for them."""
    raised = {
        "certificate": ssl.SSLCertVerificationError("self-signed certificate"),
        "refused": ssl.SSLError("wrong version number"),
        "name": socket.gaierror(-2, "Name or service not known"),
        "slow": TimeoutError("timed out"),
    }
    for expected, reason in raised.items():

        def fails(*_: object, reason: Exception = reason, **__: object) -> None:
            raise URLError(reason)

        monkeypatch.setattr(OpenerDirector, "open", fails)
        assert fetch("https://lincoln.test/").trouble == expected
