"""The commands `eval`, `fit` and `count`: figures of question sets as a table or a record, with their curves."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from bot.answering import Answerer, Background, Knowledge
from bot.articles import Article, BoilerplatePhrases, read_corpus
from bot.console.arguments import Arguments
from bot.console.destination import Destination
from bot.console.laboratory.fit import fit_sets, write_model
from bot.console.laboratory.score_tables import ScoreTable, community_table, stability_table
from bot.console.terminal import Terminal
from bot.edition import Edition, EmptyCorpusError, make_edition
from bot.errors import SetError
from bot.lab.evaluation.community_metrics import CommunityMetrics, score_community
from bot.lab.evaluation.curve import Curve, risk_coverage, svg
from bot.lab.evaluation.quality_metrics import BoldWords, SetReport, evaluate_set, flat_record, mean_report
from bot.lab.evaluation.question_sets import Case, EvaluationSet, read_set
from bot.lab.evaluation.swaps import add_swaps
from bot.lab.evaluation.wrapped_questions import Courtesy, read_courtesies, score_stability
from bot.lab.everyday_words import everyday_words, read_word_list

Records = dict[str, dict[str, Any]]
"""The figures of sets by name, and of each by the name of the figure."""

_MEAN = "mean"
_REFUSED = 2
_LISTS = ("background.tsv", "everyday.tsv")

_EVERYDAY = (
    "Stems that everyday Arabic has and news has not, or far less often, by occurrences per million words;",
    "verbs are marked so. Chosen by `python -m bot count --everyday {file}` on {date}.",
    "Source: the Arabic word list of wordfreq 3.1.1 by Robyn Speer, made of subtitles, social media, web and news",
    "(https://github.com/rspeer/wordfreq, code Apache-2.0). Its data are under CC BY-SA 4.0, and so is this file",
    "(https://creativecommons.org/licenses/by-sa/4.0/).",
)
_COUNTED = "Stems of {articles} articles, by occurrences per million words; written by `python -m bot count` on {date}."


@dataclass(frozen=True)
class Evaluation:
    """The commands `eval`, `fit` and `count`: figures of question sets, and what of them is written to config/."""

    arguments: Arguments
    phrases: BoilerplatePhrases
    knowledge: Knowledge
    config: Path
    terminal: Terminal
    curves: list[Curve] = field(default_factory=list)

    def run(self) -> int:
        """Run the command; return exit code 0, or 2 where nothing was written. Raise SetError or EmptyCorpusError."""
        command = self.arguments.command
        name = "evidence.toml" if command == "fit" else _LISTS[self.arguments.everyday is not None]
        destination = Destination(self.config / name, self.arguments, self.terminal)
        if command != "eval" and not destination.is_open():
            return _REFUSED
        if command == "count":
            return self._count(destination)
        corpus, part, wrapped = self._articles(self.arguments.corpus), self.arguments.part, self.arguments.wrapped
        sets = [read_set(Path(folder), self.phrases, corpus, part) for folder in self.arguments.sets]
        if not any(case.id.startswith(part) for each in sets for case in each.cases):
            raise SetError("set.no_part", part=part)
        if command == "fit":
            return self._fit(sets, destination)
        if courtesies := read_courtesies(wrapped) if wrapped else ():
            self._print_stability(sets, courtesies)
        else:
            self._print_scores(sets)
        return 0

    def _print_scores(self, sets: Sequence[EvaluationSet]) -> None:
        """Print the figures of each set and the mean of those of facts, and draw the curves where asked to."""
        _check_names(sets)
        facts = self._score_facts([each for each in sets if not each.is_community])
        communities = self._score_communities([each for each in sets if each.is_community])
        self._print_record(facts | communities)
        if self.arguments.plot:
            self.arguments.plot.write_text(svg(self.curves), encoding="utf-8")
            if not self.arguments.as_json:
                self.terminal.say("console.eval_plot", file=self.arguments.plot)

    def _print_stability(self, sets: Sequence[EvaluationSet], courtesies: Sequence[Courtesy]) -> None:
        """Print how many outcomes of each set stay the same when courtesies stand around the questions."""
        _check_names(sets)
        answer, reports = Answerer(self.knowledge).answer, {}
        for each in sets:
            report = score_stability(each.cases, self._edition(each), answer, courtesies, self.arguments.seed)
            reports[each.name] = flat_record(report)
            self._show(stability_table(each.name, report, self.terminal.texts))
        self._print_record(reports)

    def _score_facts(self, sets: Sequence[EvaluationSet]) -> Records:
        if not sets:
            return {}
        name_of_mean = self.terminal.texts("row.mean")
        table = ScoreTable([*(each.name for each in sets), name_of_mean], self.terminal.texts)
        reports: dict[str, SetReport] = {}
        self._show(table.headings())
        for each in sets:
            edition = self._edition(each)
            asked = add_swaps(each, edition, self.knowledge)
            reports[each.name] = evaluate_set(each, asked, edition, self.knowledge)
            # A set takes a while among many distractors, so its row does not wait for the others.
            self._show([table.score_row(each.name, reports[each.name])])
            self._add_curve(each.name, asked.cases, edition)
        mean = mean_report(list(reports.values()))
        self._show([table.score_row(name_of_mean, mean)])
        if not self.arguments.as_json:
            _print_notes(self.terminal, reports)
        return {name: flat_record(report) for name, report in (reports | {_MEAN: mean}).items()}

    def _score_communities(self, sets: Sequence[EvaluationSet]) -> Records:
        records: Records = {}
        for each in sets:
            edition = self._edition(each)
            report = score_community(each.cases, edition, Answerer(self.knowledge).answer)
            records[each.name] = flat_record(report)
            self._show(community_table(each.name, report, self.terminal.texts))
            self._say_notes(report.figures)
            self._add_curve(each.name, each.cases, edition)
        return records

    def _say_notes(self, figures: CommunityMetrics) -> None:
        """Print what the table has no columns for: the numbers of messages, verdicts on claims, and bold words."""
        if self.arguments.as_json:
            return
        counts = ", ".join(f"{kind} {count}" for kind, count in figures.questions.items())
        self.terminal.say("console.eval_kinds", counts=counts)
        told = {
            kind: "/".join(f"{share:.3f}" for share in of_kind.values()) for kind, of_kind in figures.verdicts.items()
        }
        if told:
            shares = ", ".join(f"{kind} {verdicts}" for kind, verdicts in told.items())
            self.terminal.say("console.eval_verdicts", counts=shares)
        self.terminal.say("console.eval_bold", counts=_bold(figures.bold))

    def _edition(self, evaluation_set: EvaluationSet) -> Edition:
        return make_edition((*evaluation_set.articles, *self._distractors), (), self.knowledge.analyser)

    def _add_curve(self, name: str, cases: Sequence[Case], edition: Edition) -> None:
        if self.arguments.plot:
            self.curves.append(risk_coverage(name, cases, edition, self.knowledge))

    def _show(self, lines: Iterable[str]) -> None:
        if not self.arguments.as_json:
            for line in lines:
                self.terminal.line(line)

    def _print_record(self, records: Records) -> None:
        if self.arguments.as_json:
            self.terminal.json(records)

    def _fit(self, sets: Sequence[EvaluationSet], destination: Destination) -> int:
        """Fit the evidence model to sets, write it to config/, and print the shares that it refuses."""
        distractors, share = self._distractors, self.arguments.false_refusals
        model, lines = fit_sets(sets, distractors, share, self.knowledge, self.terminal.texts)
        for line in lines:
            self.terminal.line(line)
        return destination.write(lambda file: write_model(model, file, self.arguments, len(distractors), _today()))

    def _count(self, destination: Destination) -> int:
        """Write the frequencies of a large corpus' stems to config/, or the everyday words of a word list."""
        analyser, everyday = self.knowledge.analyser, self.arguments.everyday
        if everyday:
            words = everyday_words(read_word_list(everyday), self.knowledge.background, analyser)
            comment = [line.format(file=everyday.name, date=_today()) for line in _EVERYDAY]
            self.terminal.say("write.stems", count=len(words.per_million))
            return destination.write(lambda file: words.write(file, comment))
        articles = self._articles(self.arguments.corpus)
        texts = (text for each in articles for text in (each.title, *(part.text for part in each.paragraphs)))
        background = Background.count(texts, analyser)
        counted = _COUNTED.format(articles=len(articles), date=_today())
        self.terminal.say("write.stems", count=len(background.per_million))
        return destination.write(lambda file: background.write(file, counted))

    def _articles(self, path: str | None) -> tuple[Article, ...]:
        return () if path is None else read_articles(Path(path), self.phrases, self.terminal)

    @cached_property
    def _distractors(self) -> tuple[Article, ...]:
        return self._articles(self.arguments.distractors)


