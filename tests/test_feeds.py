"""The feeds as feed readers see them: what is new, whole, in full addresses, and the same story for ever."""

import json
import re
import shutil
import warnings
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.folder import NOW, Folder
from tests.test_sites import THEME

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
HOSTILE = [
    "<script>alert(1)</script>",
    "Cats & dogs <b>bold</b> &amp; &lt;tags&gt;",
    "The end ]]> of <![CDATA[ all",
    "She said \"hi\" and 'bye'",
    "Ünïcödé 读书 مكتبة 🎉 \u200d end",
    "100 % of {{ everything }} {% here %}",
    "Back\\slash and -- dashes --> and <!-- a comment",
]


@pytest.fixture
def shelf(folder: Folder) -> Folder:
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


def well_formed(folder: Folder) -> None:
    """Assert that both feeds in XML can be read."""
    for route in ("feed.xml", "atom.xml"):
        assert re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe]", folder.page(route)) is None, route
        parsed(folder, route)


def quoted(title: str) -> str:
    """Return a title as front matter can say it."""
    return json.dumps(title, ensure_ascii=False)


def test_all_feeds_tell_of_the_same_twenty_newest_stories(shelf: Folder) -> None:
    """RSS, Atom and JSON have the newest twenty of the shown posts, the newest first, with title and address."""
    for number in range(1, 24):
        shelf.post(f"2026-10-{number:02}-story-{number}", id=f"story-{number}", title=f"Story {number}")
    shelf.build()
    numbers = range(23, 3, -1)
    expected = [(f"story-{number}", f"Story {number}", f"{ROOT}2026/10/story-{number}/") for number in numbers]
    assert [tuple(item.findtext(name) for name in ("guid", "title", "link")) for item in items(shelf)] == expected
    assert [(entry["id"], entry["title"], entry["url"]) for entry in entries(shelf)] == expected
    atom = parsed(shelf, "atom.xml").entries
    assert [(entry.id.removeprefix("urn:storysite:"), entry.title, entry.link) for entry in atom] == expected


def test_a_feed_names_itself_and_its_home(shelf: Folder) -> None:
    """Each feed has its own full address, the page it belongs to, its title and its language."""
    shelf.post("2026-10-01-story", id="story")
    shelf.build()
    events = ElementTree.fromstring(shelf.page("feed.xml")).find("channel")
    assert events is not None
    own = events.find(LINK)
    assert own is not None
    assert own.attrib == {"href": f"{ROOT}feed.xml", "rel": "self", "type": "application/rss+xml"}
    assert events.findtext("link") == ROOT
    assert events.findtext("title") == "Our story shelf"
    assert events.findtext("description") == "Small true stories"
    assert events.findtext("language") == "en"
    links = {link["rel"]: link["href"] for link in parsed(shelf, "atom.xml").feed.links}
    assert links == {"self": f"{ROOT}atom.xml", "alternate": ROOT}
    whole = json.loads(shelf.page("feed.json"))
    assert (whole["version"], whole["feed_url"]) == ("https://jsonfeed.org/version/1.1", f"{ROOT}feed.json")
    assert whole["home_page_url"] == ROOT


def test_the_id_is_told_word_for_word_and_is_no_address(shelf: Folder) -> None:
    """An id that another program gave, even an address, is repeated as it is, so that nobody gets a story twice."""
    given = ["01JD8T0000000000000000FORTY", "https://old.blogspot.com/2013/11/post.html", "tag:blogger.com,1999:post-1"]
    for number, identity in enumerate(given, 1):
        shelf.post(f"2026-10-0{number}-story-{number}", id=quoted(identity))
    shelf.build()
    assert ids(shelf) == given[::-1]
    assert {item.find("guid").attrib["isPermaLink"] for item in items(shelf)} == {"false"}  # type: ignore[union-attr]
    assert [entry["id"] for entry in entries(shelf)] == given[::-1]
    atom = [entry.id for entry in parsed(shelf, "atom.xml").entries]
    assert atom == [*given[:0:-1], "urn:storysite:01JD8T0000000000000000FORTY"]


