"""The side file of a published edition, which a bot keeps in a folder of its own and asks no cluster for.

It is an `ArrayFile` with these arrays, named as in an embedded edition but for the last three:

* `index.vocabulary.*`, `index.stems.idf`, `index.grams.idf`;
* `titles.*`, as a `TitleIndex` reads them, and `near_duplicates.groups` and `.members.*`;
* `articles.columns.` days, outlets, languages, digests, places and id_digests, and `articles.labels.*`, in which only
  outlets and languages still have their strings;
* `index.stems.frequencies`: for each form how many passages hold it as a stem;
* `index.firsts`: the number of each article's first passage, and behind them the number of passages;
* `index.documents.` keys of articles, words, stems and frequencies, as an `EditionModel` reads them.

Its facts are those of the edition, and the numbers of `side_facts`. Of an edition with a base only what differs from
the file of that is published (see `find_changes`).
"""

import hashlib
import os
import time
import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.bm25 import average_length
from bot.retrieval.duplicates.near_duplicates import NearDuplicates
from bot.retrieval.gram_bm25 import average_grams
from bot.retrieval.opensearch.publications.document_numbers import DocumentNumbers, rows_of_base
from bot.storage import (
    ArrayFile,
    Arrays,
    DamagedFileError,
    IntArray,
    TextTable,
    TextTableBuilder,
    add_prefix,
    alone_with,
    atomic_write,
    map_arrays,
    offsets,
    remove_abandoned,
    strip_prefix,
)

_WHOLE = (
    *("index.vocabulary.", "index.stems.idf", "index.grams.idf", "titles.holders.", "titles.words."),
    *("near_duplicates.groups", "near_duplicates.members."),
)
_COLUMNS = ("days", "outlets", "languages", "digests", "places", "id_digests")
# Chosen: with its base64 a request of the size of others, and few requests for all.
_CHUNK = 4 << 20
_hash = partial(hashlib.blake2b, digest_size=16)


@dataclass(frozen=True, slots=True)
class SideFile:
    """The size of a side file in bytes, in how many chunks it is cut, and the digest of it."""

    size: int
    chunks: int
    digest: str


