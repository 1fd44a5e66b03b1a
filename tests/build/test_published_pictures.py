"""Nothing but the picture is published of a picture, wherever it lies, and a rebuild looks at none again."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from storysite.build.explain import explain_page
from storysite.build.options import BuildOptions
from storysite.errors import ProblemsFound
from storysite.photos.compare import same_pixels
from storysite.photos.kinds import KINDS
from storysite.photos.metadata import Thing, private_things
from storysite.photos.scrub import scrub
from tests.folder import NOW, Folder, tree
from tests.photos.pictures import made, phone_photo, tell, upright

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg"><script>count()</script><circle r="4" onclick="count()"/></svg>'
PLACES = {
    "content/posts/robot": "media/posts/robot",
    "static/pictures/robot": "pictures/robot",
    "images/robot": "images/robot",
    "templates/assets/robot": "assets/robot.*",
}
"""Where a picture may lie, and where it is published."""


WARN = "problems:\n  photo-location: warning\n"


@pytest.fixture
def folder(folder: Folder) -> Folder:
    """Return a site that is built although its photos tell where they were taken."""
    folder.write("storysite.yml", WARN)
    return folder


def published(folder: Folder, pattern: str) -> bytes:
    """Return the only file of the output at a place."""
    (file,) = folder.site.glob(pattern)
    return file.read_bytes()


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "tiff"])
@pytest.mark.parametrize("place", PLACES)
def test_only_the_picture_is_published(folder: Folder, place: str, kind: str) -> None:
    """Whatever the file is called: its bytes say what it is. It stays as upright as it was."""
    data = phone_photo(kind)
    assert Thing.OWNER in private_things(data)
    folder.write(f"{place}.jpg", data)
    folder.post("2026-11-20-robots", "[A robot](/images/robot.jpg) [A robot](robot.jpg)")
    folder.build()
    copy = published(folder, f"{PLACES[place]}.jpg")
    assert private_things(copy) == ()
    assert b"Rivera" not in copy
    assert same_pixels(data, copy)
    assert upright(copy)


@pytest.mark.parametrize("place", PLACES)
def test_a_drawing_is_cleaned_unless_it_is_the_themes(folder: Folder, place: str) -> None:
    """A theme has scripts of its own; what begins with more than is looked at is a drawing by its name."""
    text = f"<?xml version='1.0'?><!--{'by a drawing program ' * 100}-->{DRAWING}"
    folder.write(f"{place}.svg", text)
    folder.post("2026-11-20-robots", "![A robot](/images/robot.svg) ![A robot](robot.svg)")
    folder.build()
    copy = published(folder, f"{PLACES[place]}.svg")
    assert (b"count" in copy) == place.startswith("templates")
    assert b"circle" in copy


def test_a_rebuild_looks_at_no_picture_again(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither when nothing changed nor when something else did, nor when a picture has moved to another output."""
    monkeypatch.setattr("storysite.build.file_rows.RACY", 0)
    monkeypatch.setattr("storysite.build.inputs.RACY", 0)
    folder.write("content/posts/robot.jpg", phone_photo())
    folder.write("static/robot.svg", DRAWING)
    folder.post("2026-11-20-robots", "![A robot](robot.jpg)")
    folder.build()

    def never(*_: object) -> None:
        raise AssertionError("looked at again")

    monkeypatch.setattr("storysite.build.file_rows.look_at", never)
    monkeypatch.setattr("storysite.build.render.only_picture", never)
    folder.build_if_needed()
    folder.build()
    folder.post("2026-11-21-more", "![A robot](robot.jpg)")
    folder.write("storysite.yml", f"{WARN}base_url: https://stories.example\n")
    assert folder.build().result.written


def test_a_picture_that_tells_something_else_is_the_same_when_published(folder: Folder, tmp_path: Path) -> None:
    """Also if its size and time are what they were; and another picture is another."""
    folder.post("2026-11-20-robots", "[A robot](robot.jpg)")
    file = folder.write("content/posts/robot.jpg", phone_photo(degrees=41))
    folder.build()
    before, stat = tree(folder.site), file.stat()
    file.write_bytes(phone_photo(degrees=42))
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert file.stat().st_size == stat.st_size
    assert folder.build().result.written == 0
    assert tree(folder.site) == before
    file.write_bytes(phone_photo(turned=1))
    folder.build()
    assert tree(folder.site) != before
    assert tree(folder.site) == folder.clean(tmp_path / "clean")


