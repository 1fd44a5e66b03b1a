"""Points git at the hooks of a new site, so that it looks at photos before each commit; never past somebody's own."""

import os
import shutil
import subprocess
from pathlib import Path

HOOKS = "tool/hooks"
"""The folder of a site's hooks. git starts them in the top folder of the repository, and reads this from there."""
_OTHERS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_CONFIG")
"""What would tell git of another repository."""


def use_hooks(folder: Path) -> bool:
    """Let git run the hooks of a new site, if the folder is a repository that has none; return whether it does now.

    One that shares its settings with another folder, such as a second working tree, is left as it is.
    """
    git = shutil.which("git")
    if git is None or not (folder / ".git").is_dir():
        return False
    chosen = _asked(git, folder, "config", "--get", "core.hooksPath")
    if chosen is None or chosen[0] != 1:  # 1 is what git says of a setting that is nowhere
        return False
    if any(file.suffix != ".sample" for file in _files_in(folder / ".git/hooks")):
        return False
    made = _asked(git, folder, "config", "--local", "core.hooksPath", HOOKS)
    return made is not None and made[0] == 0


def origin_of(folder: Path) -> str:
    """Return where git sends what is saved in a folder; "" if it does not, or is not there."""
    git = shutil.which("git")
    told = _asked(git, folder, "config", "--get", "remote.origin.url") if git and (folder / ".git").exists() else None
    return told[1].decode("utf-8", "replace").strip() if told and told[0] == 0 else ""


def _asked(git: str, folder: Path, *words: str) -> tuple[int, bytes] | None:
    """Return how git ends and what it says, None if it cannot be started."""
    environment = {name: value for name, value in os.environ.items() if name not in _OTHERS}
    try:
        result = subprocess.run(  # noqa: S603
            [git, f"--git-dir={folder.resolve() / '.git'}", *words],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except OSError:
        return None
    return result.returncode, result.stdout


def _files_in(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []
