"""Files → posts and their Index: what a site holds now, before anything is made of it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from storysite.build.archive import Archive, read_archive, read_settings_of
from storysite.build.options import BuildOptions, Progress
from storysite.build.session import BuildSession
from storysite.build.settle import Settled, settle_archive
from storysite.check import check_archive
from storysite.errors import ProblemsFound, UsageError
from storysite.model.config import FILE, Config
from storysite.model.index import Index
from storysite.model.post import AnyPost
from storysite.model.visibility import HiddenPost, visible_posts
from storysite.plugins import Plugin
from storysite.plugins.load import load_plugins
from storysite.pool import Workers
from storysite.problems import Problem, errors_in, once_per_kind, with_severities
from storysite.source.pictures import private_pictures
from storysite.source.scan import Scan
from storysite.source.settings import read_config


class LoadedSite(Struct, frozen=True):
    """A site's content: its settings, the posts that are shown now with their Index, and those that are not."""

    config: Config
    archive: Archive
    settled: Settled
    index: Index
    posts: list[AnyPost]
    hidden: list[HiddenPost]
    problems: list[Problem]
    now: datetime
    plugins: Mapping[str, Plugin] = {}

    def graded(self, problems: Iterable[Problem]) -> list[Problem]:
        """Return problems as grave as the settings say, without those that are not to be told."""
        drafts = (
            {post.source for post in self.settled.posts if post.draft or post.private} if self.config.problems else ()
        )
        return with_severities(problems, self.config.problems, drafts)


def require_site(folder: Path) -> None:
    """Raise UsageError if there is no site in `folder`."""
    if not (folder / "content").is_dir() and not (folder / FILE).is_file():
        hint = f"run storysite new my-site to start one, or go to the folder that holds {FILE}"
        what = f"there is no site in this folder: no content/ and no {FILE}"
        raise UsageError(Problem.of("no-site", what, hint, path=str(folder)))


def load_site(
    options: BuildOptions, session: BuildSession, found: Scan, workers: Workers, progress: Progress
) -> LoadedSite:
    """Return what the site holds whose files are `found`. Raises ProblemsFound if its settings cannot be used.

    The Index of the session's last build is taken over if it would be the same.
    """
    config, problems = read_config(session.folder, base_url=options.base_url)
    settings = read_settings_of(config)
    archive = read_archive(session.folder, found, settings, session.cache, workers, progress, session.archive)
    session.archive = archive
    if errors_in(with_severities(problems, config.problems)):
        raise ProblemsFound(sorted(with_severities([*problems, *archive.problems], config.problems)))
    now = (options.now or datetime.now(config.zone)).astimezone(config.zone)
    settled = settle_archive(archive, config)
    posts, hidden = visible_posts(
        settled.posts, now, site=config.language, drafts=options.drafts, future=options.future
    )
    shown = {post.source for post in posts}
    told = [post for post in settled.posts if not post.private]
    together = check_archive(told, settled.apart, settled.copies, hidden, shown, config.language)
    of_copies = settled.copies  # what is wrong with a copy is wrong with the story, and told there
    told_once = once_per_kind(problem for problem in archive.problems if problem.path not in of_copies)
    problems += [*told_once, *together, *private_pictures(archive.looks)]
    given = (config, posts, settled.files, archive.data, now)
    last = session.last.plan.index if session.last else None
    index = last if last and last.holds(*given) else Index(*given)
    hidden = sorted([*hidden, *settled.hidden, *archive.hidden], key=lambda post: post.source)
    return LoadedSite(config, archive, settled, index, posts, hidden, problems, now, load_plugins(config.plugins))


def with_unsaved(loaded: LoadedSite, unsaved: AnyPost) -> tuple[Index, list[AnyPost]]:
    """Return the Index of a site in which one file has not been saved yet, and the posts that are shown then."""
    settled = settle_archive(loaded.archive, loaded.config, unsaved)
    shown = {post.source for post in loaded.posts} | {unsaved.source}
    posts = [post for post in settled.posts if post.source in shown]
    return Index(loaded.config, posts, settled.files, loaded.archive.data, loaded.now), posts
