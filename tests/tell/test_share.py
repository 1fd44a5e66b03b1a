"""The texts for networks say what the story says, fit, end with the link, and tell of nobody who did not consent."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from storysite.build.open_site import open_site
from storysite.build.options import BuildOptions
from storysite.model.post import Body, Impact, Person, Photo, Post, Quote, Reference, Text
from storysite.tell.choose import chosen_post, story_to_share
from storysite.tell.networks import NETWORKS
from storysite.tell.share import ShareText, share_texts
from storysite.tell.shorten import ELLIPSIS
from storysite.tell.story import Story, ToldPicture, story_of
from tests.command_line import ROOT
from tests.folder import NOW

GOLDEN = Path(__file__).parent / "forty-families.txt"
LINK = "https://library.example.org/stories/2026/11/robots/"
ROBOT = ToldPicture("content/posts/robot.jpg", "A robot")


def story(title: str = "Robots", summary: str = "Ten of them. They dance.", **others: object) -> Story:
    """Return a story that may be told."""
    values: dict[str, object] = {
        "link": LINK,
        "language": "en",
        "numbers": (),
        "quote": None,
        "thanks_to": (),
        "hashtags": (),
        "written": {},
        "pictures": (ROBOT,),
        "left_out": (),
    }
    return Story(title, summary, **(values | others))  # type: ignore[arg-type]


def texts(told: Story) -> dict[str, str]:
    """Return the text for each network by its key."""
    return {each.network.key: each.text for each in share_texts(told)}


def post(**values: object) -> Post:
    """Return a post with two pictures, the first of which is its card's."""
    given: dict[str, object] = {
        "source": "content/posts/2026-11-20-robots.md",
        "id": "robots",
        "title": "Robots",
        "slug": "robots",
        "url": "2026/11/robots/",
        "text": Text("Ten of them. Ana built one."),
        "references": (Reference("robot.jpg", picture=True), Reference("crane.jpg", picture=True)),
        "image": 0,
        "image_alt": "A robot",
    }
    return Post(**(given | values))  # type: ignore[arg-type]


FILES = ["content/posts/robot.jpg", "content/posts/crane.jpg"]
BODY = Body(
    "", ((0, '<img alt="Robot in the text" src="\x010\x02">'), (1, '<img src="\x011\x02" alt="A &quot;crane&quot;">'))
)


def told(**values: object) -> Story:
    """Return what may be told of a post."""
    return story_of(post(**values), LINK, FILES, BODY)


def test_the_texts_of_a_sample_story_are_these(tmp_path: Path) -> None:
    """Forty families, for every network. STORYSITE_GOLDEN=write writes them anew."""
    with open_site(BuildOptions(ROOT, now=NOW, cache=tmp_path / "cache", jobs=1)) as found:
        chosen, notices = chosen_post(found, "forty families")
        sample = story_to_share(found, chosen)
    assert (chosen.source, notices) == ("content/posts/2026-11-20-forty-families.md", [])
    assert (sample.left_out, [picture.file for picture in sample.pictures]) == ((), ["content/posts/maker-night.jpg"])
    made = "\n".join(f"--- {each.network.name} ({each.told})\n{each.text}\n" for each in share_texts(sample))
    if os.environ.get("STORYSITE_GOLDEN") == "write":
        GOLDEN.write_text(made, "utf-8", newline="\n")
    assert made == GOLDEN.read_text("utf-8")


def test_a_short_text_is_title_and_summary_hashtags_and_link() -> None:
    found = texts(story(hashtags=("#Maker", "#Robots", "#Paper", "#Glue", "#Winch")))
    assert found["x"] == f"Robots\n\nTen of them. They dance.\n\n#Maker #Robots\n{LINK}"
    assert found["threads"].count("#") == 1
    assert found["mastodon"].count("#") == 4


def test_a_long_text_has_the_numbers_the_quote_and_the_thanks() -> None:
    full = story(
        numbers=("84 people, 61 before",),
        quote=Quote("I made it!", "a second grader"),
        thanks_to=("PTA", "Mr. Okafor", "you"),
    )
    assert texts(full)["linkedin"] == (
        "Robots\n\nTen of them. They dance.\n\n84 people, 61 before\n\n“I made it!”\n— a second grader\n\n"
        f"Thank you: PTA, Mr. Okafor and you\n\n{LINK}"
    )


def test_on_instagram_nobody_can_follow_a_link() -> None:
    found = texts(story())
    assert LINK not in found["instagram"]
    assert found["instagram"].endswith("\n\nThe whole story: link in bio")
    assert texts(story(language="es"))["instagram"].endswith("La historia completa: enlace en la biografía")


def test_instagram_needs_a_picture() -> None:
    without = next(each for each in share_texts(story(pictures=())) if each.network.key == "instagram")
    assert (without.text, without.why_not) == (
        "", "Instagram needs a picture, and this story has none that may be shown there.",
    )  # fmt: skip


def test_the_authors_own_words_go_first() -> None:
    own = story(written={"short": "Short.", "facebook": "For Facebook.", "": "For all."}, hashtags=("#Robots",))
    found = texts(own)
    assert found["x"] == found["bluesky"] == f"Short.\n\n#Robots\n{LINK}"
    assert found["facebook"] == f"For Facebook.\n\n#Robots\n{LINK}"
    assert found["linkedin"] == f"For all.\n\n#Robots\n{LINK}"


def test_own_words_with_the_link_or_a_hashtag_get_none_twice() -> None:
    found = texts(story(written={"": f"Look! #ours {LINK}"}, hashtags=("#Robots",)))
    assert found["x"] == f"Look! #ours\n\n{LINK}"
    assert texts(story(written={"": f"Look:\n{LINK}\nThey dance."}))["x"] == f"Look:\nThey dance.\n\n{LINK}"


