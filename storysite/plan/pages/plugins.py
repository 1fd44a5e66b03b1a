"""The pages that plugins add to a site."""

import re
from collections.abc import Iterator

from storysite.errors import ProblemsFound
from storysite.model.index import Index
from storysite.model.theme import AddedPage, AddedPages
from storysite.plan.context import PageContext
from storysite.plan.page import Page
from storysite.plan.page_builder import PageBuilder
from storysite.plan.slices import Constant
from storysite.problems import Problem, Severity

_ADDRESS = re.compile(r"[\w.~-]+(/[\w.~-]+)*/?").fullmatch


def added_pages(index: Index, builder: PageBuilder) -> Iterator[Page]:
    """Yield the pages of all plugins. Raises ProblemsFound if one cannot be used."""
    for kind in builder.theme.added:
        for made in _made(index, kind):
            facts = Constant(PageContext(made.url, made.title, made.summary))
            yield builder.page(kind.name, made.url, f"{kind.what} “{made.title}”", page=facts, **made.slices)


def _made(index: Index, kind: AddedPages) -> list[AddedPage]:
    try:
        pages = list(kind.make(index))
        wrong = [page.url for page in pages if not _is_address(page.url)]
        fault = f"it wants a page at {wrong[0]!r}, which is no address in this site" if wrong else ""
    except Exception as error:  # whatever a stranger's code raises
        fault = f"{type(error).__name__}: {error}"
    if fault:
        what = f"the plugin cannot make its pages ({kind.what}): {fault}"
        hint = "take the plugin out of plugins: in storysite.yml until it is fixed"
        raise ProblemsFound(Problem.of("plugin-failed", what, hint, severity=Severity.ERROR))
    return pages


def _is_address(url: str) -> bool:
    """Return whether a URL is one of ours: it stays in the site, and no part of it needs to be escaped."""
    return bool(_ADDRESS(url)) and not any(part in (".", "..") for part in url.split("/"))
