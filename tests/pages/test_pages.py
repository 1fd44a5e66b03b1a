"""Every kind of page of every theme, in a real browser: all readers can read it, on any screen, by keyboard, on paper."""

import gzip
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.reader import THEMES, OneTab, Reader, Shelf, seen_by_axe
from tests.running import until

pytestmark = pytest.mark.parametrize("theme", THEMES)
STORY = "2026/11/forty-families/"
TABLE = "2025/02/january-in-four-numbers/"
GUIDE = "guide/moving/"
TERM = "archive/2025-26/term-1/"
WALL_STORIES = "wall/"
PAGES = {
    "home": "",
    "story": STORY,
    "story without a photo": TABLE,
    "event": "2026/10/under-the-paper-stars/",
    "ask": "2026/11/twelve-helpers/",
    "translation": "es/2026/11/forty-families/",
    "home in Spanish": "es/",
    "archive": "archive/",
    "year": "archive/2025-26/",
    "month": "2026/10/",
    "tag": "tags/volunteers/",
    "kind": "kinds/victory/",
    "tags": "tags/",
    "author": "authors/ms-rivera/",
    "series": "series/maker-nights/",
    "page": "about/",
    "guide": GUIDE,
    "asks": "asks/",
    "subscribe": "subscribe/",
    "search": "search/",
    "lost": "404.html",
    "term": TERM,
    "wall": WALL_STORIES,
}
Scheme = Literal["light", "dark"]
NARROW, WIDE = 320, 1280
"""Widths in CSS pixels; 320 is also what a window of 1,280 has left at 400 %, see WCAG 2.2, 1.4.10."""

SCREENS: tuple[tuple[int, Scheme], ...] = ((NARROW, "light"), (WIDE, "dark"))


@pytest.fixture
def shelf(theme: str, sample: Callable[[str], Shelf]) -> Shelf:
    """Return the sample archive in a theme, built and served."""
    return sample(theme)


@pytest.fixture
def reader(tab: OneTab, shelf: Shelf) -> Iterator[Reader]:
    """Return a reader of the sample; at the end nothing may have gone wrong on any page that was opened."""
    tab.begin(shelf.home)
    yield tab
    assert tab.faults == []


def screens(page: Page) -> Iterator[str]:
    """Show a page on a narrow, light screen and a wide, dark one; gives the name of each.

    Colors are the same at every width, and places in every color: what is wrong with either is seen.
    """
    for width, scheme in SCREENS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        yield f"{width} {scheme}"


FRAME = """() => {
    const faults = [], html = document.documentElement
    const count = (what, selector) => {
        const found = [...document.querySelectorAll(selector)].filter(part => part.checkVisibility()).length
        if (found !== 1) faults.push(`${found} ${what}`)
    }
    if (!html.lang) faults.push("no language")
    if (!["ltr", "rtl"].includes(html.dir)) faults.push("no direction")
    count("main parts", "main")
    count("headings of the first level", "h1")
    let level = 0
    for (const heading of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
        if (!heading.checkVisibility()) continue
        const own = Number(heading.tagName[1])
        if (own > level + 1) faults.push(`level ${own} follows ${level}: ${heading.textContent}`)
        level = own
    }
    for (const style of document.querySelectorAll("style")) faults.push(`style in the page: ${style.textContent}`)
    for (const script of document.querySelectorAll("script[src]"))
        if (script.type !== "module" && !script.defer && !script.async) faults.push(`${script.src} holds up the page`)
    return faults
}"""
"""What is wrong with the frame of a page."""

SIDEWAYS = """() => {
    const faults = [], {scrollWidth, clientWidth} = document.documentElement
    if (scrollWidth > clientWidth) faults.push(`the page is ${scrollWidth - clientWidth} too wide`)
    for (const part of document.body.querySelectorAll("*"))
        if (part.scrollWidth > part.clientWidth && /auto|scroll/.test(getComputedStyle(part).overflowX) && part.tabIndex)
            faults.push(`no key reaches what scrolls: ${part.outerHTML.slice(0, 80)}`)
    return faults
}"""
"""Whether a page is wider than its screen, and which parts scroll by themselves but not with the keyboard."""


