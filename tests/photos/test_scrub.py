"""Nothing but the picture is left of a picture, and of that every pixel: as another program, exiftool, sees it."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from storysite.photos.compare import same_pixels
from storysite.photos.header import read_facts
from storysite.photos.kinds import KINDS, kind_of
from storysite.photos.metadata import Thing, private_things
from storysite.photos.scrub import scrub
from tests.photos.pictures import (
    IN_JPEG,
    RASTER,
    TOLD,
    TOLD_OTHERWISE,
    TURNABLE,
    base,
    lying,
    made,
    tell,
    told_by,
    upright,
)

EXIF_KINDS = ("jpeg", "png", "webp", "avif", "heic", "tiff")
ALL = [line for lines in TOLD.values() for line in lines]
CASES = {
    **{
        f"{thing.name.lower()}-in{KINDS[kind].endings[0]}": (kind, thing, told)
        for kind in EXIF_KINDS
        for thing, told in TOLD.items()
    },
    **{
        f"{name}-in{KINDS[kind].endings[0]}": (kind, thing, told)
        for kind in EXIF_KINDS
        for name, (thing, told) in TOLD_OTHERWISE.items()
    },
    **{f"{name}.jpg": ("jpeg", thing, told) for name, (thing, told) in IN_JPEG.items()},
    "comment.gif": ("gif", Thing.TEXT, ["-Comment=Room 12"]),
    "xmp.gif": ("gif", Thing.OWNER, ["-XMP-dc:Creator=Ana Rivera"]),
    "text.png": ("png", Thing.OWNER, ["-PNG:Author=Ana Rivera"]),
    "comment.png": ("png", Thing.TEXT, ["-PNG:Comment=Room 12"]),
    "iptc.tif": ("tiff", Thing.OWNER, ["-IPTC:By-line=Ana Rivera"]),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of pictures into which exiftool has written, with one that is scrubbed beside each."""
    folder = tmp_path_factory.mktemp("told")
    clean, plain = folder / "clean", folder / "plain"
    clean.mkdir()
    plain.mkdir()
    for kind in RASTER:
        (plain / f"upright{KINDS[kind].endings[0]}").write_bytes(made(kind))
        for turned in (2, 6) if kind in TURNABLE else ():
            (plain / f"lying-{turned}{KINDS[kind].endings[0]}").write_bytes(made(kind, turned))
    files = {}
    for name, (kind, _, lines) in CASES.items():
        (folder / name).write_bytes(made(kind))
        files[folder / name] = lines
    for kind in TURNABLE:
        for turned in range(1, 9):
            file = folder / f"lying-{turned}{KINDS[kind].endings[0]}"
            file.write_bytes(made(kind, turned))
            files[file] = ALL
    tell(files)
    for file in files:
        (clean / file.name).write_bytes(scrub(file.read_bytes()))
    return folder


def test_what_exiftool_writes_is_found_and_taken_out(told: Path) -> None:
    """Each kind of thing in each kind of picture: it is told of by name before, and exiftool finds nothing after."""
    before = {name: private_things((told / name).read_bytes()) for name in CASES}
    assert {name: things for name, things in before.items() if CASES[name][1] not in things} == {}
    after = {name: private_things((told / "clean" / name).read_bytes()) for name in CASES}
    assert {name: things for name, things in after.items() if things} == {}
    plain = told_by(sorted((told / "plain").iterdir()))
    of_pictures = {
        kind: {tag for name, tags in plain.items() if name.endswith(KINDS[kind].endings[0]) for tag in tags}
        for kind in RASTER
    }
    for folder, is_clean in ((told, False), (told / "clean", True)):
        found = told_by(sorted(folder.glob("*.*")))
        assert len(found) == len(CASES) + 8 * len(TURNABLE)
        more = {name: tags.keys() - of_pictures[kind_of((told / name).read_bytes())] for name, tags in found.items()}
        assert {name: tags for name, tags in more.items() if bool(tags) == is_clean} == {}


@pytest.mark.parametrize("kind", TURNABLE)
def test_a_scrubbed_picture_is_as_upright_as_before(kind: str, told: Path) -> None:
    """However the phone was held; and to the last pixel what it was."""
    for turned in range(1, 9):
        name = f"lying-{turned}{KINDS[kind].endings[0]}"
        data, clean = (told / name).read_bytes(), (told / "clean" / name).read_bytes()
        assert same_pixels(data, clean), name
        assert upright(clean), name
        assert read_facts(clean) == read_facts(data)
        assert (read_facts(clean).width, read_facts(clean).height) == base().size
        assert scrub(clean) == clean


@pytest.mark.parametrize("name", CASES)
def test_no_pixel_changes(name: str, told: Path) -> None:
    assert same_pixels((told / name).read_bytes(), (told / "clean" / name).read_bytes())


