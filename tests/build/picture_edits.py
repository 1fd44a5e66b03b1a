"""Edits of pictures: other pixels, other things that they tell, drawings with scripts, and what is no picture."""

import os
import random
from functools import cache
from io import BytesIO

from tests.folder import ICON, Folder
from tests.photos.pictures import base, lying, phone_photo

DRAWINGS = [
    b'<svg xmlns="http://www.w3.org/2000/svg"><script>count()</script><circle r="4"/></svg>',
    b'<svg xmlns="http://www.w3.org/2000/svg"><circle r="5"/></svg>',
    b"<svg><g></svg>",
    b"",
]
_photo = cache(phone_photo)


@cache
def _large(turned: int) -> bytes:
    """Return a picture that is large enough for networks to show."""
    written = BytesIO()
    lying(turned, base().resize((640, 420))).save(written, "JPEG")
    return written.getvalue()


def change_picture(folder: Folder, chance: random.Random) -> None:
    """Put another picture, or what is none, beside a post or in static/, or take it away.

    Some keep the size and the time of what was there.
    """
    kind = chance.choice(["jpeg", "png", "webp", "tiff"])
    photo = _photo(kind, degrees=0, turned=chance.choice([1, 6]), owner=chance.choice(["Ana Rivera", "Eva Rivera", ""]))
    photo = _large(chance.choice([1, 6])) if chance.random() < 0.2 else photo
    place = chance.choice(["content/posts/photo-1", "content/posts/photo-2", "content/posts/photo-3", "static/photo-1"])
    file = folder.path / f"{place}.png"
    if chance.random() < 0.2:
        folder.write("static/favicon.svg", chance.choice(DRAWINGS))
    elif file.exists() and chance.random() < 0.3:
        file.unlink()
    else:
        before = file.stat() if file.exists() else None
        none = [chance.randbytes(40), b"version https://git-lfs 1", b"", photo[:200], ICON.encode()]
        folder.write(f"{place}.png", chance.choice([photo, photo, photo, *none]))
        if before and chance.random() < 0.5:
            os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