@pytest.mark.parametrize("identity", ["01JD8T0000000000000000FORTY", ""])
def test_no_edit_makes_a_story_new_to_its_readers(identity: str, shelf: Folder) -> None:
    """Title, text, slug, day, tags and even the site's address may change: the id in all feeds stays."""
    given = {"id": identity} if identity else {}
    shelf.post("2026-10-01-story", "One.", title="One", **given)
    shelf.build()
    before = ids(shelf), [entry.id for entry in parsed(shelf, "atom.xml").entries], entries(shelf)[0]["id"]
    shelf.post("2026-10-01-story", "Two.", title="Two", slug="two", date="2026-10-02", tags="[a]", **given)
    shelf.write("storysite.yml", SETTINGS.replace("library.example.org", "elsewhere.example"))
    shelf.build()
    after = ids(shelf), [entry.id for entry in parsed(shelf, "atom.xml").entries], entries(shelf)[0]["id"]
    assert after == before
    assert items(shelf)[0].findtext("link") == "https://elsewhere.example/stories/2026/10/two/"


def test_a_bare_day_is_published_at_the_publish_hour_of_the_site(shelf: Folder) -> None:
    """The same hour in the site's zone in summer and winter, never midnight UTC; a written hour counts as written."""
    shelf.post("2026-07-01-summer", id="summer")
    shelf.post("2026-11-20-winter", id="winter")
    shelf.post("exact", id="exact", date="2026-11-21T03:00:00Z")
    shelf.build()
    dates = [item.findtext("pubDate") for item in items(shelf)]
    assert dates == [
        "Fri, 20 Nov 2026 21:00:00 -0600",
        "Fri, 20 Nov 2026 07:30:00 -0600",
        "Wed, 01 Jul 2026 07:30:00 -0500",
    ]
    assert [entry["date_published"] for entry in entries(shelf)] == [
        "2026-11-20T21:00:00-06:00",
        "2026-11-20T07:30:00-06:00",
        "2026-07-01T07:30:00-05:00",
    ]
    assert [entry.published for entry in parsed(shelf, "atom.xml").entries] == [
        entry["date_published"] for entry in entries(shelf)
    ]


def test_a_post_appears_in_the_feeds_at_its_hour_and_not_before(shelf: Folder) -> None:
    """A minute before the publish hour the feeds do not have the post of the day, at that minute they do."""
    shelf.post("2026-11-24-today", id="today")
    shelf.build(now=datetime(2026, 11, 24, 13, 29, tzinfo=UTC))
    assert ids(shelf) == []
    shelf.build(now=datetime(2026, 11, 24, 13, 30, tzinfo=UTC))
    assert ids(shelf) == ["today"]


def test_no_feed_ever_tells_of_a_draft_or_a_day_to_come(shelf: Folder) -> None:
    """A preview with drafts and future posts shows them on pages, but in no feed of the site or of a group."""
    shelf.post("2026-10-01-told", id="told", tags="[robots]")
    shelf.post("2026-10-02-draft", id="draft", tags="[robots]", draft="true")
    shelf.post("2026-12-24-future", id="future", tags="[robots]")
    shelf.post("2026-10-03-old", id="expired", tags="[robots]", expires="2026-11-01")
    shelf.build(drafts=True, future=True)
    assert {"2026/10/draft/index.html", "2026/12/future/index.html"} <= shelf.routes()
    for route in ("feed.xml", "tags/robots/feed.xml", "kinds/victory/feed.xml"):
        assert ids(shelf, route) == ["told"]
    assert [entry["id"] for entry in entries(shelf)] == ["told"]
    assert [entry.id for entry in parsed(shelf, "atom.xml").entries] == ["urn:storysite:told"]


def test_drafts_do_not_push_told_stories_out_of_the_feeds(shelf: Folder) -> None:
    """Twenty stories are in the feed although the preview shows newer drafts."""
    for number in range(1, 26):
        shelf.post(f"2026-10-{number:02}-story-{number}", id=f"story-{number}", draft=str(number > 20).lower())
    shelf.build(drafts=True)
    assert ids(shelf) == [f"story-{number}" for number in range(20, 0, -1)]


