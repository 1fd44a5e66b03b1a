"""What documents tell is what exiftool reads in them; and of what nobody can read, nothing is told."""

import json
import os
import subprocess
from io import BytesIO
from pathlib import Path
from random import Random
from time import process_time
from zipfile import ZIP_BZIP2, ZIP_STORED, ZipFile

import pytest
import typst
from PIL import Image

from storysite.documents import office as office_files
from storysite.documents.look import is_document, told_by
from storysite.documents.told import Thing, Told, sentence
from tests.documents.documents import (
    CORE,
    META,
    OFFICE,
    OPEN,
    XMP,
    office,
    packed,
    packed_pdf,
    pdf,
    stream,
    with_table,
)
from tests.photos.pictures import made, phone_photo
from tests.tools import require

JANE, JOSE = "Jane Doe", "José Núñez 读"
AUTHOR = (Told("AUTHOR", JANE),)


def read_by_exiftool(folder: Path, data: bytes, ending: str) -> dict[str, object]:
    """Return what exiftool finds in a document, without the names of its groups."""
    file = folder / f"document.{ending}"
    file.write_bytes(data)
    found = subprocess.run([require("exiftool"), "-j", "-a", file], capture_output=True, check=False).stdout
    facts: dict[str, object] = json.loads(found)[0]
    if "Archive::Zip" in str(facts.get("Warning", "")):
        missing = "exiftool reads no office documents here: apt-get install libarchive-zip-perl"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(missing)
    return facts


def utf_16(text: str) -> bytes:
    """Return a text as most programs write one into a PDF, with what stands for itself escaped."""
    data = b"\xfe\xff" + text.encode("utf-16-be")
    for sign in (b"\\", b"(", b")", b"\r"):
        data = data.replace(sign, b"\\r" if sign == b"\r" else b"\\" + sign)
    return b"/Author (" + data + b")"


PDFS = {
    "plain": (pdf(b"/Title (A (small) flyer) /Author (Jane Doe)"), [JANE]),
    "escaped": (pdf(rb"/Author(Jane \(\104oe\) \\ \
Rivera)"), ["Jane (Doe) \\ Rivera"]),
    "nested": (pdf(b"/Author (Jane (Doe (Rivera)))/Producer(X)"), ["Jane (Doe (Rivera))"]),
    "digits": (pdf(b"/Producer <00> /Author <4A616E65 20446F65>"), [JANE]),
    "odd digits": (pdf(b"/Author <4A616E65 20446F657>"), ["Jane Doep"]),
    "utf-16": (pdf(utf_16(JOSE + " (Akron)")), [JOSE + " (Akron)"]),
    "utf-16 digits": (pdf(b"/Author <" + ("\ufeff" + JOSE).encode("utf-16-be").hex().encode() + b">"), [JOSE]),
    "utf-8": (pdf(b"/Author (\xef\xbb\xbf" + JOSE.encode() + b")"), [JOSE]),
    "its own letters": (pdf(b"/Author (Ren\xe9e \x8dJo\x8e \x97\x9e)"), ["Renée “Jo” Šž"]),
    "elsewhere": (pdf(b"/Title (x) /Author 5 0 R", {5: b"(Jane Doe)"}), [JANE]),
    "packed": (packed_pdf(b"/Producer (x) /Author (Jane Doe)"), [JANE]),
    "between others": (pdf(b"/A [(Author) /Author] /B <</Author (Nobody Else)>> /Trapped /True /Author (Jane Doe)"), [JANE]),
    "xmp": (
        pdf(None, {5: stream("/Type /Metadata /Subtype /XML", XMP.format(f"<rdf:li>{JOSE}</rdf:li>").encode())}, catalog="/Metadata 5 0 R"),
        [JOSE],
    ),
    "packed xmp": (
        pdf(None, {5: stream("/Type /Metadata /Subtype /XML", XMP.format("<rdf:li>Jane Doe</rdf:li><rdf:li>Ana</rdf:li>").encode(), packed=True)}, catalog="/Metadata 5 0 R"),
        [JANE, "Ana"],
    ),
    "nobody": (pdf(b"/Author () /Creator (Writer) /Producer (LibreOffice)"), []),
    "no facts": (pdf(None), []),
}  # fmt: skip


@pytest.mark.parametrize("name", PDFS)
def test_the_author_of_a_pdf_is_the_one_that_exiftool_reads(name: str, tmp_path: Path) -> None:
    """However it is written: as text, digits, in any letters, elsewhere in the file, packed, or as XMP."""
    data, authors = PDFS[name]
    assert told_by(data) == tuple(Told("AUTHOR", author) for author in authors)
    facts = read_by_exiftool(tmp_path, data, "pdf")
    read = facts.get("Author") or facts.get("Creator" if "xmp" in name else "Author") or []
    read = [read] if isinstance(read, str) else read
    if name == "utf-8":  # exiftool does not know what PDF 2.0 brought
        assert read
    else:
        assert read == authors


