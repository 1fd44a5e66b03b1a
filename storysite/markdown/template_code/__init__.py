"""Template code of other programs in a post's Markdown → marks, each with what it stood for.

Read from top to bottom once. Code is left alone; what an engine takes for code and this does not is put back later.
"""

import re
from html import escape

from storysite.markdown.emoji import with_emoji
from storysite.markdown.template_code.brackets import Brackets
from storysite.markdown.template_code.calls import ADDRESS_FILTERS, Call, read_output
from storysite.markdown.template_code.captures import put_captures
from storysite.markdown.template_code.forms import CONTROL, WHOLE_GONE, form_of, make_piece
from storysite.markdown.template_code.marks import Mark, Marks
from storysite.markdown.template_code.pairs import SHORTCODE, TAG, is_closed
from storysite.markdown.template_code.pieces import Setting
from storysite.markdown.template_code.reading import LONGEST, MOST

_SIGNS = re.compile(
    r"\{[{%#]|\\\{|\{:[:/]|\[\[|\[/[a-z]"
    r"|\[(?:wp_)?(?:caption|gallery|audio|video|embed|youtube|vimeo|playlist|contact-form)\b"
    r"|\[[a-z][\w-]*\s[^\[\]()]*=[\"'”″]",
    re.IGNORECASE,
)
"""One of these is in every text that has template code in it."""
_OUTPUT = re.compile(
    r"""\{\{\{?[-~]?(?P<inside>(?:[^{}"'\n]|"[^"\n]{0,2000}"|'[^'\n]{0,2000}'|\n(?!\s*\n))*)[-~]?\}?\}\}"""
    r"""|\{\{\{?[-~]?(?P<plain>[^{}]{0,2000}?)[-~]?\}?\}\}"""
)
_EXPRESSION = re.compile(r"""\s*[-~]?\s*(?:["'\u2018\u201c$@.!#>&/]|[A-Za-z_])""")
"""How the inside of `{{ }}` begins that is code: `{{1,2}}` is none."""
_FORMULA = re.compile(r"(?:\\[A-Za-z]*(?:\{[^{}\n]*\})*|[\w)}][_^])$")
"""What stands before the braces of a formula."""
_FUNCTION = re.compile(r"([\w.:]++)\((.*)\)", re.DOTALL)
_ASSIGNED = re.compile(r"([\w.]++)\s*+=(.*)", re.DOTALL)
_BRANCHES = {"else", "elsif", "elseif", "elif", "when"}
"""Tags between texts of which one is shown; here all are."""
_INCLUDES = {"include", "include_relative", "include_cached", "render", "partial", "embed", "shortcode"}
_CALLED = re.compile(r"[\"']?([^\s\"',]+)[\"']?,?(.*)", re.DOTALL)
_KRAMDOWN = re.compile(r"\{:(?:/(?P<ended>\w*)|:(?P<name>\w+)[^{}]*)\}")
_PICTURE_FILTER = re.compile(r"photo|picture|image|img|avatar|icon|logo|svg|asset|script|css|style")
"""Filters that make of a name what is no words: that name alone says nothing to a reader."""
_SHOWN = re.compile(r"\{\{([<%])/\*(.*?)\*/([>%])\}\}", re.DOTALL)
_LOOP = re.compile(r"\s*(\w+)(?:\s*,\s*(\w+))?\s+in\b")


def mark_template_code(source: str, setting: Setting, marks: Marks, *, html: bool = False) -> str:
    """Return Markdown (or HTML) with a mark for each piece of template code in it."""
    if _SIGNS.search(source) is None:
        return source
    values = dict(setting.values)
    source = put_captures(source, values, html=html)
    return _Code(source, setting._replace(values=values), marks, html, values).read()


