"""What the workflow files of a site say, and what will go wrong with them; they are read, and never run."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from msgspec import Struct

from storysite.front_matter.yaml import FrontMatterError, read_any
from storysite.publish.finding import Finding, Level, fine, guide
from storysite.starter.remote import Remote

FOLDER = ".github/workflows"
ASLEEP = timedelta(days=60)
"""After so long without a commit GitHub turns off the workflows of a public repository that have a schedule."""
SOON = timedelta(days=21)
LONGEST_BREAK = timedelta(days=100)
"""A summer without school, and the weeks before it in which nobody has the time."""
_ABOUT_ASLEEP = "https://docs.github.com/en/actions/how-tos/manage-workflow-runs/disable-and-enable-workflows"
_ABOUT_PINS = "https://docs.github.com/en/actions/reference/security/secure-use#using-third-party-actions"
_RENEW = "Run storysite upgrade, which shows first what would change."
_USES = re.compile(r"^\s*(?:-\s*)?uses:\s*['\"]?([\w.-]+/[\w./-]+)@([^\s'\"#]+)", re.MULTILINE)
_COMMIT = re.compile(r"[0-9a-f]{40}")
_FROM_INDEX = re.compile(
    r"^(?![ \t]*#|.*--no-index).*?\b(?:pip3?|pipx|uv)\b.*?\binstall\b.*?['\"\s]storysite(?:\[[\w, -]*\])?"
    r"(?:[ \t]*[=<>~!]=?[ \t\w.*]+)?['\"]?(?=\s|$)(?![ \t]*@)",
    re.MULTILINE,
)
_ACTION = re.compile(r"^\s*(?:-\s*)?uses:\s*['\"]?[\w.-]+/storysite@", re.MULTILINE)
_PUBLISHES = re.compile(r"^\s*(?:-\s*)?uses:\s*['\"]?actions/deploy-pages@|gh-pages\b", re.MULTILINE)
_BUILDS = re.compile(r"\bstorysite\b.*\bbuild\b|deploy-pages@|uses:\s*['\"]?[\w.-]+/storysite@", re.MULTILINE)


class Workflow(Struct, frozen=True):
    """One workflow file, as far as it matters here."""

    name: str
    """That of the file."""
    text: str
    is_read: bool = True
    """Whether it is YAML at all."""
    on_push: bool = False
    branches: tuple[str, ...] | None = None
    """The branches whose pushes start it, None for any."""
    is_scheduled: bool = False

    @property
    def publishes(self) -> bool:
        """Whether it sends a site to GitHub Pages."""
        return _PUBLISHES.search(self.text) is not None

    @property
    def tells_address(self) -> bool:
        """Whether it tells the build where GitHub Pages shows the site, as storysite's own action does."""
        return "--base-url" in self.text or _ACTION.search(self.text) is not None

    @property
    def builds(self) -> bool:
        """Whether it has to do with this site."""
        return self.publishes or _BUILDS.search(self.text) is not None


def read_workflows(top: Path) -> list[Workflow]:
    """Return the workflows in the top folder of a repository, by name; a file that cannot be read is none."""
    found = []
    try:
        files = sorted(file for file in (top / FOLDER).iterdir() if file.suffix in (".yml", ".yaml"))
    except OSError:
        return []
    for file in files:
        try:
            text = file.read_bytes()[:500_000].decode("utf-8", "replace")
        except OSError:
            continue
        found.append(workflow_of(file.name, text))
    return found


def workflow_of(name: str, text: str) -> Workflow:
    """Return what a workflow file says."""
    try:
        whole = read_any(text.removeprefix("\ufeff"))
    except FrontMatterError:
        return Workflow(name, text, is_read=False)
    on = whole.get("on", {}) if isinstance(whole, dict) else {}
    events = dict(on) if isinstance(on, dict) else dict.fromkeys(on if isinstance(on, list) else [on], "")
    push = events.get("push")
    branches = push.get("branches") if isinstance(push, dict) else None
    if isinstance(branches, str):
        branches = [branches]
    return Workflow(
        name,
        text,
        on_push="push" in events,
        branches=None if branches is None else tuple(map(str, branches)),
        is_scheduled="schedule" in events,
    )


def workflow_findings(
    workflows: Iterable[Workflow], repository: Remote | None, branch: str, *, hidden_files: bool = False
) -> Iterator[Finding]:
    """Yield what is to be said of the `workflows` of a site, whose repository shows `branch` first ("" if unknown).

    `hidden_files` says whether the site has files for the public whose names begin with a dot.
    """
    ours = [each for each in workflows if each.builds or not each.is_read]
    if not any(each.publishes for each in ours):
        what = "No workflow in the repository publishes this site, so a push alone changes nothing that readers see."
        fix = "Send the site with storysite publish; or run storysite upgrade, which adds the workflows."
        yield Finding(Level.KNOW, "Workflows", what, fix, guide("commands"))
    found = [finding for each in ours for finding in _of_one(each, repository, branch, hidden_files=hidden_files)]
    yield from found
    if ours and not found:
        yield fine("Workflows", "The workflow files are in order.")


