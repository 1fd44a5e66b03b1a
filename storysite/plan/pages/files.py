"""Files that are copied as they are: static/, the theme's own, and the pictures that posts show."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from storysite.model.index import Index
from storysite.model.links import media_url
from storysite.model.theme import Asset
from storysite.plan.page import Copied, Page


def copied_files(index: Index, assets: Mapping[str, Asset], folder: Path) -> Iterator[Page]:
    """Yield a Page for each file that is copied; of what lies under content/ only what a shown post names."""
    static = (path for path in index.files.paths if path.startswith("static/"))
    for path in (*static, *index.media()):
        url = media_url(path)
        yield Page(url, url, path, Copied(f"{folder}/{path}", index.files.paths[path]))
    for name, asset in assets.items():
        yield Page(asset.url, asset.url, f"the theme's {name}", Copied(str(asset.file), asset.digest))