def test_what_programs_make_is_read(tmp_path: Path) -> None:
    """A typesetter, and a program for pictures."""
    (tmp_path / "flyer.typ").write_text(f'#set document(author: "{JOSE}")\nRead.', "utf-8")
    picture = BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PDF", author=JOSE)
    for data in (typst.compile(tmp_path / "flyer.typ"), picture.getvalue()):
        assert told_by(data) == (Told("AUTHOR", JOSE),)
        assert read_by_exiftool(tmp_path, data, "pdf")["Author"] == JOSE


@pytest.mark.parametrize(("way", "told"), [("/FlateDecode", AUTHOR), ("[ /FlateDecode ]", AUTHOR), ("/LZWDecode", ())])
def test_what_is_packed_as_all_programs_do_is_read(way: str, told: tuple[Told, ...]) -> None:
    """A list of one way to pack is as good as that way; ways that nobody uses any more tell nothing."""
    data = XMP.format(f"<rdf:li>{JANE}</rdf:li>").encode()
    packet = stream("/Type /Metadata", data, packed=True, way=way)
    assert told_by(pdf(None, {5: packet}, catalog="/Metadata 5 0 R")) == told


def test_the_author_of_an_earlier_version_is_still_in_the_file(tmp_path: Path) -> None:
    """Programs put a new version behind the old one; exiftool says that what it takes away can be had back."""
    first = pdf(b"/Author (Jane Doe) /Company (Lincoln School)")
    later = with_table(first, {4: b"<</Author (Ana)>>"}, "/Info 4 0 R /Prev 9")
    assert {each.name for each in told_by(later)} == {JANE, "Ana", "Lincoln School"}
    (tmp_path / "flyer.pdf").write_bytes(first)
    subprocess.run([require("exiftool"), "-q", "-all:all=", "-overwrite_original", tmp_path / "flyer.pdf"], check=True)
    assert Told("AUTHOR", JANE) in told_by((tmp_path / "flyer.pdf").read_bytes())


def test_a_locked_pdf_tells_nothing() -> None:
    """Its texts cannot be read without the key."""
    assert told_by(pdf(b"/Author (\x8f\x03)", ending="/Encrypt 5 0 R")) == ()
    assert told_by(pdf(b"/Author (\x8f\x03)", ending="/Encrypt <</Filter /Standard>>")) == ()


@pytest.mark.parametrize("kind", [*OFFICE, *OPEN])
def test_people_in_office_documents_are_those_that_exiftool_reads(kind: str, tmp_path: Path) -> None:
    """Author, last editor, and what Microsoft's programs know of the school."""
    data = office(kind, author=JANE, editor=JOSE, company="Lincoln &amp; Sons", manager="Mr. Duarte")
    told = {each.thing: each.name for each in told_by(data)}
    facts = read_by_exiftool(tmp_path, data, kind)
    if kind in OPEN:
        assert (
            told == {"AUTHOR": facts["Initial-creator"], "EDITOR": facts["Creator"]} == {"AUTHOR": JANE, "EDITOR": JOSE}
        )
        return
    read = [facts[name] for name in ("Creator", "LastModifiedBy", "Manager", "Company")]
    assert list(told.values()) == read == [JANE, JOSE, "Mr. Duarte", "Lincoln & Sons"]
    assert [*told] == ["AUTHOR", "EDITOR", "MANAGER", "COMPANY"]


@pytest.mark.parametrize("kind", [*OFFICE, *OPEN, "pdf"])
def test_a_photo_in_a_document_tells_its_place(kind: str) -> None:
    """Programs put photos in as they are; one without a place tells nothing, and neither does a drawing."""
    for photo, told in ((phone_photo(), (Told("PLACE"),)), (phone_photo(degrees=0), ()), (made("jpeg"), ())):
        image = {5: stream("/Subtype /Image /Filter /DCTDecode", photo)}
        assert told_by(pdf(None, image) if kind == "pdf" else office(kind, photo=photo)) == told


@pytest.mark.parametrize("name", ["", "  ", "Microsoft Office User", "python-docx", "user", "&#10;"])
def test_a_name_that_is_nobodys_is_not_told(name: str) -> None:
    """Programs write something where nobody has said who they are."""
    assert told_by(office("docx", author=name, editor=name)) == ()