def write_side_file(
    file: Path, arrays: Arrays, facts: Mapping[str, Any], numbers: DocumentNumbers, base: Arrays | None = None
) -> SideFile:
    """Write the side file of an embedded edition, given its arrays and facts, or how it differs; return what it is."""
    own = side_arrays(arrays, numbers)
    with ArrayFile(file) as writer:
        writer.add(own if base is None else find_changes(own, base, rows_of_base(numbers, own, base)))
        writer.finish({**facts, **side_facts(arrays, numbers)})
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, _hash).hexdigest()
    size = file.stat().st_size
    return SideFile(size, -(-size // _CHUNK), digest)


def cut_file(stream: BinaryIO) -> Iterator[str]:
    """Yield the chunks of an open file from its beginning, compressed, as values of a binary field."""
    stream.seek(0)
    parts = iter(partial(stream.read, _CHUNK), b"")
    return (b64encode(zlib.compress(part, 1)).decode("ascii") for part in parts)


def join_chunks(read: Callable[[int], str], side: SideFile) -> Iterator[bytes]:
    """Yield the bytes of a side file, chunk by chunk; raise DamagedFileError in the end where they have changed."""
    hashed = _hash()
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
    named = frozenset(np.unique(np.concatenate([columns[name] for name in ("outlets", "languages")])).tolist())
    table, kept = TextTable.from_arrays(labels), TextTableBuilder()
    for label in range(len(table)):
        kept.append(table[label] if label in named else "")
    return kept.arrays()


Array = NDArray[Any]
_NUMBERED = {
    "index.vocabulary.of_words.stems": "forms",
    "index.vocabulary.of_words.stems_without_proclitic": "forms",
    "index.vocabulary.near_forms.by_end": "forms",
    "index.vocabulary.near_words.by_end": "words",
    "index.vocabulary.gram_words.values": "words",
    "index.vocabulary.skeleton_words.values": "words",
    "index.vocabulary.word_grams.values": "grams",
    "index.vocabulary.of_words.skeletons": "consonants",
    "titles.holders.values": "titles",
    "articles.columns.places": "articles",
}
# Chosen: runs of sixteen values are compared, put together by twos, and of all runs one in so many.
_WIDTHS, _ONE_IN = (1, 2, 4, 8), 31
# Chosen: odd, and without a pattern.
_FACTORS, _SHIFT = (np.uint32(0x9E3779B1), np.uint32(0x85EBCA77)), np.uint32(15)


def find_changes(arrays: Arrays, base: Arrays, numbers: Mapping[str, IntArray]) -> dict[str, Array]:
    """Return what makes some arrays of those of a base: where that has the same values, and those that it lacks.

    A word that comes or goes moves the numbers of all behind it. So that what did not change looks the same in both,
    numbers are written as the base has them, offsets as the lengths of rows, and weights as ranks among all.
    `numbers` has the number that the base has of each row of the tables of `_NUMBERED`, or would have behind all its
    own; titles are in the order of `newest_first`.
    """
    found = dict[str, Array]()
    for table, rows in numbers.items():
        found |= _changes(f"{table}|numbers", rows, np.arange(rows.max(initial=-1) + 1, dtype=rows.dtype))
    for name, array in arrays.items():
        before = base.get(name, array[:0])
        if array.dtype == before.dtype and np.array_equal(array, before):
            continue
        table = _NUMBERED.get(name, "")
        own, there = _split(name, numbers[table][array] if table else array), _split(name, before)
        for part, values in own.items():
            found |= _changes(f"{name}|{part}", values, there[part])
    return found


def apply_changes(changes: Arrays, base: Arrays) -> Iterator[tuple[str, Array]]:
    """Yield the arrays of which `find_changes` found the changes, by their names."""
    parts = dict[str, dict[str, str]]()
    for key in changes:
        name, part, _ = key.split("|")
        parts.setdefault(name, {})[part] = f"{name}|{part}"
    known = dict[str, IntArray]()
    for table in set(_NUMBERED.values()) & parts.keys():
        rows = _restore(changes, parts.pop(table)["numbers"], None)
        known[table] = np.full(rows.max(initial=-1) + 1, -1, dtype=rows.dtype)
        known[table][rows] = np.arange(len(rows), dtype=rows.dtype)
    for name in dict.fromkeys((*base, *parts)):
        if name not in parts:
            yield name, base[name]
            continue
        before = _split(name, base[name]) if name in base else {}
        array = _join({part: _restore(changes, key, before.get(part)) for part, key in parts[name].items()})
        yield name, known[_NUMBERED[name]][array] if name in _NUMBERED else array


def _split(name: str, array: Array) -> dict[str, Array]:
    """Return what changes least of an array."""
    if name.endswith((".starts", ".firsts")):
        return {"steps": np.diff(array, prepend=array.dtype.type(0))}
    if array.dtype.kind == "f":
        weights, ranks = np.unique(array, return_inverse=True)
        # What few have is weighed most, and the frequencies of few passages are all there; what nobody has comes last.
        return {"weights": weights[::-1], "ranks": np.where(ranks > 0, len(weights) - 1 - ranks, -1)}
    return {"values": array}


def _join(parts: Mapping[str, Array]) -> Array:
    """Return the array that `_split` split."""
    if "steps" in parts:
        return np.cumsum(parts["steps"], dtype=parts["steps"].dtype)
    return parts["weights"][parts["ranks"]] if "weights" in parts else parts["values"]


def _changes(key: str, values: Array, base: Array) -> dict[str, Array]:
    """Return the runs of values, (n,), where each stands in the base, -1 where it does not, and the values of those."""
    places = _find(values, base)
    is_there = places >= 0
    # Where it is not the next place behind that of the value before, or no place where that had none.
    firsts = np.flatnonzero(np.diff(np.where(is_there, places, -2), prepend=-3) != is_there)
    lengths = np.diff(np.append(firsts, len(places)))
    return {f"{key}|firsts": places[firsts], f"{key}|lengths": lengths, f"{key}|values": values[~is_there]}


def _restore(changes: Arrays, key: str, base: Array | None) -> Array:
    """Return the values that `_changes` was given; a base of None is the numbers from 0."""
    firsts, lengths, values = (changes[f"{key}|{part}"] for part in ("firsts", "lengths", "values"))
    places = np.repeat(firsts, lengths)
    is_there = places >= 0
    places += np.arange(len(places)) - np.repeat(offsets(lengths)[:-1], lengths)
    restored = np.empty(len(places), values.dtype)
    restored[~is_there] = values
    restored[is_there] = places[is_there] if base is None else base[places[is_there]]
    return restored


def _find(values: Array, base: Array) -> NDArray[np.int64]:
    """Return for each value a place of the base that has it, (n,), -1 where none was found: runs stand in order."""
    places = np.full(len(values), -1)
    if not len(base) or values.dtype != base.dtype:
        return places
    (own, runs), (there, others) = _anchors(values), _anchors(base)
    _, first, second = np.intersect1d(runs, others, assume_unique=True, return_indices=True)
    order = np.argsort(own[first])
    # The beginnings and the ends are as good as the same run.
    ats = np.concatenate(([0], own[first][order], [len(values)]))
    shifts = np.concatenate(([0], there[second][order], [len(base)])) - ats
    lengths = np.diff(ats)
    for shift in (shifts[:-1], shifts[1:]):
        found = np.arange(len(values)) + np.repeat(shift, lengths)
        is_there = (places < 0) & (found >= 0) & (found < len(base))
        is_there[is_there] = base[found[is_there]] == values[is_there]
        places[is_there] = found[is_there]
    return places


def _anchors(values: Array) -> tuple[IntArray, NDArray[np.uint32]]:
    """Return the places of runs that stand once, of all one in so many, chosen by what is in them, and their hashes."""
    hashes: Array = values.astype(np.uint32)
    for width in _WIDTHS:
        # Of a run and that behind it one of both; too few values have none.
        hashes = hashes[:-width] * _FACTORS[0] + (hashes[width:] ^ hashes[width:] >> _SHIFT) * _FACTORS[1]
    chosen = np.flatnonzero(hashes % _ONE_IN == 0)
    runs, places, counts = np.unique(hashes[chosen], return_index=True, return_counts=True)
    return chosen[places[counts == 1]], runs[counts == 1]


_SUFFIX, _CHANGES = ".side", ".changes"
# That of the edition that serves, that of the one before it or after it, and that of their base.
_KEPT = 3


class SideFileCache:
    """A folder of side files by the name of their index, the newest three.

    Processes may share it: the first to need a file fetches it, and the others wait.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(
        self, name: str, side: SideFile, read_chunk: Callable[[int], str], base: Arrays | None = None
    ) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
        """Return arrays, mapped, and facts of an index' side file, fetched first where it is not here or is damaged.

        Where there is a `base`, what is fetched is how it differs from the arrays of that. Never more of it than a
        chunk or two, or an array, is in memory. Raise DamagedFileError where the chunks are not those that were
        written, OSError, and what `read_chunk` raises.
        """
        file = self._folder / f"{name}-{side.digest}{_SUFFIX}"
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._alone():
            if file.exists():
                with suppress(DamagedFileError):
                    found = map_arrays(file)
                    self._prune(file)
                    return found
            fetched = file if base is None else file.with_suffix(_CHANGES)
            atomic_write(fetched, join_chunks(read_chunk, side))
            if base is not None:
                changes, facts = map_arrays(fetched)
                with ArrayFile(file) as writer:
                    for array in apply_changes(changes, base):
                        writer.add(dict([array]))
                    writer.finish(facts)
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
            time.sleep(0.2)

    def _prune(self, newest: Path) -> None:
        """Delete all files but this and those before it; those that are mapped stay until they are closed."""
        with suppress(OSError):
            for file in self._folder.glob(f"*{_CHANGES}"):
                file.unlink(missing_ok=True)
            others = [file for file in self._folder.glob(f"*{_SUFFIX}") if file != newest]
            others.sort(key=lambda file: file.stat().st_mtime_ns, reverse=True)
            latest = max([time.time_ns(), *(file.stat().st_mtime_ns + 1 for file in others[:1])])
            os.utime(newest, ns=(latest, latest))
            for file in others[_KEPT - 1 :]:
                file.unlink(missing_ok=True)
        remove_abandoned(self._folder)
