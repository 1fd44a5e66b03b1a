"""Whether the libraries that make pages are of versions with which storysite is fast."""

from collections.abc import Iterator

from storysite.model.site import Site
from storysite.problems import Problem
from storysite.versions import installed, is_verified

TEMPLATES = ("Jinja2", "MarkupSafe")
POSTS = ("Markdown", "pymdown-extensions")


def unverified_libraries(site: Site) -> Iterator[Problem]:
    """Yield a note that names the libraries which are used as they are, because nobody compared this version yet."""
    used = (*TEMPLATES, *(POSTS if site.index.config.markdown.engine == "python-markdown" else ()))
    found = [f"{library} {installed(library)}" for library in used if not is_verified(library)]
    if found:
        what = f"storysite has not been tested with {', '.join(found)}, so it builds more slowly; the site is the same"
        yield Problem.of(
            "engine-unverified", what, "you do not need to do anything; a newer version of storysite will support it"
        )
