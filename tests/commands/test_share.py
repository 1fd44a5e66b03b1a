"""`storysite share` as people type it: what it prints, what it says first, what it refuses, and what it writes."""

from pathlib import Path

import pytest

from tests.command_line import said, small_site, storysite
from tests.folder import Folder

LINK = "https://library.example.org/stories/2026/11/robots/"


@pytest.fixture
def shelf(tmp_path: Path) -> Folder:
    """Return a site with one story, of a day that is over on every clock."""
    folder = small_site(tmp_path)
    (folder.path / "content/posts/2026-11-20-robots.md").unlink()
    folder.post("2024-11-20-robots", "Ten robots.", id="robots", title="Robots", tags="[paper robots]")
    return folder


def shared(shelf: Folder, *arguments: str) -> str:
    """Return what the command prints, where nothing is wrong."""
    result = storysite(shelf.path, "share", *arguments)
    assert (result.stderr, result.returncode) == ("", 0)
    return result.stdout


def refused(shelf: Folder, *arguments: str) -> str:
    """Return what the command says that does nothing."""
    result = storysite(shelf.path, "share", *arguments)
    assert (result.stdout, result.returncode) == ("", 2)
    return said(result, shelf.path)


def test_texts_are_printed_with_their_counts(shelf: Folder) -> None:
    """Of the newest story if none is named; nothing is built and nothing is posted."""
    printed = shared(shelf)
    assert printed.startswith(
        """Robots
content/posts/2024-11-20-robots.md
https://library.example.org/stories/2024/11/robots/

X (57 of 280)
Robots

Ten robots.

#PaperRobots
https://library.example.org/stories/2024/11/robots/

Mastodon (57 of 500)
"""
    )
    assert "\nInstagram\nInstagram needs a picture, and this story has none that may be shown there.\n" in printed
    assert printed.endswith("\nNothing was posted. Copy each text to its network yourself.\n")
    assert printed == shared(shelf, "robots")
    assert not shelf.site.exists()


def test_what_readers_cannot_open_yet_is_said_first(shelf: Folder) -> None:
    shelf.post("2024-12-01-draft", id="draft", title="Not yet", draft="true")
    shelf.post("2099-01-02-later", id="later", title="Later")
    shelf.post("2024-12-03-quiet", id="quiet", title="For the board", unlisted="true")
    first = {name: shared(shelf, name).splitlines()[0] for name in ("draft", "later", "board")}
    assert first == {
        "draft": "This story is a draft: its link leads nowhere until it is published, so do not post these texts yet.",
        "later": "This story goes live on 2099-01-02 at 06:00, post then: until that moment its link leads nowhere.",
        "board": "This story is unlisted: whoever sees one of these texts can find it.",
    }
    assert shared(shelf).splitlines()[0] == "Robots"


def test_what_is_not_for_the_public_gets_no_texts(shelf: Folder) -> None:
    shelf.post("2024-12-01-list", id="list", title="Class list", password="swordfish")
    shelf.post("_2024-12-02-idea", id="idea", title="Idea")
    shelf.post("2024-12-03-gone", id="gone", title="Gone", expires="2024-12-31")
    shelf.post("2024-12-04-broken", id="broken", title="Broken", date="2024-13-04")
    for name, why in {
        "list": "2024-12-01-list.md cannot be shared: it has a password, so it is not for the public",
        "idea": "_2024-12-02-idea.md cannot be shared: it has a name that begins with an underscore (_)",
        "gone": "2024-12-03-gone.md cannot be shared: it expired: it was shown until 2024-12-31",
        "broken": "2024-12-04-broken.md cannot be shared: it has a problem that must be fixed first",
    }.items():
        assert refused(shelf, name).startswith(f"content/posts/{why}"), name


def test_what_asks_about_a_public_vote_gets_no_texts(shelf: Folder) -> None:
    """Whatever a school sends out about a vote is a matter of law."""
    shelf.post(
        "2024-12-05-levy", id="levy", title="The levy", kind="ask", ask="{what: the school levy, by: 2024-12-20}"
    )
    assert refused(shelf, "levy") == (
        "content/posts/2024-12-05-levy.md cannot be shared: it asks about a public vote  [share-post]\n"
        "    hint: readers find it on the site; have the district office read what else goes out\n"
    )


