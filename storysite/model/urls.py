"""Addresses. A *URL* is relative to the site's root (`2026/11/forty-families/`), a *route* is its file.

Everything that ends in a file name goes through here, so that no slug, permalink or alias leads outside.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import SplitResult, unquote, urlsplit

from storysite.model.slug import slugify

FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>"|?*:\\]')
"""Characters no file of ours may have: some systems cannot write them, others misread them."""
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])( *\..*| +)?", re.IGNORECASE | re.DOTALL).fullmatch


LONGEST = 800
"""Bytes in an address: systems end at 1,024 or 4,096 for a path, the folder of the site included."""


def post_url(pattern: str, *, slug: str, moment: datetime | None, prefix: str = "") -> str:
    """Return the URL of a post from the setting `post_url`, such as `/{year}/{month}/{slug}/`.

    A post without a date leaves out the segments that need one; `prefix` is a language, for translations.
    """
    values = {"slug": slug}
    if moment is not None:
        values |= {"year": f"{moment.year:04}", "month": f"{moment:%m}", "day": f"{moment:%d}"}
    segments = [prefix] if prefix else []
    for segment in pattern.strip("/").split("/"):
        if moment is None and re.search(r"\{(year|month|day)\}", segment):
            continue
        segments.append(re.sub(r"\{(\w+)\}", lambda match: values[match[1]], segment))
    url = "/".join(map(_for_windows, segments))
    return url if url.endswith(".html") else url + "/"


def written_url(text: str) -> str | None:
    """Return the URL that an author's permalink or alias means, or None if it would lead outside the site.

    A leading slash and the host of an old blog are dropped, percent signs are read as the letters they stand for; a
    last segment with an extension stays a file.
    """
    text = re.sub(r"^[a-z][a-z0-9+.-]*://[^/]*", "", text.strip(), flags=re.IGNORECASE).split("#")[0].split("?")[0]
    text = unquote(text)
    segments = [segment for segment in text.split("/") if segment not in ("", ".")]
    if any(not _is_safe(segment) for segment in segments) or not segments or len(text.encode()) > LONGEST:
        return None
    url = "/".join(map(_for_windows, segments))
    return url if _is_file(segments[-1]) and not text.endswith("/") else url + "/"


def route_of(url: str) -> str:
    """Return the file of a URL: `about/` is `about/index.html`, `feed.xml` is itself."""
    return url + "index.html" if url.endswith("/") or not url else url


def url_of(route: str) -> str:
    """Return the URL of a file: `about/index.html` is `about/`, `feed.xml` is itself."""
    return route.removesuffix("index.html") if f"/{route}".endswith("/index.html") else route


def split(address: str) -> SplitResult:
    """Return the parts of an address; of one that is none, nothing."""
    try:
        parts = urlsplit(address)
        parts.hostname  # noqa: B018 -- which may fail by itself
    except ValueError:
        return urlsplit("")
    return parts


def host_of(address: str) -> str:
    """Return the host of an address as people say it."""
    return (split(address).hostname or "").removeprefix("www.")


def folders_of(place: str) -> Iterator[str]:
    """Yield the folders that a file lies in, the nearest first: `a/b` and `a` for `a/b/c`."""
    while place := place.rpartition("/")[0]:
        yield place


def month_url(year: int, month: int) -> str:
    """Return the URL of a calendar month: `2026/11/`."""
    return f"{year:04}/{month:02}/"


def page_url(path: str) -> str:
    """Return the URL of a file under content/pages (`guide/writing` is `guide/writing/`, `index` its folder's)."""
    segments = [slugify(segment) or "page" for segment in path.split("/")]
    if segments[-1] in ("index", "readme"):
        segments.pop()
    return "".join(_for_windows(segment) + "/" for segment in segments)


def is_device(segment: str) -> bool:
    """Return whether Windows takes a segment for a device, such as a printer, and can have no file or folder of it."""
    return _DEVICE(segment) is not None


def _for_windows(segment: str) -> str:
    found = _DEVICE(segment)
    return f"{found[1]}-1{(found[2] or '').lstrip()}" if found else segment


def _is_safe(segment: str) -> bool:
    """Whether a segment can be a file's name: no dot folders, no control characters, not too long."""
    return not (
        segment.startswith(".")
        or FORBIDDEN.search(segment)
        or len(segment.encode()) > 200
        or segment.endswith((" ", "."))
    )


def _is_file(segment: str) -> bool:
    return bool(re.search(r"\.[A-Za-z][A-Za-z0-9]{1,4}$", segment))
