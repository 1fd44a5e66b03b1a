"""Links by a name, notes, folds, quotations and code that template code names → HTML."""

import re
from html import escape

from storysite.i18n import gettext
from storysite.markdown.emoji import with_emoji
from storysite.markdown.template_code.calls import WEB, Call, Output, read_output
from storysite.markdown.template_code.pictures import inline_markdown
from storysite.markdown.template_code.pieces import LOOKUP, Piece, Setting

NOTE_NAMES = {
    "note": "Note", "notice": "Note", "info": "Info", "tip": "Tip", "hint": "Tip", "important": "Important",
    "warning": "Warning", "warn": "Warning", "attention": "Warning", "caution": "Caution", "danger": "Danger",
    "error": "Danger", "bug": "Danger", "failure": "Danger", "success": "Success", "check": "Success",
    "done": "Success", "question": "Question", "help": "Question", "faq": "Question", "example": "Example",
    "quote": "Quote",
    "cite": "Quote", "abstract": "Summary", "summary": "Summary", "tldr": "Summary", "todo": "To do",
}  # fmt: skip
"""Words with which notes begin in other programs, and the title that each has here."""


def named_link(name: str, words: str, *, written: str = "") -> str:
    """Return the link to what is called `name`; `written` is shown where nothing is."""
    return f'<a {LOOKUP}="{escape(written)}" href="{escape(name)}">{escape(words)}</a>'


def make_post(call: Call, _setting: Setting) -> Piece | None:
    """Look up a post by its file's name."""
    name = call.get("path") or " ".join(call.args[:1])
    if not name:
        return None
    name = name.removeprefix("_posts/").removeprefix("@/")
    words = " ".join(call.args[1:]) or readable(name)
    inline = named_link(name, words)
    return Piece(inline, inline=inline, address=name, lookup=True, body=None)


def readable(name: str) -> str:
    """Return the words of a post's file name."""
    stem = re.sub(r"(?:/index)?\.(?:md|markdown|html?)$|#.*$", "", name.strip("/")).rpartition("/")[2]
    return re.sub(r"[-_]+", " ", re.sub(r"^\d{4}-\d{1,2}-\d{1,2}-", "", stem)).strip().capitalize() or name


def make_link(call: Call, _setting: Setting) -> Piece | None:
    """Read `link`: Jekyll's names a file, Hexo's and Hugo's have words and an address."""
    address = call.get("href", "url", "link", "relref", "ref", "to", "src")
    words = call.get("text", "title", "label", "name", "content")
    texts = list(call.args)
    if not address:
        signs = ("/", "#", "mailto:")
        places = [place for place, text in enumerate(texts) if WEB.match(text) or text.startswith(signs)]
        if len(texts) == 1 or not places:
            address, texts = texts[0] if texts else "", texts[1:]
        else:
            address = texts[places[0]]
            texts = [text for place, text in enumerate(texts) if place < places[0] or place > places[0]]
            texts = [text for text in texts if text.lower() not in ("true", "false")]
            if call.signs == "%" and places[0] > 0:
                texts = texts[: places[0]]
    if not address:
        return None
    lookup = not WEB.match(address) and not address.startswith(("#", "mailto:"))
    words = words or " ".join(texts) or (readable(address) if lookup else address)
    mark = f' {LOOKUP}=""' if lookup else ""
    opening = f'<a{mark} href="{escape(address)}">'
    if call.inner is not None and call.inner.strip():
        return Piece(opening, inline=opening, closing="</a>")
    inline = f"{opening}{escape(words)}</a>"
    return Piece(inline, inline=inline, address=address, lookup=lookup, body="")


def make_file(call: Call, _setting: Setting) -> Piece | None:
    """Name a file of the post: its address in a link, else a link with its words."""
    if not call.args:
        return None
    file, words = call.args[0], " ".join(call.args[1:])
    inline = f'<a href="{escape(file)}">{escape(words or file)}</a>'
    return Piece(inline, inline=inline, address=file, lookup="/" not in file)


def note_title(kind: str, language: str) -> str:
    """Return the title of a note of this kind in the language of the page; a kind of the author's own is its word."""
    known = NOTE_NAMES.get(kind.lower())
    return gettext(language, known) if known else kind[:1].upper() + kind[1:]


