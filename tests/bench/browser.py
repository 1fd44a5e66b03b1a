"""What a browser shows of sites that are served: one window each of a real Chromium, which tells of itself."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Page, sync_playwright

from tests.reader import FLAGS
from tests.tools import TOOLS

__all__ = ["CHROMIUM", "answers", "shows", "tabs"]

CHROMIUM = TOOLS["chromium"].find()
TELL = r"""
let last;
new MutationObserver(() => {
    const mark = document.body?.textContent.match(/Mark\d+end/)?.[0];
    if (mark && mark !== last) console.debug(last = mark, Date.now());
}).observe(document, { childList: true, characterData: true, subtree: true });
"""
"""Says each new mark in the page, and the moment; who asks from outside hears of it 100 ms later if the page is loaded."""


@contextmanager
def tabs(addresses: Mapping[str, str]) -> Iterator[dict[str, Page]]:
    """Open each address in a window of its own, so that none is hidden, for the length of the block."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        pages = {name: browser.new_context().new_page() for name in addresses}
        for name, address in addresses.items():
            pages[name].add_init_script(TELL)
            pages[name].goto(address)
        yield pages
        browser.close()


def answers(address: str) -> bool:
    """Return whether a page is served at `address` by now."""
    try:
        with urlopen(address, timeout=10) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def shows(page: Page, mark: str, patience: float) -> float:
    """Return the moment from which a page had a new mark in it, by the clock that `time.time` reads too."""
    said = page.wait_for_event("console", lambda said: said.text.startswith(mark), timeout=1000 * patience)
    return int(said.text.split()[1]) / 1000
