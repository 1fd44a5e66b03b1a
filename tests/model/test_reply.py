"""Readers reply to a story by e-mail or in a form, and no title can do anything but be the subject."""

from email.parser import BytesHeaderParser
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storysite.i18n import gettext, interface_languages
from storysite.model.config import Config
from storysite.model.reply import reply_address, reply_to
from tests.folder import Folder

LIBRARY = "library@cottonwood.example.org"


@pytest.mark.parametrize(
    ("settings", "address"),
    [
        ({"contact": LIBRARY}, f"mailto:{LIBRARY}"),
        ({"contact": f"mailto:{LIBRARY}"}, f"mailto:{LIBRARY}"),
        ({"contact": "o'neil+books&co@school.org"}, "mailto:o%27neil+books%26co@school.org"),
        ({"contact": LIBRARY, "listen": "none"}, ""),
        ({"contact": "tel:+15550142"}, ""),
        ({"contact": "https://example.org/contact"}, ""),
        ({"contact": f"{LIBRARY}?bcc=x@y.org"}, ""),
        ({"contact": f"{LIBRARY},x@y.org"}, ""),
        ({"contact": "Ms. Rivera"}, ""),
        ({}, ""),
        ({"listen": "form", "listen_form": "https://forms.example/a?b=c"}, "https://forms.example/a?b=c"),
        ({"listen": "form", "contact": LIBRARY}, ""),
    ],
)
def test_replies_go_to_the_address_of_the_library_or_to_its_form(settings: dict[str, str], address: str) -> None:
    """Only where the contact is one e-mail address, and nowhere if nobody wants any."""
    assert reply_to(Config(**settings)) == address  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("Forty families", "Forty%20families"),
        ("“Yes!” & more?", "%E2%80%9CYes%21%E2%80%9D%20%26%20more%3F"),
        ("A 🤖 + B", "A%20%F0%9F%A4%96%20%2B%20B"),
        ("One\r\nBcc: x@y.org", "One%20Bcc%3A%20x%40y.org"),
        ("One\u2028two\x00three", "One%20two%20three"),
        ("50% off #1/2", "50%25%20off%20%231%2F2"),
        ("\ud800", "%3F"),
    ],
)
def test_a_title_is_the_subject_letter_by_letter(title: str, subject: str) -> None:
    """In percent, on one line: https://www.rfc-editor.org/rfc/rfc6068."""
    assert reply_address(f"mailto:{LIBRARY}", title) == f"mailto:{LIBRARY}?subject={subject}"


def test_a_form_and_an_empty_title_add_nothing() -> None:
    """A form has no subject, and an address without one is one too."""
    assert reply_address("https://forms.example/a?b=c", "Title") == "https://forms.example/a?b=c"
    assert reply_address(f"mailto:{LIBRARY}", " \n") == f"mailto:{LIBRARY}"
    long = reply_address(f"mailto:{LIBRARY}", "word " * 100)
    assert len(long) < 700
    assert unquote(long).endswith("word…")


@given(st.text(max_size=300))
def test_no_title_becomes_a_header(title: str) -> None:
    """Whatever it is, the e-mail that a program begins has one subject and no header more."""
    address = reply_address(f"mailto:{LIBRARY}", title)
    parts = urlsplit(address)
    fields = parse_qsl(parts.query, keep_blank_values=True)
    assert (parts.scheme, parts.path, parts.fragment) == ("mailto", LIBRARY, "")
    assert [name for name, _ in fields] in ([], ["subject"])
    headers = BytesHeaderParser().parsebytes(
        b"".join(f"Subject: {value}\r\n".encode() for _, value in fields) + b"\r\n"
    )
    assert headers.keys() in ([], ["Subject"])


@pytest.mark.parametrize("theme", ["default", "gazette"])
def test_every_story_has_the_link_in_every_language(folder: Folder, theme: str) -> None:
    """In both themes, with the words of the page's language; pages and listings have none."""
    for language in sorted(interface_languages()):
        folder.post(f"2026-11-20-{language}", title=f"Robots & {language}", lang=language)
    folder.write("content/pages/about.md", "About us.")
    folder.write("storysite.yml", f"contact: {LIBRARY}\ntheme: {theme}\n")
    folder.build()
    for language in sorted(interface_languages()):
        route = next(route for route in folder.routes() if route.endswith(f"2026/11/{language}/index.html"))
        words = gettext(language, "Reply to this story by e-mail")
        assert f'<a href="mailto:{LIBRARY}?subject=Robots%20%26%20{language}">{words}</a>' in folder.page(route)
    assert "subject=" not in folder.page("about/index.html") + folder.page("index.html")


def test_the_link_follows_the_settings(folder: Folder) -> None:
    """Each is built as if it had always been so, and nothing of a form is loaded."""
    folder.post("2026-11-20-robots", title="Robots")
    route = "2026/11/robots/index.html"
    for settings, link in (
        ("contact: library@example.org", "mailto:library@example.org?subject=Robots"),
        ("listen: form\nlisten_form: https://forms.example/a?b=c&d=e", "https://forms.example/a?b=c&amp;d=e"),
        ("contact: library@example.org\nlisten: no", ""),
        ("listen: form", ""),
    ):
        folder.write("storysite.yml", settings)
        folder.build()
        page = folder.page(route)
        assert page == folder.clean(folder.path.parent / f"clean-{len(settings)}")[route].decode()
        assert ('class="soft reply"' in page) == bool(link)
        assert link in page
        assert "<iframe" not in page


def test_a_form_without_an_address_is_told_of(folder: Folder) -> None:
    """As a warning: all else can be built."""
    folder.write("storysite.yml", "listen: form\n")
    (problem,) = (each for each in folder.build().problems if each.code == "settings-value")
    assert problem.what == "listen: form needs the address of the form, so stories have no link to reply"
