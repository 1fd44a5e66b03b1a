"""Taxonomies of a site's own: one line in the settings gives its groups pages, feeds and links, as tags have."""

import re
from pathlib import Path

import pytest

from storysite.errors import ProblemsFound
from storysite.model.config import Config
from storysite.model.post import PostHeader
from storysite.model.taxonomy import FIELDS, TAXONOMIES, Taxonomy
from storysite.source.settings import read_config
from storysite.source.taxonomies import TAKEN, read_taxonomies
from tests.build.test_rebuilds import PLAIN, edit, made
from tests.folder import ICON, Folder, tree

THEMES = ("default", "gazette")


def school(folder: Folder, theme: str = "default", taxonomies: str = "grades, subjects") -> Folder:
    """Return a built site of four stories with grades and subjects."""
    folder.write("storysite.yml", f"theme: {theme}\ntaxonomies: {taxonomies}\n")
    folder.post("2026-11-01-seeds", title="Seeds", grades="[3, 4]", subjects="Science, Art", tags="[garden]")
    folder.post("2026-11-02-poems", title="Poems", grade="3", Subjects="[Art, Reading aloud]")
    folder.post("2026-11-03-maps", title="Maps", grades="5", subjects="science")
    folder.post("2026-11-03-maps.es", title="Mapas", grades="5", subjects="Ciencia")
    folder.post("2026-11-04-quiet", title="Quiet", series="Maker nights")
    folder.build()
    return folder


@pytest.mark.parametrize("theme", THEMES)
def test_one_line_gives_each_group_a_page_and_a_feed(theme: str, folder: Folder) -> None:
    """There is a list of all grades and of all subjects, and for each of them a page and a feed of its stories."""
    school(folder, theme)
    routes = {route for route in folder.routes() if route.startswith(("grades/", "subjects/", "standards/"))}
    pages = {f"grades/{name}" for name in ("3", "4", "5")}
    pages |= {f"subjects/{name}" for name in ("art", "science", "reading-aloud")}
    files = {f"{page}/{file}" for page in pages for file in ("index.html", "feed.xml")}
    assert routes == {"grades/index.html", "subjects/index.html"} | files
    assert re.findall(r"<h2[^>]*><a[^>]*>(\w+)", folder.page("grades/3/index.html")) == ["Poems", "Seeds"]
    assert re.findall(r"<title>(\w+)</title>", folder.page("subjects/science/feed.xml")) == ["Maps", "Seeds"]
    listing = folder.page("grades/index.html")
    assert "<h1>Grades</h1>" in listing
    assert re.findall(r'<li><a href="([^"]+)">([^<]+)</a> <span>([^<]+)', listing) == [
        ("3/index.html", "3", "2 stories"),
        ("4/index.html", "4", "1 story"),
        ("5/index.html", "5", "1 story"),
    ]


@pytest.mark.parametrize("theme", THEMES)
def test_a_story_links_to_its_groups(theme: str, folder: Folder) -> None:
    """At its end stand its groups below what they are called; a translation's have no links, as its tags have none."""
    school(folder, theme)
    assert filings(folder, "2026/11/seeds") == {
        "Tags": [("garden", "../../../tags/garden/index.html")],
        "Grades": [("3", "../../../grades/3/index.html"), ("4", "../../../grades/4/index.html")],
        "Subjects": [("Science", "../../../subjects/science/index.html"), ("Art", "../../../subjects/art/index.html")],
    }
    assert filings(folder, "2026/11/quiet") == {}
    translated = folder.page("es/2026/11/maps/index.html")
    assert "<dt>Subjects</dt><dd>Ciencia</dd>" in translated
    assert "Grados" in translated


