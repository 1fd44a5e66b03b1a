"""What a build leaves in the cache of the pages it put in place."""

from collections.abc import Sequence

from msgspec.json import encode

from storysite.build.render import StagedFile
from storysite.cache.database import Cache, PageRow
from storysite.cache.table import Value
from storysite.digest import digest_bytes
from storysite.model.site import Site
from storysite.output.folder import Output
from storysite.plan.diff import Work
from storysite.plan.page import Page, Rendered

EDITION = "edition"


def remember_pages(cache: Cache, output: Output, site: Site, work: Work, staged: Sequence[StagedFile]) -> bytes:
    """Remember the pages that were put in place, forget those that are gone, and return the edition of the HTML."""
    name, jobs = output.name, {job.page.route: job for job in work.render}
    edition = _edition(cache, name, staged, work)
    pages, slices = cache.pages(name), cache.slices(name)
    pages.forget(work.forget)
    slices.forget(work.forget)
    pages.put(PageRow(file.route, jobs[file.route].key, file.digest, *output.state(file.route)) for file in staged)
    slices.put(Value(job.page.route, job.key, encode(short_digests(job.page, site))) for job in work.render)
    return edition


def short_digests(page: Page, site: Site) -> dict[str, str]:
    """Return what tells of each Slice of a page, by name, whether it changed; good enough to say so to people."""
    parts = page.source.parts(site) if isinstance(page.source, Rendered) else {}
    return {name: part.hex()[:8] for name, part in parts.items()}


def _edition(cache: Cache, output: str, staged: Sequence[StagedFile], work: Work) -> bytes:
    """Return what stands for all HTML of the output now, and remember it; it stays as it was if no page changed."""
    pages = {file.route: file.digest for file in staged if file.route.endswith(".html")}
    known = {route: row.digest for route, row in cache.pages(output).get(list(pages)).items()}
    changed = [route.encode() + digest for route, digest in sorted(pages.items()) if known.get(route) != digest]
    gone = [route.encode() for route in work.delete if route.endswith(".html")]
    before = cache.builds(output).recall({EDITION: b""}).get(EDITION, b"")
    if before and not changed and not gone:
        return before
    edition = digest_bytes(before, *changed, *gone)
    cache.builds(output).put([Value(EDITION, b"", edition)])
    return edition
