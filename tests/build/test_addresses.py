"""Addresses of whole archives: what nobody wrote stops no build, and every story is found once, where links lead."""

import re
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid5

import feedparser
import pytest

from storysite.build import build
from storysite.build.open_site import open_site
from storysite.build.options import BuildOptions
from storysite.build.result import Build
from storysite.build.session import BuildSession
from storysite.errors import ProblemsFound
from storysite.problems import Severity
from storysite.source.post import IDENTITY
from tests.build.test_archives import broken_links
from tests.folder import ICON, NOW, Folder, tree

POSTS = "content/posts/"
NAMES_IN_IDS = ["a", "a.es", "a.pt-BR", "a.hmn", "a.ES", "b", "b.es", "b/index.hmn"]


def told(built: Build, code: str = "") -> list[str]:
    """Return the warnings of a build, or those of one code, as they are printed."""
    return [str(problem) for problem in built.problems if problem.severity is Severity.WARNING and code in problem.code]


def urls(built: Build) -> dict[str, str]:
    """Return where each file is shown, by its path below content/."""
    return {source.partition("/")[2]: post.url for source, post in built.site.by_source.items()}


def weekly(folder: Folder, *days: int) -> None:
    """Write news of some Fridays of November, all with one name."""
    for day in days:
        folder.post(f"2026-11-{day:02}-friday-news", f"News of the {day}th.", title=f'"News {day}"')


def test_the_weekly_habit_is_no_mistake(folder: Folder) -> None:
    """Each week has a page, links by file name lead to the right one, and one warning tells of all."""
    weekly(folder, 6, 13, 20)
    folder.post("2026-11-21-last", "[Last week](2026-11-13-friday-news.md)", title="Last")
    built = folder.build()
    assert sorted(route for route in folder.routes() if "friday" in route and ".png" not in route) == [
        "2026/11/friday-news-13/index.html", "2026/11/friday-news-20/index.html", "2026/11/friday-news/index.html"
    ]  # fmt: skip
    assert '/2026/11/friday-news-13/index.html">Last week' in folder.page("2026/11/last/index.html")
    assert not broken_links(folder.site)
    (warning,) = told(built)
    assert warning.startswith("warning: 2 files would have an address that is taken, so each got one of its own: ")
    assert "content/posts/2026-11-13-friday-news.md is at /2026/11/friday-news-13/" in warning


def test_next_week_changes_no_address_and_no_id(folder: Folder, tmp_path: Path) -> None:
    """Feed readers see one new story, and the site is that of a clean build."""
    weekly(folder, 6, 13)
    before = urls(folder.build())
    feed = feedparser.parse(folder.page("feed.xml"))
    weekly(folder, 20)
    assert before.items() <= urls(folder.build()).items()
    after = feedparser.parse(folder.page("feed.xml"))
    assert {(entry.id, entry.link) for entry in feed.entries} < {(entry.id, entry.link) for entry in after.entries}
    assert tree(folder.site) == folder.clean(tmp_path / "clean")


def test_nothing_moves_when_a_scheduled_post_appears(folder: Folder) -> None:
    """Its address was kept for it, although nobody saw it; nor does anything move when another one expires."""
    folder.write("storysite.yml", "post_url: /{slug}/\n")
    folder.post("2026-11-06-news", title="A", expires="2026-11-25")
    folder.post("2026-11-26-news", title="B")
    folder.post("2026-11-27-news", title="C")
    moments = (datetime(2026, 11, day, 12, tzinfo=UTC) for day in (24, 26, 27, 28))
    seen = [urls(folder.build(now=moment)) for moment in moments]
    assert seen[0] == {"posts/2026-11-06-news.md": "news/"}
    assert seen[1] == {"posts/2026-11-26-news.md": "news-2026-11-26/"}
    assert seen[2] == {"posts/2026-11-26-news.md": "news-2026-11-26/", "posts/2026-11-27-news.md": "news-2026-11-27/"}


def test_copies_of_a_folder_inside_itself_are_shown_once(folder: Folder) -> None:
    """One warning names a few, what is wrong in them is told once, and a link to a copy leads to what is shown."""
    for number in range(1, 8):
        for place in ("", "posts/", "posts/posts/"):
            folder.post(f"{place}2026-11-0{number}-a{number}", "![x](x.png)", titel="T", id=f"i{number}")
            folder.write(f"{POSTS}{place}x.png", ICON)
    folder.post("2026-11-20-b", "[one](posts/2026-11-01-a1.md)", title="B")
    built = folder.build()
    assert len(built.site.index.posts) == 8
    assert len(told(built, "key-unknown")) == 7
    (warning,) = told(built, "post-copy")
    assert "14 files are the same as other files, so each story is shown once: " in warning
    assert warning.count("content/posts/posts/") <= 6
    assert "and 11 more" in warning
    assert {post.reason for post in built.result.hidden} == {"copy"}
    assert '/2026/11/a1/index.html">one' in folder.page("2026/11/b/index.html")
    assert "2026/11/a1/index.html" in folder.routes()


