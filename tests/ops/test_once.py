from bot.ops.once import Once
from tests.ops.clock import Clock


def test_each_key_has_one_turn_within_its_time() -> None:
    clock = Clock()
    once = Once(clock)
    assert [once.first(1, 10), once.first(1, 10), once.first(2, 10)] == [True, False, True]
    clock.now += 10
    assert once.first(1, 10)


def test_what_is_over_is_forgotten() -> None:
    clock = Clock()
    once = Once(clock)
    for key in range(100):
        once.first(key, 10)
    clock.now += 10
    once.first(100, 10)
    assert len(once) == 1


def test_above_the_capacity_the_oldest_are_forgotten() -> None:
    once = Once(Clock(), capacity=2)
    for key in range(3):
        once.first(key, 10)
    assert [once.first(key, 10) for key in (2, 1, 0)] == [False, False, True]
