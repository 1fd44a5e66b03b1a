"""`card_fields`: listings show what else of the front matter a theme asks for, and nothing is made again for the rest."""

import re
from pathlib import Path

import pytest

from storysite.errors import BadValue
from storysite.front_matter.keys import KEYS
from storysite.model.post import CARD_KEYS, Card, Post, StaticPage
from storysite.theme.manifest import read_manifest
from tests.folder import Folder, tree
from tests.model.test_index import EMPTY

LISTING = "{% for card in stories %}{{ card.title }}({% for name, value in card.extra | dictsort %}{{ name }}={{ value }};{% endfor %}) {% endfor %}"


@pytest.fixture
def shelf(folder: Folder) -> Folder:
    """Return a site with two stories of two tags, whose theme shows rooms and grades in listings; it is built."""
    for name in EMPTY:
        folder.write(f"themes/small/templates/{name}.html", name)
    folder.write("themes/small/templates/post.html", "{{ post.extra.room }}{% if next %} {{ next.title }}{% endif %}")
    folder.write("themes/small/templates/home.html", LISTING)
    folder.write("themes/small/templates/group.html", LISTING)
    for name in ("feed.xml", "atom.xml"):
        folder.write(f"themes/small/templates/{name}", "{{ feed.title }}")
    folder.write("themes/small/templates/feed.json", "{{ feed.title | json_text }}")
    folder.write("themes/small/theme.yaml", "card_fields: [room_number, grades]\n")
    folder.write("storysite.yml", "theme: small\nbase_url: https://example.org\nsearch: false\n")
    robots(folder)
    folder.post("2026-11-10-poems", title="Poems", id="poems", tags="verse", room="none", summary="S")
    folder.build()
    return folder


def robots(folder: Folder, **header: str) -> None:
    """Write the first story."""
    given = {"Room-Number": "12", "room": "old", "grades": "[3, 4]", **header}
    folder.post("2026-11-02-robots", title="Robots", id="robots", tags="tech", kind="news", summary="S", **given)


def made(folder: Folder) -> set[str]:
    """Build and return the routes that were rendered."""
    return {job.page.route for job in folder.build().work.render}


def test_a_listing_shows_the_declared_fields(shelf: Folder) -> None:
    """Under the names of theme.yaml, however a file spells the key; what a post has not, its card has not."""
    assert shelf.page("index.html") == "Poems() Robots(grades=('3', '4');room_number=12;) ".replace("'", "&#39;")


def test_only_pages_that_show_the_card_are_made_again(shelf: Folder, tmp_path: Path) -> None:
    """A declared field changes the listings with the story; another key of it only the story's own page."""
    shown = {"index.html", "tags/tech/index.html", "kinds/news/index.html"}
    page = "2026/11/robots/index.html"
    robots(shelf, **{"Room-Number": "14"})
    assert made(shelf) == {*shown, page}
    robots(shelf, **{"Room-Number": "14", "room": "new"})
    assert made(shelf) == {page}
    assert tree(shelf.site) == shelf.clean(tmp_path / "clean")


def test_only_cards_that_have_a_field_change_when_it_is_declared(shelf: Folder, tmp_path: Path) -> None:
    """A theme that asks for one field more makes the listings of those stories again that have it, and no others."""
    shelf.write("themes/small/theme.yaml", "card_fields: [grades]\n")
    assert made(shelf) == {"index.html", "tags/tech/index.html", "kinds/news/index.html"}
    assert "(grades=" in shelf.page("index.html")
    shelf.write("themes/small/theme.yaml", "card_fields: [weather, grades]\n")
    assert made(shelf) == set()
    shelf.write("themes/small/theme.yaml", "card_fields: []\n")
    assert made(shelf) == {"index.html", "tags/tech/index.html", "kinds/news/index.html"}
    assert tree(shelf.site) == shelf.clean(tmp_path / "clean")


def test_a_session_that_knows_the_plan_sees_a_changed_field(shelf: Folder) -> None:
    """Where the last plan would be taken over, a field of a card still changes the pages that show it."""
    from storysite.build import build
    from storysite.build.options import BuildOptions
    from storysite.build.session import BuildSession
    from tests.folder import NOW

    options = BuildOptions(shelf.path, now=NOW, jobs=1)
    session = BuildSession(options)
    build(options, session=session)
    robots(shelf, **{"Room-Number": "20"})
    build(options, session=session)
    assert "room_number=20" in shelf.page("index.html")
    shelf.write("themes/small/theme.yaml", "card_fields: [room]\n")
    build(options, session=session)
    session.close()
    assert shelf.page("index.html") == "Poems(room=none;) Robots(room=old;) "


def test_every_key_is_on_a_card_or_can_be() -> None:
    """The keys that may be asked for are fields of a post or a page, keys of front matter, and on no card already."""
    known = {*Post.__struct_fields__, *StaticPage.__struct_fields__}
    assert set(CARD_KEYS) <= known & {key.name for key in KEYS}
    assert not set(CARD_KEYS) & set(Card.__struct_fields__)


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        ("Room", 'card_fields has "Room"; write a key with small letters'),
        ("title", "card_fields has title, and every card already has that: write card.title"),
        ("subtitle", "card_fields has subtitle, and every card already has that: write card.summary"),
        ("lang", "write card.language"),
        ("permalink", "write card.url"),
        ("tag", "card_fields has tag, which is another name for tags: write tags"),
        ("draft", "card_fields has draft, which no template can show"),
    ],
)
def test_a_field_that_cannot_be_shown_is_said(declared: str, said: str, tmp_path: Path) -> None:
    """A key that would never have a value is refused in words that say what to write."""
    (tmp_path / "theme.yaml").write_text(f"card_fields: [{declared}]", "utf-8")
    with pytest.raises(BadValue, match=re.escape(said)):
        read_manifest(tmp_path / "theme.yaml")
