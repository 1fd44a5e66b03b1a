"""What documents tell is said of those that are published, at each build, and each is read once."""

from pathlib import Path

import pytest

from storysite.problems import Severity
from tests.documents.documents import office, pdf, stream
from tests.folder import Folder, tree
from tests.photos.pictures import phone_photo

JANE = "this document tells who wrote it: Jane Doe"


def warned(folder: Folder, *, whole: bool = True) -> list[tuple[str, str]]:
    """Build, and return file and sentence of each warning about a document."""
    problems = folder.build().problems if whole else folder.build_if_needed().problems
    found = [each for each in problems if each.code == "document-author"]
    assert all(each.severity is Severity.WARNING and each.hint for each in found)
    return [(each.path, each.what) for each in found]


def test_a_document_is_named_if_it_is_published(folder: Folder) -> None:
    """Whatever lies in static/, and what a post or page links to that is shown; each file once."""
    for name in ("static/flyer.docx", "static/.well-known/terms.pdf", "content/posts/plan.pdf", "images/map.odt"):
        folder.write(
            name,
            pdf(b"/Author (Jane Doe)") if name.endswith("pdf") else office(name[-4:].strip("."), author="Jane Doe"),
        )
    folder.write("content/posts/draft.pdf", pdf(b"/Author (Jane Doe)"))
    folder.write("content/posts/unused.pdf", pdf(b"/Author (Jane Doe)"))
    folder.post("2026-11-20-robots", "[Plan](plan.pdf), [again](plan.pdf)")
    folder.post("2026-11-21-owls", "[Plan](plan.pdf)")
    folder.post("2026-11-22-draft", "[Draft](draft.pdf)", draft="true")
    folder.write("content/pages/about.md", "# About\n\n[Map](/images/map.odt), [flyer](/flyer.docx)\n")
    assert warned(folder) == [
        (path, JANE)
        for path in ("content/posts/plan.pdf", "images/map.odt", "static/.well-known/terms.pdf", "static/flyer.docx")
    ]
    folder.write("storysite.yml", "problems: {document-author: ignore}\n")
    assert warned(folder) == []


def test_it_is_said_how_to_take_names_and_places_out(folder: Folder) -> None:
    """In the program that made the document; a photo in it has to be taken out and put in again."""
    photo = phone_photo()
    folder.write("static/a.xlsm", office("xlsx", company="Lincoln"))
    folder.write("static/b.potx", office("pptx", editor="Ana", photo=photo))
    folder.write("static/c.ott", office("odt", author="Ana"))
    folder.write("static/d.pdf", pdf(None, {5: stream("/Subtype /Image /Filter /DCTDecode", photo)}))
    folder.write("static/e", pdf(b"/Author (Ana)"))
    folder.post("2026-11-20-robots")
    told = {
        each.path[7:8]: (each.what, each.hint) for each in folder.build().problems if each.code == "document-author"
    }
    assert [told[name][0].removeprefix("this document tells ") for name in "abcde"] == [
        "the company or school: Lincoln",
        "who saved it last: Ana; where a photo in it was taken",
        "who wrote it: Ana",
        "where a photo in it was taken",
        "who wrote it: Ana",
    ]
    hints = [told[name][1] for name in "abcde"]
    assert [hint.split(",")[0] for hint in hints] == [
        "in Excel",
        "in PowerPoint",
        "in LibreOffice",
        "run storysite photos add on the photo",
        "take that out of the document that the PDF was made from",
    ]
    assert hints[1].endswith("; " + hints[3])


def test_a_rebuild_reads_no_document_again(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither when nothing changed nor when something else did; and it is told of each time."""
    monkeypatch.setattr("storysite.build.file_rows.RACY", 0)
    monkeypatch.setattr("storysite.build.inputs.RACY", 0)
    folder.write("static/flyer.docx", office("docx", author="Jane Doe"))
    folder.write("content/posts/plan.pdf", pdf(b"/Author (Jane Doe)"))
    folder.post("2026-11-20-robots", "[Plan](plan.pdf)")
    first = warned(folder)

    def never(*_: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr("storysite.build.file_rows.look_at", never)
    monkeypatch.setattr("storysite.source.pictures.told_by", never)
    assert warned(folder, whole=False) == warned(folder) == first
    folder.post("2026-11-21-owls", "[Plan](plan.pdf)")
    assert warned(folder) == first


def test_a_document_without_names_is_told_of_no_more_and_published_byte_for_byte(
    folder: Folder, tmp_path: Path
) -> None:
    """Nothing that a document tells is on any page: the same is built from the same files, whatever came before."""
    folder.post("2026-11-20-robots", "[Flyer](/flyer.docx)")
    for author in ("Jane Doe", "", "Ana"):
        data = office("docx", author=author)
        folder.write("static/flyer.docx", data)
        assert [what.rpartition(" wrote it: ")[2] for _, what in warned(folder)] == ([author] if author else [])
        assert (folder.site / "flyer.docx").read_bytes() == data
        assert tree(folder.site) == folder.clean(tmp_path / f"clean {author}")


def test_a_document_that_cannot_be_read_is_published_and_tells_nothing(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Damaged, locked, empty, too large, or something else under its name."""
    whole = office("docx", author="Jane Doe")
    files = {"a.docx": whole[:200], "b.docx": b"", "c.docx": b"\xd0\xcf\x11\xe0" + bytes(600), "d.pdf": b"%PDF-1.7"}
    for name, data in files.items():
        folder.write(f"static/{name}", data)
    folder.post("2026-11-20-robots")
    assert warned(folder) == []
    assert {name: (folder.site / name).read_bytes() for name in files} == files
    monkeypatch.setattr("storysite.source.pictures.LARGEST_DOCUMENT", len(whole) - 1)
    folder.write("static/a.docx", whole)
    assert warned(folder) == []
