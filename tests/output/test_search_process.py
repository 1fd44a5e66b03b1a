"""The program that makes the search index runs nothing of the site's, and reads what lies in any folder."""

import os
import sys
from pathlib import Path

import pytest

from storysite.output.search_index import ENTRY, SEARCH_INDEX
from storysite.output.steps import take_step
from storysite.plugins import SEARCH
from tests.folder import Folder

pytestmark = pytest.mark.process
MODULES = ("json", "types", "re", "os", "typing", "pagefind", "subprocess", "logging", "tempfile", "encodings")


def indexed(folder: Folder) -> list[str]:
    """Build and make the index; return what went wrong."""
    return [problem.what for problem in take_step(SEARCH_INDEX, folder.site, folder.build().result.edition)]


@pytest.mark.parametrize("where", ["", "_site"])
def test_no_python_file_of_the_site_is_run(folder: Folder, where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pupils who learn Python keep a json.py beside their posts; it is no part of storysite."""
    folder.post("2026-01-02-robots", "Forty families built robots.", id="a")
    folder.build()
    for name in MODULES:
        folder.write(f"{name}.py" if not where else f"static/{name}.py", f"open({str(folder.path / 'run')!r}, 'w')")
    monkeypatch.chdir(folder.path / where)
    assert indexed(folder) == []
    assert not (folder.path / "run").exists()


def test_no_settings_of_the_search_program_lie_in_the_site(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the index is made of is known: the pages alone."""
    folder.post("2026-01-02-robots", "Forty families built robots.", id="a")
    folder.write("pagefind.yml", 'glob: "none/*.txt"\n')
    monkeypatch.chdir(folder.path)
    assert indexed(folder) == []
    assert '"page_count":1' in (folder.site / SEARCH / ENTRY).read_text("utf-8")


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="all names are Unicode")
def test_a_folder_named_in_another_encoding_has_a_search(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a drive that older Windows wrote; the shell tells of it in its variables, too."""
    folder = Folder(Path(os.fsdecode(os.fsencode(tmp_path) + b"/biblioth\xe8que")))
    monkeypatch.setenv("PWD", str(folder.path))
    folder.post("2026-01-02-robots", "Forty families built robots.", id="a")
    assert indexed(folder) == []
    assert (folder.site / SEARCH / ENTRY).exists()
