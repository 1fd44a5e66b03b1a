"""What can be wrong with a file while a build reads it: the same words whoever does."""

from storysite.problems import Problem


def unreadable(path: str, error: OSError, to_be: str = "read") -> Problem:
    """Return what is wrong with a file that may not be opened, or that went away after it was seen."""
    if isinstance(error, FileNotFoundError):
        return changed(path, "this file went away during the build")
    what = f"this file cannot be {to_be}: {error.strerror}"
    return Problem.of("file-unreadable", what, "check that you have permission to read it", path=path)


def changed(path: str, what: str = "this file changed during the build") -> Problem:
    """Return what is wrong with a file that is not any more what was planned."""
    hint = "wait until nothing is being saved, then build again"
    return Problem.of("file-changed", what, hint, path=path)
