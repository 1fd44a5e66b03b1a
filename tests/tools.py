"""Programs beside Python that some tests need: found, or the test is skipped; where `CI` is set, it fails."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
FONTS = Path("/usr/share/fonts")


class Tool(NamedTuple):
    """A program: where it may be, and how to get it."""

    find: Callable[[], str | None]
    """Return its path, None if it is not here."""
    install: str


def _program(*names: str) -> Callable[[], str | None]:
    """Return what looks for a program on the path by each of its names."""
    return lambda: next(filter(None, map(shutil.which, names)), None)


def _checker() -> str | None:
    """Return where the Nu HTML checker is: where the variable STORYSITE_VNU says, or where npm has put it."""
    wanted = os.environ.get("STORYSITE_VNU")
    folders = (ROOT / "node_modules", ROOT / ".venv/vnu/node_modules")
    jars = [Path(wanted)] if wanted else [folder / "vnu-jar/build/dist/vnu.jar" for folder in folders]
    return next((str(jar) for jar in jars if jar.is_file()), None)


def _fonts() -> str | None:
    """Return the folder of fonts if it has those for Arabic, Chinese and emoji that the tests know."""
    wanted = ("DejaVuSans.ttf", "wqy-microhei.ttc", "NotoColorEmoji.ttf")
    return str(FONTS) if all(any(FONTS.rglob(name)) for name in wanted) else None


TOOLS = {
    "chromium": Tool(_program("chromium", "chromium-browser", "google-chrome"), "apt-get install chromium"),
    "java": Tool(_program("java"), "apt-get install default-jre-headless"),
    "exiftool": Tool(_program("exiftool"), "apt-get install libimage-exiftool-perl"),
    "fonts": Tool(_fonts, "apt-get install fonts-dejavu-core fonts-noto-color-emoji fonts-wqy-microhei"),
    "vnu": Tool(_checker, "apt-get install npm, then npm install --ignore-scripts --prefix .venv/vnu vnu-jar"),
}
"""Every tool by the name that it is asked for with. vnu is the Nu HTML checker: npm brings it and Java runs it."""


def require(name: str) -> str:
    """Return the path of a tool. Without it, skip the test, or fail it where the variable CI is set."""
    tool = TOOLS[name]
    path = tool.find()
    if path is None:
        reason = f"{name} is not on this computer: {tool.install}"
        if os.environ.get("CI"):
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    return path
