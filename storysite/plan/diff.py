"""Work: what is to be rendered, kept and deleted. The full list of wanted pages, less what is remembered."""

from collections.abc import Callable, Container, Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from storysite.plan.page import Page

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

    def without(self, routes: Container[str]) -> tuple["Work", list[Job]]:
        """Return the work without what is left for later, and that."""
        left = [job for job in self.render if job.page.route in routes]
        done = [job for job in self.render if job.page.route not in routes] if left else self.render
        return replace(self, render=done), left


def compare(
    pages: Iterable[Page],
    key_of: Callable[[Page], bytes],
    remembered: Mapping[str, bytes],
    intact: Container[str],
    owned: Iterable[str],
) -> Work:
    """Return the work that turns what is there into `pages`, each of which has a route of its own.

    `remembered` maps routes to the keys they were made with, `intact` are those whose files are still as they were
    written, `owned` are the files in the output that an earlier build wrote.
    """
    render: list[Job] = []
    keys: dict[str, bytes] = {}
    for page in pages:
        key = keys[page.route] = key_of(page)
        known = remembered.get(page.route)
        if known == key and page.route in intact:
            continue
        render.append(Job(page, key, NEW if known is None else CHANGED if known != key else LOST))
    gone = sorted(route for route in owned if route not in keys)
    return Work(render, gone, keys, [route for route in remembered if route not in keys])


def compare_again(pages: Iterable[Page], key_of: Callable[[Page], bytes], keys: Mapping[str, bytes]) -> Work:
    """Return the work that `pages` call for, where all others of the site were made with `keys` and stay so."""
    fresh = {page.route: (page, key_of(page)) for page in pages}
    render = [Job(page, key, CHANGED) for page, key in fresh.values() if keys[page.route] != key]
    return Work(render, [], {**keys, **{route: key for route, (_, key) in fresh.items()}})
