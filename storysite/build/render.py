"""Pages that differ → files in the staging folder: values are gathered here, templates run in the pool."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from storysite.digest import digest_bytes
from storysite.errors import Problem
from storysite.model.post import Body, Post
from storysite.model.site import Site
from storysite.plan.diff import Job
from storysite.plan.page import Page
from storysite.plan.slices import Whole, Wholes
from storysite.pool import Workers
from storysite.render.page import Batch, Rendered, RenderTask, render_batch
from storysite.theme.find import Theme

BATCH = 40
"""Pages that one process renders at a time."""


class RenderContext(NamedTuple):
    """What pages are made with: the Site, the theme and a digest of its templates, and the site's folder.

    `texts` returns the Bodies of posts by source, `staging` is where the files go.
    """

    site: Site
    theme: Theme
    templates_digest: bytes
    folder: Path
    staging: Path
    texts: Callable[[Sequence[str]], Mapping[str, Body]]


class StagedFiles(NamedTuple):
    """What is ready to be put in place, and what went wrong on the way."""

    files: list[Rendered]
    problems: list[Problem]


def render_pages(
    jobs: Sequence[Job],
    context: RenderContext,
    workers: Workers,
    progress: Callable[[str, int, int], None],
) -> StagedFiles:
    """Render or copy the pages of `jobs` into the staging folder."""
    staged = StagedFiles([], [])
    blamed: list[Problem] = []
    rendered = [job.page for job in jobs if not job.page.copied]
    results = workers.map(render_batch, _batches(rendered, context))
    for done, (files, problems) in enumerate(results, 1):
        progress("Writing", min(done * BATCH, len(rendered)), len(rendered))
        staged.files.extend(files)
        blamed.extend(problems)
    staged.problems.extend(_once(blamed))
    for place, job in enumerate(job for job in jobs if job.page.copied):
        _copy(job, f"{context.staging}/copy-{place}", staged)
    return staged


def _once(problems: Sequence[Problem]) -> Iterator[Problem]:
    """Yield each fault of a template once, for the first page that met it, and say how many more did."""
    met = Counter((problem.path, problem.line) for problem in problems)
    for problem in problems:
        others = met.pop((problem.path, problem.line), 0) - 1
        if others > 0:
            pages = "1 other page" if others == 1 else f"{others:,} other pages"
            yield replace(problem, what=f"{problem.what.removesuffix(')')} and of {pages})")
        elif others == 0:
            yield problem


def _batches(pages: Sequence[Page], context: RenderContext) -> Iterator[Batch]:
    """Yield self-contained batches: pages with their values, and each text they show once."""
    site = context.site
    for number, first in enumerate(range(0, len(pages), BATCH)):
        some = pages[first : first + BATCH]
        shown = {post.source: post for page in some for post in _whole_posts(page, site)}
        bodies = context.texts(list(shown))
        yield Batch(
            number=number,
            theme=context.theme,
            templates_digest=context.templates_digest,
            site=str(context.folder),
            root=site.config.root,
            staging=str(context.staging),
            tasks=tuple(
                RenderTask(
                    route=page.route,
                    url=page.url,
                    subject=page.subject,
                    template=page.template,
                    values=page.values(site),
                    language=page.language or site.config.language,
                )
                for page in some
            ),
            bodies={source: (bodies[source], site.links(post)) for source, post in shown.items()},
        )


def _whole_posts(page: Page, site: Site) -> Iterator[Post]:
    for part in page.slices:
        if isinstance(part, Whole):
            yield site.by_source[part.source]
        elif isinstance(part, Wholes):
            yield from (site.by_source[source] for source in part.sources)


def _copy(job: Job, file: str, staged: StagedFiles) -> None:
    page = job.page
    try:
        shutil.copyfile(page.copied, file)
        data = Path(file).read_bytes()
    except OSError as error:
        what = f"this file cannot be copied: {error.strerror}"
        staged.problems.append(Problem(page.subject, 0, "file-unreadable", what, "check that it may be read"))
        return
    staged.files.append(Rendered(page.route, file, digest_bytes(data), len(data)))
