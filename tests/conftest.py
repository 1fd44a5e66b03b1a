"""What all tests share."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests import templates
from tests.folder import Folder
from tests.marks import Guard, mark
from tests.tools import require

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.reader import OneTab, Shelf


settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
"""A machine that is busy makes nothing wrong: what must be fast has a test of its own."""


def pytest_configure(config: pytest.Config) -> None:
    """Watch over what is marked, and hear Ctrl-C even where the tests were started by what does not hear it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    config.pluginmanager.register(Guard())
    patch = pytest.MonkeyPatch()
    templates.keep(patch)
    config.add_cleanup(patch.undo)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that need a browser or start processes."""
    for item in items:
        mark(item)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Return an empty site's folder."""
    return Folder(tmp_path / "our-stories")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return the system's own browser, without a window."""
    if os.name == "nt":
        pytest.skip("what is tried in a browser is served by processes of POSIX")
    chromium = require("chromium")
    from playwright.sync_api import expect, sync_playwright

    from tests.reader import FLAGS

    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield found
        found.close()


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[OneTab]:
    """Return a reader who is handed on from test to test."""
    from tests.reader import OneTab

    found = OneTab(browser, "about:blank")
    yield found
    found.context.close()


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
