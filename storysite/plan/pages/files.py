"""Files that are copied as they are: static/, the theme's own, and the pictures that posts show."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

from storysite.model.links import media_url
from storysite.model.site import Site
from storysite.plan.page import Page


class Asset(Protocol):
    """A file of the theme."""

    @property
    def file(self) -> Path: ...
    @property
    def url(self) -> str: ...
    @property
    def digest(self) -> bytes: ...


def copies(site: Site, assets: Mapping[str, Asset], folder: Path) -> Iterator[Page]:
    """Yield a Page for each file that is copied; of what lies under content/ only what a shown post names."""
    for path, digest in site.files.paths.items():
        if path.startswith("static/"):
            url = media_url(path)
            yield Page(url, url, path, copied=f"{folder}/{path}", seal=digest)
    for path in site.media():
        url = media_url(path)
        yield Page(url, url, path, copied=f"{folder}/{path}", seal=site.files.paths[path])
    for name, asset in assets.items():
        yield Page(asset.url, asset.url, f"the theme's {name}", copied=str(asset.file), seal=asset.digest)
