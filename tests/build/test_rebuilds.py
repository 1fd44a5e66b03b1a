"""One edit renders exactly the pages that show it: too many is as wrong as too few."""

import re
from typing import Any

import pytest

from tests.folder import ICON, Folder

PLAIN = {
    "base.html": "<title>{{ page.title }}</title>{% block main %}{% endblock %}",
    "post.html": '{% extends "base.html" %}{% block main %}{{ post | html }}'
    "{% for card in [previous, next] if card %}{{ card.title }}{% endfor %}"
    "{% for card in related %}{{ card.title }}{% endfor %}{% endblock %}",
    "home.html": '{% extends "base.html" %}{% block main %}{% for card in stories %}{{ card.title }}{% endfor %}{% endblock %}',
    "group.html": '{% extends "base.html" %}{% block main %}{% for card in stories %}{{ card.title }}{% endfor %}{% endblock %}',
    "month.html": '{% extends "base.html" %}{% block main %}{% for card in stories %}{{ card.title }}{% endfor %}{% endblock %}',
    "year.html": '{% extends "base.html" %}{% block main %}{% for card in stories %}{{ card.title }}{% endfor %}{% endblock %}',
    "groups.html": '{% extends "base.html" %}{% block main %}{% for group in groups %}{{ group.name }} {{ group.count }}{% endfor %}{% endblock %}',
    "archive.html": '{% extends "base.html" %}{% block main %}{% for year in years %}{{ year.name }} {{ year.count }}{% endfor %}{% endblock %}',
    "page.html": '{% extends "base.html" %}{% block main %}{{ post | html }}{% endblock %}',
    "subscribe.html": '{% extends "base.html" %}',
    "search.html": '{% extends "base.html" %}{% block main %}{% for year in years %}{{ year.count }}{% endfor %}{% endblock %}',
    "wall.html": '{% extends "base.html" %}{% block main %}{% for card in stories %}{{ card.title }}{% endfor %}{% endblock %}',
    "term.html": '{% extends "base.html" %}{% block main %}{% for post in entries %}{{ post.title }}{{ post | html(for_other_page=true) }}{% endfor %}{% endblock %}',
    "404.html": '{% extends "base.html" %}',
    "feed.xml": "{% for entry in entries %}{{ entry.title }}{{ entry | html(absolute_links=true) }}{% endfor %}",
    "atom.xml": "{{ feed.title }}",
    "feed.json": "{{ feed.title | json_text }}",
}
"""A theme whose pages name so little that the sets below can be followed by hand."""


@pytest.fixture
def archive(folder: Folder) -> Folder:
    """Return a site of thirty stories, one a week from 2 January 2026, most with one of two tags, already built."""
    for name, text in PLAIN.items():
        folder.write(f"themes/plain/templates/{name}", text)
    folder.write("themes/plain/assets/style.css", "body {}")
    folder.write("storysite.yml", "theme: plain\nposts_per_page: 5\n")
    for number in range(30):
        month, day = number // 4 + 1, number % 4 * 7 + 2
        tag = "" if number < 4 else "even" if number % 2 == 0 else "odd"
        header = {"title": f"Story {number}", "tags": f"[{tag}]", "summary": "One sentence."}
        folder.post(f"2026-{month:02}-{day:02}-story-{number}", f"Text {number}.", **header)
    folder.build()
    return folder


def edit(folder: Folder, number: int, old: str, new: str) -> None:
    """Change the file of one story."""
    file = next((folder.path / "content/posts").glob(f"*-story-{number}.md"))
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")


def made(folder: Folder, **options: Any) -> set[str]:
    """Build and return the addresses that were rendered, months and days left out of stories' addresses."""
    built = folder.build(**options)
    return {re.sub(r"^\d{4}/\d\d/(?=story)", "", job.page.url) for job in built.work.render}


def test_a_second_build_renders_reads_and_writes_nothing(archive: Folder) -> None:
    """When nothing changed, nothing is done."""
    built = archive.build()
    assert (built.work.render, built.work.delete, built.read, built.written) == ([], [], 0, 0)


