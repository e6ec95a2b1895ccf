"""The reply texts of this room: both languages have the same, and the code uses all of them and no others."""

import ast
import re
import tomllib
from pathlib import Path
from string import Formatter

from bot.settings import CONFIG
from bot.texts import _flatten
from tests.chat.samples import ARABIC, ENGLISH

ROOT = Path(__file__).resolve().parents[2]
KEY = re.compile(r"[a-z_]+(?:\.[a-z_]+)+\.?")


def own_keys(language: str) -> set[str]:
    file = CONFIG / "texts" / language / "discord.toml"
    return set(_flatten(tomllib.loads(file.read_text(encoding="utf-8"))))


def used_in_code() -> set[str]:
    """Collect the text keys, and the beginnings of those put together, that stand in the room's code."""
    strings = (
        node.value
        for file in (ROOT / "bot" / "chat").glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    return {string for string in strings if KEY.fullmatch(string)}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_have_the_same_keys_and_placeholders() -> None:
    assert own_keys("ar") == own_keys("en")
    for key in own_keys("ar"):
        assert placeholders(ARABIC.entries[key]) == placeholders(ENGLISH.entries[key]), key


def test_every_key_is_used() -> None:
    used = used_in_code()
    beginnings = tuple(key for key in used if key.endswith("."))
    assert not {key for key in own_keys("ar") if key not in used and not key.startswith(beginnings)}


def test_every_used_key_exists() -> None:
    sections = {key.split(".")[0] for key in ARABIC.entries}
    missing = {
        key
        for key in used_in_code()
        if key.split(".")[0] in sections and not any(entry.startswith(key) for entry in ARABIC.entries)
    }
    assert not missing


def test_arabic_texts_begin_with_an_arabic_letter_and_isolate_latin() -> None:
    for key in own_keys("ar"):
        for line in ARABIC.entries[key].splitlines():
            words = line.strip("*{}")
            assert not words or "\u0600" <= words[0] <= "\u06ff" or line.startswith("{") or key == "date.form", key
            if not key.startswith("startup."):
                outside = re.sub(r"\u2068.*?\u2069|\{\w+\}", "", line)
                assert not re.search("[A-Za-z]", outside), key
