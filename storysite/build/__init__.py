"""The conductor: read → model → plan → compare → render → write → remember. Read this and know where everything is."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from storysite.build.inputs import BuildResult, Inputs, load_last_result, save_result, snapshot_inputs
from storysite.build.load import bodies, load_posts, load_templates
from storysite.build.options import Build, BuildOptions, Progress, Survey
from storysite.build.session import BuildSession
from storysite.build.timings import Stopwatch
from storysite.cache.database import PageRow
from storysite.cache.engine import engine_digest
from storysite.check.links import archive_notes, broken_links
from storysite.digest import digest_bytes
from storysite.errors import Problem, ProblemsFound, UsageError, errors_in
from storysite.model.incremental import update_site
from storysite.model.site import Site
from storysite.model.visibility import duplicate_ids, next_change, visible_posts
from storysite.output.folder import Output
from storysite.plan.diff import Job, compare
from storysite.plan.page import Page, Template
from storysite.plan.plan import plan_site
from storysite.pool import Workers, cores
from storysite.source.post import ReadSettings
from storysite.source.scan import Scan, scan
from storysite.source.settings import FILE, Config, read_config
from storysite.theme.assets import fingerprint
from storysite.theme.dependencies import templates_digest_of
from storysite.theme.find import find_theme
from storysite.theme.manifest import read_design

if TYPE_CHECKING:
    from storysite.render.page import Rendered


def survey(options: BuildOptions, *, progress: Progress = lambda *_: None) -> Survey:
    """Return what is in a site's folder, for commands that only tell of it. Raises StorysiteError."""
    with closing(BuildSession(options)) as session, closing(workers_of(options)) as workers:
        require_site(session.folder)
        return load_site(options, session, scan(session.folder), workers, progress)


def build(
    options: BuildOptions,
    *,
    session: BuildSession | None = None,
    inputs: Inputs | None = None,
    progress: Progress = lambda *_: None,
    waiting: Callable[[], None] = lambda: None,
) -> Build:
    """Build a site of what was seen of it (by default, of what there is) and return what was done.

    At the desk that the last build of this process left, less is to be found out; what comes of it is the same.
    Raises StorysiteError, with the last good site left as it was.
    """
    with open_session(options, waiting, session) as (session, workers):
        if options.clean:
            session.forget()
        return _build(
            options, session, workers, inputs or snapshot_inputs(session.folder, options.affecting_output), progress
        )


def build_if_needed(
    options: BuildOptions, *, progress: Progress = lambda *_: None, waiting: Callable[[], None] = lambda: None
) -> BuildResult:
    """Build a site unless all is as the last build left it, and return what that comes to. Raises StorysiteError."""
    with open_session(options, waiting) as (session, workers):
        inputs = snapshot_inputs(session.folder, options.affecting_output)
        if options.clean:
            session.forget()
        elif last := load_last_result(session.cache, inputs, session.output, options.now or datetime.now(UTC)):
            return last
        return _build(options, session, workers, inputs, progress).result


@contextmanager
def open_session(
    options: BuildOptions, waiting: Callable[[], None], session: BuildSession | None = None
) -> Iterator[tuple[BuildSession, Workers]]:
    """Hold a site for the length of the block, at its desk and with workers. Raises StorysiteError."""
    with ExitStack() as stack:
        session = session or stack.enter_context(closing(BuildSession(options)))
        require_site(session.folder)
        stack.enter_context(session.lock(waiting))
        yield session, stack.enter_context(closing(workers_of(options)))


def workers_of(options: BuildOptions) -> Workers:
    """Return the processes that an order allows, none of them started yet."""
    return Workers(options.jobs or cores(), options.start)


