"""The full list of wanted pages, made anew at every build: what each is, where it lies and what it may show."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice

from storysite.digest import digest
from storysite.model.group import FOLDERS, Group
from storysite.model.post import Post
from storysite.model.routes import month_url, route_of
from storysite.model.site import Site
from storysite.plan.facts import FeedFacts, FeedLink, GroupFacts, MenuItem, PageFacts, Paging, SiteFacts
from storysite.plan.page import Page, Template
from storysite.plan.paging import cut
from storysite.plan.slices import (
    NO_CARD,
    NO_CARDS,
    CardOf,
    Cards,
    CardsOf,
    Facts,
    PageOf,
    PictureOf,
    Sealed,
    Slice,
    Urls,
    Whole,
    Wholes,
    Years,
    months_of,
)

FEED_ITEMS = 20
"""Newest posts in a feed: readers poll at least weekly, mail services refuse much larger files (FACTS: 250 KB)."""
SITEMAP_URLS = 50_000
"""Addresses in one sitemap file, the protocol's limit (sitemaps.org)."""
RIGHT_TO_LEFT = ("ar", "fa", "he", "ur", "ps", "yi", "dv", "ckb", "sd", "ug")
OF_OTHER_PAGES = {
    "home.html",
    "group.html",
    "groups.html",
    "archive.html",
    "year.html",
    "month.html",
    "subscribe.html",
    "404.html",
}
"""Templates that need names which no post has, so that no `layout` can ask for them."""
GROUP_TITLES = {
    "tag": "Tags",
    "category": "Categories",
    "author": "Authors",
    "series": "Series",
    "kind": "Kinds of stories",
    "audience": "Who it is for",
}


def pages(site: Site, templates: Mapping[str, Template], assets: Mapping[str, str]) -> Iterator[Page]:
    """Yield every page of the site that has a template. `assets` maps the theme's files to their URLs."""
    draw = _Draw(site, templates, assets)
    yield from _posts(site, draw)
    yield from _pages(site, draw)
    for kind in FOLDERS:
        yield from _groups(site, draw, kind)
    yield from _archive(site, draw)
    yield from _front(site, draw)
    yield from _feeds(
        draw, "", site.config.title, _newest(site, range(len(site.posts))), ("feed.xml", "atom.xml", "feed.json")
    )
    yield from _sitemap(site, draw)
    yield from _redirects(site, draw)


class _Draw:
    """Makes Pages: adds what all pages share, and leaves out what the template does not name."""

    def __init__(self, site: Site, templates: Mapping[str, Template], assets: Mapping[str, str]) -> None:
        self.templates = templates
        facts = {"site": site_facts(site), "assets": dict(assets), "data": dict(site.data), "today": site.today}
        shared = {name: Sealed(fact, digest(fact)) for name, fact in facts.items()}
        self.shared: dict[str, dict[str, Slice]] = {
            name: {each: part for each, part in shared.items() if each in template.names}
            for name, template in templates.items()
        }

    def __call__(self, url: str, template: str, subject: str, **slices: Slice) -> Page:
        names = self.templates[template].names
        context = self.shared[template].copy()
        for name, part in slices.items():
            if name in names:
                context[name] = part
        return Page(route_of(url), url, subject, template, context)

    def layout(self, post: Post, otherwise: str) -> str:
        """Return the template that a post's `layout` names, or `otherwise` if the theme has none of that name."""
        wanted = f"{post.layout}.html"
        return wanted if wanted in self.templates and wanted not in OF_OTHER_PAGES else otherwise


def site_facts(site: Site) -> SiteFacts:
    """Return what every page may know of the site."""
    config = site.config
    menu = [MenuItem(page.title, page.url) for page in sorted(site.pages, key=lambda page: page.menu) if page.menu]
    return SiteFacts(
        title=config.title,
        tagline=config.tagline,
        school=config.school,
        root=config.root,
        language=config.language,
        direction="rtl" if config.language.split("-")[0] in RIGHT_TO_LEFT else "ltr",
        author=config.author,
        contact=config.contact,
        promise=config.promise,
        menu=(MenuItem("Stories", ""), MenuItem("Archive", "archive/"), *menu, MenuItem("Subscribe", "subscribe/")),
        feeds=(
            FeedLink(config.title, "feed.xml"),
            FeedLink(f"{config.title} (Atom)", "atom.xml", "application/atom+xml"),
            FeedLink(f"{config.title} (JSON)", "feed.json", "application/feed+json"),
        ),
        settings=config.theme_settings,
    )


