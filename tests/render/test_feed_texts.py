"""What stands in a feed: whole texts that no sign breaks, addresses in full, and nothing that is not to be told."""

import re
from html import unescape
from xml.etree import ElementTree

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.feeds import ATOM, CONTENT, CREATOR, ROOT, SETTINGS, addresses, entries, feed_site, items, parsed, quoted
from tests.folder import ICON, Folder


@pytest.fixture
def shelf(folder: Folder) -> Folder:
    """Return a site with settings, a tiny theme and no post."""
    return feed_site(folder)


HOSTILE = [
    "<script>alert(1)</script>",
    "Cats & dogs <b>bold</b> &amp; &lt;tags&gt;",
    "The end ]]> of <![CDATA[ all",
    "She said \"hi\" and 'bye'",
    "Ünïcödé 读书 مكتبة 🎉 \u200d end",
    "100 % of {{ everything.here }} {% include a.b %}",
    "Back\\slash and -- dashes --> and <!-- a comment",
]


def well_formed(folder: Folder) -> None:
    """Assert that both feeds in XML can be read."""
    for route in ("feed.xml", "atom.xml"):
        assert re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe]", folder.page(route)) is None, route
        parsed(folder, route)


@pytest.mark.parametrize("title", HOSTILE)
def test_a_title_survives_whatever_is_in_it(title: str, shelf: Folder) -> None:
    """Markup, quotes, the end of a CDATA section and emoji are text in every feed."""
    shelf.post("2026-10-01-story", id="story", title=quoted(title), summary=quoted(f"S {title}"), author=quoted(title))
    shelf.build()
    said = title.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")  # entities of old exports are resolved
    said = re.sub(r" ?\{.*\}|</?b>", "", said)  # what sets words, and what another program would have run, is no word
    assert unescape(items(shelf)[0].findtext("title") or "") == said
    assert unescape(items(shelf)[0].findtext("description") or "") == entries(shelf)[0]["summary"]
    assert parsed(shelf, "feed.xml").entries[0].title_detail.value == items(shelf)[0].findtext("title")
    assert entries(shelf)[0]["title"] == said
    atom = ElementTree.fromstring(shelf.page("atom.xml")).find(f"{ATOM}entry")
    assert atom is not None
    assert atom.findtext(f"{ATOM}title") == said
    assert atom.findtext(f"{ATOM}author/{ATOM}name") == items(shelf)[0].findtext(CREATOR)


def test_no_control_character_reaches_a_feed(shelf: Folder) -> None:
    """Control characters, which XML cannot hold, are left out of titles and text, and the feeds stay well-formed."""
    shelf.write(
        "content/posts/2026-10-01-a.md", b"---\nid: a\ntitle: Bell\x07 and\x0b tab\n---\n\nForm\x0c feed\x00.\n"
    )
    shelf.build()
    well_formed(shelf)
    assert items(shelf)[-1].findtext("title") == "Bell and tab"


@pytest.mark.parametrize("form", ['---\ntitle: "{}"\n---\n', '+++\ntitle = "{}"\n+++\n', '{{"title": "{}"}}\n'])
def test_no_escaped_control_character_reaches_a_feed(form: str, shelf: Folder) -> None:
    """What YAML, TOML and JSON write as an escape is a control character all the same."""
    shelf.write("content/posts/2026-10-01-a.md", form.format("Bell\\u0007 and\\uFFFE end") + "\nText.\n")
    shelf.build()
    well_formed(shelf)
    assert items(shelf)[-1].findtext("title") == "Bell and end"


@pytest.mark.parametrize("code", ["&#7;", "&#x1F;", "&#xFFFE;", "&#1;0&#2;", "&#1;9&#2;"])
def test_no_numbered_control_character_reaches_a_feed(code: str, shelf: Folder) -> None:
    """What HTML writes as a number is a control character all the same, and never one of the marks of links."""
    shelf.post("2026-10-01-a", f"A {code} bell and [a list](/list.txt).", id="a")
    shelf.write("static/list.txt", "list")
    shelf.build()
    well_formed(shelf)
    assert addresses(items(shelf)[0].findtext(CONTENT) or "") == [f"{ROOT}list.txt"]


