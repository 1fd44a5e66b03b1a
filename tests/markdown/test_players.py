"""Videos in the players of any time are link cards, and pictures have the size that was meant."""

import pytest

from storysite.markdown.convert import render_markdown
from storysite.model.config import MarkdownOptions

ENGINES = ["python-markdown", "commonmark"]
YOUTUBE = "https://www.youtube.com/watch?v=abc_1-2"
PLAYERS = {
    '<iframe src="https://www.youtube.com/embed/abc_1-2?rel=0"></iframe>': YOUTUBE,
    '<object width="425"><param name="movie" value="http://www.youtube.com/v/abc_1-2&hl=en&fs=1"></param>'
    '<embed src="http://www.youtube.com/v/abc_1-2&hl=en" type="application/x-shockwave-flash"></embed></object>': YOUTUBE,
    '<object data="//www.youtube.com/v/abc_1-2" type="application/x-shockwave-flash"></object>': YOUTUBE,
    '<embed src="https://youtube.com/v/abc_1-2?version=3" />': YOUTUBE,
    '<object><param name="Movie" value="http://vimeo.com/moogaloop.swf?clip_id=123&server=vimeo.com" /></object>': (
        "https://vimeo.com/123"
    ),
    '<iframe src="https://player.vimeo.com/video/123"></iframe>': "https://vimeo.com/123",
}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("player", "address"), PLAYERS.items())
def test_a_player_of_any_time_is_a_link_card(engine: str, player: str, address: str) -> None:
    made = render_markdown(f"Before.\n\n{player}\n\nAfter.", "T", MarkdownOptions(engine=engine)).body.html
    assert f'<p class="video"><a href="{address}" rel="noopener">' in made
    assert not any(tag in made for tag in ("<object", "<embed", "<iframe", "<param"))


@pytest.mark.parametrize(
    ("written", "dots"),
    [
        ("6.5in", "624"),
        ("2.54cm", "96"),
        ("10 mm", "38"),
        ("72pt", "96"),
        ("300px", "300"),
        ("300", "300"),
        ("50%", "50%"),
    ],
)
def test_the_size_of_a_picture_is_one_that_browsers_know(written: str, dots: str) -> None:
    """Pandoc writes inches of Word, over two lines too."""
    options = MarkdownOptions()
    for source in (
        f'![a](b.png){{width="{written}"\nheight="{written}"}}',
        f'<img src="b.png" width="{written}" height="{written}">',
    ):
        ((_, image),) = render_markdown(source, "T", options).body.images
        assert f'width="{dots}"' in image
        assert f'height="{dots}"' in image
