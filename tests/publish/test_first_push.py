"""From `storysite new` to readers, in real parts: git, a remote, the workflow's own steps, GitHub Pages; then a second week."""

import os
import re
import shutil
import sysconfig
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.build.test_everywhere import crawled
from tests.command_line import storysite
from tests.folder import tree
from tests.pages_stand_in import Pages
from tests.publish.web import Hub, git
from tests.workflow import fresh_python, packages_of, run_step, shell_steps

pytestmark = pytest.mark.skipif(os.name == "nt", reason="steps are run by bash")
ADDRESS = "https://maplewood.github.io/stories"
KNOWN = {"steps.pages.outputs.base_url": ADDRESS, "github.event_name != 'schedule' && '--strict' || ''": "--strict"}
KEPT = (".storysite", "_site")
"""What the workflow's cache brings from one run to the next."""


class Runs:
    """GitHub, which runs the workflow whenever something was sent, each time on a fresh computer."""

    def __init__(self, above: Path, hub: Hub) -> None:
        self.above, self.hub = above, hub
        self.last: Path | None = None

    def next(self) -> tuple[str, Path]:
        """Run the steps of the workflow; return what they printed, and the folder that is published."""
        place = self.above / f"run-{len(self.hub.commits())}"
        place.mkdir(parents=True)
        git(place, "clone", "--quiet", "--branch", "main", str(self.hub.path), "stories")
        site = place / "stories"
        environment = {**fresh_python(place / "python"), "PIP_NO_INDEX": "1"}
        libraries = packages_of(place / "python") / "libraries.pth"  # in the place of those that pip would fetch
        libraries.write_text(sysconfig.get_path("purelib"), "utf-8")
        if self.last:
            for name in KEPT:
                shutil.copytree(self.last / name, site / name, copy_function=shutil.copyfile)
        said = ""
        for step in shell_steps(site / ".github/workflows/publish.yml", "build"):
            if "requirements.txt" not in step["run"]:
                said += run_step(step, site, environment, KNOWN)
        self.last = site
        return said, Path(environment["RUNNER_TEMP"]) / "site"


def photo() -> bytes:
    """Return a photo that is made smaller for phones."""
    written = BytesIO()
    Image.linear_gradient("L").resize((1600, 1200)).convert("RGB").save(written, "JPEG")
    return written.getvalue()


def without_search(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return files without the index of the search, whose parts the library names anew each time it makes them."""
    return {name: data for name, data in files.items() if not name.startswith("pagefind/")}


def pages_built(said: str) -> int:
    """Return how many pages a run says that it made."""
    found = re.search(r"(\d+) pages? built", said)
    assert found, said
    return int(found[1])


def test_the_first_push_reaches_readers_and_the_second_makes_only_what_is_new(tmp_path: Path, hub: Hub) -> None:
    """No index has a storysite, every link leads somewhere below /stories/, and what the cache saves changes no byte."""
    office, runs = tmp_path / "office", Runs(tmp_path / "runs", hub)
    office.mkdir()
    started = storysite(office, "new", "stories", "--address", "maplewood/stories", "--timezone", "Chicago")
    assert started.returncode == 0, started.stderr
    site = office / "stories"
    (site / "content/posts/robot.jpg").write_bytes(photo())
    story = site / "content/posts/2026-11-20-robots.md"
    story.write_text("---\ntitle: Robots\n---\n\nThey came.\n\n![A robot](robot.jpg)\n", "utf-8")
    sent = storysite(site, "publish", "--remote", str(hub.path), "--no-wait")
    assert sent.returncode == 0, sent.stderr
    assert "Going out: 4 new stories, 1 page, 1 photo and " in sent.stdout

    said, public = runs.next()
    first = pages_built(said)
    assert first > 40
    pages = Pages(public, "/stories", hidden=True)
    seen, broken = crawled(pages, ADDRESS)
    assert broken == set()
    assert any("/media/robot-" in address for address in seen)
    assert not [name for name in tree(public) if ".storysite" in name]
    assert pages.get("/stories/2026/11/robots/").body.count(b"<title>Robots") == 1

    story.write_text(story.read_text("utf-8").replace("They came.", "They came, and they drew."), "utf-8")
    sent = storysite(site, "publish", "--no-wait")
    assert "Going out: 1 changed story.\n  Changed: Robots\n" in sent.stdout, sent.stderr
    said, public = runs.next()
    assert 1 <= pages_built(said) <= 20 < first
    assert crawled(Pages(public, "/stories", hidden=True), ADDRESS)[1] == set()
    assert b"and they drew" in Pages(public, "/stories").get("/stories/2026/11/robots/").body

    runs.last = None
    (tmp_path / "runs" / f"run-{len(hub.commits())}").rename(tmp_path / "cached")
    with_cache = without_search(tree(tmp_path / "cached/python/runner/site"))
    said, clean = runs.next()
    assert pages_built(said) >= first
    assert without_search(tree(clean)) == with_cache
