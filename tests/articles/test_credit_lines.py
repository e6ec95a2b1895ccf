from datetime import date

import pytest

from bot.articles import Marks
from bot.articles.credit_lines import Credit, credit_of, names_of

NAME = "سلمى الحداد"
DAY = date(2013, 5, 12)


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        (f"الأحد 12 مايو 2013 - كتب: {NAME}", Credit(NAME, DAY)),
        (f"كتبت - {NAME} | القاهرة | 12/5/2013", Credit(NAME, DAY)),
        (f"القاهرة - كتبت: {NAME}", Credit(NAME)),
        (f"نُشر في 12 أيار/مايو 2013، الساعة 10:30 صباحاً، بقلم {NAME}", Credit(NAME, DAY)),
        (f"آخر تحديث: 12 مايو 2013 - إعداد: {NAME}", Credit(NAME)),
        (f"بقلم: {NAME} (القاهرة)", Credit(NAME)),
        ("2013-05-12 | By Mary Quill", Credit("Mary Quill", DAY)),
        (f"31 فبراير 2013 - كتب: {NAME}", Credit(NAME)),
    ],
)
def test_whom_a_line_calls_the_author_is_read_with_the_day(marks: Marks, line: str, credit: Credit) -> None:
    assert credit_of(line, (), marks) == credit


@pytest.mark.parametrize(
    ("line", "day"),
    [
        (NAME, None),
        (f"{NAME} (القاهرة)", None),
        (f"القاهرة - {NAME}", None),
        (f"{NAME} / القاهرة salma@example.com", None),
        (f"{NAME} - الأحد 12 مايو 2013، 10:30 صباحاً", DAY),
    ],
)
def test_a_known_name_needs_no_word_for_it(marks: Marks, line: str, day: date | None) -> None:
    assert credit_of(line, names_of(f"رامي الشيخ; {NAME}"), marks) == Credit(None, day)
    if "@" not in line:
        assert credit_of(line, (), marks) is None


@pytest.mark.parametrize(
    ("line", "author"),
    [
        (f"{NAME} (القاهرة) salma@example.com", NAME),
        (f"{NAME} (المدينة المنورة) salma@example.com", NAME),
        (f"{NAME} salma.h+news@mail.example.com", NAME),
        (f"{NAME} @salma", NAME),
        (f"المدينة المنورة - {NAME} salma@example.com", None),  # either may be the name
        ("salma@example.com", None),
    ],
)
def test_so_does_a_name_with_an_address(marks: Marks, line: str, author: str | None) -> None:
    assert credit_of(line, (), marks) == Credit(author)
    assert credit_of(line, (), marks, by_mail=False) is None


@pytest.mark.parametrize(
    "text",
    [
        f"كتب {NAME} رواية عن الجسر",
        f"{NAME}: الجسر آمن",
        f"{NAME} في القاهرة.",
        f"{NAME} | الجسر القديم في المدينة | القاهرة",
        f"{NAME} - 3 جسور في المدينة",
        "للتسجيل: bridge@example.com",
        "التسجيل bridge@example.com",
        "يستقبل مكتب البلدية طلبات السكان على bridge@example.com",
        "الأحد 12 مايو 2013",
        "بدأ العمل يوم 12 مايو 2013",
        "القاهرة (مصر)",
        "وتصل  التذاكر",
        "",
    ],
)
def test_what_says_more_is_no_credit(marks: Marks, text: str) -> None:
    assert credit_of(text, names_of(NAME), marks) is None
