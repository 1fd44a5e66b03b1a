"""The texts for networks: the story's own words, as many as a network takes, then hashtags, and the link last."""

import re
from collections.abc import Sequence

from msgspec import Struct

from storysite.i18n import gettext
from storysite.tell.networks import NETWORKS, Network
from storysite.tell.shorten import shortened
from storysite.tell.story import Story

_HASHTAG = re.compile(r"(?<!\w)[#＃]\w")
_LONGEST = 70_000
"""Letters of an author's own text that are looked at: more than any network takes."""


class ShareText(Struct, frozen=True):
    """A text for a network, "" if there is none, and then why; `cut` if the story's words did not all fit."""

    network: Network
    text: str
    why_not: str = ""
    cut: bool = False

    @property
    def told(self) -> str:
        """How much of the network's limit it takes: `212 of 280`."""
        return self.network.told(self.text)


def share_texts(story: Story) -> Sequence[ShareText]:
    """Return a text for each network, in the order of NETWORKS."""
    return [_text_for(network, story) for network in NETWORKS]


def _text_for(network: Network, story: Story) -> ShareText:
    if network.picture and not story.pictures:
        return ShareText(
            network, "", f"{network.name} needs a picture, and this story has none that may be shown there."
        )
    words = _words(network, story)
    if not words:
        return ShareText(
            network, "", "Nothing is left to say without names. Write a text yourself: share: in the story."
        )
    end = story.link if network.link else gettext(story.language, "The whole story: link in bio")

    def joined(words: str, tags: str = "") -> str:
        return "\n\n".join(filter(None, (words, "\n".join(filter(None, (tags, end))))))

    kept = shortened(words, lambda part: network.fits(joined(part)))
    if not kept:
        return ShareText(network, "", f"The address of this story alone is nearly all that {network.name} takes.")
    tags = ""
    for tag in story.hashtags[: network.hashtags] if not _HASHTAG.search(kept) else ():
        longer = f"{tags} {tag}".strip()
        if network.fits(joined(kept, longer)):
            tags = longer
    return ShareText(network, joined(kept, tags), cut=kept != words)


def _words(network: Network, story: Story) -> str:
    """Return what is said of a story: what its author wrote for this network, else what its keys say."""
    names = (network.key, "short" if network.short else "long", "")
    written = next((text for name in names if (text := story.written.get(name, "").strip())), "")
    if written:  # the link comes at the end in any case
        return re.sub(rf"(?:^|\s+){re.escape(story.link)}\s*?(?=\n|$)", "", written[:_LONGEST]).strip()
    parts = [story.title, story.summary] if story.title != story.summary else [story.title]
    if not network.short:
        parts += ["\n".join(story.numbers), _quoted(story), _thanks(story)]
    return "\n\n".join(filter(None, parts))


def _quoted(story: Story) -> str:
    if not story.quote:
        return ""
    by = f"\n— {story.quote.by}" if story.quote.by else ""
    return f"“{story.quote.text.strip('“”')}”{by}"


def _thanks(story: Story) -> str:
    if not story.thanks_to:
        return ""
    first, last = gettext(story.language, ", ").join(story.thanks_to[:-1]), story.thanks_to[-1]
    names = gettext(story.language, "%(names)s and %(name)s") % {"names": first, "name": last} if first else last
    return f"{gettext(story.language, 'Thank you')}: {names}"
