"""Numbers in words, in digits and in both at once have one value."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arabic import number_spellings, numbers
from tests.arabic.alphabet import TEXT
from tests.arabic.number_speller import NOMINATIVE, OBLIQUE, Speller
from tests.examples import examples

BELOW_BILLION = st.one_of(
    st.integers(0, 999_999_999),
    st.integers(0, 2000),
    st.builds(lambda digit, power: digit * 10**power, st.integers(1, 999), st.integers(0, 6)),
)


def values(text: str) -> list[float]:
    return [float(number.value) for number in numbers(text)]


@examples(1000)
@given(value=BELOW_BILLION, speller=st.sampled_from([NOMINATIVE, OBLIQUE]))
def test_a_number_spelled_out_is_read_back(value: int, speller: Speller) -> None:
    text = f"بلغ العدد {speller(value)}."
    [number] = numbers(text)
    assert number.value == value
    assert text[number.start : number.end] == speller(value)


@examples(200)
@given(value=st.integers(0, 999_999_999))
def test_digits_with_and_without_separators_are_the_same_number(value: int) -> None:
    assert values(f"{value}") == values(f"{value:,}") == [value]


@examples(300)
@given(text=TEXT)
def test_numbers_of_any_text_are_ordered_and_disjoint(text: str) -> None:
    behind = 0
    for number in numbers(text):
        assert behind <= number.start < number.end <= len(text)
        behind = number.end


PILE = st.lists(
    st.sampled_from(["خمسة", "مئة", "ألف", "ألفا", "مليونين", "ونصف", "ربع", "و", "وعشرين", "عشر", "3", "،"])
)


@examples(300)
@given(parts=PILE)
def test_any_pile_of_number_words_is_read(parts: list[str]) -> None:
    text = " ".join(parts)
    assert all(number.value >= 0 and text[number.start : number.end] for number in numbers(text))


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("ثلاثين مليون دولار", 30e6),
        ("ثلاثون مليونا", 30e6),
        ("30 مليون", 30e6),
        ("٣٠ مليونًا", 30e6),
        ("30مليون", 30e6),
        ("30,000,000", 30e6),
        ("30 million", 30e6),
        ("صفقة الثلاثين مليون دولار", 30e6),
        ("والخمسة آلاف متظاهر", 5000),
        ("بالمئة ألف دينار", 1e5),
        ("ثلاثة آلاف", 3000),
        ("3 آلاف", 3000),
        ("3000", 3000),
        ("عام ألفين وأربعة عشر", 2014),
        ("سنة ألف وتسعمائة وخمسة وتسعين", 1995),
        ("مليون ونصف", 1.5e6),
        ("مليون ونصف المليون", 1.5e6),
        ("1.5 مليون", 1.5e6),
        ("مليونين ونصف", 2.5e6),
        ("نصف مليون", 5e5),
        ("نصف المليون", 5e5),
        ("ربع مليار", 25e7),
        ("خمسة ونصف", 5.5),
        ("3 ملايين و500 ألف", 35e5),
        ("5 ملايين و 300 ألف", 53e5),
        ("مليار و200 مليون", 12e8),
        ("ألف مليون", 1e9),
        ("مئة ألف مليون", 1e11),
        ("2.3 تريليون", 23e11),
        ("ألفا دولار", 2000),
        ("ألفا وخمسمئة دولار", 1500),
        ("ألفًا", 1000),
        ("ألفي جندي", 2000),
        ("مليوني شخص", 2e6),
        ("مئتا ألف وخمسون", 200_050),
        ("أربع مئة", 400),
        ("مئة و50", 150),
        ("ثماني عشرة", 18),
        ("إحدى وعشرين", 21),
        ("واحد وعشرين", 21),
        ("بثلاثين مليونا", 30e6),
        ("لثلاثمئة", 300),
        ("وخمسين", 50),
        ("ميه وخمسين جنيه", 150),
        ("تلاتين ألف", 3e4),
        ("خمستاشر", 15),
        ("اطنعش", 12),
        ("خمسمية", 500),
        ("تلات تلاف", 3000),
        ("صفر", 0),
    ],
)
def test_one_number(written: str, value: float) -> None:
    assert values(written) == [value]


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("خمسة، ستة", [5, 6]),
        ("خمسة وستة", [5, 6]),
        ("من خمسة إلى ستة ملايين", [5, 6e6]),
        ("بين 3 و5 ملايين", [3, 5e6]),
        ("2014 و2015", [2014, 2015]),
        ("عشرين وثلاثين", [20, 30]),
        ("30 مليون دولار و20 ألف يورو", [30e6, 2e4]),
        ("مليون. وخمسة", [1e6, 5]),
        ("ألف وألف", [1000, 1000]),
    ],
)
def test_several_numbers_stay_apart(text: str, several: list[float]) -> None:
    assert values(text) == several


@pytest.mark.parametrize(
    "text",
    [
        "آلاف",
        "مئات الآلاف",
        "عشرات",
        "يوم الأحد",
        "الاثنين",
        "لست هنا",
        "بالمئة",
        "في المائة",
        "القرن العشرين",
        "أحد",
        "ربع",
        "الحرب",
        "",
    ],
)
def test_what_counts_nothing_exactly_is_no_number(text: str) -> None:
    assert values(text) == []


def test_a_number_without_end_is_read() -> None:
    [number] = numbers("9" * 5000)
    assert number.value == Decimal("9" * 5000)


def test_a_number_stands_without_the_conjunction_that_is_apart() -> None:
    text = "بين 1998 و2024"
    assert [text[number.start : number.end] for number in numbers(text)] == ["1998", "2024"]


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
