"""The kinds of pages a site has, each in one row: who makes them, links to them or documents them reads this table."""

from collections.abc import Mapping

from msgspec import Struct

from storysite.model.theme import Theme, ThemePage

SHARED = frozenset({"site", "assets", "data", "today", "share"})
"""The names that every template may use."""


class PageType(Struct, frozen=True):
    """One kind of page: its template, what it shows in words, where it lies, and the names its template may use."""

    template: str
    what: str
    url: str
    """Its address as a pattern; what is in braces differs from page to page."""
    names: frozenset[str] = frozenset()
    layout: bool = False
    """Whether a post may ask for the template with `layout:`."""
    linked: bool = True
    """Whether a post may link to such a page by its address."""
    in_sitemap: bool = False
    """Whether search engines are told of such pages: one that is not in the sitemap says that it is not for them."""
    gives_way: bool = False
    """Whether an author's own page may have its address: it takes the place of ours."""


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


PAGE_TYPES: Mapping[str, PageType] = {
    "home": PageType(
        "home.html", "the home page", "/{language}/", _names("page stories ask year_ago"), in_sitemap=True
    ),
    "archive": PageType(
        "archive.html", "the archive", "/archive/", _names("page years undated kinds"), in_sitemap=True
    ),
    "page": PageType(
        "page.html",
        "a page outside the stream",
        "/{path}/",
        _names("page post picture translations section"),
        layout=True,
        in_sitemap=True,
    ),
    "post": PageType(
        "post.html",
        "a post",
        "/{year}/{month}/{slug}/",
        _names("page post picture previous next related translations follows answers year recent"),
        layout=True,
        in_sitemap=True,
    ),
    "year": PageType(
        "year.html",
        "a school year",
        "/archive/{school-year}/",
        _names("page stories months terms paging"),
        in_sitemap=True,
    ),
    "month": PageType(
        "month.html", "a month", "/{year}/{month}/", _names("page month stories paging"), in_sitemap=True
    ),
    "term": PageType(
        "term.html", "the booklet of a term", "/archive/{school-year}/term-{number}/", _names("page year entries")
    ),
    "groups": PageType(
        "groups.html",
        "the list of all tags, all authors and so on",
        "/{kind}/",
        _names("page groups"),
        in_sitemap=True,
    ),
    "group": PageType(
        "group.html",
        "a page of the stories of one group",
        "/{kind}/{group}/ and /{kind}/{group}/page/{number}/",
        _names("page group stories paging"),
        in_sitemap=True,
    ),
    "asks": PageType(
        "asks.html",
        "what was asked for, and what came of it",
        "/asks/",
        _names("page asks answered"),
        in_sitemap=True,
        gives_way=True,
    ),
    "subscribe": PageType(
        "subscribe.html",
        "the feeds there are",
        "/{language}/subscribe/",
        _names("page groups calendar_url"),
        in_sitemap=True,
    ),
    "search": PageType("search.html", "the search page", "/{language}/search/", _names("page years kinds")),
    "wall": PageType("wall.html", "the slides for a display", "/wall/", _names("page stories")),
    "lost": PageType("404.html", "the page for lost addresses", "/404.html", _names("page stories")),
    "rss": PageType(
        "feed.xml", "a feed in RSS, of the site or of a group", "/{place}/feed.xml", _names("feed entries loops")
    ),
    "atom": PageType("atom.xml", "the feed in Atom", "/atom.xml", _names("feed entries loops")),
    "json": PageType("feed.json", "the feed in JSON Feed", "/feed.json", _names("feed entries loops")),
    "calendar": PageType(
        "calendar.ics", "the calendar of events and last days to help", "/calendar.ics", _names("calendar_dates")
    ),
    "colors": PageType(
        "colors.css",
        "the colors of the theme, as a style sheet",
        "/assets/colors.{digest}.css",
        _names("colors"),
        linked=False,
    ),
    "redirect": PageType(
        "redirect.html",
        "an old address that leads to the new one",
        "/{alias}",
        _names("page target"),
        linked=False,
    ),
    "sitemap": PageType("sitemap.xml", "the list of addresses for search engines", "/sitemap.xml", _names("urls")),
    "sitemaps": PageType(
        "sitemap-index.xml", "the list of sitemaps, beyond 50,000 addresses", "/sitemap.xml", _names("names")
    ),
    "robots": PageType("robots.txt", "what search engines may read", "/robots.txt"),
}
"""Every kind of page that all sites have, by name. The sitemap lists them in this order."""


def page_types(theme: Theme) -> Mapping[str, PageType]:
    """Return every kind of page of a site with this theme, by name: those of all sites, the theme's, and plugins'."""
    own = {name: _page_type(page) for name, page in theme.design.pages.items()}
    added = {
        kind.name: PageType(kind.template, kind.what, kind.url, frozenset({"page", *kind.names}), in_sitemap=True)
        for kind in theme.added
    }
    return {**PAGE_TYPES, **own, **added}


def _page_type(page: ThemePage) -> PageType:
    url = f"/{page.url} and /{page.url}page/{{number}}/" if page.paging else f"/{page.url}"
    names = _names("page stories paging")
    return PageType(page.template, f"the page “{page.title}” of the theme", url, names, in_sitemap=True)
