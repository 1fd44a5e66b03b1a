"""The guide and the program say the same: nothing that exists is left out of it, nothing in it does not exist."""

import ast
import re
from collections.abc import Iterator
from datetime import time
from functools import cache
from inspect import getmembers
from pathlib import Path

import click
import pytest
from msgspec import Struct
from msgspec.structs import fields

import storysite
from storysite.build import survey
from storysite.build.options import BuildOptions
from storysite.cli import main
from storysite.digest import digest
from storysite.errors import Problem
from storysite.front_matter.keys import ALIASES, PAGE_KEYS
from storysite.front_matter.split import split_front_matter
from storysite.markdown.convert import EXTENSIONS, render_markdown
from storysite.model.document import Document
from storysite.model.post import KINDS, Ask, Card, Event, Heading, Impact, Person, Photo, Post, Quote
from storysite.model.theme import Color, Design
from storysite.plan import pages as planned
from storysite.plan.context import (
    FeedContext,
    FeedLink,
    GroupContext,
    LanguageLink,
    MenuItem,
    MonthContext,
    PageContext,
    Paging,
    SiteContext,
    YearContext,
)
from storysite.plan.page import Template
from storysite.render.filters import FILTERS
from storysite.source.filename import read_name
from storysite.source.post import ReadSettings, read_post
from storysite.source.settings import READERS, Config, MarkdownOptions, read_config
from storysite.theme.find import BUILT_IN, shipped_themes
from tests.folder import NOW, Folder

PACKAGE = Path(storysite.__file__).parent
GUIDE = PACKAGE.parent / "content" / "pages" / "guide"
BROKEN = Path(__file__).parent / "broken"
"""Sites with a mistake each, and what is printed for it."""
VALUES: tuple[type[Struct], ...] = (
    Ask, Card, Color, Event, FeedContext, FeedLink, GroupContext, Heading, Impact, LanguageLink, MenuItem, MonthContext, PageContext, Paging,
    Person, Photo, Post, Quote, SiteContext, YearContext,
)  # fmt: skip
"""The types of value that a template can receive."""
RULES = ReadSettings("UTC", time(6), "en", "", "/{year}/{month}/{slug}/")
SHARED = {"site", "assets", "data", "today"}
"""The names that every template may use."""


_FENCED = re.compile(r"^(```|~~~).*?^\1$", re.DOTALL | re.MULTILINE)
_BETWEEN_CELLS = re.compile(r"\|(?=(?:[^`]*`[^`]*`)*[^`]*$)")
"""The bars of a table row that stand outside of code."""


class Everything(frozenset[str]):
    """The names of a template that asks for all there is."""

    def __contains__(self, name: object) -> bool:
        return True


def page(name: str) -> str:
    """Return the text of a page of the guide."""
    return (GUIDE / f"{name}.md").read_text("utf-8")


def sections(text: str, level: int) -> dict[str, str]:
    """Return what stands below each heading of a level, by the heading's words; code fences hide no heading."""
    found: dict[str, list[str]] = {}
    here: list[str] = []
    fenced = False
    for line in text.split("\n"):
        fenced ^= line.startswith(("```", "~~~"))
        heading = re.match(r"(#+) (.*)", line)
        if heading and not fenced and len(heading[1]) <= level:
            here = found.setdefault(heading[2].replace("`", "").strip(), []) if len(heading[1]) == level else []
        else:
            here.append(line)
    return {name: "\n".join(lines) for name, lines in found.items()}


def rows(text: str) -> list[list[str]]:
    """Return the cells of every table row in a text, but those of the heading rows."""
    lines = [line for line in _FENCED.sub("", text).split("\n") if line.startswith("|")]
    marks = {number for number, line in enumerate(lines) if re.fullmatch(r"[|:\- ]+", line)}
    kept = [line for number, line in enumerate(lines) if number not in marks and number + 1 not in marks]
    return [[cell.strip() for cell in _BETWEEN_CELLS.split(line.strip()[1:-1])] for line in kept]


