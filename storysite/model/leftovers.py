"""Names of files that no person wrote: what systems, editors, office and sync programs leave in folders."""

import re
from collections.abc import Container

_LEFT = re.compile(
    r"""
    ^\.                                # of Unix and macOS: .DS_Store, ._a.md, .a.md.swp, .~lock.a.odt#, .#a.md
    | ^~\$                             # of Word and its kin, as long as a document is open
    | ~$ | ^\#.*\#$ | ^%.*%$ | ^4913$  # of Emacs, Kate, nano, Vim
    | \.(?: sw[a-z] | un~ | tmp | temp | bak | bak\d | backup | orig | rej | kate-swp | autosave
        | crdownload | crswap | part | partial | filepart | opdownload )$
    | \.(?:md|markdown|html?|css|ya?ml|json|csv)\.(?: old | save | sav | lock | \d+\.tmp | ~\d+~ )$
    | ^(?: ehthumbs(?:_vista)?\.db | thumbs\.db(?::encryptable)? | desktop\.ini | folder\.htt | Icon\r
        | \$RECYCLE\.BIN | RECYCLER | System\ Volume\ Information | found\.\d{3} | lost\+found | __MACOSX
        | @eaDir | @Recently-Snapshot | @Recycle | \#recycle | \#snapshot | node_modules | __pycache__ )$
    """,
    re.IGNORECASE | re.VERBOSE,
)
_CONFLICT = re.compile(
    r"""
    [ ]?\([^()]*(?: conflicted\ copy | conflict\ copy | copia\ en\ conflicto | copie\ en\ conflit | cópia\ em\ conflito
        | copia\ in\ conflitto | in\ konflikt\ stehende\ kopie | conflicterende\ kopie | kopia\ powodująca\ konflikt
        | конфликтующая\ копия | 冲突副本 | 衝突複本 | 競合コピー | 충돌본 )[^()]*\)   # Dropbox, Nextcloud, Obsidian
    | [ ]?\((?: case )?[ ]?conflict (?: [ ]\d+ )?\) | [ ]?\[conflict(?:ed)?\]   # Dropbox, Box, Google Drive, pCloud
    | [ ]?\(SFConflict[ ][^()]*\)                                 # Seafile
    | \.sync-conflict-\d{8}-\d{6}(?:-[0-9A-Z]{7})?                # Syncthing
    | _conflict-\d{8}-\d{6} | \.conflict\d*(?=\.)                   # ownCloud, Resilio
    | _[^_]+_\w{3}-\d\d-\d{4}(?:-\d+)?_Conflict                    # Synology
    | -(?: DESKTOP-[0-9A-Z]{7} | LAPTOP-[0-9A-Z]{8} )(?:-\d+)?(?=\.)   # OneDrive, by names that Windows gives
    """,
    re.IGNORECASE | re.VERBOSE,
)
_STRAY = re.compile("[\ud800-\udfff]")
"""What stands for a byte of a name that is not UTF-8."""
_MAY_CONFLICT = re.compile(r"conf|konf|конф|冲突|衝突|競合|충돌|-(?:desk|lap)top-", re.IGNORECASE)


def is_leftover(name: str) -> bool:
    """Return whether a file or folder of this name is none of a person's, so that nothing looks at it."""
    return _LEFT.search(name) is not None


def is_sayable(name: str) -> bool:
    """Return whether a name can stand on a page; that of a file in an encoding that nobody knows cannot."""
    return _STRAY.search(name) is None


def original_of(name: str, names: Container[str]) -> str:
    """Return the one of `names` that a sync program kept `name` beside, because both were written at a time.

    "" if there is none: the only copy of a story is a story, whatever it is called.
    """
    if not _MAY_CONFLICT.search(name):
        return ""
    other = _CONFLICT.sub("", name, count=1)
    return other if other != name and other in names else ""
