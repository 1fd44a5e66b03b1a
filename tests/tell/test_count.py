"""Each network counts in its own way: the figures here are published ones, or follow from them letter by letter."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pymdownx import twemoji_db

from storysite.tell.count import LINK, characters, graphemes, seen, stored, thread_length, units, weight

FAMILY, SINGER, ENGLAND = "👨‍👩‍👧‍👦", "👨‍🎤", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"
PUNCTUATION = "‐ ‑ ‒ – — ― ‖  ‗ ‘ ’ ‚ ‛ “ ” „ ‟ ′ ″ ‴ ‵ ‶ ‷"
EMOJI = ["".join(chr(int(part, 16)) for part in each["unicode"].split("-")) for each in twemoji_db.emoji.values()]
"""Every emoji of Twemoji, by whose list X finds them, with all their sequences."""
LETTERS = {"©": 1, "®": 1}
"""Two that are emoji only with a sign behind them that says so."""


@pytest.mark.parametrize(
    ("text", "length"),
    [
        # twitter-text, conformance/validate.yml: lengths and WeightedTweetsCounterTest
        ("This is a test.", 15),
        ("http://test.com", 23),
        ("https://test.com", 23),
        ("test.com", 23),
        ("Test https://test.com test https://test.com test.com test", 86),
        ("Hi http://test.co", 26),
        ("x" * 285, 285),
        ("https://www.twitter.com/aloha " * 10, 240),
        ("故" * 160, 320),
        ("the" + "故" * 160, 323),
        ("😷" * 160, 320),
        ("A\u0301B", 2),
        ("A\ufb2c", 4),
        ("x" * 279 + "A\u0301" + "x", 281),
        ("😷👾😡🔥💩", 10),
        (f"General punctuation: {''.join(map(chr, range(0x2000, 0x200E)))} {PUNCTUATION}", 80),
        # the same file of version 3, by which sequences of emoji are one
        (f"H🐱☺{FAMILY}", 7),
        (f"🙋🏽{SINGER}", 4),
        # its urls_without_protocol, each an address
        ("example.com", 23),
        ("t.co", 23),
        ("foo.co.jp", 23),
        ("example.com/path/to/resource?search=foo&lang=en", 23),
        # config/v3.json: the ranges that weigh 1, at their ends
        ("\u10ff\u2000\u200d\u2010\u201f\u2032\u2037", 7),
        ("\u1100\u200e\u2020\u2031\u2038…€™", 16),
        # the rule of the library that a country's ending alone is no address, and no e-mail address is
        ("So it.is and that's that.", 25),
        ("library@school.org", 18),
        ("©", 1),
        ("©️", 2),
        ("1️⃣ of 2", 7),
        (f"{ENGLAND}🇫🇷", 4),
        ("❤\ufe0e", 4),
        ("(see https://example.org/a_(b)).", 30),
        ("https://example.org/a。然后", 29),
    ],
)
def test_x_weighs_a_text_as_its_own_library_does(text: str, length: int) -> None:
    assert weight(text) == length


def test_every_emoji_weighs_two_on_x() -> None:
    assert len(EMOJI) > 3500
    assert {emoji: weight(emoji) for emoji in EMOJI if weight(emoji) != 2} == LETTERS


@pytest.mark.parametrize(
    ("text", "length"),
    [
        # mastodon, spec/validators/status_length_validator_spec.rb: at most 500 in both cases
        ("a" * 476 + f" http://{'b' * 30}.com/example", 500),
        ("a" * 475 + f" @alice@{'b' * 30}.com", 482),
        # https://docs.joinmastodon.org/user/posting: of a name on another server only the name counts
        ("Thanks, @library@school.example.org!", 17),
        ("library@school.org", 18),
        ("example.org", 11),
        (FAMILY, 1),
        ("é", 1),
    ],
)
def test_mastodon_counts_links_as_23_and_names_by_their_first_part(text: str, length: int) -> None:
    assert characters(text) == length


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        # Unicode, UAX #29 and its GraphemeBreakTest.txt, by the number of the rule
        ("", 0),
        ("\r\n", 1),  # GB3
        ("\n\r", 2),  # GB4
        ("a\u0308b", 2),  # GB9
        ("\u1100\u1161\u11a8", 1),  # GB6, GB7: one syllable of Hangul
        ("\u0915\u094d\u0937", 1),  # GB9c: one conjunct of Devanagari
        ("\u0600\u0661", 1),  # GB9b
        ("👶🏿👶", 2),  # GB9
        ("🛑\u200d🛑", 1),  # GB11
        ("a\u200d🛑", 2),  # GB11
        ("🇦🇧🇨", 2),  # GB12, GB13
        (f"{FAMILY}{ENGLAND}", 2),
    ],
)
def test_bluesky_counts_what_people_see_as_one_letter(text: str, letters: int) -> None:
    assert seen(text) == letters


@pytest.mark.parametrize(
    ("text", "length"),
    [("Ana", 3), ("é", 1), ("😀", 4), ("😀!", 5), (FAMILY, 25), ("❤️", 6), ("故事", 2)],
)
def test_threads_counts_the_bytes_of_an_emoji(text: str, length: int) -> None:
    """As https://developers.facebook.com/documentation/threads/posts says."""
    assert thread_length(text) == length


@pytest.mark.parametrize(("text", "length"), [("Ana", 3), ("é", 1), ("😀", 2), ("𝗼", 2), (FAMILY, 11)])
def test_facebook_instagram_and_linkedin_count_units_of_utf_16(text: str, length: int) -> None:
    assert units(text) == length


PARTS = some.one_of(
    some.from_regex(r"[a-zé]{1,12}", fullmatch=True).map(lambda word: (word, len(word))),
    some.from_regex(r"[一-龥]{1,6}", fullmatch=True).map(lambda word: (word, 2 * len(word))),
    some.sampled_from([emoji for emoji in EMOJI if emoji not in LETTERS]).map(lambda emoji: (emoji, 2)),
    some.from_regex(r"https://[a-z]{3,20}\.org/[a-z0-9/-]{0,40}[a-z]", fullmatch=True).map(lambda link: (link, LINK)),
)


@given(some.lists(PARTS))
def test_the_weight_of_a_text_is_that_of_its_parts(parts: list[tuple[str, int]]) -> None:
    """Counted here by what each part was made of."""
    assert weight(" ".join(part for part, _ in parts)) == sum(known for _, known in parts) + max(0, len(parts) - 1)


@given(some.text())
def test_any_text_is_counted_and_no_count_is_beyond_what_it_is_made_of(text: str) -> None:
    letters = graphemes(text)
    assert "".join(letters) == text
    assert seen(text) == len(letters) <= len(text) <= units(text) <= stored(text)
    assert weight(text) <= 2 * len(normalize("NFC", text)) + LINK * text.count(".")
    assert characters(text) <= seen(text) + LINK * text.count("://")
    assert units(text) <= thread_length(text) <= stored(text)
