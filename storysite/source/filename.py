"""What a file's path says of a post: its name, its day, its language, and whether it is a draft."""

import re
from datetime import date
from urllib.parse import unquote

from msgspec import Struct

from storysite.front_matter.dates import date_in_name, day_in_name
from storysite.source.scan import MARKDOWN, PAGES, POSTS

LANGUAGES = frozenset(
    (
        "aa ab af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el "
        "en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it "
        "iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt "
        "my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl "
        "sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo "
        "za zh zu "
    ).split()
)
"""Two-letter languages (ISO 639-1): `story.es.md` is a translation, `story.v2.md` is not."""
_NOTION = re.compile(r"[ -][0-9a-f]{32}$")
"""The mark that Notion puts behind each name, so that no two are the same."""
_ENDING = re.compile(r"\.(txt|html?)$", re.IGNORECASE)
"""What a name may end in once the ending of Markdown is taken off."""
_DAY_FOLDERS = re.compile(r"(?:^|/)(\d{4})/(\d{1,2})/(\d{1,2})(?:/|$)")


class Name(Struct, frozen=True):
    """What a path says. `stem` tells the post from all others and outlives a change of its ending."""

    stem: str
    words: str
    """The name without day and language, and without what other programs add to it, as it becomes a slug."""
    day: date | None = None
    language: str = ""
    original: str = ""
    """The path of the story that this is a translation of, "" if it is none."""
    draft: bool = False


def read_name(path: str) -> Name:
    """Return what a path below content/posts or content/pages says. Raises BadValue for a day that does not exist."""
    stem = without_ending(path)
    suffix = stem.rpartition(".")[2]
    language = language_in_name(path)
    stem = stem.rpartition(".")[0] if language else stem
    folders, _, last = stem.rpartition("/")
    bundle = last == "index" and bool(folders)
    named = folders.rpartition("/")[2] if bundle else last
    day, words = date_in_name(named)
    if day is None and (match := _DAY_FOLDERS.search(folders)):
        day = day_in_name(*match.groups())
    parents = {parent.lower() for parent in folders.split("/")}
    return Name(
        stem=folders if bundle else stem,
        words=_NOTION.sub("", readable(words or named)),
        day=day,
        language=language,
        original=_without_language(path, suffix) if language else "",
        draft=not parents.isdisjoint({"_drafts", "drafts"}),
    )


def language_in_name(path: str) -> str:
    """Return the language that a file's name ends with, as in `story.es.md`, "" for none."""
    base, _, suffix = without_ending(path).rpartition(".")
    return suffix.replace("_", "-") if base and re.split("[-_]", suffix)[0] in LANGUAGES else ""


def readable(name: str) -> str:
    """Return `name` with the letters that exports write with percent signs, as in `%e4%b8%ad` or `a%20b`."""
    try:
        return unquote(name, errors="strict")
    except UnicodeDecodeError:
        return name


def without_ending(path: str) -> str:
    """Return a path below content/posts or content/pages without these folders and without its ending."""
    return _ENDING.sub("", MARKDOWN.sub("", path)).removeprefix(POSTS).removeprefix(PAGES)


def _without_language(path: str, suffix: str) -> str:
    """Return a path without the language before its ending; folders and names may have the same letters in them."""
    whole = _ENDING.sub("", MARKDOWN.sub("", path))
    return whole.removesuffix(f".{suffix}") + path[len(whole) :]
