"""Tests of the lock on an index that is being built: one builder at a time, and nothing left of one that fails."""

import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.retrieval.opensearch import IncompleteIndexError, IndexBlockedError, IndexGoneError, SearchUnknownError
from bot.retrieval.opensearch.index_fields import FORMAT, index_body
from tests.opensearch_server import server_faults as faults
from tests.opensearch_server.cluster import OpenSearchCluster
from tests.opensearch_server.stub import Stub
from tests.patience import PATIENCE
from tests.processes import leashed
from tests.retrieval.opensearch.publications.builders import FIRST, Builder, publish_until_killed
from tests.retrieval.opensearch.publications.editions import CONFIGURATION

ROOT = Path(__file__).parents[4]
CODE = f"import sys; from {publish_until_killed.__module__} import publish_until_killed as f; f(*sys.argv[1:])"


class CancelledError(Exception):
    """Somebody ends a reload."""


def cancel(_: int, __: int) -> None:
    raise CancelledError


def test_two_that_publish_one_edition_at_once_have_one_index(opensearch: OpenSearchCluster, prefix: str) -> None:
    builders = [Builder(opensearch.addresses[0], prefix) for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(lambda builder: builder.publish(FIRST), builders)
    assert (one.name, one.created) == (other.name, other.created)
    assert len(builders[0].publications.kept()) == 1


def test_an_index_whose_builder_was_killed_is_taken_over(opensearch: OpenSearchCluster, prefix: str) -> None:
    command = leashed("-c", CODE, opensearch.addresses[0], prefix)
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:  # noqa: S603
        assert process.stdout is not None
        assert process.stdout.readline() == b"9\n"
        process.kill()
    builder = Builder(opensearch.addresses[0], prefix, abandoned=0.3)
    [left] = builder.indices.all()
    assert left.publication is None
    published = builder.publish(FIRST)
    assert published.name == left.name
    assert builder.cluster.request("GET", f"/{published.name}/_count")["count"] == 9


def test_of_many_that_find_an_abandoned_index_one_builds_it_anew(opensearch: OpenSearchCluster, prefix: str) -> None:
    builders = [Builder(opensearch.addresses[0], prefix, abandoned=0.3) for _ in range(3)]
    name = f"{prefix}-{CONFIGURATION[:12]}-{FIRST.fingerprint}"
    builders[0].indices.create(name, index_body({"fingerprint": FIRST.fingerprint}))
    [left] = builders[0].indices.all()
    with ThreadPoolExecutor(3) as pool:
        created = {published.created for published in pool.map(lambda builder: builder.publish(FIRST), builders)}
    assert len(created) == 1
    assert left.created not in created


def test_a_builder_that_was_held_up_and_taken_from_writes_nowhere(opensearch: OpenSearchCluster, prefix: str) -> None:
    is_held, goes_on = threading.Event(), threading.Event()

    def hold(_: int, __: int) -> None:
        is_held.set()
        assert goes_on.wait(PATIENCE)

    late, builder = (Builder(opensearch.addresses[0], prefix, abandoned=seconds) for seconds in (60, 0.3))
    with ThreadPoolExecutor(1) as pool:
        held = pool.submit(late.publish, FIRST, hold)
        assert is_held.wait(PATIENCE)
        published = builder.publish(FIRST)
        goes_on.set()
        assert held.result(PATIENCE).created == published.created
    assert builder.publications.kept()[0].created == published.created


def test_what_is_cancelled_leaves_no_index(builder: Builder) -> None:
    with pytest.raises(CancelledError):
        builder.publish(FIRST, cancel)
    assert not builder.indices.all()


def test_whoever_waits_for_another_may_be_cancelled_and_removes_nothing(
    opensearch: OpenSearchCluster, prefix: str
) -> None:
    is_held, goes_on = threading.Event(), threading.Event()

    def hold(_: int, __: int) -> None:
        is_held.set()
        assert goes_on.wait(PATIENCE)

    first, second = (Builder(opensearch.addresses[0], prefix) for _ in range(2))
    with ThreadPoolExecutor(1) as pool:
        held = pool.submit(first.publish, FIRST, hold)
        assert is_held.wait(PATIENCE)
        with pytest.raises(CancelledError):
            second.publish(FIRST, cancel)
        goes_on.set()
        assert held.result(PATIENCE) in second.publications.kept()


def test_an_index_that_the_server_takes_no_documents_for_is_removed(node_stub: Stub, prefix: str) -> None:
    builder = Builder(node_stub.address, prefix)
    node_stub.tell(faults.read_only, "_bulk")
    with pytest.raises(IndexBlockedError):
        builder.publish(FIRST)
    assert not builder.indices.all()


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


def test_an_index_of_somebody_else_under_our_name_is_left_alone(builder: Builder, prefix: str) -> None:
    name = f"{prefix}-{CONFIGURATION[:12]}-{FIRST.fingerprint}"
    builder.cluster.request("PUT", f"/{name}")
    with pytest.raises(SearchUnknownError, match=name):
        builder.publish(FIRST)
    assert name in builder.cluster.request("GET", f"/{prefix}-*")


def test_an_index_that_is_taken_away_each_time_is_gone(builder: Builder) -> None:
    def take_away(_: int, __: int) -> None:
        for index in builder.indices.all():
            builder.indices.discard(index)

    with pytest.raises(IndexGoneError):
        builder.publish(FIRST, take_away)


def test_an_index_that_no_node_has_yet_is_waited_for(opensearch: OpenSearchCluster, prefix: str) -> None:
    first, second = (Builder(opensearch.addresses[0], prefix, abandoned=0.5) for _ in range(2))
    name = first.publish(FIRST).name
    first.publications.discard(first.publications.kept()[0])
    body = index_body({"format": FORMAT, "configuration": CONFIGURATION, "fingerprint": FIRST.fingerprint})
    body["settings"]["index.routing.allocation.require._name"] = "no such node"
    first.cluster.request("PUT", f"/{name}", body, {"wait_for_active_shards": 0})
    noted = list[int]()
    # Nobody builds it: after a while it is taken over.
    assert second.publish(FIRST, lambda done, _: noted.append(done)).name == name
    assert noted[0] == 0
