"""`storysite serve` as a real process: pages as GitHub Pages serves them, to this computer alone, and nothing else."""

import http.client
import json
import os
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from storysite.build import build
from storysite.build.options import BuildOptions
from storysite.build.watch_loop import Rebuild
from storysite.serve.preview import Preview
from tests.folder import ICON, NOW, Folder
from tests.running import Running, holds, until

pytestmark = pytest.mark.skipif(os.name == "nt", reason="process groups and signals of POSIX")


class Site(Folder):
    """A site that is served: ask it for pages as a browser would."""

    port: int
    running: Running

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers and body; the path is sent just as it is written."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.putrequest(method, path, skip_host="host" in headers)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        answer = connection.getresponse()
        found = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        connection.close()
        return found

    def raw(self, request: bytes) -> bytes:
        """Return the answer to a request that no library would send."""
        with socket.create_connection(("127.0.0.1", self.port), 20) as connection:
            connection.sendall(request)
            parts = []
            while part := connection.recv(65536):
                parts.append(part)
        return b"".join(parts)


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def serve(folder: Site, *arguments: str, **environment: str) -> Running:
    """Start the preview of a site and wait until it can be asked."""
    folder.running = Running(folder.path, "serve", "-p", str(free_port()), *arguments, **environment)
    address = re.search(r":(\d+)/", folder.running.line("Your site is at"))
    assert address
    folder.port = int(address[1])
    return folder.running


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """Return a site with a draft and a post of days to come, served; no cards follow its pages, so that all news is of a save."""
    folder = Site(tmp_path / "site")
    folder.write("storysite.yml", "title: Ours\nbase_url: https://library.example.org\nshare_cards: none\n")
    folder.post("2026-01-02-story", "Some text.", title="Story")
    folder.post("2026-01-03-secret", "Not yet.", title="A draft", draft="true")
    folder.post("2099-01-03-later", "Much later.", title="Later")
    folder.write("static/picture.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>" + " " * 1000)
    folder.write("static/hello.html", "<!doctype html><title>Hello</title>")
    folder.write("outside.txt", "a secret of the site's folder")
    with serve(folder):
        yield folder


def test_pages_behave_as_on_github_pages(site: Site) -> None:
    """Folders, files without their ending, lost addresses, capitals, types and parts of files."""
    assert site.get("/")[0] == 200
    assert site.get("/2026/01/story/")[0] == 200
    status, headers, _ = site.get("/2026/01/story")
    assert (status, headers["location"]) == (307, f"http://127.0.0.1:{site.port}/2026/01/story/")
    assert site.get("/hello")[0] == 200
    status, _, body = site.get("/2026/01/nowhere/")
    assert status == 404
    assert b"Not on this shelf" in body
    assert site.get("/2026/01/STORY/")[0] == 404
    status, headers, body = site.get("/picture.svg", range="bytes=0-3")
    assert (status, headers["content-type"], body) == (206, "image/svg+xml", b"<svg")
    assert site.get("/feed.xml")[1]["content-type"].split(";")[0] in (
        "application/rss+xml",
        "text/xml",
        "application/xml",
    )


def test_a_file_is_whole_while_another_takes_its_place(site: Site) -> None:
    """Whoever asks during a build gets the old one or the new one, never the length of one with the bytes of the other."""
    for number in range(12):
        whole = ICON.encode() + bytes([number]) * (99_996 + number % 2 * 200_000)
        site.write("static/robot.jpg", whole)
        until(lambda: site.get("/robot.jpg")[2] == whole)  # noqa: B023 - it is called here and now
    assert site.get("/robot.jpg", "HEAD")[1]["content-length"] == "300000"
    assert site.get("/robot.jpg", if_none_match=site.get("/robot.jpg")[1]["etag"])[0] == 304
    site.running.stop()
    assert "Traceback" not in "".join(site.running.said)


def test_drafts_are_shown_here_and_nowhere_else(site: Site) -> None:
    """The preview has an output of its own; a build afterwards knows nothing of drafts."""
    assert b"Not yet." in site.get("/2026/01/secret/")[2]
    assert b"Much later." in site.get("/2099/01/later/")[2]
    site.running.stop()
    site.build()
    assert not any("secret" in route or "later" in route for route in site.routes())
    assert not any(b"__storysite__" in file.read_bytes() for file in site.site.rglob("*.html"))


@pytest.mark.parametrize(
    "path",
    [
        "/../outside.txt", "/../../outside.txt", "/%2e%2e/%2e%2e/%2e%2e/outside.txt", "/..%2f..%2f..%2foutside.txt",
        "/2026/..%5c..%5c..%5coutside.txt", "//etc/passwd", "/%2fetc/passwd", "/etc/passwd", "/%00", "/index.html%00.txt",
        "/.storysite-manifest", "/%2estorysite-manifest", "/.storysite-staging/0-0", "/../cache.sqlite", "/%2e%2e/cache.sqlite",
        "/link.txt", "/folder/outside.txt", "/C:/Windows/win.ini", "/" + "a" * 5000, "/%ff%fe", "/__storysite__/../../cache.sqlite",
    ],
)  # fmt: skip
def test_nothing_outside_of_the_output_is_served(site: Site, path: str) -> None:
    """However the way out is written: encoded dots, absolute paths, a NUL, links that lead away."""
    output = site.path / ".storysite/preview/site"
    (output / "link.txt").symlink_to(site.path / "outside.txt")
    (output / "folder").symlink_to(site.path)
    status, _, body = site.get(path)
    assert status == 404
    assert b"a secret" not in body
    assert b"root:" not in body
    assert b"SQLite" not in body