def filings(folder: Folder, page: str) -> dict[str, list[tuple[str, str]]]:
    """Return the names and the links of the groups at the end of a story, by their labels."""
    found = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", folder.page(f"{page}/index.html"), re.DOTALL)
    links = {label: re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', text) for label, text in found}
    return {
        label: [(name, url) for url, name in each]
        for label, each in links.items()
        if label not in ("School year", "Updated")
    }


@pytest.mark.parametrize("theme", THEMES)
def test_the_subscribe_page_lists_the_feeds_of_every_taxonomy(theme: str, folder: Folder) -> None:
    """Those of a site's own come after ours; whoever wants only one grade finds its address there."""
    page = school(folder, theme).page("subscribe/index.html")
    assert re.findall(r"<h3>([^<]+)</h3>", page) == ["Kinds of stories", "Series", "Tags", "Grades", "Subjects"]
    assert 'href="../subjects/reading-aloud/feed.xml"' in page


def test_ours_are_in_the_language_of_the_page_and_theirs_as_written(folder: Folder) -> None:
    """The word for grades is translated, as that for tags is; a title that a site sets is shown as it is set."""
    school(folder, taxonomies="{grades: , subjects: {title: Fächer & mehr}, tag: Stichworte}\nlanguage: de")
    page = folder.page("subscribe/index.html")
    assert re.findall(r"<h3>([^<]+)</h3>", page)[2:] == ["Stichworte", "Klassenstufen", "Fächer &amp; mehr"]
    assert list(filings(folder, "2026/11/seeds"))[1:] == ["Stichworte", "Klassenstufen", "Fächer &amp; mehr"]


def test_a_taxonomy_can_have_a_folder_and_a_title(folder: Folder) -> None:
    """Addresses, links and headings follow from what the settings say."""
    school(folder, taxonomies="{subjects: {title: What we learn, folder: learning}}")
    assert "<h1>What we learn</h1>" in folder.page("learning/index.html")
    assert 'href="../../../learning/art/index.html"' in folder.page("2026/11/seeds/index.html")
    assert "<dt>Grades</dt><dd>3, 4<" in folder.page("2026/11/seeds/index.html")


def test_a_taxonomy_of_ours_can_be_switched_off(folder: Folder) -> None:
    """Its groups have no pages then; a story still names them, without links."""
    school(folder, taxonomies="{tag: no, series: off}")
    assert not [route for route in folder.routes() if route.startswith(("tags", "series"))]
    assert "<dt>Tags</dt><dd>garden</dd>" in folder.page("2026/11/seeds/index.html")
    assert "<span>Maker nights</span>" in re.sub(r"\n", "", folder.page("2026/11/quiet/index.html"))
    assert "tags/" not in "".join(folder.page(route) for route in folder.routes() if route.endswith(".html"))


def test_names_are_read_as_they_are_written(folder: Folder) -> None:
    """What YAML takes for numbers, days and yes or no is a name here: 020 is a shelf, and 2.10 is not 2.1."""
    folder.write("storysite.yml", "taxonomies: [shelf]\n")
    for number, written in enumerate(["020", "2.10", "[yes, 2026-11-01]", "R&amp;D", "'a, b'", "~", "{name: Top}"]):
        folder.post(f"2026-11-0{number + 1}-a{number}", shelf=written, title=f"{number}")
    built = folder.build()
    names = [group.name for group in built.site.index.groups["shelf"].values()]
    assert names == ["020", "2.10", "yes", "2026-11-01", "R&D", "a", "b", "Top"]
    assert [problem.code for problem in built.problems if problem.code == "key-unknown"] == []


def test_a_key_near_that_of_a_taxonomy_is_told_of(folder: Folder) -> None:
    """A misspelled key of the site's own is found as one of ours is, and the key itself is no mistake."""
    folder.write("storysite.yml", "taxonomies: [subject]\n")
    folder.post("2026-11-01-a", subject="Art")
    folder.post("2026-11-02-b", subjcet="Art")
    told = [(problem.path, problem.hint) for problem in folder.build().problems if problem.code == "key-unknown"]
    assert told == [("content/posts/2026-11-02-b.md", "did you mean subject?")]


def test_a_theme_may_list_the_stories_of_a_group(folder: Folder) -> None:
    """A listing in theme.yaml can name any taxonomy of the site; one that the site does not have is told of."""
    folder.write("themes/ours/theme.yaml", "contract: 2\nlistings:\n  art: {subjects: Art, grades: 3, order: oldest}\n")
    folder.write("themes/ours/templates/frame.html", "{# nothing #}")
    folder.write("themes/ours/templates/404.html", "{% for card in art %}{{ card.title }} {% endfor %}")
    school(folder, theme="ours")
    assert folder.page("404.html") == "Seeds Poems "
    folder.write("themes/ours/theme.yaml", "contract: 2\nlistings:\n  art: {subjects: Art, length: 1}\n")
    school(folder, theme="ours", taxonomies="subjects, length")
    assert folder.page("404.html") == "Poems "
    with pytest.raises(ProblemsFound, match='unknown key "subjects"'):
        school(folder, theme="ours", taxonomies="grades")


def test_a_theme_may_ask_for_the_address_of_a_group(folder: Folder) -> None:
    """The filter knows the folders of the site; for a taxonomy that is switched off there is no address."""
    ask = '{{ "C++" | group_url("%s") }}'
    folder.write("templates/404.html", " ".join(ask % kind for kind in ("subjects", "tag", "category", "standards")))
    school(folder, taxonomies="{subjects: {folder: learning}, category: no}")
    assert folder.page("404.html") == "learning/c-plus/ tags/c-plus/ None None"
    folder.write("templates/404.html", ask % "subject")
    with pytest.raises(ProblemsFound, match='this site has no taxonomy "subject"; it has tag, category'):
        folder.build()


def test_a_changed_grade_renders_the_pages_that_show_it(folder: Folder) -> None:
    """The story, the pages and feeds of the grade it leaves and of the one it joins, and the lists of grades."""
    for name, text in PLAIN.items():
        folder.write(f"themes/plain/templates/{name}", text)
    folder.write("themes/plain/assets/style.css", "body {}")
    folder.write("storysite.yml", "theme: plain\nposts_per_page: 2\ntaxonomies: grades, subjects\n")
    for number in range(8):
        folder.post(f"2026-11-0{number + 1}-story-{number}", title=f"Story {number}", grades=f"{number % 2 + 3}")
    folder.build()
    edit(folder, 7, "grades: 4", "grades: 5")
    assert made(folder) == {"story-7/", "grades/", "grades/4/", "grades/4/feed.xml", "grades/5/", "grades/5/feed.xml",
                            "feed.xml", "sitemap.xml", "kinds/victory/feed.xml", "archive/2026-27/term-1/"}  # fmt: skip
    edit(folder, 6, "grades: 3", "grades: 3\nsubjects: Art")
    assert made(folder) == {"story-6/", "subjects/", "subjects/art/", "subjects/art/feed.xml", "feed.xml", "sitemap.xml",
                            "grades/3/feed.xml", "kinds/victory/feed.xml", "archive/2026-27/term-1/"}  # fmt: skip
    assert made(folder) == set()


def test_a_taxonomy_that_comes_and_goes_leaves_nothing_behind(folder: Folder, tmp_path: Path) -> None:
    """After each change of the settings the site is, byte for byte, that of a clean build."""
    school(folder)
    before = tree(folder.site)
    for number, taxonomies in enumerate(
        ["tag", "{subjects: {folder: s}, tag: no}", "{grades: Years}", "grades, subjects"]
    ):
        school(folder, taxonomies=taxonomies)
        assert tree(folder.site) == folder.clean(tmp_path / f"clean-{number}")
    assert tree(folder.site) == before


@pytest.mark.parametrize("name", ["grades", "tags"])
def test_a_page_of_the_authors_at_the_address_of_a_list_is_told_of(folder: Folder, name: str) -> None:
    """The list stays where readers look for it; the message says where the page is, and how to have it there."""
    folder.write(f"content/pages/{name}.md", "Our own.")
    (problem,) = [problem for problem in school(folder).build().problems if problem.code == "address-apart"]
    assert problem.path == f"content/pages/{name}.md"
    assert problem.what == f"the site itself uses the address /{name}/, so this is at /{name}-2/"
    folder.write(f"content/pages/{name}.md", f"---\npermalink: /{name}/\n---\n\nOur own.")
    (problem,) = [problem for problem in school(folder).build().problems if problem.code == "address-replaced"]
    assert problem.what == f"content/pages/{name}.md takes the place of the list of {name}, /{name}/"
    assert "Our own." in folder.page(f"{name}/index.html")


def test_a_list_at_the_front_page_of_a_language_is_told_of(folder: Folder) -> None:
    """Where no file is to blame the settings are."""
    with pytest.raises(ProblemsFound) as caught:
        school(folder, taxonomies="{subjects: {folder: es}}")
    told = [(problem.path, problem.what) for problem in caught.value.problems if problem.code == "address-twice"]
    assert told == [("storysite.yml", "the list of es and the home page in es would both have the address /es/")]


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("date", '"date" already means something else in front matter'),
        ("[grades, Featured-Image]", '"Featured-Image" already means something else in front matter'),
        ("../grades", '"../grades" cannot be the name of a taxonomy'),
        ("grades subjects", '"grades subjects" cannot be the name of a taxonomy'),
        ("yes", '"yes" cannot be the name of a taxonomy'),
        ("__class__", '"__class__" cannot be the name of a taxonomy'),
        ('{"<script>": }', '"<script>" cannot be the name of a taxonomy'),
        ("wall", "wall cannot have the folder /wall/, which holds other pages"),
        ("{kind: no}", "kind cannot be turned off: the archive and the search need it"),
        ("{tag: {folder: topics}}", "the folder of tag is always /tags/, because feed readers know it"),
        ("{subjects: {folder: tags}}", "tag and subjects would both have the folder /tags/"),
        ("{subjects: {folder: ../../etc}}", '"../../etc" cannot be the folder of subjects'),
        ("{subjects: {folder: What we learn}}", '"What we learn" cannot be the folder of subjects'),
        ("{subjects: {titel: Fächer}}", 'subjects has an unknown setting "titel"'),
        ("{subjects: {title: [a, b]}}", "the title of subjects is a list, but it has to be one line of text"),
        ("{subjects: [a, b]}", "the title of subjects is a list, but it has to be one line of text"),
        ("{subjects: {folder: {a: b}}}", "the folder of subjects is a list, but it has to be one line of text"),
        ("{subjects: {title: }}", "the title of subjects is empty"),
        ('{subjects: {title: " \\0 "}}', "the title of subjects is empty"),
        ('{subjects: {folder: ""}}', "the folder of subjects is empty"),
        ("{subjects: {folder: /}}", '"/" cannot be the folder of subjects'),
        ("{subjects: {folder: learning/subjects}}", '"learning/subjects" cannot be the folder of subjects'),
        ("{subjects: {folder: media}}", "subjects cannot have the folder /media/, which holds other pages"),
        ("{genres: {folder: books}, shelf: {folder: /books/}}", "genres and shelf would both have the folder /books/"),
        ("{Genres: Kinds of books, genres: no}", '"Genres" and "genres" are two words for the same'),
        ("{tags: no, tag: About}", '"tags" and "tag" are two words for the same'),
        ("[[a, {b: c}], {d: {e: f}}]", 'd has an unknown setting "e"'),
        (f"[{', '.join(f'key{number}' for number in range(21))}]", "these are 21 taxonomies of your own"),
    ],
)
def test_a_value_that_cannot_be_used_is_told_of(written: str, what: str, tmp_path: Path) -> None:
    """Each message says what is wrong, and its hint how to fix it."""
    (tmp_path / "storysite.yml").write_text(f"taxonomies: {written}\n", "utf-8")
    config, (problem,) = read_config(tmp_path)
    assert (problem.code, problem.line, problem.what) == ("settings-value", 1, f"taxonomies: {what}")
    assert problem.hint
    assert config.taxonomies == Config().taxonomies


