"""`storysite doctor`: what stands in the way of the site, in one sentence, one fix and one link each."""

import textwrap
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from storysite.commands.console import ProgressBar, report_errors
from storysite.commands.terminal import say
from storysite.problems import escaped, in_short
from storysite.publish.doctor import counts, diagnose, gather
from storysite.publish.finding import Finding, Level, worst
from storysite.publish.fixes import fix_what_is_safe
from storysite.publish.git_state import read_git

WIDTH = 80
HEADINGS = {Level.WRONG: "Wrong", Level.KNOW: "Worth knowing"}
COLORS = {Level.WRONG: "red", Level.KNOW: "yellow"}


@click.command()
@click.option(
    "--online", is_flag=True, help="Ask the network as well: whether the site is there and shows these stories."
)
@click.option("--fix", is_flag=True, help="Fix what can be fixed safely, and say what was done.")
@click.option("--report", is_flag=True, help="Leave out names and addresses, for a bug report.")
def doctor(*, online: bool, fix: bool, report: bool) -> None:
    """Find what stands between your site and its readers.

    It looks at this computer, the settings, git, the files, and what GitHub Pages needs.
    """
    folder = Path.cwd()
    with report_errors(folder):
        done = list(fix_what_is_safe(folder, read_git(folder))) if fix else []
        bar = ProgressBar()
        diagnosis = diagnose(gather(folder, datetime.now(UTC), progress=bar), online=online)
        bar.clear()
    for line in diagnosis.head:
        say(*_wrapped(line, ""))
    if fix:
        say("", "Fixed", bold=True)
        for line in done or ["Nothing: there is nothing that can be fixed safely."]:
            say(*_wrapped(line, "  "))
    found = counts(diagnosis.findings)
    for level, heading in HEADINGS.items():
        if found[level]:
            say("", f"{heading} ({found[level]})", bold=True, color=COLORS[level])
        for finding in diagnosis.findings:
            if finding.level is level:
                say(*_told(finding, report=report))
    fine = dict.fromkeys(finding.subject for finding in diagnosis.findings if finding.level is Level.FINE)
    others = {finding.subject for finding in diagnosis.findings if finding.level is not Level.FINE}
    say("", *_wrapped(f"Fine: {', '.join(subject for subject in fine if subject not in others) or 'nothing'}", ""))
    for finding in diagnosis.findings:
        if finding.level is Level.FINE and finding.subject == "Size" and not report:
            say(*_wrapped(finding.what, ""))
    if worst(diagnosis.findings) is Level.WRONG:
        raise SystemExit(1)


def _told(finding: Finding, *, report: bool) -> Iterator[str]:
    """Yield the lines of a finding; those of a report have nothing in them that is only of this site."""
    yield from _wrapped(f"{finding.subject}: {finding.what}", "  ")
    if report:
        return
    for seen in [in_short(finding.seen)] if finding.seen else []:
        yield from _wrapped(seen, "    ")
    yield from _wrapped(f"fix: {finding.fix}", "    ")
    yield f"    {finding.link}"


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        escaped(text),
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + "  " * bool(indent),
        break_long_words=False,
        break_on_hyphens=False,
    )
