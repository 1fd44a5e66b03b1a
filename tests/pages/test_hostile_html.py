"""Hostile HTML in a real browser, with the policy of the page put out of force: nothing runs, leads away or is swallowed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from tests.folder import Folder
from tests.hostile_html import hostile, soups
from tests.markdown.test_policy import made
from tests.reader import THEMES, hosted
from tests.running import until
from tests.serve.test_serve import Site, serve

PER_POST = 25
WALK = """() => {
    const faults = []
    for (const part of document.querySelectorAll("*"))
        for (const {name, value} of part.attributes) {
            if (name.startsWith("on") || name === "srcdoc" || name === "autofocus") faults.push(part.outerHTML.slice(0, 200))
            if (/^\\s*(?:javascript:|vbscript:|data:text)/i.test(value) && !/^(?:alt|title|content|data-.*)$/.test(name)) faults.push(part.outerHTML.slice(0, 200))
        }
    for (const part of document.querySelectorAll("script"))
        if (!part.src && part.type !== "application/ld+json") faults.push(part.outerHTML)
    for (const part of document.querySelectorAll(".text *"))
        if (getComputedStyle(part).position === "fixed") faults.push(part.outerHTML.slice(0, 200))
    for (const part of document.forms)
        if (new URL(part.action || location.href).host !== location.host) faults.push(part.action)
    for (const name of ["currentScript", "body", "createElement", "querySelector", "documentElement", "location", "cookie"])
        if (Object.getOwnPropertyNames(document).includes(name) && name !== "location") faults.push(`document.${name}`)
    if (document.body.tagName !== "BODY" || typeof document.createElement !== "function") faults.push("names")
    const foot = document.querySelector("footer.colophon, body > footer")
    if (!foot || foot.closest("main") || foot.parentElement !== document.body) faults.push("the footer is elsewhere")
    return faults
}"""
"""What is on a page that should not be, as the browser reads it."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """Return a site whose posts and pages are full of hostile HTML, and of what an author may mean."""
    site = Folder(tmp_path_factory.mktemp("hostile") / "site")
    payloads = [payload for payload in hostile() if not payload.startswith("<p title=")]  # a tag without an end
    for number, start in enumerate(range(0, len(payloads), PER_POST)):
        text = "\n\n".join(
            f"Paragraph {place}.\n\n{payload}" for place, payload in enumerate(payloads[start : start + PER_POST])
        )
        site.post(
            f"2026-11-{number % 20 + 1:02}-hostile-{number}",
            f"{text}\n\nThe end.",
            id=f"h-{number}",
            title=f"Post {number}",
        )
    for number in range(2):
        site.write(f"content/pages/page-{number}.md", "\n\n".join([*payloads[number::9], "The end."]))
    return site


def build(folder: Folder, theme: str) -> list[str]:
    folder.write("storysite.yml", f"theme: {theme}\nbase_url: https://library.example.org/stories\n")
    folder.build()
    return sorted(
        route for route in folder.routes() if route.endswith("index.html") and ("hostile" in route or "page-" in route)
    )


def watched(browser: Browser, *, bypass_csp: bool = False) -> tuple[Page, list[str]]:
    """Return a tab, and the list in which stands what it did beside showing a page."""
    page = browser.new_context(bypass_csp=bypass_csp).new_page()
    faults: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        faults.append(f"dialog {dialog.message}")
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.on("popup", lambda popup: faults.append(f"popup {popup.url}"))
    page.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
    page.on("request", lambda asked: faults.append(asked.url) if "away.example" in asked.url else None)
    return page, faults


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("scheme", ["http", "file"])
def test_no_page_runs_or_follows_what_is_hostile(browser: Browser, folder: Folder, theme: str, scheme: str) -> None:
    """Served or opened from disk, also where nothing but the HTML policy is in the way."""
    routes = build(folder, theme)
    assert len(routes) > 15
    with hosted(folder.site) as home:
        for bypassed in (True, False):
            page, faults = watched(browser, bypass_csp=bypassed)
            for route in routes:
                address = home + route if scheme == "http" else (folder.site / route).as_uri()
                page.goto(address)
                assert page.evaluate(WALK) == [], route
                for press in ("Tab", "Enter"):
                    page.keyboard.press(press)
                if page.url.partition("#")[0] == address:
                    expect(page.locator(".text").last).to_contain_text("The end.")
                assert page.evaluate("window.ran") is None
                assert page.url.startswith(("file:", home)), page.url
            assert faults == []
            page.context.close()


PRESS = """() => {
    addEventListener("click", event => event.preventDefault(), true)
    for (const part of document.querySelectorAll(".text *"))
        for (const name of ["pointerover", "focus", "click", "toggle", "error", "load", "animationstart", "submit"])
            part.dispatchEvent(new PointerEvent(name, {bubbles: true, cancelable: true}))
    return window.ran === undefined
}"""


def test_what_is_pressed_runs_nothing(browser: Browser, folder: Folder) -> None:
    """Whatever happens to each element of the texts."""
    routes = build(folder, "default")
    with hosted(folder.site) as home:
        page, faults = watched(browser, bypass_csp=True)
        for route in routes:
            page.goto(home + route)
            assert page.evaluate(PRESS), route
        assert faults == []
        page.context.close()


NESTED = """soups => soups.map(soup => {
    const html = `<!doctype html><body><main><div class=text>${soup}</div></main><footer class=colophon>x</footer>`
    const page = new DOMParser().parseFromString(html, "text/html"), faults = []
    for (const part of page.querySelectorAll(".text *"))
        for (const {name, value} of part.attributes)
            if (name.startsWith("on") || (!name.startsWith("data-") && /^\\s*javascript:/i.test(value.replace(/[\\t\\n\\r]/g, "")))) faults.push(part.outerHTML)
    if (page.querySelector("script, style, base, meta, link, template, title:not(svg title), iframe[srcdoc], plaintext, xmp"))
        faults.push("an element")
    if (page.querySelector("footer")?.parentElement !== page.body) faults.push("the footer is elsewhere")
    return faults.length ? [soup, ...faults] : []
}).filter(found => found.length)"""


def test_a_browser_reads_nested_html_as_we_do(browser: Browser) -> None:
    """Nothing hostile comes to be when Chromium's own parser reads what ours wrote."""
    page = browser.new_page()
    texts = [made(soup, html=html) for html in (False, True) for soup in [*hostile(), *soups(600, 77)]]
    assert page.evaluate(NESTED, texts) == []
    page.close()


