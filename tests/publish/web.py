"""The web as the tests have it: a bare repository on disk as GitHub, colleagues who write there, and GitHub Pages."""

from __future__ import annotations

import os
import re
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit
from urllib.request import Request, urlopen

from tests.command_line import storysite
from tests.folder import Folder
from tests.tools import require

PREFIX = "/repo/"


def git(folder: Path, *words: str, **variables: str) -> str:
    """Return what git prints in a folder, as on a computer where nobody has set anything."""
    home = folder.parent / "home"
    home.mkdir(exist_ok=True)
    done = subprocess.run(
        [
            require("git"),
            "-c",
            "core.quotePath=false",
            "-c",
            "user.name=Ana",
            "-c",
            "user.email=ana@school.example",
            *words,
        ],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(home), "LC_ALL": "C.UTF-8", **variables},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


class Hub:
    """A repository on disk that is to the tests what one on GitHub is to a school."""

    def __init__(self, above: Path) -> None:
        self.path = above / "hub.git"
        self.above = above
        above.mkdir(exist_ok=True)
        git(above, "init", "--quiet", "--bare", "--initial-branch=main", "hub.git")

    def commits(self, branch: str = "main") -> list[str]:
        """Return the first lines of what lies there, the newest first."""
        return git(self.path, "log", "--format=%s", branch).splitlines()

    def branches(self) -> set[str]:
        """Return the names of the branches."""
        return set(git(self.path, "for-each-ref", "--format=%(refname:short)", "refs/heads").split())

    def names(self, branch: str = "main") -> set[str]:
        """Return the files of a branch."""
        return {name for name in git(self.path, "ls-tree", "-r", "-z", "--name-only", branch).split("\0") if name}

    def text(self, name: str, branch: str = "main") -> str:
        """Return a file of a branch."""
        return git(self.path, "cat-file", "blob", f"{branch}:{name}")

    def edit(self, name: str, text: str | None, branch: str = "main") -> None:
        """Change a file as Ana does, in her browser; None deletes it."""
        copy = self.above / f"ana-{time.monotonic_ns()}"
        git(self.above, "clone", "--quiet", "--branch", branch, str(self.path), copy.name)
        if text is None:
            (copy / name).unlink()
        else:
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            (copy / name).write_text(text, "utf-8")
        git(copy, "add", "-A")
        git(copy, "commit", "--quiet", "-m", f"Update {name}")
        git(copy, "push", "--quiet", "origin", branch)

    def refuses(self, words: str) -> None:
        """Take nothing from now on, with these words."""
        hook = self.path / "hooks/pre-receive"
        hook.write_text(f"#!/bin/sh\necho '{words}' >&2\nexit 1\n", "utf-8")
        hook.chmod(0o755)


class Office:
    """A librarian's computer: the folder of her site, whose repository sends to the hub."""

    def __init__(self, above: Path, hub: Hub | None, *, workflow: bool = True, settings: str = "") -> None:
        above.mkdir(exist_ok=True)
        self.folder = Folder(above / "our-stories")
        self.path = self.folder.path
        self.hub = hub
        self.folder.write("storysite.yml", f"title: Our story shelf\nauthor: Ms. Rivera\n{settings}")
        self.folder.write(".gitignore", "_site/\n.storysite/\n")
        if workflow:
            self.folder.write(".github/workflows/publish.yml", "name: Publish\n")
        self.folder.post("2026-11-20-robots", "Robots came.", id="robots", title="Robots")

    def publish(self, *words: str, code: int = 0, **variables: str) -> str:
        """Return what `storysite publish` prints, both streams together; it has to end with a code."""
        done = storysite(self.path, "publish", *words, packages=None, **variables)
        said = done.stdout + done.stderr
        assert done.returncode == code, said
        assert "Traceback" not in said
        return said

    def first(self, *words: str) -> str:
        """Publish for the first time."""
        assert self.hub
        return self.publish("--remote", str(self.hub.path), "--no-wait", *words)

    def git(self, *words: str) -> str:
        """Return what git says here."""
        return git(self.path, *words)

    def unsaved(self) -> list[str]:
        """Return what git calls not saved."""
        return [row for row in self.git("status", "--porcelain", "-z", "-uall").split("\0") if row]