@pytest.mark.parametrize("name", ["2026-11-06-robots - Copy", "2026-11-06-robots (1)", "old/2026-11-06-robots"])
def test_a_copy_that_a_computer_made_is_shown_once(folder: Folder, name: str) -> None:
    """The file with the shorter way to it is the one that is shown."""
    for each in ("2026-11-06-robots", name):
        folder.post(each, title="Robots")
    built = folder.build()
    assert urls(built) == {"posts/2026-11-06-robots.md": "2026/11/robots/"}
    assert "this file is the same as content/posts/2026-11-06-robots.md, so the story is shown once" in told(built)[0]


def test_files_of_the_same_words_that_are_two_stories_stay_two(folder: Folder) -> None:
    """Two days, or two languages; and empty files, which have their names as titles."""
    for name in ("2026-11-06-closed", "2026-11-13-closed", "2026-11-13-closed.es"):
        folder.post(name, title="Closed today")
    folder.write(f"{POSTS}2026-11-14-a.md", "")
    folder.write(f"{POSTS}2026-11-14-b.md", "")
    assert len(folder.build().site.index.posts) == 5


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        ("a.en.md", "a.es.md"),
        ("a.md", "a.es.md"),
        ("a/index.en.md", "a/index.es.md"),
        ("a.md", "a.ES.md"),
        ("en/news/a.md", "es/news/a.md"),
        ("news/a.md", "es/news/a.md"),
        ("posts/en/a.md", "posts/es/a.md"),
        ("content.en/blog/a.md", "content.es/blog/a.md"),
        ("en/a/index.md", "es/a/index.md"),
    ],
)
@pytest.mark.parametrize("said", ["front matter", "settings"])
def test_two_languages_are_one_story(folder: Folder, english: str, spanish: str, said: str) -> None:
    """By their names or their folders, with or without one that has no language in its name."""
    folder.write("storysite.yml", "languages: [en, Spanish]\n" if said == "settings" else "")
    for name, language in ((english, "EN"), (spanish, "Spanish")):
        header = f"lang: {language}\n" if said == "front matter" else ""
        folder.write(POSTS + name, f"---\ntitle: Story {language}\ndate: 2026-11-06\n{header}---\n\nText.\n")
    built = folder.build()
    (original,) = built.site.index.originals
    assert (original.title, original.url) == ("Story EN", "2026/11/a/")
    assert [post.url for post in built.site.index.versions(original)] == ["2026/11/a/", "es/2026/11/a/"]
    assert {post.language for post in built.site.index.posts} == {"en", "es"}
    assert not told(built)
    assert not broken_links(folder.site)


def test_a_folder_is_no_language_because_it_is_called_like_one(folder: Folder) -> None:
    """`it` is where the computers are, as long as nobody says that it is Italian."""
    folder.post("it/2026-11-06-a", title="Computers")
    folder.post("2026-11-06-a", title="Books")
    built = folder.build()
    assert {post.language for post in built.site.index.originals} == {"en"}
    assert sorted(urls(built).values()) == ["2026/11/a-it/", "2026/11/a/"]


def test_stories_in_one_language_are_never_taken_for_translations(folder: Folder) -> None:
    """None vanishes from the lists, whatever its file is called."""
    for name in ("2026-11-06-a", "2026-11-06-a.en", "en/2026-11-06-a", "2026-11-06-a.en-US"):
        folder.post(name, name, title="A")
    assert len(folder.build().site.index.originals) == 4


def test_codes_are_compared_as_languages(folder: Folder) -> None:
    """There is one front page for each language, however its code is written, and none for what the site speaks."""
    for number, code in enumerate(
        ["ES", "es", "pt_BR", "pt-br", "PT-BR", "en-US", "EN_us", "en", "en-GB", "spa", "hmn"]
    ):
        folder.post(f"2026-11-{number + 1:02}-a", title="A", lang=code)
    folder.post("2026-11-20-x.es", title="X")
    folder.post("2026-11-20-y.haw", title="Y")
    folder.post("2026-11-20-z.pt_br", title="Z")
    built = folder.build()
    assert built.site.index.homes == {"en": "", "es": "es/", "haw": "haw/", "hmn": "hmn/", "pt-BR": "pt-br/"}
    assert not broken_links(folder.site)


