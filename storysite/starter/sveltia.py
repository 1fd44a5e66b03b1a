"""The editor at `/admin/`: a page and a configuration for Sveltia CMS, made from the same forms as all others.

The program of the editor is somebody else's and not part of storysite: whoever wants it puts one file beside the two.
"""

from typing import Any

from storysite.starter.editors import PICTURES, Field, forms, yaml_lines

PROGRAM = "sveltia-cms.js"
SOURCE = "https://unpkg.com/@sveltia/cms/dist/sveltia-cms.js"
"""Where the program is, as its makers publish it."""
CONFIG, PAGE = "static/admin/config.yml", "static/admin/index.html"
_PAGE = f"""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Write a story</title>
</head>
<body>
<p id="missing" hidden>The editor is not complete yet.
Save <a href="{SOURCE}">this file</a> as static/admin/{PROGRAM}.</p>
<script src="{PROGRAM}" onerror="document.getElementById('missing').hidden = false"></script>
</body>
</html>
"""
_WIDGETS: dict[str, dict[str, Any]] = {
    "text": {"widget": "string"},
    "sentence": {"widget": "text"},
    "story": {"widget": "markdown"},
    "number": {"widget": "number", "value_type": "float"},
    "day": {"widget": "datetime", "type": "date", "format": "YYYY-MM-DD"},
    "moment": {"widget": "datetime", "type": "datetime-local", "format": "YYYY-MM-DDTHH:mm"},
    "yes or no": {"widget": "boolean", "default": False},
    "picture": {"widget": "image"},
    "choice": {"widget": "select"},
    "parts": {"widget": "object"},
}


def sveltia(repository: str) -> dict[str, str]:
    """Return the two files of the editor by their paths; it changes files of `repository` at GitHub."""
    posts, pages = forms().values()
    config = {
        "backend": {"name": "github", "repo": repository, "branch": "main", "auth_methods": ["token"]},
        "media_folder": PICTURES,
        "public_folder": f"/{PICTURES}",
        # a part that nobody filled in is not written at all
        "output": {"omit_empty_optional_fields": True},
        "collections": [
            {
                "name": "posts",
                "label": "Stories",
                "label_singular": "Story",
                "folder": "content/posts",
                "create": True,
                "slug": "{{year}}-{{month}}-{{day}}-{{slug}}",
                "fields": [_field(field) for field in posts],
            },
            {
                "name": "pages",
                "label": "Pages",
                "label_singular": "Page",
                "folder": "content/pages",
                "create": True,
                "slug": "{{slug}}",
                "fields": [_field(field) for field in pages],
            },
        ],
    }
    about = "# The forms of the editor at /admin/, which is Sveltia CMS: https://sveltiacms.app\n"
    return {CONFIG: about + "\n".join(yaml_lines(config)) + "\n", PAGE: _PAGE}


def _field(field: Field) -> dict[str, Any]:
    found: dict[str, Any] = {"name": field.name, "label": field.label, **_WIDGETS[field.holds]}
    if field.several:
        found["widget"] = "list"
    if field.hint:
        found["hint"] = field.hint
    if not field.required:
        found["required"] = False
    if found["widget"] == "datetime" and not field.required:
        found["default"] = ""  # otherwise it is now
    if field.choices:
        found["options"] = list(field.choices)
    if field.name == "kind":
        found["default"] = field.choices[0]
    if field.parts:
        found["fields"] = [_field(part) for part in field.parts]
    return found
