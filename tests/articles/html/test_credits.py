from datetime import date

import pytest

from bot.articles import Marks
from bot.articles.article import Block
from bot.articles.html.credits import Credit, author_of, credit_of, names_of, without_credits

NAME = "سلمى الحداد"
DAY = date(2013, 5, 12)
TEXTS = [f"قالت البلدية {word} إن العمل في الجسر انتهى، وإنه مفتوح." for word in ("أولاً", "ثانياً", "ثالثاً")]
LINE = f"الأحد 12 مايو 2013 - كتب: {NAME}"


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


def kept(marks: Marks, *texts: str, author: str | None = None) -> tuple[list[str], Credit]:
    blocks, credit = without_credits([*map(Block, texts)], author, marks)
    return [block.text for block in blocks], credit


@pytest.mark.parametrize("above", [[], ["الجسر القديم يعود"], [TEXTS[0]]], ids=["first", "below a line", "below one"])
def test_a_credit_goes_near_the_beginning_and_says_what_it_knows(marks: Marks, above: list[str]) -> None:
    credit = Credit(NAME, date(2013, 5, 12))
    assert kept(marks, *above, LINE, TEXTS[1], TEXTS[2]) == ([*above, TEXTS[1], TEXTS[2]], credit)


def test_the_first_of_several_counts(marks: Marks) -> None:
    lines = (f"كتبت: {NAME}", "12 مايو 2013 - إعداد: رامي الشيخ", "13 مايو 2013 - تحرير", TEXTS[0])
    assert kept(marks, *lines) == ([lines[2], TEXTS[0]], Credit(NAME, date(2013, 5, 12)))


def test_a_known_name_goes_at_the_end_too_and_nothing_within_the_text(marks: Marks) -> None:
    line = f"{NAME} - القاهرة"
    assert kept(marks, *TEXTS, line, author=NAME) == (TEXTS, Credit())
    assert kept(marks, *TEXTS, line)[0] == [*TEXTS, line]
    assert kept(marks, *TEXTS[:2], line, TEXTS[2], author=NAME)[0] == [*TEXTS[:2], line, TEXTS[2]]


def test_an_address_is_that_of_the_author_above_the_text_alone(marks: Marks) -> None:
    line = f"{NAME} (القاهرة) salma@example.com"
    assert kept(marks, line, *TEXTS) == (TEXTS, Credit(NAME))
    for texts in ([TEXTS[0], line, *TEXTS[1:]], [*TEXTS, line]):
        assert kept(marks, *texts) == (texts, Credit())


def test_a_heading_is_no_credit(marks: Marks) -> None:
    blocks = [Block(NAME, heading=True), Block(TEXTS[0])]
    assert without_credits(blocks, NAME, marks)[0] == blocks


@pytest.mark.parametrize(
    ("author", "called", "better"),
    [
        (None, NAME, NAME),
        ("رامي الشيخ", None, "رامي الشيخ"),
        ("رامي الشيخ", NAME, "رامي الشيخ"),
        ("Salma", NAME, "Salma"),
        (f"{NAME} الخطيب", NAME, f"{NAME} الخطيب"),
        (f"{NAME} Salma Com", NAME, NAME),
        ("Mary Quill Jones", "Mary Quill", "Mary Quill Jones"),
        (None, None, None),
    ],
)
def test_whom_the_page_names_is_better_but_for_an_address(
    author: str | None, called: str | None, better: str | None
) -> None:
    assert author_of(author, Credit(called)) == better
