"""What storysite wrote into a site, by digest, so that it can tell later what somebody changed: `tool/record.json`."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from msgspec import DecodeError, Struct, json

from storysite import __version__

TOOL = "tool"
"""The folder of a site in which lies what builds it."""
RECORD = f"{TOOL}/record.json"
_CARRIED = (f"{TOOL}/", ".github/workflows/")
_ABOUT = "What storysite wrote into this site, so that storysite upgrade asks before it replaces what you changed."


BEFORE_RECORDS = {
    "sha256:0248c4bbd0ff56600e373b8417aee682ca724219cadc3759630269bfc3a313d9",  # .github/workflows/publish.yml
    "sha256:c38812255df682f3c550f7b43828675677859f1e587a0ce4061750878f7c5a2d",  # .github/workflows/scheduled.yml
}
"""The digests of what storysite 0.1.0 wrote, which kept no record."""


class Record(Struct, frozen=True):
    """The files as they were written, and by which storysite."""

    about: str = _ABOUT
    storysite: str = ""
    files: Mapping[str, str] = {}
    """A digest for each path from the folder of the site."""


def is_carried(path: str) -> bool:
    """Return whether a file of a new site is storysite's to renew; all others are the school's from the first day."""
    return path.startswith(_CARRIED) and path != RECORD


def digest_of(path: str, data: bytes) -> str:
    """Return the digest of a file; that of a text is the same however its lines end, which git changes on Windows."""
    text = data if path.endswith(".whl") else data.replace(b"\r\n", b"\n")
    return f"sha256:{sha256(text).hexdigest()}"


def record_of(files: Mapping[str, bytes]) -> bytes:
    """Return the record of files that are written now, those that storysite carries."""
    return record_bytes({path: digest_of(path, data) for path, data in files.items() if is_carried(path)})


def record_bytes(digests: Mapping[str, str]) -> bytes:
    """Return the record as it is kept: one line for each file, so that git shows what changed."""
    record = Record(storysite=__version__, files=dict(sorted(digests.items())))
    return json.format(json.encode(record), indent=2) + b"\n"


def read_record(folder: Path) -> Record | None:
    """Return the record of a site; None if there is none that can be read, as in a site begun before there was one."""
    try:
        return json.decode((folder / RECORD).read_bytes(), type=Record)
    except (FileNotFoundError, DecodeError, ValueError):
        return None
