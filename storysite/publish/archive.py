"""What is to be said of the site itself: its settings, its problems by kind, what it weighs, and its theme."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

from msgspec import Struct

from storysite.build.open_site import OpenSite, open_site
from storysite.build.options import BuildOptions, Progress
from storysite.build.weight import PAGES_LIMIT, Weight, first_day, is_heavy, weight_in_words
from storysite.errors import BadValue, StorysiteError
from storysite.front_matter.yaml import FrontMatterError, read_yaml
from storysite.model.config import FILE, Config
from storysite.model.deprecated import DEPRECATED_SETTINGS, Deprecation
from storysite.problems import CODES, Problem, Severity, times
from storysite.publish.finding import Finding, Level, fine, guide
from storysite.starter.contents import STARTER
from storysite.theme.find import find_theme
from storysite.theme.manifest import CONTRACT, read_manifest

_KINDS = 6
"""Kinds of problems that are named before the rest is counted."""
_PLACEHOLDERS: Mapping[str, frozenset[str]] = {
    "title": frozenset({"", "Our story shelf", "Our stories", "My site"}),
    "school": frozenset({"", "Our School Library"}),
}
"""What settings say until somebody changes them."""
_ABOUT_LIMITS = "https://docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits"


class Archive(Struct, frozen=True):
    """What a site holds, in numbers and codes; nothing else of it."""

    is_there: bool = True
    is_open: bool = False
    """Whether its settings and theme could be used."""
    config: Config = Config()
    keys: frozenset[str] = frozenset()
    """The settings that storysite.yml names."""
    problems: tuple[Problem, ...] = ()
    posts: int = 0
    pages: int = 0
    pictures: int = 0
    hidden: Mapping[str, int] = {}
    """How many posts are not shown, by the reason in one word."""
    weight: Weight = Weight()
    first: date | None = None
    newest_id: str = ""
    newest_moment: datetime | None = None
    samples: tuple[str, ...] = ()
    """Sample stories of a new site that are still there and for the public."""
    contract: int | None = None
    """The contract that the site's own theme keeps, None where the theme came with storysite."""

    @property
    def words(self) -> str:
        """What there is, in one line."""
        if not self.is_open:
            return "the site could not be read"
        counts = [times(self.posts, "post"), times(self.pages, "page"), times(self.pictures, "picture")]
        counts += [f"{count:,} {reason}" for reason, count in sorted(self.hidden.items())]
        return ", ".join(counts)


def read_archive_facts(folder: Path, now: datetime, progress: Progress) -> Archive:
    """Return what the site in a folder holds, as far as it can be read. Nothing is written but what is remembered."""
    if not (folder / "content").is_dir() and not (folder / FILE).is_file():
        return Archive(is_there=False)
    keys = frozenset(_keys(folder))
    try:
        with open_site(BuildOptions(folder, now=now), progress=progress) as site:
            return _facts(folder, site, keys)
    except StorysiteError as error:
        return Archive(keys=keys, problems=tuple(error.problems))


def settings_findings(archive: Archive) -> Iterator[Finding]:
    """Yield what is to be said of the settings, beside what a build says of them."""
    if not archive.is_there:
        what = "There is no site in this folder: no content and no storysite.yml."
        fix = "Go to the folder of your site, or start one with storysite new."
        yield Finding(Level.WRONG, "Site", what, fix, guide("getting-started"))
        return
    if not archive.is_open:
        return
    left = [key for key, values in _PLACEHOLDERS.items() if getattr(archive.config, key) in values]
    if left:
        what = f"The settings still say what a new site says, or nothing, for: {', '.join(left)}."
        yield Finding(Level.KNOW, "Settings", what, f"Write your own in {FILE}.", guide("settings"))
    else:
        yield fine("Settings", "The settings are read without a problem.")
    if archive.samples:
        what = f"The sample stories of a new site are still shown: {len(archive.samples)}."
        fix = "Delete their files in content/posts when you have a story of your own."
        yield Finding(Level.KNOW, "Settings", what, fix, guide("getting-started"), archive.samples)


def deprecation_findings(
    keys: Iterable[str], table: Mapping[str, Deprecation] = DEPRECATED_SETTINGS
) -> Iterator[Finding]:
    """Yield what is to be said of settings that will stop working on a day that is known."""
    for key in sorted(set(keys) & table.keys()):
        gone = table[key]
        what = f"The setting {key} works until {gone.until}, and not after."
        yield Finding(Level.KNOW, "Deprecations", what, f"Write {gone.instead}.", guide("settings"))


