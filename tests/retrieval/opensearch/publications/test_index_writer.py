"""Tests of documents that are sent to an index, with a server that is told what to say."""

import json
import threading
from collections.abc import Iterator
from typing import Any, ClassVar

import pytest

from bot.retrieval import IncompleteIndexError, IndexBlockedError, IndexGoneError, SearchAwayError
from bot.retrieval.opensearch.cluster import Cluster
from bot.retrieval.opensearch.publications.index_writer import BulkWriter, fill_index
from tests.opensearch_server import server_faults as faults
from tests.opensearch_server.stub import Reply, Request, Stub, opensearch_stub

ALIAS = "test-alias"


class Index:
    """An index that takes documents; some fail at first with a status, as often as that says."""

    def __init__(self) -> None:
        self.documents = list[str]()
        self.sizes = list[int]()
        self.failures = dict[str, list[tuple[int, str]]]()
        self._lock = threading.Lock()

    def take(self, request: Request) -> Reply:
        assert request.path.endswith("require_alias=true")
        names = [json.loads(line)["create"]["_id"] for line in request.body.splitlines()[::2]]
        with self._lock:
            self.sizes.append(len(request.body))
            items = [{"create": {"_id": name, **self._take(name)}} for name in names]
        errors = any("error" in item["create"] for item in items)
        return Reply(200, json.dumps({"errors": errors, "items": items}).encode())

    def _take(self, name: str) -> dict[str, Any]:
        if self.failures.get(name):
            status, kind = self.failures[name].pop(0)
            return {"status": status, "error": {"type": kind, "reason": "told to"}}
        self.documents.append(name)
        return {"status": 201}


@pytest.fixture
def stub() -> Iterator[Stub]:
    with opensearch_stub() as stub:
        yield stub


@pytest.fixture
def index(stub: Stub) -> Index:
    index = Index()
    stub.tell(index.take, "_bulk")
    return index


def writer(stub: Stub, *pauses: float) -> BulkWriter:
    return BulkWriter(Cluster([stub.address]), ALIAS, pauses)


def documents(count: int, size: int = 0) -> Iterator[bytes]:
    for number in range(count):
        yield f'{{"create":{{"_id":"{number}"}}}}\n{{"t":"{size * "1"}"}}\n'.encode()


def test_all_documents_arrive_in_requests_of_a_thousand(stub: Stub, index: Index) -> None:
    noted = list[int]()
    assert writer(stub).write(documents(2500), noted.append) == 2500
    assert sorted(map(int, index.documents)) == list(range(2500))
    assert noted == [1000, 2000, 2500]


def test_requests_are_no_larger_than_five_megabytes(stub: Stub, index: Index) -> None:
    writer(stub).write(documents(5, 2_400_000), lambda _: None)
    assert len(index.sizes) == 3
    assert max(index.sizes) < 5_000_000


def test_what_is_there_already_counts_as_sent(stub: Stub, index: Index) -> None:
    index.failures["1"] = [(409, "version_conflict_engine_exception")]
    assert writer(stub).write(documents(3), lambda _: None) == 3
    assert index.documents == ["0", "2"]


def test_documents_that_the_server_has_no_room_for_are_sent_again(stub: Stub, index: Index) -> None:
    index.failures["1"] = [(429, "rejected_execution_exception"), (503, "unavailable_shards_exception")]
    assert writer(stub, 0, 0, 0).write(documents(3), lambda _: None) == 3
    assert index.documents == ["0", "2", "1"]


def test_a_request_that_is_lost_is_sent_again(stub: Stub, index: Index) -> None:
    stub.tell(faults.cut, "_bulk", times=6)
    assert writer(stub, 0, 0).write(documents(3), lambda _: None) == 3
    assert index.documents == ["0", "1", "2"]


def test_a_server_that_stays_full_is_away(stub: Stub, index: Index) -> None:
    index.failures["1"] = [(429, "rejected_execution_exception")] * 9
    with pytest.raises(SearchAwayError, match="429 rejected_execution_exception"):
        writer(stub, 0, 0).write(documents(3), lambda _: None)
    assert len(index.failures["1"]) == 6


def test_an_index_that_is_blocked_is_named_so_at_once(stub: Stub) -> None:
    stub.tell(faults.read_only, "_bulk")
    with pytest.raises(IndexBlockedError, match="flood-stage"):
        writer(stub, 0, 0).write(documents(3), lambda _: None)
    assert len(stub.asked) == 1


def test_an_index_that_was_taken_over_is_gone(stub: Stub, index: Index) -> None:
    index.failures["0"] = [(404, "index_not_found_exception")]
    with pytest.raises(IndexGoneError):
        writer(stub, 0, 0).write(documents(1), lambda _: None)
    assert len(stub.asked) == 1


def test_a_document_that_the_server_refuses_is_no_passing_fault(stub: Stub, index: Index) -> None:
    index.failures["2"] = [(400, "mapper_parsing_exception")]
    with pytest.raises(IncompleteIndexError, match="mapper_parsing_exception"):
        writer(stub, 0, 0).write(documents(3), lambda _: None)
    assert len(stub.asked) == 1


@pytest.mark.parametrize(("count", "least"), [(10, 30), (20_000_000, 600)])
def test_what_is_written_to_the_disk_may_take_longer_the_more_it_is(stub: Stub, count: int, least: float) -> None:
    class SlowCluster(Cluster):
        seconds: ClassVar = dict[str, float]()

        def request(self, *arguments: Any, **options: Any) -> Any:
            self.seconds[arguments[1].rpartition("/")[2]] = options["seconds"]
            shards = {"segments": {"count": 1}, "merges": {"current": 0}}
            return {"count": count, "_all": {"primaries": shards}, "responses": []}

        def search_all(self, *_: Any) -> list[dict[str, Any]]:
            return [{"hits": {"hits": []}}]

    cluster = SlowCluster([stub.address])
    fill_index(cluster, BulkWriter(cluster, ALIAS), (), count, lambda _: None)
    assert min(cluster.seconds["_flush"], cluster.seconds["_refresh"]) >= least


def test_whoever_ends_it_waits_for_no_pause(stub: Stub, index: Index) -> None:
    """A document that waits to be sent again is given up at once: the pause is longer than any test may take."""
    index.failures["1500"] = [(429, "rejected_execution_exception")]

    class EndedError(Exception):
        pass

    def end(_: int) -> None:
        raise EndedError

    with pytest.raises(EndedError):
        writer(stub, 100_000).write(documents(2500), end)
