"""Tokens of passages, read as an engine asks for them."""

import time
from collections.abc import Iterator
from pathlib import Path


class TokenStream:
    """The token lists of a file's passages, once, as `str.split` makes them and rank-bm25's own example does.

    `seconds` is how long reading took, so that it can be taken off the time that an engine builds. Nothing is held
    that the engine does not hold; but equal tokens are separate strings, for an engine that keeps them all.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self.seconds = 0.0

    def __iter__(self) -> Iterator[list[str]]:
        with self._file.open(encoding="utf-8") as lines:
            began = time.perf_counter()
            for line in lines:
                tokens = line.split()
                self.seconds += time.perf_counter() - began
                yield tokens
                began = time.perf_counter()
