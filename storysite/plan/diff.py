"""Work: what is to be rendered, kept and deleted. The full list of wanted pages, less what is remembered."""

from collections.abc import Callable, Container, Iterable, Mapping

from msgspec import Struct

from storysite.model.config import FILE
from storysite.model.taxonomy import TAXONOMIES
from storysite.plan.page import Page
from storysite.problems import Problem

NEW = "it is new"
LOST = "its file was changed or deleted"
CHANGED = "something it shows changed"


class Job(Struct, frozen=True, gc=False):
    """A page to render, its key, and the reason as an English clause."""

    page: Page
    key: bytes
    reason: str


class Work(Struct, frozen=True, gc=False):
    """What a build has to do."""

    render: list[Job]
    delete: list[str]
    """The files of ours that are no longer wanted."""
    wanted: dict[str, bytes]
    """The key of every page of the site, by route."""
    forget: list[str] = []
    """The routes that are remembered and no longer wanted."""


def compare(
    pages: Iterable[Page],
    key_of: Callable[[Page], bytes],
    remembered: Mapping[str, bytes],
    intact: Container[str],
    owned: Iterable[str],
) -> tuple[Work, list[Problem]]:
    """Return the work that turns what is there into `pages`, and an error for each two that want one route.

    `remembered` maps routes to the keys they were made with, `intact` are those whose files are still as they were
    written, `owned` are the files in the output that an earlier build wrote.
    """
    render: list[Job] = []
    keys: dict[str, bytes] = {}
    first: dict[str, Page] = {}
    problems: list[Problem] = []
    for page in pages:
        other = first.setdefault(page.route.casefold(), page)
        if other is not page:
            problems.append(_clash(other, page))
            continue
        key = keys[page.route] = key_of(page)
        known = remembered.get(page.route)
        if known == key and page.route in intact:
            continue
        render.append(Job(page, key, NEW if known is None else CHANGED if known != key else LOST))
    problems += _files_in_the_way(first)
    gone = sorted(route for route in owned if route not in keys)
    return Work(render, gone, keys, [route for route in remembered if route not in keys]), problems


def compare_again(pages: Iterable[Page], key_of: Callable[[Page], bytes], keys: Mapping[str, bytes]) -> Work:
    """Return the work that `pages` call for, where all others of the site were made with `keys` and stay so."""
    fresh = {page.route: (page, key_of(page)) for page in pages}
    render = [Job(page, key, CHANGED) for page, key in fresh.values() if keys[page.route] != key]
    return Work(render, [], {**keys, **{route: key for route, (_, key) in fresh.items()}})


def _clash(first: Page, second: Page) -> Problem:
    path, other = (second.subject, first.subject) if "/" in second.subject else (first.subject, second.subject)
    same = "" if first.route == second.route else " (they differ only in capital letters, which some systems ignore)"
    both, hint = f"this and {other}", "give one of them another slug, permalink or file name"
    if _can_move(first) or _can_move(second):
        hint += ", or set another folder for the taxonomy in storysite.yml"
        if path.startswith("the "):
            path, both = FILE, f"{first.subject} and {second.subject}"
    return Problem.of("address-twice", f"{both} would both have the address /{first.url}{same}", hint, path=path)


def _can_move(page: Page) -> bool:
    """Return whether a page is a listing whose folder the settings decide, as they do not of those we always had."""
    ours = {each.folder for each in TAXONOMIES.values() if each.listed}
    return page.type in ("groups", "group") and page.url.partition("/")[0] not in ours


def _files_in_the_way(places: Mapping[str, Page]) -> list[Problem]:
    """Return an error for each file that stands where another page needs a folder."""
    folders: set[str] = set()
    for route in places:
        folder = route.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return [
        Problem.of(
            "address-twice",
            f"the file /{places[route].url} is where other pages need a folder",
            "rename it",
            path=places[route].subject,
        )
        for route in sorted(folders & places.keys())
    ]
