"""The run of a benchmark: articles and questions at each number of passages, and what is said of the machine."""

from abc import ABC, abstractmethod
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

from bot.answering import Knowledge
from bot.articles import Article, BoilerplatePhrases
from bot.console.arguments import Arguments
from bot.console.ask import QuestionsError, read_questions
from bot.console.laboratory.evaluate import read_articles
from bot.console.terminal import Terminal
from bot.lab.benchmark.corpora import stretch, synthesise
from bot.lab.benchmark.materials import QUERY_TOKENS, Materials, MaterialsError, prepare
from bot.lab.benchmark.measurements import FailedError, Machine, this_machine

_WRONG = 2


@dataclass(frozen=True)
class BenchRun(ABC):
    """One run of a benchmark, one number of passages after the other."""

    sizes: ClassVar[Sequence[int]]
    """The numbers of passages where none are named."""

    arguments: Arguments
    phrases: BoilerplatePhrases
    knowledge: Knowledge
    config: Path
    terminal: Terminal

    def run(self) -> int:
        """Measure at each number of passages; return exit code 0 or 2. Raise EmptyCorpusError or QuestionsError."""
        questions: Sequence[str] = ()
        if file := self.arguments.questions:
            questions = read_questions(file)
            if not questions:
                raise QuestionsError("bench.no_questions", file=file)
        path = self.arguments.corpus
        articles = read_articles(Path(path), self.phrases, self.terminal) if path else ()
        try:
            # What ends it early is not to leave files behind.
            with closing(self._materials(articles, questions)) as sizes:
                self.measure(this_machine(), sizes)
        except MaterialsError:
            self.terminal.warn("bench.too_short", length=QUERY_TOKENS)
            return _WRONG
        except FailedError as error:
            self.terminal.warn("bench.failed", words=error.words)
            return _WRONG
        return 0

    @abstractmethod
    def measure(self, machine: Machine, sizes: Iterator[Materials]) -> None:
        """Measure with the materials of each number of passages, and print what came of it."""

    def say(self, key: str, **values: object) -> None:
        """Print a text, where no record is asked for."""
        if not self.arguments.as_json:
            self.terminal.say(key, **values)

    def show(self, *lines: str) -> None:
        """Print lines verbatim, where no record is asked for."""
        for line in () if self.arguments.as_json else lines:
            self.terminal.line(line)

    def say_machine(self, machine: Machine) -> None:
        """Print on what is measured, and of which text."""
        versions = ", ".join(f"{name} {version}" for name, version in machine.versions.items())
        memory = "–" if machine.gigabytes is None else f"{machine.gigabytes:.1f}"
        self.say(
            "bench.machine", processor=machine.processor, cores=machine.cores, memory=memory, system=machine.system
        )
        self.say("bench.versions", versions=versions, time=machine.measured)
        if self.arguments.corpus:
            self.say("bench.corpus", path=self.arguments.corpus)
        else:
            self.say("bench.synthetic")

    def _materials(self, articles: Sequence[Article], questions: Sequence[str]) -> Generator[Materials, None, None]:
        """Yield the materials of each number of passages, whose files are there until the next."""
        for passages in self.arguments.passages or self.sizes:
            per_million = self.knowledge.background.per_million
            corpus = stretch(articles, passages) if articles else synthesise(per_million, passages)
            with TemporaryDirectory() as folder:
                yield prepare(corpus, Path(folder), self.knowledge, questions)


def figure(value: float | None) -> str:
    """Format a figure with three significant digits, or all digits before the point."""
    if value is None:
        return "–"
    return f"{value:,.{0 if value >= 100 else 1 if value >= 10 else 2}f}"  # noqa: PLR2004
