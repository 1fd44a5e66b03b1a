"""The commands as processes of their own, as people type them: what they print, and a site to type them in."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.folder import Folder

ROOT = Path(__file__).parent.parent
SETTINGS = "title: Our story shelf\nbase_url: https://library.example.org/stories\n"


def storysite(folder: Path, *arguments: str, packages: Path | None = None) -> "subprocess.CompletedProcess[str]":
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
    }
    if "SYSTEMROOT" in os.environ:
        environment["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
    command = [sys.executable, "-X", "utf8", "-m", "storysite", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False, timeout=60
    )


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
