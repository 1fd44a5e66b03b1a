"""The table of problems holds every code there is, and a site decides by it what stops its builds."""

import ast
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

import storysite
from storysite.build.open_site import open_site
from storysite.build.options import BuildOptions
from storysite.commands import build as command
from storysite.errors import ProblemsFound
from storysite.plugins import Step
from storysite.problems import CODES, Problem, Severity, errors_in, with_severities
from storysite.source.settings import read_config
from storysite.source.severities import WORDS
from tests.folder import NOW, Folder, tree

PACKAGE = Path(storysite.__file__).parent
ADDRESS = "base_url: https://library.example.org\n"


def texts(node: ast.AST) -> set[str]:
    """Return every text that stands in a source below a node."""
    return {each.value for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str)}


def codes(tree: ast.Module) -> Iterator[str]:
    """Yield each code that a source hands to what makes problems."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            place = {"of": 0, "_problem": 0, "report": 1}.get(name)
            if place is not None and place < len(call.args) and isinstance(code := call.args[place], ast.Constant):
                yield str(code.value)


def test_every_code_of_the_sources_is_in_the_table_and_every_code_of_the_table_in_the_sources() -> None:
    """No problem is made with a code that the table does not know, and none is listed that nothing makes."""
    trees = [ast.parse(file.read_text("utf-8")) for file in PACKAGE.rglob("*.py") if file.name != "problems.py"]
    used = {code for tree in trees for code in codes(tree)}
    assert used <= CODES.keys()
    assert CODES.keys() <= set().union(*map(texts, trees))
    assert len(used) > 50


def test_a_problem_is_as_grave_as_its_code_and_no_code_is_made_up() -> None:
    """The severity is the table's unless a special case says otherwise; an unknown code is found at once."""
    assert Problem.of("link-missing", "x").severity is Severity.WARNING
    assert Problem.of("post-date", "x").severity is Severity.ERROR
    assert Problem.of("post-date", "x", severity=Severity.NOTE).severity is Severity.NOTE
    with pytest.raises(KeyError):
        Problem.of("link-mising", "x")


def test_titles_are_short_fragments_and_no_two_alike() -> None:
    """A title begins with a capital, has no full stop, and fits a row of a table."""
    titles = [code.title for code in CODES.values()]
    assert len(set(titles)) == len(titles)
    assert [title for title in titles if not title[0].isupper() or title.endswith(".") or len(title) > 60] == []


def test_only_errors_are_fixed() -> None:
    """What does not stop a build anyway is for the site to decide."""
    assert {code.severity for code in CODES.values() if code.fixed} == {Severity.ERROR}


@pytest.mark.parametrize("code, before, chosen", [*product(CODES, Severity, WORDS.values())])
def test_a_site_makes_problems_as_grave_as_it_wants_and_twice_is_the_same(
    code: str, before: Severity, chosen: Severity | None
) -> None:
    """The site's word counts; a case that is milder than usual stays as mild, and nothing is made an error in a draft."""
    problem = Problem.of(code, "x", path="a.md", severity=before)
    once = with_severities([problem], {code: chosen})
    assert with_severities(once, {code: chosen}) == once
    milder = before < CODES[code].severity
    assert [each.severity for each in once] == ([] if chosen is None else [min(before, chosen) if milder else chosen])
    in_draft = with_severities([problem], {code: chosen}, {"a.md"})
    assert with_severities(in_draft, {code: chosen}, {"a.md"}) == in_draft
    assert not errors_in(in_draft) or before is Severity.ERROR
    assert with_severities([problem], {}, {"a.md"}) == [problem]


# The setting


