"""Puts links and pictures into the HTML of a post: the last step, for both depend on the page that shows it."""

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import NamedTuple
from urllib.parse import quote

from storysite.model.pictures import ENLARGE, ENLARGED_FROM, Picture, SourceSet
from storysite.model.post import Body, Reference

TEXT_SIZES = "auto, (max-width: 48rem) 100vw, 44rem"
"""How wide the pictures of a text are shown: browsers that can find that out do, others take the column for it."""
_ADDRESS = re.compile("\x01(\\d+)\x02")
_IMAGE = re.compile("\x01(\\d+)\x03(\\s*</picture>)?")
_LINK = re.compile('<a(?=\\s)[^>]*?\\shref="\x01(\\d+)\x02"(?:\\s[^\\s=>]+="[^"]*")*>(.*?)</a>', re.DOTALL)
_WIDTH, _HEIGHT = (re.compile(rf'\s{side}="([^"]*)"') for side in ("width", "height"))
_CLASS = re.compile(r'<img(?:\s[^\s=">]+(?:="[^"]*")?)*?\sclass="')  # no words of another attribute
_DOTS = re.compile(r"[1-9]\d{0,4}").fullmatch
_ALONE = re.compile("<(?:p|figure)>(\x01(\\d+)\x03)</(?:p|figure)>")
_ENLARGE = f' {ENLARGE}=""'
_LAZY = ' loading="lazy"'
_TALL = 1.1
"""Height to width from which a picture is called tall: shown as wide as a text, it would fill a screen and more."""


class Shown(NamedTuple):
    """The text of a post: its Body, and for each reference where it leads and which picture is shown there."""

    body: Body
    links: Sequence[str | None]
    pictures: Sequence[Picture | None]


def fill_links(
    text: Shown,
    references: Sequence[Reference],
    address: Callable[[str], str],
    *,
    sizes: str = "",
    lead: bool = False,
    captions: Mapping[str, str] = {},
) -> str:
    """Return the HTML of a text with its pictures, and with what `address` makes of each link in its place.

    A link that leads nowhere stays as its author wrote it; one that looks a name up in vain is no link. With `sizes`
    pictures are shown in the size that fits, as HTML has it; the first of them is the `lead`. `captions` are the HTML
    for those that stand alone and have none, by target.
    """
    body, links, pictures = text
    if not references:
        return body.html
    unfound = {place for place, url in enumerate(links) if url is None and references[place].lookup}
    first = body.images[0][0] if lead and body.images else -1

    def put(match: re.Match[str]) -> str:
        place = int(match[1])
        reference, url = references[place], links[place]
        written = reference.target if "://" in reference.target else quote(reference.target)
        return escape((written if url is None else address(url)) + reference.suffix)

    def show(match: re.Match[str]) -> str:
        place, own = int(match[1]), match[2] or ""
        shown = pictures[place] if pictures else None
        if shown is None:
            return images[place].replace(_ENLARGE, "") + own
        fitting = "" if own else sizes  # who wrote the element has made the choice, as for light and dark
        return picture_element(images[place], shown, address, fitting, lead=place == first) + own

    def caption(match: re.Match[str]) -> str:
        words = captions.get(references[int(match[2])].target.removeprefix("./"))
        return f"<figure>{match[1]}<figcaption>{words}</figcaption></figure>" if words else match[0]

    def unlink(match: re.Match[str]) -> str:
        place = int(match[1])
        return match[0] if place not in unfound else escape(references[place].written, quote=False) or match[2]

    images = dict(body.images)
    html = _ALONE.sub(caption, body.html) if images and captions else body.html
    html = _IMAGE.sub(show, html) if images else html
    if unfound:
        html = _LINK.sub(unlink, html)
    return _ADDRESS.sub(put, html)


def picture_element(
    image: str, picture: Picture, address: Callable[[str], str], sizes: str = "", *, lead: bool = False
) -> str:
    """Return the element `<img>` of a picture with its size, and with `sizes` all of its copies to choose from.

    What its author wrote of its size stays, and gives the other side: its place is known before it comes. A tall one is
    of the class "tall".
    """
    enlarged = bool(sizes) and _ENLARGE in image and picture.width >= ENLARGED_FROM and ' alt=""' not in image
    image = _sized(image.replace(_ENLARGE, ""), picture)
    if picture.height > picture.width * _TALL:
        image = _of_class(image, "tall")
    if lead:
        image = image.replace(_LAZY, ' fetchpriority="high"')
        sizes = sizes.removeprefix("auto, ")  # is only for what waits
    if not sizes or not picture.sources or " srcset=" in image:
        return image
    sources = [
        f'<source type="{each.media_type}" srcset="{escape(_set(each, address))}" sizes="{escape(sizes)}">'
        for each in picture.sources[:-1]  # whoever can show only the last is old, and its `url` is enough
    ]
    made = f"<picture>{''.join(sources)}{image}</picture>"
    return f'<a class="enlarge" href="{escape(address(picture.largest))}">{made}</a>' if enlarged else made


def _sized(image: str, picture: Picture) -> str:
    width, height = _WIDTH.search(image), _HEIGHT.search(image)
    if not picture.width or (width and height):
        return image
    across, down = picture.width, picture.height
    if written := width or height:
        if not _DOTS(written[1]):
            return image  # a part of the column, such as 50%, or no length at all
        scale = int(written[1]) / (across if width else down)
        across, down = (max(1, round(side * scale)) for side in (across, down))
        image = image.replace(written[0], "", 1)
    return f'{image[:-1]} width="{across}" height="{down}">'


def _of_class(image: str, name: str) -> str:
    """Return an element `<img>` that has a class besides those of its author: themes choose by it."""
    classed, found = _CLASS.subn(rf"\g<0>{name} ", image, count=1)
    return classed if found else f'{image[:-1]} class="{name}">'


def _set(copies: SourceSet, address: Callable[[str], str]) -> str:
    return ", ".join(f"{address(url)} {width}w" for url, width in copies.copies)
