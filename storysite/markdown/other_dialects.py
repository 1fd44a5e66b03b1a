"""Markdown as Jekyll, Hugo, Hexo and Pelican write it → the same in the Markdown that is rendered here.

Only signs that say how words look are read: code between tags, a table of contents, attributes. What would have to run
(`{% include %}`, `{{< figure >}}`) is read later. Nothing inside a code fence is touched.
"""

import re
from dataclasses import dataclass, field

from storysite.markdown.template_code.asides import in_item

_HINTS = ("{:", "{%", "{{", "```", "~~~", ":::", "#!")
"""One of these is in every text that has something to translate."""

_FENCE = re.compile(r"(?P<lead>[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*)(?P<ticks>`{3,}|~{3,})(?P<info>[^`\n]*)$")
_PLAIN_INFO = re.compile(r"""\s*\.?[\w\#.+-]*(?:\s+(?:hl_lines|linenums|title)="[^"]*")*\s*|\s*\{\s*\.[^{}]*\}\s*""")
_LANGUAGE = re.compile(r"[\s{.]*([\w#+-]*)")

_CODE = re.compile(
    r"""(?P<margin>[ \t]*)(?:
    \{%-?\s*(?P<liquid>highlight|codeblock|code)\b(?P<words>[^%]*)-?%\}
    |\{\{[<%]\s*(?P<hugo>highlight)\b(?P<options>[^{}]*)[>%]\}\})\s*$""",
    re.VERBOSE,
)
_CODE_END = re.compile(
    r"\s*(?:\{%-?\s*end(highlight|codeblock|code)\s*-?%\}|\{\{[<%]\s*/\s*(highlight)\s*[>%]\}\})\s*$"
)
_CODE_LANGUAGE = re.compile(r"(?:.*\blang:)?\s*[\"']?([\w#+-]+)")
_RAW = re.compile(r"\{%-?\s*(?:end)?raw\s*-?%\}")
_RAW_LINE = re.compile(rf"\s*{_RAW.pattern}\s*$")

_CONTENTS = re.compile(r"\{:\s*toc\b[^{}]*\}\s*$")
_ITEM = re.compile(r"(?:[-+*]|\d+\.)\s")
_ATTRIBUTES = re.compile(r"\{:(?P<inside>[^{}%]*)\}\s*$")
_NAMED = re.compile(r"\s*[\w-]+:\s|\s*[\w-]+(?:\s+[\w-]+)*\s*$")
"""Attributes that have a name of their own (`{:center: align="x"}`), and those that call them by it."""
_HEADING = re.compile(r"#{1,6}\s.*[^}]$")
_OPTION = re.compile(r"\{::?(?:options\b[^{}]*/|/?nomarkdown[^{}]*|/)\}\s*$")
_COMMENT_END = re.compile(r".*\{:/(?:comment)?\}\s*$")

_COLONS = re.compile(r"(?: {4}|\t)(?::::+|#!)([\w+-]+)\s*$")


def normalize_markdown(source: str) -> str:
    """Return `source` with the signs of other programs written as ours; most texts are returned as they are."""
    if not any(hint in source for hint in _HINTS):
        return source
    translation = _Translation(source.split("\n"))
    while translation.place < len(translation.lines):
        translation.read()
    return "\n".join(translation.written)


