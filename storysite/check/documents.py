"""Documents that are published and tell of people or places: they are published as they are, unlike pictures."""

from collections.abc import Iterator, Sequence

from storysite.documents.told import Thing, Told, sentence
from storysite.model.site import Site
from storysite.problems import Problem

_PROGRAMS = {
    "d": "in Word, choose File, Info, Check for Issues, Inspect Document, Remove All, then save it",
    "x": "in Excel, choose File, Info, Check for Issues, Inspect Workbook, Remove All, then save it",
    "p": "in PowerPoint, choose File, Info, Check for Issues, Inspect Presentation, Remove All, then save it",
    "o": "in LibreOffice, choose File, Properties, turn off “Apply user data”, choose Reset Properties, then save it",
}
"""How to take names out, by the first letter of a document's ending."""
_OF_PDF = "take that out of the document that the PDF was made from, then export it as PDF again"
_OF_PHOTO = "run storysite photos add on the photo, and put what it makes into the document instead"


def telling_documents(site: Site) -> Iterator[Problem]:
    """Yield a warning for each document that is published and tells who wrote it, or where a photo was taken."""
    told = site.index.files.told
    if not told:
        return
    linked = {path for path in site.index.media() if path in told}
    for path in sorted({path for path in told if path.startswith("static/")} | linked):
        what = f"this document tells {sentence(told[path])}"
        yield Problem.of("document-author", what, _hint(path, told[path]), path=path)


def _hint(path: str, told: Sequence[Told]) -> str:
    ending = path.rpartition(".")[2].lower()
    names = _PROGRAMS.get(ending[:1], _OF_PDF) if ending != "pdf" else _OF_PDF
    places = {each.thing == Thing.PLACE.name for each in told}
    return "; ".join([*([names] if False in places else []), *([_OF_PHOTO] if True in places else [])])
