"""Tries inputs of a kind out in a process of its own: `python -m tests.attacks.worker KIND SEED FIRST COUNT`.

It writes a line of JSON about each input before it is tried out, about each violation, and at the end.
"""

import json
import os
import re
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO

from tests.attacks.attack import Attack

# What one input may take besides what is held anyhow.
_MOST_MEMORY = 100_000_000
_LONGEST_WORDS = 600
# Seconds of processor time; what is slower, and the slowest so far, is measured twice.
_DOUBTED = 0.1
_STATUS, _CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")
_FIELD = re.compile(r"^Vm(HWM|RSS):\s+(\d+) kB$", re.MULTILINE)
_FORGET_PEAK = "5"


def main(kinds: Mapping[str, type[Attack[Any]]]) -> None:
    """Read the arguments and work."""
    kind, *numbers = sys.argv[1:]
    seed, first, count = map(int, numbers)
    # Whatever is printed by what is tried out goes elsewhere.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    with tempfile.TemporaryDirectory() as folder, out:
        attack = kinds[kind](Path(folder))
        try:
            work(attack, seed, range(first, first + count), out)
        finally:
            attack.close()


def work(
    attack: Attack[Any], seed: int, numbers: Sequence[int], out: TextIO, clock: Callable[[], float] = time.process_time
) -> None:
    """Try out the inputs of some numbers, and write of each what came of it."""
    slowest, slowest_at, most = 0.0, numbers[0], 0
    for number in numbers:
        _say(out, at=number)
        given = attack.build(seed, number)
        before, _ = resident()
        seconds, words = _try_out(attack, given, clock)
        if not words and seconds > max(slowest, _DOUBTED):
            # What else the machine does counts as well, but hardly twice.
            seconds = min(seconds, _try_out(attack, given, clock)[0])
        _, peak = resident()
        if seconds > slowest:
            slowest, slowest_at = seconds, number
        most = max(most, peak)
        if not words and peak - before > _MOST_MEMORY:
            words = f"{(peak - before) / 1e6:.0f} MB of memory, where {_MOST_MEMORY / 1e6:.0f} MB are allowed"
        if words:
            _say(out, number=number, name=attack.name_of(number), words=words)
    _say(out, slowest=slowest, slowest_at=slowest_at, peak=most)


def _try_out(attack: Attack[Any], given: object, clock: Callable[[], float]) -> tuple[float, str]:
    """Try an input out; return the seconds that it or its slowest part took, and what went wrong, "" for nothing."""
    began, words, part = clock(), "", None
    try:
        part = attack.try_out(given)
    except Exception:  # noqa: BLE001 (whatever it is, it is what is looked for)
        words = traceback.format_exc()[-_LONGEST_WORDS:]
    return clock() - began if part is None else part, words


def resident() -> tuple[int, int]:
    """Return the bytes that are resident now, and the most that were, which is forgotten thereby; 0 without Linux."""
    try:
        fields = dict(_FIELD.findall(_STATUS.read_text(encoding="ascii")))
    except OSError:
        return 0, 0
    with suppress(OSError):
        _CLEAR.write_text(_FORGET_PEAK, encoding="ascii")
    return int(fields["RSS"]) * 1024, int(fields["HWM"]) * 1024


def _say(out: TextIO, **facts: object) -> None:
    out.write(json.dumps(facts) + "\n")
    out.flush()


if __name__ == "__main__":
    from tests.attacks.kinds import KINDS

    main(KINDS)
