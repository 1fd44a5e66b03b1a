"""Many tabs of one preview in a real browser, and pages that come from files as they are."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.running import until
from tests.serve.test_serve import Site, serve

STORY = "content/posts/2026-01-02-story.md"
WITHOUT_WORKER = "delete window.SharedWorker"
SEEN = (
    "Object.defineProperty(document, 'visibilityState', {{value: '{}', configurable: true}});"
    "document.dispatchEvent(new Event('visibilitychange'))"
)
"""Puts a tab behind others, or before them, as its page is told of it."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """Return a served site with two stories, and a page of static/."""
    folder = Site(tmp_path / "site")
    folder.write("storysite.yml", "title: Ours\nbase_url: https://library.example.org\n")
    folder.post("2026-01-02-story", "First text.", title="Story")
    folder.post("2026-02-03-other", "Other text.", title="Other", permalink="/2013/11/old.html")
    folder.write("static/hello.html", "<!doctype html><title>Hello</title><p>Hello 1")
    folder.write("static/club/index.html", "<!doctype html><title>Club</title><p>Hello 1")
    with serve(folder):
        yield folder


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Return a browser's profile with no tab open."""
    found = browser.new_context()
    yield found
    found.close()


def open_tab(context: BrowserContext, site: Site, url: str) -> Page:
    """Open a page of the site in a new tab, and wait until it hears of updates."""
    page = context.new_page()
    with page.expect_response(lambda answer: "__storysite__/page" in answer.url):
        page.goto(f"http://localhost:{site.port}/{url}")
    return page


def change(site: Site, name: str, old: str, new: str) -> None:
    file = site.path / name
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")


def test_any_number_of_tabs_load_and_load_again(site: Site, context: BrowserContext) -> None:
    """A browser opens six connections to a server; all tabs share one for what they are told."""
    tabs = [open_tab(context, site, "2026/01/story/") for _ in range(8)]
    for old, new in (("First", "Second"), ("Second", "Third")):
        change(site, STORY, old, new)
        for page in tabs:
            expect(page.get_by_text(f"{new} text.")).to_be_visible()
    tabs.pop(0).close()  # also when the one that came first is gone
    change(site, STORY, "Third", "Fourth")
    for page in tabs:
        expect(page.get_by_text("Fourth text.")).to_be_visible()


def test_a_tab_that_is_opened_late_is_told_how_things_stand(site: Site, context: BrowserContext) -> None:
    """By what the others share: a mistake is shown in it, too, and goes away in all."""
    first = open_tab(context, site, "2026/01/story/")
    change(site, STORY, "title: Story", "title: Story\ndate: 2026-13-04")
    expect(first.get_by_role("dialog", name="Fix this first")).to_be_visible()
    late = open_tab(context, site, "archive/")
    expect(late.get_by_role("dialog", name="Fix this first")).to_be_visible()
    change(site, STORY, "date: 2026-13-04\n", "")
    for page in (first, late):
        expect(page.get_by_role("dialog")).to_have_count(0)


def test_all_tabs_find_back_after_a_restart(site: Site, context: BrowserContext) -> None:
    """And hear what is saved after it."""
    tabs = [open_tab(context, site, "2026/01/story/") for _ in range(3)]
    site.running.stop()
    change(site, STORY, "First", "Second")
    with serve(site, "-p", str(site.port)):
        for page in tabs:
            expect(page.get_by_text("Second text.")).to_be_visible()
        change(site, STORY, "Second", "Third")
        for page in tabs:
            expect(page.get_by_text("Third text.")).to_be_visible()


def test_without_shared_workers_hidden_tabs_let_go(site: Site, context: BrowserContext) -> None:
    """Browsers on phones have none. A tab that is shown again is told what it missed."""
    context.add_init_script(WITHOUT_WORKER)
    tabs = [open_tab(context, site, "2026/01/story/") for _ in range(4)]
    hide, show = SEEN.format("hidden"), SEEN.format("visible")
    for page in tabs:
        page.evaluate(hide)
    tabs += [open_tab(context, site, "2026/01/story/") for _ in range(4)]
    change(site, STORY, "First", "Second")
    for page in tabs[4:]:
        expect(page.get_by_text("Second text.")).to_be_visible()
    for page in tabs[4:]:
        page.evaluate(hide)
    for page in tabs[:4]:
        expect(page.get_by_text("First text.")).to_be_visible()
        page.evaluate(show)
    for page in tabs[:4]:
        expect(page.get_by_text("Second text.")).to_be_visible()


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("hello.html", "static/hello.html"),
        ("hello", "static/hello.html"),
        ("hello?a=1#b", "static/hello.html"),
        ("club/", "static/club/index.html"),
        ("club/index.html", "static/club/index.html"),
    ],
)
def test_a_page_of_static_is_loaded_again_when_it_is_saved(
    site: Site, context: BrowserContext, address: str, file: str
) -> None:
    """By whatever address it was opened; another page is left alone."""
    page, other = open_tab(context, site, address), open_tab(context, site, "archive/")
    other.evaluate("window.mark = 1")
    change(site, file, "Hello 1", "Hello 2")
    expect(page.get_by_text("Hello 2")).to_be_visible()
    assert other.evaluate("window.mark") == 1


