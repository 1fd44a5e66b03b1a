"""theme.yaml and the site's `theme_settings` → the Design: each setting checked, each color readable."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from storysite.errors import BadValue, did_you_mean
from storysite.front_matter.fields import is_empty, typed
from storysite.front_matter.keys import KEYS
from storysite.front_matter.yaml import FrontMatterError, Value, read_any, visible
from storysite.model.config import FILE
from storysite.model.group import group_slug
from storysite.model.links import media_url
from storysite.model.post import CARD_KEYS, Card
from storysite.model.taxonomy import TAXONOMIES, Taxonomy, nameable
from storysite.model.theme import ORDERS, Color, Design, ThemeListing, ThemePage
from storysite.model.urls import written_url
from storysite.plan.page_types import PAGE_TYPES, SHARED
from storysite.problems import Problem, Severity
from storysite.theme.contrast import AA_CONTRAST
from storysite.theme.faults import shown_path
from storysite.theme.palette import GROUNDS, LINES, SCHEMES, Fault, are_colors, color_pair, faults

THEME_FILE = "theme.yaml"
CONTRACT = 2
"""The template contract that this storysite keeps; the guide says what each changed."""


PAGE_KEYS = ("url", "template", "title", "listing", "paging")
"""What a theme may say of a page of its own."""


class Setting(Struct, frozen=True):
    """What a theme lets its users choose: one of `choices`, a `color`, a `file` of the site, or any text."""

    kind: str
    default: str
    choices: tuple[str, ...] = ()


class Manifest(Struct, frozen=True):
    """What theme.yaml declares."""

    contract: int = 1
    settings: Mapping[str, Setting] = {}
    palettes: Mapping[str, Mapping[str, Color]] = {}
    listings: Mapping[str, ThemeListing] = {}
    pages: Mapping[str, ThemePage] = {}
    card_fields: tuple[str, ...] = ()


NOTHING = Manifest()
"""What a theme declares that says nothing."""


HOW = ("order", "length")
"""What a listing may say beside the groups that its stories must be in."""
WORDS_OF_TEMPLATES = frozenset(
    """and caller cycler dict else false gettext if in is joiner kwargs lipsum loop namespace ngettext none not or
    npgettext pgettext range self super true varargs""".split()
)
"""Names that mean something in every template of Jinja2."""
OURS = tuple(TAXONOMIES.values())
"""The taxonomies of a site that sets none."""


def read_manifest(file: Path, extended: Manifest = NOTHING, taxonomies: Iterable[Taxonomy] = OURS) -> Manifest:
    """Return what theme.yaml declares, with what the theme declares that it extends and it leaves as it is.

    Its listings may name `taxonomies`. Raises BadValue.
    """
    try:
        found = visible(read_any(file.read_text("utf-8-sig")))
    except FrontMatterError as error:
        raise BadValue(f"line {error.line} cannot be understood") from None
    except (OSError, UnicodeDecodeError) as error:
        raise BadValue(f"it cannot be read: {error}") from None
    given = _mapping(found, "it")
    number = str(given.get("contract", "1"))
    if not re.fullmatch(r"[0-9]{1,9}", number):
        raise BadValue(f'contract is "{number}", which is not a number')
    palettes: dict[str, Mapping[str, Color]] = dict(extended.palettes)
    palettes |= {
        name: {role: _color(role, value) for role, value in _mapping(colors, name).items()}
        for name, colors in _mapping(given.get("palettes", {}), "palettes").items()
    }
    settings = {
        name: _setting(name, _mapping(value, name), tuple(palettes))
        for name, value in _mapping(given.get("settings", {}), "settings").items()
    }
    kinds = [kind for kind in nameable(taxonomies) if kind not in HOW]
    listings = {
        name: _listing(name, _mapping(value, name), kinds)
        for name, value in _mapping(given.get("listings", {}), "listings").items()
    }
    pages = {
        name: _page(name, _mapping(value, name), kinds)
        for name, value in _mapping(given.get("pages", {}), "pages").items()
    }
    if (setting := extended.settings.get("palette")) and setting.choices:
        settings.setdefault("palette", replace(setting, choices=tuple(palettes)))
    fields = _card_fields(given.get("card_fields", []))
    return Manifest(
        int(number),
        {**extended.settings, **settings},
        palettes,
        {**extended.listings, **listings},
        {**extended.pages, **pages},
        tuple(dict.fromkeys([*extended.card_fields, *fields])),
    )


def read_design(
    manifests: Sequence[str],
    site: Path,
    given: Mapping[str, Any],
    files: Mapping[str, bytes],
    taxonomies: Iterable[Taxonomy] = OURS,
) -> tuple[Design, list[Problem]]:
    """Return the Design of a site that sets `given` with a theme, and what is wrong.

    `manifests` are the theme's theme.yaml and those of the themes it extends, the nearest first; `files` are those that
    settings may name, `taxonomies` are those that listings may.
    """
    manifest = NOTHING
    for file in reversed(manifests):
        shown = shown_path(Path(file), site)
        try:
            manifest = read_manifest(Path(file), manifest, taxonomies)
        except BadValue as error:
            hint = error.hint or "the guide says what it can contain: content/pages/guide/themes.md"
            return Design(), [
                Problem.of("theme-manifest", f"this theme cannot be used: {error.what}", hint, path=shown)
            ]
        if Path(file).is_relative_to(site):
            manifest = _with_places(manifest, Path(file), shown)
        if manifest.contract > CONTRACT:
            what = f"this theme is made for contract {manifest.contract}; this version of storysite supports {CONTRACT}"
            return Design(), [
                Problem.of("theme-contract", what, "install a newer storysite, or choose an older theme", path=shown)
            ]
    try:
        source = (site / FILE).read_text("utf-8-sig", "replace").splitlines()
    except OSError:
        source = []
    problems: list[Problem] = []
    settings: dict[str, Any] = {name: setting.default for name, setting in manifest.settings.items()}
    for name, value in given.items():
        setting = manifest.settings.get(name)
        if setting is None:
            near = did_you_mean(name, manifest.settings)
            hint = f"did you mean {near}?" if near else f"it has {', '.join(manifest.settings) or 'none'}"
            what = f'the theme has no setting "{name}"'
            problems.append(_problem("theme-setting", what, hint, name, source, Severity.WARNING))
            settings[name] = typed(value)
        elif isinstance(value, list | dict):
            what = f"{name}: this is a list, but it has to be one line of text"
            problems.append(_problem("theme-setting", what, "write one line of text", name, source))
        else:
            try:
                settings[name] = _value(setting, str(value).strip(), files)
            except BadValue as error:
                problems.append(_problem("theme-setting", f"{name}: {error.what}", error.hint, name, source))
    palette = dict(manifest.palettes.get(str(settings.get("palette")), {}))
    chosen = [name for name, setting in manifest.settings.items() if setting.kind == "color" and settings[name]]
    for name in chosen:
        same = Color(name, *settings[name].split()[:1] * 2)
        palette[name] = color_pair(name, settings[name], {name: same, **palette})
    problems += _unreadable(list(faults(palette.values())), chosen, source)
    colors = tuple(palette.values())
    return Design(settings, colors, manifest.listings, manifest.pages, manifest.card_fields), problems


def _with_places(manifest: Manifest, file: Path, shown: str) -> Manifest:
    """Return what a theme.yaml of the site's own declares, with the line of each listing that stands in it."""
    try:
        lines = file.read_text("utf-8-sig").splitlines()
    except OSError:  # since it was read
        lines = []

    def placed(name: str, listing: ThemeListing) -> ThemeListing:
        found = (number for number, line in enumerate(lines, 1) if re.match(rf"\s+[\"']?{name}[\"']?\s*:", line))
        line = next(found, 0)
        return replace(listing, file=shown, line=line) if line and not listing.file else listing

    listings = {name: placed(name, listing) for name, listing in manifest.listings.items()}
    pages = {name: replace(page, listing=placed(name, page.listing)) for name, page in manifest.pages.items()}
    return replace(manifest, listings=listings, pages=pages)


def _value(setting: Setting, text: str, files: Mapping[str, bytes]) -> str:
    """Return what a template receives for a setting. Raises BadValue."""
    if setting.kind == "choice":
        folded = {choice.casefold(): choice for choice in setting.choices}
        if text.casefold() not in folded:
            raise BadValue(f'there is no "{text}"', f"it may be {', '.join(setting.choices)}")
        return folded[text.casefold()]
    if setting.kind == "color" and not are_colors(text):
        what = f'"{text}" is not a color' if text else "the value is empty, because # starts a comment in YAML"
        raise BadValue(what, 'write it with quotes, for example "#8a2b35"')
    if setting.kind == "file" and text:
        path = f"static/{text.removeprefix('static/').lstrip('/')}"
        if path not in files:
            raise BadValue(f"there is no {path}", "put the file in the folder static/ and write its name here")
        return media_url(path)
    return text


def _unreadable(found: Sequence[Fault], chosen: Sequence[str], source: Sequence[str]) -> Iterator[Problem]:
    """Yield an error for each color of the site's that cannot be read, or on which the theme's own cannot be."""
    for fault in found:
        if fault.role in chosen:
            what = (
                f"{fault.role}: {fault.color} is too faint on the {fault.scheme} paper: "
                f"its contrast is {fault.contrast:.1f} to 1, and text needs {AA_CONTRAST} to 1"
            )
            hint = f'the nearest color that can be read is "{fault.nearest}"'
            yield _problem("theme-contrast", what, hint, fault.role, source)
    grounds = [role for role in GROUNDS if role in chosen]
    for scheme in SCHEMES:
        faint = [fault.role for fault in found if fault.scheme == scheme and fault.role not in chosen]
        if faint:
            what = f"{', '.join(grounds) or 'palette'}: {', '.join(faint)} cannot be read on it in the {scheme} scheme"
            hint = f"choose a {'lighter' if scheme == 'light' else 'darker'} one"
            yield _problem("theme-contrast", what, hint, grounds[0] if grounds else "palette", source)


