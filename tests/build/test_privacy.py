"""What is not for the public is nowhere in a built site; what is unlisted is at its address and nowhere else."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from storysite.errors import ProblemsFound
from tests.folder import ICON, Folder, tree
from tests.strangers import HEAD, forget_plugins, install_stranger

WORD = "zanzibar"
"""Stands in all that the story has which is not to be seen."""
SETTINGS = "title: Ours\nbase_url: https://example.org\ntaxonomies: [grades]\nposts_per_page: 2\n"
STORY = f"""---
id: {WORD}-id
title: The {WORD} day
date: 2026-03-03
{{header}}
tags: [club, {WORD}-tag]
categories: [{WORD}-category]
series: {WORD} nights
author: {WORD} Jones
audience: [{WORD}-people]
grades: [{WORD}-grade]
kind: {{kind}}
ask: {{{{what: {WORD} chairs, goal: 4, by: 2026-12-20}}}}
event: {{{{start: 2026-12-05T18:00, place: {WORD} hall}}}}
impact: [{{{{metric: {WORD}, value: 12}}}}]
quote: {{{{text: "{WORD}!", by: somebody}}}}
aliases: [/{WORD}-old/]
follows_up: kites
lang: {{lang}}
---
# The {WORD} day

Words about {WORD}. ![A {WORD}]({WORD}.png) [List]({WORD}.pdf)
"""
HIDING = ["private: true", "hidden: yes", "visibility: members", "password: a", "published: false", "_build: {render: never}", "privte: true", "draft: true"]  # fmt: skip
UNLISTED = ["unlisted: true", "listed: false", "robots: noindex", "_build: {list: never}"]


@pytest.fixture
def site(folder: Folder) -> Folder:
    """Return a site with two stories, of which one is answered by the hidden one, and a page."""
    folder.write("storysite.yml", SETTINGS)
    folder.post(
        "2025-03-01-kites", "High.", id="kites", title="Kites", tags="[club]", kind="ask", ask="{what: hands, goal: 4}"
    )
    folder.post("2026-03-05-robots", "They move.", id="robots", title="Robots", tags="[club]", audience="[families]")
    folder.write("content/pages/about.md", "---\ntitle: About\nmenu: 1\n---\nUs.\n")
    folder.write("content/pages/guide/index.md", "---\ntitle: Guide\n---\nRead.\n")
    return folder


def write_story(
    folder: Folder, header: str, name: str = "2026-03-03-secret.md", kind: str = "news", lang: str = "en"
) -> Path:
    """Write the story, with its picture and a document beside it."""
    place = f"content/posts/{name}"
    for ending in ("png", "pdf"):
        folder.write(f"{place.rpartition('/')[0]}/{WORD}.{ending}", f"{ICON}{WORD} {ending}")
    return folder.write(place, STORY.format(header=header, kind=kind, lang=lang))


def where(folder: Folder) -> set[str]:
    """Return the routes of all files of the output whose name or bytes have the word."""
    return {
        route for route, data in tree(folder.site).items() if WORD in route.lower() or WORD.encode() in data.lower()
    }


@pytest.mark.parametrize("kind", ["news", "ask", "event"])
@pytest.mark.parametrize("header", HIDING)
def test_what_is_hidden_is_nowhere(header: str, kind: str, site: Folder) -> None:
    """Neither its words nor its pictures, its groups, its old addresses, or a count of it; as if it were not there."""
    site.build()
    before = tree(site.site)
    write_story(site, header, kind=kind)
    built = site.build()
    assert tree(site.site) == before
    (hidden,) = built.result.hidden
    assert hidden.source == "content/posts/2026-03-03-secret.md"
    assert header.partition(":")[0] in hidden.sentence or hidden.sentence == "is a draft"


@pytest.mark.parametrize("kind", ["news", "ask", "event"])
@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("header", UNLISTED)
def test_what_is_unlisted_is_at_its_address_alone(header: str, lang: str, kind: str, site: Folder) -> None:
    """All other pages and feeds are as if it were not there, but for what a page says of how many there are."""
    site.build()
    before = tree(site.site)
    write_story(site, header, kind=kind, lang=lang)
    site.build()
    own = {"2026/03/secret/index.html", f"{WORD}-old/index.html", f"media/posts/{WORD}.png", f"media/posts/{WORD}.pdf"}
    assert tree(site.site).keys() - before.keys() == own
    assert {route: data for route, data in tree(site.site).items() if route not in own} == before
    page = site.page("2026/03/secret/index.html")
    assert '<meta name="robots" content="noindex' in page
    assert "data-pagefind-body" not in page
    assert "noindex" in site.page(f"{WORD}-old/index.html")


@pytest.mark.parametrize("header", ["private: true", "unlisted: true"])
def test_pages_are_hidden_and_unlisted_as_posts_are(header: str, site: Folder) -> None:
    """In the menu, in the lists of pages below each other, in the sitemap."""
    site.build()
    before = tree(site.site)
    for name in ("secret.md", "guide/secret.md", "deep/down/secret.md"):
        text = f"---\ntitle: The {WORD}\nmenu: 2\norder: 1\n{header}\n---\nWords about {WORD}, in {name}.\n"
        site.write(f"content/pages/{name}", text)
    built = site.build()
    own = {f"{name}/index.html" for name in ("secret", "guide/secret", "deep/down/secret")}
    if "private" in header:
        assert tree(site.site) == before
        assert len(built.result.hidden) == 3
    else:
        assert tree(site.site).keys() - before.keys() == own == where(site)
        assert all("noindex" in site.page(route) for route in own)


NAMES = [
    "_2026-03-03-secret.md", "__secret.md", ".2026-03-03-secret.md", "_notes/2026-03-03-secret.md", ".notes/2026-03-03-secret.md",
    "2026/_private/deep/2026-03-03-secret.md", "2026/.private/deep/2026-03-03-secret.md", "_Secret/index.md", "_2026-03-03-secret.es.md",
    "_2026-03-03-secret.markdown", "_includes/secret.html", "Ünder/_2026-03-03-secret.md", "_drafts/_secret.md", "_posts/_secret/a.md",
]  # fmt: skip


@pytest.mark.parametrize("section", ["posts", "pages"])
@pytest.mark.parametrize("name", NAMES)
def test_names_hide_as_other_programs_have_it(name: str, section: str, site: Folder) -> None:
    """A file or folder that begins with an underscore or a dot, which is named with what to do to show it."""
    site.build()
    before = tree(site.site)
    write_story(site, "draft: false", f"../{section}/{name}")
    built = site.build()
    assert tree(site.site) == before
    (hidden,) = built.result.hidden
    assert hidden.reason == "private"
    assert "so it is not for the public; to show it, rename it to " in hidden.sentence


@pytest.mark.parametrize("name", ["_posts/2026-03-03-story.md", "2026/_posts/2026-03-03-story.md", "a_b/2026-03-03-a_b.md", "2026/c.d/2026-03-03-e.f.md"])  # fmt: skip
def test_other_names_hide_nothing(name: str, site: Folder) -> None:
    """Nor do the names of pictures, which cameras begin with underscores."""
    site.write("content/posts/2026/_DSC1.jpg", ICON)
    site.write(f"content/posts/{name}", "---\ntitle: Shown\n---\n![One](/content/posts/2026/_DSC1.jpg)\n")
    site.write("content/posts/2026/2026-03-03-other.md", "---\ntitle: Too\n---\n![One](_DSC1.jpg)\n")
    built = site.build()
    assert built.result.hidden == []
    assert "media/posts/2026/_DSC1.jpg" in site.routes()


def test_many_that_a_folder_hides_are_told_in_one_line(site: Folder) -> None:
    """With how many there are."""
    for number in range(30):
        site.write(f"content/posts/_old/{number}.md", "Text.")
        site.write(f"content/posts/.trash/{number}.md", "Text.")
    hidden = {post.source: post.sentence for post in site.build().result.hidden}
    assert hidden.keys() == {"content/posts/_old", "content/posts/.trash"}
    assert "is a folder with 30 posts whose name begins with an underscore" in hidden["content/posts/_old"]


@pytest.mark.parametrize(
    ("original", "translation", "left"),
    [
        ("private: true", "draft: false", set[str]()),
        ("private: true", "unlisted: true", set[str]()),
        ("draft: false", "private: true", {"2026/03/secret/"}),
        ("unlisted: true", "draft: false", {"2026/03/secret/", "es/2026/03/secret/"}),
        ("draft: false", "unlisted: true", {"2026/03/secret/", "es/2026/03/secret/"}),
    ],
)
def test_a_translation_is_as_private_as_its_original(
    original: str, translation: str, left: set[str], site: Folder
) -> None:
    """And an original never tells of a translation that is hidden or unlisted."""
    site.write("content/posts/2026-03-03-secret.md", f"---\ntitle: One\n{original}\n---\nText.\n")
    site.write("content/posts/2026-03-03-secret.es.md", f"---\ntitle: {WORD}\n{translation}\n---\nTexto.\n")
    site.build()
    pages = {route.removesuffix("index.html") for route in site.routes() if "secret" in route and "share/" not in route}
    assert pages == left
    assert any("share/secret-" in route for route in site.routes()) == (original == "draft: false")
    assert where(site) <= {"es/2026/03/secret/index.html"} | (
        {"2026/03/secret/index.html"} if "un" in original else set()
    )


def test_a_link_to_a_hidden_story_is_told_and_leads_nowhere(site: Folder) -> None:
    """Whether it is hidden by what it says or by its name."""
    site.write("content/posts/2026-03-03-a.md", "---\nprivate: true\n---\nText.\n")
    site.write("content/posts/_2026-03-03-b.md", "Text.\n")
    site.post("2026-03-06-c", "[A](2026-03-03-a.md) and [B](_2026-03-03-b.md).", id="c")
    problems = [problem for problem in site.build().problems if problem.code.startswith("link")]
    assert [problem.code for problem in problems] == ["link-unseen"] * 2


def test_a_link_to_an_unlisted_story_leads_there(site: Folder) -> None:
    """For its writer chose to give the address to the readers of that page."""
    write_story(site, "unlisted: true")
    site.post("2026-03-06-c", "[A](2026-03-03-secret.md).", id="c")
    assert not [problem for problem in site.build().problems if problem.code.startswith("link")]
    assert 'href="../../../2026/03/secret/index.html"' in site.page("2026/03/c/index.html")


def test_a_story_that_answers_an_unlisted_one_does_not_tell(site: Folder) -> None:
    write_story(site, "unlisted: true")
    site.post("2026-03-06-c", "Text.", id="c", follows_up=f"{WORD}-id")
    site.build()
    assert WORD not in site.page("2026/03/c/index.html").replace(f"{WORD}-id", "")


WAYS: dict[str, Callable[[Path], object]] = {
    "private": lambda file: file.write_text(file.read_text("utf-8").replace("draft: false", "private: true"), "utf-8"),
    "misspelled": lambda file: file.write_text(
        file.read_text("utf-8").replace("draft: false", "pirvate: yes"), "utf-8"
    ),
    "renamed": lambda file: file.rename(file.with_name("_" + file.name)),
    "moved": lambda file: os.renames(file, file.parent / "_x" / file.name),
    "deleted": lambda file: file.unlink(),
}


@pytest.mark.parametrize("way", WAYS)
def test_what_is_withdrawn_is_gone_at_the_next_build(way: str, site: Folder) -> None:
    """The output is then what it was before the story came, its pictures included; and the way back is the same."""
    site.build()
    before = tree(site.site)
    file = write_story(site, "draft: false")
    site.build()
    assert where(site)
    shown = tree(site.site)
    text = file.read_text("utf-8")
    WAYS[way](file)
    site.build_if_needed()
    assert tree(site.site) == before
    file.write_text(text, "utf-8")
    site.build_if_needed()
    assert tree(site.site) == shown


def test_plugins_are_handed_no_story_that_is_unlisted(
    site: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever they list, they list nothing that is not to be listed."""
    code = f"""{HEAD}
def made(index):
    assert index.by_source and not any(post.unlisted for post in index.visible)
    sources = tuple(index.by_source)
    yield AddedPage("all/", "All", {{"x": Wholes(sources)}})

plugin = Plugin(pages=(AddedPages("all", "all.html", "all", "/all/", made, ("x",)),), templates=Path(__file__).parent / "templates")
"""
    template = "{% for post in x %}{{ post.title }} {{ post | html }}{% endfor %}"
    monkeypatch.syspath_prepend(tmp_path / "evil")
    install_stranger(tmp_path / "evil", {"evil/__init__.py": code, "evil/templates/all.html": template})
    forget_plugins()
    site.write("storysite.yml", SETTINGS + "plugins: evil\n")
    write_story(site, "unlisted: true")
    try:
        site.build()
    except ProblemsFound as error:
        pytest.fail(str(error))
    finally:
        forget_plugins()
    assert "Robots" in site.page("all/index.html")
    assert WORD not in site.page("all/index.html")


