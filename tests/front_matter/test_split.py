"""split_header: front matter in every form, fixed where it can be, and no line of a post ever lost."""

import pickle
import string
from datetime import date

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from storysite.front_matter.delimiters import TEXT_KEYS, known_key
from storysite.front_matter.keys import KEYS
from storysite.front_matter.split import FrontMatter, Plain, split_front_matter
from storysite.front_matter.yaml import DEEPEST
from storysite.problems import Severity


def split(text: str) -> FrontMatter:
    return split_front_matter(text, "a.md")


def fenced(source: str) -> FrontMatter:
    return split(f"---\n{source}\n---\nThe body.\n")


def codes(header: FrontMatter) -> list[tuple[str, int]]:
    return [(problem.code, problem.line) for problem in header.problems]


@pytest.mark.parametrize(
    ("text", "values", "lines", "body_line"),
    [
        ("---\ntitle: A\n---\nBody", {"title": "A"}, {"title": 2}, 4),
        ("\ufeff\n \n---  \ntitle: A\n...\t\nBody", {"title": "A"}, {"title": 4}, 6),
        ("---\n---\nBody", {}, {}, 3),
        ("---\n# only a remark\n---\nBody", {}, {}, 4),
        ("---\ntags:\n- a\n\n- b\nask: {what: help}\n---\nBody", {"tags": ["a", "b"], "ask": {"what": "help"}},
         {"tags": 2, "ask": 6}, 8),
        ("title: A\ndate: 2020-01-02\n---\nBody", {"title": "A", "date": "2020-01-02"}, {"title": 1, "date": 2}, 4),
        ("+++\ntitle = 'A'\nday = 2020-01-02\n[more]\nn = 1\n+++\nBody",
         {"title": "A", "day": "2020-01-02", "more": {"n": "1"}}, {"title": 2, "day": 3, "more": 4}, 7),
        ('{\n  "title": "A",\n  "e": "\\ud83d\\ude00"\n}\nBody', {"title": "A", "e": "😀"}, {"title": 2, "e": 3}, 5),
        ('{"title": "}", "n": [1]}\nBody', {"title": "}", "n": ["1"]}, {"title": 1, "n": 1}, 2),
        ('"title": "A",\n"n": 1\n;;;\nBody', {"title": "A", "n": "1"}, {"title": 1, "n": 2}, 4),
        (';;;\n"title": "A"\n;;;\nBody', {"title": "A"}, {"title": 2}, 4),
        ("Title: A: B\nSummary: one\n    two\nTags: a, b\n\nBody",
         {"Title": "A: B", "Summary": "one two", "Tags": "a, b"}, {"Title": 1, "Summary": 2, "Tags": 4}, 5),
        ("<!--\n.. title: A\n.. slug: b\n-->\nBody", {"title": "A", "slug": "b"}, {"title": 2, "slug": 3}, 5),
        (".. title: A\n.. slug: b\n\nBody", {"title": "A", "slug": "b"}, {"title": 1, "slug": 2}, 3),
    ],
)  # fmt: skip
def test_reads_every_form(text: str, values: dict[str, object], lines: dict[str, int], body_line: int) -> None:
    """Each form of front matter gives its values, their lines in the file, and the body, without a word."""
    header = split(text)
    assert (values, lines, "Body", body_line, []) == (
        header.values, header.lines, header.body.lstrip("\n"), header.body_line, header.problems,
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Just text.\n",
        "---\n",
        "---\n\nProse after a break.\n",
        "---\nprose\n\n---\nmore\n",
        "---\nNote: prose with a colon\n\nMore prose.\n---\nmore\n",
        "---\n- a list\n- of things\n---\nmore\n",
        "---\n" + "prose " * 20_000 + "\n---\nmore\n",
        "Order: two books\n\nMenu: soup\n",
        "---\nGrade: four\n\nThe body",
        "Thanks: to all\n---\nmore\n",
        "Thanks to: all who came\n\nmore\n",
        "Last modified: by everyone\nImage alt: none\n\nmore\n",
        "Dear families: hello\n\nmore\n",
        "{{ a template }}\nmore\n",
        "{: .attributes}\nmore\n",
        '{"quoted": 1} is how JSON looks\n',
        "<!-- a comment -->\nmore\n",
        ".. image:: a.jpg\n\nmore\n",
        "Text.\n\n---\ntitle: not a header\n---\n",
    ],
)
def test_text_that_is_no_front_matter_is_all_body(text: str) -> None:
    """A thematic break, a comment or a template at the start of a post belongs to its body."""
    assert FrontMatter({}, {}, text, 1, []) == split(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2020", 2020),
        ("No", False),
        ("on", True),
        ("007", 7),
        ("1.50", 1.5),
        ("~", None),
        ("2013-11-14", date(2013, 11, 14)),
    ],
)
def test_text_stays_as_written_and_knows_its_value(text: str, value: object) -> None:
    """What YAML takes for a number, a truth value or a date is the text that was written, and knows its value."""
    for found in (fenced(f"title: {text}").values["title"], fenced(f"tags: [{text}]").values["tags"][0]):  # type: ignore[index]
        assert isinstance(found, Plain)
        assert (text, value) == (found, found.value)
        copy = pickle.loads(pickle.dumps(found))
        assert (found, found.value) == (copy, copy.value)


