"""Makes a commit of the built site for the branch that GitHub Pages takes, without touching any file here."""

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO

from storysite.publish.git import Git, as_bytes, as_text
from storysite.publish.site_repository import OURS, PAGES, Repository
from storysite.publish.told import not_sent
from storysite.publish.words import TRAILER

_KEPT = ("CNAME",)
"""What lies in the branch and no build makes: the site's own domain, as GitHub writes it there."""
_REF = "refs/storysite/pages"
_LATEST = 20
"""States of the branch that are looked at for what storysite sent."""
_CHUNK = 1024 * 1024


def pages_commit(repository: Repository, output: Path, message: str, *, replace: bool = False) -> str:
    """Return a commit of the files in `output` upon the branch as it lies on the web, "" if that has them already.

    Raises NotSent if the branch has a site that storysite did not put there, unless it is to be replaced.
    """
    git, before = repository.git, repository.commit_of(f"refs/remotes/{repository.remote}/{PAGES}")
    if before and not replace and not _is_ours(git, before):
        what = f"the branch {PAGES} has a site that storysite did not put there"
        hint = "to put yours in its place, write storysite publish --replace; the other stays in the history"
        raise not_sent("publish-refused", what, hint)
    files = published(output)
    kept = _kept_of(git, before) if before else {}
    place = repository.kept / OURS
    place.mkdir(exist_ok=True)
    with tempfile.TemporaryFile(dir=place) as stream:
        _write(stream, files, {name: data for name, data in kept.items() if name not in files}, message, before, git)
        stream.seek(0)
        git("fast-import", "--quiet", "--force", "--done", told=stream)
    made = repository.commit_of(_REF)
    with suppress(Exception):
        git("update-ref", "-d", _REF)
    if before and git("rev-parse", f"{before}^{{tree}}").text == git("rev-parse", f"{made}^{{tree}}").text:
        return ""
    return made


def _is_ours(git: Git, before: str) -> bool:
    """Return whether storysite put a site there; GitHub itself adds a file when a site gets a domain of its own."""
    return bool(git("log", f"-{_LATEST}", f"--format=%(trailers:key={TRAILER})", before).text.strip())


def published(output: Path) -> dict[str, Path]:
    """Return the files of a built site by their routes, without what storysite remembers among them."""
    found: dict[str, Path] = {}
    for here, folders, names in os.walk(output):
        folders[:] = [name for name in folders if not name.startswith(".storysite-") and name != ".git"]
        for name in names:
            file = Path(here, name)
            if not name.startswith(".storysite-") and file.is_file() and not file.is_symlink():
                found[file.relative_to(output).as_posix()] = file
    return found


def _kept_of(git: Git, before: str) -> dict[str, bytes]:
    answers = {name: git.ask("cat-file", "blob", f"{before}:{name}") for name in _KEPT}
    return {name: answer.out for name, answer in answers.items() if answer.code == 0}


def _write(
    stream: IO[bytes], files: Mapping[str, Path], kept: Mapping[str, bytes], message: str, before: str, git: Git
) -> None:
    """Write down for git a commit of all these files, one after the other."""
    who = git("var", "GIT_COMMITTER_IDENT").text
    told = message.encode("utf-8", "replace")
    stream.write(b"feature done\n" + f"commit {_REF}\ncommitter {who}\n".encode("utf-8", "surrogateescape"))
    stream.write(b"data %d\n" % len(told) + told + b"\n")
    if before:
        stream.write(b"from %s\n" % before.encode())
    stream.write(b"deleteall\n")
    for name, data in {".nojekyll": b"", **kept}.items():
        if name not in files:
            stream.write(b"M 100644 inline %s\ndata %d\n" % (_quoted(name), len(data)) + data + b"\n")
    for route in sorted(files):
        with files[route].open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            stream.write(b"M 100644 inline %s\ndata %d\n" % (_quoted(route), size))
            for piece in _pieces(file, size):
                stream.write(piece)
            stream.write(b"\n")
    stream.write(b"done\n")


def _pieces(file: IO[bytes], size: int) -> Iterator[bytes]:
    """Yield just as many bytes of a file as it had. Raises OSError if it is shorter by now."""
    while size > 0:
        piece = file.read(min(size, _CHUNK))
        if not piece:
            raise OSError(f"{as_text(os.fsencode(file.name))} changed while it was read")
        size -= len(piece)
        yield piece


def _quoted(path: str) -> bytes:
    signs = {ord("\\"): b"\\\\", ord('"'): b'\\"', ord("\n"): b"\\n"}
    return b'"' + b"".join(signs.get(byte, bytes([byte])) for byte in as_bytes(path)) + b'"'