def test_the_body_of_an_old_story_is_shown_on_its_own_page_only(archive: Folder) -> None:
    """An old story's text is in no listing and no feed; it is in the booklet of its term."""
    edit(archive, 3, "Text 3.", "Text 3, fixed.")
    assert made(archive) == {"story-3/", "archive/2025-26/term-2/"}


def test_the_body_of_a_new_story_is_in_the_feeds_too(archive: Folder) -> None:
    """The newest stories' texts are in the site's feed and in those of their groups."""
    edit(archive, 28, "Text 28.", "Text 28, fixed.")
    assert made(archive) == {
        "story-28/",
        "feed.xml",
        "tags/even/feed.xml",
        "kinds/victory/feed.xml",
        "archive/2026-27/term-1/",
    }


def test_a_title_is_shown_by_its_neighbours_and_its_listings(archive: Folder) -> None:
    """Its page, the stories beside it, the one that relates to it, and one window of each listing it is in."""
    edit(archive, 4, "title: Story 4", "title: Story four")
    assert made(archive) == {
        "story-4/",
        "story-3/",
        "story-5/",
        "story-6/",  # the next story with the tag "even" is related to this one
        "2026/02/",
        "archive/",  # its spine on the shelf
        "archive/2025-26/",
        "archive/2025-26/term-2/",
        "tags/even/page/1/",
        "tags/even/feed.xml",  # its tag has fewer than twenty stories
        "kinds/victory/page/1/",
    }


def test_a_reordered_header_renders_nothing(archive: Folder) -> None:
    """Digests are taken of what was read, not of how it was written."""
    edit(archive, 7, "title: Story 7\ntags: [odd]", "tags: [odd]\n# a remark\ntitle: 'Story 7'")
    built = archive.build()
    assert (built.read, built.work.render) == (1, [])


def test_a_touched_file_is_not_even_read(archive: Folder) -> None:
    """A new time on the same bytes costs a hash and nothing else."""
    next((archive.path / "content/posts").glob("*-story-7.md")).touch()
    built = archive.build()
    assert (built.read, built.work.render) == (0, [])


FRONT = {
    "story-29/",  # the story before it links to it
    "2026/09/",
    "archive/",
    "archive/2026-27/",
    "archive/2026-27/term-1/",
    "",
    "wall/",
    "search/",
    "tags/",
    "tags/even/",
    "tags/even/feed.xml",
    "kinds/",
    "kinds/victory/",
    "kinds/victory/feed.xml",
    "feed.xml",
    "sitemap.xml",
}
"""The pages that show a thirty-first story, besides its own."""


def test_a_new_story_changes_front_pages_and_no_numbered_one(archive: Folder) -> None:
    """Listings are numbered from the oldest, so numbered pages stay as they are."""
    archive.post("2026-09-04-story-30", "Text.", title="Story 30", tags="[even]")
    assert made(archive) == {"story-30/", *FRONT}
    assert {url for url in numbered(archive) if "even" in url} == {"tags/even/page/1/"}


def test_a_story_that_fills_a_page_makes_one_numbered_page(archive: Folder) -> None:
    """The fifteenth story with a tag, at five a page, leaves a second full page behind; the first stays as it is."""
    archive.post("2026-09-04-story-30", "Text.", title="Story 30", tags="[even]")
    archive.build()
    archive.post("2026-09-11-story-31", "Text.", title="Story 31", tags="[even]")
    assert made(archive) == {"story-31/", "story-30/", "tags/even/page/2/", *FRONT} - {"story-29/"}
    assert {url for url in numbered(archive) if "even" in url} == {"tags/even/page/1/", "tags/even/page/2/"}


def numbered(folder: Folder) -> set[str]:
    """Return the addresses of all numbered pages of listings."""
    return {route.removesuffix("index.html") for route in folder.routes() if "/page/" in route}


