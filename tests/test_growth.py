"""What grows by the square is told from what does not, on a clock that goes by the steps that are taken."""

import itertools
import math
from collections.abc import Callable, Iterator

import pytest

from tests.growth import grows_too_fast


class Steps:
    """A work of as many steps as a function says, and the clock that counts them."""

    def __init__(self, count: Callable[[int], float], slow: Iterator[float] | None = None) -> None:
        self.taken = 0.0
        self.sizes = list[int]()
        self._count, self._slow = count, slow

    def work(self, size: int) -> None:
        self.sizes.append(size)
        self.taken += self._count(size) * (next(self._slow, 1.0) if self._slow else 1.0)

    def grow_too_fast(self) -> bool:
        return grows_too_fast(self.work, int, first=128, last=8192, clock=lambda: self.taken)


@pytest.mark.parametrize(
    "count",
    [
        lambda size: size**2,
        lambda size: size**3,
        lambda size: 5000 * size + size**2 * 3,
        lambda size: 10**6 + size**2,
        lambda size: 2.0 ** (size / 100),
    ],
    ids=["square", "cube", "square behind a line", "square behind a start", "doubling"],
)
def test_what_grows_by_the_square_is_found(count: Callable[[int], float]) -> None:
    assert Steps(count).grow_too_fast()


@pytest.mark.parametrize(
    "count",
    [
        lambda _: 1,
        lambda size: 10**4 + size,
        lambda size: size,
        lambda size: size * math.log(size),
        lambda size: size * math.log(size) ** 2,
        lambda size: size**1.5,
        lambda size: size * min(size, 400),
    ],
    ids=["constant", "start", "line", "logarithm", "two logarithms", "square root", "square up to a bound"],
)
def test_what_grows_slower_is_not(count: Callable[[int], float]) -> None:
    assert not Steps(count).grow_too_fast()


@pytest.mark.parametrize("times", [1, 2, 5])
def test_measures_that_were_disturbed_are_taken_anew(times: int) -> None:
    """The largest size is disturbed, and the first measures that are then taken of it."""
    slow = (slowness for _ in range(times - 1) for slowness in (1.0, 9.0))
    disturbed = Steps(float, itertools.chain([1.0] * 6, [9.0], slow))
    assert not disturbed.grow_too_fast()
    assert disturbed.sizes.count(8192) > 1


def test_what_grows_fast_is_found_before_it_takes_long() -> None:
    cube = Steps(lambda size: size**3)
    assert cube.grow_too_fast()
    assert max(cube.sizes) == 512