def test_requests_that_are_none_are_refused(site: Site) -> None:
    """A path without a slash, a full address, rubbish."""
    for line in (b"GET ../../outside.txt HTTP/1.1", b"GET http://evil.example/ HTTP/1.1", b"\x00\x01\x02"):
        answer = site.raw(line + b"\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
        assert answer.split(b" ", 2)[1:2] in ([b"400"], [b"404"], [])
        assert b"a secret" not in answer


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "localhost.evil.example", "127.0.0.1.evil.example", "192.168.1.7"]
)
def test_other_names_than_this_computers_own_are_refused(site: Site, host: str) -> None:
    """A page of somebody else's whose name was bound to this computer gets nothing to see."""
    for path in ("/", "/__storysite__/events", "/__storysite__/page?url="):
        assert site.get(path, host=host)[0] == 400


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "LOCALHOST:8000", "[::1]:8000"])
def test_this_computers_own_names_are_served(site: Site, host: str) -> None:
    assert site.get("/", host=host)[0] == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_nothing_can_be_written(site: Site, method: str) -> None:
    """Nor does any answer allow other sites to read it."""
    for path in ("/", "/__storysite__/events", "/__storysite__/page"):
        status, headers, _ = site.get(path, method, origin="https://evil.example")
        assert status == 405
        assert not any(name.startswith("access-control") for name in headers)
    assert not any(name.startswith("access-control") for name in site.get("/", origin="https://evil.example")[1])


def test_it_listens_on_this_computer_alone(site: Site) -> None:
    """Its socket is bound to the loopback address."""
    with pytest.raises(OSError), socket.create_connection((socket.gethostname(), site.port), 2) as made:
        if made.getpeername()[0].startswith("127."):
            raise OSError("the name of this computer is its loopback address")


def test_the_next_free_port_is_taken_and_said(site: Site) -> None:
    """A second preview in another window does not fail."""
    with Running(site.path, "serve", "-p", str(site.port)) as second:
        assert second.line("already in use").startswith(
            f"Port {site.port} is already in use, so the preview is on port "
        )
        second.line("Your site is at")


def test_below_a_path(tmp_path: Path) -> None:
    """As for a repository on GitHub Pages; the top leads there."""
    folder = Site(tmp_path / "site")
    folder.post("2026-01-02-story", "Some text.", title="Story")
    with serve(folder, "--base-path", "/stories"):
        assert folder.get("/stories/2026/01/story/")[0] == 200
        assert folder.get("/")[1]["location"] == "/stories/"
        assert folder.get("/2026/01/story/")[0] == 404
        assert b'src="/stories/__storysite__/live.js"' in folder.get("/stories/")[2]
        assert folder.get("/stories/__storysite__/live.js")[0] == 200


def events(site: Site) -> Iterator[dict[str, Any]]:
    """Yield what an open tab is told."""
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=20)
    connection.request("GET", "/__storysite__/events")
    answer = connection.getresponse()
    try:
        assert answer.headers["content-type"].startswith("text/event-stream")
        while line := answer.readline():
            if line.startswith(b"data: "):
                yield json.loads(line[6:])
    finally:
        answer.close()
        connection.close()


def test_a_tab_is_told_what_changed(site: Site) -> None:
    """First how things stand, then for each build the pages that were made anew."""
    told = events(site)
    standing = next(told)
    assert standing["standing"] is True
    site.post("2026-01-02-story", "New text.", title="Story")
    update = next(told)
    assert (update["build"], update["session"], update["standing"]) == (
        standing["build"] + 1,
        standing["session"],
        False,
    )
    assert "2026/01/story/" in update["update"]["changed"]
    assert "2099/01/" not in update["update"]["changed"]


def test_a_tab_is_told_of_mistakes_and_of_their_end(site: Site) -> None:
    """Where, what, the line and how to fix it; a tab that is opened later is told too."""
    told = events(site)
    next(told)
    site.post("2026-01-02-story", "Some text.", title="Story", date="2026-13-04")
    update = next(told)["update"]
    assert update["stopped"] is True
    (wrong,) = update["problems"]
    assert (wrong["path"], wrong["line"], wrong["code"]) == ("content/posts/2026-01-02-story.md", 3, "post-date")
    assert wrong["excerpt"] == "date: 2026-13-04"
    assert next(events(site))["update"]["problems"] == [wrong]
    assert site.get("/2026/01/story/")[0] == 200
    site.post("2026-01-02-story", "Some text.", title="Story")
    update = next(told)["update"]
    assert (update["stopped"], update["problems"]) == (False, [])


