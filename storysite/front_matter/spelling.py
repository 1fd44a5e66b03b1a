"""How near a word is to another: slips of the pen, and real words that only look like one."""

from collections.abc import Iterable
from functools import lru_cache
from unicodedata import normalize

ORDINARY = frozenset(
    (
        "craft crafts daft drafty draught drift graft kraft raft built builder guild guilds "
        "bender fender gender genders lender mender reader readers redder renter sender senders tender vender "
        "bidden midden ridden primate primates pirate primacy "
        "enlisted lifted linked listen listener lister misted united uncited unlimited unlinked unlisten untested "
        "unvisited unlined polished publisher publishers publishedat publishedby publishedin publishedon "
        "publishedto unpolished unpunished disability divisibility invisibility "
        "viability visibly passport passports paraphrase protect protector protester pretested "
        "endless fearless hapless headrest heartless heedless helpless needless seamless seatless seedless "
        "stats statue statues stratus depleted encrusted ever fever lever sever "
        "bending ending lending mending penning sending spending tending vending "
        "external eternal infernal integral intern interns internet interval paternal maternal remover thrash crash "
        "member embers publicity headline headlines access accessed assess state states estate statement "
        "accessory security secrets secretary secrete"
    ).split()
)
"""Words that mean something else than the word of ours from which they differ by a letter or two."""


@lru_cache(10_000)
def squashed(name: str) -> str:
    """Return a name by its letters and digits alone, in small letters: `Is-Private` and `isPrivate` are one."""
    return "".join(letter for letter in normalize("NFKC", name).casefold() if letter.isalnum())


def nearest(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return those of `known` that `word`, which is none of them, may be a slip of the pen for; none, if for none.

    One letter is wrong, missing, added or swapped with the next; of a word of eight letters or more, two. Words of up
    to four letters are too near to too many others. Those that are as near as any are all returned.
    """
    if word in ORDINARY:
        return ()
    apart = {each: letters_between(word, each) for each in known if len(each) > 4}
    least = min(apart.values(), default=9)
    found = tuple(each for each, letters in apart.items() if letters == least <= _most(each))
    return () if found and any(letters_between(word, each) < least for each in ORDINARY) else found


def letters_between(one: str, other: str) -> int:
    """Return how many letters differ, a swap of two neighbors counted as one; 3 stands for three or more."""
    if abs(len(one) - len(other)) > 2 or len({*one}.symmetric_difference(other)) > 4:
        return 3
    above, row = list[int](), list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        line = [place]
        for column, here in enumerate(other, 1):
            cost = min(row[column] + 1, line[-1] + 1, row[column - 1] + (letter != here))
            if place > 1 < column and letter == other[column - 2] and here == one[place - 2]:
                cost = min(cost, above[column - 2] + 1)
            line.append(cost)
        above, row = row, line
    return min(row[-1], 3)


def _most(word: str) -> int:
    return 2 if len(word) > 7 else 1
