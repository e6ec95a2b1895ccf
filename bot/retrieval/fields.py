"""The indexed fields of passages as word numbers: title (counted twice), heading and text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.postings import CHUNK, Chunk
from bot.retrieval.ranking_parameters import RANKING
from bot.storage import Arrays, IntArray, Ragged, add_prefix, strip_prefix


@dataclass(frozen=True, slots=True)
class Fields:
    """Word numbers in reading order, without stop words: a row of `titles` is an article, of the others a passage.

    `articles` (n,) has the article number of each passage.
    """

    titles: Ragged
    headings: Ragged
    texts: Ragged
    articles: IntArray

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> "Fields":
        titles, headings, texts = (
            Ragged.from_arrays(strip_prefix(arrays, name)) for name in ("titles", "headings", "texts")
        )
        return cls(titles, headings, texts, arrays["articles"])

    def arrays(self) -> dict[str, NDArray[Any]]:
        rows = {"titles": self.titles, "headings": self.headings, "texts": self.texts}
        parts = {part: array for name, row in rows.items() for part, array in add_prefix(name, row.arrays()).items()}
        return {**parts, "articles": self.articles}

    def __len__(self) -> int:
        return len(self.articles)

    def words(self, passages: NDArray[np.integer]) -> Chunk:
        """Return the words counted for (n,) passages, (m,), and for each its passage's index in `passages`, (m,)."""
        titles = self.titles.gather(self.articles[passages])
        parts = [titles] * RANKING.title_count + [self.headings.gather(passages), self.texts.gather(passages)]
        return np.concatenate([words for words, _ in parts]), np.concatenate([owners for _, owners in parts])

    def chunks(self) -> Iterator[Chunk]:
        """Yield the words counted for all passages, `CHUNK` passages at a time."""
        for first in range(0, len(self), CHUNK):
            yield self.words(np.arange(first, min(first + CHUNK, len(self))))

    @property
    def lengths(self) -> NDArray[np.int64]:
        return RANKING.title_count * self.titles.lengths[self.articles] + self.headings.lengths + self.texts.lengths

    def sums(self, weights: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return for each passage the sum of `weights[word]` over the words counted for it, (n,)."""
        titles = self.titles.sums(weights)[self.articles]
        return RANKING.title_count * titles + self.headings.sums(weights) + self.texts.sums(weights)

    def before(self, run: Sequence[int], passages: NDArray[np.integer]) -> NDArray[np.integer]:
        """Return the word right before each run of words in some passages, their headings and their titles, (n,)."""
        articles = self.articles[passages]
        articles = articles[np.append(True, articles[1:] != articles[:-1])[: len(articles)]]
        fields = (self.texts, passages), (self.headings, passages), (self.titles, articles)
        return np.concatenate([field.before(run, rows) for field, rows in fields])
