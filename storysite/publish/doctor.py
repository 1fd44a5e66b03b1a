"""The doctor: what stands between a site's folder and its readers, found out part by part, whatever state it is in."""

import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from storysite import __version__
from storysite.build.options import Progress
from storysite.cache.engine_digest import engine_digest
from storysite.publish.address import Address, address_findings
from storysite.publish.archive import (
    Archive,
    deprecation_findings,
    problem_findings,
    read_archive_facts,
    settings_findings,
    theme_findings,
    weight_findings,
)
from storysite.publish.carried import Tools, carried_findings, read_tools
from storysite.publish.computer import (
    Computer,
    clock_findings,
    library_findings,
    needed_libraries,
    offsets_here,
    python_findings,
    this_computer,
)
from storysite.publish.finding import Finding, Level, guide
from storysite.publish.folder import SiteFiles, file_findings, read_files
from storysite.publish.git_findings import HOOK, git_findings, hook_findings, remote_findings
from storysite.publish.git_state import PATIENCE, GitState, read_git
from storysite.publish.online import online_findings
from storysite.publish.workflows import (
    Workflow,
    next_school_year,
    read_workflows,
    sleep_findings,
    workflow_findings,
)
from storysite.starter.remote import HOST, Remote, remote_of
from storysite.starter.two_repositories import public_repository

_HIDDEN = ("static/.well-known", "static/.nojekyll", "static/.domains")
"""What begins with a dot and is for the public."""
_Fact = TypeVar("_Fact")


class Facts(Struct, frozen=True):
    """All that is known of a site's folder before anything is said of it."""

    now: datetime
    computer: Computer
    archive: Archive = Archive()
    git: GitState = GitState()
    files: SiteFiles = SiteFiles()
    workflows: tuple[Workflow, ...] = ()
    tools: Tools = Tools()
    cname: str | None = None
    """What static/CNAME says, None if there is none."""
    faults: tuple[Finding, ...] = ()
    """What could not be found out because of a bug of ours."""

    @property
    def repository(self) -> Remote | None:
        """Where the repository is, None if it is on no host."""
        return remote_of(self.git.remote)

    @property
    def public(self) -> str:
        """The repository that a workflow sends the site to, "" where it stays in its own."""
        return next((name for each in self.workflows if (name := public_repository(each.text))), "")

    @property
    def site_repository(self) -> Remote | None:
        """The repository that has the site for readers: that of the stories, or the public one beside it."""
        owner, _, name = self.public.partition("/")
        return Remote(HOST, owner, name) if name else self.repository

    @property
    def address(self) -> Address:
        """What is known of where the site will be."""
        return Address(
            self.archive.config.base_url,
            self.site_repository,
            is_told=any(each.tells_address for each in self.workflows),
            by_workflow=any(each.publishes for each in self.workflows) and not self.public,
            cname=self.cname,
        )


class Diagnosis(Struct, frozen=True):
    """What the doctor says: lines about the program and the site in numbers, and what was found."""

    head: tuple[str, ...]
    findings: tuple[Finding, ...]


def diagnose(facts: Facts, *, online: bool = False) -> Diagnosis:
    """Return what is to be said of the `facts`; with `online` the network is asked, too."""
    findings = list(facts.faults)
    for subject, find in _parts(facts, online=online):
        try:
            findings += find()
        except Exception as error:  # the doctor is called when something is wrong, and still has to answer
            findings.append(_bug(subject, error))
    return Diagnosis(_head(facts), tuple(findings))


def gather(folder: Path, now: datetime, patience: float = PATIENCE, *, progress: Progress = lambda *_: None) -> Facts:
    """Return what is known of a site's folder at the moment `now`, in whatever state it is."""
    faults: list[Finding] = []

    def known(subject: str, find: Callable[[], _Fact], otherwise: _Fact) -> _Fact:
        try:
            return find()
        except Exception as error:  # as above
            faults.append(_bug(subject, error))
            return otherwise

    git = known("git", lambda: read_git(folder, patience), GitState(version="unknown", trouble="broken"))
    top = Path(git.top) if git.top else folder
    return Facts(
        now,
        this_computer(now.date()),
        known("Archive", lambda: read_archive_facts(folder, now, progress), Archive()),
        git,
        known("Files", lambda: read_files(folder), SiteFiles()),
        tuple(known("Workflows", lambda: read_workflows(top), [])),
        known("Program", lambda: read_tools(folder, now.date()), Tools()),
        known("Domain", lambda: _cname(folder), None),
        tuple(faults),
    )


