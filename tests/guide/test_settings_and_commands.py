"""The guide and the program say the same of settings, commands and front matter: nothing is left out, nothing made up."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from msgspec import Struct
from msgspec.structs import fields

from storysite.cli import main
from storysite.front_matter.fields import folded
from storysite.front_matter.keys import KEYS, PAGE_KEYS, SHARED_SPELLINGS
from storysite.front_matter.split import split_front_matter
from storysite.markdown.convert import render_markdown
from storysite.model.config import Config
from storysite.model.post import SHARE_TEXTS, Ask, Event, Impact, Person, Photo, Quote
from storysite.source.post import read_post
from storysite.source.settings import READERS, read_config
from tests.command_line import ROOT, put_on_path
from tests.guide_pages import RULES, code_in, fences, page, rows, sections


def test_every_setting_is_documented() -> None:
    """The page on settings has a heading for each setting, and none for what is no setting."""
    assert set(sections(page("settings"), 3)) == set(READERS)


def test_settings_are_documented_with_their_defaults() -> None:
    """The default of each setting that the page names is the one it has."""
    blank = Config()
    month, day = blank.school_year_start
    shown = {"publish_time": f"{blank.publish_time:%H:%M}", "school_year_start": f"{month:02}-{day:02}"}
    shown["markdown"] = blank.markdown.engine
    shown["reading_level"] = "-".join(map(str, blank.reading_level or ()))
    shown["taxonomies"] = ", ".join(each.name for each in blank.taxonomies if each.listed)
    shown["terms"] = ", ".join(f"{month:02}-{day:02}" for month, day in blank.terms)
    shown["goodwill"] = ""
    for name, text in sections(page("settings"), 3).items():
        default = shown.get(name, getattr(blank, name))
        documented = re.search(r"^Default: (?:`([^`]*)`|nothing)", text, re.MULTILINE)
        assert documented, f"{name} has no line that says its default"
        assert (documented[1] or "") == (str(default) if default else ""), name


def test_examples_of_settings_are_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every example on the page of settings is read without a problem, and each setting has one."""
    put_on_path(ROOT / "tests/packages/storysite_reading_list", tmp_path / "packages", monkeypatch)
    for name, text in sections(page("settings"), 3).items():
        examples = fences(text, "yaml")
        assert examples, f"{name} has no example"
        for example in examples:
            (tmp_path / "storysite.yml").write_text(example, "utf-8")
            config, problems = read_config(tmp_path)
            assert problems == [], example
            assert getattr(config, name) != getattr(Config(), name), f"the example of {name} shows its default"


def commands(group: click.Group, path: str = "storysite") -> Iterator[tuple[str, click.Command]]:
    """Yield every command below a group with the words that call it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            if command.invoke_without_command:
                yield f"{path} {name}", command
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


def test_every_command_is_documented() -> None:
    """The page on commands has a heading for each command, and none for what is no command."""
    documented = {name for name in sections(page("commands"), 2) if name.startswith("storysite ")}
    assert documented == {path for path, _ in commands(main)}


def test_every_option_is_documented() -> None:
    """The section of a command has a row for each of its options and arguments, and none for what it has not."""
    text = sections(page("commands"), 2)
    for path, command in commands(main):
        options = {tuple(param.opts) for param in command.params if isinstance(param, click.Option)}
        arguments = {(str(param.name).upper(),) for param in command.params if isinstance(param, click.Argument)}
        assert {tuple(code_in(row[0])) for row in rows(text[path])} == options | arguments, path


def test_options_of_every_command_are_documented() -> None:
    """What can be said to the program as a whole has its own section."""
    text = sections(page("commands"), 2)["For every command"]
    options = {tuple(param.opts) for param in main.params if isinstance(param, click.Option)} | {("-h", "--help")}
    assert {tuple(code_in(row[0])) for row in rows(text)} == options


def test_choices_are_documented() -> None:
    """Where an option takes one of several words, its row names them all and the default."""
    for path, command in commands(main):
        described = {row[0]: " ".join(row) for row in rows(sections(page("commands"), 2)[path])}
        for param in command.params:
            if isinstance(param.type, click.Choice):
                text = next(text for name, text in described.items() if param.opts[-1] in name)
                assert {*map(str, param.type.choices), str(param.default)} <= set(code_in(text))


def test_every_front_matter_key_is_documented() -> None:
    """The page on front matter has a row for each key, in the words in which it is declared, and no other."""
    documented = [row[:4] for row in rows(sections(page("front-matter"), 2)["The keys"])]
    assert documented == [
        [f"`{key.name}`", key.value, key.meaning, ", ".join(f"`{alias}`" for alias in key.aliases)] for key in KEYS
    ]


def test_every_front_matter_key_has_an_example() -> None:
    """Each key stands in an example, below the table that explains it."""
    shown: set[str] = set()
    for example in fences(sections(page("front-matter"), 2)["The keys"], "yaml"):
        shown |= split_front_matter(f"---\n{example}---\n", "a.md").values.keys()
    assert shown == {key.name for key in KEYS}


def test_keys_of_pages_are_documented() -> None:
    """The keys that a page uses are those the page on front matter says it uses."""
    sentence = re.search(r"A page, [^.]*uses only ([^.]*)\.", sections(page("front-matter"), 2)["The keys"])
    assert sentence
    assert set(code_in(sentence[1])) == PAGE_KEYS.keys()


@pytest.mark.parametrize("kind", [Impact, Quote, Person, Photo, Ask, Event])
def test_every_part_of_front_matter_is_documented(kind: type[Struct]) -> None:
    """The keys within impact, quote, people, photos, ask and event have rows of their own, and no others do."""
    name = {Impact: "impact", Quote: "quote", Person: "people", Photo: "photos", Ask: "ask", Event: "event"}[kind]
    documented = [code_in(row[0])[0] for row in rows(sections(page("front-matter"), 3)[f"Inside {name}"])]
    assert documented == [field.name for field in fields(kind)]


def test_every_text_for_networks_is_documented() -> None:
    """The rows of `share` name each text that it may have, and no other."""
    documented = [name for row in rows(sections(page("front-matter"), 3)["Inside share"]) for name in code_in(row[0])]
    assert documented == list(SHARE_TEXTS)


def test_examples_of_front_matter_can_be_read() -> None:
    """Every example of front matter is read as it stands, without anything to fix."""
    examples = fences(page("front-matter"), "yaml")
    assert examples
    for example in examples:
        source = example if example.startswith("---\n") else f"---\n{example}---\nText.\n"
        assert split_front_matter(source, "a.md").problems == []
        place = "content/pages/a.md" if "menu:" in example else "content/posts/2026-11-20-a.md"
        entry, _ = read_post(source.encode(), place, RULES, render_markdown)
        assert entry.problems == (), example
        assert entry.post and {folded(key) for key in entry.post.extra} <= SHARED_SPELLINGS, example


def test_repairs_are_made_as_documented() -> None:
    """Each line that the page says is fixed gives the value it says, with a warning."""
    fixed = rows(sections(page("front-matter"), 2)["What is fixed"])
    assert fixed
    for written, read, *_ in fixed:
        line, value = (code_in(cell)[0].replace("⇥", "\t").replace("⏎", "\n") for cell in (written, read))
        header = split_front_matter(f"---\n{line}\n---\nText.\n", "a.md")
        assert [problem.code for problem in header.problems] == ["header-repaired"], line
        expected = split_front_matter(f"---\n{value}\n---\nText.\n", "a.md")
        assert (expected.problems, header.values) == ([], expected.values), line
