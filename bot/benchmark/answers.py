"""Whole answers, with all tokens that the bot has, measured in a process of their own."""

import gc
import time
from pathlib import Path

from bot.answering import Answer, Answerer, Knowledge, Risk
from bot.articles import Marks, read_corpus
from bot.benchmark.figures import Answering
from bot.benchmark.materials import read_lines
from bot.benchmark.memory import forget_peak, peak, resident
from bot.benchmark.timing import time_calls
from bot.edition import Edition, make_edition


def measure_answers(config: str, articles: str, questions: str, words: int, budget: float) -> Answering:
    """Build an edition of a file of articles, of so many words, and ask it a file of questions for so many seconds."""
    knowledge, marks = Knowledge.read(Path(config), Risk.NORMAL), Marks.read(Path(config) / "marks.toml")
    answerer, asked = Answerer(knowledge), read_lines(Path(questions))
    forget_peak()
    began = time.perf_counter()
    edition = _start(Path(articles), marks, knowledge)
    seconds = time.perf_counter() - began
    gc.collect()
    after = resident()
    timed = time_calls(lambda question: answerer(question, edition), asked, budget, keep=len(asked))
    return Answering(
        passages=len(edition.index),
        questions=timed.calls,
        answered=sum(isinstance(outcome, Answer) for outcome in timed.first),
        cold_seconds=seconds,
        warm_seconds=None,
        passages_per_second=len(edition.index) / seconds,
        words_per_second=words / seconds,
        milliseconds_p50=timed.p50 * 1e3,
        milliseconds_p99=timed.p99 * 1e3,
        milliseconds_max=timed.most * 1e3,
        megabytes_after=after,
        megabytes_peak=peak(),
    )


def _start(articles: Path, marks: Marks, knowledge: Knowledge) -> Edition:
    """Do what the bot does when it starts."""
    corpus = read_corpus(articles, marks)
    return make_edition(corpus.articles, corpus.rejections, knowledge.analyser)
