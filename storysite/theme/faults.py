"""How a fault in a template is told: its file and line, and the page that was being made."""

from collections.abc import Sequence
from pathlib import Path

from storysite.problems import Problem

NAMES = "the guide lists the names that each template may use: content/pages/guide/templates.md"


def template_problem(
    file: Path | str, site: Path, what: str, *, line: int = 0, subject: str = "", others: int = 0, hint: str = NAMES
) -> Problem:
    """Return the error for a template that cannot be used, with the page that asked for it and how many others did."""
    shown, excerpt = template_place(Path(file), site, line)
    more = f" and of {others:,} other page{'' if others == 1 else 's'}" if others else ""
    blame = f" (while making the page of {subject}{more})" if subject else ""
    return Problem.of(
        "template", f"this template does not work: {what}{blame}", hint, path=shown, line=line, excerpt=excerpt
    )


def template_place(file: Path, site: Path, line: int) -> tuple[str, str]:
    """Return how a template's file is called, from the site's folder if it lies there, and what stands in a line."""
    try:
        excerpt = file.read_text("utf-8-sig").splitlines()[line - 1] if line else ""
    except (OSError, UnicodeDecodeError, IndexError):
        excerpt = ""
    return shown_path(file, site), excerpt


def shown_path(file: Path, site: Path) -> str:
    """Return the path of a theme's file as a message shows it: within the site, or its last parts."""
    return file.relative_to(site).as_posix() if file.is_relative_to(site) else "/".join(file.parts[-4:])


def asks_others(file: Path, site: Path, hosts: Sequence[str]) -> Problem:
    """Return the warning that a file of a theme makes browsers ask other hosts for something, on every page."""
    path = shown_path(file, site)
    try:
        lines = file.read_text("utf-8", "replace").splitlines()
    except OSError:
        lines = []
    line = next((number for number, text in enumerate(lines, 1) if hosts[0] in text), 0)
    verb = "is" if len(hosts) == 1 else "are"
    what = (
        f"this file of the theme makes browsers load something from {' and '.join(hosts)}, "
        f"which {verb} told each reader's internet address and what they read"
    )
    hint = "save what it loads in the folder assets of the theme, and write its address there"
    return Problem.of("loaded-elsewhere", what, hint, path=path, line=line, excerpt=lines[line - 1] if line else "")
