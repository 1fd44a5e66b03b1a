"""Libraries of a version nobody has compared: their inner parts may have gone, and the site is the same."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import storysite
from tests.folder import Folder, tree

ROOT = Path(__file__).parent.parent
PACKAGE = Path(storysite.__file__).parent
FAST = ("markdown/fast", "render/fast_sandbox")
"""The modules that use inner parts."""
BUILD = """
import builtins, json, sys
from importlib import metadata
from pathlib import Path

folder, elsewhere, version, gone = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], json.loads(sys.argv[4])
found, imported = metadata.version, builtins.__import__
names = ("markdown", "pymdown-extensions", "jinja2", "markupsafe")


def without_inner_parts(name, globals=None, locals=None, fromlist=(), level=0):
    asking = (globals or {}).get("__name__", "")
    if missing := set(fromlist or ()) & set(gone.get(name, ())) if asking.startswith("storysite.") else ():
        raise ImportError(f"cannot import name {sorted(missing)} from {name}")
    return imported(name, globals, locals, fromlist, level)


builtins.__import__ = without_inner_parts
metadata.version = lambda name: version or found(name) if name.lower() in names else found(name)

from tests.folder import Folder

print([problem.code for problem in Folder(folder).build(output=elsewhere / "site", cache=elsewhere / "cache").problems])
"""
"""Builds with libraries whose inner parts are gone, as far as storysite can see; the libraries themselves keep them."""
LIBRARIES = {"markdown", "jinja2", "markupsafe"}
PUBLIC = {
    "markdown": {"Markdown"},
    "markdown.treeprocessors": {"InlineProcessor", "Treeprocessor"},
    "jinja2": {"nodes"},
    "jinja2.runtime": {"Context"},
    "markdown.util": {"AMP_SUBSTITUTE"},
    "markupsafe": {"Markup", "escape"},
}
"""What extensions and programs are meant to use, so that no version drops it without a long notice."""


def inner_parts() -> dict[str, list[str]]:
    """Return what the fast modules import of Python-Markdown, Jinja2 and MarkupSafe, but for what everybody uses."""
    parts: dict[str, list[str]] = {}
    for module in FAST:
        for node in ast.parse((PACKAGE / f"{module}.py").read_text("utf-8")).body:
            if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in LIBRARIES:
                known = PUBLIC.get(node.module, set())
                parts[node.module] = [alias.name for alias in node.names if alias.name not in known]
    return parts


def built(folder: Folder, elsewhere: Path, version: str) -> "subprocess.CompletedProcess[str]":
    """Build with libraries that say they are of `version` ("": their own) and have no inner parts."""
    command = [sys.executable, "-c", BUILD, str(folder.path), str(elsewhere), version, json.dumps(inner_parts())]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def stories(folder: Folder) -> Folder:
    """Return a site with something of everything that the fast engines take over."""
    folder.write("storysite.yml", "base_url: https://example.org\n")
    folder.post(
        "2026-01-02-a", '# Part\n\n"Quoted" -- *words*, `code` & <b>tags</b>.\n\n- one\n- two', id="a", title="A & B"
    )
    return folder


def test_without_inner_parts_an_unknown_version_builds_the_same_site(stories: Folder, tmp_path: Path) -> None:
    """Neither importing storysite nor building with it asks for a part that may have gone."""
    expected = stories.clean(tmp_path / "clean")
    made = built(stories, tmp_path / "other", "99.0")
    assert made.stderr == ""
    assert made.stdout == "['engine-unverified']\n"
    assert tree(tmp_path / "other/site") == expected


def test_those_parts_are_what_the_fast_ways_need(stories: Folder, tmp_path: Path) -> None:
    """The test above can fail: with versions that are known the same parts are missed."""
    assert "ImportError: cannot import name" in built(stories, tmp_path / "other", "").stderr
