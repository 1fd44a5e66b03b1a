"""Each finding of the doctor, from facts alone: what is said, how grave it is, and that it says what to do."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from storysite.build.weight import Weight
from storysite.model.config import Config
from storysite.model.deprecated import Deprecation
from storysite.problems import Problem
from storysite.publish.address import Address, address_findings
from storysite.publish.archive import (
    Archive,
    deprecation_findings,
    problem_findings,
    settings_findings,
    theme_findings,
    weight_findings,
)
from storysite.publish.computer import (
    HALF_A_YEAR,
    Computer,
    Library,
    clock_findings,
    library_findings,
    needed_libraries,
    offsets_here,
    python_findings,
)
from storysite.publish.finding import Finding, Level
from storysite.publish.git_findings import git_findings, hook_findings, remote_findings
from storysite.publish.git_state import GitState
from storysite.starter.remote import Remote, has_secret, remote_of

FINE, KNOW, WRONG = Level.FINE, Level.KNOW, Level.WRONG
TODAY = date(2026, 11, 28)
NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
OURS = Remote("github.com", "lincoln", "stories")


def one(found: Iterable[Finding], level: Level, words: str) -> Finding:
    """Return the only finding, which is as grave and has these words; unless it is fine, it says what to do and where."""
    (finding,) = found
    assert (finding.level, words in finding.what) == (level, True), finding
    assert finding.what.endswith(".")
    assert level is FINE or (finding.fix.endswith(".") and finding.link), finding
    return finding


def computer(*python: int, bits: int = 64, today: date = TODAY) -> Computer:
    return Computer((python[0], python[1], python[2]), bits, "Windows 11", today)


@pytest.mark.parametrize(
    ("found", "level", "words"),
    [
        (computer(3, 13, 1), FINE, "supported"),
        (computer(3, 11, 5), FINE, "supported"),
        (computer(3, 11, 4), KNOW, "3.11.0 to 3.11.4"),
        (computer(3, 10, 9), WRONG, "too old"),
        (computer(3, 15, 0), KNOW, "newer than any"),
        (computer(3, 11, 9, today=date(2028, 1, 1)), KNOW, "no more fixes since October 2027"),
    ],
)
def test_pythons(found: Computer, level: Level, words: str) -> None:
    one(python_findings(found), level, words)


def test_a_python_of_32_bits_is_told_beside_its_version() -> None:
    (_, narrow) = python_findings(computer(3, 13, 1, bits=32))
    one([narrow], KNOW, "32-bit")


@pytest.mark.parametrize(
    ("library", "level", "words"),
    [
        (Library("Pillow", ">=13,<14", "13.0.1"), FINE, "1 libraries"),
        (Library("Pillow", ">=13,<14", "14.0"), WRONG, "of version 14.0"),
        (Library("Pillow", "<14,>=13", "12.9.9"), WRONG, "needs <14,>=13"),
        (Library("typst", ">=0.15,<0.16", "0.15.8"), FINE, ""),
        (Library("tzdata", ">=2025.1", "2026.3"), FINE, ""),
        (Library("Jinja2", ">=3.1.6,<4", "3.1.6rc1"), FINE, ""),
        (Library("click", ">=8.2,<9", "absent"), WRONG, "missing"),
        (Library("pagefind", ">=1.5,<2", "absent", optional=True), FINE, ""),
    ],
)
def test_libraries(library: Library, level: Level, words: str) -> None:
    one(library_findings([library]), level, words)


def test_the_libraries_of_this_computer_fit() -> None:
    """None is known where storysite runs from its sources."""
    assert all(finding.level is FINE for finding in library_findings(needed_libraries()))


CHICAGO = (timedelta(hours=-6), timedelta(hours=-5))


@pytest.mark.parametrize(
    ("zone", "here", "written", "level", "words"),
    [
        ("America/Chicago", CHICAGO, True, FINE, ""),
        ("America/Winnipeg", CHICAGO, True, FINE, ""),
        ("America/New_York", CHICAGO, True, KNOW, "not that of this computer"),
        ("America/Costa_Rica", CHICAGO, True, KNOW, "not that of this computer"),
        ("America/Chicago", (timedelta(), timedelta()), True, FINE, ""),
        ("UTC", CHICAGO, False, KNOW, "no time zone"),
    ],
)
def test_clocks(zone: str, here: tuple[timedelta, timedelta], written: bool, level: Level, words: str) -> None:
    """Two zones are one if they show the same time now and in half a year; a computer on UTC is in the cloud."""
    one(clock_findings(zone, NOON, here, written=written), level, words)


def test_the_clock_of_this_computer_is_asked_twice() -> None:
    assert offsets_here(NOON) == (NOON.astimezone().utcoffset(), (NOON + HALF_A_YEAR).astimezone().utcoffset())


OPEN = Archive(is_open=True, config=Config(title="Lincoln", school="Lincoln"))


@pytest.mark.parametrize(
    ("archive", "level", "words"),
    [
        (OPEN, FINE, ""),
        (Archive(is_there=False), WRONG, "no site in this folder"),
        (
            Archive(is_open=True, config=Config(school="Our School Library", title="L")),
            KNOW,
            "or nothing, for: school.",
        ),
        (Archive(is_open=True), KNOW, "title, school"),
    ],
)
def test_settings(archive: Archive, level: Level, words: str) -> None:
    one(settings_findings(archive), level, words)


def test_samples_that_are_still_shown_are_named() -> None:
    archive = Archive(is_open=True, config=OPEN.config, samples=("content/posts/2026-01-01-a-first-victory.md",))
    (_, samples) = settings_findings(archive)
    assert one([samples], KNOW, "sample stories").seen == archive.samples


def test_problems_are_counted_by_kind_and_hold_no_words_of_the_site() -> None:
    """A bug report may be public."""
    problems = [
        Problem.of("post-date", 'date "Ana" is not a day', path="content/posts/ana.md"),
        Problem.of("post-date", 'date "Ben" is not a day', path="content/posts/ben.md"),
        Problem.of("link-missing", "secret.html is not there", path="content/posts/ana.md"),
        Problem.of("settings-value", 'timezone: "Mars" is not a time zone'),
    ]
    zone, errors, warnings = problem_findings(Archive(problems=tuple(problems)))
    one([zone], WRONG, "none that exists")
    one([errors], WRONG, "2 problems stop a build: a date that cannot be read, 2 [post-date].")
    one([warnings], KNOW, "1 problem is told by a build: a broken link, 1 [link-missing].")
    one(problem_findings(OPEN), FINE, "Nothing is wrong")


def test_many_kinds_of_problems_are_cut_short() -> None:
    codes = ("post-kind", "post-value", "post-alias", "link-missing", "photo-alt", "data-table", "data-twice")
    archive = Archive(is_open=True, problems=tuple(Problem.of(code, "x") for code in codes))
    assert one(problem_findings(archive), KNOW, "7 problems are").what.endswith("; and 1 more kinds.")


@pytest.mark.parametrize(
    ("megabytes", "level", "words"),
    [(0, FINE, "not built"), (300, FINE, ""), (600, KNOW, ""), (1200, WRONG, "more than")],
)
def test_weights(megabytes: int, level: Level, words: str) -> None:
    """The years that are left are told as storysite status tells them."""
    weight = Weight(megabytes * 1_000_000, 0)
    archive = Archive(is_open=True, config=OPEN.config, weight=weight, first=date(2020, 1, 1))
    one(weight_findings(archive, TODAY), level, words)


def test_themes() -> None:
    old = Archive(is_open=True, contract=1)
    one(theme_findings(old), KNOW, "contract 1")
    one(theme_findings(Archive(is_open=True)), FINE, "")
    what = 'the filter "full" will be removed after 1 August 2028; this page works until then'
    note = Problem.of("theme-deprecated", what, "write absolute_url, its new name", path="templates/a.html", line=3)
    found = one(
        theme_findings(Archive(is_open=True, problems=(note,))),
        KNOW,
        "1 thing that will stop working after 1 August 2028.",
    )
    assert found.seen == ("templates/a.html:3 write absolute_url, its new name",)


def test_settings_that_go_away_are_told_with_their_day_and_the_new_name() -> None:
    table = {"colour": Deprecation("1 November 2026", "1 August 2028", "theme_settings")}
    found = one(deprecation_findings(["title", "colour"], table), KNOW, "colour works until 1 August 2028")
    assert found.fix == "Write theme_settings, its new name."
    assert not list(deprecation_findings(["title"], table))


GIT = GitState("2.40", top="/s", branch="main", remotes={"origin": "x"}, remote="x", has_upstream=True, last_commit=1)


@pytest.mark.parametrize(
    ("change", "level", "words"),
    [
        ({}, FINE, "Nothing waits"),
        ({"version": ""}, KNOW, "not installed"),
        ({"top": ""}, KNOW, "no repository"),
        ({"trouble": "slow"}, WRONG, "does not answer"),
        ({"trouble": "owner"}, WRONG, "another user"),
        ({"trouble": "broken"}, WRONG, "damaged"),
        ({"doing": "merge"}, WRONG, "A merge was begun"),
        ({"doing": "rebase", "conflicts": 2}, WRONG, "2 files changed here and on GitHub"),
        ({"doing": "bisect"}, WRONG, "A bisect"),
        ({"branch": ""}, WRONG, "No branch"),
        ({"has_author": False}, KNOW, "who you are"),
        ({"is_empty": True}, KNOW, "Nothing was saved"),
        ({"changed": 1}, KNOW, "1 file has changes"),
        ({"changed": 1200}, KNOW, "1,200 files have changes"),
        ({"ahead": 1}, KNOW, "This computer has 1 saved change that was not sent"),
        ({"behind": 3}, KNOW, "The web has 3 saved changes that"),
    ],
)
def test_states_of_git(change: dict[str, object], level: Level, words: str) -> None:
    one(git_findings(replace(GIT, **change)), level, words)


def test_photos_are_looked_at_only_where_git_was_told_so() -> None:
    """Whoever has hooks of their own knows what they do."""
    one(hook_findings(GIT, has_hook=True), KNOW, "does not look at photos")
    one(hook_findings(replace(GIT, hooks="tool/hooks"), has_hook=True), FINE, "")
    assert not list(hook_findings(replace(GIT, hooks=".husky"), has_hook=True))
    assert not list(hook_findings(GIT, has_hook=False))
    assert not list(hook_findings(GitState(), has_hook=True))


def test_what_git_keeps_and_should_not() -> None:
    kept, heavy, _ = git_findings(replace(GIT, kept=("_site",), packed=2_500_000_000))
    assert one([kept], KNOW, "makes anew").fix.startswith("Run git rm -r --cached _site")
    one([heavy], KNOW, "2.5 GB")


@pytest.mark.parametrize(
    ("remote", "level", "words"),
    [
        ("git@github.com:lincoln/stories.git", FINE, ""),
        ("", KNOW, "no remote"),
        ("/media/stick/stories.git", KNOW, "not on GitHub"),
        ("https://gitlab.com/lincoln/stories", KNOW, "another host"),
    ],
)
def test_remotes(remote: str, level: Level, words: str) -> None:
    one(remote_findings(replace(GIT, remote=remote), remote_of(remote)), level, words)


def test_a_token_in_the_address_and_a_site_below_the_top_are_wrong() -> None:
    """The token is not shown to anybody."""
    remote = "https://ana:ghp_abcdef@github.com/lincoln/stories.git"
    found = list(remote_findings(replace(GIT, remote=remote, below="sites/ours/"), remote_of(remote)))
    secret, _, below = found
    one([secret], WRONG, "password or a token")
    one([below], WRONG, "only at its top")
    assert "ghp_" not in str(found)
    remote = "https://github.com/lincoln/stories.git"
    git = replace(GIT, remote=remote, below="sites/ours/")
    one(remote_findings(git, remote_of(remote), is_built=True), FINE, "")


@pytest.mark.parametrize(
    ("remote", "expected"),
    [
        ("https://github.com/lincoln/stories.git", OURS),
        ("https://github.com/lincoln/stories", OURS),
        ("https://github.com/lincoln/stories/", OURS),
        ("https://token@GitHub.com/lincoln/stories.git", OURS),
        ("git@github.com:lincoln/stories.git", OURS),
        ("github.com:lincoln/stories", OURS),
        ("ssh://git@github.com:22/lincoln/stories.git", OURS),
        ("ssh://git@ssh.github.com:443/lincoln/stories.git", OURS),
        ("https://github.com/lincoln/lincoln.github.io", Remote("github.com", "lincoln", "lincoln.github.io")),
        ("https://gitlab.com/lincoln/stories.git", Remote("gitlab.com", "lincoln", "stories")),
        ("C:/Users/ana/stories.git", None),
        ("C:\\Users\\ana\\stories.git", None),
        ("/srv/git/stories.git", None),
        ("../stories.git", None),
        ("file:///srv/git/stories.git", None),
        ("", None),
        ("https://", None),
    ],
)
def test_addresses_of_remotes(remote: str, expected: Remote | None) -> None:
    assert remote_of(remote) == expected


def test_secrets_in_addresses_of_remotes() -> None:
    assert has_secret("https://x:y@github.com/a/b")
    assert has_secret("https://github_pat_11AB@github.com/a/b")
    assert not has_secret("https://ana@github.com/a/b")
    assert not has_secret("ssh://git@github.com/a/b")


def test_where_github_shows_a_site() -> None:
    """One repository of an account is its root, whatever capitals it is written in."""
    assert OURS.site == "https://lincoln.github.io/stories"
    assert Remote("github.com", "Lincoln", "lincoln.github.io").site == "https://lincoln.github.io"


SITE = "https://lincoln.github.io/stories"


@pytest.mark.parametrize(
    ("address", "level", "words"),
    [
        (Address("", OURS, is_told=True, by_workflow=True), FINE, ""),
        (Address(SITE, OURS), FINE, ""),
        (Address("https://Lincoln.github.io/stories/", OURS), FINE, ""),
        (Address("https://lincoln.github.io/Stories", OURS), WRONG, "not where GitHub Pages shows"),
        (Address("https://lincoln.github.io", OURS), WRONG, "shared links lead nowhere"),
        (Address("https://lincoln.github.io", OURS, is_told=True), KNOW, "tells the build the right one"),
        (Address("https://lincoln.github.io", Remote("github.com", "lincoln", "lincoln.github.io")), FINE, ""),
        (Address("", OURS), KNOW, "do not say the site's address"),
        (Address("", None), KNOW, "do not say the site's address"),
        (Address("http://localhost:8000", OURS), WRONG, "only this computer has"),
        (Address("http://127.0.0.1:8000/x", None), WRONG, "only this computer has"),
        (Address("https://example.org/stories", None), WRONG, "or an example"),
        (Address("http://library.lincoln.edu", None), KNOW, "begins with http,"),
        (Address("https://library.lincoln.edu", OURS, by_workflow=True), FINE, ""),
        (Address("https://library.lincoln.edu", OURS), KNOW, "needs a file CNAME"),
        (Address("https://library.lincoln.edu", OURS, cname="library.lincoln.edu"), FINE, ""),
        (Address("https://library.lincoln.edu", OURS, cname="old.lincoln.edu"), KNOW, "is another than"),
        (Address(SITE, OURS, by_workflow=True, cname="library.lincoln.edu"), KNOW, "does nothing"),
    ],
)
def test_addresses_of_sites(address: Address, level: Level, words: str) -> None:
    """A domain of the school's own is believed; below github.io there is one right answer."""
    one(address_findings(address), level, words)


def test_where_a_site_is_looked_for_online() -> None:
    """On its own domain, else where GitHub shows it, else where the settings say."""
    assert Address("https://library.lincoln.edu", OURS).expected == "https://library.lincoln.edu"
    assert Address("http://localhost:8000", OURS).expected == SITE
    assert Address("https://lincoln.github.io", OURS).expected == SITE
    assert Address("", None).expected == ""
