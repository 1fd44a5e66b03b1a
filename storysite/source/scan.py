"""What lies in a site's folder: every file with its size and time, sorted into posts, pages and files they may name."""

import os
import re
from collections.abc import Iterable, Mapping
from operator import attrgetter
from pathlib import Path
from posixpath import dirname
from time import time_ns

from msgspec import Struct
from msgspec.msgpack import Encoder

from storysite.digest import change_mark, digest_bytes
from storysite.model.leftovers import is_leftover, is_sayable, original_of
from storysite.model.links import PICTURE_FOLDERS
from storysite.model.windows_names import LONGEST_PATH, MAYBE_DEVICES, forbidden_on_windows
from storysite.problems import Problem
from storysite.source.private_names import holds_posts, private_part

POSTS, PAGES, STATIC, DATA = "content/posts/", "content/pages/", "static/", "data/"
CONTENT = ("content/posts", "content/pages")
PLANS = ("content/plan.yml", "content/plan.yaml")
"""Where ideas for stories may be written down: for who writes them, and never published."""
MARKDOWN = re.compile(r"\.(md|markdown|mdown|mkdn?|mdtext|mdwn|mdtxt|mmd)(\.txt)?$", re.IGNORECASE)
PLAIN_MARKDOWN_NAME = re.compile(r"[A-Za-z0-9][\w-]*\.md", re.ASCII).fullmatch
"""Names that need no closer look: nearly all posts have one."""
MAYBE_POST_NAME = re.compile(r"(^|/)[^./]*$|\.(txt|html?)$", re.IGNORECASE)
"""Names that are posts only if they begin with front matter."""
DOCUMENTS = re.compile(
    r"\.(docx?|odt|rtf|pages|gdoc|rst|adoc|asciidoc|org|textile|ipynb|qmd|mdx|njk|liquid)$", re.IGNORECASE
)
"""Files in which somebody may have written a post, though not in Markdown."""
FOR_SERVERS = ("static/.well-known", "static/.nojekyll", "static/.htaccess", "static/.domains")
"""What begins with a dot and is made to be published: what other sites ask for (RFC 8615), and what hosts read."""
_FRONT_MATTER = re.compile(rb"(?:\xef\xbb\xbf|\s)*(?:---|\+\+\+)[\r\n]")
LARGEST = 5 * 1024 * 1024
"""Bytes in a post: a novel of 900,000 words. More is a mistake, such as a picture pasted in."""


RACY = 2_000_000_000
"""Nanoseconds: a file changed so shortly before it was looked at may change again within one tick of its clock."""
LINKS = 2
"""Links followed on one way: without a bound, ten folders that link to each other are read a thousand times."""


_packed = Encoder().encode
"""All that lies in a folder as bytes: there are thousands of files, and every type in it is known."""


class FoundFile(Struct, frozen=True, gc=False, array_like=True):
    """A file as it lies there: its path below the site's folder in POSIX form, its time, its size and its mark."""

    path: str
    mtime: int
    size: int
    mark: int
    """What is another after each change, as digest.change_mark has it."""


class FolderEntries(Struct):
    """What lies in one folder: the same lists as in a Scan, and the folders below, each with the links on its way."""

    posts: list[FoundFile]
    files: list[FoundFile]
    problems: list[Problem]
    skipped: list[tuple[str, str]]
    folders: list[tuple[str, int]]
    private: list[str] = []
    """The posts whose own name, or that of a folder above them, says that they are not for the public."""
    digest: bytes = b""
    """The digest of all that."""


class Scan(Struct):
    """All files of a site: those that are read as posts or pages, those these may name, and what was skipped."""

    began: int
    """The time in nanoseconds before anything was looked at."""
    posts: list[FoundFile] = []
    files: list[FoundFile] = []
    data: list[FoundFile] = []
    problems: list[Problem] = []
    skipped: list[tuple[str, str]] = []
    """Path and reason of files that look like posts and are not."""
    private: list[str] = []
    """Posts, and folders that begin with a dot and hold some, whose names say that they are not for the public."""
    folders_seen: dict[str, FolderEntries] = {}
    """What each folder holds."""

    @property
    def follows_links(self) -> bool:
        """Whether some folder is seen by another name than its own."""
        return any(links for entries in self.folders_seen.values() for _, links in entries.folders)


