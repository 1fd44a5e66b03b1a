"""The filters of the template contract: addresses, texts, dates and numbers as a page shows them."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from email.utils import format_datetime
from functools import lru_cache, partial, wraps
from typing import Any, NamedTuple, Protocol
from urllib.parse import quote, urljoin, urlsplit

from jinja2 import pass_context
from markupsafe import Markup, escape

from storysite.i18n import gettext, locale_of, number_in_words
from storysite.i18n.languages import own_name
from storysite.model.deprecated import new_argument_names, new_filter_names
from storysite.model.group import group_slug
from storysite.model.photos import photos_by_file
from storysite.model.pictures import Picture
from storysite.model.post import AnyPost, Ask, Card, Impact, Post
from storysite.model.reply import reply_address
from storysite.model.taxonomy import Taxonomy, names_in
from storysite.model.urls import route_of
from storysite.plan.context import CalendarContext
from storysite.render.calendar import calendar_text
from storysite.render.elsewhere import for_elsewhere
from storysite.render.link_targets import TEXT_SIZES, Shown, fill_links, picture_element

SAFE = "/!$&'()*+,;=~-._@"
"""What stands in an address as it is."""
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE).match
_HOST = re.compile(r"[a-z]+://").match
_LOST = "404.html"
"""The page for lost addresses is served at any depth, so its links are paths from the host."""
BREAK = timedelta(days=16)
"""Two stories further apart have a gap between them; one every other week may be two days late without."""


class Here(NamedTuple):
    """The page that is being made, as filters see it. All of it is in the page's key."""

    url: str
    root: str
    """The site's full address with a slash at its end."""
    language: str
    """What the interface of the page is in."""
    texts: Mapping[str, Shown]
    """The texts of the posts the page may show, by source."""
    taxonomies: Mapping[str, Taxonomy]
    """The ways in which stories are sorted into groups here, by name."""


class _Engine(Protocol):
    here: Here


class Asking(Protocol):
    """The template that asks. Filters take this, not the engine itself, for Jinja2 would run those while compiling."""

    environment: _Engine


@pass_context
def url(asking: Asking, address: str | Picture | None) -> str:
    """An address of the site as this page must write it: relative, so it works at `/`, at `/repo/` and from disk."""
    if address is None:
        return ""
    if isinstance(address, Picture):
        address = address.url
    if ":" in address and _SCHEME(address):
        return address
    here = asking.environment.here
    if here.url == _LOST:
        return urlsplit(here.root).path + quote(address, safe=SAFE)
    return relative(here.url, address)


@pass_context
def absolute_url(asking: Asking, address: str | Picture) -> str:
    """An address of the site in full, beginning with the setting `base_url`."""
    if isinstance(address, Picture):
        address = address.url
    if "://" in address and _HOST(address):
        return address
    return asking.environment.here.root + quote(address.lstrip("/"), safe=SAFE)


def relative(here: str, address: str) -> str:
    """Return `address` as seen from the page `here`, with `index.html`: from disk a folder shows no page."""
    depth = here.count("/")
    file = _quoted(route_of(address.lstrip("/")))
    if depth and file.startswith(shared := _quoted(here.rpartition("/")[0]) + "/"):
        return file[len(shared) :]
    return "../" * depth + file


@lru_cache(maxsize=65536)
def _quoted(address: str) -> str:
    return quote(address, safe=SAFE)


@pass_context
def html(asking: Asking, post: Post, *, absolute_links: bool = False, for_other_page: bool = False) -> Markup:
    """The text of a post, with its links as this page must write them.

    `absolute_links=true` makes them full, for feeds. On a page that is not the post's own, and wherever it is with
    `for_other_page=true`, places within the text are those of the post's own page: no two on a page have one name.
    """
    text = asking.environment.here.texts[post.source]
    captions = _captions(post, asking.environment.here.language)
    if absolute_links:
        named = zip(post.references, text.links, strict=True)
        found = [
            urljoin(f"/{post.url}", part.target).lstrip("/") if link is None and "://" not in part.target else link
            for part, link in named
        ]
        text = text._replace(links=found)
        made = fill_links(text, post.references, partial(absolute_url, asking), captions=captions)
        return Markup(for_elsewhere(made, absolute_url(asking, post.url)))
    elsewhere = for_other_page or asking.environment.here.url != post.url
    lead = not elsewhere and (post.image < 0 or post.shows_picture)
    sizes = TEXT_SIZES.removeprefix("auto, ") if elsewhere else TEXT_SIZES  # nothing waits there
    made = fill_links(text, post.references, partial(url, asking), sizes=sizes, lead=lead, captions=captions)
    return Markup(for_elsewhere(made, url(asking, post.url)) if elsewhere else made)


