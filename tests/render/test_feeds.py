"""The feeds as feed readers see them: what is new, when it was told, and the same story for ever."""

import json
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from tests.feeds import CREATOR, LINK, ROOT, SETTINGS, entries, feed_site, ids, items, parsed, quoted
from tests.folder import NOW, Folder


@pytest.fixture
def shelf(folder: Folder) -> Folder:
    """Return a site with settings, a tiny theme and no post."""
    return feed_site(folder)


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


def test_feeds_change_only_when_a_story_in_them_does(shelf: Folder) -> None:
    """A day on, with nothing new, every feed is the same bytes: readers who ask are told that nothing changed."""
    shelf.post("2026-10-01-story", id="story", tags="[robots]")
    shelf.build()
    names = [route for route in shelf.routes() if "feed" in route or route == "atom.xml"]
    before = {name: shelf.page(name) for name in names}
    shelf.build(now=NOW.replace(day=25), clean=True)
    assert {name: shelf.page(name) for name in names} == before
