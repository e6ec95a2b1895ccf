"""The side file of a published edition: what a bot keeps of it on its own disk, and asks no cluster for.

It is an `ArrayFile` with these arrays, named as in an embedded edition but for the last two:

* `index.vocabulary.*`, `index.stems.idf`, `index.grams.idf`;
* `titles.*`, as a `TitleIndex` reads them;
* `articles.columns.` days, outlets, languages, digests, places and id_digests, and `articles.labels.*`, in which only
  outlets and languages still have their strings;
* `index.stems.frequencies`: for each form how many passages hold it as a stem;
* `index.firsts`: the number of each article's first passage, and behind them the number of passages.

Its facts are those of the edition, and the numbers of `side_facts`.
"""

import hashlib
import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.bm25 import average_length
from bot.retrieval.duplicates import NearDuplicates
from bot.retrieval.gram_bm25 import average_grams
from bot.storage import (
    ArrayFile,
    Arrays,
    DamagedFileError,
    TextTable,
    TextTableBuilder,
    add_prefix,
    narrowest_type,
    strip_prefix,
)

_WHOLE = ("index.vocabulary.", "titles.holders.", "titles.words.")
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


def write_side_file(file: Path, arrays: Arrays, facts: Mapping[str, Any]) -> SideFile:
    """Write the side file of an embedded edition, given its arrays and facts; return what it is."""
    with ArrayFile(file) as writer:
        writer.add(side_arrays(arrays))
        writer.finish({**facts, **side_facts(arrays)})
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
    """Yield the bytes of a side file, of which `read` returns a chunk by its number.

    Raise DamagedFileError where they are not as they were written, which is known only at the end.
    """
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


def side_arrays(arrays: Arrays) -> dict[str, NDArray[Any]]:
    """Return the arrays of a side file; most are those of the edition, not copied."""
    whole = {name: array for name, array in arrays.items() if name.startswith(_WHOLE)}
    columns = {name: arrays[f"articles.columns.{name}"] for name in _COLUMNS}
    frequencies = np.diff(arrays["index.stems.postings.starts"])
    passages = arrays["index.fields.articles"]
    return {
        **whole,
        "index.stems.idf": arrays["index.stems.idf"],
        "index.stems.frequencies": frequencies.astype(narrowest_type(len(passages))),
        "index.grams.idf": arrays["index.grams.idf"],
        "index.firsts": np.searchsorted(passages, np.arange(len(columns["days"]) + 1)).astype(np.int32),
        **add_prefix("articles.columns", columns),
        **add_prefix("articles.labels", _labels(strip_prefix(arrays, "articles.labels"), columns)),
    }


def side_facts(arrays: Arrays) -> dict[str, Any]:
    """Return what a side file's facts have besides those of the edition.

    `passages`, `passages_with_stems` and `folded` are numbers of passages (see `NearDuplicates.duplicate_count`),
    `average_length` and `average_grams` the mean numbers of stems and 4-grams of a passage.
    """
    lengths = arrays["index.stems.postings.lengths"]
    return {
        "passages": len(lengths),
        "passages_with_stems": int(np.count_nonzero(lengths)),
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
