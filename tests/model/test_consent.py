"""A photo goes out into networks only if nobody can be on it whose family has not agreed."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from storysite.model.consent import may_be_named, may_be_quoted, may_be_shared, may_be_shown
from storysite.model.post import Person, Photo, PostHeader, Quote, Reference
from tests.folder import Folder

GROWN_UPS = ["teacher", "Librarian", "visiting author", "parent volunteer", "principal", "PTA board member", "maestra"]
CHILDREN = ["student", "Student librarian", "student teacher", "4th grader", "pupil", "reader", "", "kid", "schülerin"]
CONSENTS = ["2026-114", "C-7 (2026)", "on file, 14", "yes", "signed 3 September", "social: yes, 114"]
NONE = [
    "", " ", "no", "None", "not yet", "pending", "asked", "waiting for the form", "?", "website only", "only the website",
    "not for social media", "print only", "withdrawn 2026-10-01", "revoked", "n/a", "TODO", "expired", "opted out", "-",
]  # fmt: skip


def post(*people: Person, photos: tuple[Photo, ...] = ()) -> PostHeader:
    """Return a story with a card picture, and whom it is about."""
    return PostHeader(
        "content/posts/a.md",
        "a",
        "Robots",
        "robots",
        "2026/11/robots/",
        image=0,
        references=(Reference("./robot.jpg", picture=True),),
        people=people,
        photos=photos,
    )


def person(role: str, consent: str) -> Person:
    """Return somebody a story is about."""
    return Person(name="Ana", role=role, consent=consent)


@pytest.mark.parametrize("role", CHILDREN)
@pytest.mark.parametrize("consent", NONE)
def test_a_child_without_consent_keeps_the_photo_back(role: str, consent: str) -> None:
    """Whoever has no role may be a child."""
    assert not may_be_shared(post(person(role, consent)))


@pytest.mark.parametrize("consent", CONSENTS)
@pytest.mark.parametrize("role", CHILDREN)
def test_a_child_with_consent_does_not(role: str, consent: str) -> None:
    assert may_be_shared(post(person(role, consent)))


@pytest.mark.parametrize("role", GROWN_UPS)
def test_grown_ups_need_none(role: str) -> None:
    """Nor does a story about nobody."""
    assert may_be_shared(post(person(role, "")))
    assert may_be_shared(post())


@given(some.lists(some.tuples(some.sampled_from(CHILDREN + GROWN_UPS), some.sampled_from(CONSENTS + NONE)), max_size=6))
def test_one_child_is_enough_to_keep_it_back(people: list[tuple[str, str]]) -> None:
    """However many others agreed, and in whatever order they stand."""
    expected = not any(role in CHILDREN and consent in NONE for role, consent in people)
    assert may_be_shared(post(*(person(*each) for each in people))) == expected


@pytest.mark.parametrize(("shows", "shared"), [
    (("none",), True), (("Nobody",), True), (("2026-114",), True), (("2026-114", "pending"), False),
    (("none", "no consent"), False), (("all",), False), (("group",), False), ((), False),
])  # fmt: skip
def test_a_photo_that_says_whom_it_shows_is_judged_by_that(shows: tuple[str, ...], shared: bool) -> None:
    """A picture of shelves may go out though the story is about a child; `all` says nothing new."""
    photo = Photo(src="robot.jpg", shows=shows)
    assert may_be_shared(post(person("student", ""), photos=(photo,))) == shared
    assert not may_be_shared(post(person("student", ""), photos=(Photo(src="other.jpg", shows=("none",)),)))


def test_a_photo_kept_back_is_in_no_tag_that_networks_read(folder: Folder) -> None:
    """The page shows it all the same; with a consent it is shared."""
    from tests.build.test_pictures import large

    folder.write("content/posts/robot.jpg", large())
    header = {"title": "Robots", "id": "r", "image": "robot.jpg"}
    folder.post("2026-11-20-robots", "Text.", **header, people="[{name: Ana, role: student}]")
    folder.build()
    page = folder.page("2026/11/robots/index.html")
    assert 'og:image" content="http://localhost:8000/share/robots-' in page
    assert page.count("media/robot-") >= 1
    folder.post("2026-11-20-robots", "Text.", **header, people='[{name: Ana, role: student, consent: "2026-114"}]')
    folder.build()
    assert 'og:image" content="http://localhost:8000/share/robot-' in folder.page("2026/11/robots/index.html")


@pytest.mark.parametrize("role", GROWN_UPS)
def test_a_grown_up_may_be_named(role: str) -> None:
    assert may_be_named(person(role, ""))


@pytest.mark.parametrize("consent", NONE)
@pytest.mark.parametrize("role", CHILDREN)
def test_a_child_may_be_named_only_with_a_consent(role: str, consent: str) -> None:
    assert not may_be_named(person(role, consent))
    assert all(may_be_named(person(role, given)) for given in CONSENTS)


def test_whoever_is_called_by_a_title_is_no_child() -> None:
    """Unless something is written about a consent, which then counts."""
    assert may_be_named(Person("Ms. Rivera"))
    assert may_be_named(Person("Sra. Novak"))
    assert not may_be_named(Person("Ms. Rivera", consent="not for social media"))
    assert not may_be_named(Person("Mrs"))
    assert not may_be_named(Person("Drew"))


def test_a_quote_is_as_free_as_the_person_who_said_it() -> None:
    about = post(Person("Beto", "staff"), Person("Ana", "student", "c-1"), Person("Leo", "student"))
    assert [may_be_quoted(about, Quote("Wow!", by)) for by in ("Beto", "Ana", "Leo", "a reader", "a parent", "")] == [
        True, True, False, False, True, False,
    ]  # fmt: skip
    assert may_be_quoted(about, Quote("Wow!", "Leo", "c-7"))
    assert not may_be_quoted(about, Quote("Wow!", "Ana", "website only"))


def test_each_picture_is_judged_by_itself() -> None:
    about = post(photos=(Photo("robot.jpg", shows=("c-1",)), Photo("crane.jpg", shows=("pending",))))
    assert may_be_shown(about, "./robot.jpg")
    assert not may_be_shown(about, "crane.jpg")
    assert may_be_shown(about, "other.jpg")