def test_the_whole_text_is_in_the_feed(shelf: Folder) -> None:
    """Readers get the whole story, what follows the fold included, with every CDATA end in it intact."""
    shelf.post(
        "2026-10-01-story", "First ]]> part.\n\n<!--more-->\n\nSecond part.\n\n```xml\n<![CDATA[x]]>\n```", id="story"
    )
    shelf.build()
    whole = items(shelf)[0].findtext(CONTENT) or ""
    assert LexborHTMLParser(whole).text(separator=" ").split() == "First ]]> part. Second part. <![CDATA[x]]>".split()
    assert entries(shelf)[0]["content_html"] == whole
    assert parsed(shelf, "atom.xml").entries[0].content[0].value == whole


def test_what_a_story_says_of_attributes_is_left_alone(shelf: Folder) -> None:
    """Only tags lose the attributes that readers need not have; a story about them keeps its words."""
    shelf.post("2026-10-01-story", 'Write `<img src="a" loading="lazy">` or ` tabindex="0"`.', id="story")
    shelf.build()
    text = LexborHTMLParser(items(shelf)[0].findtext(CONTENT) or "").text()
    assert text.strip() == 'Write <img src="a" loading="lazy"> or tabindex="0".'


def test_a_feed_has_no_script_frame_or_form(shelf: Folder) -> None:
    """What feed readers would refuse or strip is not sent to them."""
    shelf.post(
        "2026-10-01-story",
        "<script>x()</script>\n\n<iframe src='https://example.com/'></iframe>\n\n<form></form>\n\nText.",
    )
    shelf.build()
    whole = LexborHTMLParser(items(shelf)[0].findtext(CONTENT) or "")
    assert whole.css("script, iframe, form, style") == []
    assert "Text." in whole.text()


def test_every_address_in_a_feed_is_in_full(shelf: Folder) -> None:
    """Links, pictures and files lead to the site from wherever they are read."""
    for name in ("robot one.png", "small.png", "sheet.pdf"):
        shelf.write(f"content/posts/2026-10-01-story/{name}", ICON + name)
    shelf.write("static/list.txt", "list")
    shelf.post("2026-09-01-other", id="other", aliases="/old.html")
    body = """![](robot one.png) [sheet](sheet.pdf#page=2) [list](/list.txt) [post](../2026-09-01-other.md) [home](/)
[old](/old.html) [page](/archive/)

<img srcset="small.png 480w, robot%20one.png 2x" alt="">"""
    shelf.post("2026-10-01-story/index", body, id="story")
    shelf.build()
    for html in (items(shelf)[0].findtext(CONTENT) or "", entries(shelf)[0]["content_html"]):
        found = addresses(html)
        assert len(found) == 9
        assert [address for address in found if not address.startswith(ROOT)] == []
    assert f"{ROOT}media/posts/2026-10-01-story/robot%20one.png" in found
    assert f"{ROOT}media/posts/2026-10-01-story/sheet.pdf#page=2" in found


@pytest.mark.parametrize("body", ["[Here](#there)", "A note[^1].\n\n[^1]: Below.", "[Nothing](no-such-file.md)"])
def test_a_place_on_the_page_itself_is_in_full_too(body: str, shelf: Folder) -> None:
    """A footnote's link leads to the story's page, for a reader shows many stories on one page of its own."""
    shelf.post("2026-10-01-story", body, id="story")
    shelf.build()
    found = addresses(items(shelf)[0].findtext(CONTENT) or "")
    assert found != []
    assert [address for address in found if not address.startswith(f"{ROOT}2026/10/story/")] == []


@pytest.mark.parametrize(
    "html", ['<img src="a.png" srcset="a.png 2x" alt="">', '<video src="a.png" poster="a.png"></video>']
)
def test_an_element_with_two_addresses_keeps_both(html: str, shelf: Folder) -> None:
    """A picture in two sizes, and a film with a picture before it, lead to their files."""
    shelf.write("content/posts/a.png", ICON)
    shelf.post("2026-10-01-story", html, id="story")
    shelf.build()
    assert set(addresses(items(shelf)[0].findtext(CONTENT) or "")) == {f"{ROOT}media/posts/a.png"}


