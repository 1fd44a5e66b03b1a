"""What a build leaves in the cache of the pages it put in place."""

from collections.abc import Iterator, Sequence

from storysite.build.render import StagedFile
from storysite.cache.database import Cache, PageRow
from storysite.digest import digest_bytes
from storysite.model.site import Site
from storysite.output.folder import Output
from storysite.plan.diff import Job, Work
from storysite.plan.page import Rendered


def remember_pages(cache: Cache, output: Output, site: Site, work: Work, staged: Sequence[StagedFile]) -> bytes:
    """Remember the pages that were put in place, forget those that are gone, and return the edition of the HTML."""
    name = str(output.folder)
    edition = _edition(cache, name, staged, work)
    cache.forget_pages(name, work.forget)
    cache.remember_pages(name, _rows(work.render, staged, site, output))
    return edition


def _edition(cache: Cache, output: str, staged: Sequence[StagedFile], work: Work) -> bytes:
    """Return what stands for all HTML of the output now, and remember it; it stays as it was if no page changed."""
    pages = {file.route: file.digest for file in staged if file.route.endswith(".html")}
    known = cache.page_digests(output, list(pages))
    changed = [route.encode() + digest for route, digest in sorted(pages.items()) if known.get(route) != digest]
    gone = [route.encode() for route in work.delete if route.endswith(".html")]
    before = cache.edition(output)
    if before and not changed and not gone:
        return before
    edition = digest_bytes(before, *changed, *gone)
    cache.remember_edition(output, edition)
    return edition


def _rows(jobs: Sequence[Job], staged: Sequence[StagedFile], site: Site, output: Output) -> Iterator[PageRow]:
    """Yield what to remember of the pages that were put in place."""
    by_route = {job.page.route: job for job in jobs}
    for file in staged:
        job = by_route[file.route]
        size, mtime = output.state(file.route)
        source = job.page.source
        parts = source.parts(site) if isinstance(source, Rendered) else {}
        short = " ".join(f"{name}={part.hex()[:8]}" for name, part in parts.items())
        yield PageRow(file.route, job.key, short, file.digest, size, mtime)