def test_what_is_told_is_one_line_for_people() -> None:
    """Each thing once, with its names, of which a few are told, and none is long."""
    data = office("docx", author="Jane\x85 Doe" + "e" * 100, editor=JANE)
    assert sentence(told_by(data)) == f"who wrote it: Jane Doe{'e' * 51}…; who saved it last: Jane Doe"
    many = "".join(f"<rdf:li>{number}</rdf:li>" for number in range(9))
    data = pdf(None, {5: stream("/Type /Metadata", XMP.format(many).encode())}, catalog="/Metadata 5 0 R")
    assert sentence(told_by(data)) == "who wrote it: 0, 1, 2, 3, and 5 more"
    assert sentence((Told("PLACE"),)) == "where a photo in it was taken"
    assert {thing.name for thing in Thing} >= {each.thing for each in told_by(office("docx", author="a", company="b"))}


def test_a_document_is_known_by_its_bytes_and_an_office_document_by_its_name_too() -> None:
    """Any other ZIP file is an archive that somebody means to give away."""
    zipped, page = office("docx")[:64], pdf()[:64]
    for (
        ending
    ) in "docx docm dotx dotm xlsx xlsm xltx xltm xlsb pptx pptm potx potm ppsx ppsm odt ods odp ott otp".split():
        assert is_document(f"static/a.{ending.upper()}", zipped)
        assert not is_document(f"static/a.{ending}", b"MZ")
    assert is_document("static/flyer", page)
    assert is_document("static/flyer.pdf", b"\xef\xbb\xbf\n" + page)
    assert not is_document("static/a.zip", zipped)
    assert not is_document("static/a.epub", zipped)


class Hostile:
    """Documents that are made to fill the memory, or to take for ever."""

    @staticmethod
    def laughs() -> bytes:
        entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 20))
        return packed(
            {"docProps/core.xml": f'<!DOCTYPE c [<!ENTITY l0 "ha">{entities}]><c><creator>&l19;</creator></c>'}
        )

    @staticmethod
    def elsewhere() -> bytes:
        text = '<!DOCTYPE c [<!ENTITY x SYSTEM "file:///etc/passwd">]><c><creator>&x;</creator></c>'
        return packed({"docProps/core.xml": text})

    @staticmethod
    def deep() -> bytes:
        return packed({"docProps/core.xml": "<a>" * 100_000 + "<creator>Jane</creator>"})

    @staticmethod
    def large_text() -> bytes:
        return packed({"docProps/core.xml": "<creator>" + "a" * 50_000_000})

    @staticmethod
    def large_photos() -> bytes:
        return packed([(f"word/media/{n}.jpg", phone_photo() + bytes(30_000_000)) for n in range(12)])

    @staticmethod
    def many_texts() -> bytes:
        return packed([(f"{n}/docProps/core.xml", " " * 999_000) for n in range(300)])

    @staticmethod
    def many_members() -> bytes:
        one = b"PK\1\2" + bytes(42)
        end = b"PK\5\6" + bytes(4) + b"\xff\xff" * 2 + (len(one) * 1_000_000).to_bytes(4, "little") + bytes(6)
        return b"PK\3\4" + bytes(26) + one * 1_000_000 + end

    @staticmethod
    def pack_of_nothing() -> bytes:
        pack = stream("/Type /ObjStm /N 1 /First 4", b"4 0 " + bytes(300_000_000), packed=True)
        return pdf(b"", dict.fromkeys(range(5, 60), pack))

    @staticmethod
    def circles() -> bytes:
        return pdf(b"/Author 4 0 R", {1: b"<</Metadata 1 0 R>>", 5: b"5 0 R"}, ending="/Prev 0 /Prev 0")

    @staticmethod
    def many_objects() -> bytes:
        return b"%PDF-1.4\n" + b"1 0 obj<</Author(" * 500_000 + b"/Info 1 0 R /Root 1 0 R"

    @staticmethod
    def only_obj() -> bytes:
        return b"%PDF-1.4\n/Info 1 0 R" + b"obj" * 5_000_000

    @staticmethod
    def only_packs() -> bytes:
        return b"%PDF-1.4\n/Info 1 0 R" + b"1 0 obj<</Type/ObjStm/First 0>>stream\n" * 100_000

    @staticmethod
    def only_photos() -> bytes:
        return b"%PDF-1.4\n" + b"stream\n\xff\xd8\xff\xe1" * 2_000_000

    @staticmethod
    def open_brackets() -> bytes:
        return b"%PDF-1.4\n/Info 1 0 R 1 0 obj" + b"<<" * 20_000_000

    @staticmethod
    def open_texts() -> bytes:
        return b"%PDF-1.4\n/Info 1 0 R 1 0 obj<<" + b"/Author(" * 5_000_000

    @staticmethod
    def blank() -> bytes:
        return b"%PDF-1.4\n" + b"/Info " * 100_000 + b"/Info" + b" " * 50_000_000 + b"1 0 obj" + b"%" * 10_000_000

    @staticmethod
    def numbers() -> bytes:
        return b"%PDF-1.4\n/Info " + b"1 " * 20_000_000 + b"/Encrypt " + b"1 " * 10_000_000

    @staticmethod
    def many_infos() -> bytes:
        infos = b"".join(b"/Info %d 0 R /Root %d 0 R " % (n, n) for n in range(60_000))
        return b"%PDF-1.4\n" + infos + b"".join(b"%d 0 obj<</Author %d 0 R>>" % (n, n) for n in range(60_000))


