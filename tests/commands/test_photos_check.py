"""A commit that would tell where a photo was taken is stopped, in real repositories; and everything else is let through."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from storysite.photos.scrub import scrub
from storysite.starter.hooks import use_hooks
from storysite.starter.start import start_site
from tests.command_line import ROOT, small_site, spoken, storysite
from tests.folder import NOW, Folder, tree
from tests.photos.pictures import made, phone_photo
from tests.tools import require

ROBOT = "content/posts/robot.jpg"
TELLS = f"{ROBOT} tells where it was taken; the name of the photographer or owner\n"
STOPPED = "1 photo should not be committed like that.\n"
CLEAN = "To take that out, run storysite photos clean, then git add.\n"


class Repository(Folder):
    """A site in a repository of git, on a computer whose user has no settings."""

    def __init__(self, path: Path, program: str = "") -> None:
        super().__init__(path)
        home = path.parent / "home"
        (home / "bin").mkdir(parents=True, exist_ok=True)
        if program:
            (home / "bin/storysite").write_text(f"#!/bin/sh\n{program}\n", "utf-8")
            (home / "bin/storysite").chmod(0o755)
        person = {f"GIT_{who}_{what}": "ana" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        self.environment = {
            "PATH": f"{home / 'bin'}{os.pathsep}{os.defpath}",
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "GIT_CONFIG_NOSYSTEM": "1",
            **person,
        }
        require("git")
        if not (path / ".git").exists():
            self.git("init", "--quiet")

    def git(self, *words: str, data: bytes = b"") -> "subprocess.CompletedProcess[str]":
        """Run git in the site's folder; `data` is what it reads."""
        done = subprocess.run(
            ["git", *words], cwd=self.path, env=self.environment, input=data, capture_output=True, check=False
        )
        return subprocess.CompletedProcess(words, done.returncode, done.stdout.decode(), done.stderr.decode())

    def commit(self, *words: str) -> tuple[int, str]:
        """Commit; return how git ends, and what the hook says."""
        done = self.git("commit", "--quiet", "-m", "A story", *words)
        return done.returncode, done.stderr

    def committed(self) -> set[str]:
        """Return the files of the last commit."""
        return set(filter(None, self.git("ls-tree", "-r", "-z", "--name-only", "HEAD").stdout.split("\0")))


RUN = f'export PYTHONPATH="{ROOT}"; exec "{sys.executable}" -X utf8 -m storysite "$@"'
"""What the installed program does."""


@pytest.fixture
def shelf(tmp_path: Path) -> Repository:
    """Return a site with one story, all of which is committed."""
    shelf = Repository(small_site(tmp_path).path)
    shelf.git("add", ".")
    assert shelf.commit()[0] == 0
    return shelf


@pytest.fixture
def hooked(tmp_path: Path) -> Repository:
    """Return a new site in a repository, with the hook that comes with it."""
    site = Repository(tmp_path / "site", RUN)
    shutil.rmtree(site.path / "content")
    start_site(site.path, today=NOW.date(), zone="UTC")
    assert use_hooks(site.path)
    return site


def checked(shelf: Repository, *more: str) -> tuple[int, str]:
    """Return how the check of what is staged ends, and what it says."""
    result = storysite(shelf.path, "photos", "check", "--staged", *more)
    assert result.stderr == ""
    return result.returncode, result.stdout


def test_a_folder_is_checked_by_what_may_not_be_published(tmp_path: Path) -> None:
    """Which phone took a photo is no secret; a place, a number and names stop whoever asks."""
    shelf = small_site(tmp_path)
    shelf.write("static/phone.jpg", made("jpeg", comment=b"Room 12"))
    assert spoken(shelf, "photos", "check") == "No photo tells where it was taken, whose it is or who is in it.\n"
    shelf.write(ROBOT, phone_photo())
    result = storysite(shelf.path, "photos", "check")
    assert (result.returncode, result.stderr) == (1, "")
    assert result.stdout == f"{TELLS}{STOPPED}To take that out, run storysite photos clean.\n"


