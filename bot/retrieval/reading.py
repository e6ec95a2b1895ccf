"""From passages to word numbers."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Sequence

import numpy as np

from bot.arabic import Analyser
from bot.retrieval.fields import Fields
from bot.retrieval.passage import Passage
from bot.retrieval.ragged import Numbers, Ragged

Progress = Callable[[int, int], None]


def read_fields(
    passages: Sequence[Passage], analyser: Analyser, progress: Progress | None = None
) -> tuple[Fields, list[str]]:
    """Read passages; return their fields and their distinct words, sorted: a word's number is its place among them."""
    read = _Reader(analyser)
    titles, headings, texts, articles = list[array[int]](), list[array[int]](), list[array[int]](), array("i")
    for done, passage in enumerate(passages):
        if progress:
            progress(done, len(passages))
        if not done or passage.article is not passages[done - 1].article:
            titles.append(read(passage.article.title))
        headings.append(read(passage.heading))
        texts.append(read(passage.text))
        articles.append(len(titles) - 1)
    words, numbers = read.sorted_words()
    titled, headed, told = (Ragged.of(rows, numbers) for rows in (titles, headings, texts))
    return Fields(titled, headed, told, np.array(articles, dtype=np.int32)), words


class _Reader:
    """Numbers words as it meets them."""

    def __init__(self, analyser: Analyser) -> None:
        self._analyser = analyser
        self._met: defaultdict[str, int] = defaultdict()
        self._met.default_factory = self._met.__len__

    def __call__(self, text: str) -> array[int]:
        return array("i", [self._met[word] for word in self._analyser.words(text)])

    def sorted_words(self) -> tuple[list[str], Numbers]:
        """Return all words in order, and for the number that each was given its place among them."""
        words = sorted(self._met)
        places = np.empty(len(words), dtype=np.int32)
        places[[self._met[word] for word in words]] = np.arange(len(words))
        return words, places
