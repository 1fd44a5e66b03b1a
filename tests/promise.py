"""A site of the tests that is open for reading, on the day of the tests or another."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from storysite.build.open_site import OpenSite, open_site
from storysite.build.options import BuildOptions
from tests.folder import NOW, Folder


@contextmanager
def opened(folder: Folder, now: datetime = NOW) -> Iterator[OpenSite]:
    """Open the site in a folder, as `storysite status` does."""
    with open_site(BuildOptions(folder.path, now=now, jobs=1)) as site:
        yield site
