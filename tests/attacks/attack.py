"""What a kind of attack is: inputs out of seeded chance, and whether of one of them what must hold held."""

import math
import random
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import ClassVar, Generic, TypeVar

Given = TypeVar("Given")


class Attack(ABC, Generic[Given]):
    """Makes inputs of a kind; the named ones come first, the others are drawn, each from its seed and number alone."""

    # For the table: what is tried, and what must hold.
    tried: ClassVar[str]
    promise: ClassVar[str]
    # Of all inputs, next to the shares of the others.
    share: ClassVar[int] = 1
    # The seconds of processor time that the slowest may take where the command bounds any.
    longest: ClassVar[float] = math.inf
    # What was found once stays tried, by its name; floods are made of any size.
    named: ClassVar[Mapping[str, Callable[..., object]]] = {}
    # Those of any size by which it is judged how the time grows; none where they are the named ones.
    floods: ClassVar[Mapping[str, Callable[..., object]]] = {}

    def __init__(self, folder: Path) -> None:
        """Make ready what all inputs need; a folder is there to write into."""
        self.folder = folder

    @abstractmethod
    def make(self, chance: random.Random) -> Given:
        """Draw an input."""

    @abstractmethod
    def try_out(self, given: Given) -> float | None:
        """Do with an input what the bot does, and raise where what must hold does not.

        Return the seconds that its slowest part took, where it has several.
        """

    def close(self) -> None:
        """Let go of what was made ready."""

    @classmethod
    def name_of(cls, number: int) -> str | None:
        """Return the name of an input, None where it is drawn."""
        return [*cls.named][number] if number < len(cls.named) else None

    def build(self, seed: int, number: int) -> Given:
        """Make the input of a number."""
        if name := self.name_of(number):
            return self.named[name]()  # type: ignore[return-value]
        return self.make(random.Random(f"{type(self).__name__}:{seed}:{number}"))  # noqa: S311
