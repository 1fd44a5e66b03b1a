"""An upgrade breaks no site: what the first day of each released version looked like still builds, and can be renewed.

A folder in `tests/releases` is a site as `storysite new` of that version wrote it, without the program it carried.
`STORYSITE_GOLDEN=write` writes the one of this version, when CHANGELOG.md has a heading for it.
"""

import os
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from storysite import __version__
from storysite.starter.renew import what_differs
from storysite.starter.start import start_site
from tests.command_line import ROOT, storysite
from tests.folder import tree

RELEASES = ROOT / "tests/releases"
RELEASED = re.findall(r"^## (\d+\.\d+\.\d+)\b", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
TODAY = date(2026, 11, 24)
NOW = "now"
"""The version that is not released yet."""


def begin(folder: Path) -> None:
    """Write a new site without the program."""
    start_site(folder, today=TODAY, zone="America/Chicago")
    for wheel in (folder / "tool").glob("*.whl"):
        wheel.unlink()


@pytest.mark.parametrize("version", [NOW, *RELEASED])
def test_a_site_of_each_release_builds_without_a_warning_before_and_after_an_upgrade(
    version: str, tmp_path: Path
) -> None:
    """Nothing in it is out of date without having been told for a year, and an upgrade leaves its stories alone."""
    site, kept = tmp_path / "site", RELEASES / version
    if version == NOW:
        begin(site)
    else:
        if version == __version__ and not kept.exists() and os.environ.get("STORYSITE_GOLDEN") == "write":
            begin(kept)
        shutil.copytree(kept, site)
    stories = tree(site / "content")
    for _ in range(2):
        built = storysite(site, "build", "--strict")
        assert built.returncode == 0, built.stderr
        assert re.findall(r"\[([a-z-]+)\]$", built.stderr, re.MULTILINE) == ["base-url"]
        upgraded = storysite(site, "upgrade", "--yes")
        assert upgraded.returncode == 0, upgraded.stderr
    assert tree(site / "content") == stories
    assert {each.path for each in what_differs(site, today=TODAY) if each.is_offered} == set()
    assert (site / ".github/workflows/publish.yml").read_text("utf-8").count("tool/storysite-*.whl") == 1
