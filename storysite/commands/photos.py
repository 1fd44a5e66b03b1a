"""`storysite photos`: what pictures tell beside what they show; stop, or clean, those; put new ones beside a post."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import click

from storysite.build.load import require_site
from storysite.commands.console import ProgressBar, report_errors, show_problems
from storysite.commands.terminal import say
from storysite.errors import BadValue, StorysiteError
from storysite.problems import Problem, Severity, few_of_each, in_short, times
from storysite.source.private_photos import PrivatePhoto, clean_photo, is_cleaned, private_photos, staged_photos
from storysite.source.settings import read_config
from storysite.starter.add_photos import AddedPhoto, add_photo, find_post

KEPT = timedelta(days=30)
"""How long photos are kept as they were."""


@click.group(invoke_without_command=True)
@click.option("-v", "--verbose", is_flag=True, help="List all photos, not only the first few.")
@click.pass_context
def photos(context: click.Context, *, verbose: bool) -> None:
    """List the photos that tell more than they show, such as a place."""
    if context.invoked_subcommand:
        return
    folder = Path.cwd()
    problems: list[Problem] = []
    with report_errors(folder):
        require_site(folder)
        found = _look(folder, problems)
    told, more = (found, {}) if verbose else few_of_each(found, lambda photo: photo.grave)
    for photo in told:
        say(photo.sentence, color="red" if photo.grave else None)
    for count in more.values():
        say(f"… and {times(count, 'more photo')} (--verbose shows all)")
    show_problems(problems, folder)
    grave = sum(photo.grave for photo in found)
    if not found:
        say("No photo tells more than it shows.")
    else:
        must = f", and {grave:,} of them should not be published like that" if grave else ""
        one = (
            "1 photo tells more than it shows" if len(found) == 1 else f"{len(found):,} photos tell more than they show"
        )
        say(f"{one}{must}. To take that out, run storysite photos clean.")
    if grave:
        raise SystemExit(1)


@photos.command()
@click.option("--staged", is_flag=True, help="Look at what git would commit next, not at the folder.")
@click.option("-v", "--verbose", is_flag=True, help="List all photos, not only the first few.")
def check(*, staged: bool, verbose: bool) -> None:
    """Fail if a photo tells where it was taken or whose it is.

    With --staged it looks at what git has staged, as a hook of git does.
    """
    folder = Path.cwd()
    problems: list[Problem] = []
    with report_errors(folder):
        require_site(folder)
        looked_at = _look(folder, problems, staged=staged)
    chosen = _severities(folder)
    graded = [(photo, chosen.get(photo.code, Severity.ERROR)) for photo in looked_at if photo.grave]
    found = [(photo, severity) for photo, severity in graded if severity is not None]
    told, more = (found, {}) if verbose else few_of_each(found, lambda each: each[1] is Severity.ERROR)
    for photo, severity in told:
        say(photo.sentence, color="red" if severity is Severity.ERROR else None)
    for count in more.values():
        say(f"… and {times(count, 'more photo')} (--verbose shows all)")
    show_problems(problems, folder)
    if found:
        say(*_what_to_do([photo.path for photo, _ in found], staged=staged))
    elif not staged:
        say("No photo tells where it was taken, whose it is or who is in it.")
    if any(severity is Severity.ERROR for _, severity in found):
        raise SystemExit(1)


def _what_to_do(paths: Sequence[str], *, staged: bool) -> Iterator[str]:
    """Yield how many photos tell too much, and how to take it out: of those that `clean` looks at, and of others."""
    yield f"{times(len(paths), 'photo')} should not be committed like that."
    apart = [path for path in paths if not is_cleaned(path)]
    if len(apart) < len(paths):
        yield f"To take that out, run storysite photos clean{', then git add' if staged else ''}."
    if apart:
        yield f"storysite photos clean does not look at {in_short(apart)}. Run git rm --cached for it instead."


def _severities(folder: Path) -> Mapping[str, Severity | None]:
    """Return how grave the site wants each problem to be; nothing if its settings cannot be used: a build says so."""
    try:
        return read_config(folder)[0].problems
    except StorysiteError:
        return {}


@photos.command()
def clean() -> None:
    """Take all that is no picture out of the photos. No pixel changes, and the old files are kept for 30 days."""
    folder = Path.cwd()
    problems: list[Problem] = []
    cleaned = 0
    today = date.today()
    kept = _kept_at() / today.isoformat() / folder.name
    with report_errors(folder):
        require_site(folder)
        _forget(today)
        for photo in _look(folder, problems):
            try:
                clean_photo(folder / photo.path, _free(kept / photo.path))
            except BadValue as error:
                what = f"{error.what}, so it was left as it is"
                problems.append(Problem.of("photo-unreadable", what, error.hint, path=photo.path))
            else:
                cleaned += 1
                say(f"{photo.path} is clean")
    show_problems(problems, folder)
    if cleaned:
        say(f"{times(cleaned, 'photo')} cleaned. As they were before, they are kept for 30 days in {kept}")
    elif not problems:
        say("No photo tells more than it shows.")
    if problems:
        raise SystemExit(1)


@photos.command()
@click.argument("path", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--to", metavar="POST", default="", help="The post the photos are for. They are put next to it.")
def add(path: tuple[Path, ...], to: str) -> None:
    """Put photos next to a post, made smaller and rid of all else."""
    folder = Path.cwd()
    added: list[AddedPhoto] = []
    problems: list[Problem] = []
    with report_errors(folder):
        require_site(folder)
        post = find_post(folder, to) if to else ""
        for each in path:
            try:
                added.append(add_photo(folder, each, post))
            except BadValue as error:
                problems.append(Problem.of("photo-unreadable", error.what, error.hint, path=str(each)))
            else:
                say(_report(added[-1], folder))
    if added:
        say("", "Copy this to where the photo belongs, and write what it shows between the square brackets:", "")
    for photo in added:
        say(f"![]({photo.file.name})")
    show_problems(problems, folder)
    if problems:
        raise SystemExit(1)


def _look(folder: Path, problems: list[Problem], *, staged: bool = False) -> Sequence[PrivatePhoto]:
    bar = ProgressBar()
    found = list(staged_photos(folder, bar) if staged else private_photos(folder, problems, bar))
    bar.clear()
    return found


def _report(photo: AddedPhoto, folder: Path) -> str:
    width, height = photo.size
    sizes = f"{width:,} × {height:,}, {_weight(photo.after)} (it was {_weight(photo.before)})"
    out = f". Taken out: {in_short([thing.words for thing in photo.things])}" if photo.things else ""
    return f"{photo.file.relative_to(folder).as_posix()} is ready: {sizes}{out}"


def _weight(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} KB"


def _kept_at() -> Path:
    """Return the folder of this user, outside of all sites, where photos are kept as they were."""
    return Path(click.get_app_dir("storysite", roaming=False)) / "photos-before-cleaning"


def _free(file: Path) -> Path:
    """Return a path that no file has: a photo may be cleaned twice on one day."""
    numbers = (file.with_stem(f"{file.stem}-{number}") for number in range(2, 10_000))
    return file if not file.exists() else next((each for each in numbers if not each.exists()), file)


def _forget(today: date) -> None:
    """Delete what was kept for longer than KEPT."""
    with suppress(OSError):
        for day in _kept_at().iterdir():
            with suppress(ValueError):
                if date.fromisoformat(day.name) < today - KEPT:
                    shutil.rmtree(day, ignore_errors=True)
