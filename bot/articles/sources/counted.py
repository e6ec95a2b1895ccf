"""A stream that a budget pays for."""

from typing import IO

from bot.articles.sources.budget import Budget


class Counted:
    """Counts what is read, as far as archives are read: forwards, in pieces of a stated size."""

    def __init__(self, stream: IO[bytes], budget: Budget, size: int = 0) -> None:
        """Take how many bytes there have to be, where that is known."""
        self._stream = stream
        self._budget = budget
        self._missing = size

    def read(self, size: int) -> bytes:
        """Read at most `size` bytes; raise SourceError when the budget is spent, and EOFError at an early end."""
        data = self._stream.read(size)
        self._missing -= len(data)
        if not data and self._missing > 0:
            raise EOFError
        self._budget.unpack(len(data))
        return data
