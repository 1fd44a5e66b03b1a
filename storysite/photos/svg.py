"""Drawings (SVG) with nothing in them but the drawing: what may stay is listed, all else goes.

Own lists because the libraries for it are prototypes (svg-sanitize), or clean HTML, which is written otherwise (nh3,
bleach); Python reads and writes. Scripts, event handlers, foreign objects, links, references to other files, and what
drawing programs note of their user are no part of a drawing.
"""

import re
from base64 import b64decode, b64encode
from binascii import Error as NoBase64
from functools import cache
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers.expat import ExpatError, ParserCreate

from storysite.errors import BadValue
from storysite.photos.facts import Facts
from storysite.photos.kinds import HEAD, kind_of
from storysite.photos.scrub import scrub
from storysite.photos.svg_names import ATTRIBUTES, ELEMENTS

LARGEST = 5_000_000
"""Bytes of a drawing. More is a picture that was saved as a drawing."""
DEEPEST = 200
_WEIGHT = 50
"""What an element counts for beside its letters."""
MOST_DRAWN = 100_000
"""Parts that are drawn, each counted as often as it is used."""
_SVG, _XLINK, _XML = (
    "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink", "http://www.w3.org/XML/1998/namespace",
)  # fmt: skip
_MOVED = re.compile(r"(?:href|xlink:href|on.*|style|class)", re.IGNORECASE)
"""What an animation may not change."""
_ELSEWHERE = re.compile(
    r"@import|@font-face|\\|expression\s*\(|behavior|-moz-binding|javascript:|image(?:-set)?\s*\(|src\s*\(|"
    r"url\s*\(\s*(?![\"']?\s*#)|//",
    re.IGNORECASE,
)
"""What names something outside in styles and in attributes that hold some; a comment may split no word."""
_REMARK = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_WITHIN = re.compile(r"#[^\s\"'<>()]+")
_PICTURE = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,(.*)", re.DOTALL | re.IGNORECASE)
_MEDIA = {"jpeg": "jpeg", "png": "png", "gif": "gif", "webp": "webp"}
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)(px|pt|pc|mm|cm|in|q)?\s*", re.IGNORECASE)
_SIMPLER = "draw it again, more simply"
_UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "q": 96 / 101.6}


def clean_svg(data: bytes) -> bytes:
    """Return a drawing without scripts, links and outside references; twice comes to the same as once.

    Raises BadValue for one that is damaged, very large, or made to fill the memory of those who look at it.
    """
    root = _parsed(data)
    _clean(root)
    if _drawn(root) > MOST_DRAWN:
        raise BadValue(
            "this drawing repeats its parts more often than a browser can draw", "draw it again, more simply"
        )
    _register()
    return ElementTree.tostring(root, "unicode").encode()


def svg_facts(data: bytes) -> Facts:
    """Return what a drawing is, with the size that it says, or that of its field of view. Raises BadValue as above."""
    root = _parsed(data)
    box = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", root.get("viewBox", ""))[:4]]
    field = (box[2], box[3]) if len(box) == 4 and min(box[2:]) > 0 else (300.0, 150.0)
    width, height = _pixels(root.get("width", "")), _pixels(root.get("height", ""))
    if not width and not height:
        width, height = field
    width = width or height * field[0] / field[1]
    height = height or width * field[1] / field[0]
    wide, high = (min(max(1, round(side)), 100_000) for side in (width, height))
    return Facts("svg", wide, high, transparent=True)


def _pixels(length: str) -> float:
    found = _LENGTH.fullmatch(length[:40])
    return float(found[1]) * _UNITS[(found[2] or "").lower()] if found else 0.0


def _parsed(data: bytes) -> Element:
    if len(data) > LARGEST:
        what = f"this drawing has more than {LARGEST / 1e6:.0f} MB: it may be a photo that was saved as a drawing"
        raise BadValue(what, "save it as JPEG or PNG")
    reader = _Reader()
    try:
        reader.expat.Parse(data, True)
        root = reader.builder.close()
    except ExpatError as error:
        what = f"this drawing cannot be read: its XML is broken in line {error.lineno}"
        raise BadValue(what, "export it again as SVG") from None
    except (LookupError, ValueError, AssertionError):
        raise BadValue("this drawing cannot be read: its XML is broken", "export it again as SVG") from None
    if _name(root.tag) != (_SVG, "svg"):
        raise BadValue("this is no drawing: it does not begin with <svg>", "export it again as SVG")
    return root


