"""What stands in the way of sending is one plain sentence each, and nothing is lost."""

import os
import shutil
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from storysite.publish.git import Git, GitFailed, environment_for
from storysite.publish.told import explained, github_of, place_of
from tests.command_line import storysite
from tests.publish.web import Hub, Office, git, serving
from tests.running import Running


class Refusing(NamedTuple):
    """A server on the web that answers everything with one code."""

    code: int

    def answer(self, _: str) -> tuple[int, str, bytes]:
        """Return the code, where it leads to, and the bytes of an address."""
        return self.code, "", b"no"


@contextmanager
def silence() -> Iterator[int]:
    """Give the port of a server that takes every call and never says a word."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        yield listening.getsockname()[1]


def test_what_the_other_side_refuses_is_told_in_its_own_words(office: Office, hub: Hub) -> None:
    """A rule of the repository there; the stories are saved here, and go along as soon as it takes them."""
    office.first()
    hub.refuses("Main is closed on weekends")
    office.folder.post("2026-11-23-owls", id="owls", title="Owls")
    for _ in range(2):
        said = office.publish("--no-wait", code=1)
        assert "did not take it: Main is closed on weekends  [publish-refused]\n" in said
        assert said.endswith("Nothing was published.\n")
    (hub.path / "hooks/pre-receive").unlink()
    office.publish("--no-wait")
    assert hub.commits() == ["Publish: Owls", "Publish: Robots"]
    assert office.unsaved() == []


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (401, "127.0.0.1 did not let you in  [publish-sign-in]"),
        (403, "127.0.0.1 did not let you in  [publish-sign-in]"),
        (
            404,
            "there is no repository at the address that this folder sends to, or you may not see it  [publish-remote]",
        ),
        (503, "127.0.0.1 cannot be reached  [publish-network]"),
    ],
)
def test_what_a_server_answers_is_told_in_one_sentence(office: Office, code: int, sentence: str) -> None:
    """Nothing is asked for on the terminal, and nothing but the sentence and a hint is printed."""
    with serving(Refusing(code)) as address:
        said = office.publish("--remote", f"{address}stories.git", code=1)
    assert f"\n{sentence}\n    hint: " in said
    assert said.endswith("Nothing was published.\n")
    assert "fatal" not in said


def test_no_network_is_told_in_one_sentence(office: Office) -> None:
    """Nobody answers at the address."""
    with silence() as port:
        pass
    said = office.publish("--remote", f"http://127.0.0.1:{port}/stories.git", code=1)
    assert "127.0.0.1 cannot be reached  [publish-network]\n" in said


def test_a_network_that_hangs_is_not_waited_for_for_ever(tmp_path: Path) -> None:
    """The time is up, nothing of git is left running, and that is told."""
    git(tmp_path, "init", "--quiet")
    with silence() as port:
        began = time.monotonic()
        with pytest.raises(GitFailed) as failed:
            Git(tmp_path)("ls-remote", f"git://127.0.0.1:{port}/stories.git", seconds=1)
        assert time.monotonic() - began < 15
    told = explained(failed.value, f"git://127.0.0.1:{port}/stories.git").problems[0]
    assert (told.code, told.what) == (
        "publish-network",
        "127.0.0.1 does not answer: nothing came back for a long time",
    )


def test_there_has_to_be_git(office: Office, tmp_path: Path) -> None:
    """One sentence and one link."""
    said = office.publish(code=1, PATH=str(tmp_path))
    assert "git is not on this computer, and it is what sends your stories  [publish-git]\n" in said
    assert "https://git-scm.com/downloads" in said


def test_what_others_left_unfinished_is_left_to_them(office: Office, hub: Hub) -> None:
    """A merge in the middle, and an old state that is looked at."""
    office.first()
    office.git("checkout", "--quiet", "--detach")
    assert "git shows an old state of this folder" in office.publish(code=1)
    office.git("switch", "--quiet", "main")
    (office.path / ".git/MERGE_HEAD").write_text(office.git("rev-parse", "HEAD"), "utf-8")
    assert "somebody began something in this folder with git (a merge)" in office.publish(code=1)
    (office.path / ".git/MERGE_HEAD").unlink()
    (office.path / ".git/index.lock").write_bytes(b"")
    office.folder.post("2026-11-23-owls", id="owls", title="Owls")
    office.publish("--no-wait")  # it has a list of files of its own
    assert hub.commits()[0] == "Publish: Owls"


def test_a_repository_in_the_folder_is_told_of(office: Office) -> None:
    """Its files would not go along, and the site would miss them."""
    git(office.path, "init", "--quiet", "themes/ours")
    office.folder.write("themes/ours/theme.yaml", "name: ours\n")
    said = office.publish(code=1)
    assert "themes/ours/ is a repository of its own, so what is in it would not go along  [publish-unfinished]" in said


def test_a_check_of_the_folder_that_refuses_is_told_in_its_own_words(office: Office) -> None:
    """Somebody's hook; nothing is saved."""
    office.first()
    hook = office.path / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'No owls please' >&2\nexit 1\n", "utf-8")
    hook.chmod(0o755)
    office.folder.post("2026-11-23-owls", id="owls", title="Owls")
    said = office.publish(code=1)
    assert "a check that runs before anything is saved in this folder refused  [publish-refused]" in said
    assert "\nNo owls please\n" in said
    assert office.unsaved() == ["?? content/posts/2026-11-23-owls.md"]


