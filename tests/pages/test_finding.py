"""Finding a story, in a real browser, in every theme: with words, with choices, with the keyboard, without scripts."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.folder import Folder
from tests.reader import THEMES, OneTab, Reader, Shelf, hosted, published, seen_by_axe

pytestmark = pytest.mark.parametrize("theme", THEMES)
ROBOTS = "Forty families built robots out of Monday’s cardboard"


@pytest.fixture
def reader(tab: OneTab, theme: str, sample: Callable[[str], Shelf]) -> Iterator[Reader]:
    """Return a reader of the sample archive in a theme; at the end nothing may have gone wrong on any page."""
    tab.begin(sample(theme).home)
    yield tab
    assert tab.faults == []


def reading(reader: Reader) -> Iterator[Reader]:
    """Give a reader; at the end nothing may have gone wrong on any page that was opened."""
    yield reader
    reader.context.close()
    assert reader.faults == []


def found(page: Page, title: str) -> None:
    """Wait until a story is among the results: a link in the main part that is not of the list that is always there."""
    expect(page.get_by_role("main").get_by_role("link", name=title, exact=True)).to_be_visible()


def count(page: Page) -> int:
    """Return how many stories the page says there are, as soon as it does."""
    status = page.get_by_role("status")
    expect(status).to_contain_text(re.compile(r"\d"))
    return int(re.sub(r"\D", "", status.inner_text()))


def test_typing_a_word_finds_stories(reader: Reader) -> None:
    """The page says how many; a choice narrows them; the address can be kept and sent to somebody."""
    page = reader.open("search/")
    page.get_by_role("searchbox").fill("robot")
    found(page, ROBOTS)
    every = count(page)
    assert every > 1
    page.get_by_role("combobox", name="Kind").select_option("Victory")
    expect(page.get_by_role("status")).not_to_have_text(re.compile(rf"^{every}\b"))
    some = count(page)
    assert 0 < some < every
    found(page, ROBOTS)
    years = page.get_by_role("combobox", name="School year").get_by_role("option").all_inner_texts()
    assert years == ["All", "2026–27", "2025–26", "2024–25"]
    assert "q=robot" in page.url
    assert "kind=victory" in page.url
    again = reader.open(page.url.removeprefix(reader.home))
    found(again, ROBOTS)
    assert count(again) == some
    assert seen_by_axe(again) == []


def test_nothing_jumps_while_the_results_come(reader: Reader) -> None:
    """The form and what was found appear at once, and push away nothing that a reader has begun to read."""
    page = watched(reader)
    for width in (412, 1280):
        page.set_viewport_size({"width": width, "height": 823})
        page.goto(f"{reader.home}search/?q=robot")
        found(page, ROBOTS)
        assert page.evaluate("moved") < 0.1


@pytest.mark.parametrize("url", ["", "2026/11/forty-families/"])
def test_nothing_jumps_while_a_photo_comes(url: str, reader: Reader) -> None:
    """Its place is known before it is there, however late that is."""
    page = watched(reader)
    page.route(re.compile(r"/media/"), comes_late)
    for width in (412, 1280):
        page.set_viewport_size({"width": width, "height": 823})
        page.goto(f"{reader.home}{url}")
        page.wait_for_function("[...document.images].slice(0, 1).every(image => image.complete && image.naturalWidth)")
        page.wait_for_timeout(100)
        assert page.evaluate("moved") < 0.02
    page.unroute_all()


def comes_late(route: Route) -> None:
    time.sleep(0.3)
    route.continue_()


def watched(reader: Reader) -> Page:
    """Return a page that adds up how far things have moved on it, in `moved`, as browsers measure it."""
    page = reader.open("about/")
    page.add_init_script("""
        window.moved = 0
        const observer = new PerformanceObserver(list => {
            for (const shift of list.getEntries()) window.moved += shift.value
        })
        observer.observe({type: "layout-shift", buffered: true})
    """)
    return page


def test_a_word_that_nobody_wrote_finds_nothing_and_says_so(reader: Reader) -> None:
    page = reader.open("search/")
    page.get_by_role("searchbox").fill("qqqxyz")
    expect(page.get_by_role("status")).to_contain_text("Nothing was found")


def test_results_are_reached_and_opened_with_the_keyboard(reader: Reader) -> None:
    """From the field through the choices to the first result; Enter in the field keeps the reader on the page."""
    page = reader.open("search/")
    field = page.get_by_role("searchbox")
    field.focus()
    page.keyboard.type("cardboard robots")
    page.keyboard.press("Enter")
    found(page, ROBOTS)
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.locator(":focus").inner_text() == ROBOTS:
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(ROBOTS)


def test_a_story_is_found_in_its_own_language(reader: Reader) -> None:
    """Also from the search page of another one."""
    for url in ("es/search/", "search/"):
        page = reader.open(url)
        page.get_by_role("searchbox").fill("abuelos")
        found(page, "Cuarenta familias hicieron robots con el cartón del lunes")


def test_a_kind_is_one_choice_in_all_languages(reader: Reader) -> None:
    """It finds as many stories from each search page, and its name is that of the page's language."""
    counts = set[int]()
    for url, label, word in (("search/", "Kind", "Victory"), ("es/search/", "Tipo", "Logro")):
        page = reader.open(url)
        choice = page.get_by_role("combobox", name=label, exact=True)
        expect(choice).to_be_visible()
        options = choice.get_by_role("option").all_inner_texts()
        assert word in options
        assert len(options) == len(set(options)) <= 8
        choice.select_option(word)
        counts.add(count(page))
    assert len(counts) == 1


def test_a_lost_reader_can_search(reader: Reader) -> None:
    """The page for addresses that lead nowhere has a form that leads to the search page."""
    page = reader.open("2026/11/no-such/story/")
    assert reader.faults
    reader.faults.clear()  # it is not there, on purpose
    page.get_by_role("searchbox").fill("robot")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**q=robot*")
    found(page, ROBOTS)
    expect(page.get_by_role("searchbox")).to_have_value("robot")


def test_without_scripts_the_search_page_is_the_archive(
    browser: Browser, theme: str, sample: Callable[[str], Shelf]
) -> None:
    """No form that would do nothing, and the years and kinds as links."""
    for reader in reading(Reader(browser, sample(theme).home, java_script_enabled=False)):
        page = reader.open("search/")
        expect(page.get_by_role("searchbox")).to_have_count(0)
        for name in ("2025–26", "Thanks"):
            expect(page.get_by_role("main").get_by_role("link", name=name)).to_be_visible()


def test_archived_stories_are_found_on_demand_and_drafts_never(browser: Browser, theme: str, tmp_path: Path) -> None:
    """Though the writer looks at a site with drafts in it."""
    folder = Folder(tmp_path / "site")
    for name, header in {"now": {}, "old": {"archived": "true"}, "draft": {"draft": "true"}}.items():
        folder.post(f"2026-11-1{len(name)}-{name}", "A lighthouse.", title=f"Story {name}", **header)
    published(folder, f"theme: {theme}", drafts=True)
    assert "Story draft" in folder.page("index.html")
    with hosted(folder.site) as home:
        for reader in reading(Reader(browser, home)):
            page = reader.open("search/?q=lighthouse")
            found(page, "Story now")
            assert count(page) == 1
            page.get_by_role("checkbox", name="archived").check()
            found(page, "Story old")
            assert count(page) == 2
            assert page.get_by_text("Story draft").count() == 0
