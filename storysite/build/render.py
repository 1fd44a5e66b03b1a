"""Pages that differ → files in the staging folder: values are gathered here, templates run in the pool."""

import errno
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, TypeAlias

from storysite.build.file_problems import changed, unreadable
from storysite.build.kept import drop_unused
from storysite.build.patience import Patience
from storysite.build.pictures import PictureTask, make_pictures
from storysite.build.share_cards import CardTask, make_cards
from storysite.digest import digest_bytes, digest_file
from storysite.errors import BadValue, ProblemsFound
from storysite.model.post import AnyPost, Body
from storysite.model.site import Site
from storysite.model.theme import Theme
from storysite.photos.publish import LARGEST, only_picture
from storysite.plan.diff import Job
from storysite.plan.page import Copied, Derived, Drawn, Page, Rendered
from storysite.plan.slices import Whole, Wholes
from storysite.plugins.load import plugins_digest
from storysite.pool import Workers, in_hand
from storysite.problems import Problem, Severity
from storysite.room import room_for_file
from storysite.theme.faults import template_problem

if TYPE_CHECKING:
    from storysite.render.page import Batch, RenderTask, TemplateFault

BATCH = 40
"""Pages that one process renders at a time."""


class RenderContext(NamedTuple):
    """What pages are made with: the Site, its theme and the folder it lies in.

    `texts` returns the Bodies of posts by source, `staging` is where the files go, `pictures` where copies of pictures
    are kept, `patience` the seconds for making new ones, which may be `called_away` from that (None for all there are).
    """

    site: Site
    theme: Theme
    folder: Path
    staging: Path
    texts: Callable[[Sequence[str]], Mapping[str, Body]]
    pictures: Path = Path()
    patience: float | None = None
    called_away: Callable[[], bool] = lambda: False


class StagedFile(NamedTuple):
    """A file in the staging folder: where it lies, the route it is for, and the digest of its bytes."""

    file: str
    route: str
    digest: bytes


class Staged(NamedTuple):
    """What was made: files, what went wrong, and the routes of those pictures that are left for later, as a count too.

    A picture has several routes.
    """

    files: list[StagedFile]
    problems: list[Problem]
    left: Set[str] = frozenset()
    pictures_left: int = 0


_NO_ROOM = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
Copies: TypeAlias = Sequence[tuple[str, str, Copied, str]]
"""Files to copy: the route of each, what it is made of in words, its source, and where it is staged."""


def render_pages(
    jobs: Sequence[Job], context: RenderContext, workers: Workers, progress: Callable[[str, int, int], None]
) -> Staged:
    """Render or copy the pages of `jobs` into the staging folder."""
    rendered = [job.page for job in jobs if isinstance(job.page.source, Rendered)]
    staged: list[StagedFile] = []
    faults: list[TemplateFault] = []
    if rendered:
        from storysite.render.page import render_batch  # Jinja2 takes long to load, and often nothing is to be rendered

        for done, (files, wrong) in enumerate(workers.map(render_batch, _batches(rendered, context)), 1):
            progress("Writing", min(done * BATCH, len(rendered)), len(rendered))
            staged += [StagedFile(*file) for file in files]
            faults += wrong
            if any(fault.stopped for fault in wrong):  # whoever makes the next page of it would wait as long
                return Staged(staged, list(_problems(faults, context.folder)))
    problems = list(_problems(faults, context.folder))
    copies = [
        (job.page.route, job.page.subject, job.page.source, f"{context.staging}/copy-{place}")
        for place, job in enumerate(jobs)
        if isinstance(job.page.source, Copied)
    ]
    for made in workers.map(copy_batch, (copies[start : start + BATCH] for start in range(0, len(copies), BATCH))):
        staged += [each for each in made if isinstance(each, StagedFile)]
        problems += [each for each in made if isinstance(each, Problem)]
    pictures = Patience[PictureTask](context.patience, context.called_away)
    for files, problem in make_pictures(jobs, context.pictures, context.staging, workers, progress, pictures):
        staged += [StagedFile(*file) for file in files]
        problems += [problem] if problem else []
    cards = Patience[Sequence[CardTask]](0.0 if pictures.left else context.patience, context.called_away)
    for made_cards, notes in make_cards(jobs, context.pictures, context.staging, workers, progress, cards):
        staged += [StagedFile(*file) for file in made_cards]
        problems += notes
    left = {route for task in pictures.left for route, *_ in task.copies}
    cards_left = {task.route for batch in cards.left for task in batch}
    if not left and not cards_left and any(isinstance(job.page.source, Derived | Drawn) for job in jobs):
        drop_unused(context.pictures)
    return Staged(staged, problems, left | cards_left, len(pictures.left) + len(cards_left))


