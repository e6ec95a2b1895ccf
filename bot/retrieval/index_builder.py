"""From articles to an index: read as a stream, so that only what comes out is held in whole."""

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
    """Takes articles in order, and writes what their `PassageIndex` is made of."""

    def __init__(self, analyser: Analyser, folder: Path | None = None) -> None:
        """Keep what grows in files of a folder, or else in memory."""
        self._analyser = analyser
        self._folder = folder
        self._met: defaultdict[str, int] = defaultdict()
        self._met.default_factory = self._met.__len__
        self._layouts = LayoutBuilder(folder)
        self._rows = {
            name: (IntegerBuilder(folder), IntegerBuilder(folder)) for name in ("titles", "headings", "texts")
        }
        self._articles, self._paragraphs = IntegerBuilder(folder), IntegerBuilder(folder)
        self._read = 0
        # Paragraphs of one section follow each other.
        self._heading: tuple[str, list[int]] = ("", [])

    def append(self, article: Article) -> None:
        """Read the passages of an article."""
        found = list(passages(article))
        self._add("titles", self._numbers(article.title) if found else ())
        for passage in found:
            if passage.heading != self._heading[0]:
                self._heading = (passage.heading, self._numbers(passage.heading))
            self._add("headings", self._heading[1])
            normals, starts, stops = self._analyser.words_with_offsets(passage.text)
            self._add("texts", [self._met[word] for word in normals])
            self._layouts.append(passage.text, starts, stops)
            self._articles.append(self._read)
            self._paragraphs.append(passage.paragraph)
        self._read += 1

    def write(self, writer: ArrayWriter, progress: ProgressCallback | None = None) -> None:
        """Write what the index is made of; nothing can be added afterwards."""
        report = progress or no_progress
        report(0, STEPS)
        words, fields, others, places = self.rows()
        fields = Fields.from_arrays(PrefixWriter(writer, "fields").add(fields.arrays()))
        writer.add(others)
        del others
        report(1, STEPS)
        vocabulary = write_vocabulary(words, PrefixWriter(writer, "vocabulary"))
        del words
        report(2, STEPS)
        PrefixWriter(writer, "stems").add(_stem_arrays(fields, vocabulary, places, self._folder))
        report(3, STEPS)
        PrefixWriter(writer, "grams").add(gram_arrays(fields, vocabulary))
        report(STEPS, STEPS)

    def rows(self) -> tuple[list[str], Fields, dict[str, NDArray[Any]], IntArray]:
        """Return the distinct words in order, the fields, and the arrays of paragraphs and layouts.

        Last come the words' numbers in the order in which they were met. Nothing can be added afterwards.
        """
        words, places = self._sorted_words()
        titles, headings, texts = (
            Ragged(_renumbered(values.array(), places), offsets(counts.array()))
            for values, counts in self._rows.values()
        )
        fields = Fields(titles, headings, texts, self._articles.array().astype(np.int32))
        return (
            words,
            fields,
            {"paragraphs": self._paragraphs.array(), **add_prefix("layouts", self._layouts.arrays())},
            places,
        )

    def _sorted_words(self) -> tuple[list[str], IntArray]:
        """Return all words in order, and for the number that each was given its place among them."""
        words = sorted(self._met)
        met = np.fromiter((self._met[word] for word in words), dtype=np.int32, count=len(words))
        self._met.clear()
        places = np.empty_like(met)
        places[met] = np.arange(len(words), dtype=np.int32)
        return words, places

    def _add(self, field: str, numbers: Sequence[int]) -> None:
        values, counts = self._rows[field]
        values.extend(numbers)
        counts.append(len(numbers))

    def _numbers(self, text: str) -> list[int]:
        return [self._met[word] for word in self._analyser.words(text)]


def _renumbered(values: Counts, places: IntArray) -> IntArray:
    """Give words their new numbers, some at a time to spare memory."""
    numbers = np.empty(len(values), dtype=np.int32)
    for first in range(0, len(values), _BLOCK):
        numbers[first : first + _BLOCK] = places[values[first : first + _BLOCK]]
    return numbers


def _stem_arrays(
    fields: Fields, vocabulary: Vocabulary, places: IntArray, folder: Path | None
) -> dict[str, NDArray[Any]]:
    """Index the stems of all passages; `places` has the words in the order in which they were met."""
    occurring, first = np.unique(vocabulary.stems[places], return_index=True)

    def chunks() -> Iterator[Chunk]:
        return ((vocabulary.stems[words], owners) for words, owners in fields.chunks())

    return BM25.count(chunks, fields.lengths, len(vocabulary.forms), occurring[np.argsort(first)], folder)
