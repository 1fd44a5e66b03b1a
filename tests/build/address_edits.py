"""Edits of a site after which files want one address: for tests that edit at random."""

import shutil
from pathlib import Path
from random import Random

HEADERS = [
    "slug: news",
    "slug: News",
    "permalink: /news/",
    "permalink: /archive/",
    "permalink: /News",
    "permalink: /:year/:title/",
    "lang: ES",
    "lang: Spanish",
    "pin: false",
    "date: 2026-11-06",
    "date: 2026-11-13",
    "date: 2026-11-27",
    "author: Mr. Okafor",
    "expires: 2026-11-20",
    "draft: true",
]
"""What makes two stories meet or parts them, makes one older, or hides it."""
KEYS = tuple(f"{header.partition(':')[0]}:" for header in HEADERS)


def let_addresses_meet(posts: list[Path], site: Path, random: Random) -> None:
    """Let files want the address of another, or be copies or translations of it, or have old addresses."""
    edits = [same_name, weekly, translate, old_address, copy_inside, page_versions, static_in_the_way]
    random.choices(edits, [4, 3, 3, 3, 1, 1, 1])[0](posts, site, random)


def translate(posts: list[Path], _site: Path, random: Random) -> None:
    """Write a story once more, as its translation."""
    file = random.choice(posts)
    if ".es" not in file.name:
        shutil.copy(file, file.with_name(file.stem + ".es.md"))


def old_address(posts: list[Path], _site: Path, random: Random) -> None:
    """Give a story an old address that another may have too."""
    file = random.choice(posts)
    line = f"---\naliases: [/old/{random.randint(1, 99)}.html]\n"
    file.write_text(file.read_text("utf-8").replace("---\n", line, 1), "utf-8")


def same_name(posts: list[Path], _site: Path, random: Random) -> None:
    """Let a story have the name, and so the address, that others have, or a language, day or address of its own."""
    file = random.choice(posts)
    _, header, body = file.read_text("utf-8").split("---\n", 2)
    kept = "".join(line for line in header.splitlines(keepends=True) if not line.startswith(KEYS))
    file.write_text(f"---\n{kept}{chr(10).join(random.sample(HEADERS, 1))}\n---\n{body}", "utf-8")


def weekly(_posts: list[Path], site: Path, random: Random) -> None:
    """Write, or take away, the news of some week in some folder; of some a file of another ending is there too."""
    place = random.choice(["", "", "sports/", "es/", "Sports/"])
    name = random.choice(["06-news", "13-news", "13-News", "20-news", "27-news", "13-news.es", "13-news.en"])
    file = site / f"content/posts/{place}2026-11-{name}{random.choice(['.md', '.md', '.markdown', '/index.md'])}"
    if file.exists() and random.random() < 0.6:
        file.unlink()
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(
        f"---\ntitle: News {random.randint(1, 3)}\n---\n\nWhat happened.\n\n![A picture](photo-1.png)\n", "utf-8"
    )


def copy_inside(posts: list[Path], site: Path, random: Random) -> None:
    """Put a copy of a story into a folder, by mistake or as another language, or take that folder away."""
    file, place = random.choice(posts), site / "content/posts" / random.choice(["posts", "es", "en/more", "it"])
    if place.exists() and random.random() < 0.5:
        shutil.rmtree(place)
        return
    place.mkdir(parents=True, exist_ok=True)
    if file.parent != place:
        shutil.copy(file, place / file.name)
    if random.random() < 0.5:
        text = (place / file.name).read_text("utf-8")
        (place / file.name).write_text(text.replace("---\n", "---\nlang: es\n", 1), "utf-8")


def page_versions(_posts: list[Path], site: Path, random: Random) -> None:
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


def static_in_the_way(_posts: list[Path], site: Path, random: Random) -> None:
    """Put a file where a page is, or take it away."""
    file = site / "static" / random.choice(["robots.txt", "wall/index.html", "news/index.html", "old/7.html"])
    if file.exists() and random.random() < 0.5:
        file.unlink()
    else:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"Number {random.randint(1, 9)}.\n", "utf-8")
