"""A member of an archive, as the unpacking sees it in archives of all forms."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol


class Readable(Protocol):
    """What a member is read from."""

    def read(self, size: int, /) -> bytes:
        """Read at most `size` bytes, none at the end."""


class MemberKind(Enum):
    """What a member would become on disk."""

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
