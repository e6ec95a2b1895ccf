"""Requests to a cluster that has faults: a stub plays it."""

import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from bot.retrieval import (
    IndexBlockedError,
    IndexGoneError,
    SearchAwayError,
    SearchDeniedError,
    SearchError,
    SearchUnknownError,
)
from bot.retrieval.opensearch.cluster import Cluster, SearchRequestError
from tests.opensearch_server import server_faults as faults
from tests.opensearch_server.stub import Fault, Reply, Request, Stub, opensearch_stub
from tests.patience import PATIENCE, slowness

WHOLE = {"took": 1, "timed_out": False, "_shards": {"total": 1, "successful": 1, "failed": 0}, "hits": {"hits": []}}
FOUND = {"responses": [WHOLE]}
SEARCH = "_msearch"
# A node that answers does so in time on a busy machine, too.
_SECONDS = 0.3 * slowness()


@pytest.fixture(name="stub")
def _stub() -> Iterator[Stub]:
    with opensearch_stub() as stub:
        yield stub


@pytest.fixture(name="cluster")
def _cluster(stub: Stub) -> Iterator[Cluster]:
    cluster = Cluster([stub.address], seconds=_SECONDS)
    yield cluster
    cluster.close()


def test_secrets_are_not_shown() -> None:
    cluster = Cluster(["https://reader:s3cret@search.example:9200", "http://127.0.0.1:9201"])
    assert cluster.shown == "https://search.example:9200, http://127.0.0.1:9201"
    cluster.close()


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (faults.unauthorized, SearchDeniedError),
        (faults.forbidden, SearchDeniedError),
        (faults.busy, SearchAwayError),
        (faults.unavailable, SearchAwayError),
        (faults.no_shard, SearchAwayError),
        (faults.index_not_found, IndexGoneError),
        (
            faults.error(503, "cluster_block_exception", "blocked by: [SERVICE_UNAVAILABLE/1/state not recovered];"),
            SearchAwayError,
        ),
        (
            faults.error(403, "cluster_block_exception", "blocked by: [FORBIDDEN/7/index read (api)];"),
            IndexBlockedError,
        ),
        (faults.error(400, "index_closed_exception", "closed"), IndexBlockedError),
        (faults.hang, SearchAwayError),
        (faults.cut, SearchAwayError),
    ],
)
def test_a_fault_is_raised_as_what_it_is(stub: Stub, cluster: Cluster, fault: Fault, error: type[SearchError]) -> None:
    stub.tell(fault, SEARCH)
    with pytest.raises(error) as raised:
        cluster.search_all("words", [{}])
    assert type(raised.value) is error


def test_a_part_is_never_taken_for_the_whole(stub: Stub, cluster: Cluster) -> None:
    lost = {"total": 3, "successful": 2, "failed": 0}
    for part in (WHOLE | {"_shards": lost}, WHOLE | {"timed_out": True}):
        stub.tell(faults.answer(200, {"responses": [WHOLE, part]}), "/_msearch")
        with pytest.raises(SearchAwayError):
            cluster.search_all("words", [{}, {}])
        stub.heal()


def test_one_search_of_several_that_fails_fails_all(stub: Stub, cluster: Cluster) -> None:
    gone = {"error": {"type": "index_not_found_exception", "reason": "no such index"}, "status": 404}
    stub.tell(faults.answer(200, {"responses": [WHOLE, gone]}), "/_msearch")
    with pytest.raises(IndexGoneError):
        cluster.search_all("words", [{}, {}])


def test_a_request_is_tried_again_until_it_is_answered(stub: Stub, cluster: Cluster) -> None:
    stub.tell(faults.answer(200, FOUND), SEARCH)
    stub.tell(faults.cut, SEARCH, times=1)
    stub.tell(faults.unavailable, SEARCH, times=2)
    assert cluster.search_all("words", [{}]) == [WHOLE]
    assert len(stub.asked) == 4


def test_another_node_answers_for_one_that_hangs() -> None:
    with opensearch_stub() as hanging, opensearch_stub() as healthy:
        hanging.tell(faults.hang, "")
        healthy.tell(faults.answer(200, FOUND), SEARCH)
        cluster = Cluster([hanging.address, healthy.address], seconds=_SECONDS)
        assert [cluster.search_all("words", [{}]) for _ in range(5)] == [[WHOLE]] * 5
        # The one that hung is left alone for a while.
        assert len(hanging.asked) <= 1
        cluster.close()


@pytest.mark.parametrize(
    ("size", "documents", "is_in_time"), [(150, 1000, False), (10_000, 1000, True), (150, 20_000_000, True)]
)
def test_a_node_may_take_longer_the_more_there_is_to_find(
    stub: Stub, cluster: Cluster, *, size: int, documents: int, is_in_time: bool
) -> None:
    def answer_late(_: Request) -> Reply:
        time.sleep(3 * _SECONDS)
        return Reply(200, json.dumps(FOUND).encode())

    stub.tell(answer_late, SEARCH)
    if is_in_time:
        assert cluster.search_all("words", [{"size": size}], documents) == [WHOLE]
    else:
        with pytest.raises(SearchAwayError):
            cluster.search_all("words", [{"size": size}], documents)


def test_several_indices_weigh_words_as_one(stub: Stub, cluster: Cluster) -> None:
    bodies = list[bytes]()

    def note(request: Request) -> Reply:
        bodies.append(request.body)
        return Reply(200, json.dumps(FOUND).encode())

    stub.tell(note, SEARCH)
    for index in ("words", "base,words"):
        cluster.search_all(index, [{}])
    assert [b"dfs_query_then_fetch" in body for body in bodies] == [False, True]


