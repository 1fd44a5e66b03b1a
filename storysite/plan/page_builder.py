"""Draws Pages: gives each its language and what all pages share, and of the rest only what its template names."""

from collections.abc import Mapping
from itertools import islice

from storysite.digest import digest
from storysite.i18n import direction, gettext, has_interface
from storysite.model.group import Group
from storysite.model.post import Post
from storysite.model.site import Site
from storysite.model.theme import Design, ThemeListing
from storysite.model.urls import route_of
from storysite.plan.context import FeedLink, LanguageLink, MenuItem, SiteContext
from storysite.plan.page import Page, Template
from storysite.plan.slices import Cards, SharedConstant, Slice

OF_OTHER_PAGES = {
    "home.html",
    "group.html",
    "groups.html",
    "archive.html",
    "year.html",
    "month.html",
    "subscribe.html",
    "404.html",
    "search.html",
    "wall.html",
    "term.html",
}
"""Templates that need names which no post has, so that no `layout` can ask for them."""
ICONS = ("favicon.svg", "favicon.png", "favicon.ico")
GROUP_LABELS = {
    "tag": "Tags",
    "category": "Categories",
    "author": "Authors",
    "series": "Series",
    "kind": "Kinds of stories",
    "audience": "Who it is for",
}


class PageBuilder:
    """Makes Pages: adds what all pages share, and leaves out what the template does not name."""

    def __init__(
        self, site: Site, design: Design, templates: Mapping[str, Template], assets: Mapping[str, str]
    ) -> None:
        self.site = site
        self.design = design
        self.templates = templates
        self.colors = f"assets/colors.{digest(design.colors).hex()[:8]}.css"
        """The URL of the style sheet with the theme's colours."""
        facts = {"assets": {**assets, "colors.css": self.colors}, "data": dict(site.data), "today": site.today}
        self._facts: dict[str, Slice] = {name: SharedConstant(fact, digest(fact)) for name, fact in facts.items()}
        for name, listing in design.listings.items():
            self._facts.setdefault(name, Cards(_listed(site, listing)))
        self._shared: dict[str, dict[str, Slice]] = {}
        self._names: dict[tuple[str, ...], tuple[str, ...]] = {}

    def __call__(self, url: str, template: str, subject: str, *, language: str = "", **slices: Slice) -> Page:
        """Return the page at `url`, with those of `slices` and of what all pages share that its template names.

        `language` is what its text is in; its interface is in that too, if there are words for it.
        """
        interface_language = self.interface_language(language)
        slices.update(self._shared.get(interface_language) or self._share(interface_language))
        given = (template, *slices)
        names = self._names.get(given)
        if names is None:
            wanted = self.templates[template].names
            names = self._names[given] = tuple(name for name in slices if name in wanted)
        foreign_interface = interface_language if interface_language != self.site.config.language else ""
        return Page(
            route_of(url), url, subject, template, names, tuple([slices[name] for name in names]), foreign_interface
        )

    def interface_language(self, language: str) -> str:
        """Return what the interface of a page is in whose text is in `language`: that, or the site's language."""
        return language if language and has_interface(language) else self.site.config.language

    def gettext(self, text: str, language: str = "") -> str:
        """Return words of the interface in the voice for `language`."""
        return gettext(self.interface_language(language), text)

    def label_of(self, kind: str, language: str = "") -> str:
        """Return what groups of a kind are called."""
        return self.gettext(GROUP_LABELS[kind], language)

    def name_of(self, group: Group, language: str = "") -> str:
        """Return the name of a group: kinds have words of ours, all others are named by authors."""
        return self.gettext(group.name, language) if group.kind == "kind" else group.name

    def _share(self, interface_language: str) -> dict[str, Slice]:
        facts = site_context(self.site, self.design, interface_language)
        shared = self._shared[interface_language] = {"site": SharedConstant(facts, digest(facts)), **self._facts}
        return shared

    def layout(self, post: Post, otherwise: str) -> str:
        """Return the template that a post's `layout` names, or `otherwise` if the theme has none of that name."""
        if not post.layout:
            return otherwise
        wanted = f"{post.layout}.html"
        return wanted if wanted in self.templates and wanted not in OF_OTHER_PAGES else otherwise


def _listed(site: Site, listing: ThemeListing) -> list[int]:
    """Return the places of the stories in an extra listing."""
    members = [set(group.members) if (group := site.groups[kind].get(slug)) else set() for kind, slug in listing.groups]
    everything = range(len(site.originals)) if listing.order == "oldest" else reversed(range(len(site.originals)))
    return list(islice((place for place in everything if all(place in some for some in members)), listing.length))


def site_context(site: Site, design: Design, language: str) -> SiteContext:
    """Return what every page may know of the site whose interface is in `language`."""
    config = site.config
    homes = site.homes
    home = homes.get(language, "")
    pages = [page for page in sorted(site.pages, key=lambda page: page.menu) if page.menu]
    menu = [
        MenuItem(gettext(language, "Stories"), home),
        MenuItem(gettext(language, "Archive"), "archive/"),
        *(MenuItem(page.title, page.url) for page in pages),
        MenuItem(gettext(language, "Subscribe"), f"{home}subscribe/"),
    ]
    if config.search:
        menu.append(MenuItem(gettext(language, "Search"), f"{home}search/"))
    feeds = [
        FeedLink(config.title, "feed.xml"),
        FeedLink(f"{config.title} (Atom)", "atom.xml", "application/atom+xml"),
        FeedLink(f"{config.title} (JSON)", "feed.json", "application/feed+json"),
    ]
    if home:
        feeds.insert(0, FeedLink(f"{config.title} ({language})", f"{home}feed.xml"))
    return SiteContext(
        title=gettext(language, config.title),  # what we call it unless its author does
        tagline=config.tagline,
        school=config.school,
        root=config.root,
        language=language,
        direction=direction(language),
        author=config.author,
        contact=config.contact,
        promise=gettext(language, config.promise),
        home=home,
        languages=tuple(LanguageLink(*home) for home in homes.items()) if len(homes) > 1 else (),
        search=f"{home}search/" if config.search else "",
        icon=next((name for name in ICONS if f"static/{name}" in site.files.paths), ""),
        menu=tuple(menu),
        feeds=tuple(feeds),
        settings=dict(design.settings),
    )
