"""A file with the name of a picture that is none is told of, and no page shows it, until the picture is there."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from storysite.source.not_pictures import no_picture
from tests.folder import Folder
from tests.photos.pictures import small

POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"
GIF = small(1, "gif")
NONE = {
    "lfs": POINTER,
    "page": b"\xef\xbb\xbf \r\n<!DOCTYPE HTML PUBLIC><html>",
    "fragment": b"<html lang=en><head>",
    "refused": b'<?xml version="1.0"?>\n<Error><Code>AccessDenied</Code></Error>',
    "answer": b'{"error": "not found"}',
    "annex": b"/annex/objects/SHA256E-s1--abc.jpg\n",
    "link": b"../images/robot.jpg",
    "empty": b"",
    "text": b"We build robots.\nEvery Friday.\n",
    "accents": "We build robots at the café, ".encode() * 40,
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "zip": b"PK\3\4\x14\0\6\0\x08\0",
    "word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "film": b"\0\0\0\x18ftypmp42\0\0\0\0",
    "iphone film": b"\0\0\0\x14ftypqt  \0\0\0\0",
    "drawing": b'<svg xmlns="http://www.w3.org/2000/svg"></svg>',
    "zeros": bytes(600),
    "anything": bytes(range(200, 256)),
}
BEGINNINGS = [b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\x10\0\0\0WEBP", small(1, "bmp")[:40], b"II*\0",
              b"\0\0\0 ftypavif", b"\0\0\0\x18ftyphvxx", b"\0\0\1\0", b"\xff\x0a", b"\0\0\0\x0cJXL \r\n\x87\n"]  # fmt: skip


@pytest.mark.parametrize("ending", ["jpg", "JPEG", "png", "webp", "gif", "avif", "heic"])
@pytest.mark.parametrize("kind", NONE)
def test_what_is_no_picture_is_said(kind: str, ending: str) -> None:
    """Whatever stands in its place, and as far as it is known what that is."""
    said = no_picture(f"content/posts/robot.{ending}", NONE[kind])
    words = {"pdf": "a PDF", "zip": "ZIP", "word": "Word", "text": "a text", "accents": "a text", "drawing": "(SVG)"}
    assert words.get(kind, "film" if "film" in kind else "it ") in said or kind == "empty"
    assert said


@pytest.mark.parametrize("path", ["data.json", "page.html", "drawing.svg", "notes.txt", "film.mp4"])
@pytest.mark.parametrize("kind", NONE)
def test_what_is_called_otherwise_is_no_picture_by_name(kind: str, path: str) -> None:
    """An empty text is an empty text."""
    assert no_picture(f"static/{path}", NONE[kind]) == ""


@given(some.sampled_from(BEGINNINGS), some.binary(max_size=508))
def test_no_picture_is_taken_for_something_else(beginning: bytes, rest: bytes) -> None:
    """By the first bytes of all common kinds, whatever comes after them."""
    assert no_picture("robot.jpg", (beginning + rest)[:512]) == ""


@pytest.mark.parametrize("place", ["content/posts/robot.gif", "static/robot.gif"])
def test_it_is_shown_nowhere_until_it_is_there(folder: Folder, place: str, tmp_path: Path) -> None:
    """Not as the picture of the newest story; and a build of what changed is a clean one."""
    folder.post("2026-11-20-robots", "![A robot](robot.gif)\n\nText.", title="Robots", image="robot.gif")
    for content, shown in ((POINTER, False), (GIF, True), (NONE["page"], False), (GIF, True)):
        folder.write(place, content)
        built = folder.build()
        assert [each.code for each in built.problems].count("picture-broken") == (0 if shown else 2)
        assert ("media/robot-" in folder.page("index.html")) == shown
        assert any(route.startswith("media/robot-") for route in folder.routes()) == shown
        clean = folder.clean(tmp_path / f"{shown}")
        assert {route: (folder.site / route).read_bytes() for route in folder.routes()} == clean


@pytest.mark.parametrize("kind", NONE)
def test_it_is_published_nowhere_and_told_of_once(folder: Folder, kind: str) -> None:
    """Linked to, shown, or only lying in static/: with the post and the line, or else the file."""
    for name in ("content/posts/linked.jpg", "content/posts/shown.png", "static/lists/shown.webp", "static/alone.gif"):
        folder.write(name, NONE[kind])
    text = "Text.\n\n[The photo](linked.jpg)\n\n![A robot](shown.png)\n\n![A list](/lists/shown.webp)"
    folder.post("2026-11-20-robots", text, title="Robots")
    told = [problem for problem in folder.build().problems if problem.code == "picture-broken"]
    post = "content/posts/2026-11-20-robots.md"
    assert [(each.path, each.line) for each in told] == [(post, 7), (post, 9), (post, 11), ("static/alone.gif", 0)]
    assert [each.what.partition(" is not a picture: ")[0] for each in told] == [
        '"linked.jpg"',
        '"shown.png"',
        '"/lists/shown.webp"',
        "this file",
    ]
    assert not {route for route in folder.routes() if "linked" in route or "shown" in route or "alone" in route}


def test_a_file_in_static_that_is_put_right_is_published(folder: Folder, tmp_path: Path) -> None:
    """And taken away again as soon as it is none; a build of what changed is a clean one."""
    folder.post("2026-11-20-robots", title="Robots")
    for number, (content, there) in enumerate(((GIF, True), (NONE["pdf"], False), (GIF, True), (b"", False))):
        folder.write("static/robot.gif", content)
        assert ("picture-broken" in {each.code for each in folder.build().problems}) != there
        assert ("robot.gif" in folder.routes()) == there
        clean = folder.clean(tmp_path / f"{number}")
        assert {route: (folder.site / route).read_bytes() for route in folder.routes()} == clean
