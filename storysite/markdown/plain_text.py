"""HTML → plain text, the one way for titles, excerpts and descriptions; and how many words a text has."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from storysite.markdown.plain_words import plain_words
from storysite.markdown.tree import parsed

_NOTHING = {
    *("audio", "button", "canvas", "iframe", "noscript", "object", "script", "select", "style", "svg", "template"),
    *("textarea", "video", "-comment", "-undef"),
}
"""Elements whose text is for programs, for readers without something, or for those who fill in a form."""
_NOTHING_CALLED = {"admonition-title", "footnote", "footnote-ref", "footnotes", "headerlink", "toc", "video"}
INLINE = set(
    """a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark math meter nobr output
    picture q rp rt ruby s samp small span strike strong sub sup time tt u var wbr""".split()
)
"""Elements within a line; where any other begins or ends, there is a blank."""
_PLAINEST = {"-text", "a", "em", "img", "strong"}
_HEADINGS = {f"h{level}" for level in range(1, 7)}

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)(?=[\s/>])[^<>]*>", re.IGNORECASE)
_SILENT = re.compile(r"<(script|style)\b.{0,2000}?</\1\s*>|<!--.{0,2000}?-->", re.DOTALL | re.IGNORECASE)

_IDEOGRAPHS = re.compile("[\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_PER_WORD = 2
"""Signs of Chinese and Japanese that make a word."""
_WITHOUT_BLANKS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\ua980-\ua9df\ua9e0-\ua9ff\uaa60-\uaadf]"
)
"""Letters of the scripts that write no blanks between words (class SA of https://www.unicode.org/reports/tr14/): Thai,
Lao, Burmese, Khmer, Tai and Javanese."""
_LETTERS_PER_WORD = 5
_OTHER_SCRIPT = re.compile(f"{_IDEOGRAPHS.pattern[:-1]}{_WITHOUT_BLANKS.pattern[1:]}").search


def plain_text(node: LexborNode, *, headings: bool = True, most: int = 0) -> str:
    """Return what a person would read aloud of `node`, on one line; if `most` is given, not many more letters."""
    if _is_plain(node):
        return " ".join(node.text().split())
    read: list[str] = []
    letters = 0
    for piece in _pieces(node, headings=headings):
        read.append(piece)
        letters += sum(map(len, piece.split())) if most else 0
        if most and letters > 2 * most:
            break
    return " ".join("".join(read).split())


def text_of_html(html: str) -> str:
    """Return what a person would read aloud of `html`."""
    body = parsed(html)
    return plain_text(body) if body is not None else ""


def title_of(words: str) -> str:
    """Return a title without the HTML that sets its words: closed elements within a line, and breaks.

    Any other tag is meant to be read, as in "How to use <canvas>".
    """
    words, _ = plain_words(words)
    if "<" not in words:
        return words
    names = [(tag[1], tag[2].lower()) for tag in _TAG.finditer(words)]
    meant = {name for slash, name in names if slash and ("", name) in names and name in INLINE} | {"br", "wbr"}
    return _TAG.sub(lambda tag: _gap(tag) if tag[2].lower() in meant else tag[0], words)


def summary_of(words: str) -> str:
    """Return a summary without any HTML and template code."""
    words, _ = plain_words(words)
    return _TAG.sub(_gap, _SILENT.sub(" ", words)) if "<" in words else words


def _gap(tag: re.Match[str]) -> str:
    """Return what is read in the place of a tag: nothing within a line, a blank between blocks."""
    return "" if tag[2].lower() in INLINE else " "


def count_words(text: str) -> int:
    """Return how many words `text` has, in any script; an estimate for those that write no blanks between words."""
    if text.isascii() or _is_western(text) or not _OTHER_SCRIPT(text):
        return len(text.split())
    rest, signs = _IDEOGRAPHS.subn(" ", text)
    rest, letters = _WITHOUT_BLANKS.subn(" ", rest)
    words = [word for word in rest.split() if any(map(str.isalnum, word)) or word.isascii()]
    return len(words) + signs // _PER_WORD + -(-letters // _LETTERS_PER_WORD)


def _is_western(text: str) -> bool:
    """Return whether all letters of a text are in the table that is asked fastest."""
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def is_nothing(node: LexborNode) -> bool:
    """Return whether `node` has no words of the text: what programs read, notes below it and the marks of these."""
    tag = node.tag or ""
    if tag in _NOTHING:
        return True
    named = node.attributes.get("class") if tag[:1] != "-" else None
    if named and not _NOTHING_CALLED.isdisjoint(named.split()):
        return True
    if tag == "sup":
        link = node.css_first("a[href]")
        return link is not None and (link.attributes.get("href") or "").startswith("#")
    return False


def _is_plain(node: LexborNode) -> bool:
    """Return whether `node` is what most paragraphs and headings are: text with the plainest marks."""
    for part in node.iter(include_text=True):
        inner = part.child
        if part.tag not in _PLAINEST or (inner is not None and (inner.tag != "-text" or inner.next is not None)):
            return False
    return True


def _pieces(top: LexborNode, *, headings: bool) -> Iterator[str]:
    """Yield the texts in `top`, and a blank where a block begins or ends; in a loop, for HTML may be deep."""
    waiting: list[LexborNode | str] = [top]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            yield node
            continue
        tag = node.tag or ""
        if tag == "-text":
            yield node.text() or ""
        elif not (node is not top and is_nothing(node)) and (headings or tag not in _HEADINGS):
            if tag not in INLINE:
                yield " "
                waiting.append(" ")
            waiting += reversed([*node.iter(include_text=True)])