@pytest.mark.parametrize("key", ["title", "summary", "author", "image_alt", "path", "tags"])
@pytest.mark.parametrize(
    ("written", "value"),
    [
        (r'"C:\\x"', r"C:\x"),
        (r'"D:\\Photos\\new\\table"', r"D:\Photos\new\table"),
        (r'"z:\\"', "z:\\"),
        (r'"\\\\server\\share"', r"\\server\share"),
        (r'"C:\\x"  # where it lies', r"C:\x"),
        (r"'C:\\x'", r"C:\\x"),
    ],
)
def test_a_path_that_is_written_as_yaml_wants_it_is_left_alone(key: str, written: str, value: str) -> None:
    """A backslash that is doubled in double quotes is one backslash, and nothing to warn of."""
    found = fenced(f"{key}: {written}")
    assert (found.values[key], found.problems) == (value, [])


@pytest.mark.parametrize("text", ["'2020'", '"No"', "12:30", "2013-13-45", "word", "!!str 5"])
def test_text_that_is_meant_as_text_has_no_other_value(text: str) -> None:
    """Quoted text, an hour that YAML 1.1 takes for 750, and a day that does not exist are text."""
    assert type(fenced(f"title: {text}").values["title"]) is str


@pytest.mark.parametrize(
    ("source", "values", "line"),
    [
        ("title: Mind: the gap", {"title": "Mind: the gap"}, 2),
        ('title: "Wonder" by Palacio', {"title": '"Wonder" by Palacio'}, 2),
        ('title: "Wonder" and "Holes"', {"title": '"Wonder" and "Holes"'}, 2),
        ('title: "She said "hi" to me"', {"title": 'She said "hi" to me'}, 2),
        ("title: 'It's fun'", {"title": "It's fun"}, 2),
        ('title: "Not closed\ndraft: true', {"title": "Not closed", "draft": "true"}, 2),
        (r'title: "C:\Users\new"', {"title": r"C:\Users\new"}, 2),
        (r'title: "C:\new"', {"title": r"C:\new"}, 2),
        ("title: #1 fan", {"title": "#1 fan"}, 2),
        ("title: Our #1 fan", {"title": "Our #1 fan"}, 2),
        ("title: @school", {"title": "@school"}, 2),
        ("title: `code`", {"title": "`code`"}, 2),
        ("title: %5 more", {"title": "%5 more"}, 2),
        ("title: !Hello you", {"title": "!Hello you"}, 2),
        ("title: & friends", {"title": "& friends"}, 2),
        ("title: &Juliet met", {"title": "&Juliet met"}, 2),
        ("title: *Star* night", {"title": "*Star* night"}, 2),
        ("title: | pipe", {"title": "| pipe"}, 2),
        ("title: > quote", {"title": "> quote"}, 2),
        ("title: [Video] our week", {"title": "[Video] our week"}, 2),
        ("title: {{ page.title }}", {"title": "{{ page.title }}"}, 2),
        ("draft: true\ntitle:Tight", {"draft": "true", "title": "Tight"}, 3),
        ("title:Tight", {"title": "Tight"}, 2),
        ("tags:\n\t- a", {"tags": ["a"]}, 3),
        ("title: A\n draft: true", {"title": "A", "draft": "true"}, 3),
        (" title: A\ndraft: true", {"title": "A", "draft": "true"}, 2),
        ("title: A\nand more\ndraft: true", {"title": "A and more", "draft": "true"}, 3),
        ("excerpt: One.\n\nTwo.", {"excerpt": "One.\nTwo."}, 4),
        ("tags: [#maker, @home, it's: fine]", {"tags": ["#maker", "@home", "it's: fine"]}, 2),
        ("title: A\ntags: [a, b", {"title": "A", "tags": ["a", "b"]}, 3),
        ("tags:\n- a\n- #b", {"tags": ["a", "#b"]}, 4),
        ("tags:\n- @a\n- b: c", {"tags": ["@a", "b: c"]}, 3),
        ("impact:\n  - metric: a: b\n    value: 3", {"impact": [{"metric": "a: b", "value": "3"}]}, 3),
        ("title: “Hello”", {"title": "Hello"}, 2),
        ("summary: ‘Don’t stop’", {"summary": "Don’t stop"}, 2),
        ("title: „Hallo“", {"title": "Hallo"}, 2),
        ("title: «Bonjour»", {"title": "Bonjour"}, 2),
        ("title: “Mind: the gap”\ntags: [a]", {"title": "Mind: the gap", "tags": ["a"]}, 2),
        ("tags:\n- a\n- “b”", {"tags": ["a", "b"]}, 4),
        ("title: “2020”", {"title": "2020"}, 2),
    ],
)
def test_mends_with_a_warning(source: str, values: dict[str, object], line: int) -> None:
    """What people write, and YAML cannot read or would cut short, is read as it was meant; the line is named."""
    header = fenced(source)
    assert values == header.values
    assert header.body == "The body.\n"
    assert {("header-repaired", Severity.WARNING)} == {(p.code, p.severity) for p in header.problems}
    assert line == header.problems[0].line
    for problem in header.problems:
        assert problem.excerpt == f"---\n{source}".split("\n")[problem.line - 1]
        assert problem.hint


