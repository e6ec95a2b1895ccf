"""Processes that publish editions on a server, and the editions that the tests publish."""

import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

from bot.edition import Edition
from bot.retrieval.opensearch import Publication, Publications
from bot.retrieval.opensearch.cluster import Cluster
from bot.retrieval.opensearch.publications.published_index import IndexRequests
from tests.retrieval.opensearch.publications.editions import CONFIGURATION, edition

FIRST, SECOND = edition("أول"), edition("ثان")
STATE = {"version": {"revision": "1"}, "key": None}


class Builder:
    """A process that publishes editions."""

    def __init__(
        self, address: str, prefix: str, configuration: str = CONFIGURATION, folder: Path | None = None
    ) -> None:
        folder = folder or Path(tempfile.gettempdir(), prefix)
        self.prefix = prefix
        self.cluster = Cluster([address])
        self.publications = Publications(self.cluster, prefix, configuration, folder, pauses=(0, 0))
        self.indices = IndexRequests(self.cluster, prefix)

    def publish(self, edition: Edition, progress: Callable[[int, int], None] = lambda _, __: None) -> Publication:
        return self.publications.publish(edition.arrays, edition.facts, STATE, progress)


def publish_until_killed(address: str, prefix: str) -> None:
    """Publish, say how many documents have arrived, and go no further."""

    def hold(done: int, _: int) -> None:
        sys.stdout.write(f"{done}\n")
        sys.stdout.flush()
        threading.Event().wait()

    Builder(address, prefix).publish(FIRST, hold)