@dataclass(slots=True)
class _Translation:
    """One reading from top to bottom: the lines, the place of the one in hand, and the lines written so far."""

    lines: list[str]
    place: int = 0
    written: list[str] = field(default_factory=list)
    without_end: set[str] = field(default_factory=set)
    """Tags of code, and "comment", that are not closed any more further down."""

    def read(self) -> None:
        """Write the line in hand, with all the lines that belong to it."""
        line = self.lines[self.place]
        if fence := _FENCE.match(line):
            self._keep_fence(fence)
        elif "{" in line and (tag := self._tag_of_code(line)) and (end := self._end(tag["liquid"] or tag["hugo"])):
            inside = [inner for inner in self.lines[self.place + 1 : end] if not _RAW_LINE.match(inner)]
            self._write_code(inside, _tagged_language(tag), tag["margin"], end)
        elif (colons := _COLONS.match(line)) and not self._above().strip():
            end = self._end_of_indented()
            inside = [line.expandtabs(4)[4:] for line in self.lines[self.place + 1 : end + 1]]
            self._write_code(inside, colons[1], "", end)
        elif line.startswith("{::comment}") and (end := self._end("comment")):
            self.place = end + 1
        else:
            self._write_line(line)
            self.place += 1

    def _tag_of_code(self, line: str) -> re.Match[str] | None:
        """Return the tag that begins code in a line; one that is indented as code, outside a list, is code itself."""
        tag = _CODE.match(line)
        indent = len(tag["margin"].expandtabs(4)) if tag else 0
        return tag if indent < 4 or in_item(self.lines, self.place, indent) else None

    def _above(self) -> str:
        return self.written[-1] if self.written else ""

    def _keep_fence(self, fence: re.Match[str]) -> None:
        """Write a code fence as it is, but for what stands behind its language in words of another program."""
        sign = fence["ticks"]
        ends = re.compile(rf"[ \t>]*{sign[0]}{{{len(sign)},}}[ \t]*$")
        after = range(self.place + 1, len(self.lines))
        end = next((number for number in after if ends.match(self.lines[number])), len(self.lines) - 1)
        first = self.lines[self.place]
        if not _PLAIN_INFO.fullmatch(fence["info"]):
            language = _LANGUAGE.match(fence["info"])
            first = f"{fence['lead']}{sign}{language[1] if language else ''}"
        self.written += [first, *self.lines[self.place + 1 : end + 1]]
        self.place = end + 1

    def _end(self, name: str) -> int:
        """Return the number of the line that closes `name`, 0 if there is none."""
        if name in self.without_end:
            return 0
        for number in range(self.place, len(self.lines)):
            line = self.lines[number]
            found = _COMMENT_END.match(line) if name == "comment" else "{" in line and _CODE_END.match(line)
            if found and name in (*found.groups(), "comment"):
                return number
        self.without_end.add(name)
        return 0

    def _end_of_indented(self) -> int:
        """Return the number of the last line of the indented code in hand."""
        end = self.place
        for number in range(self.place + 1, len(self.lines)):
            if self.lines[number].strip():
                if not self.lines[number].startswith(("    ", "\t")):
                    break
                end = number
        return end

    def _write_code(self, inside: list[str], language: str, margin: str, end: int) -> None:
        """Write a code fence, longer than any in the code, between blank lines, and go on below the line `end`."""
        longest = max((len(run) for line in inside for run in re.findall("`{3,}", line)), default=2)
        ticks = "`" * (longest + 1)
        self.written += ["", f"{margin}{ticks}{language}", *inside, f"{margin}{ticks}", ""]
        self.place = end + 1

    def _write_line(self, line: str) -> None:
        """Write a line that is no code."""
        if line.startswith("{:"):
            self._write_attributes(line)
            return
        self.written.append(line)

    def _write_attributes(self, line: str) -> None:
        """Write a line of kramdown's attributes where they can be read: beside a heading, or below a paragraph."""
        above = self._above()
        if _CONTENTS.match(line):
            if _ITEM.match(above):
                self.written.pop()
            self.written += ["", "[TOC]", ""]
        elif _OPTION.match(line):
            return
        elif not (found := _ATTRIBUTES.match(line)):
            self.written.append(line)
        elif _HEADING.match(above):
            self.written[-1] = f"{above} {line.strip()}"
        elif _takes_attributes(above) and not _NAMED.match(found["inside"]):
            self.written.append(line)


def _takes_attributes(above: str) -> bool:
    """Return whether Python-Markdown would read attributes below this line: not below a table, code or HTML."""
    return bool(above.strip()) and not above.lstrip().startswith(("|", "```", "~~~", "<"))


def _tagged_language(tag: re.Match[str]) -> str:
    """Return the language that a tag of code names; Hexo writes a title there, unless `lang:` stands before it."""
    words = (tag["words"] or tag["options"] or "").strip()
    if tag["liquid"] in ("codeblock", "code") and "lang:" not in words:
        return ""
    found = _CODE_LANGUAGE.match(words)
    return found[1] if found else ""
