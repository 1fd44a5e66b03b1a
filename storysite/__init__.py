"""storysite turns a folder of Markdown "victory" posts into a school's story archive: a static site and feeds.

    files ─source→ Posts ─model→ Index ─plan→ Pages ─compare→ Work ─render→ bytes ─output→ site
                     ↑                              ↑                         │
                     └──────────── cache ───────────┴──────── remembered ─────┘

A page is a pure function of its context, and its context is its dependency list. A build makes the full list of wanted
pages, compares their keys with what is remembered, and renders the difference; a clean build is the same program with
an empty cache. One step is incremental by itself: after a save of texts only, the Index and the plan of the same
process are kept, because they are made of headers and never see a text.

    cli, commands         what people type; only these print or exit
    publish               what sends a site out, and what says why it does not arrive
    serve, starter        the preview; a new site, a new post
    tell                  documents for people, such as texts for networks
    build                 the conductor and its stages, the loop of watch, a site open for reading
    source                files → posts: scan, encoding, settings, data
    theme                 where a theme's files lie, what it declares, which names its templates use
    render                values → bytes, in a sandbox
    output                bytes → the output folder; steps after a build, such as the search index
    cache                 what earlier builds found out
    check                 rules over the archive as a whole
    plan                  the pages there are and what each may show; which of them differ (pure)
    plugins               what other packages may add
    front_matter          the lines above a post → typed values
    markdown              Markdown → HTML
    model                 posts, their order and groups, links and addresses (pure)
    documents             what files for download tell beside what stands in them
    photos                what a picture file is and carries; its copies
    problems, errors, digest, i18n, pool, versions, new_files     what all others stand on

Each room imports only from rooms of lower rows; tests/test_layers.py draws the rows and proves it.
"""

__version__ = "0.1.0"
