"""`storysite share`: ready texts of one story for each network, counted as it counts. Nothing is ever posted."""

from collections.abc import Sequence
from pathlib import Path

import click

from storysite.build.open_site import OpenSite, open_site
from storysite.build.options import BuildOptions
from storysite.commands.console import ProgressBar, report_errors
from storysite.commands.terminal import say
from storysite.errors import ProblemsFound, UsageError
from storysite.model.post import Post
from storysite.photos.facts import CENTER
from storysite.problems import Problem, Severity
from storysite.tell.choose import chosen_post, story_to_share
from storysite.tell.own_file import require_own_place, write_own
from storysite.tell.page import mark_of
from storysite.tell.record import HEAD, record_of, record_with
from storysite.tell.share import ShareText, share_texts
from storysite.tell.share_page import share_page
from storysite.tell.story import Story

ENDING = "No texts were made. Fix {wrong} first."
FILE = click.Path(path_type=Path)


@click.command()
@click.argument("post", default="")
@click.option("--html", "page", metavar="FILE", type=FILE, help="Write a page of copy buttons to this file.")
@click.option("--sheet", metavar="FILE", type=FILE, help="Write a half sheet to print, with a QR code, to this file.")
@click.option("--csv", "record", metavar="FILE", type=FILE, help="Add the texts to the record in this file.")
def share(post: str, page: Path | None, sheet: Path | None, record: Path | None) -> None:
    """Print ready texts of the story POST for each network. Nothing is posted.

    Without POST, it is the newest story.
    """
    folder = Path.cwd()
    bar = ProgressBar()
    with report_errors(folder, ending=ENDING):
        for file in filter(None, (page, sheet, record)):
            require_own_place(file, folder)
        with open_site(BuildOptions(folder), progress=bar) as found:
            bar.clear()
            if not found.config.base_url:
                raise ProblemsFound(_no_address())
            chosen, notices = chosen_post(found, post)
            story = story_to_share(found, chosen)
            texts = share_texts(story)
            _print(chosen, story, texts, notices)
            made: dict[Path, tuple[bytes, str]] = {}
            if page:
                made[page] = share_page(story, texts, notices, chosen.title), mark_of("share")
            if sheet:
                made[sheet] = _sheet(found, chosen, story), mark_of("share")
            if record:
                rows = record_of(story, texts, post=chosen.source, day=found.now.date())
                made[record] = record_with(record.read_bytes() if record.is_file() else b"", rows), HEAD
            for file, (data, mark) in made.items():
                write_own(file, data, mark, folder=folder, output=BuildOptions(folder).target)
                say(f"{file} is written.")


def _sheet(found: OpenSite, post: Post, story: Story) -> bytes:
    from storysite.tell.half_sheet import half_sheets
    from storysite.tell.sheet_picture import sheet_picture

    picture = b""
    if story.pictures:
        file = story.pictures[0].file
        focus = post.focus or found.index_of([post]).files.focus.get(file, CENTER)
        picture = sheet_picture(Path.cwd() / file, focus)
    try:
        return half_sheets(story, school=found.config.school or found.config.title, picture=picture)
    except ValueError:
        what = "the address of this story is too long for a QR code"
        raise UsageError(Problem.of("share-post", what, "give it a shorter one with slug:")) from None


def _print(post: Post, story: Story, texts: Sequence[ShareText], notices: Sequence[str]) -> None:
    say(*notices, color="yellow")
    say(post.title, bold=True)
    say(post.source, story.link)
    for each in texts:
        say("", f"{each.network.name} ({each.told})" if each.text else each.network.name, bold=True)
        say(*(each.text or each.why_not).split("\n"))
    if story.pictures:
        say("", "Pictures, and what to write where the network asks for alt text", bold=True)
    for picture in story.pictures:
        say(f"  {picture.file}", f"    {picture.alt or 'Nobody has described this picture yet.'}")
    if story.left_out:
        say("", "Left out", bold=True)
        say(*(f"  {said}" for said in story.left_out))
    say("", "Nothing was posted. Copy each text to its network yourself.")


def _no_address() -> Problem:
    what = "the site has no address yet, so there is no link to share"
    hint = "write where people read it, such as base_url: https://library.example.org/stories"
    return Problem.of("base-url", what, hint, path="storysite.yml", severity=Severity.ERROR)
