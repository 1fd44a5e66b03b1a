"""Marks in the HTML of a post → what they stand for: as text, as blocks between paragraphs, in addresses, as code."""

import re
from html import escape, unescape

from storysite.markdown.emoji import MAYBE, NAME, with_emoji
from storysite.markdown.template_code.marks import FIRST, MARK, Mark, Marks
from storysite.markdown.template_code.pieces import LOOKUP

_TAG = re.compile(r"""<!--|<(?P<slash>/?)(?P<name>[a-zA-Z][\w-]*)(?P<rest>(?:[^"'<>]|"[^"]*"|'[^']*')*)>""", re.DOTALL)
_LITERAL = ("pre", "code", "script", "style", "textarea")
_PARAGRAPH = re.compile(r"<p(?:\s[^<>]*)?>(?P<inside>(?:(?!</?p[\s>]).)*?)</p>", re.DOTALL)
_HEADING = re.compile(r"<(/?)(h[1-6]|a)(?=[\s>])[^<>]*>")
_INLINE_TAG = re.compile(
    r"<(/?)(a|abbr|b|cite|del|em|i|ins|kbd|mark|s|small|span|strong|sub|sup|u)\b[^<>]*?(/?)>", re.IGNORECASE
)
_ATTRIBUTE = re.compile(r"""(\s)([^\s"'<>=/]+)(\s*=\s*)("[^"]*"|'[^']*'|[^\s"'<>]+)""")
_LEFT = re.compile(
    r"\{\{[<%]\s*+/?\s*+([\w./-]++)[^{}]*?[>%]\}\}|\{\{\{?\s*+([A-Za-z_.$@\"'][^{}]*?)\}?\}\}|\{%[-+]?\s*+(\w++)[^{}]*?%\}",
    re.DOTALL,
)
_QUOTE = r"""(?:["'“”‘’]|&quot;|&\#39;|&[lr][ds]quo;)"""
_VALUE = rf"(?:{_QUOTE}[^<>{{}}]*?{_QUOTE}|[\w./:#%-]+)"
_ATTRIBUTES = re.compile(
    rf"""(?<![ \t])[ \t]*+\{{(?P<inside>:\s*+(?>(?:(?:[.#][A-Za-z][\w–—-]*+|[A-Za-z][\w:-]*+(?>(?:={_VALUE})?))\s*+)+)
    |\s*+(?>(?:(?:[.#][A-Za-z][\w–—-]*+|[A-Za-z][\w-]*+={_QUOTE}[^<>{{}}]*?{_QUOTE}
    |(?:width|height|class|id|target|rel|align|style)=[\w.%-]++)\s*+)+))\}}""",
    re.VERBOSE,
)
"""Attributes of an element as kramdown and others write them: `{: .lead}`, `{.lead}`, `{:target="_blank"}`."""
_ONE = re.compile(rf"([.#])([A-Za-z][\w–—-]*)|([A-Za-z][\w-]*)=(?:{_QUOTE}(.*?){_QUOTE}|([\w./:#%-]+))")
_KEPT = {
    "class",
    "id",
    "lang",
    "dir",
    "title",
    "alt",
    "width",
    "height",
    "target",
    "rel",
    "download",
    "start",
    "cite",
    "datetime",
}
_EMPTY = re.compile(r"<p>[ \n]*+</p>\n?")
"""A paragraph in which nothing is left."""
_INLINE = "\ufdd2"
_LEADING = re.compile(r"(?>(?:\s|<br\s{0,9}/?>)*)").match
_TRAILING = re.compile(r"(?>(?:\s|>/?\s{0,9}rb<)*)").match
"""Blanks and breaks at the end of a text that is read from there."""


def fill_marks(html: str, marks: Marks) -> str:
    """Return the HTML of a post with what each mark stands for; code has again what was typed."""
    if any(mark.block or mark.half for mark in marks.made):
        html = _without_blocks(html) if FIRST in html else html
        html = _PARAGRAPH.sub(lambda found: _parted(found, marks), html)
        html = html.replace(_INLINE, FIRST + _INLINE)
    attributes = "{" in html
    if not (FIRST in html or "%EF%B7%90" in html or attributes or (MAYBE.search(html) and NAME.search(html))):
        return html
    return _Filling(marks).fill(html)


