"""The commands as processes of their own, as people type them: what they print, and a site to type them in."""

import multiprocessing
import os
import runpy
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from functools import cache
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

from tests.folder import Folder

ROOT = Path(__file__).parent.parent
SETTINGS = "title: Our story shelf\nbase_url: https://library.example.org/stories\n"


PATIENCE = 60
"""Seconds until a command that has not ended is one that does not end."""
IMPORTED = ["storysite.cli", "storysite.commands.build", "storysite.build.verify", "tests.command_line"]


def storysite(
    folder: Path, *arguments: str, packages: Path | None = None, **variables: str
) -> "subprocess.CompletedProcess[str]":
    """Run the command line in `folder`, as on a computer that is the same everywhere, with the `packages` installed."""
    home = folder.parent / "home"
    home.mkdir(exist_ok=True)
    environment = {
        "PYTHONPATH": f"{ROOT}{os.pathsep}{packages}" if packages else str(ROOT),
        "PATH": os.defpath,
        "HOME": str(home),
        "TZ": "UTC",
        "LANG": "C.UTF-8",
        "NO_COLOR": "1",
        **variables,
    }
    if "SYSTEMROOT" in os.environ:
        environment["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
    if not packages and hasattr(os, "fork"):
        return _forked(folder, arguments, environment)
    command = [sys.executable, "-X", "utf8", "-m", "storysite", *arguments]
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=PATIENCE,
    )


def _forked(
    folder: Path, arguments: tuple[str, ...], environment: dict[str, str]
) -> "subprocess.CompletedProcess[str]":
    """Return the same from a process that finds its modules loaded, for that takes longer than most commands."""
    with tempfile.TemporaryDirectory() as place:
        printed = [Path(place) / "out", Path(place) / "err"]
        process = _server().Process(target=_command, args=(folder, arguments, environment, printed))
        process.start()
        process.join(PATIENCE)
        code = process.exitcode
        process.kill()
        process.join()
        process.close()
        assert code is not None, f"storysite {arguments} does not end"
        out, err = (file.read_text("utf-8") for file in printed)
        return subprocess.CompletedProcess(list(arguments), code, out, err)


@cache
def _server() -> ForkServerContext:
    """Return what starts processes from one that has loaded our modules and done nothing else."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(IMPORTED)
    return context


def _command(folder: Path, arguments: tuple[str, ...], environment: dict[str, str], printed: list[Path]) -> None:
    """Become the command: in this process, from its folder and environment to its standard output and error."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    for number, file in enumerate(printed, 1):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT), number)
    sys.stdout, sys.stderr = (os.fdopen(number, "w", encoding="utf-8", closefd=False) for number in (1, 2))
    sys.argv = ["storysite", *arguments]
    runpy.run_module("storysite", run_name="__main__", alter_sys=True)


def said(result: "subprocess.CompletedProcess[str]", folder: Path) -> str:
    """Return what a command printed to standard error, with the site's folder called SITE."""
    return result.stderr.replace(str(folder.resolve()), "SITE").replace(str(folder), "SITE")


def small_site(above: Path) -> Folder:
    """Return a site with settings and one story, in a new folder below `above`."""
    folder = Folder(above / "site")
    folder.write("storysite.yml", SETTINGS)
    folder.post("2026-11-20-robots", id="robots", title="Robots")
    return folder


def spoken(folder: Folder, *arguments: str) -> str:
    """Return what a command that succeeds prints to standard output, with the site's folder called SITE."""
    result = storysite(folder.path, *arguments)
    assert result.returncode == 0, result.stderr
    return result.stdout.replace(str(folder.path.resolve()), "SITE")


def install(sources: Path, home: Path) -> Path:
    """Install the package that lies in `sources` into a new folder below `home`, and return that folder."""
    copy = shutil.copytree(sources, home / "sources")
    options = "--quiet --no-deps --no-build-isolation --no-index --no-compile --disable-pip-version-check".split()
    subprocess.run(
        [sys.executable, "-m", "pip", "install", *options, "--target", home / "site", copy], check=True, timeout=120
    )
    return home / "site"


def put_on_path(sources: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process, and those it starts, import a plugin from its sources and find it as if it were installed."""
    project = tomllib.loads((sources / "pyproject.toml").read_text("utf-8"))["project"]
    points = project["entry-points"]["storysite.plugins"].items()
    written = home / f"{sources.name}-{project['version']}.dist-info/entry_points.txt"
    written.parent.mkdir(parents=True)
    written.write_text("[storysite.plugins]\n" + "".join(f"{name} = {place}\n" for name, place in points), "utf-8")
    for folder in (sources, home):
        monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(map(str, (sources, home))))
