"""`storysite books`: the books in the stories of the site in the current folder."""

from pathlib import Path

import click

from storysite.build.open_site import open_site
from storysite.build.options import BuildOptions


@click.command()
def books() -> None:
    """List the books that your stories name."""
    with open_site(BuildOptions(Path.cwd())) as site:
        for post in site.posts:
            if "isbn" in post.extra:
                click.echo(f"{post.extra['isbn']}  {post.title}")
