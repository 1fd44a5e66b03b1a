"""A word that is longer than its place breaks: on cards, in lists, menus, margins and titles, on a phone and a desktop."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.folder import Folder
from tests.reader import THEMES, Reader, hosted, published

WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsversammlungsprotokoll"
ADDRESS = "https://library.example.org/a/very/long/address_without_any_place_to_break/2026/11/20/index.html?that=goes&on=and&on=1"
UNDER = "ana_maria_fernanda_de_la_cruz_rivera_gonzalez_y_martinez_de_los_angeles@library.example.org"
WORDS = (WORD, ADDRESS, UNDER)

STICKS_OUT = """() => {
    const faults = [], {scrollWidth, clientWidth} = document.documentElement
    if (scrollWidth > clientWidth) faults.push(`the page is ${scrollWidth - clientWidth} too wide`)
    for (const part of document.body.querySelectorAll("*")) {
        const style = getComputedStyle(part)
        if (!part.clientWidth || !part.checkVisibility() || part.closest(".hidden, .skip, .spine, pre, .table, select, input")) continue
        if (!/visible|clip|hidden/.test(style.overflowX)) continue
        if (part.scrollWidth > part.clientWidth + 1)
            faults.push(`${part.scrollWidth - part.clientWidth} of ${part.tagName} .${part.className} stick out: ${part.textContent.trim().slice(0, 40)}`)
    }
    const range = document.createRange(), texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let text; text = texts.nextNode();) {
        const part = text.parentElement
        if (!part.checkVisibility() || part.closest(".hidden, .skip, .spine, pre, .table, option, .text > p:first-child")) continue
        for (const word of text.data.matchAll(/(?<=^|\\s)\\S{2,14}(?=\\s|$)/g)) {
            range.setStart(text, word.index)
            range.setEnd(text, word.index + word[0].length)
            const tops = new Set([...range.getClientRects()].map(line => Math.round(line.top)))
            if (tops.size > 1 && part.getClientRects()[0]?.height) faults.push(`the short word ${word[0]} is broken in ${part.tagName} .${part.className}`)
        }
    }
    return faults
}"""
"""What is wider than its place, and what short words are broken because a long one beside them took the room."""


def shelf_of(path: Path, theme: str) -> Folder:
    """Return a built site whose every text is one long word."""
    folder = Folder(path)
    for number, kind in enumerate(("victory", "ask", "event", "thanks", "listen", "news", "report")):
        word = WORDS[number % 3]
        said = json.dumps(f"{number} {word}" if number % 2 else word)
        header = {
            **dict.fromkeys(("title", "summary", "series", "author", "category", "audience", "genre", "image_alt"), said),
            "id": number, "kind": kind, "tags": f"[{said}, robots]", "thanks_to": f"[{said}, {said}]", "updated": "2026-11-20",
            "impact": f"[{{metric: visits, value: 84000000, label: {said}, source: {said}}}]",
            "quote": f"{{text: {said}, by: {said}}}",
            "ask": f"{{what: {said}, goal: 12, have: 3, by: 2026-12-05, url: 'https://example.org'}}",
            "event": f"{{start: 2026-12-05T18:00, end: 2026-12-06T20:00, place: {said}}}",
            "follows_up": number - 1, "translation": "machine",
        }  # fmt: skip
        headings = "".join(f"## {number} {word}\n\n- {word}\n- `{word}`\n\n" for number in range(5))
        table = f"| {word} | b |\n|---|---|\n| c | {word} |\n"
        body = (
            f"{word} <{ADDRESS}>\n\n> {word}\n\n> [!NOTE]\n> {word}\n\n{headings}{table}\nA note.[^1]\n\n[^1]: {word}\n"
        )
        folder.post(f"2026-{number + 4:02}-1{number}-s{number}", body, **header)
    folder.post("2026-04-10-s0.es", "Palabras.", id="es", title=json.dumps(WORD))
    folder.post("undated", "Words.", title=json.dumps(WORD), id="undated")
    for name in ("one", "guide/index", "guide/two"):
        folder.write(f"content/pages/{name}.md", f"---\ntitle: {json.dumps(WORD)}\nmenu: 1\n---\n\n{WORD}\n")
    return published(folder, f"title: {WORD}", f"school: {WORD}", f"tagline: {WORD}", f"contact: {UNDER}", f"promise: {WORD}",
                     f"theme: {theme}", "base_url: https://example.org/stories", "taxonomies: {genre: Donaudampfschifffahrtselektrizitätenhauptbetriebswerk}")  # fmt: skip


@pytest.fixture(scope="module", params=THEMES)
def reader(
    request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Folder, Reader]]:
    folder = shelf_of(tmp_path_factory.mktemp("words") / "site", request.param)
    with hosted(folder.site) as home:
        found = Reader(browser, home)
        yield folder, found
        found.context.close()


def some_of_each(routes: Iterable[str]) -> Iterator[str]:
    """Yield all pages but those of a listing beyond three of its kind: they are made alike, of the same three words."""
    seen = Counter[tuple[str, int]]()
    for route in sorted(routes):
        kind = route.partition("/")[0], route.count("/")
        seen[kind] += 1
        if seen[kind] <= 3 or is_story(route):
            yield route


def is_story(route: str) -> bool:
    return bool(re.match(r"(?:es/)?\d{4}/\d\d/[^/]+/index", route))


def looked_at(page: Page, home: str, routes: Iterable[str]) -> Iterator[str]:
    """Yield the faults of each page at each width."""
    for route in routes:
        page.goto(home + route)
        if "search/" in route:
            page.wait_for_selector(".find fieldset:not([hidden]) select")  # which come with the index
        for width in (320, 760, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            for fault in page.evaluate(STICKS_OUT):
                yield f"{route} at {width}: {fault}"


def test_long_words_break_on_every_page(reader: tuple[Folder, Reader]) -> None:
    """Nothing sticks out of its place, nothing is cut off, and no short word beside it is squeezed to letters."""
    folder, found = reader
    routes = some_of_each(route for route in folder.routes() if route.endswith(".html") and "wall/" not in route)
    page = found.context.new_page()
    assert list(looked_at(page, found.home, routes)) == []
    page.close()
