"""YAML of settings and data files → plain values, with the line of each name."""

from typing import Any

from storysite.errors import Problem
from storysite.read.values import HeaderError
from storysite.read.values import read_yaml as read_values


def read_mapping(data: bytes, path: str, *, code: str) -> tuple[dict[str, Any], dict[str, int], list[Problem]]:
    """Return the names and values of a YAML file, their lines, and what is wrong with it."""
    try:
        reading = read_values(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return (
            {},
            {},
            [Problem(path, 0, code, "this file is not saved as UTF-8 text", "save it as UTF-8 in your editor")],
        )
    except HeaderError as fault:
        lines = data.decode("utf-8-sig", "replace").splitlines()
        excerpt = lines[fault.line - 1] if 0 < fault.line <= len(lines) else ""
        hint = "each line is a name, a colon, a blank and a value, for example title: Our stories"
        return {}, {}, [Problem(path, fault.line, code, "this line cannot be understood", hint, excerpt)]
    if reading is None:
        hint = "each line is a name, a colon, a blank and a value, for example title: Our stories"
        return {}, {}, [Problem(path, 1, code, "this file holds no names and values", hint)]
    return dict(reading.values), reading.lines, reading.problems


def read_yaml(text: str) -> Any:
    """Return the values of a YAML file. Raises ValueError in words."""
    try:
        reading = read_values(text)
    except HeaderError as fault:
        raise ValueError(f"line {fault.line} cannot be understood") from None
    if reading is None:
        raise ValueError("it holds no names and values")
    return reading.values