def test_traditional_characters_never_come_with_simplified_words(folder: Folder) -> None:
    """Words of the interface in one script are none in the other; without any it speaks the site's language."""
    for number, code in enumerate(["zh-Hant", "zh-TW", "zh_HK", "zh", "zh-CN"]):
        folder.post(f"2026-11-{number + 1:02}-a{number}", title="读书", lang=code)
    folder.build()
    spoken = [
        re.findall(r'<html lang="([^"]*)"', folder.page(f"2026/11/a{number}/index.html"))[0] for number in range(5)
    ]
    assert spoken == ["en", "en", "en", "zh", "zh"]
    assert "归档" not in folder.page("2026/11/a1/index.html")


def test_a_language_that_nobody_knows_is_named(folder: Folder) -> None:
    """Its line is shown, and the story is in the site's language."""
    folder.post("2026-11-01-a", title="A", lang="Elvish")
    built = folder.build()
    assert told(built) == [
        'content/posts/2026-11-01-a.md:3: warning: "Elvish" is not a language  [post-value]\n    3 | lang: Elvish\n'
        "    hint: write its short name, such as en, es or zh-Hant, or its name in English"
    ]
    assert built.site.index.posts[0].language == "en"


def test_a_page_has_translations_as_a_post_has(folder: Folder) -> None:
    """The menu of each language leads to the page in it, and readers choose on the page."""
    folder.write("content/pages/about.md", "---\ntitle: About us\nmenu: 1\n---\n\nHello.\n")
    folder.write("content/pages/about.es.md", "---\ntitle: Acerca de\nmenu: 1\n---\n\nHola.\n")
    folder.write("content/pages/es/visit.md", "---\ntitle: Visitas\nlang: es\n---\n\nHola.\n")
    folder.write("content/pages/visit.md", "---\ntitle: Visit\n---\n\nHello.\n")
    folder.post("2026-11-01-a.es", title="A")
    built = folder.build()
    assert not told(built)
    assert {"about/index.html", "es/about/index.html", "visit/index.html", "es/visit/index.html"} <= folder.routes()
    assert "Acerca de" in folder.page("es/index.html")
    assert "About us" not in folder.page("es/index.html")
    assert "Acerca de" not in folder.page("index.html")
    for here, there in (("about", "../es/about/"), ("visit", "../es/visit/")):
        assert f'href="{there}index.html" lang="es" hreflang="es"' in folder.page(f"{here}/index.html")
    assert not broken_links(folder.site)


def test_old_addresses_give_way_to_living_pages(folder: Folder) -> None:
    """One warning tells of all, and the first of two posts with one old address keeps it."""
    folder.write("static/old/map.html", "<p>Map")
    old = "[/2026/11/b/, /archive/, /tags, /old/map.html, /2012/x.html, /2012/x.html/y/, /ABOUT/]"
    folder.post("2026-11-01-a", title="A", aliases=old)
    folder.post(
        "2026-11-02-b", "[x](/2012/x.html)", title="B", aliases="[/2026/11/b/, /2026/11/B/, /2012/x.html]", tags="x"
    )
    folder.write("content/pages/about.md", "About.")
    built = folder.build()
    (warning,) = told(built, "post-alias")
    assert warning.startswith("warning: 7 old addresses are not kept, because something else is there: ")
    assert "Map" in folder.page("old/map.html")
    assert "../2026/11/a/index.html" in folder.page("2012/x.html")
    assert "Text." in folder.page("2026/11/a/index.html")
    assert 'http-equiv="refresh"' not in folder.page("2026/11/b/index.html")
    assert not broken_links(folder.site)


def test_one_old_address_is_told_of_where_it_stands(folder: Folder) -> None:
    folder.post("2026-11-01-a", title="A", aliases="/2026/11/b/")
    folder.post("2026-11-02-b", title="B")
    assert told(folder.build(), "post-alias")[0].startswith(
        "content/posts/2026-11-01-a.md: warning: the old address /2026/11/b/ is not kept, because content/posts/2026-11-02-b.md is there"
    )


