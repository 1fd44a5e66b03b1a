"""`storysite theme`: list themes, start one, or copy one file of it to change."""

from pathlib import Path

import click

from storysite.build.load import require_site
from storysite.commands.console import report_errors
from storysite.commands.terminal import say
from storysite.errors import raise_if_errors
from storysite.source.settings import read_config
from storysite.theme.eject import eject_file, ejectable, start_theme
from storysite.theme.find import find_theme, theme_names
from storysite.theme.installed import installed_themes


@click.group()
def theme() -> None:
    """List themes, start a new one, or change a theme file."""


@theme.command("list")
def list_themes() -> None:
    """List the themes this site can use. The files of the one it is using are listed as well."""
    folder = Path.cwd()
    with report_errors(folder):
        config, problems = read_config(folder)
        raise_if_errors(problems)
        used = find_theme(folder, config.theme)
        installed = installed_themes()
        for name in theme_names(folder):
            package = f"  (installed: {installed[name].name})" if name in installed else ""
            say(f"{name}{package}{'  (in use)' if name == config.theme else ''}")
        say("", f"Files in {config.theme}. To change one, copy it to templates/ with storysite theme eject:")
        for name in ejectable(used):
            say(f"  {name}{'  (changed by you)' if (folder / 'templates' / name).exists() else ''}")


@theme.command()
@click.argument("name")
def new(name: str) -> None:
    """Start a new theme called NAME in themes/. It is a copy of the default theme."""
    folder = Path.cwd()
    with report_errors(folder):
        require_site(folder)
        made = start_theme(folder, name)
    say(f"{made.relative_to(folder)} is ready. To use it, put theme: {name} in storysite.yml.")


@theme.command()
@click.argument("file")
def eject(file: str) -> None:
    """Copy FILE from the theme to templates/, where you can change it."""
    folder = Path.cwd()
    with report_errors(folder):
        require_site(folder)
        config, problems = read_config(folder)
        raise_if_errors(problems)
        made = eject_file(folder, find_theme(folder, config.theme), file)
    say(f"{made.relative_to(folder)} is yours to change. Delete it to go back to the theme's own file.")
