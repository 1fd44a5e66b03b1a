"""What lies in a site's folder that somebody else's computer, GitHub or the public should not get."""

import os
from pathlib import Path

import pytest

from storysite.model.windows_names import forbidden_on_windows
from storysite.publish.finding import Finding, Level
from storysite.publish.folder import LyingFile, SiteFiles, file_findings, ignored_lines, missing_lines, read_files
from tests.folder import Folder

NFC, NFD = "content/posts/caf\u00e9.md", "content/posts/cafe\u0301.md"


def found(*files: LyingFile | str, in_git: bool = False) -> list[Finding]:
    lying = tuple(LyingFile(file) if isinstance(file, str) else file for file in files)
    return list(file_findings(SiteFiles(lying), in_git=in_git))


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("content/posts/2026-11-20-robots.md", ""),
        ("static/Con.txt", "is called Con"),
        ("static/aux.md", "is called aux"),
        ("static/nul/a.txt", "is called nul"),
        ("static/LPT1", "is called LPT1"),
        ("static/com¹.txt", "is called com¹"),
        ("static/con .txt", "is called con"),
        ("static/console.txt", ""),
        ("static/com10.txt", ""),
        ("static/aux-cable.md", ""),
        ("content/posts/why?.md", "has ? in its name"),
        ("content/posts/a:b.md", "has : in"),
        ('content/posts/"a".md', 'has " in'),
        ("content/posts/a|b.md", "has | in"),
        ("content/posts/<a>.md", "has < in"),
        ("content/posts/a*.md", "has * in"),
        ("content/posts/a\\b.md", "has \\ in"),
        ("content/posts/a\x01b.md", "an invisible character"),
        ("content/photos./a.jpg", "has a dot at the end"),
        ("content/photos /a.jpg", "has a space at the end"),
        ("content/posts/" + "a" * 200 + ".md", "more than 200 letters"),
        ("content/posts/" + "ä" * 180 + ".md", ""),
        (".github/workflows/publish.yml", ""),
    ],
)
def test_names_that_windows_cannot_have(path: str, words: str) -> None:
    """By Microsoft's rules, in every folder of the path."""
    said = forbidden_on_windows(path)
    assert words in said
    assert bool(words) == bool(said)


def test_such_names_are_one_finding_and_a_folder_speaks_for_what_is_in_it() -> None:
    (one,) = found("static/aux", "static/aux/a.txt", "static/b?.txt")
    assert (one.level, one.seen) == (
        Level.KNOW,
        ("static/aux is called aux, as a part of the computer is", "static/b?.txt has ? in its name"),
    )


@pytest.mark.parametrize("twins", [("static/A.jpg", "static/a.jpg"), (NFC, NFD), ("static/Straße", "static/STRASSE")])
def test_names_that_are_one_on_other_systems_are_wrong(twins: tuple[str, str]) -> None:
    (one,) = found(*twins)
    assert (one.level, one.seen) == (Level.WRONG, (" and ".join(twins),))


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("static/id_rsa", "published"),
        ("content/posts/passwords.xlsx", "published"),
        (".env", "sent to GitHub"),
        ("tool/client_secret_12.json", "sent to GitHub"),
        ("static/server.key", "published"),
    ],
)
def test_keys_and_passwords_are_wrong(path: str, where: str) -> None:
    (one,) = found(path)
    assert one.level is Level.WRONG
    assert where in one.what
    assert path not in one.what


@pytest.mark.parametrize("path", [".env.example", "static/keys.jpg", "static/id_rsa.pub", "content/posts/passwords.md"])
def test_what_only_sounds_like_them_is_fine(path: str) -> None:
    assert [each.level for each in found(path)] == [Level.FINE]


def test_large_files_are_told_by_what_github_does() -> None:
    refused, heavy = found(LyingFile("static/a.mp4", 120_000_000), LyingFile("static/b.mp4", 60_000_000))
    assert (refused.level, heavy.level) == (Level.WRONG, Level.KNOW)
    assert refused.seen == ("static/a.mp4 (120 MB)",)


def test_shortcuts_and_too_many_files_are_worth_knowing() -> None:
    assert [each.level for each in found(LyingFile("static/a", is_link=True))] == [Level.KNOW]
    assert [each.level for each in file_findings(SiteFiles((), are_all=False), in_git=False)] == [Level.KNOW]


@pytest.mark.parametrize(
    ("lines", "missing"),
    [
        ([], ["_site/", ".storysite/"]),
        (["_site", "/.storysite/"], []),
        (["/_site/*", ".storysite/**"], []),
        (["_site/"], [".storysite/"]),
        (["!_site/"], ["_site/", ".storysite/"]),
    ],
)
def test_lines_that_gitignore_lacks(lines: list[str], missing: list[str]) -> None:
    assert missing_lines(lines) == missing


def test_what_a_repository_lacks_is_told_only_of_repositories() -> None:
    assert [each.subject for each in found(in_git=True)] == ["Files", "Repository", "Repository"]
    assert [each.subject for each in found()] == ["Files"]


def test_a_folder_is_read_without_what_others_keep_in_it(tmp_path: Path) -> None:
    """No link is followed, not even one to a folder above."""
    folder = Folder(tmp_path / "site")
    for name in ("content/posts/a.md", "_site/a.html", ".storysite/a", ".git/a", "node_modules/a/b", "static/a/b.txt"):
        folder.write(name, "12345")
    folder.write(".gitignore", "# made anew\n_site/\n\n")
    (folder.path / "static/loop").symlink_to(folder.path)
    read = read_files(folder.path)
    assert {file.path for file in read.files} == {
        ".gitignore", "content", "content/posts", "content/posts/a.md", "static", "static/a", "static/a/b.txt", "static/loop",
    }  # fmt: skip
    assert {file.path for file in read.files if file.is_link} == {"static/loop"}
    assert {file.size for file in read.files if file.path.endswith(".md")} == {5}
    assert (read.ignored_lines, read.has_attributes, read.are_all) == (frozenset({"_site/"}), False, True)
    assert not read_files(folder.path, most=2).are_all


@pytest.mark.skipif(os.geteuid() == 0 if hasattr(os, "geteuid") else True, reason="nothing is closed to root")
def test_a_folder_that_is_closed_is_passed_over(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "site")
    folder.write("static/closed/a.txt", "1")
    (folder.path / "static/closed").chmod(0)
    assert "static/closed" in {file.path for file in read_files(folder.path).files}


def test_a_gitignore_that_is_a_folder_has_no_lines(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").mkdir()
    assert ignored_lines(tmp_path) == []
