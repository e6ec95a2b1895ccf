"""A set that cannot be read is named, with file and line; one that can is read whole."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.articles import Article, Marks, Paragraph
from bot.evaluation import SetError, read_set
from bot.evaluation.sets import Place
from bot.settings import CONFIG
from tests.evaluation.conftest import PARAGRAPHS, Rows

GOLD = {"question": "متى افتتح الجسر؟", "kind": "gold", "answers": ["2019"]}
BRIDGE, OLIVES = list(PARAGRAPHS)[:2]
WithQuestions = Callable[[Rows], Path]


@pytest.fixture(scope="module")
def marks() -> Marks:
    return Marks.read(CONFIG / "marks.toml")


def test_articles_and_questions_are_read(folder: Path, marks: Marks) -> None:
    found = read_set(folder, marks)
    assert (found.name, len(found.articles), len(found.cases)) == ("bridge", 4, 6)
    assert found.cases[0].is_answered_by("كان ذلك في عام 2019 م")
    assert not found.cases[0].is_answered_by("كان ذلك في عام 2020 م")
    assert [case.place is not None for case in found.cases] == [case.kind == "gold" for case in found.cases]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({"kind": "gold", "answers": ["2019"]}, "question is no text"),
        ({"question": 7, "kind": "off"}, "question is no text"),
        (GOLD | {"answers": []}, "needs answers"),
        (GOLD | {"answers": ["؟!"]}, "needs answers"),
        (GOLD | {"answers": 7}, "no list of texts"),
        (GOLD | {"answers": "2019"}, "no list of texts"),
        (GOLD | {"kind": "golden"}, "'golden' is none of gold, near, off, foreign, swap"),
        (GOLD | {"kind": None}, "None is none of"),
        (GOLD | {"answers": ["2018"]}, "no article holds any of the answers"),
        (GOLD | {"article_id": "bridges"}, "no article has the id 'bridges'"),
        ([GOLD], "not a record"),
    ],
)
def test_a_bad_question_is_named(with_questions: WithQuestions, marks: Marks, line: Any, words: str) -> None:
    with pytest.raises(SetError, match=words) as raised:
        read_set(with_questions([GOLD, line]), marks)
    assert str(raised.value).partition(": ")[0].endswith("odd/questions.jsonl:2")


def test_an_id_stands_once(with_questions: WithQuestions, marks: Marks) -> None:
    with pytest.raises(SetError, match=r"questions\.jsonl:2: the id 'a' stands 2 times"):
        read_set(with_questions([GOLD, GOLD | {"id": "a"}, GOLD | {"id": "a"}]), marks)


def test_a_line_that_is_no_json_is_named(with_questions: WithQuestions, marks: Marks) -> None:
    folder = with_questions([GOLD])
    with (folder / "questions.jsonl").open("a", encoding="utf-8") as file:
        file.write("\n{")
    with pytest.raises(SetError, match=r"questions\.jsonl:3: no JSON"):
        read_set(folder, marks)


def test_a_line_may_hold_the_separators_that_json_allows(with_questions: WithQuestions, marks: Marks) -> None:
    folder = with_questions([GOLD | {"question": "متى\u2028افتتح الجسر؟"}])
    assert len(read_set(folder, marks).cases) == 1


def test_an_article_that_cannot_be_read_is_named(folder: Path, marks: Marks) -> None:
    with (folder / "articles.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps({"id": "x", "paragraphs": ["نص"]}) + "\n")
    with pytest.raises(SetError, match=r"articles\.jsonl:5: no_title"):
        read_set(folder, marks)


def test_a_set_without_answerable_questions_is_refused(with_questions: WithQuestions, marks: Marks) -> None:
    with pytest.raises(SetError, match="gold"):
        read_set(with_questions([{"question": "متى؟", "kind": "off", "answers": []}]), marks)


def test_a_set_without_articles_is_asked_of_a_corpus(folder: Path, marks: Marks) -> None:
    own = read_set(folder, marks)
    other = Article("other", "عنوان", (Paragraph("نص"),))
    assert read_set(folder, marks, [other]).articles == own.articles
    (folder / "articles.jsonl").unlink()
    with pytest.raises(SetError, match=r"articles\.jsonl: there is none"):
        read_set(folder, marks)
    assert read_set(folder, marks, own.articles) == own
    with pytest.raises(SetError, match=r"questions\.jsonl:1: no article holds"):
        read_set(folder, marks, [other])


@pytest.mark.parametrize(
    ("named", "found"),
    [
        ({}, ("first", 1)),
        ({"article_id": "second"}, ("second", 1)),
        ({"article_id": "second", "paragraph": 2}, ("second", 2)),
        # What was named holds no answer, so the first passage that does is the one to find.
        ({"article_id": "second", "paragraph": 0}, ("second", 1)),
        ({"article_id": "second", "paragraph": 9}, ("second", 1)),
        ({"article_id": "third"}, ("first", 1)),
    ],
)
def test_the_passage_to_find_holds_an_answer(
    tmp_path: Path, marks: Marks, named: dict[str, Any], found: tuple[str, int]
) -> None:
    (tmp_path / "questions.jsonl").write_text(json.dumps(GOLD | named), encoding="utf-8")
    paragraphs = (Paragraph("مقدمة."), Paragraph("افتتح عام ٢٠١٩."), Paragraph("كان ذلك عام 2019 أيضا."))
    articles = [Article(name, "الجسر", paragraphs) for name in ("first", "second")]
    corpus = [*articles, Article("third", "الزيتون", (Paragraph("قطف."),))]
    assert read_set(tmp_path, marks, corpus).cases[0].place == Place(*found)
