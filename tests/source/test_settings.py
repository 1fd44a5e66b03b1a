"""Whatever somebody writes into the settings, of the site or of its theme, is a value or a sentence, never a crash."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from storysite.errors import BadValue
from storysite.front_matter.yaml import FrontMatterError, Value, read_any
from storysite.model.config import Config
from storysite.problems import Severity
from storysite.source.settings import OTHERS_CALL_IT, READERS, read_config
from storysite.theme.find import shipped_themes
from storysite.theme.manifest import read_design, read_manifest

WRITTEN = some.text() | some.sampled_from(
    [
        "https://[example.org]", "https://example.org:port/", "https://[::1]/x", "//", "https://", "25:00", "13:99 pm",
        "02-30", "9" * 5000, "²", "٣", "America", "../x", "\x00", "{slug}{", "#12345", "#abc #def", "Prairie", "null",
    ]
)  # fmt: skip
LEAVES = WRITTEN | some.none() | some.booleans() | some.integers() | some.floats() | some.dates() | some.datetimes()
VALUES = some.recursive(LEAVES, lambda inner: some.lists(inner) | some.dictionaries(WRITTEN, inner), max_leaves=6)
THEMES = {folder.name: folder / "theme.yaml" for folder in shipped_themes().iterdir() if folder.is_dir()}


def problem_of(name: str, value: object) -> str:
    """Return what is wrong with the value of a setting, "" if it can be used."""
    try:
        READERS[name](value)
    except BadValue as error:
        assert error.what
        assert error.hint
        return error.what
    return ""


@pytest.mark.parametrize("name", READERS)
@given(VALUES)
def test_any_value_of_a_setting_can_be_used_or_is_refused_in_words(name: str, value: object) -> None:
    """A reader returns a value or raises BadValue with a sentence and a hint, and nothing else."""
    problem_of(name, value)


@pytest.mark.parametrize("name", READERS)
@given(VALUES)
def test_what_can_be_used_can_be_built_with(name: str, value: object) -> None:
    """Settings that were read give a time zone and an address without a fault."""
    try:
        found: Any = READERS[name](value)
    except BadValue:
        return
    config = Config(**{name: found})
    assert config.zone.key == config.timezone
    assert config.root.endswith("/")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("base_url", "https://[example.org]"),
        ("base_url", "https://example.org:99999/"),
        ("base_url", ["https://example.org"]),
        ("base_url", "https://my library.org/"),
        ("base_url", "https://example.org\\stories"),
        ("publish_time", "25:00"),
        ("terms", {"a": "b"}),
        ("posts_per_page", "9" * 5000),
        ("timezone", "America"),
        ("timezone", date(2026, 1, 1)),
        ("language", datetime(2026, 1, 1)),
        ("markdown", {"time_limit": ["1"]}),
        ("theme_settings", "dark"),
    ],
)
def test_values_that_cannot_be_meant_are_refused(name: str, value: object) -> None:
    """What once ended in a traceback is a sentence, and so is every kind of value that a setting does not take."""
    assert problem_of(name, value)


@given(some.text(max_size=60) | some.builds("{}: {}".format, some.sampled_from(sorted(READERS)), some.text()))
def test_any_file_of_settings_can_be_read(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Whatever storysite.yml holds, there are settings, and problems with a sentence."""
    folder = tmp_path_factory.getbasetemp()
    (folder / "storysite.yml").write_bytes(text.encode("utf-8", "replace"))
    config, problems = read_config(folder)
    assert isinstance(config, Config)
    assert all(problem.what and problem.code.startswith(("settings-", "header-")) for problem in problems)


@pytest.mark.parametrize("theme", THEMES)
@given(some.data())
def test_any_setting_of_a_theme_can_be_used_or_is_refused_in_words(theme: str, data: some.DataObject) -> None:
    """A theme's settings may be given any value: there is a Design, and a problem where it cannot be meant."""
    names = some.sampled_from([*read_manifest(THEMES[theme]).settings, "palete"]) | WRITTEN
    chosen: dict[str, Any] = data.draw(some.dictionaries(names, VALUES, max_size=4))
    _, problems = read_design([str(THEMES[theme])], THEMES[theme].parent, chosen, {})
    assert all(problem.what and problem.hint for problem in problems)


