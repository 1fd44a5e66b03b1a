"""The pages that plugins add to a site."""

import re
from collections.abc import Collection, Iterator

from msgspec.structs import replace

from storysite.errors import ProblemsFound, one_line, words_of
from storysite.model.index import Index
from storysite.model.theme import AddedPage, AddedPages
from storysite.model.urls import written_url
from storysite.plan.checked_slice import checked_slice
from storysite.plan.context import PageContext
from storysite.plan.page import Page
from storysite.plan.page_builder import PageBuilder
from storysite.plan.page_types import SHARED
from storysite.plan.slices import Constant
from storysite.problems import Problem, Severity

_ADDRESS = re.compile(r"[\w.~-]+(/[\w.~-]+)*/?").fullmatch
_OURS = {"page", "template", "language", *SHARED}
"""Names that no slice can have."""


def added_pages(index: Index, builder: PageBuilder) -> Iterator[Page]:
    """Yield the pages of all plugins. Raises ProblemsFound if one cannot be used."""
    for kind in builder.theme.added:
        for made in _made(index.listed, kind):
            facts = Constant(PageContext(made.url, made.title, made.summary))
            yield builder.page(kind.name, made.url, f"{kind.what} “{made.title}”", page=facts, **made.slices)


def _made(index: Index, kind: AddedPages) -> list[AddedPage]:
    """Return the pages of a kind, of which nothing is used before all is looked at."""
    pages: list[AddedPage] = []
    try:
        for page in kind.make(index):
            fault = _fault_of(page, kind.names)
            if fault:
                break
            slices = {name: checked_slice(part, index) for name, part in page.slices.items()}
            pages.append(replace(page, title=one_line(page.title), summary=one_line(page.summary), slices=slices))
        else:
            fault = ""
    except BaseException as error:  # whatever a stranger's code raises
        fault = words_of(error)
    if fault:
        what = f"the plugin cannot make its pages ({kind.what}): {fault}"
        hint = "take the plugin out of plugins: in storysite.yml until it is fixed"
        raise ProblemsFound(Problem.of("plugin-failed", what, hint, severity=Severity.ERROR))
    return pages


def _fault_of(page: AddedPage, names: Collection[str]) -> str:
    """Return what is wrong with a page, "" if nothing is."""
    if not all(isinstance(text, str) for text in (page.url, page.title, page.summary)):
        return f"{page.url!r}: its address, title and summary have to be text"
    if not _is_address(page.url):
        return f"it wants a page at {page.url!r}, which is no address in this site"
    if foreign := [name for name in page.slices if name not in names or name in _OURS]:
        return f"{page.url}: {foreign[0]!r} is not among the names that its template receives"
    return ""


def _is_address(url: str) -> bool:
    """Return whether a URL is one of ours: it stays in the site, and no part of it needs to be escaped."""
    return bool(_ADDRESS(url)) and written_url(url) == url
