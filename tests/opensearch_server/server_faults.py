"""What a server, or the network before it, can do to a request: faults to tell a stub of."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from tests.opensearch_server.stub import Fault, Reply, Request
from tests.patience import PATIENCE

_BLOCKED = "[TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has read-only-allow-delete block]"


def answer(status: int, body: Any) -> Fault:
    """Reply with this JSON, and pass nothing on."""
    return lambda _: Reply(status, json.dumps(body).encode())


def error(status: int, kind: str, reason: str = "told to", **details: Any) -> Fault:
    """Reply as the server does where it refuses, with the type of an exception of its own."""
    cause = {"type": kind, "reason": reason, **details}
    return answer(status, {"error": {"root_cause": [cause], **cause}, "status": status})


# The security plugin's: a user who may not.
forbidden = error(403, "security_exception", "no permissions for [indices:data/read/search] and User [name=isnad]")
busy = error(429, "rejected_execution_exception", "rejected execution of task on queue capacity 1000")
unavailable = error(503, "cluster_manager_not_discovered_exception")
no_shard = error(503, "search_phase_execution_exception", "all shards failed", phase="query", failed_shards=[])


def unauthorized(_: Request) -> Reply:
    """Ask for credentials, or for others, as the security plugin does, which says no JSON."""
    return Reply(401, b"Unauthorized", "text/plain; charset=UTF-8")


def index_not_found(request: Request) -> Reply | None:
    """Reply that the index of the path was removed."""
    name = request.path.split("/")[1]
    fault = error(404, "index_not_found_exception", f"no such index [{name}]", index=name, index_uuid="_na_")
    return fault(request)


def hang(request: Request) -> None:
    """Say nothing until the stub heals or closes, and do nothing."""
    request.released.wait(PATIENCE)


def cut(_: Request) -> None:
    """Cut the connection before the request is done."""


def cut_after(request: Request) -> None:
    """Cut the connection when it was done: the reply is lost."""
    request.do()


def version(number: str, distribution: str | None = "opensearch") -> Fault:
    """Be another version, or another server: None leaves the distribution out, as Elasticsearch does."""

    def change(reply: dict[str, Any]) -> None:
        reply["version"]["number"] = number
        if distribution is None:
            reply["version"].pop("distribution", None)
        else:
            reply["version"]["distribution"] = distribution

    return _changed(change)


def _be_partial(reply: dict[str, Any]) -> None:
    # What a server says whose shard has no copy left, where it may leave it out: none has failed.
    reply["_shards"] = {"total": 3, "successful": 2, "skipped": 0, "failed": 0}


def _run_out_of_time(reply: dict[str, Any]) -> None:
    reply["timed_out"] = True


def _changed(change: Callable[[dict[str, Any]], None]) -> Fault:
    """Change a reply, and each one that it has in it (those of `_msearch`)."""

    def fault(request: Request) -> Reply | None:
        if (reply := request.do()) is None:
            return None
        body = json.loads(reply.body)
        for part in body.get("responses", [body]):
            change(part)
        return Reply(reply.status, json.dumps(body).encode())

    return fault


partial = _changed(_be_partial)
timed_out = _changed(_run_out_of_time)


def read_only(request: Request) -> Reply:
    """Refuse each item of a `_bulk`, as an index does whose disk is full; pass nothing on."""
    items = [{kind: _refused(item)} for kind, item in _actions(request)]
    return Reply(200, json.dumps({"took": 1, "errors": True, "items": items}).encode())


def _actions(request: Request) -> Iterator[tuple[str, dict[str, Any]]]:
    named = request.path.split("/")[1]
    lines = iter(request.body.splitlines())
    for line in lines:
        (kind, item), *_ = json.loads(line).items()
        yield kind, {"_index": named, **item}
        if kind != "delete":
            next(lines, None)


def _refused(item: dict[str, Any]) -> dict[str, Any]:
    reason = f"index [{item['_index']}] blocked by: {_BLOCKED};"
    cause = {"type": "cluster_block_exception", "reason": reason}
    return {"_index": item["_index"], "_id": item.get("_id"), "status": 429, "error": cause}
