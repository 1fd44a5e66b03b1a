"""`storysite post`: begin a post from the story form."""

from datetime import datetime
from pathlib import Path

import click

from storysite.build.load import require_site
from storysite.commands.console import report_errors
from storysite.commands.terminal import say
from storysite.errors import raise_if_errors
from storysite.model.post import KINDS
from storysite.source.settings import read_config
from storysite.starter.start import start_post


@click.command()
@click.argument("title")
@click.option("-k", "--kind", type=click.Choice(KINDS), default="victory", show_default=True, help="The kind of story.")
def post(title: str, kind: str) -> None:
    """Start a new post called TITLE. Its headings are the four questions of the story form."""
    folder = Path.cwd()
    with report_errors(folder):
        require_site(folder)
        config, problems = read_config(folder)
        raise_if_errors(problems)
        file = start_post(folder, title, kind, now=datetime.now(config.zone), publish_time=config.publish_time)
    say(f"{file.relative_to(folder)} is ready. Answer its four questions in your own words, then run storysite build.")
