"""Scoring sets of questions, fitting the evidence model to them, and counting words, from the command line."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.answering import Background, Knowledge
from bot.articles import Article, Marks
from bot.console.fitting import fit_sets, origin
from bot.console.reading import read_articles
from bot.console.scoring import score_sets
from bot.console.terminal import Terminal
from bot.console.usage import Usage
from bot.evaluation import EvaluationSet, read_set

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
        corpus = self._articles(self._usage.corpus)
        sets = [read_set(Path(folder), self._marks, corpus) for folder in self._usage.sets]
        if self._usage.command == "fit":
            return self._fit(sets)
        return score_sets(sets, self._articles(self._usage.distractors), self._usage, self._knowledge, self._terminal)

    def _fit(self, sets: Sequence[EvaluationSet]) -> int:
        """Fit the model to sets, write its numbers, and print what it refuses."""
        distractors, share = self._articles(self._usage.distractors), self._usage.false_refusals
        model, lines = fit_sets(sets, distractors, share, self._knowledge)
        model.write(self._config / "evidence.toml", origin(sets, distractors, share, _today()))
        for line in lines:
            self._terminal.line(line)
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
        return () if path is None else read_articles(Path(path), self._marks, self._terminal)


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
