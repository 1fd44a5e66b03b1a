"""The forms for editors in the browser: in the format of Pages CMS, of our own keys, and what they write is read."""

import json
import re
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
import yaml
from msgspec import Struct
from msgspec.structs import fields
from PIL import Image

from storysite.front_matter.keys import PAGE_KEYS, POST_KEYS
from storysite.markdown.convert import render_markdown
from storysite.model.post import KINDS, Ask, Event, Impact, Person, Post, Quote
from storysite.source.entry import ReadSettings
from storysite.source.post import read_post
from storysite.starter.editors import HOLDS, PAGES_CMS, PICTURES, Field, forms, pages_cms
from storysite.starter.start import start_site
from storysite.starter.sveltia import CONFIG, PAGE, PROGRAM, SOURCE, sveltia
from tests.command_line import storysite
from tests.folder import Folder

RULES = ReadSettings("America/Chicago", time(6), "en", "", "/{year}/{month}/{slug}/")
PARTS: dict[str, type[Struct]] = {"impact": Impact, "quote": Quote, "people": Person, "ask": Ask, "event": Event}
NAME = re.compile(r"[a-zA-Z0-9-_]+")
PATH = re.compile(r"[^/].*[^/]")
FIELD = {"name", "label", "description", "type", "default", "list", "required", "options", "fields"}
OPTIONS = {
    "string": set(),
    "text": set(),
    "rich-text": {"format"},
    "number": set(),
    "date": {"format", "time"},
    "boolean": set(),
    "image": set(),
    "select": {"values"},
    "object": set(),
}
"""What may stand in a field of each type: https://pagescms.org/docs/configuration/fields/, lib/config-schema.ts."""
FILLED: dict[str, Any] = {
    "text": 'Robots: a "love" story #1',
    "sentence": "One plain\nsentence.",
    "number": 84,
    "day": "2026-12-05",
    "moment": "2026-12-05T18:00",
    "yes or no": False,
    "picture": "/images/robot.png",
}
EMPTY = {
    "text": "",
    "sentence": "",
    "number": None,
    "day": "",
    "moment": "",
    "yes or no": False,
    "picture": "",
    "choice": "",
}


def test_the_file_has_the_format_that_pages_cms_documents() -> None:
    """Its schema is strict: a key that it does not know, and nothing can be edited."""
    config = yaml.safe_load(pages_cms())
    assert config["media"] == {"input": PICTURES, "output": f"/{PICTURES}", "categories": ["image"]}
    assert config["settings"] == {"content": {"merge": True}}
    assert config.keys() == {"media", "settings", "content"}
    for each in config["content"]:
        assert each.keys() <= {"name", "label", "type", "path", "subfolders", "filename", "view", "fields"}
        assert each["type"] == "collection"
        assert NAME.fullmatch(each["name"])
        assert PATH.fullmatch(each["path"])
        assert each["view"].keys() <= {"fields", "primary", "sort", "default"}
        names = {field["name"] for field in each["fields"]}
        assert {*each["view"]["fields"], each["view"]["primary"], *each["view"].get("sort", [])} <= names
        for field in each["fields"]:
            _assert_field(field)


def _assert_field(field: dict[str, Any]) -> None:
    """Fail if a field has what the schema does not know, or lacks what it asks for."""
    assert field.keys() <= FIELD
    assert NAME.fullmatch(field["name"])
    assert isinstance(field["label"], str)
    assert field.get("options", {}).keys() <= OPTIONS[field["type"]]
    assert ("fields" in field) == (field["type"] == "object")
    assert ("values" in field.get("options", {})) == (field["type"] == "select")
    for part in field.get("fields", []):
        _assert_field(part)


def test_each_field_is_a_key_of_front_matter_and_each_part_one_of_its_parts() -> None:
    posts, pages = forms().values()
    assert {field.name for field in posts} - {"body"} <= POST_KEYS.keys()
    assert {field.name for field in pages} - {"body"} <= PAGE_KEYS.keys()
    for field in (*posts, *pages):
        assert field.holds in HOLDS
        known = {each.name for each in fields(PARTS[field.name])} if field.name in PARTS else set()
        assert {part.name for part in field.parts} <= known
        assert bool(field.parts) == (field.holds == "parts")
    assert next(field for field in posts if field.name == "kind").choices == KINDS
    assert not any(re.search(r"[`\[\]]|--|;$", field.hint) for field in posts)


def _value(field: Field, values: dict[str, Any]) -> Any:
    """Return what a form writes for a field: one of the `values` by what it holds."""
    if field.holds == "parts":
        value: Any = {part.name: _value(part, values) for part in field.parts}
    elif field.holds == "choice":
        value = field.choices[-1] if values is FILLED else ""
    elif field.name == "url" and values is FILLED:
        value = "https://library.example.org/help"
    else:
        value = values[field.holds]
    if field.several:
        return [value] if values is FILLED else []
    return value