def test_what_is_staged_is_looked_at_and_not_what_lies_there(shelf: Repository) -> None:
    """Until the clean photo is staged as well. One that was committed long ago holds nobody up."""
    assert checked(shelf) == (0, "")
    shelf.write(ROBOT, phone_photo())
    assert checked(shelf) == (0, "")
    shelf.git("add", ".")
    spoken(shelf, "photos", "clean")
    assert checked(shelf) == (1, TELLS + STOPPED + CLEAN)
    (shelf.path / ROBOT).unlink()
    assert checked(shelf) == (1, TELLS + STOPPED + CLEAN)
    shelf.write(ROBOT, scrub(phone_photo()))
    shelf.git("add", ".")
    assert checked(shelf) == (0, "")
    shelf.write(ROBOT, phone_photo())
    shelf.git("add", ".")
    shelf.commit()
    shelf.post("2026-11-21-owls")
    shelf.git("add", ".")
    assert checked(shelf) == (0, "")


def test_the_settings_say_what_stops_a_commit(shelf: Repository) -> None:
    """What they make a warning is told of and let through, and what they ignore is not told."""
    shelf.write(ROBOT, phone_photo())
    shelf.write("static/agency.jpg", phone_photo(degrees=0))
    agency = "static/agency.jpg tells the name of the photographer or owner\n"
    shelf.git("add", ".")
    both = f"{TELLS}{agency}2 photos should not be committed like that.\n{CLEAN}"
    for settings, result in {
        "": (1, both),
        "problems: {photo-private: ignore}\n": (1, TELLS + STOPPED + CLEAN),
        "problems: {photo-private: ignore, photo-location: warning}\n": (0, TELLS + STOPPED + CLEAN),
        "problems: {photo-private: warning}\n": (1, both),
        "problems: [\n": (1, both),
    }.items():
        shelf.write("storysite.yml", settings)
        assert checked(shelf) == result, settings


def test_a_picture_is_known_by_its_bytes_and_found_in_every_folder(shelf: Repository) -> None:
    """Also where no command would clean it. No drawing, link or film is one; of many, five are told of."""
    for number in range(7):
        shelf.write(f"static/{number}.txt", phone_photo(degrees=number + 1))
    shelf.write("photos from Ana/1.jpg", phone_photo())
    shelf.write("static/.secret/1.jpg", phone_photo())
    shelf.write("static/drawing.svg", "<svg><title>Ana Rivera</title></svg>")
    shelf.write("static/film.mp4", bytes(3_000_000))
    shelf.write("static/none.jpg", "")
    (shelf.path / "static/link.jpg").symlink_to("1.txt")
    shelf.git("add", ".")
    code, said = checked(shelf)
    assert code == 1
    assert said.splitlines()[0].startswith("photos from Ana/1.jpg tells where it was taken")
    assert said.splitlines()[-4:] == [
        "… and 4 more photos (--verbose shows all)",
        "9 photos should not be committed like that.",
        "To take that out, run storysite photos clean, then git add.",
        "storysite photos clean does not look at photos from Ana/1.jpg; static/.secret/1.jpg."
        " Run git rm --cached for it instead.",
    ]
    assert checked(shelf, "--verbose")[1].count(" tells where it was taken") == 9


@pytest.mark.skipif(sys.platform == "win32", reason="names that Windows does not have")
def test_the_name_of_a_file_changes_nothing(shelf: Repository) -> None:
    """Whatever git is told to do with odd names when it prints them."""
    names = ['a "b".jpg', "a\nb.jpg", "a\tb.jpg", "-a.jpg", ":(top)b.jpg", "año 读.jpg", "HEAD", "a\x1b[31m.jpg"]
    for name in names:
        shelf.write(f"static/{name}", phone_photo())
    (Path(os.fsdecode(os.fsencode(shelf.path) + b"/static/caf\xe9.jpg"))).write_bytes(phone_photo())
    shelf.git("add", ".")
    for quoted in ("true", "false"):
        shelf.git("config", "core.quotePath", quoted)
        code, said = checked(shelf, "--verbose")
        assert code == 1
        assert f"{len(names) + 1} photos should not be" in said
        assert r"static/a\nb.jpg tells" in said
        assert "static/año 读.jpg tells" in said
        assert "\x1b" not in said


