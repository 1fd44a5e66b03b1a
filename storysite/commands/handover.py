"""`storysite handover`: renew what the site tells the next librarian of itself."""

from pathlib import Path

import click

from storysite.build.open_site import OpenSite, open_site
from storysite.build.options import BuildOptions
from storysite.commands.console import ProgressBar, report_errors
from storysite.commands.terminal import say
from storysite.errors import BadValue, UsageError
from storysite.new_files import replace_file, write_new
from storysite.problems import Problem
from storysite.starter.answers import repository_of
from storysite.starter.contents import workflow_facts
from storysite.starter.facts import Facts
from storysite.starter.handover import HANDOVER, renewed
from storysite.starter.handover import handover as whole
from storysite.starter.hooks import origin_of


@click.command()
def handover() -> None:
    """Write what the next librarian has to know: HANDOVER.md.

    What you wrote there yourself stays as it is.
    """
    folder = Path.cwd()
    bar = ProgressBar()
    with report_errors(folder):
        with open_site(BuildOptions(folder), progress=bar) as found:
            bar.clear()
            public = workflow_facts(folder, found.now.date()).public
            facts = facts_of(found, origin_of(folder), public)
        said = _write(folder / HANDOVER, facts)
    say(said)


def facts_of(found: OpenSite, origin: str, public: str) -> Facts:
    """Return what an open site tells of itself.

    `origin` is where git sends it, as git names that; `public` the repository of the site, if it is another.
    """
    config, index = found.config, found.site.index
    at_address = repository_of(config.base_url)
    dated = sorted((post.moment, post.title) for post in index.originals if post.moment)
    return Facts(
        today=found.now.date(),
        title=config.title,
        school=config.school,
        base_url=config.base_url,
        repository=repository_of(origin) or ("" if public else at_address),
        public=public,
        language=config.language,
        timezone=config.timezone,
        publish_time=config.publish_time,
        promise=config.promise,
        contact=config.contact,
        stories=len(index.originals),
        first=dated[0][0].date() if dated else None,
        last=dated[-1][0].date() if dated else None,
        last_title=dated[-1][1] if dated else "",
        drafts=sum(post.reason == "draft" for post in found.hidden),
        scheduled=sum(post.reason == "scheduled" for post in found.hidden),
    )


def _write(file: Path, facts: Facts) -> str:
    """Write the file, and return what became of it in words."""
    if not file.exists():
        write_new(file, whole(facts).encode())
        return f"{HANDOVER} is written. Its first lines are for you to fill in."
    text = file.read_bytes().decode("utf-8", "surrogateescape")
    try:
        new = renewed(text, facts)
    except BadValue as error:
        raise UsageError(Problem.of("handover-changed", error.what, error.hint, path=HANDOVER)) from None
    if new == text:
        return f"{HANDOVER} is up to date."
    replace_file(file, new.encode("utf-8", "surrogateescape"))
    return f"{HANDOVER} is up to date again. What you wrote in it is as it was."
