"""Commands that only look need no writing; the others say in words that they cannot write."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.command_line import ROOT, small_site
from tests.folder import Folder

ROOTS_RIGHTS = "-dac_override,-dac_read_search"
"""What lets the user root write everywhere."""


def storysite(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run the command line as somebody to whom permissions apply."""
    command = [sys.executable, "-X", "utf8", "-m", "storysite", *arguments]
    if os.geteuid() == 0:
        command = [f"{shutil.which('setpriv')}", f"--bounding-set={ROOTS_RIGHTS}", *command]
    variables = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "TZ": "UTC"}
    return subprocess.run(
        command, cwd=folder, env=variables, capture_output=True, encoding="utf-8", timeout=60, check=False
    )


@pytest.fixture(params=["never built", "built"])
def shelf(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Folder]:
    """Return a site in which nothing can be written, such as a share of the district's or a backup."""
    if os.name == "nt" or (os.geteuid() == 0 and not shutil.which("setpriv")):
        pytest.skip("no permissions apply to who runs the tests")
    folder = small_site(tmp_path)
    folder.post("2026-11-21-draft", id="draft", title="Not yet", draft="true")
    if request.param == "built":
        assert storysite(folder.path, "build").returncode == 0
    folders = [folder.path, *(path for path in folder.path.rglob("*") if path.is_dir())]
    files = [path for path in folder.path.rglob("*") if path.is_file()]
    for path in (*folders, *files):
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield folder
    for path in folders:
        path.chmod(0o755)


def test_commands_that_look_work_where_nothing_can_be_written(shelf: Folder) -> None:
    """Status, a build that is only tried, a page that is explained, and the list of themes."""
    before = sorted(shelf.path.rglob("*"))
    result = storysite(shelf.path, "status")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("1 post published, the newest on 2026-11-20: Robots\n\nDrafts (1)\n")
    assert storysite(shelf.path, "theme", "list").returncode == 0
    result = storysite(shelf.path, "build", "--dry-run")
    assert result.returncode == 0
    remembered = ": 0 pages would be rebuilt" in result.stdout
    assert remembered == (shelf.path / ".storysite").exists()
    assert storysite(shelf.path, "build", "--explain", "/").returncode == 0
    assert sorted(shelf.path.rglob("*")) == before


@pytest.mark.parametrize(
    "command", ["build", "post Robots", "theme new ours", "theme eject post.html", "new shelf", "watch"]
)
def test_commands_that_write_say_that_they_cannot(shelf: Folder, command: str) -> None:
    """In words, and with the file that is meant."""
    result = storysite(shelf.path, *command.split())
    assert result.returncode in (1, 2)
    assert "cannot be" in result.stderr
    assert "Traceback" not in result.stderr
