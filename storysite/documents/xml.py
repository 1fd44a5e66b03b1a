"""Reads the texts of some elements of an XML file, which may be damaged or hostile."""

from collections.abc import Container
from contextlib import suppress
from xml.parsers.expat import ExpatError, ParserCreate

LARGEST = 1_000_000
"""Bytes of a file that says who wrote a document; these have a few thousand."""
DEEPEST = 50


class _Stop(Exception):
    """There is something in the file that has no place there."""


def texts_in(data: bytes, names: Container[str]) -> list[tuple[str, str]]:
    """Return name and text of each element with one of `names`, whatever its namespace; of a list, each entry.

    Of a damaged file it is what stands before the damage. Nothing is read that stands for something else (entities).
    """
    reader = _Reader(names)
    if len(data) <= LARGEST:
        with suppress(ExpatError, LookupError, ValueError, _Stop):
            reader.expat.Parse(data, True)
    return reader.found


class _Reader:
    def __init__(self, names: Container[str]) -> None:
        self.names = names
        self.found: list[tuple[str, str]] = []
        self.depth = 0
        self.name = ""
        """The element that is being read, "" outside of any that is wanted."""
        self.text = ""
        self.expat = ParserCreate(None, "}")
        self.expat.buffer_text = True
        self.expat.EntityDeclHandler = self._entity
        self.expat.StartElementHandler = self._start
        self.expat.EndElementHandler = self._end
        self.expat.CharacterDataHandler = self._read

    def _entity(self, *_: object) -> None:
        raise _Stop

    def _start(self, tag: str, _: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise _Stop
        local = tag.rpartition("}")[2]
        if not self.name and local in self.names:
            self.name = local
        if local in (self.name, "li"):
            self.text = ""

    def _end(self, tag: str) -> None:
        self.depth -= 1
        local = tag.rpartition("}")[2]
        if not self.name or local not in (self.name, "li"):
            return
        if self.text.strip():
            self.found.append((self.name, self.text.strip()))
        self.text = ""
        if local == self.name:
            self.name = ""

    def _read(self, text: str) -> None:
        if self.name:
            self.text += text
