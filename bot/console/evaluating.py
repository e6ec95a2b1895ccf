"""Scoring sets of questions, fitting the evidence model to them, and counting words, from the command line."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

from bot.answering import Answerer, Background, Knowledge
from bot.articles import Article, Marks, read_corpus
from bot.console.terminal import Terminal
from bot.console.usage import Usage
from bot.edition import Edition, EmptyCorpusError, make_edition
from bot.evaluation import EvaluationSet, Example, Figures, examples_of, fit, mean, read_set, score

_FITTED = """\
The numbers of the evidence model (bot/answering/model.py): a logistic regression over the signals of
bot/answering/signals.py. The bot answers where a candidate's probability reaches the threshold: raise it for fewer
wrong answers and more refusals. Written by `python -m bot fit` on {date}, so that {share:.1%} of the answerable
questions are refused, from the sets {sets}{among}."""
_COUNTED = "Stems of {articles} articles, by occurrences per million words; written by `python -m bot count` on {date}."


class Evaluation:
    """The commands of those who work on the bot itself; each returns exit code 0."""

    def __init__(self, usage: Usage, marks: Marks, knowledge: Knowledge, config: Path, terminal: Terminal) -> None:
        self._usage = usage
        self._marks = marks
        self._knowledge = knowledge
        self._config = config
        self._terminal = terminal

    def run(self) -> int:
        """Run the command; raise SetError or EmptyCorpusError where its input cannot be read."""
        if self._usage.command == "count":
            return self._count(self._articles(self._usage.corpus))
        sets = [read_set(Path(folder), self._marks) for folder in self._usage.sets]
        return self._fit(sets) if self._usage.command == "fit" else self._score(sets)

    def _score(self, sets: Sequence[EvaluationSet]) -> int:
        """Print the figures of each set and their mean."""
        answer, distractors = Answerer(self._knowledge), self._articles(self._usage.distractors)
        figures = {each.name: score(each.cases, edition, answer) for each, edition in self._editions(sets, distractors)}
        figures["mean"] = mean(list(figures.values()))
        if self._usage.as_json:
            self._terminal.line(json.dumps({name: asdict(each) for name, each in figures.items()}, ensure_ascii=False))
        else:
            for name, each in figures.items():
                self._terminal.line(_described(name, each))
        return 0

    def _fit(self, sets: Sequence[EvaluationSet]) -> int:
        """Fit the model to sets, write its numbers, and print what it refuses."""
        distractors = self._articles(self._usage.distractors)
        examples: list[Example] = []
        # With distractors every set counts twice, alone and among them: one threshold has to serve both.
        for more in ((), distractors) if distractors else ((),):
            for each, edition in self._editions(sets, more):
                found = examples_of(each, edition, self._knowledge)
                examples += [replace(example, set_name=each.name + "+" * bool(more)) for example in found]
        fitted = fit(examples, self._usage.false_refusals)
        names = ", ".join(each.name for each in sets)
        among = f", alone and among {len(distractors)} other articles" if distractors else ""
        comment = _FITTED.format(date=_today(), sets=names, share=self._usage.false_refusals, among=among)
        fitted.model.write(self._config / "evidence.toml", comment)
        for (name, kind), share in fitted.refused.items():
            self._terminal.line(f"{name:24} {kind:10} refused {share:.3f}")
        return 0

    def _count(self, articles: Sequence[Article]) -> int:
        """Count the stems of a large corpus, and write how frequent each is."""
        texts = (text for each in articles for text in (each.title, *(part.text for part in each.paragraphs)))
        background = Background.count(texts, self._knowledge.analyser)
        comment = _COUNTED.format(articles=len(articles), date=_today())
        background.write(self._config / "background.tsv", comment)
        self._terminal.line(f"{len(background.per_million)} stems")
        return 0

    def _articles(self, path: str | None) -> tuple[Article, ...]:
        if path is None:
            return ()
        corpus = read_corpus(Path(path), self._marks)
        if not corpus.articles:
            raise EmptyCorpusError(Path(path), corpus.rejections)
        return corpus.articles

    def _editions(
        self, sets: Sequence[EvaluationSet], distractors: Sequence[Article]
    ) -> Iterator[tuple[EvaluationSet, Edition]]:
        for each in sets:
            yield each, make_edition((*each.articles, *distractors), (), self._knowledge.analyser)


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def _described(name: str, figures: Figures) -> str:
    refused = "  ".join(f"{kind} {share:.3f}" for kind, share in figures.refused.items())
    return (
        f"{name:24} right@1 {figures.right_at_1:.3f}  right@3 {figures.right_at_3:.3f}  wrong {figures.wrong:.3f}  "
        f"false refusals {figures.false_refusals:.3f}  refused: {refused}  "
        f"words {figures.quoted_words:.0f}  ms p50 {figures.milliseconds_p50:.1f} p99 {figures.milliseconds_p99:.1f}"
    )
