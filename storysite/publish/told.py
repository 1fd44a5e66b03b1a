"""What keeps a story from being sent, in one sentence each, with the one link or command that helps."""

import re
from collections.abc import Sequence

from storysite.errors import StorysiteError
from storysite.problems import Problem
from storysite.publish.git import GitFailed
from storysite.starter.remote import HOST, Remote, remote_of

NEW = "https://github.com/new"
TOKENS = "https://github.com/settings/tokens"
EMAILS = "https://github.com/settings/emails"


_HOST = re.compile(r"[a-z+]+://(?:[^@/]*@)?([^/:]+)|(?:[^@/\\]+@)([\w.-]+):", re.IGNORECASE)

_PROGRESS = re.compile(r"(Enumerating|Counting|Compressing|Resolving|Writing|Total|Unpacking)\b")


class NotSent(StorysiteError):
    """Something keeps the site from being sent; `more` is what else is to be read, line by line."""

    def __init__(self, problem: Problem, more: Sequence[str] = ()) -> None:
        super().__init__(problem)
        self.more = tuple(more)


def not_sent(code: str, what: str, hint: str = "", more: Sequence[str] = ()) -> NotSent:
    """Return what to raise when something cannot be sent."""
    return NotSent(Problem.of(code, what, hint), more)


def explained(error: GitFailed, address: str = "") -> NotSent:
    """Return what git's failure means to somebody who does not know git."""
    where = place_of(address)
    if error.late:
        what = f"{where} does not answer: nothing came back for a long time"
        return not_sent("publish-network", what, "check the connection to the internet, and try again later")
    said = error.said.lower()
    for pattern, code, what, hint in _MEANINGS:
        if re.search(pattern, said):
            return not_sent(code, what.format(where=where), hint)
    words = _remote_words(error.said)
    if re.search(r"pre-receive hook declined|remote rejected|push declined|protected branch", said):
        what = f"{where} did not take it" + (f": {words}" if words else "")
        return not_sent("publish-refused", what, "ask whoever looks after the repository there to let you send to it")
    return not_sent("publish-git", f"git cannot go on: {error.last_line}", "ask for help with this sentence")


def place_of(address: str) -> str:
    """Return what to call the place that things are sent to: the name of its host, without any password."""
    if github_of(address):
        return "GitHub"
    match = _HOST.match(address)
    return match[1] or match[2] if match else "the place that it is sent to"


def github_of(address: str) -> Remote | None:
    """Return the repository on GitHub that an address names, None if it is another's."""
    found = remote_of(address)
    return found if found and found.host == HOST else None


def _remote_words(said: str) -> str:
    """Return what the other side says for itself, in one line."""
    lines = [line.removeprefix("remote:").strip() for line in said.splitlines() if line.startswith("remote:")]
    told = [re.sub(r"^error:\s*", "", line) for line in lines if re.search(r"\w", line) and not _PROGRESS.match(line)]
    return " ".join(told)[:200]


_MEANINGS = (
    (
        r"without `?workflows?`? (scope|permission)",
        "publish-sign-in",
        "{where} does not let this computer change the file that publishes the site",
        f"add the scope “workflow” to the token: {TOKENS}",
    ),
    (
        r"gh007|private email",
        "publish-refused",
        "GitHub would show everybody your e-mail address, and you asked it not to",
        f"copy the noreply address from {EMAILS}, then type: git config user.email and that address",
    ),
    (
        r"gh001|exceeds github's file size limit|larger than \d+(\.\d+)? mb",
        "publish-refused",
        "GitHub takes no file of more than 100 MB",
        "move the large file out of the folder of the site: films are better linked to than sent along",
    ),
    (
        r"gh006|gh013|protected branch|repository rule violations",
        "publish-refused",
        "{where} is set to take changes of this site only after somebody has looked at them",
        "ask whoever looks after the repository to let you send to it: Settings, then Rules or Branches",
    ),
    (
        r"host key verification failed",
        "publish-sign-in",
        "this computer does not know {where} yet",
        "type once: ssh -T git@github.com, compare what it shows, and answer yes",
    ),
    (
        r"authentication failed|could not read (username|password)|prompts disabled|invalid (username|credentials)"
        r"|permission denied \(|access denied|error: 40[13]|permission to .* denied|password authentication was removed"
        r"|write access to repository not granted|sso|logon failed",
        "publish-sign-in",
        "{where} did not let you in",
        "sign in again, the easiest way is GitHub Desktop: https://desktop.github.com",
    ),
    (
        r"ssl certificate|certificate verify|ssl_connect|schannel|server certificate",
        "publish-network",
        "something between this computer and {where} reads along, as filters of school districts do",
        "ask your school's technology office to let git through, or to install their certificate for it",
    ),
    (
        r"code 407|proxy",
        "publish-network",
        "the proxy of this network lets nothing through to {where}",
        "ask your school's technology office for the address of the proxy, and set HTTPS_PROXY to it",
    ),
    (
        r"repository not found|not appear to be a git repository|error: 404|repository .* (not found|does not exist)"
        r"|no such (remote|repository)|project you were looking for could not be found",
        "publish-remote",
        "there is no repository at the address that this folder sends to, or you may not see it",
        "check the address on the web, then run: storysite publish --remote ADDRESS",
    ),
    (
        r"could not resolve|failed to connect|connection (refused|timed out|reset|closed)|network is unreachable"
        r"|no route to host|operation timed out|couldn't connect|unable to connect|early eof|hung up unexpectedly"
        r"|unable to look up|temporary failure|operation too slow|rpc failed|unable to access",
        "publish-network",
        "{where} cannot be reached",
        "check the connection to the internet, and try again later",
    ),
    (
        r"lfs",
        "publish-git",
        "large files of this folder are kept with Git LFS, and that did not work",
        "install it from https://git-lfs.com, then try again",
    ),
    (
        r"dubious ownership",
        "publish-git",
        "this folder belongs to somebody else on this computer, so git does not touch it",
        "work in a folder of your own, or type what git proposes: git config --global --add safe.directory FOLDER",
    ),
    (
        r"index\.lock|unable to create .*\.lock|cannot lock ref|another git process",
        "publish-unfinished",
        "another program is working in this folder with git, or was stopped while it was",
        "close other programs and try again; if it stays like this, restart the computer and delete .git/index.lock",
    ),
    (
        r"no space left|disk quota",
        "publish-git",
        "the disk is full",
        "make room, and try again",
    ),
    (
        r"gpg failed|failed to sign|failed to write commit object",
        "publish-git",
        "git is told to sign what it saves, and cannot",
        "unlock your key, or type: git config commit.gpgsign false",
    ),
    (
        r"not a valid object|bad object|object file .* is empty|corrupt|loose object",
        "publish-git",
        "what git keeps in this folder is damaged; your stories are not",
        "ask for help; a fresh copy of the repository and your content folder are all that is needed",
    ),
)
