"""Files that have the name of a picture and are something else, by how they begin."""

import re

from storysite.photos.kinds import ENDING, kind_of

SAVE_AGAIN = "save the picture itself in its place (with Git LFS: run git lfs pull); until then it is left out"
_NAMED = re.compile(rf"{ENDING}(?<!\.svg)$", re.IGNORECASE)
_SHORT = 512
"""Bytes by which it is found out what a file is instead of a picture."""
_POINTER = re.compile(rb"version https://git-lfs|/annex/objects/|(?:\.\./)*\.git/annex/")
_WEB_PAGE = re.compile(rb"<!doctype html|<(?:html|head|body|script|title)\b|<\?xml[^>]*\?>\s*<(?!svg)", re.IGNORECASE)
_ANSWER = re.compile(rb'\{\s*"\w+"\s*:')
_SHORTCUT = re.compile(rb"[^\0-\x1f<>{}]*/[^\0-\x1f<>{}]+%s\s*" % ENDING.encode(), re.IGNORECASE)
_OTHER_PICTURES = re.compile(
    rb"\0\0[\x01\x02]\0|\xff\x0a|\0\0\0\x0c(?:JXL |jP  )|II\+\0|MM\0\+|....ftyp(?!qt  |mp4|isom|iso\d|M4V|3gp|avc1)",
    re.DOTALL,
)
"""Icons, JPEG XL, JPEG 2000, large TIFF, and what may be a newer sort of HEIC: they are published as they are."""
_FILM = re.compile(rb"....ftyp|\x1a\x45\xdf\xa3|RIFF....AVI ", re.DOTALL)
_ARCHIVE = re.compile(rb"PK\x03\x04|PK\x05\x06|\xd0\xcf\x11\xe0|Rar!|7z\xbc\xaf|\x1f\x8b")
_NO_TEXT = re.compile(r"[\0-\x08\x0e-\x1f\x7f]")
_NAMES = "saved under the name of a picture"


def no_picture(path: str, head: bytes) -> str:
    """Return what a file is that has the name of a picture and begins with `head`, "" if it may well be one."""
    if not _NAMED.search(path):
        return ""
    if not head:
        return "the file is empty: it may not have been copied or synced to its end"
    kind, head = kind_of(head), head[:_SHORT]
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if _POINTER.match(text):
        return "it is only a note that says where git keeps the picture (Git LFS)"
    if _WEB_PAGE.match(text) or _ANSWER.match(text):
        return f"it is a web page that was {_NAMES}"
    if kind == "svg":
        return "it is a drawing (SVG), which browsers show only if its name ends in .svg"
    if kind or _OTHER_PICTURES.match(head):
        return ""
    if len(head) < _SHORT and _SHORTCUT.fullmatch(text):
        return "it is only a note with the name of another file"
    if text.startswith(b"%PDF"):
        return f"it is a PDF document that was {_NAMES}"
    if _ARCHIVE.match(head):
        return f"it is a document or an archive (such as Word or ZIP) that was {_NAMES}"
    if _FILM.match(head):
        return f"it is a film that was {_NAMES}"
    if _is_text(head):
        return f"it is a text that was {_NAMES}"
    return "it begins like no picture, so it is damaged, or something else that was renamed"


def _is_text(head: bytes) -> bool:
    try:
        return not _NO_TEXT.search(head.decode())
    except UnicodeDecodeError as error:  # the last letter may be cut in two
        return error.start > len(head) - 4 == _SHORT - 4 and not _NO_TEXT.search(head[: error.start].decode())
