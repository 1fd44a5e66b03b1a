"""A sheet for the notice board: two alike to a page of paper, each with the story in a sentence and a QR code to it."""

from base64 import b64encode
from html import escape

from storysite.i18n import direction, gettext
from storysite.render.filters import qr_code
from storysite.tell.page import FILES, page
from storysite.tell.shorten import shortened
from storysite.tell.story import Story

_TITLE, _SUMMARY, _FEW = 100, 180, 150
"""Letters that half a sheet has room for, of both in larger type that is read from two steps away."""


def half_sheets(story: Story, *, school: str, picture: bytes = b"") -> bytes:
    """Return the page to print for a story of a school; the `picture` is a JPEG, if there is one to show.

    Raises ValueError for an address that is too long for a QR code.
    """
    style = (FILES / "half_sheet.css").read_text("utf-8")
    one = _sheet(story, school, picture)
    cut = '<hr aria-hidden="true">'
    body = f'<main>\n{one}\n</main>\n{cut}\n<div class="again" aria-hidden="true">\n{one}\n</div>'
    made = page(
        "share", title=story.title or school, language=story.language, policy="img-src data:; ", style=style, body=body
    )
    return made.encode("utf-8", "replace")


def _sheet(story: Story, school: str, picture: bytes) -> str:
    title = shortened(story.title or story.summary, lambda text: len(text) <= _TITLE)
    summary = shortened(story.summary, lambda text: len(text) <= _SUMMARY) if story.title else ""
    alt = escape(story.pictures[0].alt) if story.pictures else ""
    shown = f'<img src="data:image/jpeg;base64,{b64encode(picture).decode()}" alt="{alt}">\n' if picture else ""
    said = f"<p>{escape(summary)}</p>\n" if summary and summary != title else ""
    bare = story.link.partition("://")[2]
    read = gettext(story.language, "Read the whole story")
    kind = ("with-picture" if picture else "words") + (" many" if len(title) + len(summary) > _FEW else "")
    address = f'<b>{escape(read)}</b><br><span dir="ltr">{escape(bare)}</span>'
    return (
        f'<article class="{kind}">\n{shown}<div>\n<p class="school">{escape(school)}</p>\n'
        f'<h1 dir="{direction(story.language)}">{escape(title)}</h1>\n{said}</div>\n'
        f"<footer>{qr_code(story.link)}<p>{address}</p></footer>\n</article>"
    )
