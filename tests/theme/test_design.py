"""Colors can be read on every paper, whoever chose them; what a theme declares is what its templates get."""

from colorsys import hls_to_rgb, rgb_to_hls
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from storysite.errors import BadValue, ProblemsFound
from storysite.theme.contrast import AA_CONTRAST, STEPS, contrast, least_contrast, nearest_readable
from storysite.theme.find import shipped_themes
from storysite.theme.manifest import CONTRACT, read_manifest
from storysite.theme.palette import GROUNDS, LINES, SCHEMES, faults
from tests.folder import Folder

MANIFESTS = {
    folder.name: read_manifest(folder / "theme.yaml") for folder in shipped_themes().iterdir() if folder.is_dir()
}
PALETTES = [(theme, name) for theme, manifest in MANIFESTS.items() for name in manifest.palettes]
COLORS = some.integers(0, 0xFFFFFF).map("#{:06x}".format)


def test_contrast_is_that_of_wcag() -> None:
    """Black on white has the most there is; the examples are those of the standard's own techniques."""
    assert contrast("#000000", "#fff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#ffffff", "#ffffff") == 1


@given(COLORS, COLORS)
def test_the_nearest_color_can_be_read_wherever_one_can(color: str, ground: str) -> None:
    """On one ground there is always a color that can be read; one that can be read already hardly changes."""
    made = nearest_readable(color, [ground])
    assert contrast(made, ground) >= AA_CONTRAST
    if contrast(color, ground) >= AA_CONTRAST + 0.5:
        assert abs(contrast(made, ground) - contrast(color, ground)) < 0.5


@given(COLORS, some.lists(COLORS, min_size=1, max_size=3))
def test_no_nearer_lightness_of_the_hue_can_be_read(color: str, grounds: list[str]) -> None:
    """Of all steps from black to white it is the nearest that can be read; the better of black and white if none can."""
    hue, lightness, saturation = rgb_to_hls(*channels(color))
    steps = [written(hls_to_rgb(hue, step / STEPS, saturation)) for step in range(STEPS + 1)]
    readable = {step: made for step, made in enumerate(steps) if least_contrast(made, grounds) >= AA_CONTRAST}
    away = {step: abs(step - round(lightness * STEPS)) for step in readable}
    nearest = {made for step, made in readable.items() if away[step] == min(away.values())}
    best = max(("#000000", "#ffffff"), key=lambda extreme: least_contrast(extreme, grounds))
    assert nearest_readable(color, grounds) in (nearest or {best})


@given(COLORS, COLORS)
def test_the_nearest_readable_color_keeps_its_hue(color: str, ground: str) -> None:
    """Its hue differs by no more than what rounding its channels to a 255th each can make of it."""
    made = nearest_readable(color, [ground])
    chroma = max(channels(made)) - min(channels(made))
    apart = abs(rgb_to_hls(*channels(made))[0] - rgb_to_hls(*channels(color))[0])
    assert min(apart, 1 - apart) * 6 * chroma <= 2 / 255 + 1e-9


def channels(color: str) -> tuple[float, float, float]:
    """Return red, green and blue of a color, from 0 to 1."""
    return int(color[1:3], 16) / 255, int(color[3:5], 16) / 255, int(color[5:7], 16) / 255


def written(parts: tuple[float, float, float]) -> str:
    """Return a color as it is written."""
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


@pytest.mark.parametrize(("theme", "name"), PALETTES)
def test_every_palette_can_be_read_in_both_schemes(theme: str, name: str) -> None:
    """All its roles are there, and each color of a text has enough contrast with all three grounds."""
    palette = MANIFESTS[theme].palettes[name]
    assert {*GROUNDS, *LINES, "ink", "soft", "accent"} <= palette.keys()
    assert list(faults(palette.values())) == []
    for scheme in SCHEMES:
        grounds = [getattr(palette[role], scheme) for role in GROUNDS]
        assert least_contrast(getattr(palette["ink"], scheme), grounds) >= 7


def test_the_default_theme_has_six_palettes_and_keeps_the_contract() -> None:
    """The palettes by their names, and every shipped theme of the contract that this version keeps."""
    assert list(MANIFESTS["default"].palettes) == ["Reading room", "Prairie", "Harbor", "Pine", "Dusk", "Chalk"]
    assert all(manifest.contract == CONTRACT for manifest in MANIFESTS.values())