def test_a_tab_is_told_of_a_text_that_was_saved_after_the_look_and_before_the_build(folder: Folder) -> None:
    """Its file still looks as it did, so nothing counts as saved; the page was made anew all the same."""
    folder.post("2026-01-02-story", "First text.", title="Story")
    options = BuildOptions(folder.path, now=NOW, jobs=1)
    preview = Preview(options, "")
    preview.update_of(Rebuild([], build(options), [], 0.1))
    folder.post("2026-01-02-story", "Second text.", title="Story")
    assert "2026/01/story/" in preview.update_of(Rebuild([], build(options), [], 0.1)).changed


def test_a_tab_of_a_post_that_moved_or_is_gone_is_told_where_to(site: Site) -> None:
    """By the post's id or file."""
    told = events(site)
    next(told)
    site.post("2026-01-02-story", "Some text.", title="Story", slug="elsewhere")
    assert next(told)["update"]["moved"]["2026/01/story/"] == "2026/01/elsewhere/"
    (site.path / "content/posts/2026-01-02-story.md").unlink()
    assert next(told)["update"]["moved"]["2026/01/elsewhere/"] == ""


def test_only_style_sheets_are_swapped_where_nothing_else_changed(site: Site) -> None:
    """No tab need load again for a color."""
    told = events(site)
    next(told)
    site.write("templates/assets/style.css", "body { color: red }")
    update = next(told)["update"]
    assert update["changed"] == []
    ((old, new),) = update["styles"].items()
    assert re.fullmatch(r"assets/style\.[0-9a-f]{8}\.css", old)
    assert site.get(f"/{new}")[2] == b"body { color: red }"


def test_the_strip_knows_the_page(site: Site) -> None:
    """Its kind and moment, whether readers see it, and where it is edited."""
    facts = json.loads(site.get("/__storysite__/page?url=2026/01/secret/")[2])
    assert facts["source"] == "content/posts/2026-01-03-secret.md"
    assert (facts["kind"], facts["moment"]) == ("Victory", "2026-01-03, 06:00")
    assert facts["hidden"] == "Draft: readers do not see this yet"
    assert json.loads(site.get("/__storysite__/page?url=2099/01/later/")[2])["hidden"].startswith("Scheduled: ")
    assert json.loads(site.get("/__storysite__/page?url=archive/")[2]) is None


def test_the_strip_knows_how_hard_a_story_is_to_read(tmp_path: Path) -> None:
    """As its file has it now; nothing for a short one, for a page, or where nobody wants to know."""
    folder = Site(tmp_path / "site")
    hard = "The children in the library investigated a variety of recyclable materials and the community. "
    folder.post("2026-01-02-story", hard * 10, title="Story")
    folder.post("2026-01-03-short", "Some text.", title="Short")
    folder.write("content/pages/about.md", hard * 10)
    with serve(folder):
        pages = ("2026/01/story/", "2026/01/short/", "about/")
        levels = [json.loads(folder.get(f"/__storysite__/page?url={url}")[2])["level"] for url in pages]
        assert levels == ["Grade 18 or above, above your goal", "", ""]


def test_a_picture_without_words_is_told_of_with_a_link_to_its_line(tmp_path: Path) -> None:
    """Until it has some, or is said to be decoration."""
    folder = Site(tmp_path / "site")
    folder.post("2026-01-02-story", "Some text.\n\n![](https://example.org/robot.jpg)", title="Story")
    with serve(folder, VISUAL="/usr/bin/code --wait"):
        told = events(folder)
        (wrong,) = (each for each in next(told)["update"]["problems"] if each["code"] == "photo-alt")
        assert wrong["excerpt"] == "![](https://example.org/robot.jpg)"
        assert wrong["link"] == f"vscode://file{folder.path.resolve()}/{wrong['path']}:{wrong['line']}"
        folder.post(
            "2026-01-02-story", "Some text.\n\n![](https://example.org/robot.jpg){: .decorative}", title="Story"
        )
        assert "photo-alt" not in {each["code"] for each in next(told)["update"]["problems"]}


def test_a_place_opens_in_the_editor(tmp_path: Path) -> None:
    """Where the editor's addresses are known; no other program is ever started."""
    folder = Site(tmp_path / "site")
    folder.post("2026-01-02-story", "Some text.", title="Story")
    with serve(folder, VISUAL="/usr/bin/code --wait"):
        facts = json.loads(folder.get("/__storysite__/page?url=2026/01/story/")[2])
        assert facts["link"] == f"vscode://file{folder.path.resolve()}/content/posts/2026-01-02-story.md:1"


def test_the_policy_of_a_page_allows_the_preview_and_nothing_more(site: Site) -> None:
    """The built page has no script and allows none; the shown one allows that of this server."""
    built = (site.path / ".storysite/preview/site/index.html").read_text("utf-8")
    assert "script-src" not in built
    shown = site.get("/")[2].decode()
    assert "default-src 'none';" in shown
    assert shown.count("script-src 'self'") == shown.count("connect-src 'self'") == 1
    assert holds(site.path / ".storysite/preview/site/index.html", "default-src 'none'")
