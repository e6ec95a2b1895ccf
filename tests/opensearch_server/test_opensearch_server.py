import http.client
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.opensearch_server import installation
from tests.opensearch_server.cluster import OpenSearchCluster, RefusedError
from tests.opensearch_server.installation import NoOpenSearchError, install
from tests.patience import wait_until
from tests.processes import parent_of

_STARTS_AND_WAITS = """
from tests.opensearch_server.cluster import OpenSearchCluster
cluster = OpenSearchCluster()
cluster.launch(0)
print(cluster.nodes[0].pid, flush=True)
input()
"""
_ONE_COPY_EACH = {"settings": {"number_of_shards": 1, "auto_expand_replicas": "0-2"}}


def test_a_node_answers_and_forgets_what_a_test_has_made(opensearch: OpenSearchCluster) -> None:
    assert opensearch.ask("GET", "/")["version"]["number"] == installation.VERSION
    with opensearch.prefix() as prefix:
        opensearch.ask("PUT", f"/{prefix}-one/_doc/1?refresh=true", {"word": "a"})
        assert opensearch.ask("GET", f"/{prefix}-one/_count")["count"] == 1
        with opensearch.prefix() as other:
            assert other != prefix
    with pytest.raises(RefusedError, match="index_not_found_exception") as refused:
        opensearch.ask("GET", f"/{prefix}-one/_count")
    assert refused.value.status == 404


def test_three_nodes_survive_a_kill_and_a_freeze(opensearch_cluster: OpenSearchCluster) -> None:
    cluster = opensearch_cluster
    cluster.ask("PUT", "/words", _ONE_COPY_EACH)
    cluster.ask("PUT", "/words/_doc/1?refresh=true", {"word": "a"})
    cluster.wait_for("green")

    cluster.kill(0)
    with pytest.raises(ConnectionRefusedError):
        cluster.ask("GET", "/", number=0)
    cluster.wait_for("yellow", size=2)
    assert cluster.ask("GET", "/words/_count", number=2)["count"] == 1
    cluster.add(0)
    assert cluster.ask("GET", "/words/_count?preference=_local", number=0)["count"] == 1

    cluster.freeze(1)
    frozen = http.client.HTTPConnection("127.0.0.1", cluster.nodes[1].port, timeout=0.2)
    frozen.request("GET", "/")
    with pytest.raises(TimeoutError):
        frozen.getresponse()
    frozen.close()
    cluster.thaw(1)
    assert cluster.ask("GET", "/words/_count", number=1)["count"] == 1


@pytest.mark.usefixtures("opensearch")
def test_a_node_ends_with_the_process_that_has_started_it(tmp_path: Path) -> None:
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", _STARTS_AND_WAITS],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        # Its folder is left: nobody is there to remove it.
        env={**os.environ, "TMPDIR": str(tmp_path), "XDG_CACHE_HOME": str(installation._CACHE.parent)},
    ) as tests:
        assert tests.stdout
        node = int(tests.stdout.readline())
        assert parent_of(node) == tests.pid
        tests.send_signal(signal.SIGKILL)
    wait_until(lambda: parent_of(node) is None, "the end of a node")


def test_without_java_or_maven_the_reason_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installation, "_CACHE", tmp_path)
    monkeypatch.setattr(installation, "_java_homes", list)
    with pytest.raises(NoOpenSearchError, match=r"3\.9\.0 needs Java 21"):
        install("3.9.0")
    monkeypatch.setattr(installation, "find_java", lambda _: Path("java"))
    monkeypatch.setenv("PATH", os.devnull)
    with pytest.raises(NoOpenSearchError, match="no mvn"):
        install("3.9.0")
