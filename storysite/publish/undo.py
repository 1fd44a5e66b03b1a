"""Takes back the last thing that was published: the site is as it was before, and so are the files here."""

from msgspec import Struct

from storysite.publish.git import GitFailed
from storysite.publish.site_repository import Repository
from storysite.publish.take_in import keep_copies
from storysite.publish.told import not_sent
from storysite.publish.words import TRAILER, UNDONE


class Undone(Struct, frozen=True):
    """What was taken back: its state and that before, the first line of its message, and where its files are kept."""

    commit: str
    before: str
    subject: str
    kept: tuple[str, ...] = ()

    @property
    def message(self) -> str:
        """What is kept with it."""
        return f"Take back: {self.subject}\n\n{UNDONE}: {self.commit}\n"


def last_published(repository: Repository) -> Undone:
    """Return what would be taken back. Raises NotSent if there is nothing, or nothing before it."""
    git = repository.git
    trailers = (
        f"%(trailers:key={TRAILER},valueonly,separator=%x2C)%x00%(trailers:key={UNDONE},valueonly,separator=%x2C)"
    )
    form = f"--format=%H%x00%P%x00%s%x00{trailers}%x1e"
    rows = git("log", "-500", form, "HEAD").text if repository.commit_of("HEAD") else ""
    taken_back: set[str] = set()
    for row in rows.split("\x1e"):
        commit, parents, subject, ours, undone = [*row.strip("\n").split("\0"), "", "", "", "", ""][:5]
        taken_back.update(undone.split(","))
        if not ours or commit in taken_back:
            continue
        if not parents or " " in parents:
            what = "what was published last is the whole site, and there is nothing before it"
            hint = "to take the site off the web, open the repository on GitHub: Settings, Pages, Unpublish site"
            raise not_sent("publish-undo", what, hint)
        return Undone(commit, parents, subject)
    raise not_sent(
        "publish-undo",
        "nothing was published from here that could be taken back",
        "what was sent in another way can only be taken back in that way",
    )


def take_back(repository: Repository, wanted: Undone) -> Undone:
    """Undo a state in the files here and save that; what it takes away is kept aside. Raises NotSent if it cannot."""
    git = repository.git
    touched = set(git("diff-tree", "-r", "-z", "--name-only", "--no-renames", wanted.before, wanted.commit).parts)
    unsaved = {row[3:] for row in git("status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames").parts}
    if both := sorted(touched & unsaved):
        what = f"{both[0]} was changed again since, and that would be lost"
        hint = "publish it first, or put a copy of it elsewhere and undo your change"
        raise not_sent("publish-undo", what, hint)
    here = repository.commit_of("HEAD")
    with repository.taking_in():
        try:
            git("revert", "--no-edit", wanted.commit)
        except GitFailed:
            git.ask("revert", "--abort")
            what = f"“{wanted.subject}” cannot be taken back: the same lines were changed again later"
            raise not_sent("publish-undo", what, "change the stories by hand, and publish them") from None
        told = wanted.message.encode("utf-8", "replace")
        git("commit", "--quiet", "--amend", "--allow-empty", "--cleanup=verbatim", "--no-verify", "--file=-", told=told)
    kept = keep_copies(repository, here, sorted(touched))
    return Undone(wanted.commit, wanted.before, wanted.subject, kept)


def put_again(repository: Repository, before: str) -> None:
    """Have the files here as they were before something was taken back."""
    repository.git("reset", "--keep", "--quiet", before)
