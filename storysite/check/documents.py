"""Documents that are published and tell of people or places: they are published as they are, unlike pictures."""

from collections.abc import Iterator, Sequence

from storysite.documents.told import Thing, Told, sentence
from storysite.model.site import Site
from storysite.problems import Problem

_PROGRAMS = {
    "d": "in Word: File, Info, Check for Issues, Inspect Document, then Remove All",
    "x": "in Excel: File, Info, Check for Issues, Inspect Workbook, then Remove All",
    "p": "in PowerPoint: File, Info, Check for Issues, Inspect Presentation, then Remove All",
    "o": "in LibreOffice: File, Properties, turn off “Apply user data”, then Reset Properties",
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
    names = _OF_PDF if ending == "pdf" else f"{_PROGRAMS.get(ending[:1], _PROGRAMS['d'])}, and save it"
    places = {each.thing == Thing.PLACE.name for each in told}
    return "; ".join([*([names] if False in places else []), *([_OF_PHOTO] if True in places else [])])
