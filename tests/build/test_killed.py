"""A build that is told to end, or is killed, leaves no process and no half-made file; what cannot be had is done without."""

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from storysite.output.folder import STAGING
from tests.command_line import ROOT, SETTINGS
from tests.folder import Folder, tree
from tests.running import Running, until

pytestmark = [pytest.mark.process, pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")]
SLOW = "{% for a in range(300) %}{% for b in range(300) %}{% endfor %}{% endfor %}"
"""What a page takes some tenths of a second for."""


@pytest.fixture
def archive(folder: Folder) -> Folder:
    """Return a site of many stories whose pages take long to make."""
    folder.write("storysite.yml", SETTINGS)
    folder.write("templates/post.html", SLOW + "{{ post | html }}")
    for number in range(260):
        day = f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}"
        folder.post(f"{day}-story-{number}", f"Text {number}.", title=f"Story {number}", id=f"s{number}")
    return folder


def processes(site: Path) -> dict[int, str]:
    """Return the processes whose folder is the site's."""
    found = {}
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if (place / "cwd").readlink() == site.resolve() and (place / "stat").read_text().split(")")[1][1] != "Z":
                found[int(place.name)] = (place / "cmdline").read_text().replace("\0", " ")
    return found


def is_at_work(folder: Folder) -> bool:
    """Return whether pages are being made."""
    staging = folder.site / STAGING
    return staging.exists() and len(list(staging.iterdir())) > 5 and len(processes(folder.path)) >= 3


def temporary(folder: Folder) -> set[Path]:
    """Return all that is left of the work on an output."""
    return {*folder.site.rglob(".storysite-staging"), *folder.path.rglob("*~")}


@pytest.mark.parametrize("group", [False, True], ids=["one", "all"])
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_build_that_is_told_to_end_leaves_nothing(archive: Folder, how: signal.Signals, group: bool) -> None:
    """Whether one process is told, as by `kill`, or all of them, as by a terminal that is closed."""
    with Running(archive.path, "build", "--jobs", "2") as running:
        until(lambda: is_at_work(archive), "work")
        began = time.monotonic()
        (os.killpg if group else os.kill)(running.process.pid, how)
        code = running.process.wait(10)
        assert time.monotonic() - began < 3
    assert code == 128 + how
    assert processes(archive.path) == {}
    assert temporary(archive) == set()
    assert "Traceback" not in "".join(running.said)
    assert [line for line in running.said if line.strip()] == ([] if how == signal.SIGHUP else ["Stopped.\n"])


@pytest.mark.parametrize("command", ["watch", "serve --port 8941"])
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("moment", ["at work", "waiting"])
def test_what_runs_on_is_ended_the_same_way(folder: Folder, command: str, how: signal.Signals, moment: str) -> None:
    """While pages are made and while nothing is to be done."""
    folder.write("storysite.yml", SETTINGS)
    for number in range(300 if moment == "at work" else 1):
        folder.post(f"2025-01-02-story-{number}", "Text. " * 400, title=f"Story {number}", id=f"s{number}")
    with Running(folder.path, *command.split()) as running:
        if moment == "waiting":
            running.line("first build")
        else:
            until(lambda: len(processes(folder.path)) >= 3, "work")
        os.kill(running.process.pid, how)
        assert running.process.wait(10) == 128 + how
    assert processes(folder.path) == {}
    assert temporary(folder) == set()
    assert "Traceback" not in "".join(running.said)