@pytest.mark.parametrize("title", HOSTILE)
def test_a_title_survives_whatever_is_in_it(title: str, shelf: Folder) -> None:
    """Markup, quotes, the end of a CDATA section and emoji are text in every feed."""
    shelf.post("2026-10-01-story", id="story", title=quoted(title), summary=quoted(f"S {title}"), author=quoted(title))
    shelf.build()
    said = title.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")  # entities of old exports are resolved
    assert items(shelf)[0].findtext("title") == said
    assert entries(shelf)[0]["title"] == said
    atom = ElementTree.fromstring(shelf.page("atom.xml")).find(f"{ATOM}entry")
    assert atom is not None
    assert atom.findtext(f"{ATOM}title") == said
    assert atom.findtext(f"{ATOM}author/{ATOM}name") == items(shelf)[0].findtext(CREATOR)


def test_no_control_character_reaches_a_feed(shelf: Folder) -> None:
    """Control characters, which XML cannot hold, are left out of titles and text, and the feeds stay well-formed."""
    shelf.write(
        "content/posts/2026-10-01-a.md", b"---\nid: a\ntitle: Bell\x07 and\x0b tab\n---\n\nForm\x0c feed\x00.\n"
    )
    shelf.build()
    well_formed(shelf)
    assert items(shelf)[-1].findtext("title") == "Bell and tab"


@pytest.mark.parametrize("form", ['---\ntitle: "{}"\n---\n', '+++\ntitle = "{}"\n+++\n', '{{"title": "{}"}}\n'])
def test_no_escaped_control_character_reaches_a_feed(form: str, shelf: Folder) -> None:
    """What YAML, TOML and JSON write as an escape is a control character all the same."""
    shelf.write("content/posts/2026-10-01-a.md", form.format("Bell\\u0007 and\\uFFFE end") + "\nText.\n")
    shelf.build()
    well_formed(shelf)
    assert items(shelf)[-1].findtext("title") == "Bell and end"


@pytest.mark.parametrize("code", ["&#7;", "&#x1F;", "&#xFFFE;", "&#1;0&#2;", "&#1;9&#2;"])
def test_no_numbered_control_character_reaches_a_feed(code: str, shelf: Folder) -> None:
    """What HTML writes as a number is a control character all the same, and never one of the marks of links."""
    shelf.post("2026-10-01-a", f"A {code} bell and [a list](/list.txt).", id="a")
    shelf.write("static/list.txt", "list")
    shelf.build()
    well_formed(shelf)
    assert addresses(items(shelf)[0].findtext(CONTENT) or "") == [f"{ROOT}list.txt"]


def test_the_whole_text_is_in_the_feed(shelf: Folder) -> None:
    """Readers get the whole story, what follows the fold included, with every CDATA end in it intact."""
    shelf.post(
        "2026-10-01-story", "First ]]> part.\n\n<!--more-->\n\nSecond part.\n\n```xml\n<![CDATA[x]]>\n```", id="story"
    )
    shelf.build()
    whole = items(shelf)[0].findtext(CONTENT) or ""
    assert LexborHTMLParser(whole).text(separator=" ").split() == "First ]]> part. Second part. <![CDATA[x]]>".split()
    assert entries(shelf)[0]["content_html"] == whole
    assert parsed(shelf, "atom.xml").entries[0].content[0].value == whole


def test_what_a_story_says_of_attributes_is_left_alone(shelf: Folder) -> None:
    """Only tags lose the attributes that readers need not have; a story about them keeps its words."""
    shelf.post("2026-10-01-story", 'Write `<img src="a" loading="lazy">` or ` tabindex="0"`.', id="story")
    shelf.build()
    text = LexborHTMLParser(items(shelf)[0].findtext(CONTENT) or "").text()
    assert text.strip() == 'Write <img src="a" loading="lazy"> or tabindex="0".'


