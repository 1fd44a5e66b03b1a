"""Edits with template code of other programs, and of what it names."""

import random
from pathlib import Path

from tests.folder import ICON, Folder

TEMPLATE_CODE = [
    '{% image "photo-2.png" "A picture" %}',
    "![[photo-1.png]]",
    "![[shelf.png]]",
    "{% asset_img shelf.png %}",
    '{{< figure src="/assets/shelf.png" caption="Ours" >}}',
    "{% post_url NAME %}",
    '[there]({{< ref "NAME.md" >}})',
    "[[NAME]]",
    "[[Story 3 of robots]]",
    "{% include comments.html %}",
    "{{ site.robots }}",
    "{{ page.title }} {{ page.summary }}",
    "!!! note\n    Words.",
]
"""NAME is that of another story's file."""


class CodeOfOthers:
    """Writes code into stories of a site that is edited at random."""

    folder: Folder
    random: random.Random

    def posts(self) -> list[Path]:
        """Return the files of all posts."""
        raise NotImplementedError

    def change(self, old: str, new: str) -> None:
        """Write something in the place of something else in one post."""
        raise NotImplementedError

    def template_code(self) -> None:
        """Write code of another program, which may name a picture or a story that is there or is not."""
        names = [file.stem for file in self.posts()] or ["none"]
        code = self.random.choice(TEMPLATE_CODE).replace("NAME", self.random.choice(names))
        self.change("\n\n![", f"\n\n{code}\n\n![")

    def shelf(self) -> None:
        """Put a picture into a folder where other programs have theirs, or take it away."""
        file = self.folder.path / self.random.choice(["assets/shelf.png", "content/posts/2025/shelf.png"])
        if file.exists():
            file.unlink()
        else:
            self.folder.write(file.relative_to(self.folder.path).as_posix(), ICON.encode() + self.random.randbytes(40))