def code_in(text: str) -> list[str]:
    """Return what a text shows as code."""
    return re.findall(r"`([^`]+)`", text)


def fences(text: str, language: str) -> list[str]:
    """Return the code examples of a language in a text."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


# Settings


def test_every_setting_is_documented() -> None:
    """The page on settings has a heading for each setting, and none for what is no setting."""
    assert set(sections(page("settings"), 3)) == set(READERS)


def test_settings_are_documented_with_their_defaults() -> None:
    """The default of each setting that the page names is the one it has."""
    blank = Config()
    month, day = blank.school_year_start
    shown = {"publish_time": f"{blank.publish_time:%H:%M}", "school_year_start": f"{month:02}-{day:02}"}
    shown["markdown"] = blank.markdown.engine
    shown["terms"] = ", ".join(f"{month:02}-{day:02}" for month, day in blank.terms)
    for name, text in sections(page("settings"), 3).items():
        default = shown.get(name, getattr(blank, name))
        documented = re.search(r"^Default: (?:`([^`]*)`|nothing)", text, re.MULTILINE)
        assert documented, f"{name} has no line that says its default"
        assert (documented[1] or "") == (str(default) if default else ""), name


def test_examples_of_settings_are_settings(tmp_path: Path) -> None:
    """Every example on the page of settings is read without a problem, and each setting has one."""
    for name, text in sections(page("settings"), 3).items():
        examples = fences(text, "yaml")
        assert examples, f"{name} has no example"
        for example in examples:
            (tmp_path / "storysite.yml").write_text(example, "utf-8")
            config, problems = read_config(tmp_path)
            assert problems == [], example
            assert getattr(config, name) != getattr(Config(), name), f"the example of {name} shows its default"


# Commands


def commands(group: click.Group, path: str = "storysite") -> Iterator[tuple[str, click.Command]]:
    """Yield every command below a group with the words that call it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
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


# Front matter


def documented_keys() -> dict[str, set[str]]:
    """Return the keys that the page on front matter has rows for, each with its other spellings."""
    return {code_in(row[0])[0]: set(code_in(row[3])) for row in rows(sections(page("front-matter"), 2)["The keys"])}


def test_every_front_matter_key_is_documented() -> None:
    """Each key that is read has a row that names all its other spellings, and no row names anything else."""
    assert documented_keys() == {name: set(spellings) - {name} for name, spellings in ALIASES.items()}


def test_every_front_matter_key_has_an_example() -> None:
    """Each key stands in an example, below the table that explains it."""
    shown: set[str] = set()
    for example in fences(sections(page("front-matter"), 2)["The keys"], "yaml"):
        shown |= split_front_matter(f"---\n{example}---\n", "a.md").values.keys()
    assert shown == ALIASES.keys()


def test_keys_of_pages_are_documented() -> None:
    """The keys that a page uses are those the page on front matter says it uses."""
    sentence = re.search(r"A page, [^.]*uses only ([^.]*)\.", sections(page("front-matter"), 2)["The keys"])
    assert sentence
    assert set(code_in(sentence[1])) == PAGE_KEYS


@pytest.mark.parametrize("kind", [Impact, Quote, Person, Photo, Ask, Event])
def test_every_part_of_front_matter_is_documented(kind: type[Struct]) -> None:
    """The keys within impact, quote, people, photos, ask and event have rows of their own, and no others do."""
    name = {Impact: "impact", Quote: "quote", Person: "people", Photo: "photos", Ask: "ask", Event: "event"}[kind]
    documented = [code_in(row[0])[0] for row in rows(sections(page("front-matter"), 3)[f"Inside {name}"])]
    assert documented == [field.name for field in fields(kind)]


