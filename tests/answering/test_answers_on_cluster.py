"""Answers are the same from an index in a cluster, to the last digit: quotes, places, scores, sources, refusals."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.articles import Article, BoilerplatePhrases, read_corpus
from bot.edition import Edition, make_edition
from bot.retrieval import Scope, TitleIndex
from bot.retrieval.opensearch import Cluster, Publications, SealedIndex, open_engine
from bot.retrieval.opensearch.publications.document_numbers import number_documents
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
    return make_edition(read_articles(path), (), ANALYSER)


def read_articles(path: Path) -> Sequence[Article]:
    return read_corpus(path, BoilerplatePhrases.read(CONFIG / "marks.toml")).articles


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
    numbers = number_documents(embedded.arrays)
    cluster = MemoryCluster({"words": EditionDocuments(embedded.arrays, numbers).lines(())})
    side = side_arrays(embedded.arrays, numbers), side_facts(embedded.arrays, numbers)
    published = open_on(SealedIndex(cluster, cluster.seals), embedded, *side)
    questions = read_questions("corpus_questions.jsonl")[::4]
    assert records(questions, published, SCOPES) == records(questions, embedded, SCOPES)


@pytest.mark.slow
def test_a_news_archive_answers_alike_on_a_server(opensearch: OpenSearchCluster, tmp_path: Path) -> None:
    if not NEWS.is_file():
        pytest.skip("../shared/corpora is not beside this checkout")
    # Of the base some articles are changed since, and some are gone.
    articles = read_articles(NEWS)
    earlier = [replace(each, title=each.title[::-1]) if n % 200 == 0 else each for n, each in enumerate(articles)]
    base = make_edition(earlier, (), ANALYSER)
    embedded = make_edition((each for n, each in enumerate(articles) if n % 200 != 1), (), ANALYSER)
    cluster = Cluster(opensearch.addresses, seconds=30)
    with opensearch.prefix() as prefix:
        publications = Publications(cluster, prefix, "0" * 32, tmp_path)
        publications.publish(base.arrays, base.facts, {})
        published = publications.publish(embedded.arrays, embedded.facts, {})
        assert len(published.seals) == 2
        remote = open_on(SealedIndex(cluster, published.seals), embedded, *publications.fetch_side_file(published))
        questions = read_questions("archive/questions.jsonl", "community/questions.jsonl")
        assert records(questions, remote) == records(questions, embedded)
    cluster.close()
