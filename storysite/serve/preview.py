"""What a rebuild means for the tabs that are open: what changed, what moved, what is wrong, and what a page is."""

import os
from collections.abc import Iterable, Mapping
from operator import attrgetter
from pathlib import Path
from urllib.parse import quote

from msgspec import Struct

from storysite.build.options import BuildOptions
from storysite.build.reading import reading_level_of
from storysite.build.result import Build
from storysite.build.watch_loop import Rebuild
from storysite.model.config import Config
from storysite.model.goodwill import goodwill
from storysite.model.post import AnyPost, Post
from storysite.model.urls import url_of
from storysite.model.visibility import HiddenPost, reason_hidden
from storysite.plan.page import Rendered
from storysite.problems import Problem, Severity, errors_in, few_of_each
from storysite.serve.events import ProblemView, Update
from storysite.source.excerpt import with_excerpt

EDITORS = {
    "code": "vscode://file{path}:{line}",
    "codium": "vscodium://file{path}:{line}",
    "cursor": "cursor://file{path}:{line}",
    "zed": "zed://file{path}:{line}",
    "subl": "subl://open?url=file://{path}&line={line}",
    "mate": "txmt://open?url=file://{path}&line={line}",
    "idea": "idea://open?file={path}&line={line}",
}
"""The addresses that open a line in an editor, by the name of its command."""


_UNLISTED = "Unlisted: only people who have the address find this"


class PageInfo(Struct, frozen=True):
    """What the preview toolbar tells of the page of a post."""

    source: str
    link: str
    kind: str
    moment: str
    hidden: str
    """Why readers do not see the post yet, "" if they do."""
    minutes: int
    words: int
    level: str
    """How hard it is to read, "" if that cannot be said or nobody wants to know."""
    goodwill: str
    """What the goodwill ledger says: whether it is a good time to ask."""


class Preview:
    """The site as it was last shown: it tells how a rebuild differs from that, and what is known of a page."""

    def __init__(self, options: BuildOptions, editor: str) -> None:
        self.folder = options.folder.resolve()
        self.strict = options.strict
        self.editor = EDITORS.get(Path(editor.split(maxsplit=1)[0]).stem, "") if editor.split() else ""
        self.shown: Build | None = None
        self._posts: Mapping[str, AnyPost] = {}

    def update_of(self, rebuild: Rebuild) -> Update:
        """Return what the tabs must be told of a rebuild, and take it for what is shown from now on."""
        if rebuild.built is None:
            return Update(problems=self._few_views(errors_in(rebuild.problems, strict=self.strict)), stopped=True)
        before, self.shown = self.shown, rebuild.built
        known, self._posts = self._posts, {post.url: post for post in rebuild.built.site.by_source.values()}
        work = rebuild.built.work
        gone = {url_of(route) for route in work.delete}
        copied = [job.page.url for job in work.render if not isinstance(job.page.source, Rendered)]
        styles = _replaced(copied, gone)
        only_styles = before is not None and _looks_alike(before, rebuild.built)
        warnings = [problem for problem in rebuild.problems if problem.severity is Severity.WARNING]
        return Update(
            changed=[]
            if only_styles
            else [job.page.url for job in work.render if isinstance(job.page.source, Rendered)],
            copied=copied,
            moved={url: _place_of(known[url], rebuild.built) for url in gone if url in known},
            styles=styles if only_styles else {},
            problems=self._views(warnings),
        )

    def info_of(self, url: str) -> PageInfo | None:
        """Return what is known of the page at `url`, None if it is no post's."""
        post = self._posts.get(url)
        if post is None or self.shown is None:
            return None
        return PageInfo(
            source=post.source,
            link=self._link(post.source, 1),
            kind=post.kind.capitalize() if isinstance(post, Post) else "Page",
            moment=f"{post.moment:%Y-%m-%d, %H:%M}" if isinstance(post, Post) and post.moment else "",
            hidden=_hidden_because(reason_hidden(post, self.shown.site.now)) or _UNLISTED * post.unlisted,
            minutes=post.minutes,
            words=post.words,
            level=self._level_of(post, self.shown.site.index.config) if isinstance(post, Post) else "",
            goodwill=f"Goodwill: {goodwill(self.shown.site)}",
        )

    def _level_of(self, post: Post, config: Config) -> str:
        goal = config.reading_level
        level = reading_level_of(self.folder, post, config) if goal else None
        if goal is None or level is None:
            return ""
        words = f"{level}{', above your goal' if level.is_above(goal) else ''}"
        return words[:1].upper() + words[1:]

    def _views(self, problems: Iterable[Problem]) -> list[ProblemView]:
        """Return problems as a tab shows them."""
        return [
            ProblemView(
                each.path, each.line, each.code, each.what, each.hint, each.excerpt, self._link(each.path, each.line)
            )
            for each in (with_excerpt(problem, self.folder) for problem in problems)
        ]

    def _few_views(self, problems: Iterable[Problem]) -> list[ProblemView]:
        """Return of each kind a few, then how many more there are."""
        few, more = few_of_each(problems, attrgetter("code"))
        rest = [
            ProblemView("", 0, code, f"… and {count:,} more like this", "", "", "", count - 1)
            for code, count in more.items()
        ]
        return self._views(few) + rest

    def _link(self, path: str, line: int) -> str:
        file = self.folder / path
        if not self.editor or not path or not file.is_file():
            return ""
        return self.editor.format(path=quote(f"/{file.as_posix().lstrip('/')}"), line=max(1, line))


def editor_of(environment: Mapping[str, str] = os.environ) -> str:
    """Return the command of the writer's editor, "" if none is set."""
    return environment.get("VISUAL") or environment.get("EDITOR") or ""


def _hidden_because(hidden: HiddenPost | None) -> str:
    if hidden is None:
        return ""
    if hidden.appears is None:
        return "Draft: readers do not see this yet"
    return f"Scheduled: readers will see this on {hidden.appears:%Y-%m-%d at %H:%M}"


def _place_of(post: AnyPost, built: Build) -> str:
    """Return where a post is now that was elsewhere before: by its id, else by its file; "" if it is gone."""
    found = built.site.index.by_id.get(post.id) or built.site.by_source.get(post.source)
    return found.url if found else ""


def _replaced(made: list[str], gone: set[str]) -> dict[str, str]:
    """Return the new address of each style sheet that is gone, by its name without fingerprint."""
    fresh = {_bare(url): url for url in made if url.endswith(".css")}
    return {url: fresh[_bare(url)] for url in gone if url.endswith(".css") and _bare(url) in fresh}


def _bare(url: str) -> str:
    name, _, _ = url.removesuffix(".css").rpartition(".")
    return name


def _looks_alike(before: Build, after: Build) -> bool:
    """Return whether two builds can differ in nothing but the theme's own files."""
    return _all_but_assets(before) == _all_but_assets(after)


def _all_but_assets(built: Build) -> tuple[object, ...]:
    index = built.site.index
    return built.plan.theme.digest, index.config, index.today, built.site.by_source, index.files, index.data
