"""The command `bench`: speed and memory against rank-bm25 and its peers, as tables, a record and a plot."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.answering import Knowledge
from bot.arguments import Arguments
from bot.articles import Article, BoilerplatePhrases
from bot.console.ask import QuestionsError, read_questions
from bot.console.evaluate import read_articles
from bot.console.score_tables import Column, Columns
from bot.console.terminal import Terminal
from bot.lab.benchmark import (
    ENGINES,
    OURS,
    QUERY_TOKENS,
    TOP,
    BotMeasurement,
    ComparedEngine,
    Machine,
    Materials,
    MaterialsError,
    Skipped,
    compare_engines,
    measure_bot,
    prepare,
    stretch,
    svg,
    synthesise,
    this_machine,
)

WIDTH = max(map(len, ENGINES)) + 1
_ENGINE_COLUMNS: tuple[Column, ...] = (
    (8, "queries"),
    (9, "build_s"),
    (7, "times"),
    (11, "p50_us"),
    (8, "times"),
    (11, "p99_us"),
    (8, "times"),
    (9, "mb_after"),
    (7, "times"),
    (9, "mb_peak"),
    (7, "times"),
    (8, "top_shared"),
)
_BOT_COLUMNS: tuple[Column, ...] = (
    (8, "cold_s"),
    (8, "warm_s"),
    (11, "passages_s"),
    (11, "words_s"),
    (11, "questions"),
    (10, "answered"),
    (7, "p50_of_ms"),
    (7, "p99_of_ms"),
    (7, "max_of_ms"),
    (11, "mb_building"),
    (9, "mb_after"),
    (9, "mb_peak"),
)

_BUDGET_SECONDS = 20
_BAD_INPUT = 2


def engine_row(compared: ComparedEngine, columns: Columns) -> str:
    """Return the row of an engine; × is rank-bm25's figure divided by the engine's, a dash stands for no figure."""
    figures, ratios = compared.figures, compared.ratios
    cells = (
        f"{figures.queries:,}",
        *(_figure(figures.build_seconds), _figure(ratios["build_seconds"])),
        *(_figure(figures.microseconds_p50), _figure(ratios["microseconds_p50"])),
        *(_figure(figures.microseconds_p99), _figure(ratios["microseconds_p99"])),
        *(_figure(figures.megabytes_after), _figure(ratios["megabytes_after"])),
        *(_figure(figures.megabytes_peak), _figure(ratios["megabytes_peak"])),
        "–" if compared.shared_top is None else f"{compared.shared_top:.0%}",
    )
    return columns.row(compared.engine, WIDTH, cells)


def bot_row(answering: BotMeasurement, columns: Columns) -> str:
    """Return the row of the whole bot at a number of passages."""
    cells = (
        *(_figure(answering.cold_seconds), _figure(answering.warm_seconds)),
        *(_figure(answering.passages_per_second), _figure(answering.words_per_second)),
        *(f"{answering.questions:,}", f"{answering.answered:,}"),
        *map(_figure, (answering.milliseconds_p50, answering.milliseconds_p99, answering.milliseconds_max)),
        *map(_figure, (answering.megabytes_building, answering.megabytes_after, answering.megabytes_peak)),
    )
    return columns.row(f"{answering.passages:,}", WIDTH, cells)


def _figure(value: float | None) -> str:
    """Format a figure with three significant digits, or all digits before the point."""
    if value is None:
        return "–"
    return f"{value:,.{0 if value >= 100 else 1 if value >= 10 else 2}f}"  # noqa: PLR2004


class Benchmark:
    """One run of all measurements, one process after the other."""

    def __init__(
        self, arguments: Arguments, phrases: BoilerplatePhrases, knowledge: Knowledge, config: Path, terminal: Terminal
    ) -> None:
        self._arguments = arguments
        self._questions: Sequence[str] = ()
        self._phrases = phrases
        self._knowledge = knowledge
        self._config = config
        self._terminal = terminal
        self._engine_columns = Columns(_ENGINE_COLUMNS, terminal.texts)

    def run(self) -> int:
        """Measure at each number of passages; return exit code 0, or 2 where the corpus is unfit for it.

        Raise EmptyCorpusError or QuestionsError where a file gives nothing.
        """
        if file := self._arguments.questions:
            self._questions = read_questions(file)
            if not self._questions:
                raise QuestionsError("bench.no_questions", file=file)
        path = self._arguments.corpus
        articles = read_articles(Path(path), self._phrases, self._terminal) if path else ()
        machine = this_machine()
        self._say_machine(machine)
        sizes, engines, answers = [], [], []
        try:
            for passages in self._arguments.passages:
                with TemporaryDirectory() as folder:
                    materials = self._prepare(articles, passages, Path(folder))
                    sizes.append(materials)
                    engines += self._compare(materials)
                    answers.append(measure_bot(materials, self._config, _BUDGET_SECONDS))
        except MaterialsError:
            self._terminal.warn("bench.too_short", length=QUERY_TOKENS)
            return _BAD_INPUT
        self._show_answers(answers)
        self._finish(machine, sizes, engines, answers)
        return 0

    def _prepare(self, articles: Sequence[Article], passages: int, folder: Path) -> Materials:
        per_million = self._knowledge.background.per_million
        corpus = stretch(articles, passages) if articles else synthesise(per_million, passages)
        return prepare(corpus, folder, self._knowledge, self._questions)

    def _compare(self, materials: Materials) -> list[ComparedEngine | Skipped]:
        """Measure the engines at a number of passages, and print each row as it comes."""
        self._show([""])
        self._say(
            "bench.size", passages=materials.passages, tokens=materials.tokens, distinct=materials.distinct_tokens
        )
        self._show(self._engine_columns.headings(WIDTH))
        rows = []
        for row in compare_engines(materials, _BUDGET_SECONDS):
            self._show(
                [engine_row(row, self._engine_columns) if isinstance(row, ComparedEngine) else self._skipped(row)]
            )
            rows.append(row)
        for row in rows:
            if isinstance(row, ComparedEngine) and row.engine == OURS and row.equal_scores is not None:
                self._say_scores(row)
        return rows

    def _say_machine(self, machine: Machine) -> None:
        versions = ", ".join(f"{name} {version}" for name, version in machine.versions.items())
        memory = "–" if machine.gigabytes is None else f"{machine.gigabytes:.1f}"
        self._say(
            "bench.machine", processor=machine.processor, cores=machine.cores, memory=memory, system=machine.system
        )
        self._say("bench.versions", versions=versions, time=machine.measured)
        if self._arguments.corpus:
            self._say("bench.corpus", path=self._arguments.corpus)
        else:
            self._say("bench.synthetic")

    def _say_scores(self, ours: ComparedEngine) -> None:
        if ours.equal_scores:
            self._say("bench.scores_equal")
        else:
            self._say("bench.scores_differ", difference=f"{ours.largest_difference:.2g}")

    def _show_answers(self, answers: Sequence[BotMeasurement | Skipped]) -> None:
        self._show([""])
        self._say("bench.answers")
        columns = Columns(_BOT_COLUMNS, self._terminal.texts)
        self._show(columns.headings(WIDTH))
        self._show(
            [bot_row(row, columns) if isinstance(row, BotMeasurement) else self._skipped(row) for row in answers]
        )
        self._show([""])
        self._say("bench.notes", length=QUERY_TOKENS, top=TOP)

    def _skipped(self, skipped: Skipped) -> str:
        """Return the row of a skipped measurement."""
        texts = self._terminal.texts
        if skipped.missing:
            return skipped.name.ljust(WIDTH) + texts("bench.missing", package=skipped.missing)
        return skipped.name.ljust(WIDTH) + texts("bench.failed", words=skipped.failed)

    def _finish(
        self,
        machine: Machine,
        sizes: Sequence[Materials],
        engines: Sequence[ComparedEngine | Skipped],
        answers: Sequence[BotMeasurement | Skipped],
    ) -> None:
        """Print the record and draw the plot, where they are asked for."""
        if self._arguments.as_json:
            record = {
                "machine": asdict(machine),
                "corpus": self._arguments.corpus,
                "sizes": [size.record() for size in sizes],
                "engines": [row.record() for row in engines if isinstance(row, ComparedEngine)],
                "answers": [asdict(row) for row in answers if isinstance(row, BotMeasurement)],
                "skipped": [asdict(row) for row in (*engines, *answers) if isinstance(row, Skipped)],
            }
            self._terminal.line(json.dumps(record, ensure_ascii=False))
        if self._arguments.plot:
            remark = f"{machine.processor}, {machine.measured[:10]}"
            drawn = svg([row for row in engines if isinstance(row, ComparedEngine)], remark)
            self._arguments.plot.write_text(drawn, encoding="utf-8")
            self._say("bench.plot", file=self._arguments.plot)

    def _say(self, key: str, **values: object) -> None:
        if not self._arguments.as_json:
            self._terminal.say(key, **values)

    def _show(self, lines: Sequence[str]) -> None:
        for line in () if self._arguments.as_json else lines:
            self._terminal.line(line)
