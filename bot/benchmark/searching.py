"""One engine, measured in a process of its own."""

import gc
import time
from pathlib import Path

from bot.benchmark.engines import ENGINES
from bot.benchmark.figures import Searching, Top
from bot.benchmark.finding import Found
from bot.benchmark.materials import read_rows
from bot.benchmark.memory import forget_peak, peak, resident
from bot.benchmark.stream import TokenStream
from bot.benchmark.timing import time_calls

# So many answers are compared with those of the other engines.
_COMPARED = 50


def measure_searching(engine: str, tokens: str, queries: str, budget: float) -> Searching:
    """Build an engine from a file of tokens and ask it a file of queries for so many seconds.

    Raise ImportError where the engine is not installed.
    """
    build = ENGINES[engine]()
    asked = read_rows(Path(queries))
    stream = TokenStream(Path(tokens))
    gc.collect()
    imports = resident()
    forget_peak()
    began = time.perf_counter()
    search = build(stream)
    seconds = time.perf_counter() - began - stream.seconds
    gc.collect()
    after = resident()
    timed = time_calls(search, asked, budget, keep=_COMPARED)
    return Searching(
        queries=timed.calls,
        build_seconds=seconds,
        microseconds_p50=timed.p50 * 1e6,
        microseconds_p99=timed.p99 * 1e6,
        megabytes_imports=imports,
        megabytes_after=_beyond(imports, after),
        megabytes_peak=_beyond(imports, peak()),
        tops=[_plain(found) for found in timed.first],
    )


def _beyond(imports: float | None, held: float | None) -> float | None:
    return None if imports is None or held is None else max(held - imports, 0.0)


def _plain(found: Found) -> Top:
    numbers, scores = found
    return [int(number) for number in numbers], [float(score) for score in scores]
