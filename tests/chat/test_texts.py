"""The reply texts of this room read well from right to left."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from bot.settings import CONFIG


def texts(table: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from texts(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value.strip()


FILES = [
    CONFIG / f"texts/ar/{name}.toml"
    for name in ("buttons", "conversation", "discord", "limits", "news", "privacy", "reloading", "sources")
]
OWN = {key: text for file in FILES for key, text in texts(tomllib.loads(file.read_text(encoding="utf-8")))}


def begins_on_the_left(text: str) -> bool:
    """Whether a line begins with a letter of another direction, which would turn the line around."""
    lines = (
        line.removeprefix("-# ").removeprefix("- ") for line in text.splitlines() if not line.startswith(("{", "«{"))
    )
    return any((words := line.strip("*{}")) and not "\u0600" <= words[0] <= "\u06ff" for line in lines)


def has_bare_latin(text: str) -> bool:
    """Whether Latin letters stand outside of isolates and placeholders."""
    return bool(re.search("[A-Za-z]", re.sub(r"\u2068.*?\u2069|\{\w+\}", "", text)))


def test_arabic_lines_begin_with_an_arabic_letter() -> None:
    assert [key for key, text in OWN.items() if begins_on_the_left(text)] == []


def test_latin_stands_in_isolates() -> None:
    # What only the log shows may name settings, and names of commands are chosen by their letters.
    shown = {key: text for key, text in OWN.items() if not key.startswith("startup.")}
    assert [key for key, text in shown.items() if has_bare_latin(text)] == []


@pytest.mark.parametrize("text", ["Discord لا يجيب", "- **Discord** لا يجيب", "سطر\nA"])
def test_a_line_that_turns_around_is_noticed(text: str) -> None:
    assert begins_on_the_left(text)
    assert has_bare_latin(text)
