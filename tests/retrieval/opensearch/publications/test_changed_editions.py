"""Tests of editions that differ little from one before them, on a real server: only what changed is sent."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot.articles import Article, Paragraph
from bot.edition import Edition, make_edition
from bot.retrieval import RANKING, IncompleteIndexError, SearchEngine
from bot.retrieval.opensearch import Publication, SealedIndex, open_engine
from bot.retrieval.opensearch.publications.published_index import outdated
from bot.retrieval.query import make_query, score_stems
from tests.opensearch_server import server_faults as faults
from tests.opensearch_server.cluster import OpenSearchCluster
from tests.opensearch_server.stub import Stub
from tests.retrieval.coverage import ANALYSER
from tests.retrieval.opensearch.publications.builders import Builder

WORDS = ["المكتبة", "الجسر", "البلدية", "افتتحت", "السوق", "القديم", "طقس", "معتدل", "وزارة", "النقل"]
NEWS = [
    Article(
        str(number),
        f"خبر {word}",
        (Paragraph(f"{word} {WORDS[number % 7]} اليوم " * (1 + number % 5)),),
        url=f"https://news.example/{number}",
    )
    for number, word in enumerate(WORDS * 4)
]
CORRECTED = replace(NEWS[0], paragraphs=(Paragraph("تصحيح: افتتحت البلدية السوق"),))
CHANGED = [CORRECTED, *NEWS[2:], replace(NEWS[3], id="new")]
LATER = [*CHANGED, replace(NEWS[4], id="later")]
BASE, SECOND, THIRD = (make_edition(articles, (), ANALYSER) for articles in (NEWS, CHANGED, LATER))


@pytest.fixture
def base(builder: Builder) -> Publication:
    """The first edition, which serves."""
    base = builder.publish(BASE)
    builder.publications.serve(base, None)
    return base


def documents(builder: Builder, published: Publication) -> int:
    return int(builder.cluster.request("GET", f"/{published.name}/_count")["count"])


def open_published(builder: Builder, published: Publication) -> SearchEngine:
    index = SealedIndex(builder.cluster, published.seals)
    return open_engine(index, *builder.publications.fetch_side_file(published), ANALYSER)[0]


def assert_alike(builder: Builder, published: Publication, edition: Edition) -> None:
    engine = open_published(builder, published)
    assert len(engine) == len(edition.index)
    for question in [*WORDS, *map(" ".join, pairwise(WORDS)), "تصحيح", "اليوم", "خبر"]:
        terms = ANALYSER.terms(question)
        found, expected = (each.shortlist(terms) for each in (engine, edition.index))
        assert found.passages.tolist() == expected.passages.tolist()
        assert found.scores.tolist() == expected.scores.tolist()
        read = zip(*(each.read(each.top_k(5)) for each in (found, expected)), strict=True)
        assert all(one.passage == other.passage and one.forms == other.forms for one, other in read)


def test_only_what_changed_is_sent_and_the_index_is_as_one_that_is_sent_whole(
    builder: Builder, base: Publication
) -> None:
    second = builder.publish(SECOND)
    assert set(second.seals) == {base.name, second.name}
    # Two articles of a passage each, and the side file.
    assert documents(builder, second) == 5
    assert_alike(builder, second, SECOND)
    builder.publications.serve(second, base)
    third = builder.publish(THIRD)
    # All that changed since the base was made.
    assert set(third.seals) == {base.name, third.name}
    assert documents(builder, third) == 7
    assert_alike(builder, third, THIRD)
    assert_alike(builder, base, BASE)


def test_a_process_that_has_nothing_here_makes_the_side_file_of_that_of_the_base(
    opensearch: OpenSearchCluster, builder: Builder, base: Publication, tmp_path: Path
) -> None:
    second = builder.publish(SECOND)
    other = Builder(opensearch.addresses[0], builder.prefix, folder=tmp_path / "other")
    assert_alike(other, second, SECOND)
    names = {file.name.rpartition("-")[0] for file in (tmp_path / "other").iterdir() if file.suffix == ".side"}
    assert names == {base.name, second.name}
    assert not list((tmp_path / "other").glob("*.changes"))


def test_articles_are_found_by_link_and_text_as_they_are_now(builder: Builder, base: Publication) -> None:
    del base
    second = builder.publish(SECOND)
    index = SealedIndex(builder.cluster, second.seals)
    _, articles = open_engine(index, *builder.publications.fetch_side_file(second), ANALYSER)
    assert [article.id for article in articles.with_link("http://news.example/1")] == []
    assert [article.id for article in articles.with_link("http://news.example/3")] == ["3", "new"]
    assert articles.with_text([NEWS[0].paragraphs[0].text]) == []
    assert list(articles.values()) == CHANGED


def test_a_server_never_scores_below_us_where_a_base_has_what_the_edition_lacks(
    builder: Builder, base: Publication
) -> None:
    del base
    second = builder.publish(SECOND)
    engine = open_published(builder, second)
    ask, best_scores = builder.cluster.search_all, list[float]()

    def note(index: str, bodies: Sequence[Mapping[str, Any]], documents: int = 0) -> list[dict[str, Any]]:
        responses = ask(index, bodies, documents)
        best_scores.append(responses[0]["hits"]["hits"][0]["_score"])
        return responses

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(builder.cluster, "search_all", note)
        for word in WORDS:
            terms = ANALYSER.terms(word)
            engine.shortlist(terms)
            ours = score_stems(make_query(terms, SECOND.index.variants), (), SECOND.index.stems).max()
            theirs = best_scores[-1] * np.array([1, RANKING.k1 + 1])
            assert ((ours * (1 - 1e-6) <= theirs) & (theirs <= 1.3 * ours)).any()


def test_an_edition_that_differs_much_is_sent_whole(builder: Builder, base: Publication) -> None:
    del base
    other = builder.publish(make_edition(CHANGED[6:], (), ANALYSER))
    assert list(other.seals) == [other.name]
    assert documents(builder, other) == 2 * len(CHANGED[6:]) + 1


def test_a_base_does_not_keep_what_is_gone_for_ever(
    builder: Builder, base: Publication, monkeypatch: pytest.MonkeyPatch
) -> None:
    del base
    monkeypatch.setattr("bot.retrieval.opensearch.publications.publications._OLDEST_BASE", timedelta())
    second = builder.publish(SECOND)
    assert list(second.seals) == [second.name]


def test_a_base_stays_while_anything_is_made_from_it(builder: Builder, base: Publication) -> None:
    before, serving = base, base
    for word in ("أول", "ثان", "ثالث"):
        edition = make_edition([*NEWS, Article(word, word, (Paragraph(word),))], (), ANALYSER)
        before, serving = serving, builder.publish(edition)
        builder.publications.serve(serving, before)
    later = datetime.now(UTC) + timedelta(hours=2)
    old = [index.name for index in outdated(builder.indices.all(), builder.publications.alias, later)]
    assert len(old) == 1
    assert not {base.name, before.name, serving.name}.intersection(old)
    builder.publications.serve(before, serving)
    assert builder.publications.serving() == next(one for one in builder.publications.kept() if one.name == before.name)


def test_an_index_whose_base_is_gone_or_changed_serves_nobody_and_is_made_anew_whole(
    builder: Builder, base: Publication
) -> None:
    second = builder.publish(SECOND)
    builder.publications.serve(second, base)
    builder.indices.delete(base.name)
    with pytest.raises(IncompleteIndexError, match=second.name):
        builder.publications.serving()
    again = builder.publish(SECOND)
    assert list(again.seals) == [again.name] != [second.name]
    assert_alike(builder, again, SECOND)


def test_a_base_of_which_the_side_file_is_damaged_is_left(node_stub: Stub, prefix: str, tmp_path: Path) -> None:
    builder = Builder(node_stub.address, prefix, folder=tmp_path)
    builder.publish(BASE)
    node_stub.tell(faults.answer(200, {"_source": {"j": "eJwDAAAAAAE="}}), "_doc/s0", times=1)
    second = builder.publish(SECOND)
    assert list(second.seals) == [second.name]


class CancelledError(Exception):
    """Somebody ends a reload."""


def test_what_fails_leaves_what_serves_and_its_base(builder: Builder, base: Publication) -> None:
    second = builder.publish(SECOND)
    builder.publications.serve(second, base)

    def cancel(_: int, __: int) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        builder.publish(THIRD, cancel)
    serving = builder.publications.serving()
    assert serving is not None
    assert serving.name == second.name
    assert {index.name for index in builder.indices.all()} == {base.name, second.name}
    assert_alike(builder, serving, SECOND)


def test_many_that_publish_a_changed_edition_at_once_have_one_index(
    opensearch: OpenSearchCluster, builder: Builder, base: Publication, tmp_path: Path
) -> None:
    builders = [Builder(opensearch.addresses[0], builder.prefix, folder=tmp_path / str(n)) for n in range(3)]
    with ThreadPoolExecutor(3) as pool:
        names = {published.name for published in pool.map(lambda each: each.publish(SECOND), builders)}
    assert len(names) == 1
    assert {index.name for index in builder.indices.all()} == {base.name, *names}
