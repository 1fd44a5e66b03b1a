"""Builds Pages: gives each its language and what all pages share, and of the rest only what its template names."""

from collections import Counter
from collections.abc import Collection
from functools import cached_property
from itertools import islice

from msgspec.structs import replace

from storysite.digest import digest
from storysite.model.group import Group
from storysite.model.index import Index
from storysite.model.post import Header
from storysite.model.reply import reply_to
from storysite.model.theme import Design, Template, Theme, ThemeListing
from storysite.model.urls import route_of
from storysite.plan.context import FeedLink, LanguageLink, MenuItem, PageContext, SiteContext
from storysite.plan.page import Page, Rendered
from storysite.plan.page_types import SHARED, PageType, page_types
from storysite.plan.share import ShareCards
from storysite.plan.slices import Cards, Constant, SharedConstant, Slice
from storysite.plan.words import Words

ICONS = ("favicon.svg", "favicon.png", "favicon.ico")


class PageBuilder:
    """Makes Pages: adds what all pages share, and leaves out what the template does not name."""

    def __init__(self, index: Index, words: Words, theme: Theme) -> None:
        self.index = index
        self.words = words
        self.theme = theme
        self.types = page_types(theme)
        """Every kind of page of the site."""
        self.colors = f"assets/colors.{digest(theme.design.colors).hex()[:8]}.css"
        """The URL of the style sheet with the theme's colors."""
        assets = {name: asset.url for name, asset in theme.assets.items()} | {"colors.css": self.colors}
        facts = {"assets": assets, "data": dict(index.data), "today": index.today}
        self.share = ShareCards(index, words, theme.design)
        """What networks show of each page."""
        self._constants: dict[str, Slice] = {name: SharedConstant(fact, digest(fact)) for name, fact in facts.items()}
        for name, listing in theme.design.listings.items():
            self._constants.setdefault(name, Cards(listed_places(index, listing)))
        self._asks_nobody = asks_nobody(index, theme)
        self._shared: dict[str, dict[str, Slice]] = {}
        self._names: dict[tuple[str, ...], tuple[str, ...]] = {}

    def page(
        self, kind: str, url: str, subject: str, /, *, template: str = "", language: str = "", **slices: Slice
    ) -> Page:
        """Return the page at `url`, with those of `slices` and of what all pages share that its template names.

        `kind` is one of `types`, whose template is used unless another is named. `language` is what the page's
        text is in; its interface is in that too, if there are words for it. What is not in the sitemap says so itself.
        """
        template = template or self.types[kind].template
        indexed = self.types[kind].in_sitemap
        if isinstance(facts := slices.get("page"), Constant) and isinstance(facts.fact, PageContext):
            if facts.fact.indexed and not indexed:
                slices["page"] = Constant(replace(facts.fact, indexed=False))
            indexed = indexed and facts.fact.indexed
        interface = self.interface_language(language)
        slices = {**(self._shared.get(interface) or self._share(interface)), **slices}
        given = (template, *slices)
        names = self._names.get(given)
        if names is None:
            wanted = self._names_of(template)
            names = self._names[given] = tuple(name for name in slices if name in wanted)
        if "share" in names and isinstance(shown := slices["share"], Constant | SharedConstant):
            self.share.show(shown.fact)
        foreign = interface if interface != self.index.config.language else ""
        source = Rendered(template, names, tuple([slices[name] for name in names]), foreign)
        return Page(route_of(url), url, subject, source, kind, indexed)

    def interface_language(self, language: str) -> str:
        """Return what the interface of a page is in whose text is in `language`: that, or the site's language.

        Where there are words in neither, it is English, and the page says so: whoever listens to it hears each word as
        what it is.
        """
        wanted = (language, self.index.config.language)
        return next((each for each in wanted if each and self.words.has_interface(each)), self.words.SOURCE)

    def gettext(self, text: str, language: str = "") -> str:
        """Return words of the interface for a page whose text is in `language`."""
        return self.words.gettext(self.interface_language(language), text)

    def label_of(self, kind: str, language: str = "") -> str:
        """Return what groups of a kind are called: ours in words of ours, all others as the settings have it."""
        taxonomy = self.index.taxonomies[kind]
        return self.gettext(taxonomy.title, language) if taxonomy.translated else taxonomy.title

    def name_of(self, group: Group, language: str = "") -> str:
        """Return the name of a group: kinds have words of ours, all others are named by authors."""
        return self.gettext(group.name, language) if group.kind == "kind" else group.name

    def title_of(self, group: Group) -> str:
        """Return the title of a group's page, with what such groups are called if something else has that name."""
        name = self.name_of(group)
        if self._titles[name.casefold()] == 1:
            return name
        label = self.label_of(group.kind)
        same = [kind for kind in self.index.groups if self.label_of(kind).casefold() == label.casefold()]
        return f"{name} ({label if len(same) == 1 else self.index.taxonomies[group.kind].folder})"

    @cached_property
    def _titles(self) -> Counter[str]:
        """How many groups, lists of groups and pages have each title."""
        groups = [self.name_of(group) for groups in self.index.groups.values() for group in groups.values()]
        lists = [self.label_of(kind) for kind, groups in self.index.groups.items() if groups]
        return Counter(title.casefold() for title in (*groups, *lists, *(page.title for page in self.index.pages)))

    def layout(self, post: Header, otherwise: str) -> str:
        """Return the template that a post's `layout` names, or that of the page type `otherwise`.

        A template can be asked for if it shows a post and asks for no name that only other kinds of pages have; it is
        none of these pages' own.
        """
        kind = self.types[otherwise]
        wanted = self.theme.templates.get(f"{post.layout}.html") if post.layout else None
        return wanted.name if wanted and _can_show(wanted, kind, self.types.values()) else kind.template

    def _names_of(self, template: str) -> frozenset[str]:
        try:
            return self.theme.templates[template].names
        except KeyError:  # where only the addresses of pages are asked for, there is no template
            return frozenset()

    def _share(self, language: str) -> dict[str, Slice]:
        context = site_context(self.index, self.words, self.theme.design, language, asks_nobody=self._asks_nobody)
        card = self.share.of_site(language)
        own: dict[str, Slice] = {"site": SharedConstant(context, digest(context))}
        shared = self._shared[language] = {**own, "share": SharedConstant(card, digest(card)), **self._constants}
        return shared


