"""How long a call takes, again and again."""

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

Asked = TypeVar("Asked")
Given = TypeVar("Given")

_WARMING_SHARE = 0.1
_MOST_WARMING = 20
_FEWEST = 10


@dataclass(frozen=True, slots=True)
class Timed(Generic[Given]):
    """How many calls were timed and what they took, in seconds, and what the first calls gave."""

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
    _warm_up(call, asked, budget * _WARMING_SHARE)
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


def _warm_up(call: Callable[[Asked], object], asked: Sequence[Asked], budget: float) -> None:
    over = time.perf_counter() + budget
    for each in asked[::-1][:_MOST_WARMING]:
        call(each)
        if time.perf_counter() > over:
            return