def group_facts(site: Site, group: Group) -> GroupFacts:
    """Return what a listing may show of a group."""
    newest = site.posts[group.members[-1]].date
    return GroupFacts(group.kind, group.name, group.slug, group.url, len(group.members), newest)


def _posts(site: Site, draw: _Draw) -> Iterator[Page]:
    posts = site.posts
    places = {post.source: place for place, post in enumerate(posts)}
    for post in site.stories:
        place = places.get(post.source, -1)
        yield draw(
            post.url,
            draw.layout(post, "post.html"),
            post.source,
            page=PageOf(post),
            post=Whole(post),
            picture=PictureOf(post),
            previous=CardOf(posts[place - 1]) if place > 0 else NO_CARD,
            next=CardOf(posts[place + 1]) if 0 <= place < len(posts) - 1 else NO_CARD,
            related=Cards(site.related[place]) if place >= 0 and site.related[place] else NO_CARDS,
            translations=CardsOf(versions) if (versions := site.versions(post)) else NO_CARDS,
            follows=CardOf(before) if (before := site.by_id.get(post.follows_up)) else NO_CARD,
            answers=CardsOf(after) if (after := site.answers.get(post.id)) else NO_CARDS,
        )


def _pages(site: Site, draw: _Draw) -> Iterator[Page]:
    below: dict[str, list[Post]] = {}
    for page in sorted(site.pages, key=lambda page: (page.order or 1000, page.title.casefold(), page.source)):
        parent = page.url.rstrip("/").rpartition("/")[0]
        below.setdefault(parent + "/" if parent else "", []).append(page)
    for page in site.pages:
        parent = page.url.rstrip("/").rpartition("/")[0]
        siblings = below.get(page.url) or (below[parent + "/"] if parent else [])
        yield draw(
            page.url,
            draw.layout(page, "page.html"),
            page.source,
            page=PageOf(page),
            post=Whole(page),
            picture=PictureOf(page),
            section=CardsOf([other for other in siblings if other.url]),
        )


def _groups(site: Site, draw: _Draw, kind: str) -> Iterator[Page]:
    groups = site.groups[kind]
    if not groups:
        return
    listed = [group_facts(site, group) for group in groups.values()]
    if kind != "kind":
        listed.sort(key=lambda group: (-group.count, group.name.casefold(), group.name))
    title = GROUP_TITLES[kind]
    yield draw(
        f"{FOLDERS[kind]}/",
        "groups.html",
        f"the list of {title.lower()}",
        page=Facts(PageFacts(f"{FOLDERS[kind]}/", title)),
        groups=Facts(listed),
    )
    for group in groups.values():
        yield from _listing(site, draw, group)
        title = f"{site.config.title}: {group.name}"
        yield from _feeds(draw, group.url, title, _newest(site, group.members), ("feed.xml",))


def _listing(site: Site, draw: _Draw, group: Group) -> Iterator[Page]:
    spans = cut(len(group.members), site.config.posts_per_page)
    urls = [*(f"{group.url}page/{number}/" for number in range(1, len(spans))), group.url]
    feed = FeedLink(f"{site.config.title}: {group.name}", f"{group.url}feed.xml")
    for url, span, paging in zip(urls, spans, _pagings(urls, front=group.url), strict=True):
        facts = GroupFacts(
            group.kind, group.name, group.slug, group.url, len(group.members) if url == group.url else 0, None
        )
        yield draw(
            url,
            "group.html",
            f"the {group.kind} “{group.name}”",
            page=Facts(PageFacts(url, group.name, feed=feed)),
            group=Facts(facts),
            paging=Facts(paging),
            stories=Cards(group.members[span.start : span.stop][::-1]),
        )


def _archive(site: Site, draw: _Draw) -> Iterator[Page]:
    kinds = Facts([group_facts(site, group) for group in site.groups["kind"].values()])
    yield draw(
        "archive/",
        "archive.html",
        "the archive",
        page=Facts(PageFacts("archive/", "Archive")),
        years=Years(),
        undated=Cards(site.undated),
        kinds=kinds,
    )
    for (year, places), paging in zip(site.years.items(), _pagings([year.url for year in site.years]), strict=True):
        yield draw(
            year.url,
            "year.html",
            f"the school year {year.name}",
            page=Facts(PageFacts(year.url, year.name)),
            stories=Cards(places),
            months=Facts(months_of(site, places)),
            paging=Facts(paging),
        )
    urls = [month_url(*month) for month in site.months]
    for (month, places), url, paging in zip(site.months.items(), urls, _pagings(urls), strict=True):
        first = date(*month, 1)
        yield draw(
            url,
            "month.html",
            f"the month {first:%Y-%m}",
            page=Facts(PageFacts(url, f"{first:%Y-%m}")),
            month=Facts(first),
            stories=Cards(places[::-1]),
            paging=Facts(paging),
        )


