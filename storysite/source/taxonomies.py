"""The setting `taxonomies` → the ways in which a site sorts its stories: ours, and those it adds or turns off."""

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from storysite.errors import BadValue, did_you_mean
from storysite.front_matter.fields import FALSE, TRUE, folded, is_empty, plain_text, text_list
from storysite.front_matter.keys import KEYS
from storysite.front_matter.yaml import without_controls
from storysite.model.slug import slugify
from storysite.model.taxonomy import FIELDS, OTHERS, TAXONOMIES, Taxonomy
from storysite.plan.page_types import PAGE_TYPES
from storysite.plugins import SEARCH

MOST = 20
"""Taxonomies that a site may add: more than anyone needs, and few enough for each story to name them all."""
DETAILS = ("title", "folder")
"""What may be set of a taxonomy."""
TAKEN = frozenset(
    {"media", "share", SEARCH, *(kind.url.removeprefix("/{language}").split("/")[1] for kind in PAGE_TYPES.values())}
)
"""Folders of the site that hold other pages and files."""
_MEANT = {spelling: key.name for key in KEYS for spelling in key.spellings}
"""Every key of front matter that storysite knows, by all its spellings."""
_OURS = {
    **{each.folder: each.name for each in TAXONOMIES.values()},
    **{spelling: each.name for each in TAXONOMIES.values() for spelling in _MEANT if _MEANT[spelling] == each.key},
    **{each.name: each.name for each in TAXONOMIES.values()},
}
"""Every word that may be meant for one of ours."""


def read_taxonomies(value: object) -> tuple[Taxonomy, ...]:
    """Return the taxonomies of a site that sets `value`: names alone, or each with its details. Raises BadValue."""
    found = dict(TAXONOMIES)
    written: dict[str, str] = {}
    for word, details in _given(value):
        name = _name(word)
        if written.setdefault(name, word) != word:
            raise BadValue(f'"{written[name]}" and "{word}" are two words for the same', "delete one of them")
        if plain_text(details).lower() in FALSE:
            if name == "kind":
                raise BadValue("kind cannot be turned off: the archive and the search need it", "delete this line")
            if name in found:
                found[name] = replace(found[name], listed=False)
        else:
            found[name] = _detailed(replace(found.get(name) or _own(name, word), listed=True), details)
    if len(found) - len(TAXONOMIES) > MOST:
        what = f"these are {len(found) - len(TAXONOMIES)} taxonomies of your own"
        raise BadValue(what, f"{MOST} is the most; a tag is enough for what few stories share")
    _check_folders(found.values())
    return tuple(found.values())


def _given(value: object) -> Iterator[tuple[str, object]]:
    """Yield the names that are given, each with its details or nothing."""
    for part in value if isinstance(value, list) else [value]:
        if isinstance(part, dict):
            yield from part.items()
        else:
            yield from dict.fromkeys(text_list(part)).items()


def _name(written: str) -> str:
    """Return the name of the taxonomy that is meant. Raises BadValue."""
    word = written.strip().lower() if " " in written.strip() else folded(written)  # words of a name are not joined here
    name = word.replace("-", "_")
    if word in _OURS:
        return _OURS[word]
    if _MEANT.get(word) in FIELDS:
        return _MEANT[word]
    if word in _MEANT:
        hint = "choose another word, and write it in the posts too"
        raise BadValue(f'"{written}" already means something else in front matter', hint)
    if not re.fullmatch(r"[^\W\d_]\w{0,39}", name) or not slugify(name) or name in TRUE | FALSE:
        what = f'"{plain_text(written)[:40]}" cannot be the name of a taxonomy'
        raise BadValue(what, "write one word, for example subjects or learning_area")
    return name


def _own(name: str, written: str) -> Taxonomy:
    """Return a taxonomy of the site's own, titled as its name is written."""
    words = " ".join(re.split(r"[\s_-]+", written.strip()))
    title = words[:1].upper() + words[1:]
    return Taxonomy(name, name, slugify(name), title, title, OTHERS)


def _detailed(taxonomy: Taxonomy, details: object) -> Taxonomy:
    """Return a taxonomy with the title and the folder that are set; the title alone will do. Raises BadValue."""
    if not isinstance(details, dict):
        details = {} if is_empty(details) or plain_text(details).lower() in TRUE else {"title": details}
    for key in details:
        if key not in DETAILS:
            near = did_you_mean(key, DETAILS)
            hint = f"did you mean {near}?" if near else "a taxonomy has a title and a folder"
            raise BadValue(f'{taxonomy.name} has an unknown setting "{plain_text(key)[:40]}"', hint)
    if "title" in details:
        title = _line(taxonomy.name, "title", details["title"])
        filed = title if taxonomy.filed else ""
        taxonomy = replace(taxonomy, title=title, filed=filed, translated=False)
    if "folder" in details:
        taxonomy = replace(taxonomy, folder=_folder(taxonomy, details["folder"]))
    return taxonomy


def _line(name: str, key: str, value: object) -> str:
    if isinstance(value, list | dict) and value:
        raise BadValue(f"the {key} of {name} is a list, but it has to be one line of text", "write one line of text")
    text = "" if is_empty(value) else plain_text(without_controls(str(value)))
    if not text:
        raise BadValue(f"the {key} of {name} is empty", f"write a {key}, or delete the word {key}")
    return text


def _folder(taxonomy: Taxonomy, value: object) -> str:
    """Return the folder that is set. Raises BadValue."""
    written = _line(taxonomy.name, "folder", value)
    folder = written.removeprefix("/").removesuffix("/")
    usual = TAXONOMIES.get(taxonomy.name)
    if usual and usual.listed and folder != usual.folder:
        what = f"the folder of {taxonomy.name} is always /{usual.folder}/, because feed readers know it"
        raise BadValue(what, "delete folder; you can set a title")
    if not folder or slugify(folder) != folder:
        what = f'"{written[:40]}" cannot be the folder of {taxonomy.name}'
        raise BadValue(what, f"write one word in small letters, for example {slugify(folder)[:40] or taxonomy.folder}")
    return folder


def _check_folders(taxonomies: Iterable[Taxonomy]) -> None:
    """Raise BadValue if a folder is wanted twice, or by other parts of the site too."""
    first: dict[str, str] = {}
    for each in taxonomies:
        if not each.listed:
            continue
        hint = f"give it another one, for example {each.name}: {{folder: {each.folder}-of-stories}}"
        if each.folder in TAKEN:
            raise BadValue(f"{each.name} cannot have the folder /{each.folder}/, which holds other pages", hint)
        if (other := first.setdefault(each.folder, each.name)) != each.name:
            raise BadValue(f"{other} and {each.name} would both have the folder /{each.folder}/", hint)