def test_examples_of_front_matter_can_be_read() -> None:
    """Every example of front matter is read as it stands, without anything to mend."""
    examples = fences(page("front-matter"), "yaml")
    assert examples
    for example in examples:
        source = example if example.startswith("---\n") else f"---\n{example}---\nText.\n"
        assert split_front_matter(source, "a.md").problems == []
        place = "content/pages/a.md" if "menu:" in example else "content/posts/2026-11-20-a.md"
        entry, _ = read_post(source.encode(), place, RULES, render_markdown)
        assert entry.problems == (), example
        assert entry.post and not entry.post.extra, example


def test_repairs_are_made_as_documented() -> None:
    """Each line that the page says is mended gives the value it says, with a warning."""
    mended = rows(sections(page("front-matter"), 2)["What is mended"])
    assert mended
    for written, read, *_ in mended:
        line, value = (code_in(cell)[0].replace("⇥", "\t").replace("⏎", "\n") for cell in (written, read))
        header = split_front_matter(f"---\n{line}\n---\nText.\n", "a.md")
        assert [problem.code for problem in header.problems] == ["header-repaired"], line
        expected = split_front_matter(f"---\n{value}\n---\nText.\n", "a.md")
        assert (expected.problems, header.values) == ([], expected.values), line


# Problems


class Codes(ast.NodeVisitor):
    """Collects the codes of all problems in a source, and the places where it cannot tell one."""

    def __init__(self, takers: dict[str, int]) -> None:
        self.takers = takers
        self.found: set[str] = set()
        self.unclear: list[int] = []

    def visit_Call(self, call: ast.Call) -> None:
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        place = self.takers.get(name)
        if place is not None:
            named = [keyword.value for keyword in call.keywords if keyword.arg == "code"]
            given = named or call.args[place : place + 1]
            found = [code for value in given for code in _constants(value)]
            self.found.update(found)
            passed_on = [value for value in given if isinstance(value, ast.Name | ast.Attribute)]
            if not found and not passed_on and name == "Problem":
                self.unclear.append(call.lineno)
        self.generic_visit(call)

    def visit_Assign(self, made: ast.Assign) -> None:
        if any(isinstance(target, ast.Name) and target.id == "code" for target in made.targets):
            self.found.update(_constants(made.value))
        self.generic_visit(made)

    def visit_Constant(self, constant: ast.Constant) -> None:
        if isinstance(constant.value, str) and (printed := re.search(r"  \[([a-z]+(?:-[a-z]+)*)\]$", constant.value)):
            self.found.add(printed[1])


def _constants(node: ast.expr) -> list[str]:
    if isinstance(node, ast.IfExp):
        return _constants(node.body) + _constants(node.orelse)
    text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
    return [text] if re.fullmatch(r"[a-z]+(-[a-z]+)*", text) else []


@cache
def problem_codes() -> frozenset[str]:
    """Return the code of every problem that the program can find, from its sources."""
    trees = {file: ast.parse(file.read_text("utf-8")) for file in sorted(PACKAGE.rglob("*.py"))}
    takers = {"Problem": Problem.__struct_fields__.index("code")}
    for tree in trees.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                names = [argument.arg for argument in node.args.args if argument.arg != "self"]
                if "code" in names or "code" in [argument.arg for argument in node.args.kwonlyargs]:
                    takers[node.name] = names.index("code") if "code" in names else len(names)
    found: set[str] = set()
    for file, tree in trees.items():
        codes = Codes(takers)
        codes.visit(tree)
        assert codes.unclear == [], f"{file.name}: the code of a problem must be a plain text"
        found |= codes.found
    return frozenset(found)


def test_the_collector_of_codes_sees_them_all() -> None:
    """Codes are found in calls, in assignments, in methods and in printed lines."""
    assert {"post-date", "settings-value", "header-toml", "picture-missing", "template", "system"} <= problem_codes()


def test_every_problem_is_documented() -> None:
    """The page on problems has a heading for each code, and none for what is no code."""
    assert set(sections(page("problems"), 3)) == problem_codes()


