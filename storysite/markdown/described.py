"""How each picture of a text is described for people who cannot see it, and what is wrong with that."""

from selectolax.lexbor import LexborNode

from storysite.markdown.figures import is_small
from storysite.model.alt_text import LINK, MISSING, PictureWords, fault_of

DECORATIVE = "decorative"
"""The class of a picture that is only decoration."""
_DOT = ("0", "1", "0px", "1px")
"""The sides of what only counts readers."""


def described_pictures(body: LexborNode) -> tuple[PictureWords, ...]:
    """Return the pictures of a text in their order.

    One that is only decoration needs no words, unless it is all that a link has.
    """
    wordless: dict[int, bool] = {}
    found: list[PictureWords] = []
    for node in body.css("img"):
        attributes = node.attributes
        address = attributes.get("src") or (attributes.get("srcset") or "").partition(" ")[0]
        words = _words(node)
        fault = fault_of(words, address)
        link, hidden = _around(node)
        if hidden or not address or all(attributes.get(side) in _DOT for side in ("width", "height")):
            fault = ""
        elif fault == MISSING and link is not None and _is_wordless(link, wordless):
            fault = LINK
        elif _is_decoration(node) or (fault == MISSING and link is not None and is_small(node)):
            fault = ""
        found.append(PictureWords(address, words, fault))
    return tuple(found)


def _words(picture: LexborNode) -> str:
    attributes = picture.attributes
    return (attributes.get("alt") or "").strip() or (attributes.get("aria-label") or "").strip()


def _is_decoration(picture: LexborNode) -> bool:
    attributes = picture.attributes
    role, hidden = ((attributes.get(name) or "").strip().lower() for name in ("role", "aria-hidden"))
    named = (attributes.get("aria-labelledby") or "").strip()  # by words that stand elsewhere
    classes = (attributes.get("class") or "").lower().split()
    return DECORATIVE in classes or role in ("presentation", "none") or hidden == "true" or bool(named)


def _around(picture: LexborNode) -> tuple[LexborNode | None, bool]:
    """Return the link or button that a picture stands in, and whether it stands in something that nobody is told of."""
    link, place = None, picture.parent
    while place is not None:
        attributes = place.attributes
        if "hidden" in attributes or attributes.get("aria-hidden") == "true":
            return link, True
        if link is None and ((place.tag == "a" and "href" in attributes) or place.tag == "button"):
            link = place
        place = place.parent
    return link, "hidden" in picture.attributes


def _is_wordless(link: LexborNode, known: dict[int, bool]) -> bool:
    """Return whether a link has nothing that says where it leads, neither words nor a picture with words."""
    if link.mem_id not in known:
        named = any((link.attributes.get(name) or "").strip() for name in ("aria-label", "aria-labelledby", "title"))
        said = named or link.text().strip() or any(map(_words, link.css("img")))
        known[link.mem_id] = not said
    return known[link.mem_id]
