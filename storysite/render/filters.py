"""The filters of the template contract: addresses, texts, dates and numbers as a page shows them."""

import json
import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from email.utils import format_datetime
from functools import lru_cache
from typing import Any, NamedTuple, Protocol
from urllib.parse import quote, urljoin, urlsplit

from jinja2 import pass_context
from markupsafe import Markup

from storysite.model.group import FOLDERS, group_slug
from storysite.model.post import Ask, Body, Card, Impact, Post
from storysite.model.routes import route_of
from storysite.render.fill import fill

_SAFE = "/!$&'()*+,;=~-._@"
_TAG = re.compile(r'<[a-z](?:"[^"]*"|[^"<>])*>', re.IGNORECASE)
_ATTRIBUTE = re.compile(r' (?:loading="lazy"|tabindex="0")')
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE).match
_HOST = re.compile(r"[a-z]+://").match
_LOST = "404.html"
"""The page for lost addresses is served at any depth, so its links are paths from the host."""


class Here(NamedTuple):
    """The page that is being made, as filters see it. All of it is in the page's key."""

    url: str
    root: str
    """The site's full address with a slash at its end."""
    language: str
    """The site's language."""
    bodies: Mapping[str, tuple[Body, tuple[str | None, ...]]]
    """The texts of the posts the page may show, by source, and where the links in them lead."""


class _Engine(Protocol):
    here: Here


class Asking(Protocol):
    """The template that asks. Filters take this, not the engine itself, for Jinja2 would run those while compiling."""

    environment: _Engine


@pass_context
def link(asking: Asking, url: str | None) -> str:
    """An address of the site as this page must write it: relative, so it works at `/`, at `/repo/` and from disk."""
    if url is None:
        return ""
    if ":" in url and _SCHEME(url):
        return url
    here = asking.environment.here
    if here.url == _LOST:
        return urlsplit(here.root).path + quote(url, safe=_SAFE)
    return relative(here.url, url)


@pass_context
def full(asking: Asking, url: str) -> str:
    """An address of the site in full, beginning with the setting `base_url`."""
    return url if "://" in url and _HOST(url) else asking.environment.here.root + quote(url.lstrip("/"), safe=_SAFE)


def relative(here: str, url: str) -> str:
    """Return the URL `url` as seen from the page `here`, with `index.html`: from disk a folder shows no page."""
    depth = here.count("/")
    file = _quoted(route_of(url.lstrip("/")))
    if depth and file.startswith(shared := _quoted(here.rpartition("/")[0]) + "/"):
        return file[len(shared) :]
    return "../" * depth + file


@lru_cache(maxsize=65536)
def _quoted(url: str) -> str:
    return quote(url, safe=_SAFE)


@pass_context
def html(asking: Asking, post: Post, *, everywhere: bool = False) -> Markup:
    """The text of a post, with its links as this page must write them; `everywhere=true` makes them full, for feeds."""
    body, links = asking.environment.here.bodies[post.source]
    if not everywhere:
        return Markup(fill(body.html, post.references, links, lambda url: link(asking, url)))
    named = zip(post.references, links, strict=True)
    found = [urljoin(f"/{post.url}", reference.target).lstrip("/") if url is None else url for reference, url in named]
    made = fill(body.html, post.references, found, lambda url: full(asking, url))
    return Markup(_for_readers(made, full(asking, post.url)))


def _for_readers(made: str, address: str) -> str:
    """Return HTML as feed readers take it: no scripts or forms, nothing that waits, places of the page in full."""
    made = re.sub(r"<(script|iframe|form|style)\b.*?</\1\s*>", "", made, flags=re.DOTALL | re.IGNORECASE)
    return _TAG.sub(lambda tag: _ATTRIBUTE.sub("", tag[0]).replace(' href="#', f' href="{address}#'), made)