def _check_names(sets: Sequence[EvaluationSet]) -> None:
    """Raise SetError where two rows would share a name."""
    names = [*(each.name for each in sets), _MEAN]
    for name in names:
        if names.count(name) > 1:
            raise SetError("set.name_twice", name=name)


def _print_notes(terminal: Terminal, reports: Mapping[str, SetReport]) -> None:
    """Print the numbers of swapped questions, and a note on the times."""
    counts = [
        f"{name} {report.questions.get('swap', 0)}/{report.questions['gold']}"
        for name, report in reports.items()
        if report.unswapped is not None
    ]
    if counts:
        terminal.say("console.eval_swaps", counts=", ".join(counts))
    bold = ", ".join(f"{name} {_bold(report.figures.bold)}" for name, report in reports.items())
    terminal.say("console.eval_bold", counts=bold)
    terminal.say("console.eval_times")


def _bold(shares: BoldWords) -> str:
    return f"{shares.right:.3f}/{shares.wrong:.3f}"


def read_articles(path: Path, phrases: BoilerplatePhrases, terminal: Terminal) -> tuple[Article, ...]:
    """Read articles and warn of rejections; raise EmptyCorpusError without any article."""
    corpus = read_corpus(path, phrases)
    if not corpus.articles:
        raise EmptyCorpusError(path, corpus.rejections)
    terminal.warn_of_rejections(corpus.rejections)
    return corpus.articles


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
