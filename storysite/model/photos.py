"""What `photos:` of the front matter says of each picture of a post."""

from collections.abc import Mapping

from msgspec.structs import replace

from storysite.model.post import Header, Photo, PostHeader


def photos_by_file(post: Header) -> Mapping[str, Photo]:
    """Return what is said of each picture, by its file as `plain_target` has it.

    Of two entries for one file the first counts, and the second says what the first does not.
    """
    found: dict[str, Photo] = {}
    for photo in post.photos if isinstance(post, PostHeader) else ():
        target = plain_target(photo.src)
        found[target] = _with_rest(found[target], photo) if target in found else photo
    return found


def plain_target(target: str) -> str:
    """Return the address of a picture as it is compared: with or without `./` it is the same."""
    return target.removeprefix("./")


def _with_rest(first: Photo, second: Photo) -> Photo:
    left_out = {name: getattr(second, name) for name in Photo.__struct_fields__ if not getattr(first, name)}
    return replace(first, **left_out)
