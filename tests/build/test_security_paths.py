"""No address, link or file leads out of the site's folder or of its output."""

import re
import shutil
from contextlib import suppress

import pytest

from storysite.errors import ProblemsFound
from tests.build.test_sites import THEME
from tests.folder import ICON, Folder, tree
from tests.secret import PATH, leaks, refusal, site_below_a_secret


@pytest.fixture
def shelf(folder: Folder) -> Folder:
    """Return a site with one story, and a secret in the folder above it."""
    return site_below_a_secret(folder)


OUTSIDE = [
    "../escaped", "/../escaped/", "/a/../../escaped/", "..", "/..", "/./../escaped", "....//escaped", "..\\escaped",
    "C:\\escaped", "C:/escaped", "\\\\host\\share", "a\\..\\..\\escaped", "/etc/../escaped",
    "https://example.org/../escaped", "//example.org/../x", "/.git/config", "/.storysite-manifest",
    "/escaped\0.html", "/%2e%2e/escaped/", "~/escaped", "/a/" + "x" * 300 + "/", "/con:/", "file:///etc/passwd",
    "/a?b/", "/<script>/", "/.htaccess", "   ", "/", ".", "#", "?",
]  # fmt: skip


@pytest.mark.parametrize("key", ["permalink", "slug", "aliases"])
def test_no_address_leads_out_of_the_output(key: str, shelf: Folder) -> None:
    """However a post asks for it, nothing is written outside the output, nor under a name that systems refuse."""
    shutil.copytree(THEME, shelf.path / "themes" / "default")
    shelf.build()
    before = around(shelf)
    for number, address in enumerate(OUTSIDE):
        written = address.replace("\\", "\\\\").replace("\0", "\\0")
        file = shelf.post("2026-11-21-hostile", id="hostile", title=f"Story {number}", **{key: f'"{written}"'})
        with suppress(ProblemsFound):
            shelf.build()
        for route in shelf.routes():
            assert (shelf.site / route).resolve().is_relative_to(shelf.site.resolve()), address
            assert not any(part.startswith(".") for part in route.split("/")), address
            assert not re.search(r'[\\:<>"|?*\x00-\x1f]', route), address
        file.unlink()
    assert around(shelf) == before


def around(folder: Folder) -> dict[str, bytes]:
    """Return every file around the output: the sources, and what lies above them."""
    return {
        name: text for name, text in tree(folder.path.parent).items() if not re.search("/(_site|.storysite)/", name)
    }


@pytest.mark.parametrize("field", ["tags", "series", "author", "category", "audience"])
def test_no_group_leads_out_of_the_output(field: str, shelf: Folder) -> None:
    """Groups that are called like folders above or files of the system get a safe address of their own."""
    for number, name in enumerate(
        ["../../escaped", "..", "/etc/passwd", "C:\\x", "a\\u0000b", ".", "con", "page", "index.html", "feed.xml"]
    ):
        shelf.post(
            f"2026-11-0{number % 9 + 1}-group-{number}",
            id=f"group-{number}",
            **{field: '"' + name.replace("\\x", "\\\\x") + '"'},
        )
    shelf.build()
    assert not (shelf.path.parent / "escaped").exists()
    for route in shelf.routes():
        assert re.fullmatch(r"[\w/.-]+", route), route
        assert ".." not in route


@pytest.mark.parametrize(
    "target", ["../../../secret.html", "/../secret.html", "../../secrets/secret.md", "..%2f..%2f..%2fsecret.html",
    "/etc/passwd", "file:///etc/passwd", "../../storysite.yml", "/storysite.yml", "../../.storysite/cache.sqlite",
    "../../../../../../etc/passwd"]
)  # fmt: skip
def test_no_picture_or_link_brings_a_file_from_elsewhere(target: str, shelf: Folder) -> None:
    """Only files in content/ and static/ can be named; settings, memory and everything above stay where they are."""
    shelf.post(
        "2026-11-20-robots",
        f"![]({target}) [x]({target})\n\n<img src='{target}' srcset='{target} 2x'>",
        image=target,
        id="robots",
    )
    shelf.build()
    copied = {
        route for route in shelf.routes() if route.startswith("media/") or "passwd" in route or "storysite" in route
    }
    assert copied == set()
    assert leaks(shelf) == []


@pytest.mark.parametrize("top", ["content/posts", "content/pages", "content", "static", "data"])
@pytest.mark.parametrize("what", ["secret.html", "secrets"])
def test_a_symbolic_link_to_a_place_outside_is_not_followed(what: str, top: str, shelf: Folder) -> None:
    """A link to a file or a folder outside the site brings nothing in, and is named in a warning."""
    (shelf.path / top).mkdir(parents=True, exist_ok=True)
    name = "linked.md" if what == "secret.html" else "linked"
    (shelf.path / top / name).symlink_to(shelf.path.parent / what)
    shelf.post(
        "2026-11-20-robots", f"[x](/{top.partition('/')[2]}/{name}) ![]({name}) [y](linked/secret.md)", id="robots"
    )
    built = shelf.build()
    assert (f"{top}/{name}", "link-outside") in {(problem.path, problem.code) for problem in built.problems}
    assert leaks(shelf) == []


