"""Every page of the sample archive, in every theme, is HTML as the Nu checker of the W3C reads it."""

import json
import subprocess
from collections.abc import Callable
from typing import Any

import pytest

from tests.reader import THEMES, Shelf
from tests.tools import require

HOME = "-Dnu.validator.servlet.allow-forbidden-hosts=true"
"""Lets the checker ask this very computer for pages."""
FINE = {
    # Data for search engines is no script: no browser runs it, so there is nothing that the policy would have to allow.
    "Inline script violates Content Security Policy": '<script type="application/ld+json">',
}
"""What the checker says that is no mistake: the beginning of its sentence → what it is said of."""


@pytest.fixture(scope="session")
def checker() -> list[str]:
    """Return the command of the checker."""
    return [require("java"), "-Xss4m", HOME, "-jar", require("vnu"), "--format", "json", "--stdout"]


@pytest.mark.parametrize("theme", THEMES)
def test_every_page_is_valid(theme: str, sample: Callable[[str], Shelf], checker: list[str]) -> None:
    """No error and no warning. The pages are asked for over HTTP, for their policy allows what comes from their host."""
    site, home = sample(theme)
    pages = [home + file.relative_to(site.site).as_posix() for file in site.site.rglob("*.html")]
    assert len(pages) > 140
    done = subprocess.run([*checker, *pages], capture_output=True, text=True, check=False, timeout=300)
    said = json.loads(done.stdout)["messages"]
    assert [about(message) for message in said if not is_fine(message)] == []


def is_fine(message: dict[str, Any]) -> bool:
    return any(
        message["message"].startswith(what) and where in message.get("extract", "") for what, where in FINE.items()
    )


def about(message: dict[str, Any]) -> str:
    return f"{message.get('url')}:{message.get('lastLine')}: {message['message']} {message.get('extract', '')}"
