"""A cluster of one node or of several, on loopback, whose nodes can be killed, frozen and started anew."""

import http.client
import json
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.opensearch_server.installation import install
from tests.opensearch_server.node import Node
from tests.patience import PATIENCE, wait_until

_HEAP = "256m"
_LONGEST_REPLY = PATIENCE / 10


class RefusedError(Exception):
    """The server has refused a request of the test's."""

    def __init__(self, status: int, reply: Any) -> None:
        super().__init__(f"{status}: {reply}")
        self.status, self.reply = status, reply


class OpenSearchCluster:
    """Nodes that are numbered from 0, each a process; they end with the process that has started them."""

    def __init__(self, size: int = 1, *, heap: str = _HEAP) -> None:
        """Take ports and a folder; raise NoOpenSearchError."""
        self._heap = heap
        self._installation = install()
        self._folder = Path(tempfile.mkdtemp(prefix="isnad-opensearch-"))
        self.nodes = [Node(f"n{number}", self._folder / f"n{number}") for number in range(size)]
        self._settings = {
            "cluster.name": self._folder.name,
            "cluster.routing.allocation.disk.threshold_enabled": "false",
            **({"discovery.type": "single-node"} if size == 1 else self._discovery()),
        }

    @property
    def addresses(self) -> list[str]:
        """The addresses of all nodes, as SEARCH_URL has them."""
        return [f"http://127.0.0.1:{node.port}" for node in self.nodes]

    def start(self) -> None:
        """Start all nodes, and wait until the cluster is green."""
        for number in range(len(self.nodes)):
            self.launch(number)
        self.wait_for("green")

    def launch(self, number: int) -> None:
        """Start a node, and wait for nothing; it ends with the thread that has started it."""
        self.nodes[number].launch(self._installation, self._heap, self._settings)

    def add(self, number: int) -> None:
        """Start a node again that was killed, with the data that it had, and wait until the cluster is green."""
        self.launch(number)
        self.wait_for("green")

    def kill(self, number: int) -> None:
        """End a node at once, as `kill -9` does; its address then refuses connections."""
        self.nodes[number].kill()

    def freeze(self, number: int) -> None:
        """Let a node stand still: it takes connections and says nothing."""
        self.nodes[number].freeze()

    def thaw(self, number: int) -> None:
        """Let a frozen node go on."""
        self.nodes[number].thaw()

    def close(self) -> None:
        """End all nodes and remove their files."""
        for node in self.nodes:
            node.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def wait_for(self, status: str, size: int | None = None) -> None:
        """Wait for a status or a better one, and for as many nodes as are named, or as can reply."""
        size = sum(node.replies for node in self.nodes) if size is None else size
        query = f"/_cluster/health?wait_for_status={status}&wait_for_nodes={size}&timeout=1s"

        def is_so() -> bool:
            if failed := [node for node in self.nodes if node.has_failed]:
                raise RuntimeError(f"{failed[0].name} has ended: {failed[0].log}")
            try:
                return not self.ask("GET", query)["timed_out"]
            except (OSError, http.client.HTTPException, RefusedError):
                return False

        try:
            wait_until(is_so, f"a {status} cluster of {size}")
        except TimeoutError as error:
            error.add_note(self.nodes[0].log)
            raise

    def ask(self, method: str, path: str, body: Any = None, *, number: int | None = None) -> Any:
        """Send a request to a node, the first that can reply by default, and return its JSON; raise RefusedError."""
        node = next(node for node in self.nodes if node.replies) if number is None else self.nodes[number]
        connection = http.client.HTTPConnection("127.0.0.1", node.port, timeout=_LONGEST_REPLY)
        try:
            sent = None if body is None else json.dumps(body)
            connection.request(method, path, sent, {"Content-Type": "application/json"})
            response = connection.getresponse()
            reply = json.loads(response.read() or "null")
        finally:
            connection.close()
        if response.status >= http.HTTPStatus.BAD_REQUEST:
            raise RefusedError(response.status, reply)
        return reply

    @contextmanager
    def prefix(self) -> Iterator[str]:
        """Return what names of indices can begin with that nobody else uses, and remove these at the end."""
        prefix = f"test{secrets.token_hex(4)}"
        yield prefix
        if any(node.replies for node in self.nodes):
            for name in self.ask("GET", f"/_cat/indices/{prefix}*?format=json&h=index&expand_wildcards=all"):
                self.ask("DELETE", f"/{name['index']}")

    def _discovery(self) -> dict[str, str]:
        seeds = [f"127.0.0.1:{node.transport_port}" for node in self.nodes]
        return {
            "discovery.seed_hosts": json.dumps(seeds),
            "cluster.initial_cluster_manager_nodes": json.dumps([node.name for node in self.nodes]),
        }


@contextmanager
def opensearch_cluster_of(size: int, *, heap: str = _HEAP) -> Iterator[OpenSearchCluster]:
    """Run a cluster; raise NoOpenSearchError."""
    cluster = OpenSearchCluster(size, heap=heap)
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.close()
