"""The conductor: read → model → plan → compare → render → write → remember. Read this and know where everything is."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from storysite.config import FILE, Config, read_config
from storysite.desk import Desk
from storysite.digest import digest_bytes
from storysite.engine import engine_digest
from storysite.errors import Problem, ProblemsFound, UsageError, errors_in
from storysite.gather import bodies, gather, templates_of
from storysite.memo import PageRow
from storysite.model.advice import missing, notes
from storysite.model.revise import revise
from storysite.model.shown import clashes, next_change, shown
from storysite.model.site import Site
from storysite.order import Order, Progress, Report, Survey
from storysite.outcome import Outcome, Sight, recall, remember, see
from storysite.plan.diff import Job, compare
from storysite.plan.page import Page, Template
from storysite.plan.plan import planned
from storysite.pool import Workers, cores
from storysite.read.design import read_design
from storysite.read.post import Rules
from storysite.read.scan import Scan, scan
from storysite.render.templates import seal_of
from storysite.render.theme import find_theme
from storysite.stopwatch import Stopwatch
from storysite.write.assets import fingerprint
from storysite.write.output import Output

if TYPE_CHECKING:
    from storysite.render.pages import Rendered


def survey(order: Order, *, progress: Progress = lambda *_: None) -> Survey:
    """Return what is in a site's folder, for commands that only tell of it. Raises StorysiteError."""
    with closing(Desk(order)) as desk, closing(workers_of(order)) as workers:
        refuse_nothing(desk.folder)
        return look(order, desk, scan(desk.folder), workers, progress)


def build(
    order: Order,
    *,
    at: Desk | None = None,
    sight: Sight | None = None,
    progress: Progress = lambda *_: None,
    waiting: Callable[[], None] = lambda: None,
) -> Report:
    """Build a site of what was seen of it (by default, of what there is) and return what was done.

    At the desk that the last build of this process left, less is to be found out; what comes of it is the same.
    Raises StorysiteError, with the last good site left as it was.
    """
    with opened(order, waiting, at) as (desk, workers):
        if order.clean:
            desk.forget()
        return _build(order, desk, workers, sight or see(desk.folder, order.options), progress)


def outcome(
    order: Order, *, progress: Progress = lambda *_: None, waiting: Callable[[], None] = lambda: None
) -> Outcome:
    """Build a site unless all is as the last build left it, and return what that comes to. Raises StorysiteError."""
    with opened(order, waiting) as (desk, workers):
        sight = see(desk.folder, order.options)
        if order.clean:
            desk.forget()
        elif known := recall(desk.memo, sight, desk.output, order.now or datetime.now(UTC)):
            return known
        return _build(order, desk, workers, sight, progress).outcome


@contextmanager
def opened(order: Order, waiting: Callable[[], None], at: Desk | None = None) -> Iterator[tuple[Desk, Workers]]:
    """Hold a site for the length of the block, at its desk and with workers. Raises StorysiteError."""
    with ExitStack() as held:
        desk = at or held.enter_context(closing(Desk(order)))
        refuse_nothing(desk.folder)
        held.enter_context(desk.held(waiting))
        yield desk, held.enter_context(closing(workers_of(order)))


def workers_of(order: Order) -> Workers:
    """Return the processes that an order allows, none of them started yet."""
    return Workers(order.jobs or cores(), order.start)


