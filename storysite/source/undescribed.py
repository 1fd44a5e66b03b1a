"""The warnings of pictures that nothing describes, or only words that say nothing, each at its line."""

import re
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import unquote

from storysite.front_matter.fields import Fields
from storysite.model.alt_text import (
    BEGINS,
    FILE_NAME,
    GENERIC,
    LINK,
    MISSING,
    PictureWords,
    beginning_of,
    fault_of,
    name_of,
)
from storysite.model.document import Document
from storysite.model.post import AnyPost, Post
from storysite.problems import Problem
from storysite.source.described import is_decoration
from storysite.source.picture_places import places_of

_EACH = 3
"""Pictures of a text with the same fault that are told of one by one before the rest is counted."""
_EXAMPLE = "Two children hold a robot"
_SHOW = f'write what there is to see, for example "{_EXAMPLE}"'
_AS_MARKDOWN = "write ![what it shows](robot.jpg); if it is only decoration, write {: .decorative} right behind it"
_AS_HTML = f'write what it shows, as in alt="{_EXAMPLE}"; if it is only decoration, write alt=""'
_HTML = re.compile(r"\.html?$", re.IGNORECASE).search
_TAG = re.compile(r"<img|\bsrc\s*=", re.IGNORECASE).search
_LONGEST = 60


class _Words(NamedTuple):
    what: str
    hint: str
    more: str


_SAID = {
    MISSING: _Words(
        "{name} has no alt text, so people who cannot see it are not told what it shows", "", "have no alt text"
    ),
    LINK: _Words(
        "{name} is all that this link has and has no alt text, so people who cannot see it are not told where it leads",
        "say where it leads, as in [![All photos of our robots](robot.jpg)](robots.md)",
        "are all that a link has, without alt text",
    ),
    FILE_NAME: _Words('the alt text "{alt}" is the name of a file', _SHOW, "have the name of a file as alt text"),
    GENERIC: _Words('the alt text "{alt}" does not say what the picture shows', _SHOW, "have an alt text like this"),
    BEGINS: _Words(
        'the alt text begins with "{begins}", which screen readers say by themselves',
        f'begin with what there is to see, for example "{_EXAMPLE}"',
        "have an alt text that begins like this",
    ),
}
_UNDESCRIBED = "{name} is the picture of this {kind} in lists and wherever it is shared, and nothing says what it shows"
_ADD_A_LINE = f'add a line such as image_alt: {_EXAMPLE}; if it is only decoration, write image_alt: ""'


def about_pictures(text: Document, post: AnyPost, fields: Fields, start: int) -> list[Problem]:
    """Return the warnings of the pictures of a file, whose text begins on line `start`: a few of each fault."""
    if text.unread or text.beyond or text.fault:  # which shows none
        return []
    faulty = any(picture.fault for picture in text.pictures)
    places = places_of(text.pictures, fields.source, start) if faulty else []
    found: dict[str, list[tuple[PictureWords, int]]] = {}
    for picture, place in zip(text.pictures, places, strict=False):
        if picture.fault and not (picture.fault == MISSING and place.decoration):
            found.setdefault(picture.fault, []).append((picture, place.line))
    return [
        *_about_card(text, post, fields),
        *_about_photos(post, fields),
        *(problem for fault, pictures in found.items() for problem in _about(fault, pictures, fields)),
    ]


def _about(fault: str, pictures: Sequence[tuple[PictureWords, int]], fields: Fields) -> list[Problem]:
    told = pictures if len(pictures) <= _EACH + 1 else pictures[:_EACH]
    problems = [_problem(fault, picture, fields, line) for picture, line in told]
    if more := len(pictures) - len(told):
        what, line = f"{more:,} more pictures in this text {_SAID[fault].more}", pictures[_EACH][1]
        problems.append(Problem.of("photo-alt", what, problems[-1].hint, path=fields.path, line=line))
    return problems


def _problem(fault: str, picture: PictureWords, fields: Fields, line: int) -> Problem:
    what, hint, _ = _SAID[fault]
    as_html = _HTML(fields.path) or (line and _TAG(fields.source[line - 1]))
    hint = hint or (_AS_HTML if as_html else _AS_MARKDOWN)
    what = what.format(
        name=_short(name_of(picture.address)) or "this picture",
        alt=_short(picture.alt),
        begins=_short(beginning_of(picture.alt)),
    )
    return Problem.of("photo-alt", what, hint, path=fields.path, line=line)


def _about_card(text: Document, post: AnyPost, fields: Fields) -> list[Problem]:
    """Return the warning of the picture that the front matter names, if the text does not show that one as well."""
    if len(post.references) == len(text.references):
        return []
    address = post.references[post.image].target
    if post.image_alt:
        key = "image_alt" if fields.text("image_alt") else "image"
        line, picture = fields.lines.get(fields.key(key), 0), PictureWords(address, post.image_alt)
        fault = fault_of(post.image_alt, address)
        return [_problem(fault, picture, fields, line)] if fault not in ("", MISSING) else []
    if is_decoration(fields) or any(_is_same(address, unquote(picture.address)) for picture in text.pictures):
        return []
    kind = "story" if isinstance(post, Post) else "page"
    what = _UNDESCRIBED.format(name=_short(name_of(address)) or "this picture", kind=kind)
    line = fields.lines.get(fields.key("image"), 0)
    return [Problem.of("photo-alt", what, _ADD_A_LINE, path=fields.path, line=line)]


def _about_photos(post: AnyPost, fields: Fields) -> list[Problem]:
    photos = post.photos if isinstance(post, Post) else ()
    line = fields.lines.get(fields.key("photos"), 0) if photos else 0
    faulty = [(photo, fault_of(photo.alt, photo.src)) for photo in photos if photo.alt]
    return [
        _problem(fault, PictureWords(photo.src, photo.alt), fields, line)
        for photo, fault in faulty
        if fault not in ("", MISSING)
    ][:_EACH]


def _is_same(one: str, other: str) -> bool:
    """Return whether two addresses, each written from a place of its own, can name the same picture."""
    short, long = sorted((_segments(one), _segments(other)), key=len)
    return bool(short) and long[-len(short) :] == short


def _segments(address: str) -> list[str]:
    path = re.split(r"[?#]", address)[0]
    return [segment for segment in path.split("/") if segment not in ("", ".", "..")]


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
