"""What was found on words, remembered by word."""

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
# Few words make up most of all messages; the bound keeps a hostile stream of new ones out of memory.
_MOST = 4096


class WordMemory(dict[str, T]):
    """What a function returns for words; each is looked up once, as long as they are not too many."""

    def __init__(self, find: Callable[[str], T]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, word: str) -> T:
        found = self._find(word)
        if len(self) >= _MOST:
            self.clear()
        self[word] = found
        return found
