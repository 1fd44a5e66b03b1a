"""What systems, editors and sync programs leave in a folder is none of its stories; whatever a person named is."""

import re

from hypothesis import given
from hypothesis import strategies as some

from storysite.model.leftovers import is_leftover, original_of
from storysite.source.scan import MARKDOWN, PLAIN_MARKDOWN_NAME

STEMS = some.sampled_from(
    ["2026-11-20-robots", "Book fair, day 2", "año-nuevo", "读书会", "peace (conflict in the playground)", "v1.2", "a"]
)
ENDINGS = some.sampled_from([".md", ".markdown", ".MD", ".md.txt"])
LEFT = [
    "~${}", ".{}", "._{}", ".~lock.{}#", ".#{}", "#{}#", "{}~", "{}.bak", "{}.swp", ".{}.swo", "{}.tmp", "{}.orig", "{}.crdownload",
    "{}.part", "%{}%", "{}.backup", "{}.kate-swp", "{}.crswap",
]  # fmt: skip
FOUND_EVERYWHERE = [
    "Thumbs.db", "thumbs.db", "ehthumbs.db", ".DS_Store", "desktop.ini", "Desktop.ini", "Icon\r", "$RECYCLE.BIN", "System Volume Information",
    "__MACOSX", "@eaDir", "#recycle", ".Spotlight-V100", ".TemporaryItems", ".git", "lost+found", "FOUND.000", "node_modules",
]  # fmt: skip
CONFLICTS = [
    "{} (conflicted copy 2026-11-02){}", "{} (Anna Rivera's conflicted copy 2026-11-02){}", "{} (conflicted copy 2026-11-02 101112){}",
    "{} (Conflicted copy phone 202611021011){}", "{} (Copia en conflicto de Ana 2026-11-02){}", "{} (Copie en conflit de PC-2 2026-11-02){}",
    "{} (In Konflikt stehende Kopie von Eva 2026-11-02){}", "{} (Cópia em conflito de Rui 2026-11-02){}", "{} (王芳的冲突副本 2026-11-02){}",
    "{} (SFConflict anna@example.org 2026-11-02-10-11-12){}", "{}.sync-conflict-20261102-101112-ABC2DEF{}", "{}_conflict-20261102-101112{}",
    "{}-DESKTOP-4F2K9QZ{}", "{}-LAPTOP-4F2K9QZ1{}", "{}-DESKTOP-4F2K9QZ-2{}", "{} (Case Conflict){}", "{} (Case Conflict 1){}",
    "{} (Conflict){}", "{} [conflicted]{}", "{}_DiskStation_Nov-02-2026_Conflict{}",
]  # fmt: skip


@given(STEMS, ENDINGS, some.sampled_from(LEFT))
def test_what_programs_leave_beside_a_story_is_a_leftover(stem: str, ending: str, form: str) -> None:
    """While a document is open, after a crash, as a copy of what was there before: whatever the story is called."""
    assert is_leftover(form.format(stem + ending))


@given(some.sampled_from(FOUND_EVERYWHERE))
def test_what_systems_leave_in_every_folder_is_a_leftover(name: str) -> None:
    """Windows, macOS, Linux and network disks."""
    assert is_leftover(name)


@given(STEMS, ENDINGS, some.sampled_from(CONFLICTS))
def test_a_copy_that_a_sync_program_kept_belongs_to_its_original(stem: str, ending: str, form: str) -> None:
    """As long as that lies beside it: the only copy of a story is a story."""
    copy = form.format(stem, ending)
    assert original_of(copy, {stem + ending, copy}) == stem + ending
    assert original_of(copy, {copy}) == ""


@given(STEMS, ENDINGS)
def test_what_a_person_named_is_no_leftover(stem: str, ending: str) -> None:
    """Nor a copy of another file, be there what may."""
    name = stem + ending
    others = {name, "2026-11-20-robots.md", "Book fair, day 2.md", "peace.md", "a.md"}
    assert (is_leftover(name), original_of(name, others)) == (False, "")


@given(some.from_regex(re.compile(r"[A-Za-z0-9][\w-]*\.md", re.ASCII), fullmatch=True))
def test_no_plain_name_of_a_post_is_a_leftover(name: str) -> None:
    """So such names need no closer look."""
    assert PLAIN_MARKDOWN_NAME(name)
    assert MARKDOWN.search(name)
    assert not is_leftover(name)
