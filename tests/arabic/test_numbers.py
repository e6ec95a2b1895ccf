import pytest

from bot.arabic import normal_words


@pytest.mark.parametrize(
    "written",
    [
        "1234567",
        "1,234,567",
        "1.234.567",
        "١٬٢٣٤٬٥٦٧",
        "١،٢٣٤،٥٦٧",
        "1'234'567",
        "1\u00a0234\u00a0567",
        "1\u202f234\u202f567",
    ],
    ids=ascii,
)
def test_thousands_separators_go(written: str) -> None:
    assert normal_words(written) == ["1234567"]


@pytest.mark.parametrize("written", ["3.5", "3,5", "٣٫٥", "٣,٥", "۳٫۵", "3٫5"])
def test_decimals_have_a_point(written: str) -> None:
    assert normal_words(written) == ["3.5"]


@pytest.mark.parametrize("written", ["1,234.5", "1.234,5", "١٬٢٣٤٫٥", "1\u00a0234,5"], ids=ascii)
def test_thousands_and_decimals_together(written: str) -> None:
    assert normal_words(written) == ["1234.5"]


def test_millions_with_decimals_the_maghreb_way() -> None:
    assert normal_words("1.234.567,89") == ["1234567.89"]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("17.04.2025", ["17", "04", "2025"]),
        ("12.5.2024", ["12", "5", "2024"]),
        ("17/4/2025", ["17", "4", "2025"]),
        ("2025-04-17", ["2025", "04", "17"]),
        ("12:30", ["12", "30"]),
        ("1,2,3,4", ["1", "2", "3", "4"]),
        ("192.168.10.1", ["192", "168", "10", "1"]),
        ("3-5", ["3", "5"]),
    ],
)
def test_dates_times_lists_and_ranges_are_several_numbers(text: str, numbers: list[str]) -> None:
    assert normal_words(text) == numbers


@pytest.mark.parametrize("text", ["30%", "٪٣٠", "$30", "30.", "30،", "(30)", "30؟", "+30"])
def test_signs_beside_a_number_are_not_of_it(text: str) -> None:
    assert normal_words(text) == ["30"]


def test_numbers_with_a_space_between_stay_apart() -> None:
    assert normal_words("404 000") == ["404", "000"]
