"""Asks about a public vote: which they are, and which words take sides. A public school may only inform."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storysite.model.ballot import LAWS, advocacy_in, is_ballot, looks_like_ballot
from storysite.model.post import Post
from storysite.source.states import STATES
from tests.folder import Folder

VOTES = [
    "vote", "the levy", "information about the school levy", "Vote on the school budget", "our budget vote on May 19",
    "the bond", "the $4.2 million bond", "a bond issue on the ballot", "Measure B", "Proposition 14", "the mill levy override",
    "the parcel tax", "a referendum", "school board election", "library bonds", "refer\u00e9ndum", "the tax renewal",
]  # fmt: skip
NONE = [
    "votes for the Bluebonnet award", "help students bond with books", "James Bond readalikes", "savings bonds for winners",
    "vote for your favorite picture book", "a tape measure", "Question of the week", "ballot box for the book award",
    "twelve volunteers", "boxes", "tax forms in the lobby", "measuring cups", "class president speeches",
]  # fmt: skip
SIDES = {
    "Please vote **yes** on May 4.": "vote yes",
    "VOTE NO": "VOTE NO",
    "We need your support": "We need your support",
    "Vote\nfor the bond": "Vote for",
    "support our school levy": "support our school levy",
    "Please support Measure B": "Please support Measure B",
    "your vote matters": "your vote matters",
    "Say yes to books": "Say yes",
    "pass the levy": "pass the levy",
    "voten que s\u00ed": "voten que s\u00ed",
}
FACTS = [
    "Polls are open from 7 to 8 at the gym.", "The levy costs $94 a year for a home worth $100,000.", "Support for readers",
    "The board voted on Tuesday.", "A vote now would be early.", "You may vote by mail.", "It pays for 4,000 books.",
]  # fmt: skip


@pytest.mark.parametrize("what", VOTES)
def test_an_ask_about_a_public_vote_is_known_by_its_words(what: str) -> None:
    """In what it asks for, in its title and in its tags."""
    assert looks_like_ballot(what, "")
    assert what == "vote" or looks_like_ballot("help", what)
    assert what == "vote" or looks_like_ballot("help", "", [what])


@pytest.mark.parametrize("what", NONE)
def test_children_who_vote_and_bond_are_none(what: str) -> None:
    """A library votes for books all year."""
    assert not looks_like_ballot(what, what, [what])


@pytest.mark.parametrize(("text", "phrase"), SIDES.items())
def test_words_that_take_sides_are_found(text: str, phrase: str) -> None:
    """Whatever is between them: stars, a line's end, capitals."""
    assert [found for _, found in advocacy_in(text)] == [phrase]


@pytest.mark.parametrize("text", FACTS)
def test_facts_dates_and_places_take_no_side(text: str) -> None:
    """They are allowed everywhere."""
    assert list(advocacy_in(text)) == []


@given(st.text(), st.sampled_from(sorted(SIDES)), st.text())
def test_each_phrase_is_told_at_its_place(before: str, text: str, after: str) -> None:
    """Wherever it stands."""
    whole = f"{before}\n\n{text}\n\n{after}"
    for place, phrase in advocacy_in(whole):
        assert whole[place:][:1].casefold() == phrase[:1].casefold()
    assert SIDES[text] in [phrase for _, phrase in advocacy_in(whole)]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ({"kind": "ask", "ask": "{what: the levy}"}, True),
        ({"kind": "ask", "ask": "{what: the levy, ballot: false}"}, False),
        ({"kind": "ask", "ask": "{what: boxes, ballot: true}"}, True),
        ({"kind": "ask", "title": "The levy in May"}, True),
        ({"kind": "victory", "title": "The levy passed"}, False),
        ({"kind": "news", "tags": "[levy]", "ask": "help at the polls"}, True),
    ],
)
def test_only_what_asks_is_a_ballot(folder: Folder, header: dict[str, str], expected: bool) -> None:
    """A story that tells of a vote is none; what it says of itself counts first."""
    folder.post("2026-11-02-story", **{"title": "Story", **header})
    post = folder.build().site.by_source["content/posts/2026-11-02-story.md"]
    assert isinstance(post, Post)
    assert is_ballot(post) is expected


def warnings(folder: Folder) -> list[tuple[str, int, str]]:
    return [
        (problem.code, problem.line, problem.what)
        for problem in folder.build().problems
        if problem.code.startswith("ballot-")
    ]


def test_what_is_missing_is_told_until_it_is_there(folder: Folder) -> None:
    """The day, the facts and who read it; an event has its own day."""
    folder.post("2026-11-02-levy", title="The levy", kind="ask", ask="{what: the levy}")
    assert warnings(folder) == [
        (
            "ballot-facts",
            0,
            "this is about a public vote and does not say when it is (by:), where the facts are (url:) or "
            "who at the district office read it (reviewed_by:)",
        )
    ]
    whole = '{what: the levy, by: 2027-05-04, url: "https://example.gov/levy", reviewed_by: Dr. Lee}'
    folder.post("2026-11-02-levy", title="The levy", kind="ask", ask=whole)
    assert warnings(folder) == []


def test_words_that_take_sides_are_told_at_their_line(folder: Folder) -> None:
    """In the text and in the front matter, each once."""
    whole = '{what: the levy, by: 2027-05-04, url: "https://example.gov/levy", reviewed_by: Dr. Lee}'
    folder.post(
        "2026-11-02-levy", "It is in May.\n\nVote yes! Vote yes!", title="Support the levy", kind="ask", ask=whole
    )
    assert [(code, line) for code, line, _ in warnings(folder)] == [("ballot-words", 2), ("ballot-words", 9)]


@pytest.mark.parametrize(("written", "short"), [("OH", "OH"), ("tx", "TX"), ("Washington", "WA"), ("california", "CA")])
def test_the_rule_of_the_state_is_told(folder: Folder, written: str, short: str) -> None:
    """As far as it is known."""
    folder.write("storysite.yml", f"title: Ours\nstate: {written}\n")
    folder.post("2026-11-02-levy", title="The levy", kind="ask", ask="{what: the levy}")
    hints = [problem.hint for problem in folder.build().problems if problem.code == "ballot-facts"]
    assert [f"in {STATES[short]}, {LAWS[short][1]}" in hint for hint in hints] == [True]


def test_the_page_says_read_the_facts(folder: Folder) -> None:
    """Nobody is asked to lend a hand."""
    folder.post("2026-11-02-levy", title="The levy", kind="ask", ask='{what: the levy, url: "https://example.gov/"}')
    folder.post("2026-11-01-hands", title="Hands", kind="ask", ask='{what: hands, url: "https://example.org/"}')
    folder.build()
    assert "Read the facts" in folder.page("2026/11/levy/index.html")
    assert "Lend a hand" not in folder.page("2026/11/levy/index.html")
    assert "Lend a hand" in folder.page("2026/11/hands/index.html")
