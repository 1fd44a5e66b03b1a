"""What will go out: the files that differ from those on the web, told as stories, pages and photos; and what stays."""

import os
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from unicodedata import normalize

from msgspec import Struct

from storysite.build.open_site import OpenSite
from storysite.build.session import CACHE_FOLDER
from storysite.model.links import PICTURE_FOLDERS
from storysite.model.post import AnyPost
from storysite.model.visibility import HiddenPost, reason_hidden
from storysite.publish.git import as_bytes, as_text
from storysite.publish.site_repository import Repository
from storysite.publish.told import not_sent
from storysite.source.scan import MARKDOWN, PLANS, POSTS

KEPT_HOME = ("draft", "private", "skipped", "broken")
"""Why a post is not shown that is nobody else's business yet."""
_ASKED_FIRST = ("content/", *(f"{folder}/" for folder in PICTURE_FOLDERS))
"""Where files lie that are published only if a story that is shown names them."""
_OF_TOOLS = re.compile(r"(^|/)\.[^/]*$|\.(ya?ml|json|toml|csv)$", re.IGNORECASE)
_PHOTO = re.compile(r"\.(jpe?g|png|gif|webp|avif|heic|heif|tiff?|bmp|svg)$", re.IGNORECASE)
_MANY = 200
"""Files of which it is looked up what they were before; of more, who reads the list does not mind."""


class Change(Struct, frozen=True):
    """One file that goes out: `how` it is new to readers, in a word, and its title if it is a story or a page."""

    how: str
    """`new`, `changed`, `withdrawn`, `scheduled`, `draft`, `page`, `photo` or `other`."""
    path: str
    """Its path below the site's folder."""
    title: str = ""
    url: str = ""
    """Where readers see it, "" if they do not."""


class Waiting(Struct, frozen=True):
    """What is not on the web as it is here: the paths that go along, and those that stay, below the top."""

    go: Sequence[str]
    stay: Sequence[str]
    untold: Sequence[str] = ()
    """Those that git is not to know any more, though they are here."""


def waiting(repository: Repository, site: OpenSite, output: Path, *, with_drafts: bool) -> Waiting:
    """Return which of the files that differ from what was saved last go along, and which stay here."""
    apart = _apart(repository, output)
    rows = {path: marks for path, marks in _differing(repository).items() if not path.startswith(apart)}
    for path in rows:
        if path.endswith("/"):
            what = f"{path} is a repository of its own, so what is in it would not go along"
            raise not_sent("publish-unfinished", what, f"if it is to be a part of the site, delete {path}.git")
    there = {path for path in rows if os.path.lexists(repository.top / path)}
    untold = {
        path for path in rows.keys() & there if rows[path] == ["D "]
    }  # she took it out of git, and had it ignored
    saved = {path for path, marks in rows.items() if marks != ["??"] and not marks[0].startswith("A")}
    texts = contents(repository, "HEAD", [path for path in saved & there if MARKDOWN.search(path)]) if saved else {}
    shown = _Shown(repository, site)
    stay = {path for path in there - untold if not shown.may_go(path, texts.get(path), is_saved=path in saved)}
    stay = set() if with_drafts else stay
    return Waiting(sorted(rows.keys() - stay - untold), sorted(stay), sorted(untold))


def tree_with(repository: Repository, index: Path, found: Waiting) -> str:
    """Return what would be saved if all that goes along were, as it is here; `index` becomes the list of it."""
    git = repository.git
    present = repository.kept / "index"
    if present.is_file():
        index.write_bytes(present.read_bytes())  # what is known of each file's time saves reading it
    git("read-tree", *(["--reset", "HEAD"] if repository.commit_of("HEAD") else ["--empty"]), index=index)
    add_paths(repository, found.go, index)
    if found.untold:
        git("update-index", "--force-remove", "-z", "--stdin", told=_listed(found.untold), index=index)
    return git("write-tree", index=index).text


def add_paths(repository: Repository, paths: Collection[str], index: Path | None = None) -> None:
    """Take over paths into a list of files, as they are here: there, changed or gone."""
    told = _listed(paths)
    repository.git("update-index", "--add", "--remove", "--replace", "-z", "--stdin", told=told, index=index)


def changes(repository: Repository, site: OpenSite, before: str, after: str) -> list[Change]:
    """Return what differs for readers between two states, the newest first; `before` may be "" for nothing at all."""
    git = repository.git
    before = before or git("mktree").text
    rows = git("diff-tree", "-r", "-z", "-M", "--name-status", before, after, "--", *_site_only(repository)).parts
    found, place = list[tuple[str, str, str]](), 0
    while place < len(rows):
        moved = rows[place][0] in "RC"
        old, new = rows[place + 1], rows[place + (2 if moved else 1)]
        found.append((rows[place][0], old, new))
        place += 3 if moved else 2
    posts = [old for how, old, _ in found if how != "A" and MARKDOWN.search(old)]
    texts = contents(repository, before, posts) if len(posts) <= _MANY else {}
    shown = _Shown(repository, site)
    made = [shown.change(how, old, new, texts) for how, old, new in found]
    return sorted(made, key=lambda each: each.path, reverse=True)


