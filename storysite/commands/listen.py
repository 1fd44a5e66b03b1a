"""`storysite listen`: what people wrote into a form becomes a draft."""

from datetime import datetime
from pathlib import Path

import click

from storysite.build.load import require_site
from storysite.commands.console import report_errors, show_problems
from storysite.commands.terminal import say
from storysite.errors import raise_if_errors
from storysite.problems import times
from storysite.source.settings import read_config
from storysite.starter.listen import hear


@click.group()
def listen() -> None:
    """Put what people told you into a draft."""


@listen.command("import")
@click.argument("form", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_answers(form: Path) -> None:
    """Put the new answers of FORM, a CSV file of a form, into a draft. Nothing is published."""
    folder = Path.cwd()
    with report_errors(folder):
        require_site(folder)
        config, problems = read_config(folder)
        raise_if_errors(problems)
        heard = hear(folder, form, now=datetime.now(config.zone))
    answers = heard.answers
    show_problems(heard.problems, folder)
    known = f" {times(answers.known, 'answer')} had been put into a draft before." if answers.known else ""
    if heard.file is None:
        say(f"Nothing is new in {form.name}.{known}")
        return
    say(f"{heard.file.relative_to(folder).as_posix()} is a draft with {times(answers.count, 'new answer')}.{known}")
    if answers.left_out:
        say(f"Left out, because readers must not see who wrote what: {', '.join(answers.left_out)}")
    if form.resolve().is_relative_to(folder.resolve()):
        say(f"{form.name} says who wrote what: move it out of this folder, or it may be published along with the site.")
    say("Read every answer before you publish it: people write names and private things into their answers as well.")