def sleep_findings(
    workflows: Sequence[Workflow], last_commit: date | None, today: date, school_year: date
) -> Iterator[Finding]:
    """Yield what is to be said of a daily workflow that falls asleep, or will before the next `school_year` begins."""
    scheduled = [each.name for each in workflows if each.is_scheduled and (each.builds or "publish.yml" in each.text)]
    if not scheduled or last_commit is None:
        return
    asleep = last_commit + ASLEEP
    fix = "Open Actions on GitHub, choose the workflow and then Enable workflow; or save any change before that day."
    seen = (f"{FOLDER}/{scheduled[0]}", f"last commit: {last_commit}", f"turned off on: {asleep}")
    if today >= asleep:
        what = (
            f"Nothing was committed for {(today - last_commit).days} days, so GitHub has turned off the daily "
            "workflow, and posts for a later day do not appear by themselves."
        )
        yield Finding(Level.WRONG, "Summer", what, fix, _ABOUT_ASLEEP, seen)
    elif asleep - today <= SOON or (asleep < school_year and school_year - today <= LONGEST_BREAK):
        what = (
            f"GitHub turns off the daily workflow on {asleep:%B} {asleep.day} if nothing is committed before, and "
            "posts for a later day then no longer appear by themselves."
        )
        yield Finding(Level.KNOW, "Summer", what, fix, _ABOUT_ASLEEP, seen)
    else:
        yield fine("Summer", "The daily workflow is awake.")


def next_school_year(today: date, start: tuple[int, int]) -> date:
    """Return the day on which the next school year begins, from the month and the day in the settings."""
    this = date(today.year, *start)
    return this if this > today else date(today.year + 1, *start)


def _of_one(workflow: Workflow, repository: Remote | None, branch: str, *, hidden_files: bool) -> Iterator[Finding]:
    file = f"{FOLDER}/{workflow.name}"
    if not workflow.is_read:
        what = "A workflow file is not YAML that can be read, so GitHub does not run it."
        yield Finding(Level.WRONG, "Workflows", what, _RENEW, guide("commands"), (file,))
        return
    if match := _FROM_INDEX.search(workflow.text):
        what = (
            "A workflow installs storysite by its name from an index where nobody owns that name: the build fails, or "
            "runs what a stranger puts there."
        )
        yield Finding(Level.WRONG, "Workflows", what, _RENEW, guide("commands"), (file, match[0].strip()))
    loose = sorted({f"{name}@{ref}" for name, ref in _USES.findall(workflow.text) if not _COMMIT.fullmatch(ref)})
    if loose:
        what = "A workflow names actions by a version that others can move, and not by a commit that nobody can change."
        fix = "Write the commit of its release after each @; storysite upgrade does so where storysite wrote the file."
        yield Finding(Level.KNOW, "Workflows", what, fix, _ABOUT_PINS, (file, *loose))
    if workflow.publishes and workflow.is_scheduled:
        what = (
            "The workflow that publishes has a schedule of its own, so after 60 days without a commit GitHub turns "
            "off all of it, and then a push publishes nothing either."
        )
        fix = "Keep the schedule in a file of its own, as a new site does in scheduled.yml."
        yield Finding(Level.WRONG, "Workflows", what, fix, _ABOUT_ASLEEP, (file,))
    starts = workflow.branches
    if workflow.publishes and workflow.on_push and branch and starts is not None and not _named(branch, starts):
        what = "The workflow that publishes waits for another branch than the one you save to, so it never runs."
        fix = f"Write branches: [{branch}] below push: in the workflow, or rename the branch on GitHub."
        link = f"{repository.page}/settings" if repository else guide("getting-started")
        seen = (file, f"branch: {branch}", f"branches: {', '.join(starts)}")
        yield Finding(Level.WRONG, "Workflows", what, fix, link, seen)
    if hidden_files and "upload-pages-artifact" in workflow.text and "include-hidden-files: true" not in workflow.text:
        what = "The workflow leaves out files whose names begin with a dot, and static/ has some for the public."
        fix = "Add include-hidden-files: true below path: _site in the workflow."
        yield Finding(Level.KNOW, "Workflows", what, fix, guide("getting-started"), (file,))


def _named(branch: str, patterns: Iterable[str]) -> bool:
    """Return whether one of GitHub's patterns for branches fits: `*` is all but a slash, `**` is all."""
    for pattern in patterns:
        form = re.escape(pattern).replace(r"\*\*", ".*").replace(r"\*", "[^/]*")
        if re.fullmatch(form, branch):
            return True
    return False
