"""Roots by rule: one for all words that are derived from it, none where the letters do not tell."""

import pytest

from bot.arabic import light_stem, normalise
from bot.arabic.roots import root


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("اعتقل اعتقال اعتقلت معتقل المعتقلين يعتقل", "عقل"),
        ("تدعم الدعم يدعمون داعم مدعوم", "دعم"),
        ("انتخابات انتخب منتخب الناخبين", "نخب"),
        ("انفجار انفجرت تفجير متفجرات", "فجر"),
        ("استخدم مستخدم استخدام خدمة", "خدم"),
        ("تسريب سرب مسرب", "سرب"),
        ("مظاهرات متظاهرين تظاهر", "ظهر"),
        ("فرنسا NATO 2024 إلغاء", ""),
    ],
)
def test_words_have_the_root_they_are_derived_from(words: str, expected: str) -> None:
    assert {root(light_stem(normalise(word))) for word in words.split()} == {expected}