def test_words_come_before_hashtags_and_the_link_is_whole() -> None:
    long = share_texts(story(summary="We counted them all. " * 40, hashtags=("#Robots", "#Library")))
    on_x = next(each for each in long if each.network.key == "x")
    assert on_x.cut
    assert on_x.text.startswith("Robots\n\nWe counted them all. We counted")
    assert "counted them all.\n\n" in on_x.text
    assert on_x.text.endswith(f"\n{LINK}")
    assert ELLIPSIS not in on_x.text


def test_an_address_that_leaves_no_room_is_said() -> None:
    far = share_texts(story(link=f"https://library.example.org/{'a' * 290}/"))
    assert {each.network.key: each.why_not for each in far if not each.text} == {
        "bluesky": "The address of this story alone is nearly all that Bluesky takes."
    }


def test_pictures_carry_their_descriptions_that_of_the_card_first() -> None:
    assert told().pictures == (
        ToldPicture("content/posts/robot.jpg", "A robot"),
        ToldPicture("content/posts/crane.jpg", 'A "crane"'),
    )
    first = told(image=1, image_alt="")
    assert [picture.alt for picture in first.pictures] == ['A "crane"', "Robot in the text"]


def test_a_number_is_told_as_pages_tell_it() -> None:
    impact = (Impact("books_read", 1240, 12.5), Impact("x", 3, label="robots"))
    assert told(impact=impact).numbers == ("1,240 books read, 12.5 before", "3 robots")
    assert told(impact=impact[:1], language="de").numbers[0].startswith("1.240 books read")


def test_a_picture_without_consent_is_left_out_and_said() -> None:
    photos = (Photo("robot.jpg", shows=("c-1",)), Photo("crane.jpg", shows=("pending",)))
    found = told(photos=photos)
    assert [picture.file for picture in found.pictures] == ["content/posts/robot.jpg"]
    assert found.left_out == ("The picture crane.jpg: not everybody it can show has a consent that covers networks.",)


@pytest.mark.parametrize(
    ("quote", "kept"),
    [
        (Quote("Wow!", "a second grader", "c-1"), True),
        (Quote("Wow!", "a second grader"), False),
        (Quote("Wow!", "a second grader", "website only"), False),
        (Quote("Wow!"), False),
        (Quote("Wow!", "a parent"), True),
        (Quote("Wow!", "Ms. Rivera"), True),
        (Quote("Wow!", "Ms. Rivera", "not for social media"), False),
        (Quote("Wow!", "Beto"), True),
        (Quote("Wow!", "Ana"), False),
    ],
)
def test_a_quote_needs_a_consent_or_a_grown_up(quote: Quote, kept: bool) -> None:
    """Beto is staff, and Ana a student whose family has not answered."""
    people = (Person("Beto", "staff"), Person("Ana", "student", "pending"))
    found = told(quote=quote, people=people, text=Text("Ten."))
    assert (found.quote is not None) == kept
    assert any(said.startswith("The quote") for said in found.left_out) == (not kept)


def test_a_sentence_that_names_somebody_without_consent_is_left_out_and_said() -> None:
    people = (Person("Ana Diaz", "student"), Person("Ms. Rivera", "staff"), Person("Leo", "student", "c-7"))
    found = told(
        people=people,
        photos=(Photo("robot.jpg", shows=("none",)), Photo("crane.jpg", shows=("none",))),
        image_alt="Ana with a robot",
        tags=("robots", "ana"),
        thanks_to=("Ms. Rivera", "Ana Diaz"),
        share={"short": "Leo danced. ANA DIAZ won! Anastasia too."},
        title="Ten robots",
    )
    assert found.summary == "Ten of them."
    assert found.thanks_to == ("Ms. Rivera",)
    assert found.hashtags == ("#Robots",)
    assert found.written == {"short": "Leo danced. Anastasia too."}
    assert found.pictures[0].alt == ""
    assert all("there is no consent that covers networks." in said for said in found.left_out)
    assert "Ana" not in " ".join(texts(found).values()).replace("Anastasia", "")


def test_a_title_that_names_somebody_is_left_out_and_the_card_is_warned_of() -> None:
    found = told(title="Ana won", people=(Person("Ana", "student"),), text=Text("Ana won."))
    assert (found.title, found.summary) == ("", "")
    assert any("networks show the title of a page below its link" in said for said in found.left_out)
    assert all(not each.text and each.why_not for each in share_texts(found))


WORDS = some.text(max_size=700)


@given(
    WORDS, WORDS, some.lists(some.from_regex(r"#\w{1,30}", fullmatch=True), max_size=6), some.sampled_from(["", *"abc"])
)
def test_every_text_fits_and_ends_with_the_whole_link(title: str, summary: str, tags: list[str], end: str) -> None:
    made = share_texts(
        story(title, summary, hashtags=tuple(tags), link=LINK + end, written={"": summary} if end else {})
    )
    assert [each.network for each in made] == list(NETWORKS)
    for each in made:
        assert each.network.fits(each.text)
        assert bool(each.text) != bool(each.why_not)
        assert not each.text or not each.network.link or each.text.endswith(f"\n{LINK + end}")


@given(some.from_regex(r"([a-z]{1,12} ){20,150}[a-z]{1,9}", fullmatch=True), some.sampled_from(NETWORKS[:4]))
def test_no_word_is_cut_where_one_can_be_left_out(words: str, network: object) -> None:
    made = next(each for each in share_texts(story(words, "")) if each.network is network)
    assert isinstance(made, ShareText)
    said = made.text.partition("\n\n")[0]
    assert not made.cut or (said.endswith(ELLIPSIS) and set(said.removesuffix(ELLIPSIS).split()) <= set(words.split()))
