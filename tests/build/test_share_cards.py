"""What networks show of a page: its picture in the right shape, or a drawn card, each made once and never too large."""

import os
import re
import time
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from storysite.build.explain import explain_page
from storysite.build.kept import GRACE
from storysite.build.options import BuildOptions
from storysite.photos.card import HEIGHT, LARGEST, WIDTH
from storysite.plan.share import NEWEST
from tests.build.test_pictures import large
from tests.folder import NOW, Folder, tree
from tests.photos.pictures import phone_photo, told_by, upright

TAG = re.compile(r'<meta property="og:image(:\w+)?" content="([^"]*)">')
ADDRESS = "https://library.example.org/stories/"
SETTINGS = f"title: Our story shelf\nschool: Maple Street School\nbase_url: {ADDRESS}\nsearch: no\n"


@pytest.fixture
def shelf(folder: Folder) -> Folder:
    """Return a site that has an address."""
    folder.write("storysite.yml", SETTINGS)
    return folder


def shared(folder: Folder, route: str = "index.html") -> dict[str, str]:
    """Return what a page tells networks of its picture: its route, width, height and alt text."""
    found = {name or "route": value for name, value in TAG.findall(folder.page(route))}
    return {**found, "route": found["route"].removeprefix(ADDRESS)} if found else {}


def picture(folder: Folder, route: str = "index.html") -> Image.Image:
    """Return the picture that a page names, which has the size that the page says."""
    told = shared(folder, route)
    data = (folder.site / told["route"]).read_bytes()
    found = Image.open(BytesIO(data))
    assert found.size == (int(told[":width"]), int(told[":height"]))
    assert len(data) <= LARGEST
    return found


def cards(folder: Folder) -> set[str]:
    """Return the names of all share cards, without their digests."""
    return {re.sub(r"-\w{10}(-\S+)?\.\w+$", "", file.name) for file in (folder.site / "share").glob("*")}


def test_every_page_names_a_card_that_is_there(shelf: Folder) -> None:
    """A story with a picture, one without, a page, each listing: all have an address, a size and words."""
    shelf.write("content/posts/robot.jpg", large())
    shelf.post("2026-11-20-robots", title="Robots", id="r", image="robot.jpg", image_alt="Two children hold a robot")
    shelf.post("2026-11-21-letters", title="Letters & <b>", id="l", tags="[mail]", kind="thanks")
    shelf.write("content/pages/about.md", "---\ntitle: About\n---\n\nText.\n")
    shelf.build()
    pages = [route for route in shelf.routes() if route.endswith(".html") and "og:title" in shelf.page(route)]
    assert len(pages) > 10
    for route in pages:
        found = picture(shelf, route)
        assert (found.format, found.size) in {("PNG", (WIDTH, HEIGHT)), ("JPEG", (WIDTH, HEIGHT))}, route
        assert shared(shelf, route)[":alt"], route
    assert shared(shelf, "2026/11/robots/index.html")[":alt"] == "Two children hold a robot"
    assert shared(shelf, "2026/11/letters/index.html")[":alt"] == "Letters &amp; &lt;b&gt; – Our story shelf"
    assert cards(shelf) == {"robot", "letters", "about", "site"}
    assert 'twitter:card" content="summary_large_image"' in shelf.page("index.html")


@pytest.mark.parametrize("size", [(4000, 3000), (3000, 4000), (1200, 630), (700, 700), (640, 5000)])
def test_a_photo_of_any_shape_is_cut_to_that_of_a_card(shelf: Folder, size: tuple[int, int]) -> None:
    """Never enlarged; and as small a file as networks take, even if it is all noise."""
    noise = Image.frombytes("RGB", size, os.urandom(size[0] * size[1] * 3))
    written = BytesIO()
    noise.save(written, "JPEG", quality=80)
    shelf.write("content/posts/noise.jpg", written.getvalue())
    shelf.post("2026-11-20-noise", title="Noise", id="n", image="noise.jpg", image_alt="Noise")
    shelf.build()
    found = picture(shelf, "2026/11/noise/index.html")
    assert found.format == "JPEG"
    assert found.width <= min(WIDTH, size[0])
    assert abs(found.width / found.height - WIDTH / HEIGHT) < 0.01


