"""What the doctor fixes by itself: new files and new lines, and nothing is lost."""

from collections.abc import Iterator
from pathlib import Path

from storysite.errors import refused
from storysite.model.config import FILE
from storysite.new_files import replace_file, write_new
from storysite.publish.folder import ignored_lines, missing_lines
from storysite.publish.git_findings import HOOK
from storysite.publish.git_state import GitState
from storysite.starter.contents import STARTER
from storysite.starter.hooks import use_hooks


def fix_what_is_safe(folder: Path, git: GitState) -> Iterator[str]:
    """Do what is safe in a site's folder that is a repository, and yield what was done, or why it could not be."""
    if not git.top or not ((folder / "content").is_dir() or (folder / FILE).is_file()):
        return
    for one in (_ignore, _attributes, _hooks):
        try:
            yield from one(folder)
        except OSError as error:
            yield f"Not fixed: {refused(error).what}"


def _ignore(folder: Path) -> Iterator[str]:
    file = folder / ".gitignore"
    missing = missing_lines(ignored_lines(folder))
    if not missing:
        return
    added = "".join(f"{line}\n" for line in missing).encode()
    if file.is_symlink():
        yield "Not fixed: .gitignore is a link to another file, which may be others' as well."
        return
    try:
        old = file.read_bytes()
    except FileNotFoundError:
        write_new(file, added)
    else:
        if b"\r\n" in old:
            added = added.replace(b"\n", b"\r\n")
        gap = b"" if not old or old.endswith(b"\n") else b"\r\n" if b"\r\n" in old else b"\n"
        replace_file(file, old + gap + added)
    yield f"Added to .gitignore: {' and '.join(missing)}."


def _attributes(folder: Path) -> Iterator[str]:
    try:
        write_new(folder / ".gitattributes", (STARTER / "dot-gitattributes").read_bytes())
    except FileExistsError:
        return
    yield "Made .gitattributes, which tells git how lines end."


def _hooks(folder: Path) -> Iterator[str]:
    if (folder / HOOK).is_file() and use_hooks(folder):
        yield "Told git to look at photos before each commit (git config core.hooksPath tool/hooks)."