def problem_findings(archive: Archive) -> Iterator[Finding]:
    """Yield the problems of the archive by kind and number."""
    if not archive.is_there:
        return
    levels = (
        (Severity.ERROR, Level.WRONG, ("stops", "stop")),
        (Severity.WARNING, Level.KNOW, ("is told by", "are told by")),
    )
    zone = [problem for problem in archive.problems if problem.what.startswith("timezone:")]
    if zone:
        what = "The time zone in the settings is none that exists."
        fix = "Write a name such as America/Chicago after timezone: in storysite.yml."
        yield Finding(Level.WRONG, "Time zone", what, fix, guide("settings"))
    for severity, level, verb in levels:
        found = [each for each in archive.problems if each.severity is severity and each not in zone]
        if not found:
            continue
        kinds = Counter(problem.code for problem in found).most_common()
        named = "; ".join(f"{CODES[code].title.lower()}, {count:,} [{code}]" for code, count in kinds[:_KINDS])
        more = f"; and {len(kinds) - _KINDS} more kinds" if len(kinds) > _KINDS else ""
        what = f"{times(len(found), 'problem')} {verb[len(found) > 1]} a build: {named}{more}."
        fix = "To see each with its line and how to fix it, run storysite status --verbose."
        yield Finding(level, "Archive", what, fix, guide("problems"))
    if archive.is_open and not any(problem.severity for problem in archive.problems):
        yield fine("Archive", "Nothing is wrong with the posts.")


def weight_findings(archive: Archive, today: date) -> Iterator[Finding]:
    """Yield what is to be said of the size of the site and the years that are left."""
    if not archive.weight.total:
        if archive.is_open:
            yield fine("Size", "The site was not built here yet, so nothing is known of its size.")
        return
    words = weight_in_words(archive.weight, archive.first, today)
    if is_heavy(archive.weight):
        level = Level.WRONG if archive.weight.total > PAGES_LIMIT else Level.KNOW
        fix = "Add photos with storysite photos add, and put films on a video site."
        yield Finding(level, "Size", words, fix, _ABOUT_LIMITS)
    else:
        yield fine("Size", words)


def theme_findings(archive: Archive) -> Iterator[Finding]:
    """Yield what is to be said of the site's own theme and templates."""
    if not archive.is_open:
        return
    if archive.contract is not None and archive.contract < CONTRACT:
        what = f"The theme is made for contract {archive.contract} of templates, and the newest is {CONTRACT}."
        fix = "It goes on working; the guide says what changed, for when you work on it."
        yield Finding(Level.KNOW, "Theme", what, fix, guide("theme-authors"))
    old = [problem for problem in archive.problems if problem.code == "theme-deprecated"]
    if old:
        days = sorted({match[1] for problem in old if (match := re.search(r"removed after ([\w ]+);", problem.what))})
        when = f" after {days[0]}" if days else " later"
        what = f"Templates use {times(len(old), 'thing')} that will stop working{when}."
        seen = tuple(f"{problem.path}:{problem.line} {problem.hint}" for problem in old)
        fix = "Change the lines that storysite build --verbose names."
        yield Finding(Level.KNOW, "Deprecations", what, fix, guide("themes"), seen)
    if not old and (archive.contract is None or archive.contract == CONTRACT):
        yield fine("Theme", "The theme fits this storysite.")


def _facts(folder: Path, site: OpenSite, keys: frozenset[str]) -> Archive:
    index = site.site.index
    problems = list(site.problems)
    try:
        problems += site.theme_problems
    except StorysiteError as error:
        problems += error.problems
    dated = [post for post in index.originals if post.moment]
    newest = max(dated, key=lambda post: str(post.moment), default=None)
    return Archive(
        is_open=True,
        config=site.config,
        keys=keys,
        problems=tuple(problems),
        posts=len(index.posts),
        pages=sum(post.source.startswith("content/pages/") for post in site.posts),
        pictures=len(index.files.facts),
        hidden=Counter(post.reason for post in site.hidden),
        weight=site.weight,
        first=first_day(index.originals),
        newest_id=newest.id if newest else "",
        newest_moment=newest.moment if newest else None,
        samples=tuple(sorted(_samples(post.source for post in site.posts))),
        contract=_contract(folder, site.config.theme),
    )


def _samples(sources: Iterable[str]) -> Iterator[str]:
    """Yield those of posts that a new site comes with, by the names of their files."""
    ours = {re.sub(r"^DAYS-\d+-", "", file.name) for file in STARTER.glob("content/posts/DAYS-*.md")}
    for source in sources:
        if re.sub(r"^\d{4}-\d\d-\d\d-", "", source.rpartition("/")[2]) in ours:
            yield source


def _contract(folder: Path, theme: str) -> int | None:
    """Return the contract of the theme that a site has of its own, None if it has none that can be read."""
    if not (folder / "themes" / theme).is_dir():
        return None
    try:
        manifests = find_theme(folder, theme).manifests
        own = [file for file in manifests if Path(file).is_relative_to(folder.resolve())]
        return read_manifest(Path(own[0])).contract if own and Path(own[0]).is_file() else None
    except (StorysiteError, BadValue, OSError):
        return None


def _keys(folder: Path) -> Iterable[str]:
    try:
        reading = read_yaml((folder / FILE).read_bytes()[:1_000_000].decode("utf-8-sig", "replace"))
    except (OSError, FrontMatterError):
        return ()
    return reading.values.keys() if reading else ()