@pytest.mark.parametrize("kind", PAGES)
def test_everyone_can_read_every_kind_of_page(reader: Reader, kind: str) -> None:
    """Axe holds nothing against it, nothing is cut off or sticks out, and nobody else is asked for anything."""
    page = reader.open(PAGES[kind])
    if kind == "search":
        expect(page.get_by_role("search")).to_be_visible()
    assert page.evaluate(FRAME) == []
    for screen in screens(page):
        assert seen_by_axe(page) == [], screen
        assert kind == "wall" or page.evaluate(SIDEWAYS) == [], screen


def test_what_would_keep_readers_out_is_found(reader: Reader) -> None:
    """Or the test above could not fail."""
    page = reader.open(STORY)
    page.evaluate("""() => {
        document.documentElement.lang = ""
        document.querySelector("main").insertAdjacentHTML("beforeend", `<h1>Second</h1><h4>Fourth</h4><button></button>
            <div><p>.</p></div><div><i>.</i></div><p>gray</p>`)
        const [scrolls, wide] = document.querySelectorAll("main > div:not([class])"), last = document.querySelector("main > p:last-child")
        scrolls.style.cssText = "overflow: auto; width: 5rem"
        scrolls.firstElementChild.style.width = "9rem"
        wide.style.width = "200vw"
        last.style.cssText = "color: #ccc; background: #fff"
    }""")
    said = page.evaluate(FRAME)
    assert said[:2] == ["no language", "2 headings of the first level"]
    assert said[2].startswith("level 4 follows 1")
    assert len(page.evaluate(SIDEWAYS)) == 2
    assert {"html-has-lang", "button-name", "color-contrast", "heading-order"} <= {
        fault.partition(":")[0] for fault in seen_by_axe(page)
    }


# The wall is for a display that nobody has a keyboard for; it has one heading, one button, and nothing to skip.
@pytest.mark.parametrize("kind", [kind for kind in PAGES if kind != "wall"])
def test_the_first_key_offers_to_skip_to_the_main_part(reader: Reader, kind: str) -> None:
    """The link is seen when it is reached, and the next key after it goes to the main part or behind it."""
    page = reader.open(PAGES[kind])
    page.keyboard.press("Tab")
    link = page.locator(":focus")
    assert (link.get_attribute("href") or "").startswith("#")
    expect(link).to_be_in_viewport()
    assert tall(link) >= 24
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator("main").evaluate(
        "main => main.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING"
    )


def tall(part: Locator) -> float:
    box = part.bounding_box()
    return box["height"] if box else 0


@pytest.mark.parametrize(("url", "scheme"), [(STORY, "light"), ("archive/", "dark"), ("search/?q=robot", "light")])
def test_every_stop_of_the_keyboard_is_marked(reader: Reader, url: str, scheme: Scheme) -> None:
    """An outline that stands out from what is around it, on every link of a story, of the archive and of the search."""
    page = reader.open(url)
    page.emulate_media(color_scheme=scheme)
    for _ in range(25):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        assert page.evaluate(MARKED), page.evaluate("document.activeElement.outerHTML.slice(0, 120)")


MARKED = """() => {
    const {outlineStyle, outlineWidth} = getComputedStyle(document.activeElement)
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2
}"""


@pytest.mark.parametrize(("url", "what"), [(GUIDE, "pre"), (GUIDE, "table"), (TABLE, "table")])
def test_what_scrolls_sideways_scrolls_with_the_keyboard(reader: Reader, url: str, what: str) -> None:
    """Code and wide tables on a narrow screen; a table that has room need not scroll."""
    page = reader.open(url)
    page.set_viewport_size({"width": NARROW, "height": 800})
    for part in page.locator(f"main [tabindex='0']:is({what}, :has({what}))").all():
        if scrolls(part):
            part.focus()
            page.keyboard.press("ArrowRight")
            until(lambda: page.evaluate("document.activeElement.scrollLeft > 0"))
            return
    assert (url, what) == (TABLE, "table")


def scrolls(part: Locator) -> bool:
    return bool(part.evaluate("part => part.scrollWidth > part.clientWidth"))


