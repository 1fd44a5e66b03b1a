"""Sends what was saved here to where everybody sees it."""

from collections.abc import Sequence
from contextlib import suppress

from msgspec import Struct

from storysite.publish.git import NETWORK, GitFailed
from storysite.publish.site_repository import Repository


class Behind(Exception):
    """Somebody else sent something in the meantime; it has to be taken in first."""


class Push(Struct, frozen=True):
    """One branch to send: a commit here, and its name there."""

    commit: str
    branch: str


def send(repository: Repository, pushes: Sequence[Push]) -> None:
    """Send branches, all of them or none. Raises Behind if others were faster, and GitFailed if it cannot be."""
    git = repository.git
    words = [f"{push.commit}:refs/heads/{push.branch}" for push in pushes]
    atomic = ["--atomic"] if len(pushes) > 1 else []
    try:
        git(
            "push", "--porcelain", "--progress", "--no-follow-tags", *atomic, repository.remote, *words, seconds=NETWORK
        )
    except GitFailed as error:
        said = error.said.lower()
        if "fetch first" in said or "non-fast-forward" in said or "stale info" in said:
            raise Behind from None
        raise
    for push in pushes:  # the next look at the web would find it out as well
        with suppress(GitFailed):
            git("update-ref", f"refs/remotes/{repository.remote}/{push.branch}", push.commit)
    with suppress(GitFailed):
        if not git.ask("config", "--get", f"branch.{repository.branch}.merge").text:
            git("config", f"branch.{repository.branch}.remote", repository.remote)
            git("config", f"branch.{repository.branch}.merge", f"refs/heads/{repository.target}")
