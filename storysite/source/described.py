"""What front matter says of pictures: words for people who cannot see them, and where a card is cut."""

from html import escape
from urllib.parse import unquote

from msgspec.structs import replace

from storysite.front_matter.fields import Fields, is_empty, plain_text
from storysite.front_matter.focus import focus_of
from storysite.model.alt_text import LINK, MISSING, PictureWords
from storysite.model.document import Document
from storysite.model.photos import photos_by_file, plain_target
from storysite.model.post import AnyPost, Body, Photo

_FOCUSES = ("focus", "focal_point", "focalPoint")
_ALTS = ("alt", "alt_text", "altText", "alttext")
"""What other generators call it beside the address of a picture."""


def described_by_photos(text: Document, post: AnyPost) -> Document:
    """Return a text in which pictures without words have those that `photos:` of the front matter has for them."""
    words = {target: photo.alt for target, photo in photos_by_file(post).items() if photo.alt}
    if not words or not any(picture.fault in (MISSING, LINK) for picture in text.pictures):
        return text
    images = []
    for number, element in text.body.images:
        alt = words.get(plain_target(text.references[number].target))
        if alt and not any(sign in element for sign in ("decorative", " role=", " aria-")):
            images.append((number, element.replace(' alt=""', f' alt="{escape(alt)}"')))
        else:
            images.append((number, element))
    pictures = []
    for picture in text.pictures:
        alt = words.get(plain_target(unquote(picture.address)))
        pictures.append(PictureWords(picture.address, alt) if alt and picture.fault in (MISSING, LINK) else picture)
    return replace(text, body=Body(text.body.html, tuple(images)), pictures=tuple(pictures))


def words_of_card(post: AnyPost, fields: Fields) -> str:
    """Return what describes the card picture: the front matter's own key, else what stands beside its address.

    That is `alt` in the same brackets, as other generators have it, or what `photos:` says.
    """
    if post.image_alt or post.image < 0 or is_decoration(fields):
        return post.image_alt
    said = _said_of_card(post)
    return _beside(fields) or (said.alt if said else "")


def focus_of_card(post: AnyPost, fields: Fields) -> tuple[int, int] | None:
    """Return around which point the card picture is cut, found in the same places as its words; None for none."""
    if post.focus or post.image < 0:
        return post.focus
    beside = next((part[key] for part in _mappings(fields) for key in _FOCUSES if not is_empty(part.get(key))), None)
    said = _said_of_card(post)
    return focus_of(fields, beside, fields.key("image")) or (said.focus if said else None)


def is_decoration(fields: Fields) -> bool:
    """Return whether the card picture is said to be only decoration: by quotes with nothing in them."""
    spellings = {fields.names[key] for key in fields.spellings["image_alt"] if key in fields.names}
    values = [value for name, value in fields.written if name in spellings]
    values += [part[key] for part in _mappings(fields) for key in _ALTS if key in part]
    return any(value == "" and getattr(value, "value", "") is not None for value in values)


def _said_of_card(post: AnyPost) -> Photo | None:
    return photos_by_file(post).get(plain_target(post.references[post.image].target))


def _mappings(fields: Fields) -> list[dict[str, object]]:
    """Return the value of `image` if it has several parts."""
    value = fields.get("image")
    value = value[0] if isinstance(value, list) else value
    return [value] if isinstance(value, dict) else []


def _beside(fields: Fields) -> str:
    return next((words for part in _mappings(fields) for key in _ALTS if (words := plain_text(part.get(key)))), "")
