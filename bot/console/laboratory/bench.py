"""The command `bench`: speed and memory against rank-bm25 and its peers, as tables, a record and a plot."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from bot.console.laboratory.bench_run import BenchRun, figure
from bot.console.laboratory.score_tables import Columns
from bot.lab.benchmark.compare import ComparedEngine, Skipped, compare_engines, measure_bot, svg
from bot.lab.benchmark.engines import ENGINES, OURS, TOP
from bot.lab.benchmark.materials import QUERY_TOKENS, Materials
from bot.lab.benchmark.measurements import BotMeasurement, Machine

WIDTH = max(map(len, ENGINES)) + 1
_ENGINE_COLUMNS = (
    *("queries", "build_s", "times", "p50_us", "times", "p99_us", "times"),
    *("mb_peak", "times", "mb_stored", "times", "top_shared"),
)
_BOT_COLUMNS = (
    *("cold_s", "warm_s", "passages_s", "words_s", "questions", "answered"),
    *("p50_of_ms", "p99_of_ms", "max_of_ms", "mb_building", "mb_after", "mb_peak"),
)
# The microseconds of a query among a million passages are seven digits, the other figures five.
_WIDEST, _WIDE = 10, 8
_BUDGET_SECONDS = 20


def engine_row(compared: ComparedEngine, columns: Columns) -> str:
    """Return the row of an engine; × is rank-bm25's figure divided by the engine's, a dash stands for no figure."""
    figures, ratios = compared.figures, compared.ratios
    cells = (
        f"{figures.queries:,}",
        *(figure(figures.build_seconds), figure(ratios["build_seconds"])),
        *(figure(figures.microseconds_p50), figure(ratios["microseconds_p50"])),
        *(figure(figures.microseconds_p99), figure(ratios["microseconds_p99"])),
        *(figure(figures.megabytes_peak), figure(ratios["megabytes_peak"])),
        *(figure(figures.megabytes_stored), figure(ratios["megabytes_stored"])),
        "–" if compared.shared_top is None else f"{compared.shared_top:.0%}",
    )
    return columns.row(compared.engine, cells)


def bot_row(answering: BotMeasurement, columns: Columns) -> str:
    cells = (
        *(figure(answering.cold_seconds), figure(answering.warm_seconds)),
        *(figure(answering.passages_per_second), figure(answering.words_per_second)),
        *(f"{answering.questions:,}", f"{answering.answered:,}"),
        *map(figure, (answering.milliseconds_p50, answering.milliseconds_p99, answering.milliseconds_max)),
        *map(figure, (answering.megabytes_building, answering.megabytes_after, answering.megabytes_peak)),
    )
    return columns.row(f"{answering.passages:,}", cells)


class Benchmark(BenchRun):
    """The benchmark of engines and of whole answers from the embedded index, one process after the other."""

    sizes = (1_000, 10_000, 100_000)

    def measure(self, machine: Machine, sizes: Iterator[Materials]) -> None:
        """Measure engines and answers, and print tables, or a record, and the plot."""
        self.say_machine(machine)
        measured, engines, answers = [], [], []
        for materials in sizes:
            measured.append(materials)
            engines += self._compare(materials)
            answers.append(measure_bot(materials, self.config, _BUDGET_SECONDS))
        self._show_answers(answers)
        if self.arguments.as_json:
            record = {
                "machine": asdict(machine),
                "corpus": self.arguments.corpus,
                "sizes": [size.record() for size in measured],
                "engines": [row.record() for row in engines if isinstance(row, ComparedEngine)],
                "answers": [asdict(row) for row in answers if isinstance(row, BotMeasurement)],
                "skipped": [asdict(row) for row in (*engines, *answers) if isinstance(row, Skipped)],
            }
            self.terminal.json(record)
        if self.arguments.plot:
            remark = f"{machine.processor}, {machine.measured[:10]}"
            drawn = svg([row for row in engines if isinstance(row, ComparedEngine)], remark)
            self.arguments.plot.write_text(drawn, encoding="utf-8")
            self.say("bench.plot", file=self.arguments.plot)

    def _compare(self, materials: Materials) -> list[ComparedEngine | Skipped]:
        """Measure the engines at a number of passages, and print each row as it comes."""
        self.show("")
        self.say("bench.size", passages=materials.passages, tokens=materials.tokens, distinct=materials.distinct_tokens)
        columns = Columns(_ENGINE_COLUMNS, self.terminal.texts, WIDTH, _WIDEST)
        self.show(*columns.headings())
        rows = []
        for row in compare_engines(materials, _BUDGET_SECONDS):
            self.show(engine_row(row, columns) if isinstance(row, ComparedEngine) else self._skipped(row))
            rows.append(row)
        ours = next((row for row in rows if isinstance(row, ComparedEngine) and row.engine == OURS), None)
        if ours and ours.equal_scores is not None:
            key = "bench.scores_equal" if ours.equal_scores else "bench.scores_differ"
            self.say(key, difference=f"{ours.largest_difference:.2g}")
        return rows

    def _show_answers(self, answers: Sequence[BotMeasurement | Skipped]) -> None:
        self.show("")
        self.say("bench.answers")
        columns = Columns(_BOT_COLUMNS, self.terminal.texts, WIDTH, _WIDE)
        self.show(*columns.headings())
        for row in answers:
            self.show(bot_row(row, columns) if isinstance(row, BotMeasurement) else self._skipped(row))
        self.show("")
        self.say("bench.notes", length=QUERY_TOKENS, top=TOP)

    def _skipped(self, skipped: Skipped) -> str:
        key = "bench.missing" if skipped.missing else "bench.failed"
        return skipped.name.ljust(WIDTH) + self.terminal.texts(key, package=skipped.missing, words=skipped.failed)
