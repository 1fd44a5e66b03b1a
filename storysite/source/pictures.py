"""Files with the name of a picture that are none: what their first bytes tell of where the picture was lost."""

import re

HEAD = 512
"""Bytes of a file that are looked at."""
_PICTURE = re.compile(r"\.(?:jpe?g|jfif|png|gif|webp|avif|bmp|tiff?|heic|ico)$", re.IGNORECASE)
_POINTER = re.compile(rb"version https://git-lfs|/annex/objects/|(?:\.\./)*\.git/annex/")
_WEB_PAGE = re.compile(rb"<!doctype html|<(?:html|head|body|script|title)\b|<\?xml[^>]*\?>\s*<(?!svg)", re.IGNORECASE)
_ANSWER = re.compile(rb'\{\s*"\w+"\s*:')
_SHORTCUT = re.compile(rb"[^\0-\x1f<>{}]*/[^\0-\x1f<>{}]+\.(?:jpe?g|png|gif|webp|avif)\s*", re.IGNORECASE)


def no_picture(path: str, head: bytes) -> str:
    """Return what a file is that has the name of a picture and begins with `head`, "" if it may well be one."""
    if not _PICTURE.search(path):
        return ""
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head:
        return "the file is empty: it may not have been copied or synced to its end"
    if _POINTER.match(text):
        return "it is only a note that says where git keeps the picture (Git LFS)"
    if _WEB_PAGE.match(text) or _ANSWER.match(text):
        return "it is a web page that was saved under the name of a picture"
    if len(head) < HEAD and _SHORTCUT.fullmatch(text):
        return "it is only a note with the name of another file"
    return ""
