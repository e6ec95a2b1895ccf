"""Dates in digits and words, with the month names of every Arab country."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arabic import dates
from tests.arabic.alphabet import TEXT
from tests.examples import examples

MONTHS = [
    ["يناير", "كانون الثاني", "جانفي", "يناير/كانون الثاني", "كانون الثاني (يناير)", "كانون ثاني"],
    ["فبراير", "شباط", "فيفري", "فبراير/شباط"],
    ["مارس", "آذار", "مارس/آذار"],
    ["أبريل", "إبريل", "نيسان", "أفريل", "أبريل/نيسان"],
    ["مايو", "أيار", "ماي", "مايو/أيار"],
    ["يونيو", "يونيه", "حزيران", "جوان", "يونيو/حزيران"],
    ["يوليو", "يوليه", "تموز", "جويلية", "يوليوز", "يوليو/تموز"],
    ["أغسطس", "آب", "أوت", "غشت", "أغسطس/آب"],
    ["سبتمبر", "أيلول", "شتنبر", "سبتمبر/أيلول"],
    ["أكتوبر", "تشرين الأول", "أكتوبر/تشرين الأول"],
    ["نوفمبر", "تشرين الثاني", "نونبر", "نوفمبر/تشرين الثاني"],
    ["ديسمبر", "كانون الأول", "دجنبر", "ديسمبر/كانون الأول", "كانون أول"],
]
FORMS = [
    "{day} {month} {year}",
    "{day} من {month} {year}",
    "{day} {month} من عام {year}",
    "{day} من شهر {month} سنة {year}",
]


def found(text: str) -> list[tuple[int | None, int | None, int | None]]:
    return [(one.year, one.month, one.day) for one in dates(text)]


@examples(500)
@given(
    day=st.dates(date(1000, 1, 1), date(2099, 12, 31)),
    name=st.integers(0, 5),
    form=st.sampled_from(FORMS),
)
def test_a_day_is_read_back_with_any_name_of_its_month(day: date, name: int, form: str) -> None:
    names = MONTHS[day.month - 1]
    written = form.format(day=day.day, month=names[name % len(names)], year=day.year)
    text = f"وقّع الوفد الاتفاق في {written}، ثم سافر."
    [one] = dates(text)
    assert (one.year, one.month, one.day) == (day.year, day.month, day.day)
    assert text[one.start : one.end] == written.removesuffix(")")


@examples(300)
@given(
    day=st.dates(date(1001, 1, 1), date(2099, 12, 31)).filter(lambda day: day.day > 12),
    form=st.sampled_from(["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d", "%m/%d/%Y"]),
)
def test_a_day_in_digits_is_read_back(day: date, form: str) -> None:
    assert found(f"في {day.strftime(form)}.") == [(day.year, day.month, day.day)]


@examples(300)
@given(text=TEXT)
def test_dates_of_any_text_are_ordered_and_disjoint(text: str) -> None:
    behind = 0
    for one in dates(text):
        assert behind <= one.start < one.end <= len(text)
        behind = one.end


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("٢٠٢٥/٤/١٢", [(2025, 4, 12)]),
        ("نيسان 2025", [(2025, 4, None)]),
        ("شهر نيسان من عام 2025", [(2025, 4, None)]),
        ("السابع من أكتوبر 2023", [(2023, 10, 7)]),
        ("في الأول من أيار", [(None, 5, 1)]),
        ("الثاني عشر من آذار", [(None, 3, 12)]),
        ("بالحادي والعشرين من كانون الأول/ديسمبر عام 2016", [(2016, 12, 21)]),
        ("الثلاثين من تشرين الثاني", [(None, 11, 30)]),
        ("عام ألفين وأربعة عشر", [(2014, None, None)]),
        ("عام 2000", [(2000, None, None)]),
        ("5 مارس 2000", [(2000, 3, 5)]),
        ("شباط من سنة 2000", [(2000, 2, None)]),
        ("عام 622", [(622, None, None)]),
        ("بين 1998 و2024", [(1998, None, None), (2024, None, None)]),
        ("2014-2015", [(2014, None, None), (2015, None, None)]),
        ("في كانون الثاني الماضي", [(None, 1, None)]),
        ("5 آب", [(None, 8, 5)]),
        ("منتصف آب 2020", [(2020, 8, None)]),
        ("1 يناير 2020 حتى 31 ديسمبر 2021", [(2020, 1, 1), (2021, 12, 31)]),
        ("99/99/2020", [(2020, None, None)]),
        ("مايو", [(None, 5, None)]),
    ],
)
def test_dates_of_all_kinds(text: str, several: list[tuple[int | None, int | None, int | None]]) -> None:
    assert found(text) == several


@pytest.mark.parametrize(
    "text",
    [
        "مارس الضغط على الوفد",
        "أب روحي",
        "تيريزا ماي",
        "عام 2025 مليون",
        "1000 كتاب",
        "30/6",
        "12:30",
        "الأول",
        "كانون",
        "",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("whole", "part", "includes"),
    [
        ("12 نيسان 2025", "أبريل 2025", True),
        ("12 نيسان 2025", "2025-04-12", True),
        ("12 نيسان 2025", "2025", True),
        ("نيسان 2025", "12 أبريل 2025", False),
        ("12 نيسان 2025", "أيار 2025", False),
        ("كانون الثاني 2025", "كانون الأول 2025", False),
    ],
)
def test_a_date_includes_what_says_less(whole: str, part: str, includes: bool) -> None:
    [one], [other] = dates(whole), dates(part)
    assert one.includes(other) is includes
