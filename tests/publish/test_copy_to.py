"""The site copied to another place: what is ours there is renewed and taken away, and nothing else is ever touched."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from storysite.publish.pages import published
from tests.folder import tree
from tests.publish.web import Office


def test_a_folder_becomes_the_site_and_follows_it(office: Office, tmp_path: Path) -> None:
    """What went from the site goes there too, and what others put beside it stays."""
    target = tmp_path / "www/stories"
    said = office.publish("--to", str(target))
    assert f"The site is in {target}: " in said
    assert not (office.path / ".git").exists()
    built = {name: file.read_bytes() for name, file in published(office.path / "_site").items()}
    assert {name: data for name, data in tree(target).items() if ".storysite-" not in name} == built
    (target / "2026/11/notes.txt").write_text("mine", "utf-8")
    (target / "2026/11/robots/notes.txt").write_text("mine", "utf-8")
    assert " 0 files written, 0 deleted." in office.publish("--to", str(target))
    (office.path / "content/posts/2026-11-20-robots.md").unlink()
    office.folder.post("2026-11-23-owls", id="owls", title="Owls")
    office.publish("--to", str(target))
    assert not (target / "2026/11/robots/index.html").exists()
    assert (target / "2026/11/owls/index.html").exists()
    assert (target / "2026/11/notes.txt").read_text("utf-8") == "mine"
    assert (target / "2026/11/robots/notes.txt").read_text("utf-8") == "mine"


def test_a_folder_with_other_things_is_refused(office: Office, tmp_path: Path) -> None:
    """So are the site itself, what holds it, another site, and a file; nothing is written."""
    full = tmp_path / "full"
    full.mkdir()
    (full / "thesis.txt").write_text("mine", "utf-8")
    other = tmp_path / "other"
    other.mkdir()
    (other / "storysite.yml").write_text("", "utf-8")
    for place, why in (
        (full, "holds other files, and was never published to"),
        (other, "is a site of its own"),
        (office.path, "is the folder of the site itself, or holds it"),
        (office.path / "_site", "is the folder of the site itself, or holds it"),
        (tmp_path, "is the folder of the site itself, or holds it"),
        (full / "thesis.txt", "is a file, not a folder"),
    ):
        said = office.publish("--to", str(place), code=1)
        assert f"{place} {why}  [publish-target]" in said
    assert tree(full) == {"thesis.txt": b"mine"}
    assert [file.name for file in other.iterdir()] == ["storysite.yml"]


def test_what_is_in_the_way_of_a_page_is_not_written_over(office: Office, tmp_path: Path) -> None:
    """Somebody's file where a new page belongs: nothing at all is changed."""
    target = tmp_path / "www"
    office.publish("--to", str(target))
    (target / "2026/11/owls").mkdir()
    (target / "2026/11/owls/index.html").write_text("mine", "utf-8")
    before = tree(target)
    office.folder.post("2026-11-23-owls", id="owls", title="Owls")
    said = office.publish("--to", str(target), code=1)
    assert "is in the way of a page, and storysite did not put it there  [publish-target]" in said
    assert tree(target) == before


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_in_the_folder_leads_nowhere(office: Office, tmp_path: Path) -> None:
    """What lies behind it is neither written to nor deleted."""
    target, elsewhere = tmp_path / "www", tmp_path / "elsewhere"
    office.publish("--to", str(target))
    (target / "2026").rename(elsewhere)
    (target / "2026").symlink_to(elsewhere)
    before = tree(elsewhere)
    office.folder.post("2026-11-20-robots", "Robots left.", id="robots", title="Robots")
    assert "[publish-target]" in office.publish("--to", str(target), code=1)
    assert tree(elsewhere) == before


def test_a_dry_run_copies_nothing(office: Office, tmp_path: Path) -> None:
    """It says how many files there would be."""
    office.publish("--to", str(tmp_path / "www"))
    said = office.publish("--to", str(tmp_path / "other"), "--dry-run")
    assert "Would copy " in said
    assert not (tmp_path / "other").exists()


def test_another_computer_needs_rsync(office: Office, tmp_path: Path) -> None:
    """One sentence where it is missing, or too old; an address that rsync would take for an option is refused."""
    (tmp_path / "bin").mkdir()
    said = office.publish("--to", "rsync:host:/www", code=1, PATH=str(tmp_path / "bin"))
    assert "rsync is not on this computer  [publish-target]" in said
    fake = tmp_path / "bin/rsync"
    fake.write_text('#!/bin/sh\necho "rsync: --delete-missing-args: unknown option" >&2\nexit 1\n', "utf-8")
    fake.chmod(0o755)
    path = f"{tmp_path / 'bin'}{os.pathsep}{os.defpath}"
    assert "the rsync of this computer is too old" in office.publish("--to", "rsync:host:/www", code=1, PATH=path)
    fake.write_text("#!/bin/sh\necho 'ssh: Could not resolve hostname host' >&2\nexit 255\n", "utf-8")
    said = office.publish("--to", "rsync:host:/www", code=1, PATH=path)
    assert "rsync could not copy the site to host:/www/: ssh: Could not resolve hostname host  [publish-target]" in said
    assert "is no place for rsync" in office.publish("--to", "rsync:-e sh", code=1, PATH=path)


@pytest.mark.skipif(shutil.which("rsync") is None, reason="rsync is not on this computer")
def test_rsync_renews_and_takes_away_what_is_ours_and_nothing_else(office: Office, tmp_path: Path) -> None:
    """As in a folder: by the list that lies there."""
    target = tmp_path / "www"
    target.mkdir()
    (target / "notes.txt").write_text("mine", "utf-8")
    office.folder.write("static/a name [with] signs.txt", "Signs.")
    office.publish("--to", f"rsync:{target}")
    files = published(office.path / "_site")
    assert {*files, "notes.txt"} == published(target).keys()
    (office.path / "content/posts/2026-11-20-robots.md").unlink()
    office.folder.post("2026-11-23-owls", id="owls", title="Owls")
    (target / "2026/11/robots/notes.txt").write_text("mine", "utf-8")
    said = office.publish("--to", f"rsync:{target}/")
    assert " deleted.\n" in said
    files = published(office.path / "_site")
    assert {*files, "notes.txt", "2026/11/robots/notes.txt"} == published(target).keys()
    assert (target / "2026/11/owls/index.html").read_bytes() == files["2026/11/owls/index.html"].read_bytes()
