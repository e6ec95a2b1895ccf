"""Tells a caller how far reading has come, seldom enough to cost nothing."""

from collections.abc import Callable

_STEP = 256 * 1024


class Progress:
    """Bytes read so far, reported every quarter of a megabyte and at the end."""

    def __init__(self, total: int, report: Callable[[int, int], None] | None) -> None:
        self._total = total
        self._report = report
        self._done = 0
        self._reported = 0

    def advance(self, count: int) -> None:
        """Count bytes as read."""
        self._done = min(self._done + count, self._total)  # a file may grow meanwhile
        if self._report is not None and self._done - self._reported >= _STEP:
            self._reported = self._done
            self._report(self._done, self._total)

    def finish(self) -> None:
        """Report the end, even if a file was skipped or shrank."""
        if self._report is not None:
            self._report(self._total, self._total)
