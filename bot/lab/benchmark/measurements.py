"""Measurements of time and memory with their units, in a process of their own, and a description of the machine.

A function and its arguments go there pickled, and its figures come back so. One thread for each library, so that
engines are compared and not cores.
"""

import gc
import os
import pickle
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Generic, ParamSpec, TypeVar

import numpy as np

from bot import __version__
from bot.retrieval import SearchError

Asked = TypeVar("Asked")
Given = TypeVar("Given")
P = ParamSpec("P")
Figures = TypeVar("Figures")

_ROOT = str(Path(__file__).resolve().parents[3])
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")

_WARMING_SHARE = 0.1
_MOST_WARMING = 20
_FEWEST = 10

_STATUS, _RESET = Path("/proc/self/status"), Path("/proc/self/clear_refs")
_KILOBYTES = 1024 / 1e6

_LIBRARIES = ("numpy", "rank-bm25", "rank-bm25-rs", "bm25s", "numba", "tantivy")

Top = tuple[list[int], list[float]]
"""The ten best passages of a query: indices and scores, the best first."""


@dataclass(frozen=True, slots=True)
class Timed(Generic[Given]):
    """The number of timed calls, their times in seconds, and the results of the first."""

    calls: int
    p50: float
    p99: float
    most: float
    first: Sequence[Given]


def time_calls(call: Callable[[Asked], Given], asked: Sequence[Asked], budget: float, keep: int = 0) -> Timed[Given]:
    """Time a call of each thing asked, in order, until all are asked or `budget` seconds are over.

    A slow call is made ten times all the same. Before, some calls are made untimed: the last ones. The garbage
    collector rests meanwhile, as in `timeit`. `keep` says of how many calls to keep what they give.
    """
    warm = time.perf_counter() + budget * _WARMING_SHARE
    for each in asked[::-1][:_MOST_WARMING]:
        call(each)
        if time.perf_counter() > warm:
            break
    times: list[float] = []
    first: list[Given] = []
    gc.collect()
    gc.disable()
    try:
        over = time.perf_counter() + budget
        for each in asked:
            began = time.perf_counter()
            given = call(each)
            ended = time.perf_counter()
            times.append(ended - began)
            if len(first) < keep:
                first.append(given)
            if ended > over and len(times) >= _FEWEST:
                break
    finally:
        gc.enable()
    p50, p99 = np.percentile(times, (50, 99)).tolist()
    return Timed(len(times), p50, p99, max(times), first)


def peak_of_children() -> float | None:
    """Return the highest peak of resident memory of an ended child process, in megabytes.

    It is no less than what this process held when it started that one.
    """
    if not sys.platform.startswith("linux"):
        return None
    import resource  # noqa: PLC0415 - Windows has none

    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * _KILOBYTES


def forget_peak() -> None:
    """Reset the peak of resident memory, where the system allows it."""
    with suppress(OSError):
        _RESET.write_text("5", encoding="ascii")


def memory(name: str) -> float | None:
    """Return memory of this process in megabytes (10^6 bytes), by its name in /proc/self/status.

    `VmRSS` is all that is resident, `RssAnon` what no other process and no file shares, `RssFile` the pages of mapped
    files, libraries among them, and `VmHWM` the peak since the last `forget_peak`.
    """
    # ru_maxrss will not do: a new process inherits its parent's.
    try:
        lines = _STATUS.read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) * _KILOBYTES for line in lines if line.startswith(f"{name}:")), None)


@dataclass(frozen=True, slots=True)
class Machine:
    """The processor, its cores, the memory in gigabytes (10^9 bytes, None where it is not told), versions, the time."""

    processor: str
    cores: int
    gigabytes: float | None
    system: str
    versions: dict[str, str]
    measured: str


