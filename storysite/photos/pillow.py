"""The one place where Pillow opens files: only of known kinds, without what they carry, and never with a traceback.

Pillow is handed the picture alone, so that no metadata, however odd, is read by it: a small block of EXIF or a packed
comment can make it fill the memory.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from io import BytesIO

from PIL import Image, ImageFile, features

from storysite.errors import BadValue
from storysite.photos.kinds import AGAIN, KINDS

DAMAGED = "this picture is damaged or was not copied to its end"
NO_HEIC = "this is a picture of an iPhone (HEIC), which cannot be read here"
INSTALL_HEIC = "to read these, run: pipx inject storysite pillow-heif"
_FORMATS = {
    "jpeg": "JPEG", "png": "PNG", "gif": "GIF", "webp": "WEBP",
    "avif": "AVIF", "heic": "HEIF", "tiff": "TIFF", "bmp": "BMP",
}  # fmt: skip

Image.MAX_IMAGE_PIXELS = None  # sizes are looked at in `facts`, by what each kind needs
ImageFile.LOAD_TRUNCATED_IMAGES = False


@contextmanager
def guarded() -> Iterator[None]:
    """Let whatever Pillow makes of odd bytes end in a BadValue, and what it warns of in nothing."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except BadValue:
        raise
    except MemoryError:
        raise BadValue("this picture needs more memory than there is", "make it smaller and try again") from None
    except Exception:  # Pillow's readers let nearly every kind escape
        raise BadValue(DAMAGED, AGAIN) from None


def open_picture(data: bytes, kind: str) -> Image.Image:
    """Return a picture that is not decoded yet. `data` is scrubbed. Raises whatever Pillow does: see guarded()."""
    if kind == "heic" and not _heic():
        raise BadValue(NO_HEIC, INSTALL_HEIC)
    if kind not in _FORMATS:
        raise BadValue(f"{KINDS[kind].title if kind in KINDS else 'this'} is not made of pixels")
    return Image.open(BytesIO(data), formats=[_FORMATS[kind]])


@cache
def writes_avif() -> bool:
    """Return whether copies can be made as AVIF here: Pillow may be built without."""
    return features.check("avif") is True


@cache
def _heic() -> bool:
    if find_spec("pillow_heif") is None:
        return False
    import pillow_heif

    pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
    return True
