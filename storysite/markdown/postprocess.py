"""The HTML of a post: fixed, its links taken out as References, videos made into cards that ask nobody anything."""

import re
from collections.abc import Sequence
from urllib.parse import unquote

from selectolax.lexbor import LexborNode

from storysite.markdown.asked import asked_by
from storysite.markdown.cards import link_card, video_site
from storysite.markdown.described import described_pictures
from storysite.markdown.embeds import make_cards
from storysite.markdown.figures import make_figures
from storysite.markdown.headings import (
    PERMALINK,
    drop_empty_contents,
    list_contents,
    permalinks,
    settle_headings,
    take_title,
)
from storysite.markdown.hosts import full, is_own
from storysite.markdown.numbered import settle_numbered
from storysite.markdown.plain_text import count_words, is_nothing, plain_text
from storysite.markdown.sift import CUT, Sieve
from storysite.markdown.srcset import candidates
from storysite.markdown.template_code.links import is_lookup, unwrap
from storysite.markdown.template_code.pieces import LOOKUP
from storysite.markdown.tree import parsed, replace
from storysite.model.config import MarkdownOptions
from storysite.model.document import Document
from storysite.model.post import Body, Reference

PLACEHOLDER = "\x01{}\x02"
"""What stands in the HTML for a Reference. Neither character can come from a file: reading drops them."""
IMAGE_PLACEHOLDER = "\x01{}\x03"
"""What stands in the HTML for the whole element of a picture."""
EXCERPT = 200
"""Characters in an excerpt: search engines and networks show about 160 to 200."""
_SCHEME = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x1f\x7f]")
_ENDLESS = re.compile(r"<(/?)plaintext(?=[\s/>])", re.IGNORECASE)
"""The tag after which browsers read no other, not even its own end tag."""
_REMARK = re.compile(r"<[!?]|</[^a-z]").search
_FILE_NAME = re.compile(r"[^?#.]+#[^?#]*\.[a-z0-9]{2,5}", re.IGNORECASE)
"""A file that has `#` in its name: what stands before the sign has no ending, what follows has one."""
_IMAGE = re.compile(
    r"""<img(?=\s)(?:\s+[^\s"=>]+(?:="[^"]*")?)*?\s+src="\x01(?P<number>\d+)\x02"(?:\s+[^\s"=>]+(?:="[^"]*")?)*\s*>"""
)
"""A picture whose address is a placeholder, as the serializer writes elements: every value in double quotes."""
_DOTS = {"in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4, "pt": 96 / 72, "pc": 16, "px": 1, "em": 16, "rem": 16}
"""Dots in a unit of length: https://www.w3.org/TR/css-values-3/#absolute-lengths, and letters of the usual size."""
_LENGTH = re.compile(
    rf"\s*(?P<number>\d{{1,4}}(?:\.\d{{1,9}})?)\s*(?P<unit>{'|'.join(_DOTS)})\s*", re.IGNORECASE
).fullmatch
_ASIDES = ("admonition-title", "footnote", "toc", "video", "<object", "<noscript", "<button")
_NO_WORDS = ("<code", "<pre", "<script", "<style", "<template", "<sup")
_FAR = ("//", "\\", "http:", "https:")
"""What an address of another host has in it, as browsers read it."""
_ASKING = ("src", "<link", "<object", "<image", "<use", "style", "background", "ping", "<script", "data-href")
"""What an element has that shows something of another host."""
_USUAL = MarkdownOptions()
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
"""A letter of Hebrew, Arabic and their kin (Unicode 16, Bidi_Class R and AL in the first plane)."""


def document_of(html: str, title: str, language: str = "", options: MarkdownOptions = _USUAL) -> Document:
    """Return the Text of a post called `title` (or ""), written in `language`, whose Markdown gave `html`.

    Raises NeverTheSameError if there is no way to write it that browsers read as it is meant.
    """
    own = options.host
    html = settle_numbered(html)
    signs = html.lower()  # asking the tree for what it cannot hold would take half the time of it all
    body = parsed(_ENDLESS.sub(r"<\1pre", html) if "plaintext" in signs else html)
    if body is None:
        return Document(Body(""))
    if _REMARK(signs):
        _drop_remarks(body)
    if "toc" in signs:
        drop_empty_contents(body)
    first = take_title(body, title)
    if "youtu" in signs or "vimeo" in signs:
        _make_cards_of_videos(body, language)
    asks = any(map(signs.__contains__, _FAR)) and any(map(signs.__contains__, _ASKING))
    if asks:
        make_cards(body, own, language, options.frames_from)
    if "<img" in signs:
        make_figures(body)
    sieve = Sieve(options, language)
    sieve.sift(body)
    pictures = described_pictures(body) if "<img" in signs else ()
    references = _take_references(body, own)
    requests = asked_by(body, own) if asks else ()
    if "<input" in signs or "<pre" in signs or "<table" in signs:
        _make_reachable(body)
    if not signs.isascii() and _RIGHT_TO_LEFT.search(signs):
        _keep_code_left_to_right(body)
    headings = settle_headings(body)
    if "[toc]" in signs:
        list_contents(body, headings)
    _drop_second_ids(body)
    inner = sieve.settled((body.inner_html or "").strip())
    for link in permalinks(body) if PERMALINK in html else ():
        link.decompose()
    before, found, after = inner.partition(CUT)
    excerpt = _excerpt(body, before if found else "", asides=any(map(signs.__contains__, _ASIDES)))
    for node in body.css("code, pre, script, style, template, sup") if any(map(signs.__contains__, _NO_WORDS)) else ():
        if node.tag != "sup" or is_nothing(node):
            node.decompose()
    words = body.text(separator=" ")
    return Document(
        body=_body_of((before + after if found else inner).replace(PERMALINK, ""), references),
        title=first,
        excerpt=excerpt,
        words=count_words(words),
        headings=headings,
        references=references,
        pictures=pictures,
        requests=requests,
        changes=tuple(sieve.changes),
    )


def _body_of(html: str, references: Sequence[Reference]) -> Body:
    """Return the Body of a text, in which a placeholder stands for the whole element of each picture of the site."""
    if not any(reference.picture for reference in references):
        return Body(html)
    images: list[tuple[int, str]] = []

    def take(element: re.Match[str]) -> str:
        number = int(element["number"])
        images.append((number, element[0]))
        return IMAGE_PLACEHOLDER.format(number)

    html = _IMAGE.sub(take, html)
    return Body(html, tuple(images))


def _drop_remarks(body: LexborNode) -> None:
    """Take out what authors and editors wrote for themselves, such as `<!-- wp:paragraph -->`; only the cut stays."""
    cut = False
    for node in list(body.traverse(include_text=True)):
        if not (node.is_element_node or node.is_text_node):
            if cut or node.html != CUT:
                node.decompose()
            else:
                cut = True


def _drop_second_ids(body: LexborNode) -> None:
    """Let each id name one place, the first that has it."""
    known: set[str | None] = set()
    for node in body.css("[id]"):
        name = node.attributes.get("id")
        if name in known:
            del node.attrs["id"]
        known.add(name)


def _make_cards_of_videos(body: LexborNode, language: str) -> None:
    """Make a link card of each video link that stands alone on a line."""
    for link in body.css("p > a[href]:only-child"):
        paragraph = link.parent
        site = video_site(link.attributes.get("href") or "")
        if site and paragraph is not None and paragraph.text().strip() == link.text().strip():
            address = link.attributes.get("href") or ""
            words = link.text().strip()
            title = "" if _SCHEME.match(words) or words.startswith("www.") else words
            replace(paragraph, link_card(address, title, site, language))


def _take_references(body: LexborNode, own: str) -> tuple[Reference, ...]:
    """Return what the post links to within its site, each replaced by its mark."""
    references: list[Reference] = []
    for node in body.css(":is([href], [src], [srcset], [poster], [action])"):
        attributes = node.attributes
        picture = node.tag == "img"
        for name in ("href", "src", "poster", "action"):
            address = attributes.get(name)
            if address is not None:
                lookup = name in ("href", "src") and (LOOKUP in attributes or is_lookup(address))
                written = attributes.get(LOOKUP) or ""
                meant = unwrap(address.strip())
                _set(node, name, _marked(meant, references, own, picture=picture, lookup=lookup, written=written))
        if LOOKUP in attributes:
            del node.attrs[LOOKUP]
        if srcset := attributes.get("srcset"):
            _set(node, "srcset", _marked_set(srcset, references, own))
        if picture:
            _settle_size(node)
            if attributes.get("alt") is None:
                _set(node, "alt", "")
            _set(node, "loading", "lazy")
    return tuple(references)


def _settle_size(picture: LexborNode) -> None:
    """Write lengths as dots, as HTML has them: a browser takes 6.5in, which Pandoc writes, for six dots."""
    for name in ("width", "height"):
        written = picture.attributes.get(name)
        if written and (found := _LENGTH(written)) and found["unit"]:
            _set(picture, name, f"{float(found['number']) * _DOTS[found['unit'].lower()]:.0f}")


def _marked_set(srcset: str, references: list[Reference], own: str) -> str:
    """Return a srcset with a mark for each address within the site; commas at the ends of others are no part of it."""
    found = ((_marked(unwrap(address), references, own, picture=False), size) for address, size in candidates(srcset))
    return ", ".join(f"{address} {size}".strip() for address, size in found)


def _marked(
    address: str, references: list[Reference], own: str, *, picture: bool, lookup: bool = False, written: str = ""
) -> str:
    """Return the mark for an address within the site; one that leads elsewhere, or stays on the page, as it is."""
    address = full(address)
    if (_SCHEME.match(address) and not is_own(address, own)) or address.startswith("#") or not address:
        return address
    path, suffix = address, ""
    if not _FILE_NAME.fullmatch(address):
        path, suffix = re.fullmatch(r"([^?#]*)(.*)", address, re.DOTALL).groups()  # type: ignore[union-attr]
    if not path:
        return address
    target = unquote(path)
    if _CONTROL.search(target) or ("://" in target and not is_own(address, own)):  # which is to stay what it was
        target = path
    references.append(Reference(target, suffix, picture, lookup, written))
    return PLACEHOLDER.format(len(references) - 1)


def _make_reachable(body: LexborNode) -> None:
    """Let what may be wider than a phone be scrolled with the keyboard, and say what the boxes of a task list mean."""
    for box in body.css("input[type=checkbox]:not([aria-label])"):
        _set(box, "aria-label", "Done" if "checked" in box.attributes else "To do")
    for node in body.css("pre"):
        _set(node, "tabindex", "0")
    for table in body.css("table"):
        if _is_in_table(table):
            continue  # it can be scrolled with that one, of which a copy is made
        if (parent := table.parent) is not None and "highlight" not in (parent.attributes.get("class") or ""):
            replace(table, f'<div class="table" tabindex="0">{table.html}</div>')


def _is_in_table(node: LexborNode) -> bool:
    place = node.parent
    while place is not None and place.tag != "table":
        place = place.parent
    return place is not None


def _keep_code_left_to_right(body: LexborNode) -> None:
    """Let code in a text of the other direction stand as it is typed; with `dir` it also stands by itself."""
    for node in body.css("pre, code, kbd, samp"):
        if "dir" not in node.attributes:
            _set(node, "dir", "ltr")


def _excerpt(body: LexborNode, before: str, *, asides: bool) -> str:
    """Return the first words of the text as a person would quote them: what stands before the cut, or a paragraph."""
    if before.strip():
        inner = parsed(before)
        for link in permalinks(inner) if inner is not None else ():
            link.decompose()
        return _shortened(plain_text(inner, most=EXCERPT)) if inner is not None else ""
    for paragraph in body.css("p"):
        if not (asides and _is_aside(paragraph, body)) and (words := _shortened(plain_text(paragraph, most=EXCERPT))):
            return words
    return _shortened(plain_text(body, headings=False, most=EXCERPT))


def _is_aside(node: LexborNode, body: LexborNode) -> bool:
    """Return whether `node` stands in something that has no words of the text."""
    place: LexborNode | None = node
    while place is not None and place != body:
        if is_nothing(place):
            return True
        place = place.parent
    return False


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    if len(text) <= EXCERPT:
        return text
    short = text[:EXCERPT]
    return (short.rsplit(" ", 1)[0] if " " in short[EXCERPT // 2 :] else short).rstrip(",;:–—-") + "…"


def _set(node: LexborNode, name: str, value: str) -> None:
    node.attrs[name] = value
