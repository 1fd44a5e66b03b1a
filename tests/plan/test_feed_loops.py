"""In feeds, too, a story links to the one that it follows up, and that one to it."""

import feedparser
import pytest

from tests.folder import Folder


def linked(folder: Folder, route: str, slug: str) -> str:
    """Return what stands below the text of a story in a feed."""
    folder.build()
    (entry,) = [each for each in feedparser.parse(folder.page(route)).entries if each.link.endswith(f"/{slug}/")]
    return str(entry.content[0].value).partition("Text.</p>")[2].strip()


@pytest.fixture
def asked(folder: Folder) -> Folder:
    """Return a site with an ask and a story that follows it up."""
    folder.write("storysite.yml", "title: Ours\nbase_url: https://library.example.org/stories\n")
    folder.post("2026-11-02-seeds", title="Seeds <3", id="seeds", kind="ask", ask="{what: seeds, status: met}")
    folder.post("2026-11-10-grew", title="It grew & grew", follows_up="seeds")
    return folder


@pytest.mark.parametrize("route", ["feed.xml", "atom.xml", "kinds/ask/feed.xml"])
def test_a_feed_tells_how_an_ask_went_on(asked: Folder, route: str) -> None:
    """With a full address, and words that are only words."""
    assert linked(asked, route, "seeds") == (
        '<p>How it went on: <a href="https://library.example.org/stories/2026/11/grew/">It grew &amp; grew</a></p>'
    )


@pytest.mark.parametrize("route", ["feed.xml", "atom.xml", "kinds/victory/feed.xml"])
def test_a_feed_tells_what_a_story_answers(asked: Folder, route: str) -> None:
    """The ask need not be in the same feed."""
    assert linked(asked, route, "grew") == (
        '<p>This story answers <a href="https://library.example.org/stories/2026/11/seeds/">Seeds &lt;3</a>.</p>'
    )


def test_a_feed_is_made_again_when_an_answer_comes_or_has_another_name(asked: Folder) -> None:
    """Of the kind that it is not in, too."""
    asked.build()
    asked.post("2026-11-10-grew", title="It grew well", follows_up="seeds")
    assert "kinds/ask/feed.xml" in {url for url, _ in asked.build().result.made}
    assert "It grew well" in linked(asked, "kinds/ask/feed.xml", "seeds")


@pytest.mark.parametrize("header", [{"draft": "true"}, {"unlisted": "true"}, {"date": "2027-01-01"}])
def test_what_readers_cannot_see_is_in_no_feed(asked: Folder, header: dict[str, str]) -> None:
    """Not even in a preview, whose feeds are those of the site."""
    asked.post("2026-11-10-grew", title="It grew & grew", follows_up="seeds", **header)
    assert linked(asked, "feed.xml", "seeds") == ""
    asked.build(drafts=True, future=True)
    assert "It grew" not in asked.page("feed.xml")
