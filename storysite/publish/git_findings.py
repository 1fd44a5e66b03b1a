"""What is to be said of the state that git is in, and of where it sends the site."""

from collections.abc import Iterator

from storysite.problems import times
from storysite.publish.finding import Finding, Level, fine, guide
from storysite.publish.git_state import GitState
from storysite.starter.hooks import HOOKS
from storysite.starter.remote import HOST, Remote, has_secret

HOOK = f"{HOOKS}/pre-commit"
"""The script that git starts before each commit, by its path below the site's folder."""
_PUBLISH = "Run storysite publish when you are done."
RECOMMENDED = 1_000_000_000
"""Bytes that GitHub recommends for all versions of all files."""
_GET_GIT = "https://git-scm.com/downloads"
_NEW_REPOSITORY = "https://github.com/new"
_ABOUT_OWNERS = "https://git-scm.com/docs/git-config#Documentation/git-config.txt-safedirectory"
_ABOUT_SIZE = "https://docs.github.com/en/repositories/creating-and-managing-repositories/repository-limits"
_ABOUT_SECRETS = "https://github.com/settings/tokens"


def git_findings(git: GitState) -> Iterator[Finding]:
    """Yield what is to be said of the repository on this computer."""
    if not git.version:
        what = "git is not installed, so nothing can be sent to GitHub from this computer."
        yield Finding(Level.KNOW, "git", what, "Install git, or upload your posts on the GitHub website.", _GET_GIT)
    elif git.trouble:
        yield from _troubles(git)
    elif not git.top:
        what = "This folder is no repository, so nothing keeps its versions or sends it anywhere."
        fix = "Run storysite publish, which begins one and says what else it needs."
        yield Finding(Level.KNOW, "git", what, fix, guide("getting-started"))
    else:
        found = [*_unfinished(git), *_unsent(git), *_kept(git)]
        yield from found
        if not any(finding.subject == "git" for finding in found):
            yield fine("git", "Nothing waits to be saved or sent.")


def hook_findings(git: GitState, *, has_hook: bool) -> Iterator[Finding]:
    """Yield what is to be said of the look at photos before each commit, for which the site may have a hook."""
    if not has_hook or not git.top or git.trouble or git.hooks not in ("", HOOKS):
        return
    if git.hooks:
        yield fine("Photos", "Photos are looked at before each commit.")
    else:
        what = "git does not look at photos before each commit here, so one may go out that tells where it was taken."
        fix = "storysite doctor --fix switches that on, unless you have hooks of your own."
        yield Finding(Level.KNOW, "Photos", what, fix, guide("commands"))


def remote_findings(git: GitState, repository: Remote | None, *, is_built: bool = False) -> Iterator[Finding]:
    """Yield what is to be said of the place that the repository is sent to.

    `is_built` says whether a workflow at its top builds the site.
    """
    if not git.top or git.trouble:
        return
    if not git.remote:
        what = "The repository has no remote, which is the place on GitHub that it is sent to."
        fix = "Make an empty repository on GitHub, then run storysite publish --remote with its address."
        yield Finding(Level.KNOW, "GitHub", what, fix, _NEW_REPOSITORY)
        return
    if has_secret(git.remote):
        what = (
            "The address of the remote has a password or a token in it, and anybody who copies this folder has it too."
        )
        fix = "Delete that token on GitHub, then git remote set-url origin with the plain address."
        yield Finding(Level.WRONG, "GitHub", what, fix, _ABOUT_SECRETS)
    if repository is None:
        what = "The remote is not on GitHub or another host on the web, so nothing is published from there by itself."
        yield Finding(Level.KNOW, "GitHub", what, "Copy _site to a web server.", guide("getting-started"))
    elif repository.host != HOST:
        what = "The remote is on another host than github.com, so this says nothing of how the site is published there."
        fix = "Look at the pages of that host for what it needs."
        yield Finding(Level.KNOW, "GitHub", what, fix, repository.page, (repository.host,))
    else:
        yield fine("GitHub", "The repository is on GitHub.")
    if git.below and not is_built:
        what = (
            "The site is in a folder within the repository, and GitHub looks for workflows only at its top, so those "
            "of the site do not run."
        )
        fix = "Move the site to the top of a repository of its own, or name its folder in a workflow at the top."
        yield Finding(Level.WRONG, "GitHub", what, fix, guide("getting-started"), (f"folder: {git.below}",))


