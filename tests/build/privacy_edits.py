"""Random edits of who may see a story."""

import random
from pathlib import Path

from tests.folder import Folder

SIGNS = ["private: true", "hidden: yes", "public: false", "visibility: members", "password: a", "privte: true", "private: maybe"]  # fmt: skip
SIGNS += ["unlisted: true", "unlisted: true", "_build: {list: never}", "status: unlisted", "draft: yes", "listed: true"]


class PrivacyEdits:
    """A site of which some stories and pages are not for everybody."""

    folder: Folder
    random: random.Random

    def hide(self) -> None:
        """Say who may see a story or a page, or no more; some of it is misspelled, some shows everything."""
        file = self.random.choice([*self._files("posts"), *self._files("pages")])
        first, newline, rest = file.read_text("utf-8").partition("\n")
        if first != "---":
            first, newline, rest = "---", "\n", f"---\n{first}{newline}{rest}"
        line = rest.partition("\n")[0]
        rest = rest.removeprefix(f"{line}\n") if line in SIGNS else rest
        file.write_text(
            first + newline + self.random.choice([*(f"{sign}\n" for sign in SIGNS), "", ""]) + rest, "utf-8"
        )

    def hide_by_name(self) -> None:
        """Give a story a name that hides it, or take such a name away."""
        file = self.random.choice(self._files("posts"))
        name = file.name.lstrip("_.")
        file.rename(file.with_name(self.random.choice(["_", "_", "."]) + name if name == file.name else name))

    def _files(self, section: str) -> list[Path]:
        return sorted((self.folder.path / "content" / section).rglob("*.md"))
