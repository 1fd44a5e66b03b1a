"""Links in full to the site's own address are links within it, as exports of other programs write them."""

import pytest

from storysite.model.links import path_within
from tests.folder import Folder
from tests.photos.pictures import small

HOME = "https://www.shelf.example.org/stories/"


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("https://shelf.example.org/stories/", "/"),
        ("http://www.shelf.example.org/stories", "/"),
        ("https://shelf.example.org/stories/2026/a/", "/2026/a/"),
        ("https://shelf.example.org/lunch/", None),
        ("https://shelf.example.org/storiesque/a", None),
        ("https://shelf.example.org.evil.example/stories/", None),
        ("https://[::1/stories/", None),
    ],
)
def test_an_address_is_of_the_site_only_below_its_own(address: str, path: str | None) -> None:
    """The host with or without `www.`, and the path at which the site lies."""
    assert path_within(address, HOME) == path


@pytest.mark.parametrize("host", ["https://www.shelf.example.org", "http://shelf.example.org", "//shelf.example.org"])
@pytest.mark.parametrize("engine", ["python-markdown", "commonmark"])
def test_links_in_full_to_the_site_itself_are_links_within_it(folder: Folder, host: str, engine: str) -> None:
    """Pages are found by the address of today and of before, pictures where they lie; what is missing is told."""
    folder.write("storysite.yml", f"base_url: {HOME}\nmarkdown: {engine}\n")
    folder.write("static/wp-content/uploads/a b.png", small(1))
    folder.post("2026-01-09-robots", title="Robots")
    body = f"""[now]({host}/stories/2026/01/robots/#part) [then]({host}/stories/2026/01/09/robots/)
<a href="{host}/stories/">home</a> [lunch]({host}/lunch/) ![us]({host}/stories/wp-content/uploads/a%20b.png)
<img alt="nobody" src="{host}/stories/wp-content/none.png"> [none]({host}/stories/none%20such/)
"""
    folder.post("2026-01-16-more", body, title="More")
    built = folder.build(base_url="http://localhost:8000/preview/")
    page = folder.page("2026/01/more/index.html")
    for link in (
        'href="../../../2026/01/robots/index.html#part"',
        'href="../../../2026/01/robots/index.html"',
        'href="../../../index.html">home',
        'src="../../../media/a-b-',
        "shelf.example.org/lunch/",
        'shelf.example.org/stories/wp-content/none.png"',
    ):
        assert link in page, link
    assert sorted(problem.code for problem in built.problems if problem.path) == ["link-missing", "picture-missing"]
    feed = folder.page("feed.xml")
    assert 'src="http://localhost:8000/preview/media/a-b-' in feed
    assert "shelf.example.org/stories/wp-content/none.png" in feed
