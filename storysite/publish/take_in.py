"""Takes in what others changed on the web: theirs first, then hers; where both changed the same lines, she is asked."""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from storysite.build.session import CACHE_FOLDER
from storysite.problems import times
from storysite.publish.git import LOOK, NETWORK, GitFailed, as_text
from storysite.publish.site_repository import PAGES, Repository
from storysite.publish.told import NotSent, not_sent
from storysite.publish.words import joined

REPLACED = f"{CACHE_FOLDER}/replaced"
"""Where files are put that were hers until others' took their place."""
_SHOWN = 6
"""Lines of each text that are shown of a conflict, and conflicts that are."""


class Taken(Struct, frozen=True):
    """What came in: how many changes, whose, and the files of hers that others' replaced."""

    count: int = 0
    people: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What came in, in words."""
        return f"Took in {times(self.count, 'change')} from the web, by {joined(self.people)}."


def look_elsewhere(repository: Repository) -> Repository:
    """Get what others sent, and return the repository with the branch that is sent to. Raises GitFailed.

    That is the branch of the same name; where there is none and only one other, that.
    """
    git, remote = repository.git, repository.remote
    rows = git("ls-remote", "--heads", remote, seconds=LOOK).text.splitlines()
    branches = {name.removeprefix("refs/heads/"): commit for commit, _, name in (row.partition("\t") for row in rows)}
    others = [name for name in branches if name != PAGES]
    target = repository.target
    if target not in branches and len(others) == 1:
        target = others[0]
    found = replace(repository, target=target)
    wanted = [f"+refs/heads/{name}:refs/remotes/{remote}/{name}" for name in (target, PAGES) if name in branches]
    for name in (target, PAGES):
        if name not in branches and found.commit_of(f"refs/remotes/{remote}/{name}"):
            git("update-ref", "-d", f"refs/remotes/{remote}/{name}")  # it is gone there
    if wanted:
        git("fetch", "--progress", "--no-tags", "--no-recurse-submodules", remote, *wanted, seconds=NETWORK)
    return found


def is_behind(repository: Repository) -> bool:
    """Return whether something lies on the web that is not here."""
    theirs = repository.commit_of(repository.tracking)
    if not theirs:
        return False
    here = repository.commit_of("HEAD")
    return not here or repository.git.ask("merge-base", "--is-ancestor", theirs, "HEAD").code != 0


def base_of(repository: Repository) -> str:
    """Return the last state that is both here and on the web, "" if there is none."""
    theirs = repository.commit_of(repository.tracking)
    if not theirs or not repository.commit_of("HEAD"):
        return ""
    return repository.git.ask("merge-base", theirs, "HEAD").text.split("\n")[0]


def take_in(repository: Repository, keep: str = "") -> Taken:
    """Put what was saved here on top of what lies on the web; `keep` is `mine` or `theirs` where both changed a line.

    Raises NotSent if that cannot be, with everything as it was.
    """
    git, theirs, base = repository.git, repository.commit_of(repository.tracking), base_of(repository)
    coming = f"{base}..{theirs}" if base else theirs
    people = tuple(dict.fromkeys(git("log", "--format=%an", coming).text.splitlines()))
    count = int(git("rev-list", "--count", coming).text)
    before, names = repository.commit_of("HEAD"), _names(repository, base, theirs)
    if in_the_way := sorted(names & _unsaved(repository)):
        what = f"{in_the_way[0]} was changed on the web, and here, where it is not saved"
        hint = "make a copy of your file elsewhere and delete it here, or send it along with --with-drafts"
        raise not_sent("publish-conflict", what, hint)
    if not before:
        git("reset", "--hard", "--quiet", theirs)
        return Taken(count, people)
    mine = {"mine": ["-X", "theirs"], "theirs": ["-X", "ours"]}.get(
        keep, []
    )  # what git calls them is the other way round
    with repository.taking_in():
        try:
            git("rebase", "--quiet", "--autostash", *mine, theirs)
        except GitFailed as error:
            stopped = _is_rebasing(repository)
            if not stopped:
                raise
            while keep and _is_rebasing(repository):
                _choose(repository, keep)
            if keep:
                stopped = False
            if stopped:
                told = _conflict(repository, people)
                git("rebase", "--abort")
                raise (told or error) from None
    replaced = tuple(sorted(names & _names(repository, base, before))) if keep == "theirs" else ()
    return Taken(count, people, keep_copies(repository, before, replaced))


def keep_copies(repository: Repository, state: str, paths: Sequence[str]) -> tuple[str, ...]:
    """Put files as they were in a state where they can be found again, and return the places below the top."""
    kept = []
    for path in paths:
        answer = repository.git.ask("cat-file", "blob", f"{state}:{path}")
        if answer.code == 0:
            place = repository.top / repository.prefix / REPLACED / path.removeprefix(repository.prefix)
            place.parent.mkdir(parents=True, exist_ok=True)
            if place.is_dir():
                shutil.rmtree(place)
            place.write_bytes(answer.out)
            kept.append(f"{repository.prefix}{REPLACED}/{path.removeprefix(repository.prefix)}")
    return tuple(kept)


def _is_rebasing(repository: Repository) -> bool:
    return any((repository.kept / name).exists() for name in ("rebase-merge", "rebase-apply"))


def _names(repository: Repository, before: str, after: str) -> set[str]:
    """Return the paths that differ between two states, of which the first may be ""."""
    before = before or repository.git("mktree").text
    return set(repository.git("diff-tree", "-r", "-z", "--name-only", "--no-renames", before, after).parts)


def _unsaved(repository: Repository) -> set[str]:
    """Return the paths that are not as they were saved last, in all of the repository."""
    out = repository.git("status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames").out
    return {as_text(row[3:]) for row in out.split(b"\0") if row}


def _unmerged(repository: Repository) -> dict[str, dict[str, str]]:
    """Return the files that both changed: of each, by stage, what it is there. 2 is theirs, 3 is hers."""
    found: dict[str, dict[str, str]] = {}
    for row in repository.git("ls-files", "--unmerged", "-z").parts:
        head, _, path = row.partition("\t")
        _, name, stage = head.split()
        found.setdefault(path, {})[stage] = name
    return found


def _choose(repository: Repository, keep: str) -> None:
    """Settle what is left of a conflict, such as a file that one changed and the other deleted, and go on."""
    stage, git = {"mine": "3", "theirs": "2"}[keep], repository.git
    for path, stages in _unmerged(repository).items():
        if stage in stages:
            git("checkout", f"--{'theirs' if keep == 'mine' else 'ours'}", "--", f":(top,literal){path}")
            git("add", "--", f":(top,literal){path}")
        else:
            git("rm", "--quiet", "--force", "--cached", "--", f":(top,literal){path}")
            (repository.top / path).unlink(missing_ok=True)
    step = "--continue" if git("diff", "--cached", "--name-only").out else "--skip"
    git("rebase", step)


def _conflict(repository: Repository, people: Sequence[str]) -> NotSent | None:
    """Return what to tell of files that both changed: whose, which lines, both texts, and what to do."""
    unmerged = _unmerged(repository)
    if not unmerged:
        return None
    who = joined(people) or "somebody"
    more: list[str] = []
    for path, stages in [*unmerged.items()][:_SHOWN]:
        more += _texts(repository, path, stages, who)
    if len(unmerged) > _SHOWN:
        more.append(f"… and {len(unmerged) - _SHOWN} more files")
    more += [
        "To send your lines, write storysite publish --keep mine; to take the others, storysite publish --keep theirs.",
        "To have both, first write both into your file.",
    ]
    first, *others = unmerged
    what = f"{first} was changed here, and on the web by {who}, in the same place"
    if others:
        what = f"{len(unmerged)} files were changed here, and on the web by {who}, in the same places"
    return not_sent("publish-conflict", what, "everything here is as it was; choose what is to be published", more)


def _texts(repository: Repository, path: str, stages: dict[str, str], who: str) -> Iterator[str]:
    """Yield both texts of each place of a file that both changed."""
    yield f"{path}:"
    if "2" not in stages or "3" not in stages:
        here, there = ("changed", "deleted") if "3" in stages else ("deleted", "changed")
        yield f"  {here} here, and {there} by {who}"
        return
    for line, theirs, mine in _places(repository.top / path)[:_SHOWN]:
        yield f"  here, from line {line}:"
        yield from _quoted(mine)
        yield f"  on the web, by {who}:"
        yield from _quoted(theirs)


def _quoted(lines: Sequence[str]) -> Iterator[str]:
    for line in lines[:_SHOWN]:
        yield f"    | {line[:200]}"
    if len(lines) > _SHOWN:
        yield f"    | … and {len(lines) - _SHOWN} more lines"
    if not lines:
        yield "    | (nothing)"


def _places(file: Path) -> list[tuple[int, list[str], list[str]]]:
    """Return of each conflict in a file the line of hers at which it begins, their lines and hers."""
    try:
        lines = file.read_bytes().decode("utf-8", "replace").splitlines()
    except OSError:
        return []
    found: list[tuple[int, list[str], list[str]]] = []
    side, number = "", 1
    for line in lines:
        if line.startswith("<<<<<<< ") and not side:
            side = "theirs"
            found.append((number, [], []))
        elif line == "=======" and side == "theirs":
            side = "mine"
        elif line.startswith(">>>>>>> ") and side == "mine":
            side = ""
        elif side == "theirs":
            found[-1][1].append(line)
        else:
            number += 1
            if side:
                found[-1][2].append(line)
    return found
