"""Pictures that stand alone: figures with their captions, and galleries of two or more in a row."""

import re
from collections.abc import Sequence
from html import escape

from selectolax.lexbor import LexborNode

from storysite.markdown.tree import replace
from storysite.model.pictures import ENLARGE

_SMALL = 120
"""Dots: a picture that its author made narrower is a sign in the text."""
_ELSEWHERE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE).match


def make_figures(body: LexborNode) -> None:
    """Make a gallery of pictures that follow each other and nothing else, and a figure of one that has a title.

    The title is the caption. Pictures that stand alone can be enlarged.
    """
    row: list[tuple[LexborNode, Sequence[LexborNode]]] = []
    for paragraph in body.css("p:has(> img)"):
        pictures = _alone(paragraph)
        if row and (not pictures or not _follows(paragraph, row[-1][0])):
            _settle(row)
            row = []
        if pictures:
            row.append((paragraph, pictures))
    _settle(row)


def _alone(paragraph: LexborNode) -> Sequence[LexborNode]:
    """Return the pictures of a paragraph that holds nothing but pictures, none of them a sign in the text."""
    inside = [node for node in paragraph.iter(include_text=True) if node.tag != "br"]
    pictures = [node for node in inside if node.tag == "img"]
    bare = all(node.tag == "img" or (node.is_text_node and not (node.text() or "").strip()) for node in inside)
    return pictures if bare and not any(map(is_small, pictures)) else ()


def is_small(picture: LexborNode) -> bool:
    """Return whether a picture is a sign in the text: an emoji, or one that its author made small."""
    width = picture.attributes.get("width") or ""
    return "emoji" in (picture.attributes.get("class") or "") or (width.isdecimal() and int(width[:9]) < _SMALL)


def _follows(paragraph: LexborNode, before: LexborNode) -> bool:
    node = paragraph.prev
    while node is not None and node.is_text_node and not (node.text() or "").strip():
        node = node.prev
    return node is not None and node.mem_id == before.mem_id


def _settle(row: Sequence[tuple[LexborNode, Sequence[LexborNode]]]) -> None:
    """Make a gallery or a figure of the pictures in a row of paragraphs."""
    pictures = [picture for _, some in row for picture in some]
    for picture in pictures:
        if not _ELSEWHERE(picture.attributes.get("src") or "data:"):
            picture.attrs[ENLARGE] = ""
    if len(pictures) > 1:
        replace(row[0][0], f'<div class="gallery">{"".join(map(_figure, pictures))}</div>')
        for paragraph, _ in row[1:]:
            paragraph.decompose()
    elif pictures and pictures[0].attributes.get("title"):
        replace(row[0][0], _figure(pictures[0]))


def _figure(picture: LexborNode) -> str:
    caption = picture.attributes.get("title") or ""
    if caption:
        del picture.attrs["title"]
        caption = f"<figcaption>{escape(caption, quote=False)}</figcaption>"
    return f"<figure>{picture.html}{caption}</figure>"
