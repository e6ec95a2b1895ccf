"""Whole answers, with all tokens that the bot has, measured in a process of their own."""

import gc
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.answering import Answer, Answerer, Knowledge, Risk
from bot.articles import Marks
from bot.benchmark.figures import Answering
from bot.benchmark.materials import read_lines
from bot.benchmark.memory import forget_peak, peak, peak_of_children, resident
from bot.benchmark.timing import time_calls
from bot.edition import EditionBuilder


def measure_answers(config: str, articles: str, questions: str, words: int, budget: float) -> Answering:
    """Build an edition of a file of articles, of so many words, and ask it a file of questions for so many seconds."""
    knowledge, marks = Knowledge.read(Path(config), Risk.NORMAL), Marks.read(Path(config) / "marks.toml")
    answerer, asked = Answerer(knowledge), read_lines(Path(questions))
    with TemporaryDirectory() as cache:
        build = EditionBuilder(marks, knowledge.analyser, Path(cache), large=0)
        forget_peak()
        began = time.perf_counter()
        edition = build(Path(articles))
        seconds, building = time.perf_counter() - began, peak_of_children()
        warm = _warm_start(articles, asked[0], cache)
        gc.collect()
        after = resident()
        timed = time_calls(lambda question: answerer(question, edition), asked, budget, keep=len(asked))
        return Answering(
            passages=len(edition.index),
            questions=timed.calls,
            answered=sum(isinstance(outcome, Answer) for outcome in timed.first),
            cold_seconds=seconds,
            warm_seconds=warm,
            passages_per_second=len(edition.index) / seconds,
            words_per_second=words / seconds,
            milliseconds_p50=timed.p50 * 1e3,
            milliseconds_p99=timed.p99 * 1e3,
            milliseconds_max=timed.most * 1e3,
            megabytes_building=building,
            megabytes_after=after,
            megabytes_peak=peak(),
        )


def _warm_start(articles: str, question: str, cache: str) -> float:
    """Start the program anew, where an edition is kept, and return the seconds until it has answered and ended."""
    began = time.perf_counter()
    subprocess.run(  # noqa: S603 - the program is our own
        [sys.executable, "-m", "bot", "ask", question, "--corpus", articles],
        env={**os.environ, "CORPUS_CACHE": cache},
        capture_output=True,
        check=False,
    )
    return time.perf_counter() - began
