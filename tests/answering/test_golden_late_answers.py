"""Questions that were refused before some articles came: which of them these answer, and which stay refused."""

import shutil
from typing import Any

import pytest

from bot.answering import Answer, Refusal
from bot.edition import Edition
from tests.answering.conftest import ROOT, build
from tests.answering.coverage import ANSWERER, article, edition, passages
from tests.answering.program import read_questions

FOLDER = ROOT / "tests" / "data" / "late_answers"
QUESTIONS = read_questions("tests/data/late_answers/questions.jsonl")
ANSWERED = [question for question in QUESTIONS if question["article"]]
KINDS = ("near", "fact")
KEPT = [question for question in QUESTIONS if not question["article"]]


@pytest.fixture(scope="module")
def after(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """The edition of the project's articles and of those that came."""
    corpus = tmp_path_factory.mktemp("corpus")
    for file in (*(ROOT / "corpus").glob("*-*.md"), FOLDER / "arrivals.jsonl"):
        shutil.copy(file, corpus)
    return build(corpus)


def late_answer(question: dict[str, Any], edition: Edition) -> Answer | None:
    found = ANSWERER.late_answer(ANSWERER.analyse(question["question"]), edition)
    return found[0] if found else None


def test_all_are_refused_before(corpus: Edition) -> None:
    outcomes = [ANSWERER.answer(question["question"], corpus) for question in QUESTIONS]
    assert [outcome.question for outcome in outcomes if not isinstance(outcome, Refusal)] == []
    assert all(isinstance(outcome, Refusal) and outcome.is_of_question for outcome in outcomes)


@pytest.mark.parametrize("question", KEPT, ids=lambda question: question["id"])
def test_none_is_closed_falsely(question: dict[str, Any], after: Edition) -> None:
    assert late_answer(question, after) is None


def test_nearly_all_that_the_articles_answer_are_answered_by_the_right_one(after: Edition) -> None:
    late = {question["id"]: late_answer(question, after) for question in ANSWERED}
    wrong = [
        question["id"]
        for question in ANSWERED
        if (answer := late[question["id"]]) and answer.quotes[0].article.id != question["article"]
    ]
    assert wrong == []
    # A passage that says «الوكالة» where the question has «وكالة الهجرة» is not sure enough.
    assert [identity for identity, answer in late.items() if answer is None] == ["l20"]


def test_few_are_closed_by_what_says_that_it_is_not_known_yet(corpus: Edition) -> None:
    pairs = read_questions("tests/data/late_answers/pairs.jsonl")
    told = [article(str(at), pair["title"], pair["text"]) for at, pair in enumerate(pairs)]
    articles = {one.article.id: one.article for one in passages(corpus)}
    everything = edition(*articles.values(), *told)
    late = {kind: sum(bool(late_answer({"question": pair[kind]}, everything)) for pair in pairs) for kind in KINDS}
    # Half of the pairs were written and set aside before anything was made for the others: 6 of their 20 are near, 4 of
    # the others.
    assert (late["near"] <= 10, late["fact"] >= 31) == (True, True), late


def test_what_comes_late_is_what_is_answered_to_who_asks(after: Edition) -> None:
    for question in ANSWERED:
        if (answer := late_answer(question, after)) is not None:
            assert answer == ANSWERER.answer(question["question"], after)


def test_of_several_questions_none_is_answered_late(after: Edition) -> None:
    first, second = ANSWERED[0]["question"], ANSWERED[3]["question"]
    both = {"question": f"{first} {second}"}
    assert isinstance(ANSWERER.answer(both["question"], after), Answer)
    assert late_answer(both, after) is None


def test_the_set_has_articles_for_all_its_answers() -> None:
    assert len({question["id"] for question in QUESTIONS}) == len(QUESTIONS)
    ids = {line["id"] for line in read_questions("tests/data/late_answers/arrivals.jsonl")}
    assert {question["article"] for question in ANSWERED} == ids
    assert (len(ANSWERED), len(KEPT)) == (20, 30)
