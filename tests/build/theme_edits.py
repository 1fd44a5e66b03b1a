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
