"""What says "not for the public", in the words of any generator, hides; what nearly says so hides too, and is told."""

from collections.abc import Iterator
from datetime import time
from zoneinfo import ZoneInfo

import pytest

from storysite.front_matter.fields import FALSE, TRUE, Fields
from storysite.front_matter.keys import KEYS, POST_SPELLINGS
from storysite.front_matter.privacy import Privacy, read_privacy
from storysite.front_matter.signs import DRAFT, KNOWN, PRIVATE, SHOWN, SIGN_OF, SIGNS, UNLISTED, Effect
from storysite.front_matter.spelling import ORDINARY, squashed
from storysite.markdown.convert import render_markdown
from storysite.model.post import AnyPost
from storysite.problems import Problem
from storysite.source.entry import ReadSettings
from storysite.source.post import read_post

RULES = ReadSettings("America/New_York", time(8), "en", "", "/{year}/{month}/{slug}/")


def effect_of(post: AnyPost) -> Effect:
    """Return who sees a post."""
    return PRIVATE if post.private else DRAFT if post.draft else UNLISTED if post.unlisted else SHOWN


def read(source: str, path: str = "content/posts/2026-01-02-a.md") -> tuple[AnyPost, list[Problem]]:
    """Return the post that a file is, and what is told of it beside what every post is told."""
    entry, _ = read_post(source.encode(), path, RULES, render_markdown)
    assert entry.post
    return entry.post, [problem for problem in entry.problems if problem.code != "post-id-derived"]


def privacy_of(**values: object) -> tuple[Privacy, list[Problem]]:
    """Return what these keys say, and what is told of them."""
    fields = Fields(values, {}, [], "a.md", ZoneInfo("UTC"), time(8), POST_SPELLINGS)
    return read_privacy(fields), fields.problems


SAID = {
    "private: true": PRIVATE,
    "Private: Yes": PRIVATE,
    "PRIVATE: 1": PRIVATE,
    "private: 'on'": PRIVATE,
    'private: "TRUE"': PRIVATE,
    "private: [true]": PRIVATE,
    "private: !!bool true": PRIVATE,
    "is_private: y": PRIVATE,
    "is-private: true": PRIVATE,
    "isPrivate: true": PRIVATE,
    "hidden: true": PRIVATE,
    "hide: true": PRIVATE,
    "secret: true": PRIVATE,
    "invisible: true": PRIVATE,
    "membersOnly: true": PRIVATE,
    "public: false": PRIVATE,
    "isPublic: No": PRIVATE,
    "visible: off": PRIVATE,
    "publish: false": PRIVATE,
    "dg-publish: false": PRIVATE,
    "published: no": PRIVATE,
    "published: 0": PRIVATE,
    "no-publish: true": PRIVATE,
    "noPublish: yes": PRIVATE,
    "do_not_publish: 1": PRIVATE,
    "dont publish: true": PRIVATE,
    "not-public: true": PRIVATE,
    "unpublished: true": PRIVATE,
    "headless: true": PRIVATE,
    "render: never": PRIVATE,
    "render: false": PRIVATE,
    "permalink: false": PRIVATE,
    "_build: {render: never}": PRIVATE,
    "build:\n  render: never\n  list: always": PRIVATE,
    "_build: {render: link, list: never}": PRIVATE,
    "params: {private: true}": PRIVATE,
    "extra:\n  hidden: true": PRIVATE,
    "params: {page: {private: true}}": PRIVATE,
    "private: false\nextra: {private: true}": PRIVATE,
    "private: true\nprivate: false": PRIVATE,
    "Private: true\nprivate: false": PRIVATE,
    "unlisted: true\nprivate: true": PRIVATE,
    "visibility: private": PRIVATE,
    "visibility: Hidden": PRIVATE,
    "visibility: members": PRIVATE,
    "visibility: password-protected": PRIVATE,
    "privacy: only me": PRIVATE,
    "security: friends": PRIVATE,
    "access: private": PRIVATE,
    "state: private": PRIVATE,
    "status: private": PRIVATE,
    "status: pending": PRIVATE,
    "status: Trash": PRIVATE,
    "post_status: private": PRIVATE,
    "password: swordfish": PRIVATE,
    "password: 1234": PRIVATE,
    "post_password: a": PRIVATE,
    "draft: true": DRAFT,
    "isDraft: yes": DRAFT,
    "status: draft": DRAFT,
    "status: auto-draft": DRAFT,
    "visibility: draft": DRAFT,
    "unlisted: true": UNLISTED,
    "Unlisted: 'yes'": UNLISTED,
    "listed: false": UNLISTED,
    "not_listed: true": UNLISTED,
    "visibility: unlisted": UNLISTED,
    "status: unlisted": UNLISTED,
    "_build: {list: never}": UNLISTED,
    "build: {list: local}": UNLISTED,
    "robots: noindex": UNLISTED,
    "robots: noindex, nofollow": UNLISTED,
    "noindex: true": UNLISTED,
    "eleventyExcludeFromCollections: true": UNLISTED,
}
"""Front matter, and who sees it then."""