def test_a_feed_has_no_script_frame_or_form(shelf: Folder) -> None:
    """What feed readers would refuse or strip is not sent to them."""
    shelf.post(
        "2026-10-01-story",
        "<script>x()</script>\n\n<iframe src='https://example.com/'></iframe>\n\n<form></form>\n\nText.",
    )
    shelf.build()
    whole = LexborHTMLParser(items(shelf)[0].findtext(CONTENT) or "")
    assert whole.css("script, iframe, form, style") == []
    assert "Text." in whole.text()


def addresses(html: str) -> list[str]:
    """Return every address in a feed's content, those in srcset one by one."""
    found: list[str] = []
    for node in LexborHTMLParser(html).css("[href], [src], [srcset], [poster]"):
        for name in ("href", "src", "poster"):
            found.extend(filter(None, [node.attributes.get(name)]))
        srcset = node.attributes.get("srcset")
        found.extend(part.split()[0] for part in (srcset or "").split(",") if part.strip())
    return found


def test_every_address_in_a_feed_is_in_full(shelf: Folder) -> None:
    """Links, pictures and files lead to the site from wherever they are read."""
    for name in ("robot one.png", "small.png", "sheet.pdf"):
        shelf.write(f"content/posts/2026-10-01-story/{name}", name)
    shelf.write("static/list.txt", "list")
    shelf.post("2026-09-01-other", id="other", aliases="/old.html")
    body = """![](robot one.png) [sheet](sheet.pdf#page=2) [list](/list.txt) [post](../2026-09-01-other.md) [home](/)
[old](/old.html) [page](/archive/)

<img srcset="small.png 480w, robot%20one.png 2x" alt="">"""
    shelf.post("2026-10-01-story/index", body, id="story")
    shelf.build()
    for html in (items(shelf)[0].findtext(CONTENT) or "", entries(shelf)[0]["content_html"]):
        found = addresses(html)
        assert len(found) == 9
        assert [address for address in found if not address.startswith(ROOT)] == []
    assert f"{ROOT}media/posts/2026-10-01-story/robot%20one.png" in found
    assert f"{ROOT}media/posts/2026-10-01-story/sheet.pdf#page=2" in found


@pytest.mark.parametrize("body", ["[Here](#there)", "A note[^1].\n\n[^1]: Below.", "[Nothing](no-such-file.md)"])
def test_a_place_on_the_page_itself_is_in_full_too(body: str, shelf: Folder) -> None:
    """A footnote's link leads to the story's page, for a reader shows many stories on one page of its own."""
    shelf.post("2026-10-01-story", body, id="story")
    shelf.build()
    found = addresses(items(shelf)[0].findtext(CONTENT) or "")
    assert found != []
    assert [address for address in found if not address.startswith(f"{ROOT}2026/10/story/")] == []


@pytest.mark.parametrize(
    "html", ['<img src="a.png" srcset="a.png 2x" alt="">', '<video src="a.png" poster="a.png"></video>']
)
def test_an_element_with_two_addresses_keeps_both(html: str, shelf: Folder) -> None:
    """A picture in two sizes, and a film with a picture before it, lead to their files."""
    shelf.write("content/posts/a.png", "picture")
    shelf.post("2026-10-01-story", html, id="story")
    shelf.build()
    assert set(addresses(items(shelf)[0].findtext(CONTENT) or "")) == {f"{ROOT}media/posts/a.png"}


def test_each_author_is_named(shelf: Folder) -> None:
    """Every author has an element of their own; a post that names none is by the author of the site."""
    shelf.post("2026-10-01-one", id="one", authors="[Ms. Rivera, 'Ng, Mr.']")
    shelf.post("2026-10-02-two", id="two")
    shelf.build()
    named = [[creator.text for creator in item.findall(CREATOR)] for item in items(shelf)]
    assert named == [["The librarian"], ["Ms. Rivera", "Ng, Mr."]]
    assert [entry["authors"] for entry in entries(shelf)] == [
        [{"name": "The librarian"}],
        [{"name": "Ms. Rivera"}, {"name": "Ng, Mr."}],
    ]