def contents(repository: Repository, state: str, paths: Iterable[str]) -> dict[str, bytes]:
    """Return the bytes of files in a state, by their path; what is not there is left out."""
    asked = [path for path in paths if "\n" not in path]
    told = b"".join(as_bytes(f"{state}:{path}\n") for path in asked)
    answer = repository.git("cat-file", "--batch", told=told).out
    found, place = dict[str, bytes](), 0
    for path in asked:
        end = answer.index(b"\n", place)
        head = answer[place:end].rsplit(b" ", 2)
        place = end + 1
        if len(head) == 3 and head[1] == b"blob":
            size = int(head[2])
            found[path] = answer[place : place + size]
            place += size + 1
    return found


class _Shown:
    """What readers see of the files of a site, and what only who works on it does."""

    def __init__(self, repository: Repository, site: OpenSite) -> None:
        self._repository, self._site = repository, site
        self._hidden: Mapping[str, HiddenPost] = {_plain(post.source): post for post in site.hidden}
        home = {source for source, post in self._hidden.items() if post.reason in KEPT_HOME}
        public = [post for post in site.everything if _plain(post.source) not in home]
        self._posts: Mapping[str, AnyPost] = {_plain(post.source): post for post in site.everything}
        self._public = {_plain(post.source) for post in public}
        self._public |= {source for source, post in self._hidden.items() if post.reason == "copy"}
        self._named = {_plain(path) for path in site.files_of(public)}

    def may_go(self, path: str, before: bytes | None, *, is_saved: bool) -> bool:
        """Return whether a file may be seen by others; `before` are its bytes if it is a text that was saved before."""
        source = _plain(path.removeprefix(self._repository.prefix))
        if not source.startswith(_ASKED_FIRST):
            return True
        if source in PLANS:
            return False
        if source in self._public or source in self._named or _OF_TOOLS.search(source):
            return True
        return is_saved and (before is None or not self._was_hidden(before, source))

    def change(self, how: str, old: str, new: str, texts: Mapping[str, bytes]) -> Change:
        """Return what a change of a file is to readers."""
        path = new.removeprefix(self._repository.prefix)
        source, before = _plain(path), _plain(old.removeprefix(self._repository.prefix))
        post, hidden = self._posts.get(source), self._hidden.get(source)
        is_post = post is not None or hidden is not None or (how == "D" and MARKDOWN.search(before))
        if not is_post or not source.startswith("content/"):
            return Change("photo" if _PHOTO.search(source) and how != "D" else "other", path)
        was = texts.get(old) if how != "A" else None
        was_shown = how != "A" and (was is None or not self._was_hidden(was, before))
        title = post.title if post else hidden.title if hidden else ""
        url = post.url if post and not hidden else ""
        if not title and was is not None and (written := self._site.read(was, before)):
            title = written.title
        title = title or PurePosixPath(path).stem
        if how == "D" or (hidden and hidden.reason in KEPT_HOME):
            return Change("withdrawn" if was_shown else "draft" if how != "D" else "other", path, title)
        if not source.startswith(POSTS):
            return Change("page", path, title, url)
        if hidden and hidden.reason == "scheduled":
            return Change("scheduled", path, title)
        return Change("changed" if was_shown else "new", path, title, url)

    def _was_hidden(self, data: bytes, source: str) -> bool:
        post = self._site.read(data, source)
        reason = reason_hidden(post, self._site.now) if post else None
        return reason is not None and reason.reason in KEPT_HOME


def _differing(repository: Repository) -> dict[str, list[str]]:
    """Return each file of the site that is not as it was saved last, with what git says of it: up to two things."""
    answer = repository.git(
        "status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames", "--ignore-submodules=dirty",
        "--", *_site_only(repository),
    )  # fmt: skip
    found: dict[str, list[str]] = {}
    for row in answer.out.split(b"\0"):
        if row:
            found.setdefault(as_text(row[3:]), []).append(as_text(row[:2]))
    return found


def _listed(paths: Iterable[str]) -> bytes:
    return b"".join(as_bytes(path) + b"\0" for path in paths)


def _site_only(repository: Repository) -> list[str]:
    """Return what lets git look at the site's folder alone, and at the workflows that publish it."""
    if not repository.prefix:
        return ["."]
    return [f":(top,literal){repository.prefix}"]


def _apart(repository: Repository, output: Path) -> tuple[str, ...]:
    """Return what never goes along: what was built, and what is remembered for building."""
    names = [f"{repository.prefix}{CACHE_FOLDER}/", f"{repository.prefix}_site/"]
    if output.is_relative_to(repository.top.resolve()):
        names.append(output.relative_to(repository.top.resolve()).as_posix() + "/")
    return tuple(names)


def _plain(path: str) -> str:
    """Return a path as it is compared: a Mac may spell letters with accents in another way."""
    return normalize("NFC", path)
