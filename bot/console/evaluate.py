"""The commands `eval` and `count`: figures of question sets as a table or a record, and their risk-coverage curves."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.answering import Background, Knowledge
from bot.articles import Article, BoilerplatePhrases, read_corpus
from bot.console.arguments import Arguments
from bot.console.fit import fit_sets, model_origin
from bot.console.terminal import Terminal
from bot.edition import EmptyCorpusError, make_edition
from bot.lab.evaluation import (
    REFUSED_KINDS,
    Curve,
    EvaluationSet,
    SetError,
    SetReport,
    add_swaps,
    evaluate_set,
    mean_report,
    read_fitted_set,
    read_set,
    risk_coverage,
    svg,
)

Column = tuple[int, str, str]
"""The width of a column, and its two lines of heading."""

_MEAN = "mean"

_COUNTED = "Stems of {articles} articles, by occurrences per million words; written by `python -m bot count` on {date}."


class Columns:
    """The columns of a table, beside the names of its rows."""

    def __init__(self, *columns: Column) -> None:
        self._sizes = [size for size, _, _ in columns]
        self._headings = [upper for _, upper, _ in columns], [lower for _, _, lower in columns]

    def headings(self, width: int) -> list[str]:
        """Return the two heading lines, with `width` columns for names."""
        return [self.row("", width, line) for line in self._headings]

    def row(self, name: str, width: int, cells: Iterable[str]) -> str:
        """Return a row, with `width` columns for its name."""
        return name.ljust(width) + "".join(cell.rjust(size) for cell, size in zip(cells, self._sizes, strict=True))


_COLUMNS = Columns(
    (6, "right", "@1"),
    (6, "right", "@3"),
    (6, "", "wrong"),
    (9, "false", "refusals"),
    (8, "refused", "near"),
    (6, "", "off"),
    (8, "", "foreign"),
    (6, "", "swap"),
    (8, "ranking", "MRR@10"),
    (7, "recall", "@1"),
    (6, "", "@5"),
    (6, "", "@20"),
    (7, "words", "quoted"),
    (6, "ms", "p50"),
    (6, "ms", "p99"),
)


def score_headings(width: int) -> list[str]:
    """Return the two heading lines of scores, with `width` columns for the names of sets."""
    return _COLUMNS.headings(width)


def score_row(name: str, report: SetReport, width: int) -> str:
    """Return the row of a set; a dash where it has no questions of a kind."""
    figures, ranking = report.figures, report.ranking
    shares = (
        *(figures.right_at_1, figures.right_at_3, figures.wrong, figures.false_refusals),
        *(figures.refused.get(kind) for kind in REFUSED_KINDS),
        *(ranking.mrr_at_10, ranking.recall_at_1, ranking.recall_at_5, ranking.recall_at_20),
    )
    times = (f"{figures.milliseconds_p50:.1f}", f"{figures.milliseconds_p99:.1f}")
    cells = (*map(_share, shares), f"{figures.quoted_words:.0f}", *times)
    return _COLUMNS.row(name, width, cells)


def _share(share: float | None) -> str:
    return "–" if share is None else f"{share:.3f}".removeprefix("0")


def score_sets(
    sets: Sequence[EvaluationSet],
    distractors: Sequence[Article],
    arguments: Arguments,
    knowledge: Knowledge,
    terminal: Terminal,
) -> int:
    """Print the figures of each set and their mean, and draw the curves where asked to; return exit code 0."""
    width = _name_width(sets)
    reports: dict[str, SetReport] = {}
    curves: list[Curve] = []
    _show(terminal, () if arguments.as_json else score_headings(width))
    for each in sets:
        edition = make_edition((*each.articles, *distractors), (), knowledge.analyser)
        asked = add_swaps(each, edition, knowledge)
        reports[each.name] = evaluate_set(each, asked, edition, knowledge)
        # A set takes a while among many distractors, so its row does not wait for the others.
        _show(terminal, () if arguments.as_json else [score_row(each.name, reports[each.name], width)])
        if arguments.plot:
            curves.append(risk_coverage(each.name, asked.cases, edition, knowledge))
    mean = mean_report(list(reports.values()))
    if arguments.as_json:
        records = {name: report.record() for name, report in (reports | {_MEAN: mean}).items()}
        terminal.line(json.dumps(records, ensure_ascii=False))
    else:
        terminal.line(score_row(_MEAN, mean, width))
        _print_notes(terminal, reports)
    if arguments.plot:
        arguments.plot.write_text(svg(curves), encoding="utf-8")
        if not arguments.as_json:
            terminal.say("console.eval_plot", file=arguments.plot)
    return 0


def _name_width(sets: Sequence[EvaluationSet]) -> int:
    """Return the width of the longest name; raise SetError where two sets would share one."""
    names = [*(each.name for each in sets), _MEAN]
    for name in names:
        if names.count(name) > 1:
            raise SetError("set.name_twice", name=name)
    return max(map(len, names))


def _show(terminal: Terminal, lines: Sequence[str]) -> None:
    for line in lines:
        terminal.line(line)


def _print_notes(terminal: Terminal, reports: Mapping[str, SetReport]) -> None:
    """Print the numbers of swapped questions, and a note on the times."""
    counts = [
        f"{name} {report.questions.get('swap', 0)}/{report.questions['gold']}"
        for name, report in reports.items()
        if report.unswapped is not None
    ]
    if counts:
        terminal.say("console.eval_swaps", counts=", ".join(counts))
    terminal.say("console.eval_times")


def read_articles(path: Path, phrases: BoilerplatePhrases, terminal: Terminal) -> tuple[Article, ...]:
    """Read articles and warn of rejections; raise EmptyCorpusError without any article."""
    corpus = read_corpus(path, phrases)
    if not corpus.articles:
        raise EmptyCorpusError(path, corpus.rejections)
    terminal.warn_of_rejections(corpus.rejections)
    return corpus.articles


class Evaluation:
    """The commands `eval`, `fit` and `count`; each returns exit code 0."""

    def __init__(
        self, arguments: Arguments, phrases: BoilerplatePhrases, knowledge: Knowledge, config: Path, terminal: Terminal
    ) -> None:
        self._arguments = arguments
        self._phrases = phrases
        self._knowledge = knowledge
        self._config = config
        self._terminal = terminal

    def run(self) -> int:
        """Run the command; raise SetError or EmptyCorpusError where its input cannot be read."""
        if self._arguments.command == "count":
            return self._count(self._articles(self._arguments.corpus))
        corpus = self._articles(self._arguments.corpus)
        if self._arguments.command == "fit":
            left_out = self._arguments.left_out
            return self._fit(
                [read_fitted_set(Path(folder), self._phrases, corpus, left_out) for folder in self._arguments.sets]
            )
        sets = [read_set(Path(folder), self._phrases, corpus) for folder in self._arguments.sets]
        return score_sets(
            sets, self._articles(self._arguments.distractors), self._arguments, self._knowledge, self._terminal
        )

    def _fit(self, sets: Sequence[EvaluationSet]) -> int:
        """Fit the evidence model to sets, write it to config/, and print the shares that it refuses."""
        distractors, share = self._articles(self._arguments.distractors), self._arguments.false_refusals
        model, lines = fit_sets(sets, distractors, share, self._knowledge)
        model.write(self._config / "evidence.toml", model_origin(sets, distractors, share, _today()))
        for line in lines:
            self._terminal.line(line)
        return 0

    def _count(self, articles: Sequence[Article]) -> int:
        """Count the stems of a large corpus, and write their frequencies to config/."""
        texts = (text for each in articles for text in (each.title, *(part.text for part in each.paragraphs)))
        background = Background.count(texts, self._knowledge.analyser)
        comment = _COUNTED.format(articles=len(articles), date=_today())
        background.write(self._config / "background.tsv", comment)
        self._terminal.line(f"{len(background.per_million)} stems")
        return 0

    def _articles(self, path: str | None) -> tuple[Article, ...]:
        return () if path is None else read_articles(Path(path), self._phrases, self._terminal)


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
