"""What is measured on: files that all processes read, and queries and questions out of them."""

from pathlib import Path

import pytest

from bot.articles import BoilerplatePhrases, read_corpus
from bot.lab.benchmark.corpora import stretch
from bot.lab.benchmark.materials import MaterialsError, prepare, read_lines
from bot.settings import CONFIG
from tests.answering.coverage import KNOWLEDGE
from tests.lab.benchmark.samples import ARTICLES, article


def test_files_hold_the_same_passages(tmp_path: Path) -> None:
    corpus = list(stretch(ARTICLES, 30))
    materials = prepare(corpus, tmp_path, KNOWLEDGE)
    rows = [line.split() for line in read_lines(materials.tokens_file)]
    assert materials.record() == {
        "passages": 30,
        "words": sum(len(paragraph.text.split()) for each in corpus for paragraph in each.paragraphs),
        "tokens": sum(map(len, rows)),
        "distinct_tokens": len({token for row in rows for token in row}),
    }
    read = read_corpus(materials.articles_file, BoilerplatePhrases.read(CONFIG / "marks.toml"))
    assert [each.title for each in read.articles] == [each.title for each in corpus]
    assert [each.published for each in read.articles] == [each.published for each in corpus]
    assert [each.paragraphs for each in read.articles] == [each.paragraphs for each in corpus]


def test_queries_and_questions_are_of_the_passages_words(tmp_path: Path) -> None:
    materials = prepare(stretch(ARTICLES, 30), tmp_path, KNOWLEDGE)
    rows = [set(row) for row in [line.split() for line in read_lines(materials.tokens_file)]]
    queries = [line.split() for line in read_lines(materials.queries_file)]
    assert len(queries) == 1000
    assert all(len(set(query)) == 6 for query in queries)
    assert all(any(set(query) <= row for row in rows) for query in queries)
    questions = read_lines(materials.questions_file)
    text = materials.articles_file.read_text(encoding="utf-8")
    unmade = [question for question in questions if all(word in text for word in question[:-1].split()[1:])]
    assert len(questions) == 500
    assert all(question.endswith("؟") and 5 <= len(question.split()) <= 7 for question in questions)
    # Slips and unknown words stand in one of five.
    assert 0.75 < len(unmade) / len(questions) < 0.9


def test_the_same_articles_give_the_same_files(tmp_path: Path) -> None:
    written = []
    for name in ("one", "other"):
        folder = tmp_path / name
        folder.mkdir()
        prepare(stretch(ARTICLES, 30), folder, KNOWLEDGE)
        written.append({file.name: file.read_bytes() for file in folder.iterdir()})
    assert written[0] == written[1]


def test_questions_that_are_given_are_asked(tmp_path: Path) -> None:
    materials = prepare(ARTICLES, tmp_path, KNOWLEDGE, ["متى افتتحت\nالمكتبة؟"])
    assert read_lines(materials.questions_file) == ["متى افتتحت المكتبة؟"]


def test_passages_too_short_for_a_query_are_refused(tmp_path: Path) -> None:
    with pytest.raises(MaterialsError):
        prepare([article(0, "كلمة واحدة")], tmp_path, KNOWLEDGE)
