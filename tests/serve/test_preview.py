"""The preview in a real browser: tabs load what changed, say what is wrong, and tell the writer about the page."""

import random
import struct
import threading
import zlib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.photos.pictures import small
from tests.running import until
from tests.serve.test_serve import Site, serve

STORY = "content/posts/2026-01-02-story.md"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """Return a served site with a long story, another one, and a draft."""
    folder = Site(tmp_path / "site")
    folder.write("storysite.yml", "title: Ours\nbase_url: https://library.example.org\n")
    folder.post("2026-01-02-story", "First text.\n\n" + "A line.\n\n" * 200, title="Story")
    folder.post("2026-02-03-other", "Other text.", title="Other")
    folder.post("2026-03-03-secret", "Not yet.\n\n![](robot.png)", title="A draft", draft="true")
    folder.write("content/posts/robot.png", small(1))
    with serve(folder):
        yield folder


@pytest.fixture
def tab(browser: Browser, site: Site) -> Iterator[Callable[[str], Page]]:
    """Return a function that opens a page of the site in a new tab; nothing may be said in the console of any."""
    context = browser.new_context()
    faults: list[str] = []

    def open_tab(url: str) -> Page:
        page = context.new_page()
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        with page.expect_response(lambda answer: "__storysite__/page" in answer.url):
            page.goto(f"http://localhost:{site.port}/{url}")
        return page

    yield open_tab
    context.close()
    # a server that is restarted, a picture that is missing on purpose, a page that loads while it fades
    expected = ("ERR_", "404", "Transition was aborted")
    assert not [fault for fault in faults if not any(words in fault for words in expected)]


def change(site: Site, old: str, new: str) -> None:
    file = site.path / STORY
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")


def test_only_the_tab_that_shows_a_changed_page_loads_it_again(site: Site, tab: Callable[[str], Page]) -> None:
    """The other tab is left alone, and the reader's place on the page stays."""
    story, month = tab("2026/01/story/"), tab("2026/02/")
    for page in (story, month):
        page.evaluate("window.mark = 1")
    story.evaluate("window.scrollTo(0, 1500)")
    change(site, "First", "Second")
    expect(story.get_by_text("Second text.")).to_be_visible()
    until(lambda: story.evaluate("window.scrollY") == 1500)
    assert story.evaluate("window.mark") is None
    assert month.evaluate("window.mark") == 1


