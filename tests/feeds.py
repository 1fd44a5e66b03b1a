"""Feeds taken apart as feed readers do it, and a site to make them of."""

import json
import shutil
import warnings
from typing import Any
from xml.etree import ElementTree

from selectolax.lexbor import LexborHTMLParser

from tests.build.test_sites import THEME
from tests.folder import Folder

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # feedparser imports modules that Python will drop
    import feedparser


ROOT = "https://library.example.org/stories/"
SETTINGS = f"""title: Our story shelf
tagline: Small true stories
base_url: {ROOT}
timezone: America/Chicago
publish_time: "07:30"
author: The librarian
"""
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
LINK = "{http://www.w3.org/2005/Atom}link"
ATOM = "{http://www.w3.org/2005/Atom}"


def feed_site(folder: Folder) -> Folder:
    """Return a site with settings, a tiny theme and no post."""
    shutil.copytree(THEME, folder.path / "themes" / "default")
    folder.write("storysite.yml", SETTINGS)
    return folder


def parsed(folder: Folder, route: str) -> Any:
    """Return a feed as feedparser reads it, which must find nothing wrong."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        found = feedparser.parse(folder.page(route).encode(), sanitize_html=False, resolve_relative_uris=False)
    assert not found.bozo, found.get("bozo_exception")
    return found


def items(folder: Folder, route: str = "feed.xml") -> list[ElementTree.Element]:
    """Return the items of an RSS feed."""
    return ElementTree.fromstring(folder.page(route)).findall("./channel/item")


def entries(folder: Folder) -> list[dict[str, Any]]:
    """Return the items of the JSON feed."""
    found: list[dict[str, Any]] = json.loads(folder.page("feed.json"))["items"]
    return found


def ids(folder: Folder, route: str = "feed.xml") -> list[str | None]:
    """Return the ids of an RSS feed."""
    return [item.findtext("guid") for item in items(folder, route)]


def quoted(title: str) -> str:
    """Return a title as front matter can say it."""
    return json.dumps(title, ensure_ascii=False)


def addresses(html: str) -> list[str]:
    """Return every address in a feed's content, those in srcset one by one."""
    found: list[str] = []
    for node in LexborHTMLParser(html).css("[href], [src], [srcset], [poster]"):
        for name in ("href", "src", "poster"):
            found.extend(filter(None, [node.attributes.get(name)]))
        srcset = node.attributes.get("srcset")
        found.extend(part.split()[0] for part in (srcset or "").split(",") if part.strip())
    return found
