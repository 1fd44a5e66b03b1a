"""What `storysite status` tells of goodwill: lines that a person reads, and a page of the same."""

from pathlib import Path

import pytest

from storysite.model.goodwill import goodwill
from storysite.tell.ledger import advice_lines, ask_lines, ledger_lines, year_lines
from storysite.tell.ledger_page import ledger_page
from tests.command_line import storysite
from tests.folder import Folder


@pytest.fixture
def year(folder: Folder) -> Folder:
    """Return a site with a year of stories, two asks that nobody was thanked for, and one that asks while it thanks."""
    for month in ("2026-01", "2026-03", "2026-09", "2026-10"):
        for day in ("05", "12"):
            folder.post(f"{month}-{day}-story", title=f"Story of {month}-{day}")
    folder.post("2026-02-02-boxes", title="Boxes", id="boxes", kind="ask", ask="{what: boxes, status: met}")
    folder.post("2026-09-20-hands", title="Ten hands", id="hands", kind="ask", ask="{what: hands, by: 2026-10-01}")
    folder.post("2026-10-20-fair", title="The fair", kind="event")
    folder.post("2026-11-02-thanks", title="Thank you", kind="thanks", ask="more books")
    return folder


def test_the_ledger_reads_as_a_sum(year: Folder) -> None:
    """A row for each kind, the balance, what people aim for, and the advice."""
    assert "\n".join(ledger_lines(goodwill(year.build().site))) == (
        """Goodwill in the last 90 days
    +4  4 victories
    +1  1 thank-you
    -1  1 event (promotion counts)
    -3  1 ask
    -1  1 ask inside another post
    +0  balance: overdrawn (3 or more is ready for an ask)
  2.5 stories for each ask. Many people aim for 4; that is a custom, not a proven rule.
  0 stories since the last ask: first tell people how “Boxes” turned out."""
    )


def test_asks_without_thanks_are_listed_oldest_first(year: Folder) -> None:
    """With what is to be written so that they are thanked."""
    assert "\n".join(ask_lines(year.build().site)) == (
        """Asks without thanks (2), the oldest first
  content/posts/2026-02-02-boxes.md “Boxes”: met (id boxes)
  content/posts/2026-09-20-hands.md “Ten hands”: its date was October 1 (id hands)
  To thank people, write a post with kind: thanks, and follows_up: with the id of the ask."""
    )
    for name in ("boxes", "hands"):
        year.post(f"2026-11-10-{name}-came", title=f"The {name} came", kind="thanks", follows_up=name)
    assert list(ask_lines(year.build().site)) == []


def test_thanks_that_ask_at_once_are_named(year: Folder) -> None:
    """Advice, never an error."""
    assert "\n".join(advice_lines(goodwill(year.build().site))) == (
        """  content/posts/2026-11-02-thanks.md “Thank you” thanks and asks at once.
  A thank-you is believed when it stands alone. Put the ask in a post of its own."""
    )


def test_the_year_is_a_line_for_each_month(year: Folder) -> None:
    """From the first month that has a post, with the sums in words for who cannot see the marks."""
    assert "\n".join(year_lines(year.build().site)) == (
        """Month by month
  Jan 2026  ++   2 stories
  Feb 2026  !    1 ask
  Mar 2026  ++   2 stories
  Apr 2026       nothing told
  May 2026       nothing told
  Jun 2026       nothing told
  Jul 2026       nothing told
  Aug 2026       nothing told
  Sep 2026  ++!  2 stories, 1 ask
  Oct 2026  ++-  2 stories, 1 event
  Nov 2026  !    1 ask
  + a story or thanks   - an event   ! an ask"""
    )


def test_a_month_of_very_many_posts_stays_on_its_line(folder: Folder) -> None:
    """The marks are cut, the sum is whole."""
    for number in range(90):
        folder.post(f"2026-11-03-story-{number}", title=f"Story {number}")
    assert list(year_lines(folder.build().site))[1] == f"  Nov 2026  {'+' * 39}…  90 stories"


def test_a_site_without_stories_draws_no_year(folder: Folder) -> None:
    """There is nothing to see yet."""
    assert list(year_lines(folder.build().site)) == []


def test_the_page_shows_titles_as_they_are_written(folder: Folder) -> None:
    """What looks like HTML in a title is text."""
    folder.post("2026-03-01-ask", title='"<script>alert(1)</script> & more"', kind="ask", ask="{what: x, status: met}")
    page = ledger_page(folder.build().site)
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in page


def test_the_page_is_written_again_but_never_over_a_file_of_hers(year: Folder, tmp_path: Path) -> None:
    """Nor where readers could see it, and nothing of it is on the site."""
    for _ in range(2):
        result = storysite(year.path, "status", "--html", "goodwill.html")
        assert (result.returncode, result.stderr) == (0, "")
        assert "Written to goodwill.html, for you alone." in result.stdout
    assert "Asks without thanks" in (year.path / "goodwill.html").read_text("utf-8")
    year.write("mine.html", "<p>My own.")
    for name, what in (("mine.html", "storysite did not write it"), ("_site/g.html", "readers see"), (".", "a folder")):
        result = storysite(year.path, "status", "--html", name)
        assert result.returncode == 2
        assert what in result.stderr
    for top in ("static", "content", "themes"):
        result = storysite(year.path, "status", "--html", f"{top}/goodwill.html")
        assert f"would lie in {top}, which is part of the site" in result.stderr
        assert not (year.path / top / "goodwill.html").exists()
    assert (year.path / "mine.html").read_text("utf-8") == "<p>My own."
    storysite(year.path, "build")
    assert "goodwill.html" not in year.routes()


def test_each_build_says_how_goodwill_stands(year: Folder) -> None:
    """In its last line, also when there is nothing to build; a site without stories says nothing of it."""
    for _ in range(2):
        assert (
            storysite(year.path, "build").stdout.splitlines()[-1].startswith("Goodwill: 0 stories since the last ask: ")
        )
    for file in (year.path / "content/posts").iterdir():
        file.unlink()
    assert "Goodwill" not in storysite(year.path, "build", "--allow-deletions").stdout
