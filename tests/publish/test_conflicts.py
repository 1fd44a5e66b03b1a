"""Where two people changed the same story: both texts are told, nothing is lost, and she decides."""

from pathlib import Path

import pytest

from tests.publish.web import Hub, Office, clone

STORY = "content/posts/2026-11-20-robots.md"


def story(middle: str, end: str = "The end.") -> str:
    """Return the text of the story with a line in its middle and one at its end."""
    lines = ["---", "id: robots", "title: Robots", "---", "", "It began.", "", middle, "", "It went on.", "", end, ""]
    return "\n".join(lines)


@pytest.fixture
def both(office: Office, hub: Hub) -> Office:
    """Return a computer on which a line was changed that Ana changed on the web, who changed another as well."""
    office.folder.write(STORY, story("Robots came."))
    office.first()
    hub.edit(STORY, story("Nine robots came.", "Ana's end."))
    office.folder.write(STORY, story("Ten robots came."))
    office.folder.post("2026-11-23-owls", id="owls", title="Owls")
    return office


def test_both_texts_are_told_and_all_is_as_it_was(both: Office, hub: Hub) -> None:
    """Whose they are, from which line on, and what to write to have the one or the other."""
    for _ in range(2):
        said = both.publish("--no-wait", code=1)
        assert said.endswith(
            f"{STORY} was changed here, and on the web by Ana, in the same place  [publish-conflict]\n"
            "    hint: everything here is as it was; choose what is to be published\n"
            f"{STORY}:\n"
            "  here, from line 8:\n"
            "    | Ten robots came.\n"
            "  on the web, by Ana:\n"
            "    | Nine robots came.\n"
            "To send your lines, write storysite publish --keep mine; "
            "to take the others, storysite publish --keep theirs.\n"
            "To have both, first write both into your file.\n"
            "Nothing was published.\n"
        )
        assert (both.path / STORY).read_text("utf-8") == story("Ten robots came.")
        assert not (both.path / ".git/rebase-merge").exists()
    assert hub.commits() == [f"Update {STORY}", "Publish: Robots"]


def test_her_lines_go_out_if_she_says_so(both: Office, hub: Hub) -> None:
    """With what Ana changed elsewhere in the story."""
    both.publish("--no-wait", "--keep", "mine")
    assert hub.text(STORY) == story("Ten robots came.", "Ana's end.") == (both.path / STORY).read_text("utf-8")
    assert "content/posts/2026-11-23-owls.md" in hub.names()


def test_the_others_lines_are_taken_if_she_says_so_and_hers_are_kept(both: Office, hub: Hub) -> None:
    """In a place that she is told."""
    said = both.publish("--no-wait", "--keep", "theirs")
    kept = f".storysite/replaced/{STORY}"
    assert f"Your version is kept in {kept}.\n" in said
    assert hub.text(STORY) == story("Nine robots came.", "Ana's end.")
    assert (both.path / kept).read_text("utf-8") == story("Ten robots came.")


def test_she_may_write_both_into_her_file(both: Office, hub: Hub) -> None:
    """And sends that, in one piece."""
    both.publish("--no-wait", code=1)
    both.folder.write(STORY, story("Nine or ten robots came.", "Ana's end."))
    both.publish("--no-wait", "--keep", "mine")
    assert hub.text(STORY) == story("Nine or ten robots came.", "Ana's end.")
    assert hub.commits()[0] == "Publish: Owls and 1 more"


@pytest.mark.parametrize("keep", ["", "mine", "theirs"])
def test_one_deletes_what_the_other_changes(office: Office, hub: Hub, keep: str) -> None:
    """A story that is gone on one side and new on the other is asked about as well."""
    office.folder.write(STORY, story("Robots came."))
    office.folder.post("2026-11-21-cats", id="cats", title="Cats")
    office.first()
    hub.edit(STORY, None)
    office.folder.write(STORY, story("Ten robots came."))
    said = office.publish("--no-wait", *(["--keep", keep] if keep else []), code=0 if keep else 1)
    if not keep:
        assert f"{STORY}:\n  changed here, and deleted by Ana\n" in said
        assert (office.path / STORY).read_text("utf-8") == story("Ten robots came.")
    assert (STORY in hub.names()) == (keep == "mine")
    assert (office.path / STORY).exists() == (keep != "theirs")
    assert not (office.path / ".git/rebase-merge").exists()