def test_who_is_patient_waits_for_what_others_give_up(stub: Stub, cluster: Cluster) -> None:
    enough = threading.Event()

    def answer_late(_: Request) -> Reply:
        enough.wait(PATIENCE)
        return Reply(200, json.dumps(FOUND).encode())

    def wait_long() -> list[dict[str, Any]]:
        with cluster.patience(PATIENCE):
            with cluster.patience(0.1):
                pass
            return cluster.search_all("words", [{}])

    stub.tell(answer_late, SEARCH)
    with ThreadPoolExecutor(1) as other:
        patient = other.submit(wait_long)
        # The time-outs of whoever is not patient stay what they are.
        with pytest.raises(SearchAwayError):
            cluster.search_all("words", [{}])
        enough.set()
        assert patient.result(PATIENCE) == [WHOLE]


def test_a_cluster_that_failed_often_is_asked_once_in_a_while(stub: Stub, cluster: Cluster) -> None:
    stub.tell(faults.unavailable, "")
    for _ in range(5):
        with pytest.raises(SearchAwayError):
            cluster.check()
    assert cluster.is_away
    asked = len(stub.asked)
    with pytest.raises(SearchAwayError) as raised:
        cluster.check()
    assert len(stub.asked) == asked
    assert raised.value.cause.startswith("503")


def test_a_cluster_that_is_away_is_there_with_the_first_request_that_it_answers(stub: Stub) -> None:
    cluster = Cluster([stub.address], seconds=_SECONDS, pause=0.0)
    stub.tell(faults.unavailable, "")
    for _ in range(6):
        with pytest.raises(SearchAwayError):
            cluster.check()
    was_away = cluster.is_away
    assert len(stub.asked) == 6 * 4
    stub.heal()
    cluster.check()
    assert (was_away, cluster.is_away) == (True, False)
    cluster.close()


@pytest.mark.parametrize(
    ("fault", "cause"),
    [
        (faults.version("7.10.2", None), "7.10.2"),
        (faults.version("4.0.0"), "4.0.0"),
        (faults.version("8.1.0", "elasticsearch"), "elasticsearch 8.1.0"),
        (faults.answer(200, ["a", "list"]), "?"),
        (lambda _: Reply(200, b'{"version": '), "SerializationError"),
        # Nothing stands at the root of the address: no index of ours is gone.
        (faults.answer(404, {}), "404"),
        (faults.answer(404, {"error": {"type": "index_not_found_exception"}}), "404"),
    ],
)
def test_what_is_no_server_that_we_know_is_not_known(stub: Stub, cluster: Cluster, fault: Fault, cause: str) -> None:
    stub.tell(fault, "GET /$")
    with pytest.raises(SearchUnknownError) as raised:
        cluster.check()
    assert cause in raised.value.cause


def test_the_right_that_is_lacking_is_named_and_nothing_of_the_user(stub: Stub, cluster: Cluster) -> None:
    said = "no permissions for [indices:data/read/search] and User [name=adm, backend_roles=[staff]]"
    stub.tell(faults.error(403, "security_exception", said), SEARCH)
    with pytest.raises(SearchDeniedError) as raised:
        cluster.search_all("words", [{}])
    assert raised.value.cause == "403 security_exception indices:data/read/search"


def test_what_speaks_no_https_is_said_to_and_no_password_is(stub: Stub) -> None:
    cluster = Cluster([stub.address.replace("http://", "https://reader:s3cret@")], seconds=2.0)
    with pytest.raises(SearchAwayError) as raised:
        cluster.check()
    cluster.close()
    address = stub.address.replace("http://", "https://")
    assert re.fullmatch(rf"{address}: SSLError: [A-Z_]+", raised.value.cause)


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [
        (403, "index_create_block_exception", "blocked by: [FORBIDDEN/10/cluster create-index blocked (api)];"),
        (429, "cluster_block_exception", "index [news] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded];"),
        (403, "cluster_block_exception", "index [news] blocked by: [FORBIDDEN/8/index write (api)];"),
    ],
)
def test_a_server_that_is_full_or_blocked_says_so_and_is_not_away(
    stub: Stub, cluster: Cluster, status: int, kind: str, words: str
) -> None:
    stub.tell(faults.error(status, kind, words), "PUT")
    for _ in range(5):
        with pytest.raises(IndexBlockedError) as raised:
            cluster.request("PUT", "/news")
        assert raised.value.cause == f"{status} {kind}: {words}"
    assert not cluster.is_away


def test_why_nobody_answers_is_said_in_plain_words_and_without_the_password(stub: Stub) -> None:
    def cause(address: str) -> str:
        cluster = Cluster([address.replace("://", "://reader:s3cret@")], seconds=_SECONDS)
        with pytest.raises(SearchAwayError) as raised:
            cluster.check()
        cluster.close()
        assert raised.value.cause.startswith(f"{address}: ")
        return raised.value.cause.removeprefix(f"{address}: ")

    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
        assert cause(address) == "no answer in time"
    assert cause(address) == "Connection refused"
    stub.tell(faults.cut, "")
    assert cause(stub.address) == "the connection was closed without an answer; is it a port for https://?"


def test_a_wrong_request_says_what_is_wrong(stub: Stub, cluster: Cluster) -> None:
    stub.tell(faults.error(400, "invalid_index_name_exception", "must be lowercase"), "PUT")
    with pytest.raises(SearchRequestError) as raised:
        cluster.request("PUT", "/WORDS")
    assert raised.value.kind == "invalid_index_name_exception"
    assert "lowercase" in raised.value.cause


def test_what_may_be_missing_is_none(stub: Stub, cluster: Cluster) -> None:
    stub.tell(faults.index_not_found, "")
    assert cluster.request("GET", "/words/_mapping", missing_ok=True) is None
    assert not cluster.is_away