class _Reader:
    """Builds a tree that is not deeper than a drawing is. Remarks and instructions are left out of it."""

    def __init__(self) -> None:
        self.builder = TreeBuilder()
        self.depth = 0
        self.left = 2 * LARGEST
        self.expat = ParserCreate(None, "}")
        self.expat.buffer_text = True
        self.expat.EntityDeclHandler = _short_entity
        self.expat.StartElementHandler = self._start
        self.expat.EndElementHandler = self._end
        self.expat.CharacterDataHandler = self._text

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise BadValue("this drawing has more layers in layers than a browser can draw", _SIMPLER)
        self._count(_WEIGHT + sum(map(len, attributes.values())))
        tag = f"{{{tag}" if "}" in tag else f"{{{_SVG}}}{tag}"  # some programs leave out what says that this is SVG
        self.builder.start(tag, {f"{{{key}" if "}" in key else key: value for key, value in attributes.items()})

    def _end(self, tag: str) -> None:
        self.depth -= 1
        self.builder.end(f"{{{tag}" if "}" in tag else f"{{{_SVG}}}{tag}")

    def _text(self, text: str) -> None:
        self._count(len(text))
        self.builder.data(text)

    def _count(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise BadValue("this drawing has more parts than a browser can draw", _SIMPLER)


def _short_entity(_name: str, parameter: int, value: str | None, *_elsewhere: str | None) -> None:
    """Let pass the short names that older drawing programs write; what stands for much, or lies elsewhere, does not."""
    if value is None or parameter or len(value) > 100 or "&" in value or "%" in value:
        what = "this drawing holds entities, with which a small file can fill a computer's memory"
        raise BadValue(what, "export it again as SVG")


def _clean(element: Element) -> None:
    """Clean an element and those within it; what has no name of a drawing goes, with all that is in it."""
    _clean_attributes(element)
    kept: list[Element] = []
    for child in element:
        space, name = _name(child.tag)
        if (space, name) == (_SVG, "a"):
            child.tag, name = f"{{{_SVG}}}g", "g"
            child.attrib = {key: value for key, value in child.attrib.items() if _name(key)[1] != "href"}
        if space == _SVG and name in ELEMENTS and _allowed(child, name):
            _clean(child)
            kept.append(child)
        elif child.tail and kept:
            kept[-1].tail = (kept[-1].tail or "") + child.tail
        elif child.tail:
            element.text = (element.text or "") + child.tail
    element[:] = kept


def _allowed(element: Element, name: str) -> bool:
    if name == "style":
        return len(element) == 0 and not _ELSEWHERE.search(_REMARK.sub("", element.text or ""))
    animates = name.startswith("animate") or name == "set"
    return not animates or not _MOVED.fullmatch(element.get("attributeName", "").strip())


def _clean_attributes(element: Element) -> None:
    kept: dict[str, str] = {}
    name = _name(element.tag)[1]
    for key, value in element.attrib.items():
        space, word = _name(key)
        if space == _XML and word in ("space", "lang"):
            kept[key] = value
        elif (space, word) in (("", "href"), (_XLINK, "href")):
            target = _within(value.strip(), picture=name in ("image", "feImage"))
            if target and "href" not in kept:
                kept["href"] = target
        elif not space and word in ATTRIBUTES and not _ELSEWHERE.search(_REMARK.sub("", value)):
            kept[word] = value
    element.attrib.clear()
    element.attrib.update(kept)


def _within(target: str, *, picture: bool) -> str:
    """Return what a reference may lead to: a part of the drawing, or a picture in it, scrubbed; or ""."""
    if _WITHIN.fullmatch(target):
        return target
    found = _PICTURE.fullmatch(target) if picture else None
    if not found:
        return ""
    try:
        data = b64decode("".join(found[1].split()), validate=True)
        kind = kind_of(data[:HEAD])
        return f"data:image/{_MEDIA[kind]};base64,{b64encode(scrub(data)).decode()}" if kind in _MEDIA else ""
    except (NoBase64, ValueError, BadValue):
        return ""


def _drawn(root: Element) -> int:
    """Return how many parts are drawn, those that `use` repeats each time; of very many, more than MOST_DRAWN."""
    known = {each.get("id", ""): each for each in root.iter()}
    busy = set[str]()
    counts = dict[str, int]()

    def count(element: Element, depth: int) -> int:
        if depth > 2 * DEEPEST:
            return 2 * MOST_DRAWN
        total = 1
        for each in element:
            total = min(total + count(each, depth + 1), 2 * MOST_DRAWN)
        if _name(element.tag)[1] == "use":
            total = min(total + used(element.get("href", "")[1:], depth + 2), 2 * MOST_DRAWN)
        return total

    def used(name: str, depth: int) -> int:
        if name in busy:
            return 2 * MOST_DRAWN
        if name not in counts:
            busy.add(name)
            counts[name] = count(known[name], depth) if name in known else 0
            busy.discard(name)
        return counts[name]

    return count(root, 0)


def _name(tag: object) -> tuple[str, str]:
    """Return the namespace of a name and the name itself."""
    space, _, name = tag.rpartition("}") if isinstance(tag, str) else ("", "", "")
    return space.removeprefix("{"), name


@cache
def _register() -> None:
    ElementTree.register_namespace("", _SVG)