def test_a_draft_that_somebody_sends_under_the_same_name_is_not_written_over(office: Office, hub: Hub) -> None:
    """What is not sent cannot be put together with anything: she is told."""
    office.first()
    office.folder.post("2026-11-22-secret", "Mine.", id="secret", title="A secret", draft="true")
    hub.edit("content/posts/2026-11-22-secret.md", "Ana's.\n")
    said = office.publish("--no-wait", code=1)
    assert "content/posts/2026-11-22-secret.md was changed on the web, and here, where it is not saved" in said
    assert "Mine." in (office.path / "content/posts/2026-11-22-secret.md").read_text("utf-8")


def test_what_a_colleague_broke_is_not_sent_on(office: Office, hub: Hub) -> None:
    """What comes in is checked like everything else, and her story is sent once it is fixed."""
    office.first()
    hub.edit("content/posts/2026-11-21-cats.md", "---\ndate: 2026-13-41\n---\n\nCats.\n")
    office.folder.post("2026-11-23-owls", id="owls", title="Owls")
    said = office.publish("--no-wait", code=1)
    assert "Took in 1 change from the web, by Ana.\n" in said
    assert "[post-date]" in said
    assert said.endswith("Nothing was published. Fix this problem and publish again.\n")
    office.folder.post("2026-11-21-cats", "Cats.", id="cats", title="Cats", date="2026-11-21")
    office.publish("--no-wait")
    assert hub.commits()[:2] == ["Publish: Owls and 1 more", "Update content/posts/2026-11-21-cats.md"]


def test_a_repository_that_was_made_with_a_readme_is_taken_in(tmp_path: Path, office: Office, hub: Hub) -> None:
    """GitHub offers one, and its history knows nothing of this one."""
    seed = Office(tmp_path / "seed", hub)
    seed.git("init", "--quiet", "--initial-branch=main")
    (seed.path / "README.md").write_text("# stories\n", "utf-8")
    seed.git("add", "README.md")
    seed.git("commit", "--quiet", "-m", "Initial commit")
    seed.git("push", "--quiet", str(hub.path), "main")
    assert "Took in 1 change from the web, by Ana.\n" in office.first()
    assert {"README.md", STORY} <= hub.names()
    assert (office.path / "README.md").exists()


def test_the_branch_of_the_repository_is_the_one_that_is_sent_to(office: Office, hub: Hub) -> None:
    """Where it is called master, what is here goes there, and no second branch begins."""
    office.git("init", "--quiet", "--initial-branch=main")
    office.git("commit", "--quiet", "--allow-empty", "-m", "Initial commit")
    office.git("push", "--quiet", str(hub.path), "main:master")
    office.first()
    assert hub.branches() == {"master"}
    assert STORY in hub.names("master")


def test_changes_elsewhere_in_the_repository_survive_what_comes_in(tmp_path: Path, hub: Hub) -> None:
    """Files outside of the site that are not saved are put aside and back."""
    office = Office(tmp_path / "work", hub)
    (tmp_path / "work/code.txt").write_text("one\n", "utf-8")
    from tests.publish.web import git

    git(tmp_path / "work", "init", "--quiet", "--initial-branch=main")
    git(tmp_path / "work", "add", ".")
    git(tmp_path / "work", "commit", "--quiet", "-m", "Begin")
    office.first()
    other = clone(hub, tmp_path / "other")
    (other.path / "our-stories/content/posts/2026-11-21-cats.md").write_text("---\nid: cats\n---\n\nCats.\n", "utf-8")
    git(other.path, "add", ".")
    git(other.path, "commit", "--quiet", "-m", "Cats")
    git(other.path, "push", "--quiet")
    (tmp_path / "work/code.txt").write_text("two\n", "utf-8")
    office.folder.post("2026-11-23-owls", id="owls", title="Owls")
    office.publish("--no-wait")
    assert (tmp_path / "work/code.txt").read_text("utf-8") == "two\n"
    assert hub.text("code.txt") == "one\n"
    assert hub.commits()[:2] == ["Publish: Owls", "Cats"]
