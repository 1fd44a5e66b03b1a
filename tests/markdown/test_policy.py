"""Only the HTML that the policy names leaves the reading of a text, whatever is written and however it is nested."""

import re
from html import escape
from json import loads
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from storysite.markdown.convert import render_markdown
from storysite.markdown.hosts import as_read
from storysite.markdown.policy import DRAWING, ELEMENTS, FORMULA, NAMELESS, SCHEMES
from storysite.markdown.styles import settled_style
from storysite.model.config import MarkdownOptions
from storysite.source.settings import read_config
from tests.folder import Folder
from tests.hostile_html import hostile, soups

KNOWN = ELEMENTS | DRAWING | FORMULA
WAYS = [("python-markdown", False), ("commonmark", False), ("python-markdown", True)]


def made(
    source: str, engine: str = "python-markdown", *, html: bool = False, options: MarkdownOptions | None = None
) -> str:
    """Return the HTML of a text as a page has it, with each address as it is written."""
    document = render_markdown(source, "T", options or MarkdownOptions(engine=engine), html=html)
    assert not document.fault, document.fault
    text = document.body.html
    for number, image in document.body.images:
        text = text.replace(f"\x01{number}\x03", image)
    for number, reference in enumerate(document.references):
        text = text.replace(f"\x01{number}\x02", escape(reference.target + reference.suffix))
    return text


def faults(html: str) -> list[str]:
    """Return what a page with this HTML in it has that the policy does not let pass, as a browser reads it."""
    page = LexborHTMLParser(f"<!doctype html><main><div id=the-text>{html}</div></main><footer id=the-foot>x</footer>")
    found = []
    foot = page.css_first("#the-foot")
    if foot is None or foot.parent is None or foot.parent.tag != "body" or foot.text() != "x":
        found.append("the rest of the page is swallowed")
    for node in page.css("#the-text *"):
        name = (node.tag or "").lower()
        if name not in KNOWN and "-" not in name:
            found.append(f"<{name}>")
        for attribute, value in node.attributes.items():
            low = attribute.lower()
            scheme = re.match(r"([a-z][a-z0-9+.-]*):", as_read(value or ""), re.IGNORECASE)
            if low.startswith("on") or low in ("srcdoc", "autofocus", "ping", "http-equiv", "slot", "is"):
                found.append(low)
            elif low in ("href", "src", "action", "formaction", "xlink:href", "poster", "background") and scheme:
                if scheme[1].lower() not in SCHEMES and not as_read(value or "").startswith("data:image/"):
                    found.append(f"{low}={value}")
                if low in ("action", "formaction") or (low == "src" and name == "iframe"):
                    found.append(f"{low}={value}")
            elif low == "name" and name in NAMELESS:
                found.append(f"<{name} name>")
            elif low == "style" and re.search(r"position|inset|transform|shadow|\\", value or "", re.IGNORECASE):
                found.append(f"style={value}")
    if page.head is not None and page.head.child is not None:
        found.append("something in the head")
    return found


@pytest.mark.parametrize(("engine", "html"), WAYS)
def test_nothing_hostile_leaves_the_reading(engine: str, html: bool) -> None:
    """Each payload by itself, between paragraphs: what stands below it is still there, outside of it."""
    for payload in hostile():
        text = made(f"Before.\n\n{payload}\n\nAfter.", engine, html=html)
        assert faults(text) == [], f"{payload}\n{text}"
        assert html or "After." in text or payload.startswith("<p title="), payload  # a tag without an end has no words


@pytest.mark.long
@pytest.mark.parametrize(("engine", "html"), WAYS)
def test_nothing_hostile_leaves_the_reading_however_it_is_nested(engine: str, html: bool) -> None:
    """What is cut, stands in each other or is closed elsewhere is read the same way again, and sifted by then."""
    for soup in soups(700, 14):
        text = made(soup, engine, html=html)
        assert faults(text) == [], f"{soup}\n{text}"


def test_what_is_read_again_stays_the_same() -> None:
    """Nested as no browser would nest it, or not: the HTML of a text is what a browser makes of it."""
    for soup in [*hostile(), *soups(300, 3)]:
        text = made(soup)
        body = LexborHTMLParser(f"<!doctype html><body>{text}").body
        assert body is not None
        if not body.css("svg, math, form, select, button"):
            continue
        assert (body.inner_html or "").strip() == text, soup


@given(st.text("poitn:fxed;()'\"\\/*-1a url#", max_size=60))
@example("color: red;;; color:blue")
@example("background: url(a;b.png); color: red")
def test_a_style_is_never_more_than_it_was(style: str) -> None:
    """It is kept as it was written, or has fewer declarations; and what is kept once is kept again."""
    kept, told = settled_style(style)
    assert len(kept) <= len(style) + style.count(";")
    assert settled_style(kept) == (kept, False) or told
    assert "position" not in kept


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (" https://a.example/ ", "https://a.example/"),
        ("\\\\a.example\\b?c\\d", "//a.example/b?c\\d"),
        ("/\\a.example", "//a.example"),
        ("///a.example", "//a.example"),
        ("https:a.example", "https://a.example"),
        ("HTTPS:/\\a.example", "HTTPS://a.example"),
        ("https://a.example\\@b.example/", "https://a.example/@b.example/"),
        ("java\nscript:x", "javascript:x"),
        ("a b/c.jpg", "a b/c.jpg"),
        ("images\\robot.jpg", "images\\robot.jpg"),
    ],
)
def test_an_address_is_what_a_browser_takes_it_for(written: str, read: str) -> None:
    assert as_read(written) == read