BROKEN: dict[str, Callable[[], bytes]] = {
    "robot.svg": lambda: b"<svg><g></svg>",
    "laughs.svg": lambda: b'<!DOCTYPE l [<!ENTITY a "&b;&b;"><!ENTITY b "lol">]><svg>&a;</svg>',
    "large.jpg": lambda: phone_photo() + bytes(10_000),
}


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("place", ["content/posts", "static"])
def test_what_cannot_be_cleaned_is_left_out_until_it_can(
    folder: Folder, tmp_path: Path, name: str, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the post and the line that show it; the site is built without it."""
    for module in ("photos.publish", "source.pictures", "build.render"):
        monkeypatch.setattr(f"storysite.{module}.LARGEST", 9_000)
    good = DRAWING.encode() if name.endswith("svg") else phone_photo()
    folder.post("2026-11-20-robots", f"Text.\n\n![A robot]({name})")
    for number, data in enumerate((good, BROKEN[name](), good)):
        folder.write(f"{place}/{name}", data)
        built = folder.build()
        told = [problem for problem in built.problems if problem.code == "picture-broken"]
        assert [(each.path, each.line) for each in told] == [("content/posts/2026-11-20-robots.md", 6)] * (number == 1)
        assert all("is left out: this" in each.what and each.hint for each in told)
        assert any(
            (name.partition(".")[0] in route and "media" in route) or name == route for route in folder.routes()
        ) == (number != 1)
        assert tree(folder.site) == folder.clean(tmp_path / str(number))


def test_a_file_in_static_that_cannot_be_cleaned_is_named_itself(folder: Folder) -> None:
    """No post has to show it."""
    folder.write("static/favicon.svg", b"<svg><g></svg>")
    folder.post("2026-11-20-robots")
    told = [str(problem) for problem in folder.build().problems if problem.code == "picture-broken"]
    assert len(told) == 1
    assert told[0].startswith("static/favicon.svg: warning: this picture is left out: this drawing cannot be read")
    assert "favicon" not in folder.page("index.html")
    assert not (folder.site / "favicon.svg").exists()


def test_a_picture_of_a_theme_that_cannot_be_cleaned_stops_the_build(folder: Folder) -> None:
    """Its author is at work on it; the last good site stays."""
    folder.post("2026-11-20-robots")
    folder.build()
    before = tree(folder.site)
    endless = b"II*\0\x08\0\0\0" + b"\0\0\x08\0\0\0"  # a TIFF whose first page is followed by itself
    folder.write("templates/assets/robot.tif", endless)
    with pytest.raises(ProblemsFound, match=r"robot\.tif: this picture cannot be published"):
        folder.build()
    assert tree(folder.site) == before


PAYLOAD = b"<script>alert('polyglot')</script>%PDF-1.7 PK\3\4"


@pytest.mark.parametrize("kind", ["jpeg", "png", "gif", "webp"])
@pytest.mark.parametrize("hidden", ["behind", "within"])
def test_a_picture_that_is_another_file_as_well_is_only_a_picture(folder: Folder, kind: str, hidden: str) -> None:
    """What a browser, a reader of PDF or an unpacking program would find in it is in no file of the output."""
    ending = KINDS[kind].endings[0]
    data = made(kind)
    names = [f"content/posts/robot{ending}", f"static/robot{ending}", f"content/posts/linked{ending}"]
    for name in names:
        file = folder.write(name, data + PAYLOAD if hidden == "behind" else data)
        if hidden == "within":
            told = "-XMP:Description=" if kind == "webp" else "-Comment="
            tell({file: [told + PAYLOAD.decode("latin-1").replace("\3\4", "")]})
            assert b"polyglot" in file.read_bytes()
    folder.post("2026-11-20-robots", f"Text.\n\n![A robot](robot{ending})\n\n[Whole](linked{ending})")
    folder.build()
    found = {route: data for route, data in tree(folder.site).items() if "robot" in route or "linked" in route}
    assert len(found) > 4
    assert not [route for route, data in found.items() if b"polyglot" in data or b"%PDF" in data or b"PK\3\4" in data]
    assert same_pixels((folder.site / f"robot{ending}").read_bytes(), data)
    assert same_pixels((folder.site / f"media/posts/linked{ending}").read_bytes(), data)


def test_it_is_said_of_a_copy_what_was_done(folder: Folder) -> None:
    folder.write("static/robot.jpg", phone_photo())
    folder.write("static/hours.txt", "open")
    folder.post("2026-11-20-robots")
    folder.build()
    options = BuildOptions(folder.path, now=NOW, jobs=1)
    assert "copied without what is no part of the picture" in explain_page(options, "/robot.jpg")[0]
    assert "copied unchanged" in explain_page(options, "/hours.txt")[0]


@pytest.mark.parametrize("place", list(PLACES)[:3])
def test_a_photo_that_tells_where_it_was_taken_stops_the_build_until_it_is_clean(folder: Folder, place: str) -> None:
    """Also if no post shows it: what is committed can be read by everybody. It is read once, and told of each time."""
    folder.write("storysite.yml", "")
    file = folder.write(f"{place}.jpg", phone_photo())
    folder.post("2026-11-20-robots")
    for _ in range(2):
        with pytest.raises(
            ProblemsFound, match=r"robot\.jpg: this photo tells where it was taken; the name .*photo-location"
        ):
            folder.build_if_needed()
    file.write_bytes(scrub(phone_photo()))
    assert [each.code for each in folder.build_if_needed().problems if each.code.startswith("photo")] == []


def test_what_photos_tell_is_told_at_each_build_and_read_once(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """By a build with nothing to do, by one in full, and by one that lost what it knew of pictures."""
    monkeypatch.setattr("storysite.build.file_rows.RACY", 0)
    monkeypatch.setattr("storysite.build.inputs.RACY", 0)
    folder.write("static/robot.jpg", phone_photo())
    folder.write("static/friends.jpg", phone_photo(degrees=0))
    folder.post("2026-11-20-robots")
    first = [each for each in folder.build().problems if each.code.startswith("photo")]
    assert [(each.path, each.code, each.severity.name) for each in first] == [
        ("static/friends.jpg", "photo-private", "WARNING"),
        ("static/robot.jpg", "photo-location", "WARNING"),
    ]

    def never(*_: object) -> None:
        raise AssertionError("read again")

    with monkeypatch.context() as patch:
        patch.setattr("storysite.build.file_rows.look_at", never)
        for problems in (folder.build_if_needed().problems, folder.build().problems):
            assert [each for each in problems if each.code.startswith("photo")] == first
    rows = sqlite3.connect(folder.path / ".storysite/cache.sqlite")
    with rows:
        rows.execute("delete from looks")
    rows.close()
    assert [each for each in folder.build().problems if each.code.startswith("photo")] == first
