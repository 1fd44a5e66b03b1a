"""The page on moving lists the template code that is read, row for row as the program has it."""

from storysite.markdown.template_code.forms import FORMS, OTHER_FORMS
from tests.guide_pages import page, rows, sections


def shown(example: str) -> str:
    """Return an example on one line, as code; of what stands on lines of its own, the first."""
    if "raw" in example:
        return "`{% raw %}` … `{% endraw %}`"  # in one piece it would be read, even here
    line = " ".join(example.split()) if example.startswith(("{", "[")) else example.split("\n", 1)[0]
    return f"`{line}`".replace("|", "\\|")


def test_every_form_of_template_code_is_documented() -> None:
    """Each row of the table of forms is one of the guide's, with all its names."""
    table = rows(sections(page("moving"), 2)["Template code"])
    assert table == [
        *(
            [
                shown(form.example),
                form.programs,
                form.becomes,
                ", ".join(f"`{name}`" for name in form.names.split() if name not in form.example),
            ]
            for form in FORMS
        ),
        *([shown(example), programs, becomes.replace("|", "\\|")] for example, programs, becomes in OTHER_FORMS),
    ]
