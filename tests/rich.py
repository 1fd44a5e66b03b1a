"""A small site that has something of everything, and edits of it that each change one thing."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

from storysite import i18n
from storysite.build.open_site import open_site
from storysite.build.options import BuildOptions
from storysite.model.index import Index
from storysite.model.site import Site
from storysite.model.theme import Design, Template, Theme, ThemeListing
from storysite.plan.plan import Plan, plan_site
from tests.folder import ICON, NOW, Folder

SETTINGS = (
    "title: Our shelf\ntheme: shelf\nbase_url: https://example.org\ntimezone: America/Chicago\nposts_per_page: 2\n"
)
ROBOTS = "content/posts/2026-03-01-robots.md"
STORY = """---
id: robots
title: Robots
tags: [tech, club]
series: Maker nights
author: Ms. Rivera
category: clubs
audience: families
summary: They move.
impact: [{metric: visits, value: 12}]
---
# Robots

They [danced](2026-03-04-poems.md) and [sang](/about/).

## How

![A robot](robot.png) ![Another](kite.png) [List](/list.txt)
"""
FILES = {
    "storysite.yml": SETTINGS,
    ROBOTS: STORY,
    "content/posts/2026-03-01-robots.es.md": "---\nid: robots\ntitle: Robots de aquí\n---\nBailaron.\n",
    "content/posts/2026-03-04-poems.md": "---\nid: poems\ntitle: Poems\ntags: [club]\naliases: /old/\n---\nA [robot](2026-03-01-robots.md).\n",
    "content/posts/2025-11-20-kites.md": "---\nid: kites\ntitle: Kites\nkind: thanks\nimage: kite.png\nimage_alt: A kite\n---\nHigh.\n",
    "content/posts/2026-09-10-garden.md": "---\nid: garden\ntitle: Garden\nkind: ask\nask: {what: help, goal: 4}\nfollows_up: kites\n---\nSeeds.\n",
    "content/posts/2026-10-10-letters.md": "---\nid: letters\ntitle: Letters\nkind: event\nevent: {start: 2026-12-05T18:00}\nseries: Maker nights\n---\nInk.\n",
    "content/posts/labels.md": "---\nid: labels\ntitle: Labels\n---\nStraight.\n",
    "content/pages/about.md": "---\ntitle: About us\nmenu: 1\n---\nWe [build](guide/writing.md).\n",
    "content/pages/guide/index.md": "---\ntitle: Guide\n---\nRead.\n",
    "content/pages/guide/writing.md": "---\ntitle: Writing\nsummary: Pens.\n---\nWrite.\n",
    "content/posts/robot.png": ICON + "robot",
    "content/posts/kite.png": ICON + "kite",
    "static/list.txt": "list",
    "data/hours.yml": "monday: nine\n",
    "themes/shelf/theme.yaml": "card_fields: [mood, grades, menu]\n",
}
TEXTS = {
    "body": ("They [danced]", "They all [danced]"),
    "words": ("They [danced]", "word " * 900 + "[danced]"),
    "summary": ("They move.", "They move on."),
    "heading": ("## How", "## How they move"),
    "level": ("## How", "### How"),
    "lines": ("## How", "\n\n## How"),
    "first picture": ("![A robot](robot.png) ![Another](kite.png)", "![Another](kite.png) ![A robot](robot.png)"),
}
"""Edits of the text of the first story: what is written instead of what."""
HEADERS = {
    "title": ("title: Robots", "title: Androids"),
    "id": ("id: robots", "id: androids"),
    "slug": ("id: robots", "id: robots\nslug: moved"),
    "kind": ("id: robots", "id: robots\nkind: news"),
    "date": ("id: robots", "id: robots\ndate: 2026-03-02"),
    "month": ("id: robots", "id: robots\ndate: 2026-08-02"),
    "later month": ("id: robots", "id: robots\ndate: 2026-04-02"),
    "updated": ("id: robots", "id: robots\nupdated: 2026-05-06"),
    "expires": ("id: robots", "id: robots\nexpires: 2026-05-06"),
    "draft": ("id: robots", "id: robots\ndraft: true"),
    "pin": ("id: robots", "id: robots\npin: true"),
    "archived": ("id: robots", "id: robots\narchived: true"),
    "layout": ("id: robots", "id: robots\nlayout: page"),
    "language": ("id: robots", "id: robots\nlang: de"),
    "alias": ("id: robots", "id: robots\naliases: /older/"),
    "card field": ("id: robots", "id: robots\nmood: glad"),
    "known card field": ("id: robots", "id: robots\ngrades: 3"),
    "unknown key": ("id: robots", "id: robots\nweather: fine"),
    "tags": ("[tech, club]", "[tech]"),
    "series": ("series: Maker nights", "series: Nights"),
    "author": ("Ms. Rivera", "Mr. Okafor"),
    "category": ("category: clubs", "category: rooms"),
    "audience": ("audience: families", "audience: staff"),
    "impact": ("value: 12", "value: 13"),
    "picture": ("id: robots", "id: robots\nimage: kite.png"),
    "no picture": ("![A robot](robot.png) ![Another](kite.png)", ""),
    "missing picture": ("(robot.png)", "(absent.png)"),
    "link": ("(2026-03-04-poems.md)", "(2025-11-20-kites.md)"),
    "missing link": ("(2026-03-04-poems.md)", "(absent.md)"),
    "ask": ("id: robots", "id: robots\nask: {what: seeds}"),
    "event": ("id: robots", "id: robots\nevent: {start: 2026-12-06T18:00}"),
    "quote": ("id: robots", "id: robots\nquote: {text: Yes}"),
    "follows": ("id: robots", "id: robots\nfollows_up: poems"),
}
"""Edits of its header, and of where it links to."""
OTHERS = {
    "target": ("content/posts/2026-03-04-poems.md", "id: poems", "id: poems\nslug: verses"),
    "answer": ("content/posts/2026-09-10-garden.md", "title: Garden", "title: Our garden"),
    "ask": ("content/posts/2026-09-10-garden.md", "what: help", "what: hands"),
    "translation": ("content/posts/2026-03-01-robots.es.md", "aquí", "allá"),
    "page": ("content/pages/about.md", "title: About us", "title: We"),
    "order": ("content/pages/guide/writing.md", "title: Writing", "title: Writing\norder: 1\nmenu: 2"),
    "undated": ("content/posts/labels.md", "title: Labels", "title: New labels"),
    "card picture": ("content/posts/2025-11-20-kites.md", "image: kite.png", "image: robot.png"),
    "settings": ("storysite.yml", "title: Our shelf", "title: Your shelf"),
    "size": ("storysite.yml", "posts_per_page: 2", "posts_per_page: 3"),
    "base path": ("storysite.yml", "https://example.org", "https://example.org/shelf"),
    "year": ("storysite.yml", "title:", "school_year_start: 03-03\ntitle:"),
    "data": ("data/hours.yml", "nine", "ten"),
    "card field": ("content/pages/about.md", "menu: 1", "menu: 3"),
    "card fields": ("themes/shelf/theme.yaml", "[mood, grades, menu]", "[weather]"),
    "lost picture": ("content/posts/kite.png", ICON + "kite", ""),
    "lost target": ("content/pages/about.md", FILES["content/pages/about.md"], ""),
}
"""Edits of other files; one of which nothing is left is deleted."""


class Everything(frozenset[str]):
    """The names of a template that asks for all there is."""

    def __contains__(self, name: object) -> bool:
        return True


def rich(path: Path) -> Folder:
    """Return the site, in a new folder."""
    folder = Folder(path)
    for name, text in FILES.items():
        folder.write(name, text)
    return folder


def edits() -> Iterator[tuple[str, str, str, str]]:
    """Yield every edit: its name, the file, what stands there, and what is written instead."""
    for name, (old, new) in {**TEXTS, **HEADERS}.items():
        yield name, ROBOTS, old, new
    for name, (file, old, new) in OTHERS.items():
        yield f"{name} of another file", file, old, new


def edited(folder: Folder, path: Path, file: str, old: str, new: str) -> Folder:
    """Return a copy of the site in `path` in which one thing is changed."""
    copytree(folder.path, path)
    text = (path / file).read_text("utf-8")
    assert old in text, old
    changed = Folder(path).write(file, text.replace(old, new, 1))
    if not changed.stat().st_size:
        changed.unlink()
    return Folder(path)


def site_of(folder: Folder) -> Site:
    """Return the Site that lies in a folder."""
    with open_site(BuildOptions(folder.path, now=NOW, jobs=1)) as opened:
        return opened.site


def plan_of(index: Index, folder: Folder) -> Plan:
    """Return the plan of a site with templates that ask for everything they can be given."""
    design = Design(listings={"thanked": ThemeListing((("kind", "thanks"),))})
    return plan_site(index, i18n, Theme((), design, Greedy()), folder.path)


class Greedy(dict[str, Template]):
    """Templates of all names, each of which asks for everything."""

    def __missing__(self, name: str) -> Template:
        return Template(name, b"", Everything())
