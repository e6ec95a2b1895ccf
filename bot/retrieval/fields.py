"""What is counted of each passage: the words of its title (twice), its heading and its text, by number."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.postings import CHUNK, Chunk
from bot.retrieval.ranking_parameters import RANKING
from bot.storage import Arrays, IntArray, Ragged, add_prefix, strip_prefix


@dataclass(frozen=True, slots=True)
class Fields:
    """Word numbers in reading order, without stop words: a row an article in `titles`, a row a passage in the others.

    `articles` has the number of each passage's article.
    """

    titles: Ragged
    headings: Ragged
    texts: Ragged
    articles: IntArray

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> "Fields":
        """Take the fields out of their arrays."""
        titles, headings, texts = (
            Ragged.from_arrays(strip_prefix(arrays, name)) for name in ("titles", "headings", "texts")
        )
        return cls(titles, headings, texts, arrays["articles"])

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return what the fields are made of."""
        rows = {"titles": self.titles, "headings": self.headings, "texts": self.texts}
        parts = {part: array for name, row in rows.items() for part, array in add_prefix(name, row.arrays()).items()}
        return {**parts, "articles": self.articles}

    def __len__(self) -> int:
        return len(self.articles)

    def words(self, passages: NDArray[np.integer]) -> Chunk:
        """Return all words that count for these passages, and the place in `passages` that each one counts for."""
        titles = self.titles.gather(self.articles[passages])
        parts = [titles] * RANKING.title_count + [self.headings.gather(passages), self.texts.gather(passages)]
        return np.concatenate([words for words, _ in parts]), np.concatenate([owners for _, owners in parts])

    def chunks(self) -> Iterator[Chunk]:
        """Go over the words that count for all passages, some passages at a time."""
        for first in range(0, len(self), CHUNK):
            yield self.words(np.arange(first, min(first + CHUNK, len(self))))

    @property
    def lengths(self) -> NDArray[np.int64]:
        """How many words count for each passage."""
        return RANKING.title_count * self.titles.lengths[self.articles] + self.headings.lengths + self.texts.lengths

    def sums(self, weights: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the sum of `weights[word]` over all words that count for each passage."""
        titles = self.titles.sums(weights)[self.articles]
        return RANKING.title_count * titles + self.headings.sums(weights) + self.texts.sums(weights)

    def has_adjacent(self, first: int, second: int, passages: NDArray[np.integer]) -> bool:
        """Tell whether some passages, their titles or headings have one word right behind another."""
        rows = (
            self.texts.select(passages),
            self.headings.select(passages),
            self.titles.select(self.articles[passages]),
        )
        return any(row.has_adjacent(first, second) for row in rows)
