"""Whole answers measured in this process, from an embedded edition, or from a cluster and a side file."""

import gc
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.answering import Answer, Answerer, Knowledge, Risk
from bot.articles import BoilerplatePhrases
from bot.edition import Edition, EditionBuilder
from bot.lab.benchmark.materials import read_lines
from bot.lab.benchmark.measurements import BotMeasurement, forget_peak, memory, peak_of_children, time_calls
from bot.retrieval import IndexGoneError
from bot.retrieval.opensearch import Cluster, Publications, SealedIndex
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
    JSON records of all questions, in order, without their times.
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


def _read_config(folder: Path) -> tuple[Knowledge, BoilerplatePhrases]:
    return Knowledge.read(folder, Risk.NORMAL), BoilerplatePhrases.read(folder / "marks.toml")


def measure_answers(config: Path, articles: Path, questions: Path, words: int, budget: float) -> BotMeasurement:
    """Build an edition of a file of `words` words, and time a file of questions within a budget of seconds."""
    computed = time.process_time()
    knowledge, phrases = _read_config(config)
    computed = time.process_time() - computed
    answerer, asked = Answerer(knowledge), read_lines(questions)
    with TemporaryDirectory() as cache:
        builder = EditionBuilder(phrases, knowledge.analyser, Path(cache), large=0)
        forget_peak()
        began = time.perf_counter()
        edition = builder.build(articles)
        seconds, building = time.perf_counter() - began, peak_of_children()
        warm = _warm_start(articles, asked[0], cache)
        gc.collect()
        after = memory("VmRSS")
        timed = time_calls(lambda question: answerer.answer(question, edition), asked, budget, keep=len(asked))
        return BotMeasurement(
            passages=len(edition.index),
            questions=timed.calls,
            answered=sum(isinstance(outcome, Answer) for outcome in timed.first),
            lists_seconds=computed,
            cold_seconds=seconds,
            warm_seconds=warm,
            passages_per_second=len(edition.index) / seconds,
            words_per_second=words / seconds,
            milliseconds_p50=timed.p50 * 1e3,
            milliseconds_p99=timed.p99 * 1e3,
            milliseconds_max=timed.most * 1e3,
            megabytes_building=building,
            megabytes_after=after,
            megabytes_peak=memory("VmHWM"),
        )


def _warm_start(articles: Path, question: str, cache: str) -> float:
    """Return the seconds that the program takes for one question where the edition is stored already."""
    began = time.perf_counter()
    subprocess.run(  # noqa: S603 - the program is our own
        [sys.executable, "-m", "bot", "ask", question, "--corpus", str(articles)],
        env={**os.environ, "CORPUS_CACHE": cache},
        capture_output=True,
        check=False,
    )
    return time.perf_counter() - began


class CountingCluster(Cluster):
    """A cluster that counts its requests."""

    requests = 0

    def request(self, *arguments: Any, **options: Any) -> Any:
        self.requests += 1
        return super().request(*arguments, **options)


def measure_embedded(config: Path, articles: Path, questions: Path, cache: Path) -> AnswerRun:
    """Answer a file of questions from the edition of a file of articles, which a folder has already."""
    knowledge, phrases = _read_config(config)
    builder = EditionBuilder(phrases, knowledge.analyser, cache, large=0)
    return _measure(knowledge, lambda: builder.build(articles), questions, cache)


def measure_published(  # noqa: PLR0913 (where the index is, and what it is asked)
    *,
    config: Path,
    addresses: Sequence[str],
    ca_file: Path | None,
    prefix: str,
    configuration: str,
    index: str,
    questions: Path,
) -> AnswerRun:
    """Answer a file of questions from an index of a cluster, of which this process first fetches the side file.

    Raise SearchError.
    """
    knowledge, _ = _read_config(config)
    cluster = CountingCluster(addresses, ca_file=ca_file)
    with TemporaryDirectory() as folder:
        publications = Publications(cluster, prefix, configuration, Path(folder))

        def open_edition() -> Edition:
            publication = next((each for each in publications.kept() if each.name == index), None)
            if publication is None:
                raise IndexGoneError(index)
            arrays, facts = publications.fetch_side_file(publication)
            return Edition.from_side_file(SealedIndex(cluster, publication.seals), arrays, facts, knowledge.analyser)

        return _measure(knowledge, open_edition, questions, Path(folder), lambda: cluster.requests)


def _measure(
    knowledge: Knowledge,
    open_edition: Callable[[], Edition],
    questions: Path,
    folder: Path,
    requests: Callable[[], int] = lambda: 0,
) -> AnswerRun:
    answerer, asked = Answerer(knowledge), read_lines(questions)
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
        # Their times are never alike.
        records=[
            json.dumps(record(answerer.answer(question, edition), 0) | {"ms": None}, ensure_ascii=False)
            for question in asked
        ],
    )
