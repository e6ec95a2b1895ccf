"""Builds the index of a stream of articles, of which only the resulting arrays are in memory as a whole."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.arabic import ALTERNATIVE_MONTHS, Analyser, named_months, words_with_offsets
from bot.articles import Article, ProgressCallback, no_progress
from bot.retrieval.bm25 import BM25
from bot.retrieval.duplicates.minhash import SignatureBuilder
from bot.retrieval.duplicates.shingles import hash_chunks
from bot.retrieval.fields import Fields
from bot.retrieval.gram_bm25 import gram_arrays
from bot.retrieval.passage import passages
from bot.retrieval.passage_layouts import LayoutBuilder, Layouts
from bot.retrieval.postings import Chunk, Counts
from bot.retrieval.vocabulary import ChunkReader, KnownWords, Vocabulary, rank_strings, spaced_offsets, write_vocabulary
from bot.storage import (
    Arrays,
    ArrayWriter,
    IntArray,
    IntegerBuilder,
    PrefixWriter,
    Ragged,
    add_prefix,
    offsets,
    release_memory,
    strip_prefix,
)

_BLOCK = 1 << 20
_ROWS, _BITS = 1 << 12, 32
STEPS = 4
_CHARACTERS = 1 << 18  # of passages read together; chosen
_UNKNOWN = -1
_STOP_WORD, _MONTH = 1, 2


class IndexRows:
    """The rows of an index by article, from which a later index takes those of articles that it has too."""

    def __init__(self, arrays: Arrays) -> None:
        self.fields = Fields.from_arrays(strip_prefix(arrays, "fields"))
        self.firsts = np.searchsorted(self.fields.articles, np.arange(len(self.fields.titles) + 1))
        self.paragraphs: IntArray = arrays["paragraphs"]
        self.layouts = Layouts(strip_prefix(arrays, "layouts"))
        self.vocabulary = Vocabulary(strip_prefix(arrays, "vocabulary"))


class IndexBuilder:
    """Builds the arrays of the `PassageIndex` of articles, added in order, and the signatures of what is not taken."""

    def __init__(
        self,
        analyser: Analyser,
        signatures: SignatureBuilder,
        folder: Path | None = None,
        old: IndexRows | None = None,
    ) -> None:
        """Keep the growing arrays in files of a folder, or else in memory; `take` reads the rows of an old index."""
        self._analyser = analyser
        self._folder = folder
        self._provisional: defaultdict[str, int] = defaultdict()
        self._provisional.default_factory = self._provisional.__len__
        self._signatures = signatures
        self._chunks = ChunkReader(self._words_of_chunks, hash_chunks)
        self._layouts = LayoutBuilder(folder)
        names = ("titles", "headings", "texts")
        self._rows = {name: (IntegerBuilder(folder), IntegerBuilder(folder)) for name in names}
        self._pending, self._counts, self._size = {name: list[str]() for name in names}, list[int](), 0
        self._articles, self._paragraphs = IntegerBuilder(folder), IntegerBuilder(folder)
        self._read = 0
        self._old = old
        # The provisional number of each word of the old index, where it has one.
        self._translated = np.full(len(old.vocabulary) if old else 0, _UNKNOWN, dtype=np.int32)

    def append(self, article: Article) -> None:
        found = list(passages(article))
        self._pending["titles"].append(article.title if found else "")
        self._pending["headings"] += [passage.heading for passage in found]
        self._pending["texts"] += [passage.text for passage in found]
        self._articles.extend([self._read] * len(found))
        self._paragraphs.extend([passage.paragraph for passage in found])
        self._read += 1
        self._counts.append(len(found))
        self._size += sum(len(passage.text) for passage in found)
        if self._size >= _CHARACTERS:
            self._flush()

    def take(self, begin: int, end: int) -> None:
        """Add the passages of the articles of the old index from `begin` up to `end`, their numbers there."""
        assert self._old  # noqa: S101 - for the type checker
        if self._counts:
            self._flush()
        old, fields = self._old, self._old.fields
        first, last = int(old.firsts[begin]), int(old.firsts[end])
        self._add_rows("titles", fields.titles, begin, end)
        self._add_rows("headings", fields.headings, first, last)
        self._add_rows("texts", fields.texts, first, last)
        self._layouts.take(old.layouts, first, last)
        self._articles.extend(fields.articles[first:last] + (self._read - begin))
        self._paragraphs.extend(old.paragraphs[first:last])
        self._read += end - begin

    def write(self, writer: ArrayWriter, progress: ProgressCallback | None = None) -> None:
        """Write the arrays of the index; nothing can be added afterwards."""
        report = progress or no_progress
        report(0, STEPS)
        self._flush()
        del self._chunks
        rows = [(values.array(), offsets(counts.array())) for values, counts in self._rows.values()]
        words, ranks = self._rank_indexed([values for values, _ in rows])
        titles, headings, texts = (Ragged(_renumbered(values, ranks), starts) for values, starts in rows)
        del rows
        fields = Fields(titles, headings, texts, self._articles.array().astype(np.int32))
        fields = Fields.from_arrays(PrefixWriter(writer, "fields").add(fields.arrays()))
        del titles, headings, texts
        writer.add({"paragraphs": self._paragraphs.array(), **add_prefix("layouts", self._layouts.arrays())})
        report(1, STEPS)
        vocabulary = write_vocabulary(words, PrefixWriter(writer, "vocabulary"), self._known(ranks, len(words)))
        del words
        report(2, STEPS)
        PrefixWriter(writer, "stems").add(_stem_arrays(fields, vocabulary, self._folder))
        report(3, STEPS)
        PrefixWriter(writer, "grams").add(gram_arrays(fields, vocabulary))
        report(STEPS, STEPS)

    def _rank_indexed(self, rows: Sequence[Counts]) -> tuple[list[str], IntArray]:
        """Rank the words that rows have, without stop words and other names of months, as `rank_strings` does."""
        is_indexed = np.zeros(len(self._provisional), dtype=np.bool_)
        for values in rows:
            for first in range(0, len(values), _BLOCK):
                is_indexed[values[first : first + _BLOCK]] = True
        ranked = rank_strings({word: at for word, at in self._provisional.items() if is_indexed[at]})
        self._provisional.clear()
        return ranked

    def _known(self, ranks: IntArray, count: int) -> KnownWords | None:
        """Return the numbers in the old index of all words, given the rank of each provisional number."""
        if self._old is None:
            return None
        old, numbers = np.flatnonzero(self._translated != _UNKNOWN), np.full(count, _UNKNOWN, dtype=np.int32)
        numbers[ranks[self._translated[old]]] = old
        return KnownWords(self._old.vocabulary, numbers)

    def _flush(self) -> None:
        for field, texts in self._pending.items():
            found, (hashes, owners, _) = self._chunks.read(texts)
            places, numbers, starts, stops = self._words(*found)
            values, counts = self._rows[field]
            values.extend(numbers)
            counts.extend(np.bincount(places, minlength=len(texts)))
            if field == "texts":
                self._layouts.extend(texts, places, starts, stops)
                self._signatures.extend(self._counts, hashes, owners)
            texts.clear()
        self._counts.clear()
        self._size = 0

    def _words(self, values: IntArray, places: IntArray, begins: IntArray) -> IntArray:
        """Return of the words of chunks those to index: text, provisional number, start and end of each, (4, m)."""
        numbers, starts, stops, kinds = values.T
        words = np.stack((places, numbers, starts + begins, stops + begins))
        is_indexed = kinds & _STOP_WORD == 0
        # What names a month depends on the words around it.
        dated = np.isin(places, places[kinds & _MONTH > 0])
        if len(at := np.flatnonzero(dated)):
            # Something between texts, so that no month is of two.
            at = np.insert(at, np.flatnonzero(np.diff(places[at])) + 1, -1)
            names = [*self._provisional, ""]
            normals = [names[number] for number in np.where(at < 0, -1, numbers[at]).tolist()]
            for first, last, word in named_months(normals):
                if word != normals[first] or last > first + 1:
                    words[[1, 3], at[first]] = self._provisional[word], words[3, at[last - 1]]
                    is_indexed[at[first:last]] = False
                    is_indexed[at[first]] = not self._analyser.is_stop_word(word)
        return words[:, is_indexed]

    def _words_of_chunks(self, chunks: Sequence[str]) -> tuple[IntArray, IntArray]:
        """Return how many words each of (n,) chunks has, (n,); their provisional numbers, offsets and kinds, (m, 4)."""
        begins = spaced_offsets(chunks)
        normals, *bounds = words_with_offsets(" ".join(chunks), are_new=True)
        is_stop_word = self._analyser.is_stop_word
        kinds = [_STOP_WORD * is_stop_word(normal) | _MONTH * (normal in ALTERNATIVE_MONTHS) for normal in normals]
        values = np.array([[self._provisional[normal] for normal in normals], *bounds, kinds], np.int32).T
        owners = np.searchsorted(begins, values[:, 1], "right") - 1
        values[:, 1:3] -= begins[owners, np.newaxis]
        return np.bincount(owners, minlength=len(chunks)), values

    def _add_rows(self, field: str, rows: Ragged, first: int, last: int) -> None:
        assert self._old  # noqa: S101 - for the type checker
        words, (values, counts) = rows.between(first, last), self._rows[field]
        occurrences = np.bincount(words, minlength=len(self._translated))
        new = np.flatnonzero((occurrences > 0) & (self._translated == _UNKNOWN))
        self._translated[new] = [self._provisional[word] for word in self._old.vocabulary.words.select(new)]
        values.extend(self._translated[words])
        counts.extend(rows.lengths[first:last])


def _renumbered(values: Counts, ranks: IntArray) -> IntArray:
    """Replace provisional word numbers by ranks, in blocks to spare memory."""
    numbers = np.empty(len(values), dtype=np.int32)
    for first in range(0, len(values), _BLOCK):
        numbers[first : first + _BLOCK] = ranks[values[first : first + _BLOCK]]
    return numbers


def first_occurrence_order(fields: Fields, words: int) -> IntArray:
    """Return the word numbers by first occurrence, (words,): in each article title, then passage by passage."""
    earliest = np.full(words, np.iinfo(np.int64).max)
    firsts = np.searchsorted(fields.articles, np.arange(len(fields.titles)))
    passages = np.arange(len(fields))
    # The title comes before the first of an article's passages.
    for rows, ranks in (
        (fields.titles, 3 * firsts),
        (fields.headings, 3 * passages + 1),
        (fields.texts, 3 * passages + 2),
    ):
        # Rank of row << 32 | place in it, of so many rows at a time, so that what is computed stays small.
        for first in range(0, len(rows), _ROWS):
            starts = rows.starts[first : first + _ROWS + 1]
            lengths = np.diff(starts)
            places = np.arange(starts[-1] - starts[0]) - np.repeat(starts[:-1] - starts[0], lengths)
            values = rows.values[starts[0] : starts[-1]]
            np.minimum.at(earliest, values, np.repeat(ranks[first : first + _ROWS], lengths) << _BITS | places)
    return np.argsort(earliest, kind="stable").astype(np.int32)


def _stem_arrays(fields: Fields, vocabulary: Vocabulary, folder: Path | None) -> dict[str, NDArray[Any]]:
    """Index the stems of all passages, whose idfs are summed up in the order in which the library meets them."""
    by_occurrence = first_occurrence_order(fields, len(vocabulary))
    occurring, first = np.unique(vocabulary.stems[by_occurrence], return_index=True)

    def chunks() -> Iterator[Chunk]:
        for words, owners in fields.chunks():
            yield vocabulary.stems[words], owners
            # Nobody reads them until the next run over all passages.
            release_memory(fields.arrays())

    return BM25.count(chunks, fields.lengths, len(vocabulary.forms), occurring[np.argsort(first)], folder)
