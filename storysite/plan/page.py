"""A Page is one output file: its route, its template and the named Slices that template receives."""

from hashlib import blake2b

from msgspec import Struct

from storysite.digest import SIZE, digest_bytes
from storysite.errors import Problem
from storysite.model.site import Site
from storysite.plan.slices import Slice


class Template(Struct, frozen=True):
    """A template of the theme: a digest of it and of all it extends or includes, and the names these use."""

    name: str
    digest: bytes
    names: frozenset[str]
    notes: tuple[Problem, ...] = ()
    """What in it will not always work."""


class Page(Struct, frozen=True, gc=False):
    """One output file. `subject` is what it is made of, in words: a source file or "the tag robots"."""

    route: str
    url: str
    subject: str
    template: str = ""
    names: tuple[str, ...] = ()
    slices: tuple[Slice, ...] = ()
    """What the template receives, under `names`."""
    language: str = ""
    """What its interface is in, "" for the site's language."""
    copied: str = ""
    """The file that is copied as it is, where there is no template."""
    seal: bytes = b""
    """The digest of that file."""

    def parts(self, site: Site) -> dict[str, bytes]:
        """Return the digest of each named Slice; with the template's they make the key."""
        return {name: part.digest(site) for name, part in zip(self.names, self.slices, strict=True)}

    def values(self, site: Site) -> dict[str, object]:
        """Return what the template receives."""
        return {name: part.value(site) for name, part in zip(self.names, self.slices, strict=True)}

    def key(self, site: Site, prefix: bytes) -> bytes:
        """Return the digest of everything the file's bytes depend on; `prefix` is that of engine and template."""
        if self.copied:
            return digest_bytes(b"copy", self.seal)
        parts = [prefix, *[part.digest(site) for part in self.slices], self.route.encode(), self.language.encode()]
        return blake2b(b"".join(parts), digest_size=SIZE).digest()