def test_every_problem_has_an_example() -> None:
    """Below each code stand the message as it is printed and how to mend it."""
    for code, text in sections(page("problems"), 3).items():
        message, *explanation = text.strip().split("\n\n")
        assert message.startswith("`"), code
        assert message.endswith(f"[{code}]`"), code
        assert len(" ".join(explanation)) > 40, code


def test_examples_of_problems_are_what_is_printed() -> None:
    """Where a broken site shows what is printed for a code, the example on the page is worded like it."""
    printed = [line for file in BROKEN.glob("*/expected.txt") for line in file.read_text("utf-8").split("\n")]
    shown = {line.rpartition("[")[2][:-1] for line in printed if line.endswith("]")}
    wordings = {_wording(line) for line in printed}
    sources = "\n".join(file.read_text("utf-8") for file in PACKAGE.rglob("*.py"))
    for code, text in sections(page("problems"), 3).items():
        example = code_in(text)[0]
        if code in shown and f'"{example.partition("  [")[0]}"' not in sources:
            assert any(line.endswith(_wording(example)) for line in wordings), example


def _wording(line: str) -> str:
    """Return a message without what differs from case to case: names, numbers, addresses and what is quoted."""
    return re.sub(r"\([^()]*\)|\"[^\"]*\"|'[^']*'|\S*/\S*|\S+\.\w+|\d+", "…", line)


def test_examples_of_problems_say_how_grave_they_are() -> None:
    """Examples of warnings and notes begin with that word, and stand in the part of the page that is about them."""
    for heading, text in sections(page("problems"), 2).items():
        mark = {"Warnings": "warning: ", "Notes": "note: "}.get(heading, "")
        for example in re.findall(r"^`(.*\[[a-z-]+\])`$", text, re.MULTILINE):
            label = re.match(r"warning: |note: |", example)
            assert label and label[0] == mark, example


# Templates


