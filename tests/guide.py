"""The pages of the guide taken apart, and the problems that the sources of the program name, to be compared."""

import ast
import re
from datetime import time
from functools import cache
from pathlib import Path

import storysite
from storysite.problems import Problem
from storysite.source.post import ReadSettings

PACKAGE = Path(storysite.__file__).parent
GUIDE = PACKAGE.parent / "content" / "pages" / "guide"
RULES = ReadSettings("UTC", time(6), "en", "", "/{year}/{month}/{slug}/")
_FENCED = re.compile(r"^(```|~~~).*?^\1$", re.DOTALL | re.MULTILINE)
_BETWEEN_CELLS = re.compile(r"\|(?=(?:[^`]*`[^`]*`)*[^`]*$)")
"""The bars of a table row that stand outside of code."""


def page(name: str) -> str:
    """Return the text of a page of the guide."""
    return (GUIDE / f"{name}.md").read_text("utf-8")


def sections(text: str, level: int) -> dict[str, str]:
    """Return what stands below each heading of a level, by the heading's words; code fences hide no heading."""
    found: dict[str, list[str]] = {}
    here: list[str] = []
    fenced = False
    for line in text.split("\n"):
        fenced ^= line.startswith(("```", "~~~"))
        heading = re.match(r"(#+) (.*)", line)
        if heading and not fenced and len(heading[1]) <= level:
            here = found.setdefault(heading[2].replace("`", "").strip(), []) if len(heading[1]) == level else []
        else:
            here.append(line)
    return {name: "\n".join(lines) for name, lines in found.items()}


def rows(text: str) -> list[list[str]]:
    """Return the cells of every table row in a text, but those of the heading rows."""
    lines = [line for line in _FENCED.sub("", text).split("\n") if line.startswith("|")]
    marks = {number for number, line in enumerate(lines) if re.fullmatch(r"[|:\- ]+", line)}
    kept = [line for number, line in enumerate(lines) if number not in marks and number + 1 not in marks]
    return [[cell.strip() for cell in _BETWEEN_CELLS.split(line.strip()[1:-1])] for line in kept]


def code_in(text: str) -> list[str]:
    """Return what a text shows as code."""
    return re.findall(r"`([^`]+)`", text)


def fences(text: str, language: str) -> list[str]:
    """Return the code examples of a language in a text."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


class Codes(ast.NodeVisitor):
    """Collects the codes of all problems in a source, and the places where it cannot tell one."""

    def __init__(self, takers: dict[str, int]) -> None:
        self.takers = takers
        self.found: set[str] = set()
        self.unclear: list[int] = []

    def visit_Call(self, call: ast.Call) -> None:
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        place = self.takers.get(name)
        if place is not None:
            named = [keyword.value for keyword in call.keywords if keyword.arg == "code"]
            given = named or call.args[place : place + 1]
            found = [code for value in given for code in _constants(value)]
            self.found.update(found)
            passed_on = [value for value in given if isinstance(value, ast.Name | ast.Attribute)]
            if not found and not passed_on and name == "Problem":
                self.unclear.append(call.lineno)
        self.generic_visit(call)

    def visit_Assign(self, made: ast.Assign) -> None:
        if any(isinstance(target, ast.Name) and target.id == "code" for target in made.targets):
            self.found.update(_constants(made.value))
        self.generic_visit(made)

    def visit_Constant(self, constant: ast.Constant) -> None:
        if isinstance(constant.value, str) and (printed := re.search(r"  \[([a-z]+(?:-[a-z]+)*)\]$", constant.value)):
            self.found.add(printed[1])


def _constants(node: ast.expr) -> list[str]:
    if isinstance(node, ast.IfExp):
        return _constants(node.body) + _constants(node.orelse)
    text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
    return [text] if re.fullmatch(r"[a-z]+(-[a-z]+)*", text) else []


@cache
def problem_codes() -> frozenset[str]:
    """Return the code of every problem that the program can find, from its sources."""
    trees = {file: ast.parse(file.read_text("utf-8")) for file in sorted(PACKAGE.rglob("*.py"))}
    takers = {"Problem": Problem.__struct_fields__.index("code")}
    for tree in trees.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                names = [argument.arg for argument in node.args.args if argument.arg != "self"]
                if "code" in names or "code" in [argument.arg for argument in node.args.kwonlyargs]:
                    takers[node.name] = names.index("code") if "code" in names else len(names)
    found: set[str] = set()
    for file, tree in trees.items():
        codes = Codes(takers)
        codes.visit(tree)
        assert codes.unclear == [], f"{file.name}: the code of a problem must be a plain text"
        found |= codes.found
    return frozenset(found)
