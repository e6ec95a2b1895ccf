"""The project's own articles: thirty questions, written before the bot was asked any of them."""

import gc
from collections import Counter

import pytest

from bot.edition import Edition
from tests.answering.conftest import ROOT
from tests.answering.coverage import ANSWERER
from tests.answering.program import Asked, ask, failures, read_questions

QUESTIONS = "tests/data/corpus_questions.jsonl"


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> list[Asked]:
    return ask(ROOT / "corpus", QUESTIONS, tmp_path_factory.mktemp("corpus"))


def test_most_answers_are_found(asked: list[Asked]) -> None:
    assert len(wrong := failures(asked, "answer")) <= 3, wrong


def test_most_of_what_the_coverage_lacks_is_refused(asked: list[Asked]) -> None:
    assert len(wrong := failures(asked, "refuse")) <= 2, wrong


def test_every_quote_stands_in_its_article_at_its_offsets(asked: list[Asked], corpus: Edition) -> None:
    for quote in (quote for one in asked for quote in one.record["quotes"]):
        article = corpus.articles[quote["article_id"]]
        assert article.paragraphs[quote["paragraph"]].text[quote["start"] : quote["end"]] == quote["text"]


def test_the_accepted_texts_stand_in_the_corpus(corpus: Edition) -> None:
    texts = [paragraph.text for article in corpus.articles.values() for paragraph in article.paragraphs]
    for question in read_questions(QUESTIONS):
        assert bool(question["accept"]) == (question["expect"] == "answer")
        assert all(any(accepted in text for text in texts) for accepted in question["accept"])


def test_the_set_has_every_style_and_both_outcomes() -> None:
    questions = read_questions(QUESTIONS)
    assert Counter(question["expect"] for question in questions) == {"answer": 20, "refuse": 10}
    styles = {question["style"] for question in questions}
    assert styles == {"msa", "egyptian", "gulf", "levantine", "diacritics", "typos"}
    assert len({question["id"] for question in questions}) == len(questions)


def test_an_outcome_is_freed_without_the_garbage_collector(corpus: Edition) -> None:
    questions = [question["question"] for question in read_questions(QUESTIONS)]
    for question in questions:  # what is remembered stays
        ANSWERER.answer(question, corpus)
    gc.collect()
    gc.disable()
    try:
        for question in questions:
            ANSWERER.answer(question, corpus)
        assert not gc.collect()
    finally:
        gc.enable()
