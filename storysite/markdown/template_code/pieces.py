"""What stands in the place of template code, and what its making may know of the post around it."""

from collections.abc import Callable
from typing import NamedTuple

from msgspec import Struct

from storysite.i18n import gettext
from storysite.markdown.template_code.calls import Call, Values

LOOKUP = "data-storysite-lookup"
"""The attribute of a link or a picture whose target is looked up by its name, wherever it lies."""


class Piece(Struct, frozen=True):
    """What stands in the place of template code: in the text, between paragraphs, and in the address of a link."""

    html: str = ""
    block: bool = False
    """Whether it stands between paragraphs."""
    inline: str = ""
    """What stands where no block may, such as in a link."""
    address: str = ""
    """What it is in the address of a link or a picture."""
    lookup: bool = False
    """Whether that address is a name that is looked up."""
    closing: str = ""
    """What stands in the place of its end tag."""
    middle: str = ""
    """What parts a picture from its caption."""
    bare: bool = False
    """Whether what follows it stands in no paragraph of its own."""
    body: str | None = None
    """Markdown in the place of the text up to the end tag, None to keep that."""
    written: str = ""
    """Where a name is looked up in vain, what is shown in place of the link, "" for its words."""


class Setting(NamedTuple):
    """What makes of a Call may know: the language of the page, the front matter of the post."""

    language: str
    values: Values

    def say(self, words: str) -> str:
        """Return words of the interface in the language of the page."""
        return gettext(self.language, words)


Maker = Callable[[Call, Setting], Piece | None]
"""Makes a Piece of a Call, None if that does not say what it needs to."""