FRAMES = [
    "<!doctype html><html><head><title>{{ post.title }}</title></head><body class=x><p data-pagefind-body>{{ post | html }}</p></body></html>",
    "<!DOCTYPE html>\n<title>{{ post.title }}</title>\n<body>{{ post | html }}",
    '<html><head lang="en"><meta name="robots" content="noindex"></head><body data-pagefind-ignore="all">{{ post.title }}</body></html>',
    "<html><HEAD></HEAD>\n<header>{{ post.title }}</header><BODY></body></html>",
]


@pytest.mark.parametrize("frame", FRAMES)
def test_every_template_of_an_unlisted_story_keeps_searches_away(frame: str, site: Folder) -> None:
    """Also one that somebody wrote who had never heard of such stories; others stay as they are written."""
    site.write("templates/post.html", frame)
    site.write("templates/page.html", frame)
    site.write("content/pages/secret.md", "---\ntitle: One\nunlisted: true\n---\nText.\n")
    write_story(site, "unlisted: true")
    site.build()
    for route in ("2026/03/secret/index.html", "secret/index.html"):
        page = site.page(route)
        assert page.count('<meta name="robots" content="noindex">') == 1
        assert page.count('<body data-pagefind-ignore="all"') == 1
    assert "noindex" not in site.page("2026/03/robots/index.html") or "noindex" in frame


