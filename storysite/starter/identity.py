"""The ids of new posts."""

import secrets
from datetime import datetime

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def mint(now: datetime) -> str:
    """Return a new id: a ULID: 48 bits of milliseconds, 80 random ones, in base 32 (github.com/ulid/spec)."""
    number = (int(now.timestamp() * 1000) << 80) | secrets.randbits(80)
    return "".join(_CROCKFORD[(number >> shift) & 31] for shift in range(125, -1, -5))