def _without_blocks(html: str) -> str:
    """Return HTML in which the marks in links and headings are marked to be no blocks."""
    opened: dict[str, int] = {}
    ranges: list[tuple[int, int]] = []
    for tag in _HEADING.finditer(html):
        if not tag[1]:
            opened[tag[2]] = tag.end()
        elif (start := opened.pop(tag[2], -1)) >= 0:
            ranges.append((start, tag.start()))
    written: list[str] = []
    place = 0
    for start, end in sorted(ranges):
        if end > place:
            within = max(start, place)
            written += [html[place:within], html[within:end].replace(FIRST, _INLINE)]
            place = end
    return "".join([*written, html[place:]])


def _parted(found: re.Match[str], marks: Marks) -> str:
    """Return a paragraph as paragraphs around the blocks that stand in it, if it can be parted there."""
    parts = re.split(f"({FIRST}[0-9]+\ufdd1)", found["inside"])
    blocks = [part.startswith(FIRST) and marks.made[int(part[1:-1])].block for part in parts]
    if not any(blocks):
        alone = MARK.fullmatch(found["inside"].strip())
        return found["inside"] if alone and marks.made[int(alone[1])].half else found[0]
    opening = found[0][: found[0].index(">") + 1]
    runs: list[str] = [""]
    for part, block in zip(parts, blocks, strict=True):
        if block:
            runs += [part, ""]
        else:
            runs[-1] += part
    if any(not _is_whole(run) for run in runs):
        return found[0].replace(FIRST, _INLINE)
    written, bare = "", False
    for number, run in enumerate(runs):
        if number % 2:
            written += run if bare else f"\n{run}"
            bare = marks.made[int(run[1:-1])].bare
        elif text := _stripped(run):
            empty = not MARK.sub(lambda mark: _shown(marks.made[int(mark[1])]), text).strip()
            written += text if bare or empty else f"\n{opening}{text}</p>"
    return written.strip("\n")


def _stripped(run: str) -> str:
    """Return a run of a paragraph without blanks and breaks at its ends."""
    leading = _LEADING(run)
    run = run[leading.end() :] if leading else run
    trailing = _TRAILING(run[::-1])
    return run[: len(run) - trailing.end()] if trailing else run


def _shown(mark: Mark) -> str:
    return mark.html or mark.inline


def _is_whole(run: str) -> bool:
    """Return whether every inline element of a run ends in it."""
    depth: list[str] = []
    for tag in _INLINE_TAG.finditer(run):
        if not tag[1]:
            depth.append(tag[2].lower())
        elif not depth or depth.pop() != tag[2].lower():
            return False
    return not depth


