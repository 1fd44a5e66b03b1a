"""Starts a site, or a post: writes new files, and never over one that is there."""

import re
from datetime import date, datetime, time
from pathlib import Path

from msgspec.structs import replace

from storysite.errors import UsageError
from storysite.model.slug import slugify
from storysite.new_files import UNFINISHED, new_folder, replace_file, write_new
from storysite.problems import Problem
from storysite.starter.answers import NOTHING_TOLD, Answers
from storysite.starter.contents import files_of_new
from storysite.starter.facts import FORM
from storysite.starter.hooks import HOOKS
from storysite.starter.identity import mint
from storysite.starter.program import program
from storysite.starter.record import RECORD, TOOL, record_of
from storysite.starter.words import facts_of_new, yaml_text


def require_new(folder: Path) -> None:
    """Raise UsageError if a folder has something in it, or is none. One with nothing but `.git` counts as empty."""
    if folder.exists() and (
        not folder.is_dir() or any(file.name not in (".git", UNFINISHED) for file in folder.iterdir())
    ):
        hint = "choose a folder that does not exist yet, for example: storysite new our-stories"
        raise UsageError(
            Problem.of(
                "new-not-empty",
                "the folder already exists and is not empty; nothing was written",
                hint,
                path=str(folder),
            )
        )


def start_site(folder: Path, *, today: date, zone: str, answers: Answers = NOTHING_TOLD) -> list[Path]:
    """Write a site that builds at once, and the program for it, into `folder`, which must be new or empty.

    It has the time zone `zone`, if the answers name none. Returns the files. Raises UsageError, and OSError; then
    nothing is left of it.
    """
    require_new(folder)
    title = re.sub(r"[-_\s]+", " ", sayable(folder.resolve().name)).strip().capitalize() or "Our stories"
    facts = facts_of_new(title, replace(answers, timezone=answers.timezone or zone), today)
    files = files_of_new(facts)
    wheel, data = program()
    files[f"{TOOL}/{wheel}"] = data
    files[RECORD] = record_of(files)
    with new_folder(folder) as unfinished:
        for name, text in files.items():
            write_starter(unfinished, name, text)
    return [folder / name for name in files]


def write_starter(folder: Path, name: str, data: bytes) -> None:
    """Write a file of a new site, or in the place of an older one; git can run a hook. Raises OSError."""
    file = folder / name
    if file.exists():
        replace_file(file, data)
    else:
        write_new(file, data)
    if name.startswith(f"{HOOKS}/") and "/." not in name:
        _let_run(file)


def start_post(folder: Path, title: str, kind: str, *, now: datetime, publish_time: time) -> Path:
    """Write a post from the story form into content/posts and return its file; a taken name gets a number.

    A post begun before the day's publish hour carries its time, so that it does not wait for that hour.
    """
    title = sayable(title)
    slug = slugify(title) or "story"
    posts = folder / "content" / "posts"
    day = f"{now:%Y-%m-%dT%H:%M}" if now.time() < publish_time else f"{now:%Y-%m-%d}"
    lines = [
        "---",
        f"id: {mint(now)}",
        f"title: {yaml_text(title)}",
        f"date: {day}",
        f"kind: {kind}",
        "summary:",
        "tags: []",
        "---",
        "",
    ]
    text = "\n".join(lines) + "".join(f"\n## {question}\n\n" for question in FORM)
    for number in range(1, 1000):
        file = posts / f"{now:%Y-%m-%d}-{slug}{f'-{number}' if number > 1 else ''}.md"
        try:
            write_new(file, text.encode())
        except FileExistsError:
            continue
        return file
    raise UsageError(
        Problem.of(
            "post-name",
            "a thousand posts with this title already exist for today",
            "choose another title",
            path=str(posts),
        )
    )


def sayable(text: str) -> str:
    """Return a text as a terminal or a disk may hand it over: what is not UTF-8 is that of older Windows."""
    data = text.encode("utf-8", "surrogateescape")
    return data.decode("utf-8" if text.isprintable() else "cp1252", "replace")


def _let_run(file: Path) -> None:
    """Let whoever may read a file run it: git passes over any other hook. An installed package does not say so."""
    mode = file.stat().st_mode
    file.chmod(mode | (mode & 0o444) >> 2)
