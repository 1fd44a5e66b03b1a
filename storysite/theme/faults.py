"""How a fault in a template is told: its file and line, and the page that was being made."""

from pathlib import Path

from storysite.problems import Problem


def template_problem(
    file: Path | str, site: Path, line: int, what: str, subject: str = "", *, others: int = 0
) -> Problem:
    """Return the error for a template that cannot be used, with the page that asked for it and how many others did."""
    path = Path(file)
    try:
        excerpt = path.read_text("utf-8").splitlines()[line - 1] if line else ""
    except (OSError, UnicodeDecodeError, IndexError):
        excerpt = ""
    more = f" and of {others:,} other page{'' if others == 1 else 's'}" if others else ""
    blame = f" (while making the page of {subject}{more})" if subject else ""
    hint = "the guide lists the names that each template may use: content/pages/guide/themes.md"
    return Problem.of(
        "template",
        f"this template does not work: {what}{blame}",
        hint,
        path=shown_path(path, site),
        line=line,
        excerpt=excerpt,
    )


def shown_path(file: Path, site: Path) -> str:
    """Return the path of a theme's file as a message shows it: within the site, or its last parts."""
    return file.relative_to(site).as_posix() if file.is_relative_to(site) else "/".join(file.parts[-4:])
