"""What a build leaves in the cache of the pages it put in place."""

from collections.abc import Collection, Mapping, Sequence, Set

from msgspec.json import encode
from msgspec.structs import replace

from storysite.build.render import StagedFile
from storysite.cache.database import Cache, PageRow
from storysite.cache.table import Value
from storysite.model.site import Site
from storysite.output.folder import Output
from storysite.output.stale_steps import edition_of
from storysite.plan.diff import Work
from storysite.plan.page import Page, Rendered


def pages_there(cache: Cache, output: Output) -> tuple[Mapping[str, PageRow], Set[str]]:
    """Return all pages that are remembered, by route, and the routes of those whose files are still what was written.

    What only lies there anew, as in a copy of the whole site's folder, is read once and remembered as it lies there.
    """
    table = cache.pages(output.name)
    rows = table.all()
    intact = output.intact(rows)
    if copied := output.copied(rows, intact) if len(intact) < len(rows) else ():
        fresh = {}
        for route in copied:
            size, mtime, mark = output.state(route)
            fresh[route] = replace(rows[route], size=size, mtime=mtime, mark=mark)
        table.put(fresh.values())
        rows, intact = rows | fresh, intact.union(copied)
    return rows, intact


def change_of_html(cache: Cache, output: Output, work: Work, staged: Sequence[StagedFile]) -> bool:
    """Return whether any page of the output is about to be written with other bytes, or to be deleted."""
    if any(route.endswith(".html") for route in work.delete):
        return True
    fresh = {file.route: file.digest for file in staged if file.route.endswith(".html")}
    known = cache.pages(output.name).get(list(fresh))
    return any(route not in known or known[route].digest != digest for route, digest in fresh.items())


def remember_pages(cache: Cache, output: Output, site: Site, work: Work, staged: Sequence[StagedFile]) -> None:
    """Remember the pages that were put in place, and forget those that are gone."""
    name, jobs = output.name, {job.page.route: job for job in work.render}
    pages, slices = cache.pages(name), cache.slices(name)
    pages.forget(work.forget)
    slices.forget(work.forget)
    pages.put(PageRow(file.route, jobs[file.route].key, file.digest, *output.state(file.route)) for file in staged)
    slices.put(Value(job.page.route, job.key, encode(short_digests(job.page, site))) for job in work.render)


def edition_in(rows: Mapping[str, PageRow], output: Output, routes: Collection[str]) -> bytes:
    """Return what stands for all HTML in the output, at these routes; files are read whose `rows` got lost."""
    html = [route for route in routes if route.endswith(".html")]
    return edition_of({route: rows[route].digest if route in rows else output.digest(route) for route in html})


def short_digests(page: Page, site: Site) -> dict[str, str]:
    """Return what tells of each Slice of a page, by name, whether it changed; good enough to say so to people."""
    parts = page.source.parts(site) if isinstance(page.source, Rendered) else {}
    return {name: part.hex()[:8] for name, part in parts.items()}
