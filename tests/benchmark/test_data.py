"""The published set is whole: each core in six forms, each answer at its place, nothing told by a question's form."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bot.articles import BoilerplatePhrases, read_corpus
from bot.lab.evaluation.question_sets import GOLD
from bot.lab.evaluation.question_sets import read_set as read_evaluation_set
from bot.settings import CONFIG
from tests.benchmark.agreement import READINGS, is_same_place
from tests.benchmark.baselines import DATA, read_articles, read_texts
from tests.benchmark.score import (
    ANSWERABLE,
    MOST_WORDS,
    PARTS,
    QuestionSet,
    Reply,
    Span,
    curve,
    operating_point,
    read_lines,
    read_set,
    score_replies,
)

FORMS = {"standard", "maghrebi", "egyptian", "levantine", "gulf_iraqi", "latin"}
KINDS = {
    "other_subject",
    "article_removed",
    "fact_absent",
    "subject_swapped",
    "event_swapped",
    "false_premise",
    "too_early",
}
# Knowing every answer, and when to refuse by the length of the question alone, is right in a tenth by chance.
MOST_BY_LENGTH = 0.3


@pytest.fixture(scope="module")
def published() -> QuestionSet:
    return read_set(DATA, "both")


def records(name: str) -> list[dict[str, Any]]:
    """Return the records of a file of the set."""
    return [record for _, record in read_lines(DATA / name)]


def test_each_core_is_asked_in_six_forms(published: QuestionSet) -> None:
    forms: dict[str, list[str]] = {}
    for question in published.questions:
        forms.setdefault(question.core, []).append(question.form)
    assert {core: found for core, found in forms.items() if sorted(found) != sorted(FORMS)} == {}
    kinds = Counter(question.kind for question in published.questions if question.form == "standard")
    assert kinds.keys() == KINDS | {ANSWERABLE}
    assert abs(kinds[ANSWERABLE] - 220) <= 10
    assert all(25 <= kinds[kind] <= 37 for kind in KINDS)


def test_the_parts_share_no_core_and_no_article() -> None:
    parts = [read_set(DATA, part) for part in PARTS]
    for field in ("core", "article_id"):
        one, other = ({getattr(question, field) for question in part.questions} - {None} for part in parts)
        assert one.isdisjoint(other), field
    assert abs(len(parts[0].questions) - len(parts[1].questions)) < 200


def test_an_id_does_not_say_whether_there_is_an_answer(published: QuestionSet) -> None:
    assert all(question.id.isalnum() and len(question.id) == 8 for question in published.questions)
    assert len({question.id for question in published.questions}) == len(published.questions)


def test_an_answer_is_short_and_a_refusal_has_its_reason() -> None:
    for part in PARTS:
        for record in records(f"{part}/questions.jsonl"):
            assert record["part"] == part
            assert bool(record["answers"]) == (record["kind"] == GOLD) == (record["unanswerable"] is None)
            assert all(len(answer["text"].split()) <= MOST_WORDS / 3 for answer in record["answers"])
            assert record["answers"] or record["reason"]


def test_the_length_of_a_question_gives_nothing_away(published: QuestionSet) -> None:
    texts = read_texts(DATA, "both")
    anything = Span(next(iter(published.articles)), 0, 0, 9)
    for sign in (1, -1):
        replies = {
            question.id: Reply(next(iter(question.answers), anything), sign * len(texts[question.id]))
            for question in published.questions
        }
        assert operating_point(curve(score_replies(published, replies))).right < MOST_BY_LENGTH


def test_the_second_reader_found_the_accepted_answers(published: QuestionSet) -> None:
    questions = {question.id: question for question in published.questions}
    readings = [(record, questions[record["id"]]) for record in records(READINGS)]
    assert len({record["id"] for record, _ in readings}) == 200
    differing = [question.core for record, question in readings if bool(question.answers) != record["answerable"]]
    assert differing == ["f208"]
    assert all(
        is_same_place(record, question, published.articles) for record, question in readings if record["answerable"]
    )


def test_the_withheld_articles_are_not_in_the_archive(published: QuestionSet) -> None:
    withheld = records("withheld.jsonl")
    assert len(withheld) + len(published.articles) == 100
    paragraphs = {text for texts in published.articles.values() for text in texts}
    assert not any(text in paragraphs for record in withheld for text in record["paragraphs"])


def test_the_bot_indexes_the_paragraphs_as_they_are_published() -> None:
    corpus = read_corpus(DATA / "articles.jsonl", BoilerplatePhrases.read(CONFIG / "marks.toml"))
    assert not corpus.rejections
    assert {article.id: article.paragraphs for article in corpus.articles} == {
        name: article.paragraphs for name, article in read_articles(DATA).items()
    }


@pytest.mark.parametrize("folder", ["open", "open/claims"])
def test_the_command_eval_reads_the_open_part(folder: str) -> None:
    phrases = BoilerplatePhrases.read(CONFIG / "marks.toml")
    corpus = read_corpus(DATA / "articles.jsonl", phrases).articles
    found = read_evaluation_set(Path(DATA / folder), phrases, corpus)
    assert len(found.cases) == len(records(f"{folder}/questions.jsonl"))
