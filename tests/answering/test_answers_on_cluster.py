"""Answers are the same from an index in a cluster, to the last digit: quotes, places, scores, sources, refusals."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.articles import BoilerplatePhrases, read_corpus
from bot.edition import Edition, make_edition
from bot.retrieval import Scope, TitleIndex
from bot.retrieval.opensearch import Cluster, Publications, SealedIndex, open_engine
from bot.retrieval.opensearch.publications.edition_documents import EditionDocuments
from bot.retrieval.opensearch.publications.side_file import side_arrays, side_facts
from bot.settings import CONFIG
from bot.storage import Arrays, strip_prefix
from bot.texts.json_record import record
from tests.answering.coverage import ANALYSER, ANSWERER
from tests.opensearch_server.cluster import OpenSearchCluster
from tests.retrieval.opensearch.memory_cluster import MemoryCluster

ROOT = Path(__file__).resolve().parents[2]
DATA, CORPUS = ROOT / "tests" / "data", ROOT / "corpus"
NEWS = ROOT.parent / "shared" / "corpora" / "news_ant.articles.jsonl"
SCOPES = (None, Scope(outlet="الجزيرة نت"))


def read_edition(path: Path) -> Edition:
    return make_edition(read_corpus(path, BoilerplatePhrases.read(CONFIG / "marks.toml")).articles, (), ANALYSER)


def open_on(index: SealedIndex, embedded: Edition, arrays: Arrays, facts: dict[str, Any]) -> Edition:
    engine, articles = open_engine(index, arrays, facts, ANALYSER)
    return replace(
        embedded, index=engine, articles=articles, catalogue=TitleIndex(strip_prefix(arrays, "titles"), articles)
    )


def read_questions(*names: str) -> list[str]:
    lines = [line for name in names for line in (DATA / name).read_text(encoding="utf-8").splitlines()]
    return [json.loads(line)["question"] for line in lines]


def records(
    questions: Iterable[str], edition: Edition, scopes: Sequence[Scope | None] = (None,)
) -> list[dict[str, Any]]:
    return [
        record(ANSWERER.answer(question, edition, previous, scope), 0)
        for scope in scopes
        for question, previous in _with_previous(questions)
    ]


def _with_previous(questions: Iterable[str]) -> Iterable[tuple[str, str | None]]:
    """Yield questions, and after each a follow-up of it."""
    for question in questions:
        yield question, None
        yield "ومتى كان ذلك؟", question


def test_the_coverage_in_the_repository_answers_alike() -> None:
    embedded = read_edition(CORPUS)
    cluster = MemoryCluster("words", EditionDocuments(embedded.arrays).lines(()))
    index = SealedIndex(cluster, "words", cluster.seal)
    published = open_on(index, embedded, side_arrays(embedded.arrays), side_facts(embedded.arrays))
    questions = read_questions("corpus_questions.jsonl")[::4]
    assert records(questions, published, SCOPES) == records(questions, embedded, SCOPES)


@pytest.mark.slow
def test_a_news_archive_answers_alike_on_a_server(opensearch: OpenSearchCluster, tmp_path: Path) -> None:
    if not NEWS.is_file():
        pytest.skip("../shared/corpora is not beside this checkout")
    embedded = read_edition(NEWS)
    cluster = Cluster(opensearch.addresses, seconds=30)
    with opensearch.prefix() as prefix:
        publications = Publications(cluster, prefix, "0" * 32)
        published = publications.publish(embedded.arrays, embedded.facts, {})
        arrays, facts = publications.fetch_side_file(published, tmp_path)
        remote = open_on(SealedIndex(cluster, published.name, published.seal), embedded, arrays, facts)
        questions = read_questions("archive/questions.jsonl", "community/questions.jsonl")
        assert records(questions, remote) == records(questions, embedded)
    cluster.close()
