"""A set of pictures is parsed as browsers parse it, whatever its addresses hold."""

from hypothesis import given
from hypothesis import strategies as st

from storysite.markdown.convert import render_markdown
from storysite.markdown.srcset import candidates
from storysite.model.config import MarkdownOptions

ADDRESSES = st.from_regex(r"[a-z%(]([a-z0-9,()/._%-]{0,12}[a-z0-9)])?", fullmatch=True)
CONDITIONS = st.sampled_from(["", "1x", "2x", "1.5x", "400w", "400w 300h"])
GAPS = st.sampled_from([", ", " , ", ",\n", "  ,\t"])


@given(st.lists(st.tuples(ADDRESSES, CONDITIONS), min_size=1, max_size=4), GAPS)
def test_what_was_written_is_read(pictures: list[tuple[str, str]], gap: str) -> None:
    """An address ends at a blank, so commas and brackets may stand in it."""
    written = gap.join(f"{address} {condition}".strip() for address, condition in pictures)
    assert list(candidates(written)) == pictures


@given(st.text("a, ()2x\t\n", max_size=30))
def test_any_text_is_parsed(written: str) -> None:
    for address, _ in candidates(written):
        assert address
        assert not address.endswith(",")


def test_a_comma_may_stand_in_an_address() -> None:
    """As sizes of pictures do in the addresses of some hosts."""
    source = (
        '<img src="a.jpg" srcset="small,w_400.jpg 400w, large,w_800.jpg 800w,https://x.org/c_fill,w_9/b.jpg 2x" alt="">'
    )
    document = render_markdown(source, "T", MarkdownOptions())
    assert [reference.target for reference in document.references] == ["a.jpg", "small,w_400.jpg", "large,w_800.jpg"]
    ((_, image),) = document.body.images
    assert "https://x.org/c_fill,w_9/b.jpg 2x" in image