@pytest.mark.parametrize("top", ["static", "data"])
def test_a_top_folder_that_is_a_link_to_a_place_outside_is_not_followed(top: str, shelf: Folder) -> None:
    """static/ itself may be a link; where it leads outside, what lies there stays private."""
    (shelf.path / top).symlink_to(shelf.path.parent / "secrets")
    built = shelf.build()
    assert (top, "link-outside") in {(problem.path, problem.code) for problem in built.problems}
    assert leaks(shelf) == []


def test_a_link_within_the_site_is_followed(shelf: Folder) -> None:
    """A folder of pictures may lie elsewhere in the site and be linked to from beside a post."""
    shelf.write("photos/robot.png", ICON)
    (shelf.path / "content/posts/photos").symlink_to(shelf.path / "photos")
    shelf.post("2026-11-20-robots", "![A robot](photos/robot.png)", id="robots")
    built = shelf.build()
    assert shelf.page("media/posts/photos/robot.png") == ICON
    assert built.problems == []


def test_two_posts_may_link_to_one_folder(shelf: Folder) -> None:
    """Each of two links to the same folder is followed."""
    shelf.write("photos/robot.png", ICON)
    for name in ("one", "two"):
        shelf.post(f"2026-11-2{len(name)}-{name}/index", "![A robot](photos/robot.png)", id=name)
        (shelf.path / f"content/posts/2026-11-2{len(name)}-{name}/photos").symlink_to(shelf.path / "photos")
    built = shelf.build()
    assert built.problems == []


def test_links_that_lead_in_a_circle_come_to_an_end(shelf: Folder) -> None:
    """A folder that holds a link to the folder above it, and two that hold links to each other, are read once."""
    shelf.write("static/a/one.txt", "one")
    shelf.write("static/b/two.txt", "two")
    (shelf.path / "static/a/up").symlink_to(shelf.path / "static")
    (shelf.path / "static/a/b").symlink_to(shelf.path / "static/b")
    (shelf.path / "static/b/a").symlink_to(shelf.path / "static/a")
    shelf.build()
    assert {"a/one.txt", "b/two.txt"} <= shelf.routes()
    assert len(shelf.routes()) < 60


@pytest.mark.parametrize("route", ["index.html", "2026", "2026/11/robots", "assets"])
def test_a_link_in_the_output_is_not_written_through(route: str, shelf: Folder) -> None:
    """A link that somebody put where a page or a folder belongs stops the build; what it leads to is not changed."""
    victim = shelf.path.parent / "victim"
    victim.mkdir()
    (victim / "index.html").write_text("mine", "utf-8")
    shelf.write("_site/.storysite-manifest", "")
    link = shelf.site / route
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(victim / "index.html" if route.endswith(".html") else victim)
    error = refusal(shelf)
    assert {problem.code for problem in error.problems} == {"output-foreign"}
    assert tree(victim) == {"index.html": b"mine"}


def test_a_page_that_was_replaced_by_a_link_is_put_back(shelf: Folder) -> None:
    """A link in the place of a page that storysite wrote is replaced by the page; what it leads to stays."""
    shelf.build()
    victim = shelf.path.parent / "victim.html"
    victim.write_bytes((shelf.site / "index.html").read_bytes())
    before = victim.read_bytes()
    (shelf.site / "index.html").unlink()
    (shelf.site / "index.html").symlink_to(victim)
    shelf.post("2026-11-21-kites", id="kites", title="Kites")
    shelf.build()
    assert not (shelf.site / "index.html").is_symlink()
    assert "Kites" in shelf.page("index.html")
    assert victim.read_bytes() == before


def test_a_manifest_that_lies_deletes_nothing_outside(shelf: Folder) -> None:
    """Lines in the manifest that lead out of the output folder, through a link too, are not believed."""
    shelf.build()
    (shelf.path.parent / "victim").mkdir()
    (shelf.path.parent / "victim/file.txt").write_text("mine", "utf-8")
    (shelf.site / "linked").symlink_to(shelf.path.parent / "victim")
    manifest = shelf.site / ".storysite-manifest"
    lines = [
        "../storysite.yml",
        "/etc/hostname",
        "a/../../storysite.yml",
        str(shelf.path / "storysite.yml"),
        "./../../secret.html",
    ]
    manifest.write_text(manifest.read_text("utf-8") + "\n".join(lines) + "\n", "utf-8")
    before = tree(shelf.path.parent / "secrets"), (shelf.path / "storysite.yml").read_bytes()
    shelf.build()
    assert (tree(shelf.path.parent / "secrets"), (shelf.path / "storysite.yml").read_bytes()) == before
    assert (shelf.path.parent / "secret.html").exists()


def test_nothing_is_deleted_through_a_link(shelf: Folder) -> None:
    """A folder of ours that somebody replaced by a link to their own keeps their file, although it has our name."""
    shelf.build()
    victim = shelf.path.parent / "victim"
    (shelf.site / "2026/11/robots").rename(victim)
    (shelf.site / "2026/11/robots").symlink_to(victim)
    (shelf.path / PATH).unlink()
    shelf.build()
    assert (victim / "index.html").exists()
