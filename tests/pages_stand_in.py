"""A stand-in for GitHub Pages: a built site as it is answered there, under `/repo/` and with all its manners.

What it does is in docs.github.com (GitHub Pages) and in the README of actions/upload-pages-artifact: names that begin
with a dot are left out unless they are asked for, capitals matter, a folder without its slash is a redirect, `/name` is
`name.html` where there is one, and whatever is not there is `404.html`, at any depth.
"""

import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit


class Answer(NamedTuple):
    """What a request gets: the status, the type, the bytes, and where else to look, if it is a redirect."""

    status: int
    kind: str = "text/html; charset=utf-8"
    body: bytes = b""
    location: str = ""


class Pages:
    """A built site below `prefix`, such as `/stories`; "" is the root, as on a domain of its own.

    `hidden` is what `include-hidden-files` says in the workflow.
    """

    def __init__(self, folder: Path, prefix: str = "/stories", *, hidden: bool = False) -> None:
        self.prefix = prefix.rstrip("/")
        self._files = {
            file.relative_to(folder).as_posix(): file
            for file in sorted(folder.rglob("*"))
            if file.is_file() and (hidden or not any(part[0] == "." for part in file.relative_to(folder).parts))
        }
        """By the very letters of their names: no system decides here which names are the same."""
        self._folders = {above.as_posix() for name in self._files for above in Path(name).parents} - {"."}

    def get(self, address: str) -> Answer:
        """Return the answer for an address, in full or from the root on."""
        path = unquote(urlsplit(address).path)
        if path == self.prefix and self.prefix:
            return self._moved("")
        if not path.startswith(f"{self.prefix}/"):
            return Answer(404, body=b"There is no GitHub Pages site here.")
        name = path[len(self.prefix) + 1 :]
        if not name or name.endswith("/"):
            name += "index.html"
        elif name in self._folders and name not in self._files and f"{name}.html" not in self._files:
            return self._moved(name + "/")
        for each in (name, f"{name}.html"):
            if each in self._files:
                return Answer(200, _kind(each), self._files[each].read_bytes())
        missing = self._files.get("404.html")
        return Answer(404, body=missing.read_bytes() if missing else b"Page not found")

    def _moved(self, name: str) -> Answer:
        return Answer(301, location=quote(f"{self.prefix}/{name}"))


def _kind(name: str) -> str:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


@contextmanager
def served(pages: Pages) -> Iterator[str]:
    """Serve a site for the length of the block, and give its address, without a slash at its end."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = pages.get(self.path)
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.kind)
            self.send_header("Content-Length", str(len(answer.body)))
            if answer.location:
                self.send_header("Location", answer.location)
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the name it has in the library
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{pages.prefix}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
