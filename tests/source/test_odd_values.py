"""Whatever stands in settings, front matter, a theme's theme.yaml or data is used or told of, and never a traceback."""

from contextlib import suppress
from pathlib import Path

import pytest
from msgspec.json import encode

from storysite.build.archive import read_settings_of
from storysite.digest import digest
from storysite.errors import StorysiteError
from storysite.front_matter.keys import KEYS
from storysite.markdown.convert import render_markdown
from storysite.model.config import FILE, Config
from storysite.problems import CODES
from storysite.source.data import read_data
from storysite.source.post import read_post
from storysite.source.settings import READERS, read_config
from storysite.theme.find import find_theme, theme_names
from storysite.theme.manifest import read_design
from tests.folder import Folder

ODD = [
    "3", "-1", "0", "1.5", ".nan", ".inf", "-.inf", "~", "true", "[]", "{}", "[1, 2]", "[[a]]", "{a: 1}", "{a: {b: [c]}}", "{1: 2}", "{~: a}", "{[a]: b}",
    r'"\uFFFE"', r'"\0"', r'"\uD800"', r'"\x7f"', r'"\uFDD0"', "2026-13-45", "0000-00-00", "9999-12-31", "0001-01-01", "1:2:3", "190:20:30", "1e999", "9" * 5000, f"0x{'f' * 5000}",
    "0b1", "0o7", "1_000", "&a [*a]", "&a {b: *a}", "*x", "!!python/object:os.x {}", "!!binary aGk=", "!!set {a}", "!!float x", "!!int x", "!!timestamp x", "!!bool x", "!!null x",
    f"'{'x' * 3000}'", "'#fff'", "'#fff #000'", "'../../x'", "'/etc/passwd'", "'//'", "'http://['", "'http://a:99999999'", "'%'", "'{'", "'{slug}'", "'{year!r}/{slug}'", "'<b>'", "'\u202e'",
    "12:30", "2026-01-01T25:00", "9999-12-31T23:59:59-12:00", "{name: }", "[~]", "[{a: }]", "[[[[[[[]]]]]]]", "=", "<<", "{<<: {a: 1}}", "{<<: a}", "{value: .nan, metric: x}", "{value: 1e400, metric: x}",
    f"[{{value: {'9' * 400}, metric: a}}]", "{start: 9999-12-31T23:00, end: 0001-01-01}", "{goal: .inf, what: a, have: .nan}", "{columns: 3}", "[{extra: [{}]}]",
]  # fmt: skip
PATH = "content/posts/2026-01-01-a.md"
DECLARED = (
    "contract", "extends", "card_fields", "settings", "settings:\n  a", "settings:\n  a:\n    choices", "settings:\n  a:\n    default", "settings:\n  a:\n    type", "settings:\n  palette:\n    default",
    "palettes", "palettes:\n  a", "palettes:\n  a:\n    paper", "palettes:\n  a:\n    ink", "listings", "listings:\n  a", "listings:\n  a:\n    length", "listings:\n  a:\n    tag", "listings:\n  a:\n    order",
    "pages", "pages:\n  a", "pages:\n  a:\n    url", "pages:\n  a:\n    title", "pages:\n  a:\n    paging", "pages:\n  a:\n    listing", "pages:\n  a:\n    template",
)  # fmt: skip


@pytest.mark.parametrize("key", [*(key.name for key in KEYS), "room", "params", "build"])
def test_every_odd_value_of_front_matter_is_read_or_told_of(key: str) -> None:
    """What came of it can be remembered and compared, with a problem at its line where it is not what was meant."""
    for value in ODD:
        for path in (PATH, "content/pages/a.md"):
            source = f"---\ntitle: A\n{key}: {value}\n---\nText.\n".encode()
            entry, _ = read_post(source, path, read_settings_of(Config()), render_markdown)
            encode(entry)
            digest(entry.post)
            assert {problem.code for problem in entry.problems} <= CODES.keys()
            assert entry.post or any(problem.line for problem in entry.problems)