@pytest.mark.parametrize("section", ["content/posts/2026-01-02-a.md", "content/pages/a.md", "content/posts/a.html"])
@pytest.mark.parametrize("said", SAID)
def test_every_sign_counts_in_posts_and_pages(said: str, section: str) -> None:
    """Without a warning, for nothing about it is unsure; what is hidden says why in its own words."""
    post, problems = read(f"---\ntitle: A\n{said}\n---\nText.\n", section)
    assert effect_of(post) == SAID[said]
    assert [each.code for each in problems if each.code not in ("header-duplicate-key", "post-no-date")] == []
    if "password" in said.partition(":")[0]:
        assert post.private == "has a password"
    elif post.private:
        assert post.private.startswith("says ")
        assert post.private.removeprefix("says ").partition(":")[0] in said


FORMS = {
    "+++\ntitle = 'A'\n{key} = {value}\n+++\n": True,
    "+++\n[params]\n{key} = {value}\n+++\n": True,
    "+++\n[extra]\n{key} = '{value}'\n+++\n": True,
    '{{"title": "A", "{key}": {value}}}\n': True,
    '{{"title": "A", "{key}": "{value}"}}\n': True,
    '{{"title": "A", "{key}": {value}, "{key}": null}}\n': True,
    ';;;\n"{key}": {value}\n;;;\n': True,
    "Title: A\n{key}: {value}\n\n": True,
    ".. title: A\n.. {key}: {value}\n\n": True,
    "<!--\n.. title: A\n.. {key}: {value}\n-->\n": True,
    "title: A\n{key}: {value}\n---\n": True,
    "---\ntitle: A\n{key}: {value}\n\nText, and no second fence.\n": True,
    "---\n{key}: {value}\n---\n": True,
    "---js\n{{ {key}: {value} }}\n---\n": True,
    "---\ntitle: A\n{key} {value}\n---\n": False,
    "---\ntitle: A\n{key}={value}\n---\n": False,
    "---\n{key} {value}\n---\n": False,
    "Title: A\n{key} {value}\n\n": False,
    "---\ntitle: 'A\n{key}: {value}\n---\n": False,
}
"""Front matter as other programs have it, or as people mistype it, and whether nothing is wrong with it."""


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("key", "value"), [("private", "true"), ("hidden", "true"), ("public", "false")])
def test_a_sign_counts_in_every_form_of_front_matter(form: str, key: str, value: str) -> None:
    """And in a line that the form does not know, with a warning."""
    post, problems = read(form.format(key=key, value=value) + "\nText.\n")
    assert effect_of(post) is PRIVATE
    if not FORMS[form]:
        assert problems


@pytest.mark.parametrize(
    "said",
    [
        "private: false", "private: 'no'", "private:", "private: ''", "private: ~", "private: []", "hidden: 0", "hidden: off",
        "unlisted: no", "unlisted: false", "listed: true", "public: true", "public: 'yes'", "visible: 1", "publish: true",
        "published: true", "published: yes", "published: 2014-03-04", "published: March 4, 2014", "status: publish",
        "status: published", "status: featured", "status: archived", "visibility: public", "visibility: Everyone",
        "visibility:", "password:", "password: ''", "password: null", "password: false", "headless: false", "render: always",
        "render: true", "_build: {render: always, list: always}", "build: webpack", "draft: false", "draft: 'no'", "draft:",
        "robots: index, follow", "robots: [wooden, paper]", "hide: [toc]", "skip: 3", "ignore: [a, b]", "exclude: none",
        "list: never", "list: [a, b]", "access: Door B, on Main Street", "state: Texas", "state: open", "security: badges",
        "secret: the cake is a lie", "internal: no", "tags: [private, hidden, draft]", "category: private",
        "title: Private", "kind: news", "params: {private: false, color: red}", "extra: {hidden: no}",
        "privacy_notice: see below", "publisher: Scholastic", "published_by: Scholastic", "publishedIn: Boston",
        "public_library: Main Street", "hidden_gem: true", "password_hint: none", "list_price: 3", "render_time: never",
        "pirate: true", "drafty: true", "primary: true", "guild: true", "wide: true", "stats: true", "state_park: private",
        "linked: false", "lists: false", "readers: none", "headlines: true", "elected: true", "status_note: private",
        "hiking: true", "shelves: [hidden, private]",
    ],
)  # fmt: skip
@pytest.mark.parametrize("box", ["", "params", "extra"])
def test_ordinary_front_matter_hides_nothing(said: str, box: str) -> None:
    """And nothing is told of it."""
    said = f"{box}:\n" + "\n".join(f"  {line}" for line in said.split("\n")) if box else said
    post, problems = read(f"---\ntitle: A\n{said}\n---\nText.\n")
    assert effect_of(post) is SHOWN
    assert "post-private" not in {problem.code for problem in problems}


