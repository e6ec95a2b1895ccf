"""The numbers of an edition's documents and of their words: new ones, or those of a base as far as it has them."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.fields import Fields
from bot.retrieval.opensearch.index_fields import GAP
from bot.retrieval.postings import CHUNK, document_frequencies
from bot.retrieval.titles.title_index import newest_first
from bot.storage import Arrays, IntArray, StringTable, strip_prefix

# Chosen: of what changed since the base was made, every edition sends all, until it is so large a share.
_MOST_CHANGED = 1 / 8
# Chosen: the server weighs lengths by the average of all that it has, and its scores are to be near ours.
_MOST_LONGER = 1.5
_UNKNOWN = -1
_STEMS_OF_WORDS = "index.vocabulary.of_words.stems"


@dataclass(frozen=True, slots=True, eq=False)
class DocumentNumbers:
    """The keys of articles and whether each is sent, (articles,); the numbers of words and forms in documents.

    `frequencies` (forms,) count the passages that the server will hold with each stem, those of `passages`, which have
    `length` on average: with what the base has of articles that the edition lacks.
    """

    keys: NDArray[np.int64]
    is_sent: NDArray[np.bool_]
    words: IntArray
    stems: IntArray
    frequencies: NDArray[np.int64]
    passages: int
    length: float

    @property
    def document_words(self) -> IntArray:
        """The number of each word by that in documents, -1 for those of a base alone."""
        numbers = np.full(int(self.words.max(initial=-1)) + 1, _UNKNOWN, dtype=np.int32)
        numbers[self.words] = np.arange(len(self.words))
        return numbers


def number_documents(arrays: Arrays) -> DocumentNumbers:
    """Number all documents of an edition, given its arrays."""
    lengths, frequencies = arrays["index.stems.postings.lengths"], np.diff(arrays["index.stems.postings.starts"])
    keys = np.arange(1, len(arrays["articles.columns.days"]) + 1) * GAP
    words, stems = (np.arange(len(rows), dtype=np.int32) for rows in (arrays[_STEMS_OF_WORDS], frequencies))
    return DocumentNumbers(keys, keys > 0, words, stems, frequencies, *_average(lengths))


def number_changes(arrays: Arrays, base: Arrays, facts: Mapping[str, Any]) -> DocumentNumbers | None:
    """Number the documents of an edition, of which a base has some, given its side file; None where too few are."""
    fields, stems_of_words = Fields.from_arrays(strip_prefix(arrays, "index.fields")), arrays[_STEMS_OF_WORDS]
    found = _find_kept(arrays["articles.columns.digests"], base["articles.columns.digests"])
    sent, (keys, room) = np.flatnonzero(found[fields.articles] == _UNKNOWN), _keys(found)
    gone = facts["passages"] - (len(fields) - len(sent))
    has_room = bool((np.bincount(fields.articles, minlength=len(found)) <= room).all())
    if not has_room or len(sent) + gone > _MOST_CHANGED * facts["passages"]:
        return None
    own = arrays["index.stems.postings.lengths"]
    passages, length = _average(own[sent], facts["served_passages"], facts["served_length"])
    average = _average(own)[1]
    if max(length, average) > _MOST_LONGER * min(length, average):
        return None
    words, stems = (_renumber_strings(name, arrays, base) for name in ("words", "forms"))
    parts = (fields.words(sent[first : first + CHUNK]) for first in range(0, len(sent), CHUNK))
    frequencies = document_frequencies(((stems_of_words[held], owners) for held, owners in parts), len(stems))
    is_known = stems < len(base["index.stems.frequencies"])
    frequencies[is_known] += base["index.stems.frequencies"][stems[is_known]]
    return DocumentNumbers(keys, found == _UNKNOWN, words, stems, frequencies, passages, length)


def rows_of_base(numbers: DocumentNumbers, arrays: Arrays, base: Arrays) -> dict[str, IntArray]:
    """Return the number in a base of each row of tables of an edition, given the arrays of side files of both."""
    grams, consonants = (_renumber_strings(name, arrays, base) for name in ("grams", "consonants"))
    own, there = (newest_first(each["articles.columns.days"]) for each in (arrays, base))
    beyond = np.arange(len(there), len(there) + len(own))
    articles = np.where(numbers.is_sent, beyond, numbers.keys // GAP - 1)
    titles = np.concatenate((np.argsort(there), beyond))[articles[own]]
    tables = {"words": numbers.words, "forms": numbers.stems, "grams": grams, "consonants": consonants}
    return tables | {"articles": articles.astype(np.int32), "titles": titles.astype(np.int32)}


def _average(lengths: IntArray, passages: int = 0, length: float = 0.0) -> tuple[int, float]:
    """Return how many passages have stems, and how many on average, besides some of a length on average."""
    count = passages + int(np.count_nonzero(lengths))
    return count, (passages * length + int(lengths.sum())) / max(count, 1)


def _find_kept(digests: IntArray, base: IntArray) -> IntArray:
    """Return the number in the base of each article, (articles,), -1 where it has none, or in another order."""
    if not len(base):
        return np.full(len(digests), _UNKNOWN)
    order = np.argsort(base)
    numbers = order[np.minimum(np.searchsorted(base, digests, sorter=order), len(base) - 1)]
    found = np.where(base[numbers] == digests, numbers, _UNKNOWN)
    before = np.concatenate(([_UNKNOWN], np.maximum.accumulate(found)[:-1]))
    return np.where(found > before, found, _UNKNOWN)


def _keys(found: IntArray) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the keys of articles, given the number of each in the base, and how many follow before another's.

    New ones lie evenly between the one before them and what follows that in the base, whether it is kept or not.
    """
    kept = np.flatnonzero(found != _UNKNOWN)
    places = np.concatenate(([_UNKNOWN], kept))
    steps = GAP // np.diff(np.append(places, len(found)))
    starts = (np.concatenate(([_UNKNOWN], found[kept])) + 1) * GAP
    rows = np.searchsorted(kept, np.arange(len(found)), "right")
    return starts[rows] + (np.arange(len(found)) - places[rows]) * steps[rows], steps[rows]


def _renumber_strings(name: str, arrays: Arrays, base_arrays: Arrays) -> IntArray:
    """Return the number in a base of each string of a table, (strings,), and numbers beyond for those that it lacks."""
    tables = (strip_prefix(each, f"index.vocabulary.{name}") for each in (base_arrays, arrays))
    base, table = map(StringTable.from_arrays, tables)
    numbers, beyond, left = np.empty(len(table), dtype=np.int32), count(len(base)), enumerate(base)
    known: tuple[int, str] | None = next(left, None)
    for place, own in enumerate(table):
        while known is not None and known[1] < own:
            known = next(left, None)
        numbers[place] = known[0] if known is not None and known[1] == own else next(beyond)
    return numbers
