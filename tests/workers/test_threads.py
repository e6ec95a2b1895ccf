"""Work in daemon threads, and garbage collection and thread switches tuned for it."""

import asyncio
import ctypes
import gc
import threading
import weakref

import pytest

from bot.ops.metrics import resident_bytes
from bot.workers.threads import Worker, in_daemon_thread, return_memory, tune_gc
from tests.patience import PATIENCE, eventually


class Node:
    """Something that may hold on to itself."""

    def __init__(self) -> None:
        self.other: Node | None = None


def test_what_is_there_is_walked_through_no_more_and_freed_all_the_same() -> None:
    node, before = Node(), gc.get_freeze_count()
    tune_gc()
    assert gc.get_freeze_count() > before
    assert all(each is not node for each in gc.get_objects())
    seen = weakref.ref(node)
    del node
    assert seen() is None


def test_circles_go_before() -> None:
    node = Node()
    node.other = node
    seen = weakref.ref(node)
    del node
    tune_gc()
    assert seen() is None


def test_a_circle_that_was_exempt_goes_once_all_is_walked_through_anew() -> None:
    node = Node()
    node.other = node
    tune_gc()
    seen = weakref.ref(node)
    del node
    tune_gc()
    assert seen() is not None
    tune_gc(anew=True)
    assert seen() is None
    assert gc.get_freeze_count() > 0


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="only glibc gives memory back when told to")
def test_memory_that_nobody_uses_goes_back_to_the_system() -> None:
    kept = [bytearray(50_000) for _ in range(4000)]
    # What stands between the parts that are freed keeps these from going back by themselves.
    between = kept[::8]
    del kept
    held = resident_bytes()["anonymous"]
    return_memory()
    assert resident_bytes()["anonymous"] < held - 100_000_000
    assert len(between) == 500


async def test_a_thread_gives_its_result_or_its_error() -> None:
    assert await in_daemon_thread(lambda: threading.current_thread().daemon)
    with pytest.raises(ZeroDivisionError):
        await in_daemon_thread(lambda: 1 // 0)


async def test_waiting_for_a_thread_can_be_given_up() -> None:
    begun, release, threads = threading.Event(), threading.Event(), list[threading.Thread]()

    def work() -> None:
        threads.append(threading.current_thread())
        begun.set()
        release.wait(PATIENCE)

    waiting = asyncio.create_task(in_daemon_thread(work))
    await eventually(begun.is_set, "work in a thread")
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    release.set()
    # What it comes to is for nobody, and no error in it.
    await eventually(lambda: not threads[0].is_alive(), "the end of a thread that nobody waits for")


async def test_a_worker_takes_work_in_order_in_one_thread() -> None:
    worker, taken = Worker(), []

    def take(number: int) -> threading.Thread:
        taken.append(number)
        return threading.current_thread()

    threads = await asyncio.gather(*(worker.run(take, number) for number in range(5)))
    assert taken == [0, 1, 2, 3, 4]
    assert len(set(threads)) == 1
    assert threads[0].daemon
    with pytest.raises(ZeroDivisionError):
        await worker.run(lambda: 1 // 0)


async def test_a_worker_of_several_threads_begins_work_in_order_and_waits_for_none() -> None:
    worker, begun = Worker(threads=3), []
    all_begun, release = threading.Barrier(4), threading.Event()

    def wait(number: int) -> threading.Thread:
        begun.append(number)
        if number < 3:
            all_begun.wait(PATIENCE)
            release.wait(PATIENCE)
        return threading.current_thread()

    waiting = [asyncio.create_task(worker.run(wait, number)) for number in range(6)]
    await asyncio.to_thread(all_begun.wait, PATIENCE)
    assert sorted(begun) == [0, 1, 2]
    waiting[4].cancel()
    await asyncio.sleep(0)
    release.set()
    first = await asyncio.gather(*waiting[:3])
    await asyncio.gather(waiting[3], waiting[5])
    assert sorted(begun) == [0, 1, 2, 3, 5]
    assert len(set(first)) == 3


async def test_work_that_nobody_waits_for_any_more_is_not_begun() -> None:
    worker, release = Worker(), threading.Event()
    taken: list[int] = []
    first = asyncio.create_task(worker.run(release.wait))
    second = asyncio.create_task(worker.run(taken.append, 2))
    await asyncio.sleep(0)
    second.cancel()
    await asyncio.sleep(0)
    release.set()
    assert await first
    await worker.run(taken.append, 3)
    assert taken == [3]


async def test_the_error_of_work_that_nobody_waits_for_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    worker = Worker()
    worker.begin(lambda: 1 // 0)
    assert await worker.run(lambda: "more") == "more"
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize("count", [1, 4])
async def test_the_threads_of_a_worker_go_with_it_and_hold_on_to_nothing(count: int) -> None:
    class Edition:
        pass

    worker, edition, together = Worker(count), Edition(), threading.Barrier(count)

    def work(_: Edition | None) -> threading.Thread:
        together.wait(PATIENCE)
        return threading.current_thread()

    threads = await asyncio.gather(*(worker.run(work, edition) for _ in range(count)))
    # A thread lets go of a task before it takes the next.
    await asyncio.gather(*(worker.run(work, None) for _ in range(count)))
    assert len(set(threads)) == count
    seen = weakref.ref(edition)
    del edition
    assert seen() is None
    del worker
    for thread in threads:
        await asyncio.to_thread(thread.join, PATIENCE)
        assert not thread.is_alive()
