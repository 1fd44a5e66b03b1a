"""What `photos:` says of a picture is looked up in one place, whoever asks, and however often a file is listed."""

from storysite.model.photos import photos_by_file
from storysite.model.post import Photo, Post


def test_of_two_entries_for_one_file_the_first_counts() -> None:
    """The second says only what the first leaves out."""
    entries = (
        Photo("robot.jpg", credit="Ms. Rivera"),
        Photo("./robot.jpg", alt="Two children", credit="Mr. Duarte"),
        Photo("shelf.jpg"),
        Photo("robot.jpg", alt="A robot", shows=("none",)),
    )
    found = photos_by_file(Post("", "", "", "", "", photos=entries))
    assert found == {
        "robot.jpg": Photo("robot.jpg", alt="Two children", credit="Ms. Rivera", shows=("none",)),
        "shelf.jpg": entries[2],
    }