def render_in_memory(
    page: Page, site: Site, theme: Theme, folder: Path, texts: Callable[[Sequence[str]], Mapping[str, Body]]
) -> bytes:
    """Return the bytes of one page. Raises ProblemsFound if its template does not work."""
    from storysite.render.page import TemplateFault, render_page

    (batch,) = _batches([page], RenderContext(site, theme, folder, folder, texts))
    made = render_page(batch.tasks[0], batch)
    if isinstance(made, TemplateFault):
        raise ProblemsFound(_problems([made], folder))
    return made


def _problems(faults: "Sequence[TemplateFault]", site: Path) -> Iterator[Problem]:
    """Yield each fault of a template once, for the first page that met it, and say how many more did."""
    met = Counter((fault.file, fault.line) for fault in faults)
    for fault in faults:
        if count := met.pop((fault.file, fault.line), 0):
            yield template_problem(
                fault.file, site, fault.what, line=fault.line, subject=fault.subject, others=count - 1
            )


def _batches(pages: Sequence[Page], context: RenderContext) -> "Iterator[Batch]":
    """Yield self-contained batches: pages with their values, and each text they show once."""
    from storysite.render.link_targets import Shown
    from storysite.render.page import Batch

    site, theme = context.site, context.theme
    templates_digest, templates = theme.digest, theme.files
    for number, first in enumerate(range(0, len(pages), BATCH)):
        some = pages[first : first + BATCH]
        shown = {post.source: post for page in some for post in _whole_posts(page, site)}
        bodies = context.texts(list(shown))
        yield Batch(
            number=number,
            templates=templates,
            templates_digest=templates_digest,
            root=site.index.config.root,
            staging=str(context.staging),
            tasks=tuple([_task(page, site) for page in some]),
            texts={
                source: Shown(bodies[source], site.links.of(post), site.links.pictures(post))
                for source, post in shown.items()
            },
            taxonomies=site.index.taxonomies,
            plugins=site.index.config.plugins,
            plugins_digest=plugins_digest(site.index.config.plugins),
        )


def _task(page: Page, site: Site) -> "RenderTask":
    from storysite.render.page import RenderTask

    source = page.source
    assert isinstance(source, Rendered)  # noqa: S101 -- only these are put into batches
    language = source.language or site.index.config.language
    return RenderTask(page.route, page.url, page.subject, source.template, source.values(site), language)


def _whole_posts(page: Page, site: Site) -> Iterator[AnyPost]:
    for part in page.source.slices if isinstance(page.source, Rendered) else ():
        if isinstance(part, Whole):
            yield site.by_source[part.source]
        elif isinstance(part, Wholes):
            yield from (site.by_source[source] for source in part.sources)


def copy_batch(batch: Copies) -> list[StagedFile | Problem]:
    """Copy files into the staging folder, of pictures nothing else; the whole work of one process.

    Raises OSError if there is no room for them.
    A file that is not any more what was planned is a Problem: nothing may be remembered under a digest of other bytes.
    """
    done: list[StagedFile | Problem] = []
    for route, subject, source, file in batch:
        in_hand(subject)
        try:
            with open(source.file, "rb") as original, open(file, "wb") as copy:
                digest, made = _copy(original, copy, source)
        except OSError as error:
            if error.errno in _NO_ROOM:
                raise OSError(error.errno, error.strerror, file) from error
            done.append(unreadable(subject, error, "copied"))
            continue
        except BadValue as error:
            what = f"this picture cannot be published: {error.what}"
            # one of the theme: any other was looked at before it was planned
            done.append(Problem.of("picture-broken", what, error.hint, path=subject, severity=Severity.ERROR))
            continue
        if digest != source.digest:
            done.append(changed(subject))
            continue
        done.append(StagedFile(file, route, made))
    return done


def _copy(original: BinaryIO, copy: BinaryIO, source: Copied) -> tuple[bytes, bytes]:
    """Return the digests of a file and of its copy. Only a picture is held as a whole. Raises BadValue."""
    if not source.way:
        digest = digest_file(original, copy=copy)
        return digest, digest
    with room_for_file(os.fstat(original.fileno()).st_size):
        data = original.read(LARGEST + 1)
        digest = digest_bytes(data)
        made = only_picture(data, source.way) if digest == source.digest or len(data) > LARGEST else b""
        copy.write(made)
    return digest, digest_bytes(made)
