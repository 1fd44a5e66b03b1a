"""A site that is open for reading: its posts, texts and pages, for commands that report on it and for editors."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime
from functools import cached_property

from storysite import i18n
from storysite.build.archive import bodies, read_settings_of
from storysite.build.load import LoadedSite, load_site, require_site, with_unsaved
from storysite.build.options import BuildOptions, Progress
from storysite.build.render import render_in_memory
from storysite.build.session import BuildSession
from storysite.build.theme import load_theme
from storysite.build.weight import Weight, weight_of
from storysite.check import check_site
from storysite.errors import ProblemsFound, UsageError, raise_if_errors
from storysite.model.config import Config
from storysite.model.index import Index
from storysite.model.post import AnyPost, Body
from storysite.model.site import Links, Site
from storysite.model.theme import Design, Theme
from storysite.model.visibility import HiddenPost
from storysite.plan.plan import addresses_of, plan_site
from storysite.pool import Workers, cores
from storysite.problems import Problem
from storysite.source.entry import Entry
from storysite.source.scan import scan


class OpenSite:
    """What the folder of a site holds at this moment. Nothing of it is ever written."""

    def __init__(self, session: BuildSession, loaded: LoadedSite) -> None:
        self._session = session
        self._loaded = loaded
        self.config: Config = loaded.config
        self.posts: list[AnyPost] = loaded.posts
        """The posts and pages that readers see now."""
        self.hidden: list[HiddenPost] = loaded.hidden
        """Those they do not see, each with the reason."""
        self.now: datetime = loaded.now

    @cached_property
    def site(self) -> Site:
        """The Site of these posts: their order, groups, links and cards."""
        index, theme = self._loaded.index, self.theme if self._has_theme else Theme(())
        links = Links(index, lambda: addresses_of(index, i18n, theme))
        return Site(index, self.posts, links, self.now, theme.design.card_fields)

    @cached_property
    def problems(self) -> list[Problem]:
        """Everything that is wrong with the posts."""
        design = self.theme.design if self._has_theme else Design()
        return self._loaded.graded([*self._loaded.problems, *check_site(self.site, self._loaded.plugins, design)])

    @property
    def theme(self) -> Theme:
        """The theme of the site. Raises StorysiteError if it cannot be used."""
        theme, problems = self._read_theme
        raise_if_errors(problems)
        return theme

    @property
    def theme_problems(self) -> list[Problem]:
        """Everything that is wrong with the theme, and what in it will stop working. Raises StorysiteError."""
        return self._loaded.graded(self._read_theme[1])

    @cached_property
    def _read_theme(self) -> tuple[Theme, list[Problem]]:
        return load_theme(self._session.folder, self.config, self._loaded.index.files, self._session.cache)

    @property
    def weight(self) -> Weight:
        """What the site weighs, as it was last built."""
        return weight_of(self._session.cache.pages(self._session.output.name).all().values())

    @property
    def _has_theme(self) -> bool:
        try:
            return bool(self.theme)
        except (UsageError, ProblemsFound):
            return False

    @property
    def everything(self) -> list[AnyPost]:
        """All posts and pages, hidden ones included, but those whose file or name keeps them from being read."""
        return self._loaded.settled.posts

    def read(self, data: bytes, source: str) -> AnyPost | None:
        """Return the post that a file with these bytes would be, None if it would be broken."""
        return self._read(data, source)[0].post

    def _read(self, data: bytes, source: str) -> tuple[Entry, Body]:
        from storysite.markdown.convert import render_markdown
        from storysite.source.post import read_post

        return read_post(data, source, read_settings_of(self.config), render_markdown)

    def files_of(self, posts: Iterable[AnyPost]) -> set[str]:
        """Return the files that posts name, whether these are shown or not."""
        return {path for paths in self.index_of(posts).files_of.values() for path in paths if path}

    def index_of(self, posts: Iterable[AnyPost]) -> Index:
        """Return the Index of a site that has these posts only, whether they are shown or not, and all of its files."""
        return Index(self.config, posts, self._loaded.settled.files, {}, self.now)

    def bodies(self, posts: Iterable[AnyPost]) -> Mapping[str, Body]:
        """Return the texts of posts by their source, as HTML in which each reference is still a placeholder."""
        sources = [post.source for post in posts]
        settings = read_settings_of(self.config)
        return bodies(self._session.folder, settings, self._session.cache, self._loaded.archive, sources)

    def render(self, source: str, unsaved: bytes | None = None) -> bytes:
        """Return the page of the file `source`, with the bytes `unsaved` in place of those that lie there, if given.

        Raises ProblemsFound if the file or a template cannot be read, LookupError if it is no post that is shown.
        """
        index, posts, texts = self._loaded.index, self.posts, dict[str, Body]()
        if unsaved is not None:
            entry, texts[source] = self._read(unsaved, source)
            raise_if_errors(entry.problems)
            if entry.post:
                index, posts = with_unsaved(self._loaded, entry.post)
        plan = plan_site(index, i18n, self.theme, self._session.folder)
        site = Site(index, posts, Links(index, lambda: plan.addresses), self.now, self.theme.design.card_fields)
        page = next((page for page in plan.pages if page.subject == source and page.type in ("post", "page")), None)
        if page is None:
            raise LookupError(source)

        def texts_of(sources: Iterable[str]) -> Mapping[str, Body]:
            saved = [site.by_source[each] for each in sources if each not in texts]
            return {**self.bodies(saved), **texts}

        return render_in_memory(page, site, self.theme, self._session.folder, texts_of)


@contextmanager
def open_site(options: BuildOptions, *, progress: Progress = lambda *_: None) -> Iterator[OpenSite]:
    """Open the site in a folder for reading, for the length of the block. Raises StorysiteError."""
    require_site(options.folder)
    with (
        closing(BuildSession(options)) as session,
        Workers(options.jobs or cores(), options.start) as workers,
    ):
        yield OpenSite(session, load_site(options, session, scan(session.folder), workers, progress))
