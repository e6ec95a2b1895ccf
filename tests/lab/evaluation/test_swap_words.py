"""Other numbers are of the same size and in the same script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arabic import normal_words
from bot.lab.evaluation.swap_words import other_numbers


def test_years_are_near_and_none_is_to_come() -> None:
    years = dict(other_numbers("2019", "2019"))
    assert set(years) == {str(year) for year in range(1959, 2026)} - {"2019"}
    assert max(dict(other_numbers("1453", "1453"))) == "1513"
    assert min(dict(other_numbers("1030", "1030"))) == "1001"


def test_a_year_to_come_gives_way_to_earlier_ones() -> None:
    assert max(dict(other_numbers("2034", "2034"))) == "2033"


@pytest.mark.parametrize(
    ("written", "like"), [("٢٠١٩", "٢٠١٨"), ("۲۰۱۹", "۲۰۱۸"), ("10,000", "20,000"), ("٣٠", "٢٠"), ("7", "8")]
)
def test_the_script_and_the_separators_stay(written: str, like: str) -> None:
    assert like in dict(other_numbers(written, normal_words(written)[0])).values()


def test_a_number_with_decimals_gives_way_to_none() -> None:
    assert list(other_numbers("2.5", "2.5")) == []


@given(st.integers(0, 10**12))
def test_numbers_have_as_many_digits_and_noughts(number: int) -> None:
    normal = str(number)
    for other, written in other_numbers(normal, normal):
        assert other == written != normal
        assert len(other) == len(normal)
        if len(normal) != 4:
            assert len(other.rstrip("0")) == len(normal.rstrip("0")) or number == 0