def test_files_and_pages_of_the_author_come_before_what_storysite_adds(folder: Folder, tmp_path: Path) -> None:
    """A file in static/, or a page that was put there on purpose, takes the place of ours; one warning says so."""
    folder.write("static/robots.txt", "User-agent: *\n")
    folder.write("static/404.html", "Nothing here.")
    folder.write("content/pages/shelf.md", "---\npermalink: /archive/\n---\n\nOur own archive.")
    folder.write("content/pages/tag-archive.md", "---\npermalink: /tags/\nlayout: tags\n---\n")
    folder.post("2026-11-01-a", title="A", tags="[robots]")
    built = folder.build()
    (warning,) = told(built, "address-replaced")
    assert "static/robots.txt takes the place of robots.txt, /robots.txt" in warning
    assert folder.page("robots.txt") == "User-agent: *\n"
    assert "Our own archive" in folder.page("archive/index.html")
    assert "tag-archive/index.html" in folder.routes()
    assert "robots" in folder.page("tags/index.html")
    folder.post("2026-11-01-a", "Other words.", title="A", tags="[robots]")
    assert told(folder.build()) == told(built)
    assert tree(folder.site) == folder.clean(tmp_path / "clean")


def test_the_home_page_of_another_program_is_that_of_the_site(folder: Folder) -> None:
    """Whatever its file is called; a page that is there by its name gives way."""
    folder.write("content/pages/welcome.md", "---\ntitle: Welcome\npermalink: /\n---\n\nHello.\n")
    folder.write("content/pages/index.md", "---\ntitle: Index\n---\n\nHello.\n")
    assert urls(folder.build()) == {"pages/welcome.md": "", "pages/index.md": "home-2/"}
    assert "Welcome" in folder.page("index.html")


def test_the_same_permalink_in_every_language_is_one_story(folder: Folder) -> None:
    """Plugins for several languages ask for that."""
    for language in ("en", "es"):
        header = f"---\ntitle: About {language}\nlang: {language}\npermalink: /about/\n---\n\nHello.\n"
        folder.write(f"content/pages/{language}/about.md", header)
        folder.post(f"{language}/2026-11-01-a", title=f"A {language}", lang=language, permalink="/a.html")
    built = folder.build()
    assert sorted(urls(built).values()) == ["a.html", "about/", "es/a.html", "es/about/"]
    assert len(built.site.index.originals) == 1


def test_pictures_whose_names_differ_in_capitals_are_two(folder: Folder) -> None:
    """Where they lie side by side they can be published side by side."""
    for name in ("Photo.jpg", "photo.jpg", "photo.JPG"):
        folder.write(f"{POSTS}{name}", ICON + name)
        folder.write(f"static/{name}", ICON + name)
    folder.post("2026-11-01-a", "![x](Photo.jpg) ![x](photo.jpg) ![x](photo.JPG)", title="A")
    assert not told(folder.build())
    assert {f"media/posts/{name}" for name in ("Photo.jpg", "photo.jpg", "photo.JPG")} <= folder.routes()


def test_a_build_of_texts_alone_tells_of_the_same(folder: Folder) -> None:
    """What is wrong with addresses is said as long as it is so, also where nothing is planned anew."""
    weekly(folder, 6, 13)
    folder.post("2026-11-20-a", title="A", aliases="/2026/11/friday-news/")
    folder.write("static/robots.txt", "x")
    options = BuildOptions(folder.path, now=NOW, jobs=1)
    with closing(BuildSession(options)) as session:
        first = build(options, session=session)
        weekly(folder, 6)
        folder.post("2026-11-20-a", "Other words.", title="A", aliases="/2026/11/friday-news/")
        second = build(options, session=session)
    assert second.plan is first.plan
    assert told(second) == told(first)
    assert len(told(first)) == 3


def test_two_addresses_that_were_written_are_an_error_and_a_hidden_one_is_none(folder: Folder) -> None:
    """Only what readers would be shown is in the way; both files are named."""
    folder.post("2026-11-01-a", title="A", permalink="/robots/")
    folder.post("2026-11-02-b", title="B", permalink="/Robots", draft="true")
    folder.build()
    folder.post("2026-11-02-b", title="B", permalink="/Robots")
    with pytest.raises(ProblemsFound) as raised:
        folder.build()
    (problem,) = [problem for problem in raised.value.problems if problem.code == "address-twice"]
    assert (problem.path, "this and content/posts/2026-11-01-a.md" in problem.what) == (f"{POSTS}2026-11-02-b.md", True)


