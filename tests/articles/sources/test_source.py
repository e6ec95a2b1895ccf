"""Every error of a source has a sentence in every language, and fills it."""

import ast
from string import Formatter

import pytest

from bot.articles.sources import SourceError
from bot.settings import CONFIG
from bot.texts import Texts, languages
from tests.articles.conftest import ROOT

RAISED = [
    (str(call.args[0].value), frozenset(str(keyword.arg) for keyword in call.keywords))
    for file in sorted((ROOT / "bot/articles").rglob("*.py"))
    for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "SourceError"
    if isinstance(call.args[0], ast.Constant) and str(call.args[0].value).startswith("source.")
]


@pytest.mark.parametrize("language", languages(CONFIG / "texts"))
def test_every_error_fills_its_sentence(language: str) -> None:
    texts = Texts.read(CONFIG / "texts", language)
    assert {key for key, _ in RAISED} == {key for key in texts.entries if key.startswith("source.")}
    for key, values in RAISED:
        assert {name for _, name, _, _ in Formatter().parse(texts.entries[key]) if name} <= values, key


def test_an_error_names_its_values_for_the_log() -> None:
    error = SourceError("source.no_folder", folder="articles")
    assert str(error) == "source.no_folder folder=articles"
    assert Texts.read(CONFIG / "texts", "en")(error.key, **error.values).startswith("The archive has no articles")