def test_a_palette_and_an_accent_are_in_the_style_sheet_of_colours(folder: Folder) -> None:
    """One color alone is for light; that of dark is made from it and can be read."""
    folder.write("storysite.yml", 'theme_settings:\n  palette: harbor\n  accent: "#8a2b35"\n')
    folder.build()
    sheet = next((folder.site / "assets").glob("colors.*.css")).read_text("utf-8")
    assert "--paper: #f4f7fa;" in sheet
    assert "--accent: #8a2b35;" in sheet
    dark = sheet.rpartition("--accent: ")[2][:7]
    assert least_contrast(dark, ["#10161d", "#17202a", "#1f2a36"]) >= AA_CONTRAST


def test_a_paper_on_which_the_themes_colours_cannot_be_read_is_refused(folder: Folder) -> None:
    """The message names the paper, which its author can change, and a paper that will do is used."""
    folder.write("storysite.yml", 'theme_settings:\n  paper: "#888888"\n')
    with pytest.raises(ProblemsFound) as refused:
        folder.build()
    told = [str(problem) for problem in refused.value.problems if problem.code == "theme-contrast"]
    assert len(told) == 1
    assert told[0].startswith("storysite.yml:2: paper: soft, accent, victory,")
    assert "in the light scheme" in told[0]
    folder.write("storysite.yml", 'theme_settings:\n  paper: "#fffef8"\n  ink: "#111111"\n')
    folder.build()
    sheet = next((folder.site / "assets").glob("colors.*.css")).read_text("utf-8")
    assert "--paper: #fffef8;" in sheet
    assert "--ink: #111111;" in sheet


def test_a_logo_stands_beside_the_title(folder: Folder) -> None:
    """A file of static/ that the settings name is the picture at the head of each page."""
    folder.write("static/logo.svg", "<svg/>")
    folder.write("storysite.yml", "theme_settings:\n  logo: logo.svg\n  fonts: sans\n")
    folder.build()
    page = folder.page("index.html")
    assert '<img src="logo.svg" alt="" height="40">' in page
    assert 'class="sans"' in page


def test_an_extra_listing_is_a_name_of_every_template(folder: Folder) -> None:
    """Filter, order and length are as theme.yaml says, and only pages that name it depend on it."""
    folder.write(
        "themes/ours/theme.yaml", "contract: 2\nlistings:\n  first_thanks: {kind: thanks, order: oldest, length: 2}\n"
    )
    folder.write("themes/ours/templates/404.html", "{% for card in first_thanks %}{{ card.title }} {% endfor %}")
    folder.write("themes/ours/templates/home.html", "home")
    for name in ("base", "archive", "year", "month", "group", "groups", "search", "wall", "term", "subscribe", "post"):
        folder.write(f"themes/ours/templates/{name}.html", name)
    folder.write("storysite.yml", "theme: ours\n")
    for number in range(1, 5):
        folder.post(
            f"2026-11-0{number}-s{number}", title=f"T{number}", id=f"{number}", kind="thanks" if number != 2 else "news"
        )
    folder.build()
    assert folder.page("404.html") == "T1 T3 "
    folder.post("2026-10-01-s0", title="T0", id="0", kind="thanks")
    assert "404.html" in {job.page.route for job in folder.build().work.render}
    assert folder.page("404.html") == "T0 T1 "


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        ("contract: x", "contract is"),
        ("- a", "names and values"),
        ("settings: {a: {type: number}}", "it may be choice, color, file or text"),
        ("settings: {a: {choices: [b], default: c}}", "not one of its choices"),
        ("palettes: {P: {paper: white}}", "not a color"),
        ('palettes: {P: {ink: "#123456"}}', "two colors"),
        ("settings: {a: {type: color, default: white}}", "not a color"),
        ("settings: {a: {choices: b}}", "a list"),
        ("contract: ²", "contract is"),
        ("listings: {a: {length: ²}}", "a number from 1 to 100"),
        ("listings: {A b: {}}", "cannot be the name of a listing"),
        ("listings: {stories: {}}", "templates already use that name for something else"),
        ("listings: {a: {length: 0}}", "a number from 1 to 100"),
        ("listings: {a: {color: red}}", 'unknown key "color"'),
        ("a: [", "cannot be understood"),
    ],
)
def test_what_a_theme_cannot_declare_is_said(declared: str, said: str, tmp_path: Path) -> None:
    """A manifest that is wrong is refused in words that name what may stand there."""
    (tmp_path / "theme.yaml").write_text(declared, "utf-8")
    with pytest.raises(BadValue, match=said):
        read_manifest(tmp_path / "theme.yaml")