@pytest.mark.parametrize("kind", ["jpeg", "png", "gif", "webp", "avif", "heic", "bmp"])
@pytest.mark.parametrize(
    ("tail", "thing"),
    [
        (b"\0\0\0\x18ftypmp42" + b"film" * 500, Thing.FILM),
        (made("jpeg"), Thing.BEHIND),
        (b"PK\3\4 an archive", Thing.REST),
        (b"<script>alert(1)</script>", Thing.REST),
    ],
    ids=["film", "picture", "archive", "page"],
)
def test_what_follows_the_end_is_cut_off(kind: str, tail: bytes, thing: Thing) -> None:
    """A phone's film, a second picture, or a file that is two things at once."""
    data = made(kind) + tail
    assert thing in private_things(data) or (kind in ("avif", "heic") and private_things(data))
    assert scrub(data) == scrub(made(kind))


def test_a_phones_film_in_a_box_is_cut_off() -> None:
    """Samsung's HEIC has it in a box of its own."""
    film = b"\0\0\0\x18ftypmp42" + bytes(range(200))
    data = made("heic") + (len(film) + 8).to_bytes(4, "big") + b"mpvd" + film
    assert private_things(data) == (Thing.FILM,)
    assert scrub(data) == made("heic")


def test_small_copies_and_second_pictures_of_a_jpeg_are_taken_out() -> None:
    """In EXIF, in JFIF, in Photoshop's block, and behind the end, as phones with two lenses write them."""
    data = made("jpeg")
    small = made("jpeg", picture=base().resize((16, 12)))
    block = b"II*\0\x08\0\0\0\0\0" + (14).to_bytes(4, "little") + b"\2\0"
    for tag, value in ((0x0201, 44), (0x0202, len(small))):
        block += tag.to_bytes(2, "little") + b"\4\0\1\0\0\0" + value.to_bytes(4, "little")
    block += bytes(4) + small
    segments = b"\xff\xe1" + (len(block) + 8).to_bytes(2, "big") + b"Exif\0\0" + block
    segments += b"\xff\xe0\0\x0cJFXX\0\x10abcd" + b"\xff\xe2\0\x0aMPF\0abcd"
    segments += b"\xff\xed\0\x1cPhotoshop 3.0\0008BIM\x04\x0c\0\0\0\0\0\0"
    things = private_things(data[:2] + segments + data[2:] + small)
    assert things == (Thing.THUMBNAIL, Thing.BEHIND)
    assert scrub(data[:2] + segments + data[2:] + small) == scrub(data)


def test_how_a_cropping_program_leaves_the_rest_is_no_matter() -> None:
    """Two programs of phones and computers wrote the smaller PNG over the larger one and left its end (CVE-2023-21036)."""
    whole, cropped = made("png", picture=Image.effect_noise((64, 64), 90).convert("RGB")), made("png")
    left = cropped + whole[len(cropped) :]
    assert private_things(left) == (Thing.REST,)
    assert scrub(left) == scrub(cropped)


@pytest.mark.parametrize("kind", ["gif", "webp", "png"])
def test_films_move_as_before(kind: str) -> None:
    """All frames, as long as each was shown, and as often."""
    frames = [base().rotate(90 * turn).convert("P" if kind == "gif" else "RGB") for turn in range(4)]
    written = BytesIO()
    options = {"save_all": True, "append_images": frames[1:], "duration": 120, "loop": 3}
    frames[0].save(written, {"gif": "GIF", "webp": "WEBP", "png": "PNG"}[kind], comment=b"room 12", **options)
    data = written.getvalue()
    clean = scrub(data)
    before, after = Image.open(BytesIO(data)), Image.open(BytesIO(clean))
    assert same_pixels(data, clean)
    assert (after.n_frames, after.info.get("loop")) == (before.n_frames, before.info.get("loop"))  # type: ignore[attr-defined]
    assert read_facts(clean).frames == 4
    assert private_things(clean) == ()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_pngs_of_every_mode_stay(mode: str) -> None:
    picture = base().convert("L").convert("I;16") if mode == "I;16" else base().convert(mode)
    data = made("png", picture=picture)
    assert same_pixels(data, scrub(data))


def test_colors_of_a_printing_press_stay() -> None:
    """Adobe's mark, without which they are shown as a negative, is kept."""
    data = made("jpeg", picture=base().convert("CMYK"))
    assert b"Adobe" in scrub(data)
    assert same_pixels(data, scrub(data))


@pytest.mark.parametrize("kind", RASTER)
def test_a_plain_picture_tells_nothing(kind: str) -> None:
    """What was made without metadata has none, and stays as it is but for what needs no saying."""
    assert private_things(made(kind)) == ()
    assert same_pixels(made(kind), scrub(made(kind)))


@pytest.mark.parametrize("turned", range(1, 9))
def test_a_lying_picture_is_what_a_camera_holds(turned: int) -> None:
    """The pictures of these tests are right themselves."""
    assert upright(made("png", turned))
    assert lying(turned).size == (base().size if turned < 5 else base().size[::-1])
