"""Pictures of posts in copies of several sizes: which there are, what is in them, and that none is made twice."""

import os
import re
import time
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from storysite.build.explain import explain_page
from storysite.build.kept import GRACE
from storysite.build.options import BuildOptions
from storysite.build.render import render_pages
from storysite.errors import ProblemsFound
from storysite.photos.metadata import private_things
from tests.folder import NOW, Folder, tree
from tests.photos.pictures import TURNABLE, base, corners, lying, made, phone_photo, told_by, upright

SRCSET = re.compile(r'srcset="([^"]*)"')
SAFE = "problems:\n  photo-location: warning\n"


def large(kind: str = "jpeg", turned: int = 1, size: tuple[int, int] = (2400, 1600)) -> bytes:
    """Return a picture as large as a phone's, which looks different lying on each side."""
    return made(kind, turned, lying(turned, base().resize(size)))


def copies(folder: Folder) -> dict[str, Image.Image]:
    """Return the copies in the output by name."""
    return {file.name: Image.open(BytesIO(file.read_bytes())) for file in (folder.site / "media").glob("*.*")}


def story(folder: Folder, text: str = "![A robot](robot.jpg)", **header: str) -> None:
    """Write the post that shows the picture."""
    folder.post("2026-11-20-robots", text, title="Robots", **header)


@pytest.mark.parametrize("turned", range(1, 9))
def test_a_photo_is_shown_upright_in_every_size(folder: Folder, turned: int) -> None:
    """However the phone was held: no copy is enlarged, and width and height are said before it comes."""
    folder.write("content/posts/robot.jpg", large(turned=turned))
    story(folder)
    folder.build()
    found = copies(folder)
    assert {(copy.format, copy.size) for copy in found.values()} == {
        *(("WEBP", size) for size in ((400, 267), (800, 533), (1200, 800), (1800, 1200))),
        *(("JPEG", size) for size in ((800, 533), (1800, 1200))),
    }
    assert all(upright((folder.site / "media" / name).read_bytes()) for name in found)
    html = folder.page("2026/11/robots/index.html")
    assert 'width="1800" height="1200"' in html
    assert 'fetchpriority="high"' in html
    assert "loading" not in html[html.index("<picture>") : html.index("</picture>")]


@pytest.mark.parametrize("kind", TURNABLE)
def test_nothing_but_the_picture_is_in_a_copy(folder: Folder, kind: str) -> None:
    """As exiftool reads them: no place, no name, no camera. The photo itself is not published."""
    folder.write("storysite.yml", SAFE)
    folder.write("content/posts/robot.jpg", phone_photo(kind))
    story(folder, image="robot.jpg")
    folder.build()
    files = list((folder.site / "media").iterdir())
    told = str(told_by(files))
    assert not re.search(r"GPS|XMP|IPTC|Artist|Rivera|Orientation|Comment", told)
    assert not any(private_things(file.read_bytes()) for file in files)
    assert not list(folder.site.rglob("robot.jpg"))
    if kind != "heic":  # whose writer here turns no picture
        assert all(upright(file.read_bytes(), 120) for file in files if "-f" not in file.name)


def test_every_address_in_a_page_leads_to_a_copy_as_wide_as_it_says(folder: Folder) -> None:
    """Also those of cards, the wall and feeds."""
    folder.write("content/posts/robot.jpg", large())
    folder.write("static/shelf.png", large("png"))
    story(folder, "![A robot](robot.jpg)\n\nWords.\n\n![A shelf](/shelf.png)", image="robot.jpg")
    folder.post("2026-11-21-other", "![A shelf](/shelf.png)", title="Other")
    folder.build()
    met = set()
    for page in folder.site.rglob("*.html"):
        met |= {
            address.rpartition("/")[2] for address in re.findall(r'<img [^>]*src="([^"]*)"', page.read_text("utf-8"))
        }
        met |= {
            address.rpartition("/")[2]
            for address in re.findall(r'<a class="enlarge" href="([^"]*)"', page.read_text("utf-8"))
        }
        for part in SRCSET.findall(page.read_text("utf-8")):
            for address, width in (candidate.split() for candidate in part.split(", ")):
                above = folder.site if address.startswith("/") else page.parent  # the page for lost readers
                file = above / address.lstrip("/")
                assert f"{Image.open(BytesIO(file.read_bytes())).width}w" == width
                met.add(file.name)
    feed = folder.page("feed.xml")
    met |= {address.rpartition("/")[2] for address in re.findall(r'src="([^"]*)"', feed)}
    assert met == set(copies(folder)), "a copy that no page shows is made for nothing"
    assert "<picture" not in feed