def test_a_picture_too_small_for_networks_gives_way_to_a_drawn_card(shelf: Folder) -> None:
    shelf.write("content/posts/tiny.png", large("png", size=(500, 300)))
    shelf.post("2026-11-20-tiny", title="Tiny", id="t", image="tiny.png", image_alt="Tiny")
    shelf.build()
    assert cards(shelf) == {"tiny", "site"}
    assert picture(shelf, "2026/11/tiny/index.html").size == (WIDTH, HEIGHT)
    assert shared(shelf, "2026/11/tiny/index.html")[":alt"] == "Tiny – Our story shelf"


def test_nothing_but_the_picture_is_in_a_card(shelf: Folder) -> None:
    """As exiftool reads it: no place, no name, no camera, and upright."""
    shelf.write("storysite.yml", SETTINGS + "problems:\n  photo-location: warning\n")
    shelf.write("content/posts/robot.jpg", large(turned=6))
    shelf.write("content/posts/phone.jpg", phone_photo("jpeg"))
    shelf.post("2026-11-20-robots", title="Robots", id="r", image="robot.jpg", image_alt="A robot")
    shelf.post("2026-11-21-phone", title="Phone", id="p", image="phone.jpg", image_alt="A robot")
    shelf.build()
    told = str(told_by(list((shelf.site / "share").iterdir())))
    assert not re.search(r"GPS|XMP|IPTC|Artist|Rivera|Orientation|Comment|Author|Software", told)
    assert upright((shelf.site / shared(shelf, "2026/11/robots/index.html")["route"]).read_bytes(), 60)


def _stories(folder: Folder, number: int) -> None:
    """Write so many stories, the first of them the oldest."""
    for story in range(number):
        day = f"{2020 + story // 336}-{story // 28 % 12 + 1:02}-{story % 28 + 1:02}"
        folder.post(f"{day}-story-{story}", title=f"Story {story}", id=f"s{story}")


@pytest.mark.parametrize(("choice", "drawn"), [("newest", 70), ("all", 120), ("none", 0), ("no", 0)])
def test_a_setting_says_which_stories_have_a_card_of_their_own(shelf: Folder, choice: str, drawn: int) -> None:
    """All others show the card of the site; with `none` no page shows one."""
    shelf.write("storysite.yml", SETTINGS + f"share_cards: {choice}\n")
    _stories(shelf, 120)
    shelf.build()
    assert cards(shelf) == ({f"story-{number}" for number in range(120 - drawn, 120)} | {"site"} if drawn else set())
    oldest = shared(shelf, "2020/01/story-0/index.html")
    assert ("site-" in oldest.get("route", "")) == (choice == "newest")
    assert bool(oldest) == (drawn > 0)


def test_a_new_story_takes_the_card_of_no_other_but_once_in_fifty(shelf: Folder) -> None:
    """Then fifty old stories come to show the card of the site, and their cards are deleted."""
    changed = []
    for number in (2 * NEWEST - 1, 2 * NEWEST, 2 * NEWEST + 1):
        _stories(shelf, number)
        built = shelf.build()
        changed.append({job.page.url for job in built.work.render if "story-" in job.page.url})
    olds = [sum(bool(re.search(r"story-([0-9]|[1-4][0-9])/$", url)) for url in urls) for urls in changed[1:]]
    assert olds == [NEWEST, 0]
    assert len(cards(shelf)) == NEWEST + 1 + 1


