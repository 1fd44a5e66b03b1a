"""Pictures in a real browser: nothing moves when they come, the right copy is asked for, and their weight is bounded."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.build.test_pictures import large
from tests.folder import Folder
from tests.reader import THEMES, Reader, hosted, seen_by_axe

STORY = "2026/11/robots/"
SHIFT = """() => new Promise(tell => {
    let sum = 0
    new PerformanceObserver(list => list.getEntries().forEach(entry => sum += entry.value))
        .observe({type: "layout-shift", buffered: true})
    setTimeout(() => tell(sum), 300)
})"""
"""How far what a reader sees was moved by what came later: https://web.dev/articles/cls"""
CHOSEN = "picture => [picture.currentSrc, picture.getBoundingClientRect().width]"
PICTURES_OF_A_PAGE = 900_000
"""Bytes of all pictures that a phone loads of the home page with ten photos: three seconds of a slow line (3G)."""


@pytest.fixture(scope="module", params=THEMES)
def home(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a site with stories that have photos, stories without, and a gallery."""
    folder = Folder(tmp_path_factory.mktemp("pictures") / "site")
    folder.write(
        "storysite.yml", f"title: Ours\nsearch: no\ntheme: {request.param}\nbase_url: https://library.example\n"
    )
    for number in range(6):
        folder.write(f"content/posts/robot-{number}.jpg", large(turned=(1, 6)[number % 2], size=(2400 + number, 1800)))
        text = f"Words.\n\n![Robot {number}](robot-{number}.jpg)\n\nMore words." if number % 3 else "Words only."
        folder.post(f"2026-10-{number + 1:02}-week-{number}", text, title=f"Week {number}")
    gallery = "\n".join(f"![Robot {number}](robot-{number}.jpg)" for number in range(3))
    folder.post(
        "2026-11-20-robots",
        f"Words.\n\n![A robot](robot-5.jpg)\n\nBetween.\n\n{gallery}",
        title="Robots",
        photos="[{src: robot-5.jpg, caption: Our robot, credit: Ms. Rivera}]",
    )
    folder.build()
    with hosted(folder.site) as address:
        yield address


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("page", ["", STORY])
def test_nothing_moves_when_a_picture_comes(browser: Browser, home: str, page: str, width: int) -> None:
    """Its place is kept, also while a reader scrolls down to it; no picture is stretched or wider than the page."""
    reader = Reader(browser, home, viewport={"width": width, "height": 700})
    tab = reader.open(page)
    tab.mouse.wheel(0, 4000)
    tab.wait_for_load_state("networkidle")
    assert tab.evaluate(SHIFT) < 0.01
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    for shown in tab.locator("main img").all():
        shape = shown.evaluate(
            "p => [getComputedStyle(p).objectFit, p.clientWidth / p.clientHeight, p.naturalWidth / p.naturalHeight]"
        )
        assert shape[0] in ("cover", "contain") or abs(shape[1] - shape[2]) < 0.05, shape
    assert reader.faults == []
    reader.context.close()


@pytest.mark.parametrize("density", [1, 2])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_a_browser_asks_for_the_copy_that_fits(browser: Browser, home: str, width: int, density: int) -> None:
    """Sharp, and no more than the next larger one: WebP, for it knows that kind."""
    reader = Reader(browser, home, viewport={"width": width, "height": 900}, device_scale_factor=density)
    for page, place in (("", "article img"), (STORY, ".text img")):
        first = reader.open(page).locator(place).first
        address, across = first.evaluate(CHOSEN)
        asked = int(re.findall(r"-(\d+)x\d+-", address)[-1])
        assert address.endswith(".webp")
        assert asked >= min(1200, across * density) * 0.9, (address, across)
        assert asked <= max(400, across * density * 2.1), (address, across)
    reader.context.close()


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_a_picture_has_the_place_of_one_thing(browser: Browser, home: str, width: int) -> None:
    """What offers its copies takes none: the lead begins where its story does, and so does the picture of each card."""
    reader = Reader(browser, home, viewport={"width": width, "height": 900})
    tab = reader.open()
    assert tab.locator("article img").count() > 3
    for story in tab.locator("article:has(img:visible)").all():
        left, picture = story.evaluate(
            "a => [a, a.querySelector('img')].map(each => each.getBoundingClientRect().left)"
        )
        assert abs(left - picture) <= 3, (left, picture)
    reader.context.close()


def test_a_phone_is_spared(browser: Browser, home: str) -> None:
    """All pictures of the home page together, though a reader scrolls to its end."""
    reader = Reader(browser, home, viewport={"width": 390, "height": 800}, device_scale_factor=3)
    tab = reader.open()
    tab.mouse.wheel(0, 9000)
    tab.wait_for_load_state("networkidle")
    sizes = tab.evaluate(
        "performance.getEntriesByType('resource').filter(e => /media/.test(e.name)).map(e => e.decodedBodySize)"
    )
    assert sizes
    assert sum(sizes) < PICTURES_OF_A_PAGE
    reader.context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_a_gallery_and_its_captions_can_be_read_by_everybody(browser: Browser, home: str, width: int) -> None:
    """By ear, with the keyboard, and without scripts; a click leads to the largest copy."""
    reader = Reader(browser, home, viewport={"width": width, "height": 900})
    tab = reader.open(STORY)
    assert seen_by_axe(tab) == []
    assert tab.locator(".gallery figure").count() == 3
    assert tab.locator("figcaption").first.inner_text() == "Our robot Picture: Ms. Rivera"
    assert reader.faults == []  # for a picture alone, a browser asks for an icon of its own
    tab.locator("a.enlarge").first.focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/media/*-1800x*.jpg")
    reader.context.close()
