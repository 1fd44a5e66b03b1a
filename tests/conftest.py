"""What all tests share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.folder import Folder

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.reader import Shelf


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Return an empty site's folder."""
    return Folder(tmp_path / "our-stories")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return the system's own browser, without a window."""
    from playwright.sync_api import expect, sync_playwright

    from tests.reader import CHROMIUM, FLAGS

    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Shelf]]:
    """Return a function that gives the sample archive in a theme; it is built and served once."""
    from tests.reader import Shelf, hosted, sample

    with ExitStack() as servers:
        built: dict[str, Shelf] = {}

        def get(theme: str) -> Shelf:
            if theme not in built:
                folder = sample(theme, tmp_path_factory.mktemp("sample") / theme)
                built[theme] = Shelf(folder, servers.enter_context(hosted(folder.site)))
            return built[theme]

        yield get
