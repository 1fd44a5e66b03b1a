"""`layout:` asks for a template of the theme: for a story, its translation, or a page, each in its own language."""

from pathlib import Path

import pytest

from storysite.theme.find import BUILT_IN, shipped_themes
from tests.folder import Folder, tree
from tests.model.test_index import EMPTY

TALL = "tall {{ site.language }} {{ _('Subscribe') }} {{ post.title }}{% for other in translations %} {{ other.title }}{% endfor %}"
ONE, OTHER = "2026/11/robots/index.html", "es/2026/11/robots-es/index.html"


@pytest.fixture
def shelf(folder: Folder) -> Folder:
    """Return a site in two languages with a story and its translation, in a theme with a tall template."""
    for name in [*EMPTY, "home"]:
        folder.write(f"themes/small/templates/{name}.html", name)
    folder.write("themes/small/templates/tall.html", TALL)
    folder.write("themes/small/templates/post.html", "post {{ site.language }} {{ _('Subscribe') }}")
    folder.write("storysite.yml", "theme: small\nbase_url: https://example.org\n")
    folder.post("2026-11-02-robots", title="Robots", id="robots")
    folder.post("2026-11-02-robots.es", title="Androides", id="robots", slug="robots-es")
    folder.post("2026-11-03-poems", title="Poems", id="poems")
    return folder


def layout(folder: Folder, name: str, asked: str) -> None:
    """Write the story, or its translation, so that it asks for a template."""
    title, slug = ("Androides", "robots-es") if name.endswith(".es") else ("Robots", "robots")
    folder.post(name, title=title, id="robots", slug=slug, layout=asked)


def stories_made(folder: Folder) -> set[str]:
    """Build and return the routes of the stories that were rendered; feeds and booklets show them, too."""
    return {job.page.route for job in folder.build().work.render} & {ONE, OTHER, "2026/11/poems/index.html"}


def test_without_a_layout_each_version_has_the_usual_template_in_its_language(shelf: Folder) -> None:
    """The interface of a translation is in its language."""
    shelf.build()
    assert (shelf.page(ONE), shelf.page(OTHER)) == ("post en Subscribe", "post es Suscribirse")


def test_each_version_of_a_story_has_a_layout_of_its_own(shelf: Folder, tmp_path: Path) -> None:
    """A story and its translation may ask for different templates; what asks for nothing is not made again."""
    shelf.build()
    layout(shelf, "2026-11-02-robots.es", "tall")
    assert stories_made(shelf) == {OTHER}
    assert (shelf.page(ONE), shelf.page(OTHER)) == (
        "post en Subscribe",
        "tall es Suscribirse Androides Robots Androides",
    )
    layout(shelf, "2026-11-02-robots", "tall")
    assert stories_made(shelf) == {ONE}
    assert (shelf.page(ONE), shelf.page(OTHER)) == (
        "tall en Subscribe Robots Robots Androides",
        "tall es Suscribirse Androides Robots Androides",
    )
    assert tree(shelf.site) == shelf.clean(tmp_path / "clean")


def test_an_edit_of_a_layout_renders_the_pages_that_ask_for_it(shelf: Folder) -> None:
    """In both languages, and no other page."""
    layout(shelf, "2026-11-02-robots", "tall")
    layout(shelf, "2026-11-02-robots.es", "tall.html")
    shelf.build()
    shelf.write("themes/small/templates/tall.html", "taller {{ post.title }}")
    assert stories_made(shelf) == {ONE, OTHER}
    assert (shelf.page(ONE), shelf.page(OTHER)) == ("taller Robots", "taller Androides")


@pytest.mark.parametrize(
    "asked", ["wide", "post", "single", "home", "group", "archive", "term", "../tall", "parts/x", ""]
)
def test_a_layout_that_is_for_no_post_changes_nothing(asked: str, shelf: Folder) -> None:
    """One that the theme has not, that every generator has, or that other pages have, is as good as none."""
    shelf.build()
    before = tree(shelf.site)
    layout(shelf, "2026-11-02-robots.es", f'"{asked}"')
    shelf.build()
    assert tree(shelf.site) == before


def test_a_layout_that_the_theme_gets_later_is_used_from_then_on(shelf: Folder) -> None:
    """And when it is gone, the usual one again."""
    layout(shelf, "2026-11-02-robots.es", "wide")
    shelf.build()
    assert shelf.page(OTHER) == "post es Suscribirse"
    template = shelf.write("templates/wide.html", "wide {{ post.title }}")
    shelf.build()
    assert shelf.page(OTHER) == "wide Androides"
    template.unlink()
    shelf.build()
    assert shelf.page(OTHER) == "post es Suscribirse"


def test_a_page_may_ask_for_a_layout_too(shelf: Folder) -> None:
    """With the names that a page is given."""
    shelf.write("themes/small/templates/wide.html", "wide {{ post.title }} {{ section | length }}")
    shelf.write("content/pages/about.md", "---\ntitle: About\nlayout: wide\n---\nText.\n")
    shelf.build()
    assert shelf.page("about/index.html") == "wide About 0"


HOMES = (BUILT_IN, *(folder / "templates" for folder in shipped_themes().iterdir()))
NAMES = sorted({file.stem for home in HOMES for file in home.glob("*.html")})


@pytest.mark.parametrize("place", ["posts/2026-01-02-a", "pages/a"])
def test_no_layout_can_break_a_page_or_empty_it(place: str, folder: Folder) -> None:
    """Whatever template of ours a post or a page names, as archives from elsewhere do: its text is shown."""
    for number, name in enumerate(NAMES):
        text = f"---\ntitle: Story {number}\nslug: {name}\nlayout: {name}\n---\nWords of {name}.\n"
        folder.write(f"content/{place}-{number}.md", text)
    built = folder.build()
    shown = {page.subject: page.route for page in built.plan.pages if page.type in ("post", "page")}
    assert len(shown) == len(NAMES)
    for number, name in enumerate(NAMES):
        assert f"Words of {name}." in folder.page(shown[f"content/{place}-{number}.md"])


def test_a_layout_of_ones_own_may_use_any_word_for_its_variables(folder: Folder) -> None:
    """It shows a post and sets the names of other pages itself; one that needs what a post has not is not used."""
    folder.write("templates/wide.html", "{% for group in post.tags %}{{ group }},{% endfor %}{{ post | html }} wide")
    folder.write("templates/needy.html", "{{ post | html }}{{ paging.number }}")
    folder.post("2026-01-02-a", tags="[x, y]", layout="wide")
    folder.post("2026-01-03-b", layout="needy")
    folder.build()
    assert folder.page("2026/01/a/index.html") == "x,y,<p>Text.</p> wide"
    assert "<html" in folder.page("2026/01/b/index.html")
