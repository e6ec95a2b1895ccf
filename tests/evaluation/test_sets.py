"""A set that cannot be read is named, with file and line; one that can is read whole."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.articles import Marks
from bot.evaluation import SetError, read_set
from bot.settings import CONFIG

GOLD = {"question": "متى؟", "kind": "gold", "answers": ["2019"]}


@pytest.fixture(scope="module")
def marks() -> Marks:
    return Marks.read(CONFIG / "marks.toml")


def test_articles_and_questions_are_read(folder: Path, marks: Marks) -> None:
    found = read_set(folder, marks)
    assert (found.name, len(found.articles), len(found.cases)) == ("bridge", 4, 6)
    assert found.cases[0].is_answered_by("كان ذلك في عام 2019 م")
    assert not found.cases[0].is_answered_by("كان ذلك في عام 2020 م")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({"kind": "gold", "answers": ["2019"]}, "questions.jsonl:2"),
        ({"question": "متى؟", "kind": "gold", "answers": []}, "questions.jsonl:2"),
        ({"question": "متى؟", "kind": "gold", "answers": 7}, "questions.jsonl:2"),
    ],
)
def test_a_bad_question_is_named(
    with_questions: Callable[[list[dict[str, Any]]], Path], marks: Marks, line: dict[str, Any], words: str
) -> None:
    with pytest.raises(SetError, match=words):
        read_set(with_questions([GOLD, line]), marks)


def test_a_set_without_answerable_questions_is_refused(
    with_questions: Callable[[list[dict[str, Any]]], Path], marks: Marks
) -> None:
    with pytest.raises(SetError, match="gold"):
        read_set(with_questions([{"question": "متى؟", "kind": "off", "answers": []}]), marks)


def test_a_missing_set_is_named(tmp_path: Path, marks: Marks) -> None:
    with pytest.raises(SetError, match=r"articles\.jsonl"):
        read_set(tmp_path / "none", marks)
