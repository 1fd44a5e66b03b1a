"""A site below a folder with a secret in it, and whether that came out."""

import pytest

from storysite.errors import StorysiteError
from tests.folder import Folder, tree

SECRET = "SECRET-4711"
PATH = "content/posts/2026-11-20-robots.md"


def site_below_a_secret(folder: Folder) -> Folder:
    """Return a site with one story, and a secret in the folder above it."""
    folder.write("storysite.yml", "title: Our story shelf\nbase_url: https://library.example.org/stories\n")
    folder.post("2026-11-20-robots", id="robots", title="Robots")
    (folder.path.parent / "secret.html").write_text(SECRET, "utf-8")
    (folder.path.parent / "secrets").mkdir()
    (folder.path.parent / "secrets" / "secret.md").write_text(f"---\ntitle: {SECRET}\n---\n{SECRET}", "utf-8")
    return folder


def refusal(folder: Folder) -> StorysiteError:
    """Return the error with which a build ends; nothing is written."""
    before = tree(folder.site) if folder.site.exists() else {}
    with pytest.raises(StorysiteError) as caught:
        folder.build()
    assert (tree(folder.site) if folder.site.exists() else {}) == before
    return caught.value


def leaks(folder: Folder) -> list[str]:
    """Return the routes of the output that hold the secret, in their bytes or their names."""
    files = tree(folder.site)
    return [route for route, text in files.items() if SECRET.encode() in text or "secret" in route.lower()]