@pytest.mark.parametrize(
    ("source", "values"),
    [
        (
            "a: &a {x: 1}\nb: &b {x: 2, y: 3}\nc: {<<: [*a, *b]}",
            {"a": {"x": "1"}, "b": {"x": "2", "y": "3"}, "c": {"x": "1", "y": "3"}},
        ),
        ("title: “A” and “B”", {"title": "“A” and “B”"}),
        ('title: "“A”"', {"title": "“A”"}),
        ("title: A # a remark", {"title": "A"}),
        ("url: http://a.b/c#d", {"url": "http://a.b/c#d"}),
        ("excerpt: One.\n\n  Two.", {"excerpt": "One.\nTwo."}),
        ("title: &t A\nsummary: *t", {"title": "A", "summary": "A"}),
        (
            "base: &b {a: 1, c: 0}\nmore:\n  <<: *b\n  c: 2",
            {"base": {"a": "1", "c": "0"}, "more": {"a": "1", "c": "2"}},
        ),
    ],
)
def test_leaves_alone_what_is_in_order(source: str, values: dict[str, object]) -> None:
    """Remarks, addresses, repeated values and quotes inside a sentence are read as YAML has them, without a word."""
    header = fenced(source)
    assert (values, []) == (header.values, header.problems)


@pytest.mark.parametrize(
    ("source", "values", "line"),
    [
        ("title: A\nimpact:\n  - {metric: a, value: 3\ndraft: true", {"title": "A", "draft": "true"}, 4),
        ("ask: {what: help: now}\ntitle: A", {"title": "A"}, 2),
        ("tags: [a, b]\nstray\ntitle: A", {"tags": ["a", "b"], "title": "A"}, 3),
        ("date: 2020-01-02\nstray\ntitle: A", {"date": "2020-01-02", "title": "A"}, 3),
    ],
)
def test_says_which_line_cannot_be_read(source: str, values: dict[str, object], line: int) -> None:
    """What cannot be fixed is an error at its own line, in plain words; all the rest is still read."""
    header = fenced(source)
    assert (values, [("header-yaml", line)]) == (header.values, codes(header))
    assert header.problems[0].severity is Severity.ERROR
    assert not any(word in str(header.problems[0]) for word in ("mapping", "token", "scalar", "block"))


