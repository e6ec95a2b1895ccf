import pytest

from bot.ops.buckets import Buckets
from tests.ops.clock import Clock


def drained(buckets: Buckets, key: int = 1) -> int:
    taken = 0
    while not buckets.wait(key) and taken < 1000:
        buckets.take(key)
        taken += 1
    return taken


@pytest.mark.parametrize("per_minute", [1, 6, 7, 30, 59])
def test_a_bucket_holds_a_minutes_tokens_and_refills_evenly(per_minute: int) -> None:
    clock = Clock()
    buckets = Buckets(per_minute, clock)
    assert drained(buckets) == per_minute
    assert buckets.wait(1) == pytest.approx(60 / per_minute, abs=1e-5)
    clock.now += 60 / per_minute
    assert drained(buckets) == 1
    clock.now += 60
    assert drained(buckets) == per_minute


def test_without_a_limit_nobody_waits() -> None:
    buckets = Buckets(0, Clock())
    assert drained(buckets) == 1000
    assert len(buckets) == 0


def test_keys_do_not_take_from_each_other() -> None:
    buckets = Buckets(2, Clock())
    assert drained(buckets, 1) == drained(buckets, 2) == 2


def test_a_token_taken_in_vain_is_given_back() -> None:
    buckets = Buckets(1, Clock())
    buckets.take(1)
    buckets.give_back(1)
    assert not buckets.wait(1)


def test_giving_back_what_was_forgotten_meanwhile_adds_nothing() -> None:
    clock = Clock()
    buckets = Buckets(2, clock)
    buckets.take(1)
    clock.now += 60
    buckets.take(2)
    buckets.give_back(1)
    assert drained(buckets) == 2


def test_only_buckets_that_are_not_full_are_kept() -> None:
    clock = Clock()
    buckets = Buckets(6, clock)
    for key in range(500):
        buckets.take(key)
    clock.now += 60
    buckets.take(500)
    assert len(buckets) == 1


def test_above_the_capacity_the_oldest_are_forgotten() -> None:
    buckets = Buckets(1, Clock(), capacity=3)
    for key in range(5):
        buckets.take(key)
    assert [key for key in range(5) if buckets.wait(key)] == [2, 3, 4]
