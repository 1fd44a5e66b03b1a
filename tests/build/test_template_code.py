"""A whole archive with template code of other programs in it: no reader meets any, and every picture is shown."""

import json
import re
from xml.etree import ElementTree

import pytest
from selectolax.lexbor import LexborHTMLParser

from storysite.markdown.template_code.forms import FORMS, OTHER_FORMS
from storysite.model.config import ENGINES
from storysite.source.scan import POSTS
from tests.folder import ICON, Folder

EXAMPLES = [form.example for form in FORMS] + [example for example, *_ in OTHER_FORMS if "raw" not in example]
PICTURES = ("robot.jpg", "one.jpg", "two.jpg")
LEFT = re.compile(r"\{\{|\}\}|\{%|%\}|\[/?(?:caption|gallery|embed|audio|video)\b|\{:|\[\[|!!!|\?\?\?|\[!|:::|:tada:")
engines = pytest.mark.parametrize("engine", ENGINES)


def said_on(html: str) -> str:
    """Return all that a page says: its words outside code, its attributes, and what it says to search engines."""
    tree = LexborHTMLParser(html)
    data = [node.text() for node in tree.css('script[type="application/ld+json"]')]
    for node in tree.css("pre, code, script, style"):
        node.decompose()
    values = [value or "" for node in tree.css("*") for value in node.attributes.values()]
    return "\n".join([tree.html or "", tree.text(), *values, *(str(json.loads(each)) for each in data)])


def said_in(folder: Folder) -> dict[str, str]:
    """Return what each page, feed and list of a site says."""
    said: dict[str, str] = {}
    for route in folder.routes():
        if route.endswith(".html"):
            said[route] = said_on(folder.page(route))
        elif route.endswith(".xml"):
            texts = [text for node in ElementTree.fromstring(folder.page(route)).iter() for text in node.itertext()]
            said[route] = "\n".join(said_on(text) for text in dict.fromkeys(texts))
        elif route.endswith(".json"):
            items = json.loads(folder.page(route)).get("items", [])
            said[route] = "\n".join(said_on(str(text)) for item in items for text in item.values())
    return said


@engines
def test_no_reader_of_an_archive_meets_template_code(folder: Folder, engine: str) -> None:
    """Not on pages, in cards, descriptions, feeds or what search engines are told; every picture named is shown."""
    folder.write("storysite.yml", f"markdown: {engine}\nsearch: no\nfeed_items: 100\n")
    for name in PICTURES:
        folder.write(POSTS + name, ICON + "picture of " + name)
    for number, example in enumerate(EXAMPLES):
        header = {
            "title": f"'{number} {{{{ site.title }}}} of {{% include icon.html %}} robots :tada:'",
            "description": "'We {{ page.verb }} won {% asset x %}'" if number % 3 else "''",
            "image_alt": "'A {{ site.title }} robot'",
            "image": "'{{ site.baseurl }}/robot.jpg'",
        }
        folder.post(f"2013-11-{number % 28 + 1:02}-robots-{number}", f"{example}\n\nWords of our own.", **header)
    folder.post("2013-11-14-robots", "We build robots.", title="Robots")
    result = folder.build().result
    for route, said in said_in(folder).items():
        assert not (found := LEFT.search(said)), (route, found and said[max(0, found.start() - 80) : found.end() + 80])
    for number, example in enumerate(EXAMPLES):
        page = folder.page(f"2013/11/robots-{number}/index.html")
        for name in PICTURES:
            assert (f"/{name}" in page) == (name in example or name == "robot.jpg"), (example, name)
    named = [problem.what for problem in result.problems if problem.code == "template-code"]
    assert len(named) == len({*named}) == 3
    assert any(
        "{{ site.title }}" in what and f"({2 * len(EXAMPLES)} times in {len(EXAMPLES)} files)" in what for what in named
    )


@engines
def test_a_link_by_name_follows_its_story_and_a_picture_its_file(folder: Folder, engine: str) -> None:
    """It comes and goes with what it names, wherever that lies; where there is nothing, only the words are left."""
    folder.write("storysite.yml", f"markdown: {engine}\n")
    source = (
        '[[Reading to dogs]], {% post_url 2020-01-02-dogs %}, [there]({{< ref "dogs.md" >}}), [[ -f x ]] and a[[0]].'
        "\n\n![[dog.png]]\n\n{% image 'assets/cat.png' 'A cat' %}"
    )
    folder.post("2020-01-01-links", source, title="Links")
    page = "2020/01/links/index.html"
    folder.build()
    assert "2020/01/dogs" not in folder.page(page)
    assert "<p>Reading to dogs, Dogs, there, [[ -f x ]] and a[[0]].</p>" in folder.page(page)
    folder.post("2020-01-02-dogs", title="Reading to dogs")
    folder.write("content/posts/2019/pictures/dog.png", ICON + "dog")
    folder.write("assets/cat.png", ICON + "cat")
    folder.write("assets/secret.png", ICON + "secret")
    folder.build()
    links = LexborHTMLParser(folder.page(page)).css("main p > a[href]")
    assert [link.text() for link in links if (link.attributes["href"] or "").endswith("/dogs/index.html")] == [
        "Reading to dogs",
        "Dogs",
        "there",
    ]
    pictures = [node.attributes["src"] or "" for node in LexborHTMLParser(folder.page(page)).css("main img")]
    assert [(folder.site / page).parent.joinpath(src).resolve().read_text() for src in pictures] == [
        ICON + "dog",
        ICON + "cat",
    ]
    assert not any("secret" in route for route in folder.routes())


def test_an_open_tag_takes_nothing_along(folder: Folder) -> None:
    """What is never closed stands for nothing; all that follows is there to read."""
    for number, tag in enumerate(("{% if page.new %}", "{% for a in b %}", "{% note %}", "{% comment %}", "[caption x=1]",
                                  "{{< details >}}", "{% raw %}", "{% capture a %}", "[gallery]", "{{ a", "{% b", "::: tip")):  # fmt: skip
        folder.post(
            f"2020-01-{number + 1:02}-open-{number}", f"Before.\n\n{tag}\n\nAfter.\n\nThe *end*.", title=f"T{number}"
        )
        folder.build()
        page = folder.page(f"2020/01/open-{number}/index.html")
        assert "<p>Before.</p>" in page, tag
        assert "<p>After.</p>" in page, tag
        assert "<p>The <em>end</em>.</p>" in page, tag
