from collections.abc import Sequence

import pytest

from bot.edition import GateError, GoldenError, GoldenFailure, GoldenQuestion
from bot.texts import error_text
from tests.chat.samples import ARABIC, ENGLISH


def plain(value: object, room: int) -> str:
    return str(value)[:room]


def failure(article: str | None, quoted: Sequence[str] = (), *, is_known: bool = True) -> GoldenFailure:
    return GoldenFailure(GoldenQuestion("متى افتتحت المكتبة؟", article), is_known, tuple(quoted))


@pytest.mark.parametrize(
    ("failed", "arabic", "english"),
    [
        (
            failure("library"),
            "المطلوب: اقتباس من library. النتيجة: رفض.",
            "Wanted: a quote of library. Got: a refusal.",
        ),
        (
            failure("library", ["bridge", "3"]),
            "المطلوب: اقتباس من library. النتيجة: اقتباس من bridge، 3.",
            "Wanted: a quote of library. Got: a quote of bridge, 3.",
        ),
        (
            failure(None, ["bridge"]),
            "المطلوب: رفض. النتيجة: اقتباس من bridge.",
            "Wanted: a refusal. Got: a quote of bridge.",
        ),
        (
            failure("3.md", ["3"], is_known=False),
            "المطلوب: اقتباس من 3.md، ولا مقالة بهذا المعرّف. النتيجة: اقتباس من 3.",
            "Wanted: a quote of 3.md, but no article has this id. Got: a quote of 3.",
        ),
    ],
)
def test_a_failed_question_says_what_was_wanted_and_what_came(failed: GoldenFailure, arabic: str, english: str) -> None:
    error = GoldenError([failed], 1)
    asked = f"السؤال: «متى افتتحت المكتبة؟» {arabic}"
    assert error_text(error, ARABIC, plain) == f"أسئلة الفحص التي لم تنجح: 1 من 1\n{asked}"
    assert error_text(error, ENGLISH, plain) == f"Golden questions failed: 1 of 1\n“متى افتتحت المكتبة؟” {english}"


def test_of_many_questions_the_first_are_told_and_the_others_counted() -> None:
    first, *listed, last = error_text(GoldenError([failure("library")] * 30, 40), ARABIC, plain).split("\n")
    assert (first, len(listed)) == ("أسئلة الفحص التي لم تنجح: 30 من 40", 8)
    assert last == ARABIC("list.more", count=22)


def test_what_comes_from_files_is_made_to_fit_and_numbers_are_not() -> None:
    error = GateError("golden_file", file="questions.yaml", line=1200)
    words = error_text(error, ENGLISH, lambda value, _: str(value).upper())
    assert words.startswith("Line 1,200 of the golden questions in QUESTIONS.YAML cannot")
