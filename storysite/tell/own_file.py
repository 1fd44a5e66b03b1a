"""Files that commands write for the librarian, outside of the site: made again at will, and never over one of hers."""

from pathlib import Path

from storysite.errors import UsageError
from storysite.new_files import replace_file, write_new
from storysite.problems import Problem


def write_own(file: Path, text: str, mark: str, *, output: Path) -> None:
    """Write a text that has `mark` in it, by which it is known again, to a file that is not there or has it as well.

    Raises UsageError if the file is another's, lies in the `output`, which is public, or cannot be written.
    """
    name = str(file)
    if file.resolve().is_relative_to(output.resolve()):
        raise _refusal(f"{name} is in the folder that readers see", "write it somewhere else, for example next to it")
    try:
        if file.is_dir():
            raise _refusal(f"{name} is a folder", "name a file")
        if file.exists():
            if mark not in file.read_text("utf-8", errors="replace"):
                raise _refusal(f"{name} is there already, and storysite did not write it", "choose another name")
            replace_file(file, text.encode())
        else:
            write_new(file, text.encode())
    except OSError as error:
        raise _refusal(f"{name} cannot be written: {error.strerror}", "choose another place") from None


def _refusal(what: str, hint: str) -> UsageError:
    return UsageError(Problem.of("document-place", what, hint))
