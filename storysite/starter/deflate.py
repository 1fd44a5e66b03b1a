"""Packs bytes as RFC 1951 (deflate) has it, in the same way on every computer: each byte in as few bits as it deserves.

What zlib makes of a text is read everywhere, but its bytes differ between zlib, zlib-ng and Apple's. Here nothing is
looked for that repeats, so a text keeps three fifths of its size.
"""

from collections import Counter
from collections.abc import Mapping
from heapq import heapify, heappop, heappush

_END = 256
"""The sign after the last byte."""
_LONGEST = 15
"""The bits that a code may have."""
_LENGTHS_OF_LENGTHS = [0, 0, 0] + [4] * 16
"""How many bits tell the length of a code: four for each, from none to fifteen, and no shorthand for repeats."""


def deflated(data: bytes) -> bytes:
    """Return data as one block of deflate. Equal data gives equal bytes, in every version of everything."""
    lengths = _lengths({**Counter(data), _END: 1})
    codes = _codes(lengths)
    signs = [codes.get(byte, "") for byte in range(256)]
    head = ["1", _number(2, 2), _number(0, 5), _number(0, 5), _number(15, 4)]  # the last block, with codes of its own
    head += [_number(length, 3) for length in _LENGTHS_OF_LENGTHS]
    head += [f"{lengths.get(sign, 0):04b}" for sign in range(_END + 1)]
    head.append(f"{0:04b}")  # nothing repeats, so there are no distances
    return _bytes("".join([*head, *map(signs.__getitem__, data), codes[_END]]))


def _lengths(counts: Mapping[int, int]) -> dict[int, int]:
    """Return how many bits each sign gets, by Huffman's way: the rarer, the more; none gets more than it may."""
    while True:
        heap: list[tuple[int, int, tuple[int, ...]]] = [(count, sign, (sign,)) for sign, count in counts.items()]
        heapify(heap)
        lengths = dict.fromkeys(counts, 0 if len(counts) > 1 else 1)
        while len(heap) > 1:
            (rare, first, some), (other, second, more) = heappop(heap), heappop(heap)
            for sign in (*some, *more):
                lengths[sign] += 1
            heappush(heap, (rare + other, min(first, second), (*some, *more)))
        if max(lengths.values()) <= _LONGEST:
            return lengths
        counts = {sign: count // 2 + 1 for sign, count in counts.items()}


def _codes(lengths: Mapping[int, int]) -> dict[int, str]:
    """Return the code of each sign, as everybody derives it from the lengths alone."""
    codes, code, before = {}, 0, 0
    for length, sign in sorted((length, sign) for sign, length in lengths.items()):
        code <<= length - before
        codes[sign], before = f"{code:0{length}b}", length
        code += 1
    return codes


def _number(value: int, bits: int) -> str:
    """Return a number as deflate has numbers: its smallest bit comes first."""
    return f"{value:0{bits}b}"[::-1]


def _bytes(bits: str) -> bytes:
    """Return a line of bits as bytes, the first bit being the smallest of the first byte."""
    return int(bits[::-1], 2).to_bytes((len(bits) + 7) // 8, "little")
