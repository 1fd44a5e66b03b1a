"""Pictures that nothing describes are told of at their line, with both engines; what is said on purpose is not."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from msgspec.structs import replace

from storysite.build.archive import read_settings_of
from storysite.markdown.convert import render_markdown
from storysite.model.config import Config, MarkdownOptions
from storysite.model.post import Body
from storysite.problems import Problem
from storysite.source.entry import Entry
from storysite.source.post import read_post
from tests.folder import Folder

POST = "content/posts/2026-11-20-robots.md"
ENGINES = ["python-markdown", "commonmark"]
BAD = {
    "![](robot.jpg)": "robot.jpg has no alt text",
    "Words ![ ](robot.jpg) and words.": "robot.jpg has no alt text",
    "![](https://example.org/robot.jpg?size=3)": "robot.jpg has no alt text",
    "![](<my robot.jpg>)": "my robot.jpg has no alt text",
    "![][r]\n\n[r]: /pictures/robot.jpg": "robot.jpg has no alt text",
    '![](robot.jpg "A caption")': "robot.jpg has no alt text",
    "<img src=robot.jpg>": "robot.jpg has no alt text",
    '<figure><img\n  src="robot.jpg"\n  width="400"><figcaption>Words</figcaption></figure>': "robot.jpg has no alt text",
    '<picture><source srcset="robot.webp"><img src="robot.jpg"></picture>': "robot.jpg has no alt text",
    "![[robot.jpg]]": "robot.jpg has no alt text",
    '{{< figure src="robot.jpg" >}}': "robot.jpg has no alt text",
    "[![](robot.jpg)](/)": "is all that this link has",
    '<a href="/"><img src="robot.jpg" alt=""></a>': "is all that this link has",
    "[![](robot.jpg){: .decorative}](/)": "is all that this link has",
    '<button><img src="robot.jpg"></button>': "is all that this link has",
    "![IMG_1234](robot.jpg)": 'the alt text "IMG_1234" is the name of a file',
    "![robot.jpg](robot.jpg)": 'the alt text "robot.jpg" is the name of a file',
    '<img src="robot.jpg" alt="Imagen">': 'the alt text "Imagen" does not say',
    "![Photo of a robot](robot.jpg)": 'begins with "Photo of"',
}
GOOD = [
    "![Two children hold a robot](robot.jpg)",
    "![](robot.jpg){: .decorative}",
    "![](robot.jpg){.decorative}",
    '<img src="robot.jpg" alt="">',
    "<img alt src=robot.jpg>",
    '<img class="wide Decorative" src="robot.jpg">',
    '<img src="robot.jpg" role="none">',
    '<img src="robot.jpg" aria-hidden="true">',
    '<div aria-hidden="true"><img src="robot.jpg"></div>',
    '<img src="robot.jpg" aria-label="Two children hold a robot">',
    '<img src="https://example.org/count.gif" width="1" height="1">',
    '<a href="/"><img src="icon.png" width="16"> Home</a>',
    "[![](robot.jpg){: .decorative} All about robots](/)",
    '<a href="/" aria-label="Home"><img src="robot.jpg" alt=""></a>',
    '{{< figure src="robot.jpg" alt="" >}}',
    "`![](robot.jpg)`",
    "```\n![](robot.jpg)\n```",
    "<!-- ![](robot.jpg) -->",
]


def read(text: str, engine: str = ENGINES[0], header: str = "", path: str = POST) -> tuple[Entry, Body]:
    """Return what a file is read as."""
    settings = replace(read_settings_of(Config()), markdown=replace(MarkdownOptions(), engine=engine))
    source = f"---\ntitle: Robots\ndate: 2026-11-20\n{header}---\n{text}\n"
    return read_post(source.encode(), path, settings, render_markdown)


def told(text: str, engine: str = ENGINES[0], header: str = "", path: str = POST) -> list[Problem]:
    """Return what is said of the pictures of a file."""
    return [problem for problem in read(text, engine, header, path)[0].problems if problem.code == "photo-alt"]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("text", BAD)
def test_a_picture_that_nothing_describes_is_told_of_at_its_line(text: str, engine: str) -> None:
    (problem,) = told(f"Words.\n\n{text}", engine)
    assert BAD[text] in problem.what
    assert problem.line == (8 if "\n  src" in text else 7)
    assert problem.hint


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("text", GOOD)
def test_what_is_described_or_decoration_is_not(text: str, engine: str) -> None:
    assert told(text, engine) == []


def test_a_role_says_that_a_picture_is_decoration() -> None:
    """In lists of attributes, of which the other engine knows only classes."""
    assert told('![](robot.jpg){: role="presentation"}') == []


@pytest.mark.parametrize("text", ["<p><img src=robot.jpg></p>", "<a href='/'><img src=robot.jpg alt=''></a>"])
def test_a_post_of_html_is_looked_at_alike(text: str) -> None:
    """Its hint is in HTML, if it is not about a link."""
    (problem,) = told(text, path="content/posts/2026-11-20-robots.html")
    assert ('alt="' in problem.hint) is ("link" not in problem.what)


@given(some.lists(some.sampled_from([*BAD, *GOOD]), max_size=12))
def test_each_is_told_of_at_its_own_line_among_others(texts: list[str]) -> None:
    """Though all have the same name; of many of a kind the first three, and then the number."""
    texts = [text.replace("][r]", f"][r{place}]").replace("[r]:", f"[r{place}]:") for place, text in enumerate(texts)]
    blocks = "\n\n".join(texts).split("\n\n")
    line, bad = 5, {}
    for block in blocks:
        if what := BAD.get(block) or (BAD["![](robot.jpg)"] if block.startswith("![][") else ""):
            bad[line + block.count("\n", 0, max(0, block.find("  src")))] = what
        line += block.count("\n") + 2
    problems = told("\n\n".join(texts))
    one_by_one = [problem for problem in problems if " more pictures " not in problem.what]
    rest = [int(problem.what.split()[0]) for problem in problems if " more pictures " in problem.what]
    assert len(one_by_one) + sum(rest) == len(bad)
    assert {problem.line for problem in problems} <= bad.keys()
    assert len(one_by_one) <= 20


def test_many_pictures_are_told_of_in_few_lines() -> None:
    problems = told("\n\n".join(f"![](robot-{number}.jpg)" for number in range(3000)))
    assert len(problems) == 4
    assert problems[-1].what == "2,997 more pictures in this text have no alt text"
    assert [problem.line for problem in problems] == [5, 7, 9, 11]
    assert len(told("\n\n".join(f"![](robot-{number}.jpg)" for number in range(4)))) == 4


def test_an_old_archive_is_told_of_in_few_lines(tmp_path: Path) -> None:
    """However many posts it has; all of it is there for who asks."""
    from storysite.commands.console import show_problems

    folder = Folder(tmp_path)
    for number in range(30):
        folder.post(f"2026-01-01-story-{number}", "![](https://example.org/a.jpg)\n\n" * 40)
    found = [problem for problem in folder.build().result.problems if problem.code == "photo-alt"]
    assert len(found) == 120
    show_problems(found, tmp_path)


@pytest.mark.parametrize(
    "header, text, line",
    [
        ("image: robot.jpg\n", "Words.", 4),
        ("cover: robot.jpg\n", "![A map](map.jpg)", 4),
        ("image:\n  path: robot.jpg\n", "Words.", 4),
        ("image: robot.jpg\nimage_alt:\n", "Words.", 4),
        ("image: robot.jpg\nimage_alt: Image of a robot\n", "Words.", 5),
        ("image: robot.jpg\ncover_alt: IMG_1234\n", "Words.", 5),
        ("image: {path: robot.jpg, alt: photo}\n", "Words.", 4),
        ("photos:\n- {src: robot.jpg, alt: photo}\n", "Words.", 4),
    ],
)
@pytest.mark.parametrize("path", [POST, "content/pages/robots.md"])
def test_the_card_picture_needs_words_of_its_own(header: str, text: str, line: int, path: str) -> None:
    if "photos" not in header or path == POST:
        (problem,) = told(text, header=header, path=path)
        assert problem.line == line


@pytest.mark.parametrize(
    "header, text",
    [
        ("image: robot.jpg\nimage_alt: Two children hold a robot\n", "Words."),
        ('image: robot.jpg\nimage_alt: ""\n', "Words."),
        ("image: robot.jpg\nfeatured_image_alt: Two children hold a robot\n", "Words."),
        ("image: {path: robot.jpg, alt: Two children}\n", "Words."),
        ("cover: {image: robot.jpg, alt: ''}\n", "Words."),
        ("images:\n- {url: robot.jpg, alt: Two children}\n", "Words."),
        ("image: robot.jpg\nphotos:\n- {src: robot.jpg, alt: Two children}\n", "Words."),
        ("image: /img/robot.jpg\n", "![Two children](../../static/img/robot.jpg)"),
        ("image: ./robot.jpg\n", "![Two children](robot.jpg)"),
        ("image: https://example.org/robot.jpg\n", "![Two children](https://example.org/robot.jpg)"),
        ("image: robot.jpg\n", "![](robot.jpg){: .decorative}"),
    ],
)
def test_a_card_picture_with_words_or_said_to_be_decoration_is_fine(header: str, text: str) -> None:
    assert told(text, header=header) == []


def test_a_picture_that_text_and_front_matter_show_is_told_of_once() -> None:
    (problem,) = told("![](robot.jpg)", header="image: robot.jpg\n")
    assert problem.line == 6


@pytest.mark.parametrize("engine", ENGINES)
def test_a_picture_has_the_same_words_on_its_card_and_in_the_text(engine: str) -> None:
    """Also if `photos:` lists it twice: those that come first."""
    header = "photos:\n- {src: robot.jpg}\n- {src: robot.jpg, alt: Two children}\n- {src: ./robot.jpg, alt: A robot}\n"
    entry, body = read("![](robot.jpg)", engine, header)
    assert entry.post is not None
    assert entry.post.image_alt == "Two children"
    assert 'alt="Two children"' in body.images[0][1]


@pytest.mark.parametrize("engine", ENGINES)
def test_what_photos_say_describes_the_pictures_of_the_text(engine: str) -> None:
    """Where the text has no words of its own."""
    header = 'photos:\n- {src: robot.jpg, alt: "A <b>robot</b>, \\"Gus\\""}\n'
    text = "![](robot.jpg)\n\nWords.\n\n![Two children](robot.jpg)\n\nWords.\n\n![](robot.jpg){: .decorative}"
    entry, body = read(text, engine, header)
    assert [problem.code for problem in entry.problems if problem.code == "photo-alt"] == []
    elements = [element for _, element in body.images]
    assert 'alt="A &lt;b&gt;robot&lt;/b&gt;, &quot;Gus&quot;"' in elements[0]
    assert 'alt="Two children"' in elements[1]
    assert 'alt=""' in elements[2]


@pytest.mark.parametrize(
    "header", ["image: {path: robot.jpg, alt: Two children}\n", "cover: robot.jpg\ncover_alt: Two children\n"]
)
def test_words_beside_the_address_are_those_of_the_card(header: str) -> None:
    post = read("Words.", header=header)[0].post
    assert post is not None
    assert post.image_alt == "Two children"