def test_atom_says_when_a_story_was_changed(shelf: Folder) -> None:
    """An entry's `updated` is the day of its last change; the feed's is the newest of all, an old story's included."""
    shelf.post("2026-09-01-old", id="old", updated="2026-11-22")
    shelf.post("2026-10-01-new", id="new")
    shelf.build()
    feed = parsed(shelf, "atom.xml")
    assert [(entry.published, entry.updated) for entry in feed.entries] == [
        ("2026-10-01T07:30:00-05:00", "2026-10-01T07:30:00-05:00"),
        ("2026-09-01T07:30:00-05:00", "2026-11-22T07:30:00-06:00"),
    ]
    assert feed.feed.updated == "2026-11-22T07:30:00-06:00"
    assert [entry.get("date_modified") for entry in entries(shelf)] == [None, "2026-11-22T07:30:00-06:00"]


def test_every_group_has_a_feed_of_its_own(shelf: Folder) -> None:
    """A tag, series, author, audience, category and kind each have a feed with the stories that belong to it."""
    shelf.post(
        "2026-10-01-in",
        id="in",
        tags="[Robots]",
        series="Maker nights",
        audience="families",
        category="Wishes",
        kind="thanks",
    )
    shelf.post("2026-10-02-out", id="out", author="Ms. Rivera")
    shelf.build()
    for home in ("tags/robots/", "series/maker-nights/", "audiences/families/", "categories/wishes/", "kinds/thanks/"):
        assert ids(shelf, f"{home}feed.xml") == ["in"]
        feed = parsed(shelf, f"{home}feed.xml").feed
        assert feed.link == f"{ROOT}{home}"
        assert {link["href"] for link in feed.links if link["rel"] == "self"} == {f"{ROOT}{home}feed.xml"}
        assert feed.title.startswith("Our story shelf: ")
    assert ids(shelf, "authors/ms-rivera/feed.xml") == ["out"]


def test_a_site_without_posts_has_feeds_that_can_be_read(shelf: Folder) -> None:
    """An empty shelf has valid empty feeds, to subscribe to from the first day."""
    shelf.build()
    assert parsed(shelf, "feed.xml").entries == []
    assert parsed(shelf, "atom.xml").entries == []
    assert entries(shelf) == []


def test_what_storysite_does_not_know_is_told_nobody(shelf: Folder) -> None:
    """Unknown front matter, consents and the names of people in pictures stay in the file and reach no page."""
    secret = "SECRET-4711"
    shelf.post(
        "2026-10-01-story",
        "Text.",
        id="story",
        phone=secret,
        notes=f"{{inside: {secret}}}",
        people=f"[{{name: {secret}, role: student, consent: {secret}}}]",
        photos=f"[{{src: a.png, shows: [{secret}]}}]",
        quote=f"{{text: I made it, by: a child, consent: {secret}}}",
        draft="false",
    )
    shelf.post("2026-10-02-draft", secret, id=secret, title=secret, tags=f"[{secret}]", draft="true")
    shelf.post("2026-12-24-future", secret, id=f"{secret}-2", title=secret, series=secret)
    shelf.write("content/posts/private.txt", secret)
    shelf.write("data/secrets.yml", f"phone: {secret}\n")
    shelf.build()
    leaks = [route for route in shelf.routes() if secret.encode() in (shelf.site / route).read_bytes()]
    assert leaks == []
    assert [route for route in shelf.routes() if secret.lower() in route.lower() or "private" in route] == []


def test_feeds_change_only_when_a_story_in_them_does(shelf: Folder) -> None:
    """A day on, with nothing new, every feed is the same bytes: readers who ask are told that nothing changed."""
    shelf.post("2026-10-01-story", id="story", tags="[robots]")
    shelf.build()
    names = [route for route in shelf.routes() if "feed" in route or route == "atom.xml"]
    before = {name: shelf.page(name) for name in names}
    shelf.build(now=NOW.replace(day=25), clean=True)
    assert {name: shelf.page(name) for name in names} == before
