"""A Plan: all wanted pages of an Index, and which of them the texts of some posts can concern."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path

from msgspec import Struct

from storysite.digest import digest
from storysite.model.index import Index
from storysite.model.theme import Theme
from storysite.plan.clashes import resolve_clashes
from storysite.plan.page import Page, Rendered
from storysite.plan.page_types import page_types
from storysite.plan.pages import addresses_in, pages_of
from storysite.plan.pages.files import copied_files
from storysite.plan.words import Words
from storysite.problems import Problem

ANY = ""
"""Stands for all posts, where a page depends on whatever there is."""


class Plan(Struct, frozen=True, dict=True):
    """All wanted pages of an Index with a theme, and the addresses that posts may link to.

    Planning is complete whenever a header, a setting, a file or the theme changed. After a save of texts only the plan
    stays as it is, and only the pages are compared that show these texts.
    """

    index: Index
    theme: Theme
    pages: Sequence[Page]
    addresses: frozenset[str]
    problems: Sequence[Problem] = ()
    """What is to be told of pages that want the address of another."""

    def holds(self, index: Index, theme: Theme) -> bool:
        """Return whether the plan of these would be the same."""
        same = self.index is index and self.theme == theme
        return same and digest(self.theme.design) == digest(theme.design)  # mappings in another order are equal

    def showing(self, sources: Sequence[str]) -> Iterable[Page]:
        """Return the pages that may differ when the texts of the posts `sources` do."""
        if not sources:
            return ()
        pages = chain.from_iterable(self.by_source.get(source, ()) for source in (*sources, ANY))
        return {page.route: page for page in pages}.values()

    @property
    def by_source(self) -> Mapping[str, Sequence[Page]]:
        """The pages that show each post, by its source, and under ANY those that may show every one; found out once."""
        if (known := self.__dict__.get("_by_source")) is not None:
            return known  # type: ignore[no-any-return]
        found: dict[str, list[Page]] = {}
        for page in self.pages:
            for part in page.source.slices if isinstance(page.source, Rendered) else ():
                shown = part.shows(self.index)
                for source in (ANY,) if shown is None else shown:
                    found.setdefault(source, []).append(page)
        self.__dict__["_by_source"] = found
        return found


def plan_site(index: Index, words: Words, theme: Theme, folder: Path) -> Plan:
    """Return the plan of a site that lies in `folder`."""
    pages = list(pages_of(index, words, theme))
    addresses = frozenset(addresses_in(pages, page_types(theme)))
    resolved = resolve_clashes(chain(pages, copied_files(index, theme.assets, folder)))
    return Plan(index, theme, resolved.pages, addresses, resolved.problems)


def addresses_of(index: Index, words: Words, theme: Theme) -> frozenset[str]:
    """Return the addresses that posts may link to, whatever templates the theme has."""
    bare = Theme((), theme.design, added=theme.added)
    return frozenset(addresses_in(pages_of(index, words, bare), page_types(bare)))
