"""What lies in a site's folder that GitHub, Windows or a Mac will not have, or that nobody should be shown."""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from unicodedata import normalize

from msgspec import Struct

from storysite.model.windows_names import forbidden_on_windows
from storysite.problems import times
from storysite.publish.finding import Finding, Level, fine, guide

MOST = 300_000
"""Files that are looked at: a folder with more is not a site's alone."""
LARGE = 50_000_000
REFUSED = 100_000_000
"""Bytes of a file: GitHub warns of more than 50 MB and refuses more than 100 MB."""
WANTED_LINES = ("_site/", ".storysite/")
"""What .gitignore has to name."""
_SKIPPED = {".git", "_site", ".storysite", "node_modules", ".venv", "venv", "__pycache__", ".tox"}
_SECRET = re.compile(
    r"""
    \.env(\.[\w-]+)? | \.?netrc | \.pgpass | \.npmrc | \.pypirc | \.git-credentials | \.htpasswd
    | id_(rsa|dsa|ecdsa|ed25519) | .*\.(pem|key|p12|pfx|kdbx?|ppk|keystore|jks|ovpn)
    | (client_secret|credentials|service[_-]account).*\.json | secrets?\.(ya?ml|json|txt|toml)
    | (passw(or)?ds?|kennw(ö|oe)rter|contraseñas)\.(txt|csv|tsv|rtf|pdf|xlsx?|docx?|od[st]|numbers|pages)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_HARMLESS = re.compile(r"\.env\.(example|sample|template|dist)|.*\.pub", re.IGNORECASE)
_ABOUT_SIZE = (
    "https://docs.github.com/en/repositories/working-with-files/managing-large-files/about-large-files-on-github"
)
_ABOUT_NAMES = "https://learn.microsoft.com/windows/win32/fileio/naming-a-file"
_ABOUT_SECRETS = (
    "https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/"
    "removing-sensitive-data-from-a-repository"
)


class LyingFile(Struct, frozen=True):
    """A file or folder, by its path below the site's folder in POSIX form."""

    path: str
    size: int = 0
    is_link: bool = False


class SiteFiles(Struct, frozen=True):
    """What lies in a site's folder, but for what storysite and git keep there."""

    files: tuple[LyingFile, ...] = ()
    are_all: bool = True
    ignored_lines: frozenset[str] = frozenset()
    """The lines of .gitignore."""
    has_attributes: bool = False
    """Whether there is a .gitattributes."""


def read_files(folder: Path, most: int = MOST) -> SiteFiles:
    """Return what lies in a site's folder; links are not followed, and what cannot be read is left out."""
    found: list[LyingFile] = []
    waiting = [""]
    while waiting and len(found) < most:
        here = waiting.pop()
        try:
            with os.scandir(folder / here) as listed:
                entries = sorted(listed, key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in entries:
            path = f"{here}/{entry.name}" if here else entry.name
            if entry.name in _SKIPPED:
                continue
            try:
                is_link = entry.is_symlink()
                is_folder = not is_link and entry.is_dir(follow_symlinks=False)
                size = 0 if is_link or is_folder else entry.stat(follow_symlinks=False).st_size
            except OSError:
                continue
            found.append(LyingFile(path, size, is_link))
            if is_folder:
                waiting.append(path)
    return SiteFiles(
        tuple(found),
        not waiting,
        frozenset(ignored_lines(folder)),
        os.path.lexists(folder / ".gitattributes"),
    )


def ignored_lines(folder: Path) -> list[str]:
    """Return the lines of the folder's .gitignore, without remarks; none if it cannot be read."""
    try:
        text = (folder / ".gitignore").read_bytes()[:1_000_000].decode("utf-8", "replace")
    except OSError:
        return []
    return [line.strip() for line in text.splitlines() if line.strip() and line[0] != "#"]


def missing_lines(lines: Iterable[str]) -> list[str]:
    """Return what has to be in .gitignore and is not, however it is written there."""
    named = {line.strip("/").removesuffix("/*").removesuffix("/**") for line in lines}
    return [line for line in WANTED_LINES if line.strip("/") not in named]


def file_findings(site: SiteFiles, *, in_git: bool) -> Iterator[Finding]:
    """Yield what is to be said of what lies in the folder; `in_git` says whether it is a repository."""
    found = [*_secrets(site.files), *_sizes(site.files), *_names(site.files), *_links(site.files)]
    yield from found
    if not site.are_all:
        what = f"There are more than {MOST:,} files in this folder, so only some were looked at."
        fix = "Put the site in a folder of its own."
        yield Finding(Level.KNOW, "Files", what, fix, guide("how-it-works"))
    elif not found:
        yield fine("Files", "No file has a name or a size that would get in the way.")
    if in_git and (missing := missing_lines(site.ignored_lines)):
        what = "git is not told to leave out the folders that storysite makes."
        fix = f"Add to the file .gitignore: {' and '.join(missing)}. storysite doctor --fix does that."
        yield Finding(Level.KNOW, "Repository", what, fix, guide("commands"))
    if in_git and not site.has_attributes:
        what = "git is not told how lines end, so two computers may take turns changing every line of a post."
        fix = "Add a file .gitattributes with the line * text=auto eol=lf. storysite doctor --fix does that."
        yield Finding(Level.KNOW, "Repository", what, fix, guide("commands"))


def _secrets(files: Iterable[LyingFile]) -> Iterator[Finding]:
    found = [
        file.path
        for file in files
        if _SECRET.fullmatch(name := file.path.rpartition("/")[2]) and not _HARMLESS.fullmatch(name)
    ]
    shown = [path for path in found if path.startswith(("static/", "content/"))]
    if shown:
        what = f"{_count(shown)} with the name of a key or a list of passwords, in a folder that is published."
        fix = "Take them out of the site's folder, and change the passwords if the site was published with them."
        yield Finding(Level.WRONG, "Secrets", what, fix, _ABOUT_SECRETS, tuple(shown))
    if others := [path for path in found if path not in shown]:
        what = f"{_count(others)} with the name of a key or a list of passwords, in the folder that is sent to GitHub."
        fix = "Take them out of the site's folder, and change the passwords if they were ever sent."
        yield Finding(Level.WRONG, "Secrets", what, fix, _ABOUT_SECRETS, tuple(others))


def _sizes(files: Iterable[LyingFile]) -> Iterator[Finding]:
    large = sorted((file for file in files if file.size > LARGE), key=lambda file: -file.size)
    fix = "Put films on a video site and link to them, and add photos with storysite photos add."
    if refused := [file for file in large if file.size > REFUSED]:
        what = f"{_count(refused)} of more than 100 MB: GitHub refuses the whole push."
        yield Finding(Level.WRONG, "Files", what, fix, _ABOUT_SIZE, tuple(map(_with_size, refused)))
    if heavy := [file for file in large if file.size <= REFUSED]:
        what = f"{_count(heavy)} of more than 50 MB, which is more than GitHub wants and than a phone loads."
        yield Finding(Level.KNOW, "Files", what, fix, _ABOUT_SIZE, tuple(map(_with_size, heavy)))


def _names(files: Iterable[LyingFile]) -> Iterator[Finding]:
    paths = [file.path for file in files]
    forbidden = [(path, why) for path in paths if (why := forbidden_on_windows(path))]
    names = {path for path, _ in forbidden}
    forbidden = [(path, why) for path, why in forbidden if path.rpartition("/")[0] not in names]
    if forbidden:
        what = f"{_count(forbidden)} with a name that Windows cannot have, so the folder cannot be opened there."
        seen = tuple(f"{path} {why}" for path, why in forbidden)
        yield Finding(Level.KNOW, "Files", what, "Rename them.", _ABOUT_NAMES, seen)
    alike: dict[str, list[str]] = {}
    for path in paths:
        alike.setdefault(normalize("NFC", normalize("NFC", path).casefold()), []).append(path)
    twins = [" and ".join(same) for same in alike.values() if len(same) > 1]
    if twins:
        what = (
            f"{len(twins):,} {'pair' if len(twins) == 1 else 'pairs'} of names differ only in capitals or in how "
            "accents are stored, so on Windows and Macs one file takes the place of the other."
        )
        yield Finding(Level.WRONG, "Files", what, "Rename one of each pair.", _ABOUT_NAMES, tuple(twins))


def _links(files: Iterable[LyingFile]) -> Iterator[Finding]:
    links = [file.path for file in files if file.is_link]
    if links:
        what = f"{_count(links, 'shortcut')} in the folder (symbolic links): on Windows these become small text files."
        fix = "Put the files themselves where the shortcuts are."
        yield Finding(Level.KNOW, "Files", what, fix, guide("writing"), tuple(links))


def _with_size(file: LyingFile) -> str:
    return f"{file.path} ({file.size / 1e6:,.0f} MB)"


def _count(things: Iterable[object], one: str = "file") -> str:
    count = len(list(things))
    return f"There {'is' if count == 1 else 'are'} {times(count, one)}"
