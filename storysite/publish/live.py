"""Looks at the site as readers see it, until it shows what was sent."""

import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from urllib.parse import quote, urlsplit

from storysite.digest import digest_bytes
from storysite.model.urls import route_of
from storysite.publish.changes import Change
from storysite.publish.told import github_of

PATIENCE = 300.0
"""Seconds after which it is left to her to look."""
_PAUSE = 4.0
_ANSWER = 10.0
_LARGEST = 20 * 1024 * 1024
_LOOKED_AT = 3
"""Pages that are asked for: they go live all at once."""
_GONE = b"gone"


def address_of(base_url: str, remote: str) -> str:
    """Return the address of the site with a slash at its end: that of the settings, else GitHub's; "" if unknown."""
    if base_url:
        return base_url.rstrip("/") + "/"
    found = github_of(remote)
    return f"{found.site}/" if found else ""


def pages_to_see(changes: Iterable[Change], output: Path) -> dict[str, bytes]:
    """Return by their URLs what tells that something is live: the digests of a few pages that changed, as built."""
    urls = [change.url for change in changes if change.url]
    wanted: dict[str, bytes] = {}
    for url in [*urls[:_LOOKED_AT], *([] if urls else ["", "feed.json"])]:
        try:
            wanted[url] = digest_bytes((output / route_of(url)).read_bytes())
        except OSError:
            continue
    return wanted


def seen(address: str, urls: Iterable[str]) -> dict[str, bytes]:
    """Return the digest of each page as readers get it now, of what is not there a word; none that cannot be had."""
    found: dict[str, bytes] = {}
    for url in urls:
        try:
            found[url] = _seen(address + quote(url, safe="/%"))
        except OSError:
            break
    return found


def wait_until_live(
    address: str,
    wanted: Mapping[str, bytes],
    before: Mapping[str, bytes],
    *,
    patience: float = PATIENCE,
    waiting: Callable[[int], None] = lambda _: None,
) -> bool:
    """Return whether readers see what is `wanted` within the seconds of `patience`.

    A page counts that is what was built here, or another than it was before: on the web it may have been built by
    another version of a library.
    """
    began, left = time.monotonic(), dict(wanted)
    while True:
        now = seen(address, left)
        left = {url: digest for url, digest in left.items() if not _is_there(url, digest, now, before)}
        if not left:
            return True
        passed = time.monotonic() - began
        if passed > patience:
            return False
        waiting(int(passed))
        time.sleep(min(_PAUSE, 0.25 + passed / 5))


def _is_there(url: str, wanted: bytes, now: Mapping[str, bytes], before: Mapping[str, bytes]) -> bool:
    if url not in now:
        return False
    if now[url] == wanted:
        return True
    return now[url] != _GONE and url in before and now[url] != before[url]


def _seen(address: str) -> bytes:
    if urlsplit(address).scheme not in ("http", "https"):
        raise OSError
    fresh = f"{address}?{time.time_ns()}"  # nobody on the way has kept an answer to this
    asked = urllib.request.Request(  # noqa: S310
        fresh, headers={"User-Agent": "storysite", "Cache-Control": "no-cache"}
    )
    try:
        with urllib.request.build_opener().open(asked, timeout=_ANSWER) as answer:
            return digest_bytes(answer.read(_LARGEST))
    except urllib.error.HTTPError as error:
        with error:
            if error.code in (404, 410):
                return _GONE
        raise
    except OSError:
        raise
    except Exception as error:  # what http.client raises of broken answers
        raise OSError(str(error)) from None
