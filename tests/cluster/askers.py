"""Threads that ask one question after the other, and note what is lost or comes out otherwise."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from bot.answering import Answerer
from bot.edition import Editions
from tests.cluster.coverage import Records, answers
from tests.patience import PATIENCE


@dataclass
class Tally:
    """What came of the questions of one phase: seconds of each, and the questions that failed or came out otherwise."""

    phase: str
    seconds: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)
    editions: set[str] = field(default_factory=set)
    is_over: bool = False

    def quantile(self, share: float) -> float:
        """Return the time that so many of the questions took at most, in milliseconds."""
        return 1000 * sorted(self.seconds)[min(int(share * len(self.seconds)), len(self.seconds) - 1)]


class Askers:
    """Asks in several threads from whichever edition serves, phase after phase."""

    def __init__(self, answerer: Answerer, editions: Editions, questions: Sequence[str], expected: Records) -> None:
        self.tallies = [Tally("quiet")]
        self._answerer, self._editions = answerer, editions
        self._questions, self._expected = questions, expected
        self._changed = threading.Condition()
        self._next, self._is_over = 0, False

    @contextmanager
    def asking(self, threads: int = 4) -> Iterator[None]:
        """Ask until the end of this context."""
        running = [threading.Thread(target=self._ask) for _ in range(threads)]
        for thread in running:
            thread.start()
        try:
            yield
        finally:
            self._is_over = True
            for thread in running:
                thread.join(PATIENCE)

    def begin(self, phase: str) -> None:
        """Count what is asked from now on by itself."""
        with self._changed:
            self.tallies.append(Tally(phase))

    def wait(self, questions: int) -> None:
        """Wait until so many questions were asked in this phase, which is over then: what serves may change."""
        with self._changed:
            tally = self.tallies[-1]
            assert self._changed.wait_for(lambda: len(tally.seconds) >= questions, 5 * PATIENCE), tally
            tally.is_over = True

    def _ask(self) -> None:
        while not self._is_over:
            with self._changed:
                number, tally = self._next % len(self._questions), self.tallies[-1]
                self._next += 1
            edition, began = self._editions.current, time.perf_counter()
            found: object
            try:
                [found] = answers(self._answerer, edition, [self._questions[number]])
            except Exception as error:  # noqa: BLE001 (whatever it is, somebody would have been told)
                found = error
            with self._changed:
                tally.seconds.append(time.perf_counter() - began)
                if not tally.is_over:
                    tally.editions.add(edition.fingerprint)
                if isinstance(found, Exception):
                    tally.failed.append(f"{self._questions[number]}: {found!r}")
                elif found != self._expected[edition.fingerprint][number]:
                    tally.different.append(self._questions[number])
                self._changed.notify_all()
