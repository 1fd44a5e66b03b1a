"""A Text is what Markdown made of a post: its HTML, and the facts about it that a Post keeps."""

from msgspec import Struct

from storysite.model.post import Heading, Reference


class Document(Struct, frozen=True):
    """The HTML of a post, with its References taken out, and what can be learned from it."""

    html: str
    title: str = ""
    """The words of the first heading, if the text begins with it."""
    excerpt: str = ""
    """The first paragraph (or what stands before the cut) as plain text, at most 200 characters."""
    words: int = 0
    headings: tuple[Heading, ...] = ()
    references: tuple[Reference, ...] = ()
    template_code: str = ""
    """The first piece of another generator's template code in it; it is shown as text and never runs."""
    unread: bool = False
    """Whether it could not be made within the time limit; its HTML is then the Markdown as it was written."""
    fault: str = ""
    """The name of the exception on which making it failed, "" if none did; its HTML is then as it was written too."""