@pytest.mark.parametrize(
    "written", ["[tags, Categories, kinds]", "tag", "{audience: yes}", "[]", "{}", "{subjects: no}"]
)
def test_ours_may_be_named_in_any_spelling_and_change_nothing(written: str, tmp_path: Path) -> None:
    """Whoever writes down those that are there anyway has the site of before."""
    (tmp_path / "storysite.yml").write_text(f"taxonomies: {written}\n", "utf-8")
    assert read_config(tmp_path) == (Config(), [])


def test_a_name_is_made_readable() -> None:
    """Capitals, hyphens and other scripts are read as front matter reads them; the title is as it was written."""
    *_, area, language, thanks = read_taxonomies(["Learning-area", "科目", "thanks"])
    assert area == Taxonomy("learning_area", "learning_area", "learning-area", "Learning area", "Learning area", 7)
    assert (language.name, language.folder, language.title) == ("科目", "科目", "科目")
    assert (thanks.name, thanks.key, thanks.folder) == ("thanks_to", "thanks_to", "thanks-to")


def test_hostile_groups_have_safe_addresses(folder: Folder) -> None:
    """Whatever a story names as its group, or a site as a title, no file leaves its folder and no code is shown as code."""
    folder.write("storysite.yml", 'taxonomies: {subjects: "<script>alert(1)</script>\\0"}\n')
    for number, name in enumerate(["../../escaped", "..", "page", "feed.xml", "<b>bold</b>", "con", "{{ 7 * 7 }}"]):
        folder.post(f"2026-11-0{number + 1}-a{number}", subjects=f"'{name}'", id=f"a-{number}")
    folder.build()
    for route in folder.routes():
        assert re.fullmatch(r"[\w-]+(/[\w-]+)*(\.\w+)*", route), route
        if route.endswith("l"):
            assert not re.search(r"<script>alert|<b>bold|\b49\b|\0", folder.page(route)), route
    assert (
        len([route for route in folder.routes() if route.startswith("subjects/") and route.endswith("/feed.xml")]) == 7
    )


def test_every_folder_of_other_pages_is_taken(folder: Folder) -> None:
    """No taxonomy can lie where other pages always do: of a site's folders only years, groups and languages are free."""
    folder.write("content/posts/robot.png", ICON)
    folder.post("2026-11-20-robots", "![A robot](robot.png)")
    school(folder)
    folders = {route.split("/")[0] for route in folder.routes() if "/" in route}
    groups = {each.folder for each in read_config(folder.path)[0].taxonomies}
    assert folders - groups - TAKEN == {"2026", "es"}
    assert "pagefind" in TAKEN


def test_fields_that_name_groups_are_fields_of_a_post() -> None:
    """Each field is one, and each of our taxonomies has one."""
    assert FIELDS.keys() <= set(PostHeader.__struct_fields__)
    assert {each.key for each in TAXONOMIES.values()} <= FIELDS.keys()
