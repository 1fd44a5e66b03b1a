"""Repositories for tests: real ones, of somebody who has no settings of their own."""

import os
import subprocess
from pathlib import Path

from tests.folder import Folder

NOBODY = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.org",
}


def git(folder: Path, *words: str, **more: str) -> str:
    """Return what git says in a folder. Raises CalledProcessError if it refuses."""
    command = ["git", "-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always", *words]
    environment = {**os.environ, **NOBODY, **more}
    return subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True, text=True).stdout


def repository(path: Path) -> Folder:
    """Return a site with one story in a new repository that has an author, and everything committed."""
    folder = Folder(path)
    folder.write("storysite.yml", "title: Shelf\nschool: Lincoln\ntimezone: America/Chicago\n")
    folder.write(".gitignore", "_site/\n.storysite/\n")
    folder.write(".gitattributes", "* text=auto\n")
    folder.post("2026-11-20-robots", id="robots", title="Robots")
    git(path, "init")
    git(path, "config", "user.email", "a@example.org")
    git(path, "config", "user.name", "A")
    commit(path)
    return folder


def commit(path: Path, **more: str) -> None:
    """Commit everything that lies in a repository."""
    git(path, "add", "--all", "--force", **more)
    git(path, "commit", "--allow-empty", "-m", "Save", **more)


def remote_of(path: Path) -> Path:
    """Return a bare repository beside one, as its remote, to which everything was sent."""
    bare = path.with_name(f"{path.name}.git")
    git(path.parent, "init", "--bare", str(bare))
    git(path, "remote", "add", "origin", str(bare))
    git(path, "push", "--set-upstream", "origin", "main")
    return bare
