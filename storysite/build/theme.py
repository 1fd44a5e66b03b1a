"""The theme of a site, in full; of its templates, only those that changed are parsed."""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec.json import Decoder, encode
from msgspec.structs import replace

from storysite.cache.database import Cache
from storysite.cache.engine_digest import engine_digest
from storysite.cache.table import Value, unpacked
from storysite.errors import ProblemsFound, did_you_mean
from storysite.model.config import Config
from storysite.model.links import Files
from storysite.model.theme import AddedPages, Design, Template, Theme
from storysite.plugins.load import load_plugins
from storysite.problems import Problem, Severity
from storysite.theme.assets import read_assets
from storysite.theme.dependencies import read_templates
from storysite.theme.faults import asks_others, shown_path
from storysite.theme.find import ThemeFolders, find_theme
from storysite.theme.manifest import read_design
from storysite.theme.syntax import Wants

_wants = Decoder(Wants)


def load_theme(folder: Path, config: Config, files: Files, cache: Cache) -> tuple[Theme, list[Problem]]:
    """Return the theme of the site in `folder`, and what is wrong with it and does not stop a build by itself.

    `files` are those that settings of the theme may name. Raises UsageError if there is no such theme, ProblemsFound if
    a template cannot be read.
    """
    plugins = load_plugins(config.plugins).values()
    found = find_theme(folder, config.theme)
    own_templates = [str(plugin.templates) for plugin in plugins if plugin.templates]
    places = (*found.places, *map(os.path.realpath, own_templates))
    found = replace(found, folders=(*found.folders, *own_templates), places=places)
    design, problems = read_design(found.manifests, folder, config.theme_settings, files.paths, config.taxonomies)
    added = tuple(kind for plugin in plugins for kind in plugin.pages)
    try:
        templates = _load_templates(found, folder, cache)
    except ProblemsFound as error:
        raise ProblemsFound([*problems, *error.problems]) from None
    if twice := sorted({kind.name for kind in added} & design.pages.keys()):
        what = f"the theme and a plugin both have a page kind {twice[0]}"
        hint = "use another name in theme.yaml, or take the plugin out of plugins: in storysite.yml"
        raise ProblemsFound([*problems, Problem.of("plugin-failed", what, hint, severity=Severity.ERROR)])
    if taken := sorted({name for kind in added for name in kind.names} & design.listings.keys()):
        what = f"the theme has a listing {taken[0]}, and a plugin gives its pages something else under that name"
        hint = "use another name for the listing in theme.yaml, or take the plugin out of plugins: in storysite.yml"
        raise ProblemsFound([*problems, Problem.of("plugin-failed", what, hint, severity=Severity.ERROR)])
    if missing := list(_without_template(design, added, templates, shown_path(Path(found.manifests[0]), folder))):
        raise ProblemsFound([*problems, *missing])
    problems += [note for template in templates.values() for note in template.notes]
    assets = read_assets(found.assets, found.places)
    problems += [asks_others(each.file, folder, each.other_hosts) for each in assets.values() if each.other_hosts]
    return Theme(found.folders, design, templates, assets, added), problems


def _without_template(
    design: Design, added: Sequence[AddedPages], templates: Mapping[str, Template], manifest: str
) -> Iterator[Problem]:
    """Yield an error for each page of the theme's, and each kind of a plugin's, that has no template."""
    for name, page in design.pages.items():
        if page.template not in templates:
            near = did_you_mean(page.template, templates)
            hint = f"did you mean {near}?" if near else f"add the file templates/{page.template} to the theme"
            what = f"the page {name} uses the template {page.template}, but there is no such file"
            yield Problem.of("theme-manifest", what, hint, path=manifest)
    for kind in added:
        if kind.template not in templates:
            what = f"a plugin makes pages ({kind.what}) with the template {kind.template}, but there is no such file"
            yield Problem.of("template", what, f"add the file templates/{kind.template}, or take the plugin out")


def _load_templates(found: ThemeFolders, folder: Path, cache: Cache) -> Mapping[str, Template]:
    rows = cache.templates.all().values()
    known = {row.key: each for row in rows if (each := unpacked(row, _wants.decode)) is not None}
    templates, wants = read_templates(found, folder, engine_digest(), known)
    cache.templates.put(Value(key.hex(), key, encode(each)) for key, each in wants.items() if key not in known)
    cache.templates.forget(key.hex() for key in known.keys() - wants.keys())
    return templates