def test_an_address_that_is_none_is_refused(office: Office) -> None:
    """What begins with a dash would be an option of git's."""
    said = office.publish("--remote=--upload-pack=touch /tmp/x", code=1)
    assert "is no address of a repository  [publish-remote]" in said


def test_the_settings_of_another_repository_are_not_listened_to() -> None:
    """As in a hook of git, which tells its own."""
    given = {
        "GIT_DIR": "/elsewhere",
        "GIT_INDEX_FILE": "x",
        "PATH": "/bin",
        "GIT_SSH_COMMAND": "ssh -v",
        "LC_ALL": "de_DE",
    }
    made = environment_for(given)
    assert "GIT_DIR" not in made
    assert "GIT_INDEX_FILE" not in made
    assert (made["GIT_SSH_COMMAND"], made["LC_ALL"], made["GIT_TERMINAL_PROMPT"]) == ("ssh -v", "C", "0")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_leaves_what_the_next_time_puts_in_order(office: Office, hub: Hub, how: signal.Signals) -> None:
    """While the other side does not answer, after the story was saved."""
    office.first()
    hook = hub.path / "hooks/pre-receive"
    hook.write_text(f"#!/bin/sh\ntouch {hub.above}/asked\nsleep 60\n", "utf-8")
    hook.chmod(0o755)
    office.folder.post("2026-11-23-owls", id="owls", title="Owls")
    environment = {"HOME": str(office.path.parent / "home")}
    with Running(office.path, "publish", "--no-wait", **environment) as running:
        end = time.monotonic() + 30
        while not (hub.above / "asked").exists():
            assert time.monotonic() < end
            time.sleep(0.02)
        assert running.stop(how) == 128 + how
    assert "Traceback" not in "".join(running.said)
    hook.unlink()
    office.folder.post("2026-11-24-cats", id="cats", title="Cats")
    office.publish("--no-wait")
    assert hub.commits() == ["Publish: Cats and 1 more", "Publish: Robots"]
    assert office.unsaved() == []


@pytest.mark.long
@pytest.mark.skipif(os.name == "nt", reason="the stand-in for git is a script of a shell")
def test_a_publish_that_is_killed_at_any_step_loses_nothing(tmp_path: Path) -> None:
    """After each call that changes anything: the next one sends what is to be sent, takes in what is there, and is done."""
    first = tmp_path / "first"
    first.mkdir()
    hub = Hub(first / "web")
    office = Office(first / "office", hub, workflow=False)
    office.first()
    hub.edit("content/posts/2026-11-21-cats.md", "---\nid: cats\ntitle: Cats\n---\n\nCats.\n")
    office.folder.post("2026-11-20-robots", "Robots left.", id="robots", title="Robots")
    office.folder.post("2026-11-23-owls", "Owls.", id="owls", title="Owls")
    office.folder.post("2026-11-24-dogs", "Dogs.", id="dogs", title="Dogs", draft="true")
    real, step = shutil.which("git"), 0
    while True:
        step += 1
        place = tmp_path / str(step)
        shutil.copytree(first, place)
        hub.path = place / "web/hub.git"
        office.path = place / "office/our-stories"
        office.git("remote", "set-url", "origin", str(hub.path))
        tools = place / "bin"
        tools.mkdir()
        (tools / "git").write_text(
            f"""#!/bin/sh
case " $* " in
  *" commit "*|*-index*|*-tree*|*" fetch "*|*" rebase "*|*-import*|*" push "*|*-ref*) echo x >> {tools}/count ;;
  *) exec {real} "$@" ;;
esac
if [ "$(wc -l < {tools}/count)" -eq {step} ]; then {real} "$@"; kill -9 $PPID; exit 0; fi
exec {real} "$@"
""",
            "utf-8",
        )
        (tools / "git").chmod(0o755)
        killed = storysite(office.path, "publish", "--no-wait", PATH=f"{tools}{os.pathsep}{os.environ['PATH']}")
        if killed.returncode == 0:
            break
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        office.publish("--no-wait")
        assert {"content/posts/2026-11-21-cats.md", "content/posts/2026-11-23-owls.md"} <= hub.names(), step
        assert "Robots left." in hub.text("content/posts/2026-11-20-robots.md")
        assert {"2026/11/cats/index.html", "2026/11/owls/index.html"} <= hub.names("gh-pages"), step
        assert office.unsaved() == ["?? content/posts/2026-11-24-dogs.md"], step
        assert "Dogs." not in git(hub.path, "log", "-p", "--all"), step
    assert step > 8


