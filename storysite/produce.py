"""Pages that differ → files in the staging folder: values are gathered here, templates run in the pool."""

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from storysite.digest import digest_bytes
from storysite.errors import Problem
from storysite.model.post import Body, Post
from storysite.model.site import Site
from storysite.plan.diff import Job
from storysite.plan.slices import Whole, Wholes
from storysite.pool import map_batches
from storysite.render.pages import Batch, Draft, Rendered, render_batch
from storysite.render.theme import Theme

BATCH = 40
"""Pages that one process renders at a time."""


class Staged(NamedTuple):
    """What is ready to be put in place, and what went wrong on the way."""

    files: list[Rendered]
    problems: list[Problem]


def produce(  # noqa: PLR0913 -- it stands where all stages meet
    jobs: Sequence[Job],
    site: Site,
    theme: Theme,
    folder: Path,
    staging: Path,
    texts: Callable[[Sequence[str]], Mapping[str, Body]],
    *,
    workers: int,
    start: str | None,
    progress: Callable[[str, int, int], None],
) -> Staged:
    """Render or copy the pages of `jobs` into `staging`; `texts` returns the Bodies of posts by source."""
    staged = Staged([], [])
    copies = [job for job in jobs if job.page.copied]
    rendered = [job for job in jobs if not job.page.copied]
    for done, (files, problems) in enumerate(
        map_batches(render_batch, _batches(rendered, site, theme, folder, staging, texts), jobs=workers, start=start), 1
    ):
        progress("Writing", min(done * BATCH, len(rendered)), len(rendered))
        staged.files.extend(files)
        staged.problems.extend(problems)
    for place, job in enumerate(copies):
        _copy(job, f"{staging}/copy-{place}", staged)
    return staged


def _batches(
    jobs: Sequence[Job],
    site: Site,
    theme: Theme,
    folder: Path,
    staging: Path,
    texts: Callable[[Sequence[str]], Mapping[str, Body]],
) -> Iterator[Batch]:
    """Yield self-contained batches: pages with their values, and each text they show once."""
    for number, first in enumerate(range(0, len(jobs), BATCH)):
        some = jobs[first : first + BATCH]
        shown = {post.source: post for job in some for post in _whole_posts(job, site)}
        bodies = texts(list(shown))
        yield Batch(
            number=number,
            theme=theme,
            site=str(folder),
            root=site.config.root,
            staging=str(staging),
            drafts=tuple(
                Draft(
                    page.route,
                    page.url,
                    page.subject,
                    page.template,
                    {name: part.value(site) for name, part in page.context.items()},
                )
                for page in (job.page for job in some)
            ),
            bodies={source: (bodies[source], site.links(post)) for source, post in shown.items()},
        )


def _whole_posts(job: Job, site: Site) -> Iterator[Post]:
    for part in job.page.context.values():
        if isinstance(part, Whole):
            yield part.post
        elif isinstance(part, Wholes):
            yield from (site.posts[place] for place in part.places)


def _copy(job: Job, file: str, staged: Staged) -> None:
    page = job.page
    try:
        shutil.copyfile(page.copied, file)
        data = Path(file).read_bytes()
    except OSError as error:
        staged.problems.append(
            Problem(page.subject, 0, "file-unreadable", f"this file cannot be copied: {error.strerror}")
        )
        return
    staged.files.append(Rendered(page.route, file, digest_bytes(data), len(data)))
