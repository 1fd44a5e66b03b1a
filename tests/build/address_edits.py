"""Edits of a site after which files want one address: for tests that edit at random."""

import shutil
from pathlib import Path
from random import Random


def same_name(files: list[Path], random: Random) -> None:
    """Let a story have the name, and so the address, that others have, or a language or an address of its own."""
    keys = [
        "slug: news",
        "slug: News",
        "permalink: /news/",
        "permalink: /archive/",
        "permalink: /News",
        "lang: ES",
        "lang: Spanish",
    ]
    file = random.choice(files)
    _, header, body = file.read_text("utf-8").split("---\n", 2)
    lines = [line for line in header.splitlines(keepends=True) if not line.startswith(("slug:", "permalink:", "lang:"))]
    file.write_text(f"---\n{''.join(lines)}{random.choice([*keys, 'pin: false'])}\n---\n{body}", "utf-8")


def copy_inside(files: list[Path], random: Random) -> None:
    """Put a copy of a story into a folder, by mistake or as another language, or take that folder away."""
    file = random.choice(files)
    top = next(parent for parent in file.parents if parent.name == "posts" and parent.parent.name == "content")
    place = top / random.choice(["posts", "es", "en/more", "it"])
    if place.exists() and random.random() < 0.5:
        shutil.rmtree(place)
        return
    place.mkdir(parents=True, exist_ok=True)
    shutil.copy(file, place / file.name)
    if random.random() < 0.5:
        text = (place / file.name).read_text("utf-8")
        (place / file.name).write_text(text.replace("---\n", "---\nlang: es\n", 1), "utf-8")


def page_versions(site: Path, random: Random) -> None:
    """Write or delete a translation of a page, or a page where one of ours is."""
    name = random.choice(["about.es", "es/about", "about.en", "archive", "tags", "guide/index.es", "guide", "About"])
    file = site / f"content/pages/{name}.md"
    if file.exists() and random.random() < 0.4:
        file.unlink()
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    header = random.choice(
        ["", "lang: es\n", "permalink: /archive/\n", "permalink: /wall/\n", "aliases: [/2025/01/, /moved/]\n"]
    )
    file.write_text(
        f"---\ntitle: Page {random.randint(1, 9)}\nmenu: {random.randint(0, 3)}\n{header}---\n\nWords.\n", "utf-8"
    )


def static_in_the_way(site: Path, random: Random) -> None:
    """Put a file where a page is, or take it away."""
    file = site / "static" / random.choice(["robots.txt", "wall/index.html", "news/index.html", "old/7.html"])
    if file.exists() and random.random() < 0.5:
        file.unlink()
    else:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"Number {random.randint(1, 9)}.\n", "utf-8")
