"""The setting `avif`: copies in a kind that is smaller still, for browsers that know it, where they can be made."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import features
from playwright.sync_api import Browser

from storysite.photos.pillow import writes_avif
from tests.build.test_pictures import large, story
from tests.build.test_up_to_date import age, was_planned
from tests.folder import Folder, tree
from tests.photos.pictures import CORNERS, base, told_by
from tests.reader import Reader, hosted

SETTINGS = "base_url: https://library.example\nsearch: no\n"
STORY = "2026/11/robots/"
SHOWN = """async address => {
    const picture = new Image(), sheet = document.createElement("canvas")
    picture.src = address
    await picture.decode()
    sheet.width = picture.naturalWidth, sheet.height = picture.naturalHeight
    const pen = sheet.getContext("2d")
    pen.drawImage(picture, 0, 0)
    const at = (x, y) => [...pen.getImageData(sheet.width * x / 8, sheet.height * y / 8, 1, 1).data].slice(0, 3)
    return [at(1, 1), at(7, 1), at(1, 7), at(7, 7)]
}"""
"""What a browser sees in the corners of a picture."""


@pytest.fixture
def photo(folder: Folder) -> Folder:
    """Return a site with a photo that lies on its side, which asks for AVIF."""
    folder.write("storysite.yml", SETTINGS + "avif: yes\n")
    folder.write("content/posts/robot.jpg", large(turned=6))
    story(folder)
    return folder


def named(folder: Folder, ending: str) -> list[Path]:
    """Return the copies in the output whose names end so."""
    return sorted((folder.site / "media").glob(f"*{ending}"))


def test_avif_is_offered_before_what_everybody_can_show(photo: Folder) -> None:
    """In texts and on cards, in the same sizes as WebP; read by exiftool, they are that, and nothing else is in them."""
    photo.build()
    for page in (f"{STORY}index.html", "index.html"):
        kinds = re.findall(r'<source type="([^"]*)"', photo.page(page))
        assert kinds[:2] == ["image/avif", "image/webp"]
    sizes = {each.name.removesuffix("-q58.avif") for each in named(photo, ".avif")}
    assert sizes == {each.name.removesuffix("-q76.webp") for each in named(photo, ".webp")}
    found = told_by(named(photo, ".avif"))
    for name, tells in found.items():
        assert tells["File:FileType"] == "AVIF"
        assert f"-{tells['File:ImageWidth']}x{tells['File:ImageHeight']}-" in name
        assert not re.search("EXIF|XMP|GPS|ICC", str(tells)), name


def test_a_browser_takes_avif_and_sees_the_same_picture(photo: Folder, browser: Browser) -> None:
    """Upright, in the colors of the photo."""
    photo.build()
    with hosted(photo.site) as address:
        reader = Reader(browser, address, viewport={"width": 1280, "height": 900})
        tab = reader.open(STORY)
        taken = tab.locator(".text img").first.evaluate("picture => picture.currentSrc")
        assert taken.endswith(".avif")
        for place in named(photo, ".avif"):
            if "-f" in place.name:
                continue
            corners = tab.evaluate(SHOWN, f"{taken.rpartition('/')[0]}/{place.name}")
            for seen, color in zip(corners, CORNERS, strict=True):
                assert all(abs(one - other) <= 30 for one, other in zip(seen, color, strict=True)), place.name
        reader.context.close()


def test_a_film_stays_a_film(photo: Folder) -> None:
    """No browser is offered a still in its place; its card is one anyway."""
    frames = [base().resize((600, 400)).rotate(turn) for turn in (0, 180)]
    written = BytesIO()
    frames[0].save(written, "GIF", save_all=True, append_images=frames[1:], duration=200)
    photo.write("content/posts/film.gif", written.getvalue())
    photo.post("2026-11-21-film", "![A film](film.gif)", title="Film")
    photo.build()
    assert [each for each in named(photo, ".avif") if each.name.startswith("film") and "-f" not in each.name] == []
    assert [each for each in named(photo, ".avif") if each.name.startswith("film")]


def test_the_setting_decides_nothing_but_copies(photo: Folder, tmp_path: Path) -> None:
    """Written, taken back or written again: each build is a clean one, and without it there is no AVIF."""
    for settings in ("", "avif: no\n", "avif: yes\n", ""):
        photo.write("storysite.yml", SETTINGS + settings)
        photo.build()
        assert bool(named(photo, ".avif")) == ("yes" in settings)
        assert tree(photo.site) == photo.clean(tmp_path / "clean")


def test_where_avif_cannot_be_made_webp_is(photo: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """One note says so, at its line; as soon as it can be made, it is, though no file changed."""
    asked: Callable[..., object] = features.check
    age(photo)
    with monkeypatch.context() as here:
        here.setattr("PIL.features.check", lambda name: name != "avif" and asked(name))
        writes_avif.cache_clear()
        for _ in range(2):
            built = photo.build_if_needed()
            (note,) = [problem for problem in built.problems if problem.code == "avif-missing"]
            assert (note.path, note.line, note.excerpt) == ("storysite.yml", 3, "avif: yes")
            assert "shown as WebP" in note.what
            assert named(photo, ".avif") == []
            assert named(photo, ".webp")
    writes_avif.cache_clear()
    assert [problem.code for problem in photo.build_if_needed().problems] == ["post-id-derived"]
    assert named(photo, ".avif")
    assert not was_planned(photo.build_if_needed())