def _parts(facts: Facts, *, online: bool) -> Iterator[tuple[str, Callable[[], Iterable[Finding]]]]:
    """Yield what there is to find out, in the order in which it is told."""
    archive, git, config = facts.archive, facts.git, facts.archive.config
    today = facts.now.astimezone(config.zone).date()
    yield "Python", lambda: python_findings(facts.computer)
    yield "Libraries", lambda: library_findings(needed_libraries())
    yield "Settings", lambda: settings_findings(archive)
    if not archive.is_there:
        return
    if archive.is_open:
        written = "timezone" in archive.keys
        here = offsets_here(facts.now)
        yield "Time zone", lambda: clock_findings(config.timezone, facts.now, here, written=written)
    yield "Archive", lambda: problem_findings(archive)
    yield "Deprecations", lambda: deprecation_findings(archive.keys)
    yield "Theme", lambda: theme_findings(archive)
    yield "Size", lambda: weight_findings(archive, today)
    yield "Files", lambda: file_findings(facts.files, in_git=bool(git.top) and not git.trouble)
    yield "git", lambda: git_findings(git)
    yield "Photos", lambda: hook_findings(git, has_hook=any(file.path == HOOK for file in facts.files.files))
    is_built = any(each.builds for each in facts.workflows)
    yield "GitHub", lambda: remote_findings(git, facts.repository, is_built=is_built)
    if archive.is_open:
        yield "Address", lambda: address_findings(facts.address)
    if git.remote or facts.workflows:
        yield "Workflows", lambda: _workflows(facts)
        yield "Summer", lambda: _summer(facts)
    yield "Program", lambda: carried_findings(facts.tools)
    if online:
        yield "Online", lambda: _online(facts)


def _workflows(facts: Facts) -> Iterable[Finding]:
    branch = facts.git.default_branch or facts.git.branch
    paths = [file.path for file in facts.files.files]
    return workflow_findings(
        facts.workflows, facts.repository, branch, hidden_files=any(path in _HIDDEN for path in paths)
    )


def _summer(facts: Facts) -> Iterable[Finding]:
    config, seconds = facts.archive.config, facts.git.last_commit
    last = datetime.fromtimestamp(seconds, UTC).date() if seconds else None
    today = facts.now.date()
    return sleep_findings(facts.workflows, last, today, next_school_year(today, config.school_year_start))


def _online(facts: Facts) -> Iterable[Finding]:
    archive = facts.archive
    site = facts.address.expected
    return online_findings(site, facts.site_repository, archive.newest_id, archive.newest_moment, facts.now)


def _head(facts: Facts) -> tuple[str, ...]:
    git = f"git {facts.git.version}" if facts.git.version else "no git"
    return (
        f"storysite {__version__}, engine {engine_digest().hex()[:12]}",
        f"{facts.computer.words}, {git}",
        *([f"In this folder: {facts.archive.words}"] if facts.archive.is_there else []),
    )


def _cname(folder: Path) -> str | None:
    try:
        return (folder / "static/CNAME").read_bytes()[:300].decode("utf-8", "replace").strip()
    except OSError:
        return None


def _bug(subject: str, error: Exception) -> Finding:
    """Return a finding of a bug of ours: where it is, and nothing of what was looked at."""
    places = [frame for frame in traceback.extract_tb(error.__traceback__) if "storysite" in frame.filename]
    where = f" in {Path(places[-1].filename).name}, line {places[-1].lineno}" if places else ""
    what = f"storysite ran into a bug of its own while it looked at this: {type(error).__name__}{where}."
    return Finding(Level.WRONG, subject, what, "Please report it with these lines.", guide("problems"))


def counts(findings: Sequence[Finding]) -> dict[Level, int]:
    """Return how many findings there are of each level, the gravest first."""
    return {level: sum(finding.level is level for finding in findings) for level in sorted(Level, reverse=True)}