@pytest.mark.parametrize("address", ["2013/11/old.html", "2013/11/old"])
def test_a_story_opened_without_its_ending_is_the_story(site: Site, context: BrowserContext, address: str) -> None:
    """It is loaded again, the toolbar knows it, and it is followed where it moves."""
    page = open_tab(context, site, address)
    expect(page.get_by_role("region", name="Preview toolbar")).to_contain_text("2026-02-03-other.md")
    change(site, "content/posts/2026-02-03-other.md", "Other text", "New text")
    expect(page.get_by_text("New text.")).to_be_visible()
    change(site, "content/posts/2026-02-03-other.md", "/2013/11/old.html", "/2014/new.html")
    page.wait_for_url("**/2014/new.html")


@pytest.mark.parametrize("address", ["2013/11/old.html", "2013/11/old"])
def test_a_tab_that_missed_where_its_story_went_is_told_later(
    site: Site, context: BrowserContext, address: str
) -> None:
    """Also when it went on twice: a tab that is hidden, or just being loaded, hears nothing."""
    context.add_init_script(WITHOUT_WORKER)
    page = open_tab(context, site, address)
    expect(page.get_by_text("Other text.")).to_be_visible()
    page.evaluate(SEEN.format("hidden"))
    seen = open_tab(context, site, "archive/")
    for old, new in (("/2013/11/old.html", "/2014/new.html"), ("/2014/new.html", "/2015/newer.html")):
        change(site, "content/posts/2026-02-03-other.md", old, new)
        expect(seen.locator(f"a[href$='{new}']").first).to_be_attached()
    page.evaluate(SEEN.format("visible"))
    page.wait_for_url("**/2015/newer.html")


def test_a_tab_that_is_being_loaded_hears_where_its_story_went(site: Site, context: BrowserContext) -> None:
    """The page is of the build before; what tells of news comes after the next."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    context.route("**/live.js", hold, times=1)
    page = context.new_page()
    page.goto(f"http://localhost:{site.port}/2013/11/old", wait_until="commit")
    until(lambda: page.evaluate("1") == 1 and bool(held), "the page's asking for its script")
    seen = context.new_page()
    change(site, "content/posts/2026-02-03-other.md", "/2013/11/old.html", "/2014/new.html")
    until(lambda: seen.request.get(f"http://localhost:{site.port}/2014/new.html").ok, "the story's move")
    held[0].continue_()
    page.wait_for_url("**/2014/new.html")


def test_an_address_that_did_not_exist_is_loaded_when_it_does(site: Site, context: BrowserContext) -> None:
    """The writer opened it too early, or mistyped the date of the file."""
    page = open_tab(context, site, "2026/03/kites/")
    expect(page.get_by_text("Not on this shelf")).to_be_visible()
    site.post("2026-03-01-kites", "Kites in the yard.", title="Kites")
    expect(page.get_by_text("Kites in the yard.")).to_be_visible()


@pytest.mark.parametrize("path", ["/my stories", "/histórias/", "/my%20stories/", "/it's (ours)/", "/100%/"])
def test_below_any_path_tabs_hear_of_updates(tmp_path: Path, context: BrowserContext, path: str) -> None:
    """With blanks and letters of any kind, as a browser writes them or as a person does."""
    folder = Site(tmp_path / "site")
    folder.post("2026-01-02-story", "First text.", title="Story")
    with serve(folder, "--base-path", path):
        page = context.new_page()
        page.goto(f"http://localhost:{folder.port}/")
        page.get_by_role("link", name="Story", exact=True).first.click()
        expect(page.get_by_role("region", name="Preview toolbar")).to_contain_text("2026-01-02-story.md")
        change(folder, STORY, "First", "Second")
        expect(page.get_by_text("Second text.")).to_be_visible()


def test_a_policy_that_allows_no_worker_still_lets_tabs_hear(site: Site, context: BrowserContext) -> None:
    """What a theme allows is widened for the preview alone."""
    policy = "default-src 'none'; worker-src 'none'; script-src 'none'"
    head = f'<!doctype html><meta http-equiv=Content-Security-Policy content="{policy}"><title>Strict</title>'
    site.write("static/strict.html", f"{head}<p>Strict 1")
    until(lambda: site.get("/strict.html")[0] == 200)
    tabs = [open_tab(context, site, "strict.html") for _ in range(7)]
    change(site, "static/strict.html", "Strict 1", "Strict 2")
    for page in tabs:
        expect(page.get_by_text("Strict 2")).to_be_visible()


def test_tabs_are_told_by_one_connection(site: Site, context: BrowserContext) -> None:
    """However many there are; the server counts."""
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    for _ in range(2):
        open_tab(context, site, "archive/")
    assert not [url for url in asked if url.endswith("/events")]  # the worker asks, not a page
