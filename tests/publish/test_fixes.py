"""What the doctor fixes by itself is fixed whole, once, and takes nothing away."""

from pathlib import Path

import pytest

from storysite.publish.fixes import fix_what_is_safe
from storysite.publish.git_state import GitState, read_git
from storysite.starter.contents import STARTER
from tests.folder import Folder
from tests.publish.repositories import git

TOP = GitState("2.40", top="/s")
BOTH = "_site/\n.storysite/\n"


@pytest.fixture
def site(tmp_path: Path) -> Folder:
    folder = Folder(tmp_path / "site")
    folder.write(".gitattributes", "* text=auto\n")
    return folder


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, BOTH),
        ("", BOTH),
        ("*.bak", f"*.bak\n{BOTH}"),
        ("/_site\r\n", "/_site\r\n.storysite/\r\n"),
        ("a\r\nb", "a\r\nb\r\n_site/\r\n.storysite/\r\n"),
    ],
)
def test_lines_are_added_to_gitignore_as_it_is_written(site: Folder, before: str | None, after: str) -> None:
    """And no second time."""
    file = site.path / ".gitignore"
    if before is not None:
        file.write_bytes(before.encode())
    assert [text.partition(":")[0] for text in fix_what_is_safe(site.path, TOP)] == ["Added to .gitignore"]
    assert file.read_bytes() == after.encode()
    assert list(fix_what_is_safe(site.path, TOP)) == []


def test_a_file_that_is_elsewhere_is_left_alone(site: Folder, tmp_path: Path) -> None:
    other = tmp_path / "others.txt"
    other.write_text("*.bak\n", "utf-8")
    (site.path / ".gitignore").symlink_to(other)
    (said,) = fix_what_is_safe(site.path, TOP)
    assert said.startswith("Not fixed:")
    assert other.read_text("utf-8") == "*.bak\n"


def test_what_the_system_refuses_is_said(site: Folder) -> None:
    (site.path / ".gitignore").mkdir()
    (said,) = fix_what_is_safe(site.path, TOP)
    assert said.startswith("Not fixed:")


def test_attributes_are_made_where_there_are_none(site: Folder) -> None:
    site.write(".gitignore", BOTH)
    (site.path / ".gitattributes").unlink()
    (said,) = fix_what_is_safe(site.path, TOP)
    assert said.startswith("Made .gitattributes")
    assert "* text=auto" in (site.path / ".gitattributes").read_text("utf-8")


def test_hooks_are_used_where_there_are_none(site: Folder) -> None:
    site.write(".gitignore", BOTH)
    site.write("tool/hooks/pre-commit", (STARTER / "tool/hooks/pre-commit").read_bytes())
    git(site.path, "init")
    (said,) = fix_what_is_safe(site.path, read_git(site.path))
    assert said.startswith("Told git to look at photos")
    assert git(site.path, "config", "core.hooksPath") == "tool/hooks\n"
    assert list(fix_what_is_safe(site.path, read_git(site.path))) == []


def test_nothing_is_written_where_there_is_no_repository_or_no_site(site: Folder, tmp_path: Path) -> None:
    before = sorted(site.path.rglob("*"))
    assert list(fix_what_is_safe(site.path, GitState("2.40"))) == []
    assert sorted(site.path.rglob("*")) == before
    empty = tmp_path / "empty"
    empty.mkdir()
    assert list(fix_what_is_safe(empty, TOP)) == []
    assert list(empty.iterdir()) == []
