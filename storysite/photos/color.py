"""Color profiles (ICC.1): whether one is that of sRGB, which needs no saying, and one without its words.

A profile may name the person whose screen it was made for. Pillow applies profiles, and neither compares nor reduces
them.
"""

from collections.abc import Iterable, Mapping
from itertools import pairwise

LARGEST = 4_000_000
"""Bytes of a profile; those of printing presses have 3 MB."""
_MOST_TAGS = 100
_COLORS = {
    b"rXYZ", b"gXYZ", b"bXYZ", b"wtpt", b"chad", b"rTRC", b"gTRC", b"bTRC", b"kTRC",
    b"A2B0", b"A2B1", b"A2B2", b"B2A0", b"B2A1", b"B2A2", b"cicp",
}  # fmt: skip
"""The tags that decide colors."""
_SRGB = ((0.4361, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7139))
"""Red, green and blue of sRGB, as profiles have them (for a white of D50)."""
_P3 = ((0.51512, 0.2412, -0.00105), (0.29198, 0.69225, 0.04189), (0.1571, 0.06657, 0.78407))
_D50 = (0.9642, 1.0, 0.8249)
_NEAR = 0.004
_SRGB_AT_HALF = 0.214
"""How bright sRGB shows a value of one half."""
_Colors = tuple[tuple[float, ...], ...]


def plain_profile(profile: bytes) -> bytes:
    """Return a profile with nothing in it but colors; "" for that of sRGB, and for what is no profile."""
    tags = _tags(profile)
    if not tags or is_srgb(profile):
        return b""
    kept = {name: tags[name] for name in tags if name in _COLORS}
    return _profile(profile[8:24], profile[64:80], kept)


def is_srgb(profile: bytes) -> bool:
    """Return whether a profile is that of sRGB, by whomever it was made."""
    tags = _tags(profile)
    near = all(
        abs(one - other) < _NEAR
        for color, wanted in zip(_primaries(tags), _SRGB, strict=False)
        for one, other in zip(color, wanted, strict=True)
    )
    return bool(_primaries(tags)) and near and abs(_at_half(tags.get(b"gTRC", b"")) - _SRGB_AT_HALF) < 0.01


def is_wide(profile: bytes) -> bool:
    """Return whether a profile has clearly more colors than sRGB, as those of phones and some cameras have."""
    colors = _primaries(_tags(profile))
    return bool(colors) and _area(colors) > 1.1 * _area(_SRGB)


def display_p3() -> bytes:
    """Return the profile for pictures with more colors than sRGB: Display P3, always the same bytes."""
    numbers = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
    curve = b"para" + bytes(4) + b"\0\3\0\0" + _fixed(numbers)
    named = dict(zip((b"rXYZ", b"gXYZ", b"bXYZ"), _P3, strict=True)) | {b"wtpt": _D50}
    tags = {name: b"XYZ " + bytes(4) + _fixed(color) for name, color in named.items()}
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    return _profile(b"\4\0\0\0mntrRGB XYZ ", bytes(4) + _fixed(_D50), tags)


def _tags(profile: bytes) -> dict[bytes, bytes]:
    """Return the parts of a profile by their names."""
    if profile[36:40] != b"acsp" or len(profile) > LARGEST:
        return {}
    count = min(int.from_bytes(profile[128:132], "big"), _MOST_TAGS)
    found = {}
    for place in range(132, 132 + 12 * count, 12):
        start, size = (int.from_bytes(profile[at : at + 4], "big") for at in (place + 4, place + 8))
        if start + size <= len(profile):
            found[profile[place : place + 4]] = profile[start : start + size]
    return found


def _profile(kind: bytes, light: bytes, colors: Mapping[bytes, bytes]) -> bytes:
    """Return a profile of a kind (version, class, color space), with the words that it must have as short as can be."""
    if kind[0] >= 4:
        words = b"mluc" + bytes(4) + (1).to_bytes(4, "big") + (12).to_bytes(4, "big") + b"enUS"
        words += (2).to_bytes(4, "big") + (28).to_bytes(4, "big") + "c".encode("utf-16-be")
        tags = {b"desc": words, b"cprt": words, **colors}
    else:
        name = b"desc" + bytes(4) + (2).to_bytes(4, "big") + b"c\0" + bytes(78)
        tags = {b"desc": name, b"cprt": b"text" + bytes(4) + b"c\0", **colors}
    place = 132 + 12 * len(tags)
    table, body, places = b"", b"", dict[bytes, int]()
    for tag, value in tags.items():
        if value not in places:
            body += bytes(-len(body) % 4)
            places[value] = place + len(body)
            body += value
        table += tag + places[value].to_bytes(4, "big") + len(value).to_bytes(4, "big")
    body += bytes(-len(body) % 4)
    head = bytes(8) + kind + bytes(12) + b"acsp" + bytes(24) + light
    head = (place + len(body)).to_bytes(4, "big") + head[4:].ljust(124, b"\0")
    return head + len(tags).to_bytes(4, "big") + table + body


def _fixed(numbers: Iterable[float]) -> bytes:
    return b"".join(round(number * 65536).to_bytes(4, "big", signed=True) for number in numbers)


def _numbers(data: bytes) -> tuple[float, ...]:
    places = range(0, len(data) - 3, 4)
    return tuple(int.from_bytes(data[place : place + 4], "big", signed=True) / 65536 for place in places)


def _primaries(tags: Mapping[bytes, bytes]) -> _Colors:
    """Return red, green and blue of a profile, nothing if it does not mix colors of three."""
    found = [_numbers(tags.get(name, b"")[8:20]) for name in (b"rXYZ", b"gXYZ", b"bXYZ")]
    return tuple(found) if all(len(color) == 3 for color in found) and b"A2B0" not in tags else ()


def _at_half(curve: bytes) -> float:
    """Return what a curve of a profile makes of one half."""
    count = int.from_bytes(curve[8:12], "big")
    if curve[:4] == b"curv":
        if count == 0:
            return 0.5
        place = 12 if count == 1 else 12 + (count - 1) // 2 * 2
        value = int.from_bytes(curve[place : place + 2], "big")
        return 0.5 ** (value / 256) if count == 1 else float(value / 65535)
    numbers = _numbers(curve[12:])
    if curve[:4] != b"para" or not numbers:
        return 0.0
    power, scale, shift = (*numbers, 0.0, 0.0)[:3] if len(numbers) >= 3 else (numbers[0], 1.0, 0.0)
    base = scale / 2 + shift
    return float(base**power) if 0 <= base <= 10 and 0 <= power <= 10 else 0.0


def _area(colors: _Colors) -> float:
    """Return how large the triangle of three colors is, as one sees them beside each other (u'v')."""
    points = [(4 * x / whole, 9 * y / whole) if (whole := x + 15 * y + 3 * z) > 0 else (0.0, 0.0) for x, y, z in colors]
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*points, points[0]]))) / 2
