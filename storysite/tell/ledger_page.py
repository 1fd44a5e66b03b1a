"""The goodwill ledger as a page for the librarian alone."""

from collections.abc import Iterator
from html import escape

from storysite.model.goodwill import Goodwill, goodwill, months_told
from storysite.model.site import Site
from storysite.model.visibility import reason_hidden
from storysite.tell.ledger import (
    ASK,
    EVENT,
    MONTHS,
    NAMES,
    STORY,
    ask_sections,
    mark_of_post,
    sentence,
    state_in_words,
    sums,
)
from storysite.tell.page import FILES, page

_NAMES = {STORY: "story", EVENT: "event", ASK: "ask"}


def ledger_page(site: Site) -> str:
    """Return the page: the advice, the ledger, the asks that wait for an answer, and the year at a glance."""
    found, title = goodwill(site), site.index.config.title
    below = f"{title}, {site.now:%B} {site.now.day}, {site.now.year}. For you alone: this is not on the site."
    advice = f'<p class="advice {found.state}">{escape(sentence(str(found)))}</p>'
    head = f'<main>\n<h1>Goodwill</h1>\n<p class="soft">{escape(below)}</p>\n{advice}'
    body = "\n".join([head, *_ledger(found), *_asks(site), *_months(site), "</main>"])
    style = (FILES / "ledger.css").read_text("utf-8")
    return page("status", title="Goodwill", language="en", style=style, body=body)


def _ledger(found: Goodwill) -> Iterator[str]:
    yield f'<h2>The last {found.rules.days} days</h2>\n<table class="sums">\n<tbody>'
    for row in found.rows:
        yield _row(f"{row.count:,} {NAMES[row.kind][row.count != 1]}", row.worth)
    yield f"</tbody>\n<tfoot>{_row(f'Balance: {state_in_words(found)}', found.balance)}</tfoot>\n</table>"


def _row(name: str, worth: int) -> str:
    return f'<tr><th scope="row">{escape(name)}</th><td class="number">{worth:+}</td></tr>'


def _asks(site: Site) -> Iterator[str]:
    for heading, lines in ask_sections(site):
        yield f"<h2>{escape(heading)}</h2>\n<ul>"
        yield from (f"<li>{escape(line)}</li>" for line in lines)
        yield "</ul>"


def _months(site: Site) -> Iterator[str]:
    rules = site.index.config.goodwill
    shown = [post for post in site.index.originals if reason_hidden(post, site.now) is None]
    yield "<h2>The last twelve months</h2>\n<table>\n<tbody>"
    for year, month, posts in months_told(site.index, shown):
        marks = (mark_of_post(post, rules) for post in posts)
        drawn = "".join(f'<b class="{_NAMES[mark]}">{mark}</b>' for mark in marks)
        yield (
            f'<tr><th scope="row">{MONTHS[month - 1]} {year}</th>'
            f'<td><div class="marks" aria-hidden="true">{drawn}</div></td><td>{sums(posts, rules)}</td></tr>'
        )
    yield "</tbody>\n</table>"
