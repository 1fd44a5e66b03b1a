"""Draws Pages: gives each what all pages share, and of the rest only what its template names."""

from collections.abc import Mapping

from storysite.digest import digest
from storysite.model.post import Post
from storysite.model.routes import route_of
from storysite.model.site import Site
from storysite.plan.facts import FeedLink, MenuItem, SiteFacts
from storysite.plan.page import Page, Template
from storysite.plan.slices import Sealed, Slice

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


class Draw:
    """Makes Pages: adds what all pages share, and leaves out what the template does not name."""

    def __init__(self, site: Site, templates: Mapping[str, Template], assets: Mapping[str, str]) -> None:
        self.templates = templates
        facts = {"site": site_facts(site), "assets": dict(assets), "data": dict(site.data), "today": site.today}
        self.shared: dict[str, Slice] = {name: Sealed(fact, digest(fact)) for name, fact in facts.items()}
        self._names: dict[tuple[str, ...], tuple[str, ...]] = {}

    def __call__(self, url: str, template: str, subject: str, **slices: Slice) -> Page:
        """Return the page at `url`, with those of `slices` and of what all pages share that its template names."""
        slices.update(self.shared)
        given = (template, *slices)
        names = self._names.get(given)
        if names is None:
            wanted = self.templates[template].names
            names = self._names[given] = tuple(name for name in slices if name in wanted)
        return Page(route_of(url), url, subject, template, names, tuple([slices[name] for name in names]))

    def layout(self, post: Post, otherwise: str) -> str:
        """Return the template that a post's `layout` names, or `otherwise` if the theme has none of that name."""
        if not post.layout:
            return otherwise
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
