"""`/asks/`: the public record of what was asked for, what came in, and what it did."""

import re

from storysite.problems import Severity
from tests.folder import Folder


def record(folder: Folder) -> list[str]:
    """Return the words of the record, one piece of text for each element that has some."""
    folder.build()
    html = folder.page("asks/index.html").partition("<main")[2].partition("</main>")[0]
    pieces = re.sub(r"<(?!/?time)[^>]*>", "\n", f"<main{html}")
    return [" ".join(piece.split()) for piece in re.sub(r"</?time[^>]*>", "", pieces).split("\n") if piece.strip()]


def test_open_asks_come_first_then_what_became_of_the_others(folder: Folder) -> None:
    """Each with its numbers, its outcome and the stories that follow it up; newest first."""
    folder.post("2026-03-01-boxes", title="Boxes", id="boxes", kind="ask", ask="{what: boxes, goal: 60, have: 118}")
    folder.post("2026-05-01-seeds", title="Seeds", kind="ask", ask="{what: seeds, outcome: It grew.}")
    folder.post("2026-11-02-hands", title="Hands", kind="ask", ask="{what: hands, goal: 12, have: 9, by: 2026-12-02}")
    text = (folder.path / "content/posts/2026-03-01-boxes.md").read_text("utf-8")
    folder.write("content/posts/2026-03-01-boxes.md", text.replace("have: 118}", "have: 118, status: met}"))
    folder.post("2026-04-01-robots", title="Robots", kind="thanks", follows_up="boxes")
    assert record(folder) == [
        "Asked and answered",
        "What we asked for, what you gave, and what it did.",
        "What we are asking for",
        "Hands",
        "75%",
        "9 of 12 so far, by 2 December.",
        "What became of it",
        "Seeds",
        "Asked on 1 May 2026.",
        "It grew.",
        "Boxes",
        "Asked on 1 March 2026. 118 of 60 came in.",
        "How it went on:",
        "Robots",
        ", 1 April 2026.",
    ]


def test_an_ask_moves_to_the_others_on_the_day_after_its_last(folder: Folder) -> None:
    """Nobody has to save anything."""
    folder.post("2026-11-02-hands", title="Hands", kind="ask", ask="{what: hands, by: 2026-11-24}")
    assert "What we are asking for" in record(folder)
    folder.post("2026-11-02-hands", title="Hands", kind="ask", ask="{what: hands, by: 2026-11-23}")
    assert "What we are asking for" not in record(folder)


def test_a_site_that_never_asked_has_no_record_and_no_link_to_one(folder: Folder) -> None:
    """The page is there from the first ask on."""
    folder.post("2026-11-02-story", title="Story")
    folder.build()
    assert "asks/index.html" not in folder.routes()
    folder.post("2026-11-03-hands", title="Hands", kind="ask", ask="hands")
    folder.build()
    assert "asks/index.html" in folder.routes()
    for page in ("index.html", "2026/11/hands/index.html"):
        assert "asks/" in folder.page(page)


def test_an_ask_that_only_some_may_find_is_not_on_record(folder: Folder) -> None:
    """Neither a draft, nor one that is unlisted, nor what follows it up in private."""
    folder.post("2026-11-02-hands", title="Hands", kind="ask", ask="hands", unlisted="true")
    folder.post("2026-11-03-books", title="Books", kind="ask", ask="books", draft="true")
    folder.build()
    assert "asks/index.html" not in folder.routes()
    folder.post("2026-11-04-seeds", title="Seeds", id="seeds", kind="ask", ask="{what: seeds, status: met}")
    folder.post("2026-11-05-secret", title="Secret", follows_up="seeds", unlisted="true")
    assert "Secret" not in record(folder)


def test_a_page_of_the_authors_own_takes_its_place(folder: Folder) -> None:
    """A site that has one keeps it."""
    folder.post("2026-11-03-hands", title="Hands", kind="ask", ask="hands")
    folder.write("content/pages/asks.md", "---\ntitle: What we need\n---\n\nOurs.\n")
    built = folder.build()
    assert "Ours." in folder.page("asks/index.html")
    assert not [problem for problem in built.problems if problem.severity > Severity.NOTE]


def test_the_record_is_made_again_when_what_it_shows_changed(folder: Folder) -> None:
    """A story that follows it up, and its title; a text is nothing to it."""
    folder.post("2026-11-02-seeds", title="Seeds", id="seeds", kind="ask", ask="{what: seeds, status: met}")
    folder.post("2026-11-03-story", title="Story")

    def made() -> set[str]:
        return {url for url, _ in folder.build().result.made}

    assert "asks/" in made()
    folder.post("2026-11-03-story", "Another text.", title="Story", summary="As it was.")
    assert "asks/" not in made()
    folder.post("2026-11-03-story", title="It grew", follows_up="seeds")
    assert "asks/" in made()
    folder.post("2026-11-03-story", title="It grew well", follows_up="seeds")
    assert "asks/" in made()