def test_a_signal_that_nohup_keeps_away_is_not_heard(archive: Folder) -> None:
    """A build below `nohup` goes on when the terminal is closed."""
    for file in list((archive.path / "content/posts").glob("*"))[:120]:
        file.unlink()
    command = ["nohup", sys.executable, "-m", "storysite", "build", "--jobs", "2"]
    variables = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        command, cwd=archive.path, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    until(lambda: is_at_work(archive), "work")
    process.send_signal(signal.SIGHUP)
    assert process.wait(60) == 0


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_helpers_end_when_who_started_them_is_killed(archive: Folder, tmp_path: Path, start: str) -> None:
    """Nobody waits for them any more; the next build clears what they made."""
    code = f"import pathlib; from tests.folder import Folder; Folder(pathlib.Path('.')).build(jobs=3, start={start!r})"
    variables = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, "-c", code], cwd=archive.path, env=variables) as process:
        until(lambda: is_at_work(archive), "work")
        process.kill()
    began = time.monotonic()
    until(lambda: processes(archive.path) == {}, "the end of the helpers")
    assert time.monotonic() - began < 5
    archive.write("templates/post.html", "{{ post | html }}")
    archive.build()
    assert temporary(archive) == set()
    assert tree(archive.site) == archive.clean(tmp_path / "clean")


def test_a_killed_search_leaves_nothing_in_the_folder_for_temporary_files(folder: Folder, tmp_path: Path) -> None:
    """What it had made so far lies in the output, where the next build clears it."""
    folder.write("storysite.yml", SETTINGS)
    for number in range(200):
        folder.post(f"2025-01-02-story-{number}", f"Text {number}. " * 50, title=f"Story {number}", id=f"s{number}")
    elsewhere = tmp_path / "temporary"
    elsewhere.mkdir()
    with Running(folder.path, "build", TMPDIR=str(elsewhere)) as running:
        until(
            lambda: (
                any("pagefind" in line for line in processes(folder.path).values())
                or any((folder.site / STAGING).glob("step/*"))
            ),
            "a search",
        )
        os.kill(running.process.pid, signal.SIGKILL)
        running.process.wait()
    assert [each.name for each in elsewhere.iterdir() if each.name.startswith("storysite")] == []
    until(lambda: not any("pagefind" in line for line in processes(folder.site).values()))
    with Running(folder.path, "build", TMPDIR=str(elsewhere)) as running:
        assert running.process.wait(60) == 0
    assert temporary(folder) == set()
    assert (folder.site / "pagefind/pagefind-entry.json").exists()


def test_a_helper_that_is_killed_names_what_it_had_in_hand(archive: Folder) -> None:
    """As when memory ran out over one text: one sentence, and the name of the file."""
    with Running(archive.path, "build", "--jobs", "2") as running:
        until(lambda: is_at_work(archive), "work")
        helpers = [each for each in processes(archive.path) if each != running.process.pid]
        os.kill(max(helpers), signal.SIGKILL)
        assert running.process.wait(20) == 1
    said = "".join(running.said)
    assert "a helper process of the build was killed while it worked on content/posts/2025-" in said
    assert said.count(".md") == 1
    assert "Traceback" not in said
    assert processes(archive.path) == {}
    assert temporary(archive) == set()


NO = {
    "semaphores": "import _multiprocessing\nclass No:\n    SEM_VALUE_MAX = 1\n    def __init__(self, *_): raise OSError(38, 'Function not implemented')\n_multiprocessing.SemLock = No",
    "memory to share": "import tempfile, multiprocessing.heap as h\ndef no(*_): raise FileNotFoundError(2, 'No such file')\nh.Arena.__init__ = no",
    "forks": "import os\ndef no(): raise BlockingIOError(11, 'Resource temporarily unavailable')\nos.fork = no",
    "a second fork": "import os\nforks, fork = [], os.fork\ndef no():\n    forks.append(1)\n    if len(forks) > 1: raise BlockingIOError(11, 'Resource temporarily unavailable')\n    return fork()\nos.fork = no",
    "threads": 'import threading\ndef no(*_): raise RuntimeError("can\'t start new thread")\nthreading.Thread.start = no',
    "a module": "import sys\nsys.modules['_multiprocessing'] = None",
}
"""Systems on which something is missing, as Python finds it."""


