"""Tests of processes that publish one edition at once, and of those that end early: one index, and nothing left."""

import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from bot.retrieval import IncompleteIndexError, IndexBlockedError, IndexGoneError, SearchUnknownError
from bot.retrieval.opensearch.publications.published_index import outdated
from tests.opensearch_server import server_faults as faults
from tests.opensearch_server.cluster import OpenSearchCluster
from tests.opensearch_server.stub import Stub
from tests.processes import leashed
from tests.retrieval.opensearch.publications.builders import FIRST, Builder, publish_until_killed

ROOT = Path(__file__).parents[4]
CODE = f"import sys; from {publish_until_killed.__module__} import publish_until_killed as f; f(*sys.argv[1:])"


class CancelledError(Exception):
    """Somebody ends a reload."""


def cancel(_: int, __: int) -> None:
    raise CancelledError


def test_many_that_publish_one_edition_at_once_have_one_index(opensearch: OpenSearchCluster, prefix: str) -> None:
    builders = [Builder(opensearch.addresses[0], prefix) for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        names = {published.name for published in pool.map(lambda builder: builder.publish(FIRST), builders)}
    assert names == {index.name for index in builders[0].indices.all()}
    assert len(names) == 1


def test_who_is_second_takes_what_was_first_and_removes_its_own(builder: Builder, prefix: str) -> None:
    first = list[str]()

    def be_overtaken(_: int, __: int) -> None:
        if not first:
            first.append(Builder(builder.cluster.shown, prefix).publish(FIRST).name)

    assert [builder.publish(FIRST, be_overtaken).name] == first == [index.name for index in builder.indices.all()]


def test_no_name_is_used_twice(builder: Builder) -> None:
    first = builder.publish(FIRST)
    builder.publications.discard(first)
    again = builder.publish(FIRST)
    assert again.fingerprint == first.fingerprint
    assert again.name != first.name
    assert builder.cluster.request("GET", f"/{first.name}", missing_ok=True) is None


def test_what_a_killed_builder_left_is_in_nobodys_way_and_removed(opensearch: OpenSearchCluster, prefix: str) -> None:
    command = leashed("-c", CODE, opensearch.addresses[0], prefix)
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:  # noqa: S603
        assert process.stdout is not None
        assert process.stdout.readline() == b"9\n"
        process.kill()
    builder = Builder(opensearch.addresses[0], prefix)
    [left] = builder.indices.all()
    assert left.publication is None
    published = builder.publish(FIRST)
    assert builder.cluster.request("GET", f"/{published.name}/_count")["count"] == 9
    assert builder.publications.remove_old() == []
    later = left.created + timedelta(hours=7)
    assert left in outdated(builder.indices.all(), builder.publications.alias, later)


def test_what_is_cancelled_leaves_no_index(builder: Builder) -> None:
    with pytest.raises(CancelledError):
        builder.publish(FIRST, cancel)
    assert not builder.indices.all()


def test_an_index_that_the_server_takes_no_documents_for_is_removed(node_stub: Stub, prefix: str) -> None:
    builder = Builder(node_stub.address, prefix)
    node_stub.tell(faults.read_only, "_bulk")
    with pytest.raises(IndexBlockedError):
        builder.publish(FIRST)
    assert not builder.indices.all()


def test_a_server_that_may_create_no_index_is_said_to_be_full(opensearch: OpenSearchCluster, builder: Builder) -> None:
    block = "cluster.blocks.create_index"
    opensearch.ask("PUT", "/_cluster/settings", {"persistent": {block: True}})
    try:
        with pytest.raises(IndexBlockedError, match="create-index blocked"):
            builder.publish(FIRST)
    finally:
        opensearch.ask("PUT", "/_cluster/settings", {"persistent": {block: None}})


def test_an_index_that_lacks_documents_is_removed(node_stub: Stub, prefix: str) -> None:
    builder = Builder(node_stub.address, prefix)
    node_stub.tell(faults.answer(200, {"count": 8}), "_count")
    with pytest.raises(IncompleteIndexError, match="8 != 9"):
        builder.publish(FIRST)
    assert not builder.indices.all()


@pytest.mark.parametrize(
    "lost", ["PUT /[^/]*$", "_bulk", "_refresh", "_forcemerge", "_settings", "_mapping", "POST /_aliases"]
)
def test_an_edition_is_published_although_a_reply_is_lost(node_stub: Stub, prefix: str, lost: str) -> None:
    builder = Builder(node_stub.address, prefix)
    node_stub.tell(faults.cut_after, lost, times=1)
    published = builder.publish(FIRST)
    assert builder.publications.kept() == [published]
    assert len(builder.indices.all()) == 1
    assert not [asked for asked in node_stub.asked if asked.startswith("DELETE")]


def test_what_is_not_ours_under_the_name_of_an_edition_is_left_alone(builder: Builder, prefix: str) -> None:
    name = f"{builder.publications.alias}-{FIRST.fingerprint}"
    builder.cluster.request("PUT", f"/{name}")
    with pytest.raises(SearchUnknownError, match=name):
        builder.publish(FIRST)
    assert name in builder.cluster.request("GET", f"/{prefix}-*")


def test_an_index_that_is_taken_away_while_it_is_filled_is_gone(builder: Builder) -> None:
    def take_away(_: int, __: int) -> None:
        for index in builder.indices.all():
            builder.indices.delete(index.name)

    with pytest.raises(IndexGoneError):
        builder.publish(FIRST, take_away)
    # Nor has what was sent after that made another, without our mapping.
    assert builder.cluster.request("GET", f"/{builder.publications.alias}-*") == {}