def _can_show(template: Template, kind: PageType, types: Collection[PageType]) -> bool:
    """Return whether a page of `kind` may have a template: its own, or one that needs no more than it is given."""
    if own := next((each for each in types if each.template == template.name), None):
        return own.layout and own.names <= kind.names
    foreign = {name for each in types for name in each.names} - kind.names - SHARED
    return "post" in template.needs and not template.needs & foreign


def listed_places(index: Index, listing: ThemeListing) -> list[int]:
    """Return the places of the posts in a listing of the theme's, in its order."""
    groups = [index.groups.get(kind, {}).get(slug) for kind, slug in listing.groups]
    members = [set(group.members) if group else set() for group in groups]
    everything = range(len(index.originals))
    ordered = everything if listing.order == "oldest" else reversed(everything)
    return list(islice((place for place in ordered if all(place in some for some in members)), listing.length or None))


def asks_nobody(index: Index, theme: Theme) -> bool:
    """Return whether no page of a site makes a browser ask another host for something by itself.

    Whoever is asked learns who reads what. Links ask nobody until they are followed.
    """
    hosts = theme.other_hosts.union(*(post.other_hosts for post in index.visible))
    return hosts <= {index.config.markdown.host.removeprefix("www.")}


def site_context(index: Index, words: Words, design: Design, language: str, *, asks_nobody: bool = True) -> SiteContext:
    """Return what every page may know of the site whose interface is in `language`."""
    config = index.config
    homes = index.homes
    home = homes.get(language, "")
    originals = [page for page in index.pages if page.menu and page.source not in index.original_of]
    pages = [index.version_in(language, page) for page in sorted(originals, key=lambda page: page.menu)]
    menu = [
        MenuItem(words.gettext(language, "Stories"), home),
        MenuItem(words.gettext(language, "Archive"), "archive/"),
        *(MenuItem(page.title, page.url) for page in pages),
        MenuItem(words.gettext(language, "Subscribe"), f"{home}subscribe/"),
    ]
    if config.search:
        menu.append(MenuItem(words.gettext(language, "Search"), f"{home}search/"))
    feeds = [
        FeedLink(config.title, "feed.xml"),
        FeedLink(f"{config.title} (Atom)", "atom.xml", "application/atom+xml"),
        FeedLink(f"{config.title} (JSON)", "feed.json", "application/feed+json"),
    ]
    if home:
        feeds.insert(0, FeedLink(f"{config.title} ({language})", f"{home}feed.xml"))
    return SiteContext(
        title=words.gettext(language, config.title),  # what we call it unless its author does
        tagline=config.tagline,
        school=config.school,
        root=config.root,
        language=language,
        direction=words.direction(language),
        author=config.author,
        contact=config.contact,
        reply_to=reply_to(config),
        promise=words.gettext(language, config.promise),
        home=home,
        languages=tuple(LanguageLink(*home) for home in homes.items()) if len(homes) > 1 else (),
        search=f"{home}search/" if config.search else "",
        icon=next((name for name in ICONS if index.files.shows(f"static/{name}")), ""),
        menu=tuple(menu),
        feeds=tuple(feeds),
        settings=dict(design.settings),
        asks_nobody=asks_nobody,
        frames_from=config.frames_from,
        forms_to=config.forms_to,
        asks="asks/" if index.asks else "",
    )
