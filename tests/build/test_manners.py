"""The archives of eight generators: the first build passes, nothing is lost, and what is secret stays so."""

import re
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree.ElementTree import fromstring

import feedparser
import pytest
from selectolax.lexbor import LexborHTMLParser

from storysite.digest import digest_bytes
from storysite.model.post import PostHeader
from tests.build.manners import MANNERS, Tale
from tests.build.test_archives import broken_links
from tests.folder import Folder, tree

TITLES = [
    "Forty families came",
    "C# club: week {1, 2}",
    "¿Quién lee? Ñandú & co.",
    "Book club: Holes",
    '"Quoted" & <b>bold</b>',
    "100% of third grade",
    "Robots, robots",
    "It's here",
]
CODE = re.compile(
    r"\{%|%\}|\{\{|\}\}|\{:|\[/?(?:caption|youtube)|__GHOST|\{(?:static|attach|filename)\}|\|filename\||link://"
)


def tales_of(number: int) -> list[Tale]:
    """Return weekly news that share a slug, and stories with their own, each of which leads to the one before."""
    start = date(2025, 9, 5) + timedelta(days=number)
    told: list[Tale] = []
    for count in range(24):
        day = start + timedelta(weeks=count)
        weekly = count % 3 != 0
        seen = [tale for tale in told if not tale.secret]
        told.append(
            Tale(
                count,
                day,
                "friday-news" if weekly else f"story-{count}",
                f"News, week {count}" if weekly else TITLES[count // 3],
                secret=count % 6 == 5 or count in (12, 15),
                translated=count in (3, 4, 18),
                leads_to=seen[-1] if seen else None,
            )
        )
    return told


def published(folder: Folder, manner: str, tales: list[Tale]) -> dict[int, PostHeader]:
    """Write an archive, build it, and return the story of each tale by its number."""
    folder.write("storysite.yml", "title: Our shelf\nbase_url: https://shelf.example.org\nsearch: no\n")
    MANNERS[manner](folder, tales)
    found = {}
    for post in folder.build().site.index.originals:
        page = folder.page(post.url + "index.html" if post.url.endswith("/") else post.url)
        assert "Secretword" not in page, post.source
        found[int(re.findall(r"\bPlainword(\d+)\.", page)[0])] = post
    return found


@pytest.mark.parametrize("manner", MANNERS)
def test_the_first_build_of_an_archive_passes(folder: Folder, tmp_path: Path, manner: str) -> None:
    """Each story is published or named, with its picture and its links; no code and no secret is on any page."""
    tales = tales_of([*MANNERS].index(manner))
    shown = published(folder, manner, tales)
    assert set(shown) == {tale.number for tale in tales if not tale.secret}
    assert len({post.url for post in shown.values()}) == len(shown)
    for tale in tales:
        if not tale.secret:
            check_story(folder, manner, tale, shown)
    assert broken_links(folder.site) == set()
    for route, data in tree(folder.site).items():
        assert b"Secretword" not in data, route
        if route.endswith((".html", ".xml", ".json")):
            assert not CODE.search(data.decode()), route
    for feed in ("feed.xml", "atom.xml"):
        data = (folder.site / feed).read_bytes()
        fromstring(data)
        assert not feedparser.parse(data).bozo
    assert folder.clean(tmp_path / "elsewhere") == tree(folder.site)


def check_story(folder: Folder, manner: str, tale: Tale, shown: dict[int, PostHeader]) -> None:
    """A story's page has its picture, in a copy of those very bytes, its link, and one to its translation."""
    post = shown[tale.number]
    page = LexborHTMLParser(folder.page(post.url + "index.html"))
    text = page.css_first(".text")
    assert text is not None
    named = digest_bytes(tale.bytes).hex()[:10]
    pictures = [address for node in text.css("img") if named in (address := node.attributes.get("src") or "")]
    assert pictures, (manner, tale.number, text.html)
    assert all(opened(folder, post, address) for address in pictures)
    links = [
        node
        for node in text.css("a")
        if "then" in node.text() or (tale.leads_to and tale.leads_to.title in node.text())
    ]
    if tale.leads_to and links:
        target = shown[tale.leads_to.number]
        address = urljoin("/" + post.url, links[0].attributes.get("href") or "")
        assert address.removesuffix("index.html") == "/" + target.url
    assert len(page.css('link[rel="alternate"][hreflang="es"]')) == int(tale.translated), (manner, tale.number)


def opened(folder: Folder, post: PostHeader, address: str) -> bytes:
    """Return the bytes at an address that stands on a story's page; none if there is no such file."""
    file = folder.site / unquote(urljoin("/" + post.url, urlsplit(address).path)).lstrip("/")
    return file.read_bytes() if file.is_file() else b""


@pytest.mark.parametrize("manner", MANNERS)
def test_an_address_stays_when_newer_stories_come(folder: Folder, manner: str) -> None:
    """However many weeks of news follow, under one slug, each week that was published keeps its address."""
    tales = tales_of(3)
    known: dict[int, str] = {}
    for _, count in pairwise([0, 9, 17, 24]):
        found = {number: post.url for number, post in published(folder, manner, tales[:count]).items()}
        assert {number: found[number] for number in known} == known
        known = found
