import pytest

from bot.chat.commands.news_commands import find_span
from bot.chat.commands.translations import CommandTranslations
from bot.texts import Texts
from tests.chat.samples import ARABIC, ARABIC_FIRST, ENGLISH


@pytest.mark.parametrize(
    ("typed", "texts", "days"),
    [
        ("آخر أسبوع", ARABIC, 7),
        ("اسبوع", ARABIC, 7),
        ("يوم", ARABIC, 1),
        ("آخر شهر", ARABIC, 30),
        ("a week", ENGLISH, 7),
        ("Day", ENGLISH, 1),
        ("آخر", ARABIC, None),
        ("الأسبوع الماضي", ARABIC, None),
        ("9 مارس 2026", ARABIC, None),
        ("", ARABIC, None),
        (None, ENGLISH, None),
    ],
)
def test_spans_are_known_by_their_words(typed: str | None, texts: Texts, days: int | None) -> None:
    assert find_span(typed, [texts]) == days


@pytest.mark.parametrize(
    ("typed", "days"), [("آخر شهر", 30), ("a month", 30), ("week", 7), ("semaine", 7), ("a", None), ("9 March", None)]
)
def test_spans_are_known_in_each_language_of_the_command(typed: str, days: int | None) -> None:
    assert find_span(typed, CommandTranslations(ARABIC_FIRST).languages) == days
