"""How fast the time that a work takes grows with what it works on, so that no test asserts a time."""

import time
from collections.abc import Callable, Iterator
from typing import TypeVar

T = TypeVar("T")

# Four times as much takes four times as long, five with a logarithm; by its square, sixteen times.
_STEP = 4
_TOO_FAST = 9.0
_TRIES = 4


def grows_too_fast(
    work: Callable[[T], object], make: Callable[[int], T], *, first: int, last: int, enough: float
) -> bool:
    """Tell whether work takes longer by the square of a size; below `enough` seconds nobody would notice.

    The size grows from `first` to `last`, or until the work takes that long. Seconds are those of this thread alone:
    whatever else the machine does makes single measures longer, and never four in a row of one size only.
    """
    before = 0.0
    for size in _sizes(first, last):
        now = _seconds(work, made := make(size))
        if before and now > enough:
            return now > _TOO_FAST * before and _still_does(work, make(size // _STEP), made)
        before = now
    return False


def _sizes(first: int, last: int) -> Iterator[int]:
    while first <= last:
        yield first
        first *= _STEP


def _still_does(work: Callable[[T], object], small: T, large: T) -> bool:
    """Measure again, and believe in the shortest times."""
    shorter = min(_seconds(work, small) for _ in range(2 * _TRIES))
    longer = min(_seconds(work, large) for _ in range(_TRIES - 1))
    return longer > _TOO_FAST * shorter


def _seconds(work: Callable[[T], object], made: T) -> float:
    began = time.thread_time()
    work(made)
    return time.thread_time() - began