def test_a_style_sheet_is_swapped_without_loading(site: Site, tab: Callable[[str], Page]) -> None:
    page = tab("2026/01/story/")
    page.evaluate("window.mark = 1")
    site.write("templates/assets/style.css", "body { background: rgb(1, 2, 3) }")
    until(lambda: page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(1, 2, 3)")
    until(lambda: page.locator("link[rel=stylesheet]").count() == 2)  # the colors have one of their own
    assert page.evaluate("window.mark") == 1


def test_a_tab_follows_a_post_that_moves_and_goes_home_when_it_is_gone(site: Site, tab: Callable[[str], Page]) -> None:
    page = tab("2026/01/story/")
    change(site, "title: Story", "title: Story\nslug: elsewhere")
    page.wait_for_url("**/2026/01/elsewhere/")
    expect(page.get_by_text("First text.")).to_be_visible()
    (site.path / STORY).unlink()
    page.wait_for_url(f"http://localhost:{site.port}/")


def test_a_mistake_is_shown_over_the_last_good_page_until_it_is_mended(site: Site, tab: Callable[[str], Page]) -> None:
    """In every tab: the place, the sentence, the line and the hint."""
    story, home = tab("2026/01/story/"), tab("")
    change(site, "title: Story", "title: Story\ndate: 2026-13-04")
    for page in (story, home):
        note = page.get_by_role("dialog", name="Fix this first")
        expect(note).to_contain_text(f"{STORY}:3")
        expect(note).to_contain_text('date "2026-13-04" is not a real date')
        expect(note).to_contain_text("date: 2026-13-04")
        expect(note).to_contain_text("Hint: write year-month-day")
    assert story.get_by_text("First text.").count() == 1
    home.keyboard.press("Escape")
    expect(home.get_by_role("dialog")).to_have_count(0)
    home.get_by_role("button", name="Show what to fix").click()
    expect(home.get_by_role("dialog")).to_be_visible()
    change(site, "date: 2026-13-04\n", "")
    for page in (story, home):
        expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_fault_of_a_template_names_its_line_and_the_post(site: Site, tab: Callable[[str], Page]) -> None:
    page = tab("2026/01/story/")
    site.write("templates/post.html", "<!doctype html>\n<title>x</title>\n{{ post.nonsense }}")
    note = page.get_by_role("dialog")
    expect(note).to_contain_text("templates/post.html:3")
    expect(note).to_contain_text("while making the page of content/posts/")


def test_what_strangers_wrote_is_text_in_a_note(site: Site, tab: Callable[[str], Page]) -> None:
    """The line that is shown may hold anything."""
    page = tab("2026/01/story/")
    change(site, "title: Story", 'title: Story\ndate: "<img src=x onerror=document.title=1>"')
    expect(page.get_by_role("dialog")).to_contain_text("<img src=x onerror=document.title=1>")
    assert page.get_by_role("dialog").locator("img").count() == 0


def test_warnings_are_a_quiet_badge(site: Site, tab: Callable[[str], Page]) -> None:
    page = tab("2026/01/story/")
    change(site, "First", "[First](nowhere.md)")
    badge = page.get_by_role("button", name="2 warnings, 1 on this page")
    badge.click()
    expect(page.get_by_role("dialog", name="2 things to look at")).to_contain_text("nowhere.md")
    page.get_by_role("dialog").get_by_role("button", name="Hide").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.goto(f"http://localhost:{site.port}/2026/02/other/")
    expect(page.get_by_role("button", name="2 warnings", exact=True)).to_be_visible()


def test_a_picture_that_is_decoration_on_purpose_is_not_counted(site: Site, tab: Callable[[str], Page]) -> None:
    """One that nothing describes is, and the list says on which line it stands."""
    page = tab("2026/01/story/")
    strip = page.get_by_role("region", name="Preview toolbar")
    change(site, "First text.", "![](robot.png)")
    expect(strip).to_contain_text("1 picture without a description")
    page.get_by_role("button", name="on this page").click()
    line = (site.path / STORY).read_text("utf-8").split("\n").index("![](robot.png)") + 1
    expect(page.get_by_role("dialog")).to_contain_text(f"{STORY}:{line}")
    page.get_by_role("dialog").get_by_role("button", name="Hide").click()
    change(site, "![](robot.png)", "![](robot.png){: .decorative}")
    expect(strip).not_to_contain_text("without a description")


def test_the_strip_tells_of_the_page_and_can_be_hidden_with_the_keyboard(
    site: Site, tab: Callable[[str], Page]
) -> None:
    """It stays hidden on the next page too."""
    page = tab("2026/03/secret/")
    strip = page.get_by_role("region", name="Preview toolbar")
    for words in (
        "Draft: readers do not see this yet",
        "Victory",
        "2026-03-03",
        "1 min",
        "1 picture without a description",
        "Goodwill: 0 stories in the last 90 days and no ask yet",
    ):
        expect(strip).to_contain_text(words)
    expect(strip).not_to_contain_text("false")
    strip.get_by_role("button", name="Hide").focus()
    page.keyboard.press("Enter")
    expect(strip).to_have_count(0)
    expect(page.get_by_role("button", name="Draft · Preview toolbar")).to_be_visible()
    page.goto(f"http://localhost:{site.port}/2026/02/other/")
    expect(strip).to_have_count(0)
    page.get_by_role("button", name="Preview toolbar").click()
    expect(strip).to_contain_text("content/posts/2026-02-03-other.md")


def test_tabs_find_back_after_a_restart(site: Site, tab: Callable[[str], Page]) -> None:
    """And show what was saved in between."""
    page = tab("2026/01/story/")
    site.running.stop()
    change(site, "First", "Second")
    with serve(site, "-p", str(site.port)):
        expect(page.get_by_text("Second text.")).to_be_visible()


def test_tabs_find_back_though_somebody_else_answered_in_between(site: Site, tab: Callable[[str], Page]) -> None:
    """A browser gives up a stream of events for good when it is told that there is none."""
    page = tab("2026/01/story/")
    site.running.stop()
    change(site, "First", "Second")
    asked: list[str] = []

    class Somebody(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", site.port), Somebody) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        until(lambda: "/__storysite__/events" in asked)
        server.shutdown()
    with serve(site, "-p", str(site.port)):
        expect(page.get_by_text("Second text.")).to_be_visible()


def test_nothing_is_asked_of_anybody_else(site: Site, tab: Callable[[str], Page]) -> None:
    """All requests go to this computer."""
    page = tab("2026/01/story/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    expect(page.get_by_role("region", name="Preview toolbar")).to_be_visible()
    assert asked
    assert all(url.startswith(f"http://localhost:{site.port}/") for url in asked)


def picture(side: int = 300) -> bytes:
    """Return a PNG of 200 KB, of noise, whose last dot is red."""
    noise = random.Random(1)
    dots = [noise.randbytes(3 * side) for _ in range(side)]
    dots[-1] = dots[-1][:-3] + b"\xff\x00\x00"
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(b"".join(b"\0" + row for row in dots))), (b"IEND", b"")]
    made = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(made)


SHOWN = """() => {
    const image = document.querySelector("main img");
    return image?.complete && image.naturalWidth > 0 && /robot-arm-/.test(image.currentSrc);
}"""
"""Whether the picture of a page is shown."""


def test_a_photo_that_is_copied_in_slowly_is_shown_whole(site: Site, tab: Callable[[str], Page]) -> None:
    """As long as a part is missing it is told of; then a tab shows it, though the page's text is as it was."""
    page, whole = tab("2026/01/story/"), picture()
    change(site, "First text.", "![A robot](robot-arm.png)")
    expect(page.get_by_role("button", name="2 warnings")).to_be_visible()
    with (site.path / "content/posts/robot-arm.png").open("wb") as file:
        for end in (100_000, 200_000, len(whole)):
            file.write(whole[file.tell() : end])
            file.flush()
            if file.tell() < len(whole):
                expect(page.get_by_role("button", name="2 warnings")).to_be_visible()
                other = tab("subscribe/")
                other.evaluate("window.mark = 1")
    page.wait_for_function(SHOWN, timeout=20_000)
    expect(page.get_by_role("button", name="2 warnings")).to_have_count(0)
    assert other.evaluate("window.mark") == 1


def with_the_strip_and_its_badge(site: Site, page: Page) -> None:
    expect(page.get_by_role("region", name="Preview toolbar")).to_contain_text("without a description")
    expect(page.get_by_role("button", name="1 warning on this page")).to_be_visible()


def with_the_strip_hidden(site: Site, page: Page) -> None:
    page.get_by_role("region", name="Preview toolbar").get_by_role("button", name="Hide").click()


def with_warnings(site: Site, page: Page) -> None:
    with_the_strip_and_its_badge(site, page)
    page.get_by_role("button", name="1 warning").click()
    expect(page.get_by_role("dialog", name="One thing to look at")).to_be_visible()


def with_a_mistake(site: Site, page: Page) -> None:
    change(site, "title: Story", "title: Story\ndate: 2026-13-04")
    expect(page.get_by_role("dialog", name="Fix this first")).to_be_visible()


OURS = "storysite-preview"
"""The element under which all that the preview adds to a page lies, as axe names it."""
STATES = [with_the_strip_and_its_badge, with_the_strip_hidden, with_warnings, with_a_mistake]


def seen_by_axe(page: Page, *kinds: str) -> list[set[tuple[str, str]]]:
    """Return the rule and the place of all that axe found on a page, for each kind of finding."""
    found = Axe().run(page, options={"rules": {"target-size": {"enabled": True}}}).response
    return [{(rule["id"], str(node["target"][0])) for rule in found[kind] for node in rule["nodes"]} for kind in kinds]


@pytest.mark.parametrize("state", STATES)
def test_everyone_can_read_the_preview(
    site: Site, tab: Callable[[str], Page], state: Callable[[Site, Page], None]
) -> None:
    """On a narrow and a wide screen, light and dark; where axe is not sure on one screen it must be on the other."""
    page = tab("2026/03/secret/")
    state(site, page)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        fine, unsure = set(), set()
        for width in (390, 1200):
            page.set_viewport_size({"width": width, "height": 800})
            violations, passes, incomplete = seen_by_axe(page, "violations", "passes", "incomplete")
            assert violations == set(), f"{width} {scheme}"
            fine |= passes
            unsure |= incomplete
        assert any(rule == "color-contrast" and OURS in place for rule, place in fine)
        assert unsure <= fine


def test_axe_looks_into_the_preview(tab: Callable[[str], Page]) -> None:
    """Or the test above could not fail."""
    page = tab("2026/03/secret/")
    expect(page.get_by_role("region", name="Preview toolbar")).to_be_visible()
    page.evaluate("document.querySelector('storysite-preview').shadowRoot.append(document.createElement('button'))")
    (violations,) = seen_by_axe(page, "violations")
    assert [rule for rule, place in violations if OURS in place] == ["button-name"]
