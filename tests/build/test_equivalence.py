"""Incremental equals clean, byte for byte, whatever is edited, lost or damaged between two builds."""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from storysite.build import build
from storysite.build.options import BuildOptions
from storysite.build.result import Build
from storysite.build.session import BuildSession
from storysite.errors import StorysiteError
from storysite.output.folder import MANIFEST
from storysite.problems import Problem
from tests.build.address_edits import let_addresses_meet
from tests.build.code_of_others import CodeOfOthers
from tests.build.damage import Damage
from tests.build.html_edits import HtmlEdits
from tests.build.picture_edits import change_picture
from tests.build.privacy_edits import PrivacyEdits
from tests.build.theme_edits import leave_something, link_something, write_listing
from tests.build.written import ODDITIES, SETTINGS
from tests.folder import NOW, Folder, tree

EDITS = int(os.environ.get("STORYSITE_EDITS", "320"))
"""Random edits in all sessions together; the environment asks for thousands."""
SESSIONS = 8
WORDS = "robots poetry seeds labels maker night dog chapter shelf garden letter atlas kite".split()
TAGS = ["robots", "Poetry", "poetry", "book fair", "C++", "C#", "über", "读书"]
KINDS = ["victory", "thanks", "news", "event", "ask", "listen", "report"]


class Session(PrivacyEdits, CodeOfOthers, HtmlEdits, Damage):
    """A site that is edited at random."""

    def __init__(self, folder: Folder, seed: int) -> None:
        self.folder = folder
        self.random = random.Random(seed)
        self.count = 0
        self.listing()
        for _ in range(9):
            self.add()

    def posts(self) -> list[Path]:
        """Return the files of all posts."""
        return sorted((self.folder.path / "content/posts").rglob("*.md"))

    def edit(self) -> str:
        """Make one edit and return its name."""
        edit: Callable[[], object] = self.random.choice(
            [self.add, self.add, self.text, self.text, self.text, self.title, self.header, self.header, self.grades, self.remove,
             self.rename, self.rename_linked, self.link, self.touch, self.reorder, self.settings, self.template, self.layout,
             self.static, self.page, self.picture, self.data, self.address, self.translation, self.lose_rows, self.lose_memo,
             self.lose_output, self.damage_output, self.damage_memo, self.flip_bytes, self.address, self.address,
             self.hide, self.hide, self.hide_by_name, self.template_code, self.template_code, self.html, self.shelf,
             self.leftover, self.listing, self.linked, self.linked, self.order, self.order, self.put_back, self.put_back,
             self.lose_site, self.picture, self.picture, self.picture]
        )  # fmt: skip
        edit()
        return edit.__name__

    def some(self) -> Path | None:
        posts = self.posts()
        return self.random.choice(posts) if posts else None

    def sentence(self) -> str:
        return " ".join(self.random.choices(WORDS, k=8)).capitalize() + "."

    def add(self) -> None:
        self.count += 1
        day = (
            f"{self.random.choice([2024, 2025, 2026])}-{self.random.randint(1, 12):02}-{self.random.randint(1, 28):02}"
        )
        header = {
            "title": f'"Story {self.count} of {self.random.choice(WORDS)}"',
            "kind": self.random.choice(KINDS),
            "tags": f"[{', '.join(repr(tag) for tag in self.random.sample(TAGS, 2))}]",
            "series": self.random.choice(["", "Maker nights"]),
            "author": self.random.choice(["Ms. Rivera", "Mr. Okafor"]),
        }
        other = self.some()
        link = f"[another]({other.name})" if other else ""
        body = (
            f"# {self.sentence()}\n\n{self.sentence()} {link}\n\n![A picture](photo-{self.random.randint(1, 3)}.png)\n"
        )
        self.folder.post(f"{day}-story-{self.count}", body, **header)

    def change(self, old: str, new: str) -> None:
        if file := self.some():
            file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")

    def text(self) -> None:
        """Edit what a save of a text alone may change: the words, the summary, the headings, the card picture."""
        self.random.choice([self.body, self.body, self.summary, self.heading, self.card_picture, self.oddity])()

    def body(self) -> None:
        self.change("\n\n![", f"\n\n{self.sentence()}\n\n![")

    def summary(self) -> None:
        self.set_key("summary", self.sentence())

    def heading(self) -> None:
        self.change("\n\n![", f"\n\n{self.random.choice(['##', '###'])} {self.sentence()}\n\n![")

    def card_picture(self) -> None:
        """Put another picture before the one that listings show, or none of Markdown."""
        self.change("![A picture](", self.random.choice(["![New](photo-2.png) ![A picture](", "[A picture]("]))

    def oddity(self) -> None:
        """Write what is read in another way than it looks: what leads the text, what is open, what is no word."""
        self.change("\n\n![", f"\n\n{self.random.choice(ODDITIES)}\n\n![")

    def translation(self) -> None:
        """Edit the text of a translation."""
        if files := [file for file in self.posts() if ".es" in file.name]:
            file = self.random.choice(files)
            file.write_text(file.read_text("utf-8") + f"\n{self.sentence()}\n", "utf-8")

    def link(self) -> None:
        """Link to a listing, which may come and go, or to the page of a story by its address."""
        target = self.random.choice(
            ["/tags/robots/", "/tags/poetry/", "/grades/3/", "/kinds/thanks/", "/series/maker-nights/", "/archive/2025-26/", "/2026/03/", "/moved/",
             "/old/7.html", "/es/", "/guide/writing/", "/article/story-2.html", "/2025/03/story-5/"]
        )  # fmt: skip
        self.change("\n\n![", f"\n\n[A page]({target})\n\n![")

    def rename_linked(self) -> None:
        """Give a new name to a post that another one links to by its old one."""
        texts = [file.read_text("utf-8") for file in self.posts()]
        if files := [file for file in self.posts() if any(f"]({file.name})" in text for text in texts)]:
            file = self.random.choice(files)
            file.rename(file.with_name(file.stem + "-linked.md"))

    def layout(self) -> None:
        """Make or take away a template that posts can ask for, or let a post ask for it, or no more."""
        template = self.folder.path / "templates/wide.html"
        if self.random.random() < 0.5:
            self.set_key("layout", self.random.choice(["wide", "post", "other"]))
        elif template.exists():
            template.unlink()
        else:
            self.folder.write("templates/wide.html", f'{{% extends "base.html" %}}{{# {self.sentence()} #}}')

    def set_key(self, key: str, value: str) -> None:
        """Write a key of one post's front matter, in the place of the one it had."""
        if file := self.some():
            _, header, body = file.read_text("utf-8").split("---\n", 2)
            lines = [line for line in header.splitlines(keepends=True) if not line.startswith(f"{key}:")]
            file.write_text(f"---\n{''.join(lines)}{key}: {value}\n---\n{body}", "utf-8")

    def grades(self) -> None:
        """Give a story other grades, subjects or books, which have pages only with some of SETTINGS."""
        key = self.random.choice(["grades", "grades", "subjects", "isbn"])
        self.set_key(key, self.random.choice(["3", "[3, 4]", "020, Art", "978-0-14-240733-2", "0440414800", ""]))

    def title(self) -> None:
        self.change("title: ", "title: New ")

    def header(self) -> None:
        key = self.random.choice(
            ["draft: true", "pin: true", "expires: 2025-01-01", "slug: moved", "tags: [robots]", "updated: 2026-11-20", "date: 2027-01-01",
             "ask: {what: help, goal: 4}", "ask: {what: hands, by: 2026-11-23}", "ask: {what: seeds, outcome: It grew.}", "ask: {what: boxes, status: met}",
             "event: {start: 2026-12-05T18:00, place: hall}", "event: {start: 2026-10-05T18:00}", "event: 2026-12-24", "impact: [{metric: visits, value: 12}]", "follows_up: story", "audience: families", "lang: es", "Title: Other", "created: 1132643273", "tags: [Book club: Holes, \u2764\ufe0f]",
             "extra: {tags: [extra], pin: true}", "image: https://pictures.example/c.jpg", "updated: 2019-01-01", "title: A <em>b</em><br>{{ c }}", "slug: aux",
             "title: {en: Hello, es: Hola, de: Hallo}", "title: 圖書館 مكتبة 🤖", "people: [{name: Ana, role: student}]",
             "people: [{name: Ana, role: student, consent: 2026-14}]", "image: photo-1.png", "image: photo-2.png", "lang: ar", "tags: {robots, seeds}", "url: https://example.org", "audience: [robots, Poetry]", "series: Tags", "share: {short: Come and see.}"]
        )  # fmt: skip
        self.change("---\n", f"---\n{key}\n")

    def remove(self) -> None:
        if (file := self.some()) and len(self.posts()) > 3:
            file.unlink()

    def rename(self) -> None:
        if file := self.some():
            file.rename(file.with_name(file.stem + "-renamed.md"))

    def touch(self) -> None:
        if file := self.some():
            os.utime(file)

    def reorder(self) -> None:
        if file := self.some():
            _, header, body = file.read_text("utf-8").split("---\n", 2)
            lines = header.splitlines(keepends=True)
            self.random.shuffle(lines)
            file.write_text(f"---\n{''.join(lines)}---\n{body}", "utf-8")

    def settings(self) -> None:
        self.folder.write("storysite.yml", self.random.choice(SETTINGS) + "\n")

    def template(self) -> None:
        override = self.folder.path / "templates/month.html"
        if override.exists():
            override.unlink()
        else:
            names = self.random.choice(
                [
                    "{{ page.title }}",
                    "{{ site.title }}{% for card in stories %}{{ card.title }}{% endfor %}",
                    "{{ data }}<script src='https://counter.example/a.js'></script>",
                ]
            )
            self.folder.write(
                "templates/month.html", '{% extends "base.html" %}{% block main %}' + names + "{% endblock %}"
            )

    def static(self) -> None:
        file = f"static/{self.random.choice(['notes/hours.txt', '.well-known/security.txt', '.nojekyll'])}"
        if (self.folder.path / file).exists() and self.random.random() < 0.4:
            (self.folder.path / file).unlink()
        else:
            self.folder.write(file, self.sentence())

    def page(self) -> None:
        name = self.random.choice(["about", "guide/index", "guide/writing"])
        self.folder.write(
            f"content/pages/{name}.md",
            f"---\ntitle: {self.sentence()}\nmenu: {self.random.randint(0, 3)}\n---\n\n{self.sentence()}\n",
        )

    def picture(self) -> None:
        """Put another picture, or what is none, beside a post or in static/, or take it away."""
        change_picture(self.folder, self.random)

    def data(self) -> None:
        text = self.random.choice(["monday: ", "Day;Open\nMonday;8,5 ", "Day,Day\n1,2,3\n"]) + self.sentence()
        self.folder.write(self.random.choice(["data/hours.yml", "data/hours.csv", "data/rooms.csv"]), text + "\n")

    def order(self) -> None:
        """Write the same names and values in another order, or as another type, where templates show both."""
        values = [
            "1",
            "1.0",
            "true",
            "2026-11-02",
            "'2026-11-02'",
            ".nan",
            ".inf",
            "null",
            "'1'",
            "{b: 1, a: 2}",
            "{a: 2, b: 1}",
        ]
        pairs = [f"{name}: {self.random.choice(values)}" for name in self.random.sample("abc", 3)]
        self.folder.write("data/order.yml", "\n".join(pairs))
        self.folder.write("templates/404.html", "{{ data.order }}")
        if self.random.random() < 0.5:
            self.set_key("order", f"{{{', '.join(pairs)}}}")
            self.folder.write("templates/wall.html", "{{ data.order }} {{ site.settings }}")

    def put_back(self) -> None:
        """Edit a file so that its size and its time are what they were."""
        places = [
            "content/posts/*.md",
            "content/posts/*.png",
            "static/**/*",
            "data/*",
            "templates/*.html",
            "storysite.yml",
        ]
        files = sorted(file for place in places for file in self.folder.path.glob(place) if file.is_file())
        if not files:
            return
        file, letters = self.random.choice(files), "aeiou"
        before, text = file.stat(), file.read_bytes()
        swap = bytes.maketrans(letters.encode(), (letters[1:] + letters[0]).encode())
        head, middle, tail = text.rpartition(b"---\n")
        file.write_bytes(head + middle + tail.translate(swap))
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    def linked(self) -> None:
        """Draw in what templates cannot see by its plain name."""
        link_something(self.folder, self.sentence(), self.random)

    def leftover(self) -> None:
        """Leave what a system, an editor or a sync program does, in whatever folder, or take it away."""
        leave_something(self.folder, self.some(), self.random)

    def listing(self) -> None:
        """Write another listing of the site's own theme, and who shows it."""
        write_listing(self.folder, self.sentence(), self.random)

    def address(self) -> None:
        """Let files want the address of another, or be copies or translations of it, or have old addresses."""
        if posts := self.posts():
            let_addresses_meet(posts, self.folder.path, self.random)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(SESSIONS))