def test_a_scheduled_story_whose_address_is_taken_is_told_of_before_its_day(folder: Folder) -> None:
    """Nobody is at the desk when it would stop the build; a draft may keep what it was copied with."""
    folder.post("2026-11-01-a", title="A", permalink="/robots/")
    for name, header in (("2026-12-04-b", {}), ("2026-12-11-c", {"lang": "es"}), ("2026-12-18-d", {"draft": "true"})):
        folder.post(name, title=name, permalink="/robots", **header)
    (warning,) = told(folder.build(), "address-twice")
    assert warning.startswith("content/posts/2026-12-04-b.md: warning: content/posts/2026-11-01-a.md has the address ")
    assert "so the site could not be built from 2026-12-04 on" in warning


def test_a_rule_for_addresses_is_no_address_that_was_written(folder: Folder) -> None:
    """Archives of Jekyll have the same `/:categories/:title/` in every file, which tells no two apart."""
    for day in (6, 13):
        folder.post(f"2026-11-{day:02}-news", title=f"News {day}", permalink="/:categories/:title/")
    folder.write("content/pages/a.md", "---\npermalink: /:title/\n---\n\nA.\n")
    assert sorted(urls(folder.build()).values()) == ["a/", "news-13/", "news/"]


def test_pages_of_the_same_words_in_two_folders_are_two(folder: Folder) -> None:
    """Each says that it will be there soon; a folder inside itself is one."""
    for name in ("grades/index", "clubs/index", "clubs/clubs/index", "index"):
        folder.write(f"content/pages/{name}.md", "---\ntitle: Coming soon\n---\n\nCome back in May.\n")
    built = folder.build()
    assert sorted(urls(built).values()) == ["", "clubs/", "grades/"]
    assert [(post.source, post.reason) for post in built.hidden] == [("content/pages/clubs/clubs/index.md", "copy")]


def test_a_folder_that_is_called_like_a_language_is_asked_about_once(folder: Folder) -> None:
    """With what to write if it is one; then nothing is told apart any more."""
    for number in range(1, 8):
        for place in ("en", "content.es", "pt_BR"):
            folder.post(f"{place}/2026-11-{number:02}-a{number}", place, title=place)
    (warning,) = told(folder.build())
    assert warning.startswith("warning: 14 files would have an address that is taken")
    assert "if the folders content.es, pt_BR hold another language, add languages: [es, pt-BR] to" in warning
    folder.write("storysite.yml", "languages: [es, pt-BR]\n")
    built = folder.build()
    assert not told(built)
    assert [post.language for post in built.site.index.versions(built.site.index.originals[0])] == ["en", "es", "pt-BR"]


@pytest.mark.parametrize("ending", ["markdown", "html", "/index.md"])
def test_files_that_differ_in_their_ending_only_are_two_stories(folder: Folder, ending: str) -> None:
    """Their ids, which nobody wrote, are not the same either."""
    folder.post("2026-11-01-a", title="A")
    separator = "" if ending.startswith("/") else "."
    folder.write(f"{POSTS}2026-11-01-a{separator}{ending}", "---\ntitle: B\n---\n\nOther.\n")
    built = folder.build()
    assert len({post.id for post in built.site.index.posts}) == 2
    assert sorted(urls(built).values()) == ["2026/11/a-2/", "2026/11/a/"]


def test_ids_are_what_they_were_before_languages_had_more_names(folder: Folder) -> None:
    """Whoever follows a feed is sent nothing a second time: ids are made of names as they always were."""
    for name in ("a", "a.es", "a.pt_BR", "a.hmn", "b/index", "b/index.es", "b/index.hmn", "a.ES"):
        folder.post(f"2026-11-01-{name}", name, title=name)
    made_of = {
        post.source.removeprefix(f"{POSTS}2026-11-01-"): name
        for post in folder.build().site.index.posts
        for name in NAMES_IN_IDS
        if post.id == f"urn:uuid:{uuid5(IDENTITY, f'2026-11-01-{name}')}"
    }
    assert made_of == {
        "a.md": "a", "a.es.md": "a.es", "a.pt_BR.md": "a.pt-BR", "a.hmn.md": "a.hmn", "a.ES.md": "a.ES",
        "b/index.md": "b", "b/index.es.md": "b.es", "b/index.hmn.md": "b/index.hmn",
    }  # fmt: skip


def test_an_unsaved_post_is_shown_at_its_own_address(folder: Folder) -> None:
    """An editor's preview settles addresses as a build does."""
    weekly(folder, 6, 13)
    with open_site(BuildOptions(folder.path, now=NOW, jobs=1)) as found:
        shown = found.render(f"{POSTS}2026-11-13-friday-news.md", b"---\ntitle: Unsaved\n---\n\nWords.\n")
    assert b"friday-news-13/" in shown
