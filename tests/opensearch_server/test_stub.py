"""The stub does to a client what it is told, and its replies are those of a real server."""

import http.client
import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.opensearch_server import server_faults as faults
from tests.opensearch_server.cluster import OpenSearchCluster, RefusedError
from tests.opensearch_server.stub import Fault, Stub, opensearch_stub
from tests.patience import PATIENCE

_BULK = '{"index": {"_id": "1"}}\n{"word": "a"}\n{"delete": {"_id": "2"}}\n{"create": {"_id": "3"}}\n{"word": "b"}\n'


@pytest.fixture
def stub() -> Iterator[Stub]:
    with opensearch_stub() as stub:
        yield stub


def _ask(stub: Stub, path: str, body: str = "", timeout: float = PATIENCE) -> tuple[int, Any]:
    connection = http.client.HTTPConnection("127.0.0.1", stub.server_port, timeout=timeout)
    try:
        connection.request("POST" if body else "GET", path, body.encode(), {"Content-Type": "application/json"})
        response = connection.getresponse()
        said = response.read()
    finally:
        connection.close()
    return response.status, json.loads(said) if said.startswith((b"{", b"[")) else said.decode()


@pytest.mark.parametrize(("fault", "count"), [(faults.cut, 0), (faults.cut_after, 1)])
def test_a_connection_is_cut_before_or_after_the_work(opensearch: OpenSearchCluster, fault: Fault, count: int) -> None:
    with opensearch.prefix() as prefix, opensearch_stub(opensearch.addresses[0]) as stub:
        opensearch.ask("PUT", f"/{prefix}")
        stub.tell(fault, "_doc")
        with pytest.raises(http.client.RemoteDisconnected):
            _ask(stub, f"/{prefix}/_doc?refresh=true", '{"word": "a"}')
        assert _ask(stub, f"/{prefix}/_count")[1]["count"] == count


def test_replies_that_are_not_whole_are_else_those_of_the_node(opensearch: OpenSearchCluster) -> None:
    with opensearch.prefix() as prefix, opensearch_stub(opensearch.addresses[0]) as stub:
        opensearch.ask("POST", f"/{prefix}/_doc/1?refresh=true", {"word": "a"})
        assert _ask(stub, f"/{prefix}/_search")[1]["_shards"]["successful"] == 1
        stub.tell(faults.partial, "search")
        stub.tell(faults.version("7.10.2", None), " /$")
        whole = _ask(stub, f"/{prefix}/_search")[1]
        assert (whole["_shards"]["total"], whole["_shards"]["successful"], whole["_shards"]["failed"]) == (3, 2, 0)
        assert whole["hits"]["hits"][0]["_source"] == {"word": "a"}
        several = _ask(stub, f"/{prefix}/_msearch", '{}\n{"size": 1}\n{}\n{"size": 0}\n')[1]["responses"]
        assert [each["_shards"]["successful"] for each in several] == [2, 2]
        stub.tell(faults.timed_out, "search")
        assert _ask(stub, f"/{prefix}/_search")[1]["timed_out"] is True
        told = _ask(stub, "/")[1]["version"]
        assert told["number"] == "7.10.2"
        assert "distribution" not in told


def test_an_index_that_takes_nothing_says_what_a_real_one_says(opensearch: OpenSearchCluster, stub: Stub) -> None:
    stub.tell(faults.read_only, "_bulk")
    with opensearch.prefix() as prefix, opensearch_stub(opensearch.addresses[0]) as passing:
        opensearch.ask("PUT", f"/{prefix}")
        opensearch.ask("PUT", f"/{prefix}/_settings", {"index.blocks.read_only_allow_delete": True})
        expected = _ask(passing, f"/{prefix}/_bulk", _BULK.replace("delete", "index").replace('"2"}}', '"2"}}\n{}'))
        got = _ask(stub, f"/{prefix}/_bulk", _BULK)
    assert got[0] == expected[0] == 200
    assert got[1]["errors"] is expected[1]["errors"] is True
    assert [list(item.values()) for item in got[1]["items"]] == [list(item.values()) for item in expected[1]["items"]]


def test_an_index_that_is_gone_is_told_as_a_real_server_tells_it(opensearch: OpenSearchCluster, stub: Stub) -> None:
    stub.tell(faults.index_not_found)
    with opensearch.prefix() as prefix:
        with pytest.raises(RefusedError) as refused:
            opensearch.ask("GET", f"/{prefix}/_count")
        status, got = _ask(stub, f"/{prefix}/_count")
    assert status == refused.value.status == 404
    expected = refused.value.reply["error"]
    assert {name: expected[name] for name in got["error"] if name != "root_cause"}.items() <= got["error"].items()