def test_the_wall_stands_still_where_motion_is_unwelcome(reader: Reader) -> None:
    """Then its slides lie below one another, for everyone to read; else they turn, and can be stopped."""
    page = reader.open(WALL_STORIES)
    turning = "document.getAnimations().filter(motion => motion.playState === 'running').length"
    assert page.evaluate(turning) > 0
    page.get_by_role("checkbox").check()
    assert page.evaluate(turning) == 0
    page.emulate_media(reduced_motion="reduce")
    page.reload()
    assert page.evaluate("document.getAnimations().length") == 0
    assert page.evaluate(FRAME) == []
    for screen in screens(page):
        assert seen_by_axe(page) == [], screen
        assert page.evaluate(SIDEWAYS) == [], screen


@pytest.mark.parametrize("url", ["", STORY, "archive/"])
def test_a_page_holds_in_the_colours_of_the_reader(reader: Reader, url: str) -> None:
    """With forced colors text and ground still differ, and what was told by color alone has an outline."""
    page = reader.open(url)
    page.emulate_media(forced_colors="active")
    ground, text = page.evaluate(
        "(({backgroundColor, color}) => [backgroundColor, color])(getComputedStyle(document.body))"
    )
    assert ground != text
    assert len(page.screenshot()) > 10_000
    assert page.evaluate(SIDEWAYS) == []


def test_a_reader_can_copy_the_address_of_the_feed(reader: Reader) -> None:
    page = reader.open("subscribe/")
    expect(page.get_by_text("https://cottonwood.example.org/stories/feed.xml")).to_be_visible()


def test_a_story_is_light(shelf: Shelf) -> None:
    """The heaviest one, with its style sheets: 27.5 KB, 9 KB on the way; pictures are counted in test_pictures."""
    site = shelf.folder.site
    stories = [
        page for page in site.rglob("index.html") if 'property="og:type" content="article"' in page.read_text("utf-8")
    ]
    assert len(stories) == 40
    weights = {page.relative_to(site).as_posix(): weight(page) for page in stories}
    for column, most in ((0, 28_160), (1, 9_216)):
        name = max(weights, key=lambda name: weights[name][column])
        assert weights[name][column] <= most, f"{name}: {weights[name]} bytes, plain and packed"


def weight(page: Path) -> tuple[int, int]:
    """Return the bytes of a page and its style sheets, as they are and packed."""
    sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page.read_text("utf-8"))
    assert len(sheets) >= 2
    files = [page.read_bytes(), *[(page.parent / sheet).read_bytes() for sheet in sheets]]
    return sum(map(len, files)), sum(len(gzip.compress(file, 9)) for file in files)


def paper(page: Page) -> int:
    """Return on how many sheets a page is printed."""
    made = page.pdf(format="Letter", prefer_css_page_size=True)
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", made))


@pytest.mark.parametrize("url", [STORY, TABLE, "2026/11/twelve-helpers/"])
def test_a_story_is_printed_on_two_sheets(reader: Reader, url: str) -> None:
    """At most, without what only a screen can use, and with its address to be read by a phone."""
    page = reader.open(url)
    code = page.locator("main svg")
    expect(page.locator("nav").first).to_be_visible()
    for one in code.all():
        expect(one).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation")).to_have_count(0)
    if url != TABLE:  # only the stories of the last year have a code
        expect(code).to_be_visible()
        assert tall(code) >= 75  # 2 cm
    expect(page.get_by_text(f"cottonwood.example.org/stories/{url}")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") in (
        "rgb(255, 255, 255)",
        "rgba(0, 0, 0, 0)",
    )
    assert 1 <= paper(page) <= 2


def test_each_story_of_a_booklet_begins_on_a_new_sheet(reader: Reader) -> None:
    page = reader.open(TERM)
    page.emulate_media(media="print")
    stories = page.locator("main article").all()
    assert len(stories) > 5
    for story in stories:
        assert story.evaluate("story => getComputedStyle(story).breakBefore") == "page"
        expect(story.locator("footer")).to_contain_text("https://")
    assert paper(page) > len(stories)