def this_machine() -> Machine:
    try:
        names = (line.partition(":") for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines())
        processor = next((value.strip() for name, _, value in names if name.startswith("model name")), "")
    except OSError:
        processor = ""
    try:
        gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    except (AttributeError, ValueError, OSError):
        gigabytes = None
    return Machine(
        processor=processor or platform.processor() or platform.machine(),
        cores=os.cpu_count() or 1,
        gigabytes=gigabytes,
        system=f"{platform.system()} {platform.release()} {platform.machine()}",
        versions=dict(_versions()),
        measured=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _versions() -> Iterator[tuple[str, str]]:
    yield "isnad", __version__
    yield "Python", platform.python_version()
    for library in _LIBRARIES:
        with suppress(PackageNotFoundError):
            yield library, version(library)
    with suppress(ImportError):
        import sqlite3  # noqa: PLC0415 - a Python may be built without it

        yield "SQLite", sqlite3.sqlite_version


@dataclass(frozen=True, slots=True)
class EngineMeasurement:
    """The figures of an engine in its own process: seconds to build, microseconds a query, megabytes (10^6 bytes).

    The memory is what the process holds beyond its imports, `after` the build and at its `peak`, queries included;
    None on systems that do not tell. `stored` are those of its index in files, which for the Python and the Rust
    library are a pickle. `tops` are the answers to the first queries.
    """

    queries: int
    build_seconds: float
    microseconds_p50: float
    microseconds_p99: float
    megabytes_imports: float | None
    megabytes_after: float | None
    megabytes_peak: float | None
    megabytes_stored: float
    tops: Sequence[Top]


@dataclass(frozen=True, slots=True)
class BotMeasurement:
    """The whole bot in its own process: seconds to start, milliseconds a question, megabytes (10^6 bytes).

    `lists_seconds` of processor time go into reading the lists of `config/`. A start is cold where nothing is kept from
    an earlier one: `cold_seconds` are those until there is an edition, and rates are by them. `warm_seconds` are those
    of a new process that finds one, from its start to its end with one answer. `megabytes_building` is the peak of the
    process that builds, which runs beside the bot; the others are all that the bot's own process holds, pages of the
    mapped edition included. `passages` are those that are indexed: of a stretched corpus, some few are taken for
    navigation.
    """

    passages: int
    questions: int
    answered: int
    lists_seconds: float
    cold_seconds: float
    warm_seconds: float
    passages_per_second: float
    words_per_second: float
    milliseconds_p50: float
    milliseconds_p99: float
    milliseconds_max: float
    megabytes_building: float | None
    megabytes_after: float | None
    megabytes_peak: float | None


@dataclass(eq=False)
class FailedError(Exception):
    """A measuring process failed; `words` are its last line of output or its exit code."""

    words: str


def measure(work: Callable[P, Figures], *values: P.args, **named: P.kwargs) -> Figures:
    """Let a new process call a function; return its figures, raise its ImportError or SearchError, or FailedError."""
    path = os.pathsep.join(filter(None, (os.environ.get("PYTHONPATH"), _ROOT)))
    done = subprocess.run(  # noqa: S603 - the program is our own
        [sys.executable, "-c", f"from {__name__} import run_child; run_child()"],
        input=pickle.dumps((work, values, named)),
        capture_output=True,
        env=os.environ | dict.fromkeys(_THREADS, "1") | {"PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines()
        raise FailedError(lines[-1] if lines and done.returncode > 0 else f"exit code {done.returncode}")
    found: Any = pickle.loads(done.stdout)  # noqa: S301 - it comes from our own process
    if isinstance(found, Exception):
        raise found
    figures: Figures = found
    return figures


def run_child() -> None:
    """Call the function of standard input, and write its figures, or why there are none."""
    work, values, named = pickle.load(sys.stdin.buffer)  # noqa: S301 - it comes from `measure`
    try:
        found = work(*values, **named)
    except (ImportError, SearchError) as error:
        found = error
    sys.stdout.buffer.write(pickle.dumps(found))