COLORED = """contract: 2
palettes:
  Plain: {accent: "#123456 #abcdef"}
settings:
  palette: {}
  paper: {type: color}
  rule: {type: color}
  accent: {type: color, default: "#336699"}
"""


@given(some.dictionaries(some.sampled_from(["palette", "paper", "rule", "accent"]), VALUES | some.just("#fff")))
def test_a_theme_without_papers_takes_colours_too(
    tmp_path_factory: pytest.TempPathFactory, chosen: dict[str, Any]
) -> None:
    """Where no palette has a paper, any color can be read, and the dark scheme has the same one."""
    file = tmp_path_factory.getbasetemp() / "theme.yaml"
    file.write_text(COLORED, "utf-8")
    design, _ = read_design([str(file)], file.parent, chosen, {})
    assert "accent" in {color.role for color in design.colors}


PARTS = some.sampled_from(["contract", "palettes", "settings", "listings", "choices", "type", "default", "order"])
MANIFESTS = some.recursive(
    some.sampled_from(["color", "2", "#fff", "#fff #000", "palette", "newest", "", "²", "9" * 5000]) | some.text(),
    lambda inner: some.lists(inner) | some.dictionaries(PARTS | some.just("paper"), inner),
    max_leaves=12,
)


@given(some.dictionaries(PARTS, MANIFESTS))
def test_anything_in_a_themes_file_is_declared_or_refused_in_words(
    tmp_path_factory: pytest.TempPathFactory, declared: dict[str, Value]
) -> None:
    """Whatever theme.yaml holds, it is a Manifest that a site can be made with, or a sentence."""
    import json

    file: Path = tmp_path_factory.getbasetemp() / "theme.yaml"
    file.write_text(json.dumps(declared), "utf-8")
    try:
        read_any(file.read_text("utf-8"))
        read_manifest(file)
    except FrontMatterError:
        return
    except BadValue as error:
        assert error.what
    read_design([str(file)], file.parent, {"default": "#fff", "paper": "#fff"}, {})


def test_an_address_with_blanks_or_other_letters_in_its_path_is_written_as_machines_want_it() -> None:
    """Feeds and sitemaps hold it as it is."""
    assert (
        READERS["base_url"]("https://example.org/my stories/bücher/") == "https://example.org/my%20stories/b%C3%BCcher"
    )
    assert READERS["base_url"]("https://example.org/my%20stories") == "https://example.org/my%20stories"


@pytest.mark.parametrize(
    "written",
    [
        "https://[bad", "library.example.org", "http://exa mple.org", "//", "http:/x", "https://example.org:99999", "localhost", "none yet",
        "{production: https://a.example.org}", "[https://a.example.org]", "https://example.org/?a=b",
    ],
)  # fmt: skip
def test_an_address_of_the_site_that_is_none_stops_nothing(written: str, tmp_path: Path) -> None:
    """It is told with its line, and the site is made as if there were none."""
    (tmp_path / "storysite.yml").write_text(f"title: Shelf\nbase_url: {written}\n", "utf-8")
    config, (problem,) = read_config(tmp_path)
    assert config == Config(title="Shelf")
    assert (problem.code, problem.severity, problem.line) == ("settings-value", Severity.WARNING, 2)
    assert problem.what.endswith(", so it is not used")
    assert read_config(tmp_path, base_url="https://b.example.org")[0].base_url == "https://b.example.org"


@pytest.mark.parametrize("name", OTHERS_CALL_IT)
def test_settings_of_other_programs_are_told_by_their_name_here(name: str, tmp_path: Path) -> None:
    """With the words between which they put nothing, hyphens or lines, in whatever capitals."""
    for written in (name, name.upper(), "_".join([name[:3], name[3:]]).strip("_")):
        (tmp_path / "storysite.yml").write_text(f"{written}: x\n", "utf-8")
        (problem,) = read_config(tmp_path)[1]
        assert problem.what == f'there is no setting "{written}"'
        assert problem.hint == f"did you mean {OTHERS_CALL_IT[name]}?"


def test_the_hint_completes_an_address_that_only_lacks_its_beginning(tmp_path: Path) -> None:
    """So that it can be copied."""
    (tmp_path / "storysite.yml").write_text("base_url: library.example.org/stories\n", "utf-8")
    (problem,) = read_config(tmp_path)[1]
    assert problem.hint == "write it in full, https://library.example.org/stories"
