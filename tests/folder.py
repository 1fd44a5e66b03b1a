"""A site's folder for a test: write files, build it for real, look at what came out."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from storysite.build import build, build_if_needed
from storysite.build.options import BuildOptions
from storysite.build.result import Build, BuildResult
from storysite.output.folder import files_in

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


ICON = "\0\0\1\0"
"""How a picture begins of a kind that is copied as it is: whatever follows, a browser is left to make sense of it."""


class Folder:
    """A site's folder below a temporary one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        (path / "content" / "posts").mkdir(parents=True, exist_ok=True)

    def write(self, name: str, text: str | bytes) -> Path:
        """Write a file of the site."""
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return file

    def post(self, name: str, body: str = "Text.", **header: Any) -> Path:
        """Write a post; the keys of the header are written as they are given."""
        lines = [f"{key}: {value}" for key, value in header.items()]
        return self.write(f"content/posts/{name}.md", "\n".join(["---", *lines, "---", "", body, ""]))

    def build(self, **options: Any) -> Build:
        """Build the site in this process, on the day of the tests."""
        return build(replace(BuildOptions(self.path, now=NOW, jobs=1), **options))

    def build_if_needed(self, **options: Any) -> BuildResult:
        """Build as the command does: not at all, if nothing has changed since the last time."""
        return build_if_needed(replace(BuildOptions(self.path, now=NOW, jobs=1), **options))

    def clean(self, elsewhere: Path, **options: Any) -> dict[str, bytes]:
        """Return what a build with an empty cache gives, made elsewhere."""
        self.build(output=elsewhere / "site", cache=elsewhere / "cache", **options)
        return tree(elsewhere / "site")

    @property
    def site(self) -> Path:
        """The output folder."""
        return self.path / "_site"

    def page(self, route: str) -> str:
        """Return a file of the output."""
        return (self.site / route).read_text("utf-8")

    def routes(self) -> set[str]:
        """Return the routes of the output."""
        return set(files_in(self.site))


def tree(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file of a site by route."""
    return {route: file.read_bytes() for route, file in files_in(folder).items()}