class _Code(Brackets):
    """Reads `{% … %}`, `{{< … >}}` and `{{ … }}`."""

    def take(self, kind: str) -> bool:
        """Put a mark in the place of the code of this kind that begins here; return whether it is code at all."""
        match kind:
            case "shown":
                return self._take_shown()
            case "shortcode":
                return self._take_shortcode()
            case "output":
                return self._take_output()
            case "tag":
                return self._take_tag()
            case "comment":
                return self._take_comment()
            case "kramdown":
                return self._take_kramdown()
            case "wiki":
                return self.take_wiki()
        return self.take_bracket()

    def _take_tag(self) -> bool:
        found = self.matched(TAG)
        if found is None:
            return False
        name, words = found["name"].rstrip("-"), found["words"].strip("-+~ \t\n")
        if found["words"].startswith("#"):
            return self.gone(found.end())
        if not name:
            return False
        end = self.pairs.end_of("tag", self.place)
        if name in ("raw", "verbatim"):
            return self._take_raw(found, end)
        if name in WHOLE_GONE or (name == "set" and "=" not in words):
            return self.gone(end.end() if end else found.end())
        if name in ("assign", "set"):
            self._assign(words)
        if name == "for" and end and self._is_about_others(words, self.source[found.end() : end.start()]):
            return self.gone(end.end(), "{% for %}")
        if name in _BRANCHES and self.margin(found.end()) is None:
            self.put(Mark(found[0], " ", inline=" "), found.end())
            return True
        if name in CONTROL or name.startswith("end") or name == "/":
            return self.gone(found.end())
        if function := _FUNCTION.fullmatch(f"{name}{words}") if found["words"].startswith(("(", "::")) else None:
            return self.take_call(found, function[1].rpartition("::")[2], function[2], "<", end)
        if name in _INCLUDES and (called := _CALLED.fullmatch(words)) and not called[1].startswith(("http", "//")):
            file = re.sub(r"\.\w+$", "", called[1].rpartition("/")[2]).lower()
            return self.take_call(found, file, called[2], "include", None, shown=f"{{% {name} {called[1]} %}}")
        return self.take_call(found, name, words, "%", end)

    def _assign(self, words: str) -> None:
        if (assigned := _ASSIGNED.fullmatch(words)) and (output := read_output(assigned[2].strip(), self.values)).known:
            self.values[assigned[1]] = output.text

    def _is_about_others(self, words: str, inside: str) -> bool:
        """Return whether the text of a loop says what only the other program knows, such as the titles of all posts."""
        loop = _LOOP.match(words)
        return loop is not None and re.search(rf"\{{[{{%][^{{}}%]*\b{loop[1]}\b", inside) is not None

    def _take_raw(self, found: re.Match[str], end: re.Match[str] | None) -> bool:
        if end:
            self.verbatim_to = end.start()
            self.ends[end.start()] = Mark(end[0])
        return self.gone(found.end())

    def matched(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Return the code that begins here, None if it has no end near by or cuts a code span in two."""
        found = pattern.match(self.source, self.place, self.place + LONGEST)
        return None if found is None or found[0].count("`") % 2 else found

    # ----------------------------------------------------------------------------------------- {{< … >}}, {{ … }}

    def _take_shown(self) -> bool:
        """Show a shortcode that was written to be shown: `{{</* name */>}}`."""
        found = _SHOWN.match(self.source, self.place, self.place + LONGEST)
        if found is None:
            return False
        text = escape(f"{{{{{found[1]}{found[2]}{found[3]}}}}}")
        self.put(Mark(found[0], text, inline=text), found.end())
        return True

    def _take_shortcode(self) -> bool:
        found = self.matched(SHORTCODE)
        if found is None or not found["name"]:
            return False
        name, words = found["name"], found["words"].rstrip(" \t\n-")
        end = self.pairs.end_of("shortcode", self.place)
        if found["close"]:
            return self.gone(found.end())
        if name.lower() in ("comment", "draft"):
            return self.gone(end.end() if end else found.end())
        if name.lower() in CONTROL - {"from", "filter", "more", "switch"}:
            return self.gone(found.end())
        return self.take_call(found, name, words[:-1] if is_closed(words) else words, "<", end)

    def _take_output(self) -> bool:
        found = self.matched(_OUTPUT)
        if found is None:
            return False
        inside = found["inside"] if found["inside"] is not None else found["plain"]
        if _FORMULA.search(self.source, max(0, self.place - 60), self.place):
            self.put(Mark("{{", "{{", inline="{{"), self.place + 2)
            return True
        if not _EXPRESSION.match(inside):
            return False
        if inside.lstrip("-~ ").startswith(("/*", "!", "#", "/")) and not inside.strip().startswith('"'):
            return self.gone(found.end())
        if function := _FUNCTION.fullmatch(inside.strip("-~ \t\n")):
            return self.take_call(found, function[1].rpartition("::")[2], function[2], "<", None)
        text, known, filters = read_output(inside, self.values)
        self.added += len(text)
        if self.added > MOST:
            text, known = "", False
        for name, given in filters:
            call = Call(name, tuple(filter(None, (text, given))))
            if name not in ADDRESS_FILTERS and form_of(call, whole=True):
                piece, _ = make_piece(call, self.setting)
                self.put_piece(piece, found.end())
                return True
        left = ""
        strange = [name for name, _ in filters if name not in ADDRESS_FILTERS and name not in _SAME]
        if any(map(_PICTURE_FILTER.search, strange)) or "date" in strange:
            text = ""
        if (not known and not text) or strange:
            expression = inside.split("|")[0].strip(" -~") if not known else f"… | {strange[0] if strange else ''}"
            left = f"{{{{ {' '.join(expression.split())[:40]} }}}}"
        if inside.strip().lower() in ("toc", "contents", "table_of_contents"):
            self.put(Mark(found[0], "<p>[TOC]</p>", block=True), found.end())
            return True
        said = escape(with_emoji(text) if ":" in text else text)
        self.put(Mark(found[0], said, inline=said, address=text, left=left), found.end())
        return True

    def _take_comment(self) -> bool:
        end = self.source.find("#}", self.place, self.place + LONGEST)
        return end >= 0 and "\n\n" not in self.source[self.place : end] and self.gone(end + 2)

    def _take_kramdown(self) -> bool:
        """Read `{::comment}…{:/comment}`, `{::nomarkdown}…{:/}` and `{::options … /}`."""
        found = _KRAMDOWN.match(self.source, self.place, self.place + LONGEST)
        if found is None:
            return False
        end = found.end()
        if found["name"] == "comment" and not is_closed(found[0][:-1]):
            ends = [place for sign in ("{:/comment}", "{:/}") if (place := self.find(sign, end)) >= 0]
            end = self.source.index("}", min(ends)) + 1 if ends else end
        return self.gone(end)


_SAME = {
    "markdownify", "strip_html", "strip_newlines", "newline_to_br", "smartify", "capitalize", "upcase", "downcase",
    "lower", "upper", "title", "normalize_whitespace", "xml_escape", "escape_once", "html", "raw", "e", "rstrip",
    "lstrip", "i18n", "t", "translate", "jsonify", "striptags", "string", "safehtml", "truncate", "truncatewords",
}  # fmt: skip
"""Filters after which a text says the same to a reader."""