@pytest.mark.parametrize(
    "given, what, hint",
    [
        ("problems: link-missing", "this needs problem codes, indented below it", "for example link-missing: error"),
        ("problems: {link-mising: error}", 'there is no problem "link-mising"', "did you mean link-missing?"),
        ("problems: {weather: error}", 'there is no problem "weather"', "the guide lists every code: content/pages/guide/problems.md"),
        ("problems: {link-missing: fatal}", 'link-missing cannot be "fatal"', "write error, warning, note or ignore"),
        ("problems: {post-date: ignore}", "post-date has to be at least a warning, because nobody would notice what it is about", "write error or warning"),
        ("problems: {post-date: note}", "post-date has to be at least a warning, because nobody would notice what it is about", "write error or warning"),
        ("problems: {address-twice: warning}", "address-twice always stops a build, because a site built anyway could be wrong or unsafe", "delete the line, and fix what the message says"),
    ],
)  # fmt: skip
def test_what_cannot_be_chosen_is_told_with_the_reason(given: str, what: str, hint: str, folder: Folder) -> None:
    """A misspelled code, a wrong word and an error that must stay one are errors of the setting."""
    folder.write("storysite.yml", given + "\n")
    config, problems = read_config(folder.path)
    assert [(p.code, p.line, p.what, p.hint) for p in problems] == [("settings-value", 1, f"problems: {what}", hint)]
    assert config.problems == {}


def test_every_word_can_be_chosen_for_a_warning_and_an_error_may_be_said_to_be_one(folder: Folder) -> None:
    """Words are read in any capitals; a fixed error may be set to what it is."""
    chosen = "{link-missing: Error, post-kind: note, key-unknown: IGNORE, base-url: warning, address-twice: error}"
    folder.write("storysite.yml", f"problems: {chosen}\n")
    config, problems = read_config(folder.path)
    assert problems == []
    assert config.problems == {
        "link-missing": Severity.ERROR,
        "post-kind": Severity.NOTE,
        "key-unknown": None,
        "base-url": Severity.WARNING,
        "address-twice": Severity.ERROR,
    }


def found(problems: list[Problem]) -> list[tuple[str, Severity]]:
    """Return what was told: codes with how grave they are."""
    return [(problem.code, problem.severity) for problem in problems]


def test_a_warning_that_the_site_takes_for_an_error_stops_the_build(folder: Folder) -> None:
    """The last good site stays, byte for byte, until the link is fixed or the setting is gone."""
    folder.write("storysite.yml", ADDRESS)
    folder.post("2026-11-01-a", "A link to [nothing](nothing.md).", id="a")
    assert found(folder.build_if_needed().problems) == [("link-missing", Severity.WARNING)]
    good = tree(folder.site)
    folder.write("storysite.yml", ADDRESS + "title: Another\nproblems: {link-missing: error}\n")
    for _ in range(2):
        with pytest.raises(ProblemsFound) as raised:
            folder.build_if_needed()
        assert found(list(raised.value.problems)) == [("link-missing", Severity.ERROR)]
        assert tree(folder.site) == good
    with open_site(BuildOptions(folder.path, now=NOW, jobs=1)) as opened:
        assert found(opened.problems) == [("link-missing", Severity.ERROR)]
    folder.write("storysite.yml", ADDRESS + "title: Another\n")
    folder.build_if_needed()
    assert tree(folder.site) != good


def test_a_warning_made_an_error_never_stops_for_a_draft(folder: Folder) -> None:
    """Nobody is shown anything wrong yet, so a draft's problems stay warnings."""
    folder.write("storysite.yml", ADDRESS + "problems: {post-kind: error}\n")
    folder.post("2026-11-01-a", id="a", kind="victroy", draft="true")
    assert found(folder.build().problems) == [("post-kind", Severity.WARNING)]
    folder.post("2026-11-02-b", id="b", kind="victroy")
    with pytest.raises(ProblemsFound):
        folder.build()


def test_a_strict_build_stops_for_what_the_site_makes_a_warning_and_not_for_what_it_makes_a_note(
    folder: Folder,
) -> None:
    """--strict looks at problems as grave as the site takes them."""
    folder.post("2026-11-01-a", id="a", kind="victroy")
    folder.write("storysite.yml", "problems: {post-kind: note}\n")
    assert found(folder.build(strict=True).problems) == [("post-kind", Severity.NOTE), ("base-url", Severity.NOTE)]
    folder.write("storysite.yml", "problems: {post-kind: note, base-url: warning}\n")
    with pytest.raises(ProblemsFound):
        folder.build(strict=True)


