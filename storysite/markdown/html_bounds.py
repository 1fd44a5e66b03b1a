"""Bounds on HTML before a parser sees it: how deep elements nest, how many there are, and attributes in one tag.

The parser is C code, which no time limit can stop: far too much of one of these takes minutes, gigabytes, or the
whole program. So tags are counted here, as a browser would nest them or deeper, never less deep: what is not sure,
such as an end tag that does not fit, counts as an element that stays open (https://html.spec.whatwg.org/#parsing).
"""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from storysite.model.config import MarkdownOptions

MOST_ATTRIBUTES = 1000
"""Attributes of one element; a parser compares each with all others."""
_FEW = 20_000
"""Characters in which there is no room for too much of anything but levels."""
_LIMITS: ContextVar[MarkdownOptions] = ContextVar("limits", default=MarkdownOptions())  # noqa: B039 -- it is frozen

_BLANK = r"[ \t\n\f\r]"
_VALUE = r"""(?:"[^"]*+"|'[^']*+'|[^ \t\n\f\r>"'][^ \t\n\f\r>]*+)"""
_ATTRIBUTE = rf"""[^ \t\n\f\r/>][^ \t\n\f\r/>=]*+(?>(?:{_BLANK}*+={_BLANK}*+(?>{_VALUE}?))?)"""
_TOKEN = re.compile(
    rf"""<!--(?:-?>|.*?(?:--!?>|\Z))
    |<(?:[!?]|/[^a-zA-Z])(?P<other>[^>]*+)
    |<(?P<slash>/?)(?P<name>[a-zA-Z][^ \t\n\f\r/>]*+)(?>(?:[ \t\n\f\r/]++|{_ATTRIBUTE})*)>""",
    re.VERBOSE | re.DOTALL,
)
_ATTRIBUTES = re.compile(_ATTRIBUTE).findall
_CLOSED_HERE = re.compile(r"(?:[ \t\n\f\r\"']|<[^ \t\n\f\r/>]+)/+>$").search
_OPENED = re.compile(r"<[a-zA-Z][^ \t\n\f\r/>]*")

_VOID = set(
    "area base basefont bgsound br col embed frame hr image img input keygen link meta param source track wbr".split()
)
_TABLE = set("caption colgroup tbody td tfoot th thead tr".split())
"""Parts of a table, which are counted with it: they nest only within others, and end where the next begins."""
_ENDS_BEFORE = {
    "a": {"a"},
    "dd": {"dd", "dt"},
    "dt": {"dd", "dt"},
    "li": {"li"},
    "option": {"option"},
    "p": {"p"},
}
"""Elements that end where another of these begins."""
_FORMATTING = set("a b big code em font i nobr s small strike strong tt u".split())
"""Elements that are opened anew in each block until they are closed."""
_IN_LINE = _FORMATTING | set(
    "abbr acronym bdi bdo cite data del dfn ins kbd label mark q samp span sub sup time var".split()
)
_LITERAL = set("iframe noembed noframes plaintext script style textarea title xmp".split())
"""Elements in which tags are text."""
_FOREIGN = {"svg", "math"}
_HTML_AGAIN = (
    (_VOID & set("br embed hr img meta".split()))
    | _IN_LINE
    | set(
        """annotation-xml blockquote body center dd desc div dl dt foreignobject h1 h2 h3 h4 h5 h6 head li listing menu
    mi mn mo ms mtext ol p pre ruby table title ul""".split()
    )
)
"""What in a drawing or a formula may be HTML, or end it."""
_ODD = _FOREIGN | {"select", "template"}
"""Elements within which other rules hold."""


