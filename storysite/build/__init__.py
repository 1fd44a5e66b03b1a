"""The conductor: load → plan → compare → render → write → remember. Read this and know where everything is."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from functools import partial

from msgspec.structs import replace

from storysite.build.archive import bodies, read_settings_of
from storysite.build.inputs import Inputs, snapshot_inputs
from storysite.build.load import load_site, require_site
from storysite.build.losses import losses, refuse_vanished, stories_of
from storysite.build.lost_output import again_if_output_is_lost
from storysite.build.options import BuildOptions, Progress
from storysite.build.plan import plan_and_compare
from storysite.build.remember import change_of_html, edition_in, remember_pages
from storysite.build.render import RenderContext, render_pages
from storysite.build.result import Build, BuildResult
from storysite.build.session import BuildSession, LastBuild
from storysite.build.theme import load_theme
from storysite.build.timings import Timings
from storysite.build.up_to_date import forget_result, load_last_result, save_result
from storysite.build.weight import first_day, weight_of
from storysite.check import check_site
from storysite.errors import including_problems, raise_if_errors
from storysite.model.goodwill import goodwill
from storysite.model.visibility import next_change
from storysite.output.stale_steps import drop_steps
from storysite.output.steps import places_taken
from storysite.plugins import SEARCH
from storysite.plugins.load import plugins_digest
from storysite.pool import Workers, cores
from storysite.problems import Severity


def build(
    options: BuildOptions,
    *,
    session: BuildSession | None = None,
    inputs: Inputs | None = None,
    progress: Progress = lambda *_: None,
    waiting: Callable[[], None] = lambda: None,
    called_away: Callable[[], bool] = lambda: False,
) -> Build:
    """Build a site of its `inputs` (by default, as they are now) and return what was done.

    If its patience is limited it begins no further picture either when it is `called_away`; it says how many are left.
    With the session of an earlier build of this process less has to be found out; the result is the same.
    Raises StorysiteError, with the last good site left as it was.
    """
    with _opened(options, waiting, session) as (opened, workers):
        inputs = inputs or snapshot_inputs(opened.folder, options.affecting_output)
        return _build(options, opened, workers, inputs, progress, called_away)


def build_if_needed(
    options: BuildOptions,
    *,
    progress: Progress = lambda *_: None,
    waiting: Callable[[], None] = lambda: None,
    afterwards: Callable[[BuildResult], None] = lambda _: None,
) -> BuildResult:
    """Build a site unless nothing has changed since the last build, and return the result. Raises StorysiteError.

    What is to be done `afterwards` with the output is done before another build may begin.
    """
    with _opened(options, waiting) as (session, workers):
        inputs = snapshot_inputs(session.folder, options.affecting_output)
        now = options.now or datetime.now(UTC)
        result = None if options.clean else load_last_result(session.cache, inputs, session.output, now)
        if result is None:
            result = _build(options, session, workers, inputs, progress).result
        afterwards(result)
        return result


@contextmanager
def _opened(
    options: BuildOptions, waiting: Callable[[], None], session: BuildSession | None = None
) -> Iterator[tuple[BuildSession, Workers]]:
    """Keep other builds of the site away for the length of the block. Raises StorysiteError."""
    with ExitStack() as stack:
        require_site(session.folder if session else options.folder)
        session = session or stack.enter_context(closing(BuildSession(options)))
        stack.enter_context(session.lock(waiting))
        yield session, session.workers or stack.enter_context(Workers(options.jobs or cores(), options.start))


@again_if_output_is_lost
def _build(
    options: BuildOptions,
    session: BuildSession,
    workers: Workers,
    inputs: Inputs,
    progress: Progress,
    called_away: Callable[[], bool] = lambda: False,
) -> Build:
    timings = Timings()
    if options.clean:
        session.forget()
    output, cache = session.output, session.cache
    before = set() if options.allow_deletions else output.stories
    refuse_vanished(session.folder, inputs.found, before)
    loaded = load_site(options, session, inputs.found, workers, progress)
    timings.lap("read")

    with including_problems(loaded.problems):
        theme, faults = load_theme(session.folder, loaded.config, loaded.index.files, cache)
    timings.lap("theme")

    plan, site, work = plan_and_compare(session, loaded, theme)
    steps = [step for plugin in loaded.plugins.values() for step in plugin.steps]
    taken = places_taken(steps, work.wanted)
    problems = loaded.graded(
        [*loaded.problems, *faults, *check_site(site, loaded.plugins, theme.design), *plan.problems, *taken]
    )
    raise_if_errors([*problems, *losses(loaded, before)], strict=options.strict)
    timings.lap("plan")

    markdown = loaded.config.markdown
    result = BuildResult(
        posts=len(site.index.posts),
        pages=len(work.wanted),
        problems=sorted(problems),
        hidden=loaded.hidden,
        since=site.now,
        until=next_change(loaded.settled.posts, site.now),
        made=[(job.page.url, job.reason) for job in work.render],
        gone=work.delete,
        seconds=timings.laps,
        extensions=tuple(name for name, _ in markdown.extensions),
        extensions_digest=markdown.edition,
        plugins=loaded.config.plugins,
        unlisted=len(site.index.unlisted_posts) + len(site.index.unlisted_pages),
        plugins_digest=plugins_digest(loaded.config.plugins),
        first=first_day(site.index.originals),
        goodwill=str(goodwill(site)) if site.index.originals else "",
    )
    if options.dry_run:
        return Build(result, site, plan, output.folder, loaded.archive.read, work)

    raise_if_errors(output.foreign(job.page.route for job in work.render))
    forget_result(cache, output)
    output.prepare()
    texts = partial(bodies, session.folder, read_settings_of(loaded.config), cache, loaded.archive)
    patience = (options.patience, called_away)
    context = RenderContext(site, theme, session.folder, output.staging, texts, session.pictures, *patience)
    staged, faults, later, pictures_left = render_pages(work.render, context, workers, progress)
    cache.forget_sources([fault.path for fault in faults if fault.code == "file-changed"])  # the next build looks again
    raise_if_errors([*problems, *faults], strict=options.strict)
    work, left = work.without(later)
    timings.lap("render")

    follows_up, session.last = session.last is not None, None
    if change_of_html(cache, output, work, staged):
        # nothing that is withdrawn is found any more, whatever happens next
        drop_steps(output.folder, [SEARCH, *(step.place for step in steps)])
    written, deleted = output.place([(each.file, each.route) for each in staged], work.delete, stories_of(loaded))
    timings.lap("write")

    remember_pages(cache, output, site, work, staged)
    result = replace(result, written=written, made=[(job.page.url, job.reason) for job in work.render])
    if not follows_up:
        rows = cache.pages(output.name).all()
        result = replace(result, edition=edition_in(rows, output, work.wanted), weight=weight_of(rows.values()))
    if not left:
        save_result(cache, inputs, output, result)
    cache.commit()
    told_once = loaded.graded({fault for fault in faults if fault.severity is Severity.NOTE})
    result = replace(result, problems=sorted([*result.problems, *told_once, *session.problems(), *workers.problems]))
    session.last = LastBuild(plan, site, work.wanted, left)
    timings.lap("remember")
    return Build(result, site, plan, output.folder, loaded.archive.read, work, deleted, pictures_left)
