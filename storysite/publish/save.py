"""Saves what goes along, in the repository on this computer: nothing that stays, and nothing half."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path

from storysite.publish.changes import add_paths
from storysite.publish.git import GitFailed
from storysite.publish.site_repository import Repository
from storysite.publish.told import not_sent
from storysite.publish.words import TRAILER


def save(repository: Repository, index: Path, paths: Collection[str], message: str) -> str:
    """Save the state of which `index` is the list, and return its name.

    One that `publish` saved before and never sent becomes part of it. Raises NotSent if a check of the folder refuses.
    """
    git = repository.git
    amend = ["--amend"] if is_ours_and_unsent(repository) else []
    told = message.encode("utf-8", "replace")
    try:
        git("commit", "--quiet", "--cleanup=verbatim", *amend, "--allow-empty", "--file=-", told=told, index=index)
    except GitFailed as error:
        raise _refused(error) from None
    show_saved(repository, paths)
    return repository.commit_of("HEAD")


def show_saved(repository: Repository, paths: Collection[str]) -> None:
    """Let git itself show what was saved as saved; one that was ended before it could may have left it otherwise."""
    with suppress(GitFailed):  # another program works with git; nothing of ours depends on it but taking in
        add_paths(repository, paths)


def is_ours_and_unsent(repository: Repository) -> bool:
    """Return whether what was saved last was saved by `publish` and lies nowhere else."""
    if not repository.commit_of("HEAD"):
        return False
    trailer = f"--format=%(trailers:key={TRAILER},valueonly)"
    ours = repository.git("log", "-1", trailer, "HEAD").text.strip()
    return bool(ours) and not repository.git("branch", "--remotes", "--contains", "HEAD").text.strip()


def _refused(error: GitFailed) -> Exception:
    """Return what to raise when nothing could be saved: a hook's own words, if one refused."""
    said: Sequence[str] = [line.rstrip() for line in error.said.splitlines() if line.strip()]
    if not any(line.startswith(("fatal:", "error:")) for line in said):
        what = "a check that runs before anything is saved in this folder refused"
        return not_sent("publish-refused", what, "fix what it says below, or ask who set it up", said[:20])
    return error
