"""Edits with HTML that the policy lets pass, changes or leaves out, of the settings that it asks, and of alt texts."""

import random
from pathlib import Path

from tests.folder import Folder

HTML = [
    "<script>count()</script>",
    '<iframe src="https://frames.example/a" title="A map"></iframe>',
    '<iframe src="/atlas.html"></iframe>',
    '<form action="https://forms.example/a"><input name="mail"></form>',
    '<p style="position: fixed; color: red" onclick="count()">Words.</p>',
    '<svg><circle r="4"><set attributeName="r" to="9"/></circle></svg>',
    '<a href="javascript:count()">There</a>',
    "<noscript>Words for all.</noscript>",
    '<form><div></form><form action="/search/"><input></form></div>',
]
PICTURES = [
    "![](photo-1.png)",
    "![](photo-1.png){: .decorative}",
    "[![](photo-2.png)](/)",
    '<img src="photo-3.png" alt="">',
]
DESCRIBED = [
    "photos: [{src: photo-1.png, alt: Two robots}]",
    "photos: [{src: photo-1.png, alt: photo}, {src: photo-2.png, alt: A shelf}]",
    "image: {path: photo-3.png, alt: Three robots}",
    'image: photo-3.png\nimage_alt: ""',
    "image: photo-1.png\nfocus: left top",
    "image: photo-1.png\nfocus: 40% 30%",
    "photos: [{src: photo-1.png, focus: 80 90}, {src: photo-2.png, focus: nowhere}]",
]
ASKED = ["frames_from: frames.example", "forms_to: [forms.example]", "forms_to: other.example"]


class HtmlEdits:
    """Writes HTML into stories of a site that is edited at random."""

    folder: Folder
    random: random.Random

    def posts(self) -> list[Path]:
        """Return the files of all posts."""
        raise NotImplementedError

    def html(self) -> None:
        """Write HTML below a post, or name in the settings whom frames and forms may ask, or nobody."""
        if self.random.random() < 0.3:
            file = self.folder.path / "storysite.yml"
            lines = file.read_text("utf-8").split("\n") if file.exists() else []
            kept = [line for line in lines if line and not line.startswith(("frames_from", "forms_to"))]
            self.folder.write("storysite.yml", "\n".join([*kept, self.random.choice(["", *ASKED]), ""]))
        elif (posts := self.posts()) and self.random.random() < 0.4:
            file = self.random.choice(posts)
            above, _, text = file.read_text("utf-8").removeprefix("---\n").partition("---\n")
            kept = [line for line in above.split("\n") if line and not line.startswith(("photos:", "image"))]
            words = [
                *kept,
                self.random.choice(["", *DESCRIBED]),
                "---",
                text.rstrip(),
                "",
                self.random.choice(PICTURES),
                "",
            ]
            file.write_text("\n".join(["---", *words]), "utf-8")
        elif posts:
            file = self.random.choice(posts)
            file.write_text(f"{file.read_text('utf-8').rstrip()}\n\n{self.random.choice(HTML)}\n", "utf-8")
