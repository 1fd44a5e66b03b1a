"""What a file's path says of a post: its name, its day, its language, and whether it is a draft."""

import re
from collections.abc import Iterable
from datetime import date
from urllib.parse import unquote

from msgspec import Struct
from msgspec.structs import replace

from storysite.front_matter.dates import date_in_name, day_in_name
from storysite.i18n.languages import TWO_LETTERS, code_in_name, code_of_folder, is_same
from storysite.source.scan import MARKDOWN, PAGES, POSTS

_NOTION = re.compile(r"[ -][0-9a-f]{32}$")
"""The mark that Notion puts behind each name, so that no two are the same."""
_ENDING = re.compile(r"\.(txt|html?)$", re.IGNORECASE)
"""What a name may end in once the ending of Markdown is taken off."""
_DAY_FOLDERS = re.compile(r"(?:^|/)(\d{4})/(\d{1,2})/(\d{1,2})(?:/|$)")


class Name(Struct, frozen=True):
    """What a path says. `stem` is what a story and its translations share, without the ending and the language."""

    stem: str
    words: str
    """The name without day and language, and without what other programs add to it, as it becomes a slug."""
    day: date | None = None
    language: str = ""
    suffix: str = ""
    """How the language is written in it, as it becomes a part of addresses."""
    original: str = ""
    """The path of the story that this is a translation of, "" if it is none."""
    draft: bool = False
    identity: str = ""
    """What an id is made of: it tells the post from all others, outlives a change of its ending, and never changes."""
    id_suffix: str = ""
    """What is added to an id that a story and its translation both have."""
    fault: str = ""
    """What is wrong with the day in it, which is then left alone."""


def read_name(path: str) -> Name:
    """Return what a path below content/posts says. Raises BadValue for a day that does not exist."""
    name = read_page_name(path)
    folders, _, last = name.stem.rpartition("/")
    bundle = last == "index" and bool(folders)
    named = folders.rpartition("/")[2] if bundle else last
    day, words = date_in_name(named)
    if day is None and (match := _DAY_FOLDERS.search(folders)):
        day = day_in_name(*match.groups())
    parents = {parent.lower() for parent in folders.split("/")}
    stem = folders if bundle else name.stem
    return replace(
        name,
        stem=stem,
        words=_NOTION.sub("", readable(words or named)),
        day=day,
        draft=not parents.isdisjoint({"_drafts", "drafts"}),
        identity=stem + name.id_suffix if name.id_suffix or not name.language else name.identity,
    )


def read_page_name(path: str) -> Name:
    """Return what a path below content/pages says, where no day is looked for."""
    whole = without_ending(path)
    base, _, suffix = whole.rpartition(".")
    language = code_in_name(suffix) if base else ""
    stem = base if language else whole
    written = suffix.replace("_", "-")
    return Name(
        stem=stem,
        words=stem.rpartition("/")[2],
        language=language,
        suffix=written if language else "",
        original=_without_language(path, suffix) if language else "",
        identity=whole,
        id_suffix=f".{written}" if language and written.partition("-")[0] in TWO_LETTERS else "",
    )


def language_of_folder(path: str, languages: Iterable[str]) -> str:
    """Return which of `languages` a folder that the file `path` lies in is named after, "" if none is."""
    codes = [code for folder in _folders(path) if (code := code_of_folder(folder))]
    return next((language for code in codes for language in languages if is_same(code, language)), "")


def without_language_folder(path: str, language: str) -> str:
    """Return `path` without the folder that is named after `language`, "" if there is none.

    `es/news/a.md` and `content.en/news/a.md` are the same story as `news/a.md`.
    """
    top = POSTS if path.startswith(POSTS) else PAGES
    folders = _folders(path)
    for place, folder in enumerate(folders):
        if (code := code_of_folder(folder)) and is_same(code, language):
            return top + "/".join([*folders[:place], *folders[place + 1 :], path.rpartition("/")[2]])
    return ""


def without_language_ending(path: str, language: str) -> str:
    """Return `path` without a `-es` at the end of the file's name, as Pelican has it, "" unless that is `language`."""
    whole = _without_ending(path)
    sign = max(whole.rfind("-"), whole.rfind("_"))
    if whole[sign - 1] != "/" and (code := code_in_name(whole[sign + 1 :])) and is_same(code, language):
        return whole[:sign] + path[len(whole) :]
    return ""


def _folders(path: str) -> list[str]:
    """Return the folders below content/posts or content/pages in which a file lies."""
    return path.split("/")[2:-1]


def readable(name: str) -> str:
    """Return `name` with the letters that exports write with percent signs, as in `%e4%b8%ad` or `a%20b`."""
    try:
        return unquote(name, errors="strict")
    except UnicodeDecodeError:
        return name


def without_ending(path: str) -> str:
    """Return a path below content/posts or content/pages without these folders and without its ending."""
    return _without_ending(path).removeprefix(POSTS).removeprefix(PAGES)


def _without_ending(path: str) -> str:
    return _ENDING.sub("", MARKDOWN.sub("", path))


def _without_language(path: str, suffix: str) -> str:
    """Return a path without the language before its ending; folders and names may have the same letters in them."""
    whole = _without_ending(path)
    return whole.removesuffix(f".{suffix}") + path[len(whole) :]