@pytest.mark.parametrize(
    ("text", "body", "body_line"),
    [
        ("---\ntitle: A\ntags:\n- b\n\nBody\n", "\nBody\n", 5),
        ("---\ntitle: A\n# Heading\n", "# Heading\n", 3),
        ("---\ntitle: A\n\nBody\n\n---\n\nMore\n", "\nBody\n\n---\n\nMore\n", 3),
        ("+++\ntitle = 'A'\n\nBody\n", "\nBody\n", 3),
    ],
)
def test_front_matter_that_is_not_closed_loses_no_text(text: str, body: str, body_line: int) -> None:
    """Without a closing line, front matter ends where the text begins, with a warning."""
    header = split(text)
    assert ("A", body, body_line) == (header.values["title"], header.body, header.body_line)
    assert codes(header) == [("header-not-closed", 1)]
    assert header.problems[0].severity is Severity.WARNING


@pytest.mark.parametrize("spelling", sorted({name for key in KEYS for name in key.names}))
@pytest.mark.parametrize("join", ["_", "-"])
def test_every_spelling_of_a_key_is_known_to_the_repairs(spelling: str, join: str) -> None:
    """Whichever spelling a key has, beside another a missing space, a shifted line and a missing fence are fixed."""
    name = spelling.replace("_", join)
    assert known_key(f"{name}: x") == spelling
    assert fenced(f"date: 2026-01-02\n{name}:words").values[name] == "words"
    assert fenced(f"date: 2026-01-02\n  {name}: words").values[name] == "words"
    assert split(f"---\ndate: 2026-01-02\n{name}: words\n\nThe body.\n").values[name] == "words"


@pytest.mark.parametrize("spelling", sorted(TEXT_KEYS))
@pytest.mark.parametrize("join", ["_", "-"])
def test_no_spelling_of_a_text_is_cut_short_at_a_sign(spelling: str, join: str) -> None:
    """Whichever spelling a text has, YAML takes no word of it for a remark, and lines below it belong to it."""
    name = spelling.replace("_", join)
    assert fenced(f"id: 1\n{name}: We are #one now").values == {"id": "1", name: "We are #one now"}
    assert fenced(f"id: 1\n{name}: We: are\nmany").values == {"id": "1", name: "We: are many"}


def test_the_last_of_two_equal_names_counts() -> None:
    """A name that is written twice has its last value, and a warning."""
    header = fenced("title: A\ntitle: B")
    assert (header.values, header.lines) == ({"title": "B"}, {"title": 3})
    assert codes(header) == [("header-duplicate-key", 3)]


def test_builds_nothing_that_a_tag_asks_for() -> None:
    """Tags of other programs leave plain text and lists behind, with a warning each."""
    header = fenced("a: !!python/object/apply:os.system [ls]\nb: !!python/name:os.system x\nc: !own {d: 1}")
    assert header.values == {"a": ["ls"], "b": "x", "c": {"d": "1"}}
    assert codes(header) == [("header-tag", 2), ("header-tag", 3), ("header-tag", 4)]


def _bomb() -> str:
    lines = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    return "\n".join(["a0: &a0 [x, x, x, x, x, x, x, x, x, x]", *lines, "title: A"])