class TooMuchHtml(Exception):
    """A text is beyond a bound: `what` it has too much of, as a Document names it."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


@contextmanager
def html_limits(options: MarkdownOptions) -> Iterator[None]:
    """Let the limits of these options hold for all HTML that is parsed within the block."""
    before = _LIMITS.set(options)
    try:
        yield
    finally:
        _LIMITS.reset(before)


def check_html(html: str) -> None:
    """Raise TooMuchHtml if a parser might make too much of `html`. Time grows with its length."""
    limits = _LIMITS.get()
    if len(html) > _FEW or html.count("<") > limits.nesting_limit:
        _Count(html, limits).read()


class _Count:
    """One reading of a text, with the elements that may be open."""

    def __init__(self, html: str, limits: MarkdownOptions) -> None:
        self.html = html
        self.limits = limits
        self.elements = 0
        self.lost = 0
        """Elements that may be open though their end tag came, where it did not fit."""
        self.stack: list[str] = []
        self.tags: list[str] = []
        """The whole tags of these, for two that are formatted alike count as one."""
        self.open: Counter[str] = Counter()
        self.formats: Counter[str] = Counter()
        self.again = 0
        """Elements that are opened anew in a block."""
        self.drawn = False
        """Whether there was a drawing or a formula."""
        self.is_xml = False
        """Whether this is one, and surely nothing else."""
        self.strict = False
        """Whether nothing is sure any more: then no end tag counts."""

    def read(self) -> None:
        """Count all tags. Raises TooMuchHtml."""
        place = 0
        while token := _TOKEN.search(self.html, place):
            place = token.end()
            if token["name"] is None:
                self._add(1)
                self.strict |= self.drawn and "[CDATA[" in (token["other"] or "")
                continue
            name = token["name"].lower()
            if token["slash"]:
                self._close(name)
                continue
            self._open(name, token[0])
            if name in _LITERAL and not self.is_xml:
                place = self._literal(name, place)

    def _open(self, name: str, tag: str) -> None:
        if len(tag) > 2 * MOST_ATTRIBUTES and len(_ATTRIBUTES(tag)) > MOST_ATTRIBUTES + 1:
            raise TooMuchHtml("attributes")
        self._add(1 + len(tag) // 200 + (0 if name in _IN_LINE else self.again))
        if name in _FOREIGN:
            self.strict |= self.open["select"] > 0
            self.is_xml |= not self.drawn or not (self.open["svg"] or self.open["math"])
            self.drawn = True
        elif self.is_xml and name in _HTML_AGAIN:
            self.is_xml = False
        if self.is_xml and name not in _FOREIGN and _CLOSED_HERE(tag):
            return
        inside = self.strict or self.open["svg"] or self.open["math"]
        if inside or not (name in _VOID or name in _TABLE):
            if name in _ENDS_BEFORE and not inside:
                self._end_before(name)
            self._push(name, tag)

    def _add(self, elements: int) -> None:
        self.elements += elements
        if self.elements > self.limits.element_limit:
            raise TooMuchHtml("elements")

    def _push(self, name: str, tag: str) -> None:
        self.stack.append(name)
        self.tags.append(tag)
        self.open[name] += 1
        if name in _FORMATTING:
            self.formats[tag] += 1
            self.again += (1 + len(tag) // 200) * (self.formats[tag] <= 3)  # browsers keep three that are alike
        if len(self.stack) + self.lost > self.limits.nesting_limit:
            raise TooMuchHtml("levels")

    def _end_before(self, name: str) -> None:
        """Take out the element that ends because another, called `name`, begins: if surely nothing else is open in it.

        Words in a line that are open in it stay, as they are opened anew.
        """
        ended = _ENDS_BEFORE[name]
        if not any(self.open[each] for each in ended):
            return
        place = len(self.stack) - 1
        while self.stack[place] not in ended:
            if not (self.stack[place] in _IN_LINE or (self.stack[place] == "p" and name != "a")):
                return
            place -= 1
        for above in range(len(self.stack) - 1, place, -1):
            if self.stack[above] == "p":
                self._pop(above)
        self._add(self.again)
        self._pop(place)

    def _pop(self, place: int, *, keep: bool = False) -> None:
        """Take an element out; if it is kept, it is still opened anew in other blocks."""
        name, tag = self.stack.pop(place), self.tags.pop(place)
        self.open[name] -= 1
        if name in _FORMATTING and not keep:
            self.formats[tag] -= 1
            self.again -= (1 + len(tag) // 200) * (self.formats[tag] < 3)

    def _close(self, name: str) -> None:
        if self.strict or not self.open[name]:
            self._add(1)  # </p> and </br> alone make an element
            return
        place = len(self.stack) - 1
        while self.stack[place] != name:
            place -= 1
        above = self.stack[place + 1 :]
        fits = not above or (name in _IN_LINE and _IN_LINE.issuperset(above))
        if above or name not in _IN_LINE:
            self._add(self.again)
        if not fits:
            self.lost += 1
            self._add(24)  # no end tag copies more elements
            self.strict |= not _ODD.isdisjoint(self.stack[place:])
        self._pop(place, keep=not fits)
        self.is_xml &= name not in _FOREIGN

    def _literal(self, name: str, start: int) -> int:
        """Return where an element ends in which tags are text; its end tag comes next."""
        end = self._end_of_literal(name, start)
        if self.drawn or self.strict:  # in a drawing they are tags after all
            for opened in _OPENED.finditer(self.html, start, end):
                self._add(1 + self.again)
                self._push(opened[0][1:].lower(), opened[0])
        return end

    def _end_of_literal(self, name: str, start: int) -> int:
        if name == "plaintext":
            return len(self.html)
        ends = re.compile(rf"</{name}(?=[ \t\n\f\r/>])", re.IGNORECASE)
        found = ends.search(self.html, start)
        end = found.start() if found else len(self.html)
        opened = self.html.rfind("<!--", start, end)
        if opened >= 0 and self.html.find("-->", opened, end) < 0:
            # Then that may be no end: in a script that holds another, or in a drawing.
            self.strict |= self.drawn or (name == "script" and "<script" in self.html[opened:end].lower())
        return end
