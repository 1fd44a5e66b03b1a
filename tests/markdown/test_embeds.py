"""What other sites would show in a text is a link to them: no reader's browser asks them for anything by itself."""

import random
from html.parser import HTMLParser

import pytest

from storysite.markdown.asked import asked_by
from storysite.markdown.convert import render_markdown
from storysite.markdown.tree import parsed
from storysite.model.config import MarkdownOptions

ENGINES = ["python-markdown", "commonmark"]
EMBEDS = {
    "a map": (
        '<iframe src="https://www.google.com/maps/embed?pb=!1m18!1m12!1m3!1d3!2d-122.08!3d37.42!1m2!1s0x80:0x6c!2sLincoln'
        '%20School!5e0" width="600" height="450" allowfullscreen></iframe>',
        "https://www.google.com/maps?q=Lincoln%20School",
    ),
    "a map by its place": (
        '<iframe src="https://www.google.com/maps/embed?pb=!1m18!1m12!1m3!1d3!2d-122.08!3d37.42"></iframe>',
        "https://www.google.com/maps?q=37.42,-122.08",
    ),
    "a form": (
        '<iframe src="https://docs.google.com/forms/d/e/1F/viewform?embedded=true">Loading…</iframe>',
        "https://docs.google.com/forms/d/e/1F/viewform?embedded=true",
    ),
    "slides without a scheme": (
        '<div style="position:relative;padding-bottom:56%;height:0"><iframe src="//slides.example/embed/1"></iframe></div>',
        "https://slides.example/embed/1",
    ),
    "a frame that waits": (
        '<iframe data-src="https://wait.example/a" class="lazy"></iframe>',
        "https://wait.example/a",
    ),
    "a frame of a network": (
        '<iframe src="https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fa%2F1"></iframe>',
        "https://www.facebook.com/a/1",
    ),
    "a place for a network's program": (
        '<div class="fb-post" data-href="https://www.facebook.com/a/posts/1"></div>',
        "https://www.facebook.com/a/posts/1",
    ),
    "a film": ('<video src="https://films.example/a.mp4" controls></video>', "https://films.example/a.mp4"),
    "a film of two kinds": (
        '<video controls><source src="http://films.example/a.webm"><source src="http://films.example/a.mp4">No.</video>',
        "http://films.example/a.webm",
    ),
    "a sound": ('<audio controls src="https://sounds.example/a%20b.mp3"></audio>', "https://sounds.example/a%20b.mp3"),
    "a document": (
        '<object data="https://papers.example/a.pdf" type="application/pdf"><p>No.</p></object>',
        "https://papers.example/a.pdf",
    ),
    "a document of old": ('<embed src="https://papers.example/a.pdf">', "https://papers.example/a.pdf"),
    "a widget": (
        '<script src="https://gist.github.com/a/1234567890.js"></script>',
        "https://gist.github.com/a/1234567890",
    ),
    "a widget by its options": (
        '<script async src="//widgets.example/board.js" data-board="7"></script>',
        "https://widgets.example/",
    ),
}
WRAPPERS = [
    "{}",
    "<p>{}</p>",
    "<figure>{}<figcaption>Ours.</figcaption></figure>",
    "<center>{}</center>",
    '<div class="embed">{}</div>',
    "* {}\n* b",
    "Some words before {} and after.",
    "> {}",
]
FETCHED = ("src", "srcset", "poster", "data", "background", "data-href")