@pytest.mark.parametrize(
    "text",
    [
        f"---\n{_bomb()}\n---\nBody",
        "---\ntitle: &a [*a]\n---\nBody",
        f"---\ntitle: {'[' * 60_000}\n---\nBody",
        f"---\ntitle: {'[' * 100_000}\n---\nBody",
        f"---\ntitle: {'{a: ' * 10_000}\n---\nBody",
        f"---\ntitle:\n- {'- ' * 30_000}x\n---\nBody",
        f"---\ntitle: {'[' * (DEEPEST + 1)}{']' * (DEEPEST + 1)}\n---\nBody",
        f"---\ntitle: {'x' * 70_000}\n---\nBody",
        f"---\ntitle: [{'x, ' * 11_000}]\n---\nBody",
        f"+++\ntitle = {'[' * 50_000}\n+++\nBody",
        f'{{"title": {"[" * (DEEPEST + 1)}{"]" * (DEEPEST + 1)}}}\nBody',
        f'{{"title": {"[" * 50_000}{"]" * 50_000}}}\nBody',
    ],
)
def test_refuses_what_is_too_large(text: str) -> None:
    """Values that stand for millions, contain themselves, or lie too deep are one error, soon."""
    header = split(text)
    assert (header.values, header.body) == ({}, "Body")
    assert [p.code for p in header.problems] == ["header-too-large"]


@pytest.mark.parametrize(
    ("text", "code"), [("+++\na = 1\nb = x\n+++\nBody", "header-toml"), ('{\n"a": 1,\n"b": x\n}\nBody', "header-json")]
)
def test_toml_and_json_that_cannot_be_read_are_errors(text: str, code: str) -> None:
    """The line at fault is named, and the body is still the body."""
    header = split(text)
    assert ("Body", [(code, 3)]) == (header.body, codes(header))


_TYPICAL = """---|...|+++|title: A|title: A: b|tags: [a|- item|  more||# Heading|Prose: x|Prose.|date:x|{|}
"a": 1|title = 1|\tdraft: true|.. title: x|-->|<!--|summary: “a”|;;;""".replace("\n", "|").split("|")
_ANY_LINE = st.text(string.printable, max_size=12).map(lambda text: text.replace("\n", ""))
_LINE = st.sampled_from(_TYPICAL) | _ANY_LINE


@given(st.lists(_LINE, max_size=12).map("\n".join) | st.text())
@example("---\ntitle: A\n\x01: b\n---\n")
@example("---\ntitle: \ud800\n---\n")
@example("---\ntitle: a\n%YAML 1.1\n--- b\n---\n")
def test_never_raises_and_the_body_is_the_end_of_the_file(text: str) -> None:
    """Any text is split: the body is the file from `body_line` on, and without values or problems it is all."""
    header = split(text)
    assert "\n".join(text.split("\n")[header.body_line - 1 :]) == header.body
    before = text.split("\n")[: header.body_line - 1]
    if not header.values and not header.problems:
        assert all(
            line.strip() in ("", "\ufeff") or not any(c.isalpha() for c in line.split("#")[0]) for line in before
        )


@given(st.lists(_LINE, max_size=8).map("\n".join))
def test_no_word_of_a_header_is_lost(source: str) -> None:
    """Each word of a header is in a name, in a value, or on a line that a problem names."""
    header = fenced("title: A\n" + source)
    assume("header-duplicate-key" not in [problem.code for problem in header.problems])
    said = repr(header.values)
    named = {problem.line for problem in header.problems if problem.code != "header-not-closed"}
    text = f"---\ntitle: A\n{source}\n---\nThe body.\n".split("\n")[: header.body_line - 1]
    for number, line in enumerate(text, start=1):
        for word in ("Prose", "item", "more", "draft"):
            assert word not in line or word in said or number in named or "#" in line or _has_error(header)


def _has_error(header: FrontMatter) -> bool:
    """Return whether an error says that a setting, with all its lines, was left out."""
    return any(problem.severity is Severity.ERROR for problem in header.problems)