def _troubles(git: GitState) -> Iterator[Finding]:
    if git.trouble == "slow":
        what = "git does not answer, so nothing is known of the repository; a network drive or a program may hold it."
        yield Finding(Level.WRONG, "git", what, "Try again; if it stays so, copy the folder to a local disk.", _GET_GIT)
    elif git.trouble == "owner":
        what = "The folder belongs to another user of this computer, so git does nothing in it."
        fix = (
            "Copy the folder to one of your own, or let git trust it: git config --global --add safe.directory FOLDER."
        )
        yield Finding(Level.WRONG, "git", what, fix, _ABOUT_OWNERS)
    else:
        what = "The repository is damaged: git cannot read what is in the folder .git."
        fix = "Clone the repository anew from GitHub, and copy the posts that are not there yet into it."
        yield Finding(Level.WRONG, "git", what, fix, guide("getting-started"))


def _unfinished(git: GitState) -> Iterator[Finding]:
    if git.doing or git.conflicts:
        doing = git.doing or "merge"
        what = f"A {doing} was begun and is not finished, so nothing new can be sent until it is."
        if git.conflicts:
            files = times(git.conflicts, "file")
            what = f"A {doing} waits for you: {files} changed here and on GitHub in the same lines."
        fix = (
            f"Choose what stays in each file, then git add and git {doing} --continue; or give up: git {doing} --abort."
        )
        if doing == "bisect":
            fix = "End it: git bisect reset."
        yield Finding(Level.WRONG, "git", what, fix, guide("getting-started"))
    elif not git.branch:
        what = "No branch is checked out (a “detached HEAD”), so what you commit is on no branch and is not sent."
        yield Finding(Level.WRONG, "git", what, "Go back to your branch: git switch main.", guide("getting-started"))
    if not git.has_author:
        what = "git does not know who you are; storysite publish then uses the author in the settings."
        fix = "To use another name, tell it once: git config --global user.name and git config --global user.email."
        yield Finding(Level.KNOW, "git", what, fix, guide("getting-started"))


def _unsent(git: GitState) -> Iterator[Finding]:
    steps = guide("commands")
    if git.is_empty:
        yield Finding(Level.KNOW, "git", "Nothing was saved in the repository yet.", _PUBLISH, steps)
        return
    if git.changed:
        have = "has" if git.changed == 1 else "have"
        what = f"{times(git.changed, 'file')} {have} changes that were not saved and sent."
        yield Finding(Level.KNOW, "git", what, _PUBLISH, steps)
    if git.remote and git.behind:
        what = f"The web has {times(git.behind, 'saved change')} that this computer has not."
        yield Finding(Level.KNOW, "git", what, "Take them in before you go on: git pull --rebase.", steps)
    if git.remote and git.ahead:
        were = "was" if git.ahead == 1 else "were"
        what = f"This computer has {times(git.ahead, 'saved change')} that {were} not sent."
        yield Finding(Level.KNOW, "git", what, _PUBLISH, steps)


def _kept(git: GitState) -> Iterator[Finding]:
    if git.kept:
        what = "git keeps folders that storysite makes anew, so each build is one more change to commit."
        fix = f"Run git rm -r --cached {' '.join(git.kept)}, which deletes no file here, then commit."
        yield Finding(Level.KNOW, "Repository", what, fix, guide("commands"), git.kept)
    if git.packed > RECOMMENDED:
        what = f"All versions of all files together are {git.packed / 1e9:.1f} GB, and GitHub recommends at most 1 GB."
        fix = "Add photos with storysite photos add, which makes them smaller."
        yield Finding(Level.KNOW, "Repository", what, fix, _ABOUT_SIZE)
