"""A Document is what Markdown made of a post: its Body, and the facts about it that a Post keeps."""

from msgspec import Struct

from storysite.model.alt_text import PictureWords
from storysite.model.post import Body, Heading, Reference


class Request(Struct, frozen=True):
    """What a browser asks of another host by itself: the address as it is written, and whether it is a picture."""

    host: str
    address: str
    picture: bool = False


class Change(Struct, frozen=True):
    """What was changed in the HTML that an author wrote: its kind in the HTML policy, and what it is about."""

    kind: str
    about: str = ""


class Document(Struct, frozen=True):
    """The Body of a post, with its References taken out, and what can be learned from it."""

    body: Body
    title: str = ""
    """The words of the heading that the text begins with."""
    excerpt: str = ""
    """The first paragraph (or what stands before the cut) as plain text, at most 200 characters."""
    words: int = 0
    headings: tuple[Heading, ...] = ()
    references: tuple[Reference, ...] = ()
    pictures: tuple[PictureWords, ...] = ()
    """All that it shows, be they of this site or of others."""
    template_code: tuple[tuple[str, int], ...] = ()
    """Template code of other programs that nothing stands in the place of: how it is named, and how often it occurs."""
    requests: tuple[Request, ...] = ()
    """What a browser that shows it asks of other hosts by itself."""
    changes: tuple[Change, ...] = ()
    """What of its HTML could not stay, each kind once or a few times."""
    unread: bool = False
    """Whether it could not be made within the time limit; its Body is then the Markdown as it was written."""
    beyond: str = ""
    """What it has too much of ("levels", "elements", "quotes", "attributes"); its Body is then as it was written."""
    fault: str = ""
    """The name of the exception on which making it failed, "" if none did; its Body is then as it was written too."""
