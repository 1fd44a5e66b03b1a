"""A link by an address of another program leads to the one post that it can have meant, and otherwise to none."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from storysite.model.old_addresses import OldAddresses
from tests.folder import Folder


@pytest.fixture
def shelf(folder: Folder) -> Folder:
    """Return a site of a few stories, one of them told in two languages."""
    folder.post("2014-03-05-robots", title="Robots")
    folder.post("2013-11-20-book-fair", title="Book fair")
    folder.post("2014-11-19-book-fair", title="Book fair")
    folder.post("cafe", title="Café zoë", date="2015-01-31T23:30:00-06:00")
    folder.post("2016-02-03-maker-night", title="Maker night")
    folder.post("2016-02-03-maker-night.es", title="Noche")
    folder.post("undated", title="Undated")
    return folder


def lead(folder: Folder, target: str, **header: str) -> str:
    """Return where a link to `target` leads, relative to the site's root; "" if it is told to lead nowhere."""
    folder.post("2016-09-09-links", f"[Read]({target})", **header)
    built = folder.build()
    site = built.site
    post = site.by_source["content/posts/2016-09-09-links.md"]
    (url,) = site.links.of(post)
    told = [problem for problem in built.problems if problem.code == "link-missing"]
    assert bool(told) == (url is None)
    return url or ""


@pytest.mark.parametrize(
    ("target", "url"),
    [
        ("/2014/03/robots.html", "2014/03/robots/"),
        ("/2014/03/05/robots/", "2014/03/robots/"),
        ("/2014/03/06/robots/index.php", "2014/03/robots/"),
        ("/2014/robots.htm", "2014/03/robots/"),
        ("/article/robots/", "2014/03/robots/"),
        ("/blog/2014-03-05-robots.aspx#more", "2014/03/robots/"),
        ("/archives/Robots?share=facebook", "2014/03/robots/"),
        ("../../blog/robots", "2014/03/robots/"),
        ("/2013/11/20/book-fair.html", "2013/11/book-fair/"),
        ("/2014/11/book_fair.html", "2014/11/book-fair/"),
        ("/news/caf%C3%A9.html", "2015/02/cafe/"),
        ("/2015/01/31/cafe/", "2015/02/cafe/"),
        ("/blog/maker-night", "2016/02/maker-night/"),
        ("/blog/undated.html", "undated/"),
        # more than one post, none, another day, no page, the name of a listing
        ("/blog/book-fair.html", ""),
        ("/blog/librarian.html", ""),
        ("/2012/03/robots.html", ""),
        ("/2014/04/robots.html", ""),
        ("/2014/03/28/robots.html", ""),
        ("/2014/03/undated.html", ""),
        ("/files/robots.pdf", ""),
        ("/tag/robots/", ""),
        ("/Label/robots", ""),
        ("/search/label/robots", ""),
    ],
)
def test_a_link_by_an_old_address_leads_to_its_post(shelf: Folder, target: str, url: str) -> None:
    """By its last part, if that is the name of exactly one post, and a date in the address is its date."""
    assert lead(shelf, target) == url


def test_a_translation_links_to_the_post_in_its_language(shelf: Folder) -> None:
    """If there is one."""
    assert lead(shelf, "/blog/maker-night", lang="es") == "es/2016/02/maker-night/"
    assert lead(shelf, "/blog/robots", lang="es") == "2014/03/robots/"


def test_a_picture_is_no_post(shelf: Folder) -> None:
    """Nor is what is there under its own name."""
    shelf.post("2016-09-10-picture", "![Robots](/blog/robots)")
    shelf.write("content/pages/robots.md", "# Robots\n")
    assert lead(shelf, "/robots") == "robots/"
    assert "picture-missing" in {problem.code for problem in shelf.build().problems}


def test_a_second_post_of_the_name_takes_the_link_away_again(shelf: Folder) -> None:
    """An incremental build sees what a clean one sees."""
    assert lead(shelf, "/article/robots/") == "2014/03/robots/"
    assert '2014/03/robots/index.html">Read</a>' in shelf.page("2016/09/links/index.html")
    shelf.post("2017-01-01-robots", title="More robots")
    shelf.build()
    assert '2014/03/robots/index.html">Read</a>' not in shelf.page("2016/09/links/index.html")


@given(some.text(alphabet="/.?#%-0123456789abz \\é\x00", max_size=40))
def test_any_target_is_an_answer(target: str) -> None:
    """However strange it is."""
    assert OldAddresses([]).post_at(target) is None
