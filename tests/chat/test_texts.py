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


@pytest.mark.parametrize("key", OWN)
def test_arabic_lines_begin_with_an_arabic_letter(key: str) -> None:
    for line in OWN[key].splitlines():
        words = line.removeprefix("-# ").removeprefix("- ").strip("*{}")
        assert not words or "\u0600" <= words[0] <= "\u06ff" or line.startswith(("{", "«{"))


# What only the log shows may name settings, and names of commands are chosen by their letters.
@pytest.mark.parametrize("key", [key for key in OWN if not key.startswith("startup.")])
def test_latin_stands_in_isolates(key: str) -> None:
    assert not re.search("[A-Za-z]", re.sub(r"\u2068.*?\u2069|\{\w+\}", "", OWN[key]))
