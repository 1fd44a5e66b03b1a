"""The sample archive as a reader meets it: built with a theme, served below a path, opened in a real browser."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Request, Response

from storysite.output.search_index import SEARCH_INDEX
from storysite.output.steps import take_step
from tests.folder import Folder
from tests.running import ROOT

FLAGS = """--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
    --disable-component-update --disable-sync""".split()
THEMES = sorted(path.name for path in (ROOT / "themes").iterdir() if (path / "templates").is_dir())
BELOW = "/stories/"
"""The path at which the sample is published, in its own settings and here."""


def sample(theme: str, path: Path) -> Folder:
    """Build the sample archive of this repository with a theme, and its search index, in the new folder `path`."""
    for name in ("content", "static"):
        shutil.copytree(ROOT / name, path / name)
    settings = [line for line in (ROOT / "storysite.yml").read_text("utf-8").splitlines() if "theme" not in line]
    return published(Folder(path), *settings, f"theme: {theme}")


def published(folder: Folder, *settings: str, **options: Any) -> Folder:
    """Build a site with these lines of settings, and its search index."""
    folder.write("storysite.yml", "\n".join([*settings, ""]))
    built = folder.build(**options)
    assert take_step(SEARCH_INDEX, folder.site, built.result.edition) == []
    return folder


class Shelf(NamedTuple):
    """A site that is built and served, and the address of its home page."""

    folder: Folder
    home: str


class Host(SimpleHTTPRequestHandler):
    """Serves a site as a school's web space does: below a path, and with the site's own page for what is not there."""

    def translate_path(self, path: str) -> str:
        """Return the file for an address; none of the site's for an address outside of it."""
        inside = path.removeprefix(BELOW) if path.startswith(BELOW) else "no-such-file"
        return super().translate_path("/" + inside)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with the site's page for lost readers."""
        page = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def hosted(site: Path) -> Iterator[str]:
    """Serve a site's output until the block ends; gives its address."""

    def answer(*request: Any) -> Host:
        return Host(*request, directory=str(site))

    with ThreadingHTTPServer(("127.0.0.1", 0), answer) as server:
        threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{BELOW}"
        finally:
            server.shutdown()


class Reader:
    """Opens pages of a site and keeps all that went wrong with them: what the console said, what was asked of others."""

    def __init__(self, browser: Browser, home: str, **options: Any) -> None:
        self.context: BrowserContext = browser.new_context(**options)
        self.home, self.known = home, {home}
        self.faults: list[str] = []

    def open(self, url: str = "") -> Page:
        """Open a page of the site in a new tab."""
        page = self.context.new_page()
        page.on("console", lambda said: self._fault(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self._fault(str(error)))
        page.on("request", self._asked)
        page.on("response", self._answered)
        page.goto(self.home + url)
        return page

    def _asked(self, request: Request) -> None:
        ours = [start for home in self.known for start in (home, "blob:" + home.removesuffix(BELOW))]
        if not request.url.startswith((*ours, "data:")):
            self._fault(f"asked of somebody else: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self._fault(f"{response.status}: {response.url}")

    def _fault(self, what: str) -> None:
        if "Transition was aborted" not in what:  # a page that loads while it fades
            self.faults.append(what)


class OneTab(Reader):
    """Opens all pages in one tab, as if it were a new one: to make one takes a browser longer than most tests take."""

    def begin(self, home: str) -> None:
        """Read another site, with no fault found yet; what the last page still asks of its own is no fault."""
        if self.context.pages:
            self.context.pages[0].goto("about:blank")
        self.home, self.faults = home, []
        self.known.add(home)

    def open(self, url: str = "") -> Page:
        """Open a page of the site; the one that was open before is gone."""
        if not self.context.pages:
            return super().open(url)
        page = self.context.pages[0]
        page.emulate_media(media="null", color_scheme="null", reduced_motion="null", forced_colors="null")
        page.set_viewport_size({"width": 1280, "height": 720})
        page.goto(self.home + url)
        return page


def seen_by_axe(page: Page) -> list[str]:
    """Return what axe holds against a page, by all of its rules for WCAG 2.2 AA and its advice; each with its places."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    options = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
    found = page.evaluate("options => axe.run(options)", options)
    return [
        f"{rule['id']}: {node['target'][0]} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
