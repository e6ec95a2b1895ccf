"""The phases of a storm: two builders at once, nodes that end and freeze, a reload, a rollback."""

import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from pydantic import SecretStr

from bot.answering import Answerer, Risk
from bot.articles.sources import DirectorySource
from bot.console.coverage import SharedIndex, open_shared_index
from bot.edition import Editions, SharedEditions
from bot.settings import CONFIG, SearchSettings, read_config
from tests.cluster.askers import Askers, Tally
from tests.cluster.coverage import Coverage
from tests.opensearch_server.cluster import OpenSearchCluster


@dataclass(frozen=True)
class Built:
    """What two builders at once made: their last lines, and how many indices there were then."""

    said: tuple[str, ...]
    indices: int
    seconds: float

    def report(self, tallies: Sequence[Tally]) -> Iterator[str]:
        """Yield the lines of a report on it, and on the questions of all phases."""
        yield from ("".join(self.said).rstrip(), f"two builders at once: {self.indices} index, {self.seconds:.0f} s")
        yield f"{'phase':<30}{'asked':>7}{'failed':>8}{'different':>11}{'p50 ms':>9}{'p99 ms':>9}{'slowest ms':>12}"
        for tally in tallies:
            counts = f"{len(tally.seconds):>7}{len(tally.failed):>8}{len(tally.different):>11}"
            times = f"{tally.quantile(0.5):>9.1f}{tally.quantile(0.99):>9.1f}{tally.quantile(1):>12.0f}"
            yield f"{tally.phase:<30}{counts}{times}"
        for tally in tallies:
            yield from (*tally.failed, *tally.different)


class Storm:
    """A bot that follows a cluster of three nodes, asked all the time while those and what serves change."""

    def __init__(self, cluster: OpenSearchCluster, coverage: Coverage, *, asked: int, pause: float) -> None:
        """Ask at least so many questions in each phase; a node stays frozen for a pause of so many seconds."""
        self._cluster, self._coverage = cluster, coverage
        self._asked, self._pause = asked, pause
        self._phrases, self._knowledge = read_config(CONFIG, Risk.NORMAL)

    def run(self, folder: Path) -> tuple[Built, list[Tally]]:
        """Publish, ask through all phases, and return what came of both."""
        expected = self._coverage.embedded_records(self._knowledge, self._phrases)
        built = self._publish_twice()
        self._cluster.wait_for("green")
        settings = SearchSettings(url=SecretStr(",".join(self._cluster.addresses)))
        with closing(open_shared_index(settings, folder, self._phrases, self._knowledge.analyser)) as shared:
            editions = SharedEditions(DirectorySource(self._coverage.before), _never, store=shared.store, builds=False)
            editions.start()
            askers = Askers(Answerer(self._knowledge), editions, self._coverage.questions, expected)
            with askers.asking():
                askers.wait(self._asked)
                for phase in self._phases(editions, shared):
                    askers.begin(phase)
                    askers.wait(self._asked)
        return built, askers.tallies

    def _phases(self, editions: Editions, shared: SharedIndex) -> Iterator[str]:
        """Change something, and yield what it is called, while questions are asked."""
        self._cluster.kill(0)
        yield "a node is killed"
        self._cluster.add(0)
        yield "it comes back"
        self._cluster.wait_for("green")
        self._cluster.freeze(1)
        yield "another one freezes"
        time.sleep(self._pause)
        self._cluster.thaw(1)
        yield "it goes on"
        self._cluster.wait_for("green")
        first = editions.current.fingerprint
        with self._coverage.publish(self._coverage.after, self._cluster.addresses) as publishing:
            yield "a new coverage is published"
            while editions.follow() is None:
                assert publishing.poll() in {None, 0}
                time.sleep(0.1)
            yield "it serves"
        assert editions.current.fingerprint != first
        editions.rollback("42")
        yield "it is rolled back"
        assert editions.current.fingerprint == first
        assert shared.publications.serving() is not None

    def _publish_twice(self) -> Built:
        """Publish the same coverage by two processes at once."""
        began = time.perf_counter()
        both = [self._coverage.publish(self._coverage.before, self._cluster.addresses) for _ in range(2)]
        said = tuple(process.communicate()[0] for process in both)
        assert [process.returncode for process in both] == [0, 0], said
        indices = self._cluster.ask("GET", "/_cat/indices/isnad-*?format=json")
        return Built(said, len(indices), time.perf_counter() - began)


def _never(path: Path, _: object) -> NoReturn:
    raise AssertionError(f"this process builds nothing of {path}")