def _problem(
    code: str, what: str, hint: str, name: str, source: Sequence[str], severity: Severity | None = None
) -> Problem:
    line = next((number for number, text in enumerate(source, 1) if re.match(rf"\s+{re.escape(name)}\s*:", text)), 0)
    return Problem.of(
        code, what, hint, path=FILE, line=line, excerpt=source[line - 1] if line else "", severity=severity
    )


def _mapping(value: Value, name: str) -> dict[str, Value]:
    if not isinstance(value, dict):
        raise BadValue(f"{name} must have names and values indented below it")
    return value


def _color(role: str, value: Value) -> Color:
    if not are_colors(text := str(value)):
        raise BadValue(f'the color of {role} is "{text}", which is not a color')
    if role not in (*GROUNDS, *LINES) and len(text.split()) < 2:
        raise BadValue(f"{role} needs two colors with a space between, the first for light and the second for dark")
    return color_pair(role, text, {role: Color(role, "", "#000000")})


def _setting(name: str, value: Mapping[str, Value], palettes: Sequence[str]) -> Setting:
    given = value.get("choices") or []
    if not isinstance(given, list):
        raise BadValue(f"the choices of {name} must be a list")
    choices = tuple(map(str, given)) or (tuple(palettes) if name == "palette" else ())
    kind = str(value.get("type", "choice" if choices else "text"))
    if kind not in ("choice", "color", "file", "text"):
        raise BadValue(f'the type of {name} is "{kind}"; it may be choice, color, file or text')
    default = str(value.get("default", choices[0] if choices else ""))
    if choices and default not in choices:
        raise BadValue(f'the default of {name} is "{default}", which is not one of its choices')
    if kind == "color" and default and not are_colors(default):
        raise BadValue(f'the default of {name} is "{default}", which is not a color')
    return Setting(kind, default, choices)


def _listing(name: str, value: Mapping[str, Value], kinds: Sequence[str]) -> ThemeListing:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise BadValue(f'"{name}" cannot be the name of a listing: use small letters, digits and underscores')
    if name in WORDS_OF_TEMPLATES or name in SHARED.union(*(kind.names for kind in PAGE_TYPES.values())):
        what = f'"{name}" cannot be the name of a listing: templates already use that name for something else'
        raise BadValue(what, f"choose another name, for example {name}_listing")
    return _stories(name, value, 5, kinds)


