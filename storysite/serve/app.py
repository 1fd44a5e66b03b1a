"""The site as GitHub Pages would serve it, with the browser's part of the preview added to each page."""

import os
import re
from collections.abc import Callable, Mapping, Sequence
from html import escape
from urllib.parse import unquote

from msgspec.json import encode
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Mount, Route
from starlette.staticfiles import PathLike, StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from storysite.model.urls import url_of
from storysite.serve.events import EventStream

OWN = "__storysite__"
"""The folder of the preview's own addresses; no page of a site begins like this."""
_POLICY = re.compile(
    rb"""(<meta\s[^>]*http-equiv=["']?Content-Security-Policy["']?[^>]*\scontent=)(["'])(.*?)\2""",
    re.IGNORECASE | re.DOTALL,
)
_NEEDED = {"script-src": "'self'", "connect-src": "'self'", "worker-src": "'self'"}
"""What the preview's own script must be allowed, beside what the theme allows."""
_AT_ONCE = 16 * 1024 * 1024
"""Bytes of a file that is read before it is sent: a photo as a phone takes it."""
_HOST = re.compile(r"^(\[[^\]]*\]|[^:]*):[0-9]*$")
"""A name with the number of a port."""
_REFUSAL = """This preview does not answer to {}.

If you want to see it by this name, as in a codespace or through a tunnel, stop it with Ctrl-C and start it like this:

    {} --name {}

Then anyone who has the address can see it, including drafts. Other devices on your network need --host 0.0.0.0 as well.
"""
_NOTHING = ".storysite-nothing"
_FRESH = {"cache-control": "no-store"}
_END = re.compile(rb"</body\s*>", re.IGNORECASE)


class KnownHosts:
    """Answers to who calls this computer by a name of its own; others are told how to start a preview for them.

    A page of somebody else's may give its own name to this computer, and could then read all that it is sent.
    """

    def __init__(self, app: ASGIApp, hosts: Sequence[str], command: str) -> None:
        self.app = app
        self.hosts = hosts
        self.command = command

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        host = Headers(scope=scope).get("host", "") if scope["type"] == "http" else ""
        name = _HOST.sub(r"\1", host.lower()).removesuffix(".")
        if scope["type"] != "http" or name in self.hosts or name == _address(scope):
            await self.app(scope, receive, send)
            return
        sayable = re.fullmatch(r"[\w.:\[\]-]{1,200}", name, re.ASCII)
        words = (name, self.command, name) if sayable else ("another name", self.command, "NAME")
        refusal = PlainTextResponse(_REFUSAL.format(*words), 400, {"x-content-type-options": "nosniff", **_FRESH})
        await refusal(scope, receive, send)


def _address(scope: Scope) -> str:
    """Return the address of this computer that a connection came to, as it stands in an address of a page."""
    here = (scope.get("server") or ("",))[0].removeprefix("::ffff:").partition("%")[0]
    return f"[{here}]" if ":" in here else here


class Pages(StaticFiles):
    """The files of the output: never one outside of it, never what storysite keeps there for itself."""

    def __init__(self, folder: PathLike, events: EventStream, base: str) -> None:
        super().__init__(directory=folder, html=True, check_dir=False)
        self.events = events
        self.base = base

    async def get_response(self, path: str, scope: Scope) -> Response:
        if any(part.startswith(".storysite") for part in path.replace("\\", "/").split("/")):
            path = _NOTHING
        elif not scope["path"].endswith("/") and self._is_file(f"{path}.html"):
            path = f"{path}.html"  # /about is about.html, as on GitHub Pages
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = "no-cache"
        if not isinstance(response, FileResponse):
            return response
        if response.media_type == "text/html":
            return self._page(response)
        asked_for_a_part = any(name == b"range" for name, _ in scope["headers"])
        return response if asked_for_a_part or int(response.headers["content-length"]) > _AT_ONCE else _whole(response)

    def _is_file(self, path: str) -> bool:
        try:
            found, stat = self.lookup_path(path)
        except (OSError, ValueError):  # a name that no file can have
            return False
        return stat is not None and os.path.isfile(found)

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        found, stat = super().lookup_path(path)
        if stat is not None and not self._is_written_so(found, path):
            return "", None
        return found, stat

    def _is_written_so(self, found: str, path: str) -> bool:
        """Return whether a file's name has the very letters of `path`: capitals matter on the web, not on each disk."""
        return os.path.normpath(found).endswith(os.path.normpath(path)) or path in ("", ".")

    def _page(self, response: FileResponse) -> Response:
        """Return a page with the preview's script in it."""
        build = self.events.build  # before the file is read: a build in between must not be missed
        route = os.path.relpath(response.path, os.path.realpath(str(self.directory))).replace(os.sep, "/")
        info = {"base": self.base, "session": self.events.session, "build": str(build), "page": url_of(route)}
        html = with_script(_content(response), self.base, info)
        return HTMLResponse(html, response.status_code, {"cache-control": "no-cache"})