def scan(folder: Path, before: Scan | None = None, changed_paths: Iterable[str] = ()) -> Scan:
    """Return what lies in the site's folder. One stat a file; nothing is read but the first bytes of odd names.

    With an earlier Scan only those folders are listed again in which something of `told` lies (paths below the site's
    folder); what lies elsewhere is taken to be as it was `before`.
    """
    found = Scan(time_ns())
    known = _still_known(before.folders_seen, set(changed_paths)) if before else {}
    tops = {"content": found.files, "static": found.files, "data": found.data}
    for top, files in {**tops, **dict.fromkeys(PICTURE_FOLDERS, found.files)}.items():
        if Path(folder, top).is_symlink() and (reason := _not_followed(folder, top, 0)):
            found.problems.append(_not_read(top, reason))
            continue
        waiting = [(top, 0)]
        while waiting:
            here, links = waiting.pop()
            entries = known.get(here) or _list_folder(folder, here, links)
            found.folders_seen[here] = entries
            found.posts.extend(entries.posts)
            files.extend(entries.files)
            found.problems.extend(entries.problems)
            found.skipped.extend(entries.skipped)
            found.private.extend(entries.private)
            waiting.extend(reversed(entries.folders))
    return found


def is_ignored(path: str) -> bool:
    """Return whether a file or folder, by its path below the site's folder, is none of ours to look at."""
    return is_leftover(path.rpartition("/")[2]) and path not in FOR_SERVERS


def _still_known(folders_seen: Mapping[str, FolderEntries], changed_paths: set[str]) -> dict[str, FolderEntries]:
    """Return the listings of folders that neither hold nor are nor lie below anything that was told of."""
    stale = changed_paths | {dirname(path) for path in changed_paths}
    stale |= {path.partition("/.")[0] for path in changed_paths}  # what begins with a dot is seen from above alone
    return {here: entries for here, entries in folders_seen.items() if not _is_below(here, stale, changed_paths)}


def _is_below(here: str, stale: set[str], changed_paths: set[str]) -> bool:
    if here in stale:
        return True
    while here := dirname(here):
        if here in changed_paths:
            return True
    return False


def _is_post(folder: Path, file: FoundFile) -> bool:
    if file.path.endswith(".md") or MARKDOWN.search(file.path):
        return True
    if not MAYBE_POST_NAME.search(file.path):
        return False
    try:
        with open(folder / file.path, "rb") as opened:
            return _FRONT_MATTER.match(opened.read(64)) is not None
    except OSError:
        return False


def _refusal(file: FoundFile, found: FolderEntries) -> bool:
    """Note why a Markdown file is no post, if it is none; return whether that is so."""
    name = file.path.rpartition("/")[2].lower()
    if name.startswith("_index."):
        found.skipped.append((file.path, "is a Hugo section page; storysite makes its own listings"))
    elif name.startswith("readme.") and file.path.startswith(POSTS):
        found.skipped.append((file.path, "is a note for people who look at the folder"))
    elif file.size > LARGEST:
        what = f"this post is {file.size / 1e6:.0f} MB, more than the {LARGEST / 1e6:.0f} MB that a post can be"
        found.problems.append(
            Problem.of("post-too-large", what, "put pictures next to the post, not inside its text", path=file.path)
        )
        found.skipped.append((file.path, "is too large"))
    else:
        return False
    return True


