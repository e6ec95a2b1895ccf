"""A cluster of OpenSearch: requests that try every node, and never take a part of an answer for the whole."""

import http.client
import json
import logging
import re
import ssl
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from pydantic_core import from_json
from yarl import URL

from bot.retrieval.engine import (
    IndexBlockedError,
    IndexGoneError,
    SearchAwayError,
    SearchDeniedError,
    SearchError,
    SearchMissingError,
    SearchUnknownError,
)

logger = logging.getLogger(__name__)

SECONDS = 2.0
"""For how long a node may take to answer a question; a healthy one takes some milliseconds."""
# So many hits, or documents of an index, take as long again as a healthy node has at least. Chosen: far more than the
# milliseconds that were measured, since a node that is slow is not away.
_HITS, _DOCUMENTS = 2500, 5_000_000
# Retries besides the first try: enough to find the one of three nodes that still answers, before the watchdog takes the
# threads that answer for stuck.
_TRIES = 3
# What a node answers that is overloaded, restarting, or has lost its copy of an index.
_PASSING = (429, 500, 502, 503, 504)
_DENIED, _NOT_FOUND, _UNAVAILABLE = (401, 403), 404, 503
_NO_TLS = "; is it a port for https://?"
# After so many failures in a row requests fail at once, rather than after all time-outs.
_MOST_FAILURES, _PAUSE = 5, 5.0
_CONNECTIONS = 8  # as many threads as may ask at once
# As OpenSearch's security plugin words it: "no permissions for [indices:data/read/search] and User [name=…".
_RIGHT = re.compile(r"no permissions for \[([a-z_:/*-]+)")


@dataclass(frozen=True, slots=True)
class ServerState:
    """A cluster as it says it is: the version, "green", "yellow" or "red", and how many nodes it has."""

    version: str
    status: str
    nodes: int


class SearchRequestError(SearchUnknownError):
    """The server says that a request is wrong: its name of the error, a colon, and a sentence."""

    @property
    def kind(self) -> str:
        return self.cause.partition(":")[0]


