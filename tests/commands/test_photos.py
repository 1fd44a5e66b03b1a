"""`storysite photos` as people type it: what pictures tell, how it is taken out, and how new ones come in."""

import os
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from storysite.errors import UsageError
from storysite.photos.add import added
from storysite.photos.compare import same_pixels
from storysite.photos.exif import orientation_only
from storysite.photos.header import read_facts
from storysite.photos.metadata import private_things
from storysite.photos.scrub import scrub
from storysite.starter.add_photos import add_photo, find_post, photo_name
from tests.command_line import small_site, spoken, storysite
from tests.folder import Folder, tree
from tests.photos.pictures import base, made, upright


@pytest.fixture
def shelf(tmp_path: Path) -> Folder:
    """Return a site with one story, for the command line."""
    return small_site(tmp_path)


def telling(turned: int = 1, *, kind: str = "jpeg", size: tuple[int, int] | None = None) -> bytes:
    """Return a picture that tells where it was taken and by whom, and has to be turned."""
    exif = Image.Exif()
    exif[0x0112] = turned
    exif[0x013B] = "Ana Rivera"
    exif[0x8825] = {1: "N", 2: (41.0, 5.0, 0.0)}
    picture = Image.effect_noise(size, 40).convert("RGB") if size else None
    return made(kind, turned, picture, exif=exif)


def kept(shelf: Folder) -> list[Path]:
    """Return the photos that were kept as they were before they were cleaned."""
    return sorted(file for file in (shelf.path.parent / "home").rglob("photos-before-cleaning/**/*") if file.is_file())


def test_photos_that_tell_too_much_are_listed_cleaned_and_kept(shelf: Folder) -> None:
    """In all folders; not a pixel changes, the rights of the file stay, and the old one lies outside of the site."""
    shelf.write("content/posts/robot.jpg", telling(6))
    shelf.write("static/team photo.png", telling(3, kind="png"))
    shelf.write("static/plain.jpg", made("jpeg"))
    shelf.write("static/notes.jpg", "no picture")
    (shelf.path / "content/posts/robot.jpg").chmod(0o640)
    listed = storysite(shelf.path, "photos")
    assert (listed.stdout, listed.stderr, listed.returncode) == (
        """content/posts/robot.jpg tells where it was taken; the name of the photographer or owner
static/team photo.png tells where it was taken; the name of the photographer or owner
2 photos tell more than they show, and 2 of them should not be published like that. To take that out, run storysite photos clean.
""", "", 1,
    )  # fmt: skip
    said = spoken(shelf, "photos", "clean").splitlines()
    assert said[:2] == ["content/posts/robot.jpg is clean", "static/team photo.png is clean"]
    assert said[2].startswith("2 photos cleaned. As they were before, they are kept for 30 days in ")
    clean = (shelf.path / "content/posts/robot.jpg").read_bytes()
    assert private_things(clean) == ()
    assert upright(clean)
    assert same_pixels(telling(6), clean)
    assert orientation_only(6) in clean
    if os.name != "nt":
        assert (shelf.path / "content/posts/robot.jpg").stat().st_mode & 0o777 == 0o640
    assert [file.read_bytes() for file in kept(shelf)] == [telling(6), telling(3, kind="png")]
    assert not any(file.name.endswith("~") for file in shelf.path.rglob("*"))
    assert spoken(shelf, "photos") == spoken(shelf, "photos", "clean") == "No photo tells more than it shows.\n"


def test_what_is_kept_is_forgotten_after_thirty_days_and_never_overwritten(shelf: Folder) -> None:
    """A photo may come back under its name on the same day."""
    for kind in ("jpeg", "png"):
        shelf.write("static/robot.jpg", telling(kind=kind))
        spoken(shelf, "photos", "clean")
    assert [file.name for file in kept(shelf)] == ["robot-2.jpg", "robot.jpg"]
    home = kept(shelf)[0].parents[3]
    for days in (29, 31):
        (home / f"{date.today() - timedelta(days=days)}").mkdir()
    (home / "mine").mkdir()
    shelf.write("static/robot.jpg", telling())
    spoken(shelf, "photos", "clean")
    assert {folder.name for folder in home.iterdir()} == {
        "mine",
        str(date.today()),
        str(date.today() - timedelta(days=29)),
    }


def test_harmless_details_are_listed_and_no_fault(shelf: Folder) -> None:
    """Which phone it was is no secret, but it can be taken out as well."""
    exif = Image.Exif()
    exif[0x0110] = "Phone 15"
    for number in range(8):
        shelf.write(f"static/{number}.jpg", made("jpeg", exif=exif))
    said = spoken(shelf, "photos")
    assert said.startswith("static/0.jpg tells which camera or phone took it\n")
    assert said.endswith(
        "… and 3 more photos (--verbose shows all)\n8 photos tell more than they show. To take that out, run storysite photos clean.\n"
    )
    assert "static/7.jpg" in spoken(shelf, "photos", "--verbose")


def test_a_photo_that_cannot_be_cleaned_is_left_as_it_is(shelf: Folder) -> None:
    """One whose pixels end too soon, for example; the others are cleaned."""
    data = telling()
    shelf.write("static/cut.jpg", data[: len(data) - 200])
    shelf.write("static/whole.jpg", data)
    result = storysite(shelf.path, "photos", "clean")
    assert result.returncode == 1
    assert result.stdout.startswith("static/whole.jpg is clean\n1 photo cleaned.")
    assert result.stderr == (
        "static/cut.jpg: this picture is damaged or was not copied to its end, so it was left as it is  [photo-unreadable]\n"
        "    hint: copy it again from where it came from\n"
    )
    assert (shelf.path / "static/cut.jpg").read_bytes() == data[: len(data) - 200]


