"""Pictures, galleries, films and sounds that template code names → HTML as Markdown would make it."""

import re
from collections.abc import Iterator
from html import escape

from storysite.markdown.template_code.calls import Call
from storysite.markdown.template_code.pieces import LOOKUP, Piece, Setting
from storysite.photos.kinds import ENDING

_PICTURE = re.compile(rf"[^<>\"]*{ENDING}(?:[?#][^\s]*)?", re.IGNORECASE)
_SIZE = re.compile(r"\d{1,5}(?:px|%)?")
_MEASURES = re.compile(r"\d(?:px|vw|em|rem)\b|^(?:col|width|w)-|^(?:left|right|center|class|inline|lazy|true|false)$")
SOURCES = (
    "src", "url", "image", "image_path", "img", "path", "file", "filename", "image_url", "source", "picture", "photo",
    "link_to_image", "imgsrc", "img_src", "image_src", "location", "name",
)  # fmt: skip
_CAPTIONS = ("caption", "desc", "legend", "figcaption")


def picture_html(src: str, alt: str = "", *, width: str = "", height: str = "", title: str = "") -> str:
    """Return the element of a picture."""
    sizes = "".join(
        f' {name}="{size.removesuffix("px")}"'
        for name, size in (("width", width), ("height", height))
        if _SIZE.fullmatch(size)
    )
    shown = f' title="{escape(title)}"' if title else ""
    lookup = "" if "/" in src else f' {LOOKUP}=""'
    return f'<img{lookup} src="{escape(src)}" alt="{escape(alt)}"{sizes}{shown}>'


def is_picture(text: str) -> bool:
    """Return whether a text is the name or the address of a picture."""
    return _PICTURE.fullmatch(text.strip()) is not None


def _source_and_rest(call: Call) -> tuple[str, list[str]]:
    """Return the picture that a call names, and the arguments behind it."""
    if named := call.get(*SOURCES):
        return named, list(call.args)
    for place, text in enumerate(call.args):
        if is_picture(text) or (("/" in text or "://" in text) and not text.startswith("<") and " " not in text):
            return text, list(call.args[place + 1 :])
    for text in call.named.values():
        if is_picture(text):
            return text, list(call.args)
    return (call.args[0], list(call.args[1:])) if call.args and "." in call.args[0] else ("", [])


def make_picture(call: Call, _setting: Setting) -> Piece | None:
    """Make the picture that a call names, in a figure if it has a caption."""
    src, rest = _source_and_rest(call)
    if not src:
        return None
    sizes = [text for text in rest if _SIZE.fullmatch(text)][:2]
    texts = [text for text in rest if not (_SIZE.fullmatch(text) or _MEASURES.search(text) or is_picture(text))]
    texts = [re.sub(r"^([\"'])(.*)\1$", r"\2", text.strip()) for text in texts]
    alt = call.get("alt", "alttext", "alt_text", "image_alt")
    if "--alt" in texts:
        alt = " ".join(texts[texts.index("--alt") + 1 :]).partition(" --")[0]
    alt = alt or max(texts, key=lambda text: len(text.split()), default="")
    caption = call.get(*_CAPTIONS)
    title = call.get("title")
    if call.signs == "%" and len(texts) > 1 and "'" in texts[0]:
        title = texts[0]
    if call.inner and call.inner.strip() and not caption:
        caption = re.sub(r"<[^<>]*>", "", call.inner).strip()
    if call.words & {"figure", "imgcap", "captioned"}:
        caption = " ".join(dict.fromkeys(filter(None, (title, caption))))
        title = ""
    credit = call.get("attr", "credit", "attribution", "source_text")
    if credit and credit != caption:
        caption = f"{caption} ({credit})" if caption else credit
    width, height = call.get("width", "w"), call.get("height", "h")
    if len(sizes) > 0 and not width:
        width, height = sizes[0], sizes[1] if len(sizes) > 1 else ""
    image = picture_html(src, _plain(alt), width=width, height=height, title=_plain(title))
    link = call.get("link", "href", "target_url")
    if link and link.lower() not in ("true", "false", "_blank") and ("/" in link or "." in link):
        image = f'<a href="{escape(link)}">{image}</a>'
    if not caption:
        return Piece(image, inline=image, address=src, body="" if call.inner is not None else None)
    figure = f"<figure>{image}<figcaption>{inline_markdown(caption)}</figcaption></figure>"
    return Piece(figure, block=True, inline=image, address=src, body="")


def _plain(text: str) -> str:
    """Return words of an attribute without marks and tags."""
    text = re.sub(r"<[^<>]*>", "", text)
    return re.sub(r"\[([^\[\]]*)\]\([^()]*\)", r"\1", text).strip()


def inline_markdown(text: str) -> str:
    """Return a caption as HTML: links and emphasis are read, tags of links and emphasis stay, all else is text."""
    safe = escape(re.sub(r"<(?!/?(?:a|em|strong|i|b|code|br)\b)[^<>]*>", "", text), quote=False)
    safe = re.sub(r"&lt;(/?(?:a|em|strong|i|b|code|br)\b(?:(?!&gt;).)*)&gt;", r"<\1>", safe)
    safe = re.sub(r"\[([^\[\]]*)\]\(([^\s()\"]*)\)", r'<a href="\2">\1</a>', safe)
    safe = re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", safe)
    return re.sub(r"(?<![\w*])\*([^*\s][^*]*)\*(?![\w*])", r"<em>\1</em>", safe)


def make_gallery(call: Call, setting: Setting) -> Piece | None:
    """Make the pictures that a call, its text or the front matter list."""
    if call.inner is not None and call.inner.strip():
        if call.signs == "[" or not _only_names(call.inner):
            return Piece()
        pictures = [(line.strip(), "") for line in call.inner.split("\n") if is_picture(line)]
    else:
        pictures = [(text, "") for text in (*call.args, *call.named.values()) if is_picture(text)]
    listed = setting.values.get(call.get("id", "gallery") or "gallery")
    if not pictures and isinstance(listed, list):
        pictures = list(_listed_pictures(listed))
    if not pictures:
        return None
    images = "\n".join(picture_html(src, alt) for src, alt in pictures[:300])
    caption = call.get("caption")
    if caption:
        images = f"<figure>{images}<figcaption>{inline_markdown(caption)}</figcaption></figure>"
        return Piece(images, block=True, inline=images, body="")
    return Piece(f"<p>{images}</p>", block=True, inline=images, body="")


def _only_names(inner: str) -> bool:
    return all(is_picture(line) for line in inner.split("\n") if line.strip())


def _listed_pictures(listed: list[object]) -> Iterator[tuple[str, str]]:
    """Yield address and words of the pictures that front matter lists."""
    for each in listed:
        if isinstance(each, str) and is_picture(each):
            yield each, ""
        elif isinstance(each, dict):
            src = next((str(each[key]) for key in ("image_path", "url", "src", "image") if each.get(key)), "")
            if src:
                yield src, str(each.get("alt") or each.get("title") or "")