class Cluster:
    """Requests to a cluster, from any thread, by its library.

    Every method raises SearchAwayError where no node answers, SearchDeniedError where it takes no request of ours,
    IndexGoneError where the index is not there, IndexBlockedError where full disks or an operator forbid what is
    asked, and SearchRequestError where it says that a request is wrong.
    """

    def __init__(
        self, addresses: Sequence[str], *, seconds: float = SECONDS, ca_file: Path | None = None, pause: float = _PAUSE
    ) -> None:
        """Ask the nodes at some addresses, each given so many seconds; raise SearchMissingError without the library.

        `ca_file` has the certificates that a server's own must be signed with, else those that browsers know. While the
        cluster is away, one request in so many seconds of a pause is tried.
        """
        self.shown = ", ".join(str(URL(address).with_user(None)) for address in addresses)
        """The addresses without what is secret in them."""
        self._seconds = seconds
        self._patience = threading.local()
        # How many requests in a row were not answered, why the last one was not, and when the next may be tried.
        self._failures, self._last_cause, self._next = 0, "", 0.0
        self._pause = pause
        try:
            # Measured: the library takes 0.2 s and 19 MB, and an embedded index needs none; besides, it is an extra.
            library = import_module("opensearchpy")
        except ImportError as error:
            raise SearchMissingError from error
        # The library logs every request that failed with its whole body; what matters of it is logged here.
        logging.getLogger("opensearch").setLevel(logging.CRITICAL)
        self._exceptions = library.exceptions
        serializer = library.serializer.JSONSerializer()
        # Measured: it takes half as long.
        serializer.loads = self._loads
        self._client = library.OpenSearch(
            list(addresses),
            timeout=seconds,
            max_retries=_TRIES,
            retry_on_timeout=True,
            retry_on_status=_PASSING,
            dead_timeout=10.0,
            pool_maxsize=_CONNECTIONS,
            http_compress=False,
            ca_certs=str(ca_file) if ca_file else None,
            serializer=serializer,
        )

    @property
    def is_away(self) -> bool:
        """Whether the last requests failed, so that most are not even tried."""
        return self._failures >= _MOST_FAILURES

    @contextmanager
    def patience(self, seconds: float) -> Iterator[None]:
        """Give each node that is asked by this thread meanwhile so many seconds: nobody waits for the answer."""
        before = getattr(self._patience, "seconds", self._seconds)
        self._patience.seconds = seconds
        try:
            yield
        finally:
            self._patience.seconds = before

    def check(self) -> ServerState:
        """Ask the cluster how it is; raise SearchUnknownError where this program was not written for such a server."""
        try:
            said = self.request("GET", "/")
        except IndexGoneError as error:
            # No index was asked for: what answers there has nothing at the root of the address.
            raise SearchUnknownError(error.cause) from error
        version = said.get("version", {}) if isinstance(said, dict) else {}
        number, distribution = str(version.get("number", "")), version.get("distribution", "")
        if distribution != "opensearch" or not number.startswith(("2.", "3.")):
            raise SearchUnknownError(f"{distribution or '?'} {number or '?'}")
        health = self.request("GET", "/_cluster/health")
        return ServerState(number, health["status"], health["number_of_nodes"])

    def search_all(self, index: str, bodies: Sequence[Mapping[str, Any]], documents: int = 0) -> list[dict[str, Any]]:
        """Run searches of an index, or of several, of all of it, in one request; return the responses in order.

        The more `documents` there are and the more hits are asked for, the longer a node may take.
        """
        header = _TOGETHER if "," in index else _WHOLE
        lines = b"".join(header + json.dumps(body).encode() + b"\n" for body in bodies)
        times = 1 + sum(body.get("size", 0) for body in bodies) / _HITS + documents / _DOCUMENTS
        responses: list[dict[str, Any]] = self.request("POST", f"/{index}/_msearch", lines, times=times)["responses"]
        for response in responses:
            if "error" in response:
                raise _error(response.get("status", 0), response)
            shards = response["_shards"]
            if response["timed_out"] or shards["successful"] != shards["total"] or shards["failed"]:
                raise SearchAwayError(f"{shards['successful']} of {shards['total']} shards")
        return responses

    def bulk(self, alias: str, lines: bytes, *, seconds: float | None = None) -> dict[str, Any]:
        """Send lines of actions and documents; return the response, in which single ones may have failed.

        They go to the index of an alias: the name of an index that is no more would make another, without our mapping.
        """
        alone = {"require_alias": "true"}
        response: dict[str, Any] = self.request("POST", f"/{alias}/_bulk", lines, alone, seconds=seconds)
        return response

    def request(  # noqa: PLR0913 (what to send, and how)
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | bytes | None = None,
        params: Mapping[str, Any] | None = None,
        *,
        seconds: float | None = None,
        times: float = 1.0,
        missing_ok: bool = False,
    ) -> Any:
        """Send a request to whichever node answers; return what it says, None for what is not there where that may be.

        A node may take so many `seconds`, or so many `times` as long as the patience of the thread is.
        A request that was not answered in time is sent again, so that it may have an effect twice.
        """
        if self.is_away and time.monotonic() < self._next:
            raise SearchAwayError(self._last_cause)
        self._next = time.monotonic() + self._pause
        headers = {"content-type": "application/x-ndjson" if isinstance(body, bytes) else "application/json"}
        timeout = seconds or times * getattr(self._patience, "seconds", self._seconds)
        try:
            said = self._client.transport.perform_request(
                method, path, params=dict(params or {}), body=body, timeout=timeout, headers=headers
            )
        except (self._exceptions.OpenSearchException, self._exceptions.ImproperlyConfigured) as error:
            raised = self._raised(error)
            self._note(raised)
            if missing_ok and isinstance(raised, IndexGoneError):
                return None
            raise raised from error
        self._note(None)
        return said

    def close(self) -> None:
        self._client.close()

    def _loads(self, said: str) -> Any:
        try:
            return from_json(said, cache_strings="keys")
        except ValueError as error:
            raise self._exceptions.SerializationError(said, error) from error

    def _raised(self, error: Any) -> SearchError:
        if isinstance(error, self._exceptions.ConnectionError):
            return SearchAwayError(f"{self.shown}: {_no_connection(error.info, self.shown)}")
        if isinstance(error, self._exceptions.TransportError) and isinstance(error.status_code, int):
            return _error(error.status_code, error.info)
        # What answers there speaks no JSON.
        return SearchUnknownError(type(error).__name__)

    def _note(self, error: SearchError | None) -> None:
        """Note how a request went, and log it where that is news."""
        was_away = self.is_away
        if isinstance(error, SearchAwayError) and not isinstance(error, IndexGoneError):
            self._failures, self._last_cause = self._failures + 1, error.cause
            self._next = time.monotonic() + self._pause
        else:
            self._failures = 0
        if self.is_away and not was_away:
            logger.info("The search cluster does not answer, few requests are tried until it does: %s", error)
        elif was_away and not self.is_away:
            logger.info("The search cluster answers again: %s", self.shown)