def test_photos_come_in_small_upright_and_with_nothing_but_the_picture(shelf: Folder) -> None:
    """Next to their post, under a name for an address, whatever the camera called them."""
    source = shelf.path.parent / "from the phone"
    source.mkdir()
    for name, data in {
        "IMG_1234.JPG": telling(6, size=(3200, 400)),
        "IMG_1235.JPG": telling(),
        "Robot Club — Año 3.heic": made("heic"),
        "Scan 12.tiff": made("tiff", 5),
        "badge.svg": b"<svg onload='x()'><path d='M0 0'/></svg>",
    }.items():
        (source / name).write_bytes(data)
    files = sorted(source.iterdir())
    before = tree(shelf.path)
    said = spoken(shelf, "photos", "add", *map(str, files), "--to", "robots")
    lines = said.splitlines()
    assert lines[0].startswith("content/posts/robots.jpg is ready: 320 × 2,560, ")
    assert lines[0].endswith("Taken out: where it was taken; the name of the photographer or owner")
    assert lines[-5:] == [
        "![](robots.jpg)",
        "![](robots-2.jpg)",
        "![](robot-club-ano-3.jpg)",
        "![](robots-3.jpg)",
        "![](badge.svg)",
    ]
    posts = shelf.path / "content/posts"
    facts = read_facts((posts / "robots.jpg").read_bytes())
    assert (facts.width, facts.height, facts.turned) == (320, 2560, 1)
    for name in ("robots-2.jpg", "robot-club-ano-3.jpg", "robots-3.jpg"):
        assert upright((posts / name).read_bytes(), 60)
        assert private_things((posts / name).read_bytes()) == ()
    assert (posts / "badge.svg").read_bytes() == b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0" /></svg>'
    after = tree(shelf.path)
    assert {name: after[name] for name in before} == before
    assert [file.read_bytes() for file in files][1] == telling()


def test_a_small_photo_keeps_its_pixels_and_another_kind_becomes_one_that_browsers_show() -> None:
    """Only what is too large, or what browsers do not show, is written anew."""
    written = BytesIO()
    frames = [Image.new("RGB", (20, 20), color) for color in ("red", "blue")]
    frames[0].save(written, "GIF", save_all=True, append_images=frames[1:], comment=b"Ana")
    for data, ending in ((telling(6), ".jpg"), (written.getvalue(), ".gif"), (telling(kind="webp"), ".webp")):
        assert added(data) == (scrub(data), ending)
        assert same_pixels(data, scrub(data))
    assert added(made("tiff", picture=Image.new("RGBA", (4, 4))))[1] == ".png"
    assert added(made("bmp"))[1] == ".png"
    assert read_facts(added(made("jpeg", picture=base().convert("CMYK")))[0]).color == "rgb"


def test_a_post_is_found_by_its_path_and_its_names(shelf: Folder) -> None:
    """Also one in a folder of its own; where several have the name, none is guessed."""
    shelf.write("content/posts/2026-11-21-fair/index.md", "---\nid: fair\ntitle: Fair\ndate: 2026-11-21\n---\nBooks.\n")
    path = "content/posts/2026-11-21-fair/index.md"
    for name in (path, "./content/posts/2026-11-21-fair/", "2026-11-21-fair", "fair", "FAIR", path.replace("/", "\\")):
        assert find_post(shelf.path, name) == path
    shelf.write("IMG_1.jpg", made("jpeg"))
    assert (
        add_photo(shelf.path, shelf.path / "IMG_1.jpg", path).file
        == shelf.path / "content/posts/2026-11-21-fair/fair.jpg"
    )
    shelf.post("2025-11-20-robots", id="older", title="Robots")
    with pytest.raises(UsageError, match="more than one post is called robots: content/posts/2025"):
        find_post(shelf.path, "robots")


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("IMG_20261120_101500", "robots"),
        ("PXL_20261120_101500123.MP", "robots"),
        ("DSC01234", "robots"),
        ("IMG-20261120-WA0007", "robots"),
        ("WhatsApp Image 2026-11-20 at 10.15.00", "robots"),
        ("20261120", "robots"),
        ("Screenshot_20261120", "robots"),
        ("Robot & friends (2)", "robot-friends-2"),
        ("..", "robots"),
        ("../../etc/passwd", "etc-passwd"),
        ("机器人", "机器人"),
        ("con\udcffcert", "con-cert"),
    ],
)
def test_a_photo_has_a_name_that_says_something(stem: str, name: str) -> None:
    """Its own, or that of its post where a camera gave it: with no letter that an address or a disk refuses."""
    assert photo_name(stem, "content/posts/2026-11-20-robots.md") == name
    assert photo_name(stem, "") == ("photo" if name == "robots" else name)


def test_nothing_is_done_where_there_is_no_site(tmp_path: Path) -> None:
    """As with every other command."""
    result = storysite(tmp_path, "photos", "clean")
    assert result.returncode == 2
    assert "[no-site]" in result.stderr