@pytest.mark.long
@pytest.mark.parametrize("name", [name for name in vars(Hostile) if not name.startswith("_")])
def test_a_hostile_document_costs_little_and_tells_nothing(name: str) -> None:
    """A few seconds at most, and no more memory than a photo may take."""
    import tracemalloc

    data = getattr(Hostile, name)()
    began = process_time()
    tracemalloc.start()
    try:
        assert told_by(data) == ()
        assert tracemalloc.get_traced_memory()[1] < 300_000_000
    finally:
        tracemalloc.stop()
    assert process_time() - began < 40  # a fifth of that while nobody watches its memory


@pytest.mark.long
@pytest.mark.parametrize("kind", ["docx", "odt", "pdf", "packed"])
def test_a_damaged_document_is_no_crash(kind: str) -> None:
    """Cut anywhere, or with any bytes turned into others."""
    random = Random(7)
    whole = {
        "pdf": pdf(
            utf_16(JOSE),
            {5: stream("/Type /Metadata", XMP.format(JANE).encode(), packed=True)},
            catalog="/Metadata 5 0 R",
        ),
        "packed": packed_pdf(b"/Author (Jane Doe)"),
    }
    data = whole.get(kind) or office(kind, author=JANE, editor=JOSE, photo=phone_photo())
    assert told_by(data)
    for size in range(0, len(data), max(1, len(data) // 400)):
        told_by(data[:size])
    for _ in range(1500):
        damaged = bytearray(data)
        for _ in range(random.randrange(1, 12)):
            damaged[random.randrange(len(data))] = (
                random.choice(b"\0\xff()<>[]/%R0 9") if random.random() < 0.5 else random.randrange(256)
            )
        told_by(bytes(damaged))


def test_what_is_locked_or_packed_as_no_program_does_tells_nothing() -> None:
    """The rest of the document is read all the same."""
    written = BytesIO()
    with ZipFile(written, "w") as document:
        document.writestr("meta.xml", META.format(author=JANE, editor=""), ZIP_STORED)
        document.writestr("docProps/core.xml", CORE.format(author="Ana", editor=""), ZIP_BZIP2)
    assert told_by(written.getvalue()) == AUTHOR
    locked = bytearray(office("odt", author=JANE))
    for mark, place in ((b"PK\1\2", 8), (b"PK\3\4", 6)):
        start = 0
        while (start := locked.find(mark, start)) >= 0:
            locked[start + place] |= 1
            start += 4
    assert told_by(bytes(locked)) == ()
    broken = bytearray(office("odt", author=JANE))
    at = broken.find(b"meta.xml") + 12
    broken[at : at + 30] = bytes(30)
    assert told_by(bytes(broken)) == ()


def test_only_as_much_is_unpacked_as_a_document_has(monkeypatch: pytest.MonkeyPatch) -> None:
    """What says who wrote it comes first in most, and photos behind the bound are not looked at."""
    photos = {f"word/media/{number}.jpg": made("jpeg") for number in range(3)}
    data = office("docx", author=JANE, more={**photos, "word/media/9.jpg": phone_photo()})
    assert Told("PLACE") in told_by(data)
    monkeypatch.setattr(office_files, "MOST_UNPACKED", 1500)
    assert told_by(data) == AUTHOR


def test_xml_in_other_letters_is_read() -> None:
    """Any that XML knows; and what stands before the damage in what is damaged."""
    for encoding in ("utf-8-sig", "utf-16", "iso-8859-1"):
        text = CORE.format(author="José", editor="").replace("UTF-8", encoding.removesuffix("-sig"))
        assert told_by(packed({"docProps/core.xml": text.encode(encoding)})) == (Told("AUTHOR", "José"),), encoding
    assert told_by(packed({"docProps/core.xml": CORE.format(author=JANE, editor="")[:-40] + "<"})) == AUTHOR