def _captions(post: AnyPost, language: str) -> dict[str, str]:
    """Return what `photos:` of the front matter says of pictures, as HTML by their file."""
    found = {}
    for target, photo in photos_by_file(post).items():
        credit = gettext(language, "Picture: %(name)s") % {"name": photo.credit}
        credit = Markup('<span class="credit">{}</span>').format(credit) if photo.credit else ""
        if words := " ".join(part for part in (escape(photo.caption), credit) if part):
            found[target] = words
    return found


@pass_context
def picture(asking: Asking, shown: Picture, alt: str = "", sizes: str = "100vw", *, lead: bool = False) -> Markup:
    """A picture in all its sizes, of which a browser takes one; `sizes` says how wide it is shown, as in HTML.

    It waits until a reader comes near it, unless it is the `lead`, the largest at the top of a page.
    """
    element = f'<img src="{escape(url(asking, shown))}" alt="{escape(alt)}" loading="lazy">'
    return Markup(picture_element(element, shown, partial(url, asking), sizes, lead=lead))


@pass_context
def qr(asking: Asking, address: str) -> Markup:
    """An address of the site in full as a QR code, a picture of lines that a phone's camera can read from paper."""
    return qr_code(absolute_url(asking, address))


@lru_cache(maxsize=64)
def qr_code(address: str) -> Markup:
    """Return a text as a QR code, a picture of lines as it stands in HTML."""
    import segno  # takes long to load, and only what is printed needs it

    # Any of the eight masks is valid, and trying them all takes four times as long (ISO/IEC 18004, 7.8).
    code = segno.make_qr(address, error="l", boost_error=False, mask=4)
    return Markup(code.svg_inline(omitsize=True, svgclass="qr", lineclass=None, border=0, title=None))


@pass_context
def day(asking: Asking, value: date | datetime | None, form: str = "d MMMM y", language: str = "") -> str:
    """A day in words, `form` as Babel writes it (`d MMM y` is 20 Nov 2026), in the page's language; "" for no day."""
    if not value:
        return ""
    return _day(
        value.date() if isinstance(value, datetime) else value, form, language or asking.environment.here.language
    )


@lru_cache(maxsize=65536)
def _day(value: date, form: str, language: str) -> str:
    from babel.dates import format_date

    return format_date(value, form, locale=locale_of(language))


def language_name(language: str) -> str:
    """A language as its own speakers call it: `es` is Español."""
    name = own_name(language) or language
    return name[:1].upper() + name[1:]


@pass_context
def lang_attrs(asking: Asking, language: str) -> Markup:
    """The attributes of an element whose words are in `language`; none if the page is in that."""
    foreign = language and language != asking.environment.here.language
    return Markup(' lang="{}" dir="auto"').format(language) if foreign else Markup()


@pass_context
def clock(asking: Asking, value: datetime) -> str:
    """The time of day as the page's language writes it, as in 6:00 PM or 18:00."""
    return _clock(value.time().replace(tzinfo=None), asking.environment.here.language)


@lru_cache(maxsize=4096)
def _clock(value: time, language: str) -> str:
    from babel.dates import format_time

    return format_time(value, "short", locale=locale_of(language)).replace("\u202f", "\xa0")


@pass_context
def number(asking: Asking, value: float) -> str:
    """A number as the page's language writes it, as in 1,240 or 1.240."""
    return number_in_words(value, asking.environment.here.language)


