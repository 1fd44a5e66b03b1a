"""What was published last can be taken back, and nothing that anybody wrote is lost by it."""

from tests.publish.web import Hub, Office

ROBOTS = "content/posts/2026-11-20-robots.md"
OWLS = "content/posts/2026-11-23-owls.md"


def published_twice(office: Office) -> str:
    """Publish a story, then another with a change of the first; return the first as it was."""
    office.first()
    before = (office.path / ROBOTS).read_text("utf-8")
    office.folder.post("2026-11-20-robots", "Robots left.", id="robots", title="Robots")
    office.folder.post("2026-11-23-owls", "Owls.", id="owls", title="Owls")
    office.publish("--no-wait")
    return before


def test_readers_see_what_they_saw_before(office: Office, hub: Hub) -> None:
    """Her files too, and as they were until then they are kept aside."""
    before = published_twice(office)
    office.folder.post("2026-11-24-secret", "Draft.", id="secret", title="Secret", draft="true")
    said = office.publish("--undo", "--no-wait")
    assert "Going back: 1 changed story and 1 story taken off the site.\n" in said
    assert "Taken back: Publish: Owls and 1 more\n" in said
    assert hub.text(ROBOTS) == before == (office.path / ROBOTS).read_text("utf-8")
    assert OWLS not in hub.names()
    assert not (office.path / OWLS).exists()
    assert "Owls." in (office.path / ".storysite/replaced" / OWLS).read_text("utf-8")
    assert "Robots left." in (office.path / ".storysite/replaced" / ROBOTS).read_text("utf-8")
    assert (office.path / "content/posts/2026-11-24-secret.md").exists()
    assert hub.commits() == ["Take back: Publish: Owls and 1 more", "Publish: Owls and 1 more", "Publish: Robots"]


def test_what_was_taken_back_is_not_taken_back_again(office: Office, hub: Hub) -> None:
    """The next time is the one before; and the first of all stays."""
    published_twice(office)
    office.folder.post("2026-11-24-cats", id="cats", title="Cats")
    office.publish("--no-wait")
    assert "Taken back: Publish: Cats\n" in office.publish("--undo", "--no-wait")
    assert "Would take back: Publish: Owls and 1 more\n" in office.publish("--undo", "--dry-run")
    assert "Taken back: Publish: Owls and 1 more\n" in office.publish("--undo", "--no-wait")
    assert "there is nothing before it  [publish-undo]" in office.publish("--undo", "--no-wait", code=1)
    assert (office.path / ROBOTS).exists()
    office.folder.post("2026-11-24-cats", id="cats", title="Cats, again")
    office.publish("--no-wait")
    assert hub.commits()[0] == "Publish: Cats, again"


def test_what_is_not_saved_yet_is_not_written_over(office: Office, hub: Hub) -> None:
    """She is told which file it is about."""
    published_twice(office)
    office.folder.post("2026-11-23-owls", "More owls.", id="owls", title="Owls")
    said = office.publish("--undo", code=1)
    assert f"{OWLS} was changed again since, and that would be lost  [publish-undo]\n" in said
    assert "More owls." in (office.path / OWLS).read_text("utf-8")
    assert hub.commits()[0] == "Publish: Owls and 1 more"


def test_what_was_changed_again_later_cannot_be_taken_back(office: Office, hub: Hub) -> None:
    """Where somebody else went on with the same lines."""
    published_twice(office)
    hub.edit(OWLS, "---\nid: owls\ntitle: Owls\n---\n\nAna's owls.\n")
    said = office.publish("--undo", code=1)
    assert "“Publish: Owls and 1 more” cannot be taken back: the same lines were changed again later" in said
    assert office.unsaved() == []
    assert not (office.path / ".git/REVERT_HEAD").exists()


def test_where_it_cannot_be_sent_nothing_is_taken_back(office: Office, hub: Hub) -> None:
    """Her files are as they were."""
    published_twice(office)
    hub.refuses("closed")
    assert "[publish-refused]" in office.publish("--undo", code=1)
    assert (office.path / OWLS).exists()
    assert office.git("log", "-1", "--format=%s").strip() == "Publish: Owls and 1 more"
    assert office.unsaved() == []


def test_without_anything_published_there_is_nothing_to_take_back(office: Office) -> None:
    """Neither without a repository nor without anything that publish has sent."""
    assert "nothing was published from this folder yet  [publish-undo]" in office.publish("--undo", code=1)
    assert office.hub
    office.git("init", "--quiet", "--initial-branch=main")
    office.git("add", ".")
    office.git("commit", "--quiet", "-m", "By hand")
    office.git("remote", "add", "origin", str(office.hub.path))
    office.git("push", "--quiet", "origin", "main")
    assert "nothing was published from here that could be taken back" in office.publish("--undo", code=1)
