"""No test judges by a clock: each place of the tests that reads one is named here, with what it reads it for."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parent

_CLOCKS = {
    "time": {
        *("time", "monotonic", "perf_counter", "process_time", "thread_time", "clock_gettime"),
        *("time_ns", "monotonic_ns", "perf_counter_ns", "process_time_ns", "thread_time_ns", "clock_gettime_ns"),
    },
    "resource": {"getrusage"},
    "os": {"times"},
    "timeit": {"timeit", "repeat", "default_timer", "Timer"},
}
_LOOP_CLOCK = "time"
# Only what one of these stands in is parsed.
_MAY_READ = re.compile(r"\b(?:import|from) (?:time|resource|timeit)\b|\btimes\b|\.time\(\)")

_WAIT = "the end of a wait"
_STAMP = "a stamp of what is kept or sent, judged by nothing"
_RATIO = "times of one run, judged by their ratio alone"
_COMMAND = "figures of a command, which no test judges"
READERS = {
    "attacks/products.py": _COMMAND,
    "attacks/reloads.py": _COMMAND,
    "attacks/siege.py": _COMMAND,
    "attacks/worker.py": _COMMAND,
    "chat/moderation/test_gap_counter.py": _STAMP,
    "chat/open_refusals/test_late_answers.py": _STAMP,
    "chat/open_refusals/test_notifier.py": _STAMP,
    "cluster/askers.py": _COMMAND,
    "cluster/storm.py": _COMMAND,
    "console/pseudo_terminal.py": _WAIT,
    "discord_server/__main__.py": "the age of interactions where a person plays a member",
    "discord_server/snowflakes.py": _STAMP,
    "edition/reload_cost.py": _COMMAND,
    "growth.py": _RATIO,
    "load/load.py": _COMMAND,
    "load/run.py": _COMMAND,
    "load/tally.py": _COMMAND,
    "patience.py": _WAIT,
    "records/test_killed_writer.py": _STAMP,
    "soak/soak.py": _COMMAND,
    "storage/test_unfinished_files.py": "the age of a file",
}


def reads(source: str) -> list[int]:
    """Return the lines that read a clock, or hand one on."""
    tree = ast.parse(source)
    modules, names = dict[str, str](), set[str]()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            modules |= {alias.asname or alias.name: alias.name for alias in node.names if alias.name in _CLOCKS}
        elif isinstance(node, ast.ImportFrom):
            clocks = _CLOCKS.get(node.module or "", set())
            names |= {alias.asname or alias.name for alias in node.names if alias.name in clocks}
    return sorted({line for node in ast.walk(tree) if (line := _line(node, modules, names))})


def _line(node: ast.AST, modules: dict[str, str], names: set[str]) -> int:
    """Return the line of a node that reads a clock, 0 where it does not."""
    match node:
        case ast.Attribute(value=ast.Name(id=name), attr=attribute) if name in modules:
            return node.lineno if attribute in _CLOCKS[modules[name]] else 0
        case ast.Call(func=ast.Attribute(attr=attribute), args=[], keywords=[]):
            return node.lineno if attribute == _LOOP_CLOCK else 0
        case ast.Name(id=name, ctx=ast.Load()):
            return node.lineno if name in names else 0
    return 0


def _readers() -> Iterator[tuple[str, list[int]]]:
    for path in sorted(TESTS.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        if _MAY_READ.search(source) and (lines := reads(source)):
            yield path.relative_to(TESTS).as_posix(), lines


def test_nothing_else_reads_a_clock() -> None:
    """A wait goes through tests/patience.py; what grows by the square is told by tests/growth.py, or counted."""
    found = dict(_readers())
    assert {name: lines for name, lines in found.items() if name not in READERS} == {}
    assert READERS.keys() - found.keys() == set(), "these read none any more"


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("import time\nbegan = time.monotonic()\nassert time.monotonic() - began < 2\n", [2, 3]),
        ("import time as clock\nprint(clock.thread_time())\n", [2]),
        ("from time import perf_counter as now\nwork()\nassert now() < 5\n", [3]),
        ("import asyncio\nbegan = asyncio.get_running_loop().time()\n", [2]),
        ("import resource\nused = resource.getrusage(0)\n", [2]),
        ("import os\nused = os.times()\n", [2]),
        ("from timeit import timeit\nassert timeit(work) < 1\n", [2]),
        ("import time\nserve(clock=time.monotonic)\n", [2]),
        ("import time\ntime.sleep(0)\nmonkeypatch.setattr(time, 'time', lambda: 0.0)\n", []),
        ("from datetime import time\nnoon = time(12)\n", []),
    ],
)
def test_a_clock_is_found_however_it_is_called(source: str, lines: list[int]) -> None:
    assert reads(source) == lines
    assert _MAY_READ.search(source) or not lines