def _pagings(urls: Sequence[str], front: str = "") -> Iterator[Paging]:
    """Yield where each of `urls`, oldest first, stands among the others; only `front` knows how many there are."""
    for place, url in enumerate(urls):
        yield Paging(
            number=place + 1,
            count=len(urls) if url == front else 0,
            newer=urls[place + 1] if place + 1 < len(urls) else None,
            older=urls[place - 1] if place else None,
        )


def _front(site: Site, draw: _Draw) -> Iterator[Page]:
    title = site.config.title
    pinned = [place for place in range(len(site.posts)) if site.posts[place].pin]
    unpinned = (place for place in reversed(range(len(site.posts))) if not site.posts[place].pin)
    front = [*reversed(pinned), *islice(unpinned, site.config.posts_per_page)]
    yield draw(
        "",
        "home.html",
        "the home page",
        page=Facts(PageFacts("", title, site.config.tagline)),
        stories=Cards(front),
        ask=CardOf(ask) if (ask := _open_ask(site)) else NO_CARD,
        year_ago=CardOf(year_ago) if (year_ago := _a_year_ago(site)) else NO_CARD,
    )
    groups = [
        group_facts(site, group)
        for kind in ("kind", "audience", "series", "tag")
        for group in site.groups[kind].values()
    ]
    yield draw(
        "subscribe/",
        "subscribe.html",
        "the subscribe page",
        page=Facts(PageFacts("subscribe/", "Subscribe")),
        groups=Facts(groups),
    )
    facts = PageFacts("404.html", "Not on this shelf", indexed=False)
    yield draw(
        "404.html",
        "404.html",
        "the page for lost addresses",
        page=Facts(facts),
        stories=Cards(_newest(site, range(len(site.posts)))[:5]),
    )


def _open_ask(site: Site) -> Post | None:
    """Return the newest post with an ask that is open and not past its day."""
    for post in reversed(site.posts):
        if (
            post.ask
            and post.ask.status == "open"
            and not post.ask.outcome
            and (not post.ask.by or post.ask.by >= site.today)
        ):
            return post
    return None


def _a_year_ago(site: Site) -> Post | None:
    """Return the story told nearest to this day a year ago, within a week of it."""
    near: list[tuple[int, str, Post]] = []
    for (year, month), places in site.months.items():
        if abs((site.today.year - year) * 12 + site.today.month - month - 12) <= 1:
            for place in places:
                post = site.posts[place]
                days = abs((site.today - post.date).days - 365) if post.date else 99
                if days <= 7:
                    near.append((days, post.id, post))
    return min(near, key=lambda found: found[:2])[2] if near else None


def _newest(site: Site, places: Sequence[int]) -> Sequence[int]:
    """Return the newest of `places` that a feed shows: neither drafts nor posts of a day to come."""
    found: list[int] = []
    for place in reversed(places):
        post = site.posts[place]
        if not post.draft and (post.moment is None or post.moment <= site.now):
            found.append(place)
            if len(found) == FEED_ITEMS:
                break
    return found


def _feeds(draw: _Draw, home: str, title: str, places: Sequence[int], names: Iterable[str]) -> Iterator[Page]:
    for name in names:
        facts = FeedFacts(title=title, url=home + name, home=home)
        yield draw(home + name, name, f"the feed {home}{name}", feed=Facts(facts), entries=Wholes(places))


def _sitemap(site: Site, draw: _Draw) -> Iterator[Page]:
    posts = [*site.pages, *site.stories]
    spans = [posts[start : start + SITEMAP_URLS] for start in range(0, max(1, len(posts)), SITEMAP_URLS)]
    if len(spans) == 1:
        yield draw("sitemap.xml", "sitemap.xml", "the sitemap", urls=Urls(posts))
    else:
        names = [f"sitemap-{number}.xml" for number in range(1, len(spans) + 1)]
        for name, span in zip(names, spans, strict=True):
            yield draw(name, "sitemap.xml", "the sitemap", urls=Urls(span))
        yield draw("sitemap.xml", "sitemap-index.xml", "the sitemap", names=Facts(names))
    yield draw("robots.txt", "robots.txt", "robots.txt")


def _redirects(site: Site, draw: _Draw) -> Iterator[Page]:
    for post in [*site.pages, *site.stories]:
        for alias in post.aliases:
            if alias.casefold() != post.url.casefold():
                facts = PageFacts(alias, post.title, indexed=False, language=post.language)
                yield draw(alias, "redirect.html", post.source, page=Facts(facts), target=Facts(post.url))