def _list_folder(folder: Path, here: str, links: int) -> FolderEntries:
    """Return what lies in the folder `here`; links are followed only as long as they stay inside the site's folder."""
    found = FolderEntries([], [], [], [], [])
    try:
        entries = sorted(os.scandir(folder / here), key=attrgetter("name"))
    except (FileNotFoundError, NotADirectoryError):
        entries = []
    except OSError as error:
        what = f"this folder cannot be read: {error.strerror}"
        hint = "ask the person who set up this computer for access"
        found.problems.append(Problem.of("file-unreadable", what, hint, path=here))
        entries = []
    names = {entry.name for entry in entries}
    for entry in entries:
        path = f"{here}/{entry.name}"
        if entry.name[0] == "." and here.startswith(CONTENT) and holds_posts(entry, MARKDOWN):
            if _is_sayable(path, found):
                found.private.append(path + "/" * entry.is_dir(follow_symlinks=False))
            continue
        is_plain = PLAIN_MARKDOWN_NAME(entry.name) is not None
        if not is_plain and (is_ignored(path) or not _is_sayable(path, found)):
            continue
        found.problems += _not_for_windows(entry.name, path, is_plain=is_plain)
        if entry.is_symlink() and (reason := _not_followed(folder, path, links)):
            found.problems.append(_not_read(path, reason))
            continue
        try:
            if entry.is_file():
                stat = entry.stat()
                _sort(
                    folder,
                    FoundFile(path, stat.st_mtime_ns, stat.st_size, change_mark(stat)),
                    found,
                    original_of(entry.name, names),
                )
            elif entry.is_dir():
                found.folders.append((path, links + entry.is_symlink()))
            elif entry.is_symlink():
                raise FileNotFoundError(2, "it is a link that leads nowhere")
        except OSError as error:
            if isinstance(error, FileNotFoundError) and not entry.is_symlink():  # it went away since it was listed
                continue
            what = f"this file cannot be read: {error.strerror}"
            hint = "check that it still exists and that you have permission to read it"
            found.problems.append(Problem.of("file-unreadable", what, hint, path=path))
    found.digest = digest_bytes(_packed(found))
    return found


def _sort(folder: Path, file: FoundFile, found: FolderEntries, original: str) -> None:
    """Put a file where it belongs: among the posts, or among the files these may name.

    `original` is the file beside it that a sync program kept it apart from, "" if there is none.
    """
    if file.path in PLANS:
        return
    section = file.path.startswith((POSTS, PAGES))
    if section and _is_post(folder, file):
        if original:
            why = f"is a copy that a sync program made when {original} was changed in two places at once"
            found.skipped.append((file.path, f"{why}; copy what you want to keep into that file, then delete this one"))
        elif not _refusal(file, found):
            if private_part(file.path):
                found.private.append(file.path)
            else:
                found.posts.append(file)
        return
    if section and DOCUMENTS.search(file.path):
        found.skipped.append((file.path, "is not Markdown: save it as a .md file, or link to it from a post"))
    found.files.append(file)


def _not_read(path: str, reason: str) -> Problem:
    hint = "copy what it points to into the folder"
    return Problem.of("link-outside", reason, hint, path=path)


def _not_for_windows(name: str, path: str, *, is_plain: bool) -> Iterable[Problem]:
    """Return a warning if nobody who has Windows can open a folder with this file in it; a plain name is one it can."""
    if is_plain and name[:3].lower() not in MAYBE_DEVICES and len(path) <= LONGEST_PATH:
        return ()
    why = forbidden_on_windows(name) or (forbidden_on_windows(path) if len(path) > LONGEST_PATH else "")
    what, hint = (
        f"Windows cannot have this file: it {why}",
        "rename it, so that this folder can be opened on any computer",
    )
    return [Problem.of("name-windows", what, hint, path=path)] if why else ()


def _not_followed(folder: Path, link: str, links: int) -> str:
    """Return why a link is not followed, "" if it is; `links` were followed on the way to it."""
    real = os.path.realpath(folder / link)
    if not (real + os.sep).startswith(os.path.realpath(folder) + os.sep):
        return "this is a link to a place outside the site's folder, so it is not followed"
    above = {os.path.realpath(folder / parent) for parent in Path(link).parents}
    if Path(real).is_dir() and (links == LINKS or real in above):
        return "this is a link to a folder that was already read, so it is not followed"
    return ""


def _is_sayable(path: str, found: FolderEntries) -> bool:
    """Whether a file's name can be written down at all; names in a broken encoding cannot."""
    if not is_sayable(path):
        name = path.encode("utf-8", "replace").decode()
        what = "this file's name is in an encoding that cannot be shown"
        found.problems.append(Problem.of("file-name", what, "rename the file", path=name))
        return False
    if "\n" in path or "\r" in path:
        found.problems.append(
            Problem.of("file-name", "this file's name has a line break in it", "rename the file", path=repr(path))
        )
        return False
    return True