def test_a_random_session_of_edits_ends_like_a_clean_build(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After every few edits the output is, byte for byte, that of a build with an empty cache."""
    monkeypatch.setattr(
        "storysite.build.inputs.RACY", 0
    )  # or no outcome would be remembered of files as fresh as these
    session = Session(Folder(tmp_path / "site"), seed)
    folder = session.folder
    names: list[str] = []
    done = compared = 0
    while done < EDITS // SESSIONS:
        few = session.random.randint(1, 4)
        names += [session.edit() for _ in range(few)]
        done += few
        before = tree(folder.site) if folder.site.exists() else None
        unmarked = before is not None and not (folder.site / MANIFEST).exists()
        try:
            session.random.choice([folder.build, folder.build_if_needed])(
                jobs=session.random.choice([1, 1, 1, 2]), allow_deletions=True
            )
        except StorysiteError as error:
            assert before is None or tree(folder.site) == before, "a failed build must leave the last good site"
            if unmarked and _all_of(error, "output-refused", "output-foreign"):
                shutil.rmtree(folder.site)  # with the cache lost as well, nothing tells any more whose files these are
                continue
            with pytest.raises(StorysiteError):
                folder.clean(tmp_path / f"clean-{done}")
            session.remove()
            continue
        assert tree(folder.site) == folder.clean(tmp_path / f"clean-{done}"), names
        shutil.rmtree(tmp_path / f"clean-{done}")
        compared += 1
    assert compared > 3
    with suppress(StorysiteError):
        folder.build()
        other = fresh_process(folder.path, tmp_path / "other", hash_seed=str(seed))
        assert tree(folder.site) == other, "another process, with other hashes, must make the same bytes"


def _all_of(error: StorysiteError, *codes: str) -> bool:
    """Return whether an error tells of nothing but problems of these codes."""
    return {problem.code for problem in error.problems} <= {*codes}


@pytest.mark.long
@pytest.mark.parametrize("seed", range(SESSIONS))
def test_a_random_session_at_one_desk_ends_like_a_clean_build(tmp_path: Path, seed: int) -> None:
    """What a build leaves in its process for the next makes nothing different, nor what is planned, nor how."""
    session = Session(Folder(tmp_path / "site"), 1000 + seed)
    folder, options = session.folder, BuildOptions(tmp_path / "site", now=NOW, jobs=1)
    taken_over = 0
    with closing(BuildSession(options)) as desk_session:
        for number in range(EDITS // SESSIONS):
            (session.text if number % 3 else session.edit)()
            desk_session.forget_if_output_changed()
            try:
                made = desk_session.last and desk_session.last.plan
                built = build(replace(options, patience=session.random.choice([None, 0.0])), session=desk_session)
                plan = built.plan
                while built.left:
                    away = iter([False] * session.random.randint(1, 5))
                    later = partial(next, away, True)
                    built = build(replace(options, patience=60.0), session=desk_session, called_away=later)
            except StorysiteError:
                with pytest.raises(StorysiteError):
                    folder.clean(tmp_path / "clean")
                session.remove()
                continue
            taken_over += made is not None and plan is made
            assert built.plan is plan, "what is left is made without another look"
            fresh = folder.build(output=tmp_path / "clean/site", cache=tmp_path / "clean/cache")
            assert built.plan.pages == fresh.plan.pages
            assert built.work.wanted == fresh.work.wanted
            assert _told(built) == _told(fresh)
            assert tree(folder.site) == tree(tmp_path / "clean/site")
    assert taken_over > 5


def _told(built: Build) -> list[Problem]:
    """Return the problems of a site; what letters a card goes without is told only when it is drawn."""
    return [problem for problem in built.problems if problem.code != "card-font"]


def fresh_process(site: Path, elsewhere: Path, *, hash_seed: str) -> dict[str, bytes]:
    """Return what a new Python process with an empty cache makes of a site."""
    code = "import sys, pathlib; from tests.folder import Folder; Folder(pathlib.Path(sys.argv[1])).clean(pathlib.Path(sys.argv[2]))"
    subprocess.run(
        [sys.executable, "-c", code, str(site), str(elsewhere)],
        check=True,
        env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    return tree(elsewhere / "site")
