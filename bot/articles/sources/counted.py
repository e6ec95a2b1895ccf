"""A stream that a budget pays for."""

from typing import IO

from bot.articles.sources.budget import Budget


class Counted:
    """Counts what is read, as far as archives are read: forwards, in pieces of a stated size."""

    def __init__(self, stream: IO[bytes], budget: Budget) -> None:
        self._stream = stream
        self._budget = budget

    def read(self, size: int) -> bytes:
        """Read at most `size` bytes; raise SourceError when the budget is spent."""
        data = self._stream.read(size)
        self._budget.unpack(len(data))
        return data
