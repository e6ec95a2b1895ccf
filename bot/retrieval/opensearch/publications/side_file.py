"""The side file of a published edition, which a bot keeps in a folder of its own and asks no cluster for.

It is an `ArrayFile` with these arrays, named as in an embedded edition but for the last three:

* `index.vocabulary.*`, `index.stems.idf`, `index.grams.idf`;
* `titles.*`, as a `TitleIndex` reads them, and `near_duplicates.groups` and `.members.*`;
* `articles.columns.` days, outlets, languages, digests, places and id_digests, and `articles.labels.*`, in which only
  outlets and languages still have their strings;
* `index.stems.frequencies`: for each form how many passages hold it as a stem;
* `index.firsts`: the number of each article's first passage, and behind them the number of passages;
* `index.documents.` keys of articles, words, stems and frequencies, as an `EditionModel` reads them.

Its facts are those of the edition, and the numbers of `side_facts`.
"""

import hashlib
import os
import time
import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.bm25 import average_length
from bot.retrieval.duplicates.near_duplicates import NearDuplicates
from bot.retrieval.gram_bm25 import average_grams
from bot.retrieval.opensearch.publications.document_numbers import DocumentNumbers
from bot.storage import (
    ArrayFile,
    Arrays,
    DamagedFileError,
    TextTable,
    TextTableBuilder,
    add_prefix,
    alone_with,
    atomic_write,
    map_arrays,
    remove_abandoned,
    strip_prefix,
)

_WHOLE = (
    *("index.vocabulary.", "index.stems.idf", "index.grams.idf", "titles.holders.", "titles.words."),
    *("near_duplicates.groups", "near_duplicates.members."),
)
_COLUMNS = ("days", "outlets", "languages", "digests", "places", "id_digests")
_NAMED = ("outlets", "languages")
# Chosen: with its base64 a request of the size of others, and few requests for all.
_CHUNK = 4 << 20
_LEVEL = 1
_DIGEST = 16


@dataclass(frozen=True, slots=True)
class SideFile:
    """The size of a side file in bytes, in how many chunks it is cut, and the digest of it."""

    size: int
    chunks: int
    digest: str


def write_side_file(file: Path, arrays: Arrays, facts: Mapping[str, Any], numbers: DocumentNumbers) -> SideFile:
    """Write the side file of an embedded edition, given its arrays and facts; return what it is."""
    with ArrayFile(file) as writer:
        writer.add(side_arrays(arrays, numbers))
        writer.finish({**facts, **side_facts(arrays, numbers)})
    hashed = hashlib.blake2b(digest_size=_DIGEST)
    size = chunks = 0
    with file.open("rb") as stream:
        for part in _parts(stream):
            hashed.update(part)
            size, chunks = size + len(part), chunks + 1
    return SideFile(size, chunks, hashed.hexdigest())


def cut_file(stream: BinaryIO) -> Iterator[str]:
    """Yield the chunks of an open file from its beginning, compressed, as values of a binary field."""
    stream.seek(0)
    return (b64encode(zlib.compress(part, _LEVEL)).decode("ascii") for part in _parts(stream))


def join_chunks(read: Callable[[int], str], side: SideFile) -> Iterator[bytes]:
    """Yield the bytes of a side file, chunk by chunk; raise DamagedFileError in the end where they have changed."""
    hashed = hashlib.blake2b(digest_size=_DIGEST)
    for number in range(side.chunks):
        try:
            part = zlib.decompress(b64decode(read(number)))
        except (ValueError, zlib.error) as error:
            raise DamagedFileError(f"chunk {number} of the side file: {error}") from error
        hashed.update(part)
        yield part
    if hashed.hexdigest() != side.digest:
        raise DamagedFileError("the side file has another digest")