@pytest.mark.parametrize("what", NO)
def test_where_there_can_be_no_helpers_one_process_does_all(archive: Folder, tmp_path: Path, what: str) -> None:
    """The site is the same, and a note says why it takes longer."""
    archive.write("templates/post.html", "{{ post | html }}")
    (tmp_path / "without").mkdir()
    (tmp_path / "without/sitecustomize.py").write_text(NO[what], "utf-8")
    variables = {"PYTHONPATH": f"{tmp_path / 'without'}{os.pathsep}{ROOT}"}
    archive.write("storysite.yml", SETTINGS + "search: no\n")
    with Running(archive.path, "build", "--jobs", "2", **variables) as running:
        code = running.process.wait(60)
    said = "".join(running.said)
    assert code == 0, said
    assert said.count("[one-process]") == 1, said
    assert "Traceback" not in said
    assert processes(archive.path) == {}


@pytest.mark.skipif(os.geteuid() != 0, reason="only who may be everybody can be nobody")
@pytest.mark.parametrize("more", range(6))
def test_a_user_who_may_have_few_processes_builds_all_the_same(archive: Folder, more: int) -> None:
    """`ulimit -u`, at each number from none to enough; threads count."""
    user = 54_000 + os.getpid() % 1_000 * 6 + more  # whose processes are counted, also those of a test beside this one
    archive.write("templates/post.html", "{{ post | html }}")
    archive.write("storysite.yml", SETTINGS + "search: no\n")
    site = Path(shutil.copytree(archive.path, Path("/tmp") / f"storysite-test-{os.getpid()}" / "site"))
    try:
        for path in (site.parent, site, *site.rglob("*")):
            os.chown(path, user, user)
        command = [
            "setpriv",
            f"--reuid={user}",
            f"--regid={user}",
            "--clear-groups",
            sys.executable,
            "-m",
            "storysite",
            "build",
            "--jobs",
            "2",
        ]
        variables = {name: value for name, value in os.environ.items() if name != "HOME"}
        result = subprocess.run(
            command, cwd=site, env={**variables, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=100, check=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NPROC, (1 + more, 1 + more)),
        )  # fmt: skip
        assert (result.returncode, "Traceback" in result.stderr) == (0, False), result.stderr
        without = "[card-undrawn]" in result.stderr
        assert len(tree(site / "_site")) > 260
        assert result.stderr.count("[card-undrawn]") <= 1
        assert bool(list((site / "_site").glob("share/*.png"))) != without
        Folder(site).build_if_needed()
        assert list((site / "_site").glob("share/site-*.png"))
    finally:
        shutil.rmtree(site.parent)


@pytest.mark.skipif(os.geteuid() != 0, reason="only who may be everybody can be nobody")
@pytest.mark.parametrize("command", ["status", "build", "post Robots", "theme list", "new ours"])
def test_a_user_of_whom_the_system_knows_nothing(folder: Folder, command: str) -> None:
    """As in a container: no name, and no home."""
    with pytest.raises(KeyError):
        __import__("pwd").getpwuid(54321)
    site = Path("/tmp") / f"storysite-test-{os.getpid()}"
    shutil.copytree(folder.path, site)
    try:
        for path in (site, *site.rglob("*")):
            os.chown(path, 54321, 54321)
        line = [
            "setpriv",
            "--reuid=54321",
            "--regid=54321",
            "--clear-groups",
            sys.executable,
            "-m",
            "storysite",
            *command.split(),
        ]
        result = subprocess.run(
            line, cwd=site, env={"PATH": os.defpath, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=60, check=False
        )  # fmt: skip
        assert (result.returncode, "Traceback" in result.stderr) == (0, False), result.stderr
    finally:
        shutil.rmtree(site)


def test_a_folder_that_goes_while_it_is_built_is_a_sentence(archive: Folder) -> None:
    """As when a drive is pulled out."""
    with Running(archive.path, "build", "--jobs", "2") as running:
        until(lambda: is_at_work(archive), "work")
        shutil.rmtree(archive.path, ignore_errors=True)
        shutil.rmtree(archive.path, ignore_errors=True)
        assert running.process.wait(30) in (1, 2)
    said = "".join(running.said)
    assert "Traceback" not in said
    assert len([line for line in running.said if line.rstrip().endswith("]")]) >= 1