class Asked(HTMLParser):
    """Every address that an element fetches, and every link: found in another way than ours."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "href" and tag == "a":
                self.links.append(value or "")
            elif name in FETCHED and "//" in (value or ""):
                self.fetched.append(value or "")


def made(source: str, engine: str = "python-markdown", host: str = "") -> str:
    return render_markdown(source, "T", MarkdownOptions(engine=engine, host=host)).body.html


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", EMBEDS)
def test_an_embed_is_a_link_wherever_it_stands(engine: str, name: str) -> None:
    """Alone, in a paragraph, a figure, a list or a line: the link leads there, and nothing is fetched."""
    embed, address = EMBEDS[name]
    for wrapper in WRAPPERS:
        html = made(f"Before.\n\n{wrapper.format(embed)}\n\nAfter.", engine)
        found = Asked(html)
        assert found.fetched == [], html
        assert found.links == [address], html
        assert "Before." in html
        assert "After." in html
        body = parsed(html)
        assert body is not None
        assert body.inner_html == html, "the card stands where it may stand"


def test_a_card_says_what_it_opens_and_that_nothing_is_loaded() -> None:
    html = made('<iframe src="https://forms.example/1" title="Sign up &amp; come"></iframe>')
    assert html == (
        '<p class="video"><a class="elsewhere" href="https://forms.example/1" rel="noopener">Sign up &amp; come</a> '
        "<small>Opens forms.example. Nothing is loaded from there until you follow the link.</small></p>"
    )


@pytest.mark.parametrize(
    "own",
    [
        '<iframe src="timeline.html"></iframe>',
        '<iframe src="/games/atlas.html" title="Atlas"></iframe>',
        '<iframe src="https://library.example.org/stories/atlas.html"></iframe>',
        '<video src="film.mp4" controls></video>',
        '<audio src="http://www.library.example.org/a.mp3"></audio>',
    ],
)
def test_what_the_site_itself_has_stays(own: str) -> None:
    assert own.partition(" ")[0] in made(own, host="library.example.org")


def test_a_film_that_the_site_has_too_is_played_from_there() -> None:
    html = made('<video controls><source src="https://films.example/a.webm"><source src="a.mp4"></video>')
    assert html.count("<source") == 1
    assert "films.example" not in html


def test_a_post_of_a_network_keeps_its_words_and_loses_its_program() -> None:
    """The program would show more of what the quotation says and links to already."""
    quote = '<blockquote class="tweet"><p>We read!</p><a href="https://twitter.com/a/status/1">May 1</a></blockquote>'
    html = made(f'{quote}\n<script async src="https://platform.twitter.com/widgets.js"></script>\n\nAfter.')
    assert "We read!" in html
    assert "<script" not in html
    assert Asked(html).links == ["https://twitter.com/a/status/1"]


def test_a_picture_that_counts_readers_is_left_out() -> None:
    html = made(
        'Words.\n\n<img src="https://counter.example/a.gif" height="1" width="1"/>\n\n<img src="a.gif" width="1">'
    )
    assert "counter.example" not in html
    assert html.count("<p>") == 2


PICTURES = [
    "![a]({})",
    "![a][b]\n\n[b]: {}",
    '<img src="{}">',
    '<img alt="a > b" src="{}">',
    '<img src="a.png" srcset="{} 2x, b.png 1x">',
    '<picture><source srcset="{}"><img src="a.png"></picture>',
    "<p style=\"color: red; background: url( '{}' )\">a</p>",
    '<table background="{}"><tr><td>a</td></tr></table>',
    '<video src="a.mp4" poster="{}"></video>',
    '<svg><image href="{}"></image></svg>',
    '<svg><image xlink:href="{}"></image></svg>',
    "[![a]({})](https://links.example/)",
]
NOBODY = [
    "[a]({})",
    "{}",
    "`<img src='{}'>`",
    "```html\n<img src='{}'>\n```",
    '<link rel="canonical" href="{}">',
    '<form action="{}"><button>Go</button></form>',
    '<script type="application/ld+json">{"@id": "{}"}</script>',
    '<blockquote cite="{}">a</blockquote>',
    "<!-- <img src='{}'> -->",
    '<link rel="stylesheet" href="{}">',
    '<link rel="preconnect" href="{}">',
    "<style>@import '{}';</style>",
    "<style>@font-face { src: url({}) }</style>",
    '<script src="{}/npm/jquery.min.js"></script>',
    "<script>fetch('{}')</script>",
    '<a href="a.md" ping="{}">a</a>',
    "<iframe srcdoc='<img src=\"{}\">'></iframe>",
    "<template><img src='{}'></template>",
    '<iframe src="{}" width="0" height="0"></iframe>',
    '<p style="background: u\\72l({})">a</p>',
]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("form", PICTURES)
def test_what_is_loaded_from_elsewhere_is_found(engine: str, form: str) -> None:
    """In whichever way it is written, and whether or not its address has a scheme."""
    for scheme in ("https:", "http:", ""):
        address = f"{scheme}//pictures.example/a.png"
        found = render_markdown(form.replace("{}", address), "T", MarkdownOptions(engine=engine)).requests
        assert {request.host for request in found} == {"pictures.example"}
        assert any(request.picture for request in found)
        own = MarkdownOptions(engine=engine, host="pictures.example")
        assert not render_markdown(form.replace("{}", address), "T", own).requests


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("form", NOBODY)
def test_what_waits_for_a_reader_asks_nobody(engine: str, form: str) -> None:
    source = form.replace("{}", "https://links.example/a.png")
    assert not render_markdown(source, "T", MarkdownOptions(engine=engine)).requests


@pytest.mark.long
@pytest.mark.parametrize("engine", ENGINES)
def test_whatever_stands_together_asks_only_whom_it_names(engine: str) -> None:
    """Texts at random: no frame of others is left, what is found is what stands there, and the words stay."""
    chance = random.Random(11)
    for number in range(300):
        parts = []
        for _ in range(chance.randint(1, 4)):
            form = chance.choice([*PICTURES[2:], *NOBODY, *(embed for embed, _ in EMBEDS.values())])
            parts.append(
                form.replace("{}", f"https://host{chance.randint(1, 3)}.example/a.png") if "{}" in form else form
            )
        source = "\n\n".join([f"Story {number}.", *parts, "The end."])
        document = render_markdown(source, "T", MarkdownOptions(engine=engine))
        html = document.body.html
        for place, element in document.body.images:
            html = html.replace(f"\x01{place}\x03", element)
        body = parsed(html)
        assert body is not None
        assert "The end." in html
        assert not any(tag in html for tag in ("<embed", "<object", "<audio", 'data-href="http')), html
        assert {request.host for request in document.requests} == {request.host for request in asked_by(body)}
        left = {address.split("/")[2] for address in Asked(html).fetched if address.startswith(("http", "//"))}
        assert left <= {request.host for request in document.requests}, html
