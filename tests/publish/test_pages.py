"""Where nothing on the web builds the site, the built site is sent as well, on a branch of its own."""

from pathlib import Path

from tests.publish.web import Hub, Office, clone


def test_the_built_site_is_on_its_branch_and_nowhere_else(tmp_path: Path, hub: Hub) -> None:
    """Byte for byte, without what storysite remembers, and nobody sees anything of it in the folder."""
    office = Office(tmp_path / "office", hub, workflow=False)
    office.folder.write("static/.well-known/security.txt", "Contact: mailto:library@example.org\r\n")
    office.git("init", "--quiet", "--initial-branch=main")
    office.git("config", "core.autocrlf", "true")
    office.folder.write(".gitattributes", "* text=auto eol=crlf\n*.html -diff filter=lfs\n")
    office.first()
    built = {
        file.relative_to(office.path / "_site").as_posix(): file.read_bytes()
        for file in (office.path / "_site").rglob("*")
        if file.is_file() and ".storysite-" not in str(file)
    }
    assert hub.names("gh-pages") == {*built, ".nojekyll"}
    for name in ("index.html", "feed.xml", ".well-known/security.txt"):
        assert hub.text(name, "gh-pages").encode() == built[name]
    assert office.unsaved() == []
    assert set(office.git("branch", "--format=%(refname:short)").split()) == {"main"}


def test_a_domain_of_its_own_stays_and_the_history_grows(tmp_path: Path, hub: Hub) -> None:
    """GitHub writes the file CNAME there itself; where nothing changed, nothing is sent."""
    office = Office(tmp_path / "office", hub, workflow=False)
    office.first()
    hub.edit("CNAME", "stories.example.org\n", branch="gh-pages")
    assert "Nothing new to publish" in office.publish("--no-wait")
    office.folder.post("2026-11-23-owls", id="owls", title="Owls")
    office.publish("--no-wait")
    assert "2026/11/owls/index.html" in hub.names("gh-pages")
    assert hub.commits("gh-pages") == [
        "Publish: Owls", "Update CNAME", "Publish: Robots",
    ]  # fmt: skip
    assert hub.text("CNAME", "gh-pages") == "stories.example.org\n"


def test_a_site_of_another_program_is_not_replaced_unless_she_says_so(tmp_path: Path, hub: Hub) -> None:
    """It may be the school's old one; then neither the stories nor the pages are sent."""
    seed = Office(tmp_path / "seed", hub)
    seed.git("init", "--quiet", "--initial-branch=gh-pages")
    seed.folder.write("index.html", "Our old site\n")
    seed.git("add", "index.html")
    seed.git("commit", "--quiet", "-m", "Old site")
    seed.git("push", "--quiet", str(hub.path), "gh-pages")
    office = Office(tmp_path / "office", hub, workflow=False)
    said = office.publish("--remote", str(hub.path), "--no-wait", code=1)
    assert "the branch gh-pages has a site that storysite did not put there  [publish-refused]" in said
    assert hub.branches() == {"gh-pages"}
    office.publish("--no-wait", "--replace")
    assert hub.commits("gh-pages") == ["Publish: Robots", "Old site"]
    assert hub.branches() == {"gh-pages", "main"}


def test_two_people_publish_pages_in_turn(tmp_path: Path, hub: Hub) -> None:
    """The pages are always those of the stories that are sent with them."""
    office = Office(tmp_path / "office", hub, workflow=False)
    office.first()
    other = clone(hub, tmp_path / "other")
    office.folder.post("2026-11-23-owls", id="owls", title="Owls")
    other.folder.post("2026-11-23-cats", id="cats", title="Cats")
    office.publish("--no-wait")
    other.publish("--no-wait")
    assert {"2026/11/owls/index.html", "2026/11/cats/index.html"} <= hub.names("gh-pages")
    office.publish("--no-wait", "--undo")
    assert "2026/11/owls/index.html" in hub.names("gh-pages")
    assert "2026/11/cats/index.html" not in hub.names("gh-pages")


def test_both_branches_are_sent_or_none(tmp_path: Path, hub: Hub) -> None:
    """A rule for one of them keeps the other at home as well."""
    office = Office(tmp_path / "office", hub, workflow=False)
    office.first()
    hook = hub.path / "hooks/update"
    hook.write_text('#!/bin/sh\ntest "$1" != refs/heads/gh-pages\n', "utf-8")
    hook.chmod(0o755)
    office.folder.post("2026-11-23-owls", id="owls", title="Owls")
    assert "[publish-refused]" in office.publish("--no-wait", code=1)
    assert hub.commits() == hub.commits("gh-pages") == ["Publish: Robots"]
