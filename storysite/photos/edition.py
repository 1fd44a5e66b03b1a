"""What the bytes of a picture's copy depend on beside the picture and the recipe: the encoders, and this room."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from PIL import features

from storysite.digest import digest_bytes
from storysite.versions import installed


@cache
def edition() -> bytes:
    """Return the digest of all that makes copies, which is in the key of each."""
    return digest_bytes(*[name.encode() for name in encoders()], code_digest())


@cache
def code_digest() -> bytes:
    """Return the digest of the code of this room."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return digest_bytes(*[part for file in files for part in (file.name.encode(), file.read_bytes())])


def encoders() -> Sequence[str]:
    """Return the libraries that decode and encode, each with its version."""
    parts = ("pil", "jpg", "webp", "avif", "littlecms2", "zlib_ng", "zlib")
    return (*(f"{part} {features.version(part)}" for part in parts), f"heic {installed('pillow-heif')}")
