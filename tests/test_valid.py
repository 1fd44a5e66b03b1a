"""Every page of the sample archive, in every theme, is HTML as the Nu checker of the W3C reads it."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.reader import THEMES, Shelf
from tests.running import ROOT

PLACES = (ROOT / "node_modules", ROOT / ".venv/vnu/node_modules")
HOME = "-Dnu.validator.servlet.allow-forbidden-hosts=true"
"""Lets the checker ask this very computer for pages."""
FINE = {
    # Data for search engines is no script: no browser runs it, so there is nothing that the policy would have to allow.
    "Inline script violates Content Security Policy": '<script type="application/ld+json">',
}
"""What the checker says that is no mistake: the beginning of its sentence → what it is said of."""


@pytest.fixture(scope="session")
def checker() -> list[str]:
    """Return the command of the checker: where the variable STORYSITE_VNU says, or where npm has put it."""
    wanted = os.environ.get("STORYSITE_VNU")
    jars = [Path(wanted)] if wanted else [place / "vnu-jar/build/dist/vnu.jar" for place in PLACES]
    jar = next((jar for jar in jars if jar.is_file()), None)
    if jar is None or not shutil.which("java"):
        assert not wanted, f"STORYSITE_VNU is {wanted}, but the checker is not there, or no Java"
        pytest.skip("the Nu checker is not on this computer: npm install --ignore-scripts vnu-jar, and Java")
    return ["java", "-Xss4m", HOME, "-jar", str(jar), "--format", "json", "--stdout"]


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
