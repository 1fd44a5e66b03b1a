"""The page of an unlisted story asks to be left out of every search, whatever its template says."""

import re

_TOLD = re.compile(r"<meta\b[^<>]*\bnoindex\b", re.IGNORECASE)
_START = re.compile(r"<head\b[^<>]*>|(?<!.)<!doctype[^<>]*>(?!.*<head\b)", re.IGNORECASE | re.DOTALL)
_BODY = re.compile(r"<body\b(?![^<>]*\sdata-pagefind-ignore)", re.IGNORECASE)
_ROBOTS = '\n<meta name="robots" content="noindex">'


def kept_from_search(html: str) -> str:
    """Return a page with what keeps search engines and our own search away, as far as it has not got it yet."""
    if not _TOLD.search(html) and (start := _START.search(html)):
        html = html[: start.end()] + _ROBOTS + html[start.end() :]
    return _BODY.sub('<body data-pagefind-ignore="all"', html, count=1)
