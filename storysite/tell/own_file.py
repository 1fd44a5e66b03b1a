"""Files that commands write for the librarian, outside of the site: made again at will, and never over one of hers."""

import os
from pathlib import Path

from storysite.errors import UsageError
from storysite.new_files import replace_file, write_new
from storysite.problems import Problem

OF_THE_SITE = ("_site", ".storysite", ".git", ".github", "content", "static", "data", "templates", "themes", "tool")
"""Folders whose files are published, or are what a site is made of."""


def require_own_place(file: Path, folder: Path) -> None:
    """Raise UsageError for a file that would lie among those of the site in a folder."""
    try:
        top = Path(os.path.realpath(file)).relative_to(os.path.realpath(folder)).parts[:1]
    except ValueError:
        return
    if not top or file.is_dir():
        raise _refusal(f"{file} is a folder", "name a file")
    if top[0].casefold() in OF_THE_SITE:
        raise _refusal(f"{file} would lie in {top[0]}, which is part of the site", "choose another place for it")


def write_own(file: Path, text: str | bytes, mark: str, *, folder: Path, output: Path) -> None:
    """Write a text that has `mark` in it, by which it is known again, to a file that is not there or has it as well.

    Raises UsageError if the file is another's, lies in the `output`, which is public, or among the files of the site in
    `folder`, or cannot be written.
    """
    name, data = str(file), text.encode() if isinstance(text, str) else text
    if file.resolve().is_relative_to(output.resolve()):
        raise _refusal(f"{name} is in the folder that readers see", "write it somewhere else, for example next to it")
    require_own_place(file, folder)
    try:
        if file.is_dir():
            raise _refusal(f"{name} is a folder", "name a file")
        if file.exists():
            if mark not in file.read_text("utf-8", errors="replace"):
                raise _refusal(f"{name} is there already, and storysite did not write it", "choose another name")
            replace_file(file, data)
        else:
            write_new(file, data)
    except OSError as error:
        raise _refusal(f"{name} cannot be written: {error.strerror}", "choose another place") from None


def _refusal(what: str, hint: str) -> UsageError:
    return UsageError(Problem.of("document-place", what, hint))