def test_what_is_ignored_is_not_told(folder: Folder) -> None:
    """Neither a build nor status knows of it, in the next build either, which remembers the last; others are told."""
    folder.post("2026-11-01-a", "A link to [nothing](nothing.md).", kind="victroy")
    folder.write("storysite.yml", "problems: {post-kind: ignore, base-url: ignore, post-id-derived: ignore}\n")
    expected = [("link-missing", Severity.WARNING)]
    assert found(folder.build_if_needed().problems) == expected
    assert found(folder.build_if_needed().problems) == expected
    with open_site(BuildOptions(folder.path, now=NOW, jobs=1)) as opened:
        assert found(opened.problems) == expected


def test_an_error_made_a_warning_leaves_out_the_file(folder: Folder) -> None:
    """The site is built without the post, which is listed as broken; when the setting goes, the build stops again."""
    folder.write("storysite.yml", ADDRESS + "problems: {post-date: warning}\n")
    folder.post("2026-11-01-a", id="a")
    folder.post("2026-11-02-b", id="b", date="never")
    built = folder.build()
    assert found(built.problems) == [("post-date", Severity.WARNING)]
    assert [(post.source, post.reason) for post in built.hidden] == [("content/posts/2026-11-02-b.md", "broken")]
    assert [post.source for post in built.site.index.posts] == ["content/posts/2026-11-01-a.md"]
    folder.write("storysite.yml", ADDRESS)
    with pytest.raises(ProblemsFound):
        folder.build()


def test_a_setting_that_does_not_exist_can_stop_a_build_too(folder: Folder) -> None:
    """The settings are weighed like everything else, and what is wrong with posts is told in the same run."""
    folder.write("storysite.yml", "tite: Our shelf\nproblems: {settings-unknown: error, post-kind: note}\n")
    folder.post("2026-11-01-a", id="a", kind="victroy")
    with pytest.raises(ProblemsFound) as raised:
        folder.build()
    assert found(list(raised.value.problems)) == [("post-kind", Severity.NOTE), ("settings-unknown", Severity.ERROR)]


def test_a_note_of_a_template_can_stop_a_build(folder: Folder) -> None:
    """What a theme is told is weighed like what posts are told."""
    folder.write("templates/post.html", "{{ 1 | times('page', 'pages') }}")
    folder.post("2026-11-01-a", id="a")
    folder.write("storysite.yml", ADDRESS)
    assert ("theme-deprecated", Severity.NOTE) in found(folder.build().problems)
    folder.write("storysite.yml", ADDRESS + "problems: {theme-deprecated: error}\n")
    with pytest.raises(ProblemsFound):
        folder.build()


@pytest.mark.parametrize("word, code, label", [("error", 1, ""), ("note", 0, "note: "), ("ignore", 0, None)])
def test_what_is_wrong_with_the_search_index_is_weighed_too(
    word: str, code: int, label: str | None, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The index is made after the pages, so its problem stops nothing; as an error it shows in the exit code."""
    from click.testing import CliRunner

    folder.write("storysite.yml", f"{ADDRESS}problems: {{search-failed: {word}}}\n")
    folder.post("2026-11-01-a", id="a")
    monkeypatch.chdir(folder.path)
    failing = Step("the search index", "pagefind", lambda *_: [Problem.of("search-failed", "no space left")])
    monkeypatch.setattr(command, "SEARCH_INDEX", failing)
    result = CliRunner().invoke(command.build, ["--jobs", "1"])
    assert result.exit_code == code
    assert [line for line in result.stderr.split("\n") if "search-failed" in line] == (
        [] if label is None else [f"{label}no space left  [search-failed]"]
    )
    assert (folder.site / "index.html").exists()