def test_a_publish_that_was_killed_in_the_midst_of_taking_in_is_put_in_order(office: Office, hub: Hub) -> None:
    """What is half done is undone, because it is known to be ours."""
    office.first()
    hub.edit("content/posts/2026-11-20-robots.md", "---\nid: robots\ntitle: Robots\n---\n\nNine.\n")
    office.folder.post("2026-11-20-robots", "Ten.", id="robots", title="Robots")
    office.publish(code=1)
    office.git("fetch", "--quiet", "origin")
    assert os.system(f"cd {office.path} && git rebase -q origin/main >/dev/null 2>&1") != 0
    (office.path / ".git/storysite/taking-in").write_bytes(b"")
    office.publish("--no-wait", "--keep", "mine")
    assert "Ten." in hub.text("content/posts/2026-11-20-robots.md")


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://github.com/our-school/stories", ("our-school", "stories")),
        ("https://ana:secret@github.com/our-school/stories.git", ("our-school", "stories")),
        ("git@github.com:our-school/my.stories.git", ("our-school", "my.stories")),
        ("ssh://git@github.com/our-school/stories.git/", ("our-school", "stories")),
        ("https://github.com.evil.example/our-school/stories", None),
        ("https://gitlab.com/our-school/stories", None),
        ("/srv/github.com/our-school/stories", None),
        ("C:/github.com/stories", None),
    ],
)
def test_what_an_address_is_called(address: str, found: tuple[str, str] | None) -> None:
    """Owner and name on GitHub; no password is ever printed."""
    github = github_of(address)
    assert (github and (github.owner, github.name)) == found
    assert "secret" not in place_of(address)
    if found:
        assert place_of(address) == "GitHub"


SAID = {
    "publish-sign-in": [
        "remote: Support for password authentication was removed on August 13, 2021.\nfatal: Authentication failed for 'x'",
        "git@github.com: Permission denied (publickey).\nfatal: Could not read from remote repository.",
        "fatal: could not read Username for 'https://github.com': terminal prompts disabled",
        "remote: Permission to our-school/stories.git denied to ana.\nfatal: unable to access 'x': The requested URL returned error: 403",
        "Host key verification failed.\nfatal: Could not read from remote repository.",
        " ! [remote rejected] main -> main (refusing to allow an OAuth App to create or update workflow `.github/workflows/publish.yml` without `workflow` scope)",
        "remote: The 'our-school' organization has enabled or enforced SAML SSO.",
    ],
    "publish-refused": [
        "remote: error: GH006: Protected branch update failed for refs/heads/main.\n ! [remote rejected] main -> main (protected branch hook declined)",
        "remote: error: GH007: Your push would publish a private email address.\n ! [remote rejected] main -> main (push declined due to email privacy restrictions)",
        "remote: error: GH001: Large files detected.\nremote: error: File film.mov is 180.00 MB; this exceeds GitHub's file size limit of 100.00 MB\n ! [remote rejected] main -> main (pre-receive hook declined)",
    ],
    "publish-network": [
        "fatal: unable to access 'https://github.com/x/': Could not resolve host: github.com",
        "fatal: unable to access 'https://github.com/x/': SSL certificate problem: self-signed certificate in certificate chain",
        "fatal: unable to access 'https://github.com/x/': Received HTTP code 407 from proxy after CONNECT",
        "ssh: connect to host github.com port 22: Connection timed out\nfatal: Could not read from remote repository.",
        "error: RPC failed; curl 56 OpenSSL SSL_read: Connection was reset\nfatal: the remote end hung up unexpectedly",
        "fatal: unable to access 'x': Operation too slow. Less than 200 bytes/sec transferred the last 40 seconds",
    ],
    "publish-remote": [
        "remote: Repository not found.\nfatal: repository 'https://github.com/our-school/storys.git/' not found",
        "ERROR: Repository not found.\nfatal: Could not read from remote repository.",
        "fatal: '/mnt/stick/hub.git' does not appear to be a git repository\nfatal: Could not read from remote repository.",
    ],
    "publish-git": [
        "git-lfs filter-process: git-lfs: command not found\nfatal: the remote end hung up",
        "fatal: detected dubious ownership in repository at 'C:/stories'",
        "fatal: write error: No space left on device",
        "error: gpg failed to sign the data\nfatal: failed to write commit object",
        "fatal: something that nobody has ever seen",
    ],
    "publish-unfinished": ["fatal: Unable to create '/x/.git/index.lock': File exists.\n\nAnother git process seems to be running"],
}  # fmt: skip


@pytest.mark.parametrize(("code", "said"), [(code, said) for code, all_said in SAID.items() for said in all_said])
def test_what_git_says_is_told_in_plain_words(code: str, said: str) -> None:
    """What GitHub and git print on such an occasion, each with the sentence of its kind."""
    problem = explained(GitFailed(("push",), said), "https://github.com/our-school/stories.git").problems[0]
    assert problem.code == code
    assert problem.hint
    if "nobody has ever seen" not in said:
        assert not {"fatal", "remote:", "push", "commit", "branch", "rebase"} & set(problem.what.lower().split())
