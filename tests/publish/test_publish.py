"""The weekly button: from nothing to a site that readers see, and again; what goes out, what stays, what is said."""

from datetime import date
from pathlib import Path

from storysite.starter.start import start_site
from tests.command_line import storysite
from tests.publish.web import Hub, Office, Pages, broken_links, clone, git, serving


def test_the_first_publish_begins_a_repository_and_says_what_is_missing(office: Office) -> None:
    """Nothing has to be known of git: it is saved here, and one sentence with one link tells what to do."""
    said = office.publish(code=1)
    assert said.startswith("This folder is a repository from now on: what you publish is kept in it, week by week.\n")
    assert "Going out: 1 new story and 3 other files.\n  New: Robots\n" in said
    assert "[publish-remote]\n    hint: make a new, empty repository at https://github.com/new, then write:" in said
    assert office.git("log", "--format=%s %an %ae").strip() == "Publish: Robots Ms. Rivera noreply@library.invalid"
    assert office.unsaved() == []
    again = office.publish(code=1)
    assert "[publish-remote]" in again
    assert office.git("log", "--format=%s").splitlines() == ["Publish: Robots"]


def test_stories_are_sent_in_words_she_knows(office: Office, hub: Hub) -> None:
    """New, changed and withdrawn ones by their titles, other files by their number; then there is nothing new."""
    assert office.first().endswith("Saved and sent.\n")
    assert hub.commits() == ["Publish: Robots"]
    office.folder.post("2026-11-20-robots", "Robots left.", id="robots", title="Robots")
    office.folder.post("2026-11-23-owls", "![Owls](owls.png)", id="owls", title="Owls & Söhne")
    office.folder.write("content/posts/owls.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    office.folder.post("2026-11-23-owls", "![An owl](owls.svg)", id="owls", title="Owls & Söhne")
    said = office.publish("--no-wait")
    assert "Going out: 1 new story, 1 changed story and 1 photo.\n  New: Owls & Söhne\n  Changed: Robots\n" in said
    assert hub.commits() == ["Publish: Owls & Söhne and 1 more", "Publish: Robots"]
    assert "New: Owls & Söhne\nChanged: Robots\n" in git(hub.path, "log", "-1", "--format=%B")
    (office.path / "content/posts/2026-11-20-robots.md").unlink()
    assert "Going out: 1 story taken off the site.\n  Taken off the site: Robots\n" in office.publish("--no-wait")
    assert hub.commits()[0] == "Take off: Robots"
    assert office.publish("--no-wait").endswith("Nothing new to publish: the web has all that is here.\n")
    assert len(hub.commits()) == 3


def test_what_is_wrong_with_a_story_keeps_everything_at_home(office: Office, hub: Hub) -> None:
    """A warning too: the problem is printed as ever, and what was published stays."""
    office.first()
    office.folder.post("2026-11-23-owls", "See ![An owl](missing.jpg).", id="owls", title="Owls")
    said = office.publish(code=1)
    assert "[picture-missing]" in said
    assert said.endswith("Nothing was published. Fix this problem and publish again.\n")
    assert hub.commits() == ["Publish: Robots"]
    assert office.git("log", "--format=%s").splitlines() == ["Publish: Robots"]


def test_a_dry_run_says_what_would_go_out_and_does_nothing(office: Office, hub: Hub) -> None:
    """Before there is a repository as well as later."""
    assert "There is no repository here yet." in office.publish("--dry-run")
    assert not (office.path / ".git").exists()
    office.first()
    office.folder.post("2026-11-23-owls", id="owls", title="Owls")
    said = office.publish("-n")
    assert said.endswith("Going out: 1 new story.\n  New: Owls\n")
    assert hub.commits() == ["Publish: Robots"]
    assert office.unsaved() == ["?? content/posts/2026-11-23-owls.md"]


def test_drafts_and_what_no_story_shows_stay_at_home(office: Office, hub: Hub) -> None:
    """With their photos, as files that git does not know; with consent they go along."""
    picture = "<svg xmlns='http://www.w3.org/2000/svg'/>"
    office.folder.write("content/posts/secret.svg", picture)
    office.folder.write("content/posts/owls.svg", picture)
    office.folder.write("content/posts/loose.svg", picture)
    office.folder.post("2026-11-22-secret", "![A secret](secret.svg)", id="secret", title="A secret", draft="true")
    office.folder.post("2026-11-22-family", "Private.", id="family", title="A family", private="true")
    office.folder.post("_wip", "Private.", id="wip", title="Not yet")
    office.folder.post("2026-11-23-owls", "![An owl](owls.svg)", id="owls", title="Owls")
    office.folder.post("2099-01-01-later", "Later.", id="later", title="Later")
    office.folder.write("content/plan.yml", "- A surprise party\n")
    said = office.first()
    assert "Going out: 2 new stories, 1 scheduled story, 1 photo and 3 other files.\n" in said
    assert "Staying here: the drafts “A family” and “A secret” and 4 files" in said
    assert "To send that as well: storysite publish --with-drafts\n" in said
    sent = {name for name in hub.names() if name.startswith("content/")}
    assert sent == {f"content/posts/{name}" for name in (
        "2026-11-20-robots.md", "2026-11-23-owls.md", "owls.svg", "2099-01-01-later.md")}  # fmt: skip
    assert "A secret" not in git(hub.path, "log", "-p", "--all", "-m")
    office.publish("--with-drafts", "--no-wait")
    assert "content/posts/secret.svg" in hub.names()
    office.folder.post("2026-11-22-secret", "More of it.", id="secret", title="A secret", draft="true")
    assert "Staying here: the draft “A secret”." in office.publish("--no-wait")
    assert "More of it" not in hub.text("content/posts/2026-11-22-secret.md")


def test_a_story_that_is_made_a_draft_again_is_taken_off(office: Office, hub: Hub) -> None:
    """It was public, and that it is no more has to go out; what is new beside it does not."""
    office.first()
    office.folder.post("2026-11-20-robots", "![R](r.svg)", id="robots", title="Robots", draft="true")
    office.folder.write("content/posts/r.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    said = office.publish("--no-wait")
    assert "  Taken off the site: Robots\n" in said
    assert "draft: true" in hub.text("content/posts/2026-11-20-robots.md")
    assert "content/posts/r.svg" not in hub.names()


def test_a_draft_that_is_done_is_a_new_story(office: Office) -> None:
    """Also where it was sent as a draft before."""
    office.folder.post("2026-11-22-secret", id="secret", title="A secret", draft="true")
    assert "Draft: A secret" in office.first("--with-drafts")
    office.folder.post("2026-11-22-secret", id="secret", title="A secret")
    assert "  New: A secret\n" in office.publish("--no-wait")


NAMES = [
    "A name with spaces",
    "Käthe läuft",
    "Ka\u0308the la\u0308uft NFD",
    "-dash first",
    "[brackets]*? no",
    "读书 🎉",
]


def test_every_name_is_sent(office: Office, hub: Hub) -> None:
    """Spaces, accents in both spellings, a dash in front, and signs that git or a shell would take for patterns.

    Windows cannot have some of them, which is another matter.
    """
    settings = office.path / "storysite.yml"
    settings.write_text(settings.read_text("utf-8") + "problems: {name-windows: note}\n", "utf-8")
    for name in NAMES:
        office.folder.post(
            f"{name}/index", "![A sign](a b.svg)", id=name.encode().hex(), title="A story", date="2026-11-20"
        )
        office.folder.write(f"content/posts/{name}/a b.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    said = office.first()
    assert "Staying here" not in said
    assert {f"content/posts/{name}/{file}" for name in NAMES for file in ("index.md", "a b.svg")} <= hub.names()
    assert office.unsaved() == []


def test_windows_line_ends_are_no_change(office: Office, hub: Hub) -> None:
    """git for Windows turns them round on the way in and out."""
    office.first()
    office.git("config", "core.autocrlf", "true")
    file = office.path / "content/posts/2026-11-20-robots.md"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert "Nothing new to publish" in office.publish("--no-wait")
    file.write_bytes(file.read_bytes().replace(b"came", b"went"))
    assert "  Changed: Robots\n" in office.publish("--no-wait")
    assert "\r" not in hub.text("content/posts/2026-11-20-robots.md")
    assert office.unsaved() == []


def test_what_she_chose_to_keep_apart_with_git_is_left_as_it_is(office: Office, hub: Hub) -> None:
    """Something she told git herself, of a draft, is not sent and not lost."""
    office.first()
    office.folder.post("2026-11-22-secret", "One.", id="secret", title="A secret", draft="true")
    office.git("add", "content/posts/2026-11-22-secret.md")
    office.folder.post("2026-11-22-secret", "Two.", id="secret", title="A secret", draft="true")
    office.folder.post("2026-11-23-owls", id="owls", title="Owls")
    office.publish("--no-wait")
    assert "content/posts/2026-11-22-secret.md" not in hub.names()
    assert office.unsaved() == ["AM content/posts/2026-11-22-secret.md"]
    assert "One." in office.git("show", ":content/posts/2026-11-22-secret.md")


def test_a_list_of_files_that_is_behind_is_no_change(office: Office, hub: Hub) -> None:
    """As it is when a publish was ended before git was told what it had saved."""
    office.first()
    office.folder.post("2026-11-23-owls", id="owls", title="Owls")
    office.publish("--no-wait")
    office.git("read-tree", "HEAD~1")
    assert "Nothing new to publish" in office.publish("--no-wait")
    office.folder.post("2026-11-24-cats", id="cats", title="Cats")
    office.publish("--no-wait")
    assert {"content/posts/2026-11-23-owls.md", "content/posts/2026-11-24-cats.md"} <= hub.names()


def test_what_she_took_out_of_git_is_gone_from_it(office: Office, hub: Hub) -> None:
    """The file stays here, ignored."""
    office.folder.write("static/notes.txt", "Notes.")
    office.first()
    office.git("rm", "--quiet", "--cached", "static/notes.txt")
    office.folder.write(".gitignore", "_site/\n.storysite/\nnotes.txt\n")
    office.publish("--no-wait")
    assert "static/notes.txt" not in hub.names()
    assert (office.path / "static/notes.txt").exists()
    assert office.unsaved() == []


def test_a_theme_of_another_repository_goes_along_as_git_means_it(tmp_path: Path, office: Office, hub: Hub) -> None:
    """A submodule: its state is sent, and not its files."""
    theme = tmp_path / "theme"
    theme.mkdir()
    git(theme, "init", "--quiet")
    (theme / "README.md").write_text("A theme.", "utf-8")
    git(theme, "add", ".")
    git(theme, "commit", "--quiet", "-m", "Begin")
    office.git("init", "--quiet", "--initial-branch=main")
    office.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(theme), "themes/ours")
    office.first()
    assert {".gitmodules", "themes/ours"} <= hub.names()
    assert "160000 commit" in git(hub.path, "ls-tree", "main", "themes/ours")
    assert "Nothing new to publish" in office.publish("--no-wait")


def test_what_was_built_is_never_saved(office: Office, hub: Hub) -> None:
    """Also where nobody told git to ignore it."""
    (office.path / ".gitignore").unlink()
    office.first()
    assert not [name for name in hub.names() if name.startswith(("_site", ".storysite"))]


def test_a_site_in_a_folder_of_a_repository_sends_that_folder_alone(tmp_path: Path, hub: Hub) -> None:
    """What else changed in the repository is somebody else's business."""
    top = tmp_path / "work"
    top.mkdir()
    git(top, "init", "--quiet", "--initial-branch=main")
    git(top, "remote", "add", "origin", str(hub.path))
    office = Office(top, hub)
    said = office.publish(code=1)
    assert "which knows nothing of it  [publish-unfinished]" in said
    office.git("add", "storysite.yml")
    (top / "notes.txt").write_text("not for the web", "utf-8")
    office.publish("--no-wait")
    assert "our-stories/content/posts/2026-11-20-robots.md" in hub.names()
    assert "notes.txt" not in hub.names()
    office.folder.post("2026-11-22-secret", id="secret", title="A secret", draft="true")
    assert "Staying here: the draft “A secret”" in office.publish("--no-wait")


def test_two_people_publish_in_turn(tmp_path: Path, office: Office, hub: Hub) -> None:
    """Each takes in what the other sent, and both have all of it afterwards."""
    office.first()
    other = clone(hub, tmp_path / "other")
    office.folder.post("2026-11-23-owls", id="owls", title="Owls")
    other.folder.post("2026-11-23-cats", id="cats", title="Cats")
    office.publish("--no-wait")
    said = other.publish("--no-wait")
    assert "Took in 1 change from the web, by Ms. Rivera.\n" in said
    assert "Checked and built: 3 stories" in said
    office.folder.post("2026-11-24-dogs", id="dogs", title="Dogs", draft="true")
    assert "Took in 1 change" in (said := office.publish("--no-wait"))
    assert said.endswith("Nothing new to publish: the web has all that is here.\n")
    assert (office.path / "content/posts/2026-11-23-cats.md").exists()
    assert (office.path / "content/posts/2026-11-24-dogs.md").exists()
    assert hub.commits() == ["Publish: Cats", "Publish: Owls", "Publish: Robots"]


def test_readers_see_it_before_the_command_ends(tmp_path: Path, hub: Hub) -> None:
    """From `new` to a site below /repo/ whose every link leads somewhere, then a change that takes a while to be there."""
    site = tmp_path / "office/our-stories"
    start_site(site, today=date(2026, 11, 24), zone="UTC")
    (site / ".github/workflows/publish.yml").unlink()
    (site / ".github/workflows/scheduled.yml").unlink()
    pages = Pages(hub)
    with serving(pages) as address:
        settings = (site / "storysite.yml").read_text("utf-8")
        (site / "storysite.yml").write_text(settings + f"base_url: {address.rstrip('/')}\n", "utf-8")
        done = storysite(site, "publish", "--remote", str(hub.path))
        assert done.returncode == 0, done.stderr
        assert f"Saved and sent; live in about two minutes at {address}\n" in done.stdout
        assert done.stdout.endswith("Readers see it now.\n")
        assert hub.branches() == {"main", "gh-pages"}
        assert ".nojekyll" in hub.names("gh-pages")
        assert not [name for name in hub.names("gh-pages") if ".storysite" in name]
        assert broken_links(address) == set()
        assert git(site, "status", "--porcelain") == ""
        assert git(site, "branch").split() == ["*", "main"]
        pages.delay = 1.5
        file = next(site.glob("content/posts/*first-victory.md"))
        file.write_text(file.read_text("utf-8") + "\nOne more line.\n", "utf-8")
        done = storysite(site, "publish")
        assert done.stdout.endswith("Readers see it now.\n"), done.stderr
        assert broken_links(address) == set()
        again = storysite(site, "publish")
        assert again.stdout.endswith(f"Nothing new to publish: the web has all that is here, at {address}.\n")
