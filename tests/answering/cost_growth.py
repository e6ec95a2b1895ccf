"""How the cost of a message grows: `python -m tests.answering.cost_growth SET… --corpus PATH`.

With the passages of the coverage, by halves of it, and with the words of a message, made of the sets' own. Each line
has the processor time of the median message, and the slope of all of them: the power of the size that the time grows
with, by least squares on logarithms. What is said of ten million passages is that line drawn on, and nothing measured.
"""

import argparse
import gc
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from time import thread_time_ns

import numpy as np

from bot.answering import Answerer, Knowledge, Risk
from bot.articles import BoilerplatePhrases, read_corpus
from bot.edition import Edition, make_edition
from bot.settings import CONFIG
from tests.answering.steps import read_messages

TEN_MILLION = 10_000_000
# Chosen: a 16th of the archive of news has as many passages as a small server's coverage.
_HALVINGS, _ROUNDS = 4, 5
_LENGTHS = (4, 8, 16, 32, 64)
_MESSAGES = 60


def slope(times: Mapping[int, float]) -> float:
    """Return the power of its size that a time grows with: 1 where both double, 0 where the time stays."""
    return float(np.polyfit(np.log(list(times)), np.log(list(times.values())), 1)[0])


def drawn_on(times: Mapping[int, float], size: int) -> float:
    """Return what the line through the times has at another size."""
    power, start = np.polyfit(np.log(list(times)), np.log(list(times.values())), 1)
    return float(np.exp(start + power * np.log(size)))


def median_time(work: Callable[[str], object], messages: Sequence[str]) -> float:
    """Return the milliseconds of processor time of the median message, the least of some rounds for each."""
    gc.collect()
    return median(min(_milliseconds(work, message) for _ in range(_ROUNDS)) for message in messages)


def _milliseconds(work: Callable[[str], object], message: str) -> float:
    began = thread_time_ns()
    work(message)
    return (thread_time_ns() - began) / 1e6


def of_length(messages: Sequence[str], count: int) -> list[str]:
    """Return messages of so many words each, made of the words of all in order."""
    words = [word for message in messages for word in message.split()]
    return [" ".join(words[at : at + count]) for at in range(0, len(words) - count + 1, count)][:_MESSAGES]


def halves(corpus: Path, knowledge: Knowledge) -> Iterator[Edition]:
    """Yield editions of ever larger parts of a corpus, each twice the one before, the last of all of it."""
    articles = tuple(read_corpus(corpus, BoilerplatePhrases.read(CONFIG / "marks.toml")).articles)
    for halving in range(_HALVINGS, -1, -1):
        yield make_edition(articles[:: 1 << halving], (), knowledge.analyser)


def lines(corpus: Path, messages: Sequence[str]) -> Iterator[str]:
    """Measure, and yield a line for each size and each slope."""
    knowledge = Knowledge.read(CONFIG, Risk.NORMAL)
    answerer, of_passages = Answerer(knowledge), dict[int, float]()
    for edition in halves(corpus, knowledge):
        answer = partial(answerer.answer, edition=edition)
        of_passages[len(edition.index)] = median_time(answer, messages[:_MESSAGES])
    yield from _table("passages", of_passages)
    yield f"drawn on to ten million: {drawn_on(of_passages, TEN_MILLION):.0f} ms"
    of_words = {count: median_time(answer, of_length(messages, count)) for count in _LENGTHS}
    yield from _table("words", of_words)


def _table(name: str, times: Mapping[int, float]) -> Iterator[str]:
    yield from (f"{size:>10,} {name}: {time:6.2f} ms" for size, time in times.items())
    yield f"the time grows with {name} to the power {slope(times):.2f}"


def main() -> None:
    """Read the arguments, and print the lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", type=Path, nargs="+", metavar="SET")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    given = parser.parse_args()
    for line in lines(given.corpus, read_messages(given.sets, 4 * _MESSAGES)):
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
