"""Tests of editions published on a real server: whole, found by name, and with a side file."""

import re
from pathlib import Path

import numpy as np
import pytest

from bot.retrieval import IncompleteIndexError, IndexGoneError, SideFileError
from bot.retrieval.opensearch import Publications
from bot.retrieval.opensearch.index_fields import GAP
from bot.retrieval.opensearch.publications.document_numbers import number_documents
from bot.retrieval.opensearch.publications.side_file import side_arrays
from bot.retrieval.opensearch.published_articles import unpack_article
from tests.opensearch_server import server_faults as faults
from tests.opensearch_server.cluster import OpenSearchCluster
from tests.opensearch_server.stub import Stub
from tests.retrieval.opensearch.publications.builders import FIRST, SECOND, STATE, Builder
from tests.retrieval.opensearch.publications.editions import CONFIGURATION


def test_an_edition_is_published_whole_and_does_not_serve_yet(builder: Builder, prefix: str) -> None:
    noted = list[tuple[int, int]]()
    published = builder.publish(FIRST, lambda *both: noted.append(both))
    assert re.fullmatch(f"{prefix}-{CONFIGURATION[:12]}-{FIRST.fingerprint}-[0-9a-f]{{8}}", published.name)
    assert (published.articles, published.state, published.served, published.withdrawn) == (4, STATE, None, None)
    assert noted[-1] == (9, 9)
    assert builder.publications.serving() is None
    assert builder.publications.kept() == [published]
    assert builder.publications.size(published) > 0


def test_its_index_is_merged_closed_for_writing_and_has_all_documents(builder: Builder) -> None:
    name = builder.publish(FIRST).name
    ask = builder.cluster.request
    assert ask("GET", f"/{name}/_count")["count"] == 9
    assert ask("GET", f"/{name}/_stats/segments")["_all"]["primaries"]["segments"]["count"] == 1
    described = ask("GET", f"/{name}")[name]
    settings = described["settings"]["index"]
    assert (settings["blocks"]["write"], settings["auto_expand_replicas"]) == ("true", "0-2")
    assert [alias for alias in described["aliases"] if "-asked-" not in alias] == [name.rpartition("-")[0]]
    article = ask("GET", f"/{name}/_doc/a{GAP}")["_source"]["j"]
    assert unpack_article(article) == FIRST.articles.at(0)
    stems = {"query": {"bool": {"filter": [{"term": {"t": str(FIRST.index.vocabulary.stems[0])}}]}}}
    assert builder.cluster.search_all(name, [stems])[0]["hits"]["hits"]


def test_an_edition_that_is_there_is_not_published_again(builder: Builder, publications: Publications) -> None:
    published = builder.publish(FIRST)
    state = {"version": {"revision": "2"}, "key": "k"}
    again = publications.publish(FIRST.arrays, FIRST.facts, state)
    assert (again.name, again.created, again.state) == (published.name, published.created, state)


def test_what_somebody_changed_serves_nobody_and_is_published_anew(builder: Builder) -> None:
    first = builder.publish(FIRST)
    builder.publications.serve(first, None)
    ask = builder.cluster.request
    ask("PUT", f"/{first.name}/_settings", {"index.blocks.write": False})
    ask("DELETE", f"/{first.name}/_doc/p{GAP}", params={"refresh": "true"})
    with pytest.raises(IncompleteIndexError, match="8 of 9"):
        builder.publications.serving()
    again = builder.publish(FIRST)
    assert again.name != first.name
    assert [index.name for index in builder.indices.all()] == [again.name]
    builder.publications.serve(again, None)
    serving = builder.publications.serving()
    assert serving is not None
    assert serving.name == again.name


def test_the_side_file_arrives_as_it_was_written(builder: Builder, publications: Publications) -> None:
    arrays, facts = publications.fetch_side_file(builder.publish(FIRST))
    expected = side_arrays(FIRST.arrays, number_documents(FIRST.arrays))
    assert sorted(arrays) == sorted(expected)
    assert all(np.array_equal(arrays[name], expected[name]) for name in expected)
    assert facts["fingerprint"] == FIRST.fingerprint


def test_a_side_file_that_was_changed_on_the_way_is_not_used(node_stub: Stub, prefix: str, tmp_path: Path) -> None:
    builder = Builder(node_stub.address, prefix, folder=tmp_path)
    published = builder.publish(FIRST)
    node_stub.tell(faults.answer(200, {"_source": {"j": "eJwDAAAAAAE="}}), "_doc/s0", times=1)
    with pytest.raises(IncompleteIndexError):
        builder.publications.fetch_side_file(published)
    assert builder.publications.fetch_side_file(published)[1]["passages"] == 4


def test_the_side_file_of_an_index_that_was_removed_is_gone(builder: Builder, publications: Publications) -> None:
    published = builder.publish(FIRST)
    publications.discard(published)
    with pytest.raises(IndexGoneError):
        publications.fetch_side_file(published)


def test_a_disk_here_that_takes_no_file_is_said_to(
    opensearch: OpenSearchCluster, prefix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = tmp_path / "taken"
    taken.write_bytes(b"")
    builder = Builder(opensearch.addresses[0], prefix, folder=taken)
    published = builder.publish(FIRST)
    with pytest.raises(SideFileError) as raised:
        builder.publications.fetch_side_file(published)
    assert raised.value.cause == "File exists"
    monkeypatch.setattr("tempfile.tempdir", str(taken))
    with pytest.raises(SideFileError):
        builder.publish(SECOND)


def test_whoever_is_killed_while_documents_are_sent_leaves_no_file_behind(
    builder: Builder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    left = list[list[Path]]()

    def look(_: int, __: int) -> None:
        left.append(list(tmp_path.iterdir()))

    published = builder.publish(FIRST, look)
    assert left
    assert not any(left)
    builder.publications.fetch_side_file(published)