class _Filling:
    """One walk through the HTML of a post."""

    def __init__(self, marks: Marks) -> None:
        self.marks = marks
        self.literal: list[str] = []
        self.written: list[str] = []

    def fill(self, html: str) -> str:
        """Return the HTML with its marks filled in."""
        place = 0
        remarks_end = html.rfind("-->")
        while tag := _TAG.search(html, place):
            if tag.start() > place:
                self._write_text(html[place : tag.start()], tag)
            place = tag.end()
            if tag["name"]:
                self._write_tag(tag)
                continue
            if place <= remarks_end:
                place = html.index("-->", place) + 3
            self.written.append(MARK.sub("", html[tag.start() : place]))
        self._write_text(html[place:], None)
        return _EMPTY.sub("", "".join(self.written))

    def _write_tag(self, tag: re.Match[str]) -> None:
        name = tag["name"].lower()
        if self.literal:
            if tag["slash"] and name == self.literal[-1]:
                self.literal.pop()
            elif name in _LITERAL and not tag["slash"]:
                self.literal.append(name)
        elif name in _LITERAL and not tag["slash"]:
            self.literal.append(name)
        text = tag[0]
        if (FIRST in text or "%EF%B7%90" in text) and not tag["slash"]:
            self.written.append(self._filled_tag(name, tag["rest"]))
        else:
            self.written.append(text)

    def _filled_tag(self, name: str, rest: str) -> str:
        """Return a tag with its attributes: an address without anything left in it is none."""
        rest = rest.replace(_INLINE, "")
        lookups: list[Mark] = []
        gone: list[str] = []

        def attribute(found: re.Match[str]) -> str:
            if MARK.search(found[0]) is None:
                return found[0]
            key = found[2].lower()
            value = unescape(found[4][1:-1] if found[4][:1] in "\"'" else found[4])
            used = [self.marks.use(int(mark[1])) for mark in MARK.finditer(value)]
            if key in ("href", "src", "srcset", "poster", "data", "action", "cite"):
                value = MARK.sub(lambda mark: self.marks.made[int(mark[1])].address, value).strip()
                lookups.extend(mark for mark in used if mark.lookup and key == "href")
                if not value and not any(mark.source.strip("{} -").lower().startswith("site") for mark in used):
                    gone.append(key)
                    return ""
                value = value or "/"
            elif key == "id":
                value = MARK.sub("", value).strip("-_")
                if not value:
                    return ""
            else:
                value = MARK.sub(lambda mark: _words(self.marks.made[int(mark[1])]), value)
            return f'{found[1]}{found[2]}="{escape(value)}"'

        rest = MARK.sub("", _ATTRIBUTE.sub(attribute, rest))
        if name == "img" and "src" in gone:
            return ""
        mark = f' {LOOKUP}=""' if name == "a" and lookups else ""
        return f"<{name}{mark}{rest}>"

    def _write_text(self, text: str, following: re.Match[str] | None) -> None:
        if self.literal:
            raw = self.literal[-1] in ("script", "style")
            text = MARK.sub(lambda mark: self._source(mark, raw=raw), text.replace(_INLINE, ""))
            self.written.append(text)
            return
        if "{" in text:
            text = _LEFT.sub(self._drop, text)
            text = self._give_attributes(text, following)
        if ":" in text:
            text = with_emoji(text)
        if FIRST in text:
            text = re.sub(f"{FIRST}({_INLINE}?)([0-9]+)\ufdd1", self._put, text)
        self.written.append(text)

    def _put(self, found: re.Match[str]) -> str:
        mark = self.marks.use(int(found[2]))
        return mark.inline if found[1] else mark.html or mark.inline

    def _source(self, found: re.Match[str], *, raw: bool) -> str:
        source = self.marks.written(self.marks.made[int(found[1])].source)
        if "\n" in source:
            source = re.sub(r"\n(?:[ ]{1,4}|\t)", "\n", source)
        return source if raw else escape(source)

    def _drop(self, found: re.Match[str]) -> str:
        """Take out what an engine takes for text and we took for code."""
        name = " ".join(unescape(found[1] or found[2] or found[3]).split())[:40]
        shown = f"{{{{< {name} >}}}}" if found[1] else f"{{{{ {name} }}}}" if found[2] else f"{{% {name} %}}"
        self.marks.left[shown] += 1
        return ""

    def _give_attributes(self, text: str, following: re.Match[str] | None) -> str:
        """Return `text` without attributes; the element that they follow, or the block that they end, has them."""
        behind = 0

        def take(found: re.Match[str]) -> str:
            before = self.written[-1] if self.written else ""
            nonlocal behind
            first, behind = found.start() == behind, found.end()
            if first and (before.startswith("</") or re.match("<img|<input", before)):
                self._give(len(self.written) - 1, found["inside"])
            elif following is not None and following["slash"] and not text[found.end() :].strip():
                self._give(-1, found["inside"], following["name"].lower())
            return ""

        return _ATTRIBUTES.sub(take, text)

    def _give(self, place: int, attributes: str, name: str = "") -> None:
        """Put attributes into the tag that opens the element ending at `place`, or the last one called `name`."""
        if not name:
            if not self.written[place].startswith("</"):
                self.written[place] = _with_attributes(self.written[place], attributes)
                return
            name = self.written[place][2:-1].strip().lower()
        for number in range(len(self.written) - 1, -1, -1):
            if re.match(rf"<{name}[\s>]", self.written[number], re.IGNORECASE):
                self.written[number] = _with_attributes(self.written[number], attributes)
                return


def _with_attributes(tag: str, attributes: str) -> str:
    """Return a tag with attributes that it does not have; only harmless ones are taken."""
    classes: list[str] = []
    more = ""
    for sign, word, key, quoted, bare in _ONE.findall(attributes.replace("—", "---").replace("–", "--")):
        if sign == ".":
            classes.append(word)
        elif sign == "#" and " id=" not in tag:
            more += f' id="{escape(word)}"'
        elif key.lower() in _KEPT and f" {key.lower()}=" not in tag:
            more += f' {key.lower()}="{escape(unescape(quoted or bare))}"'
    if classes and " class=" not in tag:
        more += f' class="{escape(" ".join(classes))}"'
    return tag[:-1].rstrip("/ ") + more + ">"


def _words(mark: Mark) -> str:
    return unescape(re.sub(r"<[^<>]*>", "", mark.inline or mark.html))
