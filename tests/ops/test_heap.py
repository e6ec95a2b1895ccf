import gc
import weakref
from collections.abc import Iterator

import pytest

from bot.ops.heap import settle


class Node:
    """Something that may hold on to itself."""

    def __init__(self) -> None:
        self.other: Node | None = None


@pytest.fixture(autouse=True)
def thawed() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_what_is_there_is_walked_through_no_more_and_freed_all_the_same() -> None:
    node = Node()
    settle()
    assert gc.get_freeze_count() > 0
    assert all(each is not node for each in gc.get_objects())
    seen = weakref.ref(node)
    del node
    assert seen() is None


def test_circles_go_before() -> None:
    node = Node()
    node.other = node
    seen = weakref.ref(node)
    del node
    settle()
    assert seen() is None