@pass_context
def day(asking: Asking, value: date | datetime | None, form: str = "d MMMM y", language: str = "") -> str:
    """A day in words, `form` as Babel writes it (`d MMM y` is 20 Nov 2026), in the site's language; "" for no day."""
    if not value:
        return ""
    return _day(
        value.date() if isinstance(value, datetime) else value, form, language or asking.environment.here.language
    )


@lru_cache(maxsize=65536)
def _day(value: date, form: str, language: str) -> str:
    from babel import UnknownLocaleError
    from babel.dates import format_date

    try:
        return format_date(value, form, locale=language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return format_date(value, form, locale="en")


def language_name(language: str) -> str:
    """A language as its own speakers call it: `es` is Español."""
    from babel import Locale, UnknownLocaleError

    try:
        name = Locale.parse(language, sep="-").get_language_name()
    except (UnknownLocaleError, ValueError):
        return language
    return name[:1].upper() + name[1:] if name else language


@pass_context
def spoken(asking: Asking, language: str) -> Markup:
    """The attributes of an element whose words are in `language`; none if that is the site's own."""
    foreign = language and language != asking.environment.here.language
    return Markup(' lang="{}" dir="auto"').format(language) if foreign else Markup()


def clock(value: datetime) -> str:
    """The time of day, as in 18:00."""
    return f"{value:%H:%M}"


def number(value: float) -> str:
    """A number with its thousands apart, as in 1,240."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.10g}"


def times(value: int, one: str, many: str) -> str:
    """A number with the word for it: `{{ 3 | times("story", "stories") }}` is 3 stories."""
    return f"{number(value)} {one if value == 1 else many}"


def words(impact: Impact) -> str:
    """What a number of an impact counts, in words, with what it was before."""
    said = impact.label or impact.metric.replace("_", " ")
    return f"{said}, {number(impact.compare)} before" if impact.compare is not None else said


def share(ask: Ask) -> int:
    """How much of an ask's goal is there, in per cent from 0 to 100."""
    return round(100 * min(1.0, max(0.0, (ask.have or 0) / ask.goal))) if ask.goal and ask.goal > 0 else 0


def group_url(name: str, kind: str) -> str:
    """The address of the listing of a group: `{{ "robots" | group_url("tag") | link }}`."""
    return f"{FOLDERS[kind]}/{group_slug(name)}/"


def gap(card: Card, before: Card | None) -> bool:
    """Whether more than two weeks lie between a story and the one before it: a break, seen on the shelf."""
    return bool(before and card.date and before.date and card.date - before.date > timedelta(days=16))


def rfc822(value: datetime) -> str:
    """A moment as RSS wants it."""
    return format_datetime(value)


def iso(value: date | datetime) -> str:
    """A day or a moment as machines want it."""
    return value.isoformat()


def json_text(value: Any) -> Markup:
    """A plain value as JSON that may stand in a page or a feed."""
    made = json.dumps(value, ensure_ascii=False, default=str)
    return Markup(
        made.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026").replace("\u2028", "\\u2028")
    )


def cdata(value: str) -> Markup:
    """Text as a CDATA section, which a feed's full content is easiest read in."""
    return Markup("<![CDATA[" + str(value).replace("]]>", "]]]]><![CDATA[>") + "]]>")


def uri(identity: str) -> str:
    """An id as Atom wants it: an address as it stands, anything else as a name of ours."""
    return (
        identity
        if re.match(r"[a-z][a-z0-9+.-]*:\S+$", identity, re.IGNORECASE)
        else f"urn:storysite:{quote(identity, safe='')}"
    )


FILTERS = {
    "cdata": cdata,
    "clock": clock,
    "day": day,
    "full": full,
    "gap": gap,
    "group_url": group_url,
    "html": html,
    "iso": iso,
    "language_name": language_name,
    "json_text": json_text,
    "link": link,
    "number": number,
    "rfc822": rfc822,
    "share": share,
    "spoken": spoken,
    "times": times,
    "uri": uri,
    "words": words,
}
"""Every filter that templates may use beside Jinja2's own; the guide is made from their docstrings."""
