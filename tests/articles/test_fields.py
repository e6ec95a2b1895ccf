import json
from datetime import date

import pytest

from bot.articles import RejectionReason

from .conftest import Reading, Write

RECORD: dict[str, object] = {"id": 1, "title": "سوق الزهور", "paragraphs": ["فتحت السوق أبوابها."]}


def line(**extra: object) -> str:
    return json.dumps(RECORD | extra, ensure_ascii=False)


def test_every_field_is_kept(write: Write, read: Reading) -> None:
    extra = {
        "outlet": " صحيفة \u202eالمرفأ",
        "author": "س. ص.",
        "language": "ar",
        "url": " https://a.example/خبر ",
        "x": 1,
    }
    article = read.article(write("a.jsonl", line(**extra)))
    assert (article.outlet, article.author, article.language) == ("صحيفة المرفأ", "س. ص.", "ar")
    assert article.url == "https://a.example/خبر"


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-09",
        "2024-03-09T23:30:00+03:00",
        "2024-03-09T233000",
        "20240309",
        "09/03/2024",
        "9/3/2024",
        "٢٠٢٤-٠٣-٠٩",
    ],
)
def test_dates(write: Write, read: Reading, text: str) -> None:
    assert read.article(write("a.jsonl", line(date=text))).published == date(2024, 3, 9)


@pytest.mark.parametrize(
    "text", ["2024-02-30", "03/25/2024", "أمس", "2024", "00/00/0000", "9" * 5000, "2024-03-09 أمس"]
)
def test_a_bad_date_is_rejected(write: Write, read: Reading, text: str) -> None:
    rejection = read.rejection(write("a.jsonl", line(date=text)))
    assert (rejection.reason, rejection.detail, rejection.line) == (RejectionReason.BAD_DATE, "date", 1)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.example/",
        "javascript:alert(1)",
        "//a.example/",
        "https:///",
        "https://[::1",
        "https://a.example/b c",
        "https://a.example/\u00a0",
        "https://a.example/a\nb",
        "https://a.example/\x00",
        "https://a\u202e.example/",
        "https://a.example/\ud800",
        "https://a.example/" + "x" * 2100,
    ],
)
def test_a_bad_url_is_rejected(write: Write, read: Reading, url: str) -> None:
    rejection = read.rejection(write("a.jsonl", json.dumps(RECORD | {"url": url + "x"})))
    assert (rejection.reason, rejection.detail) == (RejectionReason.BAD_URL, "url")


def test_direction_marks_in_a_link_are_encoded_as_browsers_do(write: Write, read: Reading) -> None:
    article = read.article(write("a.jsonl", line(url="https://a.example/منازل\u200f/1")))
    assert article.url == "https://a.example/منازل%E2%80%8F/1"


@pytest.mark.parametrize("field", ["title", "outlet", "author", "language", "url", "date", "paragraphs"])
@pytest.mark.parametrize("value", [7, True, {"a": 1}, [["a"]]])
def test_a_field_of_the_wrong_type_is_named(write: Write, read: Reading, field: str, value: object) -> None:
    rejection = read.rejection(write("a.jsonl", line(**{field: value})))
    assert (rejection.reason, rejection.detail) == (RejectionReason.BAD_FIELD, field)


@pytest.mark.parametrize("title", [None, "", "  ", "\u200f\u0000"])
def test_an_article_needs_a_title(write: Write, read: Reading, title: str | None) -> None:
    assert read.rejection(write("a.jsonl", line(title=title))).reason is RejectionReason.NO_TITLE


@pytest.mark.parametrize("paragraphs", [None, [], ["", " \u200b"], ["اقرأ أيضا: عنوان آخر"]])
def test_an_article_needs_a_body(write: Write, read: Reading, paragraphs: list[str] | None) -> None:
    assert read.rejection(write("a.jsonl", line(paragraphs=paragraphs))).reason is RejectionReason.NO_BODY


def test_a_long_title_is_kept_whole(write: Write, read: Reading) -> None:
    title = "عنوان " * 200
    assert read.article(write("a.jsonl", line(title=title))).title == title.strip()