def test_what_a_repository_says_of_itself_hides_no_photo_and_runs_nothing(shelf: Repository) -> None:
    """Attributes, filters, programs that show or watch files, and blobs that stand for others."""
    ran = shelf.path.parent / "ran"
    run = f"sh -c 'touch {ran}; echo clean'"
    shelf.write(".gitattributes", "* filter=odd diff=odd text eol=crlf working-tree-encoding=UTF-16 ident -diff\n")
    shelf.git("add", ".")
    shelf.git("config", "core.attributesFile", "/dev/null")
    shelf.write(ROBOT, phone_photo())
    name = shelf.git("hash-object", "-w", "--stdin", "--no-filters", data=phone_photo()).stdout.strip()
    shelf.git("update-index", "--add", "--cacheinfo", f"100644,{name},{ROBOT}")
    empty = shelf.git("hash-object", "-w", "--stdin", data=b"nothing").stdout.strip()
    shelf.git("replace", name, empty)
    for key, value in {
        "filter.odd.smudge": run,
        "filter.odd.process": run,
        "filter.odd.required": "true",
        "diff.odd.textconv": run,
        "diff.odd.command": run,
        "diff.external": run,
        "diff.relative": "true",
        "core.pager": run,
        "core.fsmonitor": run,
        "alias.ls-files": f"!{run}",
        "color.ui": "always",
        "core.quotePath": "true",
    }.items():
        assert shelf.git("config", key, value).returncode == 0
    ran.unlink(missing_ok=True)
    assert checked(shelf) == (1, TELLS + STOPPED + CLEAN)
    assert not ran.exists()


def test_a_site_within_a_repository_has_its_own_photos_checked(tmp_path: Path) -> None:
    """By paths below the site's folder; what lies beside that is not its business."""
    above = Repository(tmp_path / "school")
    shutil.rmtree(above.path / "content")
    site = small_site(above.path)
    site.write(ROBOT, phone_photo())
    above.write("budget/us.jpg", phone_photo())
    above.git("add", ".")
    result = storysite(site.path, "photos", "check", "--staged")
    assert (result.returncode, result.stdout) == (1, TELLS + STOPPED + CLEAN)


def test_a_damaged_repository_is_a_sentence(shelf: Repository) -> None:
    """What cannot be looked at is never said to be fine."""
    shelf.write(ROBOT, phone_photo())
    shelf.git("add", ".")
    name = shelf.git("rev-parse", f":{ROBOT}").stdout.strip()
    blob = shelf.path / ".git/objects" / name[:2] / name[2:]
    blob.chmod(0o644)
    blob.write_bytes(blob.read_bytes()[:40] + b"\0" * 50)
    for words, damage in (("git cannot read what is", None), ("git cannot tell what is", b"DIRC")):
        if damage:
            (shelf.path / ".git/index").write_bytes(damage)
        result = storysite(shelf.path, "photos", "check", "--staged")
        assert (result.returncode, result.stdout) == (2, "")
        assert result.stderr.startswith(f"{words} staged in this folder  [photo-staged]\n")


def test_a_new_site_in_a_repository_stops_a_commit_that_tells_a_place(hooked: Repository) -> None:
    """The first one too; the same photo without that goes through, and so does the commit of who insists."""
    hooked.write(ROBOT, phone_photo())
    hooked.git("add", ".")
    code, said = hooked.commit()
    assert code == 1
    assert said == (
        f"{TELLS}{STOPPED}{CLEAN}Nothing was committed. To commit the photos as they are: git commit --no-verify\n"
    )
    assert hooked.committed() == set()
    spoken(hooked, "photos", "clean")
    assert hooked.commit()[0] == 1
    hooked.git("add", ".")
    assert hooked.commit() == (0, "")
    assert {ROBOT, "tool/hooks/pre-commit"} <= hooked.committed()
    hooked.write(ROBOT, phone_photo())
    hooked.git("add", ".")
    assert hooked.commit("--no-verify") == (0, "")


def test_a_commit_of_some_files_is_judged_by_these(hooked: Repository) -> None:
    """Git makes a list of files for it that is not the usual one, and says so to the hook."""
    hooked.git("add", ".")
    hooked.commit()
    hooked.write(ROBOT, phone_photo())
    hooked.post("2026-11-20-owls", "Owls.")
    hooked.git("add", ".")
    owls = "content/posts/2026-11-20-owls.md"
    assert hooked.commit("--only", owls) == (0, "")
    assert hooked.commit("--only", ROBOT)[0] == 1
    assert hooked.commit("--all")[0] == 1
    assert owls in hooked.committed()
    assert ROBOT not in hooked.committed()