def test_a_draft_takes_its_pages_away(archive: Folder) -> None:
    """A story that becomes a draft is deleted from the output, and so is a month it stood in alone."""
    archive.post("2026-11-06-story-alone", title="Alone")
    archive.build()
    assert "2026/11/index.html" in archive.routes()
    archive.post("2026-11-06-story-alone", title="Alone", draft="true")
    built = archive.build()
    assert "2026/11/story-alone/index.html" in built.work.delete
    assert "2026/11/index.html" in built.work.delete
    assert not (archive.site / "2026/11").exists()


def test_a_template_renders_the_pages_that_use_it(archive: Folder) -> None:
    """An edit of one template renders its pages and no others."""
    archive.write("templates/month.html", "{{ page.title }}")
    assert made(archive) == {f"2026/0{month}/" for month in range(1, 9)}


def test_a_template_that_others_extend_renders_them_all(archive: Folder) -> None:
    """The base template's digest is part of each that extends it; feeds do not."""
    archive.write("templates/base.html", "<title>{{ page.title }}</title>{% block main %}{% endblock %} ")
    pages = made(archive)
    assert len(pages) == len([route for route in archive.routes() if route.endswith(".html")])
    assert not any(url.endswith(".xml") for url in pages)


def test_a_setting_renders_the_pages_that_name_it(archive: Folder) -> None:
    """The tagline is the home page's description, and no other template of this theme names the site."""
    archive.write("storysite.yml", "theme: plain\nposts_per_page: 5\ntagline: A new line\n")
    assert made(archive) == {""}


def test_a_lost_file_is_made_again_with_the_reason_said(archive: Folder) -> None:
    """A file that was deleted or changed in the output is the only one that is made again."""
    (archive.site / "2026/03/story-8/index.html").write_bytes(b"changed by hand")
    built = archive.build()
    assert [(job.page.url, job.reason) for job in built.work.render] == [
        ("2026/03/story-8/", "its file was changed or deleted")
    ]


def test_a_picture_that_appears_is_copied_and_its_story_made_again(archive: Folder) -> None:
    """Where a story's links lead is part of what it shows."""
    edit(archive, 3, "Text 3.", "![A robot](robot.png)")
    assert {problem.code for problem in archive.build().problems} >= {"picture-missing"}
    archive.write("content/posts/robot.png", ICON + "picture")
    pages = made(archive)
    assert {"story-3/", "media/posts/robot.png"} <= pages
    archive.write("content/posts/robot.png", ICON + "another picture")
    assert made(archive) == {"media/posts/robot.png"}


def test_a_moved_story_renders_the_stories_that_link_to_it(archive: Folder) -> None:
    """A link by file name follows the story to its new address."""
    edit(archive, 20, "Text 20.", "[See](2026-01-09-story-1.md)")
    archive.build()
    edit(archive, 1, "title: Story 1", "title: Story 1\nslug: moved")
    pages = made(archive)
    assert "story-20/" in pages
    assert 'href="../../../2026/01/moved/index.html"' in archive.page("2026/06/story-20/index.html")


def test_static_files_are_copied_when_their_bytes_change(archive: Folder) -> None:
    """static/ is copied as it is, and only what changed."""
    archive.write("static/hours.txt", "nine to four")
    assert made(archive) == {"hours.txt"}
    (archive.path / "static/hours.txt").unlink()
    assert archive.build().work.delete == ["hours.txt"]


def test_a_link_finds_a_story_in_another_folder_by_its_file_name(archive: Folder) -> None:
    """A file name that only one story has is enough; one that two have leads nowhere, and is named."""
    archive.post("2024/2024-05-03-old", "Text.", title="Old")
    edit(archive, 3, "Text 3.", "[See](2024-05-03-old.md)")
    assert not [problem for problem in archive.build().problems if problem.code == "link-missing"]
    assert 'href="../../../2024/05/old/index.html"' in archive.page("2026/01/story-3/index.html")
    archive.post("2023/2024-05-03-old", "Text.", title="Other", slug="other")
    assert [problem.code for problem in archive.build().problems if problem.path.endswith("story-3.md")] == [
        "link-missing"
    ]
