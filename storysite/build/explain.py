"""`--explain`: what one page is made of, and whether it would be made again, in sentences."""

from collections.abc import Mapping
from contextlib import closing

from msgspec.json import Decoder
from msgspec.structs import replace

from storysite.build import build
from storysite.build.options import BuildOptions
from storysite.build.remember import short_digests
from storysite.build.result import Build
from storysite.build.session import BuildSession
from storysite.cache.table import unpacked
from storysite.errors import UsageError, did_you_mean
from storysite.plan.diff import CHANGED
from storysite.plan.page import Derived, Drawn, Page, Rendered
from storysite.problems import Problem

_slices = Decoder(dict[str, str])


def explain_page(options: BuildOptions, address: str) -> list[str]:
    """Return in lines of words what the page at `address` shows and why it would be made again or kept."""
    return _explained(build(replace(options, dry_run=True)), options, address)


def _explained(built: Build, options: BuildOptions, address: str) -> list[str]:
    pages = {page.route: page for page in built.plan.pages}
    page = _find(address, pages, built.site.index.config.root)
    with closing(BuildSession(options)) as session:
        known = session.cache.slices(session.output.name).get([page.route]).get(page.route)
    before = (known and unpacked(known, _slices.decode)) or {}
    parts = {name: before.get(name) != digest for name, digest in short_digests(page, built.site).items()}
    source = page.source
    job = next((job for job in built.work.render if job.page.route == page.route), None)
    if isinstance(source, Rendered):
        made_of = f"made with the template {source.template}. It shows:"
    elif isinstance(source, Derived):
        size = f"{source.recipe.width} by {source.recipe.height} pixels"
        made_of = f"a copy of that picture with {size}."
    elif isinstance(source, Drawn):
        made_of = f"drawn, with the words “{source.drawing.title}”."
    else:
        made_of = f"copied {'without what is no part of the picture' if source.way else 'unchanged'}."
    return [
        f"/{page.url} ({page.subject}) is {made_of}",
        *(f"    {name}{' (changed)' if changed and known else ''}" for name, changed in parts.items()),
        _verdict(job.reason if job else "", changed=any(parts.values())),
    ]


def _find(address: str, pages: Mapping[str, Page], root: str) -> Page:
    """Return the page that people mean by `address`. Raises UsageError if there is none."""
    url = address.strip().removeprefix(root).lstrip("/")
    for route in (url, f"{url.rstrip('/')}/index.html".lstrip("/")):
        if route in pages:
            return pages[route]
    near = did_you_mean(url, [page.url for page in pages.values()])
    hint = f"did you mean /{near}?" if near else "storysite build --verbose names the pages it makes"
    raise UsageError(Problem.of("explain-unknown", f"the site has no page /{url}", hint))


def _verdict(reason: str, *, changed: bool) -> str:
    if not reason:
        return "It would be kept: nothing it shows has changed since it was built."
    if reason == CHANGED and not changed:
        return "It would be rebuilt: its template, the site's address or storysite itself changed."
    return f"It would be rebuilt: {reason}."
