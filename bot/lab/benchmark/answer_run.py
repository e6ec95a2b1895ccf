"""Whole answers measured in this process: from an embedded edition, or from a cluster and a side file."""

import gc
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.answering import Answer, Answerer, Knowledge, Refusal, Risk
from bot.articles import BoilerplatePhrases
from bot.edition import Edition, EditionBuilder
from bot.lab.benchmark.materials import read_lines
from bot.lab.benchmark.measurements import memory, time_calls
from bot.retrieval.opensearch import Cluster, IndexGoneError, Publications, SealedIndex
from bot.texts.json_record import record

# It is not to end before all questions are asked, but where an answer takes a quarter of a second.
_BUDGET_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class AnswerRun:
    """The answers of one process: seconds to open the edition, milliseconds a question, megabytes (10^6 bytes).

    `milliseconds_core` are those that a core computed for a question here, a mean, which load hardly changes.
    `megabytes_own` is the memory that no other process can share, `megabytes_mapped` the pages of files beside it, most
    of them of the edition or of the side file; both after all questions, None on systems that do not tell.
    `disk_bytes` are those of the edition, or of the side file, on the disk of this machine.
    `requests` is how many requests to the cluster a question took, a mean; `records` are the
    JSON records of all questions, in order, without `ms`.
    """

    questions: int
    open_seconds: float
    milliseconds_p50: float
    milliseconds_p99: float
    milliseconds_max: float
    milliseconds_core: float
    megabytes_own: float | None
    megabytes_mapped: float | None
    disk_bytes: int
    requests: float
    records: Sequence[str]


class CountingCluster(Cluster):
    """A cluster that counts its requests."""

    requests = 0

    def request(self, *arguments: Any, **options: Any) -> Any:
        """Send a request, and count it."""
        self.requests += 1
        return super().request(*arguments, **options)


def measure_embedded(config: str, articles: str, questions: str, cache: str) -> AnswerRun:
    """Answer a file of questions from the edition of a file of articles, which a folder has already."""
    knowledge = Knowledge.read(Path(config), Risk.NORMAL)
    phrases = BoilerplatePhrases.read(Path(config) / "marks.toml")
    builder = EditionBuilder(phrases, knowledge.analyser, Path(cache), large=0)
    return _measure(knowledge, lambda: builder.build(Path(articles)), questions, Path(cache))


def measure_published(  # noqa: PLR0913 (where the index is, and what it is asked)
    *,
    config: str,
    addresses: Sequence[str],
    ca_file: str | None,
    prefix: str,
    configuration: str,
    index: str,
    questions: str,
) -> AnswerRun:
    """Answer a file of questions from an index of a cluster, of which this process first fetches the side file.

    Raise SearchError.
    """
    knowledge = Knowledge.read(Path(config), Risk.NORMAL)
    cluster = CountingCluster(addresses, ca_file=Path(ca_file) if ca_file else None)
    publications = Publications(cluster, prefix, configuration)
    with TemporaryDirectory() as folder:

        def open_edition() -> Edition:
            publication = next((each for each in publications.kept() if each.name == index), None)
            if publication is None:
                raise IndexGoneError(index)
            arrays, facts = publications.fetch_side_file(publication, Path(folder))
            sealed = SealedIndex(cluster, index, publication.seal)
            return Edition.from_side_file(sealed, arrays, facts, knowledge.analyser)

        return _measure(knowledge, open_edition, questions, Path(folder), lambda: cluster.requests)


def _measure(
    knowledge: Knowledge,
    open_edition: Callable[[], Edition],
    questions: str,
    folder: Path,
    requests: Callable[[], int] = lambda: 0,
) -> AnswerRun:
    answerer, asked = Answerer(knowledge), read_lines(Path(questions))
    began = time.perf_counter()
    edition = open_edition()
    opened = time.perf_counter() - began
    before, computed, calls = requests(), time.process_time(), 0

    def answer(question: str) -> None:
        nonlocal calls
        calls += 1
        # An outcome holds articles, and nobody does in a bot.
        answerer.answer(question, edition)

    timed = time_calls(answer, asked, _BUDGET_SECONDS)
    core, asked_cluster = time.process_time() - computed, requests() - before
    gc.collect()
    return AnswerRun(
        questions=timed.calls,
        open_seconds=opened,
        milliseconds_p50=timed.p50 * 1e3,
        milliseconds_p99=timed.p99 * 1e3,
        milliseconds_max=timed.most * 1e3,
        milliseconds_core=core / calls * 1e3,
        megabytes_own=memory("RssAnon"),
        megabytes_mapped=memory("RssFile"),
        disk_bytes=sum(file.stat().st_size for file in folder.iterdir()),
        requests=asked_cluster / calls,
        records=[_record(answerer.answer(question, edition)) for question in asked],
    )


def _record(outcome: Answer | Refusal) -> str:
    """Return the JSON record of an outcome without its time."""
    return json.dumps({name: value for name, value in record(outcome, 0).items() if name != "ms"}, ensure_ascii=False)
