"""Where the preview is found: addresses that work, ports that are free, and paths as people type them."""

import os
import re
import signal
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from storysite.problems import escaped
from storysite.serve.server import LOCALHOST, address_of, listen, network_address, own_names
from tests.command_line import storysite
from tests.running import Running, until
from tests.serve.test_serve import Site, free_port, serve

pytestmark = [pytest.mark.process, pytest.mark.skipif(os.name == "nt", reason="process groups and signals of POSIX")]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Return a site with a story."""
    folder = Site(tmp_path / "site")
    folder.post("2026-01-02-story", "Some text.", title="Story")
    return folder


@pytest.fixture(params=["127.0.0.1", "::1", "0.0.0.0", "::"])
def taken(request: pytest.FixtureRequest) -> Iterator[int]:
    """Return a port on which another program listens, at one of the addresses of this computer."""
    try:
        with socket.socket(socket.AF_INET6 if ":" in request.param else socket.AF_INET) as other:
            if request.param == "::":
                other.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            other.bind((request.param, 0))
            other.listen()
            yield other.getsockname()[1]
    except OSError:
        pytest.skip(f"this computer has no {request.param}")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0.0.0.0"])
def test_a_port_is_free_only_if_it_is_so_at_all_addresses_of_localhost(taken: int, host: str) -> None:
    """A browser that is asked for `localhost` tries ::1 first, and would show the other program."""
    found = listen(host, taken)
    try:
        numbers = {each.getsockname()[1] for each in found}
        assert len(numbers) == 1
        assert taken not in numbers
    finally:
        for each in found:
            each.close()


def test_the_preview_is_found_at_every_address_of_localhost(site: Site) -> None:
    """Whichever one a browser tries first."""
    with serve(site):
        for host in LOCALHOST:
            try:
                socket.create_connection((host, site.port), 5).close()
            except OSError as error:
                assert ":" in host, "this computer has no IPv6"
                assert error.errno


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_the_address_of_a_preview_for_all_works(site: Site, host: str) -> None:
    """0.0.0.0 is no address that a browser can open; the one for other devices is told if there is a network."""
    with Running(site.path, "serve", "-p", str(free_port()), "--host", host) as running:
        line = running.line("Your site is at")
        address = re.search(r"http://localhost:(\d+)/ ", line)
        assert address, line
        site.port = int(address[1])
        if host == "::":
            socket.create_connection(("::1", site.port), 5).close()
        else:
            for name in own_names():
                assert site.get("/", host=f"{name}:{site.port}")[0] == 200
            status, _, body = site.get("/", host="stories.attacker.example")
            assert status == 400
            assert b"    storysite serve --host 0.0.0.0 --name stories.attacker.example\n" in body
        if others := network_address(host, site.port, "/"):
            assert others in running.line("Other devices on your network find it at")
            name = others.removeprefix("http://").rpartition(":")[0].strip("[]")
            socket.create_connection((name, site.port), 5).close()


def test_addresses_are_written_as_browsers_read_them() -> None:
    """Those of IPv6 in brackets."""
    assert address_of("127.0.0.1", 8000, "/") == "http://localhost:8000/"
    assert address_of("::1", 8000, "/stories/") == "http://[::1]:8000/stories/"
    assert address_of("192.168.1.7", 9000, "/") == "http://192.168.1.7:9000/"
    assert network_address("127.0.0.1", 8000, "/") == ""


def test_who_comes_by_another_name_is_told_the_cure(site: Site) -> None:
    """A codespace, a tunnel, a phone. What somebody else sent is not repeated if it is no name."""
    with serve(site):
        for name in ("potato-7x5-8000.app.github.dev", "192.168.1.7", "library.ngrok.io", "[2001:db8::7]"):
            status, headers, body = site.get("/", host=f"{name}:8000")
            assert (status, headers["content-type"]) == (400, "text/plain; charset=utf-8")
            assert f"does not answer to {name}.".encode() in body
            assert f"    storysite serve --name {name}\n".encode() in body
            assert b"Some text" not in body
        for name in ("<script>alert(1)</script>", "a b", ""):
            status, _, body = site.get("/", host=name)
            assert status == 400
            assert b"does not answer to another name." in body
            assert b"<" not in body


def test_a_name_that_was_given_is_answered_to(site: Site) -> None:
    """However it is spelled, with a port or without; no other."""
    with serve(site, "--name", "Potato-8000.app.github.dev", "--name", "192.168.1.7"):
        for name in ("potato-8000.app.github.dev", "POTATO-8000.app.github.dev.", "192.168.1.7:8000", "127.0.0.1"):
            assert site.get("/", host=name)[0] == 200
        for name in ("other.app.github.dev", "potato-8000.app.github.dev.attacker.example"):
            assert site.get("/", host=name)[0] == 400


def test_a_browser_that_does_not_return_holds_up_nothing(site: Site, tmp_path: Path) -> None:
    """Some, such as those of terminals, run until they are closed: pages are made all the same, and Ctrl-C works."""
    browser, opened = tmp_path / "browser", tmp_path / "opened"
    browser.write_text(
        f"#!{sys.executable}\nimport sys, time\nopen({str(opened)!r}, 'w').write(sys.argv[1])\ntime.sleep(60)\n"
    )
    browser.chmod(0o755)
    with serve(site, "--open", BROWSER=f"{browser} %s") as running:
        until(lambda: opened.exists() and opened.read_text().startswith(f"http://localhost:{site.port}/"))
        site.post("2026-01-02-story", "New text.", title="Story")
        running.line("saved")
        until(lambda: b"New text." in site.get("/2026/01/story/")[2])
        began = time.monotonic()
        assert running.stop(signal.SIGINT) == 0
        assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    "path", ["/a?b/", "/a#b", "/../", "a//b", "/{x}/", "C:/Program Files/Git/stories/", "/a\\b/", "/a\tb/"]
)
def test_what_is_no_path_is_refused_in_words(site: Site, path: str) -> None:
    """Git's shell for Windows makes a file's path of one that begins with a slash."""
    result = storysite(site.path, "serve", "--base-path", path)
    assert result.returncode == 2
    assert f'"{escaped(path)}" is not a path' in result.stderr
    assert "[serve-base-path]" in result.stderr


@pytest.mark.parametrize("path", ["/my stories/", "my%20stories", "/histórias", "100%", "(ours)/2026"])
def test_the_printed_address_below_a_path_works(site: Site, path: str) -> None:
    """It is written as in the address bar of a browser."""
    with serve(site, "--base-path", path) as running:
        line = next(line for line in running.said if "Your site is at" in line)
        found = re.search(r"http://localhost:\d+(/\S+/) ", line)
        assert found
        assert site.get(found[1])[0] == 200
        assert site.get(f"{found[1]}2026/01/story/")[0] == 200
        assert site.get("/")[1]["location"] == found[1]
