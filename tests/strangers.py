"""Plugins as strangers write them: small packages, put where Python finds them as if they were installed."""

import sys
from pathlib import Path

from storysite.plugins import load as loading
from storysite.render.engine import environment

HEAD = """
import sys
from pathlib import Path
from storysite.errors import BadValue
from storysite.model.theme import AddedPage, AddedPages
from storysite.plan.slices import CardOf, Cards, Constant, Whole, Wholes
from storysite.plugins import Plugin, Step
from storysite.problems import Problem

class Odd(BaseException):
    pass

class Mute(Exception):
    def __str__(self):
        raise RuntimeError

def fails(error):
    def fail(*_):
        raise error
    return fail

def write(pages, into):
    (into / "made.txt").write_text("made")
    return []

def pages(*made, names=("x",)):
    kind = AddedPages("strange", "strange.html", "strange pages", "/strange/", lambda index: made, names)
    return Plugin(pages=(kind,), templates=Path(__file__).parent / "templates")

def step(make=write, place="strange", **more):
    return Plugin(steps=(Step("a strange step", place, make, **more),))
"""


def install_stranger(packages: Path, files: dict[str, str | bytes], *points: str, name: str = "evil") -> None:
    """Install the package `name` of these files with entry points such as `evil = evil:plugin`."""
    told = "[storysite.plugins]\n" + "\n".join(points or [f"{name} = {name}:plugin"])
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n"
    home = f"{name}-1.dist-info"
    for path, text in (files | {f"{home}/METADATA": metadata, f"{home}/entry_points.txt": told}).items():
        file = packages / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)


def forget_plugins() -> None:
    """Forget what this process loaded of plugins, as a new process would."""
    loading._load.cache_clear()
    environment.cache_clear()
    sys.path_importer_cache.clear()
    for name in [
        name for name in sys.modules if name.partition(".")[0] in ("evil", "evil_two", "storysite_reading_list")
    ]:
        del sys.modules[name]
