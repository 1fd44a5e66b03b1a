"""A file's path tells a translation from its original, wherever else in it the letters of a language may stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from storysite.errors import BadValue
from storysite.i18n.languages import TWO_LETTERS
from storysite.source.filename import read_name, without_ending
from tests.folder import Folder

PARTS = some.text("aes.-_", min_size=1, max_size=8).filter(lambda part: part.strip("."))
FOLDERS = some.lists(PARTS | some.just("trip.essays") | some.just("a.es.b"), max_size=3)
ENDINGS = some.sampled_from([".md", ".markdown", ".md.txt", ".html", ".htm", ".txt", ".MD", ""])


@pytest.mark.parametrize(
    ("path", "original"),
    [
        ("content/posts/story.es.md", "content/posts/story.md"),
        ("content/posts/trip.essays/story.es.md", "content/posts/trip.essays/story.md"),
        ("content/posts/a.es.b/x.es.md", "content/posts/a.es.b/x.md"),
        ("content/posts/x.es.es.md", "content/posts/x.es.md"),
        ("content/posts/story.ht.html", "content/posts/story.html"),
        ("content/posts/story.pt_BR.md.txt", "content/posts/story.md.txt"),
        ("content/pages/about.de.md", "content/pages/about.md"),
        ("content/posts/story.v2.md", ""),
        ("content/posts/trip.es/story.md", ""),
    ],
)
def test_the_original_of_a_translation_has_the_same_path_but_for_the_language(path: str, original: str) -> None:
    """Only what stands right before the ending is a language; the same letters in a folder are left alone."""
    assert read_name(path).original == original


@given(FOLDERS, PARTS, some.sampled_from(sorted(TWO_LETTERS)), ENDINGS)
def test_the_language_is_taken_from_the_end_of_any_path(
    folders: list[str], name: str, language: str, ending: str
) -> None:
    """Whatever a translation lies in and is called, its original is the path that the language was put into."""
    place = "/".join(["content/posts", *(folder + f".{language}" for folder in folders), name])
    found = read_name(f"{place}.{language}{ending}")
    assert (found.language, found.original) == (language, place + ending)


@given(FOLDERS, PARTS, ENDINGS)
def test_a_path_begins_with_its_folder_and_what_is_left_of_it_without_its_ending(
    folders: list[str], name: str, ending: str
) -> None:
    """Taking an ending off takes nothing else."""
    path = "/".join(["content/posts", *folders, name]) + ending
    assert path.startswith(f"content/posts/{without_ending(path)}")


def test_a_translation_in_a_folder_that_has_a_language_in_its_name_is_no_second_story(folder: Folder) -> None:
    """The story stands in the list once, and each of the two leads to the other."""
    folder.post("trip.essays/2026-01-02-story", title="A trip")
    folder.post("trip.essays/2026-01-02-story.es", title="Un viaje")
    site = folder.build().site
    assert [post.title for post in site.index.originals] == ["A trip"]
    assert [post.title for post in site.index.translations["content/posts/trip.essays/2026-01-02-story.md"]] == [
        "Un viaje"
    ]


@pytest.mark.parametrize("path", ["content/posts/2026/13/40/story.md", "content/posts/2026/02/30/index.md"])
def test_folders_with_a_day_that_does_not_exist_are_said_in_plain_words(path: str) -> None:
    """A day that folders make is checked like one that a name begins with."""
    with pytest.raises(BadValue, match=r"the date in the file name, .*, is not a real date"):
        read_name(path)
