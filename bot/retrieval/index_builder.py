"""Builds the index of a stream of articles, of which only the resulting arrays are in memory as a whole."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.arabic import Analyser
from bot.articles import Article, ProgressCallback, no_progress
from bot.retrieval.bm25 import BM25
from bot.retrieval.fields import Fields
from bot.retrieval.gram_bm25 import gram_arrays
from bot.retrieval.passage import passages
from bot.retrieval.passage_layouts import LayoutBuilder
from bot.retrieval.postings import Chunk, Counts
from bot.retrieval.vocabulary import Vocabulary, write_vocabulary
from bot.storage import ArrayWriter, IntArray, IntegerBuilder, PrefixWriter, Ragged, add_prefix, offsets

_BLOCK = 1 << 20
STEPS = 4


class IndexBuilder:
    """Builds the arrays of the `PassageIndex` of articles, added in order."""

    def __init__(self, analyser: Analyser, folder: Path | None = None) -> None:
        """Keep the growing arrays in files of a folder, or else in memory."""
        self._analyser = analyser
        self._folder = folder
        self._provisional: defaultdict[str, int] = defaultdict()
        self._provisional.default_factory = self._provisional.__len__
        self._layouts = LayoutBuilder(folder)
        self._rows = {
            name: (IntegerBuilder(folder), IntegerBuilder(folder)) for name in ("titles", "headings", "texts")
        }
        self._articles, self._paragraphs = IntegerBuilder(folder), IntegerBuilder(folder)
        self._read = 0
        # Paragraphs of one section follow each other.
        self._heading: tuple[str, list[int]] = ("", [])

    def append(self, article: Article) -> None:
        """Add the passages of an article."""
        found = list(passages(article))
        self._add("titles", self._numbers(article.title) if found else ())
        for passage in found:
            if passage.heading != self._heading[0]:
                self._heading = (passage.heading, self._numbers(passage.heading))
            self._add("headings", self._heading[1])
            normals, starts, stops = self._analyser.words_with_offsets(passage.text)
            self._add("texts", [self._provisional[word] for word in normals])
            self._layouts.append(passage.text, starts, stops)
            self._articles.append(self._read)
            self._paragraphs.append(passage.paragraph)
        self._read += 1

    def write(self, writer: ArrayWriter, progress: ProgressCallback | None = None) -> None:
        """Write the arrays of the index; nothing can be added afterwards."""
        report = progress or no_progress
        report(0, STEPS)
        words, fields, others, by_occurrence = self.rows()
        fields = Fields.from_arrays(PrefixWriter(writer, "fields").add(fields.arrays()))
        writer.add(others)
        del others
        report(1, STEPS)
        vocabulary = write_vocabulary(words, PrefixWriter(writer, "vocabulary"))
        del words
        report(2, STEPS)
        PrefixWriter(writer, "stems").add(_stem_arrays(fields, vocabulary, by_occurrence, self._folder))
        report(3, STEPS)
        PrefixWriter(writer, "grams").add(gram_arrays(fields, vocabulary))
        report(STEPS, STEPS)

    def rows(self) -> tuple[list[str], Fields, dict[str, NDArray[Any]], IntArray]:
        """Return the distinct words, sorted, the fields, and the arrays of paragraphs and layouts.

        Last come the word numbers in order of first occurrence. Nothing can be added afterwards.
        """
        words, ranks = self._sorted_words()
        titles, headings, texts = (
            Ragged(_renumbered(values.array(), ranks), offsets(counts.array()))
            for values, counts in self._rows.values()
        )
        fields = Fields(titles, headings, texts, self._articles.array().astype(np.int32))
        return (
            words,
            fields,
            {"paragraphs": self._paragraphs.array(), **add_prefix("layouts", self._layouts.arrays())},
            ranks,
        )

    def _sorted_words(self) -> tuple[list[str], IntArray]:
        """Return all words sorted, and for each provisional number the rank of its word."""
        words = sorted(self._provisional)
        provisional = np.fromiter((self._provisional[word] for word in words), dtype=np.int32, count=len(words))
        self._provisional.clear()
        ranks = np.empty_like(provisional)
        ranks[provisional] = np.arange(len(words), dtype=np.int32)
        return words, ranks

    def _add(self, field: str, numbers: Sequence[int]) -> None:
        values, counts = self._rows[field]
        values.extend(numbers)
        counts.append(len(numbers))

    def _numbers(self, text: str) -> list[int]:
        return [self._provisional[word] for word in self._analyser.words(text)]


def _renumbered(values: Counts, ranks: IntArray) -> IntArray:
    """Replace provisional word numbers by ranks, in blocks to spare memory."""
    numbers = np.empty(len(values), dtype=np.int32)
    for first in range(0, len(values), _BLOCK):
        numbers[first : first + _BLOCK] = ranks[values[first : first + _BLOCK]]
    return numbers


def _stem_arrays(
    fields: Fields, vocabulary: Vocabulary, by_occurrence: IntArray, folder: Path | None
) -> dict[str, NDArray[Any]]:
    """Index the stems of all passages; `by_occurrence` has the word numbers in order of first occurrence."""
    occurring, first = np.unique(vocabulary.stems[by_occurrence], return_index=True)

    def chunks() -> Iterator[Chunk]:
        return ((vocabulary.stems[words], owners) for words, owners in fields.chunks())

    return BM25.count(chunks, fields.lengths, len(vocabulary.forms), occurring[np.argsort(first)], folder)
