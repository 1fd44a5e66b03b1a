"""A Plan: all wanted pages, and which of them a change of some texts can concern."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path

from msgspec import Struct

from storysite.model.site import Site
from storysite.model.theme import Design
from storysite.plan.page import Page, Template
from storysite.plan.pages import pages
from storysite.plan.pages.files import Asset, copies

ANY = ""
"""Stands for all posts, where a page depends on whatever there is."""


class Plan(Struct):
    """All wanted pages of a Site, the templates and assets they were planned with, and the keys they were made with.

    The pages stay the same for every Site in the same frame; `keys` is empty until a build made them all.
    """

    site: Site
    design: Design
    templates: Mapping[str, Template]
    assets: Mapping[str, Asset]
    pages: list[Page]
    keys: Mapping[str, bytes] = {}
    _index: dict[str, list[Page]] | None = None

    def holds(self, site: Site, design: Design, templates: Mapping[str, Template], assets: Mapping[str, Asset]) -> bool:
        """Return whether these would be planned the same."""
        known = (self.site.structure_version, self.design, self.templates, self.assets)
        return known == (site.structure_version, design, templates, assets)

    def concerned(self, site: Site) -> Iterable[Page]:
        """Return the pages that may differ from those that were made: they show a post whose text is another now."""
        before, index = self.site.by_source, self.index()
        changed = [source for source, post in site.by_source.items() if post is not before[source]]
        if not changed:
            return ()
        concerned = chain.from_iterable(index.get(source, ()) for source in (*changed, ANY))
        return {page.route: page for page in concerned}.values()

    def done(self, site: Site, keys: Mapping[str, bytes]) -> "Plan":
        """Return the plan as that of `site`, whose pages were made with `keys`."""
        self.site, self.keys = site, keys
        return self

    def index(self) -> Mapping[str, Sequence[Page]]:
        """Return the pages that show each post, by its source, and under ANY those that may show every one."""
        if self._index is None:
            self._index = {}
            for page in self.pages:
                for part in page.slices:
                    shown = part.shows(self.site)
                    for source in (ANY,) if shown is None else shown:
                        self._index.setdefault(source, []).append(page)
        return self._index


def plan_site(
    site: Site, design: Design, templates: Mapping[str, Template], assets: Mapping[str, Asset], folder: Path
) -> Plan:
    """Return the plan of a site, complete."""
    urls = {name: asset.url for name, asset in assets.items()}
    wanted = [*pages(site, design, templates, urls), *copies(site, assets, folder)]
    return Plan(site, design, templates, assets, wanted)
