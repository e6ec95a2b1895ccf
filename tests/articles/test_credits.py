from collections.abc import Collection
from datetime import date

import pytest

from bot.articles import BoilerplatePhrases
from bot.articles.article import Block
from bot.articles.credits import Credit, CreditForm, author_names, read_credit
from bot.articles.html.prose import choose_author, drop_credits

NAME = "سلمى الحداد"
DAY = date(2013, 5, 12)
TEXTS = [f"قالت البلدية {word} إن العمل في الجسر انتهى، وإنه مفتوح." for word in ("أولاً", "ثانياً", "ثالثاً")]
LINE = f"الأحد 12 مايو 2013 - كتب: {NAME}"


def signed(
    line: str, names: Collection[str], phrases: BoilerplatePhrases, forms: CreditForm = CreditForm.AUTHOR
) -> Credit | None:
    credit = read_credit(line, names, phrases)
    return credit if credit is not None and credit.forms & forms else None


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
def test_whom_a_line_calls_the_author_is_read_with_the_day(
    phrases: BoilerplatePhrases, line: str, credit: Credit
) -> None:
    assert signed(line, (), phrases) == credit


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
def test_a_known_name_needs_no_word_for_it(phrases: BoilerplatePhrases, line: str, day: date | None) -> None:
    known = author_names(f"رامي الشيخ; {NAME}")
    assert signed(line, known, phrases, CreditForm.AUTHOR | CreditForm.ADDRESS) == Credit(None, day)
    if "@" not in line:
        assert signed(line, (), phrases) is None


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
def test_so_does_a_name_with_an_address(phrases: BoilerplatePhrases, line: str, author: str | None) -> None:
    assert signed(line, (), phrases, CreditForm.ADDRESS) == Credit(author)
    assert signed(line, (), phrases) is None


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
def test_what_says_more_is_no_credit(phrases: BoilerplatePhrases, text: str) -> None:
    assert signed(text, author_names(NAME), phrases, CreditForm.AUTHOR | CreditForm.ADDRESS) is None


def kept(phrases: BoilerplatePhrases, *texts: str, author: str | None = None) -> tuple[list[str], Credit]:
    blocks, credit = drop_credits([*map(Block, texts)], author, phrases)
    return [block.text for block in blocks], credit


@pytest.mark.parametrize("above", [[], ["الجسر القديم يعود"], [TEXTS[0]]], ids=["first", "below a line", "below one"])
def test_a_credit_goes_near_the_beginning_and_says_what_it_knows(phrases: BoilerplatePhrases, above: list[str]) -> None:
    credit = Credit(NAME, date(2013, 5, 12))
    assert kept(phrases, *above, LINE, TEXTS[1], TEXTS[2]) == ([*above, TEXTS[1], TEXTS[2]], credit)


def test_the_first_of_several_counts(phrases: BoilerplatePhrases) -> None:
    lines = (f"كتبت: {NAME}", "12 مايو 2013 - إعداد: رامي الشيخ", "13 مايو 2013 - تحرير", TEXTS[0])
    assert kept(phrases, *lines) == ([lines[2], TEXTS[0]], Credit(NAME, date(2013, 5, 12)))


def test_a_known_name_goes_at_the_end_too_and_nothing_within_the_text(phrases: BoilerplatePhrases) -> None:
    line = f"{NAME} - القاهرة"
    assert kept(phrases, *TEXTS, line, author=NAME) == (TEXTS, Credit())
    assert kept(phrases, *TEXTS, line)[0] == [*TEXTS, line]
    assert kept(phrases, *TEXTS[:2], line, TEXTS[2], author=NAME)[0] == [*TEXTS[:2], line, TEXTS[2]]


def test_an_address_is_that_of_the_author_above_the_text_alone(phrases: BoilerplatePhrases) -> None:
    line = f"{NAME} (القاهرة) salma@example.com"
    assert kept(phrases, line, *TEXTS) == (TEXTS, Credit(NAME))
    for texts in ([TEXTS[0], line, *TEXTS[1:]], [*TEXTS, line]):
        assert kept(phrases, *texts) == (texts, Credit())


def test_a_heading_is_no_credit(phrases: BoilerplatePhrases) -> None:
    blocks = [Block(NAME, heading=True), Block(TEXTS[0])]
    assert drop_credits(blocks, NAME, phrases)[0] == blocks


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
    assert choose_author(author, Credit(called)) == better