@pytest.mark.parametrize("values", [FILLED, EMPTY], ids=["filled", "empty"])
def test_what_the_form_writes_is_read_as_it_is_meant(values: dict[str, Any]) -> None:
    """With everything filled in, and with nothing but what has to be: what is left empty says nothing."""
    header = {field.name: _value(field, values) for field in forms()["posts"] if field.name != "body"}
    header |= {"title": "Robots", "date": "2026-11-20"}
    text = f"---\n{yaml.safe_dump(header, sort_keys=False, allow_unicode=True)}---\n\nText.\n"
    entry, _ = read_post(text.encode(), "content/posts/2026-11-20-robots.md", RULES, render_markdown)
    assert entry.problems == ()
    assert isinstance(entry.post, Post)
    found = entry.post
    if values is FILLED:
        assert (found.kind, found.ask and found.ask.goal, found.event and found.event.place) == (
            KINDS[-1],
            84,
            FILLED["text"],
        )
        assert [each.value for each in found.impact] == [84]
        assert found.thanks_to == (FILLED["text"],)
    else:
        assert (found.kind, found.ask, found.event, found.quote, found.impact) == (KINDS[0], None, None, None, ())


def test_a_picture_of_the_editor_is_shown_and_its_original_is_not_published(folder: Folder) -> None:
    """Pages CMS puts it into `images/` and writes its address from the top of the site."""
    (folder.path / PICTURES).mkdir()
    Image.effect_noise((900, 600), 60).save(folder.path / PICTURES / "robot.jpg")
    folder.write("storysite.yml", "base_url: https://library.example.org\n")
    folder.post(
        "2026-11-20-robots",
        "![A robot of cardboard](/images/robot.jpg)",
        id="robots",
        image="/images/robot.jpg",
        image_alt=json.dumps("A robot of cardboard"),
    )
    built = folder.build(strict=True)
    assert built.problems == []
    assert "<picture" in folder.page("2026/11/robots/index.html")
    assert "images/robot.jpg" not in folder.routes()


def test_a_new_site_has_the_form(tmp_path: Path) -> None:
    start_site(tmp_path / "site", today=date(2026, 11, 24), zone="UTC")
    assert (tmp_path / "site" / PAGES_CMS).read_text("utf-8") == pages_cms()


def test_the_editor_of_the_site_has_the_same_forms() -> None:
    """Valid by the schema that Sveltia CMS 0.221 ships; here, that each field has a widget and says what it needs."""
    files = sveltia("maplewood/stories")
    config = yaml.safe_load(files[CONFIG])
    assert config["backend"] == {
        "name": "github",
        "repo": "maplewood/stories",
        "branch": "main",
        "auth_methods": ["token"],
    }
    assert config["output"] == {"omit_empty_optional_fields": True}
    for collection, form in zip(config["collections"], forms().values(), strict=True):
        assert [field["name"] for field in collection["fields"]] == [field.name for field in form]
        for field, ours in zip(collection["fields"], form, strict=True):
            assert field.get("required", True) == ours.required
            assert (field["widget"] == "list") == ours.several
            assert [part["name"] for part in field.get("fields", [])] == [part.name for part in ours.parts]


def test_a_site_with_an_editor_of_its_own_builds_and_says_which_file_is_missing(tmp_path: Path) -> None:
    """Nothing is loaded from elsewhere: the program of the editor lies beside its page, once somebody puts it there."""
    told = "--editor", "sveltia", "--address", "maplewood/stories"
    result = storysite(tmp_path, "new", "ours", *told)
    assert (result.returncode, result.stderr) == (0, "")
    assert f"save {SOURCE} as static/admin/{PROGRAM}." in result.stdout
    assert not (tmp_path / "ours" / PAGES_CMS).exists()
    assert not re.search(r"src=[\"']?(https?:)?//", (tmp_path / "ours" / PAGE).read_text("utf-8"))
    built = storysite(tmp_path / "ours", "build", "--strict")
    assert (built.returncode, built.stderr) == (0, "")
    assert (tmp_path / "ours/_site/admin/index.html").is_file()
    assert (tmp_path / "ours/_site/admin/config.yml").is_file()
    assert "admin" not in (tmp_path / "ours/_site/sitemap.xml").read_text("utf-8")
    refused = storysite(tmp_path, "new", "other", "--editor", "sveltia")
    assert refused.returncode == 2
    assert "--editor: sveltia has to know where it saves stories" in refused.stderr
    assert storysite(tmp_path, "new", "plain", "--editor", "none").returncode == 0
    assert not (tmp_path / "plain" / PAGES_CMS).exists()
