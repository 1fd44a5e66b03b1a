"""Files that are copied: static/, the theme's own, those that posts link to; and the copies of pictures they show."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from storysite.model.index import Index
from storysite.model.links import media_url
from storysite.model.theme import Asset
from storysite.plan.page import Copied, Derived, Page


def copied_files(index: Index, assets: Mapping[str, Asset], folder: Path) -> Iterator[Page]:
    """Yield a Page for each file that is copied; of what lies under content/ only what a shown post names."""
    files = index.files
    left_out = {path for path, why in files.unshown.items() if not why.published}
    static = (path for path in files.paths if path.startswith("static/") and path not in left_out)
    for path in (*static, *index.media()):
        url = media_url(path)
        yield Page(url, url, path, Copied(f"{folder}/{path}", files.paths[path], files.pictures.get(path, "")))
    copies = {url: (path, made) for path, each in index.shown_pictures() for url, made in each.recipes.items()}
    for url, (path, recipe) in copies.items():
        yield Page(url, url, path, Derived(f"{folder}/{path}", files.paths[path], recipe))
    for name, asset in assets.items():
        yield Page(asset.url, asset.url, f"the theme's {name}", Copied(str(asset.file), asset.digest, asset.way))
