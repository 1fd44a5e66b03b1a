"""A page of copy buttons for the texts of a story: one file that needs no network and sends nothing anywhere."""

from collections.abc import Iterator, Sequence
from html import escape

from storysite.i18n import direction
from storysite.tell.page import FILES, page
from storysite.tell.share import ShareText
from storysite.tell.story import Story


def share_page(story: Story, texts: Sequence[ShareText], notices: Sequence[str], name: str) -> bytes:
    """Return the page for the texts of a story called `name`; the `notices` stand before everything else."""
    style, script = ((FILES / file).read_text("utf-8") for file in ("share_page.css", "share_page.js"))
    body = "\n".join(_body(story, texts, notices, name))
    made = page("share", title=f"Share: {name}", language="en", style=style, body=body, script=script)
    return made.encode("utf-8", "replace")


def _body(story: Story, texts: Sequence[ShareText], notices: Sequence[str], name: str) -> Iterator[str]:
    words = f'lang="{escape(story.language)}" dir="{direction(story.language)}"'
    yield f"<main>\n<header>\n<p>Texts to share</p>\n<h1 {words}>{escape(name)}</h1>"
    yield f'<p><a href="{escape(story.link)}">{escape(story.link)}</a></p>\n</header>'
    if notices:
        yield '<ul class="notices">'
        yield from (f"<li>{escape(notice)}</li>" for notice in notices)
        yield "</ul>"
    yield '<p id="status" role="status" aria-live="polite"></p>'
    for each in texts:
        yield from _text(each, words)
    if story.pictures:
        yield "<section>\n<h2>Pictures and their descriptions</h2>"
        yield "<p>Put the description into the field that networks call “alt text” or “description”.</p>"
        for number, picture in enumerate(story.pictures, 1):
            what = f"description of {picture.file.rpartition('/')[2]}"
            yield f"<h3>{escape(picture.file)}</h3>"
            if picture.alt:
                yield _area(f"alt-{number}", f"The {what}", picture.alt, words, f"Copy the {what}")
            else:
                yield "<p>Nobody has described this picture yet.</p>"
        yield "</section>"
    if story.left_out:
        yield "<section>\n<h2>Left out</h2>\n<ul>"
        yield from (f"<li>{escape(said)}</li>" for said in story.left_out)
        yield "</ul>\n</section>"
    yield "</main>"


def _text(each: ShareText, words: str) -> Iterator[str]:
    name = escape(each.network.name)
    yield "<section>"
    if each.text:
        cut = "<p>The words are cut to fit.</p>" if each.cut else ""
        yield f'<h2>{name} <span class="count">{escape(each.told)}</span></h2>{cut}'
        yield _area(each.network.key, f"The text for {name}", each.text, words, f"Copy the text for {name}")
    else:
        yield f"<h2>{name}</h2>\n<p>{escape(each.why_not)}</p>"
    yield "</section>"


def _area(place: str, label: str, text: str, words: str, button: str) -> str:
    lines = text.count("\n") + 1 + sum(len(line) // 60 for line in text.split("\n"))
    return (
        f'<textarea id="{place}" aria-label="{escape(label)}" {words} rows="{min(lines, 16)}" readonly>'
        f"{escape(text)}</textarea>\n"
        f'<button type="button" data-copy="{place}" hidden>{escape(button)}</button>'
    )
