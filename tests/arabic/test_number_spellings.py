"""The ways to write a number that a question may have and a passage not."""

from decimal import Decimal

import pytest

from bot.arabic import number_spellings


@pytest.mark.parametrize(
    ("value", "spelled"),
    [
        (0, "صفر"),
        (3, "ثلاثه"),
        (11, "احد عشر"),
        (12, "اثنا عشر"),
        (15, "خمسه عشر"),
        (20, "عشرون"),
        (35, "خمسه ثلاثون"),
        (100, "مايه"),
        (345, "ثلاثمايه خمسه اربعون"),
        (1000, "الف"),
        (2000, "الفين"),
        (3000, "ثلاثه الاف"),
        (15000, "خمسه عشر الف"),
        (1500000, "1.5 مليون"),
        (2000000, "مليونين"),
        (30000000, "ثلاثون مليون"),
        (30000000, "ثلاثون مليونا"),
        (30000000, "30 مليون"),
        (30000000, "30000000"),
        (300000000000, "ثلاثميه مليار"),
    ],
)
def test_a_number_is_spelled_as_newspapers_do(value: int, spelled: str) -> None:
    assert tuple(spelled.split()) in set(number_spellings(Decimal(value)))


@pytest.mark.parametrize("value", [2025, 12345, Decimal("1.5")])
def test_what_nobody_writes_in_words_has_none(value: Decimal) -> None:
    assert all(run[0][0].isdecimal() for run in number_spellings(Decimal(value)))


def test_every_count_below_a_thousand_has_words() -> None:
    for value in range(1000):
        spelled = list(number_spellings(Decimal(value)))
        assert all(all(run) for run in spelled)
        assert any(not run[0][0].isdecimal() for run in spelled)


@pytest.mark.parametrize("value", [-1, Decimal(10) ** 15])
def test_what_is_below_zero_or_beyond_counting_is_not_spelled(value: Decimal) -> None:
    assert list(number_spellings(Decimal(value))) == []