@pass_context
def times(asking: Asking, value: int, one: str, many: str) -> str:
    """A number with the word for it, in English only: `{{ 3 | times("story", "stories") }}` is 3 stories."""
    return f"{number(asking, value)} {one if value == 1 else many}"


@pass_context
def impact_label(asking: Asking, impact: Impact) -> str:
    """What a number of an impact counts, in words, with what it was before."""
    said = impact.label or impact.metric.replace("_", " ")
    if impact.compare is None:
        return said
    language = asking.environment.here.language
    return gettext(language, "%(what)s, %(number)s before") % {
        "what": said,
        "number": number_in_words(impact.compare, language),
    }


def percent(ask: Ask) -> int:
    """How much of an ask's goal is there, in percent from 0 to 100."""
    return round(100 * min(1.0, max(0.0, (ask.have or 0) / ask.goal))) if ask.goal and ask.goal > 0 else 0


@pass_context
def group_url(asking: Asking, name: str, kind: str) -> str | None:
    """The address of the listing of a group, none if groups of its kind have no pages on this site."""
    known = asking.environment.here.taxonomies
    if kind not in known:
        raise LookupError(f'this site has no taxonomy "{kind}"; it has {", ".join(known)}')
    return f"{known[kind].folder}/{group_slug(name)}/" if known[kind].listed else None


@pass_context
def filed(asking: Asking, post: AnyPost) -> list[tuple[str, str, Sequence[str]]]:
    """The groups that a post names at its end: of each taxonomy its name, a label, and the names of the groups."""
    here = asking.environment.here
    if not isinstance(post, Post):
        return []
    return [
        (each.name, gettext(here.language, each.filed) if each.translated else each.filed, names)
        for each in here.taxonomies.values()
        if each.filed and (names := names_in(each)(post))
    ]


def is_break(card: Card, before: Card | None) -> bool:
    """Whether more than 16 days lie between a story and the one before it: a break, seen on the shelf."""
    return bool(before and card.date and before.date and card.date - before.date > BREAK)


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


def as_html(value: str) -> str:
    """Plain text as HTML, for what is read as that: an `&` becomes `&amp;`, whose own `&` a feed then escapes."""
    return str(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def uri(identity: str) -> str:
    """An id as Atom wants it: an address as it stands, anything else as a name of ours."""
    return (
        identity
        if re.match(r"[a-z][a-z0-9+.-]*:\S+$", identity, re.IGNORECASE)
        else f"urn:storysite:{quote(identity, safe='')}"
    )


@pass_context
def ics(asking: Asking, dates: CalendarContext) -> Markup:
    """A calendar as programs read it (iCalendar)."""
    return Markup(calendar_text(dates.title, dates.entries, asking.environment.here.root))


def _with_old_arguments(name: str, made: Callable[..., Any]) -> Callable[..., Any]:
    """Return the filter `name` so that its arguments may have their old names, too."""
    new = new_argument_names(name)
    if not new:
        return made

    @wraps(made)
    def renamed(*values: Any, **options: Any) -> Any:
        return made(*values, **{new.get(option, option): value for option, value in options.items()})

    return renamed


_NAMED: dict[str, Callable[..., Any]] = {
    "absolute_url": absolute_url,
    "as_html": as_html,
    "cdata": cdata,
    "clock": clock,
    "day": day,
    "filed": filed,
    "group_url": group_url,
    "html": html,
    "ics": ics,
    "impact_label": impact_label,
    "is_break": is_break,
    "iso": iso,
    "json_text": json_text,
    "lang_attrs": lang_attrs,
    "language_name": language_name,
    "number": number,
    "percent": percent,
    "picture": picture,
    "qr": qr,
    "reply_address": reply_address,
    "rfc822": rfc822,
    "times": times,
    "uri": uri,
    "url": url,
}
_KNOWN = {name: _with_old_arguments(name, made) for name, made in _NAMED.items()}
FILTERS = {**_KNOWN, **{old: _KNOWN[new] for old, new in new_filter_names().items()}}
"""Every filter that templates may use besides Jinja2's own, those with their old names, too."""