def test_many_stories_may_be_hidden_at_once(site: Folder) -> None:
    """That they say so themselves, or that their names do, is no loss that anybody must confirm."""
    for number in range(24):
        site.post(f"2026-{number % 10 + 1:02}-02-story-{number}", title=f"Story {number}")
    site.build()
    for number, file in enumerate(sorted((site.path / "content/posts").glob("2026-*-02-*.md"))):
        if number % 3 == 0:
            file.rename(file.with_name("_" + file.name))
        else:
            said = "private: true" if number % 3 == 1 else "unlisted: true"
            file.write_text(file.read_text("utf-8").replace("---\n", f"---\n{said}\n", 1), "utf-8")
    built = site.build()
    assert built.result.posts == 2
    assert built.result.unlisted == 8


@pytest.mark.parametrize("name", ["a.es", "es/a", "a.en-US", "en/a", "es/a.es", "a.ES"])
def test_whatever_is_named_as_a_translation_of_a_private_story_is_private(folder: Folder, name: str) -> None:
    """Also one in the language of the story itself, which is no translation, and one in the folder of a language."""
    folder.write("storysite.yml", "languages: [en, es]\n")
    folder.post("a", "Ours alone.", title="A", date="2026-11-01", private="true")
    folder.post("a.es", "Nuestra.", title="A", date="2026-11-01")
    folder.post(name, "Nuestra también.", title="A", date="2026-11-02")
    folder.post("b", "For all.", title="B", date="2026-11-01")
    assert [post.title for post in folder.build().site.index.posts] == ["B"]
