"""Inflected words are told from those that may be names."""

import pytest

from bot.arabic import is_inflected, normalise


@pytest.mark.parametrize("word", ["يستخدمون", "تنتمي", "بيقولهم", "كتدعم", "هيحصل", "اتمضى", "شدّوه", "مددو", "أوراقهم"])
def test_verbs_plurals_and_pronouns_are_inflected(word: str) -> None:
    assert is_inflected(normalise(word))


@pytest.mark.parametrize("word", ["سنوفليك", "كوستاريكا", "Zorbax", "الصفوية", "باربادوس", "فاغنر"])
def test_names_are_not(word: str) -> None:
    assert not is_inflected(normalise(word))