def test_a_card_is_drawn_when_something_on_it_changes_and_not_otherwise(shelf: Folder) -> None:
    """A title draws one, the text none, a palette all; what was drawn once is not drawn again."""
    _stories(shelf, 5)
    shelf.build()

    def drawn() -> set[str]:
        return {
            re.sub(r"-\w{10}\.png", "", job.page.url).removeprefix("share/")
            for job in shelf.build().work.render
            if job.page.url.startswith("share/")
        }

    assert drawn() == set()
    shelf.post("2020-01-01-story-0", "Other text.", title="Story 0", id="s0")
    assert drawn() == set()
    shelf.post("2020-01-01-story-0", title="Another title", id="s0")
    assert drawn() == {"story-0"}
    shelf.write("storysite.yml", SETTINGS + "theme_settings: {palette: Pine}\n")
    assert drawn() == {"site", *(f"story-{number}" for number in range(5))}
    shelf.write("storysite.yml", SETTINGS.replace("Maple", "Oak"))
    assert drawn() == {"site", *(f"story-{number}" for number in range(5))}
    before = {file: file.stat().st_mtime_ns for file in (shelf.path / ".storysite").rglob("*") if file.is_file()}
    cards_before = tree(shelf.site / "share")
    for file in (shelf.site / "share").iterdir():
        file.unlink()
    shelf.build()
    kept = {file for file, when in before.items() if file.exists() and file.stat().st_mtime_ns == when}
    assert tree(shelf.site / "share") == cards_before
    assert len([file for file in kept if file.parent.name == "pictures"]) >= 6


def test_a_card_that_no_build_asked_for_in_a_month_is_kept_no_longer(shelf: Folder) -> None:
    """Also where no story has a picture."""
    shelf.post("2026-11-20-robots", title="Robots", id="r")
    shelf.build()
    old = set((shelf.path / ".storysite/pictures").iterdir())
    for file in old:
        os.utime(file, (time.time() - GRACE - 60,) * 2)
    shelf.post("2026-11-20-robots", title="Seven robots", id="r")
    shelf.build()
    assert len(old) == 2
    assert not old & set((shelf.path / ".storysite/pictures").iterdir())


def test_cards_of_an_incremental_build_are_those_of_a_clean_one(shelf: Folder, tmp_path: Path) -> None:
    _stories(shelf, 8)
    shelf.build()
    shelf.post("2020-01-03-story-2", title="مكتبة 圖書館 🤖", id="s2", kind="ask")
    shelf.write("content/posts/robot.jpg", large())
    shelf.post("2020-01-04-story-3", title="Story 3", id="s3", image="robot.jpg", image_alt="A robot")
    (shelf.path / "content/posts/2020-01-05-story-4.md").unlink()
    shelf.build(allow_deletions=True)
    assert tree(shelf.site) == shelf.clean(tmp_path / "clean")


def test_an_unlisted_story_leaves_no_trace_among_the_cards(shelf: Folder) -> None:
    """Whoever has its address sees the card of the site, for the name of another would tell of it."""
    shelf.post("2026-11-20-robots", title="Robots", id="r", unlisted="true")
    shelf.post("2026-11-21-draft", title="Draft", id="d", draft="true")
    shelf.post("2026-11-22-letters", title="Letters", id="l")
    shelf.build()
    assert cards(shelf) == {"letters", "site"}
    assert "site-" in shared(shelf, "2026/11/robots/index.html")["route"]


def test_why_a_card_was_made_can_be_asked(shelf: Folder) -> None:
    """As of every page."""
    shelf.post("2026-11-20-robots", title="Robots", id="r")
    shelf.build()
    route = shared(shelf, "2026/11/robots/index.html")["route"]
    told = "\n".join(explain_page(BuildOptions(shelf.path, now=NOW, jobs=1), route))
    assert "content/posts/2026-11-20-robots.md" in told


@pytest.mark.parametrize("theme", ["default", "gazette"])
def test_networks_and_people_are_told_of_cards_in_each_theme(shelf: Folder, theme: str) -> None:
    shelf.write("storysite.yml", SETTINGS + f"theme: {theme}\n")
    shelf.post("2026-11-20-robots", title="Robots", id="r")
    shelf.build()
    for route in ("index.html", "2026/11/robots/index.html", "archive/index.html"):
        assert picture(shelf, route).size == (WIDTH, HEIGHT)