def _stories(name: str, value: Mapping[str, Value], most: int, kinds: Sequence[str]) -> ThemeListing:
    """Return the stories that are asked for under `name`; without a `length`, `most` of them (0 for all)."""
    order = str(value.get("order", "newest"))
    if order not in ORDERS:
        raise BadValue(f'the order of {name} is "{order}"; it may be {" or ".join(ORDERS)}')
    length = _number(f"the length of {name}", value["length"], 100) if "length" in value else most
    if odd := value.keys() - {*HOW, *kinds}:
        raise BadValue(f'{name} has an unknown key "{min(odd)}"; it may have order, length, {", ".join(kinds)}')
    written = {kind: _group(name, kind, value[kind]) for kind in kinds if kind in value}
    groups = tuple((kind, group_slug(text)) for kind, text in written.items())
    return ThemeListing(groups, order, length, tuple(written.values()))


def _group(name: str, kind: str, value: Value) -> str:
    """Return the name of the group that a listing takes its stories from. Raises BadValue."""
    if isinstance(value, list | dict):
        raise BadValue(f"the {kind} of {name} must be one word or name, not several", "make a listing for each of them")
    if is_empty(value):
        raise BadValue(
            f"the {kind} of {name} is empty", f"write which {kind} the stories must have, or delete the word"
        )
    return " ".join(str(value).split())


def _number(what: str, value: Value, most: int) -> int:
    text = str(value)
    if not re.fullmatch(r"[0-9]{1,4}", text) or not 1 <= int(text) <= most:
        raise BadValue(f'{what} is "{text}"; it may be a number from 1 to {most}')
    return int(text)


def _page(name: str, value: Mapping[str, Value], kinds: Sequence[str]) -> ThemePage:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or name in PAGE_TYPES:
        why = (
            "every site already has a page with that name"
            if name in PAGE_TYPES
            else "use small letters, digits and underscores"
        )
        raise BadValue(f'"{name}" cannot be the name of a page: {why}')
    if odd := value.keys() - set(PAGE_KEYS):
        raise BadValue(f'the page {name} has an unknown key "{min(odd)}"; it may have {", ".join(PAGE_KEYS)}')
    template = str(value.get("template", f"{name}.html"))
    if not re.fullmatch(r"[\w-]+(/[\w-]+)*\.[a-z]+", template):
        raise BadValue(f'the template of the page {name} is "{template}"; write the name of a file in templates/')
    if made := next((each.what for each in PAGE_TYPES.values() if each.template == template), ""):
        raise BadValue(f"the template of the page {name} is {template}, which makes {made}; give it one of its own")
    paging = _number(f"the paging of the page {name}", value["paging"], 1000) if "paging" in value else 0
    listed = _mapping(value.get("listing", {}), f"the listing of the page {name}")
    listing = _stories(f"the page {name}", listed, 0, kinds)
    title = str(value.get("title", name.replace("_", " ").capitalize())).strip()
    return ThemePage(_page_url(name, str(value.get("url", f"/{name}/")), paging), template, title, listing, paging)


def _page_url(name: str, text: str, paging: int) -> str:
    url = written_url(text)
    if url is None or re.search(r"[{}]", url):
        raise BadValue(f'the url of the page {name} is "{text}", which cannot be used; write it like /{name}/')
    if paging and not url.endswith("/"):
        raise BadValue(f'the url of the page {name} is "{text}"; one with numbered pages ends with a slash')
    return url


def _card_fields(value: Value) -> tuple[str, ...]:
    names = [str(name) for name in (value if isinstance(value, list) else [value])]
    for name in names:
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
            raise BadValue(f'card_fields has "{name}"; write a key with small letters, digits and underscores')
        key = next((key.name for key in KEYS if name in key.names), name)
        card = {"lang": "language", "permalink": "url"}.get(key, key)
        if card in Card.__struct_fields__:
            raise BadValue(f"card_fields has {name}, and every card already has that: write card.{card}")
        if any(key == each.name for each in KEYS) and key not in CARD_KEYS:
            raise BadValue(f"card_fields has {name}, which no template can show")
        if key != name:
            raise BadValue(f"card_fields has {name}, which is another name for {key}: write {key}")
    return tuple(dict.fromkeys(names))
