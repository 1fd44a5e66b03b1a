"""What git knows of a site's folder, asked with patience that ends: nothing is changed, and nothing hangs."""

import os
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from storysite.publish.git import UNFINISHED, Git, GitFailed, GitMissing

GENERATED = ("_site", ".storysite")
"""What storysite makes, and git need not keep."""
PATIENCE = 15.0
"""Seconds until a question that git does not answer is given up; whoever asked does not ask it another."""
_IN_THE_MIDDLE = {**UNFINISHED, "BISECT_LOG": "bisect"}


class GitState(Struct, frozen=True):
    """What git says of a folder; every field is as empty as possible where it says nothing."""

    version: str = ""
    """That of git, "" if there is none."""
    trouble: str = ""
    """Why nothing more is known: `slow`, `owner` (the folder is somebody else's) or `broken`."""
    top: str = ""
    """The top folder of the repository, "" if there is none."""
    below: str = ""
    """Where in the repository the site is, with a slash at its end; "" at its top."""
    branch: str = ""
    """"" where no branch is checked out."""
    default_branch: str = ""
    """The branch that the remote shows first, as far as it was ever told."""
    is_empty: bool = False
    """Whether nothing was ever committed."""
    remotes: dict[str, str] = {}
    remote: str = ""
    """The address of the remote that the branch is sent to."""
    has_upstream: bool = False
    ahead: int = 0
    behind: int = 0
    changed: int = 0
    """Files of the site with changes that are not committed, new ones included."""
    conflicts: int = 0
    doing: str = ""
    """What was begun and not finished, such as a merge."""
    hooks: str = ""
    """The setting core.hooksPath."""
    has_author: bool = True
    last_commit: int = 0
    """Seconds since 1970, 0 if nothing was committed."""
    kept: tuple[str, ...] = ()
    """Which folders that storysite makes git keeps."""
    packed: int = 0
    """Bytes of what git keeps of all versions."""


class _Asked:
    """Asks git in one folder, in a way that changes nothing and has an end."""

    def __init__(self, git: Git, patience: float) -> None:
        self._git, self._patience = git, patience

    def ask(self, *words: str) -> tuple[int, str, str]:
        """Return how git ends, what it says and what it complains about. Raises GitFailed if it does not answer."""
        quiet = ("--no-optional-locks", "-c", "core.fsmonitor=false")
        answer = self._git.ask(*quiet, *words, seconds=self._patience)
        return answer.code, answer.out.decode("utf-8", "replace"), answer.error

    def told(self, *words: str) -> str:
        """Return what git says, "" if it refuses."""
        code, text, _ = self.ask(*words)
        return text if code == 0 else ""


def read_git(folder: Path, patience: float = PATIENCE) -> GitState:
    """Return what git says of the folder of a site, whatever state that is in."""
    version = ""
    try:
        git = _Asked(Git(folder), patience)
        version = git.told("--version").removeprefix("git version ").strip()
        return _state(git, folder, version) if version else GitState()
    except GitFailed:  # it was given up
        return GitState(version or "unknown", trouble="slow")
    except (GitMissing, OSError):
        return GitState()


def _state(git: _Asked, folder: Path, version: str) -> GitState:
    code, said, complaint = git.ask("rev-parse", "--show-toplevel", "--absolute-git-dir", "--show-prefix")
    if code != 0:
        if "dubious ownership" in complaint or "unsafe repository" in complaint:
            return GitState(version, trouble="owner")
        none = "not a git repository (or any" in complaint and not os.path.lexists(folder / ".git")
        return GitState(version, trouble="" if none else "broken")
    top, git_dir, below, *_ = [*said.split("\n"), "", "", ""]
    code, status, complaint = git.ask("status", "--porcelain=v2", "--branch", "-z", "--untracked-files=all", "--", ".")
    if code != 0:
        return GitState(version, trouble="broken", top=top)
    heads = dict(line[2:].split(" ", 1) for line in status.split("\0") if line.startswith("# ") and " " in line[2:])
    branch = heads.get("branch.head", "").replace("(detached)", "")
    counts = heads.get("branch.ab", "").split()
    remotes = dict(_remotes(git.told("config", "--get-regexp", r"^remote\..*\.url$")))
    name = git.told("config", "--get", f"branch.{branch}.remote").strip() if branch else ""
    name = name or ("origin" if "origin" in remotes else next(iter(remotes), ""))
    is_empty = heads.get("branch.oid") == "(initial)"
    ahead = int(counts[0]) if len(counts) == 2 else 0
    if len(counts) != 2 and not is_empty:
        ahead = int(git.told("rev-list", "--count", "HEAD", "--not", "--remotes").strip() or 0)
    default = git.told("symbolic-ref", "--quiet", f"refs/remotes/{name}/HEAD").strip() if name else ""
    return GitState(
        version,
        top=top,
        below=below,
        branch=branch,
        default_branch=default.removeprefix(f"refs/remotes/{name}/"),
        is_empty=is_empty,
        remotes=remotes,
        remote=remotes.get(name, ""),
        has_upstream="branch.upstream" in heads,
        ahead=ahead,
        behind=-int(counts[1]) if len(counts) == 2 else 0,
        changed=sum(entry[:2] in ("1 ", "2 ", "? ", "u ") for entry in _entries(status)),
        conflicts=sum(entry[:2] == "u " for entry in _entries(status)),
        doing=next((what for file, what in _IN_THE_MIDDLE.items() if os.path.lexists(f"{git_dir}/{file}")), ""),
        hooks=git.told("config", "--get", "core.hooksPath").strip(),
        has_author=bool(git.told("config", "--get", "user.email").strip()),
        last_commit=0 if is_empty else int(git.told("log", "-1", "--format=%ct").strip() or 0),
        kept=tuple(name for name in GENERATED if git.told("ls-files", "-z", "--", name)),
        packed=_packed(git.told("count-objects", "-v")),
    )


def _entries(status: str) -> Iterator[str]:
    """Yield the entries of `status -z`, in which a renamed file's old name is an entry with no mark of its own."""
    parts = iter(status.split("\0"))
    for part in parts:
        if part.startswith("2 "):
            next(parts, "")
        yield part


def _remotes(lines: str) -> Iterator[tuple[str, str]]:
    for line in lines.splitlines():
        key, _, address = line.partition(" ")
        yield key.removeprefix("remote.").removesuffix(".url"), address


def _packed(counts: str) -> int:
    """Return bytes; git counts in units of 1,024."""
    sizes = dict(line.split(": ", 1) for line in counts.splitlines() if ": " in line)
    return sum(int(sizes.get(name, "0")) * 1024 for name in ("size", "size-pack"))
