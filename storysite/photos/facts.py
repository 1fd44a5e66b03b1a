"""What a picture is, without decoding it: its kind, how large it is as people see it, and what it needs."""

from msgspec import Struct

from storysite.photos.kinds import KINDS, Kind

MOST_PIXELS = 51_000_000
"""Of a picture that must be decoded whole, at 16 bytes a pixel: as large as phones make them."""
MOST_PIXELS_OF_WEBP = 40_000_000
"""Its reader holds each frame three times."""
MOST_PIXELS_OF_JPEG = 250_000_000
"""A JPEG is decoded at the size that is wanted: phones make some of 200 million."""
MOST_BYTES_IN_STEPS = 660_000_000
"""Of a progressive JPEG, which a reader must hold whole, at two bytes of each color: 110 million pixels."""
LARGEST_FILE = 200_000_000
CENTER = (50, 50)
"""The middle of a picture, in percent."""
MOST_FRAMES = 1_000
"""Frames that are counted."""


class Facts(Struct, frozen=True):
    """What a picture is. `width` and `height` are as it is shown: a phone's picture may be turned for that."""

    kind: str
    """A key of KINDS."""
    width: int
    height: int
    turned: int = 1
    """How it must be turned to be upright, as EXIF numbers it, from 1 to 8."""
    frames: int = 1
    """MOST_FRAMES stands for that and all above."""
    color: str = "rgb"
    """`rgb`, `gray` or `cmyk`, the colors of a printing press."""
    transparent: bool = False
    deep: bool = False
    """Whether it has more than 256 steps from dark to light."""
    wide: bool = False
    """Whether it has clearly more colors than sRGB."""
    progressive: bool = False

    @property
    def about_kind(self) -> Kind:
        """What is known of its kind."""
        return KINDS[self.kind]

    @property
    def pixels(self) -> int:
        """How many pixels one frame has."""
        return self.width * self.height

    @property
    def memory(self) -> int:
        """Bytes that making copies of it needs, at most: whoever has several at work adds them up."""
        each = {"jpeg": self.held if self.progressive else 1, "webp": 21}.get(self.kind, 16)
        return 60_000_000 + self.pixels * each

    @property
    def held(self) -> int:
        """Bytes of each pixel that the reader of a progressive JPEG holds."""
        return 2 * {"gray": 1, "cmyk": 4}.get(self.color, 3)


def too_large(facts: Facts) -> str:
    """Return why a picture is too large to be decoded, "" if it is not."""
    bound = {"jpeg": MOST_PIXELS_OF_JPEG, "webp": MOST_PIXELS_OF_WEBP}.get(facts.kind, MOST_PIXELS)
    if facts.progressive:
        bound = MOST_BYTES_IN_STEPS // facts.held
    if facts.kind == "svg" or facts.pixels <= bound:
        return ""
    millions = facts.pixels / 1e6
    return f"this picture has {millions:,.0f} million pixels, more than the {bound / 1e6:.0f} million that can be read"
