"""The line of a file that a Problem speaks of, for those that show problems to people."""

from pathlib import Path

from msgspec.structs import replace

from storysite.problems import Problem


def with_excerpt(problem: Problem, folder: Path) -> Problem:
    """Return the problem with the line it speaks of, read from the file if it does not carry it."""
    if problem.excerpt or not problem.line or not problem.path:
        return problem
    try:
        lines = (folder / problem.path).read_bytes().decode("utf-8", "replace").splitlines()
        return replace(problem, excerpt=lines[problem.line - 1])
    except (OSError, IndexError):
        return problem
