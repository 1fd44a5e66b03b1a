"""Links and pictures of posts that lead to nothing, or to a file whose name has other capitals."""

from collections.abc import Iterator

from storysite.model.post import AnyPost, Reference
from storysite.model.site import Site
from storysite.problems import Problem


def broken_links(site: Site) -> Iterator[Problem]:
    """Yield a warning for each link or picture that leads to nothing, or to a file whose name has other capitals."""
    unshown, told = site.index.files.unshown, set[str]()
    for source, paths in site.index.files_of.items():
        post = site.by_source[source]
        found = zip(post.references, post.text.lines, paths, site.links.of(post), strict=True)
        for place, (reference, line, path, url) in enumerate(found):
            if url is None and (why := unshown.get(path)):
                told.add(path)
                what = f'"{reference.target}" {why.what}'
                yield Problem.of("picture-broken", what, why.hint, path=source, line=line)
            elif url is None and path:
                what = f'"{reference.target}" leads to {path}, which is not shown'
                hint = "the link will work once that post is shown; to see when, run storysite status"
                yield Problem.of("link-unseen", what, hint, path=source, line=line)
            elif url is None and not reference.written:
                yield _nothing(post, reference, line, picture=reference.picture or place == post.image)
            elif url and (name := path.rpartition("/")[2]) and _differs_in_capitals(name, reference):
                what = f'"{reference.target}" is named {name} (capital letters matter on the web)'
                hint = "spell it the same way"
                yield Problem.of("link-capitals", what, hint, path=source, line=line)
    for path, why in unshown.items():
        if path.startswith("static/") and not why.published and path not in told:
            subject = "this file" if why.what.startswith("is not") else "this picture"
            yield Problem.of("picture-broken", f"{subject} {why.what}", why.hint, path=path)


def _differs_in_capitals(name: str, reference: Reference) -> bool:
    written = reference.target.rpartition("/")[2]
    return written != name and written.lower() == name.lower()


def _nothing(post: AnyPost, reference: Reference, line: int, *, picture: bool) -> Problem:
    what = f'"{reference.target}" was not found: there is no such file or page'
    hint = "check the name; files go next to the post or in static/"
    code = "picture-missing" if picture else "link-missing"
    return Problem.of(code, what, hint, path=post.source, line=line)
