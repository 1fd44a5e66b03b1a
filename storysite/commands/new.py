"""`storysite new`: start a site that builds at once."""

from datetime import date
from pathlib import Path

import click

from storysite.commands.console import report_errors
from storysite.starter.start import start_site


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def new(folder: Path) -> None:
    """Start a new site in FOLDER. It comes with three sample stories and a workflow for GitHub Pages."""
    with report_errors(Path.cwd()):
        start_site(folder, today=date.today(), zone=local_zone())
    click.secho(f"Your site is in {folder}. Next:", bold=True)
    if folder.resolve() != Path.cwd():
        click.echo(f"  cd {folder}")
    click.echo(
        "  storysite build                      builds the site; then open _site/index.html\n"
        '  storysite post "Our first story"     starts a new post\n'
        "You can change the site's name and address in storysite.yml."
    )


def local_zone() -> str:
    """Return the name of this computer's time zone, UTC if it does not tell."""
    link = Path("/etc/localtime")
    for text in (str(link.resolve()), _read(Path("/etc/timezone"))):
        name = text.partition("zoneinfo/")[2] or text.strip()
        if "/" in name and not name.startswith("/") and not name.startswith("Etc/"):
            return name
    return "UTC"


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except OSError:
        return ""