def test_what_storysite_does_not_know_is_told_nobody(shelf: Folder) -> None:
    """Unknown front matter, consents and the names of people in pictures stay in the file and reach no page."""
    secret = "SECRET-4711"
    shelf.post(
        "2026-10-01-story",
        "Text.",
        id="story",
        phone=secret,
        notes=f"{{inside: {secret}}}",
        people=f"[{{name: {secret}, role: student, consent: {secret}}}]",
        photos=f"[{{src: a.png, shows: [{secret}]}}]",
        quote=f"{{text: I made it, by: a child, consent: {secret}}}",
        draft="false",
    )
    shelf.post("2026-10-02-draft", secret, id=secret, title=secret, tags=f"[{secret}]", draft="true")
    shelf.post("2026-12-24-future", secret, id=f"{secret}-2", title=secret, series=secret)
    shelf.write("content/posts/private.txt", secret)
    shelf.write("data/secrets.yml", f"phone: {secret}\n")
    shelf.build()
    leaks = [route for route in shelf.routes() if secret.encode() in (shelf.site / route).read_bytes()]
    assert leaks == []
    assert [route for route in shelf.routes() if secret.lower() in route.lower() or "private" in route] == []


OPENS = "Opens example.com. Nothing is loaded from there until you follow the link."
EMBEDDED = [
    ('<iframe src="https://example.com/a?b=1&amp;c=2" title="A &amp; map"></iframe>', f"A & map {OPENS}"),
    ('<iframe src="https://example.com/a"></iframe>', f"example.com {OPENS}"),
    ('<iframe src="/games/a.html?b=1&amp;c=2" title="A &amp; game"></iframe>', "A & game"),
    ('<form action="/x"><label>Your name <input name="n"></label><button>Send</button></form>', "Your name"),
    ('<p title="<form>">Words</p>', "Words"),
    ('<iframe src="https://example.com/a">', f"example.com {OPENS}"),
    ("<form><textarea>", ""),
    ("<style>.a > .b {}</style><script>if (a < b) {}</script>", ""),
]


@pytest.mark.parametrize(("html", "words"), EMBEDDED)
@pytest.mark.parametrize("engine", ["python-markdown", "commonmark"])
def test_what_is_embedded_becomes_a_link_or_its_words(html: str, words: str, engine: str, shelf: Folder) -> None:
    """And nothing that follows it is lost."""
    shelf.write("storysite.yml", f"{SETTINGS}markdown: {engine}\n")
    shelf.post("2026-10-01-story", f"Before.\n\n{html}\n\nAfter **it**.\n\n{html}\n\nEnd.")
    shelf.build()
    whole = LexborHTMLParser(items(shelf)[0].findtext(CONTENT) or "")
    assert whole.css("script, iframe, form, style, input, textarea, button") == []
    read = whole.text(separator=" ").split()
    assert read == ["Before.", *words.split(), "After", "it", ".", *words.split(), "End."]
    if "iframe" in html:
        address = "https://example.com/a" if OPENS in words else "https://library.example.org/stories/games/a.html"
        assert {(link.attributes.get("href") or "").partition("?")[0] for link in whole.css("a")} == {address}


def test_a_feed_names_tags_and_categories(shelf: Folder) -> None:
    """Each once."""
    shelf.post("2026-10-01-story", tags="[robots, books]", categories="[books, news]")
    shelf.build()
    expected = ["robots", "books", "news"]
    assert [each.text for each in items(shelf)[0].findall("category")] == expected
    assert [each.term for each in parsed(shelf, "atom.xml").entries[0].tags] == expected
    assert entries(shelf)[0]["tags"] == expected


def test_nothing_was_changed_before_it_was_published(shelf: Folder) -> None:
    """A story whose `updated` is earlier was last changed when it appeared; so was the feed."""
    shelf.post("2026-10-01-story", updated="2019-01-01")
    shelf.post("2026-09-01-other", updated="2026-10-03")
    shelf.build()
    for entry in ElementTree.fromstring(shelf.page("atom.xml")).findall(f"{ATOM}entry"):
        assert (entry.findtext(f"{ATOM}published") or "z") <= (entry.findtext(f"{ATOM}updated") or "")
    assert entries(shelf)[0]["date_modified"] == entries(shelf)[0]["date_published"]
    built = ElementTree.fromstring(shelf.page("feed.xml")).findtext("./channel/lastBuildDate")
    assert built is not None
    assert built.startswith("Sat, 03 Oct 2026")


def test_atom_says_what_its_texts_are(shelf: Folder) -> None:
    shelf.post("2026-10-01-story", title=quoted("Cats & <b>"))
    shelf.build()
    atom = parsed(shelf, "atom.xml")
    assert {atom.entries[0].title_detail.type, atom.entries[0].summary_detail.type} == {"text/plain"}
    assert atom.entries[0].content[0].type == "text/html"