def slips(word: str) -> Iterator[str]:
    """Yield a word as people mistype it: a letter is left out, typed twice, swapped with the next, or another one."""
    for place in range(len(word)):
        before, letter, after = word[:place], word[place], word[place + 1 :]
        yield before + after
        yield before + letter * 2 + after
        yield before + after[:1] + letter + after[1:]
        yield before + "xqz"[place % 3] + after


NAMES = sorted({each for key in KEYS for each in key.names if squashed(each) in SIGN_OF and len(squashed(each)) > 4})


@pytest.mark.parametrize("name", NAMES)
def test_a_slip_of_the_pen_in_a_key_hides_and_is_told(name: str) -> None:
    """Whichever letter is wrong, a story never shows that was meant to be hidden; a draft may be a draft."""
    sign = SIGN_OF[squashed(name)]
    value: object = next((word for word, effect in sign.words.items() if effect), "swordfish")
    if sign.key == "build":
        value = {"render": "never"}
    for slip in sorted({*slips(name)} - {name}):
        if squashed(slip) in KNOWN | ORDINARY or squashed(slip) == squashed(name):
            continue
        privacy, problems = privacy_of(**{slip: value})
        assert privacy.effect >= DRAFT or squashed(slip).startswith(("no", "un")), slip
        assert privacy.effect
        assert [problem.code for problem in problems] == ["post-private"] or squashed(slip).startswith("no"), slip
        assert "swordfish" not in str(problems), slip


@pytest.mark.parametrize("sign", SIGNS, ids=[sign.key for sign in SIGNS])
def test_a_slip_of_the_pen_in_a_value_hides_and_is_told(sign: object) -> None:
    """A word that hides, with one letter wrong, is never read as one that shows."""
    key = sign.key if sign.key != "list" else "listed"  # type: ignore[attr-defined]
    for word, effect in sign.words.items():  # type: ignore[attr-defined]
        for slip in sorted({*slips(word)}) if effect and len(word) > 4 and key != "listed" else ():
            if slip in sign.words or slip in ORDINARY:  # type: ignore[attr-defined]
                continue
            privacy, problems = privacy_of(**{key: slip})
            assert privacy.effect >= DRAFT, (key, slip)
            assert [problem.code for problem in problems] == ["post-private"]


@pytest.mark.parametrize(
    "value", ["maybe", "my class only", "2026-01-01", "sí", "staff room", ["a", "b"], {"a": "b"}, 7]
)
@pytest.mark.parametrize("key", ["private", "hidden", "unlisted", "public", "visibility", "headless", "draft"])
def test_a_value_that_is_not_clear_hides(key: str, value: object) -> None:
    """Until its writer has made it plain."""
    privacy, problems = privacy_of(**{key: value})
    assert privacy.effect >= DRAFT
    assert [problem.code for problem in problems] == ["post-private"]
    assert "to show it, delete the line" in problems[0].hint


def test_whatever_is_said_twice_the_strictest_counts() -> None:
    """In whichever order."""
    said = {"draft": "true", "unlisted": "true", "visibility": "public", "private": "true"}
    assert privacy_of(**said)[0].effect is privacy_of(**dict(reversed(said.items())))[0].effect is PRIVATE


def test_a_draft_may_be_unlisted_too() -> None:
    """So that it is in no list where drafts are shown."""
    post, _ = read("---\ntitle: A\ndraft: true\nunlisted: true\n---\nText.\n")
    assert post.draft
    assert post.unlisted


def test_words_for_yes_and_no_are_read_alike_by_all_flags() -> None:
    """Of every sign that takes them."""
    for sign in SIGNS:
        yes, no = {sign.words.get(word) for word in TRUE}, {sign.words.get(word) for word in FALSE - {"none"}}
        assert (len(yes), len(no)) == (1, 1) or sign.key in ("password", "build", "permalink")


def test_a_password_is_told_to_nobody() -> None:
    """Neither in a message nor in what themes are handed."""
    for key in ("password", "pasword", "post_password"):
        post, problems = read(f"---\ntitle: A\n{key}: swordfish\n---\nText.\n")
        assert effect_of(post) is PRIVATE
        assert "swordfish" not in f"{problems}{post}"


def test_a_misspelled_key_of_another_kind_is_only_told() -> None:
    post, problems = read("---\ntitle: A\nvisiblity: public\nsumary: A day.\n---\nText.\n")
    assert effect_of(post) is SHOWN
    assert [problem.code for problem in problems] == ["key-unknown"]