def _build(order: Order, desk: Desk, workers: Workers, sight: Sight, progress: Progress) -> Report:
    watch = Stopwatch()
    folder, output, memo = desk.folder, desk.output, desk.memo
    survey = look(order, desk, sight.found, workers, progress)
    site, problems = survey.site, survey.problems
    watch.lap("read")

    theme = find_theme(folder, site.config.theme)
    design, faults = read_design(Path(theme.manifest), folder, site.config.theme_settings, site.files.paths)
    problems += faults
    with also(problems):
        templates, assets = templates_of(theme, folder, memo), fingerprint(theme.assets)
    problems += [note for template in templates.values() for note in template.notes]
    watch.lap("theme")

    key_of = keys(site, templates)
    if (made := desk.made) and made.holds(site, design, templates, assets):
        plan, remembered = made, made.keys
        work, taken = compare(plan.concerned(site), key_of, made.keys, made.keys, (), made.keys)
    else:
        plan, written = planned(site, design, templates, assets, folder), memo.pages(str(output.folder))
        remembered = {route: row.key for route, row in written.items()}
        work, taken = compare(plan.pages, key_of, remembered, output.intact(written), output.owned)
    stop_for(problems := problems + taken, strict=order.strict)
    watch.lap("plan")

    outcome = Outcome(
        posts=len(site.stories),
        pages=len(work.wanted),
        problems=sorted(problems),
        unseen=survey.unseen,
        since=site.now,
        until=next_change(survey.archive.posts, site.now),
        made=[(job.page.url, job.reason) for job in work.render],
        gone=work.delete,
        seconds=watch.laps,
    )
    report = Report(outcome, site, plan.pages, output.folder, survey.archive.read, work, seal_of(templates))
    if order.dry_run:
        return report

    stop_for(output.foreign(job.page.route for job in work.render))
    memo.forget_outcome(str(output.folder))
    output.prepare()
    files: list[Rendered] = []
    if work.render:
        from storysite.produce import Press, produce  # Jinja2 takes long to load, and often nothing is to be rendered

        texts = partial(bodies, folder, rules_of(site.config), memo, survey.archive)
        press = Press(site, theme, report.seal, folder, output.staging, texts)
        files, faults = produce(work.render, press, workers, progress)
        stop_for(problems + faults, strict=order.strict)
    watch.lap("render")

    desk.made = None
    report.written, report.deleted = output.place([(each.file, each.route) for each in files], work.delete)
    watch.lap("write")

    memo.forget_pages(str(output.folder), remembered.keys() - work.wanted.keys())
    memo.remember_pages(str(output.folder), rows(work.render, files, site, output))
    report.outcome = replace(outcome, written=report.written)
    remember(memo, sight, output, report.outcome)
    memo.commit()
    desk.made = plan.done(site, work.wanted)
    watch.lap("remember")
    return report


def look(order: Order, desk: Desk, found: Scan, workers: Workers, progress: Progress) -> Survey:
    """Return what is in the site's folder: read → model, without making anything of it."""
    config, problems = read_config(desk.folder, base_url=order.base_url)
    archive = gather(desk.folder, found, rules_of(config), desk.memo, workers, progress, desk.archive)
    desk.archive = archive
    if errors_in(problems):
        raise ProblemsFound(sorted([*problems, *archive.problems]))
    now = (order.now or datetime.now(config.zone)).astimezone(config.zone)
    seen, hidden = shown(archive.posts, now, drafts=order.drafts, future=order.future)
    site = revise(desk.made.site if desk.made else None, config, seen, archive.files, archive.data, now)
    problems += [*archive.problems, *clashes(archive.posts), *missing(site), *notes(site)]
    return Survey(site, archive, sorted([*hidden, *archive.unseen], key=lambda post: post.source), problems)


def refuse_nothing(folder: Path) -> None:
    """Raise UsageError if there is no site in `folder`."""
    if not (folder / "content").is_dir() and not (folder / FILE).is_file():
        hint = f"run storysite new my-site to start one, or go to the folder that holds {FILE}"
        raise UsageError(
            Problem(
                str(folder), 0, "no-site", "there is no site in this folder: no content/ and no storysite.yml", hint
            )
        )


def rules_of(config: Config) -> Rules:
    """Return the settings that reading depends on."""
    return Rules(config.timezone, config.publish_time, config.language, config.author, config.post_url, config.markdown)


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
def also(problems: list[Problem]) -> Iterator[None]:
    """Tell `problems` together with those that stop the block, so that all are known after one run."""
    try:
        yield
    except ProblemsFound as error:
        raise ProblemsFound(sorted([*problems, *error.problems])) from None


def stop_for(problems: list[Problem], *, strict: bool = False) -> None:
    """Raise ProblemsFound with all `problems` if any of them stops a build."""
    if errors_in(problems, strict=strict):
        raise ProblemsFound(sorted(problems))