@pytest.mark.parametrize("key", READERS)
def test_every_odd_value_of_a_setting_is_read_or_told_of(key: str, tmp_path: Path) -> None:
    parts = [
        key,
        *(
            f"markdown:\n  {part}"
            for part in ("engine", "time_limit", "nesting_limit", "element_limit", "extensions")
            if key == "markdown"
        ),
    ]
    for value in ODD:
        for part in parts:
            (tmp_path / FILE).write_text(f"{part}: {value}\n", "utf-8", "surrogatepass")
            config, problems = read_config(tmp_path)
            assert config.zone
            assert all(problem.path == FILE for problem in problems)


@pytest.mark.parametrize("part", DECLARED)
def test_every_odd_part_of_a_theme_is_used_or_told_of(part: str, tmp_path: Path) -> None:
    manifest = tmp_path / "themes" / "mine" / "theme.yaml"
    manifest.parent.mkdir(parents=True)
    for value in ODD:
        manifest.write_text(
            f"contract: 2\n{part}: {value}\n" if part != "contract" else f"contract: {value}\n", "utf-8"
        )
        with suppress(StorysiteError):
            find_theme(tmp_path, "mine")
        design, _ = read_design([str(manifest)], tmp_path, {}, {})
        digest(design)


@pytest.mark.long
@pytest.mark.parametrize("value", ODD)
def test_a_site_is_made_or_refused_whatever_its_settings_data_and_theme_say(value: str, folder: Folder) -> None:
    """Also where a theme has no such setting, and where a template prints the data."""
    settings = "".join(f"  {name}: {value}\n" for name in ("columns", "palette", "accent", "logo"))
    folder.write("storysite.yml", f"theme_settings:\n{settings}")
    folder.write("data/odd.yml", f"a: {value}\n")
    folder.write("templates/post.html", "{{ data }}{{ data.odd | json_text }}{{ site.settings }}")
    folder.post("2026-01-01-a", "Text.", title="A")
    for written in (
        f"theme_settings:\n{settings}",
        f"theme_settings:\n  columns: {value}\n",
        f"theme: {value}\n",
        "title: Ours\n",
    ):
        folder.write("storysite.yml", written)
        try:
            folder.build()
        except StorysiteError as error:
            assert error.problems


JSON = [
    r'"\ud800"',
    r'{"\udc85": 1}',
    "NaN",
    "[-Infinity]",
    "1e999",
    "9" * 5000,
    "[" * 50_000,
    '{"a":' * 5000,
    r'"\u0000"',
    r'"\ufffe"',
    "",
    "[]",
    '{"a": 1, "a": 2}',
    '{"": ""}',
    '{"__class__": 1}',
]
CSV = ["a,b\n1,2,3\n", "a" * 200_000 + ",b\n1,2", '"a\n', "a\0b,c\n1,2", ";" * 100_000 + "\nx", "a,a,a\n1,2,3", "\n\n", '"' * 1000, "sep=,\n", "sep=\x01\na"]  # fmt: skip


@pytest.mark.parametrize(("ending", "text"), [*(("json", text) for text in JSON), *(("csv", text) for text in CSV)])
def test_every_odd_file_of_data_is_read_or_told_of(ending: str, text: str, folder: Folder) -> None:
    folder.write(f"data/odd.{ending}", text)
    folder.post("2026-01-01-a", "Text.", title="A")
    folder.write("templates/post.html", "{{ data }}{{ data.odd | json_text }}")
    found, problems = read_data(folder.path, [f"data/odd.{ending}"])
    if found:
        folder.build()
    else:
        assert [problem.path for problem in problems] == [f"data/odd.{ending}"] * len(problems) != []


def test_a_theme_of_only_a_theme_yaml_is_the_default_theme_with_other_settings(folder: Folder) -> None:
    """As the guide's own example: it builds, all that it leaves out is the default theme's, and it is listed."""
    guide = Path(__file__).parents[2] / "content" / "pages" / "guide" / "themes.md"
    example = guide.read_text("utf-8").partition("```yaml\ncontract: 2\nabout")[2].partition("```")[0]
    folder.write("themes/mine/theme.yaml", f"contract: 2\nabout{example}")
    folder.write("storysite.yml", "theme: mine\ntheme_settings: {columns: two, accent: '#123456'}\n")
    folder.post("2026-01-01-a", "Text.", title="A")
    folder.build()
    assert "#123456" in next(folder.site.glob("assets/colors*.css")).read_text("utf-8")
    assert 'class="brand"' in folder.page("2026/01/a/index.html")
    assert "mine" in theme_names(folder.path)