def _whole(response: FileResponse) -> Response:
    """Return a file as it is at one moment: a build may put another of its name in its place while it is sent."""
    headers = {name: value for name, value in response.headers.items() if name != "content-length"}
    return Response(_content(response), response.status_code, headers)


def _content(response: FileResponse) -> bytes:
    try:
        with open(response.path, "rb") as file:
            return file.read()
    except OSError:
        raise HTTPException(status_code=404) from None


def with_script(html: bytes, base: str, info: Mapping[str, str]) -> bytes:
    """Return a page with a link to the preview's script before its end, and with a policy that allows it."""
    told = "".join(f' data-{name}="{escape(value)}"' for name, value in info.items())
    tag = f'<script src="{escape(base)}{OWN}/live.js"{told} defer></script>'.encode()
    html = _POLICY.sub(_allowing, html, count=1)
    ends = list(_END.finditer(html))
    place = ends[-1].start() if ends else len(html)
    return html[:place] + tag + html[place:]


def _allowing(policy: re.Match[bytes]) -> bytes:
    """Return a Content-Security-Policy with what the preview needs."""
    rules = [rule.split() for rule in policy[3].decode("utf-8", "replace").split(";") if rule.split()]
    named = {rule[0].lower(): rule for rule in rules}
    for name, needed in _NEEDED.items():
        rule = named.setdefault(name, [name])
        if rule not in rules:
            rules.append(rule)
        if rule[1:] == ["'none'"]:
            del rule[1:]
        rule += [each for each in needed.split() if each not in rule]
    text = "; ".join(" ".join(rule) for rule in rules)
    return policy[1] + policy[2] + text.encode() + policy[2]


def preview(
    folder: PathLike,
    events: EventStream,
    info_of: Callable[[str], object],
    *,
    base: str,
    hosts: list[str],
    command: str,
) -> Starlette:
    """Return the application that serves the output `folder` below `base`, to who names one of `hosts`.

    Others are told the cure: the `command` with one word more. `info_of` returns what the preview toolbar tells of the
    page at a URL, None for no page of a post.
    """

    async def stream(_: Request) -> Response:
        return StreamingResponse(events.listen(), media_type="text/event-stream", headers=_FRESH)

    async def script(request: Request) -> Response:
        file = os.path.join(os.path.dirname(__file__), request.url.path.rpartition("/")[2])
        return FileResponse(file, media_type="text/javascript", headers={"cache-control": "no-cache"})

    async def page(request: Request) -> Response:
        info = info_of(request.query_params.get("url", ""))
        return Response(encode(info), media_type="application/json", headers=_FRESH)

    async def home(_: Request) -> Response:
        return RedirectResponse(base)

    inner = [
        Route(f"/{OWN}/events", stream, methods=["GET"]),
        Route(f"/{OWN}/page", page, methods=["GET"]),
        *(Route(f"/{OWN}/{name}", script, methods=["GET"]) for name in ("live.js", "stream.js")),
        Mount("/", Pages(folder, events, base)),
    ]
    routes = inner if base == "/" else [Route("/", home), Mount(unquote(base.rstrip("/")), routes=inner)]
    return Starlette(routes=routes, middleware=[Middleware(KnownHosts, hosts=hosts, command=command)])
