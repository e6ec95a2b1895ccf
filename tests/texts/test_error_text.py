from collections.abc import Sequence

import pytest

from bot.edition import GateError, GoldenError, GoldenFailure, GoldenQuestion
from bot.texts import Texts, error_text
from tests.chat.samples import ARABIC, ENGLISH

QUESTION = "متى افتتحت المكتبة؟"


def plain(value: object, room: int) -> str:
    return str(value)[:room]


def failure(article: str | None, quoted: Sequence[str] = (), *, is_known: bool = True) -> GoldenFailure:
    return GoldenFailure(GoldenQuestion(QUESTION, article), is_known, tuple(quoted))


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH], ids=["ar", "en"])
@pytest.mark.parametrize(
    ("failed", "wanted", "got"),
    [
        (failure("library"), ("quote", ["library"]), ("refusal", [])),
        (failure("library", ["bridge", "3"]), ("quote", ["library"]), ("quote", ["bridge", "3"])),
        (failure(None, ["bridge"]), ("refusal", []), ("quote", ["bridge"])),
        (failure("3.md", ["3"], is_known=False), ("unknown", ["3.md"]), ("quote", ["3"])),
    ],
)
def test_a_failed_question_says_what_was_wanted_and_what_came(
    texts: Texts, failed: GoldenFailure, wanted: tuple[str, list[str]], got: tuple[str, list[str]]
) -> None:
    expected, outcome = (
        texts(f"golden.{key}", articles=f"{texts('card.comma')} ".join(names)) for key, names in (wanted, got)
    )
    assert error_text(GoldenError([failed], 1), texts, plain).split("\n") == [
        texts("gate.golden", failed=1, total=1),
        texts("golden.failure", question=QUESTION, expected=expected, outcome=outcome),
        texts("golden.mend"),
    ]


def test_of_many_questions_the_first_are_told_and_the_others_counted() -> None:
    first, *listed, last, mend = error_text(GoldenError([failure("library")] * 30, 40), ARABIC, plain).split("\n")
    assert (first, len(listed)) == (ARABIC("gate.golden", failed=30, total=40), 8)
    assert (last, mend) == (ARABIC("list.more", count=22), ARABIC("golden.mend"))


def test_what_comes_from_files_is_made_to_fit_and_numbers_are_not() -> None:
    error = GateError("golden_file", file="questions.yaml", line=1200)
    words = error_text(error, ENGLISH, lambda value, _: str(value).upper())
    assert words == ENGLISH("gate.golden_file", file="QUESTIONS.YAML", line=1200)