@pytest.fixture
def contexts(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> dict[str, set[str]]:
    """Return the names that each template is given, from a site that has a page of every sort."""
    monkeypatch.setattr(planned, "SITEMAP_URLS", 3)
    folder.write("storysite.yml", "base_url: https://example.org\nauthor: A\n")
    for number in range(9):
        header = {"tags": "[a]", "category": "b", "series": "c", "audience": "d", "aliases": f"[/old-{number}/]"}
        folder.post(f"2026-0{number + 1}-11-story", **header)
    folder.write("content/pages/about.md", "---\ntitle: About\nmenu: 1\n---\nText.\n")
    site = survey(BuildOptions(folder.path, now=NOW, jobs=1)).site
    names = {*_template_names(), *(file.name for file in BUILT_IN.iterdir() if file.is_file())}
    everything = {name: Template(name, digest(name), Everything()) for name in names}
    found: dict[str, set[str]] = {name: set() for name in names}
    for made in planned.pages(site, Design(), everything, {}):
        found[made.template] |= set(made.names)
    return found


def _template_names() -> list[str]:
    home = shipped_themes() / "default" / "templates"
    return [file.relative_to(home).as_posix() for file in home.rglob("*") if file.is_file()]


def test_every_template_is_documented_with_its_names(contexts: dict[str, set[str]]) -> None:
    """The table of templates has a row for each, with exactly the names it is given beside those that all are given."""
    table = {code_in(row[0])[0]: set(code_in(row[2])) for row in rows(sections(page("themes"), 2)["The templates"])}
    assert table == {name: names - SHARED for name, names in contexts.items()}


def test_every_name_is_documented(contexts: dict[str, set[str]]) -> None:
    """The table of names has a row for each name that any template is given, and no other."""
    documented = {code_in(row[0])[0] for row in rows(sections(page("themes"), 2)["The names"])}
    assert documented == SHARED.union(*contexts.values())


def test_every_type_of_value_is_documented() -> None:
    """Each type has a table of all its fields and properties, and of nothing else."""
    documented = sections(page("themes"), 3)
    for kind in VALUES:
        properties = [name for name, _ in getmembers(kind, lambda member: isinstance(member, property))]
        named = [name for row in rows(documented[kind.__name__]) for name in code_in(row[0])]
        assert sorted(named) == sorted([*properties, *(field.name for field in fields(kind))]), kind.__name__


def test_every_filter_is_documented() -> None:
    """The table of filters has a row with an example for each, and no other."""
    table = {code_in(row[0])[0]: row for row in rows(sections(page("themes"), 2)["The filters"])}
    assert set(table) == set(FILTERS)
    for name, row in table.items():
        assert re.search(rf"\| {name}\b", row[2]), f"the example of {name} does not use it"


# Writing, and the guide itself


def test_kinds_are_documented() -> None:
    """The page on writing has a row for each kind of post, in the order in which they are listed."""
    assert tuple(code_in(row[0])[0] for row in rows(sections(page("writing"), 2)["Kinds"])) == KINDS


def test_names_of_files_are_read_as_documented() -> None:
    """What the page on writing says of each file name is what is read from it."""
    names = {code_in(row[0])[0]: row[1] for row in rows(sections(page("writing"), 2)["The file's name"])}
    assert len(names) == 5
    for name, text in names.items():
        read = read_name(f"content/posts/{name}")
        assert read.words == "forty-families", name
        assert (read.day is not None) == text.startswith(("the day", "the same")), name
        assert (read.language == "es") == ("Spanish" in text), name
        assert read.draft == text.startswith("a draft"), name


def test_every_markdown_extension_is_documented() -> None:
    """The page on writing says what each extension gives."""
    table = rows(sections(page("writing"), 2)["Everything Markdown can do here"])
    assert {code_in(row[0])[0] for row in table} == set(EXTENSIONS)


def test_guide_builds_without_a_warning(folder: Folder) -> None:
    """The guide is a site of its own: every link leads somewhere and nothing needs mending."""
    for file in GUIDE.iterdir():
        folder.write(f"content/pages/guide/{file.name}", file.read_bytes())
    folder.write("storysite.yml", "base_url: https://example.org\n")
    assert folder.build().problems == []


def test_guide_links_lead_to_headings_that_exist() -> None:
    """A link to a part of a page names a heading of that page."""
    anchors = {file.name: _anchors(file) for file in GUIDE.glob("*.md")}
    for file in GUIDE.glob("*.md"):
        for name, anchor in re.findall(r"\]\(([\w-]*(?:\.md)?)#([^)\s]+)\)", file.read_text("utf-8")):
            assert anchor in anchors[name or file.name], f"{file.name} links to {name}#{anchor}"


def _anchors(file: Path) -> set[str]:
    text: Document = render_markdown(split_front_matter(file.read_text("utf-8"), file.name).body, "", MarkdownOptions())
    return {heading.anchor for heading in text.headings}


LOOKED_UP = {"problems", "themes"}
"""Pages where one looks for a word with the browser's own search: two halves would be worse than one long page."""


def test_guide_pages_are_short_and_dateless() -> None:
    """Each page has a title and a summary, no date, and can be read in one go."""
    for file in GUIDE.glob("*.md"):
        text = file.read_text("utf-8")
        header = split_front_matter(text, file.name).values
        assert {"title", "summary"} <= header.keys() <= {"title", "summary", "menu", "order"}, file.name
        longest = 450 if file.stem in LOOKED_UP else 400
        assert text.count("\n") <= longest, file.name


def test_the_index_names_every_page() -> None:
    """Nobody has to guess what the guide holds."""
    named = set(re.findall(r"\]\(([\w-]+)\.md\)", page("index")))
    assert named == {file.stem for file in GUIDE.glob("*.md")} - {"index"}


def test_every_example_says_its_language() -> None:
    """A code example names its language, so that it is coloured and read out as what it is."""
    for file in GUIDE.glob("*.md"):
        marks = re.findall(r"^ *(?:```|~~~)(.*)$", file.read_text("utf-8"), re.MULTILINE)
        assert all(marks[::2]), file.name
