"""Edits of a site's own theme, and files that no person wrote, for a random session."""

from pathlib import Path
from random import Random

from tests.folder import Folder

PLACES = ["content/posts", "content/pages", "static", "data", "templates", "themes/ours/assets"]
LEFT = ["Thumbs.db", "~$story.md", "#a.md#", "._a.md", "month.html.bak"]
GROUPS = ["kind: thanks", "kind: nope", "tag: robots", "tag: robotz", "author: Ms. Rivera, tag: poetry"]


def leave_something(folder: Folder, post: Path | None, chance: Random) -> None:
    """Leave what a system, an editor or a sync program does in a folder of the site, or take it away again."""
    name = chance.choice(LEFT)
    if post and chance.random() < 0.4:
        name = f"{post.stem} (Ana's conflicted copy 2026-11-02).md"
    place = chance.choice(PLACES)
    if (left := folder.path / place / name).exists():
        left.unlink()
    else:
        folder.write(f"{place}/{name}", post.read_bytes() if post else b"\0")


def write_listing(folder: Folder, words: str, chance: Random) -> None:
    """Write another listing of the theme `ours`, and a page that shows it by a template of its own."""
    listing = f"{{{chance.choice(GROUPS)}, length: {chance.randint(1, 3)}}}"
    folder.write("themes/ours/theme.yaml", f"extends: default\nlistings:\n  chosen: {listing}\n")
    mark, shown = chance.choice(["", "\ufeff"]), chance.choice(["parts/own.html", "./parts/own.html"])
    asks = f'{mark}{{% include "{shown}" ignore missing %}}{{{{ page.title }}}}'
    folder.write("themes/ours/templates/404.html", asks)
    shows = f"{mark}{{% for card in chosen %}}{{{{ card.title }}}}{{% endfor %}}{words}"
    folder.write("themes/ours/templates/parts/own.html", shows)


def link_something(folder: Folder, words: str, chance: Random) -> None:
    """Let a template draw in what lies behind a link, is hidden, or is an asset, and save that or take the link away."""
    shared, place = "themes/shared/parts", folder.path / "templates/linked"
    if chance.random() < 0.3:
        place.unlink(missing_ok=True)
        (folder.path / "templates/assets/shared").unlink(missing_ok=True)
        return
    folder.write(f"{shared}/note.html", words)
    asked = [
        "linked/note.html",
        "shared:note.html",
        ".note.html",
        "note.html~",
        "assets/note.svg",
        "assets/shared/note.html",
    ]
    for name in (".note.html", "note.html~", "assets/note.svg"):
        folder.write(f"templates/{name}", words)
    if not place.is_symlink():
        place.symlink_to(folder.path / shared)
    asset = folder.path / "templates/assets/shared"
    if not asset.is_symlink():
        asset.symlink_to(folder.path / shared)
    shown = "".join(f"{{% include {name!r} ignore missing %}}" for name in chance.sample(asked, 3))
    count = "{% set n = namespace(of=0) %}{% macro next() %}{% set n.of = n.of + 1 %}{{ n.of }}{% endmacro %}"
    folder.write("templates/count.html", count)
    folder.write("templates/kind.html", f"{{% from 'count.html' import next %}}{{{{ next() }}}}{shown}{{{{ next() }}}}")