def _build(options: BuildOptions, session: BuildSession, workers: Workers, inputs: Inputs, progress: Progress) -> Build:
    watch = Stopwatch()
    folder, output, cache = session.folder, session.output, session.cache
    survey = load_site(options, session, inputs.found, workers, progress)
    site, problems = survey.site, survey.problems
    watch.lap("read")

    theme = find_theme(folder, site.config.theme)
    design, faults = read_design(Path(theme.manifest), folder, site.config.theme_settings, site.files.paths)
    problems += faults
    with including_problems(problems):
        templates, assets = load_templates(theme, folder, cache), fingerprint(theme.assets)
    problems += [note for template in templates.values() for note in template.notes]
    watch.lap("theme")

    key_of = keys(site, templates)
    if (made := session.last_plan) and made.holds(site, design, templates, assets):
        plan, remembered = made, made.keys
        work, taken = compare(plan.concerned(site), key_of, made.keys, made.keys, (), made.keys)
    else:
        plan, written = plan_site(site, design, templates, assets, folder), cache.pages(str(output.folder))
        remembered = {route: row.key for route, row in written.items()}
        work, taken = compare(plan.pages, key_of, remembered, output.intact(written), output.owned)
    raise_if_errors(problems := problems + taken, strict=options.strict)
    watch.lap("plan")

    result = BuildResult(
        posts=len(site.posts),
        pages=len(work.wanted),
        problems=sorted(problems),
        hidden=survey.hidden,
        since=site.now,
        until=next_change(survey.archive.posts, site.now),
        made=[(job.page.url, job.reason) for job in work.render],
        gone=work.delete,
        seconds=watch.laps,
    )
    built = Build(result, site, plan.pages, output.folder, survey.archive.read, work, templates_digest_of(templates))
    if options.dry_run:
        return built

    raise_if_errors(output.foreign(job.page.route for job in work.render))
    cache.forget_result(str(output.folder))
    output.prepare()
    files: list[Rendered] = []
    if work.render:
        from storysite.build.render import (  # Jinja2 takes long to load, and often nothing is to be rendered
            RenderContext,
            render_pages,
        )

        texts = partial(bodies, folder, read_settings_of(site.config), cache, survey.archive)
        context = RenderContext(site, theme, built.templates_digest, folder, output.staging, texts)
        files, faults = render_pages(work.render, context, workers, progress)
        raise_if_errors(problems + faults, strict=options.strict)
    watch.lap("render")

    session.last_plan = None
    built.written, built.deleted = output.place([(each.file, each.route) for each in files], work.delete)
    watch.lap("write")

    cache.forget_pages(str(output.folder), remembered.keys() - work.wanted.keys())
    cache.remember_pages(str(output.folder), rows(work.render, files, site, output))
    built.result = replace(result, written=built.written)
    save_result(cache, inputs, output, built.result)
    cache.commit()
    session.last_plan = plan.done(site, work.wanted)
    watch.lap("remember")
    return built


def load_site(
    options: BuildOptions, session: BuildSession, found: Scan, workers: Workers, progress: Progress
) -> Survey:
    """Return what is in the site's folder: read → model, without making anything of it."""
    config, problems = read_config(session.folder, base_url=options.base_url)
    archive = load_posts(
        session.folder, found, read_settings_of(config), session.cache, workers, progress, session.archive
    )
    session.archive = archive
    if errors_in(problems):
        raise ProblemsFound(sorted([*problems, *archive.problems]))
    now = (options.now or datetime.now(config.zone)).astimezone(config.zone)
    seen, hidden = visible_posts(archive.posts, now, drafts=options.drafts, future=options.future)
    site = update_site(
        session.last_plan.site if session.last_plan else None, config, seen, archive.files, archive.data, now
    )
    problems += [*archive.problems, *duplicate_ids(archive.posts), *broken_links(site), *archive_notes(site)]
    return Survey(site, archive, sorted([*hidden, *archive.hidden], key=lambda post: post.source), problems)


def require_site(folder: Path) -> None:
    """Raise UsageError if there is no site in `folder`."""
    if not (folder / "content").is_dir() and not (folder / FILE).is_file():
        hint = f"run storysite new my-site to start one, or go to the folder that holds {FILE}"
        raise UsageError(
            Problem(
                str(folder), 0, "no-site", "there is no site in this folder: no content/ and no storysite.yml", hint
            )
        )


def read_settings_of(config: Config) -> ReadSettings:
    """Return the settings that reading depends on."""
    return ReadSettings(
        config.timezone, config.publish_time, config.language, config.author, config.post_url, config.markdown
    )


def keys(site: Site, templates: Mapping[str, Template]) -> Callable[[Page], bytes]:
    """Return the function that makes a page's key: engine, template, address and language of the site, each Slice."""
    common = digest_bytes(engine_digest(), site.config.root.encode(), site.config.language.encode())
    prefixes = {name: digest_bytes(common, template.digest) for name, template in templates.items()}
    prefixes[""] = common
    return lambda page: page.key(site, prefixes[page.template])


def rows(jobs: list[Job], files: "list[Rendered]", site: Site, output: Output) -> Iterator[PageRow]:
    """Yield what to remember of the pages that were put in place."""
    by_route = {job.page.route: job for job in jobs}
    for made in files:
        job = by_route[made.route]
        size, mtime = output.state(made.route)
        parts = " ".join(f"{name}={part.hex()[:8]}" for name, part in job.page.parts(site).items())
        yield PageRow(made.route, job.key, parts, made.digest, size, mtime)


@contextmanager
def including_problems(problems: list[Problem]) -> Iterator[None]:
    """Tell `problems` together with those that stop the block, so that all are known after one run."""
    try:
        yield
    except ProblemsFound as error:
        raise ProblemsFound(sorted([*problems, *error.problems])) from None


def raise_if_errors(problems: list[Problem], *, strict: bool = False) -> None:
    """Raise ProblemsFound with all `problems` if any of them stops a build."""
    if errors_in(problems, strict=strict):
        raise ProblemsFound(sorted(problems))
