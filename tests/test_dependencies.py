"""What others wrote and we install: within known bounds, each file by its hash, and no more rights than a job needs."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "pyproject.toml").read_text("utf-8")
PROJECT = tomllib.loads(TEXT)["project"]
NEEDED = [Requirement(line) for line in PROJECT["dependencies"]]
ASKED_FOR = [Requirement(line) for name in ("commonmark", "heic") for line in PROJECT["optional-dependencies"][name]]
FOR_TESTS = [Requirement(line) for line in PROJECT["optional-dependencies"]["test"] if "storysite" not in line]
YEARS = {"tzdata"}
"""What is numbered by years, and has no majors."""
OF_A_SITE = sorted((ROOT / "storysite/starter/files/dot-github/workflows").glob("*.yml"))
OURS = sorted((ROOT / ".github/workflows").glob("*.yml"))
READS = {"contents": "read"}
RIGHTS = {
    "build": {"contents": "read", "pages": "read"},  # to read the site, and where it will be
    "deploy": {"pages": "write", "id-token": "write"},
    "publish": {"contents": "read", "pages": "write", "id-token": "write"},  # calls the other two
}
OUR_RIGHTS = {
    **dict.fromkeys(("style", "quick", "all", "tests", "build"), READS),
    "publish": {"id-token": "write"},  # to tell PyPI that it is this workflow
}


def locked(name: str) -> list[tuple[Requirement, int]]:
    """Return each pinned library of a lock, with the number of its hashes."""
    text = (ROOT / name).read_text("utf-8").replace("\\\n", " ")
    return [
        (Requirement(line.partition("--hash=")[0].strip()), len(re.findall(r"--hash=sha256:[0-9a-f]{64}(?!\S)", line)))
        for line in text.splitlines()
        if not line.startswith("#")
    ]


SITE = locked("storysite/starter/files/tool/requirements.txt")
TESTS = locked("tests/requirements.txt")


@pytest.mark.parametrize("one", [*NEEDED, *ASKED_FOR], ids=lambda one: one.name)
def test_a_library_is_used_up_to_its_next_major_and_for_a_reason(one: Requirement) -> None:
    """The reason stands beside it."""
    assert one.name in YEARS or any(bound.operator == "<" for bound in one.specifier)
    assert any(bound.operator == ">=" for bound in one.specifier)
    assert re.search(rf'^ *"{re.escape(one.name)}\b.*", *# \w', TEXT, re.MULTILINE)


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [(SITE, NEEDED), (TESTS, [*NEEDED, *ASKED_FOR, *FOR_TESTS])],
    ids=["of a new site", "of the tests"],
)
def test_every_library_is_locked_within_its_bounds(
    lock: list[tuple[Requirement, int]], wanted: list[Requirement]
) -> None:
    """In one version for each kind of computer, and no file but those whose hashes are known."""
    for one in wanted:
        pinned = [pin for pin, _ in lock if pin.name == canonicalize_name(one.name)]
        assert pinned, one.name
        for pin in pinned:
            (exact,) = pin.specifier
            assert exact.operator == "=="
            assert one.specifier.contains(exact.version), pin
    assert all(hashes for _, hashes in lock)


def test_a_new_site_is_built_with_what_the_tests_ran_with() -> None:
    site, tests = ({(pin.name, str(pin.specifier)) for pin, _ in lock} for lock in (SITE, TESTS))
    assert site < tests


def test_nobody_is_told_to_install_storysite_by_its_name() -> None:
    """No index has it: whoever registers the name there would run code on the computer of every reader."""
    texts = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "content/pages").rglob("*.md")]
    texts += [file for file in (ROOT / "storysite").rglob("*") if file.suffix in (".py", ".yml", ".md", ".txt")]
    told = re.compile(r"""\b(?:pipx?|uv|uvx)\b[^\n`]*\b(?:install|upgrade|run|add)\b[^\n`]*[ "']storysite(?![\w/.-])""")
    told_of = {file.name: found[0] for file in texts if (found := told.search(file.read_text("utf-8")))}
    assert told_of == {}
    assert told.search('pip install "storysite[heic]"')
    assert told.search("pipx install storysite")
    assert not told.search("pip install --no-deps --no-index tool/storysite-*.whl")


@pytest.mark.parametrize("file", [*OF_A_SITE, *OURS], ids=lambda file: file.name)
def test_a_workflow_gives_each_job_what_it_needs_and_runs_nothing_that_can_be_moved(file: Path) -> None:
    """An action is named by a commit, with its version beside it for whoever reads it."""
    workflow = yaml.safe_load(file.read_text("utf-8"))
    rights = OUR_RIGHTS if file in OURS else RIGHTS
    assert workflow["permissions"] == {}
    assert {name: job["permissions"] for name, job in workflow["jobs"].items()} == {
        name: rights[name] for name in workflow["jobs"]
    }
    for name in re.findall(r"uses: (.+)", file.read_text("utf-8")):
        pinned = r"(?:actions/[a-z-]+|pypa/gh-action-pypi-publish)@[0-9a-f]{40} # v\d+\.\d+\.\d+"
        assert re.fullmatch(rf"{pinned}|\./\.github/workflows/(publish|tests)\.yml", name)
    steps = [step for job in workflow["jobs"].values() for step in job.get("steps", [])]
    checkouts = [step for step in steps if "actions/checkout@" in step.get("uses", "")]
    assert all(step["with"] == {"persist-credentials": False} for step in checkouts)
    installs = [step["run"] for step in steps if "pip install" in step.get("run", "")]
    if file in OURS:
        assert set(installs) == {"pip install --require-hashes --requirement tests/requirements.txt"}
    elif installs:
        assert installs == [
            "pip install --require-hashes --requirement tool/requirements.txt",
            "pip install --no-deps --no-index tool/storysite-*.whl",  # whoever took the name in an index would be in
        ]
