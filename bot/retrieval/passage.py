"""A passage: one paragraph of an article, with its place in it, and what an index knows of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from bot.arabic import Analyser, Term, month_name
from bot.articles import Article
from bot.retrieval.passage_layouts import Layout
from bot.retrieval.vocabulary import Vocabulary
from bot.storage import IntArray

# Chosen: characters; few articles of news have more.
_SURROUNDINGS = 30_000
NO_GROUP = -1
"""The group of a passage that has no near duplicates."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A unit of indexing and quoting: paragraph number `paragraph` (0-based) of an article's body."""

    article: Article
    paragraph: int

    @property
    def text(self) -> str:
        return self.article.paragraphs[self.paragraph].text

    @property
    def before(self) -> str:
        """The paragraph before it, or nothing."""
        return self.article.paragraphs[self.paragraph - 1].text if self.paragraph else ""

    def surroundings(self) -> Iterator[str]:
        """Yield the title and the paragraphs of its article, the nearest first; of a giant article not all."""
        yield self.article.title
        paragraphs, read = self.article.paragraphs, 0
        for distance in range(len(paragraphs)):
            for at in {self.paragraph - distance, self.paragraph + distance}:
                if 0 <= at < len(paragraphs):
                    yield paragraphs[at].text
                    read += len(paragraphs[at].text)
            if read > _SURROUNDINGS:
                return

    @property
    def heading(self) -> str:
        """The heading that the paragraph stands under, and the day of publication, on two lines; either may be empty.

        News rarely names the year that it is written in, and its readers ask by it.
        """
        published = self.article.published
        day = f"{published.day} {month_name(published.month)} {published.year}" if published else ""
        return f"{self.article.paragraphs[self.paragraph].section or ''}\n{day}"


def passages(article: Article) -> Iterator[Passage]:
    """List the passages of an article in order; a blank paragraph is none."""
    for number, paragraph in enumerate(article.paragraphs):
        if paragraph.text.strip():
            yield Passage(article, number)


@dataclass(frozen=True, eq=False)
class IndexedPassage:
    """A passage of an index, with all that comparing it with a question needs.

    `number` is its own in the index, `group` that of its near duplicates, `NO_GROUP` where it has none. The words are
    numbers of the vocabulary, in reading order without stop words. The text is read when it is first asked for.
    """

    number: int
    article_number: int
    group: int
    words: IntArray
    title_words: IntArray
    heading_words: IntArray
    layout: Layout
    vocabulary: Vocabulary
    analyser: Analyser
    read_passage: Callable[[], Passage]

    @cached_property
    def passage(self) -> Passage:
        return self.read_passage()

    @cached_property
    def title_and_heading(self) -> tuple[tuple[str, tuple[Term, ...]], ...]:
        """The title and the heading, each with its terms."""
        texts = (self.passage.article.title, self.passage.heading)
        return tuple((text, tuple(self.analyser.terms(text))) for text in texts)

    @cached_property
    def forms(self) -> frozenset[int]:
        """The stems of the words of passage, title and heading, with and without a proclitic, as numbers of forms."""
        numbers = np.concatenate((self.words, self.title_words, self.heading_words))
        stems = (self.vocabulary.stems[numbers], self.vocabulary.stems_without_proclitic[numbers])
        return frozenset(np.concatenate(stems).tolist())

    def is_near_duplicate_of(self, other: "IndexedPassage") -> bool:
        """Whether two passages are nearly the same text; none is its own near duplicate."""
        return self.number != other.number and self.group == other.group != NO_GROUP
