"""Scoring sets of questions, fitting the evidence model to them, and counting words, from the command line."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.answering import Background, Knowledge
from bot.articles import Article, Marks, read_corpus
from bot.console.scoring import score_sets
from bot.console.terminal import Terminal
from bot.console.usage import Usage
from bot.edition import Edition, EmptyCorpusError, make_edition
from bot.evaluation import EvaluationSet, Example, examples_of, fit, read_set

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
        corpus = self._articles(self._usage.corpus)
        sets = [read_set(Path(folder), self._marks, corpus) for folder in self._usage.sets]
        if self._usage.command == "fit":
            return self._fit(sets)
        return score_sets(sets, self._articles(self._usage.distractors), self._usage, self._knowledge, self._terminal)

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
        self._terminal.warn_of_rejections(corpus.rejections)
        return corpus.articles

    def _editions(
        self, sets: Sequence[EvaluationSet], distractors: Sequence[Article]
    ) -> Iterator[tuple[EvaluationSet, Edition]]:
        for each in sets:
            yield each, make_edition((*each.articles, *distractors), (), self._knowledge.analyser)


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