def side_arrays(arrays: Arrays, numbers: DocumentNumbers) -> dict[str, NDArray[Any]]:
    """Return the arrays of a side file; most are those of the edition, not copied."""
    whole = {name: array for name, array in arrays.items() if name.startswith(_WHOLE)}
    columns = {name: arrays[f"articles.columns.{name}"] for name in _COLUMNS}
    frequencies = np.diff(arrays["index.stems.postings.starts"])
    passages = arrays["index.fields.articles"]
    return {
        **whole,
        "index.stems.frequencies": frequencies.astype(np.min_scalar_type(len(passages))),
        "index.firsts": np.searchsorted(passages, np.arange(len(columns["days"]) + 1)).astype(np.int32),
        "index.documents.keys": numbers.keys,
        "index.documents.words": numbers.document_words,
        "index.documents.stems": numbers.stems,
        "index.documents.frequencies": numbers.frequencies.astype(np.int32),
        **add_prefix("articles.columns", columns),
        **add_prefix("articles.labels", _labels(strip_prefix(arrays, "articles.labels"), columns)),
    }


def side_facts(arrays: Arrays, numbers: DocumentNumbers) -> dict[str, Any]:
    """Return what a side file's facts have besides those of the edition.

    `passages` and `folded` are numbers of passages (see `NearDuplicates.duplicate_count`), `average_length` and
    `average_grams` the mean numbers of stems and 4-grams of a passage; the others are as an `EditionModel` has them.
    """
    lengths = arrays["index.stems.postings.lengths"]
    return {
        "passages": len(lengths),
        "served_passages": numbers.passages,
        "served_length": numbers.length,
        "average_length": average_length(lengths),
        "average_grams": average_grams(strip_prefix(arrays, "index.grams")),
        "folded": NearDuplicates(strip_prefix(arrays, "near_duplicates")).duplicate_count,
    }


def _labels(labels: Arrays, columns: Arrays) -> dict[str, NDArray[Any]]:
    """Return the labels with the numbers that they have, and only the strings that the columns name."""
    named = frozenset(np.unique(np.concatenate([columns[name] for name in _NAMED])).tolist())
    table, kept = TextTable.from_arrays(labels), TextTableBuilder()
    for label in range(len(table)):
        kept.append(table[label] if label in named else "")
    return kept.arrays()


def _parts(stream: BinaryIO) -> Iterator[bytes]:
    while part := stream.read(_CHUNK):
        yield part


_SUFFIX = ".side"
# That of the edition that serves, that of the one before it or after it, and that of their base.
_KEPT = 3
_PAUSE = 0.2


class SideFileCache:
    """A folder of side files by the name of their index, the newest three.

    Processes may share it: the first to need a file fetches it, and the others wait.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(
        self, name: str, side: SideFile, read_chunk: Callable[[int], str]
    ) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
        """Return arrays, mapped, and facts of an index' side file, fetched first where it is not here or is damaged.

        Never more of it than a chunk or two is in memory. Raise DamagedFileError where the chunks are not those that
        were written, OSError, and what `read_chunk` raises.
        """
        file = self._folder / f"{name}-{side.digest}{_SUFFIX}"
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._alone():
            if file.exists():
                with suppress(DamagedFileError):
                    found = map_arrays(file)
                    self._prune(file)
                    return found
            atomic_write(file, join_chunks(read_chunk, side))
            self._prune(file)
            return map_arrays(file)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Wait until no other process fetches."""
        while True:
            with alone_with(self._folder / f"{_SUFFIX}.lock") as is_alone:
                if is_alone:
                    yield
                    return
            time.sleep(_PAUSE)

    def _prune(self, newest: Path) -> None:
        """Delete all files but this and those before it; those that are mapped stay until they are closed."""
        with suppress(OSError):
            others = [file for file in self._folder.glob(f"*{_SUFFIX}") if file != newest]
            others.sort(key=lambda file: file.stat().st_mtime_ns, reverse=True)
            latest = max([time.time_ns(), *(file.stat().st_mtime_ns + 1 for file in others[:1])])
            os.utime(newest, ns=(latest, latest))
            for file in others[_KEPT - 1 :]:
                file.unlink(missing_ok=True)
        remove_abandoned(self._folder)
