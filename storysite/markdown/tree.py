"""HTML as a tree of nodes, fixed as a browser would fix it."""

from selectolax.lexbor import LexborHTMLParser, LexborNode

from storysite.markdown.html_bounds import check_html


def parsed(html: str) -> LexborNode | None:
    """Return the body that holds `html`, fixed as a browser would; with a body opened, nothing moves to a head.

    Raises TooMuchHtml for what is beyond the limits.
    """
    check_html(html)
    return LexborHTMLParser("<!doctype html><html><body>" + html).body


def replace(node: LexborNode, html: str) -> None:
    """Put `html`, one element, in the place of `node`."""
    new = parsed(html)
    element = new.child if new is not None else None
    if element is not None:
        node.replace_with(element)
