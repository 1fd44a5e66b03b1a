"""Where only some folders are looked at again, everything is found that a look at all of them finds."""

import os
import random
import shutil
import sys
from itertools import product
from pathlib import Path

import pytest

from storysite.source.scan import Scan, scan

NAMES = ("a.md", "b.md", "photo.png", "notes.docx", "readme.md", "2012", "2013", "c", "_c", "_b.md", ".d", ".e.md")
SERVERS = (".well-known", ".nojekyll")


def same(one: Scan, other: Scan) -> bool:
    """Return whether two scans found the same."""
    return all(
        getattr(one, name) == getattr(other, name)
        for name in ("posts", "files", "data", "problems", "skipped", "private")
    ) and {here: listing.digest for here, listing in one.folders_seen.items()} == {
        here: listing.digest for here, listing in other.folders_seen.items()
    }


def somewhere(folder: Path, chance: random.Random) -> Path:
    """Return an existing folder of the site."""
    tops = [folder / name for name in ("content/posts", "content/pages", "static", "data")]
    return chance.choice(sorted(path for top in tops for path in (top, *top.rglob("*")) if path.is_dir()))


def change(folder: Path, chance: random.Random) -> list[Path]:
    """Change one thing, and return what the system would tell of it."""
    path = somewhere(folder, chance) / chance.choice((*NAMES, *SERVERS))
    what = chance.choice(("write", "write", "folder", "delete", "rename", "swap"))
    if what == "delete" and path.exists():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    elif what == "rename" and path.exists():
        other = somewhere(folder, chance) / chance.choice(NAMES)
        if other.exists() or path in (other, *other.parents):
            return []
        path.rename(other)
        return [path, other]
    elif what == "swap" and path.is_dir():
        shutil.rmtree(path)
        path.mkdir()
        (path / "a.md").write_text(str(chance.random()), "utf-8")
    elif what == "folder" and not path.exists():
        (path / "2014").mkdir(parents=True)
        (path / "2014" / "a.md").write_text("deep", "utf-8")
    elif what == "write" and not path.is_dir():
        path.write_text(str(chance.random())[: chance.randint(3, 12)], "utf-8")
    return [path]


@pytest.mark.parametrize("seed", range(20))
def test_a_look_where_something_was_told_of_sees_what_a_full_look_sees(tmp_path: Path, seed: int) -> None:
    """Files and folders are written, renamed, deleted and replaced at random."""
    chance = random.Random(seed)
    for name in ("content/posts", "content/pages", "static", "data"):
        (tmp_path / name).mkdir(parents=True)
    seen = scan(tmp_path)
    for _ in range(60):
        told = [path for _ in range(chance.randint(1, 3)) for path in change(tmp_path, chance)]
        seen = scan(tmp_path, seen, [path.relative_to(tmp_path).as_posix() for path in told])
        assert same(seen, scan(tmp_path))


def test_folders_of_which_nothing_was_told_are_not_listed_again(tmp_path: Path) -> None:
    """One save among many folders lists the folder it was made in."""
    for year in range(2000, 2020):
        (tmp_path / f"content/posts/{year}").mkdir(parents=True)
        (tmp_path / f"content/posts/{year}/a.md").write_text("text", "utf-8")
    before = scan(tmp_path)
    (tmp_path / "content/posts/2012/a.md").write_text("another text", "utf-8")
    after = scan(tmp_path, before, ["content/posts/2012/a.md"])
    listed = [here for here, listing in after.folders_seen.items() if listing is not before.folders_seen.get(here)]
    assert listed == ["content/posts/2012"]


def test_links_to_folders_are_known(tmp_path: Path) -> None:
    """A folder that has two names cannot be known by what was told of one of them."""
    (tmp_path / "content/posts/2012").mkdir(parents=True)
    (tmp_path / "shared").mkdir()
    assert not scan(tmp_path).follows_links
    (tmp_path / "content/posts/linked").symlink_to(tmp_path / "shared")
    assert scan(tmp_path).follows_links


def test_what_begins_with_a_dot_is_published_where_it_is_made_for_the_web(tmp_path: Path) -> None:
    """What hosts and apps look for at the top of a site; nothing that systems, editors and programs keep for themselves."""
    published = [
        "static/.well-known/security.txt",
        "static/.well-known/acme/token",
        "static/.nojekyll",
        "static/.htaccess",
    ]
    kept = [
        "static/.env", "static/.git/config", "static/.DS_Store", "static/._map.pdf", "static/.vscode/settings.json",
        "static/.well-known/.DS_Store", "static/photos/.nojekyll", "static/photos/.well-known/a.txt", "static/.well-known~",
        "content/posts/.well-known/a.txt", "data/.nojekyll",
    ]  # fmt: skip
    for path in (*published, *kept):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x", "utf-8")
    found = scan(tmp_path)
    assert sorted(file.path for file in (*found.posts, *found.files, *found.data)) == sorted(published)


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="all names are Unicode")
def test_names_in_another_encoding_are_told_wherever_they_stand(tmp_path: Path) -> None:
    """Older Windows wrote them, and so did programs that unpacked a zip of its files."""
    names = [b"caf\xe9.md", b".caf\xe9.md", b".caf\xe9/a.md", b"_caf\xe9/a.md", b"caf\xe9/a.png", b"caf\xe9.txt"]
    for top, name in product(("content/posts", "content/pages", "static", "data"), names):
        file = tmp_path / top / os.fsdecode(name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("---\ntitle: Books\n---\n", "utf-8")
    found = scan(tmp_path)
    assert {problem.code for problem in found.problems} == {"file-name"}
    assert not [*found.posts, *found.files, *found.data, *found.private]