def test_a_second_working_tree_is_checked_as_well(hooked: Repository) -> None:
    """Its hook is told of a repository that lies elsewhere; so it is where the name has odd letters in it."""
    hooked.git("add", ".")
    hooked.commit()
    second = hooked.path.parent / "second tree 'año'"
    assert hooked.git("worktree", "add", "--quiet", "-b", "second", str(second)).returncode == 0
    other = Repository(second)
    other.write(ROBOT, phone_photo())
    other.git("add", ".")
    code, said = other.commit()
    assert code == 1
    assert said.startswith(TELLS)


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("exit 127", "storysite was not found on this computer, so nothing looked at the photos of this commit."),
        ('[ "$1" = --version ] || { echo odd >&2; exit 2; }', "odd\nThe photos of this commit were not looked at."),
    ],
)
def test_a_computer_without_storysite_commits(hooked: Repository, program: str, said: str) -> None:
    """The hook says in one sentence that nothing was looked at. An older program, which has no such command, is like none."""
    for name in ("storysite", "python3", "python"):
        file = Path(hooked.environment["HOME"], "bin", name)
        file.write_text(f"#!/bin/sh\n{program if name == 'storysite' else 'exit 127'}\n", "utf-8")
        file.chmod(0o755)
    hooked.write(ROBOT, phone_photo())
    hooked.git("add", ".")
    assert hooked.commit() == (0, f"{said} The build will do that.\n")


def test_hooks_of_ones_own_are_kept(tmp_path: Path) -> None:
    """In the repository and in the settings of the user; and no other folder's repository is told anything."""
    mine = "#!/bin/sh\nexit 0\n"
    settings = tmp_path / "home/.gitconfig"
    settings.parent.mkdir()
    for number, hook in enumerate(["own", "folder", "user", "broken", "inside", "none"]):
        above = tmp_path / str(number)
        site = above / "site"
        site.mkdir(parents=True)
        if hook == "inside":
            Repository(above)
            shutil.rmtree(above / "content")
        elif hook == "broken":
            (site / ".git").mkdir()
        elif hook != "none":
            repository = Repository(site)
            shutil.rmtree(site / "content")
            if hook == "own":
                (site / ".git/hooks").mkdir(exist_ok=True)
                (site / ".git/hooks/commit-msg").write_text(mine, "utf-8")
            elif hook == "folder":
                repository.git("config", "core.hooksPath", "mine")
            else:
                (above / "home/.gitconfig").write_text("[core]\n\thooksPath = mine\n", "utf-8")
        settings.write_text("[core]\n\thooksPath = mine\n" if hook == "user" else "", "utf-8")
        before = {name: data for name, data in everything(above).items() if "config" in name or "hooks/" in name}
        made = storysite(above, "new", "site")
        assert (made.returncode, made.stderr) == (0, ""), hook
        assert "Before each commit" not in made.stdout
        after = everything(above)
        assert {name: after[name] for name in before} == before, hook
        assert "site/tool/hooks/pre-commit" in tree(above)
    (tmp_path / "plain").mkdir()
    fresh = Repository(tmp_path / "plain/site")
    shutil.rmtree(fresh.path / "content")
    made = storysite(tmp_path / "plain", "new", "site")
    assert made.stdout.endswith(
        "Before each commit, git will look whether a photo tells where it was taken, or whose it is.\n"
    )
    assert fresh.git("config", "--local", "core.hooksPath").stdout == "tool/hooks\n"


def everything(folder: Path) -> dict[str, bytes]:
    """Return the bytes of all files in a folder, those of git as well."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.skipif(sys.platform == "win32", reason="rights of POSIX")
def test_the_hook_may_be_run_by_whoever_may_read_it(tmp_path: Path) -> None:
    """An installed package does not say which of its files is a program. Nothing else becomes one."""
    start_site(tmp_path / "site", today=NOW.date(), zone="UTC")
    programs = [file for file in (tmp_path / "site").rglob("*") if file.is_file() and file.stat().st_mode & 0o111]
    assert [file.name for file in programs] == ["pre-commit"]
    assert subprocess.run(["sh", "-n", programs[0]], check=False).returncode == 0
