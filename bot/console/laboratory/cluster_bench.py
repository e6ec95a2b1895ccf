"""The command `bench --search`: what an edition takes on a cluster, and whether its answers are the embedded index'."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from pydantic import SecretStr

from bot.console.edition_start import progress_bar
from bot.console.laboratory.bench_run import BenchRun, figure
from bot.console.laboratory.score_tables import Columns
from bot.errors import Mistake, SettingsError
from bot.lab.benchmark.answer_run import AnswerRun
from bot.lab.benchmark.cluster_run import ClusterFigures, ClusterRun
from bot.lab.benchmark.materials import Materials
from bot.lab.benchmark.measurements import Machine
from bot.settings import SearchSettings

_WIDTH = 11
_PUBLISHING_COLUMNS = ("build_s", "send_s", "passages_s", "merge_s", "copies_s", "mb_cluster", "mb_side", "mb_edition")
_ANSWER_COLUMNS = (
    *("questions", "alike", "open_s", "p50_of_ms", "p99_of_ms", "max_of_ms", "core_ms", "requests"),
    *("mb_own", "mb_mapped", "p50_times", "p99_times"),
)
_WIDE = 8
_MEGABYTE = 1e6
_MOST_NAMED = 5
_URL = "SEARCH_URL"
_FLAG = "--search"


def named_cluster(given: str, settings: SearchSettings) -> SearchSettings:
    """Return the settings with the addresses that are given, if any; raise SettingsError where they are none."""
    try:
        search = SearchSettings(url=SecretStr(given)) if given else settings
    except ValueError:
        search = None
    if search is None or not search.addresses:
        # What was given may have a password in it.
        raise SettingsError([Mistake(_FLAG if given else _URL, "settings.search_url", "")])
    return search


@dataclass(frozen=True)
class ClusterBenchmark(BenchRun):
    """The benchmark of an edition on a cluster, against the embedded one."""

    sizes = (10_000,)
    search: SearchSettings

    def measure(self, machine: Machine, sizes: Iterator[Materials]) -> None:
        """Measure on the cluster, and print tables or a record; raise SearchError."""
        run = ClusterRun(self.search.addresses, self.search.ca_file, self.phrases, self.knowledge, self.config)
        cluster = run.cluster.check()
        self.say_machine(machine)
        self.say("bench.cluster", address=run.cluster.shown, **asdict(cluster))
        self.show("")
        columns = Columns(_PUBLISHING_COLUMNS, self.terminal.texts, _WIDTH, _WIDE)
        self.show(*columns.headings())
        measured, figures = [], []
        for materials in sizes:
            with progress_bar(self.terminal.texts) as progress:
                each = run.measure(materials, progress)
            measured.append(materials)
            figures.append(each)
            self.show(_publishing_row(each, columns))
        self._show_answers(figures)
        if self.arguments.as_json:
            record = {
                "machine": asdict(machine),
                "cluster": asdict(cluster),
                "corpus": self.arguments.corpus,
                "sizes": [size.record() for size in measured],
                "editions": [each.record() for each in figures],
            }
            self.terminal.json(record)

    def _show_answers(self, figures: Sequence[ClusterFigures]) -> None:
        self.show("")
        self.say("bench.cluster_answers")
        columns = Columns(_ANSWER_COLUMNS, self.terminal.texts, _WIDTH, _WIDE)
        self.show(*columns.headings())
        for each in figures:
            self.show(*_answer_rows(each, columns, self.terminal.texts("row.embedded")))
            differing = each.agreement.differing
            for question in differing[:_MOST_NAMED]:
                self.terminal.warn("bench.differs", question=question)
            if len(differing) > _MOST_NAMED:
                self.terminal.warn("bench.more_differ", count=len(differing) - _MOST_NAMED)
        self.show("")
        self.say("bench.cluster_notes")


def _publishing_row(figures: ClusterFigures, columns: Columns) -> str:
    publishing = figures.publishing
    cells = (
        *map(figure, (publishing.build_seconds, publishing.send_seconds, publishing.sent_per_second)),
        *map(figure, (publishing.merge_seconds, publishing.copy_seconds)),
        figure(publishing.index_bytes / _MEGABYTE),
        figure(figures.published.disk_bytes / _MEGABYTE),
        figure(figures.embedded.disk_bytes / _MEGABYTE),
    )
    return columns.row(f"{publishing.passages:,}", cells)


def _answer_rows(figures: ClusterFigures, columns: Columns, label: str) -> tuple[str, str]:
    """Return the rows of the cluster, under the number of passages, and of the embedded index below it."""
    alike = f"{figures.agreement.alike:,}"
    times = (figure(ratio) for ratio in figures.ratios.values())
    published = (*_cells(figures.published, alike, figure(figures.published.requests)), *times)
    embedded = (*_cells(figures.embedded, "", ""), "", "")
    return (
        columns.row(f"{figures.publishing.passages:,}", published),
        columns.row(label, embedded).rstrip(),
    )


def _cells(run: AnswerRun, alike: str, requests: str) -> tuple[str, ...]:
    return (
        *(f"{run.questions:,}", alike, figure(run.open_seconds)),
        *map(figure, (run.milliseconds_p50, run.milliseconds_p99, run.milliseconds_max, run.milliseconds_core)),
        *(requests, figure(run.megabytes_own), figure(run.megabytes_mapped)),
    )