@pytest.mark.parametrize(
    "header",
    [
        {"focus": "{}"},
        {"photos": '[{{src: shelf.jpg, focus: center}}, {{src: ./robot.png, focus: "{}"}}]'},
        {"image": '{{src: robot.png, focus: "{}"}}'},
    ],
    ids=["key", "photos", "image"],
)
def test_a_picture_is_cut_where_its_author_says(folder: Folder, tmp_path: Path, header: dict[str, str]) -> None:
    """On cards and where it is shared, nowhere else; every edit of that makes other copies, and a build is a clean one."""
    sides = Image.new("RGB", (2400, 800), "red")
    sides.paste("blue", (1200, 0, 2400, 800))
    written = BytesIO()
    sides.save(written, "PNG")
    folder.write("content/posts/robot.png", written.getvalue())
    seen = set()
    for focus, color in (("left", "red"), ("100% 50%", "blue"), ("0.0 0.5", "red"), ("90 10", "blue")):
        story(folder, "![A robot](robot.png)", **{key: value.format(focus) for key, value in header.items()})
        folder.build()
        cut = {name: copy for name, copy in copies(folder).items() if "-f" in name}
        shared = (folder.site / "share").glob("robot-*-f*.jpg")
        cut |= {file.name: Image.open(BytesIO(file.read_bytes())) for file in shared}
        assert {(copy.format, name.endswith("300k.jpg")) for name, copy in cut.items()} == {
            ("WEBP", False),
            ("JPEG", False),
            ("JPEG", True),
        }
        for copy in cut.values():
            inside = copy.convert("RGB").getpixel((copy.width // 2, copy.height // 2))
            assert isinstance(inside, tuple)
            assert inside[0 if color == "red" else 2] > 200
        assert all(name in folder.page("index.html") for name in cut if name.endswith("webp"))
        seen |= {frozenset(cut)}
        clean = folder.clean(tmp_path / f"{len(seen)}")
        assert {route: (folder.site / route).read_bytes() for route in folder.routes()} == clean
    assert len(seen) == 3, "left and 0% 50% are one"


def test_one_picture_is_cut_for_each_story_on_its_own(folder: Folder) -> None:
    """For what matters in it is not the same for both."""
    folder.write("content/posts/robot.jpg", large())
    story(folder, focus="left top")
    folder.post("2026-11-21-letters", "![Letters](robot.jpg)", title="Letters", focus="right bottom")
    folder.build()
    home = folder.page("index.html")
    assert "-f0-0-" in home
    assert "-f100-100-" in home


def test_a_picture_that_is_also_linked_to_can_be_had_whole(folder: Folder) -> None:
    """What leads to the file leads to all of its pixels, and to nothing else in it."""
    folder.write("storysite.yml", SAFE)
    folder.write("content/posts/robot.jpg", phone_photo())
    story(folder, "![A robot](robot.jpg) and [the whole photo](robot.jpg)")
    folder.build()
    assert 'href="../../../media/posts/robot.jpg"' in folder.page("2026/11/robots/index.html")
    assert private_things((folder.site / "media/posts/robot.jpg").read_bytes()) == ()


def test_listings_show_pictures_of_one_shape(folder: Folder) -> None:
    """Three to two, cut around where there is most to see."""
    picture = Image.new("RGB", (1000, 3000), "gray")
    noise = Image.effect_noise((20, 12), 200).convert("RGB").resize((1000, 600), Image.Resampling.NEAREST)
    picture.paste(noise, (0, 300))
    written = BytesIO()
    picture.save(written, "JPEG")
    folder.write("content/posts/robot.jpg", written.getvalue())
    story(folder, image="robot.jpg")
    folder.build()
    cards = {name: copy for name, copy in copies(folder).items() if "-f" in name}
    assert {copy.size for copy in cards.values()} == {(400, 267), (800, 533), (1000, 667)}
    largest = max(cards.values(), key=lambda copy: copy.width).convert("L")
    plain = Image.new("L", largest.size, 128)
    detail = ImageChops.difference(largest, plain).point(lambda value: 255 * (value > 20)).histogram()[255]
    assert detail > largest.width * largest.height * 0.4, "the part without any detail was kept"


def test_a_copy_is_made_once_for_all_builds_names_and_outputs(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rebuild, another name, another output, a lost output: whatever asks for it again, it is there."""
    folder.write("content/posts/robot.jpg", large())
    story(folder, image="robot.jpg")
    folder.build()
    before = {name: (folder.site / "media" / name).read_bytes() for name in copies(folder)}

    def never(*_: object) -> None:
        raise AssertionError("a copy was made twice")

    monkeypatch.setattr("storysite.photos.derive.derive", never)
    story(folder, "New words.\n\n![A robot](robot.jpg)", image="robot.jpg")
    assert [url for url, _ in folder.build().result.made if url.startswith("media/")] == []
    folder.build(output=folder.path / "elsewhere")
    (folder.path / "content/posts/robot.jpg").rename(folder.path / "content/posts/our-robot.jpg")
    story(folder, "![A robot](our-robot.jpg)", image="our-robot.jpg")
    folder.build()
    after = {name: (folder.site / "media" / name).read_bytes() for name in copies(folder)}
    assert {name.replace("our-robot", "robot"): data for name, data in after.items()} == before


def test_a_kept_copy_that_is_damaged_is_made_again(folder: Folder, tmp_path: Path) -> None:
    """Cut short, changed or emptied: what is published is what a clean build makes."""
    folder.write("content/posts/robot.jpg", large())
    story(folder)
    folder.build()
    kept = sorted((folder.path / ".storysite/pictures").iterdir())
    kept[0].write_bytes(b"")
    kept[1].write_bytes(kept[1].read_bytes()[:-9])
    data = bytearray(kept[2].read_bytes())
    data[len(data) // 2] ^= 1
    kept[2].write_bytes(data)
    for file in (folder.site / "media").iterdir():
        file.unlink()
    folder.build()
    assert tree(folder.site) == folder.clean(tmp_path / "clean")


def test_copies_that_nobody_asked_for_in_a_month_are_dropped(folder: Folder) -> None:
    """Those that a build used are as good as new."""
    folder.write("content/posts/robot.jpg", large())
    folder.write("content/posts/shelf.jpg", large(size=(900, 600)))
    story(folder, "![A robot](robot.jpg)\n\n![A shelf](shelf.jpg)")
    folder.build()
    kept = {file.name for file in (folder.path / ".storysite/pictures").iterdir()}
    old = time.time() - GRACE - 60
    for file in (folder.path / ".storysite/pictures").iterdir():
        os.utime(file, (old, old))
    story(folder)
    folder.write("content/posts/robot.jpg", large(size=(2000, 1000)))
    folder.build()
    left = {file.name for file in (folder.path / ".storysite/pictures").iterdir()}
    assert left
    assert not left & kept


def test_a_replaced_picture_has_another_address(folder: Folder, tmp_path: Path) -> None:
    """Also of the same size and time: no browser shows an old one from its cache."""
    file = folder.write("content/posts/robot.jpg", large())
    story(folder)
    folder.build()
    before, stat = set(copies(folder)), file.stat()
    other = large(turned=3)
    file.write_bytes(other[: stat.st_size].ljust(stat.st_size, b"\0"))
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    folder.build()
    assert not before & set(copies(folder))
    assert tree(folder.site) == folder.clean(tmp_path / "clean")


@pytest.mark.parametrize("damage", ["cut", "empty"])
def test_a_damaged_picture_is_told_of_at_its_line_and_never_loses_the_build(folder: Folder, damage: str) -> None:
    """The story is published without it."""
    data = large()
    folder.write("content/posts/robot.jpg", data[: len(data) // 3] if damage == "cut" else b"")
    story(folder, "Words.\n\n![A robot](robot.jpg)")
    (problem,) = [problem for problem in folder.build().result.problems if problem.code == "picture-broken"]
    assert (problem.path, problem.line) == ("content/posts/2026-11-20-robots.md", 7)
    assert "robot.jpg" in problem.what
    assert copies(folder) == {}


def test_a_copy_explains_itself(folder: Folder) -> None:
    """As any other page does."""
    folder.write("content/posts/robot.jpg", large())
    story(folder)
    folder.build()
    name = min(copies(folder))
    first, *_ = explain_page(BuildOptions(folder.path, now=NOW, jobs=1), f"media/{name}")
    assert first == f"/media/{name} (content/posts/robot.jpg) is a copy of that picture with 1200 by 800 pixels."


def test_a_picture_that_changes_while_it_is_copied_is_told_of(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is remembered under the digest of other bytes."""
    file = folder.write("content/posts/robot.jpg", large())
    story(folder)

    def late(*given: object) -> object:
        file.write_bytes(large(turned=3))
        return render_pages(*given)  # type: ignore[arg-type]

    monkeypatch.setattr("storysite.build.render_pages", late)
    with pytest.raises(ProblemsFound, match="changed during the build"):
        folder.build()


def test_holes_are_holes_in_every_copy(folder: Folder) -> None:
    """In a kind that can have them."""
    holes = base().convert("RGBA").resize((900, 600))
    holes.putalpha(Image.new("L", holes.size, 255))
    holes.paste((0, 0, 0, 0), (400, 250, 500, 350))
    written = BytesIO()
    holes.save(written, "PNG")
    folder.write("content/posts/robot.png", written.getvalue())
    story(folder, "![A robot](robot.png)")
    folder.build()
    for copy in copies(folder).values():
        assert copy.format in ("PNG", "WEBP")
        assert copy.convert("RGBA").getpixel((copy.width // 2, copy.height // 2))[3] == 0  # type: ignore[index]
        assert corners(copy)