# Without the first a cluster that lost a part of an index answers from the rest, and says so only in passing. Each node
# has a copy of all: without the last, one that is well may wait for another that is frozen.
_HEADER = {"allow_partial_search_results": False, "request_cache": False, "preference": "_local"}
_WHOLE = json.dumps(_HEADER).encode() + b"\n"
# Several indices weigh a word alike only where its frequencies in all of them are added up first.
_TOGETHER = json.dumps(_HEADER | {"search_type": "dfs_query_then_fetch"}).encode() + b"\n"


def _no_connection(error: Any, shown: str) -> str:
    """Say why nobody answered, in words that hold no address, which the library's own may."""
    causes = [error]
    for cause in causes:
        within = (cause.__cause__, cause.__context__, getattr(cause, "reason", None), *cause.args)
        causes += [one for one in within if isinstance(one, BaseException) and one not in causes]
    for cause in reversed(causes):
        if isinstance(cause, ssl.SSLError):
            words = getattr(cause, "verify_message", "") or cause.reason or "?"
            return f"SSLError: {words}"
    if any("Timeout" in type(cause).__name__ for cause in causes):
        return "no answer in time"
    if any(isinstance(cause, http.client.HTTPException | ConnectionResetError) for cause in causes):
        # So does a node that is killed, and one that speaks TLS and is asked without.
        return "the connection was closed without an answer" + _NO_TLS * ("http://" in shown)
    if words := next((cause.strerror for cause in causes if isinstance(cause, OSError) and cause.strerror), None):
        return words
    return type(error).__name__


def _error(status: int, said: Any) -> SearchError:
    told = said.get("error") if isinstance(said, dict) else None
    kind = str(told.get("type", "")) if isinstance(told, dict) else ""
    words = str(told.get("reason", "")) if isinstance(told, dict) else ""
    reason = f"{status} {kind}".strip()
    if ("block" in kind or kind == "index_closed_exception") and status != _UNAVAILABLE:
        return IndexBlockedError(f"{reason}: {words}")
    if status in _DENIED:
        # Which right is lacking; the rest of the sentence names the user and all its roles.
        right = _RIGHT.search(words)
        return SearchDeniedError(f"{reason} {right[1]}" if right else reason)
    if kind == "index_not_found_exception" or (status == _NOT_FOUND and not kind):
        return IndexGoneError(reason)
    if status in _PASSING:
        return SearchAwayError(reason)
    return SearchRequestError(f"{kind or status}: {words or said}")
