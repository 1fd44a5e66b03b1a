"""Template code in square brackets: wiki links, and the shortcodes of WordPress."""

import re
from html import escape

from storysite.markdown.template_code.calls import Call, read_call
from storysite.markdown.template_code.embeds import make_film
from storysite.markdown.template_code.forms import form_of
from storysite.markdown.template_code.marks import Mark
from storysite.markdown.template_code.pairs import BRACKET, is_closed
from storysite.markdown.template_code.pictures import is_picture, picture_html
from storysite.markdown.template_code.reading import Reading
from storysite.markdown.template_code.texts import named_link
from storysite.model.slug import slugify

_WIKI = re.compile(
    r"(?P<sign>!?)\[\[(?P<name>[^\[\]|#\n]{0,200})(?P<part>#[^\[\]|\n]{0,200})?"
    r"(?:\|(?P<words>[^\[\]\n]{0,300}))?\]\](?![(\[])"
)
_SIZE = re.compile(r"\d{1,5}(?:x\d{1,5})?")
_CODE_LIKE = re.compile(r"[_=<>;$\"'\\]|::|^\s|\s$|^-")
"""What a page is hardly called, and code is: `[[maybe_unused]]`, `[[ -f x ]]`."""
_DEFINED = re.compile(r"^[ ]{0,3}\[([^\[\]\n]+)\]:", re.MULTILINE)
_GIVEN = re.compile(r"\s[\w-]+=[\"'”″]")
_CAPTION_PICTURE = re.compile(
    r"""\s*(?:(?:<a\b[^<>]*>\s*)?<img\b[^<>]*>(?:\s*</a>)?
    |\[\s*!\[[^\[\]]*\]\([^()]*\)\s*\]\([^()]*\)|!\[[^\[\]]*\]\([^()]*\)|!\[[^\[\]]*\]\[[^\[\]]*\])\s*""",
    re.VERBOSE | re.IGNORECASE,
)


class Brackets(Reading):
    """Reads `[[page]]`, `![[picture.jpg]]` and `[name key="value"]…[/name]`."""

    def _is_defined(self, name: str) -> bool:
        """Return whether the text says where the reference `[name]` leads."""
        if self.names is None:
            self.names = frozenset(found[1].strip().casefold() for found in _DEFINED.finditer(self.source))
        return name.strip().casefold() in self.names

    def take_wiki(self) -> bool:
        found = _WIKI.match(self.source, self.place)
        if found is None:
            return False
        name, words = found["name"].strip(" \\"), (found["words"] or "").strip()
        part = found["part"] or ""
        if re.fullmatch(r"_?toc_?", name, re.IGNORECASE):
            self.put(Mark(found[0], "<p>[TOC]</p>", block=True), found.end())
            return True
        before = self.source[self.place - 1 : self.place]
        if not re.search(r"[^\W\d_]", name + part) or before.isalnum() or before in (")", "]", "\\"):
            return False
        if self._is_defined(found["name"] + part):
            self.written.append(f"\\[[{found['name']}{part}]\\]")  # a reference in brackets
            self.place = found.end()
            return True
        if found["sign"] and is_picture(name):
            alt, width = _alt_and_width(words)
            html = picture_html(name, alt, width=width)
            self.put(Mark(found[0], html, inline=html, address=name), found.end())
            return True
        if found["sign"] and (film := make_film(Call("film", (name,)), self.setting)):
            self.put_piece(film, found.end())
            return True
        typed = found[0] if _CODE_LIKE.search(found["name"]) else ""
        anchor = f"#{slugify(part)}" if part and not part.startswith("#^") else ""
        html = named_link(name + anchor, words or name or part[1:], written=typed)
        self.put(Mark(found[0], html, inline=html, address=name + anchor, lookup=True), found.end())
        return True

    def take_bracket(self) -> bool:
        found = BRACKET.match(self.source, self.place)
        if found is None:
            return False
        name, words, closed = found["name"], found["words"], is_closed(found["words"])
        end = self.pairs.end_of("bracket", self.place)
        behind = self.source[self.place - 1 : self.place]
        if behind in ("!", "\\", "[") or (behind == "]" and not end and not _GIVEN.search(words)):
            return False
        if self.source.startswith("[", found.end()) and not (words or found["close"] or end or is_bracket(name)):
            return False  # a link by reference
        if found["close"]:
            return form_of(Call(name.lower(), signs="[")) is not None and self.gone(found.end())
        if self._is_defined(name + words):
            return False
        if name.lower() in ("caption", "wp_caption") and end:
            return self._take_caption(found, end)
        known = form_of(Call(name.lower(), signs="[")) is not None
        given = re.search(r"=|https?://", words) is not None
        if known and (end or given or closed):
            return self.take_call(found, name, words, "[", end)
        alone = self.margin(found.end()) is not None
        if name.lower() in ("gallery", "playlist", "contact-form", "contact-form-7") and (alone or given):
            return self.gone(found.end(), f"[{name}]")
        if end or _GIVEN.search(words):
            if end:
                self.ends[end.start()] = Mark(end[0])
            return self.gone(found.end(), f"[{name}]")
        return False

    def _take_caption(self, found: re.Match[str], end: re.Match[str]) -> bool:
        """Make a figure of WordPress' caption: the picture stays as it is written, the words behind it are its own."""
        picture = _CAPTION_PICTURE.match(self.source, found.end(), end.start())
        call = read_call("caption", found["words"], self.values, "[")
        words = call.get("caption")
        if picture is None:
            self.ends[end.start()] = Mark(end[0])
            return self.gone(found.end())
        inside = self.source[picture.end() : end.start()].strip()
        if not inside and not words:
            self.ends[end.start()] = Mark(end[0])
            return self.gone(found.end())
        self.put(Mark(found[0], "<figure>", block=True, bare=True), found.end())
        self.written.append(self.source[found.end() : picture.end()])
        self.place = picture.end()
        caption = f"<figcaption>{escape(words)}" if not inside else "<figcaption>"
        self.written.append(self.marks.add(Mark("", caption, block=True, bare=True)))
        self.ends[end.start()] = Mark(end[0], "</figcaption></figure>", block=True)
        return True


def _alt_and_width(words: str) -> tuple[str, str]:
    """Return the alt text and the width that stand behind a bar, or two, as in `|Two robots|300x200`."""
    alt, _, size = words.rpartition("|")
    if not _SIZE.fullmatch(size.strip()):
        return words, ""
    return alt.strip(" \\"), size.strip().split("x")[0]


def is_bracket(name: str) -> bool:
    """Return whether WordPress has a shortcode of this name."""
    return name.lower() in ("caption", "wp_caption") or form_of(Call(name.lower(), signs="["), whole=True) is not None
