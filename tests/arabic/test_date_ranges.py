"""Dates, months and years as people type them into a field, to the day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arabic import date_range
from tests.arabic.alphabet import TEXT
from tests.arabic.test_dates import FORMS, MONTHS
from tests.examples import examples

WEDNESDAY = date(2026, 3, 11)
DAYS = st.dates(date(1000, 1, 1), date(2099, 12, 31))
ENGLISH = ["%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b. %d %Y", "%dth of %B, %Y"]
IN_DIGITS = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d"]


def days(first: str, last: str) -> tuple[date, date]:
    return date.fromisoformat(first), date.fromisoformat(last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("٢٠٢٦", "2026-01-01", "2026-12-31"),
        ("2000", "2000-01-01", "2000-12-31"),
        ("عام 2026", "2026-01-01", "2026-12-31"),
        ("سنة 2026م", "2026-01-01", "2026-12-31"),
        ("عام ألفين وستة وعشرين", "2026-01-01", "2026-12-31"),
        ("9 مارس", "2026-03-09", "2026-03-09"),
        ("May 20", "2025-05-20", "2025-05-20"),
        ("2026-03", "2026-03-01", "2026-03-31"),
        ("03/2026", "2026-03-01", "2026-03-31"),
        ("٣/٢٠٢٦", "2026-03-01", "2026-03-31"),
        ("مارس 2026", "2026-03-01", "2026-03-31"),
        ("شهر آذار ٢٠٢٦", "2026-03-01", "2026-03-31"),
        ("شباط 2024", "2024-02-01", "2024-02-29"),
        ("في كانون الثاني/يناير 2026", "2026-01-01", "2026-01-31"),
        ("March 2026", "2026-03-01", "2026-03-31"),
        ("in feb 2026", "2026-02-01", "2026-02-28"),
        ("Sept. 2026", "2026-09-01", "2026-09-30"),
        ("2026-03-09", "2026-03-09", "2026-03-09"),
        ("9/3/2026", "2026-03-09", "2026-03-09"),
        ("٩/٣/٢٠٢٦", "2026-03-09", "2026-03-09"),
        ("9 مارس 2026", "2026-03-09", "2026-03-09"),
        (" يوم التاسع من آذار 2026 ", "2026-03-09", "2026-03-09"),
        ("مارس 9، 2026", "2026-03-09", "2026-03-09"),
        ("9 Mar 2026", "2026-03-09", "2026-03-09"),
        ("March 9, 2026", "2026-03-09", "2026-03-09"),
        ("the 1st of May 2026", "2026-05-01", "2026-05-01"),
        ("le 9 mars 2026", "2026-03-09", "2026-03-09"),
        ("1er août 2026", "2026-08-01", "2026-08-01"),
        ("en févr. 2026", "2026-02-01", "2026-02-28"),
        ("mois de Décembre 2026", "2026-12-01", "2026-12-31"),
    ],
)
def test_dates_months_and_years(text: str, first: str, last: str) -> None:
    assert date_range(text, WEDNESDAY) == days(first, last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("اليوم", "2026-03-11", "2026-03-11"),
        ("today", "2026-03-11", "2026-03-11"),
        ("أمس", "2026-03-10", "2026-03-10"),
        ("امبارح", "2026-03-10", "2026-03-10"),
        ("Yesterday", "2026-03-10", "2026-03-10"),
        ("أول من أمس", "2026-03-09", "2026-03-09"),
        ("هذا الأسبوع", "2026-03-07", "2026-03-13"),
        ("الأسبوع الماضي", "2026-02-28", "2026-03-06"),
        ("last week", "2026-02-28", "2026-03-06"),
        ("هذا الشهر", "2026-03-01", "2026-03-31"),
        ("الشهر الحالي", "2026-03-01", "2026-03-31"),
        ("this month", "2026-03-01", "2026-03-31"),
        ("الشهر الماضي", "2026-02-01", "2026-02-28"),
        ("الشهر الفائت", "2026-02-01", "2026-02-28"),
        ("last month", "2026-02-01", "2026-02-28"),
        ("هذه السنة", "2026-01-01", "2026-12-31"),
        ("this year", "2026-01-01", "2026-12-31"),
        ("السنة الماضية", "2025-01-01", "2025-12-31"),
        ("العام الماضي", "2025-01-01", "2025-12-31"),
        ("Last Year", "2025-01-01", "2025-12-31"),
        ("aujourd’hui", "2026-03-11", "2026-03-11"),
        ("Hier", "2026-03-10", "2026-03-10"),
        ("avant-hier", "2026-03-09", "2026-03-09"),
        ("cette semaine", "2026-03-07", "2026-03-13"),
        ("la semaine dernière", "2026-02-28", "2026-03-06"),
        ("ce mois-ci", "2026-03-01", "2026-03-31"),
        ("le mois passé", "2026-02-01", "2026-02-28"),
        ("l’année dernière", "2025-01-01", "2025-12-31"),
        ("cette année", "2026-01-01", "2026-12-31"),
    ],
)
def test_what_counts_from_today(text: str, first: str, last: str) -> None:
    assert date_range(text, WEDNESDAY) == days(first, last)


def test_the_month_before_january_and_the_week_over_the_turn_of_a_year() -> None:
    new_year = date(2026, 1, 1)
    assert date_range("الشهر الماضي", new_year) == days("2025-12-01", "2025-12-31")
    assert date_range("هذا الأسبوع", new_year) == days("2025-12-27", "2026-01-02")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "31/2/2026",
        "29/2/2026",
        "31 نيسان 2026",
        "13/2026",
        "2026-13",
        "0/2026",
        "99/99/2020",
        "0000",
        "20260309",
        "26",
        "3/9",
        "9/3/26",
        "قبل مدة",
        "مارس",
        "شهر",
        "الماضي",
        "الأسبوع",
        "الشهر القادم",
        "هذا الماضي",
        "الشهر السنة الماضية",
        "2025-2026",
        "مارس 2025 وأبريل 2026",
        "2026-03-09T10:00",
        "15 رمضان 1447هـ",
        "1447 هـ",
        "2026 كتاب",
        "march march 2026",
        "2026" + " " * 100,
    ],
)
def test_what_is_no_date_or_more_than_one(text: str) -> None:
    assert date_range(text, WEDNESDAY) is None


def test_no_day_is_before_the_first_one_of_the_calendar() -> None:
    assert date_range("أمس", date.min) is None
    assert date_range("الأسبوع الماضي", date(1, 1, 2)) is None


@examples(300)
@given(day=DAYS, name=st.integers(0, 5), form=st.sampled_from(FORMS))
def test_a_day_is_read_with_any_name_of_its_month(day: date, name: int, form: str) -> None:
    names = MONTHS[day.month - 1]
    written = form.format(day=day.day, month=names[name % len(names)], year=day.year)
    assert date_range(written, WEDNESDAY) == (day, day)


@examples(300)
@given(day=DAYS, form=st.sampled_from(ENGLISH + IN_DIGITS))
def test_a_day_is_read_in_english_and_in_digits(day: date, form: str) -> None:
    assert date_range(day.strftime(form), WEDNESDAY) == (day, day)


@examples(200)
@given(day=DAYS, form=st.sampled_from(["%Y-%m", "%m/%Y", "%B %Y", "%Y/%m"]))
def test_a_month_begins_on_its_first_day_and_ends_on_its_last(day: date, form: str) -> None:
    period = date_range(day.strftime(form), WEDNESDAY)
    assert period is not None
    assert period[0] == day.replace(day=1)
    assert (period[1] + timedelta(1)).day == 1
    assert period[1] - period[0] < timedelta(31)


@examples(300)
@given(st.one_of(TEXT, st.text("0123456789/-. ", max_size=12)), st.dates())
def test_whatever_is_typed_is_no_period_or_one_in_order(text: str, today: date) -> None:
    period = date_range(text, today)
    assert period is None or period[0] <= period[1]
