"""Placeholders: the addresses of links and the whole elements of pictures are put in by the page that shows them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as some
from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

from storysite.markdown.postprocess import document_of
from storysite.model.pictures import Picture, SourceSet
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


PICTURE = Picture(
    "a-800.jpg", 1800, 1200, (SourceSet("image/webp", (("a-800.webp", 800),)), SourceSet("image/jpeg", ()))
)


def filled(html: str, picture: Picture = PICTURE) -> str:
    """Return a text whose first reference is a picture."""
    document = document_of(html, "T")
    pictures = [picture, *[None] * (len(document.references) - 1)]
    return fill_links(
        Shown(document.body, [picture.url if picture else None for picture in pictures], pictures),
        document.references,
        lambda url: url,
        sizes="44rem",
    )


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("", 'width="1800" height="1200"'),
        ('width="300"', 'width="300" height="200"'),
        ('height="300"', 'width="450" height="300"'),
        ('width="4in"', 'width="384" height="256"'),
        ('width="30" height="90"', 'width="30" height="90"'),
        ('width="50%"', 'width="50%"'),
        ('width="auto"', 'width="auto"'),
        ('width="0"', 'width="0"'),
        (f'width="{"9" * 5000}"', f'width="{"9" * 5000}"'),
    ],
)
def test_what_is_written_of_a_size_stays_and_gives_the_other_side(written: str, shown: str) -> None:
    """Only dots do: what is a part of the column, or no length at all, says nothing of the other side."""
    html = filled(f'<p>Words <img src="a.jpg" alt="A" {written}> and more.</p>')
    (element,) = re.findall("<img[^>]*>", html)
    assert sorted(re.findall(r'(?:width|height)="[^"]*"', element)) == sorted(shown.split(" "))


@pytest.mark.parametrize(
    ("height", "written", "classes"),
    [
        (1200, "", []),
        (1800, 'class="wide"', ["wide"]),
        (1900, "", []),
        (2400, "", ["tall"]),
        (2400, 'class="wide"', ["tall wide"]),
        (2400, "title=' class='", ["tall"]),
        (2400, "title='a class=' class='wide'", ["tall wide"]),
    ],
)
def test_a_tall_picture_has_a_class_of_its_own(height: int, written: str, classes: list[str]) -> None:
    """Themes show it less wide, for it would not fit on a screen; words that look like a class are left alone."""
    html = filled(f'<p>Words <img src="a.jpg" alt="A" {written}> and more.</p>', replace(PICTURE, height=height))
    image = LexborHTMLParser(html).css_first("img")
    assert image is not None
    assert [value for name, value in image.attributes.items() if name == "class"] == classes
    assert image.attributes.get("title") in (None, " class=", "a class=")


def test_an_author_who_gives_choices_has_made_them() -> None:
    """As for light and dark: no element of ours comes between these and their picture."""
    html = filled(
        '<picture><img src="a.jpg" alt="A"></picture>'
        '<picture><source media="(prefers-color-scheme: dark)" srcset="dark.png"><img src="b.jpg" alt="A"> </picture>'
    )
    assert html.count("<picture>") == html.count("</picture>") == 2
    assert 'width="1800" height="1200"></picture>' in html


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
