"""The Markdown extensions that a site asks for: which each is, whatever it is called, and whether it can be used here.

An extension must be a function of the text alone: what it reads besides is in no key, so that nobody would notice when
it changed, and may lie outside the site. Those that are known to do so are refused; the guide says it of all others.
"""

from collections.abc import Iterator
from functools import lru_cache

from markdown import Markdown
from markdown.extensions import Extension
from msgspec.json import decode, encode

from storysite.errors import BadValue
from storysite.markdown.convert import EXTENSIONS, Extensions, refuse_other_classes, standard_markdown
from storysite.markdown.editions import module_of
from storysite.markdown.time_limit import TimeLimitReached, time_limit

FILES = "reads other files while it reads a post"
NETWORK = "asks other computers while it reads a post"
PROGRAMS = "runs other programs while it reads a post"
REFUSED = {
    "customblocks": NETWORK,
    "inline_graphviz": PROGRAMS,
    "markdown_include": FILES,
    "markdown_inline_graphviz": PROGRAMS,
    "markdown_inline_mermaid": PROGRAMS,
    "markdown_katex": PROGRAMS,
    "markdown_kroki": NETWORK,
    "markdown_svgbob": PROGRAMS,
    "mdx_bib": FILES,
    "mdx_include": FILES,
    "mdx_oembed": NETWORK,
    "oembed": NETWORK,
    "plantuml_markdown": NETWORK,
    "pyembed": NETWORK,
    "pymdownx.b64": FILES,
    "pymdownx.snippets": FILES,
}
"""The modules of extensions whose result depends on more than the text, and on what."""
SAMPLE = """\
[TOC]

# A heading { #here }

## Another heading

Words with *two* **kinds** of marks, "quotes", `code`, [a link](https://example.org/), ![a picture](a.jpg)
and a note.[^1]

- [ ] a list
    1. in a list

```python
print("code")
```

| A | table |
|---|-------|
| 1 | 2     |

> A quote

!!! note
    In a box

A term
: What it means

<div>HTML</div>

[^1]: A note at the foot.
"""
"""A text with something of everything, short enough to be read whenever the settings are."""


def settled_extensions(written: Extensions, limit: float, edition: bytes) -> Extensions:
    """Return extensions each under one name, ours under that of EXTENSIONS; without those of ours that change nothing.

    Raises BadValue, which says where, for one that cannot be used or that takes more than `limit` seconds for a sample.
    What was tried once in this process is not tried again while its code is of the same `edition`.
    """
    return _settled(encode(written), limit, edition)


@lru_cache(maxsize=4)
def _settled(extensions: bytes, limit: float, edition: bytes) -> Extensions:  # noqa: ARG001 -- its key
    written = decode(extensions, type=Extensions)
    ours = {type(Markdown().build_extension(name, options)): name for name, options in EXTENSIONS.items()}
    settled: dict[type[Extension], tuple[str, str, dict[str, object]]] = {}
    for name, options in written:
        kind = _kind(name, options)
        known, spelling, before = settled.get(kind, (ours.get(kind, name), name, options))
        if before != options:
            what = f"the Markdown extension {name} is listed twice with different options" + (
                f", the first time as {spelling}" if spelling != name else ""
            )
            raise BadValue(what, "keep one of the two, with all the options it needs", where=name)
        _try((known, options), spelling=name, limit=limit)
        settled[kind] = known, spelling, options
    more = tuple((known, options) for known, _, options in settled.values() if not _is_as_ours(known, options))
    if len(more) > 1:
        _try(*more, spelling=", ".join(spelling for _, spelling, _ in settled.values()), limit=limit)
    return more


def _is_as_ours(name: str, options: dict[str, object]) -> bool:
    return name in EXTENSIONS and {**EXTENSIONS[name], **options} == EXTENSIONS[name]


def _kind(name: str, options: dict[str, object]) -> type[Extension]:
    """Return the class of an extension, which is one however it is named. Raises BadValue if there is none."""
    _refuse([name, module_of(name)], name)  # before anything of it runs
    made: object
    try:
        refuse_other_classes(name)
        made = Markdown().build_extension(name, options)
    except ModuleNotFoundError as error:
        raise _not_installed(name, error.name or "") from None
    except (Exception, SystemExit) as error:  # a module that is a program ends itself
        raise _does_not_work(name, error) from None
    if not isinstance(made, Extension):
        raise _does_not_work(name, TypeError("it makes no extension"))
    _refuse([kind.__module__ for kind in type(made).__mro__], name)
    return type(made)


def _try(*extensions: tuple[str, dict[str, object]], spelling: str, limit: float) -> None:
    """Convert the sample, twice: no text may depend on an earlier one.

    Raises BadValue if these extensions do not work, remember something, or bring one along that is refused.
    """
    try:
        with time_limit(limit):
            first = standard_markdown(extensions)
            _refuse(_modules_in(first), spelling)
            same = first.convert(SAMPLE) == standard_markdown(extensions).convert(SAMPLE)
    except (Exception, SystemExit) as error:
        raise (error if isinstance(error, BadValue) else _does_not_work(spelling, error)) from None
    except TimeLimitReached:
        what = f"the Markdown extension {spelling} takes more than {limit:g} seconds for a short text"
        raise BadValue(what, "delete the line, or set time_limit higher", where=spelling) from None
    if not same:
        what = f"the Markdown extension {spelling} does something different each time it reads the same text"
        raise BadValue(what, "delete the line: a post must not depend on what was read before", where=spelling)


def _modules_in(md: Markdown) -> Iterator[str]:
    """Yield the modules of everything that takes part in reading a text: one extension may bring others along."""
    for registry in (
        md.preprocessors, md.parser.blockprocessors, md.inlinePatterns, md.treeprocessors, md.postprocessors
    ):  # fmt: skip
        for processor in registry:
            yield from (kind.__module__ for kind in type(processor).__mro__)


def _refuse(modules: list[str] | Iterator[str], name: str) -> None:
    """Raise BadValue if one of `modules`, in which the extension `name` is, is known to look at more than the text."""
    for module in modules:
        for refused, reason in REFUSED.items():
            if module == refused or module.startswith(f"{refused}."):
                what = f"the Markdown extension {name} cannot be used: it {reason}"
                hint = "delete the line; an extension may only use the text of the post (see the guide, under markdown)"
                raise BadValue(what, hint, where=name)


def _does_not_work(name: str, error: BaseException) -> BadValue:
    said = " ".join(str(error).split())[:300] or type(error).__name__
    what = f"the Markdown extension {name} does not work with these options: {said}"
    return BadValue(what, "check them against the extension's own documentation", where=name)


def _not_installed(name: str, missing: str) -> BadValue:
    """Return what is wrong when a module is `missing`: the extension itself, or something that it needs."""
    own, package = module_of(name).partition(".")[0], missing.partition(".")[0]
    library = package.replace("_", "-")
    hint = f"run: pipx inject storysite {library} (if that is the name of its package), or delete the line"
    if package != own:
        return BadValue(f"the Markdown extension {name} needs {package}, which is not installed", hint, where=name)
    if missing != own:
        hint = "check how it is spelled, or delete the line"
    return BadValue(f"the Markdown extension {name} is not installed", hint, where=name)
