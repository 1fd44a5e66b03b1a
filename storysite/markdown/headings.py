"""The headings of a post: its title, their anchors and words, and the table of contents that is made of them."""

from collections.abc import Iterator
from html import escape
from itertools import count

from selectolax.lexbor import LexborNode

from storysite.markdown.plain_text import is_nothing, plain_text
from storysite.markdown.tree import parsed, replace
from storysite.model.post import Heading
from storysite.model.slug import slugify

PERMALINK = "\x04"
"""What the class of a link begins with that leads to its own heading. No file can have it, and it is taken out."""


def take_title(body: LexborNode, title: str) -> str:
    """Return the words of the heading that leads the text, "" if none does.

    It is taken out of the text if the page shows it as its title anyway.
    """
    heading = body.css_first("h1, h2, h3, h4, h5, h6")
    if heading is None or not _leads(heading, body):
        return ""
    words = _heading_words(heading)
    shown = not title or (heading.tag == "h1" and words.casefold() == title.casefold())
    if words and shown:
        heading.decompose()
    return words


def settle_headings(body: LexborNode) -> tuple[Heading, ...]:
    """Return the headings, moved so that none is more than one level below what it stands under.

    Those on top are h2, for the only h1 is the page's own title; whoever listens to a page never looks for a level that
    was left out.
    """
    found = body.css("h1, h2, h3, h4, h5, h6")
    _name_headings([node for node in found if not node.attributes.get("id")], body)
    headings: list[Heading] = []
    copied: set[int] = set()
    """Headings in one that was renamed, which holds copies of them."""
    above: list[int] = []
    """The levels, as they were written, of the headings that the next one may stand under."""
    for node in found:
        written = int((node.tag or "h2")[1])
        while above and above[-1] >= written:
            above.pop()
        above.append(written)
        level = min(len(above) + 1, 6)
        if level != written and node.mem_id not in copied:
            copied.update(inner.mem_id for inner in node.css("h1, h2, h3, h4, h5, h6"))
            _rename(node, f"h{level}")
        headings.append(Heading(level, node.attributes.get("id") or "", _heading_words(node)))
    return tuple(headings)


def list_contents(body: LexborNode, headings: tuple[Heading, ...]) -> None:
    """Put a table of contents in the place of each paragraph `[TOC]`."""
    items = "".join(
        f'<li class="level-{each.level}"><a href="#{escape(each.anchor)}">{escape(each.text)}</a></li>\n'
        for each in headings
    )
    for paragraph in body.css("p"):
        if paragraph.text().strip() == "[TOC]":
            replace(paragraph, f'<div class="toc">\n<ul>\n{items}</ul>\n</div>' if items else "<div></div>")


def drop_empty_contents(body: LexborNode) -> None:
    """Take out tables of contents that have nothing in them, as of a text without headings."""
    for contents in body.css(".toc"):
        if not contents.text().strip():
            contents.decompose()


def permalinks(node: LexborNode) -> Iterator[LexborNode]:
    """Yield the links in a heading or a text that lead to their own heading; other programs have a class for them."""
    for link in node.css("a[class]"):
        name = link.attributes.get("class") or ""
        if name.startswith(PERMALINK) or "headerlink" in name.split():
            yield link


def _heading_words(heading: LexborNode) -> str:
    """Return the words of a heading, without the link to itself that an extension may add."""
    if any(permalinks(heading)) and (copy := parsed(heading.html or "")) is not None:
        for link in list(permalinks(copy)):
            link.decompose()
        return plain_text(copy)
    return plain_text(heading)


def _leads(heading: LexborNode, body: LexborNode) -> bool:
    """Return whether nothing can be read above a heading."""
    place: LexborNode | None = heading
    while place is not None and place != body:
        above = place.prev
        while above is not None:
            if (above.text() or "").strip() and not is_nothing(above):
                return False
            above = above.prev
        place = place.parent
    return True


def _name_headings(nameless: list[LexborNode], body: LexborNode) -> None:
    """Give each heading of `nameless` an anchor, as Python-Markdown does; a second of its name is numbered."""
    taken = {node.attributes.get("id") for node in body.css("[id]")} if nameless else set()
    for node in nameless:
        name = slugify(_heading_words(node)) or "section"
        numbered = (f"{name}_{number}" for number in count(1))
        anchor = name if name not in taken else next(each for each in numbered if each not in taken)
        node.attrs["id"] = anchor
        taken.add(anchor)


def _rename(node: LexborNode, tag: str) -> None:
    attributes = "".join(f' {name}="{escape(value or "")}"' for name, value in node.attributes.items())
    replace(node, f"<{tag}{attributes}>{node.inner_html or ''}</{tag}>")