def aside(kind: str, title: str | None, setting: Setting) -> Piece:
    """Return the note of a kind around the text up to its end; `title` None is the kind's own, "" none at all."""
    kind = re.sub(r"[^\w-]", "", kind.lower()) or "note"
    words = note_title(kind, setting.language) if title is None else title
    heading = f'<p class="admonition-title">{escape(words)}</p>' if words else ""
    return Piece(f'<div class="admonition {kind}">{heading}', block=True, closing="</div>")


def fold(title: str, setting: Setting, kind: str = "", *, opened: bool = False) -> Piece:
    """Return what opens and closes around the text up to its end."""
    words = title or (note_title(kind, setting.language) if kind else gettext(setting.language, "Details"))
    marks = (f' class="admonition {escape(kind)}"' if kind else "") + (" open" if opened else "")
    return Piece(f"<details{marks}><summary>{escape(words)}</summary>", block=True, closing="</details>")


def make_note(call: Call, setting: Setting) -> Piece | None:
    """Make a note of a pair of tags, or of one that holds its text."""
    texts = [text for text in call.args if text]
    kind = call.get("type", "kind", "style", "class", "color", "level")
    own = next((word for word in (call.name, *sorted(call.words)) if word in NOTE_NAMES), "note")
    if not kind and texts and texts[0].lower() in (*NOTE_NAMES, "default", "primary", "secondary"):
        kind = texts.pop(0)
    if kind.lower() not in NOTE_NAMES:
        kind = own
    title = call.get("title", "header", "heading", "summary") or (" ".join(texts) if call.inner is not None else "")
    if re.fullmatch(r"[a-z-]*(?:icon|circle|triangle|fa)[\w -]*|true|false|no-icon|simple|modern|flat", title):
        title = ""
    made = aside(kind, title or None, setting)
    if call.inner is not None:
        return made
    words = call.get("text", "content", "body", "message", "description") or " ".join(texts)
    said = inline_markdown(words)
    return Piece(f"{made.html}<p>{said}</p></div>", block=True, inline=said) if words else None


def make_fold(call: Call, setting: Setting) -> Piece | None:
    """Make a fold of a pair of tags."""
    if call.inner is None:
        return None
    title = call.get("summary", "title", "label", "header") or " ".join(call.args)
    return fold(title.strip(), setting, opened=call.get("open") in ("true", "open"))


def make_quote(call: Call, _setting: Setting) -> Piece | None:
    """Make a quotation of a pair of tags, with whom it is by."""
    by = call.get("author", "by", "cite", "source")
    if not (by or call.named or "pull" in call.name):
        by = call.program_words.strip(" \"'")
    foot = f"<p>– {escape(by)}</p>" if by else ""
    words = call.get("text", "quote", "content")
    if call.inner is None:
        return Piece(f"<blockquote><p>{inline_markdown(words)}</p>{foot}</blockquote>", block=True) if words else None
    return Piece("<blockquote>", block=True, closing=f"{foot}</blockquote>")


def make_code(call: Call, _setting: Setting) -> Piece | None:
    """Make code of a pair of tags that stand on one line with it, or of a drawing that is written as code."""
    if call.inner is None:
        return None
    code = escape(call.inner.strip("\n"), quote=False)
    inline = f"<code>{code}</code>"
    return Piece(f'<pre class="highlight"><code>{code}</code></pre>', block=True, inline=inline, body="")


def make_tab(call: Call, _setting: Setting) -> Piece | None:
    """Make a paragraph of a tab's title; what was behind it stands below."""
    title = call.get("title", "name", "label", "header", "tabname") or " ".join(call.args[:1])
    return Piece(f"<p><strong>{escape(title)}</strong></p>" if title else "", block=True)


def make_contents(_call: Call, _setting: Setting) -> Piece:
    """Make a table of contents."""
    return Piece("<p>[TOC]</p>", block=True)


def make_value(call: Call, setting: Setting) -> Piece | None:
    """Say a value of the front matter."""
    text, known, _ = read_output(call.args[0], setting.values) if call.args else Output("", known=False)
    said = escape(with_emoji(text))
    return Piece(said, inline=said, address=text) if known else None


def make_words(call: Call, _setting: Setting) -> Piece | None:
    """Keep the words of a form that is only about how they look."""
    return Piece() if call.inner is not None else None
