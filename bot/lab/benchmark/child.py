"""A measurement in its own process: a task as JSON on standard input, its figures as JSON on standard output.

Run as `python -m bot.lab.benchmark.child`.
"""

import gc
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.answering import Answer, Answerer, Knowledge, Risk
from bot.articles import BoilerplatePhrases
from bot.edition import EditionBuilder
from bot.lab.benchmark.answer_run import AnswerRun, measure_embedded, measure_published
from bot.lab.benchmark.engines import ENGINES
from bot.lab.benchmark.materials import TokenStream, read_lines, read_rows
from bot.lab.benchmark.measurements import (
    BotMeasurement,
    EngineMeasurement,
    forget_peak,
    memory,
    peak_of_children,
    time_calls,
)
from bot.retrieval.opensearch import SearchError

# The number of queries whose results are compared between engines.
_COMPARED = 50


def measure_engine(engine: str, tokens: str, queries: str, budget: float) -> EngineMeasurement:
    """Build an engine from a file of tokens, and time a file of queries within a budget of seconds.

    Raise ImportError where the engine is not installed.
    """
    build = ENGINES[engine]()
    asked = read_rows(Path(queries))
    stream = TokenStream(Path(tokens))
    gc.collect()
    imports = memory("VmRSS")
    forget_peak()
    began = time.perf_counter()
    search = build(stream)
    seconds = time.perf_counter() - began - stream.seconds
    gc.collect()
    after = memory("VmRSS")
    timed = time_calls(search, asked, budget, keep=_COMPARED)
    return EngineMeasurement(
        queries=timed.calls,
        build_seconds=seconds,
        microseconds_p50=timed.p50 * 1e6,
        microseconds_p99=timed.p99 * 1e6,
        megabytes_imports=imports,
        megabytes_after=_beyond(imports, after),
        megabytes_peak=_beyond(imports, memory("VmHWM")),
        tops=[(list(map(int, numbers)), list(map(float, scores))) for numbers, scores in timed.first],
    )


def _beyond(imports: float | None, held: float | None) -> float | None:
    return None if imports is None or held is None else max(held - imports, 0.0)


def measure_answers(config: str, articles: str, questions: str, words: int, budget: float) -> BotMeasurement:
    """Build an edition of a file of `words` words, and time a file of questions within a budget of seconds."""
    computed = time.process_time()
    knowledge, phrases = Knowledge.read(Path(config), Risk.NORMAL), BoilerplatePhrases.read(Path(config) / "marks.toml")
    computed = time.process_time() - computed
    answerer, asked = Answerer(knowledge), read_lines(Path(questions))
    with TemporaryDirectory() as cache:
        builder = EditionBuilder(phrases, knowledge.analyser, Path(cache), large=0)
        forget_peak()
        began = time.perf_counter()
        edition = builder.build(Path(articles))
        seconds, building = time.perf_counter() - began, peak_of_children()
        warm = _warm_start(articles, asked[0], cache)
        gc.collect()
        after = memory("VmRSS")
        timed = time_calls(lambda question: answerer.answer(question, edition), asked, budget, keep=len(asked))
        return BotMeasurement(
            passages=len(edition.index),
            questions=timed.calls,
            answered=sum(isinstance(outcome, Answer) for outcome in timed.first),
            lists_seconds=computed,
            cold_seconds=seconds,
            warm_seconds=warm,
            passages_per_second=len(edition.index) / seconds,
            words_per_second=words / seconds,
            milliseconds_p50=timed.p50 * 1e3,
            milliseconds_p99=timed.p99 * 1e3,
            milliseconds_max=timed.most * 1e3,
            megabytes_building=building,
            megabytes_after=after,
            megabytes_peak=memory("VmHWM"),
        )


def _warm_start(articles: str, question: str, cache: str) -> float:
    """Return the seconds that the program takes for one question where the edition is stored already."""
    began = time.perf_counter()
    subprocess.run(  # noqa: S603 - the program is our own
        [sys.executable, "-m", "bot", "ask", question, "--corpus", articles],
        env={**os.environ, "CORPUS_CACHE": cache},
        capture_output=True,
        check=False,
    )
    return time.perf_counter() - began


_TASKS: dict[str, Callable[..., EngineMeasurement | BotMeasurement | AnswerRun]] = {
    "searching": measure_engine,
    "answers": measure_answers,
    "embedded": measure_embedded,
    "published": measure_published,
}


def main() -> None:
    """Run the task of standard input, and print its figures as a JSON record, or why there are none."""
    task = json.load(sys.stdin)
    try:
        result: dict[str, Any] = {"figures": asdict(_TASKS[task.pop("task")](**task))}
    except ImportError as error:
        result = {"missing": error.name or str(error)}
    except SearchError as error:
        result = {"search": [type(error).__name__, error.cause]}
    sys.stdout.write(json.dumps(result))


if __name__ == "__main__":
    main()
