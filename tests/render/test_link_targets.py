"""Placeholders: the addresses of links and the whole elements of pictures are put in by the page that shows them."""

from hypothesis import given
from hypothesis import strategies as some

from storysite.markdown.postprocess import document_of
from storysite.render.link_targets import Shown, fill_links

LETTERS = some.text(alphabet="ab c<>\"'&=/.\x09é", max_size=12)


def test_a_picture_is_a_placeholder_and_its_element_is_kept() -> None:
    """The body holds one sign for the picture, so that whoever renders it may write another element in its place."""
    document = document_of(
        '<p>Before <img alt="A > B" src="robot.jpg" class="wide"> after <a href="b.md">b</a></p>', "T"
    )
    assert document.body.html == '<p>Before \x010\x03 after <a href="\x011\x02">b</a></p>'
    assert dict(document.body.images) == {0: '<img alt="A &gt; B" src="\x010\x02" class="wide" loading="lazy">'}


def test_a_picture_of_somebody_elses_site_stays_as_it_is() -> None:
    """Only what lies in the site can have another form on each page."""
    document = document_of('<p><img src="https://example.org/a.jpg" alt=""><img src="b.jpg" alt=""></p>', "T")
    assert 'src="https://example.org/a.jpg"' in document.body.html
    assert [number for number, _ in document.body.images] == [0]


@given(alt=LETTERS, name=some.sampled_from(["a.jpg", "b c.png", "é.webp"]), width=some.sampled_from(["", ' width="9"']))
def test_pictures_come_back_as_they_were_written(alt: str, name: str, width: str) -> None:
    """Whatever is in its attributes, the element that is put in is the one that was taken out."""
    escaped = alt.replace("&", "&amp;").replace('"', "&quot;")
    document = document_of(f'<p>x</p><img src="{name}"{width} alt="{escaped}"><p>y</p>', "T")
    links = [f"media/{reference.target}" for reference in document.references]
    html = fill_links(Shown(document.body, links, ()), document.references, lambda url: url)
    assert "\x01" not in html
    assert html.count("<img") == len(document.body.images) == 1
    assert f'src="media/{document.references[0].target}"' in html
