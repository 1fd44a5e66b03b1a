"""A Page is one output file: where it lies, what it is made of in words, and the source of its bytes."""

from hashlib import blake2b
from typing import TypeAlias

from msgspec import Struct

from storysite.digest import SIZE, digest_bytes
from storysite.model.site import Site
from storysite.photos.card import Drawing
from storysite.photos.recipe import Recipe
from storysite.plan.slices import Slice


class Rendered(Struct, frozen=True, gc=False):
    """Bytes that a template makes of the named Slices it receives."""

    template: str
    names: tuple[str, ...]
    slices: tuple[Slice, ...]
    """What the template receives, under `names`."""
    language: str = ""
    """What the interface of the page is in, "" for the site's language."""

    def parts(self, site: Site) -> dict[str, bytes]:
        """Return the digest of each named Slice; with the template's they make the key."""
        return {name: part.digest(site) for name, part in zip(self.names, self.slices, strict=True)}

    def values(self, site: Site) -> dict[str, object]:
        """Return what the template receives."""
        return {name: part.value(site) for name, part in zip(self.names, self.slices, strict=True)}


class Copied(Struct, frozen=True, gc=False):
    """The bytes of a file, whose own `digest` this is. It is copied as it is, unless it is a picture."""

    file: str
    digest: bytes
    way: str = ""
    """How nothing but the picture is published, as photos.publish has it."""


class Derived(Struct, frozen=True, gc=False):
    """The bytes of a picture's copy: the file it is made of, whose own `digest` this is, and the recipe."""

    file: str
    digest: bytes
    recipe: Recipe


class Drawn(Struct, frozen=True, gc=False):
    """The bytes of a card that is drawn."""

    drawing: Drawing


Source: TypeAlias = Rendered | Copied | Derived | Drawn


class Page(Struct, frozen=True, gc=False):
    """One output file. `subject` is what it is made of, in words: a source file or "the tag robots"."""

    route: str
    url: str
    subject: str
    source: Source
    type: str = ""
    """Which kind of page it is, by its name in page_types, "" for a file."""
    in_sitemap: bool = False
    """Whether search engines are told of it."""

    def key(self, site: Site, prefix: bytes) -> bytes:
        """Return the digest of everything the file's bytes depend on; `prefix` is that of engine and template.

        Of a picture's copy and a card it is that of what makes such.
        """
        source = self.source
        if isinstance(source, Copied):
            return digest_bytes(b"copy", source.digest, *((source.way.encode(), prefix) if source.way else ()))
        if isinstance(source, Derived):
            return digest_bytes(b"picture", source.digest, source.recipe.name.encode(), prefix)
        if isinstance(source, Drawn):
            return digest_bytes(b"drawn", source.drawing.name.encode(), prefix)
        parts = [prefix, *[part.digest(site) for part in source.slices]]
        return blake2b(b"".join([*parts, self.route.encode(), source.language.encode()]), digest_size=SIZE).digest()