def test_a_file_whose_name_looks_like_another_address_stays_a_file() -> None:
    """Or `%3A` would become a colon once more where a link leads nowhere."""
    for name in ("javascript%3A//a/%E2%80%A8alert(1)", "https%3A//away.example/"):
        assert f'href="{name}"' in made(f'<a href="{name}">a</a>')


FRAME = '<iframe src="https://www.youtube-nocookie.com/embed/a" title="Gus"></iframe>'
FORM = '<form action="https://formspree.io/f/a" method="post"><input name="mail"><button>Go</button></form>'


def test_a_site_may_name_where_frames_come_from_and_forms_go(tmp_path: Path) -> None:
    """By a host or an address in full; then these stay, and others do not."""
    settings = "frames_from: [https://www.youtube-nocookie.com/embed/]\nforms_to: formspree.io\n"
    (tmp_path / "storysite.yml").write_text(settings, "utf-8")
    config, problems = read_config(tmp_path)
    assert problems == []
    assert (config.frames_from, config.forms_to) == (("youtube-nocookie.com",), ("formspree.io",))
    frame = made(FRAME, options=config.markdown)
    assert '<iframe src="https://www.youtube-nocookie.com/embed/a"' in frame
    assert "allow-top-navigation" not in frame
    assert 'sandbox="' in frame
    assert '<form action="https://formspree.io/f/a" method="post"><input name="mail">' in made(
        FORM, options=config.markdown
    )
    for other in (
        FRAME.replace("nocookie", "cookie"),
        FORM.replace(".io", ".example"),
        FRAME.replace("www.", "www.a."),
    ):
        assert 'class="video"' in made(other, options=config.markdown)


@pytest.mark.parametrize(
    "value", ["nonsense", "https://", "[a.example, 7]", "a.example; script-src *", "'*'", "{a: b}"]
)
def test_what_is_no_site_is_refused(tmp_path: Path, value: str) -> None:
    """Nothing but names of hosts reaches the policy of a page."""
    (tmp_path / "storysite.yml").write_text(
        f"forms_to: {value if value[0] in '[{' + chr(39) else repr(value)}\n", "utf-8"
    )
    config, problems = read_config(tmp_path)
    assert [problem.code for problem in problems] == ["settings-value"]
    assert config.forms_to == ()


def test_a_form_of_google_leads_to_where_it_is_filled_in() -> None:
    """Not to where it is sent, which shows an error to who just opens it."""
    address = "https://docs.google.com/forms/u/0/d/e/1F"
    form = f'<form action="{address}/formResponse" method="post"><input name="entry.1"></form>'
    assert f'href="{address}/viewform"' in made(form)


def test_feeds_and_booklets_have_the_same_policy(folder: Folder) -> None:
    """All that shows a whole text, in whatever form."""
    folder.write("storysite.yml", "base_url: https://library.example.org\n")
    folder.post("2026-11-01-hostile", "\n\n".join(["Begin.", *hostile()[::3]]), id="h", title="Hostile")
    folder.build()
    rss = ElementTree.fromstring(folder.page("feed.xml")).findtext(".//item/{*}encoded") or ""
    atom = ElementTree.fromstring(folder.page("atom.xml")).findtext("{*}entry/{*}content") or ""
    json = loads(folder.page("feed.json"))["items"][0]["content_html"]
    booklet = next(folder.page(route) for route in folder.routes() if "term-" in route)
    text = booklet.partition('<div class="text">')[2].partition('<footer class="address">')[0]
    for html in (rss, atom, json, text.rpartition("</div>")[0]):
        assert "Begin." in html
        assert [fault for fault in faults(html) if not fault.startswith(("action=", "src="))] == []


ORDINARY = """<table class="wide" style="width: 100%"><caption>Loans</caption><tr><th scope="row">May</th><td>12</td></tr></table>
<details open=""><summary>More</summary>Words.</details>
<figure><img src="a.jpg" alt="A" width="300" height="200"><figcaption>Gus</figcaption></figure>
<p style="text-align: center; color: #333"><font color="red">Red</font> <mark>new</mark> <kbd>F11</kbd> H<sub>2</sub>O</p>
<video src="a.mp4" controls="" poster="a.jpg"><track src="a.vtt" kind="captions"></video>
<ruby>図<rt>zu</rt></ruby> <bdo dir="rtl">abc</bdo> <time datetime="2026-11-20">today</time> <abbr title="a">b</abbr>
<map name="m"><area shape="rect" coords="0,0,9,9" href="a.html" alt="a"></map>
<a href="tel:+1555" id="call">Call</a> <a href="webcal://a.example/b.ics">Calendar</a> <a name="old">x</a>
<svg viewBox="0 0 9 9" role="img" aria-label="Dot"><defs><linearGradient id="g"><stop offset="0" stop-color="red"></stop></linearGradient></defs><path d="M0 0h9" fill="url(#g)"></path></svg>
<math><mfrac><mi>a</mi><mn>2</mn></mfrac></math>
<div class="row" data-columns="2" aria-hidden="true" itemscope="">x</div>"""


def test_what_people_write_stays_as_it_is() -> None:
    """Letter for letter, but for what storysite adds to pictures and tables."""
    text = made(ORDINARY, html=True).replace(' loading="lazy"', "")
    for line in ORDINARY.split("\n")[1:]:
        assert line in text
    assert render_markdown(ORDINARY, "T", MarkdownOptions(), html=True).changes == ()
