"""The repository of a site: found or begun, and looked at for whatever stands in the way of sending from it."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from storysite.publish.git import UNFINISHED, Git, GitFailed
from storysite.publish.told import NEW, github_of, not_sent
from storysite.starter.hooks import HOOKS, use_hooks

MAIN = "main"
PAGES = "gh-pages"
"""The branch of built pages, which GitHub Pages takes by itself."""
OURS = "storysite"
"""The folder in git's own in which it is kept what is being done."""
_TAKING_IN = "taking-in"
_MAKES_SITE = re.compile(r"\bstorysite\b|actions/deploy-pages|peaceiris/actions-gh-pages")


class Repository(Struct, frozen=True):
    """The repository a site lies in: `top` is its folder, `kept` git's own, `prefix` the way from `top` to the site."""

    git: Git
    top: Path
    kept: Path
    prefix: str
    branch: str
    remote: str = ""
    """What git calls the place that is sent to, "" where there is none yet, and its address."""
    address: str = ""
    target: str = ""
    """The branch there, as far as it is known here."""

    @property
    def tracking(self) -> str:
        """Where it is remembered what lies there."""
        return f"refs/remotes/{self.remote}/{self.target}"

    @property
    def has_workflow(self) -> bool:
        """Whether something there builds and publishes the site whenever something is sent."""
        for file in (self.top / ".github/workflows").glob("*.y*ml"):
            with suppress(OSError, UnicodeDecodeError):
                if file.name in ("publish.yml", "publish.yaml") or _MAKES_SITE.search(file.read_text("utf-8")):
                    return True
        return False

    @contextmanager
    def index(self) -> Iterator[Path]:
        """Give a list of files for a commit that is not yet the one git shows, and take it away afterwards."""
        place = self.kept / OURS / "index"
        place.parent.mkdir(exist_ok=True)
        for file in (place, place.with_name("index.lock")):
            file.unlink(missing_ok=True)
        try:
            yield place
        finally:
            for file in (place, place.with_name("index.lock")):
                with suppress(OSError):
                    file.unlink(missing_ok=True)

    @contextmanager
    def taking_in(self) -> Iterator[None]:
        """Let it be known for the length of the block that a rebase here is ours, should this process be ended."""
        mark = self.kept / OURS / _TAKING_IN
        mark.parent.mkdir(exist_ok=True)
        mark.write_bytes(b"")
        try:
            yield
        finally:
            mark.unlink(missing_ok=True)

    def commit_of(self, name: str) -> str:
        """Return the commit that something is a name of, "" if there is none."""
        answer = self.git.ask("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        return answer.text if answer.code == 0 else ""


def find_repository(folder: Path) -> Repository | None:
    """Return the repository that a site lies in, None if there is none. Raises NotSent if nothing can be sent from it.

    One that an interrupted `publish` left in the middle of something is put in order first.
    """
    git = Git(folder)
    answer = git.ask("rev-parse", "--is-inside-work-tree", "--show-toplevel", "--absolute-git-dir", "--show-prefix")
    if answer.code:
        if "not a git repository" in answer.error.lower():
            return None
        raise GitFailed(("rev-parse",), answer.error)
    inside, top, kept, *prefix = answer.text.split("\n")
    if inside != "true":
        return None
    found = Repository(Git(Path(top)), Path(top), Path(kept), prefix[0] if prefix else "", "")
    _refuse_strangers(found)
    _settle(found)
    branch = found.git.ask("symbolic-ref", "--quiet", "--short", "HEAD").text
    if not branch:
        raise not_sent(
            "publish-unfinished",
            "git shows an old state of this folder, and what is saved now would be found nowhere later",
            "type: git switch main",
        )
    return _with_remote(found, branch)


def begin_repository(folder: Path) -> Repository:
    """Begin a repository in the folder of a site and return it."""
    git = Git(folder)
    git("init", "--quiet", ".")
    git("symbolic-ref", "HEAD", f"refs/heads/{MAIN}")  # `init -b` is younger than some computers
    if (folder / HOOKS).is_dir():
        use_hooks(folder)
    found = find_repository(folder)
    if found is None:
        raise GitFailed(("init",), "there is still no repository")
    return found


def use_remote(repository: Repository, address: str) -> Repository:
    """Return the repository with the address that it sends to from now on."""
    if address.startswith("-") or not address.strip() or any(ord(sign) < 32 for sign in address):
        raise not_sent("publish-remote", f"“{address}” is no address of a repository", f"copy it from there: {NEW}")
    name = repository.remote or "origin"
    git = repository.git
    git("remote", *(["set-url"] if repository.remote else ["add"]), name, address.strip())
    return _with_remote(repository, repository.branch)


def settle_identity(repository: Repository, author: str) -> str:
    """Let git know whose stories these are, where it does not, in this repository alone; return that name, else ""."""
    git = repository.git
    told = {"user.name": ("GIT_AUTHOR_NAME",), "user.email": ("GIT_AUTHOR_EMAIL", "EMAIL")}
    missing = [
        each
        for each, variables in told.items()
        if not any(map(os.environ.get, variables)) and not git.ask("config", "--get", each).text.strip()
    ]
    owner = github_of(repository.address)
    values = {
        "user.name": " ".join(re.sub(r"[<>\x00-\x1f]", " ", author).split()) or "The librarian",
        "user.email": f"{owner.owner}@users.noreply.github.com" if owner else "noreply@library.invalid",
    }
    for each in missing:
        git("config", "--local", each, values[each])
    return values["user.name"] if missing else ""


def _with_remote(found: Repository, branch: str) -> Repository:
    """Return a repository with its branch and where that goes."""
    git = found.git
    names = git("remote").text.split()
    configured = git.ask("config", "--get", f"branch.{branch}.remote").text
    remote = (
        configured if configured in names else "origin" if "origin" in names else names[0] if len(names) == 1 else ""
    )
    if names and not remote:
        raise not_sent(
            "publish-remote",
            f"this folder could send to {len(names)} places, and does not say to which",
            f"type the one you mean: git config branch.{branch}.remote {names[0]}",
        )
    address = git.ask("remote", "get-url", "--push", remote).text if remote else ""
    merge = git.ask("config", "--get", f"branch.{branch}.merge").text.removeprefix("refs/heads/")
    target = merge if merge and remote == configured else branch
    return replace(found, branch=branch, remote=remote, address=address, target=target)


def _refuse_strangers(found: Repository) -> None:
    """Raise NotSent if the repository lies above the site and knows nothing of it: it may be one of anything."""
    if found.prefix and not found.git("ls-files", "-z", "--", f":(literal){found.prefix}").out:
        raise not_sent(
            "publish-unfinished",
            f"this folder lies in the repository of another, {found.top}, which knows nothing of it",
            "to give the site its own, type here: git init -b main; to make it part of that: git add storysite.yml",
        )


def _settle(found: Repository) -> None:
    """Put in order what an earlier `publish` was in the middle of. Raises NotSent if somebody else was."""
    mark = found.kept / OURS / _TAKING_IN
    if mark.exists() and ((found.kept / "rebase-merge").exists() or (found.kept / "rebase-apply").exists()):
        found.git("rebase", "--abort")
    if mark.exists() and (found.kept / "REVERT_HEAD").exists():
        found.git("revert", "--abort")
    mark.unlink(missing_ok=True)
    for name, what in UNFINISHED.items():
        if (found.kept / name).exists():
            raise not_sent(
                "publish-unfinished",
                f"somebody began something in this folder with git (a {what}), and did not finish it",
                f"to finish it, type: git {what} --continue; to have the folder as it was before: git {what} --abort",
            )
