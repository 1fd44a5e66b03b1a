"""storysite turns a folder of Markdown "victory" posts into a school's story archive: a static site and feeds.

    files ─read→ Posts ─model→ Site ─plan→ Pages ─compare→ Work ─render→ bytes ─write→ output
                   ↑                                 ↑                            │
                   └──────────── memo ───────────────┴──────── remembered ────────┘

A page is a pure function of its context, and its context is its dependency list. A build makes the full
list of wanted pages, compares their keys with what is remembered, and renders the difference. There is no
incremental mode: a clean build is the same program with an empty memory.
"""

__version__ = "0.1.0"
