"""How long a text is, as each network counts it: by weight, by what people see as one letter, or by how it is stored.

Each count is that of the network's own rules, or is more where those need a list that changes every month (the endings
of all addresses, the emoji of a year): a text that fits here fits there.
"""

from collections.abc import Iterator
from unicodedata import normalize

import regex

LINK = 23
"""What X and Mastodon count for an address, however long it is."""
_LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
"""The signs that weigh 1 on X; all others weigh 2 (twitter-text, config/v3.json)."""
_PATH = r"[!#-;=?-~\u00c0-\u024f\u0400-\u04ff]"
_LABEL = r"[^\W_](?:[\w-]*[^\W_])?"
_ENDINGS = (
    "com|org|net|edu|gov|mil|int|info|biz|name|pro|aero|app|dev|page|blog|site|online|website|web|club|school|schule|"
    "academy|education|university|college|museum|travel|jobs|mobi|asia|cat|coop|xyz|tech|store|shop|live|news|world|"
    "today|space|link|fun|city|center|community|foundation|events|family|kids|love|life|media|digital|email|group|"
    "guide|help|house|international|network|one|org|photo|photos|pub|run|social|studio|support|team|tips|top|video|"
    "watch|works|wiki|zone|art|design|games|garden|global|land|party|press|review|reviews|rocks|services|solutions|"
    "systems|click|cloud|cool|earth|eco|farm|fyi|green|nyc|london|berlin|wien|paris|ngo|ong|tel|post"
)
_ADDRESS = regex.compile(
    rf"(?P<whole>https?://(?:[\w.~%+-]+(?::[^\s@/]*)?@)?{_LABEL}(?:\.{_LABEL})+(?::\d+)?(?:[/?#]{_PATH}*)?)"
    rf"|(?<![\w@#$.＠＃/-])(?P<bare>(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+"
    rf"(?:(?:{_ENDINGS}|co|tv)(?![\w-])(?:/{_PATH}*)?|(?<=\.[a-z0-9-]+\.)[a-z]{{2}}(?![\w-])(?:/{_PATH}*)?"
    rf"|[a-z]{{2}}/{_PATH}*))",
    regex.IGNORECASE,
)
"""Addresses as X finds them: in full, or without `https://`, where a country's ending alone (`it.is`) is none."""
_TRAILING = ".,:;!?'\"”’»…"
"""What closes the sentence that an address ends."""
_EMOJI = regex.compile(
    r"""(?: \p{Regional_Indicator}{2}
        | [0-9\#*] \uFE0F? \u20E3
        | (?: [©®] \uFE0F | (?![©®0-9\#*\p{Regional_Indicator}]) \p{Emoji} (?: \uFE0F | \p{Emoji_Modifier} )? )
          (?: [\U000E0020-\U000E007E]+ \U000E007F )?
          (?: \u200D \p{Emoji} (?: \uFE0F | \p{Emoji_Modifier} )? )*
        ) (?! \uFE0E )""",
    regex.VERBOSE,
)
_MENTION = regex.compile(r"(?<![\w/=])@([\w](?:[\w.-]*\w)?)@[\w-]+(?:\.[\w-]+)*\w", regex.IGNORECASE)
"""Somebody on another server of Mastodon, of whom only the name counts."""


def graphemes(text: str) -> list[str]:
    """Return a text cut into what people see as one letter or sign (Unicode UAX #29, extended grapheme clusters)."""
    return list(regex.findall(r"\X", text))


def seen(text: str) -> int:
    """Return how many letters and signs people see: the count of Bluesky."""
    return len(graphemes(text))


def stored(text: str) -> int:
    """Return how many bytes a text has in UTF-8: the other count of Bluesky."""
    return len(text.encode("utf-8", "replace"))


def units(text: str) -> int:
    """Return how many units a text has in UTF-16, as Facebook, Instagram and LinkedIn count: an emoji has 2 or more."""
    return len(text.encode("utf-16-le", "replace")) // 2


def weight(text: str) -> int:
    """Return how long X says a text is: an address is 23, an emoji 2, a Latin letter 1 and a Chinese one 2.

    Source: twitter-text, config/v3.json and its rules for addresses without `https://`.
    """
    text = normalize("NFC", text)
    found = place = 0
    for start, end in addresses(text):
        found += _weight(text[place:start]) + LINK
        place = end
    return found + _weight(text[place:])


def characters(text: str) -> int:
    """Return how long Mastodon says a text is: letters as people see them, an address 23, of `@ana@school.org` `@ana`.

    Source: https://docs.joinmastodon.org/user/posting/ and the tests of its StatusLengthValidator.
    """
    found = place = 0
    for start, end in addresses(text, bare=False):
        found += _without_servers(text[place:start]) + LINK
        place = end
    return found + _without_servers(text[place:])


def thread_length(text: str) -> int:
    """Return how long Threads says a text is: an emoji is as many as its bytes in UTF-8.

    Source: https://developers.facebook.com/documentation/threads/posts.
    """
    emoji = _EMOJI.findall(text)
    return units(text) + sum(stored(each) - units(each) for each in emoji)


def addresses(text: str, *, bare: bool = True) -> Iterator[tuple[int, int]]:
    """Yield where each address of a text begins and ends; those without `https://` only if `bare`."""
    for match in _ADDRESS.finditer(text):
        if match["whole"] or bare:
            whole = match[0].rstrip(_TRAILING)
            closing = len(whole) - len(whole.rstrip(")"))
            surplus = min(closing, max(0, whole.count(")") - whole.count("(")))  # of brackets around the address
            yield match.start(), match.start() + len(whole[: len(whole) - surplus].rstrip(_TRAILING))


def _weight(text: str) -> int:
    found = place = 0
    for match in _EMOJI.finditer(text):
        found += sum(map(_weight_of, text[place : match.start()])) + 2
        place = match.end()
    return found + sum(map(_weight_of, text[place:]))


def _weight_of(sign: str) -> int:
    return 1 if any(first <= ord(sign) <= last for first, last in _LIGHT) else 2


def _without_servers(text: str) -> int:
    return seen(_MENTION.sub(r"@\1", text))
