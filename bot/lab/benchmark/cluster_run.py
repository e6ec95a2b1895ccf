"""An edition measured on a cluster: published, asked in a fresh process, compared with the embedded one, removed."""

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.answering import Knowledge
from bot.articles import BoilerplatePhrases
from bot.edition import EditionBuilder, StageCallback, configuration_key
from bot.lab.benchmark.answer_run import AnswerRun, measure_embedded, measure_published
from bot.lab.benchmark.materials import Materials
from bot.lab.benchmark.measurements import measure
from bot.retrieval import SearchError
from bot.retrieval.opensearch import Cluster, Publication, Publications

PREFIX = "isnad-bench"
"""The beginning of the names of this benchmark's indices, of which none outlasts it."""
# A million passages took ten minutes on two idle cores, and a cluster beside them leaves less than half.
_MOST_BUILD_SECONDS = 14_400.0


@dataclass(frozen=True, slots=True)
class PublishingFigures:
    """An edition on a cluster: seconds to build it here, to send it, to merge it and to copy it, and bytes.

    `sent_per_second` counts passages, with whose documents go those of the articles and of the side file.
    `merge_seconds` are those from the last document to an index that can serve; `copy_seconds` those after it until
    each node that is to have a copy has one, None where one never came. `index_bytes` are those of one copy.
    """

    passages: int
    build_seconds: float
    send_seconds: float
    sent_per_second: float
    merge_seconds: float
    copy_seconds: float | None
    index_bytes: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many of the compared JSON records are alike but for `ms`; of those that differ, the questions."""

    compared: int
    alike: int
    differing: Sequence[str]


@dataclass(frozen=True, slots=True)
class ClusterFigures:
    """Whole answers of one edition from the cluster and from the embedded index, one process after the other."""

    publishing: PublishingFigures
    published: AnswerRun
    embedded: AnswerRun
    agreement: Agreement

    @property
    def ratios(self) -> dict[str, float]:
        """How many times as long an answer from the cluster takes."""
        names = ("milliseconds_p50", "milliseconds_p99")
        return {name: getattr(self.published, name) / getattr(self.embedded, name) for name in names}

    def record(self) -> dict[str, Any]:
        """Return the figures for JSON, without the records of the answers."""
        runs = {name: asdict(getattr(self, name)) for name in ("published", "embedded")}
        for run in runs.values():
            del run["records"]
        return {**asdict(self.publishing), **runs, "ratios": self.ratios, **asdict(self.agreement)}


@dataclass
class ClusterRun:
    """Editions of made-up or given text, one after the other on one cluster; each is removed before the next.

    It is given as `Cluster` takes it; without the library SearchMissingError is raised.
    """

    _addresses: Sequence[str]
    _ca_file: Path | None
    _phrases: BoilerplatePhrases
    _knowledge: Knowledge
    _config: Path

    def __post_init__(self) -> None:
        self.cluster = Cluster(self._addresses, ca_file=self._ca_file)
        self._configuration = configuration_key(self._phrases, self._knowledge.analyser)

    def measure(self, materials: Materials, progress: StageCallback | None) -> ClusterFigures:
        """Measure the edition of some materials; raise BuildError, SearchError, and FailedError of a process."""
        cache = materials.folder / "editions"
        questions = materials.questions_file
        with self._published(materials, cache, progress) as (publication, publishing):
            published = measure(
                measure_published,
                config=self._config,
                addresses=self._addresses,
                ca_file=self._ca_file,
                prefix=PREFIX,
                configuration=self._configuration,
                index=publication.name,
                questions=questions,
            )
        embedded = measure(measure_embedded, self._config, materials.articles_file, questions, cache)
        return ClusterFigures(publishing, published, embedded, compare_records(published.records, embedded.records))

    @contextmanager
    def _published(
        self, materials: Materials, cache: Path, progress: StageCallback | None
    ) -> Iterator[tuple[Publication, PublishingFigures]]:
        """Publish an edition, and remove it at the end, whatever that is."""
        publications = Publications(self.cluster, PREFIX, self._configuration, materials.folder)
        # A run that was killed left its index: it would be found, and nothing sent.
        for left in (*publications.kept(), *publications.others()):
            publications.discard(left)
        publications.remove_old()
        analyser = self._knowledge.analyser
        builder = EditionBuilder(self._phrases, analyser, cache, large=0, seconds=_MOST_BUILD_SECONDS)
        began = time.perf_counter()
        edition = builder.build(materials.articles_file, progress)
        built = time.perf_counter()
        sent = [0.0]

        def note(done: int, total: int) -> None:
            # While documents are merged, the cluster says again and again that all have arrived.
            sent[0] = sent[0] or (time.perf_counter() if done == total else 0.0)
            if progress:
                progress("publishing", done, total)

        publication = publications.publish(edition.arrays, edition.facts, {}, note)
        ready = time.perf_counter()
        try:
            copied = time.perf_counter() if publications.wait_for_copies(publication) else None
            yield (
                publication,
                PublishingFigures(
                    passages=len(edition.index),
                    build_seconds=built - began,
                    send_seconds=sent[0] - built,
                    sent_per_second=len(edition.index) / (sent[0] - built),
                    merge_seconds=ready - sent[0],
                    copy_seconds=copied - ready if copied else None,
                    index_bytes=publications.size(publication),
                ),
            )
        except BaseException:
            # What ended it is told, and not that a cluster that is away cannot be tidied up.
            with suppress(SearchError):
                publications.discard(publication)
            raise
        publications.discard(publication)


def compare_records(published: Sequence[str], embedded: Sequence[str]) -> Agreement:
    pairs = list(zip(published, embedded, strict=True))
    differing = [json.loads(one)["question"] for one, other in pairs if one != other]
    return Agreement(len(pairs), len(pairs) - len(differing), differing)