def clone(hub: Hub, above: Path) -> Office:
    """Return the computer of a colleague who has the same site."""
    office = Office.__new__(Office)
    above.mkdir()
    git(above, "clone", "--quiet", str(hub.path), "our-stories")
    office.folder, office.path, office.hub = Folder(above / "our-stories"), above / "our-stories", hub
    return office


class Pages:
    """GitHub Pages for the branch gh-pages of a hub: under a prefix, with its redirects, its 404, and no dotfiles."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.asked: list[str] = []
        self.delay = 0.0
        """Seconds after which what was sent is there."""
        self._shown, self._sent, self._since = "", "", 0.0
        self._files: dict[str, dict[str, str]] = {}
        self._lock = threading.Lock()

    def answer(self, address: str) -> tuple[int, str, bytes]:
        """Return the code, where it leads to, and the bytes of an address."""
        with self._lock:
            self.asked.append(address)
            files = self._now()
        path = unquote(urlsplit(address).path)
        if not path.startswith(PREFIX):
            return 404, "", b"not here"
        route = path.removeprefix(PREFIX)
        if any(part.startswith(".") for part in route.split("/")):
            return self._missing(files)
        for name in (route, f"{route}index.html" if route in ("",) or route.endswith("/") else "", f"{route}.html"):
            if name in files:
                return 200, "", self._bytes(files[name])
        if f"{route}/index.html" in files:
            return 301, f"{urlsplit(address).path}/", b""
        return self._missing(files)

    def _missing(self, files: dict[str, str]) -> tuple[int, str, bytes]:
        return 404, "", self._bytes(files["404.html"]) if "404.html" in files else b"nothing"

    def _bytes(self, name: str) -> bytes:
        done = subprocess.run(
            [require("git"), "cat-file", "blob", name], cwd=self.hub.path, capture_output=True, check=True
        )
        return done.stdout

    def _now(self) -> dict[str, str]:
        """Return the files that are shown now by their names, with what git calls them."""
        newest = git(self.hub.path, "for-each-ref", "--format=%(objectname)", "refs/heads/gh-pages").strip()
        if newest != self._sent:
            self._sent, self._since = newest, time.monotonic()
        if newest != self._shown and time.monotonic() - self._since >= self.delay:
            self._shown = newest
        if self._shown and self._shown not in self._files:
            rows = git(self.hub.path, "ls-tree", "-r", "-z", self._shown).split("\0")
            self._files[self._shown] = {row.partition("\t")[2]: row.split()[2] for row in rows if row}
        return self._files.get(self._shown, {})


@contextmanager
def serving(pages: Any) -> Iterator[str]:
    """Serve whatever answers, and give the address of its site."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            code, place, data = pages.answer(self.path)
            self.send_response(code)
            if place:
                self.send_header("Location", place)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{PREFIX}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def broken_links(address: str) -> set[str]:
    """Return the addresses below a site's that some page of it leads to and that are not there; all pages are read."""
    seen, waiting, broken = {address}, [address], set[str]()
    while waiting:
        here = waiting.pop()
        try:
            with urlopen(Request(here), timeout=20) as answer:
                kind, data, here = answer.headers.get_content_type(), answer.read(), answer.url
        except OSError:
            broken.add(here)
            continue
        if b"<html" not in data[:500] and kind != "text/html":
            continue
        for found in re.findall(r'(?:href|src)="([^"#]*)', data.decode("utf-8", "replace")):
            target = urljoin(here, found.replace("&amp;", "&")).partition("?")[0]
            if target.startswith(address) and target not in seen:
                seen.add(target)
                waiting.append(target)
    assert len(seen) > 5
    return broken