def test_several_stories_are_listed(shelf: Folder) -> None:
    shelf.post("2024-12-01-more", id="more", title="More robots")
    shelf.post("2024-12-02-most", id="most", title="Most robots")
    assert shared(shelf, "robots").startswith("Robots\n"), "one is called so, and in others it is a part"
    assert refused(shelf, "ROBOT") == (
        "3 stories are called ROBOT: content/posts/2024-12-02-most.md (“Most robots”); "
        "content/posts/2024-12-01-more.md (“More robots”); content/posts/2024-11-20-robots.md (“Robots”)  [share-post]\n"
        "    hint: write the path of the one you mean\n"
    )


def test_without_an_address_there_is_no_link_to_share(shelf: Folder) -> None:
    shelf.write("storysite.yml", "title: Our story shelf\n")
    result = storysite(shelf.path, "share")
    assert (result.returncode, result.stdout) == (1, "")
    assert said(result, shelf.path) == (
        "storysite.yml: the site has no address yet, so there is no link to share  [base-url]\n"
        "    hint: write where people read it, such as base_url: https://library.example.org/stories\n"
        "No texts were made. Fix this problem first.\n"
    )


def test_without_a_story_there_is_nothing_to_share(shelf: Folder) -> None:
    (shelf.path / "content/posts/2024-11-20-robots.md").unlink()
    assert refused(shelf) == (
        "there is no story to share yet  [share-post]\n    hint: publish one first, or name a draft\n"
    )


def test_files_are_written_where_they_are_asked_for(shelf: Folder) -> None:
    """Those that are ours are written anew, and a record is added to."""
    arguments = ("--html", "out/share.html", "--sheet", "out/sheet.html", "--csv", "out/shared.csv")
    for _ in range(2):
        assert shared(shelf, *arguments).splitlines()[-3:] == [
            "out/share.html is written.",
            "out/sheet.html is written.",
            "out/shared.csv is written.",
        ]
    page, sheet, record = (
        (shelf.path / "out" / name).read_text("utf-8") for name in ("share.html", "sheet.html", "shared.csv")
    )
    assert "Copy the text for Mastodon" in page
    assert sheet.count("library.example.org/stories/2024/11/robots/") == 2, "once on each half"
    assert record.count("\n") > 6
    assert record.count("Mastodon") == 1
    again = shared(shelf, "--csv", "out/shared.csv")
    assert (shelf.path / "out/shared.csv").read_text("utf-8") == record, again


def test_what_somebody_wrote_is_not_replaced(shelf: Folder) -> None:
    mine = shelf.write("share.html", "<p>My own page")
    for option in ("--html", "--sheet", "--csv"):
        result = storysite(shelf.path, "share", option, "share.html")
        assert result.returncode == 2
        assert said(result, shelf.path) == (
            "share.html is there already, and storysite did not write it  [document-place]\n"
            "    hint: choose another name\n"
        )
        assert mine.read_text("utf-8") == "<p>My own page"


@pytest.mark.parametrize(
    "place", ["_site/share.html", "static/share.html", "content/posts/share.html", "./_site/../_site/a.html"]
)
def test_nothing_is_written_where_it_would_be_published(shelf: Folder, place: str) -> None:
    top = place.removeprefix("./").partition("/")[0]
    assert refused(shelf, "--html", place).startswith(
        f"{place.removeprefix('./')} would lie in {top}, which is part of the site"
    )
    assert not (shelf.path / place).exists()


def test_a_folder_is_no_file(shelf: Folder) -> None:
    (shelf.path / "out").mkdir()
    assert refused(shelf, "--csv", "out").startswith("out is a folder  [document-place]")


def test_a_message_moves_no_cursor(shelf: Folder) -> None:
    assert "\x1b" not in refused(shelf, "\x1b[2Jrobbots")