def test_the_check_of_nested_html_finds_what_is_wrong(browser: Browser) -> None:
    """Or the test above could not fail."""
    page = browser.new_page()
    assert (
        len(
            page.evaluate(
                NESTED, ["<p onclick=x>", "<plaintext>", "<style></style>", "<a href='java\nscript:x'>", "ok"]
            )
        )
        == 4
    )
    page.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Site]:
    """Return a site that is served, with names that scripts would stumble over."""
    site = Site(tmp_path / "site")
    names = [payload for payload in hostile() if " name=" in payload]
    assert len(names) > 50
    site.write("storysite.yml", "base_url: https://library.example.org\n")
    site.post("2026-01-02-story", "\n\n".join(["First text.", *names, *hostile()[-60:], "The end."]), title="Story")
    with serve(site):
        yield site


def test_the_preview_reloads_a_hostile_post(browser: Browser, served: Site) -> None:
    """With its toolbar, and without a word in the console of what its policy held back."""
    page, faults = watched(browser)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"http://localhost:{served.port}/2026/01/story/")
    expect(page.get_by_role("region", name="Preview toolbar")).to_be_visible()
    file = served.path / "content/posts/2026-01-02-story.md"
    file.write_text(file.read_text("utf-8").replace("First text.", "Second text."), "utf-8")
    expect(page.get_by_text("Second text.")).to_be_visible()
    assert page.evaluate("window.ran") is None
    assert faults == []
    page.context.close()


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_a_page_of_the_site_runs_in_its_frame_and_not_outside(browser: Browser, tmp_path: Path, scheme: str) -> None:
    """Its scripts work, and cannot reach the page around it or lead its readers away."""
    site = Folder(tmp_path / "site")
    site.write("static/atlas.html", "<!doctype html><title>Atlas</title><p id=a>Map</p><script>"
        "document.getElementById('a').textContent = 'Drawn'; try { top.ran = 1 } catch {}"
        "; try { top.location = 'https://away.example/' } catch {}</script>")  # fmt: skip
    site.post("2026-01-03-frame", 'Look.\n\n<iframe src="/atlas.html" title="Atlas"></iframe>')
    site.build()
    with hosted(site.site) as home:
        page, faults = watched(browser)
        page.goto((home if scheme == "http" else site.site.as_uri() + "/") + "2026/01/frame/index.html")
        expect(page.frame_locator("iframe").get_by_text("Drawn")).to_be_visible()
        until(lambda: page.evaluate("document.readyState") == "complete")
        assert page.evaluate("window.ran") is None
        assert faults == []
        page.context.close()


def test_what_the_settings_name_is_let_through_by_the_page(browser: Browser, tmp_path: Path) -> None:
    """The policy of the page names the same sites as the policy of the text."""
    site = Folder(tmp_path / "site")
    site.write("storysite.yml", "frames_from: frames.example\nforms_to: forms.example\n")
    frame, form = (
        '<iframe src="https://frames.example/a"></iframe>',
        '<form action="https://forms.example/a"><button>Go</button></form>',
    )
    site.post(
        "2026-01-03-frame",
        f"{frame}\n\n{frame.replace('frames', 'other')}\n\n{form}\n\n{form.replace('forms', 'other')}",
    )
    site.build()
    with hosted(site.site) as home:
        page = browser.new_page()
        page.route(
            "https://*.example/**",
            lambda route: route.fulfill(body=f"<p>Hello of {route.request.url}", content_type="text/html"),
        )
        page.goto(home + "2026/01/frame/")
        expect(page.frame_locator("iframe").get_by_text("Hello of https://frames.example/a")).to_be_visible()
        assert page.locator("iframe").count() == 1
        assert page.locator(".text a.elsewhere").count() == 2
        page.get_by_role("button", name="Go").click()
        expect(page.get_by_text("Hello of https://forms.example/a")).to_be_visible()
        page.close()
