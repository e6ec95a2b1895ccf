"""A member of an archive of any form, read within the budget of a fetch."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import IO, Protocol

from bot.articles.sources.limits import FetchBudget


class Readable(Protocol):
    """A stream that a member is read from."""

    def read(self, size: int, /) -> bytes:
        """Read at most `size` bytes, none at the end."""


class MemberKind(Enum):
    """Kinds of members, by what they would become on disk."""

    FILE = auto()
    FOLDER = auto()
    SPECIAL = auto()  # a link, a device, a pipe, a file with holes


@dataclass(frozen=True, slots=True)
class Member:
    """A member's name as the archive has it, and how to read it before the next one is asked for."""

    name: str
    kind: MemberKind
    open: Callable[[], Readable]
    encrypted: bool = False


class LimitedStream:
    """A stream whose bytes count against the budget of a fetch; it is read forwards, in pieces of a stated size."""

    def __init__(self, stream: IO[bytes], budget: FetchBudget, size: int = 0) -> None:
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
